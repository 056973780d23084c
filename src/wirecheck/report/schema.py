"""The JSON Schema of `wirecheck-report/1`, generated from the types that the writer is checked against."""

from __future__ import annotations

import types
import typing
from typing import Any, Literal, Union

from wirecheck.report import format as report_format

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = "urn:wirecheck:report:1"
_SHARES = {"similarity", "left_share", "right_share", "probability"}
_COUNTS = {"start", "end", "count"}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the report.

    Every key of the documentation is required; more keys are allowed everywhere, as the format allows them.
    """
    return build_schema(report_format.ReportJson, report_format.FORMAT, _ID)


def build_schema(kind: Any, title: str, ident: str) -> dict[str, Any]:
    """Return the JSON Schema of a typed dictionary: every key is required, more keys are allowed."""
    definitions: dict[str, Any] = {}
    root = _object(kind, definitions)
    return {
        "$schema": _DIALECT,
        "$id": ident,
        "title": title,
        **root,
        "$defs": {name: definitions[name] for name in sorted(definitions)},
    }


def _object(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    schema: dict[str, Any] = {"type": "object"}
    if kind.__doc__ and not kind.__doc__.startswith("dict("):
        schema["description"] = " ".join(kind.__doc__.split())
    schema["properties"] = {name: _bounded(name, _schema(hint, definitions)) for name, hint in hints.items()}
    schema["required"] = list(hints)
    return schema


def _bounded(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    if name in _SHARES:
        return {**schema, "minimum": 0, "maximum": 1}
    if name in _COUNTS:
        return {**schema, "minimum": 0}
    return schema


def _schema(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    simple: dict[Any, dict[str, Any]] = {
        str: {"type": "string"},
        int: {"type": "integer"},
        float: {"type": "number"},
        bool: {"type": "boolean"},
        type(None): {"type": "null"},
        Any: {},
    }
    if hint in simple:
        return dict(simple[hint])
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(a, definitions) for a in arguments]}
    name = hint.__name__.removesuffix("Json")
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _object(hint, definitions)
    return {"$ref": f"#/$defs/{name}"}
