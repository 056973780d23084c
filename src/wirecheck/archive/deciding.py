"""Decisions: what people rule of stories, origins and findings; kept, never overwritten, and honoured while it stands.

A later ruling that cannot hold beside an earlier one sets it aside, and any ruling may be withdrawn; both stay in the
list. Documents are those that were ruled on, or the newest versions of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from wirecheck.errors import UsageError
from wirecheck.graph import find_components
from wirecheck.model import Decision, Report, Ruling, Span
from wirecheck.reuse import fingerprint
from wirecheck.store import Store, Stored
from wirecheck.stories.grouping import find_centre, measure_likeness

WITHDRAWN = "withdrawn"
RULINGS: tuple[str, ...] = (*get_args(Ruling), WITHDRAWN)
_JOINING = {"same-story": "other-story", "same-origin": "other-origin"}
_PARTING = {parting: joining for joining, parting in _JOINING.items()}
_SAID = {
    "same-story": "tell one story",
    "other-story": "do not tell one story",
    "same-origin": "are of one origin",
    "other-origin": "are not of one origin",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision as it was made, and whether it stands."""

    number: int
    ruling: str
    subject: str
    who: str
    at: str
    note: str
    set_aside_by: int | None = None
    """The number of the later decision that withdrew it or cannot hold beside it; None where it stands."""

    @property
    def documents(self) -> tuple[str, ...]:
        """Ids of the documents that it is of."""
        if self.ruling == "settled":
            return tuple(sorted({span[0] for span in json.loads(self.subject)["spans"]}))
        return () if self.ruling == WITHDRAWN else tuple(self.subject.split())


def make_subject(ruling: str, documents: Sequence[str]) -> str:
    """Return the subject of a ruling on documents; raises `UsageError` for less than two, and for no such ruling."""
    if ruling not in _SAID:
        raise UsageError(f"a ruling was expected: {', '.join(RULINGS)}; found {ruling!r}")
    if len(set(documents)) < 2:
        raise UsageError(f"{ruling} is a ruling on two documents or more; found {len(set(documents))}")
    return " ".join(sorted(set(documents)))


def make_finding_subject(report: Report, point: str) -> str:
    """Return the subject of a ruling on a finding: its kind and the words that it rests on.

    `point` is its id in the report, or the number in it. Raises `UsageError` when there is none.
    """
    for story in report.stories:
        for number, finding in enumerate(story.findings, start=1):
            if point in (f"{story.story.id}-p{number}", f"p{number}", str(number)):
                spans = sorted((s.document, s.start, s.end) for s in set(finding.evidence))
                return json.dumps({"kind": finding.kind, "spans": spans})
    count = sum(len(s.findings) for s in report.stories)
    raise UsageError(f"no point {point} in this story: it has {count}, named s1-p1 and so on in its page and its JSON")


def add_entry(store: Store, ruling: str, subject: str, *, who: str, note: str, at: str | None = None) -> Entry:
    """Store a ruling; return it. Raises `UsageError` for one by nobody, and for a decision that is not there."""
    who, note = " ".join(who.split()), " ".join(note.split())
    if not who:
        raise UsageError("a decision has someone who made it: give a name")
    if ruling == WITHDRAWN and not (subject.isdecimal() and 1 <= int(subject) <= len(store.list_decisions())):
        raise UsageError(f"no decision {subject}: `wirecheck decisions {store.folder}` lists them")
    at = at if at is not None else datetime.now(UTC).isoformat(timespec="seconds")
    store.add_decision(subject, ruling, who=who, at=at, note=note)
    return list_entries(store)[-1]


def list_entries(store: Store, earlier: Mapping[str, str] | None = None) -> list[Entry]:
    """Return all decisions as they were made, each with whether it stands.

    `earlier` gives the predecessor of each version (see `list_versions`): a ruling on one is a ruling on the newest.
    """
    rows = store.list_decisions()
    found = [
        Entry(n, ruling, subject, who, at, note) for n, (subject, ruling, who, at, note) in enumerate(rows, start=1)
    ]
    newer = {old: new for new, old in (earlier or {}).items()}
    standing: list[Entry] = []
    withdrawn: dict[int, int] = {}
    for entry in reversed(found):
        against = withdrawn.get(entry.number)
        if against is None and entry.ruling in (*_JOINING, *_PARTING):
            against = _find_opposite(entry, standing, newer)
        if against is not None:
            found[entry.number - 1] = replace(entry, set_aside_by=against)
        else:
            standing.append(entry)
            if entry.ruling == WITHDRAWN:
                withdrawn.setdefault(int(entry.subject), entry.number)
    return found


def _find_opposite(entry: Entry, standing: Sequence[Entry], newer: Mapping[str, str]) -> int | None:
    """Return the number of a standing decision that cannot hold beside this one, or None."""
    joining = entry.ruling if entry.ruling in _JOINING else _PARTING[entry.ruling]
    joins = [e for e in [*standing, entry] if e.ruling == joining]
    parts = [e for e in [*standing, entry] if e.ruling == _JOINING[joining]]
    blocks = _join_all([_follow(e.documents, newer) for e in joins])
    for part in parts:
        for left, right in combinations(_follow(part.documents, newer), 2):
            if left in blocks and blocks.get(left) == blocks.get(right):
                if part is not entry:
                    return part.number
                return max(e.number for e in joins if blocks.get(_follow(e.documents, newer)[0]) == blocks[left])
    return None


def _join_all(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return for each member the first of all that hang together with it."""
    groups = list(groups)
    members = sorted({member for group in groups for member in group})
    place = {member: n for n, member in enumerate(members)}
    parts = find_components(len(members), ((place[group[0]], place[m]) for group in groups for m in group))
    return {members[n]: members[part[0]] for part in parts for n in part}


def _follow(documents: Iterable[str], newer: Mapping[str, str]) -> tuple[str, ...]:
    """Return the newest versions of documents, sorted, each once."""
    found = set()
    for document in documents:
        while document in newer:
            document = newer[document]
        found.add(document)
    return tuple(sorted(found))


def list_standing(store: Store, earlier: Mapping[str, str], names: Mapping[str, str]) -> tuple[Decision, ...]:
    """Return the decisions that stand, of the newest versions; `names` gives the words that name each document."""
    newer = {old: new for new, old in earlier.items()}
    found = []
    for entry in list_entries(store, earlier):
        if entry.set_aside_by is not None or entry.ruling == WITHDRAWN:
            continue
        documents = _follow(entry.documents, newer)
        spans: tuple[Span, ...] = ()
        if entry.ruling == "settled":
            spans = tuple(Span(*span) for span in json.loads(entry.subject)["spans"])
        found.append(
            Decision(
                number=entry.number,
                ruling=next(r for r in get_args(Ruling) if r == entry.ruling),
                documents=documents,
                who=entry.who,
                at=entry.at,
                note=entry.note,
                sentence=describe_entry(entry, names),
                spans=spans,
            )
        )
    return tuple(found)


def describe_entry(entry: Entry, names: Mapping[str, str]) -> str:
    """Return a decision in words."""
    head = f"{entry.who} ruled on {entry.at[:10]} that "
    if entry.ruling == WITHDRAWN:
        said = f"decision {entry.subject} no longer stands"
    elif entry.ruling == "settled":
        kind = json.loads(entry.subject)["kind"]
        said = f"a point of {_list_names(entry.documents, names)} ({kind}) is settled"
    else:
        said = f"{_list_names(entry.documents, names)} {_SAID[entry.ruling]}"
    said = f"{head}{said}: {entry.note}" if entry.note else f"{head}{said}"
    return said if said.endswith((".", "!", "?", "”")) else f"{said}."


def _list_names(documents: Sequence[str], names: Mapping[str, str]) -> str:
    shown = [names.get(d, d) for d in documents]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def name_documents(stored: Iterable[Stored]) -> dict[str, str]:
    """Return for each document the words that name it in a decision: its title and its publisher.

    >>> name_documents([])
    {}
    """
    return {s.id: f"“{s.title}” ({s.shown_name})" if s.title else s.shown_name for s in stored}


def select_decisions(decisions: Sequence[Decision], documents: Iterable[str]) -> tuple[Decision, ...]:
    """Return the decisions that say something of these documents: of two of them, or that one has no place here."""
    known = set(documents)
    return tuple(
        d
        for d in decisions
        if len(known.intersection(d.documents)) >= (1 if d.ruling in ("other-story", "settled") else 2)
    )


def place_decisions(report: Report) -> Report:
    """Return a report whose decisions name the point that was settled: the one that rests on most of their words."""
    placed = []
    for decision in report.decisions:
        wanted = set(decision.spans)
        found = [
            (-len(wanted.intersection(finding.evidence)), number, f"{story.story.id}-p{number}")
            for story in report.stories
            for number, finding in enumerate(story.findings, start=1)
            if wanted.intersection(finding.evidence)
        ]
        placed.append(replace(decision, point=min(found)[2] if found else None))
    return replace(report, decisions=tuple(placed))


def apply_decisions(store: Store, groups: list[dict[str, Any]], decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """Return the stories as people ruled: joined where they are one, parted where they are not.

    Documents that nobody ruled on go with those that they are most like; stories that no ruling touches stay.
    """
    place = {i: n for n, group in enumerate(groups) for i in group["documents"]}
    together = [tuple(i for i in d.documents if i in place) for d in decisions if d.ruling == "same-story"]
    apart = [
        pair
        for d in decisions
        if d.ruling == "other-story"
        for pair in combinations((i for i in d.documents if i in place), 2)
    ]
    if not any(together) and not apart:
        return groups
    united = find_components(len(groups), ((place[ids[0]], place[i]) for ids in together for i in ids))
    blocks = _join_all(together)
    found = []
    for numbers in united:
        ids = sorted(i for n in numbers for i in groups[n]["documents"])
        own = [pair for pair in apart if pair[0] in ids and pair[1] in ids]
        if not own and len(numbers) == 1:
            found.append(groups[numbers[0]])
            continue
        documents = store.read_documents(ids)
        likeness = measure_likeness([documents[i] for i in ids])
        for part in part_apart(ids, blocks, own, likeness) if own else [ids]:
            centre = documents[part[find_centre([fingerprint(documents[i]) for i in part])]]
            found.append({"documents": part, "title": centre.title or centre.name})
    return sorted(found, key=lambda s: str(s["documents"][0]))


def part_apart(
    ids: Sequence[str], blocks: Mapping[str, str], apart: Sequence[tuple[str, str]], likeness: NDArray[np.float64]
) -> list[list[str]]:
    """Return documents in as few parts as rulings ask for: by average linkage, until only those ruled apart are left.

    `blocks` names the block of each document that belongs with others; `likeness` has a row for each of `ids`.
    """
    members: dict[str, list[int]] = {}
    for row, ident in enumerate(ids):
        members.setdefault(blocks.get(ident, ident), []).append(row)
    parts = list(members.values())
    part_of = {ids[row]: n for n, part in enumerate(parts) for row in part}
    sums = np.array([[likeness[np.ix_(left, right)].sum() for right in parts] for left in parts])
    sizes = np.array([len(part) for part in parts], np.float64)
    barred = np.eye(len(parts), dtype=bool)
    for left, right in apart:
        barred[part_of[left], part_of[right]] = barred[part_of[right], part_of[left]] = True
    while not barred.all():
        means = np.where(barred, -np.inf, np.round(sums / np.outer(sizes, sizes), 9))
        keep, drop = sorted(divmod(int(means.argmax()), len(parts)))
        parts[keep], parts[drop] = parts[keep] + parts[drop], []
        sums[keep] += sums[drop]
        sums[:, keep] += sums[:, drop]
        sizes[keep] += sizes[drop]
        barred[keep] |= barred[drop]
        barred[:, keep] |= barred[:, drop]
        barred[drop] = barred[:, drop] = True
    return sorted(sorted(ids[row] for row in part) for part in parts if part)


def count_ruled_origins(ids: Sequence[str], pairs: Iterable[tuple[str, str]], decisions: Sequence[Decision]) -> int:
    """Return how many origins documents can have at most: pairs derive from each other, and rulings come first."""
    root = {i: i for i in ids}
    apart = [p for d in decisions if d.ruling == "other-origin" for p in combinations(d.documents, 2)]
    barred = [(a, b) for a, b in apart if a in root and b in root]
    ruled = [p for d in decisions if d.ruling == "same-origin" for p in combinations(d.documents, 2)]
    for left, right in [*ruled, *sorted(pairs)]:
        if left in root and right in root:
            one, other = root[left], root[right]
            if not any({root[a], root[b]} == {one, other} for a, b in barred):
                root = {i: one if r == other else r for i, r in root.items()}
    return len(set(root.values()))
