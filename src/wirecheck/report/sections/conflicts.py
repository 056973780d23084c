"""Conflicts: on what the documents cannot all be right, and where they only seem to differ."""

from __future__ import annotations

from wirecheck.report.rows import Context, Part
from wirecheck.report.sections import Section
from wirecheck.report.sections._points import list_rows


def build(context: Context) -> tuple[Part, ...]:
    parts = (
        Part("", list_rows(context, "conflict"), shown=12),
        Part(
            "They differ, and can both be right",
            list_rows(context, "compatible"),
            "Rounding, precision, a later update, a different thing counted: no conflict.",
            shown=8,
        ),
        Part(
            "Not decided",
            list_rows(context, "undecided"),
            "The words are alike, but they do not settle whether the documents agree.",
            shown=4,
            layout="compact",
        ),
    )
    return tuple(p for p in parts if p.rows)


SECTION = Section(
    name="conflicts",
    version=1,
    title="Conflicts",
    summary="points on which documents cannot both be right, those that only seem to differ, and those left open",
    order=20,
    build=build,
)
