"""The quote groups of a story: by utterance, one for each thing that happened to its words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from wirecheck.comparison.story import Compared, compare_sentences
from wirecheck.graph import find_components
from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation, QuoteGroup, QuoteRelation, WordDifference
from wirecheck.points.beside import find_beside
from wirecheck.points.paraphrase import Paraphrase, find_paraphrases
from wirecheck.points.quotations.links import find_links
from wirecheck.points.quotations.pairs import Pair, compare_documents, list_telling, span_of_words
from wirecheck.points.quotations.reasons import explain_relation, explain_retelling
from wirecheck.points.quotations.retelling import list_anchors, list_unmarked, quotes_too, without_retold
from wirecheck.points.quotations.runs import list_runs

_RANK: dict[QuoteRelation, int] = {
    "altered": 0,
    "spliced": 1,
    "trimmed": 2,
    "paraphrased": 3,
    "verbatim": 4,
    "single": 5,
}


class _Draft(NamedTuple):
    utterance: tuple[int, ...]
    """Numbers of the runs of the utterance."""
    relation: QuoteRelation
    quotations: tuple[Quotation, ...]
    reason: str
    differences: tuple[WordDifference, ...] = ()


def group_quotations(dossier: Dossier, compared: Compared | None = None) -> tuple[QuoteGroup, ...]:
    """Return the quote groups of a story: by utterance, one group for each relation.

    Every direct and mixed quotation is in a group, "single" where no other document has it; indirect ones only where
    they paraphrase a quotation in marks of another document. `compared` is what the judge says of its sentences;
    without, it is asked.
    """
    return group_retellings(dossier, compared)[0]


def group_retellings(
    dossier: Dossier, compared: Compared | None = None
) -> tuple[tuple[QuoteGroup, ...], tuple[Paraphrase, ...]]:
    """Return the quote groups of a story, and the parts of quotations that those of paraphrases rest on."""
    kept: list[Paraphrase] = []
    runs = list_runs(dossier)
    links = find_links(dossier, runs)
    utterances = [tuple(part) for part in find_components(len(runs), links)]
    paraphrases = find_paraphrases(compared if compared is not None else compare_sentences(dossier))
    by_quotation: dict[str, list[Paraphrase]] = defaultdict(list)
    for paraphrase in paraphrases:
        by_quotation[paraphrase.direct.id].append(paraphrase)
    beside = find_beside(dossier, list(list_anchors(runs, links)))
    beside_in: dict[str, list[int]] = defaultdict(list)
    for number, paraphrase in enumerate(beside):
        beside_in[paraphrase.direct_part.document].append(number)
    unmarked = cache(lambda: list_unmarked(dossier))
    drafts: list[_Draft] = []
    grouped: set[str] = set()
    spoken: set[tuple[str, ...]] = set()
    for utterance in utterances:
        members = without_retold([runs[i] for i in utterance], by_quotation, unmarked)
        pairs = list(compare_documents(dossier, members, links))
        for relation, of in _by_relation(pairs):
            quotations = _ordered(dossier, (r.quotation for pair in of for r in pair.runs))
            differences = (
                tuple(d for pair in list_telling(of) for d in _differences(pair)) if relation != "verbatim" else ()
            )
            drafts.append(_Draft(utterance, relation, quotations, explain_relation(dossier, relation, of), differences))
            grouped.update(q.id for q in quotations)
        told = {
            p.indirect.id: p
            for r in members
            for p in by_quotation.get(r.quotation.id, ())
            if r.span.covers(p.direct_part)
        }
        # A document that quotes the words and retells them as well tells its reader nothing else by that.
        retold = [p for p in told.values() if not quotes_too(p, members, links)]
        direct = [r.quotation for r in members] if retold else []
        for number in sorted({n for r in members for n in beside_in.get(r.span.document, ())}):
            paraphrase = beside[number]
            if any(r.span.covers(paraphrase.direct_part) for r in members):
                retold.append(paraphrase)
                direct.append(paraphrase.direct)
        kept += retold
        if retold:
            indirect = [p.indirect for p in retold]
            quotations = _ordered(dossier, [*direct, *indirect])
            key = tuple(q.id for q in quotations)
            if key not in spoken:
                spoken.add(key)
                reason = explain_retelling(dossier, direct, retold)
                drafts.append(_Draft(utterance, "paraphrased", quotations, reason))
                grouped.update(q.id for q in direct)
                grouped.update(q.id for q in indirect if q.kind != "indirect")
    drafts = _merge_equal(drafts)
    alone = defaultdict(list)
    place = {number: at for at, utterance in enumerate(utterances) for number in utterance}
    for run in runs:
        if run.quotation.id not in grouped:
            alone[place[run.number]].append(run)
    seen: set[str] = set()
    for index in sorted(alone):
        quotations = _ordered(dossier, (r.quotation for r in alone[index] if r.quotation.id not in seen))
        if quotations:
            seen.update(q.id for q in quotations)
            reason = f"Only {dossier.shown(quotations[0].document)} has this quotation."
            drafts.append(_Draft(utterances[index], "single", quotations, reason))
    return _number(dossier, drafts), tuple(kept)


def _by_relation(pairs: Sequence[Pair]) -> Iterator[tuple[QuoteRelation, list[Pair]]]:
    """Yield each relation of an utterance with its pairs: verbatim once for each wording, the others once."""
    verbatim = [p for p in pairs if p.relation == "verbatim"]
    numbers = sorted({r.number for p in verbatim for r in p.runs})
    at = {n: i for i, n in enumerate(numbers)}
    edges = [(at[p.runs[0].number], at[r.number]) for p in verbatim for r in p.runs[1:]]
    for component in find_components(len(numbers), edges):
        inside = {numbers[i] for i in component}
        yield "verbatim", [p for p in verbatim if p.runs[0].number in inside]
    relations: tuple[QuoteRelation, ...] = ("trimmed", "altered", "spliced")
    for relation in relations:
        of = [p for p in pairs if p.relation == relation]
        if of:
            yield relation, of


def _differences(pair: Pair) -> Iterator[WordDifference]:
    for step in pair.comparison.differences:
        one = span_of_words(pair.left, pair.left_words, step.left, step.left_end) if step.left < step.left_end else None
        other = (
            span_of_words(pair.right, pair.right_words, step.right, step.right_end)
            if step.right < step.right_end
            else None
        )
        yield WordDifference(step.kind, one, other)  # type: ignore[arg-type]


def _ordered(dossier: Dossier, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    order = {d.id: i for i, d in enumerate(dossier.documents)}
    unique = {q.id: q for q in quotations}
    return tuple(sorted(unique.values(), key=lambda q: (order[q.document], q.whole.start, q.whole.end, q.id)))


def _merge_equal(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Join drafts of one relation over the same quotations: the parts of one split quotation are told once."""
    merged: dict[tuple[QuoteRelation, tuple[str, ...]], _Draft] = {}
    for draft in drafts:
        key = (draft.relation, tuple(q.id for q in draft.quotations))
        old = merged.get(key)
        if old is None:
            merged[key] = draft
            continue
        reason = old.reason
        if draft.relation not in ("verbatim", "paraphrased") and draft.reason != reason:
            reason = f"{reason[:-1]}; {draft.reason}"
        merged[key] = old._replace(reason=reason, differences=old.differences + draft.differences)
    return list(merged.values())


def _number(dossier: Dossier, drafts: Iterable[_Draft]) -> tuple[QuoteGroup, ...]:
    from wirecheck.lineage import count_origins

    order = {d.id: i for i, d in enumerate(dossier.documents)}
    ordered = sorted(
        drafts,
        key=lambda d: (
            d.utterance,
            _RANK[d.relation],
            [(order[q.document], q.whole.start, q.whole.end) for q in d.quotations],
        ),
    )
    utterances: dict[tuple[int, ...], str] = {}
    groups: list[QuoteGroup] = []
    for utterance, relation, quotations, reason, differences in ordered:
        name = utterances.setdefault(utterance, f"{dossier.story.id}-u{len(utterances) + 1}")
        documents = sorted({q.document for q in quotations}, key=lambda d: order[d])
        speakers = Counter(q.speaker for q in quotations if q.speaker is not None)
        speaker = min(speakers, key=lambda s: (-speakers[s], s)) if speakers else None
        spans = tuple(c for q in quotations for c in q.contents)
        groups.append(
            QuoteGroup(
                id=f"{dossier.story.id}-g{len(groups) + 1}",
                relation=relation,
                quotations=tuple(q.id for q in quotations),
                utterance=name,
                reason=reason,
                speaker=speaker,
                differences=differences,
                origins=count_origins(dossier, documents, spans),
            )
        )
    return tuple(groups)
