"""What watching told, as the app shows it: the newest first, each leading to its item, new until a reader says so."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the app is not installed")
pytest.importorskip("uvicorn", reason="the app is not installed")

from tests.desks import Client, serving
from tests.watched import watch_ferry
from wirecheck.watching.state import FILE


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("watched") / "archive"
    watch_ferry(folder)
    return folder


@pytest.fixture(scope="module")
def desk(watched: Path) -> Iterator[Client]:
    with serving(watched) as client:
        yield client


def read_by(desk: Client, who: str) -> Client:
    return Client(desk.port, {**desk.cookies, "wirecheck-who": who})


def list_told(page: str) -> list[tuple[int, bool, str]]:
    """Return number, whether it is new, and the sentence of each event that a page lists."""
    found = re.findall(r'<li id="event-(\d+)"[^>]*><p dir="auto">(.*?)<span class="label">[^<]*</span> (.*?)</p>', page)
    return [(int(number), "new" in new, unescape(sentence)) for number, new, sentence in found]


def test_the_newest_come_first_and_what_was_told_together_keeps_its_order(desk: Client) -> None:
    told = list_told(desk.get("/news").text)

    assert [number for number, *_ in told] == [6, 7, 8, 1, 2, 3, 4, 5]
    assert told[1][2] == "Herald has “180” where it had “212”."
    assert [n for n, *_ in list_told(desk.get("/news?kind=conflict").text)] == [2]
    assert len(list_told(desk.get("/news?kind=<script>&page=0").text)) == 8


def test_each_reader_has_marks_of_their_own_and_later_news_are_new_again(watched: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(watched, tmp_path / "archive"))
    with serving(folder) as desk:
        jo, ann = read_by(desk, "Jo"), read_by(desk, "Ann")
        page = jo.get("/news").text
        assert all(new for _, new, _ in list_told(page))
        assert "(8 new)" in page
        assert "News that you have not seen" in jo.get("/").text
        values = dict(re.findall(r'name="(series|number)" value="([^"]*)"', page))

        state = json.loads((folder / FILE).read_text("utf-8"))
        state["events"].append({**state["events"][0], "number": 9, "sentence": "Later <b>news</b>."})
        (folder / FILE).write_text(json.dumps(state), "utf-8")
        assert [n for n, new, _ in list_told(jo.post("/news", values).text) if new] == [9]
        assert "Later &lt;b&gt;news&lt;/b&gt;." in jo.get("/").text
        assert sum(new for _, new, _ in list_told(ann.get("/news").text)) == 9

        jo.post("/news", {**values, "number": "3"})  # an older page says nothing new
        assert [n for n, new, _ in list_told(jo.get("/news").text) if new] == [9]
        assert jo.post("/news", {**values, "number": "x"}).status == 422
    with serving(folder) as desk:
        assert [n for n, new, _ in list_told(read_by(desk, "Jo").get("/news").text) if new] == [9]


@pytest.mark.parametrize(
    ("number", "words"),
    [(2, "The ferry had"), (8, "The ferry had"), (7, "The ferry had")],
)
def test_an_event_leads_to_the_item_that_has_its_words_now(desk: Client, number: int, words: str) -> None:
    answer = desk.get(f"/news/{number}")
    item = re.search(r'<h2 id="item"[^>]*>(.*?)</h2>', answer.text)

    assert answer.status == 200
    assert "/decide?show=" in answer.place
    assert item is not None
    assert words.lower() in item[1].lower() or "passengers" in item[1]


def test_a_quotation_leads_to_its_row_and_documents_to_their_story(desk: Client) -> None:
    led = desk.ask("GET", "/news/3").headers["location"]
    story, _, row = led.partition("#")
    page = desk.get(story).text

    assert f'id="{row}"' in page
    assert "every lamp on that channel" in re.split(f'id="{row}"', page)[1][:3000]
    assert desk.ask("GET", "/news/6").headers["location"] == story
    assert desk.ask("GET", "/news/2/story").headers["location"] == story
    assert desk.get("/news/99").status == 404
    assert desk.get("/news/x").status == 404


def test_without_watching_there_is_no_news_and_a_damaged_state_is_told(tmp_path: Path) -> None:
    with serving(tmp_path / "archive") as desk:
        assert "Nothing yet" in desk.get("/news").text
        (tmp_path / "archive" / FILE).write_text("{", "utf-8")
        damaged = desk.get("/news")
        assert damaged.status == 422
        assert "cannot be read" in damaged.text
        assert desk.get("/").status == 200
