"""Put together what only the whole story shows: the timeline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, PartialDate, Precision, Span, TimelineEntry

_RESOLVED = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d)?)?)?)?")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 13: "hour", 16: "minute"}


def build_timeline(dossier: Dossier, findings: Sequence[Finding]) -> tuple[TimelineEntry, ...]:
    """Return what happened when, sorted by time: one entry for each date of each finding whose words hold it.

    Dates that could not be resolved, and durations, have no place on a line and are left out. An earlier date stands
    first; of two on the same day the more precise one comes later.
    """
    dates = {a.document: a.dates for a in dossier.annotations}
    entries = []
    for number, finding in enumerate(findings, start=1):
        when: defaultdict[str, set[Span]] = defaultdict(set)
        for span in finding.evidence:
            for date in _dates_in(dates.get(span.document, ()), span):
                when[date.value].add(span)
        entries += [
            TimelineEntry(value, _PRECISIONS[len(value)], f"{dossier.story.id}-p{number}", tuple(sorted(spans)))
            for value, spans in when.items()
        ]
    return tuple(sorted(entries, key=lambda e: (e.when, int(e.point.rpartition("-p")[2]), e.spans)))


def _dates_in(dates: Iterable[PartialDate], span: Span) -> Iterable[PartialDate]:
    """Yield the resolved points in time inside a span."""
    for date in dates:
        resolved = date.kind in ("date", "time") and date.relative is None and _RESOLVED.fullmatch(date.value)
        if resolved and span.covers(date.span):
            yield date
