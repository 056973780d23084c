"""The page in a real browser: nothing planted runs, nothing leaves, and a reader can use it without a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.builders import make_hostile_report, make_report
from wirecheck.report.html import render_html

pytestmark = pytest.mark.browser

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
CONFLICT = "The Harbour Herald says 14 people were hurt"


@dataclass
class Opened:
    """A page that is open, and everything that it asked for, said or threw."""

    page: Any
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    contexts = []

    def open_page(
        html: str | None = None, *, viewport: dict[str, int] = DESKTOP, script: bool = True, **options: Any
    ) -> Opened:
        path = tmp_path / "report.html"
        path.write_text(html if html is not None else render_html(make_report()), "utf-8")
        context = browser.new_context(viewport=viewport, java_script_enabled=script, reduced_motion="reduce", **options)
        contexts.append(context)
        seen = Opened(context.new_page())
        context.route("**/*", lambda route: (seen.requests.append(route.request.url), route.continue_()))
        seen.page.on("console", lambda message: seen.said.append(message.text))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("dialog", lambda dialog: (seen.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        seen.page.goto(path.as_uri())
        return seen

    yield open_page
    for context in contexts:
        context.close()


def highlighted(page: Any) -> dict[str, str]:
    """Return the highlighted words of each document that is shown."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll(".sheet")]
            .filter((sheet) => sheet.offsetParent !== null && sheet.querySelector(".on"))
            .map((sheet) => [sheet.querySelector("h3").textContent,
                             [...sheet.querySelectorAll(".on")].map((s) => s.textContent).join("")]))"""
    )
    return found


def is_in_sight(page: Any, selector: str) -> bool:
    seen: bool = page.evaluate(
        """(selector) => { const one = document.querySelector(selector).getBoundingClientRect();
            return one.width > 0 && one.top >= 0 && one.bottom <= innerHeight
                && one.left >= 0 && one.left < innerWidth; }""",
        selector,
    )
    return seen


def sentence(page: Any, text: str) -> Any:
    """Return the button of an item in its section."""
    return page.locator(".section").get_by_role("button", name=text)


def first(page: Any, text: str) -> Any:
    """Return the button of an item in the overview."""
    return page.locator(".overview").get_by_role("button", name=text)


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


# ---- paper


def count_pages(page: Any) -> int:
    data: bytes = page.pdf(format="A4")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", data))


def test_on_paper_a_story_is_two_to_four_pages_and_the_controls_are_gone(opened: Open) -> None:
    page = opened().page
    page.emulate_media(media="print")

    assert count_pages(page) <= 4
    assert page.get_by_text(CONFLICT).first.is_visible()
    assert not page.get_by_text("Two documents have detail number 12 alike.").last.is_visible()
    assert not page.get_by_text("SORREL POINT (Coastline Wire)").is_visible()
    assert not page.locator("#filters").is_visible()
    assert not page.locator(".cite").first.is_visible()


def test_everything_is_printed_on_request(opened: Open) -> None:
    page = opened().page
    page.get_by_role("button", name="Keys and print").click()
    page.get_by_label("Print everything").check()
    page.keyboard.press("Escape")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    assert page.get_by_text("Two documents have detail number 12 alike.").first.is_visible()
    assert page.get_by_text("SORREL POINT (Coastline Wire)").is_visible()


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


# ---- links and copies


def read_clipboard(page: Any) -> str:
    text: str = page.evaluate("() => navigator.clipboard.readText()")
    return text


COPIES = {"permissions": ["clipboard-read", "clipboard-write"]}


def test_the_id_of_an_item_is_a_link_that_is_copied(opened: Open) -> None:
    page = opened(**COPIES).page
    page.locator("#s1-p2").get_by_role("link", name="s1-p2").click()
    page.locator("#toast").wait_for()

    assert page.url.endswith("#s1-p2")
    assert read_clipboard(page) == page.url
    assert page.locator("#toast").inner_text() == "Link to s1-p2 copied"


def test_a_citation_has_the_words_who_published_them_when_where_and_the_characters(opened: Open) -> None:
    page = opened(**COPIES).page
    page.get_by_role("button", name="Copy s1-p1 as citation").last.click()
    page.locator("#toast").wait_for()
    lines = read_clipboard(page).splitlines()
    report = make_report()
    texts = {d.publisher: d.text for d in report.documents}

    assert len(lines) == 3
    for line in lines:
        found = re.fullmatch(r"“(.*)” \((.*?), \d+ March 2025.*, (\S+), characters (\d+)–(\d+)\)", line)
        assert found is not None, line
        words, publisher, _, start, end = found.groups()
        assert texts[publisher][int(start) : int(end)] == words


def test_the_address_bar_goes_back_to_the_item_before(opened: Open) -> None:
    page = opened().page
    sentence(page, CONFLICT).click()
    page.locator("#s1-p2 button.show").click()
    page.go_back()
    page.wait_for_function("document.querySelector('.chosen')?.id === 's1-p1'")

    assert page.url.endswith("#s1-p1")


# ---- keys


def chosen(page: Any) -> str:
    found: str = page.evaluate(
        "() => { const c = document.querySelector('.chosen'); return c && (c.dataset.for || c.id); }"
    )
    return found


def test_letters_go_through_the_items_and_back(opened: Open) -> None:
    page = opened().page
    seen = []
    for key in ("n", "n", "p", "b"):
        page.keyboard.press(key)
        seen.append(chosen(page))

    assert seen[0] != seen[1]
    assert seen[2] == seen[0]
    assert seen[3] == seen[1]


def test_letters_go_from_the_item_to_its_words_and_from_the_words_to_their_items(opened: Open) -> None:
    page = opened().page
    sentence(page, CONFLICT).click()
    page.keyboard.press("t")

    assert "on" in page.evaluate("() => document.activeElement.className").split()

    seen = set()
    for _ in range(20):
        page.keyboard.press("i")
        seen.add(chosen(page))

    assert {"s1-p1", "s1-p4"} <= seen


def test_a_text_leads_to_its_item_by_enter_and_arrows_alone(opened: Open) -> None:
    page = opened().page
    page.locator("#letters").evaluate("e => e.click()")
    page.locator(".sheet:not([hidden])").first.focus()
    page.keyboard.press("Enter")
    before = page.evaluate("() => document.activeElement.dataset.s")
    page.keyboard.press("ArrowDown")
    after = page.evaluate("() => document.activeElement.dataset.s")
    page.keyboard.press("Enter")

    assert int(after) > int(before)
    assert chosen(page).startswith("s1-")


def test_words_in_a_text_lead_to_their_item_by_the_mouse(opened: Open) -> None:
    page = opened().page
    page.locator("[data-tab]", has_text="The Harbour Herald").click()
    page.locator("[data-tab]", has_text="The Harbour Herald").click()
    page.locator(".used", has_text="Divers were to look at the hull").click()

    assert "divers were to look at the hull" in page.locator(".section .chosen").inner_text()


def test_letters_can_be_switched_off_and_are_listed(opened: Open) -> None:
    page = opened().page
    page.keyboard.press("?")

    assert page.locator("#keys").is_visible()
    assert "next, previous item" in page.locator("#keys").inner_text()

    page.get_by_label("Single-letter keys are on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")

    assert chosen(page) is None


def test_letters_typed_into_the_search_are_letters(opened: Open) -> None:
    page = opened().page
    page.keyboard.press("/")
    page.keyboard.type("npx")

    assert page.locator("#find").input_value() == "npx"
    assert chosen(page) is None


# ---- finding, reading


def test_what_is_found_is_marked_in_the_texts_and_scrolled_to(opened: Open) -> None:
    page = opened(viewport={"width": 1400, "height": 500}).page
    page.get_by_label("Find in the report and the texts").fill("car deck")

    assert page.evaluate("() => [...CSS.highlights.get('found')].map((r) => r.toString())") == ["car deck"]
    assert "1 in the texts" in page.locator("#shown").inner_text()
    box = page.locator("[data-s]", has_text="who was on the car deck").first.bounding_box()
    assert 0 < box["y"] < 500


def test_clean_text_has_neither_marks_nor_furniture(opened: Open) -> None:
    page = opened().page
    sentence(page, CONFLICT).click()
    page.get_by_role("button", name="Clean text").click()
    background = page.locator(".on").first.evaluate("e => getComputedStyle(e).backgroundColor")

    assert background == "rgba(0, 0, 0, 0)"
    assert not page.locator(".sheet .furniture").first.is_visible()


def test_the_text_is_made_larger_and_smaller(opened: Open) -> None:
    page = opened().page
    size = "() => parseFloat(getComputedStyle(document.querySelector('.first .sentence')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="Larger text").click()
    larger = page.evaluate(size)
    page.get_by_role("button", name="Smaller text").click()
    page.get_by_role("button", name="Smaller text").click()

    assert larger > before > page.evaluate(size)


def test_documents_stand_in_the_order_of_time_with_their_publisher(opened: Open) -> None:
    page = opened().page
    tabs = page.locator("[data-tab]").all_text_contents()

    assert [t.split(" 4 ")[0].split(" 5 ")[0] for t in tabs] == [
        "Coastline Wire",
        "The Harbour Herald",
        "courier",
        "Tidewater Post",
    ]
    assert "09:40" in tabs[0]


def test_the_table_has_a_side_for_every_conflict(opened: Open) -> None:
    page = opened().page
    for line in page.locator(".line.tone-conflict").all():
        cells = [c.split()[0] for c in line.locator("td > span:first-child").all_text_contents()]
        assert {"A", "B"} <= set(cells), cells
        assert "●" not in cells


# ---- screen readers, and eyes

CONTRAST = """(selector) => {
  const brush = document.createElement("canvas").getContext("2d");
  const light = (colour) => {
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (e) => {
    const colour = getComputedStyle(e).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" && e.parentElement ? behind(e.parentElement) : colour;
  };
  const one = document.querySelector(selector);
  const [a, b] = [light(getComputedStyle(one).color), light(behind(one))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(opened: Open, scheme: str) -> None:
    page = opened(color_scheme=scheme).page
    sentence(page, CONFLICT).click()
    parts = [
        ".reason",
        ".lead",
        ".notes",
        ".place",
        ".furniture",
        ".on-a",
        ".on-b",
        ".chip",
        ".tab[aria-pressed=true]",
        ".count",
        ".tone-conflict .label",
        ".tone-differ .label",
        ".tone-agree .label",
        ".section-table .tone-single .label",
        "td.stated",
    ]
    contrast = {part: page.evaluate(CONTRAST, part) for part in parts}

    assert {part: ratio for part, ratio in contrast.items() if ratio < 4.5} == {}


def test_landmarks_and_headings_are_in_order(opened: Open) -> None:
    page = opened().page
    levels = page.evaluate(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter((h) => !h.closest('#documents'))"
        ".map((h) => Number(h.tagName[1]))"
    )

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    for role in ("banner", "main", "complementary", "navigation", "search"):
        assert page.get_by_role(role).count() == 1, role


def test_every_control_has_a_name(opened: Open) -> None:
    page = opened().page
    nameless = page.evaluate(
        "() => [...document.querySelectorAll('button, a[href], input')]"
        ".filter((e) => !(e.textContent.trim() || e.labels?.length || e.getAttribute('aria-label')))"
        ".map((e) => e.outerHTML)"
    )

    assert nameless == []
