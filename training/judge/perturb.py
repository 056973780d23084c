"""Drawn conflicts: pairs that agree on a figure, a day or a month, with that word of one side changed.

    python -m training.judge.perturb --rooms FILE... --out FILE

Planted conflicts are rare in any coverage, and a judge that sees few of them learns none. Only the figures of a fact
that both sides state are changed, so that what is left of the pair is as the pipeline meets it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from pathlib import Path
from typing import Any

from training.judge.data import pair, part_of, room
from wirecheck.comparison.marks import SMALL, find_keys

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def change_word(word: str, rng: random.Random) -> str | None:
    """Return another value of the same kind as a word, in the same form; None for what is no value."""
    for many in (DAYS, MONTHS, SMALL[1:], TENS, ORDINALS):
        for at, known in enumerate(many):
            if word.casefold() == known.casefold():
                near = [m for n, m in enumerate(many) if n != at and abs(n - at) <= 4]
                other = rng.choice(near)
                return other.capitalize() if word[:1].isupper() else other.lower()
    if re.fullmatch(r"(19|20)\d\d", word):
        return str(int(word) + rng.choice((-10, -3, -2, -1, 1, 2, 3, 10)))
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", word):
        value = int(word.replace(",", ""))
        if value < 20:
            changed = value + rng.choice([d for d in (-4, -3, -2, -1, 1, 2, 3, 4, 6) if value + d > 0])
        else:
            changed = round(value * rng.choice((0.4, 0.6, 0.75, 0.85, 1.15, 1.3, 1.6, 2.0)))
            if value % 10 == 0 and value >= 100:
                changed = round(changed, -1)
            elif rng.random() < 0.3:
                digits = list(str(value))
                rng.shuffle(digits)
                changed = int("".join(digits))
        if changed == value or changed <= 0:
            changed = value + 1
        return f"{changed:,}" if "," in word else str(changed)
    if re.fullmatch(r"\d+\.\d+", word):
        places = len(word.split(".")[1])
        changed_value = float(word) * rng.choice((0.5, 0.8, 0.9, 1.1, 1.25, 2.0))
        made = f"{changed_value:.{places}f}"
        return made if made != word else None
    return None


def shared_values(left: dict[str, Any], right: dict[str, Any], tags: Any) -> list[tuple[int, int]]:
    """Return the places of words that are one value on both sides and, where known, belong to what is agreed on."""
    keys = [find_keys(s["words"]) for s in (left, right)]
    known = [None if tags is None or t is None else set(t) for t in (tags or (None, None))]
    found = []
    for i, word in enumerate(left["words"]):
        value = keys[0].figures[i] or (word if word in DAYS or word in MONTHS else "")
        if not value or value == "1" or (known[0] is not None and i not in known[0]):
            continue
        for j, other in enumerate(right["words"]):
            theirs = keys[1].figures[j] or (other if other in DAYS or other in MONTHS else "")
            if theirs == value and (known[1] is None or j in known[1]):
                found.append((i, j))
                break
    return found


def perturb(made: dict[str, Any], rng: random.Random) -> dict[str, Any] | None:
    """Return a room with each agreeing pair of a room that shares a value, one of them changed on one side."""
    out = room(made["name"], "perturbed")
    for one in made["pairs"]:
        if one["labels"][0] != 1 or one["labels"][1] == 1:
            continue
        sides = [made["sentences"][one[name]] for name in ("left", "right")]
        values = shared_values(sides[0], sides[1], one["tags"].get("agree"))
        if not values:
            continue
        places = rng.choice(values)
        side = rng.randrange(2)
        word = sides[side]["words"][places[side]]
        changed = change_word(word, rng)
        if changed is None:
            continue
        copies = [dict(s) for s in sides]
        copies[side]["words"] = [
            changed if w == word else w for w in sides[side]["words"]
        ]  # every place of it, so that no side contradicts itself
        start = len(out["sentences"])
        out["sentences"] += copies
        out["pairs"].append(
            pair(start, start + 1, (0 if len(values) == 1 else -1, 1, 0), {"clash": [[places[0]], [places[1]]]})
        )
    return out if out["pairs"] else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    rng = random.Random(11)
    count = 0
    with gzip.open(options.out, "wt", encoding="utf-8", compresslevel=3) as target:
        for path in options.rooms:
            with gzip.open(path, "rt", encoding="utf-8") as source:
                for line in source:
                    made = json.loads(line)
                    if made["kind"] not in ("story", "written", "facts") or part_of(made) != "train":
                        continue
                    for _ in range(1 if made["kind"] == "facts" else 2):
                        found = perturb(made, rng)
                        if found is not None:
                            count += len(found["pairs"])
                            target.write(json.dumps(found, ensure_ascii=False) + "\n")
    print(f"{count} pairs")


if __name__ == "__main__":
    main()
