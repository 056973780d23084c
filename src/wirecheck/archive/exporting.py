"""Exports: all documents as JSONL or Parquet, reuse as CSV, GraphML or GEXF."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO
from xml.etree import ElementTree

from wirecheck.archive.reusing import Shared
from wirecheck.archive.searching import list_versions
from wirecheck.errors import ArchiveError, MissingExtraError
from wirecheck.progress import track
from wirecheck.readers._extras import say_install
from wirecheck.report.plain import escape_in_json
from wirecheck.report.tables import render_rows
from wirecheck.store import Store, Stored
from wirecheck.writing import writing

_FIELDS = (
    *("id", "name", "location", "url", "publisher", "author", "title", "published", "modified", "retrieved"),
    *("language", "sha256", "version_of", "text"),
)
_ROWS = 1000


def write_jsonl(store: Store, file: TextIO) -> int:
    """Write one document a line, as they were added; return how many."""
    count = 0
    for row in _list_rows(store):
        line = json.dumps({k: v for k, v in row.items() if v is not None}, ensure_ascii=False)
        file.write(escape_in_json(line) + "\n")
        count += 1
    return count


def write_parquet(store: Store, path: Path) -> int:
    """Write all documents as one Parquet file, compressed with Zstandard; return how many."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtraError(f"Parquet needs pyarrow: {say_install('parquet')}") from error
    schema = pyarrow.schema([(name, pyarrow.string()) for name in _FIELDS])
    count = 0
    rows: list[dict[str, Any]] = []
    try:
        with writing(path) as part, parquet.ParquetWriter(part, schema, compression="zstd") as writer:
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


PAIR_COLUMNS = ("left_name", "right_name", *(f.name for f in dataclasses.fields(Shared)), "left_title", "right_title")


def list_pair_rows(pairs: Sequence[Shared], documents: Mapping[str, Stored]) -> list[dict[str, Any]]:
    """Return each pair with the names and titles of its documents, by `PAIR_COLUMNS`."""
    rows = []
    for pair in pairs:
        left, right = documents[pair.left], documents[pair.right]
        names = {"left_name": left.shown_name, "right_name": right.shown_name}
        rows.append({**names, **dataclasses.asdict(pair), "left_title": left.title, "right_title": right.title})
    return rows


def render_csv(pairs: Sequence[Shared], documents: Mapping[str, Stored]) -> str:
    """Return pairs as CSV with a line of names."""
    return render_rows("csv", list_pair_rows(pairs, documents), PAIR_COLUMNS)


def render_graphml(pairs: Sequence[Shared], documents: Mapping[str, Stored]) -> str:
    """Return documents that share passages as GraphML: a directed graph, see `_list_edges`."""
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        for name, form in names.items():
            ElementTree.SubElement(
                root, "key", {"id": name, "for": kind, "attr.name": name, "attr.type": _GRAPHML.get(form, form)}
            )
    graph = ElementTree.SubElement(root, "graph", edgedefault="directed")
    for ident in _list_nodes(pairs):
        node = ElementTree.SubElement(graph, "node", id=f"d{ident}")
        for name, value in _describe_node(documents[ident]).items():
            ElementTree.SubElement(node, "data", key=name).text = value
    for source, target, values in _list_edges(pairs):
        edge = ElementTree.SubElement(graph, "edge", source=f"d{source}", target=f"d{target}")
        for name, value in values.items():
            ElementTree.SubElement(edge, "data", key=name).text = value
    return _render_xml(root)


def render_gexf(pairs: Sequence[Shared], documents: Mapping[str, Stored]) -> str:
    """Return the same graph as GEXF 1.2, which Gephi reads; the share of the target that is shared is the weight."""
    root = ElementTree.Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    graph = ElementTree.SubElement(root, "graph", mode="static", defaultedgetype="directed")
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        described = ElementTree.SubElement(graph, "attributes", {"class": kind, "mode": "static"})
        for name, form in names.items():
            ElementTree.SubElement(described, "attribute", id=f"{kind}-{name}", title=name, type=form)

    def describe(element: ElementTree.Element, kind: str, values: Mapping[str, str]) -> None:
        held = ElementTree.SubElement(element, "attvalues")
        for name, value in values.items():
            ElementTree.SubElement(held, "attvalue", {"for": f"{kind}-{name}", "value": value})

    nodes = ElementTree.SubElement(graph, "nodes")
    for ident in _list_nodes(pairs):
        values = _describe_node(documents[ident])
        describe(ElementTree.SubElement(nodes, "node", id=f"d{ident}", label=values["name"]), "node", values)
    edges = ElementTree.SubElement(graph, "edges")
    for number, (source, target, values) in enumerate(_list_edges(pairs)):
        place = {"id": str(number), "source": f"d{source}", "target": f"d{target}", "weight": values["target_share"]}
        describe(ElementTree.SubElement(edges, "edge", place), "edge", values)
    return _render_xml(root)


# What is known of documents and edges, with its type in GEXF.
_NODE = {"name": "string", "publisher": "string", "title": "string", "published": "string", "location": "string"}
_EDGE = {
    "source_share": "double",
    "target_share": "double",
    "passages": "integer",
    "words": "integer",
    "near_duplicate": "boolean",
    "first": "boolean",
    "relation": "string",
    "reason": "string",
}
_GRAPHML = {"integer": "int"}


def _list_nodes(pairs: Sequence[Shared]) -> list[str]:
    return sorted({i for pair in pairs for i in (pair.left, pair.right)})


def _describe_node(document: Stored) -> dict[str, str]:
    values = {"name": document.shown_name, **{n: getattr(document, n) for n in _NODE if n != "name"}}
    return {name: _printable(value) for name, value in values.items() if value is not None}


def _list_edges(pairs: Sequence[Shared]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield source, target and what is known of them.

    The source has the words first where `first` is true. Where nothing tells, there is an edge each way: programs that
    read graphs know directed ones or undirected ones, and few know both in one.
    """
    for pair in pairs:
        shares = {pair.left: pair.left_share, pair.right: pair.right_share}
        for source, target in ((pair.left, pair.right), (pair.right, pair.left)):
            if pair.source in (None, source):
                values = {
                    "source_share": f"{shares[source]:.4f}",
                    "target_share": f"{shares[target]:.4f}",
                    "passages": str(pair.passages),
                    "words": str(pair.words),
                    "near_duplicate": str(pair.near_duplicate).lower(),
                    "first": str(pair.source is not None).lower(),
                    "relation": pair.relation or "",
                    "reason": _printable(pair.reason),
                }
                yield source, target, values


def _render_xml(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _printable(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(c if c.isprintable() or c in "\t\n" else "\ufffd" for c in text)


def _list_rows(store: Store) -> Iterator[dict[str, Any]]:
    stored = store.list_stored()
    _, earlier = list_versions(stored)
    for document in track(store.iter_documents(), "writing documents", len(stored)):
        row = {name: getattr(document, name) for name in _FIELDS}
        row["version_of"] = earlier.get(document.id)
        yield row
