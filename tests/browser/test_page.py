"""The page in a real browser: nothing planted runs, nothing leaves, and a reader finds the words behind an item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.builders import make_hostile_report, make_report
from tests.pages import CONFLICT, DESKTOP, PHONE, Open, first, highlighted, is_in_sight, sentence
from wirecheck.report.html import render_html

pytestmark = pytest.mark.browser


# ---- nothing planted runs, nothing leaves


def test_planted_markup_never_runs_and_asks_for_nothing(opened: Open) -> None:
    seen = opened(render_html(make_hostile_report()))
    for row in seen.page.locator("button.show").all()[:12]:
        row.evaluate("button => button.click()")
    seen.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    seen.page.mouse.move(400, 400)
    seen.page.wait_for_timeout(300)

    assert "owned" not in (seen.page.title().replace("document.title='owned'", ""))
    assert seen.said == []
    assert seen.page.locator("img, svg, iframe, object, embed").count() == 0
    assert [u for u in seen.requests if not u.startswith(("file:", "data:"))] == []


def test_a_script_that_gets_into_the_page_is_stopped_by_its_policy(opened: Open) -> None:
    html = render_html(make_report())
    planted = html.replace(
        "</main>", "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\"></main>"
    )
    seen = opened(planted)
    seen.page.wait_for_timeout(300)

    assert planted != html
    assert seen.page.title() != "owned"
    assert any("Content Security Policy" in said for said in seen.said)
    assert [u for u in seen.requests if not u.endswith("/report.html")] == []


def test_no_request_leaves_the_page(opened: Open) -> None:
    seen = opened()
    sentence(seen.page, CONFLICT).click()

    assert [u for u in seen.requests if not u.startswith(("file:", "data:"))] == []
    assert len([u for u in seen.requests if u.startswith("file:")]) == 1


def test_the_console_stays_silent(opened: Open) -> None:
    seen = opened()
    for button in seen.page.locator("button.show").all():
        button.evaluate("one => one.click()")
    for chip in seen.page.locator(".chip").all():
        chip.click()

    assert seen.said == []


# ---- choosing an item


def test_a_click_on_an_item_highlights_its_words_side_by_side(opened: Open) -> None:
    page = opened().page
    sentence(page, CONFLICT).click()

    words = "The island ferry Larkspur ran aground off Sorrel Point early on Tuesday, injuring {} people"
    assert highlighted(page) == {
        "The Harbour Herald": words.format(14),
        "Tidewater Post": words.format(17),
        "Coastline Wire": words.format(17),
    }
    assert sentence(page, CONFLICT).get_attribute("aria-pressed") == "true"
    assert is_in_sight(page, ".sheet:not([hidden]) .on")


def test_two_sides_are_told_apart_without_colour(opened: Open) -> None:
    page = opened().page
    sentence(page, CONFLICT).click()
    styles = page.evaluate(
        "() => ['.on-a', '.on-b'].map((s) => getComputedStyle(document.querySelector(s)).borderBottomStyle)"
    )

    assert styles[0] != styles[1]


def test_enter_and_space_choose_the_item_in_focus(opened: Open) -> None:
    page = opened().page
    for key in ("Enter", "Space"):
        sentence(page, CONFLICT).focus()
        page.keyboard.press(key)

        assert set(highlighted(page)) == {"The Harbour Herald", "Tidewater Post", "Coastline Wire"}

        page.keyboard.press("Escape")

        assert highlighted(page) == {}


def test_everything_can_be_reached_by_tab_and_shows_where_the_focus_is(opened: Open) -> None:
    page = opened().page
    first = []
    for _ in range(12):
        page.keyboard.press("Tab")
        first.append(page.evaluate("() => document.activeElement.textContent.trim().slice(0, 24)"))
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")

    assert first[0] == "Skip to the report"
    assert "Conflicts 2" in first
    assert outline != "none"


def test_the_name_of_a_publisher_leads_to_its_words(opened: Open) -> None:
    page = opened().page
    row = page.locator(".row", has_text=CONFLICT)
    row.get_by_role("link", name="Coastline Wire").first.click()

    now = page.locator(".now")
    assert now.count() >= 1
    assert (
        page.evaluate("() => document.querySelector('.now').closest('.sheet').querySelector('h3').textContent")
        == "Coastline Wire"
    )
    assert is_in_sight(page, ".now")


def test_a_link_to_an_item_chooses_it(opened: Open) -> None:
    page = opened().page
    page.evaluate("location.hash = '#s1-p2'")
    page.wait_for_function("document.querySelector('.chosen') !== null")

    assert page.locator(".chosen").get_attribute("id") == "s1-p2"


def test_a_document_is_shown_and_put_away_by_its_button(opened: Open) -> None:
    page = opened().page
    tab = page.get_by_label("Documents shown").get_by_role("button", name="Tidewater Post")

    assert tab.get_attribute("aria-pressed") == "false"

    tab.click()

    assert tab.get_attribute("aria-pressed") == "true"
    assert page.locator(".sheet", has_text="Larkspur aground: what we know").is_visible()


# ---- differences


def test_words_that_differ_are_drawn_without_colour_too(opened: Open) -> None:
    page = opened().page
    row = page.locator(".section-quotations .row").first
    looks = row.locator(".differs").evaluate_all(
        """all => all.map((e) => { const s = getComputedStyle(e), around = getComputedStyle(e.parentElement);
            return [e.textContent, s.borderBottomStyle, s.color === around.color, Number(s.fontWeight) > 600].join(" ");
        })"""
    )

    assert "[differs: not] solid true true" in looks
    assert "[differs: when] solid true true" in looks
    assert page.locator("del, ins").count() == 0


# ---- filters


def test_a_verdict_filters_the_report(opened: Open) -> None:
    page = opened().page
    page.locator(".chip", has_text="Conflict").click()

    assert page.locator(".row:visible").count() == 2 + 4  # the conflicts, and the list of documents
    assert page.locator("#shown").inner_text().startswith("2 of")

    page.get_by_role("button", name="Show everything").click()

    assert page.locator(".section-agreements").is_visible()


def test_a_document_filters_the_report(opened: Open) -> None:
    page = opened().page
    page.locator(".chip", has_text="courier").click()

    assert not sentence(page, CONFLICT).is_visible()
    assert sentence(page, "The courier document says 17 were treated").is_visible()


def test_words_filter_the_report_and_open_what_is_folded(opened: Open) -> None:
    page = opened().page
    page.get_by_label("Find in the report").fill("detail NUMBER 12")

    assert sentence(page, "Two documents have detail number 12 alike.").is_visible()
    assert not sentence(page, CONFLICT).is_visible()


def test_the_table_says_who_is_silent(opened: Open) -> None:
    page = opened().page
    line = page.locator(".line", has_text=CONFLICT)
    cells = line.locator("td .visually-hidden").all_text_contents()

    assert cells == ["says: 17 people", "says: 14 people", "silent", "says: 17 people"]


# ---- with and without


def test_the_page_reads_without_javascript(opened: Open) -> None:
    page = opened(script=False).page

    assert page.get_by_text(CONFLICT).first.is_visible()
    assert page.get_by_text("Nils Aarden, who was on the car deck").is_visible()
    assert not page.locator(".needs-script").first.is_visible()


def test_without_javascript_the_name_of_a_publisher_leads_to_the_place(opened: Open) -> None:
    page = opened(script=False).page
    page.locator(".row .place").first.click()

    assert "#t" in page.url
    assert is_in_sight(page, ":target")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_and_the_button(opened: Open, scheme: str) -> None:
    page = opened(color_scheme=scheme).page
    colour = "() => getComputedStyle(document.body).backgroundColor"
    follows = page.evaluate(colour)
    page.get_by_role("button", name="Theme").click()
    light = page.evaluate(colour)
    page.get_by_role("button", name="Theme").click()
    dark = page.evaluate(colour)

    assert light != dark
    assert follows == {"light": light, "dark": dark}[scheme]


@pytest.mark.parametrize("report", [make_report, make_hostile_report])
@pytest.mark.parametrize(
    "viewport", [PHONE, {"width": 320, "height": 640}, DESKTOP], ids=["phone", "narrow", "desktop"]
)
def test_nothing_is_wider_than_the_screen(opened: Open, viewport: dict[str, int], report: Callable[[], Any]) -> None:
    page = opened(render_html(report()), viewport=viewport).page

    assert page.evaluate("() => document.documentElement.scrollWidth") <= viewport["width"]


def test_on_a_phone_the_item_and_its_words_are_seen_together(opened: Open) -> None:
    page = opened(viewport=PHONE).page

    assert not page.locator("#documents").is_visible()

    sentence(page, CONFLICT).click()
    item = page.locator(".section .chosen").bounding_box()
    pane = page.locator("#documents").bounding_box()

    assert item["y"] >= 0
    assert item["y"] + 60 < pane["y"]
    assert is_in_sight(page, ".sheet:not([hidden]) .on")
    assert page.locator(".sheet:not([hidden]) .on").first.bounding_box()["y"] > pane["y"]

    page.keyboard.press("Escape")

    assert not page.locator("#documents").is_visible()
    assert CONFLICT in page.evaluate("() => document.activeElement.textContent")


# ---- the first screen


@pytest.mark.parametrize("viewport", [PHONE, {"width": 1400, "height": 900}], ids=["phone", "desk"])
def test_the_first_finding_stands_on_the_first_screen(opened: Open, viewport: dict[str, int]) -> None:
    page = opened(viewport=viewport).page
    box = page.locator(".first").first.bounding_box()

    assert box["y"] + box["height"] < viewport["height"]
    assert page.locator(".unread").bounding_box()["y"] < box["y"]
    assert "Save it as text, HTML or PDF and compare again." in page.locator(".unread").inner_text()


def test_an_item_of_the_overview_shows_its_words_and_leads_to_its_row(opened: Open) -> None:
    page = opened().page
    first(page, CONFLICT).click()

    assert set(highlighted(page)) == {"The Harbour Herald", "Tidewater Post", "Coastline Wire"}
    assert page.evaluate("location.hash") == "#s1-p1"

    page.locator(".overview").get_by_role("link", name="s1-p1", exact=True).click()

    assert page.locator(".chosen").get_attribute("id") in ("s1-p1", "first-s1-p1")
    assert is_in_sight(page, "#s1-p1 .sentence")
