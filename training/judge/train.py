"""Training of the judge: rooms of sentences, pairs of them, checkpoints, and what is measured on the way.

python -m training.judge.train --data FILE... --encoder FOLDER --work FOLDER [--minutes N] [--resume]
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from training.judge.data import LABELS, part_of
from training.judge.network import Judge, JudgeSizes
from wirecheck.comparison.judge import encode_side, mark_subwords
from wirecheck.comparison.marks import MARK_COUNT
from wirecheck.language.subwords import Subwords

SHARES = {"story": 0.35, "written": 0.35, "facts": 0.25, "public": 0.12, "pairs": 1.0, "swaps": 1.0, "perturbed": 0.7}


class Sentences:
    """The sentences of a room as the network takes them."""

    def __init__(self, made: dict[str, Any], subwords: Subwords) -> None:
        self.sides = [encode_side(s["names"], s["words"], subwords) for s in made["sentences"]]
        self.ids = [side.ids for side in self.sides]
        self.firsts = [side.firsts for side in self.sides]
        self.lengths = [len(side.ids) for side in self.sides]


def load_rooms(paths: Sequence[Path], subwords: Subwords) -> list[dict[str, Any]]:
    rooms = []
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as source:
            for line in source:
                made = json.loads(line)
                made["read"] = Sentences(made, subwords)
                rooms.append(made)
    return rooms


def pad(rows: Sequence[Sequence[int]], value: int = 0) -> tuple[Tensor, Tensor]:
    longest = max(map(len, rows))
    out = torch.full((len(rows), longest), value, dtype=torch.long)
    real = torch.zeros(len(rows), longest, dtype=torch.bool)
    for n, row in enumerate(rows):
        out[n, : len(row)] = torch.tensor(row)
        real[n, : len(row)] = True
    return out, real


def run(judge: Judge, batch: list[tuple[dict[str, Any], dict[str, Any]]]) -> tuple[Tensor, Tensor, int]:
    """Return the scores of a batch of (room, pair), those of subwords, and where the right side starts."""
    unique: dict[tuple[int, int], int] = {}
    rows: list[list[int]] = []
    for made, one in batch:
        for side in ("left", "right"):
            key = (id(made), one[side])
            if key not in unique:
                unique[key] = len(rows)
                rows.append(made["read"].ids[one[side]])
    order = sorted(range(len(rows)), key=lambda n: len(rows[n]))
    states: list[Tensor] = [torch.empty(0)] * len(rows)
    for start in range(0, len(order), 16):
        chosen = order[start : start + 16]
        ids, real = pad([rows[n] for n in chosen])
        for n, state in zip(chosen, judge.read(ids, real), strict=True):
            states[n] = state
    sides: list[list[Tensor]] = [[], []]
    marks: list[list[list[int]]] = [[], []]
    lengths: list[list[int]] = [[], []]
    for made, one in batch:
        read = made["read"]
        ours, theirs = read.sides[one["left"]], read.sides[one["right"]]
        for side, name, own, other in ((0, "left", ours, theirs), (1, "right", theirs, ours)):
            at = one[name]
            size = read.lengths[at]
            sides[side].append(states[unique[id(made), at]][:size])
            marks[side].append(mark_subwords(own, other))
            lengths[side].append(size)
    left, right = (torch.nn.utils.rnn.pad_sequence(many, batch_first=True) for many in sides)
    (lm, lr), (rm, rr) = (pad(many) for many in marks)
    scores, words = judge.hold(left, right, torch.cat([lm, rm], 1), torch.cat([lr, rr], 1))
    return scores.float(), words.float(), left.shape[1]


def loss_of(judge: Judge, batch: list[tuple[dict[str, Any], dict[str, Any]]], tag_share: float) -> Tensor:
    scores, words, right_start = run(judge, batch)
    labels = torch.tensor([one["labels"] for _, one in batch], dtype=torch.float32)
    weight = torch.tensor([one["weight"] for _, one in batch])[:, None] * (labels >= 0)
    found = F.binary_cross_entropy_with_logits(scores, labels.clamp(min=0), reduction="none")
    loss = (found * weight).sum() / weight.sum().clamp(min=1)
    places: list[tuple[int, int, int]] = []
    targets: list[float] = []
    for n, (made, one) in enumerate(batch):
        read = made["read"]
        for channel, label in enumerate(LABELS):
            sides = one["tags"].get(label)
            if sides is None or one["labels"][channel] != 1:
                continue  # the words are asked of pairs that have the label: which of them bear it?
            for side, name, shift in ((0, "left", 0), (1, "right", right_start)):
                if sides[side] is None:
                    continue
                tagged = set(sides[side])
                for w, first in enumerate(read.firsts[one[name]]):
                    places.append((n, first + shift, channel))
                    targets.append(float(w in tagged))
    if places and tag_share:
        at = torch.tensor(places)
        logits = words[at[:, 0], at[:, 1], at[:, 2]]
        loss = loss + tag_share * F.binary_cross_entropy_with_logits(logits, torch.tensor(targets))
    return loss


def draw(
    rooms: list[dict[str, Any]], rng: random.Random, size: int, shares: dict[str, float]
) -> Iterator[list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Yield the batches of one epoch: pairs of a room stay together, so that its sentences are read once."""
    chunks: list[list[tuple[dict[str, Any], dict[str, Any]]]] = []
    for made in rooms:
        share = shares[made["kind"]]
        kept = []
        for one in made["pairs"]:
            positive = made["kind"] in ("story", "written") and (max(one["labels"]) > 0 or bool(one.get("items")))
            if positive or rng.random() < share:
                kept.append((made, one))
        kept.sort(key=lambda p: p[0]["read"].lengths[p[1]["left"]] + p[0]["read"].lengths[p[1]["right"]] + rng.random())
        chunks += [kept[n : n + size] for n in range(0, len(kept), size)]
    full = [c for c in chunks if len(c) >= size // 2]
    rest = [p for c in chunks if len(c) < size // 2 for p in c]
    rest.sort(
        key=lambda p: max(p[0]["read"].lengths[p[1]["left"]], p[0]["read"].lengths[p[1]["right"]]) + 8 * rng.random()
    )
    batches = full + [rest[n : n + size] for n in range(0, len(rest), size)]
    rng.shuffle(batches)
    yield from batches


@torch.inference_mode()
def judge_pairs(judge: Judge, made: dict[str, Any], pairs: list[dict[str, Any]], size: int = 48) -> np.ndarray:
    judge.eval()
    order = sorted(
        range(len(pairs)),
        key=lambda n: made["read"].lengths[pairs[n]["left"]] + made["read"].lengths[pairs[n]["right"]],
    )
    out = np.zeros((len(pairs), 3), np.float32)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        with torch.autocast("cpu", torch.bfloat16):
            scores, _, _ = run(judge, [(made, pairs[n]) for n in chosen])
        out[chosen] = torch.sigmoid(scores).numpy()
    return out


def auc(scores: np.ndarray, truth: np.ndarray) -> float:
    if truth.all() or not truth.any():
        return float("nan")
    ranks = scores.argsort().argsort() + 1
    positive = truth.sum()
    return float((ranks[truth].sum() - positive * (positive + 1) / 2) / (positive * (len(truth) - positive)))


def average_precision(scores: np.ndarray, truth: np.ndarray) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = truth[order]
    return float((np.cumsum(hits) / np.arange(1, len(hits) + 1))[hits].mean()) if hits.any() else float("nan")


def measure(judge: Judge, rooms: list[dict[str, Any]], rng: random.Random, most: int = 10) -> dict[str, float]:
    """Return AUC and average precision on pairs of stories, and on pairs of fact groups."""
    out: dict[str, float] = {}
    for kind in ("story", "written", "gold", "facts"):
        chosen = [r for r in rooms if r["kind"] == kind]
        chosen = rng.sample(chosen, min(most, len(chosen)))
        scores, labels, cosine = [], [], []
        for made in chosen:
            pairs = made["pairs"]
            if not pairs:
                continue
            scores.append(judge_pairs(judge, made, pairs))
            labels += [p["labels"] for p in pairs]
            if "cosine" in made:
                cosine += [made["cosine"][p["left"]][p["right"]] for p in pairs]
        if not scores:
            continue
        s, y = np.concatenate(scores), np.array(labels)
        for n, label in enumerate(LABELS):
            known = y[:, n] >= 0
            out[f"{kind}.{label}.auc"] = auc(s[known, n], y[known, n] == 1)
            out[f"{kind}.{label}.ap"] = average_precision(s[known, n], y[known, n] == 1)
        any_ = (y == 1).any(1)
        joined = 1 - (1 - s).prod(1)
        out[f"{kind}.joined.ap"] = average_precision(joined, any_)
        if cosine:
            out[f"{kind}.cosine.ap"] = average_precision(np.array(cosine), any_)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, help="rooms that are measured only")
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--lower", type=float, default=0.2, help="share of the rate that the lower layers have")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--tags", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="train on the dev part too (the last run)")
    parser.add_argument("--start", type=Path, help="weights to start from")
    parser.add_argument("--every", type=float, default=8, help="minutes between measurements")
    parser.add_argument("--shares", type=json.loads, default=SHARES)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    options.work.mkdir(parents=True, exist_ok=True)
    subwords = Subwords.load(options.encoder / "tokenizer.json")
    rooms = load_rooms(options.data, subwords)
    dev = [r for r in rooms if part_of(r) == "dev"]
    train = [r for r in rooms if part_of(r) == "train" or (options.all and part_of(r) == "dev")]
    gold = load_rooms([options.gold], subwords) if options.gold else []
    judge = Judge(JudgeSizes(MARK_COUNT))
    judge.load_encoder(load_file(options.encoder / "model.safetensors"))
    if options.start:
        judge.load_state_dict(torch.load(options.start))
    new = [
        p
        for n, p in judge.named_parameters()
        if n.startswith(("pair", "word_head", "marks", "near"))
        or (n.endswith(".bias") and "upper" in n and n.count(".") == 2)
    ]
    if options.lower == 0:
        for name, parameter in judge.named_parameters():
            parameter.requires_grad_(not name.startswith(("words", "positions", "norm", "lower")))
    lower = [p for n, p in judge.named_parameters() if n.startswith(("positions", "norm", "lower")) and p.requires_grad]
    known = {id(p) for p in [*new, *lower]}
    old = [p for p in judge.parameters() if id(p) not in known and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": old, "lr": options.rate},
            {"params": lower, "lr": options.lower * options.rate},
            {"params": new, "lr": 5 * options.rate},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    rates = [g["lr"] for g in optimiser.param_groups]
    log = (options.work / "log.jsonl").open("a")
    began, seen, step, losses = time.time(), 0, 0, []
    epoch, last = 0, time.time()
    average: dict[str, Tensor] = {}
    done = False
    while not done:
        epoch += 1
        for batch in draw(train, rng, options.batch, options.shares):
            spent = (time.time() - began) / 60 / options.minutes
            if spent >= 1:
                done = True
                break
            factor = min(1.0, (step + 1) / 100) * (1 - spent)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            judge.train()
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(judge, batch, options.tags)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            seen += len(batch)
            losses.append(float(loss.detach()))
            if spent > 0.7 and step % 20 == 0:
                for name, value in judge.state_dict().items():
                    average[name] = value.clone() if name not in average else average[name].lerp(value, 0.1)
            if step % 100 == 0:
                speed = seen / (time.time() - began)
                print(f"{step} epoch {epoch} loss {np.mean(losses[-100:]):.4f} {speed:.1f} pairs/s", flush=True)
            if time.time() - last > options.every * 60:
                report(judge, dev, gold, options.work, log, step, epoch, seen)
                last = time.time()
    if average:
        report(judge, dev, gold, options.work, log, step, epoch, seen)
        judge.load_state_dict(average)
    report(judge, dev, gold, options.work, log, step, epoch, seen)
    print("done", flush=True)


def report(judge: Judge, dev: Any, gold: Any, work: Path, log: Any, step: int, epoch: int, seen: int) -> None:
    torch.save(judge.state_dict(), work / "judge.pt.part")
    (work / "judge.pt.part").rename(work / "judge.pt")
    found = measure(judge, [*dev, *gold], random.Random(3))
    log.write(json.dumps({"step": step, "epoch": epoch, "seen": seen} | found) + "\n")
    log.flush()
    print(f"== {step} epoch {epoch} seen {seen} " + " ".join(f"{k} {v:.3f}" for k, v in found.items()), flush=True)


if __name__ == "__main__":
    main()
