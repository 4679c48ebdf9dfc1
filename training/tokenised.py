"""Text that a treebank's tokeniser took apart, put together again as it was printed, or nearly.

The conventions undone are those of the Penn Treebank: brackets as -LRB- and -RRB-, quotation marks as
doubled accents, clitics and marks of punctuation set off by blanks.
"""

from __future__ import annotations

import re

_PLAIN = (
    ("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"), ("-LCB-", "{"), ("-RCB-", "}"),
    ("\\/", "/"), ("\\*", "*"),
)  # fmt: skip
_JOINED = (
    (re.compile(r"`` ?"), '"'),
    (re.compile(r" ?''"), '"'),
    (re.compile(r"(?<= )` "), "'"),
    (re.compile(r" (?=(?:'s|'re|'ve|'ll|'d|'m|n't|')(?:\W|$))", re.IGNORECASE), ""),
    (re.compile(r" (?=[,.;:?!%)\]}])"), ""),
    (re.compile(r"(?<=[(\[{$£]) "), ""),
    (re.compile(r"(?<!\S)# (?=\d)"), "£"),
    (re.compile(r" *\n *"), "\n"),
)


def joined(text: str) -> str:
    """The text with its marks where a printer sets them."""
    for token, mark in _PLAIN:
        text = text.replace(token, mark)
    for pattern, mark in _JOINED:
        text = pattern.sub(mark, text)
    return text.strip()
