"""Passwords: which are taken, how they are kept, how one is checked.

Kept by Argon2id with the parameters of RFC 9106's second recommendation (64 MiB, three
passes, four lanes). What is taken follows NIST SP 800-63B: length, no composition rules,
nothing that a guesser tries first.
"""

from __future__ import annotations

import re
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from parallax.ledger.people import folded

LEAST = 12
MOST = 500
FEWEST_SIGNS = 5
# What lists of stolen passwords are full of, as it stands in them with digits and signs around.
WORST = (
    "password",
    "passw0rd",
    "passwort",
    "motdepasse",
    "contrasena",
    "parol",
    "letmein",
    "iloveyou",
    "administrator",
    "changeme",
    "welcome",
    "trustno1",
    "qwerty",
    "azerty",
    "qwertz",
    "asdfgh",
    "1q2w3e",
    "parallax",
    "workbench",
)
RUNS = ("abcdefghijklmnopqrstuvwxyz", "1234567890", "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn")

_HASHER = PasswordHasher()
# Each check takes 64 MiB: more than a few at once would be a way to exhaust the machine.
_TURN = threading.Semaphore(4)
# Checked in place of an account's own where there is none, so that the time taken tells nothing.
_NOBODY = _HASHER.hash("nobody has this password")


def fault(password: str, name: str) -> str | None:
    """Why a password is not taken, in one sentence; None where it is."""
    if len(password) < LEAST:
        return f"Choose a password of {LEAST} characters or more; several words are easy to keep in mind."
    if len(password) > MOST:
        return f"Choose a password of at most {MOST} characters."
    plain = folded(password)
    if len(set(plain)) < FEWEST_SIGNS:
        return "Choose a password with more different characters."
    letters = re.sub(r"[\W\d_]+", "", plain)
    if len(folded(name)) > 2 and folded(name) in plain and len(plain) - len(folded(name)) < LEAST:
        return "Choose a password that does not lean on your name."
    if any(worst in plain and len(plain) - len(worst) < LEAST for worst in WORST):
        return "Choose a password that guessers do not try first; this one holds a word that they do."
    if any(run in (plain, letters) or plain in run * 2 or plain in (run * 2)[::-1] for run in RUNS):
        return "Choose a password that is no row of keys, letters or digits."
    if re.fullmatch(r"(.{1,6})\1+.{0,5}", plain):
        return "Choose a password that does not repeat itself."
    return None


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _TURN:
        return _HASHER.hash(_normal(password))


def matches(password: str, kept: str) -> bool:
    """Whether this is the password; takes as long where none is kept."""
    with _TURN:
        try:
            return _HASHER.verify(kept or _NOBODY, _normal(password)[:MOST]) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


def _normal(password: str) -> bytes:
    """The same bytes whichever way a keyboard writes an accent (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
