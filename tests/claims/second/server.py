"""An endpoint on loopback that misbehaves to order, as real ones do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from parallax.claims.second.endpoint import Endpoint, Tokens
from parallax.claims.second.reader import Finished, Read, Unread, read
from parallax.model import Claim, DateSource, Published, Report, Zone


@dataclass(frozen=True)
class Response:
    """What the endpoint does with one question.

    `cut` sends half the body and hangs up, `hang` sends nothing, `trickle` sends a byte now and then.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: bool = False
    trickle: bool = False


def completion(content: Any, *, usage: Any = None, finish: str = "stop", **message: Any) -> Response:
    """A chat completion with this content."""
    shape: dict[str, Any] = {
        "id": "c",
        "object": "chat.completion",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content} | message}
        ],
    }
    if usage is not None:
        shape["usage"] = usage
    return Response(body=json.dumps(shape).encode())


USAGE = {"prompt_tokens": 70, "completion_tokens": 30, "total_tokens": 100}


def telling(*claims: Any, usage: Any = USAGE) -> Response:
    """A completion that tells these claims."""
    return completion(json.dumps({"claims": list(claims)}), usage=usage)


def failing(status: int, message: str = "", **headers: str) -> Response:
    """An error as the interface words it."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": None}}).encode() if message else b"<html>"
    return Response(status, body, {name.replace("_", "-"): value for name, value in headers.items()})


class Served:
    """A running endpoint: what it was asked, and where it stands."""

    def __init__(self, responses: Iterable[Response]) -> None:
        self._responses = list(responses)
        self._released = threading.Event()
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                number = len(served.asked)
                served.asked.append(json.loads(body))
                served.headers.append(dict(self.headers))
                served.paths.append(self.path)
                response = served._responses[min(number, len(served._responses) - 1)]
                if response.hang:
                    served._released.wait(20)
                    self.close_connection = True
                    return
                self.send_response(response.status)
                for name, value in response.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(response.body)))
                self.end_headers()
                if response.trickle:
                    for byte in response.body:
                        self.wfile.write(bytes([byte]))
                        if served._released.wait(0.05):
                            break
                    self.close_connection = True
                    return
                self.wfile.write(response.body[: len(response.body) // 2] if response.cut else response.body)
                self.close_connection = response.cut

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def texts(self) -> list[str]:
        """What the user's message of each question says."""
        return [asked["messages"][1]["content"] for asked in self.asked]


@contextmanager
def serving(*responses: Response) -> Iterator[Served]:
    """An endpoint that gives these responses in turn, the last one for ever."""
    served = Served(responses)
    served.start()
    try:
        yield served
    finally:
        served.stop()


@dataclass
class Run:
    """What a run of the second reader gave, said, and waited."""

    events: list[Read | Unread | Finished] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    error: BaseException | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(claim for event in self.events if isinstance(event, Read) for claim in event.claims)

    @property
    def finished(self) -> Finished:
        last = self.events[-1]
        assert isinstance(last, Finished)
        return last

    @property
    def spent(self) -> Tokens:
        return self.finished.spent


def run(reports: Sequence[Report], url: str, **settings: Any) -> Run:
    """Read these reports with the endpoint at this address; waits are noted, not waited."""
    made = Run()
    endpoint = Endpoint(url, settings.pop("model", "m"), settings.pop("key", None), settings.pop("seconds", 5.0))
    settings.setdefault("tokens", 1_000_000)
    settings.setdefault("sleep", made.waits.append)

    def say(name: str, words: str) -> None:
        made.said.append(f"{name}: {words}")

    try:
        made.events.extend(read(reports, endpoint, say=say, **settings))
    except (Exception, KeyboardInterrupt) as error:
        made.error = error
    return made


TEXT = (
    "Four fishermen were killed when shells hit the quay at Rasna on Tuesday, the harbour master said. "
    "No fewer than 11 people were hurt. The army denied it had fired."
)


def report(text: str = TEXT, id: str = "r", **fields: Any) -> Report:
    """A report of this text."""
    zones: tuple[Zone, ...] = fields.pop("zones", ())
    published = Published(date(2020, 5, 6), DateSource.GIVEN)
    return Report.of(text, id=id, published=published, zones=zones, **fields)


def killed(**changes: Any) -> dict[str, Any]:
    """The claim of the first sentence of `TEXT`, well told but for these changes."""
    return {
        "quote": TEXT[: TEXT.index(" No fewer")],
        "also": [],
        "kind": "killed",
        "count": {"low": 4, "high": 4, "text": "Four"},
        "whom": "fishermen",
        "whom_class": "civilian",
        "who": None,
        "where": "Rasna",
        "when": ["2020-05-05", "2020-05-05"],
        "voice": "the harbour master",
        "via": None,
        "stance": "asserted",
        "scope": "event",
    } | changes
