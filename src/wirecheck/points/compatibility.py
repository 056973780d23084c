"""Compatibility: whether two statements that are about one thing also say the same of it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from wirecheck.comparison.exchange import find_roles
from wirecheck.comparison.values.polarity import find_opposites, load_hedges, load_opposites, opposite_prepositions
from wirecheck.comparison.values.quantity import (
    is_telling,
    one_telling_number,
    quantities_differ,
    same_figure,
    same_quantity,
)
from wirecheck.comparison.values.time import dates_differ, dates_meet, known_dates
from wirecheck.language import Sentence
from wirecheck.language.dossier import Dossier, keep_last
from wirecheck.model import Actor, Quantity, Statement
from wirecheck.points.likeness import Likeness
from wirecheck.statements.clauses import load_verbs
from wirecheck.text.stems import stem

Difference = Literal[
    "polarity", "opposite", "modality", "quantity", "date", "exchange", "subject", "name", "speaker", "thing"
]
"""What keeps two like statements from agreeing."""

YEAR = re.compile(r"(?:1[89]|20)\d\d")
UNREAL = frozenset({"future", "possible", "conditional"})
"""Modalities of what has not happened; a fact never agrees with one of them."""
FEWEST_SHARED_WORDS = 0.12
"""Below this share of weighted words two statements agree only if they mean nearly the same (`SAME_MEANING`)."""
SAME_MEANING = 0.88
"""Cosine of two statements that differ in hardly a word; who is meant by a name or pronoun is not asked then."""
PARTICLES = frozenset({"van", "von", "de", "der", "den", "da", "di", "bin", "al", "el", "la", "le", "ter", "dos", "du"})
SAME_TEXT = 0.985
"""Cosine of two clauses that have the same words in the same order, and the same subject."""
MOST_SHARED = 16.0
"""Weight of shared words from which on more of them tell nothing new."""

FEW_SHARED = 6.0
"""Weight of shared words up to which the same words are no sign of one thing: about two words ("I used money")."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Evidence, in logits, that two statements speak of one thing.

    Fitted by logistic regression on the pairs of statements of the gold stories a-e (pairs of agreements against all
    other pairs of documents with a cosine above 0.3, near misses weighing ten times as much), rounded. On the stories
    f-z, of all other pairs 1.1 % pass the threshold that 60 % of the agreements pass; with the cosine and the shared
    words alone, mixed 0.6 to 0.4, it is 4.0 %. Fitted on f-z instead, the weights come out alike.
    """

    none: float = -6.7
    meaning: float = 1.5
    words: float = 0.5
    shared: float = 4.0
    telling: float = 2.5
    identity: float = 3.0
    """For the same words with the same meaning; not fitted, as copies were left out of the fit."""
    copy: float = 8.0
    """For the same clause of the same subject, however short; a document agrees with its own copy. Not fitted."""
    quantity: float = 1.8
    date: float = 1.3
    relation: float = 0.2
    other_quantity: float = -1.4
    other_date: float = -1.0
    other_modality: float = -0.8
    other_name: float = -0.6


WEIGHTS = Weights()


@keep_last
def compare_statements(dossier: Dossier) -> Compatibility:
    """Return what compares the statements of a story; the last one asked for is kept, as all checks ask for it."""
    return Compatibility(dossier, Likeness(dossier))


class Compatibility:
    """Compares the statements of one story, two at a time; swapping the two changes nothing."""

    def __init__(self, dossier: Dossier, likeness: Likeness) -> None:
        self.dossier = dossier
        self.likeness = likeness
        self._scores: dict[tuple[int, int], float] = {}
        self._differences: dict[tuple[int, int], Difference | None] = {}
        self.statements = dossier.statements
        self.place = {d.id: n for n, d in enumerate(dossier.documents)}
        self.base: NDArray[np.float32] = (
            WEIGHTS.none
            + WEIGHTS.meaning * likeness.meaning
            + WEIGHTS.words * likeness.words
            + WEIGHTS.shared * np.minimum(likeness.shared, MOST_SHARED) / MOST_SHARED
            + WEIGHTS.telling * likeness.telling / 5.0
            + WEIGHTS.identity
            * _beyond(likeness.words, 0.7)
            * _beyond(likeness.meaning, 0.7)
            * np.clip(likeness.shared / FEW_SHARED - 1.0, 0.0, 1.0)
        )
        self.roles = find_roles(dossier)
        self.actors: dict[str, Actor] = {a.id: a for a in dossier.actors}
        self.named = {a.id for a in dossier.actors if a.kind == "person" and is_name(a.name)}
        self.direct = {q.id for q in dossier.quotations if q.kind != "indirect"}

    def score(self, left: Statement, right: Statement) -> float:
        """Return how likely it is that two statements of a story speak of one thing, from 0 to 1."""
        key = (left.row, right.row) if left.row <= right.row else (right.row, left.row)
        known = self._scores.get(key)
        if known is None:
            known = self._scores[key] = self._score(left, right)
        return known

    def _score(self, left: Statement, right: Statement) -> float:
        weight = WEIGHTS
        evidence = float(self.base[left.row, right.row])
        if self.likeness.words[left.row, right.row] > 0.99 and self.likeness.meaning[left.row, right.row] > SAME_TEXT:
            evidence += weight.copy
        if any(same_figure(a, b) for a in left.quantities for b in right.quantities):
            evidence += weight.quantity
        if dates_meet(left.dates, right.dates):
            evidence += weight.date
        if left.relation and left.relation == right.relation:
            evidence += weight.relation
        if quantities_differ(left.quantities, right.quantities):
            evidence += weight.other_quantity
        if dates_differ(left.dates or left.setting, right.dates or right.setting):
            evidence += weight.other_date
        if self.other_reality(left, right):
            evidence += weight.other_modality
        if self.other_names(left, right):
            evidence += weight.other_name
        return 1.0 / (1.0 + math.exp(-evidence))

    def near(self, statement: Statement, least: float) -> list[tuple[float, Statement]]:
        """Return the statements of other documents that score at least `least`, nearest first, with their scores."""
        floor = math.log(least / (1.0 - least)) - WEIGHTS.quantity - WEIGHTS.date - WEIGHTS.relation
        candidates = (self.base[statement.row] >= floor) | (self.likeness.meaning[statement.row] > SAME_TEXT)
        found = []
        for row in np.nonzero(candidates)[0]:
            other = self.statements[int(row)]
            if other.document != statement.document:
                score = self.score(statement, other)
                if score >= least:
                    found.append((score, other))
        return sorted(found, key=lambda n: (-round(n[0], 5), self.place[n[1].document], n[1].span))

    def difference(self, left: Statement, right: Statement) -> Difference | None:
        """Return the first thing that keeps two like statements from agreeing, or None; several steps ask."""
        key = left.row, right.row
        if key not in self._differences:
            self._differences[key] = self._difference(left, right)
        return self._differences[key]

    def _difference(self, left: Statement, right: Statement) -> Difference | None:
        denied = left.polarity != right.polarity
        reversed_ = self.opposites(left, right) is not None
        if denied and not reversed_:  # "not clear" is "unclear"
            return "polarity"
        if (reversed_ and not denied) or opposite_prepositions(left, right) is not None:
            return "opposite"
        if self.other_reality(left, right) or self.other_certainty(left, right):
            return "modality"
        near = float(self.likeness.words[left.row, right.row]) >= FEWEST_SHARED_WORDS
        if near and self.only_planned(left, right):
            return "modality"
        if quantities_differ(left.quantities, right.quantities) or self.other_deed(left, right):
            return "quantity"
        if dates_differ(left.dates or left.setting, right.dates or right.setting) or shifted(left, right):
            return "date"
        if self.roles.are_exchanged(left.sentence, right.sentence):
            return "exchange"
        same = float(self.likeness.meaning[left.row, right.row]) >= SAME_MEANING
        if not same and other_subject(left, right):
            return "subject"
        if not same and self.other_names(left, right):
            return "name"
        if self.other_speaker(left, right):
            return "speaker"
        return "thing" if self.other_thing(left, right) else None

    def differs_otherwise(self, left: Statement, right: Statement) -> bool:
        """Return whether two statements differ in more than yes and no: in their figures, dates, persons or places."""
        return (
            quantities_differ(left.quantities, right.quantities)
            or dates_differ(left.dates or left.setting, right.dates or right.setting)
            or self.roles.are_exchanged(left.sentence, right.sentence)
            or other_subject(left, right)
            or self.other_names(left, right)
        )

    def opposites(self, left: Statement, right: Statement) -> tuple[str, str] | None:
        """Return a word of the left only and its opposite of the right only, or None."""
        return find_opposites(self.likeness.words_of[left.row], self.likeness.words_of[right.row])

    def other_reality(self, left: Statement, right: Statement) -> bool:
        """Return whether one states as done what the other expects.

        Headlines put what is to come in the present, and "is buying" may be either: these tell nothing.
        """
        if (left.modality in UNREAL) == (right.modality in UNREAL):
            return False
        real = right if left.modality in UNREAL else left
        return bool(real.relation) and not real.is_title and not self._is_under_way(real)

    def tells_a_rule(self, left: Statement, right: Statement) -> bool:
        """Return whether one says what would be and the other puts it in the present, as is done of rules and bills."""
        return any(self._would(a) and self._is_present(b) for a, b in ((left, right), (right, left)))

    def only_planned(self, left: Statement, right: Statement) -> bool:
        """Return whether what one states as done the other names as planned: "opened", "discussed plans to open"."""
        return any(
            real.modality not in UNREAL
            and not real.is_title
            and real.relation != other.relation
            and stem(real.relation.partition(" ")[0]) in self._planned(other)
            for real, other in ((left, right), (right, left))
            if real.relation
        )

    def _planned(self, statement: Statement) -> frozenset[str]:
        """Return the stems of the verbs with "to" under a verb or noun of planning in a statement."""
        found = set()
        for sentence in self.dossier.reading(statement.document).sentences_in(statement.span.start, statement.span.end):
            for i, token in enumerate(sentence.tokens):
                inside = statement.span.start <= token.start < statement.span.end
                if not inside or token.head < 0 or (token.lemma or "").lower() == statement.relation:
                    continue
                above = sentence.tokens[token.head]
                planned = (above.lemma or above.text).lower() in load_verbs()["future"] and above.start < token.start
                marks = {sentence.tokens[c].text.lower() for c in sentence.children(i)}
                if planned and "to" in marks:
                    found.add(stem(token.lemma or token.text))
        return frozenset(found)

    def one_figure(self, left: Statement, right: Statement) -> bool:
        """Return whether both give one telling figure, not in a date, be it a part of a word: "11th-round"."""
        pairs = [(a, b) for a in left.quantities for b in right.quantities]
        if any(one_telling_number(a, b) for a, b in pairs):
            return True
        common = self.likeness.words_of[left.row] & self.likeness.words_of[right.row]
        figures = {word for word in common if any(c.isdigit() for c in word) and not YEAR.fullmatch(word)}
        dated = (w for s in (left, right) for d in s.dates for w in self.dossier.words(d.span).casefold().split())
        return bool(figures) and not figures.issubset(dated)

    def other_reality_of_deed(self, left: Statement, right: Statement) -> bool:
        """Return whether what one states as done is what the other expects: "bought", "may buy", "plans to buy"."""
        return any(
            real.modality not in UNREAL and stem(verb) in self.likeness.words_of[other.row]
            for real, other in ((left, right), (right, left))
            if (verb := real.relation.partition(" ")[0]) and verb not in load_verbs()["required"]
        )

    def other_certainty(self, left: Statement, right: Statement) -> bool:
        """Return whether one speaks of possible or rumoured deeds, and the other hedges nothing."""
        hedged = [bool(self.likeness.words_of[s.row] & load_hedges()) for s in (left, right)]
        unreal = [s.modality in UNREAL for s in (left, right)]
        return (hedged[0] and not hedged[1] and not unreal[1]) or (hedged[1] and not hedged[0] and not unreal[0])

    def _is_under_way(self, statement: Statement) -> bool:
        """Return whether the predicate is a progressive without a past: "is buying"."""
        reading = self.dossier.reading(statement.document)
        for sentence in reading.sentences_in(statement.sentence.start, statement.sentence.end):
            for i, token in enumerate(sentence.tokens):
                if statement.span.start <= token.start < statement.span.end and token.xpos == "VBG":
                    lemma = statement.relation.partition(" ")[0]
                    helpers = {sentence.tokens[c].text.lower() for c in sentence.children(i)}
                    if token.lemma.lower() == lemma and helpers & {"is", "are", "am", "'s", "’s", "'re", "’re"}:
                        return True
        return False

    def _would(self, statement: Statement) -> bool:
        """Return whether the predicate of a statement has the auxiliary "would"."""
        return any(
            sentence.tokens[c].text.lower() == "would"
            for sentence, i in self._predicates(statement)
            for c in sentence.children(i)
        )

    def _is_present(self, statement: Statement) -> bool:
        """Return whether the predicate stands in the simple present: "does not apply", "bans"."""
        return any(
            sentence.tokens[i].xpos in ("VBZ", "VBP") or (sentence.tokens[i].xpos == "VB" and self._does(sentence, i))
            for sentence, i in self._predicates(statement)
        )

    @staticmethod
    def _does(sentence: Sentence, i: int) -> bool:
        return bool({sentence.tokens[c].text.lower() for c in sentence.children(i)} & {"does", "do"})

    def _predicates(self, statement: Statement) -> Iterator[tuple[Sentence, int]]:
        """Yield the sentence and index of each token that may be the predicate of a statement."""
        lemma = statement.relation.partition(" ")[0]
        reading = self.dossier.reading(statement.document)
        for sentence in reading.sentences_in(statement.sentence.start, statement.sentence.end):
            for i, token in enumerate(sentence.tokens):
                if (
                    statement.span.start <= token.start < statement.span.end
                    and token.upos in ("VERB", "AUX")
                    and (token.lemma or token.text).lower() == lemma
                ):
                    yield sentence, i

    def other_deed(self, left: Statement, right: Statement) -> bool:
        """Return whether all figures in common tell of deeds that exclude each other: five killed, five injured."""
        met = [(a, b) for a in left.quantities for b in right.quantities if is_telling(a) and same_quantity(a, b)]
        opposites = load_opposites(("counted",))
        return bool(met) and all(
            any(opposites.get(word, frozenset()) & self._deeds(right, b) for word in self._deeds(left, a))
            for a, b in met
        )

    def _deeds(self, statement: Statement, quantity: Quantity) -> frozenset[str]:
        """Return the stems of what a figure stands under, up to and with the nearest verb."""
        for sentence in self.dossier.reading(statement.document).sentences_in(quantity.span.start, quantity.span.end):
            inside = [i for i, t in enumerate(sentence.tokens) if quantity.span.start <= t.start < quantity.span.end]
            if not inside:
                continue
            at, found = inside[0], set()
            for _ in range(len(sentence.tokens)):
                head = sentence.tokens[at].head
                if head < 0 or head == at:
                    break
                at = head
                found.add(stem(sentence.tokens[at].lemma or sentence.tokens[at].text))
                if sentence.tokens[at].upos == "VERB":
                    break
            return frozenset(found)
        return frozenset()

    def other_names(self, left: Statement, right: Statement) -> bool:
        """Return whether both name persons, and none of them is the same."""
        ours, theirs = self._persons(left), self._persons(right)
        return bool(ours) and bool(theirs) and not ours & theirs

    def _persons(self, statement: Statement) -> set[str]:
        return {a for a in statement.actors if a in self.named}

    def other_speaker(self, left: Statement, right: Statement) -> bool:
        """Return whether two persons say it in direct speech."""
        return (
            left.quotation in self.direct
            and right.quotation in self.direct
            and left.attributed_to is not None
            and right.attributed_to is not None
            and left.attributed_to != right.attributed_to
        )

    def other_thing(self, left: Statement, right: Statement) -> bool:
        """Return whether two statements share too few telling words to speak of one thing, however like they sound."""
        shared = float(self.likeness.words[left.row, right.row])
        return shared < FEWEST_SHARED_WORDS and float(self.likeness.meaning[left.row, right.row]) < SAME_MEANING


def _beyond(values: NDArray[np.float32], start: float) -> NDArray[np.float32]:
    """Return how far values are on the way from `start` to 1, from 0 to 1."""
    ramp: NDArray[np.float32] = np.clip((values - start) / (1.0 - start), 0.0, 1.0)
    return ramp


def is_name(words: str) -> bool:
    """Return whether words are the name of a person: every one but particles has a capital, as no office has.

    >>> is_name("Karen van Oduya"), is_name("the mayor of Tarn"), is_name("Mayor"), is_name("Trump")
    (True, False, True, True)
    """
    return all(w[:1].isupper() or w in PARTICLES for w in words.split())


def shifted(left: Statement, right: Statement) -> bool:
    """Return whether one is told from another event ("a few days before that") and the other by a date of its own."""
    told = [any(d.relative is not None and not d.value for d in s.dates) for s in (left, right)]
    dated = [bool(known_dates(s.dates)) for s in (left, right)]
    return (told[0] and dated[1] and not dated[0]) or (told[1] and dated[0] and not dated[1])


def subject_actor(statement: Statement) -> str | None:
    """Return the actor of the subject, or None."""
    return next((a.actor for a in statement.arguments if a.relation == "subject" and a.actor), None)


def other_subject(left: Statement, right: Statement) -> bool:
    """Return whether both subjects are known actors and neither occurs on the other side, or one is he and one she."""
    ours, theirs = subject_actor(left), subject_actor(right)
    heads = [{a.head for a in s.arguments if a.relation == "subject"} for s in (left, right)]
    sexes = [
        {a.head for a in s.arguments if a.relation in ("subject", "object")} & {"he", "she"} for s in (left, right)
    ]
    if sexes[0] and sexes[1] and not sexes[0] & sexes[1] and (ours is None or ours != theirs):
        return True
    return (
        ours is not None
        and theirs is not None
        and ours != theirs
        and not heads[0] & heads[1]
        and ours not in right.actors
        and theirs not in left.actors
    )
