"""A checked draft as DOCX: the draft itself, with a comment at the words of each item that an editor must look at.

A DOCX draft keeps its text and its looks; its runs are only cut at the words of an item. Other drafts get a new file
of their paragraphs.
"""

from __future__ import annotations

import copy
import io
import zipfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wirecheck.drafts.terminal import MOST_SOURCES, group_sources, label_item, show_around
from wirecheck.errors import MissingExtraError
from wirecheck.model import DraftItem, DraftReport
from wirecheck.report.plain import show_on_a_line, show_plainly

AUTHOR, INITIALS = "Wirecheck", "WC"
LONGEST_WORDS = 300
"""Characters of a source's words in a comment."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PASSED_OVER = frozenset(f"{_WORD}{tag}" for tag in ("del", "moveFrom"))
_ZIPPED = (1980, 1, 1, 0, 0, 0)
"""A ZIP says when each part was written; the same draft gives the same bytes."""


@dataclass(frozen=True)
class _Paragraph:
    """A paragraph of the file; its letters are `[first, end)` of those of the draft."""

    element: Any
    first: int
    end: int


def write_docx(report: DraftReport, path: Path) -> None:
    """Write a checked draft as DOCX. Raises `MissingExtraError` without python-docx."""
    path.write_bytes(render_docx(report))


def render_docx(report: DraftReport) -> bytes:
    """Return a checked draft as DOCX; the same draft and sources give the same bytes."""
    try:
        import docx
    except ImportError as error:
        line = "pip install 'wirecheck[export]'"
        raise MissingExtraError(f"a DOCX with comments needs python-docx, which is not installed: {line}") from error
    draft = report.draft
    is_docx = draft.location.lower().endswith(".docx") and bool(draft.received)
    document = docx.Document(io.BytesIO(draft.received)) if is_docx else docx.Document()
    if not is_docx:
        for start, end in _list_lines(draft.text):
            is_title = draft.title_span is not None and draft.title_span.start <= start < draft.title_span.end
            document.add_paragraph(_drop_controls(draft.text[start:end]), style="Title" if is_title else None)
    places = [n for n, c in enumerate(draft.text) if not c.isspace()]
    letters = _drop_controls("".join(draft.text[n] for n in places))
    paragraphs = _place_paragraphs(document.element.body, letters)
    for item in sorted(report.faults, key=lambda i: i.span):
        first, end = bisect_left(places, item.span.start), bisect_left(places, item.span.end)
        runs = [r for p in paragraphs if p.first < end and first < p.end for r in _cut_runs(p, first, end)]
        if runs:
            _comment(document, runs, _tell(report, item))
    saved = io.BytesIO()
    document.save(saved)
    return _repack(saved.getvalue())


def _list_lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at, at + len(line.rstrip())
        at += len(line)


def _drop_controls(text: str) -> str:
    """Return a text with what XML cannot hold as U+FFFD, character for character."""
    return show_plainly(text).replace("\x0b", "\ufffd").replace("\x0c", "\ufffd")


def _place_paragraphs(body: Any, letters: str) -> list[_Paragraph]:
    """Return the paragraphs of a file whose letters stand in the draft, in order; white space does not count."""
    found = []
    at = 0
    for element in body.iter(f"{_WORD}p"):
        own = _drop_controls("".join(c for t in _list_texts(element) for c in t.text or "" if not c.isspace()))
        place = letters.find(own, at) if own else -1
        if place >= 0:
            at = place + len(own)
            found.append(_Paragraph(element, place, at))
    return found


def _list_texts(paragraph: Any) -> list[Any]:
    """Return the texts of a paragraph that a reader sees; what was struck out is passed over."""
    return [
        t
        for t in paragraph.iter(f"{_WORD}t")
        if next(t.iterancestors(f"{_WORD}p")) is paragraph and not any(a.tag in _PASSED_OVER for a in t.iterancestors())
    ]


def _cut_runs(paragraph: _Paragraph, first: int, end: int) -> list[Any]:
    """Return the runs of a paragraph that hold the letters `[first, end)`, cut so that they hold no others."""
    _cut(paragraph, max(first, paragraph.first))
    _cut(paragraph, min(end, paragraph.end) - 1, behind=True)
    at, runs = paragraph.first, []
    for text in _list_texts(paragraph.element):
        size = sum(not c.isspace() for c in text.text or "")
        if size and first <= at and at + size <= end:
            run = next(text.iterancestors(f"{_WORD}r"), None)
            if run is not None and run not in runs:
                runs.append(run)
        at += size
    return runs


def _cut(paragraph: _Paragraph, place: int, *, behind: bool = False) -> None:
    """Cut the run of a paragraph in which a letter stands, before or behind the letter."""
    at = paragraph.first
    for text in _list_texts(paragraph.element):
        words = text.text or ""
        size = sum(not c.isspace() for c in words)
        run = next(text.iterancestors(f"{_WORD}r"), None)
        if at <= place < at + size and run is not None and text.getparent() is run:
            _cut_run(run, text, [n for n, c in enumerate(words) if not c.isspace()][place - at] + behind)
            return
        at += size


def _cut_run(run: Any, text: Any, inside: int) -> None:
    """Move what stands in a run from a character of one of its texts on to a new run behind it, looks and all."""
    content = [c for c in run if c.tag != f"{_WORD}rPr"]
    index = content.index(text)
    if (inside == 0 and index == 0) or (inside == len(text.text or "") and text is content[-1]):
        return
    after = copy.copy(run)
    for child in list(after):
        after.remove(child)
    looks = run.find(f"{_WORD}rPr")
    if looks is not None:
        after.append(copy.deepcopy(looks))
    words = text.text or ""
    behind = copy.deepcopy(text)
    behind.text, text.text = words[inside:], words[:inside]
    for one in (behind, text):
        one.set(_SPACE, "preserve")
    after.append(behind)
    for child in content[index + 1 :]:
        after.append(child)  # lxml moves it
    if not text.text:
        run.remove(text)
    run.addnext(after)


def _comment(document: Any, elements: Sequence[Any], told: str) -> None:
    from docx.text.run import Run

    runs = [Run(e, document) for e in (elements[0], elements[-1])]
    comment = document.add_comment(runs, text=told, author=AUTHOR, initials=INITIALS)
    date = f"{_WORD}date"
    if date in comment._comment_elm.attrib:
        del comment._comment_elm.attrib[date]  # when it was made: the same draft gives the same bytes


def _tell(report: DraftReport, item: DraftItem) -> str:
    lines = [f"{label_item(item)}. {item.reason}"]
    for names, backing in group_sources(report, item)[:MOST_SOURCES]:
        words = show_on_a_line(report.document(backing.document).words(show_around(backing)))
        shown = words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS].rsplit(' ', 1)[0]} …"
        lines.append(f"{names}: “{shown}”")
    return _drop_controls("\n".join(lines))


def _repack(data: bytes) -> bytes:
    """Return a ZIP with the same parts in the same order and no times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(zipfile.ZipInfo(info.filename, _ZIPPED), old.read(info), zipfile.ZIP_DEFLATED)
    return out.getvalue()
