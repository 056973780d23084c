"""The judge as a torch module: the lower layers read each sentence alone, the upper ones both sides together.

A sentence of a story is held against many others, so that what it says alone is read once (DeFormer, Cao et al. 2020).
The lower layers are a whole sentence encoder, and how near its vectors lie is where a score starts: those of the two
sentences (their means) and of each word (its nearest of the other side, as in ColBERT, Khattab & Zaharia 2020). What
the upper layers read in both together is added to it.
No side is the first: a learned bias tells attention to the own side from attention to the other, and what is pooled is
symmetric, so that swapping the sides changes nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.network import Layer, Sizes

START, EVEN = 10.0, 0.65
"""Where training starts: the logits by which a cosine of 1 is above one of 0, and the cosine of even odds."""


@dataclass(frozen=True)
class JudgeSizes:
    marks: int
    labels: int = 3
    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 1536
    heads: int = 12
    lower: int = 6
    upper: int = 2
    head: int = 256

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Channels(nn.Module):
    """Dropout of whole channels of a sequence: a twentieth of the time of dropout by number on a processor."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.share == 0:
            return x
        kept = torch.rand(x.shape[0], *[1] * (x.dim() - 2), x.shape[-1]) >= self.share
        return x * (kept / (1 - self.share)).to(x.dtype)


class JointLayer(Layer):
    """A layer over both sides; `across` says for each pair of tokens whether they stand on two sides."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__(sizes, dropout)
        self.bias = nn.Parameter(torch.zeros(2, sizes.heads))

    def joint(self, x: Tensor, mask: Tensor | None, across: Tensor) -> Tensor:
        return self.feed(x, self.mix_sides(x, mask, across))

    def mix_sides(self, x: Tensor, mask: Tensor | None, across: Tensor) -> Tensor:
        batch, length, width = x.shape
        q, k, v = (
            part.reshape(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in self.qkv(x).chunk(3, dim=-1)
        )
        scores = (q / (width // self.heads) ** 0.5) @ k.transpose(-1, -2)
        own, other = self.bias[0][None, :, None, None], self.bias[1][None, :, None, None]
        offset = torch.where(across[:, None], other, own)
        if mask is not None:
            offset = offset + mask
        scores = scores + offset.to(scores.dtype)
        mixed = torch.softmax(scores, -1).to(v.dtype) @ v
        return mixed.transpose(1, 2).reshape(batch, length, width)


class Judge(nn.Module):
    def __init__(self, sizes: JudgeSizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        width = sizes.width
        inner = Sizes(1, 1, 1, 1, 1, 1, 1, width=width, inner=sizes.inner, heads=sizes.heads)
        self.words = nn.Embedding(sizes.vocabulary, width)
        self.positions = nn.Embedding(sizes.positions, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.lower = nn.ModuleList(Layer(inner, dropout) for _ in range(sizes.lower))
        self.upper = nn.ModuleList(JointLayer(inner, dropout) for _ in range(sizes.upper))
        self.marks = nn.Embedding(sizes.marks, width)
        self.drop = Channels(dropout)
        for layer in [*self.lower, *self.upper]:
            layer.drop = Channels(dropout)
        self.pair_1 = nn.Linear(4 * width, sizes.head)
        self.pair_2 = nn.Linear(sizes.head, sizes.labels)
        self.word_head = nn.Linear(width, sizes.labels)
        self.near = nn.Linear(3, sizes.labels)
        self.near_word = nn.Linear(1, sizes.labels)
        with torch.no_grad():
            self.marks.weight.normal_(0, 0.02)
            self.pair_2.weight.zero_()
            self.pair_2.bias.zero_()
            self.near.weight.copy_(torch.tensor([[START, 0.0, 0.0]] * sizes.labels))
            self.near.bias.fill_(-EVEN * START)
            self.near_word.weight.fill_(START / 2)
            self.near_word.bias.fill_(-EVEN * START / 2)

    def load_encoder(self, weights: dict[str, Tensor]) -> None:
        """Copy the original encoder: its layers are the lower ones, and its last ones the start of the upper ones."""
        with torch.no_grad():
            self.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
            self.words.weight.requires_grad_(False)  # as the reading model keeps it, so that both share one table
            types = weights["embeddings.token_type_embeddings.weight"][0]
            self.positions.weight.copy_(weights["embeddings.position_embeddings.weight"] + types)
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
            places = [*range(len(self.lower)), *range(len(self.lower) - len(self.upper), len(self.lower))]
            for at, layer in zip(places, [*self.lower, *self.upper], strict=True):
                name = f"encoder.layer.{at}."
                for kind in ("weight", "bias"):
                    joined = [weights[f"{name}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(joined))
                for mine, theirs in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm_1, "attention.output.LayerNorm"),
                    (layer.inner, "intermediate.dense"),
                    (layer.outer, "output.dense"),
                    (layer.norm_2, "output.LayerNorm"),
                ):
                    mine.weight.copy_(weights[f"{name}{theirs}.weight"])
                    mine.bias.copy_(weights[f"{name}{theirs}.bias"])

    def read(self, ids: Tensor, real: Tensor | None) -> Tensor:
        """Return the states of sentences, each read alone."""
        mask = None
        if real is not None:
            mask = torch.zeros(real.shape, device=real.device).masked_fill(~real, -1e4)[:, None, None, :]
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.positions(place))
        for layer in self.lower:
            x = layer(self.drop(x) if layer is self.lower[0] else x, mask)
        return x

    def hold(self, left: Tensor, right: Tensor, marks: Tensor, real: Tensor | None) -> tuple[Tensor, Tensor]:
        """Return the label scores of pairs and those of their subwords, the left side's first.

        `left` and `right` are states `[pair, subword, width]`, `marks` and `real` those of both, joined.
        """
        x = torch.cat([left, right], 1) + self.marks(marks)
        side = torch.cat([torch.zeros(left.shape[1]), torch.ones(right.shape[1])])
        across = (side[:, None] != side[None, :])[None]
        mask = None
        if real is not None:
            mask = torch.zeros(real.shape, device=real.device).masked_fill(~real, -1e4)[:, None, None, :]
        for layer in self.upper:
            x = layer.joint(x, mask, across)
        first, second = x[:, 0], x[:, left.shape[1]]
        if real is None:
            most = x.max(1).values
        else:
            most = x.masked_fill(~real[:, :, None], -1e4).max(1).values
        pooled = torch.cat([first + second, (first - second).abs(), first * second, most], -1)
        sides, words = self._measure(left, right, real)
        return (
            self.pair_2(self.drop(F.gelu(self.pair_1(self.drop(pooled))))) + self.near(sides),
            self.word_head(x) + self.near_word(words[..., None]),
        )

    def _measure(self, left: Tensor, right: Tensor, real: Tensor | None) -> tuple[Tensor, Tensor]:
        """Return how near two sides lie `[pair, 3]`, and for each subword how near its nearest of the other is.

        The three are the cosine of the means, the mean of the nearest subwords, and by how much it differs both ways.
        """
        ours, theirs = left.float(), right.float()
        unit = F.normalize(ours, dim=-1), F.normalize(theirs, dim=-1)
        alike = unit[0] @ unit[1].transpose(1, 2)
        if real is None:
            means = ours.mean(1), theirs.mean(1)
            best = alike.max(2).values, alike.max(1).values
            covered = best[0].mean(1), best[1].mean(1)
        else:
            there = real[:, : left.shape[1]], real[:, left.shape[1] :]
            counts = [r.sum(1, keepdim=True) for r in there]
            means = (
                (ours * there[0][..., None]).sum(1) / counts[0],
                (theirs * there[1][..., None]).sum(1) / counts[1],
            )
            best = (
                alike.masked_fill(~there[1][:, None, :], -1.0).max(2).values,
                alike.masked_fill(~there[0][:, :, None], -1.0).max(1).values,
            )
            covered = tuple((b * r).sum(1) / c[:, 0] for b, r, c in zip(best, there, counts, strict=True))  # type: ignore[assignment]
        cosine = (F.normalize(means[0], dim=-1) * F.normalize(means[1], dim=-1)).sum(-1)
        a, b = covered
        return torch.stack([cosine, (a + b) / 2, (a - b).abs()], -1), torch.cat(best, 1)
