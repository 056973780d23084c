"""Quotations: what happened to each utterance on its way, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from wirecheck.model import Quotation, QuoteGroup, Span
from wirecheck.report.json import qualify
from wirecheck.report.rows import Context, Evidence, Mark, MarkKind, Note, Part, Row, Tone, Words
from wirecheck.report.sections import Section
from wirecheck.report.sections._points import list_origin_notes

# What an editor wants first: an utterance in several relations is shown under the first of them.
_ORDER = ("altered", "spliced", "paraphrased", "trimmed", "verbatim", "single")
_LABELS = {
    "altered": "Altered",
    "spliced": "Spliced",
    "paraphrased": "Paraphrased",
    "trimmed": "Trimmed",
    "verbatim": "Verbatim",
    "single": "Only one",
}
_TONES: dict[str, Tone] = {
    "altered": "conflict",
    "spliced": "conflict",
    "paraphrased": "differ",
    "trimmed": "differ",
    "verbatim": "agree",
    "single": "single",
}

SAID_BY = "Said by"
_WORD = re.compile(r"\w+")
# Words in a row that two forms of an utterance share by more than chance.
_RUN = 4
_NOTE = "Marked words differ from another form of the utterance; capitals and end marks do not count."


def build(context: Context) -> tuple[Part, ...]:
    assert context.story is not None
    rows = [row for _, row in list_utterances(context)]
    grouped = {q for g in context.story.quote_groups for q in g.quotations}
    several = tuple(r for r in rows if r.verdict != "single")
    alone = tuple(r for r in rows if r.verdict == "single")
    reported = tuple(_quotation_row(context, q) for q in context.story.quotations if q.id not in grouped)
    parts = (
        Part("", several, _NOTE if several else "", shown=12, labelled=True),
        Part("Quoted by one document only", alone, shown=6, layout="compact"),
        Part("Reported speech", reported, "Attributed without quotation marks.", shown=0, layout="compact"),
    )
    return tuple(p for p in parts if p.rows)


def list_utterances(context: Context) -> tuple[tuple[tuple[QuoteGroup, ...], Row], ...]:
    """Return the groups of each utterance of a story with the row that shows them, the most telling relation first."""
    assert context.story is not None
    utterances: dict[str, list[QuoteGroup]] = {}
    for group in context.story.quote_groups:
        utterances.setdefault(group.utterance, []).append(group)
    rows = [(tuple(groups), _utterance_row(context, groups)) for groups in utterances.values()]
    # Stable: within a relation, the order of the report.
    return tuple(sorted(rows, key=lambda r: _ORDER.index(r[1].verdict)))


def _utterance_row(context: Context, groups: list[QuoteGroup]) -> Row:
    """Return all relations of one utterance as a row under the most telling one."""
    assert context.story is not None
    if len(groups) == 1 and groups[0].relation == "single":
        return _single_row(context, groups[0])
    groups = sorted(groups, key=lambda g: (_ORDER.index(g.relation), -len(g.quotations)))
    first = groups[0]
    quotations = [*_list_quotations(context, groups[:1]), *_list_quotations(context, groups[1:])]
    quotations = list({q.id: q for q in quotations}.values())
    marks = _list_marks(d for g in groups for d in ((x.kind, x.left, x.right) for x in g.differences))
    marks = _spread(context, marks, quotations)
    speaker = context.actor(first.speaker)
    name = speaker.name if speaker is not None else next(filter(None, map(context.speaker, quotations)), None)
    notes = [Note(f"{SAID_BY} {name}." if name is not None else _open(quotations))]
    told = dict.fromkeys((g.relation, g.reason) for g in groups)
    notes += [Note(f"{_LABELS[relation]}: {reason}") for relation, reason in list(told)[1:]]
    documents = context.sort(q.document for q in quotations)
    notes += list_origin_notes(context, first.origins, documents)
    return Row(
        id=qualify(context.story, first.utterance),
        label=_LABELS[first.relation],
        tone=_TONES[first.relation],
        sentence=first.reason,
        evidence=(Evidence("", tuple(_show_parts(context, quotations, marks))),),
        notes=tuple(notes),
        documents=documents,
        verdict=first.relation,
    )


def _single_row(context: Context, group: QuoteGroup) -> Row:
    """Return a quotation of one document as a row that begins with who said it."""
    assert context.story is not None
    quotations = _list_quotations(context, [group])
    name = next(filter(None, map(context.speaker, quotations)), None)
    documents = context.sort(q.document for q in quotations)
    who = name if name is not None else _open(quotations).rstrip(".")
    return Row(
        id=qualify(context.story, group.utterance),
        label=_LABELS["single"],
        tone=_TONES["single"],
        sentence=f"{who}; in {context.names(documents)} only",
        evidence=(Evidence("", tuple(w for q in quotations for w in _show(context, q))),),
        documents=documents,
        verdict="single",
    )


def _list_quotations(context: Context, groups: Iterable[QuoteGroup]) -> list[Quotation]:
    found = {i: context.quotation(i) for g in groups for i in g.quotations}
    return sorted((q for q in found.values() if q is not None), key=lambda q: (context.place(q.contents[0]), q.id))


def _list_marks(differences: Iterable[tuple[MarkKind, Span | None, Span | None]]) -> tuple[Mark, ...]:
    """Return what differs in both forms: left words as dropped, right ones as inserted, moved ones as reordered."""
    marks: set[Mark] = set()
    for kind, left, right in differences:
        if left is not None:
            marks.add(Mark(left, "reordered" if kind == "reordered" else "dropped"))
        if right is not None:
            marks.add(Mark(right, "reordered" if kind == "reordered" else "inserted"))
    return tuple(sorted(marks))


def _spread(context: Context, marks: tuple[Mark, ...], quotations: Iterable[Quotation]) -> tuple[Mark, ...]:
    """Return marks with those of a form repeated in every document that has exactly the same form."""
    contents = [s for q in quotations for s in q.contents]
    marks_in: dict[str, list[Mark]] = {}
    for mark in marks:
        marks_in.setdefault(mark.span.document, []).append(mark)
    forms: dict[str, set[tuple[int, int, MarkKind]]] = {}
    for span in contents:
        own = marks_in.get(span.document, ())
        inside = {(m.span.start - span.start, m.span.length, m.kind) for m in own if span.covers(m.span)}
        forms.setdefault(context.words(span), set()).update(inside)
    return tuple(
        sorted(
            Mark(Span(span.document, span.start + at, span.start + at + length), kind)
            for span in contents
            for at, length, kind in forms[context.words(span)]
        )
    )


def _show_parts(context: Context, quotations: Sequence[Quotation], marks: Iterable[Mark]) -> Iterator[Words]:
    """Yield the parts of each quotation that other documents have too, so that the row shows what it is about.

    A part that shares a run of `_RUN` words with another document's form, or that differs in marked words, is shown;
    where no part does, those that share the most words; where none shares any, all of them.
    """
    marks_in: dict[str, list[Mark]] = {}
    for mark in marks:
        marks_in.setdefault(mark.span.document, []).append(mark)
    forms = [(q.document, _fold(context.words(s))) for q in quotations for s in q.contents]
    having: dict[tuple[str, ...], set[str]] = {}
    for document, words in forms:
        for run in _list_runs(words):
            having.setdefault(run, set()).add(document)
    for quotation in quotations:
        own_marks = marks_in.get(quotation.document, [])
        if len(quotation.contents) == 1:
            yield from _show(context, quotation, own_marks)
            continue
        own = {span: _fold(context.words(span)) for span in quotation.contents}
        kept = [
            span
            for span, words in own.items()
            if any(having[run] - {quotation.document} for run in _list_runs(words))
            or any(span.covers(m.span) and m.span != span for m in own_marks)
        ]
        if not kept:
            others = {w for document, words in forms if document != quotation.document for w in words}
            shared = {span: len(set(words) & others) for span, words in own.items()}
            kept = [span for span in own if shared[span] == max(shared.values())]
        note = "reported, not quoted directly" if quotation.kind == "indirect" else ""
        yield from context.show(kept, own_marks, note)


def _fold(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _list_runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(_RUN)), strict=False)


def _show(context: Context, quotation: Quotation, marks: Iterable[Mark] = ()) -> tuple[Words, ...]:
    note = "reported, not quoted directly" if quotation.kind == "indirect" else ""
    return context.show(quotation.contents, marks, note)


def _open(quotations: Iterable[Quotation]) -> str:
    names = sorted({c for q in quotations for c in q.candidates})
    return f"Who said it is open: {' or '.join(names)}." if names else "Who said it is not stated."


def _quotation_row(context: Context, quotation: Quotation) -> Row:
    assert context.story is not None
    name = context.speaker(quotation)
    publisher = context.shown(quotation.document)
    return Row(
        id=f"q-{quotation.id}",
        label="",
        tone="plain",
        sentence=f"{name}; in {publisher}" if name is not None else f"{_open([quotation])[:-1]}; in {publisher}",
        evidence=(Evidence("", _show(context, quotation)),),
        documents=(quotation.document,),
    )


SECTION = Section(
    name="quotations",
    version=1,
    title="Quotations",
    summary="what happened to each utterance: verbatim, trimmed, altered, spliced, paraphrased; word by word",
    order=30,
    build=build,
)
