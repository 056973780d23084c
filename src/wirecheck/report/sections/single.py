"""Only one source: what one document alone states, and on what the others are silent."""

from __future__ import annotations

from wirecheck.report.rows import Context, Part
from wirecheck.report.sections import Section
from wirecheck.report.sections._points import list_rows


def build(context: Context) -> tuple[Part, ...]:
    if len(context.documents) < 2:
        return ()
    rows = list_rows(context, "single")
    return (Part("", rows, shown=8, layout="compact"),) if rows else ()


SECTION = Section(
    name="single",
    version=1,
    title="Only one source",
    summary="points that one document alone states",
    order=50,
    build=build,
)
