"""What the rules of figures and of dates have in common: how alike two clauses are, and what brings values together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from wirecheck.checks._alike import mix_likeness
from wirecheck.checks._stated import on_one_line, tell_of
from wirecheck.language.dossier import Dossier
from wirecheck.model import Point
from wirecheck.statements.dates import Dated
from wirecheck.statements.measures import load_lists
from wirecheck.statements.quantities import Measured

Item = TypeVar("Item", Measured, Dated)


class ValueRules(Generic[Item]):
    """The values of one kind in a story; `alike_in_point` is how alike the clauses of one point are at the least."""

    def __init__(
        self, dossier: Dossier, points: tuple[Point, ...], items: Sequence[Item], *, alike_in_point: float
    ) -> None:
        self.dossier = dossier
        self.items: list[Item] = list(items)
        self.likeness = mix_likeness(dossier)
        self.point_of: dict[str, set[str]] = {}
        for point in points:
            for statement in point.statements:
                self.point_of.setdefault(statement.id, set()).add(point.id)
        self.place = {d.id: n for n, d in enumerate(dossier.documents)}
        self._alike_in_point = alike_in_point

    def like(self, left: Item, right: Item) -> float:
        """Return how alike the clauses of two values are, from 0 to 1."""
        if self.likeness is None or left.row < 0 or right.row < 0:
            return overlap(left.words, right.words)
        like = float(self.likeness[left.row, right.row])
        if self.share_point(left, right):
            like = max(like, self._alike_in_point)
        return max(0.0, min(1.0, like))

    def share_point(self, left: Item, right: Item) -> bool:
        """Return whether the statements of two values are in one point."""
        a, b = left.statement, right.statement
        return (
            a is not None
            and b is not None
            and not self.point_of.get(a.id, set()).isdisjoint(self.point_of.get(b.id, set()))
        )

    def find_point(self, items: Sequence[Item]) -> str:
        """Return the point that most of some values are in, two at the least, or ""."""
        shared: dict[str, int] = {}
        for item in items:
            for point in self.point_of.get(item.statement.id, ()) if item.statement is not None else ():
                shared[point] = shared.get(point, 0) + 1
        best = max(sorted(shared), key=lambda p: shared[p], default="")
        return best if best and shared[best] > 1 else ""

    def tell(self, items: Sequence[Item]) -> str:
        """Return which documents give a value, and the words of the first: "the Herald says “two dead”"."""
        said = on_one_line(self.dossier.words(items[0].evidence))
        return f"{tell_of(self.dossier, (i.document for i in items), 'say')} “{said}”"


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return what two sets share, as a share of the smaller one; 0 when one is empty."""
    if not left or not right:
        return 0.0
    return len(left & right) / min(len(left), len(right))


def name_classes(stems: frozenset[str]) -> frozenset[str]:
    """Return stems with each noun named by its group, so that "quake" and "earthquake" are one word."""
    nouns = load_lists().noun_stems
    return frozenset(min(nouns[s]) if s in nouns else s for s in stems)


def gather(
    count: int, pairs: Iterable[tuple[int, int]], may_join: Callable[[list[int], list[int]], bool]
) -> list[list[int]]:
    """Return groups of `count` things, by number; pairs join theirs one after the other, where `may_join` lets them."""
    home = list(range(count))
    members = {i: [i] for i in home}
    for left, right in pairs:
        a, b = home[left], home[right]
        if a == b or not may_join(members[a], members[b]):
            continue
        for i in members[b]:
            home[i] = a
        members[a] = sorted(members[a] + members.pop(b))
    return list(members.values())
