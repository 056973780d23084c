"""CSV: the words of the points, one span a row."""

from __future__ import annotations

import csv
import io

from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import encode
from wirecheck.report.table import WORDS, list_words
from wirecheck.report.tables import guard_cell


def render(selection: Selection) -> bytes:
    """Return `WORDS` as CSV (RFC 4180) in UTF-8 with a byte order mark, without which Excel misreads it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(WORDS)
    for row in list_words(selection.report, selection.points):
        writer.writerow([guard_cell(value) for value in row])
    return b"\xef\xbb\xbf" + encode(text.getvalue())


EXPORT = Export("csv", 1, "csv", "the words of the points as a table, one span a row", render)
