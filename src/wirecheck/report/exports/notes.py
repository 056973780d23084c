"""Notes in Markdown, for Obsidian and programs like it: front matter, block quotes, links to the words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from wirecheck.model import Document, Span, StoryReport, Verdict
from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import encode, is_web, link_words, name_program
from wirecheck.report.markdown import escape_markdown
from wirecheck.report.plain import show_on_a_line
from wirecheck.report.table import list_evidence, name_documents

_ORDER: dict[Verdict, str] = {
    "conflict": "Conflicts",
    "compatible": "Differences that can both be right",
    "agree": "What several tell alike",
    "undecided": "Undecided",
    "single": "What one document alone has",
}
# Marks that notes know beyond CommonMark: comments, highlights, formulas, ids of blocks. What is escaped already stays.
_MARKS = re.compile(r"\\.|[%=$^]", re.S)


def render(selection: Selection) -> bytes:
    """Return one note over all stories; each point has its id as a block id, so that other notes can link to it."""
    lines = list(_front(selection))
    for story in selection.report.stories:
        own = [d for d in selection.documents if d.id in story.story.documents]
        points = [p for p in selection.points if p.story.id == story.story.id]
        if own or points:
            lines += _story(selection, story, own)
    return encode("\n".join(lines).rstrip("\n") + "\n")


def _front(selection: Selection) -> Iterator[str]:
    report = selection.report
    publishers = sorted({d.publisher for d in selection.documents if d.publisher})
    title = report.stories[0].story.title if report.stories else "Wirecheck"
    yield "---"
    yield f"title: {_quote(title)}"
    yield f"from: {_quote(min((s.story.first for s in report.stories if s.story.first), default=''))}"
    yield f"to: {_quote(max((s.story.last for s in report.stories if s.story.last), default=''))}"
    yield f"documents: {len(selection.documents)}"
    yield f"publishers: [{', '.join(_quote(p) for p in publishers)}]"
    yield "tags: [wirecheck]"
    yield f"generator: {_quote(name_program(report))}"
    yield "---"
    yield ""


def _story(selection: Selection, story: StoryReport, documents: list[Document]) -> Iterator[str]:
    names = name_documents(selection.report)
    yield f"# {_escape(story.story.title)}"
    yield ""
    yield "## Documents"
    yield ""
    for document in documents:
        title = _escape(document.title or document.name)
        link = f"[{title}]({_address(document.url)})" if document.url and is_web(document.url) else title
        date = f", {_escape(document.published)}" if document.published else ""
        yield f"- {_escape(names[document.id])}: {link}{date} ^d-{document.id}"
    yield ""
    for verdict, heading in _ORDER.items():
        points = [p for p in selection.points if p.story.id == story.story.id and p.verdict == verdict]
        if not points:
            continue
        yield f"## {heading}"
        yield ""
        for point in points:
            yield f"{_escape(point.reason)} ^{point.id}"
            yield ""
            for _, value, document, span in list_evidence(selection.report, point.finding):
                lead = f"{_escape(value)}: " if value and value not in document.words(span) else ""
                yield f"> {lead}“{_escape(document.words(span))}”"
                yield f"> — {_escape(names[document.id])}, {_place(document, span)}"
                yield ""


def _place(document: Document, span: Span) -> str:
    """Return the place of words as a link: to the words on the page, or to the document in the list above."""
    told = f"characters {span.start}–{span.end}"
    link = link_words(document, span)
    return f"[{told}]({_address(link)})" if link is not None else f"[{told}](#^d-{document.id})"


def _address(url: str) -> str:
    return url.replace("(", "%28").replace(")", "%29")


def _escape(text: str) -> str:
    return _MARKS.sub(lambda m: m[0] if len(m[0]) > 1 else f"\\{m[0]}", escape_markdown(text))


def _quote(text: str) -> str:
    """Return text as a value of YAML: a string of JSON is one."""
    return json.dumps(show_on_a_line(text), ensure_ascii=False)


EXPORT = Export("notes", 1, "md", "a note in Markdown with block quotes and links to the words", render)
