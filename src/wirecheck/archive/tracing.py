"""Tracing words: every appearance of a quotation or passage in an archive, verbatim or changed, in order of time.

Long runs of the words tell by themselves. A short piece of them tells where it stands in quotation marks, or means the
same, in a report of one event with another that has the very words. What such a report says in other words is asked of
the comparison of quotations that a report of the story rests on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from wirecheck.archive.searching import fold_marks, list_newest
from wirecheck.errors import UsageError
from wirecheck.lineage import derive_documents
from wirecheck.lineage.credits import read_credits
from wirecheck.lineage.derivation import Derivation
from wirecheck.lineage.publishers import names_publisher
from wirecheck.model import Document, Quotation, QuoteGroup, Span
from wirecheck.points.beside import split_clauses
from wirecheck.points.paraphrase import Paraphrase
from wirecheck.points.wording import stem_word
from wirecheck.progress import track
from wirecheck.reuse import compare_reuse, fingerprint, list_article_words, reuse_candidates
from wirecheck.store import Store
from wirecheck.stories import group_fingerprints
from wirecheck.text.alignment import Step, Word, align_words, list_words
from wirecheck.text.marks import Marked, find_marked
from wirecheck.text.sentences import split_paragraphs, split_sentences
from wirecheck.text.unseen import strip_unseen

Form = Literal["verbatim", "trimmed", "altered", "reworded"]
# Share of the content words of the passage that an appearance has, and how many at least. On the quotations of the
# sample, below .5 other sentences about the same matter come in.
_SHARE = 0.5
_FEWEST = 3
# The same of a slogan, of which every word counts: three words or more, of which one alone is a content word. With two
# of them (“judges” or “legislators”) both must be there anyway; counting every word there loses two forms of gold.
_SLOGAN = 0.75
# Share of the content words from the first to the last one that must be the passage's.
_DENSE = 0.5
# Share of the content words of the passage that a short run of them has in another order or with others missing.
_REWORDED = 0.6
# One word in marks is a piece of the passage only where so few documents have it, or this share of all.
_FEW, _FEW_SHARE = 10, 0.02
# Words in order, function words included, from which on an appearance is altered and not only reworded.
_ALTERED = 0.6
# Content words of a run in marks, from which on it tells by itself, and the share of them that the passage has.
_TELLING = 4
_HELD = 0.75
# Words of the narrator between two runs in marks that are one quotation: “judges” or “lawmakers”.
_BETWEEN = 3
# Cosine of sentence embeddings (all-MiniLM-L6-v2) from which on a sentence says the same.
_LIKENESS = 0.6
# The same where a comparison of the story has found one utterance: it may be another sentence of it.
_LIKENESS_RETOLD = 0.5
# Letters of a word that another one begins with, both of one root ("illusion", "illusionary"), and words of a fragment.
# Of such pairs of one speaker in 136 stories of AllSides and ECB+ there are four, all of one matter.
_ROOT, _FRAGMENT = 7, 5
# Documents that are read word by word, best first; those with the very phrase come first.
_MOST_READ = 400
# Stories that are compared for what is said in other words, and documents of each, those with the words first.
_MOST_STORIES = 3
_MOST_OF_STORY = 12
# Documents among which it is asked who has it from whom.
_MOST_COMPARED = 40
_RAREST = 12


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where the words stand in a document, and how they differ from those that were asked for."""

    document: Document
    span: Span
    form: Form
    share: float
    """Share of the content words that are there, from 0 to 1."""
    changes: tuple[tuple[str, str, str], ...]
    """Kind (inserted, dropped, replaced, reordered), words asked for, words here, in order."""
    source: str | None = None
    """Id of the earlier document among the appearances that it has the words from, where there is evidence."""
    reason: str = ""
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """All appearances of words, by date of publication (unknown ones last), then name and place."""

    words: str
    appearances: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for: its words, the stems of its content words with how often each."""

    words: str
    list: tuple[Word, ...]
    stems: Counter[str]
    rare: frozenset[str] = frozenset()
    """Keys of the words that few documents have."""
    every: bool = False
    """Whether each word counts: a slogan, such as “yes we can”, is told by none of its words alone."""

    @property
    def total(self) -> int:
        return self.stems.total()

    @property
    def fewest(self) -> float:
        """Words that count without which nothing is an appearance; a phrase of one or two must be there as it is."""
        return max(min(_FEWEST, self.total), (_SLOGAN if self.every else _SHARE) * self.total)

    def tells(self, word: Word) -> bool:
        """Return whether a word, of the passage or of a document, counts."""
        return self.every or word.is_content

    def count(self, words: Sequence[Word]) -> Counter[str]:
        """Return the stems of those words that count, with how often each."""
        return Counter(_stem(w.key) for w in words if self.tells(w))


@dataclass(frozen=True, slots=True)
class _Found:
    """An appearance; whether it tells by itself, and if not, whether its meaning must."""

    appearance: Appearance
    strong: bool
    needs_likeness: bool


def trace(store: Store, words: str, *, limit: int) -> Trace:
    """Return the appearances of a passage; see `Archive.trace`."""
    words = strip_unseen(words)
    listed = list_words(words)
    content = _count_stems(listed)
    if not content:
        raise UsageError(f"a quotation or passage with a word that says something was expected; found {words!r}")
    every = content.total() == 1 and len(listed) >= _FEWEST
    asked = _Asked(words, listed, Counter(_stem(w.key) for w in listed) if every else content, every=every)
    few = max(_FEW, _FEW_SHARE * store.count_newest())
    rare = {w.key for w in listed if w.is_content and 0 < _count_documents(store, words[w.start : w.end]) <= few}
    asked = replace(asked, rare=frozenset(rare))
    places = [s.id for s in list_newest(store, _list_candidates(store, asked))]
    found: list[_Found] = []
    read: list[Document] = []
    for at in track(range(0, len(places), 50), "reading documents, 50 at a time"):
        for document in store.read_documents(places[at : at + 50]).values():
            found.extend(_find(document, asked))
            read.append(document)
    kept = sorted(_list_sure(found, asked, read), key=_order)
    return Trace(words, tuple(_with_sources(kept[:limit])))


def _count_documents(store: Store, words: str) -> int:
    tokens = re.findall(r"\w+", fold_marks(words))
    return store.count_documents_with('"' + " ".join(tokens) + '"') if tokens else 0


def _list_candidates(store: Store, asked: _Asked) -> list[int]:
    """Return `seq` of documents with the phrase, then of those with most of its rarest words."""
    tokens = re.findall(r"\w+", fold_marks(asked.words))
    phrase = '"' + " ".join(tokens) + '"'
    found = [seq for seq, _ in store.search_words(phrase)]
    content = sorted(
        {t for w in asked.list if w.is_content for t in re.findall(r"\w+", fold_marks(asked.words[w.start : w.end]))}
    )
    counted = sorted((store.count_documents_with(f'"{t}"'), t) for t in content)
    rare = [f'"{t}"' for count, t in counted if count][:_RAREST]
    if asked.total <= _FEWEST:  # the plural of a short phrase, or the phrase of a plural
        rare += [f'"{s}" *' for s in sorted(_count_stems(asked.list)) if len(s) >= _FEWEST]
    if rare:
        found += [seq for seq, _ in store.search_words(" OR ".join(rare), limit=_MOST_READ)]
    return list(dict.fromkeys(found))


def _list_sure(found: Sequence[_Found], asked: _Asked, others: Sequence[Document]) -> list[Appearance]:
    """Return what tells by itself, and of the rest what stands in a report of one event with it and means the same."""
    sure = [f.appearance for f in found if f.strong]
    if not sure:
        return sure
    held = {a.document.id for a in sure}
    ordered = sorted({d.id: d for d in others}.values(), key=lambda d: d.id)
    stories = [[ordered[m] for m in members] for members in group_fingerprints([fingerprint(d) for d in ordered])]
    stories = [s for s in stories if any(d.id in held for d in s)]
    near = {d.id for s in stories for d in s}
    weak = [f for f in found if not f.strong and f.appearance.document.id in near]
    sure += [f.appearance for f in weak if not f.needs_likeness]
    likely = [f.appearance for f in weak if f.needs_likeness]
    likeness = _measure([a.document.words(a.span) for a in likely], [asked.words])
    sure += [a for a, (value,) in zip(likely, likeness, strict=True) if value >= _LIKENESS]
    for story in sorted(stories, key=lambda s: min(d.id for d in s))[:_MOST_STORIES]:
        sure += [a for a in _list_retold(story, sure, asked) if not any(_meet(a.span, b.span) for b in sure)]
    return sure


def _measure(texts: Sequence[str], others: Sequence[str]) -> list[list[float]]:
    """Return for each text how near its meaning is to each of the others, at most 1."""
    if not texts:
        return []
    import numpy as np

    from wirecheck.language import embed

    vectors = embed([*texts, *others])
    found: list[list[float]] = (np.array(vectors[: len(texts)]) @ np.array(vectors[len(texts) :]).T).tolist()
    return found


def _list_retold(story: Sequence[Document], sure: Sequence[Appearance], asked: _Asked) -> list[Appearance]:
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
                wanted[ident] = _LIKENESS_RETOLD if told != {is_indirect} else _LIKENESS
    found = []
    told_in: set[str] = set()
    for retelling in retellings:
        for here, there, other in (
            (retelling.direct_part, retelling.indirect_part, retelling.indirect),
            (retelling.indirect_part, retelling.direct_part, retelling.direct),
        ):
            # Of what is retold at least half must be what was asked for.
            if any(_meet(here, a.span) and 2 * here.overlap(a.span) >= here.length for a in sure):
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
        likeness = _measure([document.words(p) for p in parts], [asked.words, *beside])
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
    asked: _Asked,
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


def _show_retold(document: Document, part: Span, asked: _Asked) -> Appearance:
    here = list_words(document.text, part.start, part.end)
    _, changes = _compare(document, asked, here)
    share = round((asked.count(here) & asked.stems).total() / asked.total, 4)
    return Appearance(document, document.span(here[0].start, here[-1].end), "reworded", share, changes)


def _list_parts(document: Document, contents: Sequence[Span]) -> list[Span]:
    """Return the sentences of what is quoted, and the clauses of each."""
    sentences = list(_list_sentences_in(document, contents))
    clauses = [Span(document.id, *c) for s in sentences for c in split_clauses(document.text, s.start, s.end)]
    return [p for p in dict.fromkeys([*sentences, *clauses]) if list_words(document.text, p.start, p.end)]


def _list_sentences_in(document: Document, contents: Sequence[Span]) -> Iterator[Span]:
    """Yield the sentences of what is quoted, each as far as it is quoted."""
    for sentence in split_sentences(document, _split_paragraphs(document)):
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


_stem = lru_cache(maxsize=1 << 16)(stem_word)


def _count_stems(words: Sequence[Word]) -> Counter[str]:
    return Counter(_stem(w.key) for w in words if w.is_content)


def _meet(left: Span, right: Span) -> bool:
    return left.document == right.document and left.overlap(right) > 0


def _touch(left: Span, right: Span) -> bool:
    return left.document == right.document and 2 * left.overlap(right) >= min(left.length, right.length)


def _find(document: Document, asked: _Asked) -> Iterator[_Found]:
    """Yield the appearances in one document, best first, none overlapping."""
    theirs = list_words(document.text)
    stems = [_stem(w.key) for w in theirs]
    held_here = asked.stems.keys() & set(stems)
    if not held_here:
        return
    taken: list[tuple[int, int]] = []
    for found in (*_find_runs(document, asked, theirs, stems), *_find_marked(document, asked, theirs, stems)):
        span = found.appearance.span
        if not any(s < span.end and span.start < e for s, e in taken):
            taken.append((span.start, span.end))
            yield found


def _find_runs(document: Document, asked: _Asked, theirs: Sequence[Word], stems: Sequence[str]) -> Iterator[_Found]:
    """Yield where half of the content words stand close together."""
    fewest, needed = asked.fewest, asked.stems.keys() & _count_stems(asked.list).keys() if asked.every else set()
    width = 2 * len(asked.list) + 6
    places = [n for n, w in enumerate(theirs) if stems[n] in asked.stems and not document.is_furniture(w.start, w.end)]
    windows = []
    for nth, start in enumerate(places):
        inside = [p for p in places[nth : nth + 4 * asked.total] if p < start + width]
        held = (Counter(stems[p] for p in inside) & asked.stems).total()
        if held >= fewest:
            windows.append((-held, inside[-1] - start, start, inside[-1] + 1))
    taken: list[tuple[int, int]] = []
    for _, _, start, end in sorted(windows):
        if any(s < end and start < e for s, e in taken):
            continue
        first, last = max(0, start - len(asked.list)), min(len(theirs), end + len(asked.list))
        begin, stop = _find_sentences(document, theirs[start].start, theirs[end - 1].end)
        while first < start and theirs[first].start < begin:
            first += 1
        while last > end and theirs[last - 1].end > stop:
            last -= 1
        extent = _trim(asked, theirs, stems, (first, last))
        if extent is None:
            continue
        begin, stop = extent
        common = Counter(stems[begin:stop]) & asked.stems
        held = common.total()
        if held < fewest or needed - common.keys() or any(s < stop and begin < e for s, e in taken):
            continue
        form, changes = _compare(document, asked, theirs[begin:stop])
        content = sum(asked.tells(w) for w in theirs[begin:stop])
        if held < (_SLOGAN if asked.every else _DENSE) * content:
            continue  # words of a matter, with as many others between them
        if form == "trimmed" and held < asked.total and _is_name(document, theirs[begin:stop]):
            continue  # whoever is named there is named everywhere
        if form == "reworded" and (held < max(_FEWEST, _REWORDED * asked.total) or held < _HELD * content):
            continue  # what is said in other words is no run of them, see `_list_retold`
        taken.append((begin, stop))
        share = round(held / asked.total, 4)
        is_strong = form != "reworded" and (held >= _TELLING or held == asked.total)
        yield _Found(
            Appearance(document, document.span(theirs[begin].start, theirs[stop - 1].end), form, share, changes),
            is_strong,
            not is_strong,
        )


def _is_name(document: Document, words: Sequence[Word]) -> bool:
    return all(document.text[w.start].isupper() for w in words if w.is_content)


def _trim(
    asked: _Asked, theirs: Sequence[Word], stems: Sequence[str], window: tuple[int, int]
) -> tuple[int, int] | None:
    """Return the range of words from the first that is common to the last, function words far from the rest aside."""
    first, last = window
    left = [replace(w, key=_stem(w.key)) if asked.tells(w) else w for w in asked.list]
    right = [
        replace(w, key=s) if asked.tells(w) else w for w, s in zip(theirs[first:last], stems[first:last], strict=True)
    ]
    blocks = sorted(
        (
            s.right,
            s.right_end,
            any(asked.tells(theirs[first + n]) for n in range(s.right, s.right_end)),
            s.left,
            s.left_end,
        )
        for s in align_words(left, right)
        if s.kind in ("same", "reordered")
    )
    while blocks and not blocks[0][2] and (len(blocks) == 1 or blocks[1][0] > blocks[0][1]):
        del blocks[0]
    while blocks and not blocks[-1][2] and (len(blocks) == 1 or blocks[-2][1] < blocks[-1][0]):
        del blocks[-1]
    if not blocks:
        return None
    begin, stop = first + blocks[0][0], first + blocks[-1][1]
    # Words of the passage a few words further on, which an alignment of short words had passed over.
    before = [_stem(w.key) for w in asked.list[: blocks[0][3]] if asked.tells(w)]
    after = [_stem(w.key) for w in asked.list[blocks[-1][4] :] if asked.tells(w)]
    for at in range(begin - 1, first - 1, -1):
        begin = at if begin - at <= _BETWEEN and stems[at] in before else begin
    for at in range(stop, last):
        stop = at + 1 if at - stop < _BETWEEN and stems[at] in after else stop
    return begin, stop


def _compare(document: Document, asked: _Asked, here: Sequence[Word]) -> tuple[Form, tuple[tuple[str, str, str], ...]]:
    """Return how words of a document stand to the passage, and the differences."""
    steps = align_words(asked.list, here)
    changes = tuple(_describe(s, asked.words, asked.list, document, here) for s in steps if s.kind != "same")
    same = [s for s in steps if s.kind == "same"]
    count = sum(s.left_end - s.left for s in same)
    if not changes:
        return "verbatim", changes
    if count == len(here) and len(same) == 1:
        return "trimmed", changes
    # Of a long piece the words must be in order, whatever of the passage is left out beside it.
    is_long = sum(w.is_content for w in here) >= _TELLING
    whole = min(len(asked.list), len(here)) if is_long else len(asked.list)
    return ("altered" if count >= _ALTERED * whole else "reworded"), changes


def _find_marked(document: Document, asked: _Asked, theirs: Sequence[Word], stems: Sequence[str]) -> Iterator[_Found]:
    """Yield quotations in marks that are a piece of the passage, or a short phrase beside a short one."""
    paragraphs = [(p.start, p.end) for p in _split_paragraphs(document)]
    runs = [r for r in find_marked(document.text, paragraphs) if r.depth == 0]
    starts = [w.start for w in theirs]
    for start, end in _join_runs(document, runs):
        begin, stop = bisect_left(starts, start), bisect_left(starts, end)
        here = theirs[begin:stop]
        content = Counter(s for s, w in zip(stems[begin:stop], here, strict=True) if asked.tells(w))
        held = (content & asked.stems).total()
        if not held or document.is_furniture(start, end):
            continue
        is_piece = held >= _HELD * content.total()
        if held == 1 and not asked.rare & {w.key for w in here if w.is_content}:
            continue  # one word, and a common one or another form of it
        is_like = max(content.total(), asked.total) <= _FEWEST and 2 * held >= max(content.total(), asked.total)
        if not is_piece and not is_like:
            continue
        form, changes = _compare(document, asked, here)
        yield _Found(
            Appearance(
                document,
                document.span(here[0].start, here[-1].end),
                "altered" if form == "reworded" else form,
                round(held / asked.total, 4),
                changes,
            ),
            is_piece and held >= _TELLING,
            False,
        )


def _join_runs(document: Document, runs: Sequence[Marked]) -> Iterator[tuple[int, int]]:
    """Yield the ranges between marks, those with few words between them as one, then the parts of cut ones."""
    at = 0
    while at < len(runs):
        end = at + 1
        while end < len(runs):
            gap = runs[end - 1].outer_end, runs[end].outer_start
            if "\n" in document.text[slice(*gap)] or len(list_words(document.text, *gap)) > _BETWEEN:
                break
            end += 1
        words = list_words(document.text, runs[at].start, runs[end - 1].end)
        yield runs[at].start, runs[end - 1].end
        cuts = [n for n, w in enumerate(words) if w.after_cut and n]
        if cuts:
            for first, last in pairwise([0, *cuts, len(words)]):
                yield words[first].start, words[last - 1].end
        at = end


def _find_sentences(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return the range from the first to the last sentence that a range touches; the range itself where none does."""
    paragraphs = [p for p in _split_paragraphs(document) if p.start < end and start < p.end]
    touched = [s for s in split_sentences(document, paragraphs) if s.start < end and start < s.end]
    return (min(start, touched[0].start), max(end, touched[-1].end)) if touched else (start, end)


@lru_cache(maxsize=8)
def _split_paragraphs(document: Document) -> tuple[Span, ...]:
    return tuple(split_paragraphs(document))


def _describe(
    step: Step, words: str, asked: Sequence[Word], document: Document, here: Sequence[Word]
) -> tuple[str, str, str]:
    left = words[asked[step.left].start : asked[step.left_end - 1].end] if step.left < step.left_end else ""
    right = document.text[here[step.right].start : here[step.right_end - 1].end] if step.right < step.right_end else ""
    return step.kind, " ".join(left.split()), " ".join(right.split())


def _order(appearance: Appearance) -> tuple[str, str, str, int]:
    document = appearance.document
    return document.published or "9999", document.name, document.id, appearance.span.start


def _with_sources(found: Sequence[Appearance]) -> Iterator[Appearance]:
    """Say of each appearance which one it comes from: by a credit beside the words, or by text that both share."""
    documents = list({a.document.id: a.document for a in found}.values())[:_MOST_COMPARED]
    derived = _derive(documents)
    for appearance in found:
        document = appearance.document
        named = derived.get(document.id)
        source, reason, evidence = (
            (named[0], named[1].reason, named[1].evidence) if named is not None else (None, "", ())
        )
        for other in documents:
            mention = _find_credit(document, appearance.span, other) if _may_be_source(other, document) else None
            if mention is not None:
                source, evidence = other.id, (mention,)
                reason = f"{document.shown_name} credits {other.shown_name} beside the words."
                break
        yield replace(appearance, source=source, reason=reason, evidence=evidence)


def _derive(documents: Sequence[Document]) -> dict[str, tuple[str, Derivation]]:
    """Return for each document, by id, the first of the others that it has text from, and how."""
    worded = {d.id: list_article_words(d, split_paragraphs(d)) for d in documents} if len(documents) > 1 else {}
    found: dict[str, tuple[str, Derivation]] = {}
    for pair in sorted(reuse_candidates([fingerprint(d) for d in documents]), key=lambda p: (p.left, p.right)):
        left, right = documents[pair.left], documents[pair.right]
        reuse = compare_reuse(worded[left.id], worded[right.id])
        derivation = derive_documents(left, right, reuse) if reuse is not None else None
        if derivation is not None and derivation.source in ("left", "right"):
            source, taker = (left, right) if derivation.source == "left" else (right, left)
            found.setdefault(taker.id, (source.id, derivation))
    return found


def _may_be_source(other: Document, document: Document) -> bool:
    """Return whether a document is another one and, as far as both dates go, not later."""
    if other.id == document.id:
        return False
    if other.published is None or document.published is None:
        return True
    return other.published[:10] <= document.published[:10]


def _find_credit(document: Document, span: Span, other: Document) -> Span | None:
    """Return the words of the paragraph of a span, outside it, that credit another document's publisher, or None."""
    publisher = other.publisher or ""
    if len(publisher) < 3 or names_publisher(document.publisher or "", publisher):
        return None
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    end = len(document.text) if end < 0 else end
    for credit in read_credits(document, (publisher,)):
        inside = start <= credit.span.start < end and credit.span.overlap(span) == 0
        if inside and not credit.own and names_publisher(credit.credited, publisher):
            return credit.span
    return None
