"""`wirecheck why` on a fictional report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.judged import make_judged_report
from wirecheck.cli.why import command
from wirecheck.errors import UsageError
from wirecheck.model import Feature
from wirecheck.report.html import render_html
from wirecheck.report.json import render_json
from wirecheck.report.verify import read_report, verify_report
from wirecheck.report.why import list_changes, list_terms


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(render_json(make_judged_report()), "utf-8")
    return path


def test_why_prints_clauses_sum_values_and_what_would_have_changed_it(report: Path) -> None:
    run = CliRunner().invoke(command, [str(report), "s1-p1"], catch_exceptions=False)

    assert run.exit_code == 0
    assert "The Harbour Herald: “" in run.output
    assert "together: a probability of .82" in run.output
    assert "+2.00  both give 14" in run.output
    assert "they cannot both be right, as the values decide; that both speak of one fact: .82" in run.output
    assert "quantity: “14 people” and “17 people” exclude each other" in run.output
    assert "without “both give 14” it would be .38, on the other side of one half" in run.output
    assert "The check `quantities` decided it" in run.output


def test_why_of_a_single_point_lists_what_comes_nearest(report: Path) -> None:
    run = CliRunner().invoke(command, [str(report), "s1-p17"], catch_exceptions=False)

    assert "What comes nearest in the documents that are silent:" in run.output
    assert ".12  Tidewater Post “" in run.output


def test_why_of_a_point_without_judgements_names_its_check(report: Path) -> None:
    run = CliRunner().invoke(command, [str(report), "s1-p2"], catch_exceptions=False)

    assert "the check `order` found it" in run.output


@pytest.mark.parametrize(("item", "said"), [("s1-p99", "it has s1-p"), ("s1", "a story")])
def test_an_unknown_item_is_refused_with_the_ids_near_it(report: Path, item: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        CliRunner().invoke(command, [str(report), item], catch_exceptions=False)


@pytest.mark.parametrize("item", ["s1-u1", "s1-g1"])
def test_why_of_a_quotation_tells_its_forms_what_differs_and_why_it_is_one(report: Path, item: str) -> None:
    value = json.loads(report.read_text("utf-8"))
    run = CliRunner().invoke(command, [str(report), item], catch_exceptions=False)

    assert run.exit_code == 0
    assert run.output.startswith("s1-u1  altered  The Tidewater Post drops “not”")
    assert "replaced   The Harbour Herald “until” / Tidewater Post “when”" in run.output
    forms = [line for line in run.output.splitlines() if line.startswith("  Form ")]
    shared = [line for line in run.output.splitlines() if line.startswith("  forms 1 and ")]
    texts = [d["text"] for d in value["documents"]]
    assert len(forms) > 1
    assert shared
    assert all(any(words in t for t in texts) for line in forms + shared for words in re.findall("“([^”]+)”", line))


def test_why_of_a_quotation_gives_its_groups_as_json(report: Path) -> None:
    run = CliRunner().invoke(command, [str(report), "s1-u2", "--json"], catch_exceptions=False)

    assert [g["relation"] for g in json.loads(run.output)["groups"]] == ["single"]


@pytest.mark.parametrize("text", ["{", "[]", '{"format": "wirecheck-report/1"}', '{"format": "other"}'])
def test_what_is_no_report_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text, "utf-8")

    with pytest.raises(UsageError):
        CliRunner().invoke(command, [str(tmp_path / "other.json"), "s1-p1"], catch_exceptions=False)


def test_a_report_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        CliRunner().invoke(command, [str(tmp_path / "none.json"), "s1-p1"], catch_exceptions=False)


def test_verify_finds_weights_that_do_not_add_up(report: Path) -> None:
    value = json.loads(report.read_text("utf-8"))
    assert verify_report(read_report(report.read_bytes())) == []

    value["judgements"][0]["features"][0]["weight"] += 1

    assert any("add up to" in fault for fault in verify_report(value))


def test_verify_finds_a_judgement_of_no_point(report: Path) -> None:
    value = json.loads(report.read_text("utf-8"))
    value["judgements"][0]["point"] = "s1-p99"

    assert any("point s1-p99 is not in the report" in fault for fault in verify_report(value))


def test_the_page_folds_the_sum_under_its_item() -> None:
    page = render_html(make_judged_report())

    assert '<details class="why"><summary>Why</summary>' in page
    assert "together: a probability of .82" in page


def test_the_page_tells_the_nearest_words_of_a_single_item_without_their_sum() -> None:
    page = render_html(make_judged_report())

    assert "Nearest: nothing shows that they speak of one fact: .12, below one half" in page
    assert "together: a probability of .12" not in page


def test_words_of_two_speakers_are_told_as_such(tmp_path: Path) -> None:
    made = make_judged_report()
    story = made.stories[0]
    judgement = replace(story.findings[0].judgements[0], relation="other", values=(), blocker="two speakers: A and B")
    finding = replace(story.findings[0], judgements=(judgement,))
    made = replace(made, stories=(replace(story, findings=(finding, *story.findings[1:])),))
    (tmp_path / "blocked.json").write_text(render_json(made), "utf-8")

    run = CliRunner().invoke(command, [str(tmp_path / "blocked.json"), "s1-p1"], catch_exceptions=False)

    assert "two speakers: A and B, and that forbids it; but for that, both state one fact: .82" in run.output
    assert "Like words: two speakers: A and B" in render_html(made)
    assert verify_report(read_report((tmp_path / "blocked.json").read_bytes())) == []


def test_light_features_are_told_in_one_line_and_the_sum_stays() -> None:
    features = [Feature("start", "", "", -1.0), *(Feature(f"f{n}", "", "", 0.01) for n in range(3))]

    terms = list_terms(features)

    assert [t.weight for t in terms] == ["-1.00", "+0.03", "-0.97"]


def test_a_feature_without_weight_would_have_changed_nothing() -> None:
    assert list(list_changes([Feature("start", "", "", 0.5), Feature("none", "", "", 0.0)])) == []


def test_a_judgement_without_features_is_told_without_a_sum(tmp_path: Path) -> None:
    made = make_judged_report()
    story = made.stories[0]
    bare = replace(story.findings[0], judgements=(replace(story.findings[0].judgements[0], features=()),))
    made = replace(made, stories=(replace(story, findings=(bare, *story.findings[1:])),))
    (tmp_path / "bare.json").write_text(render_json(made), "utf-8")

    run = CliRunner().invoke(command, [str(tmp_path / "bare.json"), "s1-p1"], catch_exceptions=False)

    assert run.exit_code == 0
    assert "together" not in run.output
