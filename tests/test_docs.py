"""The docs say what the program does: commands, figures, links."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from parallax.incidents import belonging

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "demo" / "README.md"]


def test_the_reference_is_what_the_program_says() -> None:
    made = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "reference.py")], capture_output=True, check=True, text=True
    ).stdout
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == made, "run scripts/reference.py again"


def test_links_within_the_docs_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_commands_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^make (\w+)", readme, re.M)) | set(re.findall(r"`make (\w+)`", readme))
    assert {"demo", "test", "setup"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.M), target
    for command in re.findall(r"bin/parallax (\w+)", readme):
        assert f"## parallax {command} " in reference


def test_figures_stand_with_their_day_and_commit() -> None:
    measured = (ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    assert re.search(r"^Commit [0-9a-f]{12}, \d{4}-\d\d-\d\d", measured, re.M)
    for benchmark in ("claims", "places", "incidents", "ranges", "speed"):
        assert f"$ python -m benchmarks.{benchmark}" in measured


def test_the_points_of_telling_in_the_method_are_those_of_the_package() -> None:
    method = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    told = method.split("### What one report tells of", 1)[1].split("###", 1)[0]
    written = {name: float(points) for name, points in re.findall(r"^\| ([^|]+) \| ([+-]\d+\.\d\d) \|", told, re.M)}
    assert written == {name: round(points, 2) for name, points in belonging.POINTS.items()}
