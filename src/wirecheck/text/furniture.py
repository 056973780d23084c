"""Furniture: page text that is not the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(
    r"(?:continue reading\W*|related sources\W*|actions|flag content|advertisement|questions|"
    r"source: .{0,40}photo\b.{0,40}|•?\s*published\W*\w.{0,50}\d{4}.{0,30}|"
    r"(?:politics|world|sport|business|news|opinion)|breaking news.{0,40})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is furniture, where the title is, and a date of publication found in furniture."""

    ranges: tuple[tuple[int, int], ...]
    title: tuple[int, int] | None
    published: str | None = None


def find_furniture(text: str, *, title: str | None = None, look_for_title: bool = True) -> Furniture:
    """Return the furniture of a text; `title` is looked for at its beginning."""
    ranges: list[tuple[int, int]] = []
    place: tuple[int, int] | None = None
    lines = []
    at = 0
    for line in text.splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        at += len(line)
        if start < end:
            lines.append((start, end))
    seen_title = ""
    for index, (start, end) in enumerate(lines):
        words = text[start:end]
        if _LINE.fullmatch(words):
            ranges.append((start, end))
        elif place is None:
            if (title is not None and words.split() == title.split()) or (
                look_for_title and title is None and len(lines) > index + 1 and looks_like_title(words)
            ):
                place = (start, end)
                seen_title = words
            else:
                look_for_title = False
                title = None
        elif words == seen_title:
            ranges.append((start, end))
    return Furniture(tuple(ranges), place)


def looks_like_title(line: str) -> bool:
    """Return whether a first line reads like a headline.

    >>> looks_like_title("Council votes to close the harbour")
    True
    >>> looks_like_title("The council voted on Monday to close the harbour.")
    False
    """
    words = line.split()
    return 2 <= len(words) <= 30 and len(line) <= 200 and line[-1] not in ".:;,"
