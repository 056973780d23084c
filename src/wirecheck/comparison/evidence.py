"""Evidence: what is known of two sentences of a story besides what the judge reads in them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wirecheck.comparison.context import InContext
from wirecheck.comparison.judge import Ruling
from wirecheck.comparison.marks import find_keys
from wirecheck.comparison.speakers import same_speaker
from wirecheck.comparison.values.quantity import relate_amounts
from wirecheck.comparison.values.time import relate_times
from wirecheck.language.dossier import Dossier
from wirecheck.language.sentence import Sentence
from wirecheck.model import PartialDate, Quantity, Quotation, Span, Statement
from wirecheck.statements.measures import read_dimension

MOST = 4.5
"""Logit beyond which the judge being surer tells nothing new."""
CONTENT = frozenset({"NOUN", "VERB", "PROPN", "NUM", "ADJ", "ADV"})
BEARS = 0.4
"""Likelihood from which on the judge holds a word to say what both sentences say."""
COVERS = 0.5
SPOKEN = 0.4
"""Share of a sentence that stands in marks for it to be somebody's words."""
IMAGINED = 60.0
"""Sentences that are thought to stand beside those of the story, so that two short texts can be weighed too."""
BEHIND, ALIKE = 0.1, 0.1
"""How much nearer the nearest sentences of the other documents may be, in all, and which share of weighted words is
enough for a pair to be read. Of 7,576 candidate pairs of the dev and gold stories .58 are; they hold all 786 that share
a fact by more than even odds."""
MOST_BEHIND = 6.0
"""Logits by which other matches of two sentences are better, from which on more of them tell nothing new."""


class _Word(NamedTuple):
    at: int
    stem: str
    is_verb: bool


class Agreed(NamedTuple):
    """What of a sentence the judge holds to say the same, by the stems of its content words."""

    stems: dict[str, float]
    verbs: set[str]
    covered: float


class Values(NamedTuple):
    """How surely both sentences say the same by two values, from 0 to 1, and where these stand."""

    sure: float = 0.0
    left: Span | None = None
    right: Span | None = None


class Evidence:
    """What is known of the sentences of one story without the judge, and what that tells of each pair."""

    def __init__(
        self,
        dossier: Dossier,
        sentences: Sequence[InContext],
        read: Sequence[Sentence],
        cosines: Mapping[tuple[int, int], float],
    ) -> None:
        self.dossier, self.sentences, self.cosines = dossier, sentences, cosines
        self.nearest = self.find_best(cosines)
        keys = [find_keys([*(w for n in s.names for w in n.split()), *s.words]) for s in sentences]
        self.keys = [k.stems for k in keys]
        """The stem of each word of each sentence, the names behind it first; "" for a word without one."""
        self.stems = [{s for s in k.stems if s} for k in keys]
        self.words = [_list_words(s, k.stems, r) for s, k, r in zip(sentences, keys, read, strict=True)]
        counts = Counter(word for own in self.stems for word in own)
        total = len(sentences) + IMAGINED
        self.rarity = {w: math.log(1.0 + total / (n + 0.6)) for w, n in counts.items()}
        self.weights = [sum(self.rarity[w] for w in sorted(own)) for own in self.stems]
        self.count = Counter(s.document for s in sentences)
        self.quantities: list[list[tuple[Quantity, tuple[int, ...]]]] = []
        self.dates: list[list[tuple[PartialDate, tuple[int, ...]]]] = []
        self.voices: list[Quotation | None] = []
        self.bearing: dict[tuple[int, int], tuple[Statement | None, Statement | None]] = {}
        """For each pair that was measured the statements that bear what both sentences say."""
        for s in sentences:
            own = dossier.quantities_of[s.document].touching(s.start, s.end)
            self.quantities.append([(q, s.tokens_of(q.span.start, q.span.end)) for q in own])
            days = dossier.dates_of[s.document].touching(s.start, s.end)
            self.dates.append([(d, s.tokens_of(d.span.start, d.span.end)) for d in days])
            self.voices.append(_voice_of(dossier, s))

    def pick(self) -> list[tuple[int, int]]:
        """Return the pairs of sentences, by their places, that are near enough in meaning or in words to be read."""
        return [
            pair
            for pair, cosine in self.cosines.items()
            if self.behind(pair, cosine, self.nearest) <= BEHIND or self._share(pair) >= ALIKE
        ]

    def measure(self, rulings: Mapping[tuple[int, int], Ruling]) -> dict[tuple[int, int], NDArray[np.float64]]:
        """Return the values of `weighing.FEATURES` for each pair that was ruled, by the places of its sentences."""
        logits = {pair: to_logit(ruling.agree) for pair, ruling in rulings.items()}
        best = self.find_best(logits)
        return {pair: np.array(self._measure(pair, ruling, logits[pair], best)) for pair, ruling in rulings.items()}

    def find_best(self, values: Mapping[tuple[int, int], float]) -> dict[tuple[int, str], float]:
        """Return the best value that each sentence has with a sentence of each other document."""
        best: dict[tuple[int, str], float] = {}
        for (left, right), value in values.items():
            for one, other in ((left, right), (right, left)):
                key = one, self.sentences[other].document
                best[key] = max(best.get(key, -math.inf), value)
        return best

    def behind(self, pair: tuple[int, int], value: float, best: Mapping[tuple[int, str], float]) -> float:
        """Return by how much the best matches of two sentences in each other's documents are better, in all."""
        left, right = pair
        ours, theirs = self.sentences[left].document, self.sentences[right].document
        return best[left, theirs] - value + best[right, ours] - value

    def _measure(
        self,
        pair: tuple[int, int],
        ruling: Ruling,
        logit: float,
        best: Mapping[tuple[int, str], float],
    ) -> list[float]:
        left, right = pair
        behind = self.behind(pair, self.cosines[pair], self.nearest)
        ours, theirs = self.agree(pair, ruling)
        heavy = [self._weigh(a.stems) for a in (ours, theirs)]
        both = {w: min(ours.stems[w], theirs.stems[w]) for w in ours.stems.keys() & theirs.stems.keys()}
        shared = self._weigh(both)
        figure, other_figure = self.compare_figures(pair, ruling)
        first, second = self._find_clause(left, ruling.left), self._find_clause(right, ruling.right)
        self.bearing[pair] = first, second
        known = first is not None and second is not None
        return [
            logit,
            to_logit(ruling.clash),
            to_logit(ruling.differ),
            -min(behind, 1.0),
            self._among(pair) if behind < 1e-6 else 0.0,
            self._share(pair),
            shared / max(1.0, math.sqrt(heavy[0] * heavy[1])),
            math.log1p(max(0.0, min(heavy) - shared)),
            float(bool(ours.verbs & theirs.verbs)),
            figure.sure,
            other_figure.sure,
            self.compare_days(pair, ruling).sure,
            float(self._one_voice(pair)),
            float(known and first.polarity != second.polarity),  # type: ignore[union-attr]
            float(known and (first.modality == "actual") != (second.modality == "actual")),  # type: ignore[union-attr]
            -min(self.behind(pair, logit, best), MOST_BEHIND) / MOST_BEHIND,
            min(ours.covered, theirs.covered),
            math.log(len(self.sentences)),
        ]

    def agree(self, pair: tuple[int, int], ruling: Ruling) -> tuple[Agreed, Agreed]:
        """Return what of each of two sentences the judge holds to say the same."""
        return _agree(self.words[pair[0]], ruling.left), _agree(self.words[pair[1]], ruling.right)

    def show_words(self, at: int, stems: Set[str]) -> list[str]:
        """Return the words of a sentence, and of the names behind it, that have some stems, each stem's first one.

        Rare words stand first.
        """
        sentence = self.sentences[at]
        words = [*(w for n in sentence.names for w in n.split()), *sentence.words]
        first: dict[str, str] = {}
        for word, key in zip(words, self.keys[at], strict=True):
            if key in stems:
                first.setdefault(key, word)
        return [first[key] for key in sorted(first, key=lambda k: (-self.rarity.get(k, 0.0), k))]

    def _weigh(self, stems: Mapping[str, float]) -> float:
        return sum(stems[w] * self.rarity[w] for w in sorted(stems))

    def _share(self, pair: tuple[int, int]) -> float:
        left, right = pair
        shared = sum(self.rarity[w] for w in sorted(self.stems[left] & self.stems[right]))
        return shared / max(math.sqrt(self.weights[left] * self.weights[right]), 1.0)

    def _among(self, pair: tuple[int, int]) -> float:
        """Return how much it tells to be each other's nearest: nothing in documents of one sentence."""
        return math.log(min(self.count[self.sentences[at].document] for at in pair)) / 3.0

    def compare_figures(self, pair: tuple[int, int], ruling: Ruling) -> tuple[Values, Values]:
        """Return by which figure both say the same, and by which two that cannot be one."""
        same, other = Values(), Values()
        for a, ours in self.quantities[pair[0]]:
            for b, theirs in self.quantities[pair[1]]:
                if read_dimension(a)[0] != read_dimension(b)[0]:
                    continue
                found, sure = relate_amounts(a, b), min(_best(ruling.left, ours), _best(ruling.right, theirs))
                if found in ("equal", "rounded") and sure > same.sure:
                    same = Values(sure, a.span, b.span)
                elif found == "excluded" and sure > other.sure:
                    other = Values(sure, a.span, b.span)
        return same, other if same.sure < 0.3 else Values()

    def compare_days(self, pair: tuple[int, int], ruling: Ruling) -> Values:
        """Return by which day or time both say the same."""
        same = Values()
        for a, ours in self.dates[pair[0]]:
            for b, theirs in self.dates[pair[1]]:
                if relate_times(a, b) in ("equal", "coarser"):
                    sure = min(_best(ruling.left, ours), _best(ruling.right, theirs))
                    same = Values(sure, a.span, b.span) if sure > same.sure else same
        return same

    def _one_voice(self, pair: tuple[int, int]) -> bool:
        ours, theirs = self.voices[pair[0]], self.voices[pair[1]]
        return ours is not None and theirs is not None and same_speaker(self.dossier, ours, theirs) is True

    def _find_clause(self, at: int, words: NDArray[np.float32]) -> Statement | None:
        """Return the statement of a sentence that bears most of what both sentences say."""
        spans = self.sentences[at].spans
        best: tuple[float, Statement] | None = None
        for statement in self.dossier.statements_of.get(self.sentences[at].span, ()):
            own = [w.at for w in self.words[at] if w.at < len(words)]
            own = [i for i in own if statement.span.start <= spans[i][0] < statement.span.end]
            values = sorted((float(words[i, 0]) for i in own), reverse=True)
            value = float(np.mean(values[: max(3, len(values) // 2)])) if values else 0.0
            if best is None or value > best[0]:
                best = value, statement
        return best[1] if best is not None else None


def _list_words(sentence: InContext, stems: Sequence[str], read: Sentence) -> list[_Word]:
    """Return the content words of a sentence; `stems` are those of the names before it and of its words."""
    before = len(stems) - len(sentence.words)
    return [
        _Word(n, stems[before + n], token.upos == "VERB")
        for n, token in enumerate(read.tokens)
        if token.upos in CONTENT
    ]


def _agree(words: Sequence[_Word], values: NDArray[np.float32]) -> Agreed:
    stems: dict[str, float] = {}
    verbs = set()
    known = [(w, float(values[w.at, 0])) for w in words if w.at < len(values)]
    for word, value in known:
        if word.stem:
            stems[word.stem] = max(stems.get(word.stem, 0.0), value)
            if word.is_verb and value >= BEARS:
                verbs.add(word.stem)
    covered = sum(value >= COVERS for _, value in known) / max(1, len(known))
    return Agreed(stems, verbs, covered)


def _best(words: NDArray[np.float32], tokens: Sequence[int]) -> float:
    return max((float(words[i, 0]) for i in tokens if i < len(words)), default=0.0)


def _voice_of(dossier: Dossier, sentence: InContext) -> Quotation | None:
    """Return the quotation that a good part of a sentence is, or None."""
    best: tuple[int, Quotation] | None = None
    for quotation in dossier.quotations_touching(sentence.span):
        inside = sum(c.overlap(sentence.span) for c in quotation.contents)
        if inside >= SPOKEN * sentence.span.length and (best is None or inside > best[0]):
            best = inside, quotation
    return best[1] if best is not None else None


def to_logit(value: float) -> float:
    """Return the logit of a likelihood, `MOST` at most either way."""
    value = min(max(value, 1e-6), 1 - 1e-6)
    return max(-MOST, min(MOST, math.log(value / (1 - value))))
