"""Quote groups: which quotations of different documents are one utterance, and what happened to it on its way.

The unit is the run of marks. Runs of two documents are linked when they share words that only one utterance explains;
linked runs form an utterance. For every two documents of an utterance the runs are laid side by side, a run that the
other document breaks up against all of its parts, and their wordings are compared. Indirect speech joins an utterance
as its paraphrase.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from wirecheck.comparison.speakers import same_speaker
from wirecheck.comparison.story import Compared, compare_sentences
from wirecheck.graph import find_components
from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation, QuoteGroup, QuoteRelation, Span, WordDifference
from wirecheck.places import Places
from wirecheck.points.beside import FEWEST_SHARED, Anchor, find_beside
from wirecheck.points.paraphrase import Paraphrase, find_paraphrases
from wirecheck.points.wording import Comparison, compare_wordings, stem_word
from wirecheck.text.alignment import Step, Word, list_words

SHINGLE = 2
"""Words in a row that two runs must share to be compared at all, unless one is a fragment."""
FRAGMENT = 5
"""A run of at most so many words is a fragment: one shared content word makes it a candidate."""
FRAGMENT_SHARE = 0.5
"""Share of a fragment's words that must be common where the speaker is the same."""
COMMON_SHARE = 0.6
"""Share of the shorter run's words that must be common for two runs to be one utterance."""
LONG_COMMON = 7
"""So many common words in a row are one utterance, whatever stands around them."""
LONG_SHARE = 0.3
"""The least share of the shorter run even with so many common words in a row."""
PART_COMMON, PART_SHARE = 4, 0.4
"""Words in a row and share of the shorter run that are enough where the speaker is the same and neither run goes on
with other words in the same sentence: half a sentence that another document joins to something else."""
DIVERGING_SHARE = 0.75
"""The least share where both runs go on with other content words in the same sentence ("the harbour
decision is postponed", "the harbour decision was hard"): on the gold stories a to e that is another utterance of the
same speaker."""
LEAST_CONTENT = 3
"""Content words in common that two long runs need, and two of one document."""
NEARLY_ALL = 0.9
SAME_WORDS_OF_TWO = 8
"""Share of the shorter run, and number of words, from which on two runs are one utterance though two people are named.
Five words are not enough: in one gold story a father and his daughter use the same motto."""
FRAGMENT_CONTEXT = 0.62
"""Least cosine of the sentences around two fragments that share one content word. Gold stories: one-word quotations
about one thing 0.76 to 0.83, about two things 0.54 and 0.56; altered fragments 0.67 and 0.74, others at most 0.53."""
OPEN_FRAGMENT_CONTEXT = 0.7
"""The same where the speaker is open and two fragments are alike: one phrase of two officials is at 0.63."""
CONTAINED_CONTEXT = 0.33
"""The same where the other run is longer and of the same speaker, or the speaker is open but two content words agree.
Gold stories: 0.36 and 0.37."""
APART_PARAGRAPHS = 3
"""Two runs stand apart when the second is so many paragraphs below the first: at least two whole ones lie between."""
TELLING_LETTERS = 7
"""A single shared word must be so long to be known again inside a longer quotation ("disgraceful", not "sorry")."""
CATCHWORD = 3
"""A fragment that so many longer quotations of one document hold is a catchword, said more than once."""
MARKED_WORDS = 2
"""A retelling may keep so many content words of the utterance in marks and still be one."""
TAG_WORDS = 25
"""Two runs with so many words between them at most are parted by a tag and not by other text."""
NAME_INSIDE, SHORTEST_NAME = 3, 3
"""A run so many times as long as a name of at least so many words only mentions the name. Two words may be a nickname
that somebody calls somebody."""
SHOWN_WORDS = 8
"""Words of a difference that a reason shows."""

# What ends a sentence stays with it; an ellipsis belongs to neither part.
_STOP = re.compile(r"[,;:]?(?!\.\.|…)[.!?]+[’”'\")\]]*(?=\s|$)")

_RANK: dict[QuoteRelation, int] = {
    "altered": 0,
    "spliced": 1,
    "trimmed": 2,
    "paraphrased": 3,
    "verbatim": 4,
    "single": 5,
}


@dataclass(frozen=True)
class _Run:
    """One run of marks of a direct or mixed quotation, or a part of it between ellipses."""

    number: int
    quotation: Quotation
    order: int
    """Place of its document among the documents of the story."""
    span: Span
    words: tuple[Word, ...]

    @cached_property
    def form(self) -> tuple[object, ...]:
        """All of its words that a comparison looks at: runs of one form compare alike, wherever they stand."""
        return tuple((w.key, w.after_cut, w.bracketed, w.run, w.begins) for w in self.words)

    @property
    def content(self) -> int:
        return sum(w.is_content for w in self.words)


@dataclass(frozen=True)
class _Pair:
    """Runs of two documents that say the same, side by side; `left` stands before `right` in the order of documents."""

    left: tuple[_Run, ...]
    right: tuple[_Run, ...]
    left_words: tuple[Word, ...]
    right_words: tuple[Word, ...]
    comparison: Comparison
    relation: QuoteRelation

    @property
    def runs(self) -> tuple[_Run, ...]:
        return self.left + self.right


class _Draft(NamedTuple):
    utterance: tuple[int, ...]
    """Numbers of the runs of the utterance."""
    relation: QuoteRelation
    quotations: tuple[Quotation, ...]
    reason: str
    differences: tuple[WordDifference, ...] = ()


def group_quotations(dossier: Dossier, compared: Compared | None = None) -> tuple[QuoteGroup, ...]:
    """Return the quote groups of a story: by utterance, one group for each relation.

    Every direct and mixed quotation is in a group, "single" where no other document has it; indirect ones only where
    they paraphrase a quotation in marks of another document. `compared` is what the judge says of its sentences;
    without, it is asked.
    """
    return group_retellings(dossier, compared)[0]


def group_retellings(
    dossier: Dossier, compared: Compared | None = None
) -> tuple[tuple[QuoteGroup, ...], tuple[Paraphrase, ...]]:
    """Return the quote groups of a story, and the parts of quotations that those of paraphrases rest on."""
    kept: list[Paraphrase] = []
    runs = _list_runs(dossier)
    links = _find_links(dossier, runs)
    utterances = [tuple(part) for part in find_components(len(runs), links)]
    paraphrases = find_paraphrases(compared if compared is not None else compare_sentences(dossier))
    by_quotation: dict[str, list[Paraphrase]] = defaultdict(list)
    for paraphrase in paraphrases:
        by_quotation[paraphrase.direct.id].append(paraphrase)
    beside = find_beside(dossier, list(_list_anchors(runs, links)))
    beside_in: dict[str, list[int]] = defaultdict(list)
    for number, paraphrase in enumerate(beside):
        beside_in[paraphrase.direct_part.document].append(number)
    unmarked = cache(lambda: _list_unmarked(dossier))
    drafts: list[_Draft] = []
    grouped: set[str] = set()
    spoken: set[tuple[str, ...]] = set()
    for utterance in utterances:
        members = _without_retold([runs[i] for i in utterance], by_quotation, unmarked)
        pairs = list(_compare_documents(dossier, members, links))
        for relation, of in _by_relation(pairs):
            quotations = _ordered(dossier, (r.quotation for pair in of for r in pair.runs))
            differences = (
                tuple(d for pair in _telling(of) for d in _differences(pair)) if relation != "verbatim" else ()
            )
            drafts.append(_Draft(utterance, relation, quotations, _reason(dossier, relation, of), differences))
            grouped.update(q.id for q in quotations)
        told = {
            p.indirect.id: p
            for r in members
            for p in by_quotation.get(r.quotation.id, ())
            if r.span.covers(p.direct_part)
        }
        # A document that quotes the words and retells them as well tells its reader nothing else by that.
        retold = [p for p in told.values() if not _quotes_too(p, members, links)]
        direct = [r.quotation for r in members] if retold else []
        for number in sorted({n for r in members for n in beside_in.get(r.span.document, ())}):
            paraphrase = beside[number]
            if any(r.span.covers(paraphrase.direct_part) for r in members):
                retold.append(paraphrase)
                direct.append(paraphrase.direct)
        kept += retold
        if retold:
            indirect = [p.indirect for p in retold]
            quotations = _ordered(dossier, [*direct, *indirect])
            key = tuple(q.id for q in quotations)
            if key not in spoken:
                spoken.add(key)
                reason = _paraphrase_reason(dossier, direct, retold)
                drafts.append(_Draft(utterance, "paraphrased", quotations, reason))
                grouped.update(q.id for q in direct)
                grouped.update(q.id for q in indirect if q.kind != "indirect")
    drafts = _merge_equal(drafts)
    alone = defaultdict(list)
    place = {number: at for at, utterance in enumerate(utterances) for number in utterance}
    for run in runs:
        if run.quotation.id not in grouped:
            alone[place[run.number]].append(run)
    seen: set[str] = set()
    for index in sorted(alone):
        quotations = _ordered(dossier, (r.quotation for r in alone[index] if r.quotation.id not in seen))
        if quotations:
            seen.update(q.id for q in quotations)
            reason = f"Only {dossier.shown(quotations[0].document)} has this quotation."
            drafts.append(_Draft(utterances[index], "single", quotations, reason))
    return _number(dossier, drafts), tuple(kept)


def _list_anchors(runs: Sequence[_Run], links: Mapping[tuple[int, int], Comparison]) -> Iterator[Anchor]:
    """Yield the words that two documents have in marks, seen from either."""
    for (i, j), comparison in links.items():
        if runs[i].order == runs[j].order or comparison.common_content < FEWEST_SHARED:
            continue
        sides = (runs[i], comparison.left_extent), (runs[j], comparison.right_extent)
        for (one, here), (other, there) in (sides, sides[::-1]):
            opens, closes = here[0] == 0, here[1] == len(one.words)
            shared = Span(other.span.document, other.words[there[0]].start, other.words[there[1] - 1].end)
            yield Anchor(one.span, opens, closes, other.quotation, shared)


def part_quotations(dossier: Dossier) -> Dossier:
    """Return the dossier with runs of several sentences parted where another document sets their sentences apart.

    One paper runs “We waited. Nobody came.” on, another has “We waited,” he said, and “Nobody came.” further down: the
    run gets one span for each part, so that each is compared with its own counterpart. Nothing is parted that another
    document merely cuts short: that is a trim. An ellipsis between two parts parts them like the end of a sentence.
    """
    runs = _list_runs(dossier)
    contents: dict[tuple[str, int], list[_Run]] = defaultdict(list)
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
    for (i, j), comparison in sorted(_find_links(dossier, runs, wanted).items()):
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
    quotation: Quotation, text: str, cuts: dict[tuple[str, int], list[int]], several: dict[tuple[str, int], list[_Run]]
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


def _list_runs(dossier: Dossier) -> list[_Run]:
    runs: list[_Run] = []
    for order, found in enumerate(dossier.annotations):
        text = dossier.documents[order].text
        for quotation in found.quotations:
            if quotation.kind == "indirect":
                continue
            for span in quotation.contents:
                for words in _split_at_cuts(list_words(text, span.start, span.end)):
                    part = Span(span.document, words[0].start, words[-1].end)
                    runs.append(_Run(len(runs), quotation, order, part, words))
    return runs


def _split_at_cuts(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """Return the parts between ellipses, unless one is too short to be known again by itself."""
    cuts = [at for at, word in enumerate(words) if at and word.after_cut]
    borders = [0, *cuts, len(words)]
    parts = [words[a:b] for a, b in pairwise(borders)]
    if any(len(p) < FRAGMENT for p in parts):
        return [words] if words else []
    return parts


# --- links


def _find_links(
    dossier: Dossier, runs: Sequence[_Run], wanted: Container[int] | None = None
) -> dict[tuple[int, int], Comparison]:
    """Return the pairs of runs that are one utterance, with their comparison, by their numbers.

    With `wanted`, only pairs that have one of these runs.
    """
    links = {}
    compared: dict[tuple[tuple[object, ...], tuple[object, ...]], Comparison | None] = {}
    doubtful: list[tuple[int, int, Comparison, float]] = []
    for i, j in _candidates(runs):
        if wanted is not None and i not in wanted and j not in wanted:
            continue
        left, right = runs[i], runs[j]
        # Papers print one wording again and again.
        forms = left.form, right.form
        if forms not in compared:
            compared[forms] = compare_wordings(left.words, right.words)
        comparison = compared[forms]
        if comparison is None:
            continue
        same = same_speaker(dossier, left.quotation, right.quotation)
        if left.order == right.order:
            whole = comparison.relation in ("verbatim", "trimmed") and _share(comparison, left, right) == 1.0
            if whole and comparison.common_content >= LEAST_CONTENT and same is not False:
                links[i, j] = comparison
            continue
        least = _least_context(comparison, left, right, same)
        if least is None or _is_only_a_name(dossier, left, right, comparison):
            continue
        if 0.0 < least < OPEN_FRAGMENT_CONTEXT and same is None and _are_named_apart(left, right):
            least = OPEN_FRAGMENT_CONTEXT
        if least <= 0.0:
            links[i, j] = comparison
        else:
            doubtful.append((i, j, comparison, least))
    contexts = _Contexts(dossier)
    for i, j, comparison, least in doubtful:
        if contexts.likeness(runs[i], runs[j]) >= least:
            links[i, j] = comparison
    return _without_catchwords(runs, _without_doubles(dossier, runs, links), contexts)


def _without_doubles(
    dossier: Dossier, runs: Sequence[_Run], links: dict[tuple[int, int], Comparison]
) -> dict[tuple[int, int], Comparison]:
    """Return the links without those of altered words between people not known to be one, where the other document has
    a run's words unaltered as well: a spokesman repeats in his words what an official said in others.
    """
    whole: set[tuple[int, int]] = set()
    for (i, j), comparison in links.items():
        held = comparison.relation != "altered" and _share(comparison, runs[i], runs[j]) >= NEARLY_ALL
        if held and comparison.common > FRAGMENT:
            whole.update(((i, runs[j].order), (j, runs[i].order)))
    return {
        (i, j): c
        for (i, j), c in links.items()
        if c.relation != "altered"
        or ((i, runs[j].order) not in whole and (j, runs[i].order) not in whole)
        or same_speaker(dossier, runs[i].quotation, runs[j].quotation)
    }


def _is_only_a_name(dossier: Dossier, left: _Run, right: _Run, comparison: Comparison) -> bool:
    """Return whether two runs share no more than a name of several words: "the Harbour Safety and Renewal Act"."""
    longest = max(len(left.words), len(right.words))
    inside = comparison.common >= SHORTEST_NAME and longest >= NAME_INSIDE * comparison.common
    if _share(comparison, left, right) >= NEARLY_ALL and not inside:
        return False
    text = dossier.document(left.span.document).text
    keys = {w.key for w in right.words[slice(*comparison.right_extent)]}
    shared = [w for w in left.words[slice(*comparison.left_extent)] if w.key in keys]
    written = [text[w.start : w.end] for w in shared if w.is_content or text[w.start].isupper()]
    return len(written) > 1 and all(w[:1].isdigit() or (w[:1].isupper() and not w.isupper()) for w in written)


def _are_named_apart(left: _Run, right: _Run) -> bool:
    """Return whether both runs have a speaker by name and the names share no word: "Ona Reed", "Council of Oswin"."""
    names = [(r.quotation.speaker_name or "").split() for r in (left, right)]
    if not all(n and n[0][:1].isupper() for n in names):
        return False
    return {w.casefold() for w in names[0]}.isdisjoint(w.casefold() for w in names[1])


def _without_catchwords(
    runs: Sequence[_Run], links: dict[tuple[int, int], Comparison], contexts: _Contexts
) -> dict[tuple[int, int], Comparison]:
    """Return the links without those of a catchword to all that hold it: of several longer runs of one document, by
    several speakers or three and more, a fragment keeps the one whose surroundings are likest.
    """
    partners: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for i, j in sorted(links):
        for one, other in ((i, j), (j, i)):
            short, long = runs[one], runs[other]
            if len(short.words) <= FRAGMENT and short.order != long.order:
                partners[one, long.order].append((other, one))
    dropped: set[tuple[int, int]] = set()
    for (one, _), found in sorted(partners.items()):
        own = runs[one].quotation.speaker_name
        if own and any(runs[o].quotation.speaker_name == own for o, _ in found):
            # The same document has it of the same speaker: what another one says there is something else.
            dropped.update((min(one, o), max(one, o)) for o, _ in found if _are_named_apart(runs[one], runs[o]))
        others = [o for o, _ in found if len(runs[o].words) > FRAGMENT and (min(one, o), max(one, o)) not in dropped]
        speakers = {runs[o].quotation.speaker_name for o in others}
        if len(others) < 2 or (len(speakers) < 2 and len(others) < CATCHWORD):
            continue
        best = max(others, key=lambda o: (contexts.likeness(runs[one], runs[o]), -o))
        dropped.update((min(one, o), max(one, o)) for o in others if o != best)
    return {pair: c for pair, c in links.items() if pair not in dropped}


def _candidates(runs: Sequence[_Run]) -> list[tuple[int, int]]:
    """Return the pairs of runs, by number, that can be one utterance; those left out differ too much to be linked.

    They share a shingle, or a content word where one of them is a fragment, and as many words as `_least_context` asks
    for at the least: most of the shorter run, or many in a row. Of one document, all words of the shorter run.
    """
    words = [_RunWords(run) for run in runs]
    found = {
        (min(i, j), max(i, j))
        for i, j in (*_list_repeats(runs, words), *_list_alike(runs, words))
        if _share_telling_words(words[i], words[j])
    }
    return sorted(found)


class _RunWords:
    """The words of a run as they are looked up."""

    def __init__(self, run: _Run) -> None:
        keys = [w.key for w in run.words]
        telling = [w.is_content for w in run.words]
        self.keys = keys
        self.all = frozenset(keys)
        self.content = [key for key, tells in zip(keys, telling, strict=True) if tells]
        self.stems = frozenset(stem_word(key) for key in self.content)
        self.shingles = frozenset(
            tuple(keys[at : at + SHINGLE]) for at in range(len(keys) - SHINGLE + 1) if any(telling[at : at + SHINGLE])
        )

    def common(self, other: _RunWords) -> int:
        """Return how many of the words the other run has somewhere: at least as many as both have in common."""
        return sum([key in other.all for key in self.keys])


def _share_telling_words(left: _RunWords, right: _RunWords) -> bool:
    """Return whether two runs share a shingle, or a content word where one of them is a fragment."""
    if not left.shingles.isdisjoint(right.shingles):
        return True
    return min(len(left.keys), len(right.keys)) <= FRAGMENT and not left.stems.isdisjoint(right.stems)


def _list_repeats(runs: Sequence[_Run], words: Sequence[_RunWords]) -> Iterator[tuple[int, int]]:
    """Yield each run of three content words or more with those of its document that have all its words."""
    having: dict[tuple[int, str], set[int]] = defaultdict(set)
    for run in runs:
        for key in words[run.number].all:
            having[run.order, key].add(run.number)
    for run in runs:
        own = words[run.number]
        if len(own.content) < LEAST_CONTENT:
            continue
        holders = sorted((having[run.order, key] for key in own.all), key=len)
        for other in set.intersection(*holders) if len(holders[0]) > 1 else ():
            if other != run.number and len(words[other].keys) >= len(own.keys):
                yield run.number, other


def _list_alike(runs: Sequence[_Run], words: Sequence[_RunWords]) -> Iterator[tuple[int, int]]:
    """Yield the runs of two documents that have most words of the shorter one in common, or many in a row.

    A run that has so many words of another has one of its rarest as well, so only those are looked up (a prefix filter:
    Chaudhuri, Ganti and Kaushik, 2006).
    """
    counts = Counter(key for own in words for key in own.all)
    having: dict[str, list[int]] = defaultdict(list)
    in_a_row: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for run in runs:
        own = words[run.number]
        for key in own.all:
            having[key].append(run.number)
        for part in {tuple(own.keys[at : at + PART_COMMON]) for at in range(len(own.keys) - PART_COMMON + 1)}:
            in_a_row[part].append(run.number)
    for run in runs:
        own = words[run.number]
        size = len(own.keys)
        fewest = next(count for count in range(size + 1) if count / size >= COMMON_SHARE)
        rarest = sorted(own.keys, key=lambda key: (counts[key], key))[: size - fewest + 1]
        near = {n for key in rarest for n in having[key]}
        near.update(n for key in own.content for n in having[key] if size <= FRAGMENT)
        rows = (tuple(own.keys[at : at + PART_COMMON]) for at in range(size - PART_COMMON + 1))
        together = {n for part in rows for n in in_a_row[part]}
        for other in near | together:
            if runs[other].order == run.order or len(words[other].keys) < size:
                continue
            share = own.common(words[other]) / size
            least = LONG_SHARE if other in together else FRAGMENT_SHARE if size <= FRAGMENT else COMMON_SHARE
            if share >= least:
                yield run.number, other


def _share(comparison: Comparison, left: _Run, right: _Run) -> float:
    """Return the share of the shorter run's words that are common, from 0 to 1."""
    return comparison.common / min(len(left.words), len(right.words))


def _least_context(comparison: Comparison, left: _Run, right: _Run, same: bool | None) -> float | None:
    """Return how like the sentences around two runs must be for one utterance: 0.0 for any, None for none at all."""
    share = _share(comparison, left, right)
    content = comparison.common_content
    size = min(len(left.words), len(right.words))
    if same is False:
        return 0.0 if share >= NEARLY_ALL and comparison.common >= SAME_WORDS_OF_TWO else None
    if comparison.longest >= LONG_COMMON and content >= LEAST_CONTENT and share >= LONG_SHARE:
        return 0.0
    if share >= COMMON_SHARE and content >= LEAST_CONTENT and not (comparison.diverges and share < DIVERGING_SHARE):
        return 0.0
    if (
        same
        and comparison.longest >= PART_COMMON
        and content >= LEAST_CONTENT
        and share >= PART_SHARE
        and not comparison.diverges
    ):
        return 0.0
    if content == 0:
        return None
    if share == 1.0 and comparison.relation in ("verbatim", "trimmed"):
        if content >= 2:
            fragments = max(len(left.words), len(right.words)) <= FRAGMENT
            return 0.0 if same else OPEN_FRAGMENT_CONTEXT if fragments else CONTAINED_CONTEXT
        longest = max(len(left.words), len(right.words))
        telling = any(w.is_content and len(w.key) >= TELLING_LETTERS for w in min(left.words, right.words, key=len))
        if longest > FRAGMENT:
            # One word of somebody else's sentence is no utterance of it: "odd", "investigation".
            return (CONTAINED_CONTEXT if telling else FRAGMENT_CONTEXT) if same else None
        return FRAGMENT_CONTEXT
    if same and share >= FRAGMENT_SHARE and size <= FRAGMENT:
        return FRAGMENT_CONTEXT
    return None


class _Contexts:
    """Likeness of the sentences around runs, from -1 to 1."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def likeness(self, left: _Run, right: _Run) -> float:
        one, other = self._around(left), self._around(right)
        if one is None or other is None:
            return 0.0
        return float(one @ other)

    def _around(self, run: _Run) -> np.ndarray | None:
        reading = self._dossier.reading(run.span.document)
        index = reading.sentence_at(run.span.start)
        return None if index is None else reading.sentences[index].embedding


def _without_retold(
    members: Sequence[_Run],
    by_quotation: Mapping[str, Sequence[Paraphrase]],
    list_unmarked: Callable[[], frozenset[str]],
) -> list[_Run]:
    """Return the runs without the word or two that a retelling of another one keeps in marks, where all use them.

    Who writes that she agreed to begin “talks” gives her “we agreed to start talks now” in his own words; "talks" is
    the word of every report. A word that stands in marks only ("unprofessional") is kept of what she said: a trim.
    """
    retold = [
        p.indirect_part for r in members for p in by_quotation.get(r.quotation.id, ()) if r.span.covers(p.direct_part)
    ]
    kept = [
        r
        for r in members
        if r.content > MARKED_WORDS
        or not any(part.covers(r.span) for part in retold)
        or not all(stem_word(w.key) in list_unmarked() for w in r.words if w.is_content)
    ]
    return kept or list(members)


def _quotes_too(told: Paraphrase, members: Sequence[_Run], links: Mapping[tuple[int, int], Comparison]) -> bool:
    """Return whether a document that retells a part of an utterance has words of that part in marks as well."""
    part, document = told.direct_part, told.indirect.document
    for one in members:
        for other in members if one.span.covers(part) else ():
            if other.span.document != document:
                continue
            pair = min(one.number, other.number), max(one.number, other.number)
            comparison = links.get(pair)
            if comparison is None:
                continue
            first, end = comparison.left_extent if pair[0] == one.number else comparison.right_extent
            if first < end and one.words[first].start < part.end and part.start < one.words[end - 1].end:
                return True
    return False


def _list_unmarked(dossier: Dossier) -> frozenset[str]:
    """Return the stems of the words that two documents or more of the story have outside all marks."""
    counts: Counter[str] = Counter()
    for reading, found in zip(dossier.readings, dossier.annotations, strict=True):
        contents = sorted(c for q in found.quotations if q.kind != "indirect" for c in q.contents)
        marked = Places(contents, lambda c: (c.start, c.end))
        words = list_words(reading.document.text, 0, len(reading.document.text))
        counts.update({stem_word(w.key) for w in words if not any(True for _ in marked.touching(w.start, w.start + 1))})
    return frozenset(stem for stem, count in counts.items() if count > 1)


# --- two documents of one utterance


def _compare_documents(
    dossier: Dossier, members: Sequence[_Run], links: dict[tuple[int, int], Comparison]
) -> Iterator[_Pair]:
    """Yield the pairs of every two documents of an utterance."""
    by_order: dict[int, list[_Run]] = defaultdict(list)
    for run in members:
        by_order[run.order].append(run)
    orders = sorted(by_order)
    for at, one in enumerate(orders):
        for other in orders[at + 1 :]:
            between = {}
            for a in by_order[one]:
                for b in by_order[other]:
                    comparison = links.get((a.number, b.number))
                    if comparison is not None:
                        between[a.number, b.number] = comparison
            yield from _pairs_between(dossier, by_order[one], by_order[other], between)


def _pairs_between(
    dossier: Dossier, lefts: Sequence[_Run], rights: Sequence[_Run], between: dict[tuple[int, int], Comparison]
) -> Iterator[_Pair]:
    by_number = {r.number: r for r in (*lefts, *rights)}
    numbers = sorted({number for pair in between for number in pair})
    at = {number: place for place, number in enumerate(numbers)}
    ours, theirs = {a for a, _ in between}, {b for _, b in between}
    for component in find_components(len(numbers), [(at[a], at[b]) for a, b in between]):
        left = [by_number[numbers[n]] for n in component if numbers[n] in ours]
        right = [by_number[numbers[n]] for n in component if numbers[n] in theirs]
        if not left or not right:
            continue
        if len(left) == 1 and len(right) == 1:
            known = between[left[0].number, right[0].number]
            yield _Pair((left[0],), (right[0],), left[0].words, right[0].words, known, known.relation)
            continue
        main_left = _not_repeated(left, right, {(a, b): c for (a, b), c in between.items()})
        main_right = _not_repeated(right, main_left, {(b, a): c.swapped for (a, b), c in between.items()})
        main_left = [a for a in main_left if any((a.number, b.number) in between for b in main_right)]
        if not main_left:
            continue
        relation: QuoteRelation | None = None
        if _is_splice(dossier, main_left, main_right, between, by_left=True) or _is_splice(
            dossier, main_right, main_left, between, by_left=False
        ):
            relation = "spliced"
        if (
            relation is None
            and len(main_left) > 1
            and len(main_right) > 1
            and _in_other_order(main_left, main_right, between)
        ):
            for (a, b), comparison in sorted(between.items()):
                if comparison and by_number[a] in main_left and by_number[b] in main_right:
                    yield _pair((by_number[a],), (by_number[b],))
        else:
            yield _pair(tuple(main_left), tuple(main_right), relation)
        for run in left:
            if run not in main_left:
                partner = max(
                    (b for b in main_right if (run.number, b.number) in between),
                    key=lambda b: (between[run.number, b.number].common, -b.number),
                    default=None,
                )
                if partner is not None:
                    yield _pair((run,), (partner,))
        for run in right:
            if run not in main_right:
                partner = max(
                    (a for a in main_left if (a.number, run.number) in between),
                    key=lambda a: (between[a.number, run.number].common, -a.number),
                    default=None,
                )
                if partner is not None:
                    yield _pair((partner,), (run,))


def _pair(left: tuple[_Run, ...], right: tuple[_Run, ...], relation: QuoteRelation | None = None) -> _Pair:
    left_words, right_words = _concatenate(left), _concatenate(right)
    comparison = compare_wordings(left_words, right_words)
    assert comparison is not None
    return _Pair(left, right, left_words, right_words, comparison, relation or comparison.relation)


def _concatenate(runs: Sequence[_Run]) -> tuple[Word, ...]:
    if len(runs) == 1:
        return runs[0].words
    return tuple(
        Word(w.start, w.end, w.key, w.after_cut, w.bracketed, at, w.begins)
        for at, r in enumerate(runs)
        for w in r.words
    )


def _not_repeated(
    runs: Sequence[_Run], others: Sequence[_Run], between: dict[tuple[int, int], Comparison]
) -> list[_Run]:
    """Return the runs without those that only repeat what a longer run of the same document has, in order of place."""
    taken: dict[int, set[int]] = defaultdict(set)
    kept = []
    for run in sorted(runs, key=lambda r: (-len(r.words), r.number)):
        covered = [
            (other.number, set(range(*between[run.number, other.number].right_extent)))
            for other in others
            if (run.number, other.number) in between
        ]
        if covered and all(len(places & taken[number]) * 2 > len(places) for number, places in covered):
            continue
        for number, places in covered:
            taken[number] |= places
        kept.append(run)
    return sorted(kept, key=lambda r: r.number)


def _is_splice(
    dossier: Dossier,
    runs: Sequence[_Run],
    others: Sequence[_Run],
    between: dict[tuple[int, int], Comparison],
    *,
    by_left: bool,
) -> bool:
    """Return whether a run joins, with no sign of a cut, parts that stand apart or in another order elsewhere."""
    for run in runs:
        parts = []
        for other in others:
            comparison = between.get((run.number, other.number) if by_left else (other.number, run.number))
            if comparison is not None and len(other.words) > 1:  # one word elsewhere is no part of a joined quotation
                c = comparison if by_left else comparison.swapped
                parts.append((c.left_extent, c.right_extent, other))
        parts.sort(key=lambda p: (p[0], p[2].number))
        for (mine, theirs, one), (my_next, their_next, two) in pairwise(parts):
            if my_next[0] < mine[1] - 1 or my_next[0] >= len(run.words):
                continue
            if run.words[my_next[0]].after_cut:
                continue
            if two.number < one.number:
                return True
            if my_next[0] - mine[1] <= 1 and (theirs[1] < len(one.words) or their_next[0] > 0):
                return True
            if _stand_apart(dossier, one, two):
                return True
    return False


def _stand_apart(dossier: Dossier, one: _Run, two: _Run) -> bool:
    """Return whether more than an attribution stands between two runs: two paragraphs or more of other text."""
    reading = dossier.reading(one.span.document)
    first, second = reading.paragraph_at(one.span.start), reading.paragraph_at(two.span.start)
    return first is not None and second is not None and second - first >= APART_PARAGRAPHS


def _in_other_order(lefts: Sequence[_Run], rights: Sequence[_Run], between: dict[tuple[int, int], Comparison]) -> bool:
    partners = []
    for a in lefts:
        partners.append(min(b.number for b in rights if (a.number, b.number) in between))
    return any(one > two for one, two in pairwise(partners))


# --- groups


def _by_relation(pairs: Sequence[_Pair]) -> Iterator[tuple[QuoteRelation, list[_Pair]]]:
    """Yield each relation of an utterance with its pairs: verbatim once for each wording, the others once."""
    verbatim = [p for p in pairs if p.relation == "verbatim"]
    numbers = sorted({r.number for p in verbatim for r in p.runs})
    at = {n: i for i, n in enumerate(numbers)}
    edges = [(at[p.runs[0].number], at[r.number]) for p in verbatim for r in p.runs[1:]]
    for component in find_components(len(numbers), edges):
        inside = {numbers[i] for i in component}
        yield "verbatim", [p for p in verbatim if p.runs[0].number in inside]
    relations: tuple[QuoteRelation, ...] = ("trimmed", "altered", "spliced")
    for relation in relations:
        of = [p for p in pairs if p.relation == relation]
        if of:
            yield relation, of


def _telling(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Return the pairs without those that only repeat the differences of an earlier one in other documents."""
    seen: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    kept = []
    for pair in pairs:
        left, right = tuple(w.key for w in pair.left_words), tuple(w.key for w in pair.right_words)
        if (left, right) in seen or (right, left) in seen:
            continue
        seen.add((left, right))
        kept.append(pair)
    return kept


def _differences(pair: _Pair) -> Iterator[WordDifference]:
    for step in pair.comparison.differences:
        for kind, left, right in _parts(step):
            one = _span(pair.left, pair.left_words, *left) if left[0] < left[1] else None
            other = _span(pair.right, pair.right_words, *right) if right[0] < right[1] else None
            yield WordDifference(kind, one, other)  # type: ignore[arg-type]


def _parts(step: Step) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    return [(step.kind, (step.left, step.left_end), (step.right, step.right_end))]


def _span(runs: Sequence[_Run], words: Sequence[Word], first: int, end: int) -> Span:
    """Return the span of some words; where they cross runs of marks, of those in the first run."""
    run = words[first].run if len(runs) > 1 else 0
    last = first
    while last + 1 < end and (len(runs) == 1 or words[last + 1].run == run):
        last += 1
    return Span(runs[0].span.document, words[first].start, words[last].end)


def _ordered(dossier: Dossier, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    order = {d.id: i for i, d in enumerate(dossier.documents)}
    unique = {q.id: q for q in quotations}
    return tuple(sorted(unique.values(), key=lambda q: (order[q.document], q.whole.start, q.whole.end, q.id)))


def _merge_equal(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Join drafts of one relation over the same quotations: the parts of one split quotation are told once."""
    merged: dict[tuple[QuoteRelation, tuple[str, ...]], _Draft] = {}
    for draft in drafts:
        key = (draft.relation, tuple(q.id for q in draft.quotations))
        old = merged.get(key)
        if old is None:
            merged[key] = draft
            continue
        reason = old.reason
        if draft.relation not in ("verbatim", "paraphrased") and draft.reason != reason:
            reason = f"{reason[:-1]}; {draft.reason}"
        merged[key] = old._replace(reason=reason, differences=old.differences + draft.differences)
    return list(merged.values())


def _number(dossier: Dossier, drafts: Iterable[_Draft]) -> tuple[QuoteGroup, ...]:
    from wirecheck.lineage import count_origins

    order = {d.id: i for i, d in enumerate(dossier.documents)}
    ordered = sorted(
        drafts,
        key=lambda d: (
            d.utterance,
            _RANK[d.relation],
            [(order[q.document], q.whole.start, q.whole.end) for q in d.quotations],
        ),
    )
    utterances: dict[tuple[int, ...], str] = {}
    groups: list[QuoteGroup] = []
    for utterance, relation, quotations, reason, differences in ordered:
        name = utterances.setdefault(utterance, f"{dossier.story.id}-u{len(utterances) + 1}")
        documents = sorted({q.document for q in quotations}, key=lambda d: order[d])
        speakers = Counter(q.speaker for q in quotations if q.speaker is not None)
        speaker = min(speakers, key=lambda s: (-speakers[s], s)) if speakers else None
        spans = tuple(c for q in quotations for c in q.contents)
        groups.append(
            QuoteGroup(
                id=f"{dossier.story.id}-g{len(groups) + 1}",
                relation=relation,
                quotations=tuple(q.id for q in quotations),
                utterance=name,
                reason=reason,
                speaker=speaker,
                differences=differences,
                origins=count_origins(dossier, documents, spans),
            )
        )
    return tuple(groups)


# --- reasons


def _reason(dossier: Dossier, relation: QuoteRelation, pairs: Sequence[_Pair]) -> str:
    if relation == "verbatim":
        runs = [r for p in pairs for r in p.runs]
        return f"{_names(dossier, runs)} quote {_whom(runs) or 'this '}in the same words."
    having = _list_having(pairs)
    if relation == "spliced":
        sentences = [_splice_sentence(dossier, p, pairs) for p in _telling(pairs)]
    elif relation == "altered":
        sentences = [_altered_sentence(dossier, p, having) for p in _telling(pairs)]
    else:
        sentences = [_trimmed_sentence(dossier, p, having) for p in _telling(pairs)]
    unique = list(dict.fromkeys(s for s in sentences if s))
    return "; ".join(unique[:3]) + "."


def _whom(runs: Sequence[_Run]) -> str:
    """Return the one name that the runs give their speaker, with a space behind it, or nothing."""
    names = {r.quotation.speaker_name for r in runs} - {None}
    return f"{names.pop()} " if len(names) == 1 else ""


def _altered_sentence(dossier: Dossier, pair: _Pair, having: _Having) -> str:
    left, right = _sides(dossier, pair, having)
    parts = []
    for step in pair.comparison.differences[:2]:
        here = _shown(dossier, pair.left, pair.left_words, step.left, step.left_end)
        there = _shown(dossier, pair.right, pair.right_words, step.right, step.right_end)
        if step.kind == "replaced":
            parts.append(f"{left} {_has(left)} {here} where {right} {_has(right)} {there}")
        elif step.kind == "dropped":
            parts.append(f"{right} {_leaves(right)} out {here}, which {left} {_has(left)}")
        elif step.kind == "inserted":
            parts.append(f"{left} {_leaves(left)} out {there}, which {right} {_has(right)}")
        else:
            parts.append(f"{left} and {right} have {here} at different places")
    return ", and ".join(parts)


def _trimmed_sentence(dossier: Dossier, pair: _Pair, having: _Having) -> str:
    left, right = _sides(dossier, pair, having)
    marked = "; an ellipsis or brackets mark it" if pair.comparison.marked else ""
    sizes = len(pair.left_words), len(pair.right_words)
    if min(sizes) <= FRAGMENT and max(sizes) > 2 * min(sizes) and not pair.comparison.marked:
        few, many = (left, right) if sizes[0] < sizes[1] else (right, left)
        runs, words = (pair.left, pair.left_words) if sizes[0] < sizes[1] else (pair.right, pair.right_words)
        only = _shown(dossier, runs, words, 0, len(words))
        keep, quote = "keeps" if _is_one(few) else "keep", "quotes" if _is_one(many) else "quote"
        return f"{few} {keep} only {only} of what {many} {quote}"
    left_out: list[str] = []
    right_out: list[str] = []
    for step in pair.comparison.differences:
        if step.left < step.left_end:
            right_out.append(_shown(dossier, pair.left, pair.left_words, step.left, step.left_end))
        if step.right < step.right_end:
            left_out.append(_shown(dossier, pair.right, pair.right_words, step.right, step.right_end))
    parts = []
    if right_out:
        parts.append(f"{right} {_leaves(right)} out {' and '.join(right_out[:2])}, which {left} {_has(left)}")
    if left_out:
        parts.append(f"{left} {_leaves(left)} out {' and '.join(left_out[:2])}, which {right} {_has(right)}")
    return ", and ".join(parts) + marked


def _splice_sentence(dossier: Dossier, pair: _Pair, pairs: Sequence[_Pair]) -> str:
    joined, apart = sorted((pair.left, pair.right), key=len)
    one, other = (_names(dossier, _list_same_side(runs, pairs)) for runs in (joined, apart))
    if one == other:
        # Some have it both ways, joined in one place and apart in another.
        one, other = _names(dossier, joined), _names(dossier, apart)
    if len(apart) > 1:
        opening = [_opening(dossier, r) for r in apart[:2]]
        joins = "joins" if _is_one(one) else "join"
        return f"{one} {joins} in one quotation {opening[0]} and {opening[1]}, which stand apart in {other}"
    return f"{one} and {other} have the parts of this quotation in another order or with other words between them"


def _list_same_side(runs: Sequence[_Run], pairs: Iterable[_Pair]) -> Iterator[_Run]:
    """Yield the runs of each side of the pairs that has the words of some runs as they have them: in one or in several.

    Joined or apart the words are the same, so that the words alone tell no side from the other.
    """
    words = [w.key for run in runs for w in run.words]
    for pair in pairs:
        for side in (pair.left, pair.right):
            if (len(side) > 1) == (len(runs) > 1) and [w.key for run in side for w in run.words] == words:
                yield from side


def _paraphrase_reason(dossier: Dossier, direct: Sequence[Quotation], told: Sequence[Paraphrase]) -> str:
    order = [d.id for d in dossier.documents]
    tell = _list_names(dossier, sorted({p.indirect.document for p in told}, key=order.index))
    quote = _list_names(dossier, sorted({q.document for q in direct}, key=order.index))
    best = max(told, key=lambda p: (p.likeness + p.share, p.indirect.id))
    gives = "gives in its own words" if _is_one(tell) else "give in their own words"
    words = list_words(dossier.document(best.indirect.document).text, best.indirect_part.start, best.indirect_part.end)
    shown = dossier.words(Span(best.indirect.document, words[0].start, words[min(len(words), 2 * SHOWN_WORDS) - 1].end))
    more = " …" if len(words) > 2 * SHOWN_WORDS else ""
    return f"{tell} {gives}, “{shown}”{more}, what {quote} {'quotes' if _is_one(quote) else 'quote'} directly."


_Having = Mapping[tuple[str, ...], Sequence[_Run]]
"""The runs of each wording among some pairs."""


def _list_having(pairs: Iterable[_Pair]) -> _Having:
    having: dict[tuple[str, ...], list[_Run]] = defaultdict(list)
    for pair in pairs:
        having[tuple(w.key for w in pair.left_words)].extend(pair.left)
        having[tuple(w.key for w in pair.right_words)].extend(pair.right)
    return having


def _sides(dossier: Dossier, pair: _Pair, having: _Having) -> tuple[str, str]:
    """Return the names of all documents that have the left wording, and of all that have the right one."""
    left = tuple(w.key for w in pair.left_words)
    right = tuple(w.key for w in pair.right_words)
    return _names(dossier, having[left]), _names(dossier, having[right])


def _names(dossier: Dossier, runs: Iterable[_Run]) -> str:
    return _list_names(dossier, [dossier.documents[o].id for o in sorted({r.order for r in runs})])


def _list_names(dossier: Dossier, documents: Sequence[str]) -> str:
    names = [dossier.shown(d) for d in documents]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def _is_one(names: str) -> bool:
    return " and " not in names


def _has(names: str) -> str:
    return "has" if _is_one(names) else "have"


def _leaves(names: str) -> str:
    return "leaves" if _is_one(names) else "leave"


def _opening(dossier: Dossier, run: _Run) -> str:
    return _shown(dossier, (run,), run.words, 0, len(run.words))


def _shown(dossier: Dossier, runs: Sequence[_Run], words: Sequence[Word], first: int, end: int) -> str:
    """Return the exact words in marks; of many, the first, with an ellipsis outside the marks."""
    if first >= end:
        return ""
    span = _span(runs, words, first, min(end, first + SHOWN_WORDS))
    return f"“{dossier.words(span)}”" + (" …" if end - first > SHOWN_WORDS else "")
