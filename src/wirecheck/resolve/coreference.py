"""Pronouns and short mentions: which actor is meant, judged by gender, number, nearness and place in the sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Mention, Span

# How many sentences back a pronoun reaches. Newspaper paragraphs are short; he and she reach past the last one.
_REACH = 5
# The best candidate must be ahead of the next by this much of its own weight, or the question stays open.
_MARGIN = 0.25
_SUBJECTS = ("nsubj", "nsubj:pass")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Actors that a pronoun may mean, best first; `is_open` when the second is about as likely as the first."""

    actors: tuple[str, ...]
    is_open: bool

    @property
    def best(self) -> str | None:
        """The actor meant, or None when there is none or the question is open."""
        return self.actors[0] if self.actors and not self.is_open else None


def candidates_for(
    reading: Reading, mentions: Sequence[Mention], actors: Sequence[Actor], offset: int, gender: str
) -> tuple[str, ...]:
    """Return the ids of the actors that a pronoun at `offset` may mean, best first; empty when there is none.

    `gender` is "he", "she", "they" or "it". `mentions` is kept for callers that restrict what counts: when it is not
    empty, only actors with one of its spans are looked at.
    """
    return judge_candidates(reading, mentions, actors, offset, gender).actors


def judge_candidates(
    reading: Reading, mentions: Sequence[Mention], actors: Sequence[Actor], offset: int, gender: str
) -> Candidates:
    """Return the candidates for a pronoun with the judgement whether the first of them stands out."""
    own = {m.span for m in mentions if m.span.document == reading.document.id}
    document = reading.document.id
    here = reading.sentence_at(offset)
    if here is None:
        return Candidates((), False)
    # What stands further back weighs nothing.
    nearest = (document, reading.sentences[max(0, here - _REACH)].start)
    weights: dict[str, float] = {}
    order: dict[str, int] = {}
    for index, actor in enumerate(actors):
        fit = _fits(actor, gender)
        if not fit:
            continue
        spans = actor.mentions
        low = bisect_left(spans, nearest, key=lambda s: (s.document, s.start))
        high = bisect_left(spans, (document, offset), key=lambda s: (s.document, s.start))
        total = 0.0
        for span in spans[low:high]:
            if own and span not in own:
                continue
            total = max(total * 0.15 + _weigh(reading, span, here, offset), total)
        if total > 0:
            weights[actor.id] = total * fit
            order[actor.id] = index
    ranked = sorted(weights, key=lambda a: (-weights[a], order[a]))
    is_open = len(ranked) > 1 and weights[ranked[1]] > (1 - _MARGIN) * weights[ranked[0]]
    return Candidates(tuple(ranked), is_open)


def _fits(actor: Actor, gender: str) -> float:
    """Return how well an actor fits a pronoun, 0 for not at all."""
    if gender in ("he", "she"):
        if actor.kind != "person":
            return 0.0
        if actor.gender is None:
            return 0.7
        return 1.0 if actor.gender == gender else 0.0
    if gender == "they":
        return {"group": 1.0, "organization": 0.7, "country": 0.4, "person": 0.2}.get(actor.kind, 0.0)
    return {"organization": 1.0, "country": 0.8, "place": 0.4, "group": 0.3, "other": 0.6}.get(actor.kind, 0.0)


def _weigh(reading: Reading, span: Span, here: int, offset: int) -> float:
    """Return how present a mention is at a later place: by sentences between, by being a subject, by its paragraph."""
    start = span.start
    there = reading.sentence_at(start)
    if there is None:
        return 0.0
    if there == 0 and reading.title_sentence is not None and here > 2:
        return 0.0
    back = here - there
    if back > _REACH or _only_describes(reading, there, span):
        return 0.0
    weight = 1.0 / (1.0 + back)
    if is_subject(reading, there, start):
        weight *= 1.6
    if reading.paragraph_at(start) == reading.paragraph_at(offset):
        weight *= 1.2
    return weight


def _only_describes(reading: Reading, sentence: int, span: Span) -> bool:
    """Return whether a name only says what sort of thing another noun is: "the Lowe administration's staff"."""
    tokens = reading.sentences[sentence].tokens
    for index, token in enumerate(tokens):
        if token.start < span.start:
            continue
        if token.end > span.end:
            return False
        head = tokens[token.head] if token.head >= 0 else None
        if head is None or span.start <= head.start < span.end:
            continue
        return token.relation == "compound" and token.head > index and head.upos == "NOUN"
    return False


def is_subject(reading: Reading, sentence: int, start: int) -> bool:
    """Return whether the mention at `start` is or opens a subject of its sentence.

    Where the reading model gave no syntax, the first mention before the middle of a sentence passes for its subject.
    """
    read = reading.sentences[sentence]
    seen = False
    for index, token in enumerate(read.tokens):
        if token.start < start or not token.relation:
            continue
        seen = True
        at, steps = index, 0
        while at >= 0 and steps < 4:
            relation = read.tokens[at].relation
            if relation in _SUBJECTS:
                return True
            if relation not in ("compound", "flat", "amod", "det", "appos", "nmod:poss", "nmod:desc", "conj"):
                break
            if relation == "nmod:poss":
                break
            at, steps = read.tokens[at].head, steps + 1
        break
    return not seen and start - read.start <= 3
