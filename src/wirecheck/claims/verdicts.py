"""Verdicts: what a document has to say to a claim. The evidence proposes, values have the last word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wirecheck.claims.evidence import FEATURES, hedges_alone, measure, repeats
from wirecheck.claims.reading import Beside
from wirecheck.claims.values import Answer, find_answers
from wirecheck.claims.weighing import Likelihoods, weigh
from wirecheck.comparison.story import AGREE, CERTAIN, CLASH, DIFFER, Compared
from wirecheck.comparison.values.quantity import compare_quantities
from wirecheck.model import ClaimDifference, ClaimVerdict, Comparison, Span

SPEAKS = 0.6
"""Likelihood from which on a sentence is held to speak of what is claimed. Of the documents of dev stories that say
nothing of a claim .89 are silent then, of those that state it .82 are said to, each story left out of the fit."""
CONTRADICTS, SHOWN = 0.7, 0.6
"""Share of `contradicts` among what a sentence that speaks of it may say, from which on it does, and the same where a
value or an opposite shows it. A false one costs a reader most: .69 are right on dev groups; from .5 on .63 were."""
CLAIM_DENIES, SENTENCE_DENIES = 0.9, 0.75
"""The same where one of the two alone denies: "it is no record" and "the record was not recognised" deny in other
words than "not". At .7 one in three contradictions of dev stories was right, at these two in three."""
VALUES_CLASH, MAY_CONTRADICT = 0.7, 0.4
"""How surely the judge must read that two values clash which exclude each other, and the share from which on that
decides it: so more of the few conflicts of the dev stories are found, and no more false ones."""
READS_CLASH, REST = 0.4, 0.5
"""How surely the judge must read a clash of values, and how much of the claim the sentence must have beside an
opposite, for a contradiction to be shown."""
STATES, DIFFERS = 0.4, 0.35
"""Likelihood that each must have to be said at all; else it stays open. A document that is said to state what it does
not is a false confirmation: claims of dev stories that were denied on purpose are called stated in one case of four,
without the denied claims among what the weights are fitted on in three of four."""
REPEATED = 0.95
"""Likelihood that a sentence states a claim of which it has every word in order, and no other value, denial or
hedge."""
_DIFFERENCES: dict[Comparison, ClaimDifference] = {
    "rounded": "rounding",
    "coarser": "precision",
    "later": "update",
    "excluded": "different-measure",
}
_CHANNELS: dict[ClaimVerdict, int] = {"states": AGREE, "contradicts": CLASH, "differs": DIFFER, "silent": AGREE}


@dataclass(frozen=True)
class Verdict:
    """What a document says to a claim; `at` is the place of the sentence that comes nearest, None without one."""

    verdict: ClaimVerdict
    difference: ClaimDifference | None
    probability: float
    at: int | None
    spans: tuple[Span, ...] = ()
    answers: tuple[Answer, ...] = ()


def decide(beside: Beside) -> Verdict:
    """Return what one document has to say to a claim, by the sentence that is likeliest to speak of it."""
    if not beside.rulings:
        return Verdict("silent", None, 1.0, None)
    measured = measure(beside)
    weighed = {at: _weigh(beside, at, values) for at, values in measured.items()}
    at = max(weighed, key=lambda n: (round(weighed[n].speaks, 4), -n))
    likely, answers = weighed[at], find_answers(beside, at)
    verdict = _choose(likely, answers, dict(zip(FEATURES, measured[at].tolist(), strict=True)))
    if verdict == "silent":
        return Verdict(verdict, None, likely.silent, at, (), answers)
    difference = _name_difference(beside, at, answers) if verdict == "differs" else None
    probability: float = getattr(likely, verdict)
    if verdict != "states" and any(a.is_apart for a in answers):
        # Which of the two it is was decided by values; that they are not one is what is likely or not.
        probability = likely.contradicts + likely.differs
    return Verdict(verdict, difference, probability, at, _find_words(beside, at, verdict, answers), answers)


def _weigh(beside: Beside, at: int, values: NDArray[np.float64]) -> Likelihoods:
    """Return what a sentence has to say; that one states a claim which it repeats is seen without any model."""
    if beside.sentences[at].words == beside.sentences[0].words:
        return Likelihoods(1.0 - CERTAIN, CERTAIN, 0.0, 0.0)
    likely = weigh(values)
    if likely.states < REPEATED and repeats(beside, at):
        rest = (1.0 - REPEATED) / max(1.0 - likely.states, 1e-9)
        return Likelihoods(likely.silent * rest, REPEATED, likely.contradicts * rest, likely.differs * rest)
    return likely


def _choose(likely: Likelihoods, answers: Sequence[Answer], known: Mapping[str, float]) -> ClaimVerdict:
    if likely.speaks < SPEAKS:
        return "silent"
    share = likely.contradicts / likely.speaks
    excluded = [a for a in answers if a.is_excluded]
    if not excluded and any(a.value.comparison == "later" for a in answers):
        return "differs"
    if share >= _least(excluded, known):
        # Nothing excludes anything, and a value is given less precisely: that both can be right is seen.
        is_loose = bool(answers) and all(a.value.comparison in ("rounded", "coarser") for a in answers)
        is_far = bool(excluded) and not any(a.is_close for a in excluded)
        if (is_loose or is_far) and not _is_shown(excluded, known):
            return "differs" if is_loose else "silent"  # "two killed" excludes no "250 on board"
        return "contradicts"
    if share >= MAY_CONTRADICT and any(a.is_close and a.clash >= VALUES_CLASH for a in excluded):
        return "contradicts"
    if likely.states >= likely.differs:
        return "states" if likely.states >= STATES else "silent"
    return "differs" if likely.differs >= DIFFERS else "silent"


def _least(excluded: Sequence[Answer], known: Mapping[str, float]) -> float:
    """Return the share from which on a claim is said to be contradicted."""
    if _is_shown(excluded, known):
        return SHOWN
    if known["claim alone denies"]:
        return CLAIM_DENIES
    return SENTENCE_DENIES if known["sentence alone denies"] else CONTRADICTS


def _is_shown(excluded: Sequence[Answer], known: Mapping[str, float]) -> bool:
    """Return whether something else than the judge and a denial shows that a claim is contradicted."""
    return (
        any(a.is_close and a.clash >= READS_CLASH for a in excluded)
        or known["rest of opposites"] >= REST
        or known["none for a figure"] > 0.0
        or known["exchanged"] > 0.0
    )


def _name_difference(beside: Beside, at: int, answers: tuple[Answer, ...]) -> ClaimDifference:
    """Return in what a sentence differs: in a value, else in how sure it is, else in that it tells another part."""
    surest = sorted(answers, key=lambda a: (-round(max(a.clash, a.agree), 4), a.value.left))
    for answer in surest:
        if answer.value.comparison in _DIFFERENCES:
            return _DIFFERENCES[answer.value.comparison]
    if hedges_alone(beside, at):
        return "hedge"
    pairs = ((a, b) for a, _ in beside.evidence.quantities[0] for b, _ in beside.evidence.quantities[at])
    if not answers and any(
        compare_quantities(a, b).comparison == "other-measure" and a.unit == b.unit for a, b in pairs
    ):
        return "different-measure"
    return "partial"


def _find_words(beside: Beside, at: int, verdict: ClaimVerdict, answers: tuple[Answer, ...]) -> tuple[Span, ...]:
    """Return the words of a sentence that bear a verdict, with the values that decide it."""
    compared = Compared(beside.dossier, beside.sentences, beside.read, beside.rulings, {}, evidence=beside.evidence)
    words = beside.rulings[0, at].right
    clauses = set(compared.bearing(at, words, _CHANNELS[verdict]))
    if verdict in ("contradicts", "differs"):
        for answer in answers:
            if answer.is_excluded if verdict == "contradicts" else answer.value.comparison != "equal":
                held = set(beside.sentences[at].tokens_of(answer.value.right.start, answer.value.right.end))
                clauses |= {n for n, own in enumerate(compared.clauses[at]) if held & set(own)}
    return compared.span(at, sorted(clauses))
