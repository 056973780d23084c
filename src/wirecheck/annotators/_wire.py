"""Marks of a wire: an agency in a dateline, in a byline, at the end of a text, beside a post that is embedded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from wirecheck.annotators._sources import any_of, is_own, resolve_outlet
from wirecheck.model import Credit, Document, Span
from wirecheck.model.annotation import CreditKind
from wirecheck.text.gazetteer import outlets

_DATELINE = re.compile(
    r"^(?P<place>[A-Z][\w .,’'-]{0,48}?)?\s?\((?P<outlet>[A-Z][\w ./&’'-]{1,30})\)\s?(?:[-–—]+|\s[-–—])\s?"
)
_CONTRIBUTED = re.compile(
    r"(?P<outlet>(?:[Tt]he\s)?[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*){0,3})[^.\n]{0,60}?\scontributed\sto\sthis\s"
    r"(?:report|story|article)"
)
_EMBEDDED = re.compile(
    r"[—–-]\s(?P<name>[^\n(—–]{2,40}?)\s\(@\w{2,20}\)\s(?:January|February|March|April|May|June|July|August"
    r"|September|October|November|December)\s\d{1,2},\s\d{4}"
)
_PICTURE = re.compile(r"\b(?:[Ii]mage|[Pp]hoto|[Pp]icture|[Vv]ideo|[Gg]raphic)\w*\W+(?:\w+\W+)?$")
_WITH = re.compile(
    r"\(?\b(?:[Ww]ith|[Aa]dditional)\s(?:[Aa]dditional\s)?(?:inputs?|reporting|material|files?)\s(?:from|by)\s(?P<outlet>[^\n.)]{2,60})\)?"
)
_DESKED = re.compile(
    r"\((?:[Aa]dditional\s)?[Rr]eporting\sby\s[^()\n]{3,300}?[;,]?\s*(?:[Ww]riting\sby\s[^()\n]{3,200})?(?:[Ee]diting\sby\s[^()\n]{3,200})?\)"
)
_PRESS_RELEASE = re.compile(
    r"\s*\(?(?P<outlet>GLOBE NEWSWIRE|PRNewswire|PR Newswire|Business Wire|BUSINESS WIRE|Marketwired|ACCESSWIRE)\b"
)


@cache
def _agency() -> str:
    return any_of(n for n, o in outlets().items() if o.kind == "agency")


@cache
def _closing() -> tuple[re.Pattern[str], ...]:
    agency = _agency()
    several = rf"(?P<outlet>(?:the\s|The\s)?{agency})(?:\s?[/,&]\s?(?:and\s)?{agency})*"
    return (
        # "By The Associated Press", "By Nils Holm, Associated Press"
        re.compile(rf"^(?:[Bb]y|BY)\s(?:[^\n,|]{{2,60}}[,|]\s)?{several}\s*$", re.MULTILINE),
        re.compile(rf"^[^\n,.]{{3,40}}[,|]\s{several}\s*$", re.MULTILINE),
        # (AP), — AP, AP/dpa, -Reuters at the end of a paragraph
        re.compile(rf"(?:[—–(]|(?<=[.!?”\"]\s)-)\s?{several}\s?\)?\s*$", re.MULTILINE),
        re.compile(rf"^\W{{0,2}}{several}\W{{0,2}}$", re.MULTILINE),
        re.compile(rf"(?:[Cc]opyright|©)\s(?:\d{{4}}\s)?(?:by\s)?{several}\b"),
    )


def find_wire_marks(document: Document) -> Iterator[Credit]:
    """Yield the credits that a document's form gives: datelines, bylines, closing lines, embedded posts.

    A byline or a closing line speaks for the whole document and has no `covers`; a dateline covers its paragraph.
    """
    text = document.text
    taken: list[tuple[int, int]] = []

    def credit(
        start: int, end: int, name: str, default: CreditKind = "agency", line: Span | None = None
    ) -> Iterator[Credit]:
        if any(a < end and start < b for a, b in taken):
            return
        taken.append((start, end))
        known = outlets().get(name) or outlets().get(f"The {name}") or outlets().get(name.removeprefix("the "))
        credited, kind = (known.name, known.kind) if known is not None else (resolve_outlet(name)[0], default)
        yield Credit(document.span(start, end), credited, kind, own=is_own(credited, document), covers=line)

    for line in re.finditer(r"[^\n]+", text):
        match = _DATELINE.match(line.group().strip())
        if match is None or re.search(r"\d", match["outlet"]):
            continue
        shift = line.start() + len(line.group()) - len(line.group().lstrip())
        name = match["outlet"].split("/")[0].strip()
        if name in outlets() or f"The {name}" in outlets() or match["place"] or " " in name:
            here = document.span(*line.span())
            yield from credit(shift + match.start("outlet") - 1, shift + match.end("outlet") + 1, name, line=here)
    for pattern in (_CONTRIBUTED, _WITH):
        for match in pattern.finditer(text):
            name = match["outlet"].strip()
            first = re.split(r",|\sand\s|/", name)[0]
            bare = first.removeprefix("The ").removeprefix("the ")
            if first in outlets() or bare in outlets() or f"The {bare}" in outlets():
                yield from credit(*match.span(), first)
    for match in _DESKED.finditer(text):
        yield from credit(*match.span(), "Reuters")
    for match in _EMBEDDED.finditer(text):
        outlet = outlets().get(match["name"])
        yield from credit(*match.span(), outlet.name if outlet is not None else "Twitter", "social")
    for pattern in _closing():
        for match in pattern.finditer(text):
            if _PICTURE.search(text, max(0, match.start() - 24), match.start()):
                continue
            yield from credit(match.start(), match.end(), match["outlet"])
    for match in re.finditer(
        r"^[^\n]{0,80}?\((?:Agencies|AGENCIES)\)|\((?:Agencies|AGENCIES)\)\s*$", text, re.MULTILINE
    ):
        yield from credit(*match.span(), "agencies that are not named")
    for match in _PRESS_RELEASE.finditer(text):
        yield from credit(match.start("outlet"), match.end("outlet"), match["outlet"])
