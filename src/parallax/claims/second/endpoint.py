"""An OpenAI-compatible endpoint: questions over HTTP, with patience, a time limit and a budget."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, TypeGuard
from urllib.parse import urlsplit, urlunsplit

import httpx2

from parallax.claims.second.question import Messages
from parallax.errors import EndpointError, ParallaxError, SettingsError

TRIES = 5
FIRST_WAIT, LONGEST_WAIT, LONGEST_ASKED = 2.0, 60.0, 600.0
ANSWER_TOKENS, LEAST_ANSWER = 8192, 512
_LARGEST_BODY = 8_000_000
_PASSING = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 507, 520, 522, 524, 529})
_CLOSED = frozenset({401, 402, 404, 405, 410})
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, for which model, with what key; `seconds` is the time limit of one request."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0

    @property
    def address(self) -> str:
        """The address of its chat completions."""
        parts = urlsplit(self.url)
        path = parts.path.rstrip("/")
        if not path.endswith("/chat/completions"):
            path += "/chat/completions"
        return urlunsplit(parts._replace(path=path, fragment=""))


@dataclass(frozen=True, slots=True)
class Tokens:
    """What has been spent: as the endpoint counted it, and where it did not, as estimated here."""

    counted: int = 0
    estimated: int = 0

    @property
    def total(self) -> int:
        return self.counted + self.estimated

    def words(self) -> str:
        """What was spent, for a person."""
        told = f", {self.estimated} of them estimated, for want of the endpoint's own count" if self.estimated else ""
        return f"{self.total} tokens spent{told}"

    def plus(self, other: Tokens) -> Tokens:
        """Both together."""
        return Tokens(self.counted + other.counted, self.estimated + other.estimated)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the words of the answer, and whether they were cut off for length."""

    content: str
    cut_off: bool


class _PassingError(Exception):
    """A trouble that may pass: asked again after `wait` seconds, or as patience has it."""

    def __init__(self, words: str, wait: float | None = None) -> None:
        super().__init__(words)
        self.wait = wait


class Connection:
    """Questions to one endpoint, one after another, within a budget of tokens.

    `say` is told of every wait, and of an address that others can listen to. Once the
    endpoint or the budget is at its end, every later question fails at once and nothing
    more is sent.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        schema: Mapping[str, Any],
        *,
        tokens: int,
        say: Callable[[str], None],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._endpoint = endpoint
        self._budget = tokens
        self._say = say
        self._sleep = sleep
        self._end: ParallaxError | None = None
        self._wishes: dict[str, Any] = {
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "claims", "strict": True, "schema": dict(schema)},
            },
            "temperature": 0,
            "max_tokens": ANSWER_TOKENS,
        }
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
        if endpoint.key:
            headers["Authorization"] = f"Bearer {endpoint.key}"
        address = urlsplit(endpoint.url)
        own = address.hostname in _LOOPBACK
        if address.scheme == "http" and not own:
            say(f"reports go to {address.hostname} unencrypted, where others can read them; give an https address")
        # A proxy of the environment is for the world outside, not for a model on this machine.
        try:
            self._client = httpx2.Client(timeout=endpoint.seconds, headers=headers, trust_env=not own)
        except (ValueError, OSError, ImportError) as error:
            raise SettingsError(
                f"the proxy or the certificates that the environment names cannot be used: {error}"
            ) from None
        self.spent = Tokens()

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def end(self, words: str) -> None:
        """Send nothing more, for this reason."""
        self._end = EndpointError(words, final=True)

    def ask(self, messages: Messages) -> Reply:
        """The answer to one question.

        Raises `SettingsError` where address, model or key are wrong, and `EndpointError`
        where the endpoint refuses, fails after all patience, or the budget is spent.
        """
        if self._end is not None:
            raise self._end.with_traceback(None)
        try:
            return self._patiently(messages)
        except SettingsError as error:
            self._end = error
            raise
        except EndpointError as error:
            if error.final:
                self._end = error
            raise

    def _patiently(self, messages: Messages) -> Reply:
        patience = FIRST_WAIT
        for tries in range(1, TRIES + 1):
            try:
                return self._once(messages)
            except _PassingError as trouble:
                if tries == TRIES:
                    raise EndpointError(f"{trouble} (asked {TRIES} times)") from None
                wait = patience if trouble.wait is None else trouble.wait
                if wait > LONGEST_ASKED:
                    raise EndpointError(
                        f"{trouble}; it asks to be left alone for {wait:.0f} s, so ask again then", final=True
                    ) from None
                self._say(f"{trouble}; asking again in {wait:.0f} s")
                self._sleep(wait)
                patience = min(2 * patience, LONGEST_WAIT)
        raise AssertionError("unreachable")

    def _once(self, messages: Messages) -> Reply:
        question = _estimate(json.dumps([messages, self._wishes.get("response_format")], ensure_ascii=False))
        left = self._budget - self.spent.total - question
        spent = f"the budget of {self._budget} tokens is spent"
        if left < LEAST_ANSWER:
            raise EndpointError(spent, final=True)
        most = min(left, ANSWER_TOKENS)
        wishes = self._wishes | ({"max_tokens": most} if "max_tokens" in self._wishes else {})
        # As ASCII, so that a report with unpaired surrogates can be sent too.
        data = json.dumps({"model": self._endpoint.model, "messages": messages, **wishes}).encode("ascii")
        try:
            status, headers, body = self._post(data)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            raise _PassingError(f"{self._endpoint.address} cannot be reached ({self._brief(error)})") from None
        except (httpx2.TransportError, httpx2.DecodingError) as error:
            # The question may have been answered, and paid for, before the answer was lost.
            self.spent = self.spent.plus(Tokens(estimated=question))
            late = isinstance(error, httpx2.TimeoutException)
            lost = f"no answer within {self._endpoint.seconds:g} s" if late else "the answer broke off"
            raise _PassingError(lost if late else f"{lost} ({self._brief(error)})") from None
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise SettingsError(f"PARALLAX_SECOND_URL cannot be used: {self._brief(error)}") from None
        shape = _loads(body)
        status, words = _trouble(status, shape)
        if status != 200:
            self._refused(status, self._brief(words), headers, wishes)
        reply = self._reply(shape, question)
        if reply.cut_off and most < ANSWER_TOKENS:
            raise EndpointError(f"{spent}, the last answer cut short by it", final=True)
        return reply

    def _post(self, data: bytes) -> tuple[int, httpx2.Headers, bytes]:
        """Status, headers and whole body; the time limit holds for all of it, not for each piece."""
        end = time.monotonic() + self._endpoint.seconds
        with self._client.stream("POST", self._endpoint.address, content=data) as response:
            body = bytearray()
            for chunk in response.iter_bytes():
                body += chunk
                if time.monotonic() > end:
                    raise httpx2.ReadTimeout("the answer trickled in past the time limit")
                if len(body) > _LARGEST_BODY:
                    raise httpx2.DecodingError("the answer is larger than any list of claims")
            return response.status_code, response.headers, bytes(body)

    def _refused(self, status: int, words: str, headers: httpx2.Headers, wishes: Mapping[str, Any]) -> None:
        """Raise what this status means; a wish that the endpoint does not know is dropped for the whole run."""
        said = f"the endpoint answers {status}" + (f": {words}" if words else "")
        if status in (400, 422):
            for wish, names in (("response_format", ("response_format", "json_schema")), *((w, (w,)) for w in wishes)):
                if wish in self._wishes and any(name in words for name in names):
                    del self._wishes[wish]
                    raise _PassingError(f"{said}; {wish} is left out from here on", 0.0)
        if status == 401:
            raise SettingsError(f"PARALLAX_SECOND_KEY is not accepted: {said}")
        if 300 <= status < 400:
            to = self._brief(headers.get("Location", "elsewhere"))
            raise SettingsError(f"PARALLAX_SECOND_URL: {said} and leads to {to}; give the address itself")
        if status in (404, 405, 410):
            raise SettingsError(f"PARALLAX_SECOND_URL or PARALLAX_SECOND_MODEL is not known there: {said}")
        if status in _CLOSED or "insufficient_quota" in words:
            raise EndpointError(said, final=True)
        if status in _PASSING:
            raise _PassingError(said, _asked_wait(headers.get("Retry-After")))
        raise EndpointError(said)

    def _reply(self, shape: Any, question: int) -> Reply:
        choice = _first(shape, "choices")
        message = choice.get("message") if isinstance(choice, dict) else None
        content = _content(message.get("content")) if isinstance(message, dict) else ""
        usage = _usage(shape)
        self.spent = self.spent.plus(usage or Tokens(estimated=question + _estimate(content)))
        if not isinstance(message, dict):
            raise _PassingError("the answer is no chat completion")
        if isinstance(refusal := message.get("refusal"), str) and refusal.strip():
            raise EndpointError(f"the model refuses: {self._brief(refusal)}")
        if choice.get("finish_reason") == "content_filter":
            raise EndpointError("the endpoint's filter holds the answer back")
        return Reply(content, cut_off=choice.get("finish_reason") == "length")

    def _brief(self, words: object) -> str:
        """Words from outside, short and on one line, without the key should they repeat it."""
        flat = " ".join(str(words)[:2000].split())
        if self._endpoint.key:
            flat = flat.replace(self._endpoint.key, "…")
        return flat if len(flat) <= 200 else flat[:199] + "…"


def _loads(body: bytes) -> Any:
    try:
        return json.loads(body, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def _trouble(status: int, shape: Any) -> tuple[int, str]:
    """The status and what is said of it; some endpoints send their errors with status 200."""
    told = shape if isinstance(shape, dict) else {}
    error = told.get("error") or (None if status == 200 else told.get("detail") or told.get("message"))
    if status == 200 and (not error or "choices" in told):
        return 200, ""
    if isinstance(error, dict):
        code = error.get("code")
        if status == 200:
            status = code if isinstance(code, int) and not isinstance(code, bool) and 400 <= code < 600 else 502
        parts = [error.get("message"), None if isinstance(code, int) else code, error.get("param")]
        return status, " ".join(part for part in parts if isinstance(part, str))
    return (502 if status == 200 else status), str(error or "")


def _first(shape: Any, name: str) -> Any:
    items = shape.get(name) if isinstance(shape, dict) else None
    return items[0] if isinstance(items, list) and items else None


def _content(content: Any) -> str:
    """The words of a message: a string, or the texts of its pieces."""
    if isinstance(content, str):
        return content
    pieces = content if isinstance(content, list) else []
    texts = [piece.get("text") for piece in pieces if isinstance(piece, dict)]
    return "".join(text for text in texts if isinstance(text, str))


def _usage(shape: Any) -> Tokens | None:
    """What the endpoint says the answer cost, or None where it says nothing that can be believed."""
    usage = shape.get("usage") if isinstance(shape, dict) else None
    if not isinstance(usage, dict):
        return None
    whole, *parts = (usage.get(name) for name in ("total_tokens", "prompt_tokens", "completion_tokens"))
    told = [part for part in parts if _is_number(part)]
    total = whole if _is_number(whole) else sum(told) if len(told) == 2 else 0
    return Tokens(counted=total) if total else None


def _is_number(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12


def _estimate(words: str) -> int:
    """About how many tokens these words are: one for three bytes, which is rather too many than too few."""
    return math.ceil(len(words.encode("utf-8", "surrogatepass")) / 3)


def _asked_wait(header: str | None) -> float | None:
    """The seconds of a Retry-After header, given as a number or as a time; None where it says neither."""
    if header is None:
        return None
    try:
        return max(0.0, float(header)) if math.isfinite(float(header)) else None
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
