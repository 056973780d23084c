"""Decisions: what people rule of stories, origins and findings; kept, never overwritten, and honoured while it stands.

A later ruling that cannot hold beside an earlier one sets it aside, and any ruling may be withdrawn; both stay in the
list. Documents are those that were ruled on, or the newest versions of them.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from wirecheck.errors import UsageError
from wirecheck.graph import find_components
from wirecheck.model import Decision, Document, Report, Ruling, Span
from wirecheck.reuse import fingerprint
from wirecheck.store import Store, Stored
from wirecheck.stories.grouping import find_centre, measure_likeness
from wirecheck.text.words import join_names

WITHDRAWN = "withdrawn"
SPEAKER = "speaker"
NOTED = "noted"
RULINGS: tuple[str, ...] = (*get_args(Ruling), WITHDRAWN)
_JOINING = {"same-story": "other-story", "same-origin": "other-origin"}
_PARTING = {parting: joining for joining, parting in _JOINING.items()}
_SAID = {
    "same-story": "tell one story",
    "other-story": "do not tell one story",
    "same-origin": "are of one origin",
    "other-origin": "are not of one origin",
}
# Rulings on a point; of two that say the same thing otherwise, a person's later one sets the earlier one aside. Rulings
# of two people stand side by side.
_SAID_OF_POINT = {
    "settled": "is settled",
    "disputed": "is disputed",
    "same-fact": "is one fact in all of their words",
    "other-fact": "is not one fact in all of their words",
    NOTED: "has a note",
}
POINT_RULINGS: tuple[str, ...] = tuple(_SAID_OF_POINT)
_EXCLUDING = ({"settled", "disputed"}, {"same-fact", "other-fact"}, {SPEAKER})
# Characters of a quotation that a decision shows.
_LONGEST_QUOTE = 60
# Characters of a point's sentence that a decision shows.
_LONGEST_SENTENCE = 200


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
        if self.is_of_words:
            return tuple(sorted({span[0] for span in json.loads(self.subject)["spans"]}))
        return () if self.ruling == WITHDRAWN else tuple(self.subject.split())

    @property
    def spans(self) -> tuple[Span, ...]:
        """The words that it is on; none where it is on documents."""
        return tuple(Span(*place) for place in _read_subject(self.subject)[1]) if self.is_of_words else ()

    @property
    def is_of_words(self) -> bool:
        """Whether it is a ruling on a point or a quotation."""
        return self.ruling in POINT_RULINGS or self.ruling == SPEAKER


def make_subject(ruling: str, documents: Sequence[str]) -> str:
    """Return the subject of a ruling on documents; raises `UsageError` for less than two, and for no such ruling."""
    if ruling not in _SAID:
        raise UsageError(f"a ruling was expected: {', '.join(RULINGS)}; found {ruling!r}")
    if len(set(documents)) < 2:
        raise UsageError(f"{ruling} is a ruling on two documents or more; found {len(set(documents))}")
    return " ".join(sorted(set(documents)))


def make_finding_subject(report: Report, point: str) -> str:
    """Return the subject of a ruling on a finding: its kind, its words, the values of its sides, and what it says.

    `point` is its id in the report, or the number in it. Raises `UsageError` when there is none.
    """
    for story in report.stories:
        for number, finding in enumerate(story.findings, start=1):
            if point in (f"{story.story.id}-p{number}", f"p{number}", str(number)):
                spans = sorted((s.document, s.start, s.end) for s in set(finding.evidence))
                values = sorted(side.value for side in finding.sides)
                subject = {"kind": finding.kind, "spans": spans, "values": values, "said": finding.reason}
                return json.dumps(subject, ensure_ascii=False)
    count = sum(len(s.findings) for s in report.stories)
    raise UsageError(f"no point {point} in this story: it has {count}, named s1-p1 and so on in its page and its JSON")


def make_speaker_subject(report: Report, quotation: str, name: str) -> str:
    """Return the subject of a ruling on who said a quotation, by the id that it has in the report.

    Raises `UsageError` when there is no such quotation, and where no name is given.
    """
    name = " ".join(name.split())
    if not name:
        raise UsageError("speaker is a ruling on who said a quotation: give a name")
    for story in report.stories:
        for found in story.quotations:
            if found.id == quotation:
                spans = [(s.document, s.start, s.end) for s in found.contents]
                words = report.document(found.document).words(found.contents[0])
                return json.dumps({"kind": "", "spans": spans, "speaker": name, "words": words}, ensure_ascii=False)
    raise UsageError(f"no quotation {quotation} in this story; its JSON lists them under quotations")


def add_entry(store: Store, ruling: str, subject: str, *, who: str, note: str, at: str | None = None) -> Entry:
    """Store a ruling; return it. Raises `UsageError` for one by nobody, and for a decision that is not there."""
    who, note = " ".join(who.split()), " ".join(note.split())
    if not who:
        raise UsageError("a decision has someone who made it: give a name")
    if ruling == NOTED and not note:
        raise UsageError("noted is a note on a point: give the note")
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
    standing = {joining: _Standing() for joining in _JOINING}
    withdrawn: dict[int, int] = {}
    later: dict[Hashable, int] = {}
    for entry in reversed(found):
        against = withdrawn.get(entry.number)
        if against is None and entry.ruling in _JOINING:
            against = standing[entry.ruling].join(entry.number, _follow(entry.documents, newer))
        elif against is None and entry.ruling in _PARTING:
            against = standing[_PARTING[entry.ruling]].part(entry.number, _follow(entry.documents, newer))
        about = _name_later(entry) if against is None and entry.is_of_words else None
        if about is not None:
            against = later.get(about)
        if against is not None:
            found[entry.number - 1] = replace(entry, set_aside_by=against)
        else:
            if about is not None:
                later[about] = entry.number
            if entry.ruling == WITHDRAWN:
                withdrawn.setdefault(int(entry.subject), entry.number)
    return found


class _Standing:
    """Rulings that join documents and rulings that part them, all of which hold beside each other."""

    def __init__(self) -> None:
        self._block: dict[str, set[str]] = {}
        """Of each document that is joined to others, all of these; one set for all of them."""
        self._joined_by: dict[str, int] = {}
        """Of each of these, the latest ruling that joins it to another."""
        self._parted: dict[str, list[tuple[int, str]]] = {}
        """Of each document, what it is parted from, and by which ruling."""

    def join(self, number: int, documents: Sequence[str]) -> int | None:
        """Join documents; return the latest ruling that forbids it, or None where they are joined now."""
        united = set(documents).union(*(self._block.get(d, ()) for d in documents))
        forbidden = [n for d in united for n, other in self._parted.get(d, ()) if other in united]
        if forbidden:
            return max(forbidden)
        self._block.update(dict.fromkeys(united, united))
        for document in documents:
            self._joined_by.setdefault(document, number)
        return None

    def part(self, number: int, documents: Sequence[str]) -> int | None:
        """Part documents; return the latest ruling that forbids it, or None where they are parted now."""
        for left, right in combinations(documents, 2):
            if right in self._block.get(left, ()):
                return max(self._joined_by[d] for d in self._block[left])
        for left, right in combinations(documents, 2):
            self._parted.setdefault(left, []).append((number, right))
            self._parted.setdefault(right, []).append((number, left))
        return None


def _name_later(entry: Entry) -> Hashable | None:
    """Return what two rulings have in common of which only the later one stands: a person, the words and the question.

    None where all may stand beside each other.
    """
    family = next((n for n, f in enumerate(_EXCLUDING) if entry.ruling in f), None)
    return None if family is None else (family, entry.who, _read_subject(entry.subject))


def _read_subject(subject: str) -> tuple[str, tuple[tuple[str, int, int], ...], tuple[str, ...]]:
    """Return the kind of a point, "" for a quotation, the words that a ruling is on, and the values of its sides."""
    read = json.loads(subject)
    spans = tuple((document, start, end) for document, start, end in read["spans"])
    return read["kind"], spans, tuple(read.get("values", ()))


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
        kind = ""
        values: tuple[str, ...] = ()
        if entry.is_of_words:
            kind, _, values = _read_subject(entry.subject)
            spans = entry.spans
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
                kind=kind,
                values=values,
            )
        )
    return tuple(found)


def describe_entry(entry: Entry, names: Mapping[str, str]) -> str:
    """Return a decision in words."""
    head = f"{entry.who} ruled on {entry.at[:10]} that "
    if entry.ruling == WITHDRAWN:
        said = f"decision {entry.subject} no longer stands"
    elif entry.ruling == SPEAKER:
        read = json.loads(entry.subject)
        words = shorten_words(read["words"], _LONGEST_QUOTE)
        said = f"{read['speaker']} said “{words}” in {_list_names(entry.documents, names)}"
    elif entry.ruling in POINT_RULINGS:
        said = f"a point ({_describe_point(entry, names)}) {_SAID_OF_POINT[entry.ruling]}"
    else:
        said = f"{_list_names(entry.documents, names)} {_SAID[entry.ruling]}"
    said = f"{head}{said}: {entry.note}" if entry.note else f"{head}{said}"
    return said if said.endswith((".", "!", "?", "”")) else f"{said}."


def _describe_point(entry: Entry, names: Mapping[str, str]) -> str:
    """Return what a point said when it was ruled on; rulings that were made before this was kept name its documents."""
    read = json.loads(entry.subject)
    if "said" not in read:
        return f"{read['kind']}, of {_list_names(entry.documents, names)}"
    said = str(read["said"]).removesuffix(".")
    short = shorten_words(said, _LONGEST_SENTENCE)
    open_mark = "”" if short.count("“") > short.count("”") else ""
    return short if short == said else f"{short.rstrip(' ,;:')} …{open_mark}"


def shorten_words(words: str, most: int) -> str:
    """Return the first words of a quotation, whole ones, at most so many characters; the first word in any case."""
    if len(words) <= most:
        return words
    return words[: max(words.rfind(" ", 0, most + 1), 0)] or words[:most]


def _list_names(documents: Sequence[str], names: Mapping[str, str]) -> str:
    return join_names(names.get(d, d) for d in documents)


def name_documents(stored: Iterable[Stored]) -> dict[str, str]:
    """Return for each document the words that name it in a decision: its title and its publisher.

    >>> name_documents([])
    {}
    """
    return {s.id: f"“{s.title}” ({s.shown_name})" if s.title else s.shown_name for s in stored}


def select_decisions(decisions: Sequence[Decision], documents: Iterable[str]) -> tuple[Decision, ...]:
    """Return the decisions that say something of these documents: of two of them, or that one has no place here."""
    known = set(documents) if decisions else set()
    return tuple(
        d
        for d in decisions
        if len(known.intersection(d.documents)) >= (1 if d.ruling == "other-story" or d.spans else 2)
    )


def carry_spans(
    decisions: Sequence[Decision], newer: Mapping[str, str], documents: Mapping[str, Document]
) -> tuple[Decision, ...]:
    """Return decisions whose words are found in the newest versions: where these have them, in so many words, once.

    `newer` gives the successor of each version; `documents` has the old and the newest ones.
    """
    carried = []
    for decision in decisions:
        spans = []
        for span in decision.spans:
            (newest,) = _follow([span.document], newer)
            if newest != span.document and newest in documents and span.document in documents:
                words, text = documents[span.document].words(span), documents[newest].text
                if text.count(words) == 1:
                    span = Span(newest, text.index(words), text.index(words) + len(words))
            spans.append(span)
        carried.append(replace(decision, spans=tuple(spans)))
    return tuple(carried)


def place_decisions(report: Report) -> Report:
    """Return a report whose decisions name the point that was ruled on: of its kind, the one with most of the words.

    Of two that rest on the same words it is the one with the same values. Where none rests on the same spans, it is
    one of the same kind that rests on half of the same characters.
    """
    points = [
        (finding, number, f"{story.story.id}-p{number}")
        for story in report.stories
        for number, finding in enumerate(story.findings, start=1)
    ]
    placed = []
    for decision in report.decisions:
        wanted = set(decision.spans)
        found = []
        for finding, number, name in points if decision.ruling != SPEAKER and wanted else ():
            common = len(wanted.intersection(finding.evidence))
            if common and decision.kind in ("", finding.kind):
                other = sorted(side.value for side in finding.sides) != list(decision.values)
                found.append((-common, other, len(set(finding.evidence) - wanted), number, name))
        if not found and decision.kind:
            size = sum(s.length for s in wanted)
            for finding, number, name in points if decision.ruling != SPEAKER else ():
                shared = sum(max((s.overlap(e) for e in finding.evidence), default=0) for s in wanted)
                if finding.kind == decision.kind and 2 * shared >= size > 0:
                    found.append((-shared, False, 0, number, name))
        placed.append(replace(decision, point=min(found)[-1] if found else None))
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
