"""The errors Parallax raises on purpose, as one small tree.

A step raises the narrowest one that fits. `cli` turns each into one line on standard
error and an exit status; anything outside this tree is a fault in Parallax itself.
"""

from __future__ import annotations


class ParallaxError(Exception):
    """Anything a person can mend: the message names the file, the place and the mend."""


class SettingsError(ParallaxError):
    """A setting has a value that cannot be used."""


class UnreadableError(ParallaxError):
    """A report, or a part of a file of reports, cannot be read."""


class LedgerError(ParallaxError):
    """A ledger cannot be opened, is newer than this program, or is held by another."""


class TamperedError(LedgerError):
    """A stored byte, claim or log entry is not what was written."""


class PolicyError(ParallaxError):
    """No policy of that name is known."""


class JudgementError(ParallaxError):
    """What a person decided cannot be applied."""


class ConflictError(JudgementError):
    """Somebody else decided about the same incident since the page that a decision was made on."""


class WithheldError(ParallaxError):
    """What was asked for may lead to a source at risk, and is not shown to whoever asks."""


class ExportError(ParallaxError):
    """An export cannot be written."""


class EndpointError(ParallaxError):
    """A language model's endpoint gives no answer that can be used.

    `final` is true where no other question would fare better.
    """

    def __init__(self, words: str, *, final: bool = False) -> None:
        super().__init__(words)
        self.final = final
