"""Timeline: what the documents date, in order."""

from __future__ import annotations

from wirecheck.report.json import point_id
from wirecheck.report.rows import Context, Evidence, Part, Row, count_of
from wirecheck.report.sections import Section
from wirecheck.text.shown_dates import show_date


def build(context: Context) -> tuple[Part, ...]:
    assert context.story is not None
    verdicts = {point_id(context.story, n): f.verdict for n, f in enumerate(context.story.findings, start=1)}
    rows = []
    before = None
    for number, entry in enumerate(context.story.timeline, start=1):
        documents = context.sort(s.document for s in entry.spans)
        conflict = verdicts.get(entry.point) == "conflict"
        told = count_of(len(documents), "document")
        rows.append(
            Row(
                id=f"{context.story.story.id}-t{number}",
                label=show_date(entry.when) if entry.when != before else "",
                tone="conflict" if conflict else "plain",
                sentence=f"{told}; part of a conflict" if conflict else told,
                evidence=(Evidence("", context.show(entry.spans)),),
                documents=documents,
            )
        )
        before = entry.when
    return (Part("", tuple(rows), shown=12, layout="timeline"),) if rows else ()


SECTION = Section(
    name="timeline",
    version=1,
    title="Timeline",
    summary="what the documents date, in order",
    order=70,
    build=build,
)
