"""Credits and lineage: who names whom, who has it from whom, and which passages are shared."""

from __future__ import annotations

from wirecheck.model import Credit, Lineage, Reuse
from wirecheck.report.rows import Context, Evidence, Note, Part, Row, count_of
from wirecheck.report.sections import Section

_RELATIONS = {
    "version": "New version",
    "reprint": "Reprint",
    "rewrite": "Rewrite",
    "credit": "Credit",
    "common-source": "Common source",
}


def build(context: Context) -> tuple[Part, ...]:
    assert context.story is not None
    story = context.story
    prefix = story.story.id
    credited_words = {c.span for c in story.credits}
    lineage = tuple(
        _lineage_row(context, f"{prefix}-l{n}", x)
        for n, x in enumerate(story.lineage, start=1)
        # A credit to a text that is not here, resting on the words of a credit, is told once: below, under "Credits".
        if x.relation != "credit" or x.source_is_document or not credited_words.issuperset(x.evidence)
    )
    by_name: dict[tuple[str, str], list[Credit]] = {}
    for credit in story.credits:
        by_name.setdefault((credit.credited, credit.kind), []).append(credit)
    credited = tuple(
        _credit_row(context, f"{prefix}-c{n}", name, kind, many)
        for n, ((name, kind), many) in enumerate(sorted(by_name.items()), start=1)
    )
    reuse = tuple(_reuse_row(context, f"{prefix}-r{n}", r) for n, r in enumerate(story.reuse, start=1) if r.passages)
    parts = (
        Part("Who has it from whom", lineage, shown=10, labelled=True),
        Part("Credits", credited, shown=10, layout="compact"),
        Part("Shared passages", reuse, "Runs of words that two documents have in common.", shown=5, layout="brief"),
    )
    return tuple(p for p in parts if p.rows)


def _lineage_row(context: Context, id: str, lineage: Lineage) -> Row:
    documents = {s.document for s in lineage.evidence} | {lineage.to}
    if lineage.source_is_document:
        documents.add(lineage.source)
    return Row(
        id=id,
        label=_RELATIONS[lineage.relation],
        tone="plain",
        sentence=lineage.reason,
        evidence=(Evidence("", context.show(lineage.evidence)),),
        documents=context.sort(documents),
    )


def _credit_row(context: Context, id: str, name: str, kind: str, credits: list[Credit]) -> Row:
    documents = context.sort(c.span.document for c in credits)
    return Row(
        id=id,
        label="",
        tone="plain",
        sentence=f"{name} ({kind}), credited by {context.names(documents)}",
        evidence=(Evidence("", context.show(c.span for c in credits)),),
        documents=documents,
    )


def _reuse_row(context: Context, id: str, reuse: Reuse) -> Row:
    left, right = context.shown(reuse.left), context.shown(reuse.right)
    passages = count_of(len(reuse.passages), "passage")
    shares = f"{reuse.left_share:.0%} of {left}, {reuse.right_share:.0%} of {right}"
    quoted = sum(p.quoted for p in reuse.passages)
    notes = (Note(f"{quoted} of them inside quotation marks on both sides: shared speech."),) if quoted else ()
    return Row(
        id=id,
        label="",
        tone="plain",
        sentence=f"{left} and {right} share {passages}: {shares}.",
        evidence=(Evidence("", context.show(s for p in reuse.passages for s in (p.left, p.right))),),
        notes=notes,
        documents=context.sort((reuse.left, reuse.right)),
    )


SECTION = Section(
    name="lineage",
    version=1,
    title="Credits and lineage",
    summary="who names whom, who has it from whom, and which passages are shared",
    order=80,
    build=build,
)
