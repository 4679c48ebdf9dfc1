"""The points of every weight that a link may have: see `score` for what they mean and when each is given."""

from __future__ import annotations

POINTS: dict[str, float] = {
    # Kind. The same act says a little; most reports in a block tell of attacks.
    "same act": 1.0,
    "kindred acts": 0.3,
    "other act": -1.5,
    "same harm": 0.3,
    "nothing alike told": -2.0,  # the driven out of one, a house burnt of the other
    "same change of hands": 2.0,  # a place falls seldom: two tellings of it are mostly of one fall
    "other place changed hands": -2.5,
    # Day. The day is what most often tells two attacks on one town apart.
    "same day": 3.0,
    "days overlap": 2.3,
    "days overlap, a week": 1.5,
    "days overlap, vague": 0.5,
    "next day": 1.0,  # nights, time zones, "late on Sunday"
    "two days apart": -1.5,
    "days apart": -5.0,
    "weeks apart": -9.0,
    "days apart, one person": -1.5,  # the day of the arrest, of the burial, of the trial is taken for the day
    "weeks apart, one person": -2.5,
    "printed together": 1.5,  # one or both name no day
    "printed days apart": -0.5,
    "printed weeks apart": -3.0,
    # Place, by how many other happenings the area holds.
    "same village": 4.0,
    "same town": 3.5,
    "same city": 2.5,
    "same district": 1.5,
    "same province": 0.8,
    "same country": 0.0,
    "one within the other": 1.2,
    "one within the other, wide": 0.8,
    "near": 0.0,  # another name, a few kilometres off: as often the next village's own attack
    "maybe the same place": 1.0,
    "one name, read as two places": -0.5,  # mostly one of the two is read wrongly
    "beside": -1.5,
    "apart": -4.5,  # a gazetteer's namesake is taken for the place now and then
    "apart, not surely read": -2.5,
    "place names alike": 2.5,
    "place names differ": -1.5,
    "no place": -1.0,  # none, or none that is found, to compare: a day and an act alone are no link
    # Who. Reports of one attack often disagree on who did it, so a conflict costs little.
    "same doer": 0.5,
    "same side": 0.3,
    "other side": -0.7,
    # How many.
    "same large number": 2.0,  # 10 or more
    "same number": 1.0,  # 3 or more; small numbers agree by chance
    "same small number": 0.2,
    "heavy tolls": 1.5,  # both 40 or more, and not twice the other
    "numbers compatible": 0.2,
    "toll may have grown": 0.0,
    "numbers differ": -0.8,
    "numbers differ, one day's print": -1.5,
    "numbers far apart": -2.5,
    # To whom.
    "same person": 6.0,
    "same person, by common names": 2.0,  # every part of the name is a given name that many bear
    "same speaker": 1.0,  # a spokesman speaks of many happenings
    "same name": 2.0,  # one capitalised word: a last name, a street, a school; each, up to two
    "same common name": 0.3,  # a given name that many bear; each, up to two
    "other persons": -2.5,
    "other persons of many": -1.0,
    "same spot": 1.0,  # one word or more of a name that is in no gazetteer: a street, a mosque, whose house
    "other spot": -1.0,  # another street, mosque or family's house
    "same age": 1.5,
    "other age": -1.5,
    "same words for victims": 0.6,  # each word, up to three
    "other class of victim": -0.5,
    # Context.
    "little particular shared": -1.0,  # for each point that particulars would have to give
    "one report": -3.0,  # it told of the two apart
}
