"""Figures and dates of a draft: held against those of the sources that are of the same thing.

What a value is of comes first: two figures are never set against each other for their numbers alone. Where nothing of
a source is of the same thing, the value is not found, which is no conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from wirecheck.comparison.values.quantity import is_bare_age, is_common, ratio_of, relate_taken
from wirecheck.comparison.values.time import relate_times
from wirecheck.drafts.case import Case
from wirecheck.model import Backing, Comparison, DraftItem, DraftKind, DraftVerdict, Span
from wirecheck.report.plain import show_on_a_line
from wirecheck.statements.dates import Dated, find_dated
from wirecheck.statements.quantities import Measured, find_measured

SAME_CONTEXT = 0.3
"""How alike the surroundings of two equal values must be for one to bear the other out."""
OTHER_CONTEXT = 0.5
"""The same for two values that exclude each other."""
OUTWEIGHED = 0.3
"""By how much like surroundings of another value outweigh those of the same one elsewhere."""
COPIED = 0.6
"""How alike the words next to two values are where one sentence follows the other; below it, rules must say that two
values that exclude each other are of one thing."""
AGREES = 0.5
"""Likelihood that two sentences state one fact, from which on their figures may be of one thing."""
LARGEST_RATIO = 2.0
"""Figures of which one is more than so many times the other are likelier of two things than one misreported."""
TELLING_DIGITS = 3
"""Digits of a figure that is rare enough to be the same one wherever it stands: 523, whatever is counted."""
TOLD_ALIKE = 0.35
"""Likelihood that two sentences state one fact, from which on like values in them are one."""
NEARLY = 0.15
"""Values whose surroundings are so much less alike than those of the best one are not what the draft speaks of."""


@dataclass(frozen=True)
class _Near:
    """A value of a source, how it stands to that of the draft and how surely both are of one thing, 0 to 1."""

    span: Span
    comparison: Comparison
    context: float


def check_values(case: Case, is_passed: Callable[[Span], bool]) -> Iterator[DraftItem]:
    """Yield an item for each figure and date of the draft that is not passed over."""
    for kind, span, near in [*_list_figures(case), *_list_dates(case)]:
        if not is_passed(span):
            yield _tell(case, kind, span, near)


def _list_figures(case: Case) -> Iterator[tuple[DraftKind, Span, list[_Near]]]:
    rules = case.figures
    items = [m for m in find_measured(case.dossier) if not m.negated and m.quantity.kind != "ordinal"]
    own = [m for m in items if m.document == case.draft.id]
    others = [m for m in items if m.document != case.draft.id]
    for item in own:
        near = []
        for other in others:
            if other.dimension != item.dimension and not is_bare_age(item.quantity, other.quantity):
                continue
            comparison = relate_taken(item.quantity, other.quantity, rates=rules.rates)
            copied = _share_around(case, item.quantity.span, other.quantity.span)
            context = max(copied, min(1.0, rules.strength(item, other)))
            if comparison == "excluded" and copied < COPIED and not _may_differ(case, item, other):
                continue
            if comparison in ("equal", "rounded") and _is_same_thing(case, item, other):
                context = max(context, SAME_CONTEXT)
            near.append(_Near(other.quantity.span, comparison, context))
        yield "figure", item.quantity.span, near


def _is_same_thing(case: Case, left: Measured, right: Measured) -> bool:
    """Return whether two like values are of one thing: rare ones by themselves, others in sentences on one fact."""
    if min(left.significant, right.significant) >= TELLING_DIGITS:
        return True
    may_count_one = not left.nouns or not right.nouns or bool(left.nouns & right.nouns)
    if may_count_one and not is_common(left.quantity):
        return True
    return case.agreement(left.quantity.span, right.quantity.span) >= TOLD_ALIKE


def _list_dates(case: Case) -> Iterator[tuple[DraftKind, Span, list[_Near]]]:
    rules = case.dates
    items = find_dated(case.dossier)
    own = [d for d in items if d.document == case.draft.id]
    others = [d for d in items if d.document != case.draft.id]
    for item in own:
        near = []
        for other in others:
            comparison = relate_times(item.date, other.date)
            if not case.is_dated and _same_words(case, item, other):
                comparison = "equal"
            copied = _share_around(case, item.date.span, other.date.span)
            context = max(copied, rules.strength(item, other))
            if comparison == "excluded" and copied < COPIED and not rules.may_be_one(item, other):
                continue
            if comparison == "equal" or (comparison == "coarser" and _is_told(case, item, other)):
                context = max(context, SAME_CONTEXT)
            near.append(_Near(other.date.span, comparison, context))
        yield "date", item.date.span, near


def _is_told(case: Case, left: Dated, right: Dated) -> bool:
    return case.agreement(left.date.span, right.date.span) >= TOLD_ALIKE


def _same_words(case: Case, left: Dated, right: Dated) -> bool:
    ours, theirs = (show_on_a_line(case.dossier.words(d.date.span)).casefold() for d in (left, right))
    return ours == theirs


def _may_differ(case: Case, left: Measured, right: Measured) -> bool:
    """Return whether two figures whose sentences are told in other words are surely of one thing."""
    if "age" in (left.quantity.kind, right.quantity.kind) or ratio_of(left.quantity, right.quantity) > LARGEST_RATIO:
        return False
    if left.dimension == "count" and not left.nouns & right.nouns:
        return False
    return case.agreement(left.quantity.span, right.quantity.span) >= AGREES


def _share_around(case: Case, left: Span, right: Span) -> float:
    """Return the share of the words next to a value that stand next to the other one, less in unlike sentences."""
    (before, after), (other_before, other_after) = case.around(left), case.around(right)
    if not {*before, *after} & {*other_before, *other_after}:
        return 0.0
    common = _run(before, other_before) + _run(after, other_after)
    share = common / max(1, min(len(before) + len(after), len(other_before) + len(other_after)))
    return share * (0.5 + 0.5 * case.agreement(left, right))


def _run(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many words two lists have in common in order."""
    from difflib import SequenceMatcher

    return sum(b.size for b in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks())


def _tell(case: Case, kind: DraftKind, span: Span, near: Sequence[_Near]) -> DraftItem:
    own = case.words(span)
    verdict, found = _weigh(near)
    if verdict == "not-found":
        return DraftItem(kind, span, verdict, f"No source has “{own}” for what the draft speaks of.", look=True)
    rivals: list[_Near] = []
    reason = _reason(case, own, verdict, found)
    if verdict == "supported":
        held = {n.span.document for n in found}
        rivals = [n for n in near if n.comparison == "excluded" and n.context >= OTHER_CONTEXT]
        rivals = [n for n in rivals if n.span.document not in held]
    if rivals:
        reason = f"{reason[:-1]}, but {_say(case, rivals)}."
    spans = tuple(Backing(s) for s in sorted({n.span for n in (*found, *rivals)}, key=case.place))
    return DraftItem(kind, span, verdict, reason, verdict != "supported", spans)


def _weigh(near: Sequence[_Near]) -> tuple[DraftVerdict, list[_Near]]:
    """Return what the values of the sources make of that of the draft, and those on which it rests.

    A value that excludes it counts where it stands in like surroundings and no value that bears it out does nearly as
    much: the sentence that the draft follows says which of the figures of a source it speaks of.
    """
    against = [n for n in near if n.comparison == "excluded" and n.context >= OTHER_CONTEXT]
    worst = max((n.context for n in against), default=0.0)
    for comparison, verdict in _STEPS:
        found = [n for n in near if n.comparison == comparison and n.context >= SAME_CONTEXT]
        best = max((n.context for n in found), default=0.0)
        if found and best >= worst - (OUTWEIGHED if comparison != "coarser" else 0.0):
            return verdict, found if verdict == "supported" else [n for n in found if n.context >= best - NEARLY]
    return ("conflict", [n for n in against if n.context >= worst - NEARLY]) if against else ("not-found", [])


_STEPS: tuple[tuple[Comparison, DraftVerdict], ...] = (
    ("equal", "supported"),
    ("rounded", "rounded"),
    ("coarser", "supported"),
)


def _reason(case: Case, own: str, verdict: DraftVerdict, found: Sequence[_Near]) -> str:
    if verdict == "supported":
        return f"{_say(case, found)}."
    said = _say(case, found)
    if verdict == "rounded":
        return f"{said}; the draft has it rounded, “{own}”."
    return f"{said}; the draft says “{own}”."


def _say(case: Case, found: Sequence[_Near]) -> str:
    """Return which sources say what: "Herald says “14 people”"."""
    by_words: dict[str, list[str]] = {}
    for one in sorted(found, key=lambda n: case.place(n.span)):
        documents = by_words.setdefault(case.words(one.span), [])
        if one.span.document not in documents and not any(one.span.document in d for d in by_words.values()):
            documents.append(one.span.document)
    told = [(d, w) for w, d in by_words.items() if d]
    return ", ".join(f"{case.name(d)} {'says' if len(set(d)) == 1 else 'say'} “{w}”" for d, w in told)
