# ruff: noqa: E501 - patterns are easier to check on few lines
"""Exports of news databases: many articles in one text, each with a head of fields (LexisNexis, Factiva, ProQuest).

Fields: LexisNexis's "Classic" text ("1 of 2 DOCUMENTS", BYLINE, LENGTH, LOAD-DATE), its newer deliveries ("Body",
"End of Document"), Factiva's two-letter codes (HD, BY, WC, PD, SN, LP, TD) and "Document ABCD000020210304eh34000a1",
ProQuest's "Document 1 of 2" with "Label: value" lines and "Full text:".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wirecheck.text.timestamps import DAY, MONTH, WEEKDAY, read_timestamp

_NUMBERED = re.compile(r"^[ \t]*(?:Document )?(\d{1,5}) of (\d{1,5})(?: DOCUMENTS?)?[ \t]*$", re.MULTILINE)
_ENDS = re.compile(
    r"^[ \t]*(?:End of Document|(?:AN[ \t]+)?Document [A-Z]{2,8}0{2,6}\d{8}[a-z0-9]{6,12}|_{40,}|\* \* \*[ \t]*END OF DOCUMENT)[ \t]*$",
    re.MULTILINE,
)
_RULE = re.compile(r"^[_=-]{30,}[ \t]*$", re.MULTILINE)
_FIELD = re.compile(
    r"^[ \t]*(?P<name>BYLINE|Byline|SECTION|Section|LENGTH|Length|DATELINE|Dateline|HIGHLIGHT|Highlight|HEADLINE|LOAD-DATE|"
    r"Load-Date|LANGUAGE|Language|PUBLICATION-TYPE|GRAPHIC|Graphic|DOCUMENT-TYPE|JOURNAL-CODE|SERIES|TYPE|SUBJECT|COUNTRY|"
    r"Author|Publication title|Publication date|Publication year|Title|Publisher|Place of publication|Source type|"
    r"ProQuest document ID|Document URL|Database|Copyright|Full text|Abstract|Last updated|Publication info|Links|ISSN|Pages|"
    r"Publication subject|Country of publication|Language of publication|Document type|First page|Section)[ \t]*:[ \t]*(?P<value>.*)$",
    re.MULTILINE,
)
_CODED = re.compile(
    r"^(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|PUB|AN)(?:[ \t]{1,6}|\t|[ \t]*$)(.*)$",
    re.MULTILINE,
)
# Heads of lines "Label: value" above each article, as NewsBank, Access World News and many desks write them.
_LABELS = {
    "title": "title", "headline": "title", "author": "author", "byline": "author", "by": "author", "source": "publisher",
    "publication": "publisher", "newspaper": "publisher", "publisher": "publisher", "outlet": "publisher",
    "date": "published", "published": "published", "publication date": "published", "url": "", "link": "", "section": "",
    "page": "", "pages": "", "edition": "", "word count": "", "words": "", "column": "", "place": "", "record number": "",
    "language": "", "id": "", "doi": "",
}  # fmt: skip
_LABEL_LINE = re.compile(rf"^[ \t]*({'|'.join(_LABELS)})[ \t]*:[ \t]+(\S.{{0,400}})$", re.IGNORECASE | re.MULTILINE)
_LABELLED_HEAD = re.compile(
    rf"(?:^[ \t]*(?:{'|'.join(_LABELS)})[ \t]*:[ \t]+\S.{{0,400}}(?:\n|\Z)){{3,12}}", re.IGNORECASE | re.MULTILINE
)
_RIGHTS = re.compile(
    r"^[ \t]*(?:Copyright|©|\(c\)|\(Copyright|All Rights Reserved).{0,200}$", re.IGNORECASE | re.MULTILINE
)
_DATE = re.compile(
    rf"^[ \t]*(?:{WEEKDAY}[ ,]+)?{DAY}(?:[ ,]+{WEEKDAY})?(?:[ ,].{{0,60}})?$|^[ \t]*{MONTH}\.? \d{{1,2}}, \d{{4}}.{{0,60}}$",
    re.MULTILINE | re.IGNORECASE,
)
_BODY = re.compile(r"^[ \t]*(?:Body|BODY|Full text)[ \t]*:?[ \t]*$|^[ \t]*Full text:[ \t]*", re.MULTILINE)
_EDITION = re.compile(r"\bedition\b.{0,12}\Z", re.IGNORECASE)
_FEWEST_FIELDS = 2
_FEWEST_DETAILS = 3
_DETAILS = frozenset(
    (
        "title", "subject", "publication title", "publication date", "publication year", "publisher", "place of publication",
        "source type", "proquest document id", "document url", "database", "copyright", "last updated", "issn", "pages",
        "publication subject", "country of publication", "language of publication", "document type", "first page",
        "section", "links",
    )
)  # fmt: skip
# Heads are some tens of lines; a field that stands lower is a word of the article with a colon behind it.
_HEAD_CHARACTERS = 4000


@dataclass(slots=True)
class Export:
    """One article of an export: its text and what its head says, all as strings; "" where it says nothing."""

    text: str
    fields: dict[str, str] = field(default_factory=dict)


def split_export(text: str) -> tuple[list[Export], str | None]:
    """Return the articles of an export, and what is wrong with its parts; none for a text that is no export."""
    text = text.replace("\f", "\n")
    numbers = list(_NUMBERED.finditer(text))
    if len(numbers) >= 2 or (numbers and _count_fields(text[numbers[0].end() :]) >= _FEWEST_FIELDS):
        pieces = [
            text[mark.end() : following.start() if following is not None else len(text)]
            for mark, following in zip(numbers, [*numbers[1:], None], strict=True)
        ]
        found = [_read(piece) for piece in pieces]
        declared = int(numbers[-1][2])
        fault = None
        if len(found) != declared:
            fault = f"{declared} documents were expected in the export; {len(found)} were found"
        return _with_words(found), fault
    heads = [head for head in _LABELLED_HEAD.finditer(text) if _is_head(head[0])]
    if heads and not text[: heads[0].start()].strip():
        stops = [*(head.start() for head in heads[1:]), len(text)]
        return _with_words([_read_head(h[0], text[h.end() : b]) for h, b in zip(heads, stops, strict=True)]), None
    if len(heads) > 1:
        return [], f"{len(heads)} articles seem to stand in one file, and where each begins is not clear; read as one"
    ends = list(_ENDS.finditer(text))
    if ends and (len(_CODED.findall(text)) >= 4 * len(ends) or _count_fields(text) >= _FEWEST_FIELDS):
        starts = [0, *(end.end() for end in ends)]
        stops = [*(end.start() for end in ends), len(text)]
        parts = [_read(text[a:b]) for a, b in zip(starts, stops, strict=True)]
        return _with_words(parts), None
    several = len(re.findall(r"^[ \t]*(?:LENGTH|Length|WC)[ \t]*:?[ \t]+[\d,]+ words", text, re.MULTILINE))
    if several > 1:
        return [], f"{several} articles seem to stand in one file, and where each begins is not clear; read as one"
    if _count_fields(text[:_HEAD_CHARACTERS]) >= 3 and re.search(
        r"^[ \t]*(?:LENGTH|Length):", text[:_HEAD_CHARACTERS], re.MULTILINE
    ):
        return _with_words([_read(text)]), None
    return [], None


def _is_head(head: str) -> bool:
    """Return whether lines of labels say what an article is called, and where or when it was published."""
    names = {_LABELS.get(m[1].casefold()) for m in _LABEL_LINE.finditer(head)}
    return "title" in names and len(names & {"publisher", "published"}) >= 1 and len(_LABEL_LINE.findall(head)) >= 3


def _read_head(head: str, text: str) -> Export:
    fields: dict[str, str] = {}
    for match in _LABEL_LINE.finditer(head):
        name = _LABELS.get(match[1].casefold())
        if name is not None:
            fields.setdefault(name, match[2].strip())
    return Export(_RULE.sub("", text).strip(), fields)


def _with_words(found: list[Export]) -> list[Export]:
    return [e for e in found if any(c.isalnum() for c in e.text)]


def _count_fields(text: str) -> int:
    return len({m["name"].casefold() for m in _FIELD.finditer(text)})


def _read(piece: str) -> Export:
    coded = list(_CODED.finditer(piece))
    if len({m[1] for m in coded} & {"HD", "PD", "SN", "LP", "TD", "WC"}) >= 3:
        return _read_coded(piece, coded)
    return _read_labelled(piece)


def _read_coded(piece: str, marks: list[re.Match[str]]) -> Export:
    values: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        value = f"{mark[2]}\n{piece[mark.end() : following.start() if following is not None else len(piece)]}"
        values.setdefault(mark[1], value.strip())
    text = "\n\n".join(values[name] for name in ("LP", "TD") if values.get(name))
    said = {"title": "HD", "author": "BY", "publisher": "SN", "published": "PD"}
    return Export(text, {ours: _line(values.get(theirs, "")) for ours, theirs in said.items()})


def _read_labelled(piece: str) -> Export:
    named: dict[str, str] = {}
    body_mark = _BODY.search(piece)
    last = body_mark.end() if body_mark is not None else 0
    details = _list_details(piece, last) if body_mark is not None else []
    tail = details[0].start() if details else len(piece)
    named.update((m["name"].casefold(), m["value"].strip()) for m in reversed(details))
    for match in _FIELD.finditer(piece, 0, tail):
        name = match["name"].casefold()
        in_head = match.start() < (body_mark.start() if body_mark is not None else _HEAD_CHARACTERS)
        if name in (
            "load-date",
            "language",
            "publication-type",
            "graphic",
            "copyright",
            "subject",
            "last updated",
            "database",
        ):
            if not in_head or body_mark is None:
                tail = min(tail, match.start()) if match.start() > last else tail
            named.setdefault(name, match["value"].strip())
        elif in_head:
            named.setdefault(name, match["value"].strip())
            if body_mark is None:
                last = max(last, match.end()) if tail == len(piece) else last
    head = piece[: body_mark.start() if body_mark is not None else last]
    loose = [line.strip() for line in _FIELD.sub("", _RULE.sub("", _RIGHTS.sub("", head))).split("\n") if line.strip()]
    dated = next((line for line in loose if _DATE.match(line) and read_timestamp(line) is not None), "")
    loose = [line for line in loose if line != dated and not _DATE.match(line) and not _EDITION.search(line)]
    titled = named.get("title") or named.get("headline") or ""
    info = named.get("publication info") or ""
    publisher = (named.get("publication title") or re.split(r"\s*[;\[:]", info)[0]).partition(";")[0].strip()
    if body_mark is not None and "Full" in body_mark[0]:
        titled = titled or (loose[0] if loose else "")
    elif not publisher and loose:
        # LexisNexis: publication, date, section …, then the headline; its newer form has the headline first.
        first_is_title = piece.find(loose[0]) < piece.find(dated) and body_mark is not None and len(loose) > 1
        publisher = loose[1] if first_is_title else loose[0]
        titled = titled or (loose[0] if first_is_title else " ".join(loose[1:4]))
    elif not titled and loose:
        titled = loose[0]
    text = _RULE.sub("", _RIGHTS.sub("", piece[last:tail])).strip()
    return Export(
        text,
        {
            "title": titled,
            "author": named.get("byline") or named.get("author") or "",
            "publisher": publisher,
            "published": named.get("publication date") or dated or _find_day(info) or named.get("load-date") or "",
        },
    )


def _list_details(piece: str, start: int) -> list[re.Match[str]]:
    """Return the fields that ProQuest sets behind the article, where there are several."""
    found = [m for m in _FIELD.finditer(piece, start) if m["name"].casefold() in _DETAILS]
    return found if len({m["name"] for m in found}) >= _FEWEST_DETAILS else []


def _find_day(value: str) -> str:
    match = re.search(DAY, value, re.IGNORECASE)
    return match[0] if match is not None else ""


def _line(value: str) -> str:
    return " ".join(re.sub(r"\n\s*\n.*", "", value, flags=re.DOTALL).split())


def iter_fields(export: Export) -> Iterator[tuple[str, str]]:
    """Yield the fields that say anything; an author without "By", a publisher without its edition."""
    for name, value in export.fields.items():
        value = re.sub(r"^(?:By|BY|by)\s+", "", value) if name == "author" else value
        value = re.sub(r"\s*\((?:\w+(?: \w+)?)\)$", "", value) if name == "publisher" else value
        if value:
            yield name, value
