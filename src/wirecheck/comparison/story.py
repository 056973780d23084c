"""A story as the judge sees it: its sentences and what was ruled of each pair that was asked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wirecheck.comparison.candidates import find_candidates
from wirecheck.comparison.context import InContext, put_in_context
from wirecheck.comparison.evidence import Evidence
from wirecheck.comparison.exchange import find_roles
from wirecheck.comparison.judge import Ruling, load_judge
from wirecheck.comparison.speakers import Voices
from wirecheck.comparison.weighing import weigh_ruling
from wirecheck.language.dossier import Dossier
from wirecheck.language.sentence import Sentence, Token
from wirecheck.model import Span
from wirecheck.places import Places
from wirecheck.statements.clauses import Tree
from wirecheck.text.marks import close_marks

AGREE, CLASH, DIFFER = range(3)
EMPTY = frozenset({"PUNCT", "DET", "ADP", "CCONJ"})
TIED = frozenset((
    "det", "case", "aux", "cop", "compound", "flat", "fixed", "nummod", "amod", "mark", "advmod", "nsubj", "obj",
    "nmod",
))  # fmt: skip
"""Relations by which a word belongs to the one that it hangs on wherever that is shown."""
BEARS = 0.5
"""Share of the best word's likelihood that a word must have for the shown words to run up to it."""
NEARLY_ALL = 0.7
"""Share of a clause from which on it is shown whole."""
EDGE = frozenset({"PUNCT", "CCONJ", "SYM"})
ASKED = 0.2
"""Likelihood below which nothing is asked of two sentences that could keep them apart."""
CERTAIN = 0.99
"""Likelihood that two sentences in the same words state the same."""
SUPPORTS = 0.6
"""Share of the best supported clause of a sentence that another one must have to be shown beside it."""


@dataclass(frozen=True)
class Compared:
    """Sentences of a story in the order of its documents; `rulings` has the pairs asked, the earlier sentence first."""

    dossier: Dossier
    sentences: tuple[InContext, ...]
    read: tuple[Sentence, ...]
    rulings: dict[tuple[int, int], Ruling] = field(repr=False)
    """What was concluded of each pair, all evidence weighed."""
    features: dict[tuple[int, int], NDArray[np.float64]] = field(repr=False)
    """The values of `weighing.FEATURES` for each pair."""
    blocked: dict[tuple[int, int], str] = field(default_factory=dict)
    """What forbids that a pair states one fact, whatever the judge reads in it."""
    evidence: Evidence = field(repr=False, kw_only=True)
    """What `features` were measured with."""

    @cached_property
    def partners(self) -> dict[int, tuple[int, ...]]:
        """The sentences that each sentence was held against, by place."""
        found: dict[int, list[int]] = {}
        for left, right in self.rulings:
            found.setdefault(left, []).append(right)
            found.setdefault(right, []).append(left)
        return {at: tuple(sorted(many)) for at, many in found.items()}

    @cached_property
    def place(self) -> dict[tuple[str, int], int]:
        """The place of each sentence, by its document and first character."""
        return {(s.document, s.start): n for n, s in enumerate(self.sentences)}

    @cached_property
    def _places(self) -> dict[str, Places[tuple[int, int, int]]]:
        found: dict[str, list[tuple[int, int, int]]] = {}
        for n, s in enumerate(self.sentences):
            found.setdefault(s.document, []).append((s.start, s.end, n))
        return {document: Places(sorted(many), lambda p: (p[0], p[1])) for document, many in found.items()}

    def sentences_in(self, span: Span) -> tuple[int, ...]:
        """Return the places of the sentences that share a character with a span, in order."""
        own = self._places.get(span.document)
        return tuple(n for _, _, n in own.touching(span.start, span.end)) if own is not None else ()

    def ruling(self, left: int, right: int) -> Ruling | None:
        """Return what was ruled of two sentences, the first one's words on the left; None where nobody asked."""
        if left <= right:
            return self.rulings.get((left, right))
        known = self.rulings.get((right, left))
        return known.swapped() if known is not None else None

    @cached_property
    def clauses(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """The tokens of each clause of each sentence, by place; of a sentence without syntax, all of them."""
        found = []
        for sentence in self.read:
            cut = tuple(clause.own for clause in Tree(sentence).clauses)
            found.append(cut or (tuple(range(len(sentence.tokens))),))
        return tuple(found)

    def inside(self, at: int, clause: int) -> tuple[int, ...]:
        """Return the clauses of a sentence that stand inside another one of it."""
        first, last = self.clauses[at][clause][0], self.clauses[at][clause][-1]
        return tuple(n for n, own in enumerate(self.clauses[at]) if n != clause and first < own[0] and own[-1] <= last)

    def support(self, at: int, units: Sequence[Sequence[int]], words: NDArray[np.float32], channel: int) -> list[float]:
        """Return for each unit (tokens of a sentence) how far its words bear what two sentences have to do."""
        tokens = self.read[at].tokens
        found = []
        for unit in units:
            own = [i for i in unit if i < len(words) and tokens[i].upos not in EMPTY]
            values = sorted((float(words[i, channel]) for i in own), reverse=True)
            found.append(float(np.mean(values[: max(3, len(values) // 2)])) if values else 0.0)
        return found

    def bearing(self, at: int, words: NDArray[np.float32], channel: int) -> tuple[int, ...]:
        """Return the clauses of a sentence that bear what two sentences have to do: the best, and those near it."""
        return _near_best(self.support(at, self.clauses[at], words, channel))

    def span(
        self,
        at: int,
        clauses: Iterable[int],
        words: NDArray[np.float32] | None = None,
        *,
        without: Iterable[int] = (),
    ) -> tuple[Span, ...]:
        """Return the runs of text of some clauses of a sentence, neighbours as one.

        With the likelihoods of its `words`, a clause is cut to the part that bears the fact; what denies, names or
        counts a word of it stays. Clauses `without` which it is wanted are left out where they stand inside one.
        """
        tokens = self.read[at].tokens
        left_out = {i for n in without for i in self.clauses[at][n]}
        runs = sorted(
            part for n in clauses for part in _part(tokens, self._run(at, self.clauses[at][n], words), left_out)
        )
        joined: list[tuple[int, int]] = []
        for first, last in runs:
            if joined and all(t.upos in EDGE for t in tokens[joined[-1][1] + 1 : first]):
                joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
            else:
                joined.append((first, last))
        document = self.sentences[at].document
        text = self.dossier.document(document).text
        return tuple(
            Span(document, tokens[first].start, close_marks(text, tokens[first].start, tokens[last].end))
            for first, last in joined
        )

    def _run(self, at: int, unit: tuple[int, ...], words: NDArray[np.float32] | None) -> tuple[int, int]:
        if words is None:
            return unit[0], unit[-1]
        sentence = self.read[at]
        values = {i: float(words[i]) for i in unit if i < len(words) and sentence.tokens[i].upos not in EMPTY}
        least = max(values.values(), default=0.0) * BEARS
        bearing = [i for i, value in values.items() if value >= least]
        if not bearing:
            return unit[0], unit[-1]
        first, last = min(bearing), max(bearing)
        own = set(unit)
        changed = True
        while changed:
            changed = False
            for i in range(first, last + 1):
                for child in sentence.children(i) if i in own else ():
                    if child in own and sentence.tokens[child].relation.partition(":")[0] in TIED:
                        low, high = sentence.subtree(child)
                        low, high = max(low, unit[0]), min(high - 1, unit[-1])
                        if low < first or high > last:
                            first, last, changed = min(first, low), max(last, high), True
        if last - first + 1 >= NEARLY_ALL * (unit[-1] - unit[0] + 1):
            return unit[0], unit[-1]
        return first, last


def _part(tokens: Sequence[Token], run: tuple[int, int], left_out: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a run of tokens between those that are left out, without the marks at their edges."""
    for kept, piece in itertools.groupby(range(run[0], run[1] + 1), key=lambda i: i not in left_out):
        own = list(piece)
        if kept and left_out:
            while own and tokens[own[0]].upos in EDGE:
                del own[0]
            while own and tokens[own[-1]].upos in EDGE:
                del own[-1]
        if kept and own:
            yield own[0], own[-1]


def _near_best(support: list[float]) -> tuple[int, ...]:
    least = max(support, default=0.0) * SUPPORTS
    return tuple(n for n, value in enumerate(support) if value >= least)


def _copy(ruling: Ruling) -> Ruling:
    """Return the ruling of two sentences in the same words: no model is needed to see that they agree."""
    whole = [np.zeros_like(words) for words in (ruling.left, ruling.right)]
    for words in whole:
        words[:, AGREE] = 1.0
    return Ruling(CERTAIN, 0.0, 0.0, whole[0], whole[1])


def compare_sentences(dossier: Dossier, *, of: str | None = None) -> Compared:
    """Return what the judge says of the sentences of a story; with `of` only of those of one document and others."""
    sentences = put_in_context(dossier)
    by_place = {(r.document.id, s.start): s for r in dossier.readings for s in r.sentences}
    read = tuple(by_place[s.document, s.start] for s in sentences)
    embeddings = np.stack([s.embedding for s in read]) if read else np.zeros((0, 384), np.float32)
    candidates = find_candidates(sentences, embeddings)
    if of is not None:
        own = [s.document == of for s in sentences]
        candidates = {pair: cosine for pair, cosine in candidates.items() if own[pair[0]] != own[pair[1]]}
    evidence = Evidence(dossier, sentences, read, candidates)
    asked = evidence.pick()
    rulings = load_judge().rule(sentences, asked) if asked else {}
    features = evidence.measure(rulings)
    weighed = {pair: weigh_ruling(ruling, features[pair]) for pair, ruling in rulings.items()}
    weighed |= {pair: _copy(r) for pair, r in weighed.items() if sentences[pair[0]].words == sentences[pair[1]].words}
    voices = Voices(dossier)
    roles = find_roles(dossier)
    blocked = {pair: said for pair in weighed if (said := voices.say_two(*(sentences[at].span for at in pair)))}
    blocked |= {
        pair: "exchanged roles"
        for pair, ruling in weighed.items()
        if ruling.agree >= ASKED and pair not in blocked and roles.are_exchanged(*(sentences[at].span for at in pair))
    }
    weighed |= {pair: weighed[pair]._replace(agree=0.0, clash=0.0, differ=0.0) for pair in blocked}
    return Compared(dossier, sentences, read, weighed, features, blocked, evidence=evidence)
