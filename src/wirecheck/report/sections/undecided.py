"""Not decided: what may be one point or two; never shown as agreement."""

from __future__ import annotations

from wirecheck.report.rows import Context, Part
from wirecheck.report.sections import Section
from wirecheck.report.sections._points import list_rows

_NOTE = "The words are alike, but they do not settle whether the documents agree."


def build(context: Context) -> tuple[Part, ...]:
    rows = list_rows(context, "undecided")
    return (Part("", rows, _NOTE, shown=3, layout="compact"),) if rows else ()


SECTION = Section(
    name="undecided",
    version=1,
    title="Not decided",
    summary="points on which the words do not settle whether documents agree",
    order=55,
    build=build,
)
