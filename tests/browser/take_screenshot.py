"""Take the picture of the manual: `python -m tests.browser.take_screenshot [PAGE.html] [PICTURE.png]`.

The picture in docs/images is of the first screen of the page that `wirecheck demo` writes; without a page it shows the
fictional report of the tests. The first conflict is chosen, so that its words are seen in the documents.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import SWITCHES, find_chromium
from tests.builders import make_report
from wirecheck.report.html import render_html


def main(page: str | None = None, picture: str = "docs/images/report.png") -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        if page is None:
            page = str(Path(folder) / "report.html")
            Path(page).write_text(render_html(make_report()), "utf-8")
        browser = engine.chromium.launch(executable_path=find_chromium(), args=SWITCHES)
        shown = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
        shown.goto(Path(page).resolve().as_uri())
        shown.locator(".first.tone-conflict button.show").first.click()
        shown.evaluate("scrollTo(0, 0)")
        shown.mouse.move(0, 0)
        shown.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
