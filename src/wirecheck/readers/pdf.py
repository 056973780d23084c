"""PDF, through pypdf: the text of its pages in reading order, running heads and page numbers left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from wirecheck.model import Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._build import build_document
from wirecheck.readers._clean import clean_field, clean_text
from wirecheck.readers._extras import find_missing

_MOST_PAGES = 500
# Trees are made flat, of some ten pages a node: three levels hold a thousand.
_MOST_LEVELS = 30
_MOST_CHARACTERS = 5_000_000
# Operators, operands and characters that the pages may have together, which takes some seconds; a page of a book has
# some 6,000. One stream may serve many pages and stand within itself, so that a small file may draw without end; a file
# that takes up more may hold more.
_MOST_WORK = 2_000_000
# On one page, on which pypdf's work grows with the square.
_MOST_PAGE_WORK = 1_000_000
_WORK_PER_BYTE = 5
_BYTES_PER_WORK = 10
_NUMBER = re.compile(r"\W*(?:page |p\. ?|- ?)?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?\W*\Z", re.IGNORECASE)
# Where an object lies in memory, which pypdf tells and no two runs have in common.
_IN_MEMORY = re.compile(r", \d{6,}\)")
# Share of the pages on which a line at the edge must stand to be a running head; on two pages both.
_RUNNING_SHARE = 0.5
_MOST_RUNNING = 3
# A gap of this share of the page's width through most of its lines parts two columns.
_GUTTER_SHARE = 0.02


class _Piece(NamedTuple):
    x: float
    y: float
    size: float
    text: str


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 where a PDF begins, within its first 1,024 bytes as readers allow, 2 for the suffix alone, else 0."""
    if b"%PDF-" in head[:1024]:
        return 3
    return 2 if suffix in READER.suffixes else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return the text of a PDF, or the problem that keeps it from being one: locked, damaged, pictures of pages."""
    missing = find_missing("pypdf", "documents", location, "reading PDF")
    if missing is not None:
        return (), (missing,)
    import pypdf

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    logging.getLogger("pypdf").propagate = False
    problems: list[Problem] = []
    try:
        file = pypdf.PdfReader(io.BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            return (), (Problem(location, "a PDF that can be read was expected; it is locked with a password"),)
        _cut_tree(file)
        count = len(file.pages)
        about = dict(file.metadata or {})
        left = max(_MOST_WORK, _WORK_PER_BYTE * len(data))
        pages: list[list[str]] = []
        cut_off = False
        for page in (file.pages[n] for n in range(min(count, _MOST_PAGES))):
            lines, work = _read_page(page, min(left, _MOST_PAGE_WORK))
            left -= work
            if work > _MOST_PAGE_WORK or left < 0:
                cut_off = True
                reason = f"pages of words were expected; too much is drawn on page {len(pages) + 1}"
                problems.append(Problem(location, f"{reason}: the rest was not read"))
                break
            pages.append(lines)
    except Exception as error:  # pypdf reports hostile bytes by errors of many kinds
        told = _IN_MEMORY.sub(")", str(error))[:200]
        return (), (Problem(location, f"a PDF was expected; it cannot be read: {told}"),)
    if count > _MOST_PAGES:
        problems.append(
            Problem(location, f"at most {_MOST_PAGES} pages were expected; the PDF has more; the rest was not read")
        )
    empty = [n for n, lines in enumerate(pages, start=1) if not any(c.isalnum() for line in lines for c in line)]
    if len(empty) == len(pages):
        if cut_off:
            return (), tuple(problems)
        reason = "a text was expected; the pages are pictures (scanned): run a program for character recognition first"
        return (), (*problems, Problem(location, reason))
    if empty:
        shown = ", ".join(map(str, empty[:10]))
        problems.append(
            Problem(location, f"text was expected on each page; none is on {len(empty)} of {len(pages)} ({shown})")
        )
    text = "\n".join("\n".join(lines) for lines in _without_running(pages))[:_MOST_CHARACTERS]
    text, faults = clean_text(location, text, markdown=False)
    if not any(c.isalnum() for c in text):
        return (), (*problems, *faults, Problem(location, "a text was expected; the PDF holds no words"))
    document, more = build_document(
        location=location,
        name=name,
        text=text,
        received=data,
        author=clean_field(_field(about, "/Author")),
        declared=False,
    )
    return (document,), (*problems, *faults, *more)


def _cut_tree(file: Any) -> None:
    """Leave out the pages behind those that are read, and one: pypdf takes in each that it finds."""
    level = [file.root_object["/Pages"]]
    for _ in range(_MOST_LEVELS):
        below: list[Any] = []
        for node in level:
            kids = node.get("/Kids") if isinstance(node, dict) else None
            kids = kids.get_object() if kids is not None else None
            if isinstance(kids, list):
                del kids[max(0, _MOST_PAGES + 1 - len(below)) :]
                below += kids
        level = [kid.get_object() for kid in below]


def _field(about: dict[str, Any], name: str) -> str | None:
    value = about.get(name)
    return str(value) if isinstance(value, str) and any(c.isalnum() for c in value) else None


def _read_page(page: Any, most: int) -> tuple[list[str], int]:
    """Return the lines of a page, column after column where it has two, and what it took to read them.

    A page that takes more than the most has no lines.
    """
    pieces: list[_Piece] = []
    work = 0

    def count(operator: Any, operands: Any, matrix: Any, text_matrix: Any) -> None:
        nonlocal work
        work += 1 + sum(1 + (len(o) if isinstance(o, str | bytes | list | dict) else 0) for o in operands)
        if work > most:
            raise ValueError("too much is drawn on a page")

    def visit(text: str, matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        if text.strip():
            x = text_matrix[4] * matrix[0] + text_matrix[5] * matrix[2] + matrix[4]
            y = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
            pieces.append(_Piece(round(x, 1), round(y, 1), abs(size * text_matrix[3]) or 10.0, text.strip("\n")))

    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _BYTES_PER_WORK * most:
        return [], most + 1
    try:
        plain = page.extract_text(visitor_text=visit, visitor_operand_before=count) or ""
    except Exception:
        if work <= most:
            raise
    # pypdf goes on behind a form that cannot be read.
    if work > most:
        return [], work
    split = _find_columns(pieces, float(page.mediabox.width))
    if split is None:
        return [line.rstrip() for line in plain.split("\n")], work
    head, left, right, foot = _part(pieces, split)
    return [*_lines(head), *_lines(left), *_lines(right), *_lines(foot)], work


def _find_columns(pieces: Sequence[_Piece], width: float) -> float | None:
    """Return where a second column begins, None where a page has one: half of its lines begin near one place right of
    the middle of the text, and none of the left ones reaches over it.
    """
    if len(pieces) < 12:
        return None
    lefts = Counter(round(p.x / 4) for p in pieces)
    (first, most), *others = sorted(lefts.items(), key=lambda c: -c[1])[:4]
    for other, count in others:
        left, right = sorted((first, other))
        far = (right - left) * 4 > 0.3 * width and count >= 0.5 * most and count + most >= 0.6 * len(pieces)
        if far and right * 4 > 0.35 * width:
            ends = [p.x + len(p.text) * p.size * 0.42 for p in pieces if abs(p.x - left * 4) <= 6]
            if sorted(ends)[len(ends) // 2] < right * 4 + _GUTTER_SHARE * width:
                return right * 4 - 3.0
    return None


def _part(pieces: Sequence[_Piece], split: float) -> tuple[list[_Piece], list[_Piece], list[_Piece], list[_Piece]]:
    """Return what stands above the columns, in each of them, and below."""
    right = [p for p in pieces if p.x >= split]
    top, bottom = max(p.y for p in right), min(p.y for p in right)
    head = [p for p in pieces if p.x < split and p.y > top + 2]
    foot = [p for p in pieces if p.x < split and p.y < bottom - 60]
    left = [p for p in pieces if p.x < split and p.y <= top + 2 and p.y >= bottom - 60]
    return head, left, right, foot


def _lines(pieces: Sequence[_Piece]) -> list[str]:
    lines: list[tuple[float, list[_Piece]]] = []
    for piece in sorted(pieces, key=lambda p: (-p.y, p.x)):
        if lines and abs(lines[-1][0] - piece.y) <= 2:
            lines[-1][1].append(piece)
        else:
            lines.append((piece.y, [piece]))
    return [" ".join(p.text.strip() for p in sorted(row, key=lambda p: p.x)) for _, row in lines]


def _without_running(pages: Sequence[list[str]]) -> list[list[str]]:
    """Return the pages without heads and feet that come again, figures aside, and without page numbers."""
    kept = [[line for line in lines if line.strip()] for lines in pages]
    for edge in (0, -1):
        for _ in range(_MOST_RUNNING):
            shapes = Counter(_shape(lines[edge]) for lines in kept if lines)
            running = {shape for shape, count in shapes.items() if count >= max(2.0, _RUNNING_SHARE * len(kept))}
            for lines in kept:
                if lines and (_shape(lines[edge]) in running or _NUMBER.match(lines[edge])):
                    del lines[edge]
    return kept


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(line.casefold().split()))


READER = Reader(
    name="pdf",
    version=1,
    summary="PDF: text in reading order, also of two columns; running heads and page numbers left out; scans are told.",
    suffixes=(".pdf",),
    accepts=accepts,
    read=read,
)
