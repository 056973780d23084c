"""The app in a real browser: read, decide by keys, look again, with and without script."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the app is not installed")
pytest.importorskip("uvicorn", reason="the app is not installed")

from tests.desks import TOKEN, Client, serving
from tests.unit.archive.test_archive import LINES, write_lines
from tests.watched import watch_ferry
from wirecheck.archive import open_archive
from wirecheck.sample import sample_folder

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}
LONG = 120_000
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def coverage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of the sample coverage, compared."""
    folder = tmp_path_factory.mktemp("coverage") / "archive"
    with sample_folder() as files, open_archive(folder, create=True) as archive:
        archive.add([files])
        archive.compare(max(archive.stories(), key=lambda s: len(s.members)).id, keep=True)
    return folder


@pytest.fixture
def archive(coverage: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(coverage, tmp_path / "archive"))


@pytest.fixture
def opened(browser: Any) -> Iterator[Open]:
    contexts = []
    said: list[str] = []

    def open_page(desk: Client, path: str = "/", *, viewport: dict[str, int] = DESKTOP, script: bool = True) -> Any:
        context = browser.new_context(viewport=viewport, java_script_enabled=script, reduced_motion="reduce")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(LONG)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(f"{desk.base}{path}{'&' if '?' in path else '?'}token={TOKEN}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def story_of(page: Any) -> str:
    """Return the address of the story with the most documents in the list of the archive."""
    page.wait_for_selector(".app-title")
    found: str = page.get_attribute(".app-title", "href")
    return found


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_pasted_pair_is_a_report_in_three_clicks(tmp_path: Path, opened: Open, script: bool) -> None:
    with serving(tmp_path / "archive") as desk:
        page = opened(desk, script=script)
        for number, line in enumerate(LINES[:2], start=1):
            page.click(f"#text-{number}")
            page.keyboard.insert_text(f"{line['title']}\n\n{line['text']}")
        page.click("text=Read them")
        page.wait_for_selector("#report")

        assert "Sorrel Point" in page.text_content("h1")
        assert page.locator(".row").count() > 3
        page.click("text=Add its documents to the archive")
        page.wait_for_selector(".app-story")
        assert "/story/s" in page.url


def test_files_are_added_and_found(tmp_path: Path, opened: Open) -> None:
    file = write_lines(tmp_path / "a.jsonl", LINES)
    with serving(tmp_path / "archive") as desk:
        page = opened(desk, viewport=PHONE)
        page.set_input_files("#files", [str(file)])
        assert page.text_content("#told") == "1 file chosen"
        page.check("text=Add them to the archive")
        page.click("text=Read them")
        page.wait_for_selector("h1:has-text('3 documents added')")
        page.goto(f"{desk.base}/archive")
        page.fill("#search", "bakers")
        page.press("#search", "Enter")

        page.wait_for_url("**search=bakers**")
        assert page.locator(".app-title").all_text_contents() == ["Bakers walk out in Oder"]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_five_items_are_ruled_by_keys_one_undone_saved_and_found_after_a_restart(archive: Path, opened: Open) -> None:
    with serving(archive) as desk:
        page = opened(desk, "/archive")
        story = story_of(page)
        page.goto(f"{desk.base}{story}/decide")
        page.fill("#who", "Jo Lind")
        page.press("#who", "Escape")
        seen = []
        for key, told in (
            ("s", "Settled"),
            ("d", "Disputed"),
            ("f", "One fact"),
            ("x", "Not one fact"),
            ("s", "Settled"),
        ):
            seen.append(page.text_content("#item"))
            with page.expect_navigation():
                page.keyboard.press(key)
            page.wait_for_selector(".app-ruled")
            assert page.evaluate("document.activeElement.id") == "item", told
            assert page.input_value("#who") == "Jo Lind"
        assert len(set(seen)) == 5
        assert page.text_content("#item") not in seen
        with page.expect_navigation():
            page.keyboard.press("u")

        saved = json.loads(Client(desk.port).get(f"{story}/report.json").text)
        assert [d["ruling"] for d in saved["decisions"]] == ["settled", "disputed", "same-fact", "other-fact"]
        assert len({d["point"] for d in saved["decisions"]}) == 4
        page.goto(f"{desk.base}{story}")
        assert page.locator("#report >> text=Jo Lind ruled on").count() >= 4
    with serving(archive) as desk:
        page = opened(desk, f"{story}/decide?show=open")
        page.wait_for_selector("#item")
        page.click("summary")
        assert page.locator(".app-all >> text=/Jo Lind: /").count() == 4
        page.goto(f"{desk.base}/decisions")
        assert page.locator(".app-aside").count() == 1


def test_a_note_is_written_and_items_are_walked_by_keys(archive: Path, opened: Open) -> None:
    with serving(archive) as desk:
        page = opened(desk, "/archive")
        page.goto(f"{desk.base}{story_of(page)}/decide")
        first = page.text_content("#item")
        for key in "jk":
            with page.expect_navigation():
                page.keyboard.press(key)
        assert page.text_content("#item") == first
        page.fill("#who", "Jo Lind")
        page.press("#who", "Escape")
        page.keyboard.press("n")
        page.keyboard.type("sd: I asked the port")
        page.keyboard.press("Escape")
        with page.expect_navigation():
            page.keyboard.press("m")

        assert page.text_content("#item") == first
        assert "sd: I asked the port" in page.text_content(".app-people")


def test_a_row_of_the_report_leads_to_its_ruling_and_a_link_shows_the_same_view(archive: Path, opened: Open) -> None:
    with serving(archive) as desk:
        page = opened(desk, "/archive")
        story = story_of(page)
        page.goto(f"{desk.base}{story}")
        row = page.locator(".section-conflicts .row").nth(1)
        reason = row.locator(".reason").text_content().strip()
        row.locator(".app-rule").click()
        page.wait_for_selector("#item")
        assert reason in page.text_content("#item")

        page.locator(".app-sheets nav a").nth(5).click()
        page.wait_for_url("**right=**")
        names = page.locator(".app-sheet h3 a").all_text_contents()
        again = opened(desk, page.url.removeprefix(desk.base).partition("#")[0])
        assert again.locator(".app-sheet h3 a").all_text_contents() == names
        assert again.locator("mark").count() > 0


def test_what_is_new_since_last_time_is_shown_and_marked_as_seen(archive: Path, opened: Open, tmp_path: Path) -> None:
    with serving(archive) as desk:
        page = opened(desk, "/archive")
        story = story_of(page)
        page.goto(f"{desk.base}{story}/since")
        assert "for the first time" in page.text_content("main")
        with open_archive(archive) as held:
            old = next(d for d in held.documents() if "Four people have now died" in d.text)
            newer = {
                "url": old.url,
                "publisher": old.publisher,
                "title": old.title,
                "published": old.published,
                "text": old.text.replace("Four people", "Five people"),
                "modified": "2025-10-16T08:00:00Z",
            }
            held.add([write_lines(tmp_path / "new.jsonl", [newer])])
        page.goto(f"{desk.base}{story}/since")
        page.wait_for_selector("text=Changed texts")

        assert page.locator("del", has_text="Four").count() == 1
        assert page.locator("ins", has_text="Five").count() == 1
        assert "“Five”" in page.text_content("section[aria-labelledby=since-figure]")
        page.click("text=I have seen this")
        page.wait_for_selector("#report")
        page.goto(f"{desk.base}{story}/since")
        assert "Nothing has changed" in page.text_content("main")


def test_a_claim_is_held_against_a_story(archive: Path, opened: Open) -> None:
    with serving(archive) as desk:
        page = opened(desk, "/archive")
        page.goto(f"{desk.base}{story_of(page)}/claim")
        page.fill("#text", "Four people died when a ferry hit the harbour wall.")
        page.click("button.app-main")
        page.wait_for_selector(".app-list .label")

        assert "text=Four" in page.url
        assert page.locator(".app-list > li").count() == 8
        assert page.locator("blockquote", has_text="Four people").count() > 0


def test_a_draft_is_held_against_a_story(archive: Path, opened: Open) -> None:
    with serving(archive) as desk:
        page = opened(desk, "/archive")
        page.goto(f"{desk.base}{story_of(page)}/draft")
        page.fill("#text", "Six people died in Port Aldery, and 900 passengers were on board.")
        page.click("button.app-main")
        page.wait_for_selector(".app-list .label")

        assert page.locator(".app-list > li").count() > 0


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_page_has_landmarks_labels_and_fits(archive: Path, opened: Open, viewport: dict[str, int]) -> None:
    with serving(archive) as desk:
        page = opened(desk, "/archive", viewport=viewport)
        story = story_of(page)
        places = ["/", "/archive", "/trace", "/decisions"]
        places += [f"{story}{p}" for p in ("", "/decide", "/decide?show=quotations", "/decide?show=documents")]
        places += [f"{story}{p}" for p in ("/since", "/reuse", "/documents", "/claim", "/draft")]
        for place in places:
            page.goto(f"{desk.base}{place}")
            assert page.locator("main").count() == 1, place
            assert page.locator("h1").count() == 1, place
            assert page.locator("nav[aria-label]").count() >= 1, place
            unnamed = page.evaluate(
                """() => [...document.querySelectorAll('input:not([type=hidden]), textarea, select, button')]
                    .filter((one) => !(one.labels && one.labels.length) && !one.getAttribute('aria-label')
                        && !one.textContent.trim()).map((one) => one.outerHTML)"""
            )
            assert unnamed == [], place
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], place


def test_nothing_of_a_hostile_text_runs(tmp_path: Path, opened: Open) -> None:
    planted = "<script>alert(1)</script><img src=x onerror=alert(2)> “Two died,” said </textarea><svg onload=alert(3)>."
    with serving(tmp_path / "archive") as desk:
        page = opened(desk)
        page.fill("#text-1", f"{planted}\n\n{planted} in Oder on Monday.")
        page.fill("#publisher-1", "<img src=x onerror=alert(4)>")
        page.fill("#text-2", "Two died in Oder on Monday, police said.")
        page.check("text=Add them to the archive")
        page.click("text=Read them")
        page.wait_for_selector("h1:has-text('added'), .app-story")
        with open_archive(tmp_path / "archive") as held:
            ids = [d.id for d in held.documents()]
        page.goto(f"{desk.base}/trace?words=%3C/textarea%3E%3Cscript%3Ealert(5)%3C/script%3E+two+died")
        page.wait_for_selector("textarea")
        for ident in ids:
            page.goto(f"{desk.base}/document/{ident}")
            page.goto(f"{desk.base}/story/{ident}/decide?show=all")
            page.wait_for_selector("h1")
        # The `opened` fixture fails where anything was said, thrown or asked.
        assert page.locator("img").count() == 0


def test_news_lead_to_their_item_and_are_new_until_the_reader_says_so(tmp_path: Path, opened: Open) -> None:
    watch_ferry(tmp_path / "archive")
    with serving(tmp_path / "archive") as desk:
        page = opened(desk, viewport=PHONE)
        assert "8" in page.text_content("section[aria-labelledby=news] .count")
        page.click("nav >> text=News")
        page.wait_for_selector("#event-8")
        assert page.locator(".app-new").count() == 8
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.click("text=New conflict")
        page.wait_for_url("**kind=conflict")
        page.press("#event-2 >> text=See it in its story", "Enter")
        page.wait_for_selector("#item")
        assert "passengers" in page.text_content("#item")
        assert "(8 new)" in page.text_content("header")

        page.goto(f"{desk.base}/news")
        page.press("text=I have seen these", "Enter")
        page.wait_for_selector("text=The newest 500 are kept")
        assert page.locator(".app-new").count() == 0
        assert "new)" not in page.text_content("header")


def test_undo_leads_back_to_what_was_undone_and_a_decision_leads_to_its_item(archive: Path, opened: Open) -> None:
    with serving(archive) as desk:
        page = opened(desk, "/archive")
        page.goto(f"{desk.base}{story_of(page)}/decide?show=conflict")
        page.fill("#who", "Jo Lind")
        page.press("#who", "Escape")
        ruled = page.text_content("#item")
        with page.expect_navigation():
            page.keyboard.press("s")
        assert page.text_content("#item") != ruled
        assert page.locator(".app-ruled").bounding_box()["y"] >= 0
        with page.expect_navigation():
            page.keyboard.press("u")

        assert page.text_content("#item") == ruled
        assert "show=conflict" in page.url
        assert page.text_content(".app-ruled").strip().startswith("Undone: Jo Lind ruled on")
        page.goto(f"{desk.base}/decisions")
        page.click("text=See it")
        page.wait_for_selector("#item")
        assert page.text_content("#item") == ruled


@pytest.fixture
def uncompared(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    with open_archive(folder, create=True) as archive:
        archive.add([write_lines(tmp_path / "a.jsonl", LINES[:2])])
        archive.stories()
    return folder


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_report_of_a_story_comes_into_the_page_of_its_documents(
    uncompared: Path, opened: Open, script: bool
) -> None:
    with serving(uncompared, busy_s=3) as desk:
        (story,) = list_stories(uncompared)
        page = opened(desk, f"/story/{story}", script=script)

        assert "1 before it" in page.text_content("#said")
        assert page.text_content("h1").strip() in [line["title"] for line in LINES]
        assert page.locator(".app-sheet").count() == 2
        assert LINES[1]["text"] in page.text_content("main")
        page.wait_for_selector("#report")
        assert page.url == f"{desk.base}/story/{story}"


def test_who_reads_the_texts_keeps_them_until_they_ask_for_the_report(uncompared: Path, opened: Open) -> None:
    with serving(uncompared, busy_s=3) as desk:
        (story,) = list_stories(uncompared)
        page = opened(desk, f"/story/{story}", viewport=PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.mouse.move(150, 500)
        page.mouse.wheel(0, 400)
        page.wait_for_selector("text=Show what was found")

        assert page.evaluate("scrollY") > 0
        assert page.locator(".app-sheet").count() == 2
        assert page.locator(".app-working a").bounding_box()["y"] >= 0
        assert page.text_content("#said") == "It is compared."
        page.press(".app-working a", "Enter")
        page.wait_for_selector("#report")


def test_without_script_texts_that_were_chosen_stay_until_the_reader_looks_again(
    uncompared: Path, opened: Open
) -> None:
    with serving(uncompared, busy_s=4) as desk:
        (story,) = list_stories(uncompared)
        page = opened(desk, f"/story/{story}", script=False)
        page.click(".app-sheets nav >> text=The Herald")
        page.wait_for_url("**right=**")
        shown = page.locator(".app-sheet h3 a").all_text_contents()
        page.wait_for_timeout(8000)
        assert page.locator(".app-sheet").count() == len(shown)

        while page.locator("#report").count() == 0:
            page.click("text=Look again")
            page.wait_for_timeout(500)


def list_stories(folder: Path) -> list[str]:
    with open_archive(folder) as archive:
        return [s.id for s in archive.stories()]
