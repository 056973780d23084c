"""Values of the model as JSON and back: what is kept of a comparison among the derived files.

The types of the model say how each value is read; nothing in the file names a type, so that what a file holds can only
become values of the model, and whatever is wrong with it is a `ValueError`.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union

from wirecheck.errors import Error

Value = TypeVar("Value")


def pack(value: Any) -> Any:
    """Return a frozen value of the model as lists, numbers and strings; a dataclass is the list of its fields.

    >>> from wirecheck.model import Span
    >>> pack(Span("d", 3, 9))
    ['d', 3, 9]
    """
    if is_dataclass(value):
        return [pack(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, tuple | list):
        return [pack(v) for v in value]
    return value


def unpack(kind: type[Value], packed: Any) -> Value:
    """Return the value of a type that `pack` wrote; raises `ValueError` for anything else."""
    try:
        value: Value = _read(kind, packed)
    except (TypeError, KeyError, Error) as error:
        raise ValueError(f"a packed {kind.__name__} was expected: {error}") from error
    return value


@cache
def _hints(kind: type) -> tuple[Any, ...]:
    hints = typing.get_type_hints(kind)
    return tuple(hints[f.name] for f in fields(kind))


def _read(kind: Any, packed: Any) -> Any:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        hints = _hints(typing.cast("type", kind))
        if not isinstance(packed, list) or len(packed) != len(hints):
            raise ValueError(f"a list of {len(hints)} values was expected")
        return typing.cast("type", kind)(*(_read(h, v) for h, v in zip(hints, packed, strict=True)))
    if origin is tuple:
        if not isinstance(packed, list):
            raise ValueError("a list was expected")
        if arguments[-1] is Ellipsis:
            return tuple(_read(arguments[0], v) for v in packed)
        return tuple(_read(a, v) for a, v in zip(arguments, packed, strict=True))
    if origin in (Union, types.UnionType):
        if packed is None and type(None) in arguments:
            return None
        (inner,) = (a for a in arguments if a is not type(None))
        return _read(inner, packed)
    if origin is Literal:
        if packed not in arguments:
            raise ValueError(f"one of {arguments} was expected")
        return packed
    if kind is float and type(packed) is int:
        return float(packed)
    if type(packed) is not kind:
        raise ValueError(f"a {kind.__name__} was expected")
    return packed


def read_strings(packed: Any) -> Mapping[str, str]:
    """Return strings by name; raises `ValueError` for anything else."""
    if not isinstance(packed, dict) or not all(isinstance(v, str) for v in packed.values()):
        raise ValueError("strings by name were expected")
    return packed
