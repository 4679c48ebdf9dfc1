"""Patience, time limits, costs and refusals, against an endpoint on loopback."""

from __future__ import annotations

import json
import time

import pytest

from parallax.claims.second import endpoint as interface
from parallax.claims.second.endpoint import TRIES, Endpoint
from parallax.claims.second.reader import Read, Unread, identity
from parallax.errors import SettingsError
from tests.claims.second.server import (
    TEXT,
    USAGE,
    Response,
    completion,
    failing,
    killed,
    report,
    run,
    serving,
    telling,
)


def test_one_question_one_claim() -> None:
    with serving(telling(killed())) as served:
        done = run([report(title="Shells on the quay", outlet="The Courier")], served.url, key="k-123", model="small")
    (claim,) = done.claims
    assert (claim.kind.value, claim.count and claim.count.low, claim.voice and claim.voice.text) == (
        "killed",
        4,
        "the harbour master",
    )
    assert TEXT[claim.start : claim.end] == killed()["quote"]
    assert (done.said, done.waits, done.error) == ([], [], None)
    assert (done.finished.read, done.finished.unread, done.spent.counted, done.spent.estimated) == (1, 0, 100, 0)
    (asked,) = served.asked
    assert served.paths == ["/v1/chat/completions"]
    assert served.headers[0]["Authorization"] == "Bearer k-123"
    assert (asked["model"], asked["temperature"]) == ("small", 0)
    assert asked["response_format"]["json_schema"]["schema"]["required"] == ["claims"]
    assert "Headline: Shells on the quay\nOutlet: The Courier\nPublished: 2020-05-06\n" in served.texts()[0]
    assert TEXT in served.texts()[0]
    assert TEXT not in asked["messages"][0]["content"]


def test_no_key_no_header() -> None:
    with serving(telling()) as served:
        assert run([report()], served.url).claims == ()
    assert "Authorization" not in served.headers[0]


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("http://h/v1", "http://h/v1/chat/completions"),
        ("http://h:8/v1/", "http://h:8/v1/chat/completions"),
        ("http://h/v1/chat/completions", "http://h/v1/chat/completions"),
        ("https://h/o?version=2", "https://h/o/chat/completions?version=2"),
    ],
)
def test_the_address_of_the_interface_is_made_whole(address: str, asked: str) -> None:
    assert Endpoint(address, "m").address == asked


def test_too_many_requests_are_waited_for_as_long_as_is_asked() -> None:
    with serving(failing(429, "slow down", Retry_After="7"), telling(killed())) as served:
        done = run([report()], served.url)
    assert len(done.claims) == 1
    assert done.waits == [7.0]
    assert done.said == ["second: the endpoint answers 429: slow down; asking again in 7 s"]


def test_a_retry_after_may_be_a_time() -> None:
    with serving(failing(503, "busy", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), telling()) as served:
        assert run([report()], served.url).waits == [0.0]


def test_a_wait_longer_than_patience_ends_the_run() -> None:
    with serving(failing(429, "come back tomorrow", Retry_After="86400")) as served:
        done = run([report(id="a"), report(id="b")], served.url)
    assert len(served.asked) == 1
    assert done.waits == []
    assert done.finished.unread == 2
    assert "86400 s" in done.finished.ended


def test_troubles_that_pass_are_asked_again_ever_more_slowly() -> None:
    with serving(failing(500, "oh"), failing(502), failing(503, "x", Retry_After="soon"), telling(killed())) as served:
        done = run([report()], served.url)
    assert len(done.claims) == 1
    assert done.waits == [2.0, 4.0, 8.0]


def test_patience_ends_and_the_next_report_is_tried() -> None:
    with serving(*[failing(500, "oh")] * TRIES, telling(killed())) as served:
        done = run([report(id="a"), report(id="b")], served.url)
    assert [type(event) for event in done.events[:2]] == [Unread, Read]
    assert [line for line in done.said if line.startswith("a: ")] == [
        f"a: not read by the second reader: the endpoint answers 500: oh (asked {TRIES} times)"
    ]
    assert done.finished.words() == "Second reader: 1 reports read; 1 reports not read; 100 tokens spent."


def test_an_endpoint_out_of_order_is_left_alone_after_three_reports() -> None:
    with serving(failing(400, "no")) as served:
        done = run([report(id=str(n)) for n in range(9)], served.url)
    assert len(served.asked) == 3
    assert done.finished.unread == 9
    assert "in a row" in done.finished.words()


def test_an_endpoint_that_answers_now_and_then_is_not_left_alone() -> None:
    bad, good = failing(400, "no"), telling()
    with serving(bad, bad, good, bad, bad, good) as served:
        done = run([report(id=str(n)) for n in range(6)], served.url)
    assert (done.finished.read, done.finished.unread, done.finished.ended) == (2, 4, "")


def test_hanging_is_cut_at_the_time_limit_and_its_cost_is_estimated() -> None:
    begun = time.monotonic()
    with serving(Response(hang=True), telling(killed())) as served:
        done = run([report()], served.url, seconds=0.3)
    assert len(done.claims) == 1
    assert done.said == ["second: no answer within 0.3 s; asking again in 2 s"]
    assert time.monotonic() - begun < 5
    assert done.spent.counted == 100
    assert done.spent.estimated > 100
    assert "estimated" in done.finished.words()


def test_an_answer_that_trickles_in_is_cut_at_the_time_limit_too() -> None:
    begun = time.monotonic()
    with serving(Response(body=telling(killed()).body, trickle=True), telling(killed())) as served:
        done = run([report()], served.url, seconds=0.4)
    assert len(done.claims) == 1
    assert "no answer within 0.4 s" in done.said[0]
    assert time.monotonic() - begun < 5


def test_a_stop_from_the_keyboard_says_what_was_spent() -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with serving(telling(killed()), failing(500)) as served:
        done = run([report(id="a"), report(id="b")], served.url, sleep=stop)
    assert isinstance(done.error, KeyboardInterrupt)
    assert len(done.claims) == 1
    assert done.said[-1] == "second: stopped with 100 tokens spent"


def test_a_connection_cut_within_the_body_is_asked_again() -> None:
    whole = telling(killed())
    with serving(Response(body=whole.body, cut=True), whole) as served:
        done = run([report()], served.url)
    assert len(done.claims) == 1
    assert "broke off" in done.said[0]
    assert len(served.asked) == 2


def test_a_body_that_is_cut_but_says_it_is_whole_is_asked_again() -> None:
    whole = telling(killed())
    with serving(Response(body=whole.body[:90]), whole) as served:
        assert len(run([report()], served.url).claims) == 1


def test_nobody_at_the_address() -> None:
    with serving(telling()) as served:
        url = served.url
    done = run([report()], url)
    assert done.error is None
    assert done.finished.unread == 1
    assert "cannot be reached" in done.said[-1]
    assert done.spent.total == 0


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (failing(401, "Incorrect key k-123 given"), "PARALLAX_SECOND_KEY"),
        (failing(404, "The model `m` does not exist"), "PARALLAX_SECOND_MODEL"),
        (Response(404, b"<html>nothing here</html>"), "PARALLAX_SECOND_URL"),
        (Response(308, b"", {"Location": "https://elsewhere.example/"}), "https://elsewhere.example/"),
    ],
)
def test_a_wrong_setting_ends_the_run_at_once(response: Response, said: str) -> None:
    with serving(response) as served:
        done = run([report(id="a"), report(id="b")], served.url, key="k-123")
    assert len(served.asked) == 1
    assert isinstance(done.error, SettingsError)
    assert said in str(done.error)
    assert done.finished.unread == 2
    assert "k-123" not in str(done.error) + done.finished.words() + "".join(done.said)


def test_an_empty_purse_ends_the_run() -> None:
    spent = Response(429, json.dumps({"error": {"message": "no more", "code": "insufficient_quota"}}).encode())
    with serving(spent) as served:
        done = run([report(id="a"), report(id="b")], served.url)
    assert len(served.asked) == 1
    assert done.waits == []
    assert "no more" in done.finished.ended


def test_an_error_under_status_200_is_an_error() -> None:
    hidden = Response(200, b'{"error": {"message": "upstream is busy", "code": 429}}')
    with serving(hidden, telling(killed())) as served:
        done = run([report()], served.url)
    assert len(done.claims) == 1
    assert "429: upstream is busy" in done.said[0]


def test_a_wish_the_endpoint_does_not_know_is_dropped_for_the_run() -> None:
    unknown = failing(400, "response_format of type json_schema is not supported")
    with serving(unknown, failing(400, "Unsupported parameter: 'max_tokens'"), telling(killed())) as served:
        done = run([report(id="a"), report(id="b")], served.url)
    assert len(done.claims) == 2
    assert [set(asked) & {"response_format", "max_tokens", "temperature"} for asked in served.asked] == [
        {"response_format", "max_tokens", "temperature"},
        {"max_tokens", "temperature"},
        {"temperature"},
        {"temperature"},
    ]


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        (USAGE, 100),
        ({"prompt_tokens": 5, "completion_tokens": 6}, 11),
        ({"total_tokens": 9}, 9),
        (None, 0),
        ({"total_tokens": -1}, 0),
        ({"total_tokens": "many", "prompt_tokens": True, "completion_tokens": None}, 0),
        ([], 0),
    ],
)
def test_costs_are_the_endpoints_own_or_estimated(usage: object, counted: int) -> None:
    with serving(telling(usage=usage)) as served:
        spent = run([report()], served.url).spent
    assert spent.counted == counted
    assert (spent.estimated > 0) == (counted == 0)


def test_the_run_stops_at_the_budget_and_counts_what_was_not_read() -> None:
    with serving(telling(killed(), usage={"total_tokens": 4000})) as served:
        done = run([report(id=str(n)) for n in range(5)], served.url, tokens=10_000)
    assert len(served.asked) == 2
    assert (done.finished.read, done.finished.unread, done.spent.total) == (2, 3, 8000)
    assert "the budget of 10000 tokens is spent" in done.finished.words()
    assert done.error is None


def test_a_budget_too_small_for_any_question_asks_none() -> None:
    with serving(telling()) as served:
        done = run([report()], served.url, tokens=10)
    assert served.asked == []
    assert done.finished.unread == 1


def test_the_length_of_an_answer_is_held_to_the_budget() -> None:
    with serving(completion('{"claims": [', finish="length", usage=USAGE)) as served:
        done = run([report()], served.url, tokens=6000)
    (asked,) = served.asked
    assert 0 < asked["max_tokens"] < 6000
    assert "budget" in done.finished.ended


@pytest.mark.parametrize(
    "response",
    [
        completion("I cannot help with that.", usage=USAGE),
        completion("", usage=USAGE),
        completion(None, usage=USAGE),
        completion('{"claims": {}}', usage=USAGE),
        completion('{"claims": [{"quote": ', usage=USAGE),
        completion("[" * 100_000, usage=USAGE),
        Response(200, b"[]"),
        Response(200, b'{"choices": []}'),
        Response(200, b'{"choices": [{"message": "hello"}]}'),
        Response(200, b"\xff\xfe"),
    ],
)
def test_an_answer_that_is_none_leaves_the_report_unread(response: Response) -> None:
    with serving(response) as served:
        done = run([report()], served.url)
    assert (done.claims, done.error, done.finished.unread) == ((), None, 1)
    assert 2 <= len(served.asked) <= TRIES
    assert any(line.startswith("r: not read") for line in done.said)


@pytest.mark.parametrize(
    "response",
    [
        completion(None, refusal="I will not read about war."),
        completion("", finish="content_filter"),
    ],
)
def test_a_refusal_is_said_and_not_asked_again(response: Response) -> None:
    with serving(response) as served:
        done = run([report()], served.url)
    assert len(served.asked) == 1
    assert done.finished.unread == 1


def test_content_in_pieces_is_joined() -> None:
    pieces = [{"type": "text", "text": '{"claims"'}, {"type": "text", "text": ": []}"}]
    with serving(completion(pieces)) as served:
        assert run([report()], served.url).finished.read == 1


def test_an_answer_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "_LARGEST_BODY", 1000)
    with serving(telling("x" * 5000)) as served:
        done = run([report()], served.url)
    assert done.finished.unread == 1
    assert "larger" in done.said[0]


def test_an_environment_that_names_a_broken_proxy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "nonsense://proxy")
    done = run([report()], "https://example.invalid/v1")
    assert isinstance(done.error, SettingsError)


def test_a_proxy_of_the_environment_is_not_asked_for_a_model_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with serving(telling(killed())) as served:
        assert len(run([report()], served.url).claims) == 1


@pytest.mark.parametrize(
    ("address", "lines"),
    [("http://192.0.2.7/v1", 1), ("https://192.0.2.7/v1", 0), ("http://localhost:8/v1", 0), ("http://[::1]:8/v1", 0)],
)
def test_an_address_that_others_can_listen_to_is_said(address: str, lines: int) -> None:
    said: list[str] = []
    with interface.Connection(Endpoint(address, "m", "k-123"), {}, tokens=1, say=said.append):
        pass
    assert len(said) == lines
    assert all("192.0.2.7 unencrypted" in line for line in said)


def test_a_report_with_half_a_character_can_be_asked_about() -> None:
    with serving(telling(killed())) as served:
        assert len(run([report(TEXT + " \ud800")], served.url).claims) == 1


def test_the_readers_name_changes_with_model_and_address_and_not_with_key_or_time() -> None:
    one = identity(Endpoint("http://h/v1", "m", "a", 1.0))
    assert one == identity(Endpoint("http://h/v1/", "m", "b", 2.0))
    assert (one.name, one.version) == ("second", "m")
    assert one != identity(Endpoint("http://h/v1", "n"))
    assert one != identity(Endpoint("http://other/v1", "m"))


def test_the_key_is_shown_nowhere() -> None:
    assert "k-123" not in repr(Endpoint("http://h", "m", "k-123"))
