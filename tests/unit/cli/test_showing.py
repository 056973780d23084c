"""What a command prints of a report: the overview, colours where a terminal wants them, a pager where it is long."""

from __future__ import annotations

import io
import shutil
import sys
from typing import Any

import click
import pytest

from tests.builders import make_report
from wirecheck.cli._showing import show_report, showing_options
from wirecheck.errors import UsageError


class Terminal(io.StringIO):
    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


def show(
    monkeypatch: pytest.MonkeyPatch, *arguments: str, is_terminal: bool = False, lines: int = 200, **environment: str
) -> tuple[str, bool]:
    """Return what is printed and whether it went through the pager."""
    printed: list[tuple[str, bool]] = []
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_, **__: (90, lines))
    monkeypatch.setattr(sys, "stdout", Terminal(is_terminal=is_terminal))
    monkeypatch.setattr(click, "echo", lambda text, **_: printed.append((text, False)))
    monkeypatch.setattr(click, "echo_via_pager", lambda text, **_: printed.append((text, True)))

    @click.command()
    @showing_options
    def command() -> None:
        show_report(make_report())

    command.main(list(arguments), standalone_mode=False)
    assert len(printed) == 1
    return printed[0]


def test_a_pipe_gets_plain_lines_and_no_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    text, paged = show(monkeypatch, "--full", lines=10)

    assert "\x1b" not in text
    assert not paged


def test_a_terminal_gets_colours_and_a_pager_where_the_lines_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    text, paged = show(monkeypatch, is_terminal=True, lines=20, TERM="xterm")

    assert "\x1b[" in text
    assert paged
    assert not show(monkeypatch, is_terminal=True, lines=200, TERM="xterm")[1]


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_color_and_a_dumb_terminal_are_honoured(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, Any]
) -> None:
    text, paged = show(monkeypatch, is_terminal=True, lines=20, **environment)

    assert "\x1b" not in text
    assert paged == ("TERM" not in environment)


def test_more_is_printed_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = show(monkeypatch)
    section, _ = show(monkeypatch, "--section", "who", "--section", "timeline")
    full, _ = show(monkeypatch, "--full")

    assert "TIMELINE" not in first
    assert "TIMELINE" in section
    assert "WHAT THEY SHARE" not in section
    assert "TIMELINE" in full
    assert "WHAT THEY SHARE" in full


def test_a_section_that_is_none_is_said_before_the_work_is_done() -> None:
    @click.command()
    @showing_options
    def command() -> None:
        raise AssertionError("the work was done")

    with pytest.raises(UsageError, match=r"did you mean timeline\?"):
        command.main(["--section", "timelines"], standalone_mode=False)
