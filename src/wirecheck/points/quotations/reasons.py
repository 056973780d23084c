"""What happened to the words of an utterance, said in one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.model import Quotation, QuoteRelation, Span
from wirecheck.points.paraphrase import Paraphrase
from wirecheck.points.quotations.pairs import Pair, list_telling, span_of_words
from wirecheck.points.quotations.runs import FRAGMENT, Run
from wirecheck.text.alignment import Word, list_words

SHOWN_WORDS = 8
"""Words of a difference that a reason shows."""


def explain_relation(dossier: Dossier, relation: QuoteRelation, pairs: Sequence[Pair]) -> str:
    if relation == "verbatim":
        runs = [r for p in pairs for r in p.runs]
        return f"{_names(dossier, runs)} quote {_whom(runs) or 'this '}in the same words."
    having = _list_having(pairs)
    if relation == "spliced":
        sentences = [_splice_sentence(dossier, p, pairs) for p in list_telling(pairs)]
    elif relation == "altered":
        sentences = [_altered_sentence(dossier, p, having) for p in list_telling(pairs)]
    else:
        sentences = [_trimmed_sentence(dossier, p, having) for p in list_telling(pairs)]
    unique = list(dict.fromkeys(s for s in sentences if s))
    return "; ".join(unique[:3]) + "."


def _whom(runs: Sequence[Run]) -> str:
    """Return the one name that the runs give their speaker, with a space behind it, or nothing."""
    names = {r.quotation.speaker_name for r in runs} - {None}
    return f"{names.pop()} " if len(names) == 1 else ""


def _altered_sentence(dossier: Dossier, pair: Pair, having: _Having) -> str:
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


def _trimmed_sentence(dossier: Dossier, pair: Pair, having: _Having) -> str:
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


def _splice_sentence(dossier: Dossier, pair: Pair, pairs: Sequence[Pair]) -> str:
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


def _list_same_side(runs: Sequence[Run], pairs: Iterable[Pair]) -> Iterator[Run]:
    """Yield the runs of each side of the pairs that has the words of some runs as they have them: in one or in several.

    Joined or apart the words are the same, so that the words alone tell no side from the other.
    """
    words = [w.key for run in runs for w in run.words]
    for pair in pairs:
        for side in (pair.left, pair.right):
            if (len(side) > 1) == (len(runs) > 1) and [w.key for run in side for w in run.words] == words:
                yield from side


def explain_retelling(dossier: Dossier, direct: Sequence[Quotation], told: Sequence[Paraphrase]) -> str:
    tell = show_documents(dossier, (p.indirect.document for p in told))
    quote = show_documents(dossier, (q.document for q in direct))
    best = max(told, key=lambda p: (p.likeness + p.share, p.indirect.id))
    gives = "gives in its own words" if _is_one(tell) else "give in their own words"
    words = list_words(dossier.document(best.indirect.document).text, best.indirect_part.start, best.indirect_part.end)
    shown = dossier.words(Span(best.indirect.document, words[0].start, words[min(len(words), 2 * SHOWN_WORDS) - 1].end))
    more = " …" if len(words) > 2 * SHOWN_WORDS else ""
    return f"{tell} {gives}, “{shown}”{more}, what {quote} {'quotes' if _is_one(quote) else 'quote'} directly."


_Having = Mapping[tuple[str, ...], Sequence[Run]]
"""The runs of each wording among some pairs."""


def _list_having(pairs: Iterable[Pair]) -> _Having:
    having: dict[tuple[str, ...], list[Run]] = defaultdict(list)
    for pair in pairs:
        having[tuple(w.key for w in pair.left_words)].extend(pair.left)
        having[tuple(w.key for w in pair.right_words)].extend(pair.right)
    return having


def _sides(dossier: Dossier, pair: Pair, having: _Having) -> tuple[str, str]:
    """Return the names of all documents that have the left wording, and of all that have the right one."""
    left = tuple(w.key for w in pair.left_words)
    right = tuple(w.key for w in pair.right_words)
    return _names(dossier, having[left]), _names(dossier, having[right])


def _names(dossier: Dossier, runs: Iterable[Run]) -> str:
    return show_documents(dossier, (r.span.document for r in runs))


def _is_one(names: str) -> bool:
    return " and " not in names


def _has(names: str) -> str:
    return "has" if _is_one(names) else "have"


def _leaves(names: str) -> str:
    return "leaves" if _is_one(names) else "leave"


def _opening(dossier: Dossier, run: Run) -> str:
    return _shown(dossier, (run,), run.words, 0, len(run.words))


def _shown(dossier: Dossier, runs: Sequence[Run], words: Sequence[Word], first: int, end: int) -> str:
    """Return the exact words in marks; of many, the first, with an ellipsis outside the marks."""
    if first >= end:
        return ""
    span = span_of_words(runs, words, first, min(end, first + SHOWN_WORDS))
    return f"“{dossier.words(span)}”" + (" …" if end - first > SHOWN_WORDS else "")
