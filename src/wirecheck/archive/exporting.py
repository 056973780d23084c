"""Exports: all documents as JSONL or Parquet, reuse as CSV or GraphML."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from wirecheck.archive.reusing import Shared
from wirecheck.archive.searching import list_versions
from wirecheck.errors import ArchiveError, MissingExtraError
from wirecheck.store import Store, Stored

_FIELDS = (
    *("id", "name", "location", "url", "publisher", "author", "title", "published", "modified", "retrieved"),
    *("language", "sha256", "version_of", "text"),
)
_ROWS = 1000


def write_jsonl(store: Store, file: TextIO) -> int:
    """Write one document a line, as they were added; return how many."""
    count = 0
    for row in _list_rows(store):
        file.write(json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False) + "\n")
        count += 1
    return count


def write_parquet(store: Store, path: Path) -> int:
    """Write all documents as one Parquet file, compressed with Zstandard; return how many."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError("Parquet needs pyarrow: pip install 'wirecheck[parquet]'") from error
    schema = pyarrow.schema([(name, pyarrow.string()) for name in _FIELDS])
    count = 0
    rows: list[dict[str, Any]] = []
    try:
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            for row in _list_rows(store):
                rows.append(row)
                count += 1
                if len(rows) == _ROWS:
                    writer.write_table(pyarrow.Table.from_pylist(rows, schema))
                    rows = []
            writer.write_table(pyarrow.Table.from_pylist(rows, schema))
    except OSError as error:
        raise ArchiveError(f"cannot write {path}: {error.strerror or error}") from error
    return count


def render_csv(pairs: Sequence[Shared], documents: Mapping[str, Stored]) -> str:
    """Return pairs as CSV with a line of names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    fields = [f.name for f in dataclasses.fields(Shared)]
    writer.writerow(["left_name", "right_name", *fields])
    for pair in pairs:
        values = ["" if v is None else v for v in dataclasses.astuple(pair)]
        writer.writerow(
            [_guard(documents[i].shown_name) for i in (pair.left, pair.right)] + [_guard(v) for v in values]
        )
    return out.getvalue()


def render_graphml(pairs: Sequence[Shared], documents: Mapping[str, Stored]) -> str:
    """Return documents that share passages as GraphML; an edge with a source leads from it."""
    keys = (
        *(("node", name, "string") for name in ("name", "publisher", "title", "published", "location")),
        *(("edge", name, "double") for name in ("left_share", "right_share")),
        *(("edge", name, "string") for name in ("relation", "reason")),
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(f'  <key id="{name}" for="{kind}" attr.name="{name}" attr.type="{form}"/>' for kind, name, form in keys),
        '  <graph edgedefault="undirected">',
    ]
    for ident in sorted({i for pair in pairs for i in (pair.left, pair.right)}):
        data = [(name, getattr(documents[ident], name)) for kind, name, _ in keys if kind == "node"]
        lines.append(f'    <node id="d{ident}">{_data(data)}</node>')
    for pair in pairs:
        left, right = (pair.right, pair.left) if pair.source == pair.right else (pair.left, pair.right)
        shares = (pair.left_share, pair.right_share) if left == pair.left else (pair.right_share, pair.left_share)
        data = [("left_share", shares[0]), ("right_share", shares[1])]
        data += [("relation", pair.relation), ("reason", pair.reason)]
        directed = "true" if pair.source is not None else "false"
        lines.append(f'    <edge source="d{left}" target="d{right}" directed="{directed}">{_data(data)}</edge>')
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def _data(values: Sequence[tuple[str, Any]]) -> str:
    return "".join(f'<data key="{name}">{_escape(str(v))}</data>' for name, v in values if v is not None)


def _escape(text: str) -> str:
    from xml.sax.saxutils import escape

    return escape("".join(c if c.isprintable() or c in "\t\n" else "\ufffd" for c in text))


def _guard(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _list_rows(store: Store) -> Iterator[dict[str, Any]]:
    _, earlier = list_versions(store.list_stored())
    for document in store.iter_documents():
        row = {name: getattr(document, name) for name in _FIELDS}
        row["version_of"] = earlier.get(document.id)
        yield row
