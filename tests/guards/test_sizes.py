"""No module is longer than a reader takes in: what grows past that is parted by sense."""

from __future__ import annotations

from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "wirecheck"
LONGEST = 500
"""Lines of a module, its docstring and imports included."""


def list_long() -> set[str]:
    return {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) > LONGEST
    }


def test_no_module_is_longer_than_a_reader_takes_in() -> None:
    found = sorted(list_long())

    assert not found, f"part them by sense: {found}"
