"""Pictures of every page of the workbench, wide and on a phone, light and dark, to be looked at.

    .venv/bin/python -m scripts.screens LEDGER FOLDER [ADDRESS…]

Serves the ledger with the installed program, opens each page in Debian's Chromium and writes
FOLDER/PAGE-SIZE-COLOURS.png. With addresses (such as /queue) it takes those pages alone.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import BrowserContext, ViewportSize, sync_playwright

from parallax.workbench.look import COOKIE
from tests.workbench.conftest import CHROMIUM, serving
from tests.workbench.everything import every_page

SIZES = {"wide": ViewportSize(width=1400, height=900), "phone": ViewportSize(width=390, height=844)}
LOOKS = ("light", "dark")
# A page longer than this is cut off: what stands below is more of the same.
TALLEST = 4000
WAIT = 20_000


def main(ledger: Path, folder: Path, addresses: tuple[str, ...]) -> int:
    """Take the pictures; the number of pages whose pictures failed is the exit status."""
    folder.mkdir(parents=True, exist_ok=True)
    program = str(Path(sys.executable).parent / "parallax")
    failed = 0
    with serving(program, ledger) as workbench, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        for name, size in SIZES.items():
            for look in LOOKS:
                with browser.new_context(viewport=size) as context:
                    context.add_cookies([{"name": COOKIE, "value": look, "url": workbench}])
                    for address in addresses or every_page(ledger):
                        target = folder / f"{slug(address)}-{name}-{look}.png"
                        try:
                            take(context, workbench + address, target, size)
                        except Exception as error:
                            print(f"{address}, {name}, {look}: {error}", file=sys.stderr)
                            failed += 1
        browser.close()
    return min(failed, 99)


def take(context: BrowserContext, address: str, target: Path, size: ViewportSize) -> None:
    """One picture of one page, from its top to its end or to where it is cut off."""
    page = context.new_page()
    page.goto(address)
    if page.locator("div#map, div#atlas").count():
        page.wait_for_selector("#map[data-ready], #atlas[data-ready]", timeout=WAIT)
    page.wait_for_timeout(300)
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": size["width"], "height": min(max(height, size["height"]), TALLEST)})
    page.screenshot(path=target)
    page.close()


def slug(address: str) -> str:
    """An address as a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-")[:60] or "incidents"


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: python -m scripts.screens LEDGER FOLDER [ADDRESS…]")
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), tuple(sys.argv[3:])))
