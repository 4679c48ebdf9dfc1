from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.tokenised import joined


@pytest.mark.parametrize(
    ("taken_apart", "printed"),
    [
        ("The army 's guns did n't stop , he said .", "The army's guns didn't stop, he said."),
        ("`` They fled , '' she said -LRB- in Marwa -RRB- .", '"They fled," she said (in Marwa).'),
        ("Some 40 % left on 3\\/4 for # 500 .", "Some 40% left on 3/4 for £500."),
        ("One line . \nThe next .", "One line.\nThe next."),
    ],
)
def test_marks_stand_where_a_printer_sets_them(taken_apart: str, printed: str) -> None:
    assert joined(taken_apart) == printed


@given(st.lists(st.text("abcdefg", min_size=1, max_size=6), max_size=20))
def test_words_are_kept(words: list[str]) -> None:
    assert joined(" ".join(words)).split() == words
