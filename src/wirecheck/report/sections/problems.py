"""Problems: faults in the material, so that nothing is dropped in silence."""

from __future__ import annotations

from wirecheck.report.rows import Context, Evidence, Part, Row
from wirecheck.report.sections import Section


def build(context: Context) -> tuple[Part, ...]:
    known = {d.id for d in context.report.documents}
    rows = []
    for number, problem in enumerate(context.report.problems, start=1):
        span = problem.span if problem.span is not None and problem.span.document in known else None
        rows.append(
            Row(
                id=f"problem-{number}",
                label="Problem",
                tone="open",
                sentence=f"{problem.location}: {problem.message}",
                evidence=(Evidence("", context.show([span])),) if span is not None else (),
                documents=(span.document,) if span is not None else (),
            )
        )
    return (Part("", tuple(rows), shown=20, layout="compact"),) if rows else ()


SECTION = Section(
    name="problems",
    version=1,
    title="Problems",
    summary="faults in the material: what could not be read, what was left out",
    order=90,
    build=build,
    scope="report",
)
