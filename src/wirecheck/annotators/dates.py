"""Partial dates: what the article says of when, resolved against the date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from wirecheck.annotators import Annotator
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Document, PartialDate
from wirecheck.text.dates import find_dates, parse_anchor, precision_of
from wirecheck.text.zones import drop_offset

# A line that is nothing but a date, or a dateline with one, near the top or in the furniture, dates the article when
# its reader knows no date of publication. A date inside a sentence does not: it dates what is told.
_LINE_LENGTH = 60


def find(reading: Reading, found: Annotations) -> Iterator[PartialDate]:
    """Yield the dates, times, durations and sets of the article; words such as "recently" that resolve to nothing
    are left out.
    """
    document = reading.document
    anchor = find_anchor(document)
    for expression in find_dates(document.text, anchor):
        if reading.sentence_at(expression.start) is None or expression.value.endswith("_REF"):
            continue
        yield PartialDate(
            span=reading.span(expression.start, expression.end),
            kind=expression.kind,
            value=expression.value,
            precision=precision_of(expression.value),
            relative=expression.relative,
            modifier=expression.modifier,
            offset_min=expression.offset_min,
            is_local=expression.is_local,
        )


def find_anchor(document: Document) -> datetime | None:
    """Return the moment against which relative dates of a document resolve, or None.

    The date of publication, else of change, else one that stands alone on a line of the article's head or its
    furniture.
    """
    for known in (document.published, document.modified):
        anchor = parse_anchor(known)
        if anchor is not None:
            return anchor
    lines = []
    place = 0
    for number, line in enumerate(document.text.split("\n")):
        start = place
        place += len(line) + 1
        if len(line.strip()) <= _LINE_LENGTH and (number < 12 or document.is_furniture(start, place)):
            lines.append(line)
    for line in lines:
        for expression in find_dates(line):
            whole = re.fullmatch(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d)?", drop_offset(expression.value))
            rest = re.sub(r"[^\w]", "", line[: expression.start] + line[expression.end :])
            if whole is not None and len(rest) <= 24:
                return parse_anchor(expression.value)
    return None


ANNOTATOR = Annotator(
    name="dates",
    version=6,
    kind="dates",
    summary="Dates, times, durations and sets, resolved against the date of publication.",
    order=10,
    find=find,
)
