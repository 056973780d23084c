"""The trained judge as two ONNX files: what a sentence says alone, and what two of them say together.

python -m training.judge.export --weights FILE [--out FOLDER]
"""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.export import fuse_attention, quantise, share_words
from training.judge.network import Judge, JudgeSizes
from wirecheck.comparison.judge import LONGEST, PAIRS, SENTENCES
from wirecheck.comparison.marks import MARK_COUNT

SHIPPED = Path(__file__).parents[2] / "src/wirecheck/language/data"


class _JointAttention(torch.autograd.Function):
    """Attention with a bias for each pair of tokens, as the one operator that onnxruntime has for it."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, bias: Tensor, heads: int) -> Tensor:
        batch, length, width = q.shape
        parts = [part.reshape(batch, length, heads, -1).transpose(1, 2) for part in (q, k, v)]
        mixed = nn.functional.scaled_dot_product_attention(*parts, attn_mask=bias)
        return mixed.transpose(1, 2).reshape(batch, length, width)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, bias: Any, heads: int) -> Any:
        none = g.op("prim::Constant")
        none.setType(torch._C.OptionalType.ofTensor())
        result = g.op("com.microsoft::MultiHeadAttention", q, k, v, none, none, bias, num_heads_i=heads)
        result.setType(q.type())
        return result


class OneSentence(nn.Module):
    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge
        with torch.no_grad():
            weight = judge.words.weight
            scale = weight.abs().amax(1, keepdim=True) / 127
            self.register_buffer("table", torch.round(weight / scale).to(torch.int8))
            self.register_buffer("scale", scale)
            judge.positions = nn.Embedding.from_pretrained(judge.positions.weight[:LONGEST].clone())
        for layer in judge.lower:
            fuse_attention(layer)

    def forward(self, ids: Tensor) -> Tensor:
        judge = self.judge
        words = self.table[ids].float() * self.scale[ids]
        x = judge.norm(words + judge.positions(torch.arange(ids.shape[1])))
        for layer in judge.lower:
            x = layer(x, None)
        return x


class OnePair(nn.Module):
    """The upper layers for one pair, with the likelihoods calibrated by `scale` and `shift` (Platt 1999)."""

    def __init__(self, judge: Judge, scale: list[float], shift: list[float]) -> None:
        super().__init__()
        self.judge = judge
        self.register_buffer("by", torch.tensor(scale))
        self.register_buffer("plus", torch.tensor(shift))
        for layer in judge.upper:
            self._fuse(layer)

    @staticmethod
    def _fuse(layer: Any) -> None:
        def mix(x: Tensor, mask: Tensor | None, across: Tensor) -> Tensor:
            q, k, v = layer.qkv(x).split(x.shape[-1], dim=-1)
            own, other = layer.bias[0][None, :, None, None], layer.bias[1][None, :, None, None]
            bias = own + across[:, None].float() * (other - own)
            return _JointAttention.apply(q, k, v, bias, layer.heads)

        layer.mix_sides = mix

    def forward(self, left: Tensor, right: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        labels, words = self.judge.hold(left, right, marks, None)
        return torch.sigmoid(labels[0] * self.by + self.plus), torch.sigmoid(words[0])


def export(judge: Judge, out: Path, scale: list[float], shift: list[float]) -> None:
    judge.eval()
    ids = torch.tensor([[101, 2002, 2056, 2123, 102]])
    states = torch.randn(1, 5, judge.sizes.width)
    other = torch.randn(1, 7, judge.sizes.width)
    marks = torch.zeros(1, 12, dtype=torch.long)
    sentence, pair = OneSentence(judge).eval(), OnePair(judge, scale, shift).eval()
    jobs: list[tuple[nn.Module, tuple[Tensor, ...], list[str], list[str], dict[str, dict[int, str]], str]] = [
        (sentence, (ids,), ["ids"], ["states"], {"ids": {1: "n"}, "states": {1: "n"}}, SENTENCES),
        (
            pair,
            (states, other, marks),
            ["left", "right", "marks"],
            ["labels", "words"],
            {"left": {1: "a"}, "right": {1: "b"}, "marks": {1: "both"}, "words": {0: "both"}},
            PAIRS,
        ),
    ]
    for module, example, given, made, axes, name in jobs:
        full = out / f"full-{name}"
        with warnings.catch_warnings(), torch.inference_mode():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                module, example, str(full), input_names=given, output_names=made, dynamic_axes=axes,
                opset_version=17, dynamo=False,
            )  # fmt: skip
        quantise(full, out / name)
        full.unlink()
    share_words(out / SENTENCES)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--calibration", type=Path, help="JSON with scale and shift of the three labels")
    options = parser.parse_args()
    state = torch.load(options.weights)
    judge = Judge(JudgeSizes(MARK_COUNT))
    judge.load_state_dict(state)
    known = json.loads(options.calibration.read_text("utf-8")) if options.calibration else {}
    options.out.mkdir(parents=True, exist_ok=True)
    export(judge, options.out, known.get("scale", [1.0] * 3), known.get("shift", [0.0] * 3))


if __name__ == "__main__":
    main()
