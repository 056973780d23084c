"""The documentation keeps up with the code."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from wirecheck import errors
from wirecheck.annotators import list_annotators
from wirecheck.checks import list_checks
from wirecheck.cli import COMMANDS, commands
from wirecheck.readers import list_readers
from wirecheck.report.exports import list_exports
from wirecheck.report.sections import list_sections

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
USING = (ROOT / "docs" / "using.md").read_text("utf-8") if (ROOT / "docs" / "using.md").exists() else ""


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_is_in_the_manual(name: str) -> None:
    command = commands.get_command(None, name)  # type: ignore[arg-type]

    assert command is not None
    assert f"wirecheck {name}" in USING
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--"):
                assert f"`{option}" in USING, f"{name} {option}"


@pytest.mark.parametrize(
    "plugin",
    [*list_readers(), *list_annotators(), *list_checks(), *list_sections(), *list_exports()],
    ids=lambda p: f"{type(p).__name__}:{p.name}",
)
def test_every_plugin_is_in_the_manual(plugin: object) -> None:
    assert f"`{plugin.name}`" in USING  # type: ignore[attr-defined]


def test_every_error_is_in_the_manual() -> None:
    names = [n for n, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.Error)]

    assert [n for n in names if f"`{n}`" not in USING] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    local = [t for t in targets if "://" not in t and not t.startswith("mailto:")]

    assert [t for t in local if not (page.parent / t).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_every_python_example_compiles(page: Path) -> None:
    for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), flags=re.S):
        compile(block, page.name, "exec")


def test_the_readme_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), flags=re.S)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "herald.txt").write_text(
        "Bridge closed\n\nMayor Jane Roe said 12 people were hurt on Monday.\n", "utf-8"
    )
    (tmp_path / "post.html").write_text(
        "<html><body><h1>Bridge closed</h1><p>Mayor Jane Roe said 15 people were hurt.</p></body></html>", "utf-8"
    )

    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})

    assert capsys.readouterr().out
