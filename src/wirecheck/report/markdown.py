"""The report as Markdown, for an issue, a message or a wiki; article text in it is escaped and stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirecheck.model import Report
from wirecheck.report.overview import Group, Overview, build_overview
from wirecheck.report.plain import cut_pieces, show_on_a_line
from wirecheck.report.rows import (
    NOTHING_READ,
    Context,
    Part,
    Row,
    Words,
    group_words,
    repeats_words,
    tell_note,
)
from wirecheck.report.sections import Section, list_sections
from wirecheck.report.unread import list_unread, tell_unread

# Every ASCII punctuation character that can begin markup, inline HTML, an entity, a link or a mention; CommonMark
# allows a backslash before each of them.
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~^=:$&@\"'])")
# Inside a sentence these only mean something at the beginning of a line, or not at all: left bare, they stay readable.
_HARMLESS = set("()-.!+=:$\"'^")
_LINK = re.compile(r"(?i)\b(?:https?|ftp|mailto|www)(?=[:.])")
_LIST = re.compile(r"\A(\d{1,9})([.)])")


def render_markdown(report: Report) -> str:
    """Return the report as CommonMark text, the overview first: headings, lists and quoted words only, no HTML."""
    lines: list[str] = []
    sections = list_sections()
    if not report.documents:
        lines += [NOTHING_READ, ""]
    unread = list_unread(report)
    if unread:
        lines += [escape_markdown(tell_unread(unread)), ""]
    for story in report.stories:
        context = Context(report, story)
        lines += [f"# {escape_markdown(story.story.title)}", ""]
        lines += _overview(context, build_overview(report, story))
        for section in sections:
            if section.scope == "story":
                lines += _section(context, section)
    for section in sections:
        if section.scope == "report":
            lines += _section(Context(report), section)
    return "\n".join(lines).rstrip("\n") + "\n"


def _overview(context: Context, overview: Overview) -> Iterator[str]:
    yield escape_markdown(overview.line)
    yield ""
    for group in overview.groups:
        yield from _group(context, group)
    if overview.legend:
        yield escape_markdown(f"Words in bold {overview.legend}")
        yield ""


def _group(context: Context, group: Group) -> Iterator[str]:
    told = f" ({len(group.items)} of {group.total:,})" if group.items and group.left else ""
    yield f"## {escape_markdown(group.title)}{told}"
    yield ""
    for item in group.items:
        shown = item.around or item.words
        told = escape_markdown(item.row.sentence)
        if shown is not None:
            told = f"{escape_markdown(item.voice)}: " if item.voice else ""
            told += _words(context, shown) + (f" ({escape_markdown(item.who)})" if item.who else "")
        yield f"- {told} ({escape_markdown(item.row.id)})"
        for words in item.contexts:
            yield f"  - {escape_markdown(context.shown(words.document))}: {_words(context, words)}"
    for note in group.notes:
        yield f"- {escape_markdown(note)}"
    yield ""


def escape_markdown(text: str) -> str:
    """Return text as one line of Markdown that shows it and does nothing else.

    >>> escape_markdown("<b>*x*")
    '\\\\<b\\\\>\\\\*x\\\\*'
    """
    escaped = _LIST.sub(r"\1\\\2", _escape(show_on_a_line(text)))
    return "\\" + escaped if escaped[:1] in ("-", "+", "=") else escaped


def _escape(text: str) -> str:
    """Escape words that stand inside a line; the spaces at both ends stay."""
    escaped = _MARKUP.sub(lambda m: m[0] if m[0] in _HARMLESS else "\\" + m[0], text)
    # A bare address would become a link in many dialects: its last letter is written as a character reference.
    return _LINK.sub(lambda m: f"{m[0][:-1]}&#{ord(m[0][-1])};", escaped)


def _section(context: Context, section: Section) -> Iterator[str]:
    parts = section.build(context)
    if not parts:
        return
    yield f"## {section.title}"
    yield ""
    for part in parts:
        if part.title:
            yield f"### {escape_markdown(part.title)} ({len(part.rows)})"
            yield ""
        if part.note:
            yield escape_markdown(part.note)
            yield ""
        for row in part.rows:
            yield from _row(context, row, part)
        yield ""


def _row(context: Context, row: Row, part: Part) -> Iterator[str]:
    label = f"**{escape_markdown(row.label)}**" if row.label else ""
    kind = f" ({escape_markdown(row.kind)})" if row.kind else ""
    lead = f"{label}{kind}: " if label else ""
    yield f"- {lead}{escape_markdown(row.sentence)}"
    if part.layout not in ("documents", "brief") and not repeats_words(context, row):
        for evidence in row.evidence:
            indent = "  "
            if evidence.caption:
                yield f"  - {escape_markdown(evidence.caption)}"
                indent = "    "
            for group in group_words(context, evidence.words):
                names = context.names(w.document for w in group)
                yield f"{indent}- {escape_markdown(names)}: {_words(context, group[0])}"
    for note in row.notes:
        yield f"  - {escape_markdown(tell_note(context, note, part.layout))}"
    if row.silent:
        yield f"  - Silent: {escape_markdown(context.names(row.silent))}"


def _words(context: Context, words: Words) -> str:
    """Return exact words in quotation marks; what differs is bold."""
    document = context.document(words.document)
    shown = []
    for span in words.spans:
        pieces = []
        for piece in cut_pieces(document, span, words.marks):
            text = show_on_a_line(f"|{piece.text}|")[1:-1]
            inner = text.strip()
            if piece.mark is None or not inner:
                pieces.append(_escape(text))
            else:
                before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
                pieces.append(f"{before}**{_escape(inner)}**{after}")
        shown.append(f"“{''.join(pieces).strip()}”")
    note = f" ({escape_markdown(words.note)})" if words.note else ""
    return " … ".join(shown) + note
