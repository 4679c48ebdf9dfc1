from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parallax.model import Kind, Mention, Report, Scope, Stance, VictimClass, Zone, ZoneKind

from .reading import claims, ends, only, read, report

EXACT = {
    "At least 25 people were killed by shelling in the town of Marwa.": (Kind.KILLED, (25, None)),
    "Government warplanes bombed a bakery in Hesna, killing 12 civilians.": (Kind.KILLED, (12, 12)),
    "The death toll from the blast rose to 43 from 38.": (Kind.KILLED, (43, 43)),
    "The attack left nine dead and 14 wounded.": (Kind.KILLED, (9, 9)),
    "The mortar fire claimed the lives of four children.": (Kind.KILLED, (4, 4)),
    "The brigade lost 40 soldiers on the ridge.": (Kind.KILLED, (40, 40)),
    "SOHR documented the death of seven people in Tell Amra.": (Kind.KILLED, (7, 7)),
    "Nine bodies were found in a well near Karm.": (Kind.KILLED, (9, 9)),
    "Six children were among the dead in Zahra.": (Kind.KILLED, (6, 6)),
    "Two hundred fighters died in the siege of Qalat.": (Kind.KILLED, (200, 200)),
    "12 killed in market bombing": (Kind.KILLED, (12, 12)),
    "The rebels executed three prisoners in Nahr.": (Kind.KILLED, (3, 3)),
    "A shepherd was shot dead near the border.": (Kind.KILLED, (1, 1)),
    "The shelling wounded dozens of residents.": (Kind.INJURED, (24, None)),
    "Three others sustained injuries in the raid.": (Kind.INJURED, (3, 3)),
    "The blast caused 30 injuries in Zahra.": (Kind.INJURED, (30, 30)),
    "Police arrested 17 people in the capital.": (Kind.DETAINED, (17, 17)),
    "Gunmen kidnapped a doctor in Beit Nour.": (Kind.DETAINED, (1, 1)),
    "Six people are missing under the rubble of a house in Zahra.": (Kind.MISSING, (6, 6)),
    "More than 2,000 families fled their homes in Sahl.": (Kind.DISPLACED, (2000, None)),
    "Some 400 civilians were evacuated from Madar.": (Kind.DISPLACED, (400, 400)),
    "An air strike hit the market in Atma.": (Kind.AIR_STRIKE, (1, 1)),
    "Russian jets carried out 18 air strikes on Latmin.": (Kind.AIR_STRIKE, (18, 18)),
    "Air strikes hit the market in Atma.": (Kind.AIR_STRIKE, None),
    "Government warplanes bombed a bakery in Hesna.": (Kind.AIR_STRIKE, None),
    "Six barrel bombs were dropped on Latmin by a helicopter.": (Kind.AIR_STRIKE, (6, 6)),
    "The army shelled the town of Marwa.": (Kind.SHELLING, None),
    "Rebels fired 20 rockets at the suburb of Dara.": (Kind.SHELLING, (20, 20)),
    "A car bomb exploded outside a mosque in Baraka.": (Kind.BOMBING, (1, 1)),
    "A suicide bomber blew himself up at a checkpoint in Hamra.": (Kind.BOMBING, (1, 1)),
    "Chlorine gas was dropped on the town of Zeit.": (Kind.CHEMICAL_ATTACK, None),
    "Clashes broke out between the army and rebels in Hamra.": (Kind.GROUND_ATTACK, None),
    "Gunmen ambushed a patrol near Tell Amra.": (Kind.GROUND_ATTACK, None),
    "The army recaptured the village of Beit Nour from insurgents.": (Kind.SEIZED, None),
    "Kurdish forces took control of 12 villages.": (Kind.SEIZED, (12, 12)),
    "The town is now controlled by rebels.": (Kind.SEIZED, None),
    "The rebels withdrew from Karm.": (Kind.WITHDREW, None),
    "A ceasefire between the army and the rebels took effect on Friday.": (Kind.TRUCE, None),
    "Aid trucks reached Madar with food for 40,000 people.": (Kind.AID, (40000, 40000)),
    "Some 3,000 troops are stationed at the base in Nahr.": (Kind.STRENGTH, (3000, 3000)),
    "The town is home to some 60,000 people.": (Kind.STRENGTH, (60000, 60000)),
    "The rockets destroyed three houses.": (Kind.DAMAGE, (3, 3)),
    "Rebels shot down a helicopter over Qalat.": (Kind.DAMAGE, (1, 1)),
}


@pytest.mark.parametrize(("text", "said"), EXACT.items(), ids=[text[:40] for text in EXACT])
def test_kinds_and_counts(text: str, said: tuple[Kind, tuple[int | None, int | None] | None]) -> None:
    kind, count = said
    assert ends(only(text, kind)) == count


NOTHING = [
    "The 45-year-old teacher lives in the town.",
    "He killed time at the station.",
    'The film "Kill Bill" was shown in the town.',
    "The attack helicopters stood on the runway.",
    "The army could kill thousands if it chose to.",
    "The minister spoke about the need for reform.",
    "The workers called off their hunger strike.",
    "Rain fell on the hills in the night.",
    "Ninety men died of cholera in the camp.",
    "The firm shot to fame in 2012.",
    "",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_makes_no_claim(text: str) -> None:
    assert claims(text) == ()


def test_the_act_and_its_harm_are_two_claims() -> None:
    found = claims("Air strikes on Hajla killed 12 people.")
    assert {claim.kind for claim in found} == {Kind.AIR_STRIKE, Kind.KILLED}
    assert ends(only("Air strikes on Hajla killed 12 people.", Kind.AIR_STRIKE)) is None


def test_a_part_is_a_claim_of_its_own() -> None:
    found = claims("12 people, including five children, were killed.", Kind.KILLED)
    assert sorted((ends(claim), claim.whom.text) for claim in found if claim.whom) == [
        ((5, 5), "children"),
        ((12, 12), "people"),
    ]


def test_parts_stay_apart_and_households_add_up() -> None:
    parts = claims("The blast killed 20 people, including three women and nine children.", Kind.KILLED)
    assert sorted(ends(claim) or () for claim in parts) == [(3, 3), (9, 9), (20, 20)]
    assert ends(only("A woman and her two sons were killed.", Kind.KILLED)) == (3, 3)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Twelve fighters were killed and wounded in the fighting.", (None, 12)),
        ("The raid caused up to 12 casualties.", (None, 12)),
        ("Over 50 people were killed and wounded.", None),
        ("The raid caused dozens of casualties.", None),
        ("No casualties were reported.", (0, 0)),
    ],
)
def test_one_number_for_killed_and_wounded(text: str, count: tuple[int | None, int | None] | None) -> None:
    assert ends(only(text, Kind.KILLED)) == count
    assert ends(only(text, Kind.INJURED)) == count


def test_killed_and_injured_each_with_its_number() -> None:
    text = "Two soldiers were killed and three others injured near Tell Amra."
    assert ends(only(text, Kind.KILLED)) == (2, 2)
    injured = only(text, Kind.INJURED)
    assert ends(injured) == (3, 3)
    assert injured.whom_class is VictimClass.COMBATANT


@pytest.mark.parametrize(
    ("whom", "victims"),
    [
        ("civilians", VictimClass.CIVILIAN),
        ("children", VictimClass.CIVILIAN),
        ("members of one family", VictimClass.CIVILIAN),
        ("soldiers", VictimClass.COMBATANT),
        ("members of the rebel army", VictimClass.COMBATANT),
        ("Islamic State members", VictimClass.COMBATANT),
        ("civilians and fighters", VictimClass.MIXED),
        ("people", VictimClass.UNKNOWN),
        ("martyrs", VictimClass.UNKNOWN),
    ],
)
def test_who_is_a_civilian(whom: str, victims: VictimClass) -> None:
    assert claims(f"On the ridge 31 {whom} were killed.", Kind.KILLED)[0].whom_class is victims


def test_people_killed_in_a_market_are_civilians() -> None:
    assert only("The shells killed nine people in a crowded market.", Kind.KILLED).whom_class is VictimClass.CIVILIAN


def test_the_target_of_an_act_that_is_a_place_has_no_class() -> None:
    assert only("Jets bombed a military base in Nahr.", Kind.AIR_STRIKE).whom_class is VictimClass.UNKNOWN


def test_slots_of_a_full_sentence() -> None:
    text = (
        "Turkish warplanes bombed the village of Om Hajra on Monday, killing two farmers, local sources told Amra News."
    )
    killed = only(text, Kind.KILLED)
    assert killed.whom is not None
    assert killed.whom.text == "farmers"
    assert killed.whom_class is VictimClass.CIVILIAN
    assert killed.who is not None
    assert killed.who.text == "Turkish warplanes"
    assert killed.where is not None
    assert "Om Hajra" in killed.where.text
    assert killed.when is not None
    assert (killed.when.first, killed.when.last) == (date(2020, 5, 4), date(2020, 5, 4))
    assert killed.voice is not None
    assert killed.voice.text == "local sources"
    assert killed.via is not None
    assert killed.via.text == "Amra News"
    assert (killed.stance, killed.scope) == (Stance.ASSERTED, Scope.EVENT)
    assert report(text).text[killed.start : killed.end] == text


def test_the_day_and_the_place_are_carried_over() -> None:
    text = "On Sunday rebels shelled the town of Marwa. Four women were killed."
    killed = only(text, Kind.KILLED)
    assert killed.when is not None
    assert killed.when.first == date(2020, 5, 3)
    assert killed.where is not None
    assert "Marwa" in killed.where.text
    assert killed.who is not None
    assert killed.who.text == "rebels"


def test_no_day_where_the_text_gives_none() -> None:
    assert only("Four women were killed in Marwa.", Kind.KILLED).when is None


def test_a_dateline_near_the_given_day_anchors_the_weekdays() -> None:
    killed = only("Hesna, 21 April 2020. Four women were killed on Monday.", Kind.KILLED)
    assert killed.when is not None
    assert killed.when.first == date(2020, 4, 20)


def test_words_hidden_by_asterisks_are_read_and_quoted_as_they_stand() -> None:
    killed = only("Turkish shel*ling ki*lled two civ*ilians in the village of Om Hajra.", Kind.KILLED)
    assert ends(killed) == (2, 2)
    assert killed.whom_class is VictimClass.CIVILIAN
    assert killed.whom is not None
    assert killed.whom.text == "civ*ilians"


def test_a_headline_and_its_story_are_one_claim() -> None:
    text = "28 killed in Hesna air strike\n\nAt least 28 people were killed in an air strike on Hesna, activists said."
    killed = only(text, Kind.KILLED)
    assert ends(killed) == (28, None)
    assert killed.voice is not None
    assert killed.voice.text == "activists"
    assert len(killed.also) == 1


def test_two_voices_make_two_claims() -> None:
    text = "The monitor said 12 people were killed in Hesna. The army said three people were killed in Hesna."
    assert sorted(ends(claim) or () for claim in claims(text, Kind.KILLED)) == [(3, 3), (12, 12)]


def test_clutter_makes_no_claims() -> None:
    text = "Four women were killed in Marwa.\n\nRelated: 90 people killed in Nahr."
    start = text.index("Related")
    zones = (Zone(ZoneKind.CLUTTER, start, len(text)),)
    found = [claim for claim in read(report(text, zones)) if claim.kind is Kind.KILLED]
    assert [ends(claim) for claim in found] == [(4, 4)]


def test_one_story_gives_the_same_reading_twice() -> None:
    text = "Rebels shelled Marwa on Sunday, killing four women, medics said. They added that nine were wounded."
    assert read(report(text)) == read(report(text))


PIECES = (
    "the|a|at least|12|people were|killed|wounded|by|in|and|,|.|Hesna|army|said|that|of|including|five children|no|"
    'air strike|strikes|fired|rockets|on|Monday|since 2011|alleged|will|not|he|told|"|”|“|(|)|:|;|fled|from|destroyed|'
    "captured|as well as|along with|9 October|losses|bombs|under rubble|died|toll rose to|casualties|who|"
    "among them|most|half"
)
WORDS = st.sampled_from(PIECES.split("|"))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join)))
@example("killed")
@example("and killed and wounded and")
@example("* *killed* 12*")
@example("said said said")
@example("said (one man was killed)")
@example("Killed as well as 9 October and along with")
@example("among them among them of whom")
def test_laws_of_any_text(text: str) -> None:
    source = report(text)
    found = read(source)
    assert list(found) == sorted(found, key=lambda claim: (claim.start, claim.kind, claim.key))
    assert len({claim.key for claim in found}) == len(found)
    for claim in found:
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.report == source.key
        assert 0 <= claim.certainty <= 1
        for mention in (claim.whom, claim.who, claim.where, claim.voice, claim.via):
            assert mention is None or _reslices(source, mention)
        for span in claim.also:
            assert span.end <= len(text)
            assert (span.start, span.end) != (claim.start, claim.end)


def _reslices(source: Report, mention: Mention) -> bool:
    return source.text[mention.start : mention.end] == mention.text and bool(mention.text)
