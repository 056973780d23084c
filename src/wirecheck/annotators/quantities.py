"""Quantities: numbers with bound and unit, what they count or measure, and what they are a share of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from wirecheck.annotators import Annotator
from wirecheck.language import Sentence, Token
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Quantity, Span
from wirecheck.places import Places
from wirecheck.text.quantities import Amount, find_amounts

_DURATIONS = frozenset(
    ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "century")
)
# Words behind a number before what it counts: "23 heavily armed Somali pirates", "24 of the men".
_STOP = frozenset({
    "in", "on", "at", "of", "to", "from", "for", "with", "by", "and", "or", "but", "as", "than", "that", "which",
    "who", "were", "was", "is", "are", "had", "have", "has", "said", "into", "after", "before", "while", "when",
    "where", "per", "during", "since", "until", "against", "between", "over", "under", "about", "near", "off",
    "out", "not", "their", "his", "her", "its", "the", "a", "an", "more", "other", "others", "last", "first",
    "dead", "killed", "injured", "wounded", "missing", "hurt", "arrested", "people", "if", "because", "though",
    "although", "whether", "he", "she", "it", "they", "we", "you", "will", "would", "can", "could", "may", "might",
    "did", "does",
})  # fmt: skip
_EXTENTS = frozenset(("long", "high", "wide", "deep", "tall", "thick", "square", "strong"))
_THINGS = frozenset(
    ["quake", "earthquake", "tremor", "boy", "girl", "man", "woman", "resident", "student", "driver", "person"]
)
_QUAKES = frozenset(("quake", "earthquake", "temblor", "tremor", "aftershock", "foreshock", "shock", "event", "jolt"))
_FARTHEST_NOUN = 6
_PARENT = re.compile(r"\b(?:father|mother|parent|dad|mom|mum)\s+of\s+$", re.IGNORECASE)
_MANY_CHILDREN = 20
_NOUNS = ("NOUN", "PROPN")


def find(reading: Reading, found: Annotations) -> Iterator[Quantity]:
    """Yield the quantities of the article; years, dates and clock times are left to the dates."""
    text = reading.document.text
    taken = Places([d.span for d in found.dates if d.kind in ("date", "time")], lambda s: (s.start, s.end))
    for amount in find_amounts(text):
        index = reading.sentence_at(amount.core_start)
        if index is None or any(True for _ in taken.touching(amount.core_start, amount.core_end)):
            continue
        sentence = reading.sentences[index]
        counted, noun_span, of = _what(reading, sentence, amount)
        if (
            amount.kind == "count"
            and amount.low < _MANY_CHILDREN
            and _PARENT.search(text, sentence.start, amount.start)
        ):
            counted, noun_span = "child", None  # "a father of four opened the office"
        start, end = max(amount.start, sentence.start), min(amount.end, sentence.end)
        span = reading.span(start, max(end, amount.core_end))
        kind = amount.kind
        if kind == "count" and not counted:
            kind = "number"
        if (
            noun_span is not None
            and kind in ("count", "ordinal", "measure", "percent")
            and 0 <= noun_span.start - span.end <= 60
        ):
            span = span.join(noun_span)
        yield Quantity(
            span=span,
            low=amount.low,
            high=amount.high,
            bound=amount.bound,
            unit=amount.unit,
            counted=counted,
            counted_span=noun_span,
            of=of,
            kind=kind,
            decimals=amount.place,
        )


def _what(reading: Reading, sentence: Sentence, amount: Amount) -> tuple[str, Span | None, Span | None]:
    """Return the lemma and words of what a quantity counts or measures, and the words of what it is a share of."""
    if any(t.head >= 0 and t.relation for t in sentence.tokens):
        return _by_syntax(reading, sentence, amount)
    return _by_pattern(reading, sentence, amount)


def _by_syntax(reading: Reading, sentence: Sentence, amount: Amount) -> tuple[str, Span | None, Span | None]:
    tokens = sentence.tokens
    first = bisect_right(tokens, amount.core_start, key=lambda t: t.end)
    inside = list(range(first, max(first, bisect_left(tokens, amount.core_end, key=lambda t: t.start))))
    if not inside:
        return _by_pattern(reading, sentence, amount)
    if amount.adjectival or amount.unit == "magnitude":
        return _by_pattern(reading, sentence, amount)
    within = set(inside)
    # The top of the phrase: the token whose head lies outside it.
    tops = [i for i in inside if tokens[i].head not in within]
    top = next(
        (i for i in tops if tokens[i].relation.startswith(("nummod", "compound", "nmod", "amod"))),
        tops[-1] if tops else inside[-1],
    )
    of = _share(reading, sentence, inside)
    relation, head = tokens[top].relation, tokens[top].head
    noun: int | None = None
    if amount.unit and not amount.adjectival and amount.kind != "age":
        # 10 kilometers deep; a depth of 10 kilometers; 5% of their GDP; $12 million in damage
        if of is not None:
            noun = _head_within(sentence, of)
        elif (
            relation.startswith(("nmod", "appos")) and head >= 0 and tokens[head].upos in _NOUNS and head not in within
        ) or (
            relation.startswith(("nummod", "compound", "amod", "nmod:npmod", "obl:npmod"))
            and head >= 0
            and head not in within
            and tokens[head].upos in (*_NOUNS, "ADJ", "ADV")
        ):
            noun = head
        if noun is None and amount.kind in ("money", "percent"):
            noun = _complement(sentence, inside, ("of", "in"))
    elif (
        relation.startswith(("nummod", "compound", "amod", "nmod", "det", "advmod"))
        and head >= 0
        and head not in within
        and tokens[head].upos in (*_NOUNS, "ADJ", "X", "SYM")
    ):
        noun = head
        if relation.startswith("nmod") and head < top and not amount.unit:
            noun = None
    if noun is not None and noun > inside[-1] and not amount.unit:
        # A list ("three speedboats, grenades and …") counts the first noun, whatever the parser took for its head.
        mark = next((i for i in range(inside[-1] + 1, noun) if tokens[i].text == ","), None)
        if mark is not None:
            before = [i for i in range(inside[-1] + 1, mark) if tokens[i].upos in _NOUNS]
            noun = before[-1] if before else noun
    if noun is None and of is not None:
        noun = _head_within(sentence, of)
    if noun is None and not amount.unit:
        # "24 of the men", "249 injured"
        noun = _complement(sentence, inside, ("of",))
    if noun is None:
        counted, span, _ = _by_pattern(reading, sentence, amount)
        return counted, span, of
    if tokens[noun].upos not in (*_NOUNS, "ADJ", "ADV", "X", "SYM"):
        return "", None, of
    start = noun
    while (
        start - 1 > inside[-1]
        and start - 1 >= 0
        and tokens[start - 1].head in (noun, start)
        and tokens[start - 1].relation.startswith(("compound", "amod", "flat"))
    ):
        start -= 1
    return lemma_of(tokens[noun]), reading.span(tokens[start].start, tokens[noun].end), of


def _complement(sentence: Sentence, inside: list[int], prepositions: tuple[str, ...]) -> int | None:
    """Return the noun that hangs on a number by one of the prepositions, or None."""
    tokens = sentence.tokens
    for i in inside:
        for child in sentence.children(i):
            if child <= inside[-1] or not tokens[child].relation.startswith("nmod") or tokens[child].upos not in _NOUNS:
                continue
            if any(
                tokens[c].relation == "case" and tokens[c].text.lower() in prepositions
                for c in sentence.children(child)
            ):
                return child
    return None


def _share(reading: Reading, sentence: Sentence, inside: list[int]) -> Span | None:
    """Return the words behind "of" that hang on a quantity: "their GDP" in "5% of their GDP"."""
    tokens = sentence.tokens
    last = inside[-1]
    if last + 1 >= len(tokens) or tokens[last + 1].text.lower() != "of":
        following = re.compile(r"\s+of\s+").match(reading.document.text, tokens[last].end)
        if following is None:
            return None
    if last + 2 >= len(tokens):
        return None
    # The noun phrase behind "of", up to its head noun and the words before it.
    end = last + 2
    head = None
    for i in range(last + 2, min(len(tokens), last + 10)):
        token = tokens[i]
        if (
            token.upos in ("ADP", "VERB", "AUX", "PUNCT", "SCONJ", "CCONJ", "PRON")
            and token.relation not in ("nmod:poss", "det:poss")
            and token.upos != "PRON"
        ):
            break
        if token.upos == "PRON" and token.relation not in ("nmod:poss", "det"):
            break
        end = i
        if token.upos in _NOUNS:
            head = i
    if head is None:
        return None
    return reading.span(tokens[last + 2].start, tokens[max(end if tokens[end].upos in _NOUNS else head, head)].end)


def _head_within(sentence: Sentence, span: Span) -> int | None:
    nouns = [i for i, t in enumerate(sentence.tokens) if span.start <= t.start < span.end and t.upos in _NOUNS]
    return nouns[-1] if nouns else None


def lemma_of(token: Token) -> str:
    """Return the lower-case singular of a noun."""
    return singular(token.text)


def singular(word: str) -> str:
    """Return a noun without its regular plural.

    >>> [singular(w) for w in ("Countries", "people", "boxes", "pirates", "boss")]
    ['country', 'person', 'box', 'pirate', 'boss']
    """
    lower = word.lower().strip("’'")
    if lower in _PLURALS:
        return _PLURALS[lower]
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith(("ches", "shes", "xes", "sses", "zes")):
        return lower[:-2]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 3:
        return lower[:-1]
    return lower


_PLURALS = {
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "policemen": "policeman",
    "fishermen": "fisherman",
    "bodies": "body",
    "series": "series",
    "species": "species",
    "means": "means",
    "lives": "life",
    "wives": "wife",
    "feet": "foot",
    "crises": "crisis",
    "knives": "knife",
    "halves": "half",
}


def _by_pattern(reading: Reading, sentence: Sentence, amount: Amount) -> tuple[str, Span | None, Span | None]:
    """Return what follows a quantity up to the first plural noun or the end of the run of words; used without
    syntax.
    """
    text = reading.document.text
    share = re.compile(
        r"\s+of\s+((?:the|their|his|her|its|all|a|an|our|these|those)\s+)?((?:[A-Za-z][\w’'-]*\s+){0,3}?[A-Za-z][\w’'-]*)(?=[\s.,;:)]|$)"
    ).match(text, amount.core_end, sentence.end)
    of = None
    if share is not None and (amount.kind in ("percent", "money", "count")):
        stop = share.end(2)
        words = share[2].split()
        of = reading.span(share.start(1) if share[1] else share.start(2), stop)
        return singular(words[-1]), reading.span(stop - len(words[-1]), stop), of
    match = re.compile(r"[-\s]((?:[^\W_][\w’'-]*[\s])*[^\W_][\w’'-]*)").match(
        text, amount.core_end, min(sentence.end, amount.core_end + 80)
    )
    if match is None:
        return "", None, None
    at = match.start(1)
    best: tuple[str, int, int] | None = None
    for number, word in enumerate(re.finditer(r"[\w’'-]+", text[at : match.end()])):
        lower = word.group().lower()
        if (number == 0 and lower in ("people", "dead", "injured", "wounded", "others", "more")) or lower in (
            "people",
        ):
            return singular(lower) if lower != "more" else "", reading.span(at + word.start(), at + word.end()), None
        if lower in _EXTENTS and number == 0:
            continue
        if lower in _STOP or number >= _FARTHEST_NOUN or (lower.endswith(("ed", "ing")) and number > 0):
            break
        best = (lower, at + word.start(), at + word.end())
        if (lower.endswith("s") and not lower.endswith(("ss", "us", "’s", "'s"))) or lower in _PLURALS:
            break
        if amount.high <= 1 or ((amount.adjectival or amount.unit) and number >= 2):
            break
        if amount.unit == "magnitude" or (amount.adjectival and lower in _THINGS):
            break
    if best is None or (amount.unit and not amount.adjectival and amount.unit != "magnitude"):
        return "", None, None
    if amount.unit == "magnitude" and singular(best[0]) not in _QUAKES:
        return "", None, None  # "an earthquake of magnitude 5.9 shook the coast"
    return singular(best[0]), reading.span(best[1], best[2]), None


ANNOTATOR = Annotator(
    name="quantities",
    version=4,
    kind="quantities",
    summary="Counts, sums, shares, measures, ages, ranks and scores, with bound, unit and what they count.",
    order=20,
    find=find,
)
