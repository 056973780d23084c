"""All commands, from one table: help, exit statuses, options of output. See `tests/commands.py`."""

from __future__ import annotations

import csv
import io
import json
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from tests.commands import TABLE
from wirecheck.cli import COMMANDS, GROUPS, commands, main
from wirecheck.errors import UsageError
from wirecheck.naming import find_id

HERALD = (
    "Harbour Warden Keeps Channel Closed\n\nHarbour warden Tamsin Orrell kept the northern channel of Port Elra closed "
    "on Tuesday after two lamps went dark. “We will not sail again until every lamp on that channel is lit,” Orrell "
    "said. The pilots of Port Elra had asked for new lamps since spring, and the northern channel stays closed.\n"
)
POST = (
    "Channel of Port Elra Stays Closed\n\nHarbour warden Tamsin Orrell kept the northern channel of Port Elra closed "
    "on Tuesday after three lamps went dark. “We will not sail again until every lamp on that channel is lit,” Orrell "
    "said. The owners of the lamps did not answer, and the northern channel stays closed.\n"
)
DRAFT = "“We will not sail again until every lamp on that channel is lit,” the harbour warden, Tamsin Orrell, said.\n"
# Commands that are slow for what they compare: each is called for its exit statuses, and for one form of output.
SLOW = {"check-draft", "claim", "compare", "demo", "story"}
FORMS = {"json", "jsonl", "csv", "graphml", "gexf", "markdown"}


@dataclass(frozen=True, slots=True)
class Done:
    status: int
    out: str
    err: str


class Caller:
    """Calls the command line in this process, in a folder that was made for it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], names: dict[str, str]):
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self._names = names

    def __call__(self, name: str, call: str, *more: str) -> Done:
        words = [w.format(**self._names) for w in shlex.split(call)]
        self._monkeypatch.setattr(sys, "argv", ["wirecheck", name, *words, *more])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self._capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    from wirecheck import compare
    from wirecheck.archive import open_archive
    from wirecheck.report.json import render_json

    folder = tmp_path_factory.mktemp("commands")
    (folder / "herald.txt").write_text(HERALD, "utf-8")
    (folder / "herald.toml").write_text('publisher = "The Elra Herald"\ndate = 2025-03-04\n', "utf-8")
    (folder / "post.txt").write_text(POST, "utf-8")
    (folder / "draft.txt").write_text(DRAFT, "utf-8")
    (folder / "news").mkdir()
    (folder / "news" / "post.txt").write_text(POST, "utf-8")
    (folder / "scan.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    with open_archive(folder / "empty", create=True):
        pass
    with open_archive(folder / "archive", create=True) as archive:
        archive.add([folder / "herald.txt", folder / "post.txt"])
        archive.decide("same-story", [s.id for s in archive.store.list_stored()], who="Editor")
        first, second = (s.id for s in archive.store.list_stored())
    report = render_json(compare([folder / "herald.txt", folder / "post.txt"]))
    (folder / "report.json").write_text(report, "utf-8")
    (folder / "forged.json").write_text(report.replace("Tamsin Orrell kept", "Tamsin Orrell shut"), "utf-8")
    return folder, {"first": first[:8], "second": second[:8]}


@pytest.fixture
def call(
    made: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Caller:
    folder, names = made
    monkeypatch.chdir(folder)
    return Caller(monkeypatch, capsys, names)


def parse(form: str, text: str) -> object:
    """Return what a text of a form holds; raises where it is none."""
    if form == "json":
        return json.loads(text)
    if form == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    if form == "csv":
        rows = list(csv.reader(io.StringIO(text)))
        assert len({len(row) for row in rows}) == 1
        return rows
    if form == "markdown":
        assert text.startswith("#")
        return text
    return ElementTree.tostring(ElementTree.fromstring(text.encode("utf-8")))


def list_options(name: str) -> dict[str, click.Option]:
    command = commands.get_command(click.Context(commands), name)
    assert command is not None
    return {p.name: p for p in command.params if isinstance(p, click.Option) and p.name is not None}


def test_every_command_has_its_row_and_its_group() -> None:
    grouped = [name for names in GROUPS.values() for name in names if name in COMMANDS]

    assert sorted(TABLE) == sorted(COMMANDS)
    assert sorted(grouped) == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_says_what_a_command_and_each_of_its_options_does(name: str, call: Caller) -> None:
    done = call(name, "--help")

    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"Usage: wirecheck {name}")
    assert len(done.out.splitlines()[2].split()) >= 3
    assert [o.name for o in list_options(name).values() if not o.help] == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_options_of_output_are_those_of_the_table(name: str) -> None:
    options = list_options(name)
    bare = {n for n, o in options.items() if o.metavar == "[FILE]"}

    assert bare == set(TABLE[name].outputs)
    assert set(options) & FORMS == (set(TABLE[name].outputs) | set(TABLE[name].files)) & FORMS
    assert all(options[n].metavar == "FILE" for n in TABLE[name].files)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_a_call_that_finds_something_ends_with_0(name: str, call: Caller) -> None:
    done = call(name, TABLE[name].call)

    assert (done.status, "Traceback" in done.err) == (0, False), done.err


@pytest.mark.parametrize(
    ("name", "status"),
    [
        (name, status)
        for name, row in sorted(TABLE.items())
        for status, given in ((1, row.nothing), (2, row.mistake), (3, row.unread))
        if given is not None
    ],
)
def test_exit_statuses_are_alike(name: str, status: int, call: Caller) -> None:
    row = TABLE[name]
    given = {1: row.nothing, 2: row.mistake, 3: row.unread}[status]
    assert given is not None
    done = call(name, given)

    assert done.status == status, done.err
    assert done.err.strip()
    if status == 2:
        assert done.err.splitlines()[-1].startswith("wirecheck: ")


@pytest.mark.parametrize(
    ("name", "form"),
    [(name, form) for name, row in sorted(TABLE.items()) for form in row.outputs[: 1 if name in SLOW else None]],
)
def test_a_form_goes_to_standard_output_and_to_a_file(name: str, form: str, call: Caller, tmp_path: Path) -> None:
    given = TABLE[name].call.replace(f" --{form}", "")
    printed = call(name, given, f"--{form}")
    shown = parse(form, printed.out)
    target = tmp_path / f"out.{form if form != 'markdown' else 'md'}"
    written = call(name, given, f"--{form}", str(target))

    assert (printed.status, written.status) == (0, 0), printed.err + written.err
    if TABLE[name].repeats:
        assert parse(form, target.read_text("utf-8")) == shown
    else:
        parse(form, target.read_text("utf-8"))


@pytest.mark.parametrize("name", [n for n, row in sorted(TABLE.items()) if "json" in row.outputs and row.repeats])
def test_a_form_without_a_file_may_stand_before_the_arguments(name: str, call: Caller) -> None:
    words = TABLE[name].call
    if name in SLOW or words.startswith("-"):
        pytest.skip("it takes a while, and parses like the others")
    before, after = call(name, f"--json {words}"), call(name, words, "--json")

    assert (before.status, before.out) == (0, after.out)


def test_an_input_is_not_taken_for_an_output(call: Caller) -> None:
    done = call("compare", "--json herald.txt post.txt")

    assert done.status == 2
    assert "herald.txt is there and is not written over: put --json at the end" in done.err
    assert Path("herald.txt").read_text("utf-8") == HERALD


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (["comapre", "a.txt"], "did you mean compare?"),
        (["stories", "archive", "--sort", "newst"], "did you mean newest"),
        (["stories", "archive", "--jsn"], "Did you mean"),
        (["decide", "archive", "same-storry", "a", "b", "--who", "Editor"], "did you mean same-story"),
        (["stories", "archive", "--publisher", "Elra Heral"], "did you mean The Elra Herald?"),
        (["search", "archive", "harbour", "--publisher", "heral"], "did you mean The Elra Herald?"),
        (["compare", "heralt.txt"], "did you mean herald.txt"),
    ],
)
def test_a_misspelt_word_brings_the_near_one(words: list[str], near: str, call: Caller) -> None:
    done = call(words[0], "", *words[1:])

    assert done.status != 0
    assert near in done.err


def test_what_could_not_be_read_is_said_with_what_to_do(
    call: Caller, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from wirecheck.readers import _extras

    monkeypatch.setattr(_extras, "find_spec", lambda name: None)
    monkeypatch.chdir(tmp_path)
    Path("herald.txt").write_text(HERALD, "utf-8")
    Path("scan.pdf").write_bytes(b"%PDF-1.7\n")
    compared, added = (
        call("compare", "herald.txt scan.pdf -q"),
        call("add", "archive herald.txt scan.pdf --processes 1"),
    )

    assert (compared.status, added.status) == (3, 3)
    for done in (compared, added):
        assert "scan.pdf: reading PDF needs a package that is not installed" in done.err
        assert "pip install '.[documents]' in the folder of Wirecheck" in done.err


@pytest.mark.parametrize("given", ["zz", "''"])
def test_an_id_that_nothing_begins_with_says_where_ids_are_found(given: str, call: Caller) -> None:
    done = call("story", f"archive {given}")

    assert done.status == 2
    assert "no story or document" in done.err
    assert "`wirecheck stories archive` lists stories" in done.err


def test_an_id_that_begins_several_names_them() -> None:
    known = {"abc1": "Herald", "abc2": "Post", "xyz": "Gazette"}

    with pytest.raises(UsageError, match=r"abc begins 2 ids: abc1 \(Herald\), abc2 \(Post\)"):
        find_id("abc", known, kind="document", hint="")
    assert find_id("x", known, kind="document", hint="") == "xyz"
    assert find_id("abc1", {"abc1": "", "abc12": ""}, kind="document", hint="") == "abc1"
