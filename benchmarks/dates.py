"""TIMEX3 against TimeBank: `python -m benchmarks.dates [--misses] [--half even|odd|all]`.

Needs `../shared/data/timebank` (TempEval-3's release of TimeBank). Scored as TempEval-3 does: precision, recall and
F1 of spans, exact
("strict") and overlapping ("relaxed"), and F1 of values over relaxed matches. The date of creation comes from the
file and is no part of
the score. Files are split into even and odd by order of name: rules were written with the even half in view.
"""

from __future__ import annotations

import argparse
import html
import pathlib
import re
from collections import Counter

from wirecheck.text.dates import find_dates, parse_anchor

TAG = re.compile(r"<[^>]+>")


def read_document(path: pathlib.Path) -> tuple[str, str, list[tuple[int, int, str, str]]]:
    """Return the text, the date of creation and the TIMEX3 spans (start, end, type, value) of one file."""
    raw = path.read_text("utf-8", errors="replace")
    created = re.search(r"<DCT>.*?value=\"([^\"]*)\"", raw, re.S)
    assert created is not None
    body = raw[raw.index("<TEXT>") + len("<TEXT>") : raw.index("</TEXT>")]
    pieces: list[str] = []
    length = 0
    wanted = []
    opened: list[tuple[int, str, str]] = []
    at = 0
    for tag in TAG.finditer(body):
        words = html.unescape(body[at : tag.start()])
        pieces.append(words)
        length += len(words)
        at = tag.end()
        if tag.group().startswith("<TIMEX3"):
            kind = re.search(r'type="(\w+)"', tag.group())
            value = re.search(r'value="([^"]*)"', tag.group())
            opened.append((length, kind[1] if kind else "", value[1] if value else ""))
        elif tag.group() == "</TIMEX3>":
            start, kind_word, value_word = opened.pop()
            wanted.append((start, length, kind_word, value_word))
    pieces.append(html.unescape(body[at:]))
    return "".join(pieces), created[1], wanted


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--timebank", type=pathlib.Path, default=pathlib.Path("../shared/data/timebank"))
    parser.add_argument("--half", choices=("even", "odd", "all", "each"), default="each")
    parser.add_argument("--misses", action="store_true", help="list every miss")
    options = parser.parse_args(arguments)
    files = sorted(options.timebank.glob("*.tml"))
    halves = {"even": files[::2], "odd": files[1::2], "all": files}
    names = ("even", "odd", "all") if options.half == "each" else (options.half,)
    for name in names:
        n: Counter[str] = Counter()
        lines = []
        for path in halves[name]:
            text, created, wanted = read_document(path)
            found = find_dates(text, parse_anchor(created))
            n["wanted"] += len(wanted)
            n["found"] += len(found)
            taken: set[int] = set()
            for start, end, kind, value in wanted:
                hits = [i for i, f in enumerate(found) if f.start < end and start < f.end and i not in taken]
                if not hits:
                    lines.append(
                        f"   missed   {path.stem}: {text[start:end]!r} {value}   …{text[max(0, start - 30) : end + 20]!r}"  # noqa: E501
                    )
                    continue
                best = max(hits, key=lambda i: min(found[i].end, end) - max(found[i].start, start))
                taken.add(best)
                hit = found[best]
                n["relaxed"] += 1
                n["strict"] += (hit.start, hit.end) == (start, end)
                n["value"] += hit.value == value
                n["type"] += hit.kind.upper() == kind
                if hit.value != value:
                    lines.append(
                        f"   value    {path.stem} ({created}): {text[start:end]!r} {value}, found {text[hit.start : hit.end]!r} {hit.value}   …{text[max(0, start - 40) : end + 20]!r}"  # noqa: E501
                    )
                elif (hit.start, hit.end) != (start, end):
                    lines.append(f"   span     {path.stem}: {text[start:end]!r}, found {text[hit.start : hit.end]!r}")
            for i, f in enumerate(found):
                if i not in taken:
                    lines.append(
                        f"   spurious {path.stem}: {text[f.start : f.end]!r} {f.value}   …{text[max(0, f.start - 30) : f.end + 20]!r}"  # noqa: E501
                    )

        def f1(right: int, n: Counter[str] = n) -> str:
            precision, recall = right / n["found"], right / n["wanted"]
            return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"

        print(f"{name:5} {len(halves[name])} files, {n['wanted']} wanted, {n['found']} found")
        for what in ("relaxed", "strict", "value", "type"):
            print(f"   {what:8} {f1(n[what])}")
        if options.misses:
            print("\n".join(sorted(lines)))


if __name__ == "__main__":
    main()
