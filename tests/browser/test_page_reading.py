"""The page as it is read: what is searched for in the texts, on paper, by a screen reader, in every contrast."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from tests.pages import CONFLICT, Open, sentence

pytestmark = pytest.mark.browser


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
