"""The original encoder's sentence embeddings: the goal of the distillation term."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.network import Reader


def original_embeddings(texts: list[str], reader: Reader, tokenizer_path: Path) -> np.ndarray:
    """Return unit rows for texts, cut by the original tokenizer; `reader` still holds the original weights."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    ids = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    order = sorted(range(len(ids)), key=lambda at: len(ids[at]))
    rows = np.zeros((len(ids), reader.sizes.width), np.float32)
    reader.eval()
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            chosen = order[start : start + 32]
            rows[chosen] = _embed(reader, [ids[at] for at in chosen]).numpy()
    return rows


def _embed(reader: Reader, batch: list[list[int]]) -> Tensor:
    longest = max(map(len, batch))
    padded = torch.zeros(len(batch), longest, dtype=torch.long)
    real = torch.zeros(len(batch), longest, dtype=torch.bool)
    for row, ids in enumerate(batch):
        padded[row, : len(ids)] = torch.tensor(ids)
        real[row, : len(ids)] = True
    mask = torch.zeros(real.shape).masked_fill(~real, -1e4)[:, None, None, :]
    x = reader.norm(reader.words(padded) + reader.positions(torch.arange(longest)))
    with torch.autocast("cpu", torch.bfloat16):
        for layer in reader.lower[:-1]:
            x = layer(x, mask.to(torch.bfloat16))
    x = reader.lower[-1](x.float(), mask).float()
    weight = real.float()[:, :, None]
    return F.normalize((x * weight).sum(1) / weight.sum(1), dim=-1)
