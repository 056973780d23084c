"""Sameness: whether two statements that are about one thing state the same fact, or at least share one.

Nearness is not enough to call two documents agreed: "signalling a new approach" is near "a stance close to his
demands", and neither confirms the other. Two likelihoods answer two questions. `same`: does each side say what the
other says? `shared`: do both state one fact, of which each may give another part?
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wirecheck.comparison.values.quantity import same_figure
from wirecheck.comparison.values.time import dates_differ, dates_meet
from wirecheck.language.dossier import Dossier
from wirecheck.model import Feature, Span, Statement
from wirecheck.points.compatibility import Compatibility
from wirecheck.statements.clauses import load_verbs
from wirecheck.text.stems import load_common, stem

LONGEST_RUN = 8.0
"""Words in a row from which on more of them tell nothing new."""
FEWEST_WORDS_TO_TELL = 2
FEWEST_WORDS_OF_SPEECH = 6
"""A clause of reporting with fewer words that are no names says only that somebody spoke ("said in a statement")."""
VERBLESS_WORDS = 0.6
"""Share of weighted words in common that a heading without a verb must have with what it is held against."""
NAMES_MEANING = 0.85
"""Cosine that two clauses need that have nothing but names in common."""
COPIED_WORDS, COPIED_MEANING = 0.93, 0.93
"""Share of weighted words and cosine from which on two clauses are one clause, copied."""
OCCASION = 0.75
"""Likelihood that two clauses share a fact that both say when, or where, one person spoke."""
SPEECH_NOUNS = frozenset({"remark", "comment", "speech", "statement", "announcement", "address", "testimony", "word"})
SPEECH_VERBS = frozenset({"come", "take", "occur"})
"""Subjects and verbs that tell of what someone said only when or where he said it."""
FEWEST_WORDS_OF_PLACE = 2
"""Words in common that a place or an occasion needs where no date is given: "at NATO headquarters"."""


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Weights, in logits, of what speaks for one fact."""

    none: float
    near: float
    """For the likelihood that both are about one thing (`Compatibility.score`)."""
    meaning: float
    words: float
    cover: float
    """For the share of the lighter side's words that the other has; below zero, since the meaning tells it better."""
    plain: float
    """For that share of its words that are no names, looked for in the whole sentence of the other."""
    sentence: float
    """For the likeness of the two sentences around."""
    other_verb: float
    run: float
    """For the longest run of words in common."""
    other_speaker: float
    ratio: float
    """For the length of the shorter side as a share of the longer one."""


SAME = _Evidence(-3.5, 2.65, 2.9, 2.97, -1.94, 0.99, 0.69, -0.9, 1.38, -0.67, -0.99)
SHARED = _Evidence(-2.66, 2.93, 2.41, 3.03, -3.0, 1.33, 2.19, -0.61, 2.14, -0.77, -1.54)
"""Fitted by logistic regression (ridge 3) on 322 pairs of clauses, none a plain copy, from 24 stories of the AllSides
set and the gold stories a-e, labelled by reading: 152 the same, 63 sharing a fact, 107 neither. Left out story by
story, the likelihood `same` is .6 or more for 110 pairs, of which 90 are the same, 12 share a fact and 8 do neither;
`shared` is .7 or more for 170, of which 146 do. With nearness alone, .65 of the pairs above its old threshold were the
same."""


NAMED = {
    "near": "both are about one thing: {}",
    "meaning": "how near the two clauses are in meaning: {}",
    "words": "how much of their words they share, the rarer the heavier: {}",
    "cover": "how much of the shorter one's words the other has: {}",
    "plain": "how much of them, names left out, stands in the other's sentence: {}",
    "sentence": "how near the two sentences around are in meaning: {}",
    "other_verb": "each has a verb that the other lacks",
    "run": "words that both have in a row, where eight are 1: {}",
    "other_speaker": "they are not said by one speaker",
    "ratio": "how long the shorter one is, as a share of the longer one: {}",
}
"""What each of the weights is for, in plain words, with the value that it weighs."""
_NAMES = tuple(NAMED)


class Sameness:
    """Judges pairs of statements of one story; swapping the two changes nothing."""

    def __init__(self, dossier: Dossier, compatibility: Compatibility) -> None:
        self.dossier, self.compatibility, self.likeness = dossier, compatibility, compatibility.likeness
        self._read: dict[int, _Words] = {}
        self._judged: dict[tuple[int, int], tuple[float, float]] = {}
        self._named = {
            document.id: sorted(
                (m.start, m.end) for a in dossier.actors for m in a.mentions if m.document == document.id
            )
            for document in dossier.documents
        }
        self.names = frozenset(name for s in dossier.statements for name in self._words(s).names)

    def same(self, left: Statement, right: Statement) -> float:
        """Return how likely it is that two statements state the same, from 0 to 1."""
        return self._judge(left, right)[0]

    def shared(self, left: Statement, right: Statement) -> float:
        """Return how likely it is that two statements state one fact, each perhaps another part of it, from 0 to 1."""
        return max(self._judge(left, right))

    def copied(self, left: Statement, right: Statement) -> bool:
        """Return whether two statements are one clause in the same words."""
        at = left.row, right.row
        return bool(self.likeness.words[at] > COPIED_WORDS and self.likeness.meaning[at] > COPIED_MEANING)

    def is_bare(self, statement: Statement) -> bool:
        """Return whether a statement says only that somebody spoke: "the minister said in a statement on Friday"."""
        if statement.relation.partition(" ")[0] not in load_verbs()["reporting"] or statement.quotation is not None:
            return False
        if any(a.relation in ("object", "complement") for a in statement.arguments):
            return False
        words = self.likeness.words_of[statement.row] - self._words(statement).names - {stem(statement.relation)}
        return len(words) < FEWEST_WORDS_OF_SPEECH

    def says_little(self, statement: Statement) -> bool:
        """Return whether a statement has no more than one word that is no name and no verb of saying: "on Thursday,
        the minister said"; two documents that have it have nothing in common that could be told.
        """
        words = self.likeness.words_of[statement.row] - self._words(statement).names
        return len(words - _stem_all(load_verbs()["reporting"])) < FEWEST_WORDS_TO_TELL

    def one_occasion(self, left: Statement, right: Statement) -> bool:
        """Return whether both say only when or where somebody spoke, and that he did so on one day or at one place.

        "The ministry announced on Thursday", "said in a notice issued Thursday", "the minister's remarks came at a
        meeting of": the words that follow are other statements, and when and where they were said is a fact of its own.
        """
        bare = [self.is_bare(s) for s in (left, right)]
        spoken = [b or self._only_speaks(s) for b, s in zip(bare, (left, right), strict=True)]
        if not (any(bare) or all(spoken)) or dates_differ(left.dates, right.dates):
            return False
        if not self._subject(left) & self._subject(right):
            return False
        here, there = self.likeness.words_of[left.row], self.likeness.words_of[right.row]
        if _occasions(here) and _occasions(there) and not _occasions(here) & _occasions(there):
            return False
        common = here & there
        common -= self._subject_words(left) | self._subject_words(right)
        verb = stem(left.relation) == stem(right.relation)
        if dates_meet(left.dates, right.dates):
            days = {w for s in (left, right) for d in s.dates for w in self._stems(d.span)}
            return all(spoken) or verb or bool(common - days)
        return all(spoken) and len(common - {stem(left.relation)}) >= FEWEST_WORDS_OF_PLACE

    def covers(self, shorter: Statement, other: Statement) -> bool:
        """Return whether all that a statement says stands, word for word, in one run of the other."""
        words, around = self._words(shorter).run, self._words(other).run
        return bool(words) and _longest_run(words, around) == len(words)

    def _judge(self, left: Statement, right: Statement) -> tuple[float, float]:
        key = (left.row, right.row) if left.row <= right.row else (right.row, left.row)
        known = self._judged.get(key)
        if known is None:
            known = self._judged[key] = self._weigh(left, right)
        return known

    def explain(self, left: Statement, right: Statement, *, shared: bool) -> tuple[Feature, ...]:
        """Return what the likelihood `same`, or `shared`, is made of; the weights add up to its logit.

        A likelihood of 0 or 1 is given as .01 or .99.
        """
        ruled = self._rule(left, right)
        if ruled is not None:
            said, likelihoods = ruled
            likelihood = min(max(likelihoods[shared], 0.01), 0.99)
            return (Feature(said, "", "", math.log(likelihood / (1.0 - likelihood))),)
        weights = SHARED if shared else SAME
        start = f"to begin with: how often two clauses {'share a fact' if shared else 'state the same'}"
        values = zip(_NAMES, self._measure(left, right), strict=True)
        told = [
            Feature(NAMED[n].format(f"{x:.2f}".removeprefix("0")), "", "", getattr(weights, n) * x)
            for n, x in values
            if x
        ]
        return (Feature(start, "", "", weights.none), *told)

    def _weigh(self, left: Statement, right: Statement) -> tuple[float, float]:
        ruled = self._rule(left, right)
        if ruled is not None:
            return ruled[1]
        found = self._measure(left, right)
        return _likelihood(SAME, found), _likelihood(SHARED, found)

    def _rule(self, left: Statement, right: Statement) -> tuple[str, tuple[float, float]] | None:
        """Return what settles `same` and `shared` without weighing, and both, or None."""
        other_name = self._other_name(left, right)
        if self.copied(left, right) and not other_name:
            return "both are one clause in the same words", (1.0, 1.0)
        if self.one_occasion(left, right):
            return "both tell when or where somebody spoke", (0.0, OCCASION)
        if self.is_bare(left) or self.is_bare(right):
            return "one says only that somebody spoke", (0.0, 0.0)
        if other_name:
            return "they say the same of two names", (0.0, 0.0)
        if self._only_names(left, right):
            return "they have no more in common than names, or one is a phrase without a verb", (0.0, 0.0)
        return None

    def _measure(self, left: Statement, right: Statement) -> tuple[float, ...]:
        """Return the values that `_NAMES` weigh."""
        ours, theirs = self.likeness.words_of[left.row], self.likeness.words_of[right.row]
        weights = self._weight(ours), self._weight(theirs)
        sides = [(left, right)] if weights[0] <= weights[1] else []
        sides += [(right, left)] if weights[1] <= weights[0] else []
        sizes = sorted((len(ours), len(theirs)))
        here, there = self._words(left), self._words(right)
        return (
            self.compatibility.score(left, right),
            float(self.likeness.meaning[left.row, right.row]),
            float(self.likeness.words[left.row, right.row]),
            self._weight(ours & theirs) / max(min(weights), 1e-6),
            min(self._cover(lighter, heavier) for lighter, heavier in sides),
            self._cosine(left, right),
            float(_other_verb(left, right, ours, theirs)),
            min(_longest_run(here.run, there.run), LONGEST_RUN) / LONGEST_RUN,
            float((left.attributed_to or "") != (right.attributed_to or "")),
            sizes[0] / max(sizes[1], 1),
        )

    def _only_speaks(self, statement: Statement) -> bool:
        """Return whether a statement says on which occasion someone spoke: "spoke at a meeting", "his remarks came"."""
        verb = statement.relation.partition(" ")[0]
        if statement.quotation is not None or any(a.relation in ("object", "complement") for a in statement.arguments):
            return False
        if verb in load_verbs()["reporting"]:
            return True
        return verb in SPEECH_VERBS and any(
            a.relation == "subject" and a.head in SPEECH_NOUNS for a in statement.arguments
        )

    def _subject(self, statement: Statement) -> frozenset[str]:
        """Return the actor of the subject, or its head where it resolves to none; whose remarks it is that came."""
        found: set[str] = set()
        for argument in (a for a in statement.arguments if a.relation == "subject"):
            if argument.head in SPEECH_NOUNS:
                found |= self._actors_in(argument.span)
            else:
                found.add(argument.actor or stem(argument.head))
        return frozenset(found)

    def _actors_in(self, span: Span) -> set[str]:
        return {
            actor.id
            for actor in self.dossier.actors
            for m in actor.mentions
            if m.document == span.document and span.covers(m)
        }

    def _subject_words(self, statement: Statement) -> frozenset[str]:
        return frozenset(w for a in statement.arguments if a.relation == "subject" for w in self._stems(a.span))

    def _stems(self, span: Span) -> frozenset[str]:
        return frozenset(
            stem(token.lemma or token.text)
            for sentence in self.dossier.reading(span.document).sentences_in(span.start, span.end)
            for token in sentence.tokens
            if span.start <= token.start < span.end
        )

    def _other_name(self, left: Statement, right: Statement) -> bool:
        """Return whether both say the same word for word, but of another name: "the flag of" one land and another."""
        ours, theirs = self.likeness.words_of[left.row], self.likeness.words_of[right.row]
        here, there = self._words(left), self._words(right)
        own, others = ours - theirs, theirs - ours
        named = bool(own) and bool(others) and own <= here.names and others <= there.names
        return named and not own & there.sentence and not others & here.sentence

    def _only_names(self, left: Statement, right: Statement) -> bool:
        """Return whether two statements have no more in common than names, or one is a phrase without a verb.

        Of 26 labelled pairs of the first kind and 14 of the second, half and half share a fact: a toss of a coin.
        """
        at = left.row, right.row
        if not (left.relation and right.relation) and self.likeness.words[at] < VERBLESS_WORDS:
            return True
        plain = (self.likeness.words_of[left.row] & self.likeness.words_of[right.row]) - self.names
        figures = any(same_figure(a, b) for a in left.quantities for b in right.quantities)
        return not plain and not figures and float(self.likeness.meaning[at]) < NAMES_MEANING

    def _cover(self, lighter: Statement, heavier: Statement) -> float:
        plain = self.likeness.words_of[lighter.row] - self.names
        around = self._words(heavier).sentence
        return (self._weight(plain & around) + 0.5) / (self._weight(plain) + 1.0)

    def _cosine(self, left: Statement, right: Statement) -> float:
        return float(self._words(left).vector @ self._words(right).vector)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self.likeness.weight.get(w, 3.0) for w in sorted(words))

    def _words(self, statement: Statement) -> _Words:
        known = self._read.get(statement.row)
        if known is None:
            known = self._read[statement.row] = self._find_words(statement)
        return known

    def _find_words(self, statement: Statement) -> _Words:
        common, named = load_common(), self._named[statement.document]
        names, around, run = set(), set(), []
        vector: NDArray[np.float32] = np.zeros(384, dtype=np.float32)
        reading = self.dossier.reading(statement.document)
        for sentence in reading.sentences_in(statement.sentence.start, statement.sentence.end):
            vector = sentence.embedding
            for token in sentence.tokens:
                lower = token.text.lower()
                lemma = (token.lemma or lower).lower()
                if not any(c.isalnum() for c in lower):
                    continue
                word = stem(lemma)
                if statement.span.start <= token.start < statement.span.end:
                    run.append(word)
                if lower in common or lemma in common:
                    continue
                around.add(word)
                if token.text[:1].isupper() and any(a <= token.start < b for a, b in named):
                    names.add(word)
        return _Words(frozenset(names), frozenset(around), tuple(run), vector)


@dataclass(frozen=True, slots=True)
class _Words:
    """The stems of a statement: of names in its sentence, of all telling words there, and of all its own in a row."""

    names: frozenset[str]
    sentence: frozenset[str]
    run: tuple[str, ...]
    vector: NDArray[np.float32]


@cache
def _load_occasions() -> dict[str, frozenset[int]]:
    """Return the rows of `data/occasions.toml` in which the stem of a word stands."""
    text = resources.files("wirecheck.points").joinpath("data/occasions.toml").read_text("utf-8")
    rows: dict[str, set[int]] = {}
    for n, row in enumerate(tomllib.loads(text)["occasions"]):
        for word in row:
            rows.setdefault(stem(word), set()).add(n)
    return {word: frozenset(found) for word, found in rows.items()}


def _occasions(words: frozenset[str]) -> frozenset[int]:
    """Return the kinds of occasion that words name: an interview, a speech, a statement."""
    known = _load_occasions()
    return frozenset(n for word in words for n in known.get(word, frozenset()))


def _other_verb(left: Statement, right: Statement, ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether both have a predicate and neither occurs on the other side in any form."""
    verbs = [stem(s.relation.partition(" ")[0]) if s.relation else "" for s in (left, right)]
    return all(verbs) and verbs[0] != verbs[1] and verbs[0] not in theirs and verbs[1] not in ours


def _longest_run(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many words in a row two sequences have in common."""
    longest, before = 0, [0] * (len(right) + 1)
    for word in left:
        row = [0] * (len(right) + 1)
        for j, other in enumerate(right):
            if word == other:
                row[j + 1] = before[j] + 1
                longest = max(longest, row[j + 1])
        before = row
    return longest


def _likelihood(weights: _Evidence, found: Sequence[float]) -> float:
    evidence = weights.none + sum(
        float(getattr(weights, name)) * value for name, value in zip(_NAMES, found, strict=True)
    )
    return 1.0 / (1.0 + math.exp(-evidence))


@cache
def _stem_all(words: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(w) for w in words)
