from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from parallax.claims import passages, windows
from parallax.claims.marks import pieces
from parallax.claims.windows import LONGEST, cut

TEXTS = st.lists(
    st.sampled_from(["Nine men fell.", "The army, in Hesna,", "shelled [SEP] Marwa", "\n\n", "Ḥoms " * 90, "x" * 300]),
    max_size=40,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_piece_is_owned_by_one_window_and_re_slices(text: str) -> None:
    found = passages.split(text)
    owned = []
    for window in cut(found):
        assert len(window) <= LONGEST
        assert len(window.ids) == len(window.starts) == len(window.ends) == len(window.passages)
        for index in range(1, len(window)):
            passage = found[window.passages[index]]
            assert passage.start <= window.starts[index] <= window.ends[index] <= passage.end
            if not window.is_marker(index) and index >= window.owned:
                owned.append((window.starts[index], window.ends[index]))
    assert owned == sorted(set(owned))
    told = windows.tokenizer().encode_batch([one.text for one in found], add_special_tokens=False)
    assert len(owned) == sum(len(one.ids) for one in told)


def test_special_words_in_a_text_are_words() -> None:
    (window,) = cut(passages.split("Nine [SEP] men [CLS] fell."))
    assert [index for index in range(1, len(window)) if window.is_marker(index)] == [1]
    assert window.ids.count(window.ids[1]) == 1


def test_offsets_find_their_pieces_and_no_marker() -> None:
    text = "Nine men fell in Hesna. The army shelled Marwa."
    (window,) = cut(passages.split(text))
    for word in ("Nine", "Hesna", "The", "Marwa"):
        start = text.index(word)
        span = pieces(window, start, start + len(word))
        assert span is not None
        assert text[window.starts[span[0]] : window.ends[span[1]]] == word
    assert pieces(window, len(text), len(text)) is None


def test_a_passage_that_fits_is_not_split_and_later_windows_see_what_stood_before() -> None:
    text = "\n\n".join("Nine men fell in Hesna and " + "in Marwa and " * 80 + "in Karm." for _ in range(4))
    found = passages.split(text)
    told = cut(found)
    for window in told:
        markers = [index for index in range(window.owned, len(window)) if window.is_marker(index)]
        assert len(markers) == len(set(window.passages[window.owned :]))
    assert len(told) > 1
    assert all(window.owned > 1 for window in told[1:] if len(window) < LONGEST)
