"""The trained network as ONNX: one sentence per run, weights in 8 bits per channel."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from training.data import SOURCES
from training.network import Reader

OUTPUTS = ("embedding", "tags", "entities", "arcs", "relations")
# Positions that a window can need; the encoder has 512.
POSITIONS = 256
# Guidelines differ between the sets; the shipped model answers as a mixture of the edited-text ones.
ENTITY_SOURCES = ("uner", "wikigold", "gum")


class OneSentence(nn.Module):
    """The reader for one sentence, with decisions taken inside where they need no search."""

    def __init__(self, reader: Reader, root: int, *, small: bool) -> None:
        super().__init__()
        self.reader = reader
        self.root = root
        self.small = small
        with torch.no_grad():
            bias = torch.stack([reader.source_bias.weight[SOURCES.index(name)] for name in ENTITY_SOURCES]).mean(0)
            reader.entity_2.bias += bias
            reader.positions = nn.Embedding.from_pretrained(reader.positions.weight[:POSITIONS].clone())
            # One constant matrix, so that the quantiser finds it.
            self.register_buffer("crossing", reader.label_matrix().contiguous())
            reader.label_matrix = lambda: self.crossing  # type: ignore[method-assign]
            if small:
                weight = reader.words.weight
                scale = weight.abs().amax(1, keepdim=True) / 127
                self.register_buffer("table", torch.round(weight / scale).to(torch.int8))
                self.register_buffer("scale", scale)
                reader.embed_words = self.embed_words  # type: ignore[method-assign]

    def embed_words(self, ids: Tensor) -> Tensor:
        return self.table[ids].float() * self.scale[ids]

    def forward(self, ids: Tensor, shapes: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        reader = self.reader
        embedding, states = reader.encode(ids, shapes, None)
        words = states[:, firsts[0]]
        own = words[:, 1:]
        tags = torch.stack([scores[0].argmax(-1) for scores in reader.tag_scores(own)])
        entities = reader.entity_scores(own)[0]
        arcs = reader.arc_scores(words)[0]
        labels = reader.all_label_scores(words)
        barred = torch.zeros(labels.shape[-1])
        barred[self.root] = -1e4
        relations = (labels + barred).argmax(-1)
        return embedding[0], tags, entities, arcs, relations


def export(reader: Reader, root: int, path: Path, *, small: bool) -> None:
    """Write the network as ONNX; `small` keeps the word table in 8 bits per row."""
    module = OneSentence(reader, root, small=small).eval()
    ids = torch.tensor([[101, 2002, 2056, 2123, 1005, 1056, 102]])
    example = (ids, torch.zeros_like(ids), torch.tensor([[0, 1, 2, 3, 4]]))
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            example,
            str(path),
            input_names=["ids", "shapes", "firsts"],
            output_names=list(OUTPUTS),
            dynamic_axes={
                "ids": {1: "subwords"},
                "shapes": {1: "subwords"},
                "firsts": {1: "words_and_root"},
                "tags": {1: "words"},
                "entities": {0: "words"},
                "arcs": {0: "words", 1: "words_and_root"},
                "relations": {0: "words", 1: "words_and_root"},
            },
            opset_version=17,
            dynamo=False,
        )


def quantise(source: Path, target: Path) -> None:
    """Write a copy whose matrix products run in 8 bits: weights per channel, activations per product."""
    import logging

    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    logging.getLogger().setLevel(logging.ERROR)
    prepared = target.with_suffix(".prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(target),
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    prepared.unlink()


def copy_vocabulary(encoder: Path, target: Path) -> None:
    import json

    tokenizer = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (target / "tokenizer.json").write_text(text, encoding="utf-8")


def copy_labels(work: Path, target: Path) -> None:
    shutil.copyfile(work / "labels.json", target / "labels.json")
