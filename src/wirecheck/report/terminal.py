"""The report in a terminal: the overview on one screen; on request the sections, each sentence with its words."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from wirecheck.model import Report
from wirecheck.report.overview import Group, Item, Overview, build_overview
from wirecheck.report.plain import cut_pieces, shorten, show_on_a_line
from wirecheck.report.rows import (
    NOTHING_READ,
    Context,
    Evidence,
    Part,
    Row,
    Tone,
    Words,
    count_of,
    group_words,
    repeats_words,
    tell_note,
)
from wirecheck.report.sections import Section, find_sections, list_sections
from wirecheck.report.unread import list_unread, tell_unread
from wirecheck.text.words import join_names

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

# Longer words are cut in the terminal, never in the page: at 100 columns, 280 characters are four lines.
LONGEST_WORDS = 280
# Of a conflict, reasons that a reader may ask for are shown up to this many, of other points none.
MOST_DETAILS = 3
# A further passage of one document is begun only when this many characters are left for it.
FEWEST_WORDS = 60
# Of an item of the overview so many characters of words are shown, about two lines; a headline has one.
LONGEST_SHORT, LONGEST_TITLE = 150, 160
# The section of this order stands right under the title of the story, without a heading of its own.
FIRST_ORDER = 10
_NARROWEST, _NAME_WIDTH, _SIGN_WIDTH = 40, 22, 8

SIGNS: dict[Tone, str] = {"conflict": "≠", "differ": "≈", "agree": "=", "single": "1", "open": "?", "plain": "·"}
_COLORS: dict[Tone, str] = {
    "conflict": "bold red",
    "differ": "bold yellow",
    "agree": "bold green",
    "single": "bold blue",
    "open": "bold magenta",
    "plain": "bold",
}


def make_console(width: int, *, color: bool) -> Console:
    """Return what lines are printed on: text of at most `width` columns (40 at least), with ANSI colours when `color`.

    Nothing of the surroundings counts, so that one report gives the same lines everywhere.
    """
    from rich.console import Console

    return Console(
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


def render_terminal(
    report: Report, *, width: int = 100, color: bool = False, full: bool = False, sections: Sequence[str] = ()
) -> str:
    """Return the overview of each story as lines of at most `width` columns (40 at least), in colour when `color`.

    `full` adds all sections, `sections` those that are named; raises `UsageError` for a name that is none. A
    section is printed whole, long words in it cut; control characters in articles are shown as U+FFFD.
    """
    console = make_console(width, color=color)
    known = list_sections()
    shown = known if full else find_sections(sections)
    if not report.documents:
        console.print(make_line(NOTHING_READ))
    unread = list_unread(report)
    if unread:
        console.print(make_line(tell_unread(unread), "bold"))
    for number, story in enumerate(report.stories):
        context = Context(report, story)
        overview = build_overview(report, story)
        if number or unread:
            console.print()
        if len(report.stories) > 1:
            console.print(make_line("═" * console.width, "dim"))
        _print_heading(console, overview)
        if full or not sections:
            for group in overview.groups:
                _print_group(console, context, group, color=color)
            if overview.legend:
                console.print()
                marked = "Words in bold" if color else "Words between *asterisks*"
                console.print(make_line(f"{marked} {overview.legend}", "dim"))
            if not full:
                _print_rest(console, overview)
        for section in shown:
            if section.scope == "story":
                _print_section(console, context, section, color=color)
    for section in shown:
        if section.scope == "report":
            _print_section(console, Context(report), section, color=color)
    if not shown and len(report.problems) > len(unread):
        more = count_of(len(report.problems) - len(unread), "problem")
        console.print(make_line(f"{more} with what was read: --section problems", "dim"))
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def make_line(text: str, style: str = "") -> Text:
    """Return text as one line that a terminal shows and does not obey: the only way in which words reach it."""
    from rich.text import Text

    return Text(show_on_a_line(text), style=style)


def _print_heading(console: Console, overview: Overview) -> None:
    title = show_on_a_line(overview.title)
    console.print(make_line(title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]} …", "bold"))
    console.print(make_line(overview.line))


def _print_group(console: Console, context: Context, group: Group, *, color: bool) -> None:
    heading = make_line(group.title.upper(), "bold")
    if group.items:
        told = f"{len(group.items)} of {group.total:,}" if group.left else f"{group.total:,}"
        heading.append(f"  {told}", "dim")
    console.print()
    console.print(heading)
    for item in group.items:
        sign = make_line(SIGNS[item.row.tone], _COLORS[item.row.tone])
        sign.append_text(make_line(f"| {item.row.id}", "dim")[1:])
        console.print(_hang(sign, _tell(context, item, color=color)))
    if group.notes:
        console.print(_hang(make_line("·"), make_line(" ".join(group.notes))))


def _tell(context: Context, item: Item, *, color: bool) -> Text:
    """Return an item in a line or two: its words and who has them, or its sentence."""
    if item.words is None:
        told = make_line(item.row.sentence)
        for context_words in item.contexts:
            told.append("\n")
            told.append_text(make_line(f"{context.shown(context_words.document)}: |", "cyan")[:-1])
            told.append_text(_words(context, context_words, color=color, longest=LONGEST_WORDS, plainly="value"))
        return told
    words, longest = (item.words, LONGEST_SHORT) if item.around is None else (item.around, LONGEST_WORDS)
    told = make_line(f"{item.voice}: |", "cyan")[:-1] if item.voice else make_line("")
    told.append_text(_words(context, words, color=color, longest=longest, plainly="value"))
    if item.who:
        told.append_text(make_line(f"| ({item.who})", "cyan")[1:])
    return told


def _hang(sign: Text, told: Text) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=max(_SIGN_WIDTH if sign.cell_len > 1 else 1, sign.cell_len), no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(sign, told)
    return grid


def _print_rest(console: Console, overview: Overview) -> None:
    rest = [f"{count:,} {told}" for count, told, _ in overview.rest]
    if rest:
        names = join_names(dict.fromkeys(section for _, _, section in overview.rest))
        console.print()
        console.print(make_line(f"More: {', '.join(rest)}. See --section ({names}) or --full.", "dim"))


def _print_section(console: Console, context: Context, section: Section, *, color: bool) -> None:
    parts = section.build(context)
    if not parts:
        return
    console.print()
    if section.order > FIRST_ORDER:
        count = sum(len(p.rows) for p in parts if not p.title)
        heading = make_line(section.title.upper(), "bold")
        heading.append(f"  {count:,}" if count else "", "dim")
        heading.append(" ")
        heading.append("─" * max(0, console.width - heading.cell_len), "dim")
        console.print(heading, no_wrap=True, crop=True)
    for part in parts:
        _print_part(console, context, part, color=color)


def _print_part(console: Console, context: Context, part: Part, *, color: bool) -> None:
    if part.title:
        console.print()
        heading = make_line(part.title, "bold")
        heading.append(f"  {len(part.rows):,}", "dim")
        console.print(heading)
    if part.note:
        console.print(make_line(part.note, "dim" if part.title else ""))
    for number, row in enumerate(part.rows, start=1):
        if part.layout == "rows" and (number > 1 or part.title):
            console.print()
        console.print(_row(context, row, part, number, color=color))


def _row(context: Context, row: Row, part: Part, number: int, *, color: bool) -> RenderableType:
    from rich.console import Group
    from rich.table import Table

    if part.layout == "documents":
        return _document(row)
    lead = make_line("")
    if row.label and (part.labelled or part.layout == "timeline"):
        lead.append_text(make_line(row.label, _COLORS[row.tone]))
        lead.append("  ")
    if part.layout != "timeline" or len(row.documents) > 1:
        lead.append_text(make_line(row.sentence, "bold" if part.layout == "rows" else ""))
    lines: list[RenderableType] = [lead] if lead else []
    details = [note for note in row.notes if note.detail]
    told = part.layout == "brief" or repeats_words(context, row)
    for evidence in () if told else row.evidence:
        if evidence.caption:
            lines.append(make_line(evidence.caption, "underline"))
        lines.append(_evidence(context, evidence, row, color=color))
    lines += [
        make_line(tell_note(context, note, part.layout), "dim")
        for note in row.notes
        if not note.detail or (row.verdict == "conflict" and len(details) <= MOST_DETAILS)
    ]
    if row.silent and row.verdict == "conflict":
        lines.append(make_line(f"Silent: {context.names(row.silent)}", "dim"))
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=3, justify="right", no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(make_line(f"{number}" if part.layout == "rows" else "·" if lead else "", "dim"), Group(*lines))
    return grid


def _document(row: Row) -> RenderableType:
    from rich.table import Table

    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(width=_NAME_WIDTH, overflow="fold")
    grid.add_column(ratio=1)
    told = make_line(row.sentence)
    for note in row.notes:
        told.append("\n")
        told.append_text(make_line(note.text, "dim"))
    grid.add_row(make_line(row.label, "bold"), told)
    return grid


def _evidence(context: Context, evidence: Evidence, row: Row, *, color: bool) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table

    names = [_names(context, g) for e in row.evidence for g in group_words(context, e.words)]
    width = max((len(line) for n in names for line in n.plain.split("\n")), default=1)
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(width=min(_NAME_WIDTH, width), overflow="fold")
    grid.add_column(ratio=1)
    groups = group_words(context, evidence.words)
    for group in groups:
        who = _names(context, group)
        grid.add_row(who, _words(context, group[0], color=color))
    return Padding(grid, (0, 0, 0, 2))


def _names(context: Context, group: Iterable[Words]) -> Text:
    """Return the names of the documents that have some words, as many on a line as fit."""
    lines: list[str] = []
    for name in dict.fromkeys(show_on_a_line(context.shown(w.document)) for w in group):
        if lines and len(lines[-1]) + len(name) + 3 <= _NAME_WIDTH:
            lines[-1] += f", {name}"
        else:
            lines[-1:] = [f"{lines[-1]},", name] if lines else [name]
    names = make_line("")
    for number, line in enumerate(lines):
        names.append("\n" if number else "")
        names.append_text(make_line(line, "cyan"))
    return names


def _words(
    context: Context, words: Words, *, color: bool, longest: int = LONGEST_WORDS, plainly: str | None = None
) -> Text:
    """Return the words of one document in quotation marks; what was cut is an ellipsis outside the marks.

    Without colour marked words stand between asterisks, values only where `plainly` names them.
    """
    from rich.text import Text

    document = context.document(words.document)
    shown = Text()
    budget = longest
    for number, span in enumerate(words.spans):
        if number and budget < FEWEST_WORDS:
            more = count_of(len(words.spans) - number, "more passage")
            shown.append(f" and {more}" if shown.plain.endswith("…") else f" … and {more}", style="dim")
            break
        pieces, before, after = shorten(cut_pieces(document, span, words.marks), budget)
        budget -= sum(len(p.text) for p in pieces)
        shown.append(" … " if number or before else "", style="dim")
        shown.append("“")
        _append_pieces(shown, ((p.text, p.mark) for p in pieces), color=color, plainly=plainly)
        shown.append("”")
        shown.append(" …" if after else "", style="dim")
    if words.note:
        shown.append_text(make_line(f"| ({words.note})", "dim")[1:])
    return shown


def _append_pieces(shown: Text, pieces: Iterable[tuple[str, str | None]], *, color: bool, plainly: str | None) -> None:
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
            shown.append(text if mark == "value" and plainly != "value" else f"*{text}*")
