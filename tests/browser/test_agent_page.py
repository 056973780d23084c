"""The page that a host of agents shows: it speaks the protocol of its frame, and what it is given stays text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.builders import make_hostile_report, make_report
from wirecheck.agents.backend import Compared
from wirecheck.agents.tools import Tools
from wirecheck.model import Report

pytestmark = pytest.mark.browser
HOST = """<!doctype html><meta charset="utf-8"><title>host</title>
<iframe id="app" sandbox="allow-scripts" style="width:700px;height:2000px;border:0"></iframe>
<script>
const result = RESULT, page = PAGE, frame = document.getElementById("app");
window.heard = [];
window.addEventListener("message", (event) => {
  if (event.source !== frame.contentWindow) return;
  window.heard.push(event.data);
  const answer = (message) => frame.contentWindow.postMessage({ jsonrpc: "2.0", ...message }, "*");
  if (event.data.method === "ui/initialize")
    answer({ id: event.data.id, result: { protocolVersion: event.data.params.protocolVersion, hostContext: {} } });
  if (event.data.method === "ui/notifications/initialized")
    answer({ method: "ui/notifications/tool-result", params: { structuredContent: result, content: [] } });
});
frame.srcdoc = page;
</script>"""


class Kept:
    def __init__(self, report: Report) -> None:
        self._report = report

    def report(self, *_: Any, **__: Any) -> Compared:
        return Compared(self._report)


def write_host(report: Report, path: Path) -> Path:
    tools = Tools(Kept(report), most_tokens=10**9)  # type: ignore[arg-type]
    value = json.loads(tools.story("s1", cursor=None).model_dump_json())
    page = files("wirecheck.agents").joinpath("static/overview.html").read_text("utf-8")
    safe = [json.dumps(v).replace("<", "\\u003c") for v in (value, page)]
    path.write_text(HOST.replace("RESULT", safe[0]).replace("PAGE", safe[1]), "utf-8")
    return path


@pytest.fixture
def shown(browser: Any, tmp_path: Path) -> Iterator[Any]:
    page = browser.new_page(viewport={"width": 720, "height": 900})
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    yield lambda report: (page.goto(write_host(report, tmp_path / "host.html").as_uri()), page)[1]
    page.close()


def test_the_page_shows_the_overview_with_quotes_and_places(shown: Any) -> None:
    page = shown(make_report())
    frame = page.frame_locator("#app")
    frame.locator("h2", has_text="Conflicts").wait_for()

    assert frame.locator("h1").inner_text() == "Ferry runs aground off Sorrel Point; 14 hurt"
    assert "injuring 14 people" in frame.locator("#s1-p1").inner_text()
    assert "The Harbour Herald, characters 46–" in frame.locator("#s1-p1").inner_text()
    assert [m["method"] for m in page.evaluate("window.heard")][:2] == ["ui/initialize", "ui/notifications/initialized"]
    assert page.evaluate("window.heard.at(-1).params.height") > 300
    assert (page.faults, page.asked[1:]) == ([], ["about:srcdoc"] if page.asked[1:] else [])


def test_hostile_words_stay_text_in_the_page(shown: Any) -> None:
    page = shown(make_hostile_report())
    frame = page.frame_locator("#app")
    frame.locator("li.point").first.wait_for()

    assert "<img src=x onerror" in frame.locator("body").inner_text()
    assert frame.locator("img, svg, a, iframe").count() == 0
    assert frame.locator("script").count() == 1
    assert page.title() == "host"
    assert page.faults == []
