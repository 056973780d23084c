"""Conflicts: on what the documents cannot all be right, and where they only seem to differ."""

from __future__ import annotations

from wirecheck.report.rows import Context, Part
from wirecheck.report.sections import Section
from wirecheck.report.sections._points import list_compatible, list_rows

_NONE = "No conflict was found. There may still be one: what the checks cannot tell stands under “Not decided”."


def build(context: Context) -> tuple[Part, ...]:
    conflicts = list_rows(context, "conflict")
    compatible = tuple(row for row, difference in list_compatible(context) if difference != "partial")
    parts = (
        Part("", conflicts, "" if conflicts or len(context.documents) < 2 else _NONE, shown=12),
        Part(
            "They differ, and can both be right",
            compatible,
            "Rounding, precision, a later update, a different thing counted: no conflict.",
            shown=8,
        ),
    )
    return tuple(p for p in parts if p.rows or p.note == _NONE)


SECTION = Section(
    name="conflicts",
    version=1,
    title="Conflicts",
    summary="points on which documents cannot both be right, and those that only seem to differ",
    order=20,
    build=build,
)
