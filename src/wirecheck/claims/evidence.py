"""Evidence for claims: what is known of a claim and a sentence, besides what two sentences of a story are weighed by.

Those say how alike two sentences are. Of a claim it is asked whether a sentence that speaks of its fact says yes to
it: which words the judge reads to clash, which values exclude each other, and what denies, hedges or turns it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from wirecheck.claims.reading import Beside
from wirecheck.claims.values import Answer, find_answers
from wirecheck.comparison.evidence import CONTENT
from wirecheck.comparison.exchange import find_roles
from wirecheck.comparison.marks import find_keys
from wirecheck.comparison.story import AGREE, CLASH, DIFFER
from wirecheck.comparison.values.polarity import find_opposites
from wirecheck.comparison.weighing import FEATURES as ALIKE
from wirecheck.language import Sentence
from wirecheck.statements.clauses import load_verbs
from wirecheck.text.alignment import is_negator
from wirecheck.text.stems import stem

FEATURES = (
    *ALIKE,
    "claim: agreed",
    "claim: clashing",
    "claim: own agreed",
    "claim: main word agreed",
    "claim: least agreed",
    "agreed",
    "clashing",
    "differing",
    "own agreed",
    "own clashing",
    "clashing over agreed",
    "main word agreed",
    "verb agreed",
    "figure differing",
    "meaning",
    "found",
    "names missing",
    "name clashing",
    "value equal",
    "value loose",
    "value excluded",
    "value clashing",
    "rest of an excluded value",
    "claim alone denies",
    "sentence alone denies",
    "rest where the claim denies",
    "rest where the sentence denies",
    "rest of opposites",
    "none for a figure",
    "exchanged",
    "hedged",
    "to come on one side",
)
HEDGES = frozenset(
    [
        "may",
        "might",
        "could",
        "would",
        "reportedly",
        "allegedly",
        "apparently",
        "possibly",
        "perhaps",
        "probably",
        "likely",
        "suggest",
        "unconfirmed",
        "maybe",
        "if",
        "whether",
        "should",
    ]
)
"""Words that leave open whether something is so, beside the verbs of `possible` in `verbs.toml`."""
TO_COME = frozenset({"will", "shall", "'ll", "due"})
"""Words that put something in the future, beside the verbs of `future` in `verbs.toml`."""
NONE = frozenset({"no", "none", "nobody", "nothing", "never", "neither", "zero"})
FEWEST = 3
"""Words that say something that a claim must have for a sentence to repeat it."""
TOP, FEW = 3, 2
"""Words of a sentence that bear most, whose mean is taken: of all words, and of those that it alone has."""


def measure(beside: Beside) -> dict[int, NDArray[np.float64]]:
    """Return the values of `FEATURES` for each sentence that was put to the judge, by its place."""
    alike = beside.evidence.measure(beside.rulings)
    return {at: np.array([*alike[0, at], *_measure(beside, at)]) for _, at in beside.rulings}


def _measure(beside: Beside, at: int) -> list[float]:
    ruling = beside.rulings[0, at]
    ours, theirs = _Side(beside.read[0], ruling.left), _Side(beside.read[at], ruling.right)
    answers = find_answers(beside, at)
    found = len(ours.stems & theirs.stems) / max(1, len(ours.stems))
    named = len(ours.names & theirs.stems) / len(ours.names) if ours.names else 1.0
    rest = found * named
    equal, excluded = _best_of(answers, "equal"), [a for a in answers if a.is_apart]
    clashing = max((a.clash for a in excluded if a.is_close), default=0.0)
    denies = float(ours.denies and not theirs.denies), float(theirs.denies and not ours.denies)
    opposed = find_opposites(ours.lemmas, theirs.lemmas, ("deeds", "things")) is not None
    own, their_own = ours.alone(theirs), theirs.alone(ours)
    others = [i for i in theirs.content if theirs.keys.names[i] and theirs.keys.names[i] not in ours.stems]
    figures = [i for i in theirs.known if theirs.keys.figures[i]]
    values = theirs.values
    return [
        ours.mean(ours.content, AGREE),
        ours.top(ours.content, CLASH),
        ours.top(own, AGREE, FEW),
        ours.main(AGREE),
        min((float(ours.values[i, AGREE]) for i in ours.content), default=0.0),
        theirs.top(theirs.content, AGREE),
        theirs.top(theirs.content, CLASH),
        theirs.top(theirs.content, DIFFER),
        theirs.top(their_own, AGREE, FEW),
        theirs.top(their_own, CLASH, FEW),
        max((float(values[i, CLASH] - values[i, AGREE]) for i in theirs.content), default=0.0),
        theirs.main(AGREE),
        theirs.best(theirs.verbs, AGREE),
        theirs.best(figures, DIFFER),
        beside.cosines[0, at],
        found,
        min(3.0, float(len(ours.names - theirs.stems))),
        theirs.best(others, CLASH),
        equal * rest,
        _best_of(answers, "rounded", "coarser"),
        float(bool(excluded)),
        clashing,
        float(bool(excluded) and not equal) * rest,
        *denies,
        *(d * rest for d in denies),
        float(opposed) * rest,
        float(bool(beside.evidence.quantities[0]) and not beside.evidence.quantities[at] and theirs.says_none),
        float(find_roles(beside.dossier).are_exchanged(beside.sentences[0].span, beside.sentences[at].span)),
        float(_hedges(theirs.sentence) and not _hedges(ours.sentence)),
        float(_is_to_come(ours.sentence) != _is_to_come(theirs.sentence)),
    ]


def repeats(beside: Beside, at: int) -> bool:
    """Return whether a sentence has the words of a claim that say something, one behind the other, and its values.

    It may say more before and behind ("…, the coast guard said"), but not between them, and deny, leave open or put off
    nothing that the claim does not.
    """
    ours, theirs = (_Side(beside.read[n], beside.rulings[0, at].left) for n in (0, at))
    if ours.denies != theirs.denies or hedges_alone(beside, at) or len(ours.stems) < FEWEST:
        return False
    wanted, words = (
        [k for pair in zip(s.keys.stems, s.keys.figures, strict=True) for k in pair if k] for s in (ours, theirs)
    )
    runs = (words[n : n + len(wanted)] for n in range(len(words) - len(wanted) + 1))
    return wanted in runs and not any(a.is_apart for a in find_answers(beside, at))


def hedges_alone(beside: Beside, at: int) -> bool:
    """Return whether one of a claim and a sentence leaves open what the other tells as it is, or puts it off."""
    ours, theirs = beside.read[0], beside.read[at]
    return _hedges(ours) != _hedges(theirs) or _is_to_come(ours) != _is_to_come(theirs)


def _hedges(sentence: Sentence) -> bool:
    return any(t.lemma.lower() in HEDGES or t.lemma.lower() in load_verbs()["possible"] for t in sentence.tokens)


def _is_to_come(sentence: Sentence) -> bool:
    return any(t.lemma.lower() in TO_COME or t.lemma.lower() in load_verbs()["future"] for t in sentence.tokens)


def _best_of(answers: Iterable[Answer], *comparisons: str) -> float:
    return float(any(a.value.comparison in comparisons for a in answers))


class _Side:
    """One of the two sentences, with the likelihoods that the judge gives its words; words are given by place."""

    def __init__(self, sentence: Sentence, values: NDArray[np.float32]) -> None:
        self.sentence, self.values = sentence, values
        self.keys = find_keys([t.text for t in sentence.tokens])
        self.stems = {s for s in self.keys.stems if s}
        self.names = {s for s in self.keys.names if s}
        self.known = range(min(len(values), len(sentence.tokens)))
        self.content = [i for i in self.known if sentence.tokens[i].upos in CONTENT]
        self.verbs = [i for i in self.known if sentence.tokens[i].upos == "VERB"]
        self.lemmas = frozenset(stem(t.lemma.lower()) for t in sentence.tokens)
        words = {t.text.lower().replace("’", "'") for t in sentence.tokens}
        self.denies = any(is_negator(w) for w in words)
        self.says_none = bool(words & NONE)

    def alone(self, other: _Side) -> list[int]:
        """Return the content words, names left out, that the other side has not."""
        keys = self.keys
        return [i for i in self.content if keys.stems[i] and not keys.names[i] and keys.stems[i] not in other.stems]

    def top(self, places: Sequence[int], channel: int, count: int = TOP) -> float:
        """Return the mean likelihood of the words that bear most of what two sentences have to do."""
        best = sorted((float(self.values[i, channel]) for i in places), reverse=True)[:count]
        return float(np.mean(best)) if best else 0.0

    def mean(self, places: Sequence[int], channel: int) -> float:
        return self.top(places, channel, max(1, len(places)))

    def main(self, channel: int) -> float:
        """Return the likelihood of the word that all others hang on."""
        return self.best([self.sentence.root] if self.sentence.root is not None else [], channel)

    def best(self, places: Iterable[int], channel: int) -> float:
        return max((float(self.values[i, channel]) for i in places if i < len(self.values)), default=0.0)
