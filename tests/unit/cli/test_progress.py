"""The line of progress: on a terminal, after two seconds, and wiped at the end."""

from __future__ import annotations

import pytest

from wirecheck.cli import _progress
from wirecheck.progress import track


class Clock:
    """Seconds that pass by one with each look."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        self.now += 1.0
        return self.now


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, terminal: bool, quiet: bool) -> str:
    monkeypatch.setattr(_progress, "time", Clock())
    monkeypatch.setattr(_progress.sys.stderr, "isatty", lambda: terminal, raising=False)
    with _progress.showing_progress(quiet=quiet):
        assert list(track(range(5), "reading documents")) == [0, 1, 2, 3, 4]
    return capsys.readouterr().err


def test_a_terminal_is_told_how_far_how_fast_and_how_long_yet_and_the_line_is_wiped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = run(monkeypatch, capsys, terminal=True, quiet=False)

    assert "reading documents: 3 of 5" in shown
    assert " left" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(("terminal", "quiet"), [(False, False), (True, True)])
def test_elsewhere_nothing_is_shown(
    terminal: bool, quiet: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, capsys, terminal=terminal, quiet=quiet) == ""


def test_what_is_done_in_less_than_two_seconds_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_progress.sys.stderr, "isatty", lambda: True, raising=False)
    with _progress.showing_progress():
        list(track(range(5), "reading documents"))

    assert capsys.readouterr().err == ""
