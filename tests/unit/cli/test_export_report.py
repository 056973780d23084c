"""`export-report`, and `--export` of commands that make a report."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.builders import make_report
from wirecheck.cli import commands
from wirecheck.errors import UsageError
from wirecheck.report.exports import list_exports
from wirecheck.report.json import render_json

HERALD = "Bridge closed\n\nMayor Jane Roe said 12 people were hurt on Monday.\n"
POST = "Bridge closed\n\nMayor Jane Roe said 15 people were hurt on Monday.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.json"
    path.write_text(render_json(make_report()), "utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, [str(a) for a in arguments])


def error_of(*arguments: object) -> str:
    result = run(*arguments)
    assert isinstance(result.exception, UsageError), result.output
    return str(result.exception)


def test_every_format_is_written_beside_the_report(report: Path) -> None:
    for export in list_exports():
        result = run("export-report", report, "--to", export.name)

        assert result.exit_code == 0
        assert f"ferry.{export.ending}: 18 points, 4 documents" in result.stderr
        assert (report.parent / f"ferry.{export.ending}").stat().st_size > 100


def test_the_name_of_the_file_tells_the_format(report: Path, tmp_path: Path) -> None:
    assert run("export-report", report, "-o", tmp_path / "ferry.csl.json").exit_code == 0
    assert len(json.loads((tmp_path / "ferry.csl.json").read_text("utf-8"))) == 4


def test_filters_are_counted_and_kept(report: Path, tmp_path: Path) -> None:
    result = run("export-report", report, "-o", tmp_path / "a.csv", "--verdict", "conflict", "--document", "herald")
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))

    assert "1 of 18 points, 1 documents" in result.stderr
    assert {r["point"] for r in rows} == {"s1-p1"}


def test_a_filter_that_leaves_nothing_is_exit_status_1(report: Path, tmp_path: Path) -> None:
    result = run("export-report", report, "-o", tmp_path / "a.csv", "--verdict", "single", "--kind", "role")

    assert result.exit_code == 1
    assert (
        result.stderr == "wirecheck: none of the 18 points of the report fits what was asked for; nothing is written\n"
    )
    assert not (tmp_path / "a.csv").exists()


def test_a_file_under_the_name_of_another_program_is_refused(report: Path, tmp_path: Path) -> None:
    said = "would be a docx file under the name of another: end it in .docx"

    assert said in error_of("export-report", report, "-o", f"docx:{tmp_path / 'x.pdf'}")
    assert said in error_of("export-report", report, "--to", "docx", "-o", tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def test_standard_output_takes_the_bytes_alone(report: Path) -> None:
    result = run("export-report", report, "--to", "csl", "-o", "-")

    assert len(json.loads(result.stdout)) == 4


def test_mistakes_are_said_and_nothing_is_written(report: Path, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())

    assert "say what to write" in error_of("export-report", report)
    assert "no format 'pdf'; there is bibtex" in error_of("export-report", report, "--to", "pdf")
    assert "no verdict 'true'" in error_of("export-report", report, "--to", "csv", "--verdict", "true")
    assert "is the report itself" in error_of("export-report", report, "--to", "csl", "-o", report)
    assert "cannot write" in error_of("export-report", report, "--to", "csv", "-o", tmp_path / "no" / "a.csv")
    assert sorted(tmp_path.iterdir()) == before


def test_a_changed_report_is_refused_by_its_digest(report: Path) -> None:
    report.write_text(report.read_text("utf-8").replace("say 17.", "say 71."), "utf-8")

    assert "ferry.json is no whole report of Wirecheck: digest" in error_of("export-report", report, "--to", "csv")


def test_compare_writes_exports_beside_its_other_forms(tmp_path: Path) -> None:
    for name, text in (("herald.txt", HERALD), ("post.txt", POST)):
        (tmp_path / name).write_text(text, "utf-8")
    docx, table, saved = tmp_path / "a.docx", tmp_path / "a.txt", tmp_path / "a.json"

    inputs = (tmp_path / "herald.txt", tmp_path / "post.txt")
    result = run("compare", *inputs, "-q", "--export", docx, "--export", f"csv:{table}", "--json", saved)

    assert result.exit_code == 0, result.output
    assert docx.read_bytes().startswith(b"PK")
    run("export-report", saved, "-o", tmp_path / "b.csv")
    assert table.read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert run("compare", *inputs, "--export", "csv:-").stdout_bytes == table.read_bytes()


def test_an_unknown_format_stops_a_comparison_before_it_begins(tmp_path: Path) -> None:
    assert "what format is" in error_of("compare", tmp_path / "missing.txt", "--export", "a.pdf")
    assert "two forms" in error_of("compare", tmp_path / "missing.txt", "--export", "a.csv", "--export", "csv:a.csv")
    assert "two forms" in error_of("compare", tmp_path / "missing.txt", "--json", "-", "--export", "csv:-")
