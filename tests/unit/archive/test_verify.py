"""Verifying a report catches what was changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import Archive, Filter, open_archive
from wirecheck.cli.verify import command
from wirecheck.errors import UsageError
from wirecheck.library import compare_again
from wirecheck.report.digest import digest_report
from wirecheck.report.json import render_json
from wirecheck.report.verify import read_report, verify_report


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("verify")
    with open_archive(folder / "archive", create=True) as opened:
        opened.add([write_lines(folder / "a.jsonl", LINES)])
        yield opened


@pytest.fixture(scope="module")
def report(archive: Archive) -> Any:
    (story,) = archive.stories(Filter(search="Larkspur"))
    return json.loads(render_json(archive.compare(story.id)))


def test_a_report_as_it_was_made_holds(report: Any, archive: Archive) -> None:
    assert verify_report(report) == []
    assert verify_report(report, archive.document) == []


def test_one_changed_character_of_a_text_is_caught(report: Any) -> None:
    changed = copy.deepcopy(report)
    changed["documents"][0]["text"] = changed["documents"][0]["text"].replace("lamp", "lamb", 1)

    assert verify_report(changed)


def test_one_changed_character_of_a_quotation_is_caught(report: Any) -> None:
    changed = copy.deepcopy(report)
    span = changed["quotations"][0]["contents"][0]
    span["text"] = span["text"].replace("sail", "fail", 1)

    first, second = verify_report(changed)
    assert first.startswith("quotations[0].contents[0]: ")
    assert second.startswith("digest: ")


def test_one_shifted_offset_is_caught(report: Any) -> None:
    changed = copy.deepcopy(report)
    changed["quotations"][0]["contents"][0]["start"] += 1

    assert verify_report(changed)


def test_a_missing_document_is_caught(report: Any) -> None:
    changed = copy.deepcopy(report)
    del changed["documents"][0]

    assert verify_report(changed)


def test_a_document_that_the_archive_does_not_have_is_caught(report: Any) -> None:
    assert verify_report(report, lambda ident: None)


@pytest.mark.parametrize("field", ["publisher", "published", "title", "sha256"])
def test_changed_provenance_is_caught_by_the_archive(report: Any, archive: Archive, field: str) -> None:
    changed = copy.deepcopy(report)
    changed["documents"][0][field] = "2025-01-01"

    assert verify_report(changed, archive.document)


@pytest.mark.parametrize("value", [None, [], {}, {"format": "other/1"}, "x"])
def test_what_is_no_report_is_said_so(value: Any) -> None:
    assert len(verify_report(value)) == 1


# ---- nothing can be changed


Place = tuple[str | int, ...]


def leaves(value: Any, place: Place = ()) -> Iterator[Place]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*place, key))
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value):
            yield from leaves(inner, (*place, number))
    else:
        yield place


def change(value: Any) -> Any:
    """Return another value of the same type, as near as can be."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return f"{value[:-1]}{'x' if value[-1:] != 'x' else 'y'}"
    return "x" if value is None else ["x"]


def put(report: Any, place: Place, value: Any) -> Any:
    changed = copy.deepcopy(report)
    inner = changed
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return changed


def at(report: Any, place: Place) -> Any:
    for key in place:
        report = report[key]
    return report


def test_one_changed_leaf_is_caught_wherever_it_is(report: Any) -> None:
    places = list(leaves(report))
    assert len(places) > 200

    missed = [place for place in places if not verify_report(put(report, place, change(at(report, place))))]
    assert missed == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["document", "start", "x"]), inner),
    max_leaves=4,
)


@settings(max_examples=300)
@given(data=st.data())
def test_any_other_value_at_any_place_is_caught_and_nothing_is_raised(report: Any, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(leaves(report))))
    place = place[: data.draw(st.integers(1, len(place)))]
    value = data.draw(JSON)
    before = at(report, place)

    assert (value == before and type(value) is type(before)) or verify_report(put(report, place, value))


@settings(max_examples=100)
@given(data=st.data())
def test_what_is_left_out_or_moved_is_caught(report: Any, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(list(leaves(report))))
    place = place[: data.draw(st.integers(1, len(place)))]
    changed = copy.deepcopy(report)
    holder = at(changed, place[:-1])
    if isinstance(holder, list) and len(holder) > 1 and data.draw(st.booleans()):
        holder.append(holder.pop(0))
    else:
        del holder[place[-1]]

    assert changed == report or verify_report(changed)


@pytest.mark.parametrize(
    ("place", "value"),
    [(("points", 0, "verdict"), "undecided"), (("points", 0, "reason"), "All is well."), (("points", 0, "check"), "x")],
)
def test_who_makes_a_digest_too_is_caught_by_comparing_again(report: Any, place: Place, value: str) -> None:
    changed = put(report, place, value)
    changed["digest"] = digest_report(changed)

    assert verify_report(changed) == []
    (fault,) = compare_again(changed)
    assert fault.startswith(f"points[0].{place[-1]}: ")
    assert repr(value) in fault


def test_comparing_again_finds_the_same(report: Any) -> None:
    assert compare_again(report) == []


def test_how_the_file_is_laid_out_changes_nothing(report: Any) -> None:
    shuffled = dict(reversed(report.items()))

    assert verify_report(read_report(json.dumps(shuffled, ensure_ascii=True).encode())) == []


@pytest.mark.parametrize("data", [b'{"a": 1, "a": 2}', b'{"a": NaN}', b"[" * 100_000, b"", b"\xff"])
def test_what_two_programs_could_read_differently_is_no_report(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"twice|number|deeply|Expecting|decode"):
        read_report(data)


def test_the_command_says_what_does_not_hold_and_fails(report: Any, archive: Archive, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(report), "utf-8")
    bad.write_text(json.dumps(put(report, ("points", 0, "reason"), "All is well.\x1b[2J")), "utf-8")
    holds = CliRunner().invoke(command, [str(good), str(archive.folder), "--again"])
    fails = CliRunner().invoke(command, [str(bad)])

    assert (holds.exit_code, fails.exit_code) == (0, 1)
    assert "comparing again finds the same" in holds.stdout
    assert fails.stdout.startswith("digest: sha256:")
    assert fails.stderr == "1 thing does not hold\n"


@pytest.mark.parametrize(("data", "said"), [(None, "cannot read"), (b"{", "a report in JSON was expected")])
def test_the_command_refuses_what_is_no_report(tmp_path: Path, data: bytes | None, said: str) -> None:
    path = tmp_path / "report.json"
    if data is not None:
        path.write_bytes(data)
    run = CliRunner().invoke(command, [str(path)])

    assert isinstance(run.exception, UsageError)
    assert said in str(run.exception)
