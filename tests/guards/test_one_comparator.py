"""Each kind of value is compared in one module of `comparison/values/`, and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "wirecheck"
HOME = SOURCE / "comparison" / "values"
VALUES = {"Quantity", "PartialDate", "Office", "PersonName", "Place", "Stretch"}
"""Types of which only a comparator takes two."""
PARTS = {"low", "high", "bound", "precision"}
"""Attributes that make a value; reading one of two things in one comparison is comparing values."""
REVIEWED = {
    # How two parts of one text join to one value.
    "text/quantities/joining.py": {"_join_range", "_range", "_join_share"},
    # How strongly two figures align, whether they are too far apart to be one thing misreported, what a rate is.
    "checks/_figure_pairs.py": {"_find_strength", "_is_open", "find_rates"},
    "checks/_figure_verdicts.py": {"_far_apart"},
    "checks/_fixed.py": {"is_one_thing"},
    # How much two dates tell: a year less than a day.
    "checks/dates.py": {"_needed", "_happens_once"},
    # Offices and names of one person, each asked of the comparator.
    "checks/_titles.py": {"_gives_both", "_alike"},
    "checks/_first_names.py": {"_says_enough"},
    "checks/_spellings.py": {"_stand_together"},
}
"""Functions that touch two values, read one by one: none of them says what the values are to each other."""


def list_functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.FunctionDef))


def takes_two_values(function: ast.FunctionDef) -> bool:
    """Return whether two parameters of a function that rules on them are values."""
    returned = ast.unparse(function.returns) if function.returns is not None else ""
    if returned != "bool" and "Comparison" not in returned and "Outcome" not in returned:
        return False
    named = [
        {n.id for n in ast.walk(a.annotation) if isinstance(n, ast.Name)} & VALUES
        for a in (*function.args.posonlyargs, *function.args.args)
        if a.annotation is not None
    ]
    return sum(bool(n) for n in named) > 1


def owner_of(node: ast.Attribute) -> str:
    inner: ast.expr = node
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    return inner.id if isinstance(inner, ast.Name) else ""


def compares_parts(function: ast.FunctionDef) -> bool:
    """Return whether one comparison or subtraction of a function reads the value of two things."""
    for node in ast.walk(function):
        if isinstance(node, ast.Compare) or (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div)):
            read = [n for n in ast.walk(node) if isinstance(n, ast.Attribute) and n.attr in PARTS]
            if len({owner_of(n) for n in read} - {"", "self"}) > 1:
                return True
    return False


def list_comparators(path: Path) -> set[str]:
    return {f.name for f in list_functions(path) if takes_two_values(f) or compares_parts(f)}


def test_values_are_compared_in_one_place() -> None:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        others = list_comparators(path) - REVIEWED.get(name, set()) if HOME not in path.parents else set()
        if others:
            found[name] = sorted(others)

    assert not found, f"compare values in comparison/values/: {found}"


def test_every_reviewed_function_still_touches_two_values() -> None:
    gone = {name: sorted(names - list_comparators(SOURCE / name)) for name, names in REVIEWED.items()}

    assert not {name: names for name, names in gone.items() if names}


def test_a_second_comparator_is_found() -> None:
    (whole,) = list_functions_of("def same(left: Quantity, right: Quantity) -> bool: return True")
    (parts,) = list_functions_of("def close(a: Measured, b: Measured) -> bool: return a.low == b.quantity.low")

    assert takes_two_values(whole)
    assert compares_parts(parts)


def list_functions_of(text: str) -> list[ast.FunctionDef]:
    return [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]
