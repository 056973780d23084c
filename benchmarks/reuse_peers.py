"""Find reuse in whole collections, against datasketch and rensa: `python -m benchmarks.reuse --peers [--speed N]`.

Three collections with known pairs: the answers of Clough and Stevenson (each against the source of its task: heavy and
light revision and near copies are reuse), the pairs of AllSides that share 8-word runs (reuse: a quarter of a side, as
counted here in the articles without their page text), and rewrites made here from Wikinews (CC BY 2.5).

Ours is what is shipped: documents as the readers read them, candidates by fingerprints, and the verdict of `is_reused`
on own words (on AllSides, where shared speech counts: a quarter of all words in passages). Both peers are given the
same articles and the threshold that is best for them on the very data; their estimates are taken of every pair, so
that nothing is lost to their LSH.
"""

from __future__ import annotations

import csv
import gzip
import itertools
import json
import pathlib
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from wirecheck.model import Document
from wirecheck.readers import read_bytes
from wirecheck.reuse import (
    REUSED_SHARE,
    Worded,
    compare_reuse,
    fingerprint,
    list_article_words,
    reuse_candidates,
)
from wirecheck.text.sentences import split_paragraphs

PERMUTATIONS = 128
SHINGLE = 5
# Share of one side's words in runs of `RUN` words that makes reuse where all words count.
SHARE = 0.25
RUN = 8
# Share of an article from which on two of Wikinews repeat one another by themselves.
ALREADY = 0.1
THRESHOLDS = [0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6]
# Words that stand in for others; the page text and the words around a speech that many documents have in common.
_REPLACEMENTS = "harbour lantern orchard velvet compass thistle granite meadow copper willow saddle beacon"
_PAGE = (
    "Sign up for our newsletter and never miss a story. Follow us on social media, write to the editors with your "
    "comments and corrections, and support independent local reporting with a monthly gift of any size today."
)


class Collection(NamedTuple):
    """Texts, the pairs that are asked for, and those that are reuse with the kind of each; `articles` are the words."""

    documents: list[Document]
    words: list[Worded]
    articles: list[str]
    asked: set[tuple[int, int]]
    reuse: dict[tuple[int, int], str]
    speech: bool = False
    """Whether shared speech counts as reuse here."""


def collect(
    texts: Sequence[str], asked: set[tuple[int, int]], reuse: dict[tuple[int, int], str], *, speech: bool = False
) -> Collection:
    """Return a collection of texts, read as Wirecheck reads them."""
    documents = []
    for number, text in enumerate(texts):
        (document,), _ = read_bytes(f"d{number}.jsonl", json.dumps({"name": f"d{number}", "text": text}).encode())
        documents.append(document)
    words = [list_article_words(d, split_paragraphs(d)) for d in documents]
    articles = [" ".join(document.forms) for document in words]
    return Collection(documents, words, articles, asked, reuse, speech)


def load_clough(data: pathlib.Path) -> Collection:
    """Return 95 answers and 5 sources; asked is each answer with the source of its task."""
    folder = data / "clough_stevenson"
    texts = [(folder / f"orig_task{t}.txt").read_text("latin-1") for t in "abcde"]
    asked, reuse = set(), {}
    with (folder / "file_information.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["File"].startswith("orig"):
                continue
            pair = ("abcde".index(row["Task"]), len(texts))
            texts.append((folder / row["File"].strip()).read_text("latin-1"))
            asked.add(pair)
            if row["Category"].strip() != "non":
                reuse[pair] = row["Category"].strip()
    return collect(texts, asked, reuse)


def load_pairs(data: pathlib.Path) -> Collection:
    """Return the AllSides articles that the listed pairs name; pairs whose texts are not there are left out."""
    rows = [json.loads(x) for x in (data / "allsides" / "reuse_candidates.jsonl").read_text("utf-8").splitlines()]
    wanted = {row[side] for row in rows for side in "ab"}
    found: dict[str, str] = {}
    with gzip.open(data / "allsides" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if record["id"] in wanted:
                found[record["id"]] = record["text"]
    with gzip.open(data / "allsides" / "stories.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            found.update({a["id"]: a["text"] for a in json.loads(line)["articles"] if a["id"] in wanted})
    place = {ident: n for n, ident in enumerate(sorted(found))}
    asked = {
        (min(place[row["a"]], place[row["b"]]), max(place[row["a"]], place[row["b"]]))
        for row in rows
        if row["a"] in place and row["b"] in place
    }
    collection = collect([found[i] for i in sorted(found)], asked, {}, speech=True)
    for left, right in sorted(asked):
        ours, theirs = (collection.words[place].forms for place in (left, right))
        share = max(share_runs(ours, theirs), share_runs(theirs, ours))
        if share >= SHARE:
            collection.reuse[left, right] = "all" if share >= 0.8 else "most" if share >= 0.5 else "part"
    return collection


def share_runs(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """Return the share of words that lie in runs of `RUN` words that the other text has, from 0 to 1."""
    runs = {tuple(theirs[i : i + RUN]) for i in range(len(theirs) - RUN + 1)}
    inside = [False] * len(ours)
    for at in range(len(ours) - RUN + 1):
        if tuple(ours[at : at + RUN]) in runs:
            inside[at : at + RUN] = [True] * RUN
    return sum(inside) / max(1, len(ours))


def list_forms(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return re.findall(r"\w+", text.casefold())


def make_rewrites(data: pathlib.Path) -> Collection:
    """Return Wikinews articles with rewrites of known kind, and with what is common to all and no reuse."""
    csv.field_size_limit(10_000_000)
    articles = []
    for path in sorted((data / "wikinews").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            articles.extend(row["text"] for row in csv.DictReader(file) if len(row["text"].split()) >= 150)
    chosen = random.Random(5)
    chosen.shuffle(articles)
    kinds: list[tuple[str, Callable[[str, random.Random], str]]] = [
        ("reprint", lambda text, _: text),
        ("cut", _cut),
        ("reorder", _reorder),
        ("paraphrase", _paraphrase),
    ]
    texts, reuse = [], {}
    common = (
        "Sign up for our newsletter and never miss a story. Follow us on social media, write to the editors with your "
    )
    common += (
        "comments and corrections, and support independent local reporting with a monthly gift of any size today. "
    )
    speakers: list[str] = []
    negatives: dict[str, list[int]] = defaultdict(list)
    before: dict[int, list[str]] = {}
    for number, article in enumerate(articles):
        kind = number % 6
        if kind < 4:
            name, rewrite = kinds[kind]
            reuse[len(texts), len(texts) + 1] = name
            texts += [article, rewrite(article, chosen)]
        elif kind == 4:  # of three articles, the words of the third are the same speech in the other two
            speakers.append(article)
            if len(speakers) == 3:
                words = " ".join(re.sub(r'["“”]', "", speakers.pop()).split()[: chosen.randint(60, 200)])
                negatives[words] = [len(texts), len(texts) + 1]
                before.update(zip(negatives[words], map(list_forms, speakers), strict=True))
                texts += [f"{t[:900]}\n\n“{words},” she said.\n\n{t[900:]}" for t in speakers]
                speakers = []
        else:  # page text of one publisher
            negatives["page"].append(len(texts))
            before[len(texts)] = list_forms(article)
            texts.append(f"{article}\n\n{_PAGE}")
    # Only pairs whose truth is known by construction: Wikinews repeats paragraphs and questions of interviews from one
    # article to another, so that a pair whose articles share such words before anything is added says nothing.
    asked = set(reuse)
    for places in negatives.values():
        for one, other in itertools.combinations(places, 2):
            if max(share_runs(before[one], before[other]), share_runs(before[other], before[one])) < ALREADY:
                asked.add((one, other))
    return collect(texts, asked, reuse)


def _cut(text: str, chosen: random.Random) -> str:
    words = text.split(" ")
    return " ".join(words[: max(60, int(len(words) * chosen.uniform(0.1, 0.5)))])


def _reorder(text: str, chosen: random.Random) -> str:
    sentences = re.split(r"(?<=[.!?])\s+", text)
    chosen.shuffle(sentences)
    return " ".join(sentences)


def _paraphrase(text: str, chosen: random.Random) -> str:
    rate = chosen.uniform(0.05, 0.2)
    return " ".join(
        chosen.choice(_REPLACEMENTS.split()) if chosen.random() < rate else word for word in text.split(" ")
    )


def find_ours(collection: Collection) -> dict[tuple[int, int], float]:
    """Return candidate pairs with the larger share of (own) words that they have in common."""
    found = {}
    for pair in reuse_candidates([fingerprint(d) for d in collection.documents]):
        if (pair.left, pair.right) not in collection.asked:
            continue
        reuse = compare_reuse(collection.words[pair.left], collection.words[pair.right])
        if reuse is not None:
            own, all_words = (reuse.left_own_share, reuse.right_own_share), (reuse.left_share, reuse.right_share)
            found[pair.left, pair.right] = max(all_words if collection.speech else own)
    return found


def estimate_datasketch(collection: Collection) -> dict[tuple[int, int], float]:
    """Return the estimated likeness of all pairs: MinHash without the losses of LSH."""
    signed = [sign_datasketch(text) for text in collection.articles]
    return {(a, b): signed[a].jaccard(signed[b]) for a, b in sorted(collection.asked)}


def estimate_rensa(collection: Collection) -> dict[tuple[int, int], float]:
    """Return the estimated likeness of all pairs: RMinHash without the losses of LSH."""
    signed = [sign_rensa(text) for text in collection.articles]
    return {(a, b): signed[a].jaccard(signed[b]) for a, b in sorted(collection.asked)}


def list_shingles(text: str) -> list[str]:
    """Return the shingles that both peers are given."""
    words = re.findall(r"\w+", text.casefold())
    return [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]


def sign_datasketch(text: str) -> Any:
    """Return the MinHash of a text."""
    from datasketch import MinHash

    signed = MinHash(num_perm=PERMUTATIONS)
    signed.update_batch([s.encode() for s in list_shingles(text)])
    return signed


def sign_rensa(text: str) -> Any:
    """Return the RMinHash of a text."""
    from rensa import RMinHash

    signed = RMinHash(PERMUTATIONS, 42)
    signed.update(list_shingles(text))
    return signed


def find_datasketch(texts: Sequence[str]) -> int:
    """Return how many candidate pairs datasketch's LSH gives, at 42 bands of 3 rows."""
    from datasketch import MinHashLSH

    lsh = MinHashLSH(params=(42, 3), num_perm=PERMUTATIONS)
    pairs = 0
    for number, text in enumerate(texts):
        signed = sign_datasketch(text)
        pairs += len(lsh.query(signed))
        lsh.insert(number, signed)
    return pairs


def find_rensa(texts: Sequence[str]) -> int:
    """Return how many candidate pairs rensa's LSH gives, at 32 bands of 4 rows."""
    from rensa import RMinHashLSH

    lsh = RMinHashLSH(0.3, PERMUTATIONS, 32)
    pairs = 0
    for number, text in enumerate(texts):
        signed = sign_rensa(text)
        pairs += len(lsh.query(signed))
        lsh.insert(number, signed)
    return pairs


def score(collection: Collection, found: dict[tuple[int, int], float], least: float) -> tuple[float, float, float]:
    """Return F1, precision and recall of the pairs found with this value or more, among those asked for."""
    pairs = {p for p, v in found.items() if v >= least and p in collection.asked}
    right = len(pairs & collection.reuse.keys())
    precision, recall = right / max(1, len(pairs)), right / max(1, len(collection.reuse))
    return 2 * precision * recall / max(1e-9, precision + recall), precision, recall


COLLECTIONS = (("clough_stevenson", load_clough), ("allsides pairs", load_pairs), ("rewrites", make_rewrites))


def run_peers(data: pathlib.Path) -> None:
    """Print F1, precision and recall of all three on all collections, and recall by kind."""
    for name, load in COLLECTIONS:
        collection = load(data)
        print(
            f"{name}: {len(collection.documents)} texts, {len(collection.reuse)} of {len(collection.asked)} pairs reuse"
        )
        for peer, find in (("wirecheck", find_ours), ("datasketch", estimate_datasketch), ("rensa", estimate_rensa)):
            began = time.perf_counter()
            found = find(collection)
            took = time.perf_counter() - began
            best, least = max((score(collection, found, t), t) for t in THRESHOLDS)
            if peer == "wirecheck":
                print(f"  {peer:<10} at its best threshold, {least:.2f}: F1 {best[0]:.3f}")
                least = SHARE if collection.speech else REUSED_SHARE
                best = score(collection, found, least)
            f1, precision, recall = best
            kinds: dict[str, list[bool]] = defaultdict(list)
            for pair, kind in sorted(collection.reuse.items()):
                kinds[kind].append(found.get(pair, 0.0) >= least)
            shown = ", ".join(f"{kind} {sum(hits)}/{len(hits)}" for kind, hits in sorted(kinds.items()))
            how = "as shipped" if peer == "wirecheck" else "at best"
            figures = f"F1 {f1:.3f} P {precision:.3f} R {recall:.3f}"
            print(f"  {peer:<10} {how:<10} {least:.2f}  {figures}  {took:6.1f} s  {shown}")


def run_speed(data: pathlib.Path, count: int) -> None:
    """Print the seconds from text to candidate pairs, shingling included, of the first `count` AllSides articles."""
    with gzip.open(data / "allsides" / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for _, line in zip(range(count), file)]

    def find_candidates(texts: Sequence[str]) -> int:
        documents = (Document(f"d{n}", f"d{n}", f"d{n}", text, "") for n, text in enumerate(texts))
        return len(reuse_candidates([fingerprint(d) for d in documents]))

    finders = (("wirecheck", find_candidates), ("rensa", find_rensa), ("datasketch", find_datasketch))
    for peer, find in finders:
        began, used = time.perf_counter(), time.process_time()
        pairs = find(texts)
        wall, cpu = time.perf_counter() - began, time.process_time() - used
        print(f"{peer:<10} {len(texts)} documents: {wall:.1f} s ({cpu:.1f} s of CPU), {pairs} pairs", flush=True)
