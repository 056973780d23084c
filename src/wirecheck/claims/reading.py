"""Reading for a claim: the few sentences of a document that may speak of it are read in full, the rest is passed over.

Which those are is seen from words, names and figures in common, which costs next to nothing; of these the nearest in
meaning are put to the judge.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from wirecheck.annotators import annotate
from wirecheck.annotators._foreign import has_grammar
from wirecheck.comparison.context import InContext, put_in_context
from wirecheck.comparison.evidence import CONTENT, Evidence
from wirecheck.comparison.judge import Ruling, load_judge_of_claims
from wirecheck.comparison.marks import Keys, find_keys
from wirecheck.guarding import guarding
from wirecheck.language import Sentence, read_sentences
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.language.words import split_words
from wirecheck.model import CLAIM, Annotations, Document, Problem, Span, Story
from wirecheck.resolve import resolve_actors, resolve_speakers
from wirecheck.statements import list_statements
from wirecheck.text.sentences import split_paragraphs, split_sentences

MOST_READ, LEAST_READ = 5, 2
"""Sentences of a document that are read in full: those that share most with the claim; where few share anything, the
first ones, for a claim in quite other words."""
MOST_JUDGED = 3
"""Sentences of a document that are put to the judge: the nearest in meaning, and one more that shares a figure."""
LEAST_COSINE, MOST_BEHIND = 0.15, 0.3
"""A sentence further off than this, or further behind the nearest one of its document, is not put to the judge."""
FIGURE = 2.0
"""What a figure in common counts, in rare words."""
PLAIN_LENGTH = 20
"""Words that are added to the length of a sentence: of two that share as much the shorter one says it plainer, but a
headline of four words not five times as plain."""
FEWEST_WORDS = 3
"""Nouns, verbs, numbers and the like that a sentence must have to say something."""
_POINTS_BACK = re.compile(r"\b(?:he|she|they|it|his|her|their|its|him|them)\b", re.IGNORECASE)
_BLANK = "x"
"""What stands where nothing was read. A run of it is one word that no rule knows: of spaces, or marks that are no
letters, each is looked at again and again, which takes annotators twice as long and finds the same."""
_NOT_A_BREAK = re.compile(r"[^\n]")
_MARKS = frozenset('"“”')


@dataclass(frozen=True)
class Beside:
    """A claim with what was read of one document.

    `sentences` are the claim, then the sentences of the document that were read, by place; `read` is what the model
    read in each. `cosines` and `rulings` have pairs of the claim, 0, and a sentence.
    """

    dossier: Dossier
    sentences: tuple[InContext, ...]
    read: tuple[Sentence, ...]
    cosines: dict[tuple[int, int], float]
    rulings: dict[tuple[int, int], Ruling]
    evidence: Evidence

    @property
    def document(self) -> Document:
        return self.dossier.documents[1]


def read_claim(claim: str, day: str | None = None) -> Reading:
    """Return a claim as a document of one sentence, read; `day` is when it was made, ISO 8601."""
    document = Document(CLAIM, CLAIM, CLAIM, claim, "", published=day, language="en")
    read = tuple(read_sentences(claim, [(0, len(claim))]))
    return Reading(document, (document.whole,), read)


def read_beside(
    claim: Reading, documents: Sequence[Document], problems: list[Problem] | None = None
) -> list[Beside | None]:
    """Return the claim with what each document has that may speak of it, in their order; the judge is asked once.

    With `problems`, a document that a rule fails on adds one there and is None; else it raises.
    """
    asked = find_keys([t.text for t in claim.sentences[0].tokens])
    annotations = annotate(claim, without=("credits",))
    dossiers: list[Dossier] = []
    contexts: list[tuple[InContext, ...]] = []
    kept: list[int] = []
    for at, document in enumerate(documents):
        lost = "the claim was not held against it"
        with nullcontext() if problems is None else guarding(problems, document.location, lost):
            dossier = _prepare(claim, annotations, _read_near(asked, document))
            contexts.append(_put_in_context(dossier))
            dossiers.append(dossier)
            kept.append(at)
    cosines = [_find_near(dossier, sentences) for dossier, sentences in zip(dossiers, contexts, strict=True)]
    rulings = _rule(contexts, cosines)
    made: list[Beside | None] = [None] * len(documents)
    for at, dossier, sentences, near, ruled in zip(kept, dossiers, contexts, cosines, rulings, strict=True):
        read = _list_read(dossier, sentences)
        made[at] = Beside(dossier, sentences, read, near, ruled, Evidence(dossier, sentences, read, near))
    return made


def _prepare(claim: Reading, annotations: Annotations, reading: Reading) -> Dossier:
    """Return the dossier of a claim and of what was read of one document, up to its statements."""
    readings = (claim, reading)
    found = (annotations, annotate(replace(reading, document=_mask(reading)), without=("credits",)))
    actors = resolve_actors(readings, found)
    resolved = resolve_speakers(readings, found, actors)
    dossier = Dossier(Story(CLAIM, CLAIM, (CLAIM, reading.document.id)), readings, resolved, actors)
    return dossier.having(statements=list_statements(dossier))


def _read_near(asked: Keys, document: Document) -> Reading:
    """Return a document of which only the sentences are read that may speak of a claim."""
    paragraphs = split_paragraphs(document)
    spans = split_sentences(document, paragraphs) if has_grammar(document) else []
    wanted = _choose(asked, document.text, spans)
    around = set(wanted)
    for at in wanted:
        words = document.text[spans[at].start : spans[at].end]
        own = next(p for p in paragraphs if p.covers(spans[at]))
        if at > 0 and (_POINTS_BACK.search(words) or (_MARKS & set(words) and own.covers(spans[at - 1]))):
            around.add(at - 1)
    kept = [spans[at] for at in sorted(around)]
    read = read_sentences(document.text, [(s.start, s.end) for s in kept])
    inside = tuple(p for p in paragraphs if any(p.covers(s) for s in kept))
    return Reading(document, inside, tuple(read))


def _choose(asked: Keys, text: str, spans: Sequence[Span]) -> list[int]:
    """Return which sentences share most with a claim, rare words counting more, by place."""
    if len(spans) <= LEAST_READ:
        return list(range(len(spans)))
    words = [[text[a:b] for a, b in split_words(text, s.start, s.end)] for s in spans]
    keys = [find_keys(w) for w in words]
    counts = Counter(s for k in keys for s in {s for s in k.stems if s})
    stems, figures = {s for s in asked.stems if s}, {f for f in asked.figures if f}
    scored = []
    for at, own in enumerate(keys):
        shared = sum(math.log(1.0 + len(spans) / counts[s]) for s in sorted(stems & set(own.stems)))
        shared += FIGURE * math.log(1.0 + len(spans)) * len(figures & set(own.figures))
        scored.append((-round(shared / (PLAIN_LENGTH + len(words[at])) ** 0.5, 6), at))
    ranked = sorted(scored)
    sharing = sum(minus < 0 for minus, _ in ranked)
    return sorted(at for _, at in ranked[: min(MOST_READ, max(LEAST_READ, sharing))])


def _mask(reading: Reading) -> Document:
    """Return a document of which only the paragraphs are there that something is read of, in their places: annotators
    go through all of a text.
    """
    document, pieces, end = reading.document, [], 0
    for paragraph in reading.paragraphs:
        pieces += [_NOT_A_BREAK.sub(_BLANK, document.text[end : paragraph.start]), document.words(paragraph)]
        end = paragraph.end
    pieces.append(_NOT_A_BREAK.sub(_BLANK, document.text[end:]))
    return replace(document, text="".join(pieces))


def _put_in_context(dossier: Dossier) -> tuple[InContext, ...]:
    """Return the claim without names before it, as nobody reads more into it, then the document's sentences."""
    claim, *rest = sorted(put_in_context(dossier), key=lambda s: s.document != CLAIM)
    return replace(claim, names=()), *rest


def _list_read(dossier: Dossier, sentences: Sequence[InContext]) -> tuple[Sentence, ...]:
    by_place = {(r.document.id, s.start): s for r in dossier.readings for s in r.sentences}
    return tuple(by_place[s.document, s.start] for s in sentences)


def _find_near(dossier: Dossier, sentences: Sequence[InContext]) -> dict[tuple[int, int], float]:
    """Return how near in meaning the claim is to the sentences that are put to the judge."""
    read = _list_read(dossier, sentences)
    meant = read[0].embedding
    cosines = {at: float(read[at].embedding @ meant) for at in range(1, len(read)) if _says_something(read[at])}
    ranked = sorted(cosines, key=lambda at: (-round(cosines[at], 5), at))
    best = cosines[ranked[0]] if ranked else 0.0
    kept = [at for at in ranked[:MOST_JUDGED] if cosines[at] >= max(LEAST_COSINE, best - MOST_BEHIND)]
    figures = {f for f in find_keys(sentences[0].words).figures if len(f) > 1}
    kept += [at for at in ranked if figures & set(find_keys(sentences[at].words).figures)][:1]
    return {(0, at): cosines[at] for at in sorted(set(kept or ranked[:1]))}


def _says_something(sentence: Sentence) -> bool:
    """Return whether a sentence has words enough for a fact: "Larkspur aground" has not."""
    return sum(t.upos in CONTENT for t in sentence.tokens) >= FEWEST_WORDS


def _rule(
    contexts: Sequence[Sequence[InContext]], pairs: Sequence[dict[tuple[int, int], float]]
) -> list[dict[tuple[int, int], Ruling]]:
    """Return the judge's ruling of each pair; the like sentence of two documents is read once."""
    if not contexts:
        return []
    asked = [contexts[0][0]]
    unique: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    for sentences, own in zip(contexts, pairs, strict=True):
        for _, at in own:
            key = sentences[at].names, sentences[at].words
            if key not in unique:
                unique[key] = len(asked)
                asked.append(sentences[at])
    ruled = load_judge_of_claims().rule(asked, [(0, n) for n in range(1, len(asked))])
    return [
        {(0, at): ruled[0, unique[sentences[at].names, sentences[at].words]] for _, at in own}
        for sentences, own in zip(contexts, pairs, strict=True)
    ]
