"""Exports: what is written is read back by other libraries, and by `add`, as it was."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import Archive, Shared, open_archive
from wirecheck.archive.exporting import render_csv, render_gexf, render_graphml
from wirecheck.cli.export import command as export
from wirecheck.cli.reuse import command as reuse
from wirecheck.errors import ArchiveError, UsageError
from wirecheck.model import Document

HOSTILE = {
    "url": "https://herald.example/odd",
    "publisher": '=HYPERLINK("x")',
    "title": "A <b> & \x0c “Ж” \ud83d",
    "text": "Odd\u2028words & <tags> \x00 stand here, said Mara Quill; and  two spaces.\n\n\tTabs too.",
}
CRATES = " ".join(f"The {w} clerk counted {w} crates on the quay before the tide came in." for w in "abcdefghijkl")
CARRIERS = [
    {"text": CRATES, "publisher": "A & Co", "title": "Crates", "published": "2025-01-01", "url": "https://a.example/1"},
    {
        "text": CRATES + " It rained, and the clerk of the harbour went home before the bell had rung for noon.",
        "publisher": "B",
        "title": "Quay",
        "published": "2025-01-03",
        "url": "https://b.example/1",
    },
]
FIELDS = ("name", "url", "publisher", "author", "title", "published", "modified", "retrieved", "language", "text")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        changed = {**LINES[0], "text": LINES[0]["text"].replace("14", "15"), "modified": "2025-03-06"}
        opened.add([write_lines(tmp_path / "a.jsonl", [*LINES, *CARRIERS, HOSTILE, changed])])
        yield opened


def fields_of(document: Document) -> dict[str, Any]:
    return {name: getattr(document, name) for name in FIELDS}


def test_jsonl_has_every_document_as_it_is(archive: Archive) -> None:
    out = io.StringIO()
    count = archive.export_jsonl(out)
    rows = [json.loads(line) for line in out.getvalue().split("\n")[:-1]]
    documents = list(archive.documents())

    assert count == len(rows) == 7
    assert [{name: row.get(name) for name in FIELDS} for row in rows] == [fields_of(d) for d in documents]
    assert [(row["id"], row["sha256"]) for row in rows] == [(d.id, d.sha256) for d in documents]
    assert rows[-1]["version_of"] == rows[0]["id"]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_what_was_exported_can_be_added_and_is_the_same(archive: Archive, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"out.{form}"
    if form == "parquet":
        pytest.importorskip("pyarrow")
        archive.export_parquet(path)
    else:
        with path.open("w", encoding="utf-8", errors="surrogatepass") as file:
            archive.export_jsonl(file)
    with open_archive(tmp_path / "second", create=True) as second:
        added = second.add([path])
        assert added.stored == 7
        assert {p.message for p in added.problems} == {"2 characters lost before this text came; shown as U+FFFD"}
        assert [fields_of(d) for d in second.documents()] == [fields_of(d) for d in archive.documents()]
        assert second.info().versions == archive.info().versions == 1


def test_parquet_has_the_rows_of_jsonl(archive: Archive, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = io.StringIO()
    archive.export_jsonl(out)
    count = archive.export_parquet(tmp_path / "a.parquet")
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()

    assert count == len(rows)
    assert [{k: v for k, v in row.items() if v is not None} for row in rows] == [
        json.loads(line) for line in out.getvalue().split("\n")[:-1]
    ]


def test_csv_has_a_row_for_each_pair_and_no_formula(archive: Archive) -> None:
    pairs = archive.reuse()
    documents = {s.id: s for s in archive.store.list_stored()}
    rows = list(csv.DictReader(io.StringIO(render_csv(pairs, documents))))

    assert len(rows) == len(pairs) > 0
    for row, pair in zip(rows, pairs, strict=True):
        assert (row["left"], row["right"], float(row["left_share"])) == (pair.left, pair.right, pair.left_share)
        assert row["reason"] == pair.reason
    assert render_csv([], documents).startswith("left_name,right_name,left,right,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_name_that_a_spreadsheet_would_run_is_quoted(tmp_path: Path, start: str) -> None:
    from wirecheck.report.exports.csv import disarm

    assert disarm(f"{start}1") == f"'{start}1"


def read_graph(form: str, text: str) -> Any:
    networkx = pytest.importorskip("networkx")
    reader = networkx.read_graphml if form == "graphml" else networkx.read_gexf
    return reader(io.BytesIO(text.encode()))


@pytest.mark.parametrize(("form", "render"), [("graphml", render_graphml), ("gexf", render_gexf)])
def test_a_graph_is_read_back_by_another_library(archive: Archive, form: str, render: Any) -> None:
    pairs = [dataclasses.replace(p, source=p.right, relation="reprint") for p in archive.reuse()]
    documents = {s.id: s for s in archive.store.list_stored()}
    graph = read_graph(form, render(pairs, documents))

    assert pairs
    assert graph.is_directed()
    assert set(graph.nodes) == {f"d{i}" for p in pairs for i in (p.left, p.right)}
    for ident, values in graph.nodes(data=True):
        document = documents[ident[1:]]
        assert (values["title"], values["publisher"]) == (document.title, document.publisher)
        assert (values["published"], values["location"]) == (document.published, document.location)
    for pair in pairs:
        values = graph.edges[f"d{pair.right}", f"d{pair.left}"]
        assert not graph.has_edge(f"d{pair.left}", f"d{pair.right}")
        assert (values["first"], values["near_duplicate"]) == (True, pair.near_duplicate)
        assert (values["words"], values["relation"], values["reason"]) == (pair.words, pair.relation, pair.reason)
        assert values["source_share"] == pytest.approx(pair.right_share, abs=1e-4)


@pytest.mark.parametrize(("form", "render"), [("graphml", render_graphml), ("gexf", render_gexf)])
def test_a_pair_of_which_nothing_tells_who_was_first_has_an_edge_each_way(
    archive: Archive, form: str, render: Any
) -> None:
    documents = {s.id: s for s in archive.store.list_stored()}
    (first, *_) = archive.reuse()
    left, hostile = first.left, next(i for i, d in documents.items() if d.publisher == HOSTILE["publisher"])
    pair: Shared = dataclasses.replace(
        first, left=left, right=hostile, source=None, relation=None, reason="A\x1b <b> & “B”."
    )
    graph = read_graph(form, render([pair], documents))

    assert sorted(graph.edges) == sorted([(f"d{left}", f"d{hostile}"), (f"d{hostile}", f"d{left}")])
    assert [v["first"] for *_, v in graph.edges(data=True)] == [False, False]
    assert {v["reason"] for *_, v in graph.edges(data=True)} == {"A\ufffd <b> & “B”."}


@pytest.mark.parametrize(("form", "render"), [("graphml", render_graphml), ("gexf", render_gexf)])
def test_no_pairs_are_an_empty_graph(form: str, render: Any) -> None:
    assert len(read_graph(form, render([], {}))) == 0


# ---- the commands


@pytest.mark.parametrize("form", ["csv", "graphml", "gexf"])
def test_the_command_writes_a_file_or_to_standard_output(archive: Archive, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"out.{form}"
    written = CliRunner().invoke(reuse, [str(archive.folder), f"--{form}", str(target)])
    printed = CliRunner().invoke(reuse, [str(archive.folder), f"--{form}", "-"])

    assert (written.exit_code, printed.exit_code) == (0, 0)
    assert target.read_text("utf-8") == printed.stdout
    assert "near-duplicate" in written.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--csv", "-", "--gexf", "-"], "only one of"),
        (["--document", "0123"], "no document 0123"),
        (["--gexf", "/nowhere/at/all.gexf"], "cannot write"),
    ],
)
def test_the_command_refuses_what_it_cannot_do(archive: Archive, options: list[str], said: str) -> None:
    run = CliRunner().invoke(reuse, [str(archive.folder), *options])

    assert isinstance(run.exception, UsageError)
    assert said in str(run.exception)


def test_one_document_keeps_its_pairs_alone(archive: Archive) -> None:
    (pair, *_) = archive.reuse()
    run = CliRunner().invoke(reuse, [str(archive.folder), "--document", pair.left])

    assert run.exit_code == 0
    assert all(pair.left in line for line in run.stdout.splitlines())


def test_documents_are_exported_to_files_and_to_standard_output(archive: Archive, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    written = CliRunner().invoke(export, [str(archive.folder), "--jsonl", str(target)])
    printed = CliRunner().invoke(export, [str(archive.folder), "--jsonl", "-"])

    assert (written.exit_code, written.stderr) == (0, "7 documents\n")
    assert target.read_bytes() == printed.stdout_bytes


def test_an_export_to_nowhere_is_a_mistake(archive: Archive, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    for options, kind, said in (
        ([], UsageError, "say where to"),
        (["--jsonl", str(tmp_path / "no" / "a")], UsageError, "cannot write"),
        (["--parquet", str(tmp_path / "no" / "a")], ArchiveError, "cannot write"),
    ):
        run = CliRunner().invoke(export, [str(archive.folder), *options])

        assert isinstance(run.exception, kind)
        assert said in str(run.exception)
