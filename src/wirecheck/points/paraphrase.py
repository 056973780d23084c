"""Paraphrases: indirect speech in one document, the same said in marks in another.

Nothing but the meaning can tell that "we will close the pit" and "the mine was to be shut" are one
utterance, and nearness of meaning alone says too much: every sentence of a story is near every other. So three things
must meet: the speaker, the share of telling words, and the likeness of the sentence embeddings (all-MiniLM-L6-v2).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from wirecheck.comparison.speakers import is_named, related_speakers, same_speaker, speaks_for
from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation, Span
from wirecheck.places import Places
from wirecheck.points.wording import stem_word
from wirecheck.text.alignment import Word, is_negator, list_words

_JOINT = re.compile(r"(?:[,;:]\s+|\s)(?:and|but|while|although|though)\s|[;:]\s|\s[—–―-]+\s|…|\.\.\.", re.IGNORECASE)
_LEAST_WORDS = 3
"""A part of a sentence with fewer content words says too little to be held against another."""

# All from the gold stories with the quotations that the annotators find; each pair has a cosine and a share. Of one
# speaker: paraphrases 0.53/0.65, 0.64/1.0, 0.80/1.0, 0.82/1.0, 0.84/1.0; of what he says besides, at most 0.61/0.48 and
# 0.65/0.42. Where the speaker is open, a sentence on damage is near every other report of damage (0.75/0.41),
# so both must be high.
SAME_SHARE, SAME_LIKENESS, SAME_SUM = 0.5, 0.5, 1.18
OPPOSED_SHARE = 0.9
"""Where only one of the two is negated, so much must be common that it is a paraphrase turned into its opposite."""
SAME_COVER = 0.4
"""Least share of the heavier part where only two words are common: two words of many are chance."""
NEAR_SHARE, NEAR_LIKENESS = 0.37, 0.7
OPEN_SHARE, OPEN_COVER, OPEN_LIKENESS = 0.75, 0.5, 0.78
MARKED_LIKENESS = 0.4
"""Least cosine where the retelling keeps a word of the utterance in marks ("agreed to begin “talks”")."""
FRAGMENT_SURPLUS = 2
"""A fragment ("absurd") is retold by a few words ("calling it absurd"), not by a clause of many."""
OPEN_WORDS = 3
"""Content words in common that a pair needs when the speaker is open."""
FRAGMENT_CONTEXT = 0.62
"""Cosine of the whole sentences where the quotation in marks is one or two words."""


@dataclass(frozen=True, slots=True)
class Paraphrase:
    """A quotation in marks and the indirect speech of another document that says the same.

    `likeness` is the cosine of the parts that meet, `share` (0 to 1) the weight of the words that they have in common
    in the lighter of the two.
    """

    direct: Quotation
    indirect: Quotation
    direct_part: Span
    indirect_part: Span
    likeness: float
    share: float


@dataclass(frozen=True)
class _Part:
    quotation: Quotation
    span: Span
    stems: frozenset[str]
    free: frozenset[str]
    """Stems of the words outside all marks."""
    numbers: frozenset[str]
    negated: bool


@dataclass(frozen=True)
class _Pair:
    direct: _Part
    indirect: _Part
    share: float
    """Weight of the common words as a share of the lighter part, from 0 to 1."""
    cover: float
    """The same as a share of the heavier part."""

    @property
    def words(self) -> int:
        """How many content words the two have in common."""
        return len(self.direct.stems & self.indirect.stems)

    @property
    def has_word_in_marks(self) -> bool:
        """Whether all that the indirect one has in marks, a word or two, stands in the other, and a free word too."""
        marked = self.indirect.stems - self.indirect.free
        return 0 < len(marked) <= 2 and marked <= self.direct.stems and bool(self.direct.stems & self.indirect.free)

    @property
    def is_fragment(self) -> bool:
        """Whether the quotation in marks has too few content words to be held against a clause."""
        return len(self.direct.stems) < _LEAST_WORDS


def find_paraphrases(dossier: Dossier) -> tuple[Paraphrase, ...]:
    """Return the paraphrases of a story, by place of the quotation in marks, then of the indirect one.

    Of a quotation in marks and an indirect one, the parts that meet best.
    """
    from wirecheck.language import embed

    wanted: list[tuple[_Pair, float]] = []
    found: list[tuple[_Pair, float]] = []
    for pair in _list_pairs(dossier):
        least = _least_likeness(dossier, pair)
        if least is not None and pair.is_fragment:
            context = _context(dossier, pair)
            found += [(pair, context)] if context >= least else []
        elif least is not None:
            wanted.append((pair, least))
    texts = sorted({dossier.words(part.span) for pair, _ in wanted for part in (pair.direct, pair.indirect)})
    vectors = dict(zip(texts, embed(texts))) if texts else {}
    for pair, least in wanted:
        likeness = float(vectors[dossier.words(pair.direct.span)] @ vectors[dossier.words(pair.indirect.span)])
        found += [(pair, likeness)] if likeness >= least else []
    best: dict[tuple[str, str], Paraphrase] = {}
    for pair, likeness in found:
        one, other = pair.direct, pair.indirect
        paraphrase = Paraphrase(one.quotation, other.quotation, one.span, other.span, likeness, pair.share)
        key = (one.quotation.id, other.quotation.id)
        if key not in best or likeness + pair.share > best[key].likeness + best[key].share:
            best[key] = paraphrase
    order = {d.id: i for i, d in enumerate(dossier.documents)}
    return tuple(sorted(best.values(), key=lambda p: (_place(order, p.direct), _place(order, p.indirect))))


def _place(order: dict[str, int], quotation: Quotation) -> tuple[int, int, int]:
    return order[quotation.document], quotation.whole.start, quotation.whole.end


def _least_likeness(dossier: Dossier, pair: _Pair) -> float | None:
    """Return how like two parts must be to be one utterance, or None when nothing could make them so."""
    direct, indirect = pair.direct.quotation, pair.indirect.quotation
    related = related_speakers(dossier, direct, indirect)
    same = related and not speaks_for(dossier, direct, indirect)
    if pair.is_fragment:
        few = len(pair.indirect.stems - pair.direct.stems) <= FRAGMENT_SURPLUS
        return FRAGMENT_CONTEXT if same and few and pair.share == 1.0 else None
    opposed = pair.direct.negated != pair.indirect.negated
    if pair.words < 2 or (opposed and pair.share < OPPOSED_SHARE):
        return None
    if same and pair.has_word_in_marks:
        return MARKED_LIKENESS
    if same:
        if pair.words < OPEN_WORDS and pair.cover < SAME_COVER:
            return None
        least = [max(SAME_LIKENESS, SAME_SUM - pair.share)] if pair.share >= SAME_SHARE else []
        least += [NEAR_LIKENESS] if pair.share >= NEAR_SHARE and pair.words >= OPEN_WORDS else []
        return min(least, default=None)
    if not related and is_named(direct) and is_named(indirect):
        return None  # two names that have nothing to do with each other
    enough = pair.share >= OPEN_SHARE and pair.cover >= OPEN_COVER and pair.words >= OPEN_WORDS
    return OPEN_LIKENESS if enough else None


def _context(dossier: Dossier, pair: _Pair) -> float:
    """Return the cosine of the sentences in which the two parts stand, from -1 to 1."""
    vectors = []
    for part in (pair.direct, pair.indirect):
        reading = dossier.reading(part.span.document)
        index = reading.sentence_at(part.span.start)
        if index is None:
            return 0.0
        vectors.append(reading.sentences[index].embedding)
    return float(vectors[0] @ vectors[1])


def _list_pairs(dossier: Dossier) -> Iterator[_Pair]:
    """Yield the parts of two documents that share a telling word and are not of two different people."""
    weights = _weigh_words(dossier)
    unmarked: Places[Span] = Places((), lambda c: (c.start, c.end))
    direct = [p for q in dossier.quotations if q.kind != "indirect" for p in _list_parts(dossier, q, unmarked)]
    heavy = [_weight(part.stems, weights) for part in direct]
    by_stem: dict[str, list[int]] = defaultdict(list)
    for number, part in enumerate(direct):
        for stem in sorted(part.stems):
            by_stem[stem].append(number)
    for found in dossier.annotations:
        contents = sorted(c for q in found.quotations if q.kind != "indirect" for c in q.contents)
        marked = Places(contents, lambda c: (c.start, c.end))
        own = {number for number, part in enumerate(direct) if part.quotation.document == found.document}
        indirect = [q for q in found.quotations if q.kind == "indirect"]
        for quotation, part in ((q, p) for q in indirect for p in _list_parts(dossier, q, marked)):
            weight = _weight(part.stems, weights)
            for number in sorted({n for stem in part.stems for n in by_stem.get(stem, ())} - own):
                other = direct[number]
                common = part.stems & other.stems
                shared = _weight(common, weights)
                share, cover = _shares(shared, weight, heavy[number])
                if share < NEAR_SHARE:
                    continue
                if 2 * _weight(common & part.free, weights) < shared:
                    continue  # the words in common stand in marks there, and are a quotation of their own
                if part.numbers and other.numbers and not part.numbers & other.numbers:
                    continue
                if same_speaker(dossier, other.quotation, quotation) is not False:
                    yield _Pair(other, part, share, cover)


def _list_parts(dossier: Dossier, quotation: Quotation, marked: Places[Span]) -> list[_Part]:
    """Return a quotation by sentences, and a sentence of several clauses by clauses as well."""
    text = dossier.document(quotation.document).text
    parts = []
    for content in quotation.contents:
        for start, end in split_quoted(text, content):
            cuts = list(_JOINT.finditer(text, start, end))
            borders = [start, *(m.end() for m in cuts)], [*(m.start() for m in cuts), end]
            ranges = [(start, end)]
            if cuts:
                ranges += [(a, b) for a, b in zip(*borders) if a < b]
            parts += [_part(text, quotation, Span(content.document, a, b), marked) for a, b in ranges]
    return [p for p in parts if len(p.stems) >= _LEAST_WORDS or p.span.covers(quotation.whole)]


def split_quoted(text: str, content: Span) -> list[tuple[int, int]]:
    """Return `[start, end)` of the sentences of what is quoted, cuts ending one too."""
    sentences: list[list[Word]] = []
    for word in list_words(text, content.start, content.end):
        if word.begins or word.after_cut or not sentences:
            sentences.append([])
        sentences[-1].append(word)
    return [(words[0].start, words[-1].end) for words in sentences]


def _part(text: str, quotation: Quotation, span: Span, marked: Places[Span]) -> _Part:
    return _Part(quotation, span, *_read_words(text, span.start, span.end, marked))


@lru_cache(maxsize=1 << 12)
def _read_words(
    text: str, start: int, end: int, marked: Places[Span]
) -> tuple[frozenset[str], frozenset[str], frozenset[str], bool]:
    """Return what a part keeps of its words; clauses of one long sentence are parts of many quotations."""
    listed = list_words(text, start, end)
    words = [w for w in listed if w.is_content]
    return (
        frozenset(stem_word(w.key) for w in words),
        frozenset(stem_word(w.key) for w in words if not any(True for _ in marked.touching(w.start, w.start + 1))),
        frozenset(w.key for w in words if w.key[0].isdigit()),
        any(is_negator(w.key) for w in listed),
    )


def _weigh_words(dossier: Dossier) -> dict[str, float]:
    """Return a weight for each stem of the story: the fewer sentences have it, the more it tells."""
    counts: Counter[str] = Counter()
    total = 0
    for reading in dossier.readings:
        for sentence in reading.sentences:
            total += 1
            words = list_words(reading.document.text, sentence.start, sentence.end)
            counts.update({stem_word(w.key) for w in words if w.is_content})
    return {stem: math.log((total + 1) / count) for stem, count in counts.items()}


def _shares(common: float, left: float, right: float) -> tuple[float, float]:
    """Return the weight of the common words as a share of the lighter and of the heavier side, from 0 to 1."""
    lighter, heavier = sorted((left, right))
    return (common / lighter, common / heavier) if lighter > 0.0 else (0.0, 0.0)


def _weight(stems: Iterable[str], weights: dict[str, float]) -> float:
    return sum(weights.get(s, 1.0) for s in sorted(stems))
