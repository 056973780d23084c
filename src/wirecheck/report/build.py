"""Put together what only the whole story shows: the timeline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, PartialDate, Precision, Span, TimelineEntry
from wirecheck.places import Places
from wirecheck.text.zones import to_utc

_RESOLVED = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d([+-]\d\d:\d\d)?)?)?)?)?")
_PRECISIONS: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 13: "hour", 16: "minute"}


def build_timeline(dossier: Dossier, findings: Sequence[Finding]) -> tuple[TimelineEntry, ...]:
    """Return what happened when, sorted by time; of one time, what more documents date stands first.

    An entry rests on the words of findings that hold a date. Findings that give the same time by words which overlap
    are one entry, under the first of them. Dates that could not be resolved, and durations, have no place on a line and
    are left out.
    """
    dates = {
        a.document: Places([d for d in a.dates if _is_resolved(d)], lambda d: (d.span.start, d.span.end))
        for a in dossier.annotations
    }
    entries: list[tuple[str, int, set[Span]]] = []
    # Of each time, the spans of its entries by document, with the place of their entry.
    taken: defaultdict[tuple[str, str], list[tuple[int, Span]]] = defaultdict(list)
    for number, finding in enumerate(findings, start=1):
        when: defaultdict[str, set[Span]] = defaultdict(set)
        for span in finding.evidence:
            if span.document in dates:
                for date in dates[span.document].starting_in(span.start, span.end + 1):
                    if span.covers(date.span):
                        when[date.value].add(span)
        for value, spans in sorted(when.items()):
            met = [at for s in spans for at, other in taken[value, s.document] if s.overlap(other)]
            at = min(met, default=len(entries))
            if at == len(entries):
                entries.append((value, number, set()))
            for span in spans - entries[at][2]:
                taken[value, span.document].append((at, span))
            entries[at][2].update(spans)
    return tuple(
        TimelineEntry(value, _PRECISIONS[min(len(value), 16)], f"{dossier.story.id}-p{number}", _outermost(spans))
        for value, number, spans in sorted(
            entries, key=lambda e: (to_utc(e[0]), -len({s.document for s in e[2]}), e[1])
        )
    )


def _outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans that lie in no other one, sorted."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.document, s.start, -s.end)):
        if not kept or not kept[-1].covers(span):
            kept.append(span)
    return tuple(kept)


def _is_resolved(date: PartialDate) -> bool:
    """Return whether a date is a point in time."""
    return date.kind in ("date", "time") and date.relative is None and _RESOLVED.fullmatch(date.value) is not None
