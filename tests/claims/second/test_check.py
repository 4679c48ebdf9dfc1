"""What is told is kept only as far as the text bears it out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.claims.second.check import EMPTIED, SURE, Checked, check, told
from parallax.claims.second.occurrences import find
from parallax.claims.second.schema import schema
from parallax.errors import EndpointError
from parallax.model import Claim, Count, Days, Kind, Mention, Report, Span
from tests.claims.second.server import TEXT, killed, report


def held(*claims: Any, text: str = TEXT, **fields: Any) -> Checked:
    """These claims held against a report of this text."""
    one = report(text, **fields)
    return check(list(claims), one, [Span(0, len(text))])


def only(*claims: Any, text: str = TEXT, **fields: Any) -> Claim:
    (claim,) = held(*claims, text=text, **fields).claims
    return claim


def test_every_slot_points_at_its_words() -> None:
    claim = only(killed(via="The army"))
    assert claim.kind is Kind.KILLED
    assert claim.count == Count(4, 4, "Four")
    assert (claim.whom_class.value, claim.stance.value, claim.scope.value) == ("civilian", "asserted", "event")
    assert claim.when is not None
    assert claim.when.first.isoformat() == claim.when.last.isoformat() == "2020-05-05"
    for slot, words in (
        ("whom", "fishermen"),
        ("where", "Rasna"),
        ("voice", "the harbour master"),
        ("via", "The army"),
    ):
        mention = getattr(claim, slot)
        assert mention.text == words == TEXT[mention.start : mention.end]
    assert claim.who is None
    assert (claim.certainty, claim.certainties) == (SURE, ())
    assert claim.report == report().key


def test_a_quote_that_is_not_in_the_text_drops_its_claim_alone() -> None:
    false = killed(quote="Forty fishermen were killed when shells hit the quay at Rasna.")
    found = held(false, killed(kind="injured", quote="No fewer than 11 people were hurt.", count=None))
    assert [claim.kind for claim in found.claims] == [Kind.INJURED]
    (line,) = found.dropped
    assert line.startswith("claim 1 of the answer: not kept, its quote does not stand in the text: 'Forty fishermen")


@pytest.mark.parametrize("slot", ["whom", "who", "where", "voice", "via"])
def test_words_that_are_not_in_the_text_empty_their_slot(slot: str) -> None:
    found = held(killed(**{slot: "the Duke of Nowhere"}))
    (claim,) = found.claims
    assert getattr(claim, slot) is None
    assert claim.count == Count(4, 4, "Four")
    assert (claim.certainty, claim.certainties) == (SURE, ((slot, EMPTIED),))
    (line,) = found.dropped
    assert f"{slot} does not stand in the text" in line


@pytest.mark.parametrize("voice", ["author", None, "", "The Courier", "Jane  Reed"])
def test_the_reports_own_voice_is_none(voice: str | None) -> None:
    found = held(killed(voice=voice), outlet="The Courier", author="Jane Reed")
    assert found.claims[0].voice is None
    assert found.dropped == ()


@pytest.mark.parametrize(
    "count",
    [
        {"low": 5, "high": 4, "text": "Four"},
        {"low": 4, "high": 4, "text": "four hundred"},
        {"low": 4, "high": 4, "text": ""},
        {"low": 11, "high": None, "text": "No fewer than 11"},
        {"low": -4, "high": 4, "text": "Four"},
        {"low": 4, "high": 10**30, "text": "Four"},
    ],
)
def test_a_count_that_does_not_stand_in_the_quote_is_left_out(count: dict[str, Any]) -> None:
    found = held(killed(count=count))
    assert found.claims[0].count is None
    assert len(found.dropped) == 1


def test_a_count_of_no_ends_is_no_count() -> None:
    found = held(killed(count={"low": None, "high": None, "text": "Four"}))
    assert (found.claims[0].count, found.dropped) == (None, ())


def test_a_number_cut_out_of_a_longer_one_does_not_stand() -> None:
    text = "About 12,000 people fled in 2016."
    for words in ("12", "000", "2", "016"):
        assert list(find(text, words, Span(0, len(text)))) == []
    assert list(find(text, "12,000", Span(0, len(text)))) == [Span(6, 12)]


@pytest.mark.parametrize(
    "when",
    [
        ["2020-05-05"],
        ["2020-05-06", "2020-05-05"],
        ["2020-13-01", "2020-13-02"],
        ["Tuesday", "Tuesday"],
        ["20200505", "20200505"],
        ["2020-05-05", "2020-05-05", "2020-05-05"],
        ["٢٠٢٠-05-05", "2020-05-05"],
    ],
)
def test_days_that_are_none_are_left_out(when: list[str]) -> None:
    found = held(killed(when=when))
    assert found.claims[0].when is None
    assert len(found.dropped) == 1


def test_days_are_an_interval() -> None:
    when = only(killed(when=["2020-05-04", "2020-05-05"])).when
    assert when == Days(date(2020, 5, 4), date(2020, 5, 5))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"kind": "sank"}, "kind"),
        ({"kind": None}, "kind"),
        ({"quote": 7}, "quote"),
        ({"count": {"low": "four", "high": None, "text": "Four"}}, "count.low"),
        ({"count": {"low": 4.0, "high": None, "text": "Four"}}, "count.low"),
        ({"count": {"low": True, "high": None, "text": "Four"}}, "count.low"),
        ({"count": 4}, "count"),
        ({"whom": ["fishermen"]}, "whom"),
        ({"stance": "certain"}, "stance"),
        ({"also": "again"}, "also"),
        ({"when": {"first": "2020-05-05"}}, "when"),
    ],
)
def test_a_claim_of_the_wrong_shape_is_dropped_alone(changes: dict[str, Any], place: str) -> None:
    found = held(killed(**changes), killed())
    assert len(found.claims) == 1
    (line,) = found.dropped
    assert line.startswith(f"claim 1 of the answer: not kept, {place}: ")


@pytest.mark.parametrize("other", [None, 7, "killed", [], {}])
def test_what_is_no_claim_is_dropped_alone(other: Any) -> None:
    found = held(other, killed())
    assert (len(found.claims), len(found.dropped)) == (1, 1)


def test_fields_too_many_or_too_few_do_no_harm() -> None:
    found = held(
        killed(confidence=0.99, start=3, __class__="x"), {"quote": "The army denied it had fired.", "kind": "shelling"}
    )
    assert [claim.kind for claim in found.claims] == [Kind.KILLED, Kind.SHELLING]
    assert found.dropped == ()


def test_nan_fails_its_own_claim() -> None:
    odd = json.dumps(killed(count={"low": float("nan"), "high": float("inf"), "text": "Four"}))
    assert "NaN" in odd
    found = held(*told(f'{{"claims": [{odd}, {json.dumps(killed())}]}}'))
    assert [claim.count for claim in found.claims] == [Count(4, 4, "Four")]
    assert "count.low" in found.dropped[0]


@pytest.mark.parametrize(
    "content",
    [
        '{"claims": [1]}',
        ' {"claims": [1]}\n',
        '```json\n{"claims": [1]}\n```',
        'Here they are:\n\n```\n{"claims": [1]}\n```\nThat is all {of them}.',
        'They are {"claims": [1]} as asked.',
        '<think>Is {this} a claim?</think>\n{"claims": [1]}',
        "[1]",
    ],
)
def test_json_is_found_in_fences_and_among_words(content: str) -> None:
    assert told(content) == [1]


@pytest.mark.parametrize(
    "content", ["", "no", "{}", "null", '{"claims": null}', "```json\n```", "{" * 50_000, "9" * 9999]
)
def test_no_json_is_an_error_of_ours(content: str) -> None:
    with pytest.raises(EndpointError):
        told(content)


def test_white_space_and_marks_may_differ_but_the_words_are_the_texts() -> None:
    text = "The mayor’s “war room”\nsaid 12\u00a0men \u2014 all guards \u2014 were   killed."
    claim = only(
        killed(
            quote='The mayor\'s "war room" said 12 men - all guards - were killed.',
            count={"low": 12, "high": 12, "text": "12 men"},
            voice='mayor\'s "war room"',
            whom=None,
            where=None,
        ),
        text=text,
    )
    assert (claim.start, claim.end) == (0, len(text))
    assert claim.count == Count(12, 12, "12\u00a0men")
    assert claim.voice == Mention(4, 22, "mayor’s “war room”")


def test_offsets_count_code_points() -> None:
    text = "\U0001f525\U0001f525 Four fishermen were killed."
    claim = only(killed(quote="Four fishermen were killed.", voice="author", where=None), text=text)
    assert (claim.start, claim.end) == (3, len(text))


def test_a_sentence_that_is_repeated_is_one_claim_made_twice() -> None:
    again = "Four fishermen were killed at Rasna."
    text = f"{again}\n\nThe sea was calm. {again} Nobody else was there."
    claim = only(killed(quote=again, voice="author"), killed(quote=again, voice="author"), text=text)
    assert (claim.start, claim.end) == (0, len(again))
    (span,) = claim.also
    assert text[span.start : span.end] == again
    assert claim.where == Mention(text.index("Rasna"), text.index("Rasna") + 5, "Rasna")


def test_the_words_of_a_slot_are_taken_nearest_to_the_quote() -> None:
    text = "Rasna mourns. A storm passed. Four fishermen were killed. Rasna is far away from here, past Rasna Head."
    claim = only(killed(quote="Four fishermen were killed.", voice="author"), text=text)
    assert claim.where is not None
    assert claim.where.start == text.index("Rasna is")


def test_a_repeat_elsewhere_is_kept_and_a_false_one_is_not() -> None:
    text = "Four dead at Rasna\n\n" + TEXT
    found = held(killed(also=["Four dead at Rasna", "Four died somewhere", "Four fishermen were killed"]), text=text)
    (claim,) = found.claims
    assert [text[span.start : span.end] for span in claim.also] == ["Four dead at Rasna"]
    assert len(found.dropped) == 1


def test_words_of_scripts_without_spaces_or_with_joined_particles_stand() -> None:
    assert list(find("وقال المرصد", "قال", Span(0, 11))) == [Span(1, 4)]
    assert list(find("据新华社报道", "新华社", Span(0, 6))) == [Span(1, 4)]
    assert list(find("the ISIL men", "IS", Span(0, 12))) == []
    assert list(find("was heldThe army ran", "The army", Span(0, 20))) == [Span(8, 16)]


def test_a_quote_must_stand_in_the_part_that_was_asked_about() -> None:
    one = report()
    assert check([killed()], one, [Span(150, len(TEXT))]).claims == ()


def test_the_schema_is_of_the_strict_form() -> None:
    def walk(node: Any) -> None:
        if isinstance(node, dict):
            assert not {"default", "title", "description"} & set(node) or "properties" not in node
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
            for each in node.values():
                walk(each)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(schema())
    assert set(schema()["$defs"]["Told"]["properties"]) == set(killed())
    assert "default" not in json.dumps(schema())


def says_only_what_stands(claims: tuple[Claim, ...], one: Report) -> None:
    """Every offset of every claim re-slices the text, and every value is one the model allows."""
    for claim in claims:
        assert 0 <= claim.start < claim.end <= len(one.text)
        for slot in (claim.whom, claim.who, claim.where, claim.voice, claim.via):
            assert slot is None or (slot.text and one.text[slot.start : slot.end] == slot.text)
        if claim.count is not None:
            assert claim.count.text in one.text[claim.start : claim.end]
            assert Count(claim.count.low, claim.count.high, claim.count.text) == claim.count
            assert all(end is None or end >= 0 for end in (claim.count.low, claim.count.high))
        for span in claim.also:
            assert 0 <= span.start < span.end <= len(one.text)
            assert not span.touches(Span(claim.start, claim.end))
        assert claim.when is None or claim.when.first <= claim.when.last
        slots = {
            name: getattr(claim, name)
            for name in Claim.__slots__
            if name not in ("key", "report", "start", "end", "kind")
        }
        assert Claim.of(one.key, claim.start, claim.end, claim.kind, **slots) == claim
        json.dumps([str(claim.kind), claim.start])


WORDS = st.sampled_from(
    [*TEXT.split(), "Four fishermen", TEXT, TEXT[:94], " ", "", "author", "\ud800", "2020-05-05", "no"]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6) | WORDS, inner, max_size=4),
    max_leaves=12,
)
WILD = st.fixed_dictionaries(
    {"quote": WORDS | ANY, "kind": st.sampled_from(list(Kind)).map(str) | ANY},
    optional={
        "count": st.fixed_dictionaries(
            {"low": st.integers(-3, 40) | ANY, "high": st.integers(-3, 40) | ANY, "text": WORDS}
        )
        | ANY,
        "when": st.lists(WORDS | st.dates().map(str), max_size=3) | ANY,
        "also": st.lists(WORDS, max_size=4) | ANY,
        **dict.fromkeys(("whom", "who", "where", "voice", "via"), WORDS | ANY),
        **{slot: st.sampled_from(["unknown", "asserted", "event", "total", "denied"]) for slot in ("stance", "scope")},
    },
)


SENTENCES = (
    *TEXT.split(". "),
    "Four dead at Rasna",
    "“They hit us twice”, said a nurse’s aide of the Rasna clinic",
    "وقال المرصد إن 12 مدنيا قتلوا",
    "\U0001f525 12,000 people fled — the army denied it",
    "Four dead at Rasna, four dead at sea",
)
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).flatmap(
    lambda said: st.sampled_from([". ", ".\n\n", ".", " .\u00a0"]).map(lambda gap: gap.join(said))
)


@st.composite
def reports_and_answers(draw: st.DrawFn) -> tuple[Report, list[Any]]:
    """A text, and claims told of it whose words are runs of its own words, now and then spoilt."""
    text = draw(TEXTS)
    words = text.split()

    def run(of: list[str], longest: int) -> str:
        first = draw(st.integers(0, len(of) - 1))
        return draw(st.sampled_from([" ", "\n", "  "])).join(of[first : first + draw(st.integers(1, longest))])

    answer: list[Any] = []
    for _ in range(draw(st.integers(1, 4))):
        quote = run(words, 9)
        low = draw(st.integers(-1, 30))
        told_of = killed(
            quote=quote,
            kind=str(draw(st.sampled_from(list(Kind)))),
            count={"low": low, "high": draw(st.none() | st.integers(low - 1, 40)), "text": run(quote.split(), 2)},
            also=[run(words, 5) for _ in range(draw(st.integers(0, 3)))],
            when=sorted(str(day) for day in draw(st.lists(st.dates(), min_size=2, max_size=2))),
        ) | {slot: run(words, 3) for slot in ("whom", "who", "where", "voice", "via")}
        answer.append(told_of | draw(st.dictionaries(st.sampled_from(sorted(killed())), WORDS | ANY, max_size=1)))
    return report(text), answer


@given(reports_and_answers())
def test_law_of_what_is_nearly_right_only_what_stands_is_kept(told_of: tuple[Report, list[Any]]) -> None:
    one, answer = told_of
    found = check(answer, one, [Span(0, len(one.text))])
    says_only_what_stands(found.claims, one)
    for claim in found.claims:
        flat = " ".join(one.text[claim.start : claim.end].split())
        assert any(flat == " ".join(row["quote"].split()) for row in answer if isinstance(row["quote"], str))


@given(st.lists(WILD | ANY, max_size=5))
def test_law_whatever_is_told_only_what_stands_is_kept(answer: list[Any]) -> None:
    one = report()
    found = check(answer, one, [Span(0, 94), Span(95, len(TEXT))])
    says_only_what_stands(found.claims, one)
    assert len(found.claims) + len(found.dropped) >= (1 if answer else 0)


@given(st.text() | ANY.map(json.dumps) | st.lists(WILD, max_size=3).map(lambda claims: json.dumps({"claims": claims})))
def test_law_any_answer_is_claims_or_an_error_of_ours(content: str) -> None:
    one = report()
    try:
        answer = told(content)
    except EndpointError:
        return
    says_only_what_stands(check(answer, one, [Span(0, len(TEXT))]).claims, one)


@given(st.text(alphabet="ab1 ,.’'\n\u00a0Éé", max_size=30), st.text(alphabet="ab1 ,.’'\nÉé", max_size=6))
def test_law_words_are_found_where_they_stand_and_nowhere_else(text: str, words: str) -> None:
    spans = list(find(text, words, Span(0, len(text))))
    for span in spans:
        found = text[span.start : span.end]
        assert "".join(found.replace("’", "'").split()) == "".join(words.replace("’", "'").split())
    assert spans == sorted(spans)
    assert not any(one.touches(other) for one in spans for other in spans if one != other)
