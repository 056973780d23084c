"""What findings on figures say: the words of a figure, of a side, the reason, and how much they weigh."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.checks._figure_pairs import FigurePairs
from wirecheck.checks._stated import on_one_line
from wirecheck.model import Side
from wirecheck.statements.quantities import Measured
from wirecheck.text.words import join_names


def show_figure(figures: FigurePairs, item: Measured) -> str:
    return on_one_line(figures.dossier.words(item.quantity.span))


def tell_about(figures: FigurePairs, items: Sequence[Measured]) -> str:
    """Return what the figure is of, where its own words do not say."""
    item = next((m for m in items if m.predicate), None)
    if item is None or item.quantity.counted:
        return ""
    return f" (“{on_one_line(figures.dossier.words(item.evidence))}”)" if item.evidence != item.quantity.span else ""


def tell_sides(figures: FigurePairs, classes: list[list[Measured]], ending: str) -> str:
    parts = [figures.tell(known) for known in classes]
    joined = ", ".join(parts[:-1]) + f", but {parts[-1]}" if not ending else join_names(parts)
    return f"{joined}{ending}."


def tell_side(figures: FigurePairs, items: list[Measured]) -> Side:
    documents = tuple(sorted({m.document for m in items}))
    return Side(
        on_one_line(figures.dossier.words(items[0].quantity.span)),
        documents,
        tuple(sorted({m.evidence for m in items})),
    )


def weigh(figures: FigurePairs, items: Sequence[Measured]) -> float:
    documents = {m.document for m in items}
    early = max(1.0 - m.quantity.span.start / max(1, len(figures.dossier.document(m.document).text)) for m in items)
    title = any(m.is_title for m in items)
    return min(0.99, 0.3 + 0.3 * len(documents) / max(2, len(figures.place)) + 0.25 * early + 0.15 * title)
