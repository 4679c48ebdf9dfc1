"""Saved views are kept with who made them, sealed in the log, and gone when they are taken away."""

from __future__ import annotations

import pytest

from parallax.errors import LedgerError
from parallax.ledger.ledger import Ledger
from parallax.ledger.saved import LONGEST_NAME
from parallax.ledger.verify import verify


def test_a_view_is_kept_and_taken_away(ledger: Ledger) -> None:
    with ledger.write("Ann") as writer:
        writer.save_view("  Nights of\nOctober ", "/map", "kind=killed&from=1854-10-01")
        writer.save_view("all", "/", "")
    with ledger.write("Ben") as writer:
        writer.save_view("البوكمال", "/", "q=%D8%A7")
    views = ledger.saved_views()
    assert [(view.name, view.page, view.query, view.who) for view in views] == [
        ("all", "/", "", "Ann"),
        ("Nights of October", "/map", "kind=killed&from=1854-10-01", "Ann"),
        ("البوكمال", "/", "q=%D8%A7", "Ben"),
    ]
    assert list(verify(ledger)) == []
    with ledger.write("Ben") as writer:
        assert writer.remove_view(views[1].number)
        assert not writer.remove_view(views[1].number)
        assert not writer.remove_view(999)
    assert [view.name for view in ledger.saved_views()] == ["all", "البوكمال"]
    entry = ledger.log(limit=1)[0]
    assert (entry.who, entry.action, entry.details["name"]) == ("Ben", "view removed", "Nights of October")
    assert list(verify(ledger)) == []


@pytest.mark.parametrize("name", ["", "  \n ", "x" * (LONGEST_NAME + 1), "a\x00b", "\ud800"])
def test_a_view_without_a_sound_name_is_refused(ledger: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="view"), ledger.write() as writer:
        writer.save_view(name, "/", "q=x")
    assert ledger.saved_views() == ()
