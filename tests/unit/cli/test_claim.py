"""`wirecheck claim` and its JSON, on fictional documents and an archive of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

import wirecheck
from tests.claimed import CLAIM, TEXTS
from wirecheck.archive import open_archive
from wirecheck.cli.claim import command
from wirecheck.cli.schema import command as schema_command
from wirecheck.errors import UsageError
from wirecheck.model import ClaimReport
from wirecheck.report.claim import MOST_SILENT, claim_schema, render_claim_json, tell_claim


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("claim")
    for name, text in TEXTS.items():
        (path / f"{name}.txt").write_text(text, "utf-8")
    return path


@pytest.fixture(scope="module")
def report(folder: Path) -> ClaimReport:
    return wirecheck.check_claim(CLAIM, [folder])


def list_spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [value] if {"document", "start", "end", "text"} <= value.keys() else []
        return own + [s for inner in value.values() for s in list_spans(inner)]
    return [s for inner in value for s in list_spans(inner)] if isinstance(value, list) else []


def test_the_json_keeps_its_schema_and_its_spans_slice(report: ClaimReport) -> None:
    value = json.loads(render_claim_json(report))
    texts = {d.id: d.text for d in report.documents} | {"claim": report.claim}

    jsonschema.Draft202012Validator.check_schema(claim_schema())
    jsonschema.validate(value, claim_schema())

    assert value["format"] == "wirecheck-claim/1"
    assert list_spans(value)
    for span in list_spans(value):
        assert texts[span["document"]][span["start"] : span["end"]] == span["text"]


def test_the_command_counts_verdicts_and_names_who_is_silent(folder: Path) -> None:
    run = CliRunner().invoke(command, [CLAIM, str(folder)], catch_exceptions=False)

    assert run.exit_code == 0
    assert "1 states, 0 contradicts, 1 differs, 1 silent" in run.output
    assert "Silent: gazette" in run.output


def test_json_on_standard_output_is_all_that_is_printed(folder: Path) -> None:
    run = CliRunner().invoke(command, [CLAIM, str(folder / "herald.txt"), "--json", "-"], catch_exceptions=False)

    assert json.loads(run.stdout)["claim"] == CLAIM


def test_the_day_of_the_claim_decides_what_a_weekday_is(folder: Path) -> None:
    arguments = ["The ferry ran aground on Tuesday.", str(folder), "--date", "2031-03-05", "--json", "-"]

    run = CliRunner().invoke(command, arguments, catch_exceptions=False)

    assert json.loads(run.stdout)["day"] == "2031-03-05"


def test_an_archive_is_searched_for_the_claim_first(tmp_path: Path, folder: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([folder])
        found = [d.name for d in archive.check_claim(CLAIM).documents]
        none = archive.check_claim("Xylophones outlawed")
        one = archive.check_claim(CLAIM, limit=1)

    assert found == ["herald", "post"]
    assert none.documents == ()
    assert len(one.documents) == 1


def test_an_archive_without_a_word_of_the_claim_ends_with_one(tmp_path: Path, folder: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([folder])

    run = CliRunner().invoke(command, ["Xylophones outlawed", "--archive", str(tmp_path / "archive")])

    assert run.exit_code == 1


def test_a_file_that_cannot_be_read_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "herald.txt").write_text(TEXTS["herald"], "utf-8")

    run = CliRunner().invoke(command, [CLAIM, str(tmp_path)], catch_exceptions=False)

    assert run.exit_code == 3
    assert "herald states it" in run.stdout
    assert "empty.txt" in run.stderr


def test_without_any_document_the_command_fails(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")

    assert CliRunner().invoke(command, [CLAIM, str(tmp_path)]).exit_code == 1


@pytest.mark.parametrize("arguments", [[], ["x.txt", "--archive", "y"]])
def test_paths_and_an_archive_exclude_each_other(arguments: list[str]) -> None:
    with pytest.raises(UsageError, match="were expected"):
        CliRunner().invoke(command, [CLAIM, *arguments], catch_exceptions=False)


def test_a_long_list_of_silent_documents_is_cut(report: ClaimReport) -> None:
    many = ClaimReport(report.claim, report.documents[:1] * 30, report.findings[:1] * 30)

    assert tell_claim(many)[-1].endswith(f"and {30 - MOST_SILENT} more")


def test_the_schema_of_each_format_is_printed() -> None:
    titles = [
        json.loads(CliRunner().invoke(schema_command, arguments, catch_exceptions=False).output)["title"]
        for arguments in ([], ["wirecheck-report/1"], ["wirecheck-claim/1"])
    ]

    assert titles == ["wirecheck-report/1", "wirecheck-report/1", "wirecheck-claim/1"]
