"""A passage cut into words, word classes and noun groups: what every rule of the reader works on.

A rough shallow parse. Word classes come from closed lists and endings; a noun group is
a run of determiners, numbers, adjectives and nouns. Asterisks inside a word, with which
some posts hide words from filters, are left out of the word's norm and of nothing else,
so that offsets stay true to the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from parallax.claims.lexicons import all_forms, load, words

_WORD = re.compile(
    r"\d[\d,.]*\d(?![\w-])|@?[^\W_](?:[\w*]|[’'.&](?=[^\W_])|-(?=[\w*]))*|[“”\"«»‘’()\[\],;:.!?…|/–—-]|\S", re.UNICODE
)
_CLOSED = {
    "D": "determiners", "P": "prepositions", "S": "subordinators", "C": "conjunctions",
    "X": "auxiliaries", "R": "pronouns", "B": "adverbs", "T": "times",
}  # fmt: skip
_GROUP = frozenset("DQN")


@dataclass(frozen=True, slots=True)
class Group:
    """A noun group: token indexes, the end excluded; the head is its last word."""

    first: int
    end: int

    @property
    def head(self) -> int:
        return self.end - 1


@dataclass(slots=True)
class Sentence:
    """One passage's words in order: their offsets in the passage, norms, classes and noun groups.

    Classes: D determiner, Q number, N noun or adjective, V verb, X auxiliary, P preposition,
    S subordinator, C conjunction, R pronoun, B adverb, T time word, "." punctuation.
    """

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    norms: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    group_at: list[int] = field(default_factory=list)

    @property
    def title_case(self) -> bool:
        """Whether nearly every word begins with a capital, as in a headline, so that case says nothing."""
        capitals = sum(1 for i in range(len(self)) if self.is_capital(i))
        letters = sum(1 for norm in self.norms if norm[0].isalpha())
        return 5 * capitals > 3 * letters

    @property
    def caseless(self) -> bool:
        """Whether the passage has no capitals at all (old wire copy), so that case says nothing."""
        return self.text.islower()

    def __len__(self) -> int:
        return len(self.norms)

    def words(self, first: int, end: int) -> str:
        """The text from one token to another, the end excluded."""
        return self.text[self.starts[first] : self.ends[end - 1]]

    def is_capital(self, index: int) -> bool:
        """Whether the word starts with a capital letter, an article of a name left out ("al-Salem")."""
        start = self.starts[index]
        if self.text[start].isupper():
            return True
        hyphen = self.text.find("-", start, start + 5)
        return 0 < hyphen < self.ends[index] - 1 and self.text[hyphen + 1].isupper()

    def group(self, index: int) -> Group | None:
        """The noun group that holds this token."""
        if not 0 <= index < len(self.norms) or self.group_at[index] < 0:
            return None
        return self.groups[self.group_at[index]]


@cache
def _classes() -> dict[str, str]:
    classes = dict.fromkeys(all_forms(load("words")["verbs"]), "V")
    for tag, name in _CLOSED.items():
        classes.update(dict.fromkeys(words("words", name), tag))
    return classes


@cache
def _ambiguous() -> frozenset[str]:
    return words("words", "ambiguous_verbs")


Offsets = tuple[tuple[int, int], ...]


def parse(text: str, numbers: Offsets = (), dates: Offsets = ()) -> Sentence:
    """The passage as a sentence; `numbers` and `dates` are offsets whose words are classed Q and T."""
    sentence = Sentence(text)
    for match in _WORD.finditer(text):
        word = match.group()
        sentence.starts.append(match.start())
        sentence.ends.append(match.end())
        sentence.norms.append(word.replace("*", "").replace("’", "'").lower() or word)
    sentence.tags = _tags(sentence, numbers, dates)
    _gather(sentence)
    return sentence


def _tags(sentence: Sentence, numbers: Offsets, dates: Offsets) -> list[str]:
    classes = _classes()
    tags: list[str] = []
    for index, norm in enumerate(sentence.norms):
        if not norm[0].isalnum() and norm[0] != "@":
            tags.append(".")
        elif any(start <= sentence.starts[index] < end for start, end in dates):
            tags.append("T")
        elif any(start <= sentence.starts[index] < end for start, end in numbers) or norm[0].isdigit():
            tags.append("Q")
        else:
            named = norm == "is" and sentence.text[sentence.starts[index]].isupper() and index > 0
            tags.append("N" if named else classes.get(norm) or ("B" if _is_adverb(norm) else "N"))
    for index, tag in enumerate(tags):
        if sentence.norms[index] in ("march", "may") and "T" in tags[max(0, index - 1) : index + 2]:
            tags[index] = "T"
        elif tag == "V" or (tag == "N" and sentence.norms[index] in _ambiguous()):
            tags[index] = _verb_or_noun(sentence, tags, index)
    return tags


def _is_adverb(norm: str) -> bool:
    return norm.endswith("ly") and len(norm) > 5 and norm not in words("words", "not_adverbs")


def _verb_or_noun(sentence: Sentence, tags: list[str], index: int) -> str:
    """Whether a word that can be both is a verb here, by its neighbours."""
    norm = sentence.norms[index]
    if (
        index
        and sentence.is_capital(index)
        and not sentence.title_case
        and not sentence.text[sentence.starts[index] :][:2].isupper()
    ):
        return "N"
    before = tags[index - 1] if index else "."
    after = tags[index + 1] if index + 1 < len(tags) else "."
    previous = sentence.norms[index - 1] if index else ""
    if previous in ("to", "will", "would", "could", "may", "can", "who", "that_"):
        return "V"
    if norm.endswith(("ed", "ing")) and norm not in _ambiguous():
        return "N" if before in "DQ" and after == "N" else "V"
    if norm not in _ambiguous():
        return "V" if before != "D" or after not in "N." else "N"
    if norm.endswith("ed") and after in "DQ" and (before == "C" or previous == ","):
        return "V"
    if before in "DQP" or (before == "N" and previous.endswith(("'s", "s'"))):
        return "N"
    following = sentence.norms[index + 1] if index + 1 < len(tags) else ""
    if before in "XR" or (before == "N" and following == "that"):
        return "V"
    if (
        before == "N"
        and norm in words("words", "headline_verbs")
        and (after in "QD" or (norm == "targets" and after == "N"))
    ):
        return "V"
    if (
        before == "N"
        and norm in ("claims", "reports", "says")
        and (index + 2 >= len(tags) or (norm == "claims" and after == "V"))
    ):
        return "V"
    return "V" if before == "N" and after in "DQR" and norm not in ("people", "home", "homes", "house") else "N"


def _gather(sentence: Sentence) -> None:
    """Cut the noun groups: a determiner or a number after a noun begins a new one."""
    tags = sentence.tags
    sentence.group_at = [-1] * len(tags)
    index = 0
    while index < len(tags):
        if tags[index] not in _GROUP:
            if tags[index] == "R":
                _close(sentence, index, index + 1)
            index += 1
            continue
        end = index + 1
        while end < len(tags) and _continues(sentence, end):
            end = _past_brackets(sentence, end)
        _close(sentence, index, end)
        index = end


def _continues(sentence: Sentence, index: int) -> bool:
    """Whether the noun group goes on with this word: a new number, or an article after a noun or number, ends it."""
    tag, before = sentence.tags[index], sentence.tags[index - 1]
    if sentence.norms[index] == "(":
        return before == "N" and _past_brackets(sentence, index) > index
    if tag not in _GROUP:
        return False
    if tag == "Q":
        return before != "N"
    if before == "D" and sentence.norms[index - 1] in ("more", "others", "other") and tag == "D":
        return False
    return tag == "N" or before == "D" or sentence.norms[index] not in words("words", "articles")


def _past_brackets(sentence: Sentence, index: int) -> int:
    """The next index; over a short bracket inside a group ("ISIS (Daesh) militants") it is the one after."""
    if sentence.norms[index] != "(":
        return index + 1
    for close in range(index + 2, min(index + 5, len(sentence) - 1)):
        if sentence.norms[close] == ")":
            return close + 1 if sentence.tags[close + 1] == "N" else index
    return index


def _close(sentence: Sentence, first: int, end: int) -> None:
    sentence.group_at[first:end] = [len(sentence.groups)] * (end - first)
    sentence.groups.append(Group(first, end))
