"""Make the pack of listed armed groups from the UN sanctions list and the Phoenix list of militant groups.

    .venv/bin/python scripts/listed.py ../shared/names

The folder holds `un-sanctions-2018.xml` (the consolidated list of the UN Security Council) and
`Phoenix.MilNonState.actors.txt` (Open Event Data Alliance, MIT licence). Only facts are taken: names,
other names, the list's reference and the country a group is of. A group that the packs written by
hand have keeps its row there, and gets the other names; charities and traders are left out. Of
Phoenix, groups of Iraq, Lebanon, Turkey, Jordan and Yemen are taken, and no acronyms, which in a
text mean too much else.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from parallax.names import parties
from parallax.names.folding import fold

PACK = Path(__file__).resolve().parent.parent / "src" / "parallax" / "names" / "packs" / "actors-listed.json"
COUNTRIES = {"IRQ": "IQ", "LBN": "LB", "TUR": "TR", "JOR": "JO", "YEM": "YE"}
LANDS = {
    "Syrian Arab Republic": "SY", "Iraq": "IQ", "Lebanon": "LB", "Yemen": "YE", "Algeria": "DZ", "Mali": "ML",
    "Mauritania": "MR", "Niger": "NE", "Pakistan": "PK", "Afghanistan": "AF", "Nigeria": "NG", "Philippines": "PH",
    "Tunisia": "TN", "Libya": "LY", "Indonesia": "ID", "Somalia": "SO", "Egypt": "EG",
}  # fmt: skip
_NO_FIGHTERS = re.compile(
    r"\b(?:trust|foundation|exchange|society|charity|relief|committee|co|company|offices?|hawala|heritage"
    r"|humanitarian|tameer|selselat|makhtab|support|branch|ta'awun|ltd|furqan)\b",
    re.IGNORECASE,
)
# Names that in a report are mostly another's, or nobody's.
_TOO_WIDE = frozenset(
    """al hadid|al hadith|al faran|al jihad|army of mohammed|black friday|black hand|death squad|falcon brigades
    |group of death|international battalion|international brigade|islamic society|jihad base|jihad group
    |liberation battalion|libyan society|maoist communist party|marxist leninist|new jihad|omar al mukhtar
    |partisans league|peoples defense force|peoples liberation army|sarayat al quds|sentinels|supporters of jihad
    |turkish communist party|monotheism|islamic resistance|mohammeds army|banner of islam|sons of the south""".replace(
        "\n    ", ""
    ).split("|")
)
_SMALL = frozenset(["al", "of", "the", "and", "in", "for", "fi", "wal", "bin", "ibn", "for", "from", "to", "i", "e"])


def main() -> None:
    """Write the pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    PACK.unlink(missing_ok=True)
    by_hand = parties.load()
    rows: dict[str, dict[str, Any]] = {}
    for row in (*united_nations(folder / "un-sanctions-2018.xml"), *phoenix(folder / "Phoenix.MilNonState.actors.txt")):
        keep(row, by_hand, rows)
    pack = {
        "source": "Facts of the UN Security Council's consolidated list (29 October 2018) and of the Phoenix list of"
        " militant non-state actors (Open Event Data Alliance, MIT licence), by scripts/listed.py",
        "from": None,
        "to": None,
        "under": True,
        "actors": [rows[key] for key in sorted(rows)],
    }
    PACK.write_text(json.dumps(pack, ensure_ascii=False, indent=0) + "\n", "utf-8")
    print(f"{len(rows)} groups, {sum(len(row['aliases']) for row in rows.values())} other names")


def united_nations(path: Path) -> Iterator[dict[str, Any]]:
    """The armed groups of the list's Al-Qaida and Taliban parts."""
    for entity in ElementTree.parse(path).iter("ENTITY"):
        reference = (entity.findtext("REFERENCE_NUMBER") or "").strip()
        names = list(_names(entity.findtext("FIRST_NAME") or ""))
        if not reference.startswith(("QDe", "TAe")) or not names or _NO_FIGHTERS.search(names[0]):
            continue
        others = [entity.findtext("NAME_ORIGINAL_SCRIPT") or ""]
        others += [
            alias.findtext("ALIAS_NAME") or ""
            for alias in entity.iter("ENTITY_ALIAS")
            if alias.findtext("QUALITY") != "Low"
        ]
        lands = {LANDS[name] for at in entity.iter("ENTITY_ADDRESS") if (name := at.findtext("COUNTRY")) in LANDS}
        aliases = [*names[1:], *(name for other in others for name in _names(other))]
        yield _row(names[0], aliases, sorted(lands), traits=["jihadist"], un=reference)


def phoenix(path: Path) -> Iterator[dict[str, Any]]:
    """The groups of the countries around; `+` begins another name of the group above it."""
    group: dict[str, Any] | None = None
    for line in path.read_text("utf-8", "replace").splitlines():
        said = line.split("#")[0].strip()
        if not said:
            continue
        if said.startswith("+"):
            if group is not None:
                group["aliases"] += _names(said.strip("+_").replace("_", " "))
            continue
        if group is not None:
            yield group
        match = re.fullmatch(r"(\S+?)_*\s*\[([A-Z]{3})[A-Z]*\]", said)
        names = list(_names(match.group(1).replace("_", " "))) if match and match.group(2) in COUNTRIES else []
        group = _row(names[0], names[1:], [COUNTRIES[match.group(2)]]) if match and names else None
    if group is not None:
        yield group


def _row(name: str, aliases: list[str], countries: list[str], **more: Any) -> dict[str, Any]:
    key = "-".join(re.findall(r"[a-z0-9]+", fold(name)))
    return {"key": key, "name": name, "kind": "armed group", "countries": countries, **more, "aliases": aliases}


def _names(given: str) -> Iterator[str]:
    """The names within what a list gives: apart at brackets, semicolons and strokes, in ordinary capitals."""
    for part in re.split(r"[();\"“”/+]", given):
        name = re.sub(r"\s+", " ", part).strip(" ,.–-")
        if name.isupper() or name.islower() or name.isascii():
            name = " ".join(_capital(word, at) for at, word in enumerate(name.split()))
        name = re.sub(r"^The ", "", name)
        plain = len(fold(name)) > 5 and (len(name.split()) > 1 or not name.isascii() or len(name) > 7)
        if parties.bare(name) in _TOO_WIDE:
            continue
        if plain and "script" not in name.lower() and not re.search(r"\d{4}|formerly", name):
            yield name


def _capital(word: str, at: int) -> str:
    if not word.isupper() and not word.islower():
        return word
    parts = re.split(r"([-'’])", word.lower())
    return "".join(
        part if part in _SMALL and (at or len(parts) > 1) else part if number and parts[number - 1] != "-"
        else part.capitalize()
        for number, part in enumerate(parts)
    )  # fmt: skip


def keep(row: dict[str, Any], by_hand: parties.Parties, rows: dict[str, dict[str, Any]]) -> None:
    """Add a group: to the party that bears its name, to a group before it, or as one of its own."""
    key = next((key for name in (row["name"], *row["aliases"]) if (key := _known(name, by_hand))), row["key"])
    if key in by_hand.by_key:
        kept = rows.setdefault(key, {"key": key, **({"un": row["un"]} if "un" in row else {}), "aliases": []})
    else:
        kept = rows.setdefault(key, {**row, "aliases": []})
    seen = {parties.bare(name) for name in (*kept["aliases"], *([kept["name"]] if "name" in kept else []))}
    for name in _new([row["name"], *row["aliases"]], by_hand):
        if (bare := parties.bare(name)) not in seen:
            seen.add(bare)
            kept["aliases"].append(name)


def _known(name: str, by_hand: parties.Parties) -> str | None:
    """The key of the one party by hand that surely bears this name."""
    keys = {s.party.key for s in by_hand.aliases.get(parties.bare(name), ()) if s.certainty == parties.SURE}
    return keys.pop() if len(keys) == 1 else None


def _new(names: Iterable[str], by_hand: parties.Parties) -> Iterator[str]:
    """The names that nobody bears yet, and that are no people or place."""
    for name in names:
        bare = parties.bare(name)
        if bare not in by_hand.aliases and bare not in by_hand.nations and bare not in by_hand.seats:
            yield name


if __name__ == "__main__":
    main()
