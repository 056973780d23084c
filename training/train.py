"""The training loop: warm up, hold the rate, then let it fall; checkpoints on the way, weights averaged.

The rate is held until told otherwise, so that one run can be stopped at any checkpoint and finished from there.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from training.network import Reader
from training.samples import SOURCES, Names, Sample, pack
from training.sentences import ENTITY_TAGS
from wirecheck.language import subwords as sw


@dataclass(frozen=True)
class Recipe:
    seed: int = 7
    budget: int = 1024  # subwords per batch
    warm: int = 200
    stable: int = 2450
    decay: int = 2920
    encoder_rate: float = 1.5e-4
    upper_rate: float = 3e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    average: float = 0.985
    distil: float = 12.0
    likeness: float = 15.0
    masked: float = 0.10  # share of words hidden, in half of the sentences
    renamed: float = 0.4  # share of the entity samples that get other names
    entity: float = 1.5
    plain_share: float = 0.06  # of the unlabelled sentences, each round


def rate_share(step: int, recipe: Recipe) -> float:
    if step < recipe.warm:
        return (step + 1) / recipe.warm
    gone = step - recipe.warm - recipe.stable
    if gone <= 0:
        return 1.0
    return max(0.0, 1 - gone / recipe.decay) ** 1.0 * 0.98 + 0.02 * (gone < recipe.decay)


@dataclass
class Batch:
    ids: Tensor
    shapes: Tensor
    real: Tensor
    firsts: Tensor
    syntax: Tensor  # [5, batch, words]
    entities: Tensor  # allowed tags as bits, 0 where unknown
    sources: Tensor
    teacher: Tensor
    faithful: Tensor  # rows whose embedding is held to the original


def spoil(sample: Sample, rng: random.Random, recipe: Recipe) -> tuple[Sample, bool]:
    """Return a sample as another writer would have it, and whether its subwords are as they were."""
    ids, shapes, faithful = sample.ids, sample.shapes, True
    base, glue = shapes % sw.GLUED, shapes // sw.GLUED * sw.GLUED
    letters = (base <= sw.MIXED) & (shapes != sw.EDGE_SHAPE)
    chance = rng.random()
    if chance < 0.14:
        base = base.copy()
        if chance < 0.05:
            base[letters] = sw.LOWER
        elif chance < 0.10:
            base[letters & (base != sw.INITIAL)] = sw.UPPER
        else:
            small = letters & (base == sw.LOWER)
            if sample.words:
                long = np.array([True, *(len(w) > 3 for w in sample.words), True])
                small &= long
            base[small] = sw.TITLE
        shapes = np.where(shapes == sw.EDGE_SHAPE, sw.EDGE_SHAPE, base + glue).astype(np.int16)
    elif chance < 0.20 and letters.any():
        # Some names in capitals, others without: "PETE HEGSETH said", "ukraine".
        base = base.copy()
        names = letters & (base == sw.TITLE)
        base[names & (np.random.default_rng(rng.getrandbits(32)).random(len(base)) < 0.7)] = (
            sw.UPPER if rng.random() < 0.6 else sw.LOWER
        )
        shapes = np.where(shapes == sw.EDGE_SHAPE, sw.EDGE_SHAPE, base + glue).astype(np.int16)
    if rng.random() < 0.4:
        changed = curl(ids)
        if changed is not None:
            ids, faithful = changed, False
    if sample.syntax is not None and len(sample.firsts) > 4 and rng.random() < 0.08:
        last = len(sample.firsts) - 2
        punct = sample.words[-1] in ".!?"
        if punct and not (sample.syntax[0] == last + 1).any():
            at = sample.firsts[-1]
            ids = np.append(ids[:at], ids[-1])
            shapes = np.append(shapes[: last + 1], shapes[-1])
            sample = Sample(
                ids,
                sample.firsts[:-1],
                np.append(sample.counts[: last + 1], 1),
                shapes,
                sample.source,
                sample.syntax[:, :last],
                None if sample.entities is None else sample.entities[:last],
            )
            faithful = False
    if (sample.syntax is not None or sample.entities is not None) and rng.random() < 0.5:
        hidden = np.random.default_rng(rng.getrandbits(32)).random(len(sample.counts)) < recipe.masked
        hidden[[0, -1]] = False
        if hidden.any():
            ids = np.where(np.repeat(hidden, sample.counts), sw.MASK, ids)
            faithful = False
    return Sample(
        ids, sample.firsts, sample.counts, shapes, sample.source, sample.syntax, sample.entities, sample.teacher
    ), faithful


QUOTE, TICK, BACKTICK = 1000, 1005, 1036
CURLY: dict[str, int] = {}


def curl(ids: np.ndarray) -> np.ndarray | None:
    """Return subwords with straight quotation marks made typographic, or None where there are none."""
    straight = np.flatnonzero((ids == QUOTE) | (ids == TICK))
    if not len(straight) or not CURLY:
        return None
    ids, opening = ids.copy(), True
    for at in straight:
        if ids[at] == QUOTE:
            ids[at] = CURLY["“"] if opening else CURLY["”"]
            opening = not opening
        else:
            ids[at] = CURLY["’"]
    return ids


def collate(samples: list[tuple[Sample, bool]], teacher: np.ndarray, device: torch.device) -> Batch:
    rows = len(samples)
    length = max(len(s.ids) for s, _ in samples)
    words = max(len(s.firsts) - 1 for s, _ in samples)
    ids, shapes = np.zeros((rows, length), np.int64), np.full((rows, length), sw.EDGE_SHAPE, np.int64)
    real = np.zeros((rows, length), bool)
    firsts = np.zeros((rows, words + 1), np.int64)
    syntax = np.full((5, rows, words), -100, np.int64)
    entities = np.zeros((rows, words), np.int64)
    goal = np.zeros((rows, teacher.shape[1]), np.float32)
    for row, (s, _) in enumerate(samples):
        n, w = len(s.ids), len(s.firsts) - 1
        ids[row, :n], real[row, :n] = s.ids, True
        shapes[row, :n] = np.repeat(s.shapes, s.counts)
        firsts[row, : w + 1] = s.firsts
        if s.syntax is not None:
            syntax[:, row, :w] = s.syntax
        if s.entities is not None:
            entities[row, :w] = s.entities
        if s.teacher >= 0:
            goal[row] = teacher[s.teacher]
    faithful = np.array([ok and s.teacher >= 0 for s, ok in samples])
    sources = np.array([s.source for s, _ in samples])
    arrays = (ids, shapes, real, firsts, syntax, entities, sources, goal, faithful)
    return Batch(*(torch.from_numpy(array).to(device) for array in arrays))


def losses(reader: Reader, batch: Batch, recipe: Recipe) -> dict[str, Tensor]:
    parts: dict[str, Tensor] = {}
    with torch.autocast(batch.ids.device.type, torch.bfloat16):
        embedding, states = reader.encode(batch.ids, batch.shapes, batch.real)
    if batch.faithful.any():
        mine, goal = embedding[batch.faithful], batch.teacher[batch.faithful]
        parts["distil"] = recipe.distil * (1 - (mine * goal).sum(-1)).mean()
        parts["likeness"] = recipe.likeness * (mine @ mine.T - goal @ goal.T).square().mean()
    words = reader.head_states(states, batch.firsts)
    heads, relations, upos, xpos, lemmas = batch.syntax
    parsed = (heads[:, 0] != -100) & (heads != -100).any(1)
    if parsed.any():
        read, heads, relations = words[parsed], heads[parsed], relations[parsed]
        limit = int((heads != -100).sum(1).max())
        read, heads, relations = read[:, : limit + 1], heads[:, :limit], relations[:, :limit]
        with torch.autocast(batch.ids.device.type, torch.bfloat16):
            arcs = reader.arc_scores(read).float()
            labels = reader.label_scores(read, heads.clamp(min=0)).float()
            tags = [scores.float() for scores in reader.tag_scores(read[:, 1:])]
        count = (heads != -100).sum(1)
        beyond = torch.arange(limit + 1, device=count.device)[None, :] > count[:, None]
        arcs = arcs.masked_fill(beyond[:, None, :], -1e4)
        parts["arc"] = F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=-100)
        parts["label"] = F.cross_entropy(labels.flatten(0, 1), relations.flatten(), ignore_index=-100)
        for name, scores, gold, weight in zip(
            ("upos", "xpos", "lemma"), tags, (upos[parsed], xpos[parsed], lemmas[parsed]), (0.5, 0.3, 0.2), strict=True
        ):
            parts[name] = weight * F.cross_entropy(scores.flatten(0, 1), gold[:, :limit].flatten(), ignore_index=-100)
    named = batch.entities[:, 0] != 0
    if named.any():
        with torch.autocast(batch.ids.device.type, torch.bfloat16):
            scores = reader.entity_scores(words[named][:, 1:]).float()
        scores = scores + reader.source_bias(batch.sources[named])[:, None]
        allowed = batch.entities[named]
        inside = (allowed[:, :, None] >> torch.arange(len(ENTITY_TAGS), device=allowed.device)) & 1
        logs = torch.log_softmax(scores, -1).masked_fill(inside == 0, -1e4)
        known = allowed != 0
        parts["entity"] = recipe.entity * -torch.logsumexp(logs, -1)[known].mean()
    return parts


# How often a round shows the sentences of the entity sets: edited text more often than posts.
SHARES = {"uner": 2.0, "wikigold": 2.0, "wnut": 0.8, "btc": 0.6, "gum": 1.0, "meantime": 1.0}


def round_of(samples: list[Sample], recipe: Recipe, rng: random.Random) -> list[Sample]:
    """Return the samples of one round: all with syntax, entity sets whole or in part, a few unlabelled ones."""
    chance = [SHARES.get(source, recipe.plain_share) for source in SOURCES]
    chosen = []
    for sample in samples:
        share = 1.0 if sample.syntax is not None else chance[sample.source]
        chosen += [sample] * (int(share) + (rng.random() < share % 1))
    return chosen


def batches(
    samples: list[Sample], recipe: Recipe, start: int, names: Names, subwords: sw.Subwords
) -> Iterator[tuple[int, list[tuple[Sample, bool]]]]:
    """Yield batches for ever; a run that resumes at a round sees what it would have seen."""
    round_number = start
    while True:
        rng = random.Random(recipe.seed * 1000 + round_number)
        chosen = [
            names.renamed(sample, subwords, rng)
            if sample.syntax is None and sample.entities is not None and rng.random() < recipe.renamed
            else sample
            for sample in round_of(samples, recipe, rng)
        ]
        for batch in pack(chosen, recipe.budget, rng):
            yield round_number, [spoil(sample, rng, recipe) for sample in batch]
        round_number += 1


def train(
    reader: Reader,
    samples: list[Sample],
    teacher: np.ndarray,
    recipe: Recipe,
    folder: Path,
    names: Names,
    subwords: sw.Subwords,
    *,
    resume: bool,
    save_every: int = 100,
    log_every: int = 50,
) -> None:
    torch.manual_seed(recipe.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    reader.to(device)
    reader.words.weight.requires_grad_(False)
    groups = {"encoder": [], "upper": [], "heads": []}  # type: dict[str, list[torch.nn.Parameter]]
    for name, parameter in reader.named_parameters():
        if not parameter.requires_grad:
            continue
        first = name.split(".")[0]
        groups[
            "encoder" if first in ("lower", "positions", "norm") else "upper" if first == "upper" else "heads"
        ].append(parameter)
    rates = {"encoder": recipe.encoder_rate, "upper": recipe.upper_rate, "heads": recipe.head_rate}
    optimizer = torch.optim.AdamW(
        [{"params": groups[n], "lr": rates[n], "base": rates[n]} for n in groups],
        betas=(0.9, 0.98),
        weight_decay=recipe.weight_decay,
        fused=True,
    )
    average = {n: p.detach().clone() for n, p in reader.named_parameters() if p.requires_grad}
    step, round_number = 0, 0
    checkpoint = folder / "checkpoint.pt"
    if resume and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False, map_location=device)
        reader.load_state_dict(state["reader"])
        optimizer.load_state_dict(state["optimizer"])
        average, step, round_number = state["average"], state["step"], state["round"] + 1
        for group, name in zip(optimizer.param_groups, groups, strict=True):
            group["base"] = rates[name]
    last = recipe.warm + recipe.stable + recipe.decay
    sums: dict[str, float] = {}
    began, seen = time.time(), 0
    reader.train()
    for at_round, chosen in batches(samples, recipe, round_number, names, subwords):
        round_number = at_round
        if step >= last or (folder / "stop").exists():
            break
        share = rate_share(step, recipe)
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * share
        batch = collate(chosen, teacher, device)
        parts = losses(reader, batch, recipe)
        total = torch.stack(list(parts.values())).sum()
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_([p for g in groups.values() for p in g], 2.0)
        optimizer.step()
        step += 1
        if step % 4 == 0:
            keep = min(recipe.average, (step / 4) / (step / 4 + 20))
            with torch.no_grad():
                for name, parameter in reader.named_parameters():
                    if parameter.requires_grad:
                        average[name].lerp_(parameter, 1 - keep)
        seen += len(chosen)
        for name, value in parts.items():
            sums[name] = 0.98 * sums.get(name, float(value.detach())) + 0.02 * float(value.detach())
        if step % log_every == 0:
            line = {
                "step": step,
                "round": round_number,
                "rate": round(share, 3),
                "per_s": round(seen / (time.time() - began), 1),
                "clock": time.strftime("%H:%M:%S"),
                **{k: round(v, 4) for k, v in sorted(sums.items())},
            }
            began, seen = time.time(), 0
            with open(folder / "log.jsonl", "a", encoding="utf-8") as log:
                log.write(json.dumps(line) + "\n")
        if step % save_every == 0 or step == last:
            state = {
                "reader": reader.state_dict(),
                "optimizer": optimizer.state_dict(),
                "average": average,
                "step": step,
                "round": round_number,
                "sizes": reader.sizes.as_dict(),
            }
            torch.save(state, folder / "checkpoint.tmp")
            (folder / "checkpoint.tmp").replace(checkpoint)
