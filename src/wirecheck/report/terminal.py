"""The report in a terminal: the sentence first, then the words that it rests on and who published them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from wirecheck.model import Report
from wirecheck.report.plain import cut_pieces, shorten, show_on_a_line
from wirecheck.report.rows import Context, Evidence, Part, Row, Tone, Words, count_of
from wirecheck.report.sections import Section, list_sections

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

# Longer words are cut in the terminal, never in the page: at 100 columns, 280 characters are four lines.
LONGEST_WORDS = 280
# A row shows the words of this many documents for each side; the page shows all.
MOST_WORDS = 5
_NARROWEST, _NAME_WIDTH = 40, 22

_COLORS: dict[Tone, str] = {
    "conflict": "bold red",
    "differ": "bold yellow",
    "agree": "bold green",
    "single": "bold blue",
    "open": "bold magenta",
    "plain": "bold",
}


def render_terminal(report: Report, *, width: int = 100, color: bool = False) -> str:
    """Return the report as lines of at most `width` columns, with ANSI colours when `color`.

    Long lists are folded and say how many rows are left out; control characters in articles are shown as U+FFFD.
    """
    from rich.console import Console

    console = Console(
        file=io.StringIO(),
        width=max(width, _NARROWEST),
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )
    sections = list_sections()
    for story in report.stories:
        context = Context(report, story)
        _print_heading(console, story.story.title, len(report.stories) > 1)
        for section in sections:
            if section.scope == "story":
                _print_section(console, context, section, color=color)
    for section in sections:
        if section.scope == "report":
            _print_section(console, Context(report), section, color=color)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def _print_heading(console: Console, title: str, several: bool) -> None:
    from rich.text import Text

    if several:
        console.print(Text("═" * console.width, style="dim"))
    console.print(Text(show_on_a_line(title), style="bold"))


def _print_section(console: Console, context: Context, section: Section, *, color: bool) -> None:
    from rich.text import Text

    parts = section.build(context)
    if not parts:
        return
    count = sum(len(p.rows) for p in parts if p.layout != "documents" and not p.title)
    if section.order > 10:
        heading = Text(section.title.upper(), style="bold")
        if count:
            heading.append(f"  {count}", style="dim")
        heading.append(" ")
        heading.append("─" * max(0, console.width - heading.cell_len), style="dim")
        console.print()
        console.print(heading, no_wrap=True, crop=True)
    for part in parts:
        _print_part(console, context, part, color=color)


def _print_part(console: Console, context: Context, part: Part, *, color: bool) -> None:
    from rich.text import Text

    if part.title:
        console.print()
        heading = Text(part.title, style="bold")
        heading.append(f"  {len(part.rows)}", style="dim")
        console.print(heading)
    if part.note:
        console.print(Text(part.note, style="dim" if part.title else ""))
    for row in part.rows[: part.shown]:
        if part.layout == "rows":
            console.print()
        for line in _render_row(context, row, part, color=color):
            console.print(line)
    more = len(part.rows) - part.shown
    if more > 0:
        lead = "… " if part.shown else ""
        console.print(Text(f"  {lead}{more} more" if part.shown else f"  {count_of(more, 'row')} in the page", "dim"))


def _render_row(context: Context, row: Row, part: Part, *, color: bool) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    if part.layout == "documents":
        yield _document(row)
        return
    lead = Text(show_on_a_line(row.label), style=_COLORS[row.tone])
    if part.layout == "rows":
        if row.kind:
            lead.append(f"  {row.kind}", style="not bold dim")
        yield lead
        yield Padding(Text(show_on_a_line(row.sentence)), (0, 0, 0, 2))
    elif row.label and part.layout == "timeline":
        yield Text.assemble(lead, "  ", Text(show_on_a_line(row.sentence), "dim"))
    else:
        yield Text("· " + show_on_a_line(row.sentence))
    for evidence in row.evidence:
        yield Padding(_evidence(context, evidence, color=color), (0, 0, 0, 4))
    for note in row.notes:
        yield Padding(Text(show_on_a_line(note.text), style="dim"), (0, 0, 0, 4 if part.layout == "compact" else 2))


def _document(row: Row) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(width=_NAME_WIDTH, overflow="fold")
    grid.add_column(ratio=1)
    told = Text(show_on_a_line(row.sentence))
    for note in row.notes:
        told.append(f"\n{show_on_a_line(note.text)}", style="dim")
    grid.add_row(Text(show_on_a_line(row.label), style="bold"), told)
    return grid


def _evidence(context: Context, evidence: Evidence, *, color: bool) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(max_width=_NAME_WIDTH, overflow="fold")
    grid.add_column(ratio=1)
    if evidence.caption:
        grid.add_row(Text("▸", style="dim", justify="right"), Text(show_on_a_line(evidence.caption), style="bold"))
    for words in evidence.words[:MOST_WORDS]:
        name = Text(show_on_a_line(context.shown(words.document)), style="cyan")
        grid.add_row(name, _words(context, words, color=color))
    if len(evidence.words) > MOST_WORDS:
        left_out = context.names(w.document for w in evidence.words[MOST_WORDS:])
        grid.add_row("", Text(f"… and {show_on_a_line(left_out)}", style="dim"))
    return grid


def _words(context: Context, words: Words, *, color: bool) -> Text:
    """Return the words of one document in quotation marks; what was cut is an ellipsis outside the marks."""
    from rich.text import Text

    document = context.document(words.document)
    shown = Text()
    budget = LONGEST_WORDS
    for number, span in enumerate(words.spans):
        if budget <= 0:
            shown.append(" …", style="dim")
            break
        pieces, before, after = shorten(cut_pieces(document, span, words.marks), budget)
        budget -= sum(len(p.text) for p in pieces)
        shown.append(" … " if number or before else "", style="dim")
        shown.append("“")
        _append_pieces(shown, ((p.text, p.mark) for p in pieces), color=color)
        shown.append("”")
        shown.append(" …" if after else "", style="dim")
    if words.note:
        shown.append(f"  ({words.note})", style="dim")
    return shown


def _append_pieces(shown: Text, pieces: Iterable[tuple[str, str | None]], *, color: bool) -> None:
    """Append pieces of words; marked ones are underlined in colour, and between asterisks without it."""
    runs = [(show_on_a_line(f"|{text}|")[1:-1], mark) for text, mark in pieces]
    for number, (text, mark) in enumerate(runs):
        text = text.lstrip() if number == 0 else text
        text = text.rstrip() if number == len(runs) - 1 else text
        if mark is None:
            shown.append(text)
        elif color:
            shown.append(text, style="bold" if mark == "value" else "bold underline")
        else:
            shown.append(text if mark == "value" else f"*{text}*")
