"""Imports point downward, so that no step knows of a later one."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "wirecheck"
ROWS = (
    {"model", "errors", "settings", "plugins", "graph", "places", "guarding", "writing", "naming", "progress"},
    {"text"},
    {"language"},
    {"readers", "annotators", "reuse", "engine", "store"},
    {"lineage", "stories", "statements", "resolve"},
    {"comparison"},
    {"points"},
    {"checks"},
    {"claims"},
    {"report"},
    {"drafts"},
    {"pipeline"},
    {"archive", "sample"},
    {"library"},
    {"service", "watching"},
    {"agents", "web"},
    {"cli"},
    {"__main__"},
)
RANK = {room: rank for rank, row in enumerate(ROWS) for room in row}


def list_modules() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("*.py") if p != SOURCE / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def rooms_imported(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
            if node.module == "wirecheck":
                names = [f"wirecheck.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        rooms |= {n.split(".")[1] for n in names if n.startswith("wirecheck.") and n.split(".")[1] in RANK}
    return rooms


def test_every_room_has_a_row() -> None:
    rooms = {room_of(p) for p in list_modules()}

    assert rooms <= set(RANK), f"give these rooms a row: {sorted(rooms - set(RANK))}"


@pytest.mark.parametrize("path", list_modules(), ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_a_module_imports_only_from_rows_below_its_own(path: Path) -> None:
    own = room_of(path)

    above = {r for r in rooms_imported(path) if r != own and RANK[r] >= RANK[own] and RANK[own] > 0}

    assert not above, f"{path.relative_to(SOURCE)} imports {sorted(above)}"


def test_the_model_needs_the_standard_library_alone() -> None:
    foreign = {"numpy", "onnxruntime", "tokenizers", "trafilatura", "click", "rich", "jinja2", "rapidfuzz"}
    for path in (SOURCE / "model").glob("*.py"):
        imported = {
            (node.module or "").split(".")[0] if isinstance(node, ast.ImportFrom) else node.names[0].name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
        }

        assert not imported & foreign, path.name
