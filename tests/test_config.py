"""What the environment may say of the second reader, and what is said of what it may not."""

from __future__ import annotations

import pytest

from parallax import config
from parallax.errors import SettingsError

NAMED = {"PARALLAX_SECOND_URL": "http://127.0.0.1:8000/v1", "PARALLAX_SECOND_MODEL": "small"}


def test_the_second_reader_needs_an_address_and_a_model_and_has_limits_of_its_own() -> None:
    made = config.second(NAMED)
    assert (made.url, made.model, made.key) == (NAMED["PARALLAX_SECOND_URL"], "small", None)
    assert (made.seconds, made.tokens) == (120, 1_000_000)
    given = {"PARALLAX_SECOND_KEY": "k-1", "PARALLAX_SECOND_SECONDS": "9", "PARALLAX_SECOND_TOKENS": " 500 "}
    made = config.second(NAMED | given)
    assert (made.key, made.seconds, made.tokens) == ("k-1", 9, 500)
    assert "k-1" not in repr(made)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"PARALLAX_SECOND_URL": ""}, "set PARALLAX_SECOND_URL,"),
        ({"PARALLAX_SECOND_MODEL": " "}, "set PARALLAX_SECOND_MODEL,"),
        ({"PARALLAX_SECOND_URL": "", "PARALLAX_SECOND_MODEL": ""}, "PARALLAX_SECOND_URL and PARALLAX_SECOND_MODEL"),
        ({"PARALLAX_SECOND_URL": "localhost:8000/v1"}, "PARALLAX_SECOND_URL"),
        ({"PARALLAX_SECOND_URL": "ftp://host/v1"}, "PARALLAX_SECOND_URL"),
        ({"PARALLAX_SECOND_URL": "http://"}, "PARALLAX_SECOND_URL"),
        ({"PARALLAX_SECOND_URL": "http://host:99999/v1"}, "PARALLAX_SECOND_URL"),
        ({"PARALLAX_SECOND_URL": "http://[::1/v1"}, "PARALLAX_SECOND_URL"),
        ({"PARALLAX_SECOND_URL": "http://ho st/v1"}, "PARALLAX_SECOND_URL"),
        ({"PARALLAX_SECOND_URL": "https://me:hunter2@host/v1"}, "PARALLAX_SECOND_URL"),
        ({"PARALLAX_SECOND_MODEL": "a\nb"}, "PARALLAX_SECOND_MODEL"),
        ({"PARALLAX_SECOND_KEY": "hunter2\r\nX: y"}, "PARALLAX_SECOND_KEY"),
        ({"PARALLAX_SECOND_KEY": "hunter2é"}, "PARALLAX_SECOND_KEY"),
        ({"PARALLAX_SECOND_SECONDS": "0"}, "PARALLAX_SECOND_SECONDS"),
        ({"PARALLAX_SECOND_SECONDS": "soon"}, "PARALLAX_SECOND_SECONDS"),
        ({"PARALLAX_SECOND_TOKENS": "-5"}, "PARALLAX_SECOND_TOKENS"),
        ({"PARALLAX_SECOND_TOKENS": "1e6"}, "PARALLAX_SECOND_TOKENS"),
    ],
)
def test_what_cannot_be_used_is_named_and_no_secret_is_shown(changes: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        config.second(NAMED | changes)
    assert said in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_settings_of_the_second_reader_are_not_looked_at_unless_it_is_asked_for() -> None:
    assert config.load({"PARALLAX_SECOND_URL": "nonsense", "PARALLAX_SECOND_TOKENS": "none"}).workers >= 1
