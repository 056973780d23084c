"""CSV: the words of the points, one span a row."""

from __future__ import annotations

import csv
import io

from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import encode
from wirecheck.report.table import WORDS, Value, list_words

# A spreadsheet takes a cell that begins so for a formula, in full width too; a cell of words is never one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(selection: Selection) -> bytes:
    """Return `WORDS` as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel misreads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(WORDS)
    for row in list_words(selection.report, selection.points):
        writer.writerow([disarm(value) for value in row])
    return b"\xef\xbb\xbf" + encode(text.getvalue())


def disarm(value: Value) -> Value:
    """Return a cell that no spreadsheet takes for a formula: words that begin like one get an apostrophe before them.

    >>> disarm("=1+1"), disarm("two dead"), disarm(-1)
    ("'=1+1", 'two dead', -1)
    """
    return f"'{value}" if isinstance(value, str) and value.lstrip(" \u00a0\ufeff\u200b").startswith(_FORMULA) else value


EXPORT = Export("csv", 1, "csv", "the words of the points as a table, one span a row", render)
