"""The judge's data: sentences in context, and what is known of pairs of them.

    python -m training.judge.data --shared FOLDER --out FILE

Every source becomes *rooms*: sentences that are read once, and pairs of them. A pair has three labels (`agree`,
`clash`, `differ`: 1, 0, or -1 where nobody knows) and, where known, the words on which each rests.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from wirecheck.comparison.context import InContext, put_alone, put_in_context

LABELS = ("agree", "clash", "differ")
OWN = Path(__file__).parents[1] / "data"
NEAREST = 6  # sentences of the other document, both ways
HELD_OUT = "0369"  # last figure of a story's id: for the final figures alone
DEV = "8"
VITAMINC, CONJNLI, SNLI = 16000, 5000, 3000  # pairs taken at most


def is_held_out_group(ident: str) -> bool:
    """Return whether a fact group is kept for measuring: one in ten."""
    return int(re.sub(r"\D", "", ident)) % 10 == 5


def room(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "kind": kind, "sentences": [], "pairs": []}


def add_sentence(into: dict[str, Any], sentence: InContext, document: str = "") -> int:
    into["sentences"].append({"names": list(sentence.names), "words": list(sentence.words), "document": document})
    return len(into["sentences"]) - 1


def pair(
    left: int, right: int, labels: tuple[int, int, int], tags: dict[str, Any] | None = None, weight: float = 1.0
) -> dict[str, Any]:
    """Return a pair; `tags` maps a label to the words of both sides (lists of places, None where unknown)."""
    return {"left": left, "right": right, "labels": labels, "tags": tags or {}, "weight": weight}


def place_words(sentence: InContext, text: str, wanted: str) -> list[int]:
    """Return the places of the words of a substring in a sentence that was put alone."""
    start = text.find(wanted)
    if start < 0:
        return []
    return [n for n, (a, b) in enumerate(sentence.spans) if a < start + len(wanted) and start < b]


# --- stories -------------------------------------------------------------------------------------------------------


def read_story(folder: Path) -> dict[str, Any]:
    """Return the room of a story with gold: its sentences, and pairs of the nearest ones of two documents."""
    gold = json.loads((folder / "gold.json").read_text("utf-8"))
    raw = {p.stem: p.read_text("utf-8") for p in folder.glob("*.txt")}
    return _read_room(folder.name, _documents(folder), gold, raw)


WRITTEN = {
    "agree": "agreements",
    "quotes": "quotes",
    "conflict": "conflicts",
    "compatible": "compatible",
    "near": "near_misses",
}
"""The lists of a written story, and what the gold of `stories/` calls them."""


def read_written(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rooms of stories that were written for this project (`training/data/stories.jsonl`)."""
    for line in path.read_text("utf-8").splitlines():
        story = json.loads(line)
        gold: dict[str, Any] = {}
        for ours, theirs in WRITTEN.items():
            entries = [e["passages"] if isinstance(e, dict) else e for e in story.get(ours, [])]
            gold[theirs] = [{"passages": [{"doc": d, "text": t} for d, t in e]} for e in entries]
        documents = read_rows(story["id"], [{"name": n} | d for n, d in story["documents"].items()])
        yield _read_room(story["id"], documents, gold, {}) | {"kind": "written"}


def read_dossier(documents: Iterable[Any]) -> Any:
    """Return the dossier of a story up to its speakers."""
    from wirecheck.annotators import annotate
    from wirecheck.language.dossier import Dossier
    from wirecheck.language.reading import read_document
    from wirecheck.resolve import resolve_actors, resolve_speakers
    from wirecheck.stories import one_story

    documents = sorted(documents, key=lambda d: (d.name, d.id))
    readings = tuple(read_document(d) for d in documents)
    annotations = tuple(annotate(r) for r in readings)
    actors = resolve_actors(readings, annotations)
    return Dossier(one_story(documents)[0], readings, resolve_speakers(readings, annotations, actors), actors)


def _read_room(name: str, documents: list[Any], gold: dict[str, Any], raw: dict[str, str]) -> dict[str, Any]:
    dossier = read_dossier(documents)
    sentences = put_in_context(dossier)
    name_of = {d.id: d.name for d in documents}
    made = room(name, "story")
    vectors = []
    by_place = {(r.document.id, s.start): s.embedding for r in dossier.readings for s in r.sentences}
    for sentence in sentences:
        add_sentence(made, sentence, name_of[sentence.document])
        vectors.append(by_place[sentence.document, sentence.start])
    matrix = np.stack(vectors)
    made["cosine"] = (matrix @ matrix.T).round(3).astype(float).tolist()
    made["places"] = [[name_of[s.document], s.start, s.end] for s in sentences]
    texts = {d.name: d.text for d in documents}
    items: list[dict[int, list[int]]] = []
    kinds: list[str] = []
    for label, entries in (
        ("agree", gold.get("agreements", [])),
        ("agree", gold.get("quotes", [])),
        ("clash", gold.get("conflicts", [])),
        ("differ", gold.get("compatible", [])),
        ("near", gold.get("near_misses", [])),
    ):
        for entry in entries:
            found: dict[int, list[int]] = {}
            for passage in entry["passages"]:
                for at in _spans_of(texts, raw, passage):
                    start, end = at
                    for n, s in enumerate(sentences):
                        if name_of[s.document] != passage["doc"] or s.end <= start or end <= s.start:
                            continue
                        inside = [w for w, (a, b) in enumerate(s.spans) if a < end and start < b]
                        overlap = min(end, s.end) - max(start, s.start)
                        if inside and overlap >= 0.4 * min(end - start, s.end - s.start):
                            found.setdefault(n, []).extend(inside)
            items.append(found)
            kinds.append(label)
    made["pairs"] = list(_story_pairs(made, items, kinds))
    return made


def _spans_of(texts: dict[str, str], raw: dict[str, str], passage: dict[str, Any]) -> list[tuple[int, int]]:
    text = texts.get(passage["doc"])
    if text is None:
        return []
    words = r"\s+".join(map(re.escape, passage["text"].split()))
    hits = [m.span() for m in re.finditer(words, text)]
    nth = passage.get("nth", 1)
    return [hits[min(nth, len(hits)) - 1]] if hits else []


def _documents(folder: Path) -> list[Any]:
    from wirecheck.readers import read_paths
    from wirecheck.settings import Settings

    settings = Settings(one_story=True)
    lines = folder / "documents.jsonl"
    if lines.exists():
        return list(read_paths([str(lines)], settings=settings)[0])
    meta_file = folder / "meta.json"
    if not meta_file.exists():
        return list(read_paths([str(p) for p in sorted(folder.glob("*.txt"))], settings=settings)[0])
    meta = json.loads(meta_file.read_text("utf-8"))
    rows = []
    for name in ("a", "b", "c"):
        path = folder / f"{name}.txt"
        if path.exists():
            text, at = path.read_text("utf-8"), meta.get(name) or {}
            row = {"name": name, "title": text.split("\n", 1)[0].strip(), "text": text}
            rows.append(row | {"publisher": at.get("publisher"), "published": at.get("published")})
    return read_rows(folder.name, rows)


def read_rows(name: str, rows: list[dict[str, Any]]) -> list[Any]:
    """Return the documents of the rows of one story."""
    import tempfile

    from wirecheck.readers import read_paths
    from wirecheck.settings import Settings

    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / f"{name}.jsonl"
        path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
        return list(read_paths([str(path)], settings=Settings(one_story=True))[0])


def _story_pairs(made: dict[str, Any], items: list[dict[int, list[int]]], kinds: list[str]) -> Iterator[dict[str, Any]]:
    documents = [s["document"] for s in made["sentences"]]
    cosine = np.array(made["cosine"])
    near: set[tuple[int, int]] = set()
    for n, document in enumerate(documents):
        for other in sorted(set(documents) - {document}):
            rows = [m for m, d in enumerate(documents) if d == other]
            rows.sort(key=lambda m: -cosine[n, m])
            near.update((min(n, m), max(n, m)) for m in rows[:NEAREST])
    known: dict[tuple[int, int], list[int]] = {}
    loose: set[tuple[int, int]] = set()
    for number, found in enumerate(items):
        for left in found:
            for right in found:
                if documents[left] >= documents[right]:
                    continue
                # Of a passage of several sentences, those side by side state the same; of the rest nobody knows.
                best_right = max((n for n in found if documents[n] == documents[right]), key=lambda n: cosine[left, n])
                best_left = max((n for n in found if documents[n] == documents[left]), key=lambda n: cosine[n, right])
                key = (min(left, right), max(left, right))
                if best_right == right or best_left == left:
                    known.setdefault(key, []).append(number)
                else:
                    loose.add(key)
    for left, right in sorted(near | set(known)):
        numbers = known.get((left, right), [])
        unknown = -1 if (left, right) in loose else 0
        labels = tuple(1 if any(kinds[n] == label for n in numbers) else unknown for label in LABELS)
        tags: dict[str, Any] = {}
        for label in LABELS:
            own: tuple[set[int], set[int]] = (set(), set())
            for n in numbers:
                if kinds[n] == label:
                    own[0].update(items[n][left])
                    own[1].update(items[n][right])
            tags[label] = [sorted(own[0]), sorted(own[1])]
        hard = any(kinds[n] == "near" for n in numbers)
        made_pair = pair(left, right, labels, tags, 3.0 if hard and not any(labels) else 1.0)  # type: ignore[arg-type]
        made_pair["near"] = (left, right) in near
        made_pair["items"] = [[kinds[n], n] for n in numbers]
        yield made_pair


# --- fact groups ----------------------------------------------------------------------------------------------------


def read_facts(path: Path) -> Iterator[dict[str, Any]]:
    """Yield one room for each fact group, with all pairs of its statements but those of `near` among themselves."""
    for line in path.read_text("utf-8").splitlines():
        group = json.loads(line)
        made = room(group["id"], "facts")
        same = [add_sentence(made, put_alone(t)) for t in group["same"]]
        near = [add_sentence(made, put_alone(t)) for t in group["near"]]
        clash, differ = [], []
        for entry, into in [(e, clash) for e in group["conflict"]] + [(e, differ) for e in group["compatible"]]:
            alone = put_alone(entry["text"])
            into.append((add_sentence(made, alone), place_words(alone, entry["text"], entry["this"])))
        pairs = [
            pair(a, b, (1, 0, 0), {"clash": [[], []], "differ": [[], []]})
            for i, a in enumerate(same)
            for b in same[i + 1 :]
        ]
        for at, words in clash:
            pairs += [pair(a, at, (0, 1, 0), {"clash": [None, words], "differ": [[], []]}) for a in same]
            pairs += [pair(at, n, (0, 0, 0)) for n in near]
        for at, words in differ:
            pairs += [pair(a, at, (-1, 0, 1), {"clash": [[], []], "differ": [None, words]}) for a in same]
            pairs += [pair(at, n, (0, 0, 0)) for n in near]
        pairs += [pair(a, n, (0, 0, 0), {k: [[], []] for k in LABELS}) for a in same for n in near]
        made["pairs"] = pairs
        yield made


# --- public pairs ---------------------------------------------------------------------------------------------------


def untokenise(text: str) -> str:
    """Return a text of the Penn tokenisation as it was written."""
    for token, mark in (("-LRB-", "("), ("-RRB-", ")"), ("-LSB-", "["), ("-RSB-", "]"), ("``", "“"), ("''", "”")):
        text = text.replace(token, mark)
    text = text.replace("�", " ").replace(" -- ", " – ")
    text = re.sub(r"\s+([.,;:!?%)\]”])", r"\1", text)
    text = re.sub(r"([(\[“$£€])\s+", r"\1", text)
    text = re.sub(r"\s+('s|n't|'re|'ve|'ll|'d|'m|')(?=\s|$)", r"\1", text)
    return re.sub(r"\s+", " ", text).strip()


def read_claims(path: Path, name: str, most: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rng.shuffle(rows)
    labels = {"SUPPORTS": (1, 0, 0), "REFUTES": (0, 1, 0), "NOT ENOUGH INFO": (-1, 0, -1)}
    kept = [r for r in rows if len(r["evidence"].split()) <= 60][:most]
    yield from _small_rooms((untokenise(r["claim"]), untokenise(r["evidence"]), labels[r["label"]], None) for r in kept)


def read_conjnli(path: Path, most: int, rng: random.Random) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8-sig") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines][1:]
    rng.shuffle(rows)
    labels = {"entailment": (1, 0, 0), "contradiction": (0, 1, 0), "neutral": (-1, 0, -1)}
    yield from _small_rooms(
        (r[0], r[1], labels[r[2]], "changed") for r in rows[:most] if len(r) == 3 and r[2] in labels
    )


def read_pairs(path: Path) -> Iterator[dict[str, Any]]:
    """Yield rooms for the pairs written for this project (`training/data/pairs.jsonl`)."""
    labels = {
        "equivalent": (1, 0, 0),
        "overlaps": (1, 0, 0),
        "contradicts": (0, 1, 0),
        "differs": (-1, 0, 1),
        "other": (0, 0, 0),
    }
    key = {"equivalent": "agree", "overlaps": "agree", "contradicts": "clash", "differs": "differ"}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        made = room(row["id"], "pairs")
        sides, words = [], []
        for side in ("left", "right"):
            context = row.get(f"{side}_context") or []
            names = tuple([context] if isinstance(context, str) and context else context or [])
            alone = put_alone(row[side], names=names)
            sides.append(add_sentence(made, alone))
            words.append(sorted({w for x in row[f"{side}_words"] for w in place_words(alone, row[side], x)}))
        relation = row["relation"]
        tags = {k: [[], []] for k in LABELS} if relation == "other" else {}
        if relation in key:
            tags = {"clash": [[], []], "differ": [[], []]} | {key[relation]: words}
        made["pairs"] = [pair(sides[0], sides[1], labels[relation], tags, 2.0)]
        yield made


def read_swaps(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        made = room(row["id"], "swaps")
        a, b, c = (add_sentence(made, put_alone(row[k])) for k in ("statement", "paraphrase", "swap"))
        made["pairs"] = [
            pair(a, b, (1, 0, 0)),
            pair(a, c, (0, -1, -1), weight=2.0),
            pair(b, c, (0, -1, -1), weight=2.0),
        ]
        yield made


def _small_rooms(rows: Iterator[tuple[str, str, tuple[int, int, int], str | None]]) -> Iterator[dict[str, Any]]:
    for number, (left, right, labels, how) in enumerate(rows):
        made = room(f"p{number}", "public")
        sides = [put_alone(left), put_alone(right)]
        if not all(s.words for s in sides) or max(len(s.words) for s in sides) > 80:
            continue
        places = [add_sentence(made, s) for s in sides]
        tags: dict[str, Any] = {}
        if how == "changed" and labels[1] == 1:
            matcher = difflib.SequenceMatcher(None, sides[0].words, sides[1].words, autojunk=False)
            changed: tuple[set[int], set[int]] = (set(), set())
            for op, a, b, c, d in matcher.get_opcodes():
                if op == "replace":
                    changed[0].update(range(a, b))
                    changed[1].update(range(c, d))
            if changed[0]:
                tags = {"clash": [sorted(changed[0]), sorted(changed[1])]}
        made["pairs"] = [pair(places[0], places[1], labels, tags, 0.5)]
        yield made


def part_of(made: dict[str, Any]) -> str:
    """Return "train", "dev" or "test" for a room, by its name alone."""
    if made["kind"] == "story":
        return "test" if made["name"][-1] in HELD_OUT else "dev" if made["name"][-1] in DEV else "train"
    if made["kind"] == "written":
        return "dev" if made["name"][-1] in DEV else "train"
    if made["kind"] == "facts":
        return "test" if is_held_out_group(made["name"]) else "dev" if made["name"].endswith("7") else "train"
    digest = hashlib.sha256((made["kind"] + made["name"]).encode()).digest()[0]
    return "dev" if digest < 8 else "train"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--only", choices=("stories", "gold", "rest", "own", "written"))
    parser.add_argument("--written", type=Path, default=OWN / "stories.jsonl", help="stories written for this project")
    options = parser.parse_args()
    rng = random.Random(7)
    rooms: list[dict[str, Any]] = []
    shared = options.shared
    if options.only in (None, "stories"):
        for folder in sorted(p.parent for p in (shared / "stories").glob("w*/gold.json")):
            rooms.append(read_story(folder))
    if options.only == "gold":
        for folder in sorted(p.parent for p in (shared / "gold").glob("*/gold.json")):
            rooms.append(read_story(folder) | {"kind": "gold"})
    if options.only in (None, "rest"):
        for path in sorted((shared / "facts").glob("*.jsonl")):
            rooms += read_facts(path)
        rooms += read_claims(shared / "data/claims/vitaminc_real.jsonl.gz", "vitaminc", VITAMINC, rng)
        rooms += read_conjnli(shared / "data/claims/conjnli_train_15k.tsv.gz", CONJNLI, rng)
    if options.only in (None, "written"):
        rooms += read_written(options.written)
    if options.only in (None, "own"):
        rooms += read_pairs(OWN / "pairs.jsonl")
        rooms += read_swaps(OWN / "swaps.jsonl")
    with gzip.open(options.out, "wt", encoding="utf-8", compresslevel=3) as target:
        for made in rooms:
            target.write(json.dumps(made, ensure_ascii=False) + "\n")
    print(f"{len(rooms)} rooms, {sum(len(r['pairs']) for r in rooms)} pairs")


if __name__ == "__main__":
    main()
