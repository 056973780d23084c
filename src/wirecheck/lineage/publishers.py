"""Publishers by name and address: which two are one, and which are news agencies."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import urlsplit

from wirecheck.model import Document
from wirecheck.text.gazetteer import outlets

_DATELINE = re.compile(
    r"\A.{0,80}?\((?P<agency>[A-Z][\w. -]{1,40}?)(?:/[A-Z][\w. -]{1,40})?\)\s*(?:-{1,2}|–|—|:)", re.DOTALL
)


@cache
def canonical_publisher(name: str) -> str:
    """Return one form for all names of a publisher, folded; "" for none.

    >>> canonical_publisher("AP") == canonical_publisher("the Associated Press")
    True
    >>> canonical_publisher("The Elra Post - Opinion")
    'elra post'
    """
    bare = re.sub(r"\s*\([^)]*\)|\s+[-–—|]\s.*$", "", name).strip()
    for form in (bare, bare[4:] if bare.casefold().startswith("the ") else f"The {bare}"):
        outlet = outlets().get(form)
        if outlet is not None:
            bare = outlet.name
            break
    return _fold(bare).removeprefix("the ")


def _fold(words: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", words.casefold()).split())


@cache
def names_publisher(name: str, publisher: str) -> bool:
    """Return whether a credit's name means a publisher: the same name in another form, or its initials.

    >>> names_publisher("ENA", "Elra News Agency"), names_publisher("Elra", "Elra News Agency")
    (True, False)
    """
    wanted = canonical_publisher(publisher)
    given = canonical_publisher(name)
    if not wanted or not given:
        return False
    initials = "".join(word[0] for word in wanted.split())
    return given == wanted or (len(initials) >= 3 and given == initials)


def may_name(text: str, publisher: str) -> bool:
    """Return whether a text has words that `names_publisher` may take for a publisher; where not, no credit has.

    >>> may_name("It was the Elra Post's scoop.", "Elra Post (web)"), may_name("Elra told it.", "Elra Post (web)")
    (True, False)
    """
    names, initials = _list_forms(publisher)
    folded = _fold_text(text)
    return any(name in folded for name in names) or (initials is not None and initials.search(text) is not None)


def may_name_agency(text: str) -> bool:
    """Return whether a text has words that `agency_named` takes for a news agency."""
    return _agencies().search(text) is not None


@lru_cache(maxsize=256)
def _fold_text(text: str) -> str:
    return _fold(text)


@cache
def _list_forms(publisher: str) -> tuple[tuple[str, ...], re.Pattern[str] | None]:
    """Return the folded names of a publisher and the pattern of its initials, or of what stands for its name."""
    wanted = canonical_publisher(publisher)
    aliases = {_fold(n).removeprefix("the ") for n in outlets() if wanted and canonical_publisher(n) == wanted}
    if wanted == "twitter":
        aliases.add("tweet")  # "he tweeted" credits it without its name
    initials = [word[0] for word in wanted.split()]
    pattern = r"[^\w\s]*".join(map(re.escape, initials)) if len(initials) >= 3 else None
    return (
        tuple(sorted({*aliases, wanted} - {""})),
        re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE) if pattern is not None else None,
    )


@cache
def _agencies() -> re.Pattern[str]:
    names = {n.removeprefix("The ") for n, outlet in outlets().items() if outlet.kind == "agency"}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})(?!\w)")


@cache
def agency_named(name: str) -> str | None:
    """Return the full name of the news agency that a name means, or None."""
    bare = name.strip()
    for form in (bare, bare[4:] if bare.casefold().startswith("the ") else f"The {bare}"):
        outlet = outlets().get(form)
        if outlet is not None:
            return outlet.name if outlet.kind == "agency" else None
    return None


def dateline_agency(document: Document) -> tuple[str, int, int] | None:
    """Return the agency in the dateline of a document and the range of its words: "PORT ELRA (AP) —"."""
    start = document.title_span.end if document.title_span is not None else 0
    text = document.text
    for line_start, line_end in _first_lines(text, start):
        match = _DATELINE.match(text[line_start:line_end])
        if match is not None:
            agency = agency_named(match["agency"])
            if agency is not None:
                return agency, line_start, line_start + match.end()
    return None


def author_agency(document: Document) -> str | None:
    """Return the agency that a document names as its author, or None."""
    if document.author is None:
        return None
    for part in re.split(r"[,;/&]|\band\b", document.author):
        agency = agency_named(part.strip())
        if agency is not None:
            return agency
    return None


def host_of(document: Document) -> str:
    """Return the host that a document was published on, without "www."; "" when it has no address."""
    if document.url is None:
        return ""
    try:
        host = urlsplit(document.url).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|amp|mobile|edition)\.", "", host.casefold())


def are_one_publisher(left: Document, right: Document) -> bool:
    """Return whether two documents come from one publisher: by name, else by the host of their addresses."""
    if (
        left.publisher
        and right.publisher
        and canonical_publisher(left.publisher) == canonical_publisher(right.publisher)
    ):
        return True
    return bool(host_of(left)) and host_of(left) == host_of(right)


def first_author(document: Document) -> str:
    """Return the first author's name, folded; "" for none, for a desk and for an agency."""
    if document.author is None:
        return ""
    name = re.split(r"[,;&]|\band\b", document.author)[0].strip(" \"'").casefold()
    name = re.sub(r"^by\s+", "", name)
    if len(name.split()) < 2 or re.search(
        r"\b(?:staff|desk|reporters?|team|editors?|editorial|news|press|reuters|associates)\b", name
    ):
        return ""
    return name


def _first_lines(text: str, start: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    at = start
    while at < len(text) and len(lines) < 4:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            lines.append((at, end))
        at = end + 1
    return lines
