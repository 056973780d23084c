"""Samples: sentences as numbers, with other names put into them, in batches of like length."""

from __future__ import annotations

import collections
import pickle
import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from training.sentences import ENTITY_TAGS, Sentence
from wirecheck.language.decode import spans_of
from wirecheck.language.subwords import GLUED, Subwords, word_shape

SOURCES = ("uner", "wikigold", "wnut", "btc", "gum", "meantime", "plain")


@dataclass
class Sample:
    """A sentence as numbers. Lists are per word, `ids` per subword with `[CLS]` and `[SEP]`."""

    ids: np.ndarray
    firsts: np.ndarray
    counts: np.ndarray
    shapes: np.ndarray
    source: int
    syntax: np.ndarray | None = None  # rows: head, relation, upos, xpos, lemma
    entities: np.ndarray | None = None
    teacher: int = -1
    words: list[str] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)


@dataclass
class Labels:
    upos: list[str]
    xpos: list[str]
    lemma: list[str]
    relation: list[str]

    @classmethod
    def of(cls, sentences: list[Sentence]) -> Labels:
        upos, xpos, relation, lemma = (collections.Counter[str]() for _ in range(4))
        for s in sentences:
            assert s.upos
            assert s.xpos
            assert s.relations
            assert s.lemmas
            upos.update(s.upos)
            xpos.update(s.xpos)
            relation.update(s.relations)
            lemma.update(lemma_script(w, m) for w, m in zip(s.words, s.lemmas, strict=True))
        keep = sorted((script for script, n in lemma.items() if n >= 3), key=lambda s: (s != "0+", s))
        return cls(
            sorted(upos),
            sorted(x for x, n in xpos.items() if n >= 3),
            keep,
            sorted(r for r, n in relation.items() if n >= 3),
        )


def lemma_script(form: str, lemma: str) -> str:
    """Return how a lemma is made from a form, letter case aside: characters to cut off the end, then what to add.

    >>> lemma_script("studies", "study")
    '3+y'
    """
    low, goal = form.lower(), lemma.lower()
    same = 0
    while same < min(len(low), len(goal)) and low[same] == goal[same]:
        same += 1
    return f"{len(low) - same}+{goal[same:]}"


def encode(sentence: Sentence, subwords: Subwords, labels: Labels) -> Sample:
    parts = subwords.cut(sentence.words)
    counts = np.array([1, *map(len, parts), 1], np.int16)
    shapes = [word_shape(w) + (GLUED if g else 0) for w, g in zip(sentence.words, sentence.glued, strict=True)]
    ids = np.array([101, *(i for part in parts for i in part), 102], np.int32)
    firsts = np.concatenate([[0], np.cumsum(counts)[:-2]]).astype(np.int32)
    syntax = None
    if sentence.heads is not None:
        assert sentence.upos
        assert sentence.xpos
        assert sentence.lemmas
        assert sentence.relations

        def number(names: list[str], name: str) -> int:
            return names.index(name) if name in names else -100

        syntax = np.array(
            [
                sentence.heads,
                [
                    number(labels.relation, r) if r in labels.relation else number(labels.relation, r.split(":")[0])
                    for r in sentence.relations
                ],
                [number(labels.upos, u) for u in sentence.upos],
                [number(labels.xpos, x) for x in sentence.xpos],
                [
                    number(labels.lemma, lemma_script(w, m))
                    for w, m in zip(sentence.words, sentence.lemmas, strict=True)
                ],
            ],
            np.int32,
        )
        # Words that GUM and EWT join with "goeswith" carry no lemma of their own.
        syntax[4][
            [r == "goeswith" or m == "_" for r, m in zip(sentence.relations, sentence.lemmas, strict=True)]
        ] = -100
    entities = None if sentence.entities is None else np.array(sentence.entities, np.int32)
    return Sample(
        ids,
        firsts,
        counts,
        np.array([16, *shapes, 16], np.int16),
        SOURCES.index(sentence.source),
        syntax,
        entities,
        words=sentence.words,
        glued=sentence.glued,
    )


class Names:
    """Names to put in the place of others: from the training sets with edited text, and a list of countries."""

    def __init__(self, sentences: list[Sentence], countries: Path) -> None:
        kinds = [tag[2:] for tag in ENTITY_TAGS if tag[0] == "B"]
        found: dict[str, set[tuple[str, ...]]] = {kind: set() for kind in kinds}
        for sentence in sentences:
            if sentence.source not in ("wikigold", "gum", "uner", "meantime") or sentence.entities is None:
                continue
            for first, last, kind in spans_of(_single_tags(sentence.entities), kinds):
                words = tuple(sentence.words[first:last])
                if words[0][:1].isupper():
                    found[kind].add(words)
        table = tomllib.loads(countries.read_text(encoding="utf-8"))["countries"]
        for name, facts in table.items():
            for place in (name, *facts.get("capitals", []), *facts.get("aliases", [])):
                words = place.removeprefix("the ").split()
                if words:
                    found["LOC"].add(tuple(part for word in words for part in re.split(r"(?<=\w)(-)(?=\w)", word)))
        self.by_kind = {kind: sorted(names) for kind, names in found.items()}

    def renamed(self, sample: Sample, subwords: Subwords, rng: random.Random) -> Sample:
        """Return an entity sample with other names of the same kinds in it."""
        assert sample.entities is not None
        kinds = [tag[2:] for tag in ENTITY_TAGS if tag[0] == "B"]
        words: list[str] = []
        glued: list[bool] = []
        allowed: list[int] = []
        at = 0
        for first, last, kind in spans_of(_single_tags(sample.entities.tolist()), kinds):
            words += sample.words[at:first]
            glued += sample.glued[at:first]
            allowed += sample.entities[at:first].tolist()
            name = rng.choice(self.by_kind[kind]) if rng.random() < 0.7 else tuple(sample.words[first:last])
            begin = ENTITY_TAGS.index(f"B-{kind}")
            words += name
            glued += [sample.glued[first], *("-" in name[at - 1 : at + 1] for at in range(1, len(name)))]
            allowed += [1 << begin, *[1 << begin + 1] * (len(name) - 1)]
            at = last
        if at == 0:
            return sample
        words += sample.words[at:]
        glued += sample.glued[at:]
        allowed += sample.entities[at:].tolist()
        changed = Sentence(words, glued, SOURCES[sample.source], entities=allowed)
        return encode(changed, subwords, Labels([], [], [], []))


def _single_tags(allowed: list[int]) -> list[int]:
    return [bits.bit_length() - 1 if bits.bit_count() == 1 else 0 for bits in allowed]


def pack(samples: list[Sample], budget: int, rng: random.Random) -> Iterator[list[Sample]]:
    """Yield batches of sentences of like length, in random order, of about `budget` subwords each."""
    order = sorted(samples, key=lambda s: len(s.ids) + rng.random() * 4)
    batches, batch, longest = [], [], 0
    for sample in order:
        longest_then = max(longest, len(sample.ids))
        if batch and longest_then * (len(batch) + 1) > budget:
            batches.append(batch)
            batch, longest_then = [], len(sample.ids)
        batch.append(sample)
        longest = longest_then
    if batch:
        batches.append(batch)
    rng.shuffle(batches)
    yield from batches


def save(path: Path, value: object) -> None:
    path.write_bytes(pickle.dumps(value, protocol=5))


def load(path: Path) -> object:
    return pickle.loads(path.read_bytes())
