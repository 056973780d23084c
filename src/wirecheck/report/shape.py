"""The shape of a report that was read from JSON: whether every value is of the type that the format gives it."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, Union

from wirecheck.report import format as report_format

_SIMPLE: dict[Any, tuple[str, tuple[type, ...]]] = {
    str: ("a string", (str,)),
    int: ("a whole number", (int,)),
    float: ("a number", (int, float)),
    bool: ("true or false", (bool,)),
    type(None): ("null", (type(None),)),
}


def find_misfits(report: Any) -> list[str]:
    """Return what is missing, not of the format or of another type than it says, with its place.

    The format allows a writer more keys; nothing holds what they say, so here they are misfits. What has no misfit can
    be walked without looking at types again.
    """
    return list(_check("", report, report_format.ReportJson))


def _check(where: str, value: Any, hint: Any) -> Iterator[str]:
    if hint is Any:
        return
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint in _SIMPLE:
        name, kinds = _SIMPLE[hint]
        # In Python true is a number; in JSON it is none.
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            yield f"{where}: {name} was expected; found {_show(value)}"
    elif origin is Literal:
        if not any(type(value) is type(a) and value == a for a in arguments):
            yield f"{where}: one of {', '.join(map(repr, arguments))} was expected; found {_show(value)}"
    elif origin is list:
        if not isinstance(value, list):
            yield f"{where}: a list was expected; found {_show(value)}"
            return
        for number, inner in enumerate(value):
            yield from _check(f"{where}[{number}]", inner, arguments[0])
    elif origin is dict:
        if not isinstance(value, dict):
            yield f"{where}: an object was expected; found {_show(value)}"
            return
        for key, inner in value.items():
            yield from _check(f"{where}.{key}", inner, arguments[1])
    elif origin in (Union, types.UnionType):
        tried = [list(_check(where, value, a)) for a in arguments]
        if all(tried):
            # An object is meant by whoever writes one: its own faults say more than "no null".
            yield from max(tried, key=len) if isinstance(value, dict) else tried[0]
    elif not isinstance(value, dict):
        yield f"{where or 'report'}: an object was expected; found {_show(value)}"
    else:
        for key, inner in typing.get_type_hints(hint).items():
            place = f"{where}.{key}" if where else key
            if key in value:
                yield from _check(place, value[key], inner)
            else:
                yield f"{place}: it is missing"
        for key in sorted(value.keys() - typing.get_type_hints(hint).keys()):
            yield f"{f'{where}.' if where else ''}{key}: it is no key of the format, and nothing holds what it says"


def _show(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:60] + "…"
