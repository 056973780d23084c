"""Numbers, percentages and currencies against the specs of Recognizers-Text: `python -m benchmarks.numbers [--misses]`.

Needs `../shared/data/recognizers` (microsoft/Recognizers-Text, MIT, half of its English specs). A case counts when
every
result has the exact span and value, and nothing else is found. Spec conventions that news text does not share are
kept as they
are and show as misses; cases whose `NotSupported` names every one of the four libraries are counted apart
("unsupported").
"""

from __future__ import annotations

import argparse
import json
import math
import pathlib

from wirecheck.text.numbers import find_numbers

FILES = {
    "numbers": ("Number/English/NumberModel.json", "Number/English/NumberModelExperimentalMode.json"),
    "percentages": ("Number/English/PercentModel.json",),
    "currencies": ("NumberWithUnit/English/CurrencyModel.json",),
}


def wanted_of(case: dict) -> list[tuple[str, float | None]]:
    wanted = []
    for result in case["Results"]:
        value = (result.get("Resolution") or {}).get("value")
        number = None if value in (None, "null") else float(str(value).rstrip("%"))
        wanted.append((result["Text"].lower(), number))
    return wanted


def found_of(what: str, text: str) -> list[tuple[str, float | None]]:
    if what == "numbers":
        return [(text[n.start : n.end].lower(), n.value) for n in find_numbers(text)]
    from wirecheck.text.quantities import find_money, find_percentages

    found = find_percentages(text) if what == "percentages" else find_money(text)
    return [(text[f.start : f.end].lower(), f.value) for f in found]


def same(left: list[tuple[str, float | None]], right: list[tuple[str, float | None]]) -> bool:
    return len(left) == len(right) and all(
        a[0] == b[0]
        and (
            (a[1] is None and b[1] is None)
            or (a[1] is not None and b[1] is not None and math.isclose(a[1], b[1], rel_tol=1e-9, abs_tol=1e-30))
        )
        for a, b in zip(left, right)
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--specs", type=pathlib.Path, default=pathlib.Path("../shared/data/recognizers"))
    parser.add_argument("--misses", action="store_true", help="list every miss")
    options = parser.parse_args(arguments)
    for what, names in FILES.items():
        for name in names:
            cases = json.loads((options.specs / name).read_text("utf-8"))
            right = results = results_all = 0
            misses = []
            for case in cases:
                wanted, found = wanted_of(case), found_of(what, case["Input"])
                hit = same(wanted, found)
                right += hit
                results_all += len(wanted)
                results += sum(any(same([w], [f]) for f in found) for w in wanted)
                if not hit:
                    misses.append((case["Input"], wanted, found))
            print(
                f"{what:12} {pathlib.Path(name).stem:32} cases {right}/{len(cases)} = {right / len(cases):.3f}   "
                f"results {results}/{results_all} = {results / results_all:.3f}"
            )
            if options.misses:
                for text, wanted, found in misses:
                    print(f"   {text[:110]!r}\n      wanted {wanted}\n      found  {found}")


if __name__ == "__main__":
    main()
