"""What documents of a story say of traced words in other words, as the comparison of its quotations finds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from wirecheck.archive.appearances import Appearance, Asked, compare_words, list_paragraphs
from wirecheck.model import Document, Quotation, QuoteGroup, Span
from wirecheck.points.beside import split_clauses
from wirecheck.points.paraphrase import Paraphrase
from wirecheck.text.alignment import list_words
from wirecheck.text.sentences import split_sentences

# Cosine of sentence embeddings (all-MiniLM-L6-v2) from which on a sentence says the same.
LIKENESS = 0.6
# The same where a comparison of the story has found one utterance: it may be another sentence of it.
_LIKENESS_RETOLD = 0.5
# Letters of a word that another one begins with, both of one root ("illusion", "illusionary"), and words of a fragment.
# Of such pairs of one speaker in 136 stories of AllSides and ECB+ there are four, all of one matter.
_ROOT, _FRAGMENT = 7, 5
# Documents of a story that are compared, those with the words first.
_MOST_OF_STORY = 12


def list_retold(story: Sequence[Document], sure: Sequence[Appearance], asked: Asked) -> list[Appearance]:
    """Return the quotations that a comparison of the story's documents finds to be one utterance with what is found."""
    held = {a.document.id for a in sure}
    chosen = sorted(story, key=lambda d: (d.id not in held, d.published or "9999", d.id))[:_MOST_OF_STORY]
    if len(chosen) < 2:
        return []
    quotations, groups, retellings = _compare_quotations(tuple(sorted(chosen, key=lambda d: (d.name, d.id))))
    ours = [q for q in quotations if any(_touch(c, a.span) for c in q.contents for a in sure)]
    if not ours:
        return []
    by_quotation = {q.id: q for q in quotations}
    by_id = {d.id: d for d in chosen}
    beside = [
        by_id[part.document].words(part)
        for q in ours
        for part in _list_sentences_in(by_id[q.document], q.contents)
        if not any(_touch(part, a.span) for a in sure)
    ]
    kinds = {q.id: q.kind == "indirect" for q in ours}
    wanted: dict[str, float] = {}
    for group in groups:
        told = {kinds[q] for q in group.quotations if q in kinds}
        if group.relation == "paraphrased" and told:
            for ident in group.quotations:
                is_indirect = by_quotation[ident].kind == "indirect"
                if told == {False} and not is_indirect:
                    continue  # what else was said with it; its own forms are found by their words
                wanted[ident] = _LIKENESS_RETOLD if told != {is_indirect} else LIKENESS
    found = []
    told_in: set[str] = set()
    for retelling in retellings:
        for here, there, other in (
            (retelling.direct_part, retelling.indirect_part, retelling.indirect),
            (retelling.indirect_part, retelling.direct_part, retelling.direct),
        ):
            # Of what is retold at least half must be what was asked for.
            if any(meet(here, a.span) and 2 * here.overlap(a.span) >= here.length for a in sure):
                told_in.add(other.id)
                whole = [p for p in _list_parts(by_id[there.document], other.contents) if p.covers(there)]
                shown = min(whole, key=lambda p: p.length, default=there)
                found.append(_show_retold(by_id[there.document], shown, asked))
    for quotation, part in _list_akin(by_id, quotations, ours, sure, asked):
        told_in.add(quotation.id)
        found.append(_show_retold(by_id[part.document], part, asked))
    for ident, least in sorted(wanted.items()):
        if ident in told_in:
            continue
        document = by_id[by_quotation[ident].document]
        parts = _list_parts(document, by_quotation[ident].contents)
        likeness = measure_likeness([document.words(p) for p in parts], [asked.words, *beside])
        # Of what is quoted the sentence that is nearest, and only where no other sentence said with it is nearer.
        best = max(range(len(parts)), key=lambda n: (likeness[n][0], -n), default=None)
        if best is None or likeness[best][0] < max(least, *likeness[best]):
            continue
        found.append(_show_retold(document, parts[best], asked))
    return list({a.span: a for a in found}.values())


def _list_akin(
    by_id: dict[str, Document],
    quotations: Sequence[Quotation],
    ours: Sequence[Quotation],
    sure: Sequence[Appearance],
    asked: Asked,
) -> Iterator[tuple[Quotation, Span]]:
    """Yield what the same person says in marks elsewhere with a word of the same root, where one of both is a fragment.

    “A reckless plan” in one report is “it was recklessness” in another.
    """
    speakers = {q.speaker for q in ours if q.kind != "indirect" and q.speaker is not None}
    held = {a.document.id for a in sure}
    roots = {w.key for w in asked.list if w.is_content and len(w.key) >= _ROOT and asked.words[w.start].islower()}
    for quotation in quotations:
        if quotation.kind == "indirect" or quotation.speaker not in speakers or quotation.document in held:
            continue
        document = by_id[quotation.document]
        for part in _list_sentences_in(document, quotation.contents):
            words = list_words(document.text, part.start, part.end)
            if min(len(words), len(asked.list)) <= _FRAGMENT and any(
                w.is_content and len(w.key) >= _ROOT and _are_akin(w.key, root) for w in words for root in sorted(roots)
            ):
                yield quotation, part


def _are_akin(left: str, right: str) -> bool:
    return left != right and (left.startswith(right) or right.startswith(left))


def _show_retold(document: Document, part: Span, asked: Asked) -> Appearance:
    here = list_words(document.text, part.start, part.end)
    _, changes = compare_words(document, asked, here)
    share = round((asked.count(here) & asked.stems).total() / asked.total, 4)
    return Appearance(document, document.span(here[0].start, here[-1].end), "reworded", share, changes)


def _list_parts(document: Document, contents: Sequence[Span]) -> list[Span]:
    """Return the sentences of what is quoted, and the clauses of each."""
    sentences = list(_list_sentences_in(document, contents))
    clauses = [Span(document.id, *c) for s in sentences for c in split_clauses(document.text, s.start, s.end)]
    return [p for p in dict.fromkeys([*sentences, *clauses]) if list_words(document.text, p.start, p.end)]


def _list_sentences_in(document: Document, contents: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences of what is quoted, each as far as it is quoted."""
    for sentence in split_sentences(document, list_paragraphs(document)):
        for content in contents:
            start, end = max(sentence.start, content.start), min(sentence.end, content.end)
            if start < end:
                yield Span(document.id, start, end)


@lru_cache(maxsize=2)
def _compare_quotations(
    documents: tuple[Document, ...],
) -> tuple[tuple[Quotation, ...], tuple[QuoteGroup, ...], tuple[Paraphrase, ...]]:
    from wirecheck.pipeline import compare_quotations

    return compare_quotations(documents)


def measure_likeness(texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """Return for each text how near its meaning is to each of the others, at most 1."""
    if not texts:
        return []
    import numpy as np

    from wirecheck.language import embed

    vectors = embed([*texts, *others])
    found: list[list[float]] = (np.array(vectors[: len(texts)]) @ np.array(vectors[len(texts) :]).T).tolist()
    return found


def meet(left: Span, right: Span) -> bool:
    return left.document == right.document and left.overlap(right) > 0


def _touch(left: Span, right: Span) -> bool:
    return left.document == right.document and 2 * left.overlap(right) >= min(left.length, right.length)
