"""Trace every quotation of the gold stories: `python -m benchmarks.trace [--story NAME] [--misses]`.

All stories go into one temporary archive, so that words of other stories can be hit falsely. Each form of each gold
quotation group is asked for in turn; of the group's other forms those are found that an appearance touches (half of
the shorter, as `score.py` has it). Two forms in marks that have no word in common (the halves of one utterance, each
in two documents) are not asked of each other. What touches no form is listed with `--misses`: it is false unless the
words are there, which only reading tells (a headline that repeats them, a sentence that the gold has in another group).
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import tempfile
import time
from collections import Counter, defaultdict
from types import ModuleType
from typing import Any, NamedTuple

from benchmarks.gold import list_stories, load_score
from wirecheck.archive import Appearance, Archive, open_archive
from wirecheck.points.wording import stem_word
from wirecheck.text.alignment import list_words

RELATIONS = ("verbatim", "trimmed", "altered", "spliced", "paraphrased")
Place = tuple[str, tuple[int, int]]


class Asked(NamedTuple):
    """A form that was asked for, the other forms with whether each was found, and the appearances that touch none."""

    story: str
    relation: str
    words: str
    itself: bool
    others: list[tuple[str, bool]]
    strays: list[Appearance]
    count: int


def add_stories(archive: Archive, stories: list[pathlib.Path]) -> dict[tuple[str, str], tuple[str, str]]:
    """Add the documents of all stories; return id and text of each by story and name."""
    for story in stories:
        lines = story / "documents.jsonl"
        archive.add([lines] if lines.exists() else sorted(story.glob("*.txt")))
    folders = {story.resolve(): story.name for story in stories}
    found = {}
    for document in archive.documents():
        path = pathlib.Path(re.sub(r"#.*$|:\d+$", "", document.location)).resolve()
        found[folders[path.parent], document.name] = (document.id, document.text)
    return found


def find_place(text: str, gold: str, passage: dict[str, Any], score: ModuleType) -> tuple[int, int]:
    """Return where a gold passage stands in a document as it was read: readers may set white space in another way."""
    start, end = score.locate(gold, passage)
    words = r"\s+".join(map(re.escape, gold[start:end].split()))
    before = len(re.findall(words, gold[:start]))
    hits = [m.span() for m in re.finditer(words, text)]
    return hits[min(before, len(hits) - 1)]


def trace_groups(
    archive: Archive, stories: list[pathlib.Path], held: dict[tuple[str, str], tuple[str, str]], score: ModuleType
) -> list[Asked]:
    """Return what came of each form of each group."""
    found = []
    for story in stories:
        gold = json.loads((story / "gold.json").read_text("utf-8"))
        for group in gold.get("quotes", []):
            places: list[Place] = []
            for passage in group["passages"]:
                ident, text = held[story.name, passage["doc"]]
                whole = (story / f"{passage['doc']}.txt").read_text("utf-8")
                places.append((ident, find_place(text, whole, passage, score)))
            for nth, passage in enumerate(group["passages"]):
                traced = archive.trace(passage["text"]).appearances
                runs = [(a.document.id, (a.span.start, a.span.end)) for a in traced]
                hits = [any(d == i and score.touches(p, r) for i, r in runs) for d, p in places]
                strays = [
                    a
                    for a, (i, run) in zip(traced, runs, strict=True)
                    if not any(d == i and score.touches(p, run) for d, p in places)
                ]
                words = passage["text"]
                others = [
                    (p["text"], hit)
                    for at, (p, hit) in enumerate(zip(group["passages"], hits, strict=True))
                    if at != nth and (group["relation"] == "paraphrased" or list_stems(p["text"]) & list_stems(words))
                ]
                found.append(Asked(story.name, group["relation"], words, hits[nth], others, strays, len(traced)))
    return found


def list_stems(text: str) -> set[str]:
    """Return the stems of the content words of a text."""
    return {stem_word(w.key) for w in list_words(text) if w.is_content}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=pathlib.Path, default=pathlib.Path("../shared/gold"))
    parser.add_argument("--story", action="append", help="ask only for quotations of this story (may be repeated)")
    parser.add_argument("--misses", action="store_true", help="list every form that is missed, and every stray")
    options = parser.parse_args(arguments)
    score = load_score(options.gold)
    stories = list_stories(options.gold)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_archive(pathlib.Path(folder) / "archive", create=True) as archive,
    ):
        held = add_stories(archive, stories)
        chosen = [s for s in stories if not options.story or s.name in options.story]
        began = time.perf_counter()
        found = trace_groups(archive, chosen, held, score)
        took = time.perf_counter() - began
        names = {i: f"{story}/{name}" for (story, name), (i, _) in held.items()}
    print_figures(found)
    print(f"{len(held)} documents, {len(found)} forms traced in {took:.1f} s")
    if options.misses:
        for asked in found:
            if not asked.itself:
                print(f"itself  {asked.story} ({asked.relation}): {asked.words[:110]!r}")
            for other, hit in asked.others:
                if not hit:
                    print(f"missed  {asked.story} ({asked.relation}): {asked.words[:110]!r}\n        {other[:110]!r}")
            for a in asked.strays:
                words = a.document.words(a.span)
                print(f"stray   {asked.story} ({a.form} {a.share}): {asked.words[:110]!r}")
                print(f"        {names[a.document.id]} {words[:160]!r}")


def print_figures(found: list[Asked]) -> None:
    """Print recall of the other forms by relation of the group, and how much else was found."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for asked in found:
        for relation in (asked.relation, "all"):
            count = kinds[relation]
            count["forms"] += 1
            count["itself"] += asked.itself
            count["others"] += len(asked.others)
            count["found"] += sum(hit for _, hit in asked.others)
            count["strays"] += len(asked.strays)
            count["appearances"] += asked.count
    print(f"{'relation':12} {'itself':>9}   {'other forms':>11}  recall   {'appearances':>11}  touch no form")
    for relation in (*RELATIONS, "all"):
        count = kinds[relation]
        itself, others = f"{count['itself']}/{count['forms']}", f"{count['found']}/{count['others']}"
        recall = count["found"] / max(1, count["others"])
        shown = f"{count['appearances']:>11}  {count['strays']:>13}"
        print(f"{relation:12} {itself:>9}   {others:>11}  {recall:6.3f}   {shown}")


if __name__ == "__main__":
    main()
