from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parallax.claims import passages, screen


def test_what_tells_of_harm_is_kept_and_a_menu_is_passed_by() -> None:
    told = "At least 25 civilians were killed when warplanes bombed a market in Hesna on Monday."
    menu = "Follow us on Instagram for recipes"
    kept = screen.keep(passages.split(f"{told}\n\n{menu}\n\n{told}"))
    assert [passage.text for passage in kept] == [told, told]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_passages_are_kept_in_order_and_each_by_itself(texts: list[str]) -> None:
    found = passages.split("\n\n".join(texts))
    kept = screen.keep(found)
    assert kept == [passage for passage in found if passage in kept]
    assert kept == [passage for passage in found if screen.keep([passage])]
