"""The page of a report opened in a browser, and what the tests of it look for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
