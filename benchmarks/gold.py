"""Score the report of every gold story: `python -m benchmarks.gold [--story NAME] [--misses] [--keep FOLDER]`.

Needs the folder of gold stories (`--gold`, default `../shared/gold`). Runs `wirecheck compare --one-story` on each
story's `documents.jsonl` where it exists, else on its `*.txt`, and prints the figures of `score.py`, for all stories
and for the two halves into which the stories are split by name.
"""

from __future__ import annotations

import argparse
import importlib.util
import pathlib
import sys
import tempfile
import time
from types import ModuleType

HALVES = ("a-e", "f-z")


def load_score(gold: pathlib.Path) -> ModuleType:
    """Return `score.py` of the gold folder as a module."""
    spec = importlib.util.spec_from_file_location("gold_score", gold / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def list_stories(gold: pathlib.Path) -> list[pathlib.Path]:
    """Return the folders that hold a gold story, by name."""
    return sorted(p.parent for p in gold.glob("*/gold.json"))


def write_reports(stories: list[pathlib.Path], folder: pathlib.Path) -> list[tuple[pathlib.Path, pathlib.Path]]:
    """Compare every story and return pairs of story folder and report file."""
    from wirecheck import Settings, compare
    from wirecheck.report.json import render_json

    pairs = []
    for story in stories:
        lines = story / "documents.jsonl"
        paths = [lines] if lines.exists() else sorted(story.glob("*.txt"))
        report = compare(paths, settings=Settings(one_story=True))
        target = folder / f"{story.name}.json"
        target.write_text(render_json(report), "utf-8")
        pairs.append((story, target))
    return pairs


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=pathlib.Path, default=pathlib.Path("../shared/gold"))
    parser.add_argument("--story", action="append", help="only this story (may be repeated)")
    parser.add_argument("--misses", action="store_true", help="list every miss")
    parser.add_argument("--keep", type=pathlib.Path, help="keep the reports in this folder")
    options = parser.parse_args(arguments)
    score = load_score(options.gold)
    stories = [s for s in list_stories(options.gold) if not options.story or s.name in options.story]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        pairs = write_reports(stories, folder)
        took = time.perf_counter() - began
        figures, missed = score.score(pairs)
        first = score.score([p for p in pairs if p[0].name < "f"])[0]
        second = score.score([p for p in pairs if p[0].name >= "f"])[0]
    print(f"{'figure':22} {'all':>6} {'of':>9}   {HALVES[0]:>6}   {HALVES[1]:>6}")
    for key, share in figures.items():
        values = [f"{x['value'] if x['value'] is not None else '-':>6}" for x in (share, first[key], second[key])]
        print(f"{key:22} {values[0]} {share['of']:>9}   {values[1]}   {values[2]}")
    print(f"{len(pairs)} stories compared in {took:.1f} s", file=sys.stderr)
    if options.misses:
        for story, what, kind, text in missed:
            print(f"missed  {story}: {what} ({kind}) {text}")


if __name__ == "__main__":
    main()
