"""Mentions: words that name people, organizations, countries, places and groups, with their titles.

Rules read capitals, titles and word lists; where the reading model gives parts of speech and entities, they decide what
the rules leave open. In headlines that capitalise everything only names count that the body or a list knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wirecheck.annotators import Annotator
from wirecheck.annotators._headline_names import find_in_headlines
from wirecheck.annotators._name_forms import is_courtesy, is_person_word
from wirecheck.annotators._name_kinds import settle_kinds
from wirecheck.annotators._name_parsing import Name, parse_run
from wirecheck.annotators._name_runs import find_runs
from wirecheck.annotators._names import learn_spelling, read_lines
from wirecheck.annotators._roles import find_role_mentions, left_role, predicate_role, right_role, word_after
from wirecheck.language.reading import Reading
from wirecheck.model import ActorKind, Annotations, Mention

_PARTY = re.compile(
    r"\s?\((?P<tag>(?:[RDI]|Rep|Dem|DFL|Ind|GOP|Lab|Con|SNP)\.?(?:\s?[-–—,]\s?[A-Z][\w.’' ]{0,22}?)?)\)"
)
# Denis "The Brush" Kallas
_NICKNAME = re.compile(r"\s[“\"‘'][^“”\"\n]{2,30}[”\"’']\s")


def find_mentions(reading: Reading, annotations: Annotations) -> Iterator[Mention]:
    """Yield the mentions of a reading."""
    lines = read_lines(reading)
    spelling = learn_spelling(reading, lines)
    names: list[Name] = []
    for line in lines:
        if line.case == "plain":
            for chunk in find_runs(line, spelling):
                names.extend(parse_run(chunk, spelling))
    names = settle_kinds(names, reading, spelling)
    names.extend(find_in_headlines(lines, names))
    given: list[Mention] = []
    for name in sorted(names, key=lambda n: (n.line.start, n.first)):
        found = list(_mentions(reading, name))
        if not _is_inside(found[0], given):
            given.extend(found)
    given = _join_nicknames(reading, given)
    yield from given
    roles = [m.role for m in given if m.role is not None]
    for mention in find_role_mentions(reading, lines, _name_places(names)):
        if mention.pronoun or not any(
            r.start <= mention.span.end - 1 < r.end and (r.covers(mention.span) or mention.span.covers(r))
            for r in roles
        ):
            yield mention


def _mentions(reading: Reading, name: Name) -> Iterator[Mention]:
    """Yield the mention of a name with its title, and an apposition beside a title as a mention by role."""
    words = name.line.words
    start, end = words[name.first].start, words[name.last - 1].end
    text = reading.document.text
    span_start, span_end = start, end
    role = None
    kind: ActorKind = name.kind or "other"  # type: ignore[assignment]
    if name.title < name.first:
        span_start = words[name.title].start
        title_words = words[name.title : name.first]
        if title_words[0].lower == "and" and len(title_words) > 1:
            span_start = title_words[1].start
        if not all(is_courtesy(w) for w in title_words):
            role = reading.span(span_start, words[name.first - 1].end)
    if kind in ("person", "organization", "other"):
        left = left_role(name.line, name.title, kind)
        if left is not None:
            span_start = words[left].start
            role = reading.span(span_start, words[name.first - 1].end)
            if kind == "other":
                kind = "person" if is_person_word(words[name.first - 1].lower) else "organization"
    right = None
    if kind == "person":
        match = _PARTY.match(text, end, name.line.end)
        if match is not None:
            span_end = match.end()
            if role is None:
                role = reading.span(match.start("tag"), match.end("tag"))
    if kind in ("person", "other"):
        right = right_role(name.line, name.last)
        if right is not None and role is None:
            role, right = reading.span(*right), None
            kind = "person"
    yield Mention(reading.span(span_start, span_end), kind, name=reading.span(start, end), role=role)
    if right is not None:
        yield Mention(reading.span(*right), "person", role=reading.span(*right))
    if kind == "person":
        behind = max(span_end, right[1] if right is not None else 0, role.end if role is not None else 0)
        being = predicate_role(name.line, word_after(name.line, behind, name.last))
        if being is not None:
            yield Mention(reading.span(*being), "person", role=reading.span(*being))


def _join_nicknames(reading: Reading, given: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, those of a first name and a surname with a nickname in marks between the two as one."""
    text = reading.document.text
    joined: list[Mention] = []
    for mention in given:
        # The nickname itself may pass for a name.
        at = next((n for n in (-1, -2) if len(joined) >= -n and _is_parted_by_nickname(text, joined[n], mention)), None)
        if at is None:
            joined.append(mention)
            continue
        before = joined[at]
        assert before.name is not None
        assert mention.name is not None
        whole = reading.span(before.span.start, mention.span.end)
        joined[at:] = [replace(before, span=whole, name=reading.span(before.name.start, mention.name.end))]
    return joined


def _is_parted_by_nickname(text: str, before: Mention, mention: Mention) -> bool:
    first, last = before.name, mention.name
    return (
        first is not None
        and last is not None
        and before.kind == "person"
        and before.span.end == first.end
        and mention.span.start == last.start
        and " " not in text[last.start : last.end]
        and _NICKNAME.fullmatch(text, first.end, last.start) is not None
    )


def _name_places(names: Sequence[Name]) -> dict[int, list[tuple[int, int]]]:
    """Return for each line, by its start, the word ranges that names and their titles take."""
    found: dict[int, list[tuple[int, int]]] = {}
    for name in names:
        found.setdefault(name.line.start, []).append((name.title, name.last))
    return {start: sorted(ranges) for start, ranges in found.items()}


def _is_inside(mention: Mention, before: Sequence[Mention]) -> bool:
    """Return whether a name is part of what the name before it is called: "(R., Ohio)", ", an Ohio Republican"."""
    if not before:
        return False
    whole = [m.span for m in before[-2:]]
    if any(m.name is not None and m.span.covers(mention.span) for m in before[-1:]):
        return True
    return mention.kind == "other" and any(s.covers(mention.span) for s in whole)


ANNOTATOR = Annotator(
    name="mentions",
    version=2,
    kind="mentions",
    summary="People, organizations, countries, places and groups with their titles, by name, by role or by pronoun.",
    order=30,
    find=find_mentions,
)
