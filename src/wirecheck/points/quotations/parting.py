"""Quotations parted where another document sets their sentences apart, before any are grouped."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import NamedTuple

from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation, Span
from wirecheck.points.quotations.links import find_links
from wirecheck.points.quotations.runs import Run, list_runs

TAG_WORDS = 25
"""Two runs with so many words between them at most are parted by a tag and not by other text."""
# What ends a sentence stays with it; an ellipsis belongs to neither part.
_STOP = re.compile(r"[,;:]?(?!\.\.|…)[.!?]+[’”'\")\]]*(?=\s|$)")


def part_quotations(dossier: Dossier) -> Dossier:
    """Return the dossier with runs of several sentences parted where another document sets their sentences apart.

    One paper runs “We waited. Nobody came.” on, another has “We waited,” he said, and “Nobody came.” further down: the
    run gets one span for each part, so that each is compared with its own counterpart. Nothing is parted that another
    document merely cuts short: that is a trim. An ellipsis between two parts parts them like the end of a sentence.
    """
    runs = list_runs(dossier)
    contents: dict[tuple[str, int], list[Run]] = defaultdict(list)
    for run in runs:
        at = next(i for i, c in enumerate(run.quotation.contents) if c.covers(run.span))
        contents[run.quotation.id, at].append(run)
    several = {
        key: own
        for key, own in contents.items()
        if any(w.begins or w.after_cut for w in [w for r in own for w in r.words][1:])
    }
    wanted = {r.number for own in several.values() for r in own}
    if not wanted:
        return dossier
    place = {r.number: key for key, own in contents.items() for r in own}
    # For every content of several sentences: what of it the contents of another document have, by place there.
    shared: dict[tuple[str, int], dict[int, list[_Shared]]] = {key: defaultdict(list) for key in several}
    offsets = {}
    for own in several.values():
        total = 0
        for run in own:
            offsets[run.number] = total
            total += len(run.words)
    for (i, j), comparison in sorted(find_links(dossier, runs, wanted).items()):
        for one, other, c in ((i, j, comparison), (j, i, comparison.swapped)):
            if one in wanted and runs[one].order != runs[other].order:
                first, end = (x + offsets[one] for x in c.left_extent)
                whole = c.right_extent == (0, len(runs[other].words))
                shared[place[one]][runs[other].order].append(_Shared(runs[other].span, first, end, whole))
    cuts: dict[tuple[str, int], list[int]] = {}
    for key, own in several.items():
        words = [w for r in own for w in r.words]
        found = {
            at
            for parts in shared[key].values()
            for at in range(1, len(words))
            if (words[at].begins or words[at].after_cut)
            and any(_is_border(dossier, at, a, b, words[at].after_cut) for a in parts for b in parts)
        }
        if found:
            cuts[key] = sorted(found)
    if not cuts:
        return dossier
    return dossier.having(
        annotations=tuple(
            a.having(quotations=tuple(_part(q, dossier.document(q.document).text, cuts, several) for q in a.quotations))
            for a in dossier.annotations
        )
    )


class _Shared(NamedTuple):
    span: Span
    """The run of the other document."""
    first: int
    end: int
    """The words `[first, end)` of the content that the run has."""
    whole: bool
    """True when that is all of the run."""


def _is_border(dossier: Dossier, at: int, left: _Shared, right: _Shared, after_cut: bool) -> bool:
    """Return whether one run ends and another begins at a word, give or take one, with a tag at most between the two.

    What stands apart there, or is cut short at the border without a sign, was joined here: a splice, which stays whole.
    """
    if not (left.first < at < right.end and abs(left.end - at) <= 1 and abs(right.first - at) <= 1):
        return False
    if left.span.end >= right.span.start or not (after_cut or (left.whole and right.whole)):
        return False
    between = dossier.document(left.span.document).text[left.span.end : right.span.start]
    return len(between.split()) <= TAG_WORDS


def _part(
    quotation: Quotation, text: str, cuts: dict[tuple[str, int], list[int]], several: dict[tuple[str, int], list[Run]]
) -> Quotation:
    """Return a quotation with its contents cut before the given words; its id stays."""
    parts: list[Span] = []
    for at, content in enumerate(quotation.contents):
        words = [w for r in several.get((quotation.id, at), ()) for w in r.words]
        start = content.start
        for k in cuts.get((quotation.id, at), ()):
            stop = _STOP.match(text, words[k - 1].end)
            parts.append(Span(content.document, start, words[k - 1].end + (stop.end() - stop.start() if stop else 0)))
            start = words[k].start
        parts.append(Span(content.document, start, content.end))
    return replace(quotation, contents=tuple(parts)) if len(parts) > len(quotation.contents) else quotation
