"""Dates, times, durations and sets against TimeBank: `python -m benchmarks.dates [--misses] [--half even|odd|all]`.

Needs `../shared/data/timebank` (TempEval-3's release of TimeBank). Scored as TempEval-3 does: precision, recall and
F1 of TIMEX3 spans, exact ("strict") and overlapping ("relaxed"), and F1 of values and types over relaxed matches.
The date of creation comes from the file and is no part of the score. Files are split into even and odd by order of
name: rules were written with the even half in view.
"""

from __future__ import annotations

import argparse
import html
import pathlib
import re
from collections import Counter
from collections.abc import Sequence

from wirecheck.text.dates import find_dates, parse_anchor

TAG = re.compile(r"<[^>]+>")
Wanted = tuple[int, int, str, str]
"""Start, end, type and value of one TIMEX3."""


def read_file(path: pathlib.Path) -> tuple[str, str, list[Wanted]]:
    """Return the text, the date of creation and the TIMEX3 of one file."""
    raw = path.read_text("utf-8", errors="replace")
    created = re.search(r"<DCT>.*?value=\"([^\"]*)\"", raw, re.S)
    body = raw[raw.index("<TEXT>") + len("<TEXT>") : raw.index("</TEXT>")]
    pieces: list[str] = []
    wanted: list[Wanted] = []
    opened: list[tuple[int, str, str]] = []
    length = at = 0
    for tag in TAG.finditer(body):
        words = html.unescape(body[at : tag.start()])
        pieces.append(words)
        length += len(words)
        at = tag.end()
        if tag.group().startswith("<TIMEX3"):
            opened.append((length, _attribute(tag.group(), "type"), _attribute(tag.group(), "value")))
        elif tag.group() == "</TIMEX3>":
            start, kind, value = opened.pop()
            wanted.append((start, length, kind, value))
    pieces.append(html.unescape(body[at:]))
    return "".join(pieces), created[1] if created else "", wanted


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'{name}="([^"]*)"', tag)
    return match[1] if match else ""


def score_files(files: Sequence[pathlib.Path], lines: list[str] | None = None) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 by figure; `lines` collects every miss in words."""
    n: Counter[str] = Counter()
    for path in files:
        text, created, wanted = read_file(path)
        found = find_dates(text, parse_anchor(created))
        n["wanted"] += len(wanted)
        n["found"] += len(found)
        taken: set[int] = set()
        for start, end, kind, value in wanted:
            words, around = text[start:end], text[max(0, start - 35) : end + 20]
            hits = [i for i, f in enumerate(found) if f.start < end and start < f.end and i not in taken]
            if not hits:
                _note(lines, f"missed   {path.stem}: {words!r} {value}   …{around!r}")
                continue
            best = max(hits, key=lambda i: min(found[i].end, end) - max(found[i].start, start))
            taken.add(best)
            hit = found[best]
            n["relaxed"] += 1
            n["strict"] += (hit.start, hit.end) == (start, end)
            n["value"] += hit.value == value
            n["type"] += hit.kind.upper() == kind
            if hit.value != value:
                _note(lines, f"value    {path.stem} ({created}): {words!r} {value}, found {hit.value}   …{around!r}")
            elif (hit.start, hit.end) != (start, end):
                _note(lines, f"span     {path.stem}: {words!r}, found {text[hit.start : hit.end]!r}")
        for i, f in enumerate(found):
            if i not in taken:
                _note(lines, f"spurious {path.stem}: {text[f.start : f.end]!r} {f.value}")
    figures = {}
    for what in ("relaxed", "strict", "value", "type"):
        precision, recall = n[what] / max(1, n["found"]), n[what] / max(1, n["wanted"])
        figures[what] = (precision, recall, 2 * precision * recall / max(1e-9, precision + recall))
    figures["counts"] = (float(n["found"]), float(n["wanted"]), float(n["relaxed"]))
    return figures


def _note(lines: list[str] | None, line: str) -> None:
    if lines is not None:
        lines.append(line)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--timebank", type=pathlib.Path, default=pathlib.Path("../shared/data/timebank"))
    parser.add_argument("--half", choices=("even", "odd", "all", "each"), default="each")
    parser.add_argument("--misses", action="store_true", help="list every miss")
    options = parser.parse_args(arguments)
    files = sorted(options.timebank.glob("*.tml"))
    halves = {"even": files[::2], "odd": files[1::2], "all": files}
    for name in ("even", "odd", "all") if options.half == "each" else (options.half,):
        lines: list[str] = []
        figures = score_files(halves[name], lines)
        found, wanted, _ = figures.pop("counts")
        print(f"{name:5} {len(halves[name])} files, {wanted:.0f} wanted, {found:.0f} found")
        for what, (precision, recall, f1) in figures.items():
            print(f"   {what:8} F1 {f1:.3f}   P {precision:.3f}   R {recall:.3f}")
        if options.misses:
            print("\n".join(f"   {line}" for line in sorted(lines)))


if __name__ == "__main__":
    main()
