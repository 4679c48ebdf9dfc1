"""Peak memory of a program and of every process that it starts, sampled from /proc."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

EVERY_SECONDS = 0.2
_PROC = Path("/proc")


@dataclass(slots=True)
class Peaks:
    """Bytes: the most that each process ever held, by its id, and the most that all held at one moment.

    A page that several processes share is counted whole for each of them in `each`, and
    once in `together`, which is sampled, and so no less than the largest of `each`.
    """

    each: dict[int, int] = field(default_factory=dict)
    together: int = 0

    def words(self) -> str:
        """The peaks in MB, the largest process first."""
        if not self.each:
            return "memory not measured: no /proc here"
        together = max(self.together, *self.each.values())
        one = ", ".join(f"{size / 2**20:.0f}" for size in sorted(self.each.values(), reverse=True))
        return f"peak memory {together / 2**20:.0f} MB together ({one} MB by process)"


def watch(process: subprocess.Popen[bytes]) -> Peaks:
    """Sample a program until it ends."""
    peaks = Peaks()
    while process.poll() is None:
        _sample(process.pid, peaks)
        time.sleep(EVERY_SECONDS)
    return peaks


def _sample(root: int, peaks: Peaks) -> None:
    together = 0
    for pid in family(root):
        try:
            status = _sizes(_PROC / str(pid) / "status")
            shares = _sizes(_PROC / str(pid) / "smaps_rollup")
        except OSError:
            continue  # it has ended between the two looks
        if "VmHWM" in status:
            peaks.each[pid] = max(peaks.each.get(pid, 0), status["VmHWM"])
            together += shares.get("Pss", status["VmRSS"])
    peaks.together = max(peaks.together, together)


def family(root: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for pid, parent in _parents():
        children.setdefault(parent, []).append(pid)
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for name in os.listdir(_PROC) if _PROC.is_dir() else ():
        if name.isdigit():
            try:
                stat = (_PROC / name / "stat").read_text(errors="replace")
            except OSError:
                continue
            yield int(name), int(stat.rpartition(")")[2].split()[1])


def _sizes(path: Path) -> dict[str, int]:
    """The lines `Name: 12 kB` of a file, in bytes."""
    sizes = {}
    for line in path.read_text(errors="replace").splitlines():
        name, _, value = line.partition(":")
        if value.endswith(" kB"):
            sizes[name] = int(value.split()[0]) * 1024
    return sizes
