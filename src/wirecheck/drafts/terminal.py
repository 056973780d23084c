"""A checked draft in a terminal: what an editor must look at, the worst first, then what stands."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from wirecheck.model import Backing, DraftItem, DraftReport, Span
from wirecheck.report.plain import show_on_a_line
from wirecheck.report.terminal import make_console, make_line
from wirecheck.text.words import join_names

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

MOST_FAULTS, MOST_STANDING = 7, 6
"""Items of the first screen."""
MOST_SOURCES = 3
"""Wordings of sources that an item shows."""
LONGEST_WORDS = 200
"""Characters of words that are shown; the page and the JSON have all."""
_NAME_WIDTH = 26

LABELS = {
    "verbatim": "Word for word",
    "trimmed": "Trimmed",
    "altered": "Altered",
    "spliced": "Spliced",
    "paraphrased": "Not quoted in the sources",
    "other-speaker": "Other speaker",
    "conflict": "Conflict",
    "rounded": "Rounded",
    "supported": "Supported",
    "not-found": "Not found",
}
"""What a reader is told for each verdict."""
_COLORS = {"altered": "red", "spliced": "red", "other-speaker": "red", "conflict": "red"}


def render_terminal(report: DraftReport, *, width: int = 100, color: bool = False, full: bool = False) -> str:
    """Return a checked draft as lines of at most `width` columns (40 at least), with ANSI colours when `color`.

    The first screen alone, unless `full`; what is left out is counted.
    """
    console = make_console(width, color=color)
    standing = [i for i in report.items if not i.look]
    console.print(make_line(f"{report.draft.name}, held against {tell_sources(report)}", "bold"))
    console.print(make_line(tell_counts(report)))
    for problem in report.problems:
        console.print(make_line(f"{problem.location}: {problem.message}", "dim"))
    _print_items(console, report, "LOOK AT", report.faults, MOST_FAULTS, full=full)
    _print_items(console, report, "STANDS", standing, MOST_STANDING, full=full)
    assert isinstance(console.file, io.StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def tell_sources(report: DraftReport) -> str:
    """Return the sources in words: "3 sources: Herald, Post and Wire"."""
    names = list(dict.fromkeys(report.shown(d.id) for d in report.documents))
    shown = names if len(names) <= 6 else [*names[:5], f"{len(names) - 5} others"]
    listed = join_names(shown)
    count = len(report.documents)
    return f"{count} source{'s' * (count != 1)}: {listed}"


def tell_counts(report: DraftReport) -> str:
    """Return how many items there are to look at, by verdict, and how many stand."""
    faults = report.faults
    standing = len(report.items) - len(faults)
    stand = f"{standing} {'stands' if standing == 1 else 'stand'}"
    if not report.items:
        return "Nothing in it could be held against a source: no quotation, figure, date, name or claim."
    if not faults:
        return f"Nothing to look at; {stand}."
    counts = Counter(LABELS[i.verdict].lower() for i in faults)
    told = ", ".join(f"{counts[k]} {k}" for k in dict.fromkeys(LABELS[i.verdict].lower() for i in faults))
    return f"{len(faults)} to look at ({told}); {stand}."


def label_item(item: DraftItem) -> str:
    """Return the verdict and the kind of an item in words: "Altered quotation"."""
    if item.verdict in ("other-speaker", "paraphrased", "verbatim", "not-found"):
        return f"{LABELS[item.verdict]}: {item.kind}"
    return f"{LABELS[item.verdict].replace('Conflict', 'Conflicting')} {item.kind}"


def _print_items(
    console: Console, report: DraftReport, title: str, items: Sequence[DraftItem], most: int, *, full: bool
) -> None:
    if not items:
        return
    console.print()
    heading = make_line(title, "bold")
    heading.append(f"  {len(items)} ", "dim")
    heading.append("─" * max(0, console.width - heading.cell_len), "dim")
    console.print(heading, no_wrap=True, crop=True)
    shown = items if full else items[:most]
    for number, item in enumerate(shown, start=1):
        _print_item(console, report, item, number)
    if len(items) > len(shown):
        console.print(make_line(f"    … {len(items) - len(shown)} more: --full", "dim"))


def _print_item(console: Console, report: DraftReport, item: DraftItem, number: int) -> None:
    from rich.console import Group
    from rich.table import Table

    lead = make_line(label_item(item), f"bold {_COLORS.get(item.verdict, 'yellow')}" if item.look else "dim")
    lead.append("  ")
    lead.append_text(make_line(item.reason if item.look else f"{_quote(report, item.span)}: {item.reason}"))
    rows = [lead]
    if item.look:
        evidence = Table.grid(padding=(0, 2))
        evidence.add_column(max_width=_NAME_WIDTH, overflow="fold")
        evidence.add_row(make_line("Draft", "cyan"), _words(report, item.span, _changed(item, own=True)))
        for names, backing in group_sources(report, item)[:MOST_SOURCES]:
            words = _words(report, show_around(backing), [*_changed(item, own=False), *backing.lost])
            evidence.add_row(make_line(names, "cyan"), words)
        rows.append(evidence)  # type: ignore[arg-type]
    grid = Table.grid(padding=(0, 1), expand=True)
    grid.add_column(width=3, justify="right", no_wrap=True)
    grid.add_column(ratio=1)
    grid.add_row(make_line(str(number) if item.look else "·", "dim"), Group(*rows))
    console.print(grid)


def _changed(item: DraftItem, *, own: bool) -> list[Span]:
    found = (d.right if own else d.left for b in item.sources for d in b.differences)
    return [s for s in found if s is not None]


def show_around(backing: Backing) -> Span:
    """Return the words of a source with what the draft cut off around them."""
    return backing.span.join(backing.left_out) if backing.left_out is not None else backing.span


def group_sources(report: DraftReport, item: DraftItem) -> list[tuple[str, Backing]]:
    """Return what an item rests on with the names of the sources that have it; those with the same words are one."""
    groups: dict[str, list[Backing]] = {}
    for backing in item.sources:
        words = show_on_a_line(report.document(backing.document).words(show_around(backing)))
        groups.setdefault(words, []).append(backing)
    return [(", ".join(dict.fromkeys(report.shown(b.document) for b in g)), g[0]) for g in groups.values()]


def _quote(report: DraftReport, span: Span) -> str:
    shown = show_on_a_line(report.document(span.document).words(span))
    return f"“{shown if len(shown) <= 60 else shown[:60].rsplit(' ', 1)[0] + ' …'}”"


def _words(report: DraftReport, span: Span, marks: Iterable[Span]) -> Text:
    """Return words in quotation marks, what differs or was lost between asterisks or underlined."""
    from wirecheck.report.plain import cut_pieces, shorten
    from wirecheck.report.rows import Mark

    document = report.document(span.document)
    own = {m for m in marks if span.covers(m)}
    pieces, before, after = shorten(cut_pieces(document, span, (Mark(m, "value") for m in own)), LONGEST_WORDS)
    shown = make_line("")
    shown.append("… " if before else "", "dim")
    shown.append("“")
    for piece in pieces:
        text = show_on_a_line(f"|{piece.text}|")[1:-1]
        shown.append(f"*{text}*" if piece.mark else text, "bold" if piece.mark else "")
    shown.append("”")
    shown.append(" …" if after else "", "dim")
    return shown
