"""Dates: when several documents say that one event happened.

Two dates are compared when they date one event: their verbs are the same or words for the same, their clauses are
alike and share what
stands beside the verb, and their subjects are not two different actors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from wirecheck.checks import Check
from wirecheck.checks._rules import ValueRules, gather, name_classes, overlap
from wirecheck.checks._stated import on_one_line, show_clause, state_evidence
from wirecheck.comparison.values import time
from wirecheck.comparison.values.quantity import same_figure
from wirecheck.language.dossier import Dossier, keep_last, show_documents
from wirecheck.model import Comparison, Finding, Point, Side, Span
from wirecheck.points.compatibility import other_subject
from wirecheck.statements.dates import LIGHT, Dated, find_dated
from wirecheck.statements.measures import load_lists
from wirecheck.text.shown_dates import show_date
from wirecheck.text.words import join_names

# Strength of a pair, 0 to 1 (see `DateRules.strength`). Chosen on the gold stories, a-e first, f-z in view.
SAME = 0.46
"""Two dates that fit each other are one point from here on."""
CONFLICT = 0.55
"""Two dates that exclude each other are a conflict from here on."""
REPORTING = frozenset((
    "say", "said", "tell", "told", "report", "add", "writ", "not", "announc", "ask", "reply", "speak", "answer",
    "respond", "tweet", "post",
))  # fmt: skip
"""Stems of verbs after which a date says when someone spoke: one man speaks on many days, so that two dates are no
conflict.
"""
PUTTING_OUT = frozenset(("post", "report"))
"""Stems of those that also say that a paper came out."""
ONCE = frozenset(
    ("build", "built", "found", "born", "bear", "establish", "incorporat", "open", "clos", "di", "marry", "wed")
)
"""Stems of verbs of what befalls a thing or a person once."""
SLIP = 0.12
"""What two dates of one deed that exclude each other by days or hours gain: two that fit have none of it."""
AGAIN = frozenset(("second", "third", "fourth", "fifth", "another", "new", "last", "final", "previous", "earlier"))
"""Stems of adjectives that tell one time of a deed from another: "made a second landfall"."""
ALIKE_VERBS = 0.8
"""From here on two verbs are one, or words for one deed."""
LIKE_DEEDS = 0.3
"""Strength from which on two dates of other verbs may be of one deed."""
ELSEWHERE = 0.25
"""A document that gives the other side's date for what is this like it does not conflict."""
LEANS = re.compile(r"(?:(?:early|earlier|late|later)\s)?(?:that|the\s(?:same|next|following|previous))\b", re.I)
LEANS_BEHIND = re.compile(r"\b(?:later|earlier|before|after)$", re.I)
"""Words of a date that hangs on one told before it: "later that day", "two weeks later"; which one is guessed."""
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)
LIKE_WITH_FIGURE = 0.6
"""Clauses this alike that also have a telling figure in common are of one event, whatever dates they give."""
ALIKE_IN_POINT = 0.7
"""Clauses of two dates in one point are held to be this alike at least."""
DAYS_OF_ONE_WEEKDAY = 3
"""Documents published so few days apart mean one day by one word: "Saturday"."""


def check_dates(dossier: Dossier, points: tuple[Point, ...]) -> Iterator[Finding]:
    """Yield agreement, compatible difference and conflict of dates."""
    comparison = find_date_rules(dossier, points)
    for group in comparison.groups():
        yield from comparison.rule(group)
    yield from comparison.conflicts()


@dataclass(frozen=True)
class _Pair:
    left: int
    right: int
    strength: float
    fits: bool


@keep_last
def find_date_rules(dossier: Dossier, points: tuple[Point, ...]) -> DateRules:
    """Return the rules of the dates of a story; the last ones asked for are kept, as two steps ask for them."""
    return DateRules(dossier, points)


class DateRules(ValueRules[Dated]):
    """The dates of a story and the rules of what they date."""

    def __init__(self, dossier: Dossier, points: tuple[Point, ...]) -> None:
        items = [d for d in find_dated(dossier) if not d.negated]
        super().__init__(dossier, points, items, alike_in_point=ALIKE_IN_POINT)

    @cached_property
    def table(self) -> dict[tuple[int, int], _Pair]:
        found = {}
        for i, left in enumerate(self.items):
            for j in range(i + 1, len(self.items)):
                right = self.items[j]
                if left.document == right.document:
                    continue
                strength = self.strength(left, right)
                if strength > 0:
                    found[i, j] = _Pair(i, j, round(strength, 4), dates_fit(left, right))
        return found

    def strength(self, left: Dated, right: Dated) -> float:
        """Return how surely two dates are of one event, 0 when they are not."""
        a, b = left.statement, right.statement
        if a is not None and b is not None and other_subject(a, b):
            return 0.0
        like = self.like(left, right)
        verb = self._verb(left, right)
        near = overlap(name_classes(left.near), name_classes(right.near))
        parts = 0.0
        if left.objects and right.objects:
            parts = 1.0 if _classes(left.objects) & _classes(right.objects) else 0.0
        elif left.subject and right.subject:
            parts = 1.0 if _classes(left.subject) & _classes(right.subject) else 0.0
        else:
            parts = 0.4
        noun = 0.15 if left.noun and left.noun == right.noun else 0.0
        if verb >= 0.8 and not dates_fit(left, right) and time.is_slip(left.date, right.date):
            noun += SLIP
        return min(1.0, 0.3 * verb + 0.35 * like + 0.2 * near + 0.15 * parts + noun)

    def _verb(self, left: Dated, right: Dated) -> float:
        if not left.predicate or not right.predicate:
            return 0.3
        if left.predicate == right.predicate:
            return 1.0
        if (left.deeds & right.deeds) - LIGHT:
            return 0.9
        verbs = load_lists().verbs
        if verbs.get(left.predicate, frozenset()) & verbs.get(right.predicate, frozenset()):
            return 0.9
        return 0.15

    def groups(self) -> list[list[int]]:
        """Return dates of one event that all fit each other, the surest first."""
        ordered = sorted(
            (p for p in self.table.values() if p.fits and p.strength >= self._needed(p)),
            key=lambda p: (-p.strength, p.left, p.right),
        )

        def may_join(left: list[int], right: list[int]) -> bool:
            return all(self._may_stand(i, j) for i in left for j in right)

        found = gather(len(self.items), ((p.left, p.right) for p in ordered), may_join)
        return [m for m in found if len({self.items[i].document for i in m}) > 1]

    def _needed(self, pair: _Pair) -> float:
        """Return the strength that a pair needs to be one point: a year alone tells less than a day."""
        left, right = self.items[pair.left], self.items[pair.right]
        if relate(left, right) == "open" or _sides(left) * _sides(right) < 0:
            return 2.0
        loose = (
            "year" in (left.date.precision, right.date.precision)
            or left.date.precision != right.date.precision == "month"
        )
        return SAME + (0.12 if loose else 0.0)

    def _may_stand(self, i: int, j: int) -> bool:
        if self.items[i].document == self.items[j].document:
            return dates_fit(self.items[i], self.items[j])
        pair = self.table.get((min(i, j), max(i, j)))
        return pair is not None and pair.fits and pair.strength >= SAME * 0.8

    def rule(self, group: list[int]) -> Iterator[Finding]:
        """Yield agreement on one date, or a difference of precision."""
        items = sorted((self.items[i] for i in group), key=lambda d: (self.place[d.document], d.date.span))
        classes: list[list[Dated]] = []
        for item in items:
            for known in classes:
                if all(_is_one(k, item) for k in known):
                    known.append(item)
                    break
            else:
                classes.append([item])
        point = self.find_point(items)
        agreeing = [c for c in classes if len({d.document for d in c}) > 1]
        for known in agreeing:
            surest = max(known, key=lambda d: (len(d.date.value.replace("X", "")), -self.place[d.document]))
            given = show_documents(self.dossier, (d.document for d in known))
            reason = f"{given} give the same date, {show_date(surest.date.value)}: {self._words(known)}."
            yield Finding("agree", "date", reason, state_evidence(known), "dates", point, weight=self._weight(known))
        if len(classes) > 1 and len({d.document for d in items}) > 1:
            sides = tuple(self._side(c) for c in classes)
            reason = f"{join_names(self.tell(c) for c in classes)}; one is more precise than the other."
            yield Finding(
                "compatible",
                "date",
                reason,
                state_evidence(items),
                "dates",
                point,
                sides=sides,
                difference="precision",
                weight=self._weight(items),
            )

    def conflicts(self) -> Iterator[Finding]:
        """Yield dates of one event that exclude each other."""
        apart = {
            key: pair
            for key, pair in sorted(self.table.items(), key=lambda kv: (-kv[1].strength, kv[0]))
            if self._is_conflict(pair)
        }
        told: set[tuple[Span, Span]] = set()
        for i, j in apart:
            left, right = self.items[i], self.items[j]
            if (left.date.span, right.date.span) in told or (right.date.span, left.date.span) in told:
                continue
            items = [left, *self._companions(i, right), right, *self._companions(j, left)]
            for k, other in enumerate(self.items):
                against = {(min(k, n), max(k, n)) for n in (i, j)}
                if against <= apart.keys() and other.document not in {d.document for d in items}:
                    items += [other, *self._companions(k, left)]
            told |= {(a.date.span, b.date.span) for a in items for b in items}
            yield self.tell_conflict({d.date.span: d for d in items}.values())

    def _is_conflict(self, pair: _Pair) -> bool:
        """Return whether two dates of one event exclude each other, and nothing tells that they are of two."""
        left, right = self.items[pair.left], self.items[pair.right]
        return not (
            pair.fits
            or pair.strength < CONFLICT
            or not (time.are_close(left.date, right.date) or self._happens_once(left, right))
            or not time.are_alike_fine(left.date, right.date)
            or not self._is_one_event(left, right)
            or self._is_unsure(left, right)
            or self._told_elsewhere(pair.left, pair.right)
        )

    def may_be_one(self, left: Dated, right: Dated) -> bool:
        """Return whether no rule says that two dates are of two events, or of when somebody spoke."""
        if not time.are_alike_fine(left.date, right.date) or not time.are_close(left.date, right.date):
            return False
        if self._is_unsure(left, right):
            return False
        if _sides(left) or _sides(right):
            return False  # what holds "by Thursday" may hold "by Friday"
        a, b = left.statement, right.statement
        if a is not None and b is not None and a.modality != b.modality:
            return False
        return dates_one_deed(left, right) and self.strength(left, right) > 0

    def tells_one_deed(self, left: Dated, right: Dated) -> bool:
        """Return whether the words around two dates show of themselves that they are of one deed."""
        return self._verb(left, right) >= ALIKE_VERBS or self.strength(left, right) >= LIKE_DEEDS

    def is_given(self, item: Dated, document: str, *, of_deed: bool = False) -> bool:
        """Return whether a document gives a date too, of whatever, or `of_deed` of what may be the same."""
        return any(
            other.document == document
            and time.relate_times(item.date, other.date) == "equal"
            and (not of_deed or self.strength(item, other) >= ELSEWHERE)
            for other in self.items
        )

    def tell_conflict(self, items: Iterable[Dated]) -> Finding:
        """Return the conflict of some dates, a side for each of them that does not fit another."""
        items = sorted(map(show_clause, items), key=lambda d: (self.place[d.document], d.date.span))
        classes: list[list[Dated]] = []
        for item in items:
            home = next((c for c in classes if all(dates_fit(item, known) for known in c)), None)
            if home is None:
                classes.append([item])
            else:
                home.append(item)
        *first, last = [self.tell(c) for c in classes]
        sides = tuple(self._side(c) for c in classes)
        reason = f"{', '.join(first)}, but {last}."
        evidence, point, weight = state_evidence(items), self.find_point(items), self._weight(items)
        return Finding("conflict", "date", reason, evidence, "dates", point, sides=sides, weight=weight)

    def _is_unsure(self, left: Dated, right: Dated) -> bool:
        """Return whether one of two dates says when somebody spoke, or may have been resolved to a wrong day."""
        if _dates_speech(left, right) or self._in_one_word(left, right):
            return True
        words = [on_one_line(self.dossier.words(d.date.span)) for d in (left, right)]
        if any(LEANS.match(w) or LEANS_BEHIND.search(w) for w in words):
            return True
        return time.are_weeks_apart(left.date, right.date) and any(WEEKDAY.search(w) for w in words)

    def _in_one_word(self, left: Dated, right: Dated) -> bool:
        """Return whether two dates are the same words, which count from days that lie close to each other."""
        words = [on_one_line(self.dossier.words(d.date.span)).casefold() for d in (left, right)]
        days = [time.first_day((self.dossier.document(d.document).published or "")[:10]) for d in (left, right)]
        if words[0] != words[1]:
            return False
        if all(d.statement is not None and d.statement.quotation is not None for d in (left, right)):
            return True  # "today" in one man's words, told on two days
        return days[0] is None or days[1] is None or abs((days[0] - days[1]).days) <= DAYS_OF_ONE_WEEKDAY

    def _happens_once(self, left: Dated, right: Dated) -> bool:
        """Return whether the deed befalls a thing once, or both clauses give one figure: then no gap is too far."""
        if left.date.precision != right.date.precision:
            return False
        if left.predicate == right.predicate and left.predicate in ONCE:
            return True
        a, b = left.statement, right.statement
        return (
            a is not None
            and b is not None
            and self.like(left, right) >= LIKE_WITH_FIGURE
            and any(same_figure(x, y) for x in a.quantities for y in b.quantities)
        )

    def _is_one_event(self, left: Dated, right: Dated) -> bool:
        if self._verb(left, right) < ALIKE_VERBS:
            return False
        if not dates_one_deed(left, right):
            return False
        shared = _classes(left.subject | left.objects) & _classes(right.subject | right.objects)
        if (
            left.statement is not None
            and right.statement is not None
            and left.statement.modality != right.statement.modality
        ):
            return False
        return bool(shared) or (len(left.names & right.names) >= 1 and overlap(left.near, right.near) >= 0.4)

    def _told_elsewhere(self, i: int, j: int) -> bool:
        """Return whether a document of the pair also gives a date that fits the other's, for the same event."""
        left, right = self.items[i], self.items[j]
        for (a, b), pair in self.table.items():
            if not pair.fits or pair.strength < SAME * 0.9:
                continue
            one, other = self.items[a], self.items[b]
            if {a, b} & {i, j} and {one.document, other.document} == {left.document, right.document}:
                return True
        return False

    def _companions(self, i: int, against: Dated) -> list[Dated]:
        found = []
        for (a, b), pair in sorted(self.table.items()):
            if i in (a, b) and pair.fits and pair.strength >= CONFLICT - SLIP:
                other = self.items[b if a == i else a]
                if other.document != against.document and not dates_fit(other, against):
                    found.append(other)
        return found

    # words

    def _words(self, items: Sequence[Dated]) -> str:
        shown: list[str] = []
        for item in items:
            words = f"“{on_one_line(self.dossier.words(item.date.span))}”"
            if words not in shown:
                shown.append(words)
        return ", ".join(shown[:4])

    def _side(self, items: Sequence[Dated]) -> Side:
        documents = tuple(sorted({d.document for d in items}))
        value = on_one_line(self.dossier.words(items[0].date.span))
        return Side(value, documents, tuple(sorted({d.evidence for d in items})))

    def _weight(self, items: Sequence[Dated]) -> float:
        documents = {d.document for d in items}
        early = max(1.0 - d.date.span.start / max(1, len(self.dossier.document(d.document).text)) for d in items)
        return min(0.99, 0.25 + 0.3 * len(documents) / max(2, len(self.place)) + 0.25 * early)


def _dates_speech(left: Dated, right: Dated) -> bool:
    """Return whether one of two dates says when somebody spoke; what was posted once is a paper, and no speech."""
    if not {left.predicate, right.predicate} & REPORTING:
        return False
    papers = _classes(left.undergoes) & _classes(right.undergoes) & {"paper"}
    return not papers or not {left.predicate, right.predicate} & PUTTING_OUT


def dates_one_deed(left: Dated, right: Dated) -> bool:
    """Return whether nothing beside two equal verbs shows that their dates are of two deeds.

    A date beside a noun may date the noun alone ("confirms a Friday report", "passed despite a warning on Thursday");
    what is done to two things is done twice ("published the letters", "a report published Saturday"); and a second
    time is not the first.
    """
    if (left.leads or right.leads) and not _classes(frozenset({left.noun})) & _classes(frozenset({right.noun})):
        return False
    if (left.is_loose or right.is_loose) and not (left.deeds - {left.predicate}) & right.deeds | left.deeds & (
        right.deeds - {right.predicate}
    ):
        return False
    if left.undergoes and right.undergoes and not _classes(left.undergoes) & _classes(right.undergoes):
        return False
    return (left.objects & AGAIN) == (right.objects & AGAIN)


def relate(left: Dated, right: Dated) -> Comparison:
    """Return how the times of two events stand to each other."""
    ours, theirs = left.date, right.date
    if left.open_day or right.open_day:  # the day of "around 3 p.m." is guessed: only clocks are held together
        ours, theirs = (
            replace(d, value=d.value[d.value.find("T") :] if "T" in d.value else d.value) for d in (ours, theirs)
        )
    return time.relate_times(ours, theirs, twelve_hours=(left.open_clock, right.open_clock))


def dates_fit(left: Dated, right: Dated) -> bool:
    """Return whether two dates can be one time."""
    return relate(left, right) in time.FITS


def _classes(stems: frozenset[str]) -> frozenset[str]:
    """Return stems with the groups of nouns that they belong to."""
    nouns = load_lists().noun_stems
    return stems | {group for s in stems for group in nouns.get(s, ())}


def _sides(item: Dated) -> int:
    """Return -1 for a date that something is before, 1 for one that it is after, else 0."""
    return -1 if item.preposition in ("before", "until", "till", "by") else 1 if item.preposition == "after" else 0


def _is_one(left: Dated, right: Dated) -> bool:
    """Return whether two dates that fit say the same: equal, or both to the day or finer."""
    found = relate(left, right)
    if found not in time.FITS:
        return False
    return time.day_of(left.date) == time.day_of(right.date) or (
        left.date.precision in time.FINE and right.date.precision in time.FINE
    )


CHECK = Check(
    name="dates",
    version=2,
    kind="date",
    summary="Dates and times of one event: the same, more precise, or in conflict.",
    find=check_dates,
)
