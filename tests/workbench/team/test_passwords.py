"""Which passwords are taken, and how one is checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parallax.workbench.team.passwords import LEAST, fault, hashed, matches


@pytest.mark.parametrize(
    "password",
    [
        "Nine umbrellas near Varna",
        "correct horse battery staple",
        "غيوم بيضاء فوق المرفأ",
        "kJ8#vq!2mZp4",
        "my password is a very long sentence",
    ],
)
def test_good_passwords_are_taken(password: str) -> None:
    assert fault(password, "Amal") is None


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "x" * 501,
        "aaaaaaaaaaaaaa",
        "password1234",
        "Passw0rd!!2024",
        "qwertyuiop12",
        "qwertyuiopas",
        "123456789012",
        "abcdefghijkl",
        "lkjihgfedcba",
        "abcabcabcabcabc",
        "amal-amal-amal",
        "amal12345678",
        "letmein-12345",
        "parallax2026!",
        "Ｐａｓｓｗｏｒｄ１２３４",
    ],
)
def test_the_worst_are_refused_with_a_reason(password: str) -> None:
    words = fault(password, "Amal")
    assert words is not None
    assert words.startswith("Choose a password")


@given(st.text(max_size=LEAST - 1))
def test_nothing_short_is_taken(password: str) -> None:
    assert fault(password, "Amal") is not None


def test_a_hash_is_of_argon2id_with_a_salt_of_its_own() -> None:
    one, other = hashed("Nine umbrellas near Varna"), hashed("Nine umbrellas near Varna")
    assert one != other
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert matches("Nine umbrellas near Varna", one)
    assert matches("Nine umbrellas near Varna", other)
    assert not matches("nine umbrellas near Varna", one)


def test_an_accent_may_be_typed_either_way() -> None:
    assert matches("cafe\u0301 au lait le matin", hashed("caf\u00e9 au lait le matin"))


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$broken"])
def test_without_a_hash_nothing_matches(kept: str) -> None:
    assert not matches("", kept)
    assert not matches("nobody has this password", kept)
