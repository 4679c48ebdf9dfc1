"""Questions about voices: what they say, how they stand to others, what people hold of them."""

from __future__ import annotations

from parallax.ledger import reading, reliability, voices
from parallax.ledger.connected import Connected
from parallax.ledger.views import Page, VoiceRow
from parallax.ledger.voices import Record, VoiceIncident, VoiceQuery
from parallax.model import RunningTotal, Statement, Voice


class Voices(Connected):
    """Questions about voices: what they say, how they stand to others, what people hold of them."""

    def voices(self) -> tuple[VoiceRow, ...]:
        """The voices of the current readings, those with the most claims first."""
        with self.reading_connection() as connection:
            return voices.every_voice(connection)

    def find_voices(self, query: VoiceQuery) -> Page[VoiceRow]:
        """One page of voices, with counts by type, party and reliability of all that were asked for."""
        return self._once(query, lambda connection: voices.find(connection, query))

    def voice(self, key: str) -> tuple[Voice, tuple[Statement, ...]] | None:
        """A voice and its statements, by the first day they speak of."""
        with self.reading_connection() as connection:
            return reading.voice(connection, key)

    def voice_row(self, key: str) -> VoiceRow | None:
        """One voice with how much it says."""
        with self.reading_connection() as connection:
            return voices.row_of(connection, key)

    def voice_claims(self, key: str, offset: int = 0, limit: int = 100) -> tuple[Statement, ...]:
        """Some of a voice's claims, of the latest days first; those without a day stand last."""
        with self.reading_connection() as connection:
            return voices.claims_of(connection, key, offset, limit)

    def voice_record(self, key: str) -> Record:
        """How a voice stands to the others over all its incidents."""
        with self.reading_connection() as connection:
            return voices.record(connection, key)

    def voice_incidents(
        self, key: str, only: str | None = None, offset: int = 0, limit: int = 50
    ) -> tuple[VoiceIncident, ...]:
        """Some of the incidents a voice speaks of, the latest first; `only` those with a claim so counted."""
        with self.reading_connection() as connection:
            return voices.incidents_of(connection, key, only, offset, limit)

    def voice_numbers(self, key: str) -> int:
        """How many numbers a voice's running totals are made of."""
        with self.reading_connection() as connection:
            return voices.numbers_of(connection, key)

    def voice_totals(self, key: str) -> tuple[RunningTotal, ...]:
        """A voice's running totals by harm and people, numbers read as the policy `airwars` reads words."""
        with self.reading_connection() as connection:
            return voices.totals(connection, key)

    def unspoken(self) -> tuple[str, ...]:
        """Ids of the incidents of which what their voices do is not kept yet, sorted."""
        with self.reading_connection() as connection:
            return voices.unspoken(connection)

    def reliability(self, voice: str) -> tuple[reliability.Held, ...]:
        """What people held of a voice, the last first; the first of them stands."""
        with self.reading_connection() as connection:
            return reliability.history(connection, voice)

    def reliabilities(self) -> dict[str, str]:
        """The reliability (A to F) that stands for each voice that has one."""
        with self.reading_connection() as connection:
            return reliability.standing(connection)
