"""What a policy is: a named, versioned way to turn accounts into a spread of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from parallax.accounts.origins import Said
from parallax.accounts.quantify import Words
from parallax.model import Bound, LeftOut, VictimClass


@dataclass(frozen=True, slots=True)
class Say:
    """What one origin says of one class of victim, all its standing claims taken together.

    `low` is None where the origin names only a highest number. `some_only`: it counts some
    of the people and gives no total. `enemy`: a party's count of its enemy's losses, `own`: of its own.
    `reckoning`: the report's own number for what the voices it quotes say. `quoted_under`: what
    the one report that carries this voice itself reckons with, as a low end. `disputed`: how
    many of them another origin holds to be of another class; `yields`: these stay out of the
    low end, as civilians do. `vague`: its words name no figure.
    `told`: the class is in the origin's words, and not only what the policy takes people to be
    of whom no more is said.
    """

    origin: str
    name: str
    low: int | None
    high: int
    claims: tuple[str, ...]
    words: str
    doubted: bool = False
    some_only: bool = False
    enemy: bool = False
    own: bool = False
    reckoning: bool = False
    quoted_under: int | None = None
    disputed: int = 0
    yields: bool = False
    vague: bool = False
    told: bool = True

    @property
    def sure(self) -> int | None:
        """The low end without the civilians whose class is disputed; None where none of them is undisputed."""
        if self.low is None or not self.yields or not self.disputed:
            return self.low
        return self.low - self.disputed if self.low > self.disputed else None

    @property
    def is_all_disputed(self) -> bool:
        """Whether it gives a low end, of which nobody is undisputed."""
        return self.low is not None and self.sure is None

    @property
    def naming(self) -> str:
        """The origin with its words, and whose losses a party counts."""
        mark = ", a party's count of its own losses" if self.own else ""
        mark = ", a party's count of its enemy's losses" if self.enemy else mark
        mark += ", reported with doubt" if self.doubted else ""
        if self.disputed:
            mark += f", {self.disputed} of them of another class to another origin"
        return f"{self.name} ({self.words}{mark})"


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends that a policy gives, and its best number where it knows one."""

    low: Bound
    high: Bound
    best: Bound | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A named, versioned policy.

    `words` turns words into numbers; `unsaid` is the class of people of whom no more is
    said; `admit` gives the reason why a statement bears on neither end, None if it may;
    `spread` sets the ends from what the origins say of one class; `by_side` adds the
    losses of each side; `one_number` gives both ends one value.
    """

    name: str
    version: str
    words: Words
    unsaid: VictimClass
    admit: Callable[[Said], str | None]
    spread: Callable[[Sequence[Say]], Ends]
    by_side: bool = False
    one_number: bool = False

    @property
    def label(self) -> str:
        """Name and version, as a tally states them."""
        return f"{self.name} {self.version}"


NOTHING = "unknown: no report gives a number that can be put to this incident"
NONE_UNDISPUTED = "unknown: none undisputed; each number is of people whom another origin holds to be of another class"
ALL_DISPUTED = "none undisputed: another origin holds them to be of another class"
FAR_ABOVE = ", far above every other origin"


def listed(names: Sequence[str], most: int = 4) -> str:
    """Names joined as in a sentence, the rest counted."""
    unique = list(dict.fromkeys(names))
    if len(unique) > most:
        unique = [*unique[:most], f"{len(unique) - most} more"]
    return " and ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)


def left(says: Sequence[Say], reason: Callable[[Say], str | None]) -> tuple[LeftOut, ...]:
    """The claims of the sayings that a bound does not rest on, each with its reason."""
    return tuple(LeftOut(claim, why) for say in says if (why := reason(say)) for claim in say.claims)


def claims_of(says: Sequence[Say]) -> tuple[str, ...]:
    """The claims of these sayings, sorted, each once."""
    return tuple(sorted({claim for say in says for claim in say.claims}))


def agreed(says: Sequence[Say]) -> int | None:
    """The broad agreement: the highest number that at least two origins, and at least half of them, reach.

    With one origin, its own low end.
    """
    lows = sorted((say.sure for say in says if say.sure is not None), reverse=True)
    if not lows:
        return None
    needed = min(len(lows), max(2, -(-len(lows) // 2)))
    return lows[needed - 1]


def far_above(value: int, others: Iterable[int]) -> str:
    """What to add to a bound's words where its number is over ten times the next origin's; empty otherwise."""
    next_one = max(others, default=None)
    return FAR_ABOVE if next_one is not None and value > 10 * next_one else ""


def highest(says: Sequence[Say]) -> Bound:
    """The highest number put to the incident, and who puts it."""
    if not says:
        return Bound(None, NOTHING)
    firm = any(not say.vague for say in says)
    tops = [say.low or say.high if say.vague and firm else say.high for say in says]
    value = max(tops)
    setters = [say for say, top in zip(says, tops, strict=True) if top == value]
    rest = [say for say in says if say not in setters]
    aloof = far_above(value, (top for say, top in zip(says, tops, strict=True) if say is not setters[0]))
    return Bound(
        value,
        f"{value}: the highest number put to this incident, by {listed([say.naming for say in setters])}{aloof}",
        claims_of(setters),
        left(rest, lambda say: f"a lower number than {value}"),
    )
