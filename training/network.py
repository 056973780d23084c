"""The reading model as a torch module: MiniLM, two more layers, and light heads.

The first six layers give the sentence embedding and are held to the original by distillation. The two upper layers
see a mixture of the layers below plus the shape of each word (the vocabulary is uncased), and serve the heads alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass(frozen=True)
class Sizes:
    upos: int
    xpos: int
    lemma: int
    relation: int
    entity: int
    sources: int
    shapes: int
    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: int = 1536
    heads: int = 12
    lower: int = 6
    upper: int = 2
    arc: int = 320
    label: int = 128

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


class Layer(nn.Module):
    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.width, 3 * sizes.width)
        self.out = nn.Linear(sizes.width, sizes.width)
        self.norm_1 = nn.LayerNorm(sizes.width, eps=1e-12)
        self.inner = nn.Linear(sizes.width, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.width)
        self.norm_2 = nn.LayerNorm(sizes.width, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        return self.feed(x, self.mix(x, mask))

    def feed(self, x: Tensor, mixed: Tensor) -> Tensor:
        """Return what a layer makes of its input and the attention over it."""
        x = self.norm_1(x + self.drop(self.out(mixed)))
        return self.norm_2(x + self.drop(self.outer(F.gelu(self.inner(x)))))

    def mix(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """Return the attention over values; written out, as torch's fused one is slower to train on a processor."""
        batch, length, width = x.shape
        q, k, v = (
            part.reshape(batch, length, self.heads, width // self.heads).transpose(1, 2)
            for part in self.qkv(x).chunk(3, dim=-1)
        )
        scores = q @ k.transpose(-1, -2) / (width // self.heads) ** 0.5
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        mixed = torch.softmax(scores, -1).to(v.dtype) @ v
        return mixed.transpose(1, 2).reshape(batch, length, width)


class Reader(nn.Module):
    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.sizes = sizes
        width = sizes.width
        self.words = nn.Embedding(sizes.vocabulary, width)
        self.positions = nn.Embedding(sizes.positions, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.lower = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.lower))
        self.mixture = nn.Parameter(torch.zeros(sizes.lower + 1))
        self.shapes = nn.Embedding(sizes.shapes, width)
        self.upper_norm = nn.LayerNorm(width, eps=1e-12)
        self.upper = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.upper))
        self.drop = nn.Dropout(0.33)
        self.tags = nn.Linear(width, sizes.upos + sizes.xpos + sizes.lemma)
        self.entity_1 = nn.Linear(width, 128)
        self.entity_2 = nn.Linear(128, sizes.entity)
        self.source_bias = nn.Embedding(sizes.sources, sizes.entity)
        self.arc = nn.Linear(width, 2 * sizes.arc)
        self.arc_weight = nn.Parameter(torch.zeros(sizes.arc, sizes.arc))
        self.arc_head = nn.Linear(sizes.arc, 1, bias=False)
        self.label = nn.Linear(width, 2 * sizes.label)
        self.label_weight = nn.Parameter(torch.zeros(sizes.relation, sizes.label, sizes.label))
        self.label_head = nn.Linear(sizes.label, sizes.relation, bias=False)
        self.label_dependent = nn.Linear(sizes.label, sizes.relation)
        self._start()

    def _start(self) -> None:
        with torch.no_grad():
            self.mixture[-3:] = 2.0
            self.shapes.weight.normal_(0, 0.1)
            self.source_bias.weight.zero_()
            self.arc_weight.normal_(0, 0.02)
            self.label_weight.normal_(0, 0.02)

    def load_encoder(self, weights: dict[str, Tensor]) -> None:
        """Copy the original encoder; the upper layers start as copies of its last ones."""
        with torch.no_grad():
            self.words.weight.copy_(weights["embeddings.word_embeddings.weight"])
            types = weights["embeddings.token_type_embeddings.weight"][0]
            self.positions.weight.copy_(weights["embeddings.position_embeddings.weight"] + types)
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
            upper = range(self.sizes.lower - self.sizes.upper, self.sizes.lower)
            for layer, at in zip([*self.lower, *self.upper], [*range(self.sizes.lower), *upper], strict=True):
                name = f"encoder.layer.{at}."
                attention = [weights[f"{name}attention.self.{part}.weight"] for part in ("query", "key", "value")]
                layer.qkv.weight.copy_(torch.cat(attention))
                biases = [weights[f"{name}attention.self.{part}.bias"] for part in ("query", "key", "value")]
                layer.qkv.bias.copy_(torch.cat(biases))
                for mine, theirs in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm_1, "attention.output.LayerNorm"),
                    (layer.inner, "intermediate.dense"),
                    (layer.outer, "output.dense"),
                    (layer.norm_2, "output.LayerNorm"),
                ):
                    mine.weight.copy_(weights[f"{name}{theirs}.weight"])
                    mine.bias.copy_(weights[f"{name}{theirs}.bias"])

    def embed_words(self, ids: Tensor) -> Tensor:
        return self.words(ids)

    def encode(self, ids: Tensor, shapes: Tensor, real: Tensor | None) -> tuple[Tensor, Tensor]:
        """Return the sentence embeddings (unit length) and the states that the heads read."""
        embedding, layers, mask = self.encode_lower(ids, real)
        share = torch.softmax(self.mixture, 0)
        x = sum(share[at] * layer for at, layer in enumerate(layers)) + self.shapes(shapes)
        x = self.upper_norm(x)
        for layer in self.upper:
            x = layer(x, mask)
        return embedding, x

    def encode_lower(self, ids: Tensor, real: Tensor | None) -> tuple[Tensor, list[Tensor], Tensor | None]:
        """Return the sentence embeddings, the states of the lower layers, and the mask of the padding."""
        mask = None
        if real is not None:
            mask = torch.zeros(real.shape, device=real.device).masked_fill(~real, -1e4)[:, None, None, :]
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.embed_words(ids) + self.positions(place))
        layers = [x]
        for layer in self.lower:
            layers.append(layer(layers[-1], mask))
        last = layers[-1].float()
        if real is None:
            pooled = last.mean(1)
        else:
            weight = real.float()[:, :, None]
            pooled = (last * weight).sum(1) / weight.sum(1)
        return F.normalize(pooled, dim=-1), layers, mask

    def head_states(self, states: Tensor, firsts: Tensor) -> Tensor:
        """Return the states at the first subword of each word, `[CLS]` first."""
        at = firsts[:, :, None].expand(-1, -1, states.shape[-1])
        return self.drop(states.gather(1, at))

    def tag_scores(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        upos, xpos, lemma = self.tags(words).split([self.sizes.upos, self.sizes.xpos, self.sizes.lemma], -1)
        return upos, xpos, lemma

    def entity_scores(self, words: Tensor) -> Tensor:
        return self.entity_2(F.gelu(self.entity_1(words)))

    def arc_scores(self, words: Tensor) -> Tensor:
        """Return `[batch, dependent, head]` scores; head 0 is the root, dependents start at the first word."""
        head, dependent = F.gelu(self.arc(words)).chunk(2, -1)
        head, dependent = self.drop(head), self.drop(dependent)[:, 1:]
        return dependent @ self.arc_weight @ head.transpose(1, 2) + self.arc_head(head).transpose(1, 2)

    def label_states(self, words: Tensor) -> tuple[Tensor, Tensor]:
        head, dependent = F.gelu(self.label(words)).chunk(2, -1)
        return self.drop(head), self.drop(dependent)[:, 1:]

    def label_matrix(self) -> Tensor:
        relations, width, _ = self.label_weight.shape
        return self.label_weight.permute(1, 0, 2).reshape(width, relations * width)

    def label_scores(self, words: Tensor, heads: Tensor) -> Tensor:
        """Return `[batch, dependent, relation]` scores for the heads given."""
        head, dependent = self.label_states(words)
        head = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[-1]))
        batch, length, width = dependent.shape
        relations = self.label_weight.shape[0]
        crossed = dependent.reshape(-1, width) @ self.label_matrix()
        crossed = crossed.reshape(batch, length, relations, width)
        scores = (crossed * head[:, :, None, :]).sum(-1)
        return scores + self.label_head(head) + self.label_dependent(dependent)

    def likely_labels(self, words: Tensor, heads: Tensor, barred: Tensor) -> Tensor:
        """Return `[dependent, candidate]` relations of one sentence for candidate heads `[dependent, candidate]`."""
        head, dependent = (states[0] for states in self.label_states(words))
        width = head.shape[-1]
        crossed = (dependent @ self.label_matrix()).reshape(-1, barred.shape[0], width)
        scores = (head[heads] @ crossed.transpose(1, 2)) + self.label_head(head)[heads]
        return (scores + (self.label_dependent(dependent) + barred)[:, None]).argmax(-1)
