"""The reading model at run time: one pass of one ONNX session per sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from wirecheck.errors import Error
from wirecheck.language.decode import best_spans, best_tree, join_neighbours
from wirecheck.language.lemmas import Lemmas
from wirecheck.language.sentence import Entity, EntityKind, Sentence, Token
from wirecheck.language.subwords import Subwords, encode
from wirecheck.language.words import WordSpan, split_words

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DATA = Path(__file__).parent / "data"
WIDTH = 384

# A longer sentence is read in parts. Nearly all training sentences are shorter than this; what the model knows of
# longer ones comes from the encoder alone.
LONGEST_WINDOW = 224  # subwords
# A window ends at a mark where one stands in its last third.
_WINDOW_ENDS = frozenset(";:.,–—")

# The last so many sentences are known again: papers print one agency's copy, and pages repeat their lines. An entry is
# about 4 KB.
KEPT = 1024

# More threads than this gain little on sentences, and a caller may well read several documents at once.
MOST_THREADS = 4

# onnxruntime 1.31 takes about a tenth of a run for this operator, and a tenth of that for the two that it replaces.
_SLOW_FUSIONS = ["SkipLayerNormFusion"]
_OUTPUTS = ["embedding", "tags", "entities", "arcs", "heads", "relations"]
_KINDS: dict[str, EntityKind] = {"PER": "person", "ORG": "organization", "LOC": "place", "MISC": "other"}
# A name without any of these is an adjective such as "South Korean", which is no actor.
_NAMING = frozenset({"PROPN", "NOUN", "NUM", "X"})

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Labels:
    """The names behind the model's numbers, in the order of its outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    relation: tuple[str, ...]
    entity: tuple[EntityKind, ...]

    @classmethod
    def load(cls, path: Path) -> Labels:
        values = json.loads(path.read_text(encoding="utf-8"))
        kinds = tuple(_KINDS[tag[2:]] for tag in values["entity"] if tag.startswith("B-"))
        upos, xpos, relation = (tuple(values[name]) for name in ("upos", "xpos", "relation"))
        return cls(upos, xpos, relation, kinds)


@dataclass(frozen=True)
class _Window:
    """What one pass gives for some words; heads count from 1 in the window, 0 is its root."""

    heads: list[int]
    relations: list[int]
    upos: list[int]
    xpos: list[int]
    spans: list[tuple[int, int, EntityKind]]
    embedding: NDArray[np.float32]
    weight: int


class _Cut(NamedTuple):
    """A window of words `[first, last)` as the model takes it, `size` subwords long."""

    first: int
    last: int
    feeds: dict[str, NDArray[np.int64]]
    size: int


def check_files(folder: Path, reader: str, names: Iterable[str]) -> None:
    """Raise `Error` where a file that a model needs is missing."""
    for name in names:
        if not (folder / name).is_file():
            raise Error(f"{reader} needs {name}, which is not in {folder}; reinstall wirecheck")


def open_session(path: Path, without: Sequence[str] = ()) -> InferenceSession:
    """Return a model of one thread, `without` some of the runtime's optimizers."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread per run: dynamic quantisation and sums then give the same bits whatever the machine's load.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(without)
    )


class Model:
    """A session with its vocabulary and labels. Results depend on the sentence alone, never on its neighbours."""

    def __init__(self, session: InferenceSession, subwords: Subwords, labels: Labels, lemmas: Lemmas) -> None:
        self._session = session
        self._subwords = subwords
        self._labels = labels
        self.lemma = lemmas.lemma
        self._pass = lru_cache(maxsize=KEPT)(self._run_windows)

    @classmethod
    def load(cls, folder: Path = DATA, name: str = "reading-model.onnx") -> Model:
        """Load a model from a folder; raises `Error` where a file is missing."""
        check_files(folder, "the reading model", (name, "words.bin", "tokenizer.json", "labels.json", "lemmas.json"))
        session = open_session(folder / name, _SLOW_FUSIONS)
        subwords = Subwords.load(folder / "tokenizer.json")
        lemmas = Lemmas.load(folder / "lemmas.json", subwords.is_word)
        return cls(session, subwords, Labels.load(folder / "labels.json"), lemmas)

    def read(self, text: str, start: int, end: int) -> Sentence:
        """Return the sentence at `text[start:end]`."""
        return self.read_words(text, start, end, split_words(text, start, end))

    def read_words(self, text: str, start: int, end: int, spans: Sequence[WordSpan]) -> Sentence:
        """Return a sentence whose words are given: spans of the text, in order, none empty."""
        if not spans:
            return Sentence(start, end, (), (), np.zeros(WIDTH, np.float32))
        words, bounds, parts = self._pass(text[start:end], tuple((a - start, b - start) for a, b in spans))
        return self._assemble(start, end, spans, words, bounds, parts)

    def _run_windows(
        self, text: str, spans: tuple[tuple[int, int], ...]
    ) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...], tuple[_Window, ...]]:
        """Return the words of one sentence, the windows that they are read in, and what the model gives for each."""
        words, windows = self._cut_windows(text, [WordSpan(*span) for span in spans])
        bounds = tuple((window.first, window.last) for window in windows)
        return tuple(words), bounds, tuple(self._read_window(window.feeds, window.size) for window in windows)

    def embed(self, text: str) -> NDArray[np.float32]:
        """Return the embedding of a text of any length: of length 1, or zeros where it has no words."""
        spans = split_words(text)
        if not spans:
            return np.zeros(WIDTH, np.float32)
        _, windows = self._cut_windows(text, spans)
        rows = [self._session.run(["embedding"], window.feeds)[0] for window in windows]
        return _join_embeddings(rows, [window.size for window in windows])

    def _cut_windows(self, text: str, spans: Sequence[WordSpan]) -> tuple[list[str], list[_Cut]]:
        words = [text[left:right] for left, right in spans]
        glued = [at > 0 and spans[at - 1].end == spans[at].start for at in range(len(spans))]
        parts = self._subwords.cut(words)
        windows = []
        for first, last in _window_bounds(words, [len(part) for part in parts]):
            encoded = encode(words[first:last], glued[first:last], parts[first:last])
            feeds = {
                "ids": np.array([encoded.ids], np.int64),
                "shapes": np.array([encoded.shapes], np.int64),
                "firsts": np.array([encoded.firsts], np.int64),
            }
            windows.append(_Cut(first, last, feeds, len(encoded.ids)))
        return words, windows

    def _read_window(self, feeds: dict[str, NDArray[np.int64]], size: int) -> _Window:
        embedding, tags, entities, arcs, likely, relations = self._session.run(_OUTPUTS, feeds)
        heads = best_tree(arcs, likely[:, 0].tolist())
        upos, xpos = tags[:2].tolist()
        return _Window(
            heads,
            _pick_relations(heads, likely.tolist(), relations.tolist()),
            upos,
            xpos,
            join_neighbours(best_spans(entities, self._labels.entity)),
            embedding,
            size,
        )

    def _assemble(
        self,
        start: int,
        end: int,
        spans: Sequence[WordSpan],
        words: Sequence[str],
        bounds: Sequence[tuple[int, int]],
        parts: Sequence[_Window],
    ) -> Sentence:
        labels = self._labels
        tokens: list[Token] = []
        entities: list[Entity] = []
        root = -1
        for (first, _), part in zip(bounds, parts, strict=True):
            for at, head in enumerate(part.heads):
                index = first + at
                relation = labels.relation[part.relations[at]]
                if head:
                    above = first + head - 1
                elif root < 0:
                    above, relation, root = -1, "root", index
                else:
                    # Later parts of a long sentence hang on the root of its first part.
                    above, relation = root, "parataxis"
                upos = labels.upos[part.upos[at]]
                xpos = labels.xpos[part.xpos[at]]
                lemma = self.lemma(words[index], upos, xpos)
                left, right = spans[index]
                tokens.append(Token(left, right, words[index], lemma, upos, above, relation, xpos))
            for left, right, kind in part.spans:
                low, high = first + left, first + right
                named = any(token.upos in _NAMING for token in tokens[low:high])
                place = (low, high, spans[low].start, spans[high - 1].end)
                entities.append(Entity(*place, kind if named else "other"))
        embedding = _join_embeddings([part.embedding for part in parts], [part.weight for part in parts])
        return Sentence(start, end, tuple(tokens), tuple(entities), embedding)


def _pick_relations(heads: list[int], likely: list[list[int]], relations: list[list[int]]) -> list[int]:
    """Return the relation of each word to its head; a head that was not among the likely ones gets the likeliest's."""
    return [
        own[1 if head == candidates[1] else 0] for head, candidates, own in zip(heads, likely, relations, strict=True)
    ]


def _join_embeddings(rows: Sequence[NDArray[np.float32]], weights: Sequence[int]) -> NDArray[np.float32]:
    if len(rows) == 1:
        row: NDArray[np.float32] = rows[0]
        return row
    total = np.average(np.stack(rows).astype(np.float64), axis=0, weights=weights)
    unit: NDArray[np.float32] = (total / np.linalg.norm(total)).astype(np.float32)
    return unit


def _window_bounds(words: Sequence[str], sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Return word ranges of at most `LONGEST_WINDOW` subwords that cover all words in order."""
    if sum(sizes) <= LONGEST_WINDOW:
        return [(0, len(words))]
    bounds = []
    first = 0
    while first < len(words):
        last, used = first, 0
        while last < len(words) and used + sizes[last] <= LONGEST_WINDOW:
            used += sizes[last]
            last += 1
        if last < len(words):
            for cut in range(last, first + 2 * (last - first) // 3, -1):
                if words[cut - 1] in _WINDOW_ENDS:
                    last = cut
                    break
        bounds.append((first, last))
        first = last
    return bounds


@lru_cache(maxsize=1)
def load_model() -> Model:
    """Return the model that ships with the package, loaded on first use."""
    return Model.load()


def read_sentences(text: str, spans: Sequence[tuple[int, int]]) -> list[Sentence]:
    """Return the sentences at the given spans of a text, in the order of the spans; no spans, no sentences.

    Offsets in the result count from the start of `text`. Each sentence gets one pass of the model; a very
    long one gets several.
    """
    if not spans:
        return []
    model = load_model()
    return map_in_threads(lambda span: model.read(text, *span), spans, lambda span: span[1] - span[0])


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return one row of length 1 for each text, in their order.

    No texts give shape `(0, 384)`, an empty text a row of zeros.
    """
    if not texts:
        return np.zeros((0, WIDTH), np.float32)
    model = load_model()
    return np.stack(map_in_threads(model.embed, texts, len))


def map_in_threads(
    work: Callable[[_Given], _Made],
    given: Sequence[_Given],
    size: Callable[[_Given], int] | None = None,
    *,
    what: str = "",
) -> list[_Made]:
    """Return the results in the order given, worked longest first by `size`; a result never depends on the threads.

    `what` names the work to whoever listens for progress.
    """
    from wirecheck.progress import track

    threads = min(MOST_THREADS, os.cpu_count() or 1, len(given))
    if threads < 2 or len(given) < 4:
        return [work(one) for one in (track(given, what) if what else given)]
    order = list(range(len(given)))
    if size is not None:
        order.sort(key=lambda at: -size(given[at]))
    with ThreadPoolExecutor(threads) as pool:
        results = pool.map(work, [given[at] for at in order])
        try:
            made = dict(zip(order, track(results, what, len(order)) if what else results, strict=True))
        except BaseException:
            pool.shutdown(cancel_futures=True)  # what has not begun is not waited for
            raise
    return [made[at] for at in range(len(given))]


def describe_models() -> dict[str, str]:
    """Return the name of each model file and its SHA-256, so that a report can be made again."""
    import hashlib

    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted([*DATA.glob("*.onnx"), *DATA.glob("*.bin")])
    }
