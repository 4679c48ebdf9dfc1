"""How long the pages of the workbench take: `python -m benchmarks.pages`.

A ledger of 1,000,000 claims (or `--claims N`) is made where none is kept, by `press` and `grow`;
then `parallax serve` serves it, and every page is asked for over loopback, one request after
another, as one person would. Times are whole answers, from the request to the last byte; beside
them stands what the server's processor time alone comes to, which does not grow with what else the
machine does. The first answer of each page after the start is shown apart: it is the one that
fills what is kept in memory, and is asked for while the server still reads ahead; all others are asked
once it has done so.
`--ledger` asks a ledger that is there already, a path or a PostgreSQL address; `--postgres` puts the
ledger into a PostgreSQL of its own first, of which the processor's time is not counted.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import httpx2
import numpy as np

from benchmarks.pages import made, postgres
from benchmarks.pages.addresses import SEED, Addresses, drawn

PROGRAM = Path(sys.executable).with_name("parallax")
BAR = 100.0
SETTLE = 180.0


def main() -> None:
    """Make the ledger, serve it, ask and print."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.pages")
    asked.add_argument("--claims", type=int, default=1_000_000)
    asked.add_argument("--each", type=int, default=60, help="addresses of each page (default 60)")
    asked.add_argument("--ledger", help="a ledger to ask instead of a made one")
    asked.add_argument("--slowest", type=int, default=0, metavar="N", help="print the N slowest addresses of each page")
    asked.add_argument("--only", default="", help="pages whose name has these words")
    asked.add_argument("--postgres", action="store_true", help="ask the same ledger in a PostgreSQL of its own")
    given = asked.parse_args()
    begun = time.perf_counter()
    path = given.ledger or str(made.ledger(given.claims))
    if given.ledger is None:
        size = Path(path).stat().st_size / 1e9
        print(f"a ledger of {given.claims} claims, {size:.1f} GB; there after {time.perf_counter() - begun:.0f} s")
    with postgres.holding(Path(path)) if given.postgres else nullcontext(path) as address:
        serve(address, given.each, given.slowest, given.only)


def serve(path: str, each: int, slowest: int, only: str) -> None:
    """Serve a ledger, ask for its pages and print."""
    addresses = {name: some for name, some in drawn(path, each).items() if only in name}
    served = subprocess.Popen([PROGRAM, "serve", str(path), "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert served.stdout is not None
        line = served.stdout.readline()
        found = re.search(r"http://\S+", line)
        if found is None:
            raise SystemExit(f"parallax serve said {line!r}")
        base = found[0].rstrip("/")
        _wait(base, served)
        ask(base, served.pid, addresses, slowest)
        print(f"memory of the server at its peak: {_peak(served.pid):.2f} GB")
    finally:
        served.terminate()
        served.wait(30)


def ask(base: str, server: int, addresses: Addresses, slowest: int) -> None:
    """Ask every address once, those of all pages mixed, and print the times by page."""
    first: dict[str, float] = {}
    times: dict[str, list[tuple[float, float, str]]] = {name: [] for name in addresses}
    absent: set[str] = set()
    broken: dict[str, tuple[int, str]] = {}
    with httpx2.Client(base_url=base, timeout=120) as client:
        for name, some in addresses.items():
            spent, status = _timed(client, some[0]) if some else (0.0, 404)
            first[name] = spent
            if status == 404:
                absent.add(name)
        print(f"the server had read ahead {_settled(server):.0f} s after the first answers", flush=True)
        mixed = [(name, address) for name, some in addresses.items() if name not in absent for address in some]
        random.Random(SEED).shuffle(mixed)
        for name, address in mixed:
            before = _busy(server)
            spent, status = _timed(client, address)
            busy = _busy(server) - before
            if status >= 400:
                broken.setdefault(name, (status, address))
            else:
                times[name].append((spent, busy, address))
    print(f"{'':<36}{'answered in, ms':>27}{'first':>9}{'busy for, ms':>18}")
    print(f"{'page':<30}{'asked':>6}{'median':>9}{'p95':>9}{'longest':>9}{'':>9}{'median':>9}{'p95':>9}")
    for name, told in times.items():
        if told:
            _print(name, told, first[name])
            for spent, _, address in sorted(told, reverse=True)[:slowest]:
                print(f"    {spent:8.1f}  {address}")
    _print("every page", [one for told in times.values() for one in told], max(first.values()))
    print(f"bar: {BAR:.0f} ms at the 95th percentile")
    print(f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    for name, (status, address) in broken.items():
        print(f"{name}: {address} was answered with {status}")
    if absent:
        print(f"no such page: {', '.join(sorted(absent))}")


def _wait(base: str, served: subprocess.Popen[str]) -> None:
    """Wait until the server answers; its first page is not asked for."""
    for _ in range(300):
        try:
            httpx2.get(f"{base}/static/style.css", timeout=10)
            return
        except httpx2.ConnectError:
            if served.poll() is not None:
                raise SystemExit(f"parallax serve ended with {served.returncode}") from None
            time.sleep(0.1)
    raise SystemExit("parallax serve did not answer in 30 seconds")


def _settled(server: int) -> float:
    """Wait until the server, left alone, does nothing more; how many seconds it took."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < SETTLE:
        before = _busy(server)
        time.sleep(0.5)
        if _busy(server) - before < 5:
            break
    return time.perf_counter() - begun


def _timed(client: httpx2.Client, address: str) -> tuple[float, int]:
    begun = time.perf_counter()
    try:
        status = client.get(address).status_code
    except httpx2.TransportError:
        status = 599
    return 1000 * (time.perf_counter() - begun), status


def _print(name: str, told: list[tuple[float, float, str]], first: float) -> None:
    spent, busy = [one[0] for one in told], [one[1] for one in told]
    median, p95 = np.percentile(spent, (50, 95))
    busy_median, busy_p95 = np.percentile(busy, (50, 95))
    print(
        f"{name:<30}{len(spent):>6}{median:>9.1f}{p95:>9.1f}{max(spent):>9.1f}{first:>9.1f}"
        f"{busy_median:>9.1f}{busy_p95:>9.1f}"
    )


def _busy(process: int) -> float:
    """Milliseconds of processor time that the threads of a process have had."""
    total = 0
    for thread in Path(f"/proc/{process}/task").iterdir():
        try:
            total += int((thread / "schedstat").read_text("utf-8").split()[0])
        except FileNotFoundError:
            continue
    return total / 1e6


def _peak(process: int) -> float:
    told = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return int(found[1]) / 1e6 if found else 0.0


if __name__ == "__main__":
    main()
