"""One story of a team, from empty tables to a public export: what people see, and what the ledger then says.

Salma codes, Rima reviews, Yusuf reads, an admin lets them in. The real program serves them over a
real PostgreSQL; each step goes on from the one before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from parallax.ledger.ledger import Ledger
from parallax.ledger.verify import verify
from tests.ledger.conftest import fresh_database, server

from .story.coming_in import (
    a_locked_account_is_out_with_the_next_click,
    an_admin_lets_the_others_in,
    the_coder_drops_files_and_sees_them_read,
)
from .story.deciding import (
    a_number_is_corrected_and_the_range_changes,
    an_incident_is_found_by_the_arabic_name_of_its_place,
    ten_items_are_worked_by_keyboard,
    two_incidents_are_merged_and_it_is_undone,
)
from .story.leaving import a_source_at_risk_vanishes
from .story.people import Story
from .story.signing_off import (
    a_later_edit_takes_the_signature_away,
    nobody_signs_off_their_own_work,
    the_reviewer_signs_off,
    two_people_edit_one_incident,
)
from .walking import browsing, team

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
__all__ = ["fresh_database", "server"]


@pytest.fixture(scope="module")
def story(browser: Browser, program: str, fresh_database: Callable[[], str]) -> Iterator[Story]:
    address = fresh_database()
    with ExitStack() as stack:
        ledger = stack.enter_context(Ledger.open(address, create=True))
        served = stack.enter_context(team(program, address))
        admin, coder, reviewer, reader = (stack.enter_context(browsing(browser)) for _ in range(4))
        yield Story(served, admin, coder, reviewer, reader, ledger)


def test_the_story_of_a_team(story: Story, tmp_path: Path) -> None:
    an_admin_lets_the_others_in(story)
    the_coder_drops_files_and_sees_them_read(story)
    ten_items_are_worked_by_keyboard(story)
    an_incident_is_found_by_the_arabic_name_of_its_place(story)
    a_number_is_corrected_and_the_range_changes(story)
    two_incidents_are_merged_and_it_is_undone(story)
    nobody_signs_off_their_own_work(story)
    the_reviewer_signs_off(story, tmp_path)
    a_later_edit_takes_the_signature_away(story, tmp_path)
    two_people_edit_one_incident(story)
    a_source_at_risk_vanishes(story, tmp_path)
    a_locked_account_is_out_with_the_next_click(story)
    assert list(verify(story.ledger)) == []
