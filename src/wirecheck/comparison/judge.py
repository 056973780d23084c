"""The judge at run time: what a small learned model says of two sentences in their context.

Each sentence is read once by the lower layers; each pair is then held together by the upper ones. A pair is run alone
and its sides in an order of their own words, so that a ruling depends on the two sentences and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from wirecheck.comparison.context import InContext
from wirecheck.comparison.marks import PLAIN, Keys, find_keys, mark_words
from wirecheck.language.reader import DATA, check_files, map_in_threads, open_session
from wirecheck.language.subwords import CLS, SEP, Subwords

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

LONGEST = 160
"""Subwords of a side, names included; news sentences are nearly all shorter, and what stands behind is not judged."""
SENTENCES, PAIRS = "judge-sentences.onnx", "judge-pairs.onnx"
CLAIMS = "claims-sentences.onnx", "claims-pairs.onnx"
"""The judge of claims: one that was taught more of what contradicts a statement, and less of what news is alike."""
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Encoded(NamedTuple):
    """One side as the model takes it: `words` has the word of each subword (names first), -1 for the markers.

    `firsts` has the first subword of each word of the sentence that lies within `LONGEST`.
    """

    ids: list[int]
    words: list[int]
    firsts: list[int]
    keys: Keys


def encode_side(names: Sequence[str], words: Sequence[str], subwords: Subwords) -> Encoded:
    """Return one side: `[CLS]`, the names behind the sentence, `[SEP]` where there are some, its words, `[SEP]`."""
    before = [w for name in names for w in [*name.split(), ","]]
    ids, word_of, firsts = [CLS], [-1], []
    for at, part in enumerate(subwords.cut(before)):
        ids += part
        word_of += [at] * len(part)
    if before:
        ids.append(SEP)
        word_of.append(-1)
    for at, part in enumerate(subwords.cut(list(words))):
        firsts.append(len(ids))
        ids += part
        word_of += [len(before) + at] * len(part)
    ids, word_of = ids[: LONGEST - 1], word_of[: LONGEST - 1]
    return Encoded(
        [*ids, SEP],
        [*word_of, -1],
        [f for f in firsts if f < LONGEST - 1],
        find_keys([*before, *words]),
    )


def mark_subwords(own: Encoded, other: Encoded) -> list[int]:
    """Return the mark of each subword of a side."""
    by_word = mark_words(own.keys, other.keys)
    return [by_word[w] if w >= 0 else PLAIN for w in own.words]


class Ruling(NamedTuple):
    """What the judge says of a pair: three likelihoods, from 0 to 1, that do not exclude each other.

    Two long sentences may agree on one thing and clash on another. `left` and `right` have a row for each word of the
    sentences with the likelihood that the word states what is agreed on, clashes, or differs.
    """

    agree: float
    clash: float
    differ: float
    left: NDArray[np.float32]
    right: NDArray[np.float32]

    def of(self, label: int) -> float:
        """Return the likelihood of one of the three labels."""
        return (self.agree, self.clash, self.differ)[label]

    def swapped(self) -> Ruling:
        return self._replace(left=self.right, right=self.left)


class Judge:
    """Two sessions with their vocabulary."""

    def __init__(self, sentences: InferenceSession, pairs: InferenceSession, subwords: Subwords) -> None:
        self._sentences, self._pairs, self._subwords = sentences, pairs, subwords

    @classmethod
    def load(cls, folder: Path = DATA, names: tuple[str, str] = (SENTENCES, PAIRS)) -> Judge:
        """Load a judge from a folder; raises `Error` where a file is missing."""
        check_files(folder, "the judge", (*names, "words.bin", "tokenizer.json"))
        sessions = [open_session(folder / name) for name in names]
        return cls(sessions[0], sessions[1], Subwords.load(folder / "tokenizer.json"))

    def rule(self, sentences: Sequence[InContext], pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Ruling]:
        """Return the ruling of each pair of places in `sentences`; the order of a pair is that which was given.

        What stands twice is read once: papers print one agency's copy.
        """
        wanted = sorted(set(pairs))
        known: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
        first = {n: known.setdefault((sentences[n].names, sentences[n].words), n) for pair in wanted for n in pair}
        used = sorted(known.values())
        encoded = {n: encode_side(sentences[n].names, sentences[n].words, self._subwords) for n in used}
        states = dict(zip(used, map_in_threads(lambda n: self._read(encoded[n]), used), strict=True))
        order = {n: (encoded[n].ids, sentences[n].words) for n in used}

        def arrange(pair: tuple[int, int]) -> tuple[int, int]:
            left, right = first[pair[0]], first[pair[1]]
            return (right, left) if order[right] < order[left] else (left, right)

        def hold(pair: tuple[int, int]) -> Ruling:
            left, right = pair
            return self._hold(encoded[left], encoded[right], states[left], states[right])

        held = sorted({arrange(pair) for pair in wanted})
        rulings = dict(zip(held, map_in_threads(hold, held, what="holding sentences together"), strict=True))
        return {
            pair: rulings[at] if (at := arrange(pair))[0] == first[pair[0]] else rulings[at].swapped()
            for pair in wanted
        }

    def _read(self, side: Encoded) -> NDArray[np.float32]:
        states: NDArray[np.float32] = self._sentences.run(["states"], {"ids": np.array([side.ids], np.int64)})[0]
        return states

    def _hold(self, left: Encoded, right: Encoded, ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> Ruling:
        marks = [*mark_subwords(left, right), *mark_subwords(right, left)]
        feeds = {"left": ours, "right": theirs, "marks": np.array([marks], np.int64)}
        labels, words = self._pairs.run(["labels", "words"], feeds)
        agree, clash, differ = (float(x) for x in labels)
        size = len(left.ids)
        return Ruling(agree, clash, differ, words[left.firsts], words[[size + f for f in right.firsts]])


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """Return the judge of sentences that ships with the package, loaded on first use."""
    return Judge.load()


@lru_cache(maxsize=1)
def load_judge_of_claims() -> Judge:
    """Return the judge of claims that ships with the package, loaded on first use."""
    return Judge.load(names=CLAIMS)
