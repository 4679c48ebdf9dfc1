"""What the endpoint is asked to answer: claims in the report's own words, without offsets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Strict, TypeAdapter

from parallax.model import Kind, Scope, Stance, VictimClass

Whole = Annotated[int, Strict()]


@dataclass(frozen=True, slots=True)
class Number:
    """How many, with the words that say so; None leaves an end open."""

    low: Whole | None = None
    high: Whole | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as the endpoint tells it: nothing in it is checked against the report yet.

    `when` is the first and the last day as ISO dates; `voice` is "author" where the report
    says it in its own voice.
    """

    quote: str
    kind: Kind
    also: tuple[str, ...] = ()
    count: Number | None = None
    whom: str | None = None
    whom_class: VictimClass = VictimClass.UNKNOWN
    who: str | None = None
    where: str | None = None
    when: tuple[str, ...] | None = None
    voice: str | None = "author"
    via: str | None = None
    stance: Stance = Stance.ASSERTED
    scope: Scope = Scope.EVENT


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to one question."""

    claims: tuple[Told, ...]


TOLD = TypeAdapter(Told)


def schema() -> dict[str, Any]:
    """The JSON schema of an answer, in the strict form that endpoints take.

    Every field is required, no other is allowed, and nothing has a default or a title.
    """
    made: dict[str, Any] = _strict(TypeAdapter(Answer).json_schema())
    return made


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(each) for each in node]
    if not isinstance(node, dict):
        return node
    kept = {name: _strict(value) for name, value in node.items() if name not in ("title", "default", "description")}
    if "properties" in node:
        kept["properties"] = {name: _strict(value) for name, value in node["properties"].items()}
        kept |= {"required": list(node["properties"]), "additionalProperties": False}
    return kept
