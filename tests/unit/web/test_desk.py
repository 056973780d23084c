"""The app over an archive, asked as a browser asks: what is read, shown, ruled and remembered."""

from __future__ import annotations

import contextlib
import json
import re
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="the app is not installed")
pytest.importorskip("uvicorn", reason="the app is not installed")

from tests.desks import Client, serving
from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import open_archive
from wirecheck.errors import UsageError
from wirecheck.report.verify import verify_report
from wirecheck.web.desk import PATIENCE_S, Desk, WorkingError
from wirecheck.web.marks import Marks
from wirecheck.web.worker import Worker

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\n\n"
    "\u202e“Two people died,” said <b onclick=x>Jo</b>. {{7*7}}"
)
NAMES = (
    "../../etc/<script>alert(3)</script>.txt",
    "..\\..\\boot.ini",
    "a\x07b.html",
    ".",
    "x" * 300 + ".txt",
    "con: aux?.txt",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    with open_archive(folder / "archive", create=True) as archive:
        archive.add([write_lines(folder / "a.jsonl", LINES)])
    return folder


@pytest.fixture(scope="module")
def desk(place: Path) -> Iterator[Client]:
    with serving(place / "archive") as client:
        yield client


def first_story(desk: Client) -> str:
    found = re.findall(r'href="/story/(s\w+)" class="app-title"', desk.get("/archive?search=larkspur").text)
    assert len(found) == 1
    return found[0]


def item_of(text: str) -> str:
    found = re.search(r'name="item" value="(\w+)"', text)
    assert found is not None
    return found[1]


def test_a_pasted_pair_is_a_report(desk: Client) -> None:
    texts = [line["text"] for line in LINES[:2]]
    answer = desk.post(
        "/read", {"text": texts, "publisher": ["The Herald", ""], "published": ["2025-03-04", ""], "then": "story"}
    )

    assert answer.status == 200
    assert "14 people" in answer.text
    assert "17 people" in answer.text
    assert "Conflict" in answer.text
    report = json.loads(desk.get(f"{answer.place}/report.json").text)
    assert verify_report(report) == []
    assert {d["publisher"] for d in report["documents"]} == {"The Herald", None}


def test_a_report_of_no_archive_can_be_kept(desk: Client, place: Path) -> None:
    answer = desk.post(
        "/read",
        {
            "text": ["A kiln burst at the glass works of Tarn.", "Glass works kiln bursts, Tarn police say."],
            "then": "stories",
        },
    )
    kept = desk.post(f"{answer.place}/keep", {})

    assert kept.status == 200
    with open_archive(place / "archive") as archive:
        assert len(archive.search("kiln tarn")) == 2


def test_what_was_found_of_a_report_that_is_kept_is_not_found_again_and_is_the_same(tmp_path: Path) -> None:
    with serving(tmp_path / "archive") as desk:
        texts = [f"{line['title']}\n\n{line['text']}" for line in LINES[:2]]
        answer = desk.post("/read", {"text": texts, "publisher": ["The Herald", "The Post"], "then": "story"})
        job = desk.post(f"{answer.place}/keep", {}, follow=False).headers["location"]
        give_up = time.monotonic() + 120
        while (at := desk.ask("GET", job)).status == 202 and time.monotonic() < give_up:
            time.sleep(0.1)
        (kept,) = (tmp_path / "archive" / "derived").glob("report-*.json")
        before = kept.read_bytes()
        story = at.headers["location"]
        first = json.loads(desk.get(f"{story}/report.json").text)
        assert kept.read_bytes() == before
    kept.unlink()
    with serving(tmp_path / "archive") as desk:
        assert json.loads(desk.get(f"{story}/report.json").text) == first
        assert kept.read_bytes() == before


def test_the_archive_is_listed_filtered_and_counted(desk: Client) -> None:
    every = desk.get("/archive").text
    assert "Bakers walk out in Oder" in every
    assert re.search(r'publisher=The\+Herald[^"]*"[^>]*>The Herald</a> <span class="count">1<', every)

    found = desk.get("/archive?search=%22ran+aground%22&since=2025-03&until=2025-03").text
    assert "Bakers" not in found
    assert "Larkspur" in found or "Sorrel Point" in found
    assert "No story fits" in desk.get("/archive?publisher=Nobody").text
    assert desk.get("/archive?since=soon").status == 422
    assert desk.get("/archive?page=99999999999999&least=x").status == 200


def test_every_page_of_a_story_is_there(desk: Client) -> None:
    story = first_story(desk)
    for path in (
        "",
        "/decide",
        "/decide?show=quotations",
        "/decide?show=documents",
        "/since",
        "/reuse",
        "/documents",
        "/claim",
        "/draft",
    ):
        answer = desk.get(f"/story/{story}{path}")
        assert answer.status == 200, path
        assert 'id="main"' in answer.text or 'id="report"' in answer.text
    for form in ("html", "json", "md"):
        saved = desk.get(f"/story/{story}/report.{form}")
        assert saved.headers["content-disposition"].startswith("attachment")
        assert saved.headers["content-security-policy"].startswith("sandbox")
    assert desk.get(f"/story/{story}/report.exe").status == 404


def test_a_ruling_is_in_the_report_and_in_what_is_saved_and_can_be_undone(desk: Client, place: Path) -> None:
    story = first_story(desk)
    page = desk.get(f"/story/{story}/decide?show=all").text
    item = item_of(page)
    after = desk.post(
        f"/story/{story}/decide", {"item": item, "show": "all", "ruling": "settled", "who": "Jo Lind", "note": "asked"}
    )

    assert item_of(after.text) != item
    assert "is settled: asked." in after.text
    assert "Jo Lind ruled on" in desk.get(f"/story/{story}").text
    saved = json.loads(desk.get(f"/story/{story}/report.json").text)
    assert [(d["who"], d["ruling"]) for d in saved["decisions"]] == [("Jo Lind", "settled")]
    assert "Jo Lind ruled on" in desk.get(f"/story/{story}/report.md").text

    other = Client(desk.port)
    both = other.post(f"/story/{story}/decide", {"item": item, "show": "all", "ruling": "disputed", "who": "Ann Berg"})
    assert both.status == 200
    again = desk.get(f"/story/{story}/decide?show=all&item={item}").text
    assert re.search(r"<h3[^>]*>Ann Berg</h3>.*Disputed.*<h3[^>]*>Jo Lind</h3>.*Settled", again, re.DOTALL)

    number = re.search(r'name="number" value="(\d+)"', after.text)
    assert number is not None
    back = f"/story/{story}/decide?show=all&item={item}"
    undone = desk.post("/undo", {"number": number[1], "who": "Jo Lind", "back": back})
    assert "Ann Berg" in undone.text
    assert not re.search(r"<h3[^>]*>Jo Lind</h3>", undone.text)
    with open_archive(place / "archive") as archive:
        assert len(archive.decisions()) == 3
    assert "no longer stands" in desk.get("/decisions").text


def test_a_kept_report_that_somebody_deleted_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with open_archive(folder, create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES[:2])])
    with serving(folder) as desk:
        story = re.findall(r'href="/story/(s\w+)" class="app-title"', desk.get("/archive").text)[0]
        item = item_of(desk.get(f"/story/{story}/decide?show=all").text)
        (kept,) = (folder / "derived").glob("report-*.json")
        kept.unlink()
        desk.post(f"/story/{story}/decide", {"item": item, "show": "all", "ruling": "settled", "who": "Jo"})

        assert "Jo ruled on" in desk.get(f"/story/{story}").text
        assert kept.exists()


def test_the_newest_stories_are_compared_before_anybody_asks(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        (story,) = (s.id for s in archive.stories() if len(s.members) > 1)
    with serving(tmp_path / "archive", ahead=1):
        wait_for(tmp_path / "archive" / "derived" / f"report-{story}.json")


def test_the_stories_of_a_list_that_is_shown_are_compared_before_anybody_opens_them(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        lines = [line | {"url": f"{line['url']}/{n}"} for n in range(2) for line in LINES]
        later = [
            line | {"published": "2026-01-01", "text": line["text"].replace("Sorrel", "Merrin")} for line in lines[3:]
        ]
        archive.add([write_lines(tmp_path / "a.jsonl", [*lines[:3], *later])])
        newest, oldest = sorted(
            (s for s in archive.stories() if len(s.members) > 1), key=lambda s: s.last, reverse=True
        )
    with serving(tmp_path / "archive", ahead=1) as desk:
        derived = tmp_path / "archive" / "derived"
        wait_for(derived / f"report-{newest.id}.json")
        assert not (derived / f"report-{oldest.id}.json").exists()
        desk.get(f"/archive?least=2&until={oldest.last[:4]}")
        wait_for(derived / f"report-{oldest.id}.json")


def wait_for(path: Path) -> None:
    give_up = time.monotonic() + 120
    while not path.exists() and time.monotonic() < give_up:
        time.sleep(0.1)
    assert path.exists()


def test_a_story_that_is_being_compared_shows_its_documents_to_be_read_meanwhile(place: Path) -> None:
    with open_archive(place / "archive") as archive:
        story = max(archive.stories(), key=lambda s: len(s.members))
        first, second = (archive.document(d) for d in story.documents[:2])
    for path in (place / "archive" / "derived").glob("report-*"):
        path.unlink()
    with serving(place / "archive", busy_s=5) as desk:
        answer = desk.ask("GET", f"/story/{story.id}")
        text = unescape(answer.text)
        assert answer.status == 202
        assert first.text in text
        assert second.text in text
        assert all(name in text for name in (first.publisher, second.publisher, first.title, second.title))
        assert "1 before it" in text
        assert 'http-equiv="refresh"' in text

        chosen = f"left={second.id}&right={first.id}"
        answer = desk.ask("GET", f"/story/{story.id}/decide?show=all&{chosen}")
        text = unescape(answer.text)
        assert answer.status == 202
        assert text.index(second.text) < text.index(first.text)
        assert f'data-next="/story/{story.id}/decide?show=all&{chosen}"' in text
        assert f'href="/story/{story.id}/decide?show=all&left={second.id}&right={second.id}#documents"' in text
        assert 'http-equiv="refresh"' not in text

        assert 'id="report"' in desk.get(f"/story/{story.id}").text


def test_a_comparison_that_fails_is_told_once_and_not_begun_again_by_itself(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES)])
        (story,) = (s for s in archive.stories() if len(s.members) > 1)
    folder = tmp_path / "archive"
    desk = Desk(folder, marks=Marks(tmp_path / "seen", folder), worker=Worker(limit_s=PATIENCE_S + 0.1))
    jobs = []
    said = ""
    with contextlib.closing(desk), desk.open() as archive:
        for _ in range(20):
            try:
                desk.view(archive, story.id)
            except WorkingError as error:
                jobs.append(error.job.id)
            except UsageError as error:
                said = str(error)
                break

    assert "was ended" in said
    assert len(set(jobs)) == 1


def test_who_said_it_and_which_origin_are_ruled_too(desk: Client) -> None:
    story = first_story(desk)
    page = desk.get(f"/story/{story}/decide?show=quotations").text
    answer = desk.post(
        f"/story/{story}/decide",
        {"item": item_of(page), "show": "quotations", "ruling": "speaker", "speaker": "Nils Aarden", "who": "Jo"},
    )
    assert "Nils Aarden said “" in answer.text

    page = desk.get(f"/story/{story}/decide?show=documents").text
    documents = re.findall(r'name="document" value="(\w+)"', page)
    answer = desk.post(
        f"/story/{story}/decide",
        {"document": documents, "ruling": "same-origin", "show": "documents", "who": "Jo", "note": "one call"},
    )
    assert "are of one origin: one call." in unescape(answer.text)
    assert (
        "at most 1 origin<" in desk.get("/archive?least=2").text
        or "at most 1 origin ·" in desk.get("/archive?least=2").text
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"ruling": "settled", "who": " "}, "give your name"),
        ({"ruling": "settled", "who": "Jo", "item": "nothing"}, "not in the story"),
        ({"ruling": "burn", "who": "Jo"}, "cannot be ruled on so"),
        ({"ruling": "noted", "who": "Jo"}, "give the note"),
        ({"ruling": "same-origin", "who": "Jo", "document": ["x"]}, "two documents or more"),
    ],
)
def test_a_bad_ruling_is_told_and_nothing_is_kept(desk: Client, place: Path, values: dict[str, str], said: str) -> None:
    story = first_story(desk)
    given = {"item": item_of(desk.get(f"/story/{story}/decide?show=all").text), "show": "open", **values}
    with open_archive(place / "archive") as archive:
        before = archive.decisions()
    answer = desk.post(f"/story/{story}/decide", given)

    assert answer.status == 422
    assert said in unescape(answer.text)
    with open_archive(place / "archive") as archive:
        assert archive.decisions() == before


def test_what_is_new_since_a_reader_looked(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with open_archive(folder, create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES[:1])])
    with serving(folder) as desk:
        story = re.findall(r'href="/story/(s\w+)" class="app-title"', desk.get("/archive").text)[0]
        assert "first time" in desk.get(f"/story/{story}/since").text
        assert "Nothing has changed" in desk.get(f"/story/{story}/since").text

        changed = {**LINES[0], "text": LINES[0]["text"].replace("14", "15"), "modified": "2025-03-06"}
        with open_archive(folder) as archive:
            archive.add([write_lines(tmp_path / "b.jsonl", [changed, LINES[1]])])
        page = unescape(desk.get(f"/story/{story}/since").text)
        assert "new since you last looked" in desk.get("/archive").text
        assert "The Post leaves out “not”, which The Herald has" in page
        assert "The Herald has “15” where it had “14”." in page
        assert re.search(r"<del>14</del>\s*<ins>15</ins>", page)
        assert "the first document of this publisher" in page
        earlier = desk.get(f"/story/{story}/documents").text.partition("Earlier versions")[2]
        assert f">{LINES[0]['title']}</a>" in earlier
        assert "The Herald" in earlier

        desk.post(f"/story/{story}/seen", {})
        assert "Nothing has changed" in desk.get(f"/story/{story}/since").text


def test_words_are_traced(desk: Client) -> None:
    page = desk.get("/trace?words=We+will+not+sail+again+until+every+lamp+on+that+channel+is+lit").text

    assert "2 appearances" in page
    assert "verbatim" in page
    document = re.search(r'href="(/document/\w+\?start=\d+&amp;end=\d+)#words"', page)
    assert document is not None
    assert '<mark id="words">' in desk.get(unescape(document[1])).text


def test_hostile_texts_and_names_stay_text_and_make_no_file(tmp_path: Path) -> None:
    with serving(tmp_path / "archive") as desk:
        files = [(name.replace('"', "%22"), f"{HOSTILE} {n}".encode()) for n, name in enumerate(NAMES)]
        answer = desk.send("/read", {"then": "archive", "publisher": ["<i>", ""], "text": [HOSTILE, ""]}, files)
        assert answer.status == 200
        pages = [answer.text, desk.get("/archive").text]
        with open_archive(tmp_path / "archive") as archive:
            documents = list(archive.documents())
            stories = [s.id for s in archive.stories()]
        assert len(documents) == len(NAMES) + 1
        pages += [desk.get(f"/document/{d.id}").text for d in documents]
        pages += [
            desk.get(f"/story/{s}{path}").text
            for s in stories[:2]
            for path in ("", "/decide?show=all", "/reuse", "/since")
        ]
        pages.append(desk.get("/archive?search=%3Cscript%3Ealert(1)%3C/script%3E").text)
        pages.append(desk.get("/trace?words=%3Cscript%3Ealert(1)%3C/script%3E+two+people+died").text)

        for page in pages:
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "<b onclick" not in page
            assert "\u202e" not in page
            assert not re.search(r"\sstyle=|\son\w+=", re.sub(r">[^<]*<", "><", page))
        received = desk.get(f"/document/{documents[0].id}/received")
        assert received.body == documents[0].received or HOSTILE.encode() in received.body
        assert received.headers["content-type"] == "application/octet-stream"
    assert {d.location.partition(":")[0] for d in documents} == {"upload", "pasted"}
    assert all(".." not in d.location.split("/") for d in documents)
    names = [p.name for p in tmp_path.rglob("*") if p.is_file()]
    assert not [n for n in names if "alert" in n or "boot" in n or n.startswith("con")]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../guard.py", "/static/..%2fguard.py", "/static/%2e%2e/%2e%2e/pyproject.toml", "/static//etc/passwd",
        "/document/..%2f..%2farchive.sqlite", "/document/../archive.sqlite/received", "/document/%00/received",
        "/story/..%2f..%2fetc%2fpasswd", "/story/../../etc/passwd/report.json",
        "/jobs/../..", "/reports/..%2f/report.html",
    ],
)  # fmt: skip
def test_no_path_leads_out(desk: Client, path: str) -> None:
    answer = desk.get(path)

    assert answer.status in (404, 422)
    assert b"root:" not in answer.body
    assert b"SQLite" not in answer.body


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "nothing was given"),
        ({"text": ["https://news.example/a"]}, "put it under Addresses"),
        ({"addresses": "ftp://news.example/a"}, "addresses begin with http"),
        ({"addresses": " ".join(f"https://news.example/{n}" for n in range(51))}, "at most 50 addresses"),
        ({"text": ["Words."], "published": ["yesterday"]}, "a date such as"),
    ],
)
def test_what_cannot_be_read_is_told_in_words(desk: Client, values: dict[str, str], said: str) -> None:
    answer = desk.post("/read", {"then": "story", **values})

    assert answer.status == 422
    assert said in unescape(answer.text)


def test_an_address_of_this_machine_is_not_fetched(desk: Client) -> None:
    answer = desk.post("/read", {"then": "story", "addresses": f"{desk.base}/archive"})

    assert answer.status == 422
    assert "no document was read" in answer.text
    assert "public" in answer.text or "not fetched" in answer.text


def test_a_foreign_name_and_a_foreign_site_are_refused_by_the_server_itself(desk: Client, place: Path) -> None:
    story = first_story(desk)
    form = b"ruling=noted&who=Eve&note=x&item=x"
    kind = {"Content_Type": "application/x-www-form-urlencoded"}
    with open_archive(place / "archive") as archive:
        before = archive.decisions()

    assert desk.ask("GET", "/archive", Host=f"evil.example:{desk.port}").status == 421
    assert desk.ask("GET", f"/story/{story}/report.json", Sec_Fetch_Site="cross-site").status == 403
    assert desk.ask("POST", f"/story/{story}/decide", form, Origin="https://evil.example", **kind).status == 403
    assert desk.ask("POST", "/undo", b"number=1&who=Eve", Origin="", **kind).status == 403
    assert Client(desk.port, {}).ask("GET", "/archive").status == 403
    assert desk.ask("POST", "/read", b"", Content_Length=str(10**10)).status in (400, 413)
    with open_archive(place / "archive") as archive:
        assert archive.decisions() == before


def test_a_hundred_readers_and_a_writer_at_once(desk: Client, place: Path) -> None:
    story = first_story(desk)
    item = item_of(desk.get(f"/story/{story}/decide?show=all").text)
    failed: list[str] = []

    def look(number: int) -> None:
        client = Client(desk.port)
        for path in (f"/story/{story}", "/archive", f"/story/{story}/decide?show=all&item={item}"):
            answer = client.get(path)
            if answer.status != 200:
                failed.append(f"{path}: {answer.status}")

    def write() -> None:
        client = Client(desk.port)
        for number in range(12):
            values = {"item": item, "show": "all", "ruling": "noted", "who": "Jo", "note": f"note {number}"}
            answer = client.post(f"/story/{story}/decide", values)
            if answer.status != 200:
                failed.append(f"note {number}: {answer.status}")

    threads = [threading.Thread(target=look, args=(n,)) for n in range(100)] + [threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)

    assert failed == []
    with open_archive(place / "archive") as archive:
        notes = [e.note for e in archive.decisions() if e.ruling == "noted"]
        assert notes == [f"note {n}" for n in range(12)]
        assert archive.check() == ()
