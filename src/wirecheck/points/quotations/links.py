"""Which runs of marks are one utterance: the words that they share, who speaks, and what stands around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence

from wirecheck.comparison.speakers import same_speaker
from wirecheck.language.dossier import Dossier
from wirecheck.points.quotations.runs import FRAGMENT, Run
from wirecheck.points.wording import Comparison, compare_wordings, stem_word

SHINGLE = 2
"""Words in a row that two runs must share to be compared at all, unless one is a fragment."""
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
TELLING_LETTERS = 7
"""A single shared word must be so long to be known again inside a longer quotation ("disgraceful", not "sorry")."""
CATCHWORD = 3
"""A fragment that so many longer quotations of one document hold is a catchword, said more than once."""
NAME_INSIDE, SHORTEST_NAME = 3, 3
"""A run so many times as long as a name of at least so many words only mentions the name. Two words may be a nickname
that somebody calls somebody."""


def find_links(
    dossier: Dossier, runs: Sequence[Run], wanted: Container[int] | None = None
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
    for i, j, comparison, least in doubtful:
        if _liken_contexts(dossier, runs[i], runs[j]) >= least:
            links[i, j] = comparison
    return _without_catchwords(dossier, runs, _without_doubles(dossier, runs, links))


def _without_doubles(
    dossier: Dossier, runs: Sequence[Run], links: dict[tuple[int, int], Comparison]
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


def _is_only_a_name(dossier: Dossier, left: Run, right: Run, comparison: Comparison) -> bool:
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


def _are_named_apart(left: Run, right: Run) -> bool:
    """Return whether both runs have a speaker by name and the names share no word: "Ona Reed", "Council of Oswin"."""
    names = [(r.quotation.speaker_name or "").split() for r in (left, right)]
    if not all(n and n[0][:1].isupper() for n in names):
        return False
    return {w.casefold() for w in names[0]}.isdisjoint(w.casefold() for w in names[1])


def _without_catchwords(
    dossier: Dossier, runs: Sequence[Run], links: dict[tuple[int, int], Comparison]
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
        best = max(others, key=lambda o: (_liken_contexts(dossier, runs[one], runs[o]), -o))
        dropped.update((min(one, o), max(one, o)) for o in others if o != best)
    return {pair: c for pair, c in links.items() if pair not in dropped}


def _share(comparison: Comparison, left: Run, right: Run) -> float:
    """Return the share of the shorter run's words that are common, from 0 to 1."""
    return comparison.common / min(len(left.words), len(right.words))


def _least_context(comparison: Comparison, left: Run, right: Run, same: bool | None) -> float | None:
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


def _liken_contexts(dossier: Dossier, left: Run, right: Run) -> float:
    """Return how like the sentences around two runs are, from -1 to 1."""
    around = []
    for run in (left, right):
        reading = dossier.reading(run.span.document)
        index = reading.sentence_at(run.span.start)
        if index is None:
            return 0.0
        around.append(reading.sentences[index].embedding)
    return float(around[0] @ around[1])


# --- which runs are compared at all ----------------------------------------------------------------------------------


def _candidates(runs: Sequence[Run]) -> list[tuple[int, int]]:
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

    def __init__(self, run: Run) -> None:
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


def _list_repeats(runs: Sequence[Run], words: Sequence[_RunWords]) -> Iterator[tuple[int, int]]:
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


def _list_alike(runs: Sequence[Run], words: Sequence[_RunWords]) -> Iterator[tuple[int, int]]:
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
