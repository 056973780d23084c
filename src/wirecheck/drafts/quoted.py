"""What stands between quotation marks in a draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wirecheck.drafts.case import Case
from wirecheck.model import Backing, DraftItem, Quotation, Span
from wirecheck.places import Places
from wirecheck.text.alignment import Word, list_words


@dataclass(frozen=True)
class Quoted:
    """A run of marks of the draft: its words, cut where an ellipsis or an editor's brackets part them."""

    span: Span
    quotation: Quotation | None
    words: tuple[Word, ...]
    pieces: tuple[tuple[Word, ...], ...]
    beside: str
    """The words of its sentence outside the marks."""


def list_quoted(case: Case) -> list[Quoted]:
    """Return the runs of marks of a draft by place: its quotations, and what else stands in marks."""
    spans: dict[Span, Quotation | None] = {}
    for quotation in case.dossier.annotations_of(case.draft.id).quotations:
        if quotation.kind != "indirect":
            spans.update(dict.fromkeys(quotation.contents, quotation))
    known = Places(sorted(spans), lambda s: (s.start, s.end))
    for run in case.own_words.runs:
        if not any(known.touching(run.start, run.end)):
            spans[case.draft.span(run.start, run.end)] = None
    found = (_read_quoted(case, span, quotation) for span, quotation in sorted(spans.items()))
    return [q for q in found if q.words]


def _read_quoted(case: Case, span: Span, quotation: Quotation | None) -> Quoted:
    text = case.draft.text
    words = tuple(_join_letters(list_words(text, span.start, span.end)))
    pieces: list[list[Word]] = [[]]
    for word in words:
        if word.bracketed or word.after_cut:
            pieces.append([])
        if not word.bracketed:
            pieces[-1].append(word)
    beside = " ".join(f"{text[s.start : span.start]} {text[span.end : s.end]}" for s in case.sentences(span))
    return Quoted(span, quotation, words, tuple(tuple(p) for p in pieces if p), beside)


def _join_letters(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words with a letter in brackets put to its word: "[w]e" is "we"."""
    held: Word | None = None
    for word in words:
        if held is not None and word.start == held.end + 1 and not word.bracketed:
            yield replace(held, end=word.end, key=held.key + word.key, bracketed=False)
            held = None
            continue
        if held is not None:
            yield held
        held = word if word.bracketed and word.end - word.start == 1 else None
        if held is None:
            yield word
    if held is not None:
        yield held


def tell_paraphrased(case: Case, span: Span, places: Sequence[Span], *, same_words: bool = False) -> DraftItem:
    """Return the item of words in marks that sources tell without them."""
    documents = sorted({p.document for p in places})
    names, one = case.name(documents), len(documents) == 1
    if same_words:
        reason = f"{names} {'has' if one else 'have'} these words, but not in quotation marks."
    else:
        reason = f"{names} {'tells' if one else 'tell'} this without quotation marks: “{case.words(places[0])}”."
    return DraftItem("quotation", span, "paraphrased", reason, look=True, sources=tuple(Backing(p) for p in places))
