"""The page without a mouse: links to its items, copies of their words, and the letters that lead through both."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.builders import make_report
from tests.pages import CONFLICT, Open, sentence

pytestmark = pytest.mark.browser


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
