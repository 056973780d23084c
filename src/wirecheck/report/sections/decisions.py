"""Decisions: what people ruled of the documents and findings of a report."""

from __future__ import annotations

from wirecheck.report.rows import Context, Evidence, Part, Row
from wirecheck.report.sections import Section


def build(context: Context) -> tuple[Part, ...]:
    known = {d.id for d in context.report.documents}
    rows = tuple(
        Row(
            id=f"decision-{decision.number}",
            label="Decision",
            tone="plain",
            sentence=decision.sentence,
            evidence=(Evidence("", shown),) if shown else (),
            documents=context.sort(d for d in decision.documents if d in known),
        )
        for decision in context.report.decisions
        for shown in [context.show(s for s in decision.spans if s.document in known)]
    )
    note = "People made these rulings; they rest on what they know, not on the words alone."
    return (Part("", rows, note, shown=20),) if rows else ()


SECTION = Section(
    name="decisions",
    version=1,
    title="Decisions",
    summary="what people ruled: one story or not, one origin or not, a finding settled",
    order=85,
    build=build,
    scope="report",
)
