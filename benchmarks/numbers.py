"""Numbers, percentages and currencies against public specs: `python -m benchmarks.numbers [--misses]`.

Needs `../shared/data/recognizers` (microsoft/Recognizers-Text, MIT, half of its English specs). A case counts when
every result has the exact span and value and nothing else is found; all cases count, those too that the specs mark
as not supported by some of their own libraries.
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib
from typing import Any

from wirecheck.text.numbers import find_numbers
from wirecheck.text.quantities import find_money, find_percentages

FILES = {
    "numbers": ("Number/English/NumberModel.json", "Number/English/NumberModelExperimentalMode.json"),
    "percentages": ("Number/English/PercentModel.json",),
    "currencies": ("NumberWithUnit/English/CurrencyModel.json",),
}
Result = tuple[str, float | None]
"""The words found, lower case, and their value; None for a unit without a number."""


def list_wanted(case: dict[str, Any]) -> list[Result]:
    """Return what a case of the specs wants."""
    wanted = []
    for result in case["Results"]:
        value = (result.get("Resolution") or {}).get("value")
        number = None if value in (None, "null") else float(str(value).rstrip("%"))
        wanted.append((result["Text"].lower(), number))
    return wanted


def list_found(what: str, text: str) -> list[Result]:
    """Return what is found in a text."""
    if what == "numbers":
        return [(text[n.start : n.end].lower(), n.value) for n in find_numbers(text)]
    found = find_percentages(text) if what == "percentages" else find_money(text)
    return [(text[f.start : f.end].lower(), f.value) for f in found]


def is_same(left: Result, right: Result) -> bool:
    if left[0] != right[0] or left[1] is None or right[1] is None:
        return left == right
    return math.isclose(left[1], right[1], rel_tol=1e-9, abs_tol=1e-30)


def score_file(what: str, path: pathlib.Path) -> tuple[int, int, list[tuple[str, list[Result], list[Result]]]]:
    """Return how many cases of a file are right, how many there are, and the misses: text, wanted, found."""
    cases = json.loads(path.read_text("utf-8"))
    misses = []
    for case in cases:
        wanted, found = list_wanted(case), list_found(what, case["Input"])
        if len(wanted) != len(found) or not all(map(is_same, wanted, found)):
            misses.append((case["Input"], wanted, found))
    return len(cases) - len(misses), len(cases), misses


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--specs", type=pathlib.Path, default=pathlib.Path("../shared/data/recognizers"))
    parser.add_argument("--misses", action="store_true", help="list every miss")
    options = parser.parse_args(arguments)
    all_right = all_cases = 0
    for what, names in FILES.items():
        for name in names:
            right, cases, misses = score_file(what, options.specs / name)
            all_right, all_cases = all_right + right, all_cases + cases
            print(f"{what:12} {pathlib.Path(name).stem:28} {right / cases:.3f}  {right}/{cases}")
            if options.misses:
                for text, wanted, found in misses:
                    print(f"   {text[:110]!r}\n      wanted {wanted}\n      found  {found}")
    print(f"{'all':12} {'':28} {all_right / all_cases:.3f}  {all_right}/{all_cases}")


if __name__ == "__main__":
    main()
