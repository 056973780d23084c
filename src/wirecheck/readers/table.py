"""CSV and TSV: a table with a column of texts, one document a row."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from wirecheck.model import Document, Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._decode import decode
from wirecheck.readers.jsonl import read_record

# What tables call our fields, folded; the first that a table has is taken.
_COLUMNS = {
    "text": ("text", "full text", "body", "content", "article", "maintext", "story", "full_text", "article_text"),
    "title": ("title", "headline"),
    "url": ("url", "link", "address", "article_url"),
    "publisher": ("publisher", "source", "outlet", "publication", "publication title", "media_name"),
    "author": ("author", "authors", "byline"),
    "published": ("published", "date", "publish_date", "publication date", "date_publish", "published_at", "datetime"),
    "modified": ("modified", "updated"),
    "retrieved": ("retrieved",),
    "language": ("language", "lang"),
    "name": ("name",),
}
_SHOWN = 8
_LONGEST = 4 << 20
"""Characters of one cell: a text that is longer is a quotation mark that nobody closed."""


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 for the suffix of a table, else 0: a text may begin with anything."""
    return 3 if suffix in READER.suffixes else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return a document for each row with a text; the row on line N is `location:N`."""
    text, problems = decode(location, data)
    if text is None:
        return (), problems
    csv.field_size_limit(_LONGEST)  # of the whole process, so that it is never left to who set it last
    lines = text.split("\n")
    rows = csv.reader((f"{line}\n" for line in lines), delimiter=max(",;\t|", key=lines[0].count))
    documents: list[Document] = []
    found = list(problems)
    places: dict[str, int] = {}
    line, width = 1, 0
    try:
        for row in rows:
            if not places:
                places, width = _find_columns(row), len(row)
                if "text" not in places:
                    return (), (*problems, Problem(location, _tell_columns(row)))
            elif any(cell.strip() for cell in row):
                if any(cell.strip() for cell in row[width:]):
                    reason = (
                        f"{width} cells were expected as in the first row; found {len(row)}: what follows was not read"
                    )
                    found.append(Problem(f"{location}:{line}", reason))
                record = {ours: row[at] for ours, at in places.items() if at < len(row) and row[at].strip()}
                received = "\n".join(lines[line - 1 : rows.line_num]).encode("utf-8", "surrogatepass")
                document, more = read_record(f"{location}:{line}", f"{name}-{line}", {"text": ""} | record, received)
                documents += [document] if document is not None else []
                found += more
            line = rows.line_num + 1
    except csv.Error as error:
        found.append(Problem(f"{location}:{line}", f"a row of the table was expected; {error}; the rest was not read"))
    if not documents and not found:
        found.append(Problem(location, "rows with texts were expected below the head; the table has none"))
    return tuple(documents), tuple(found)


def _find_columns(row: Sequence[str]) -> dict[str, int]:
    folded = [" ".join(cell.split()).casefold() for cell in row]
    found = {}
    for ours, names in _COLUMNS.items():
        at = next((folded.index(n) for n in names if n in folded), None)
        if at is not None:
            found[ours] = at
    return found


def _tell_columns(row: Sequence[str]) -> str:
    shown = ", ".join(repr(" ".join(cell.split())[:40]) for cell in row[:_SHOWN])
    return f'a column "text", "body" or "content" was expected in the first row of the table; found {shown or "none"}'


READER = Reader(
    name="table",
    version=1,
    summary="CSV and TSV with a column of texts: a document a row, with title, url, publisher, date … from the others.",
    suffixes=(".csv", ".tsv"),
    accepts=accepts,
    read=read,
)
