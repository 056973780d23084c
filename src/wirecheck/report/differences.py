"""Where a report that was read from JSON is not the one that is made now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from wirecheck.model import Report
from wirecheck.report.digest import KEY
from wirecheck.report.json import build_json


def list_differences(made: Report, found: Mapping[str, Any]) -> list[str]:
    """Return where a report in JSON differs from one that was made, in its order; the digest aside."""
    value = as_json(made)
    return list(_compare("", value, {key: inner for key, inner in found.items() if key != KEY}))


def as_json(report: Report) -> dict[str, Any]:
    """Return a report as it is read back from its JSON, without its digest."""
    value: dict[str, Any] = json.loads(json.dumps(build_json(report)))
    del value[KEY]
    return value


def compare_parts(where: str, made: Any, found: Any) -> list[str]:
    """Return where a part of a report, at its place, differs from one that was made."""
    return list(_compare(where, made, found))


def _compare(where: str, made: Any, found: Any) -> Iterator[str]:
    if isinstance(made, dict) and isinstance(found, Mapping):
        for key, inner in made.items():
            place = f"{where}.{key}" if where else key
            if key in found:
                yield from _compare(place, inner, found[key])
            else:
                yield f"{place}: it is missing"
        for key in found.keys() - made.keys():
            yield f"{where}.{key}: it was not expected" if where else f"{key}: it was not expected"
    elif isinstance(made, list) and isinstance(found, list):
        if len(made) != len(found):
            yield f"{where}: {len(made)} entries were expected; found {len(found)}"
        for number, (one, other) in enumerate(zip(made, found, strict=False)):
            yield from _compare(f"{where}[{number}]", one, other)
    elif made != found or type(made) is not type(found):
        yield f"{where}: {made!r} was expected; found {found!r}"
