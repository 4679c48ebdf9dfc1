"""One normal form for text that was extracted from a page or a document.

What is kept and what goes:

- Line ends of every kind become a newline; three or more in a row become two; blanks at
  the end of a line and empty lines at both ends go. Other blanks stay as they are.
- Control characters (NUL included), the byte-order mark, soft hyphens, zero-width
  spaces and word joiners, noncharacters and Unicode tag characters go: they are invisible,
  and split words that a reader sees whole.
- Marks that only steer the direction of writing (U+061C, U+200E, U+200F, U+202A to
  U+202E, U+2066 to U+2069) go: an override can make the stored text read otherwise than
  it looks. The captured bytes still hold them.
- The zero-width joiner and non-joiner stay: Persian, Kurdish and Urdu words need them.
- Unpaired surrogates become U+FFFD, one for one; letters take Unicode's form NFC.

The text of a JSON Lines report never comes here (see `lines`): its offsets count the
code points that its writer gave.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_EMPTY_LINES = re.compile(r"\n{3,}")


def normalise(text: str) -> str:
    """The text in its normal form; doing it twice changes nothing more."""
    text = _LINE_ENDS.sub("\n", text)
    text = whole(_DROPPED.sub("", text))
    text = unicodedata.normalize("NFC", text)
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", text).strip("\n")


def whole(text: str) -> str:
    """The text with each NUL and unpaired surrogate replaced by U+FFFD, so that it can be stored; the length stays."""
    return _UNSTORABLE.sub("\ufffd", text)


def flat(text: str) -> str:
    """The text in its normal form on one line, for titles and names."""
    return " ".join(normalise(text).split())
