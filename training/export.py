"""The trained network as ONNX: one sentence per run, weights in 8 bits per channel."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from training.network import Layer, Reader
from training.samples import SOURCES

OUTPUTS = ("embedding", "tags", "entities", "arcs", "heads", "relations")
TABLE, WORDS = "table", "words.bin"
# Positions that a window can need; the encoder has 512.
POSITIONS = 256
# Guidelines differ between the sets; the shipped model answers as a mixture of the edited-text ones.
ENTITY_SOURCES = ("uner", "wikigold", "gum")


class _Attention(torch.autograd.Function):
    """Attention as the one operator that onnxruntime has for it."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        batch, length, width = q.shape
        parts = [part.reshape(batch, length, heads, -1).transpose(1, 2) for part in (q, k, v)]
        mixed = torch.nn.functional.scaled_dot_product_attention(*parts)
        return mixed.transpose(1, 2).reshape(batch, length, width)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        result = g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads)
        result.setType(q.type())
        return result


def fuse_attention(layer: Layer) -> None:
    """Let a layer be exported with onnxruntime's own attention operator."""

    def mix(x: Tensor, mask: Tensor | None) -> Tensor:
        q, k, v = layer.qkv(x).split(x.shape[-1], dim=-1)
        return _Attention.apply(q, k, v, layer.heads)

    layer.mix = mix  # type: ignore[method-assign]


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
            for layer in [*reader.lower, *reader.upper]:
                fuse_attention(layer)
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
        upos, xpos, _ = reader.tag_scores(own)
        tags = torch.stack([upos[0].argmax(-1), xpos[0].argmax(-1)])
        entities = reader.entity_scores(own)[0]
        place = torch.arange(words.shape[1])
        itself = (place[1:, None] == place[None, :]).float() * -1e4
        arcs = reader.arc_scores(words)[0] + itself
        # Nearly every word of the best tree hangs on one of its two likeliest heads: relations are told for these.
        heads = arcs.topk(2, -1).indices
        barred = torch.zeros(reader.sizes.relation)
        barred[self.root] = -1e4
        return embedding[0], tags, entities, arcs, heads, reader.likely_labels(words, heads, barred)


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
                "heads": {0: "words"},
                "relations": {0: "words"},
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


def share_words(model: Path) -> None:
    """Move the table of words of an exported model to the file that all models beside it share.

    Every model is made on the same table, which no training changes; where there is none yet, this one is written. A
    few of its 11.7 million numbers may lie on the edge of rounding: then the shared one holds. Raises `ValueError` for
    another table.
    """
    import onnx

    shared = model.with_name(WORDS)
    made = onnx.load(str(model), load_external_data=False)
    table = next(i for i in made.graph.initializer if i.name == TABLE)
    own = np.frombuffer(table.raw_data, np.int8)
    if not shared.exists():
        shared.write_bytes(table.raw_data)
    known = np.frombuffer(shared.read_bytes(), np.int8)
    if len(own) != len(known) or int(np.abs(own.astype(np.int16) - known).max()) > 1:
        raise ValueError(f"{model.name} has another table of words than {shared.name}")
    table.ClearField("raw_data")
    table.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", WORDS), ("offset", "0"), ("length", str(len(known)))):
        table.external_data.add(key=key, value=value)
    onnx.save(made, str(model))


def copy_vocabulary(encoder: Path, target: Path) -> None:
    import json

    tokenizer = json.loads((encoder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (target / "tokenizer.json").write_text(text, encoding="utf-8")


def write_labels(labels: dict[str, list[str]], target: Path) -> None:
    import json

    shipped = {name: labels[name] for name in ("upos", "xpos", "relation", "entity")}
    (target / "labels.json").write_text(json.dumps(shipped, indent=0), encoding="utf-8")


def write_lemmas(table: dict[str, dict[str, str]], target: Path) -> None:
    import json

    (target / "lemmas.json").write_text(json.dumps(table, ensure_ascii=False, indent=0), encoding="utf-8")


class Original(nn.Module):
    """The encoder before training, for one sentence: the measure of the reading model's embedding and speed."""

    def __init__(self, reader: Reader, *, small: bool, fused: bool) -> None:
        super().__init__()
        self.reader = reader
        if fused:
            for layer in reader.lower:
                fuse_attention(layer)
        if small:
            with torch.no_grad():
                weight = reader.words.weight
                scale = weight.abs().amax(1, keepdim=True) / 127
                self.register_buffer("table", torch.round(weight / scale).to(torch.int8))
                self.register_buffer("scale", scale)
            reader.embed_words = lambda ids: self.table[ids].float() * self.scale[ids]  # type: ignore[method-assign]

    def forward(self, ids: Tensor) -> Tensor:
        reader = self.reader
        x = reader.norm(reader.embed_words(ids) + reader.positions(torch.arange(ids.shape[1])))
        for layer in reader.lower:
            x = layer(x, None)
        return torch.nn.functional.normalize(x.mean(1), dim=-1)[0]


def export_original(reader: Reader, path: Path, *, small: bool, fused: bool = False) -> None:
    """Write the encoder alone as ONNX; `reader` must still hold the original weights."""
    module = Original(reader, small=small, fused=fused).eval()
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            (torch.tensor([[101, 2002, 2056, 102]]),),
            str(path),
            input_names=["ids"],
            output_names=["embedding"],
            dynamic_axes={"ids": {1: "subwords"}},
            opset_version=17,
            dynamo=False,
        )
