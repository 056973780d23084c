"""Rows of a list as JSON, JSON Lines and CSV, one way for all of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Form = Literal["json", "jsonl", "csv"]

_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
_UNSEEN = " \u00a0\ufeff\u200b"


def render_rows(form: Form, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """Return rows as a JSON list, as JSON with an object a line, or as CSV with a line of names.

    `columns` name those of CSV where there may be no row; else they are the keys, in the order in which they come.
    What is a list or an object in JSON is JSON in its cell of CSV.
    """
    if form == "json":
        return json.dumps(list(rows), ensure_ascii=False, indent=2) + "\n"
    if form == "jsonl":
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    names = list(dict.fromkeys([*columns, *(key for row in rows for key in row)]))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_make_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def guard_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; some take full-width signs for those of a formula too.

    >>> guard_cell("=1+1"), guard_cell(-1)
    ("'=1+1", -1)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(_UNSEEN).startswith(_FORMULA) else value


def _make_cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False)
    return guard_cell(value)
