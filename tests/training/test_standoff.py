from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.model import Kind, Scope, Stance, VictimClass
from training import standoff

TEXT = (
    "Shelling killed 12 people in Marwa. The council said so.\n\n"
    "Later the council said that 12 people were killed and 30 hurt in Marwa."
)
WORDS = st.sampled_from([TEXT[a:b] for a in range(0, 60, 7) for b in range(a + 3, 110, 11)])


def _claim(**slots: Any) -> dict[str, Any]:
    claim: dict[str, Any] = {
        "quote": "Shelling killed 12 people in Marwa.", "also": [], "kind": "killed",
        "count": {"low": 12, "high": 12, "text": "12"}, "whom": "people", "whom_class": "unknown", "who": None,
        "where": "Marwa", "when": None, "voice": "author", "via": None, "stance": "asserted", "scope": "event",
    }  # fmt: skip
    return claim | slots


@given(quote=WORDS, whom=WORDS, voice=st.one_of(WORDS, st.just("author")), also=st.lists(WORDS, max_size=2))
def test_labels_and_text_make_the_claims_again(quote: str, whom: str, voice: str, also: list[str]) -> None:
    row = {"id": "a", "text": TEXT, "claims": [_claim(quote=quote, whom=whom, voice=voice, also=also)]}
    labels = standoff.label(row)
    assert TEXT[:20] not in json.dumps(labels)
    (again,) = standoff.annotate(TEXT, labels)
    assert again == row["claims"][0]


def test_words_are_found_in_their_own_sentence() -> None:
    quote = "Later the council said that 12 people were killed and 30 hurt in Marwa."
    labels = standoff.label({"id": "a", "text": TEXT, "claims": [_claim(quote=quote, voice="council")]})
    assert labels["claims"][0]["voice"][0] > TEXT.index("\n\n")


def test_labels_of_another_text_are_refused() -> None:
    labels = standoff.label({"id": "a", "text": TEXT, "claims": [_claim()]})
    with pytest.raises(ValueError, match="another text"):
        standoff.annotate(TEXT + " ", labels)


def test_the_labels_kept_bear_no_text() -> None:
    """A label is numbers and the fields' own words: no word of a report."""
    own = {"author", *map(str, [*Kind, *VictimClass, *Stance, *Scope])}
    files = sorted(Path("training/labels").glob("*.jsonl"))
    assert files
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            for claim in json.loads(line)["claims"]:
                words = [value for value in claim.values() if isinstance(value, str)]
                assert set(words) <= own
                days = claim["when"] or []
                assert all(len(day) == 10 and day[4] == "-" for day in days)
