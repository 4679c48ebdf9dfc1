"""A passage longer than the reader takes at once is read in pieces, to its end."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from parallax.claims.passages import pieces
from parallax.model import Kind, Passage, ZoneKind

from .reading import claims


@given(st.text(alphabet="ab ,;\n", max_size=300), st.integers(1, 40), st.integers(0, 9))
def test_pieces_cover_the_passage_and_re_slice(text: str, longest: int, start: int) -> None:
    passage = Passage(start, start + len(text), text, ZoneKind.BODY, 0)
    found = list(pieces(passage, longest))
    assert all(text[p.start - start : p.end - start] == p.text for p in found)
    assert all(0 < len(p.text) <= longest for p in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert "".join("".join(p.text for p in found).split()) == "".join(text.split())


def test_what_stands_at_the_end_of_a_long_passage_is_read() -> None:
    text = "The list names " + "many a village, " * 600 + "and shelling killed seven shepherds in Hesna."
    assert len(text) > 8000
    found = claims(text, Kind.KILLED)
    assert [(claim.count.low, claim.count.high) for claim in found if claim.count] == [(7, 7)]
    assert "seven shepherds" in text[found[0].start : found[0].end]
