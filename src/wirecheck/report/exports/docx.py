"""DOCX: the report as a document for Word, with a footnote for the exact words of every sentence."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import date_report, load, name_program, pin_zip
from wirecheck.report.exports._footnotes import Footnotes, add_text
from wirecheck.report.overview import Item, Overview, build_overview
from wirecheck.report.plain import show_on_a_line
from wirecheck.report.rows import (
    NOTHING_READ,
    Context,
    Evidence,
    Part,
    Row,
    group_words,
    tell_note,
)
from wirecheck.report.sections import Section, list_sections
from wirecheck.report.unread import list_unread, tell_unread

# Rows whose two sides a reader wants to see in the text; of all others the footnotes are enough.
_SHOWN_WORDS = ("conflict", "compatible", "altered", "spliced")


def render(selection: Selection) -> bytes:
    """Return a DOCX file: the overview of each story, then its sections, as much of each as the terminal shows.

    What is filtered is shown whole: the points that fit and nothing else.
    """
    docx = load("docx", "writing DOCX")
    report = selection.report
    document = docx.Document()
    _describe(document, selection)
    writer = _Writer(document, Footnotes(document))
    unread = list_unread(report)
    if not report.documents:
        writer.paragraph(NOTHING_READ)
    if unread:
        writer.paragraph(tell_unread(unread))
    wanted = {p.id for p in selection.points} if selection.filtered else None
    sections = list_sections()
    for story in report.stories:
        context = Context(report, story)
        shown = list(_list_parts(context, sections, "story", wanted))
        if not shown and wanted is not None:
            continue
        writer.heading(story.story.title, 1)
        if wanted is None:
            writer.overview(context, build_overview(report, story))
        writer.sections(context, shown)
    if wanted is None:
        context = Context(report)
        writer.sections(context, _list_parts(context, sections, "report", None))
    writer.footnotes.attach()
    packed = io.BytesIO()
    document.save(packed)
    return pin_zip(packed.getvalue())


def _list_parts(
    context: Context, sections: tuple[Section, ...], scope: str, wanted: set[str] | None
) -> Iterator[tuple[Section, tuple[Part, ...]]]:
    """Yield the sections that have something to show; with `wanted`, the rows of these points, and all of them."""
    for section in sections:
        if section.scope != scope:
            continue
        parts = section.build(context)
        if wanted is not None:
            kept = (replace(p, rows=tuple(r for r in p.rows if r.id in wanted)) for p in parts)
            parts = tuple(replace(p, shown=len(p.rows)) for p in kept if p.rows)
        if parts:
            yield section, parts


def _describe(document: Any, selection: Selection) -> None:
    report = selection.report
    properties = document.core_properties
    properties.author = properties.last_modified_by = name_program(report)
    properties.title = show_on_a_line(report.stories[0].story.title)[:250] if report.stories else "Wirecheck"
    properties.comments = ""
    properties.created = properties.modified = date_report(report)


class _Writer:
    """Writes rows as paragraphs."""

    def __init__(self, document: Any, footnotes: Footnotes) -> None:
        self.document = document
        self.footnotes = footnotes

    def heading(self, text: str, level: int) -> None:
        add_text(self.document.add_heading("", level), text)

    def paragraph(self, text: str, style: str | None = None) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        add_text(paragraph, text)
        return paragraph

    def overview(self, context: Context, overview: Overview) -> None:
        self.paragraph(overview.line)
        for group in overview.groups:
            many = f" ({len(group.items)} of {group.total:,})" if group.items and group.left else ""
            self.heading(f"{group.title}{many}", 2)
            for item in group.items:
                self._item(context, item)
            for note in group.notes:
                self.paragraph(note, "List Bullet")

    def _item(self, context: Context, item: Item) -> None:
        """Add what an editor wants first: the words of one document or a sentence, with all that it rests on."""
        shown = item.around or item.words
        told = item.row.sentence
        if shown is not None:
            told = f"{' … '.join(f'“{show_on_a_line(context.words(s))}”' for s in shown.spans)} ({item.who})"
        paragraph = self.document.add_paragraph(style="List Bullet")
        add_text(paragraph, f"{item.row.id}  ", bold=True)
        add_text(paragraph, told)
        for evidence in item.row.evidence:
            self._evidence(context, evidence, paragraph)

    def sections(self, context: Context, shown: Any) -> None:
        for section, parts in shown:
            self.heading(section.title, 2)
            for part in parts:
                self._part(context, part)

    def _part(self, context: Context, part: Part) -> None:
        if part.title:
            self.heading(f"{part.title} ({len(part.rows):,})", 3)
        if part.note:
            self.paragraph(part.note)
        for row in part.rows[: part.shown]:
            self._row(context, row, part)
        more = len(part.rows) - part.shown
        if more > 0:
            self.paragraph(f"… {more:,} more in the page and the JSON")

    def _row(self, context: Context, row: Row, part: Part) -> None:
        paragraph = self.document.add_paragraph(style="List Bullet")
        lead = row.id if row.verdict else row.label
        if lead:
            add_text(paragraph, f"{lead}  ", bold=True)
        add_text(paragraph, row.sentence)
        if part.layout in ("documents", "brief"):
            for note in row.notes:
                self.paragraph(tell_note(context, note, part.layout), "List Continue")
            return
        apart = row.verdict in _SHOWN_WORDS and len(row.evidence) > 1
        for evidence in row.evidence:
            self._evidence(context, evidence, None if apart else paragraph)
        for note in row.notes:
            if not note.detail:
                self.paragraph(tell_note(context, note, part.layout), "List Continue")

    def _evidence(self, context: Context, evidence: Evidence, paragraph: Any) -> None:
        """Add the words of a side as footnotes: to the sentence, or to a line of its own that tells value and names."""
        groups = group_words(context, evidence.words)
        if paragraph is None:
            names = context.names(w.document for w in evidence.words)
            first = " … ".join(f"“{show_on_a_line(context.words(s))}”" for s in groups[0][0].spans)
            paragraph = self.paragraph(f"{names}: {evidence.caption or first}", "List Bullet 2")
        for group in groups:
            self.footnotes.add(paragraph, context, group)


EXPORT = Export("docx", 1, "docx", "a document for Word with footnotes to the exact words", render)
