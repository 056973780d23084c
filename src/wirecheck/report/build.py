"""Put together what only the whole story shows: the timeline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, PartialDate, Precision, Span, TimelineEntry
from wirecheck.text.zones import to_utc

_RESOLVED = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d([+-]\d\d:\d\d)?)?)?)?)?")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 13: "hour", 16: "minute"}


def build_timeline(dossier: Dossier, findings: Sequence[Finding]) -> tuple[TimelineEntry, ...]:
    """Return what happened when, sorted by time; of one time, what more documents date stands first.

    An entry rests on the words of findings that hold a date. Findings that give the same time by words which overlap
    are one entry, under the first of them. Dates that could not be resolved, and durations, have no place on a line and
    are left out.
    """
    dates = {a.document: a.dates for a in dossier.annotations}
    entries: list[tuple[str, int, set[Span]]] = []
    for number, finding in enumerate(findings, start=1):
        when: defaultdict[str, set[Span]] = defaultdict(set)
        for span in finding.evidence:
            for date in _dates_in(dates.get(span.document, ()), span):
                when[date.value].add(span)
        for value, spans in sorted(when.items()):
            for entry in entries:
                if entry[0] == value and _overlap(entry[2], spans):
                    entry[2].update(spans)
                    break
            else:
                entries.append((value, number, spans))
    return tuple(
        TimelineEntry(value, _PRECISIONS[min(len(value), 16)], f"{dossier.story.id}-p{number}", _outermost(spans))
        for value, number, spans in sorted(
            entries, key=lambda e: (to_utc(e[0]), -len({s.document for s in e[2]}), e[1])
        )
    )


def _overlap(left: Iterable[Span], right: Iterable[Span]) -> bool:
    right = tuple(right)
    return any(a.overlap(b) for a in left for b in right)


def _outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans that lie in no other one, sorted."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.document, s.start, -s.end)):
        if not kept or not kept[-1].covers(span):
            kept.append(span)
    return tuple(kept)


def _dates_in(dates: Iterable[PartialDate], span: Span) -> Iterable[PartialDate]:
    """Yield the resolved points in time inside a span."""
    for date in dates:
        resolved = date.kind in ("date", "time") and date.relative is None and _RESOLVED.fullmatch(date.value)
        if resolved and span.covers(date.span):
            yield date
