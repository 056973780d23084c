"""Timeline: what the documents date, in order."""

from __future__ import annotations

from wirecheck.report.dates import show_date
from wirecheck.report.json import point_id
from wirecheck.report.rows import Context, Evidence, Part, Row
from wirecheck.report.sections import Section


def build(context: Context) -> tuple[Part, ...]:
    assert context.story is not None
    findings = {point_id(context.story, n): f for n, f in enumerate(context.story.findings, start=1)}
    rows = []
    for number, entry in enumerate(context.story.timeline, start=1):
        finding = findings.get(entry.point)
        rows.append(
            Row(
                id=f"{context.story.story.id}-t{number}",
                label=show_date(entry.when),
                tone="conflict" if finding is not None and finding.verdict == "conflict" else "plain",
                sentence=_tell(context, entry.spans[0].document, len({s.document for s in entry.spans})),
                evidence=(Evidence("", context.show(entry.spans)),),
                documents=context.sort(s.document for s in entry.spans),
            )
        )
    return (Part("", tuple(rows), shown=12, layout="timeline"),) if rows else ()


def _tell(context: Context, first: str, count: int) -> str:
    name = context.shown(first)
    return f"{name} and {count - 1} more date this" if count > 1 else f"{name} dates this"


SECTION = Section(
    name="timeline",
    version=1,
    title="Timeline",
    summary="what the documents date, in order",
    order=70,
    build=build,
)
