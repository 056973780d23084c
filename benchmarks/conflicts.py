"""Plant changes of known truth in stories told twice: `python -m benchmarks.conflicts [--misses] [--story NAME]`.

`conflicts.toml` holds stories of made-up places that two papers tell in other words and without contradiction. One
value at a time of the second telling is changed: into one that cannot be right beside the first telling (it should be
found, as a conflict that rests on both places), or into a harmless one, rounded, looser, converted or reworded (nothing
should be found). Prints both by kind of value, and what is reported for the unchanged stories.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

STORIES = pathlib.Path(__file__).with_name("conflicts.toml")
_PLACE = re.compile(r"\{(\w+?)(\d?):(\w+)=([^|}]*)(?:\|([^|}]*))?(?:\|([^|}]*))?\}")

Extents = dict[str, list[tuple[int, int]]]
"""Ranges of characters by the name of the value that stands there."""


@dataclass(frozen=True)
class Planted:
    """One pair of tellings, and where the value stands that was changed in the second."""

    story: str
    name: str
    kind: str
    harmless: bool
    texts: tuple[str, str]
    extents: tuple[Extents, Extents]
    change: str


def fill(text: str, changed: str = "", *, harmless: bool = False) -> tuple[str, Extents]:
    """Return a telling with its values put in, `changed` in its other form, and where each value stands."""
    found: Extents = {}
    parts, at, size = [], 0, 0
    for match in _PLACE.finditer(text):
        parts.append(text[at : match.start()])
        size += match.start() - at
        value = match[4]
        if match[1] == changed:
            value = (match[6] if harmless else match[5]) or value
        parts.append(value)
        found.setdefault(match[1], []).append((size, size + len(value)))
        size += len(value)
        at = match.end()
    return "".join((*parts, text[at:])), found


def plant(story: dict[str, str]) -> Iterator[Planted]:
    """Yield the tellings of a story, one change each; the first one is unchanged."""
    left, ours = fill(story["left"].strip())
    right, theirs = fill(story["right"].strip())
    yield Planted(story["name"], "", "", True, (left, right), (ours, theirs), "")
    for match in _PLACE.finditer(story["right"]):
        for harmless, other in ((False, match[5]), (True, match[6])):
            if other and other != match[4]:
                changed, extents = fill(story["right"].strip(), match[1], harmless=harmless)
                change = f"{match[4]} | {other}"
                yield Planted(story["name"], match[1], match[3], harmless, (left, changed), (ours, extents), change)


def list_conflicts(planted: Planted, dates: list[str], folder: pathlib.Path) -> list[tuple[str, bool]]:
    """Return the reasons of the conflicts reported, each with whether it rests on both places of the change."""
    from wirecheck import Settings, compare
    from wirecheck.report.json import render_json

    target = folder / "story.jsonl"
    lines = [
        {"name": name, "title": text.split("\n")[0], "publisher": name, "published": date, "text": text}
        for name, text, date in zip(("Herald", "Post"), planted.texts, dates, strict=True)
    ]
    target.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    report = json.loads(render_json(compare([target], settings=Settings(one_story=True))))
    names = {d["id"]: d["name"] for d in report["documents"]}
    found = []
    for point in report["points"]:
        if point["verdict"] != "conflict":
            continue
        met = set()
        for span in (s for side in point["sides"] for s in side["spans"]):
            which = 0 if names[span["document"]] == "Herald" else 1
            if any(span["start"] < e and s < span["end"] for s, e in planted.extents[which].get(planted.name, [])):
                met.add(which)
        found.append((point["reason"], len(met) == 2))
    return found


def measure(only: list[str] | None = None) -> tuple[Counter[str], Counter[str], list[str]]:
    """Return counts of changes and of those answered rightly, by kind, and a line for each wrong answer.

    Keys are a kind ("count"), "harmless KIND", and "unchanged" for the tellings without a change.
    """
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for story in tomllib.loads(STORIES.read_text("utf-8"))["story"]:
            if only and story["name"] not in only:
                continue
            before: set[str] = set()
            for planted in plant(story):
                found = list_conflicts(planted, story["dates"], pathlib.Path(folder))
                new = [reason for reason, _ in found if reason not in before]
                key = (
                    ("unchanged" if not planted.name else f"harmless {planted.kind}")
                    if planted.harmless
                    else planted.kind
                )
                asked[key] += 1
                good = not new if planted.harmless else any(both for _, both in found)
                right[key] += good
                if not planted.name:
                    before = {reason for reason, _ in found}
                if not good:
                    wrong.append(f"{key}: {story['name']}: {planted.change} {' / '.join(new)}".rstrip())
    return asked, right, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="list every wrong answer")
    parser.add_argument("--story", action="append", help="only this story (may be repeated)")
    options = parser.parse_args()
    asked, right, wrong = measure(options.story)
    harmless = [k for k in asked if k.startswith("harmless")]
    planted = [k for k in asked if k not in harmless and k != "unchanged"]
    for kind in sorted(planted):
        print(f"conflict  {kind:10}  found {right[kind]:3} of {asked[kind]:3}")
    print(f"conflict  all         found {sum(right[k] for k in planted):3} of {sum(asked[k] for k in planted):3}")
    for kind in sorted(harmless):
        print(f"harmless  {kind.split()[1]:10}  kept  {right[kind]:3} of {asked[kind]:3}")
    print(f"harmless  all         kept  {sum(right[k] for k in harmless):3} of {sum(asked[k] for k in harmless):3}")
    print(f"unchanged stories without a conflict {right['unchanged']} of {asked['unchanged']}")
    if options.misses:
        print("\n".join(wrong))


if __name__ == "__main__":
    main()
