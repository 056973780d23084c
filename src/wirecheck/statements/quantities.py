"""Measured things: a quantity with everything in its words that says what it is a quantity of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wirecheck.language import Sentence
from wirecheck.language.dossier import Dossier
from wirecheck.model import PartialDate, Quantity, Span, Statement
from wirecheck.statements.dates import find_host
from wirecheck.statements.measures import classes_of, count_digits, load_lists, read_dimension
from wirecheck.text.stems import load_common, stem

DURATIONS = frozenset(
    ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "century")
)
LONGEST_EVIDENCE = 90
"""Characters: the words around a figure that are shown as evidence, its verb with it, stay within this."""


@dataclass(frozen=True)
class Measured:
    """One quantity of one document and what its clause says of it; `row` is that of its statement's embedding, -1
    for none.
    """

    quantity: Quantity
    document: str
    statement: Statement | None
    row: int
    dimension: str
    """"count", "percent", "score", a currency code behind "money:", or the dimension of its unit."""
    low: float
    high: float
    """In the base of the dimension."""
    nouns: frozenset[str]
    """Classes of what is counted: the lemma itself, and the groups of `measures.toml` that hold it."""
    concepts: frozenset[str]
    """Measures of `measures.toml` that its verb or noun belongs to."""
    predicate: str
    """Stem of the verb that governs it, "" for none."""
    governor: str
    """Stem of the noun that it measures: "depth" in "a depth of 10 kilometres"."""
    words: frozenset[str]
    """Stems of the content words of its clause, numbers aside."""
    near: frozenset[str]
    """Stems of the content words within a few words of it: what is measured, by whom or where."""
    modifiers: frozenset[str]
    actors: frozenset[str]
    dates: tuple[PartialDate, ...]
    evidence: Span
    scope: frozenset[str] = frozenset()
    """Stems of the nouns that say where or among whom it is counted: "in the province", "across Asia"."""
    owner: str | None = None
    """Actor whose age, record or score it is."""
    possessed: bool = False
    """True where the things counted are said to be somebody's: "their five children"."""
    is_title: bool = False
    negated: bool = False
    joints: frozenset[str] = frozenset()
    """Conjunctions that tie other verbs to its verb."""
    other: bool = False
    """True for "two other rifles": what remains beside something said before."""

    @property
    def significant(self) -> int:
        """Digits that carry information: 2 for 43 million, 8 for 43,885,310."""
        return count_digits(self.quantity)


def find_measured(dossier: Dossier) -> tuple[Measured, ...]:
    """Return all quantities of a story with what they measure, by document, then place."""
    mentions: dict[str, list[tuple[int, int, str]]] = {}
    for actor in dossier.actors:
        for m in actor.mentions:
            mentions.setdefault(m.document, []).append((m.start, m.end, actor.id))
    found = []
    for reading, noted in zip(dossier.readings, dossier.annotations, strict=True):
        document = reading.document
        for quantity in noted.quantities:
            index = reading.sentence_at(quantity.span.start)
            if index is None:
                continue
            sentence = reading.sentences[index]
            found.append(_measure(dossier, quantity, sentence, mentions.get(document.id, []), noted.dates))
    return tuple(found)


def _measure(
    dossier: Dossier,
    quantity: Quantity,
    sentence: Sentence,
    mentions: list[tuple[int, int, str]],
    dates: tuple[PartialDate, ...],
) -> Measured:
    lists, common = load_lists(), load_common()
    tokens = sentence.tokens
    statement, clause = find_host(dossier, quantity.span, sentence)
    core = [i for i, t in enumerate(tokens) if quantity.span.start <= t.start < quantity.span.end]
    counted = quantity.counted
    nouns = classes_of(counted)
    verb, governor = _govern(sentence, core, quantity)
    words: set[str] = set()
    near: set[str] = set()
    first, last = (core[0], core[-1]) if core else (0, -1)
    for i, token in enumerate(tokens):
        lower = token.text.lower()
        if not lower[:1].isalpha() or lower in common or token.upos in ("NUM", "AUX", "DET", "PRON", "ADP"):
            continue
        if clause.start <= token.start < clause.end:
            root = stem(token.lemma or lower)
            words.add(root)
            if first - 6 <= i <= last + 8:
                near.add(root)
    predicate = stem(tokens[verb].lemma or tokens[verb].text) if verb is not None else ""
    evidence = _evidence(sentence, quantity, verb, clause)
    concepts: frozenset[str] = frozenset()
    after = []
    for t in tokens[last + 1 : last + 4]:
        if t.upos in ("CCONJ", "PUNCT") or t.text.lower().endswith("ing"):
            break
        if t.upos in ("ADJ", "VERB", "ADV") or t.text.lower() in _STATES:
            after.append(stem(t.text))
    before = [stem(t.lemma or t.text) for t in tokens[max(0, first - 2) : first] if t.upos in ("NOUN", "VERB")]
    # "kills 1, wounds 2": the word right before a bare number, whatever the parser took it for
    leading = stem(tokens[first - 1].text) if first > 0 and quantity.kind in ("count", "number") else ""
    within = [stem(tokens[i].lemma or tokens[i].text) for i in core]
    led = [predicate] if predicate and _is_argument(sentence, core, verb) else []
    if led and verb is not None:
        # "five people had been confirmed dead"
        led += [
            stem(tokens[c].lemma or tokens[c].text) for c in sentence.children(verb) if tokens[c].relation == "xcomp"
        ]
    # The state right behind the number says it surest ("24 people dead"), then its verb, then what stands before ("a
    # death toll of 24").
    for group in (
        within,
        [leading] if leading else [],
        after if verb is None or _is_state(after, lists.concepts) else [],
        led,
        [stem(governor)] if governor else [],
        before,
    ):
        concepts = frozenset(
            c
            for w in group
            for c in lists.concepts.get(w, ())
            if (c in lists.sums) == (quantity.kind in ("money", "percent")) or c == "stolen"
        )
        if concepts:
            break
    modifiers = frozenset(
        stem(t.text)
        for i, t in enumerate(tokens)
        if i in core
        and t.upos not in ("NUM", "PUNCT", "SYM", "ADP", "DET", "ADV")
        and t.text.lower() != counted
        and stem(t.text) != stem(counted or "")
    )
    dimension, low, high = read_dimension(quantity)
    text, title = dossier.document(clause.document).text, dossier.document(clause.document).title_span
    led_by = text[max(0, quantity.span.start - 12) : quantity.span.end].lower()
    return Measured(
        quantity=quantity,
        document=clause.document,
        statement=statement,
        row=statement.row if statement is not None else -1,
        dimension=dimension,
        low=low,
        high=high,
        nouns=nouns,
        concepts=concepts,
        predicate=predicate,
        governor=stem(governor) if governor else "",
        words=frozenset(words),
        near=frozenset(near),
        modifiers=modifiers,
        actors=frozenset(a for s, e, a in mentions if s < clause.end and clause.start < e),
        dates=_dates_of(dates, clause) or _dates_of(dates, Span(clause.document, sentence.start, sentence.end)),
        evidence=evidence,
        scope=_scope(sentence, core, verb, clause),
        owner=_owner(text, quantity, mentions),
        possessed=bool(
            re.search(
                r"\b(?:his|her|their|my|our|your)\s+$",
                text[max(0, quantity.span.start - 8) : quantity.span.start].lower(),
            )
        ),
        joints=_joints(sentence, verb),
        is_title=title is not None and title.overlap(quantity.span) > 0,
        negated=bool(re.search(r"\b(?:not|n['’]t|no|never)\s", led_by[:14])),
        other=bool(
            re.search(
                r"\b(?:others?|another|further|additional|more)\b",
                text[quantity.span.start : quantity.span.end + 8].lower(),
            )
        )
        and "more than" not in text[quantity.span.start : quantity.span.end].lower(),
    )


def _joints(sentence: Sentence, verb: int | None) -> frozenset[str]:
    if verb is None:
        return frozenset()
    tokens = sentence.tokens
    tied = [c for c in sentence.children(verb) if tokens[c].relation.startswith("conj") and tokens[c].upos == "VERB"]
    return frozenset(tokens[j].text.lower() for c in tied for j in sentence.children(c) if tokens[j].relation == "cc")


def _is_argument(sentence: Sentence, core: list[int], verb: int | None) -> bool:
    """Return whether a quantity is the subject or object of its verb, and no mere circumstance ("killed 20 in 13
    countries").
    """
    if verb is None or not core:
        return True
    at = core[-1]
    for _ in range(6):
        head = sentence.tokens[at].head
        if head == verb:
            relation = sentence.tokens[at].relation
            prepositions = {
                sentence.tokens[c].text.lower() for c in sentence.children(at) if sentence.tokens[c].relation == "case"
            }
            return not relation.startswith("obl") or (
                bool(prepositions & {"for", "with", "at"}) and not prepositions & {"in", "from", "after"}
            )
        if head < 0:
            return True
        at = head
    return True


def _owner(text: str, quantity: Quantity, mentions: list[tuple[int, int, str]]) -> str | None:
    """Return the actor of an age or a record: "Roe, 34," "the 34-year-old Roe", "Roe (12-1, 8 KOs)"; None for other
    figures.
    """
    start, end = quantity.span.start, quantity.span.end
    opened = text.rfind("(", max(0, start - 40), start)
    if opened >= 0 and ")" not in text[opened:start]:
        inside = text[opened : text.find(")", start) + 1 or end]
        if not re.search(r"\d+-\d+", inside) and quantity.kind != "age":
            return None
        start = opened
    elif quantity.kind not in ("age", "score"):
        return None
    before = [
        (e, a)
        for s, e, a in mentions
        if start - 30 <= e <= start and re.fullmatch(r"[\s,’'s(]*|\s+\w+\s+", text[e:start])
    ]
    if before:
        return max(before)[1]
    if quantity.kind == "age":
        after = [(s, a) for s, e, a in mentions if end <= s <= end + 24 and re.fullmatch(r"[\s\w-]*", text[end:s])]
        covering = [(e - s, a) for s, e, a in mentions if s <= quantity.span.start and end <= e]
        if covering:
            return min(covering)[1]
        if after:
            return min(after)[1]
    return None


_SCOPE = frozenset(("in", "across", "around", "throughout", "among", "worldwide", "within", "between"))


_PLACES = frozenset((
    "country", "countries", "province", "provinces", "region", "regions", "city", "cities", "district", "districts",
    "world", "area", "areas", "state", "states", "town", "towns", "nation", "nations", "island", "islands", "county",
    "counties", "village", "villages", "capital", "continent", "coast", "north", "south", "east", "west",
    "neighborhood", "neighbourhood", "hospital", "hospitals",
))  # fmt: skip


def _scope(sentence: Sentence, core: list[int], verb: int | None, clause: Span) -> frozenset[str]:
    tokens = sentence.tokens
    tops = {verb} if verb is not None else set()
    tops |= {
        tokens[i].head for i in core if tokens[i].head >= 0 and tokens[tokens[i].head].upos in ("NOUN", "PROPN")
    } | set(core)
    found: set[str] = set()
    for i, token in enumerate(tokens):
        if (
            token.head not in tops
            or i in core[:1]
            or not token.relation.startswith(("obl", "nmod"))
            or token.upos not in ("NOUN", "PROPN")
        ):
            continue
        if not clause.start <= token.start < clause.end:
            continue
        if any(tokens[c].relation == "case" and tokens[c].text.lower() in _SCOPE for c in sentence.children(i)):
            if token.text.isdigit() or token.lemma.isdigit():
                continue
            named = any(e.kind == "place" and e.first <= i < e.last for e in sentence.entities)
            if not named and token.text.lower() not in _PLACES:
                continue
            found.add(stem(token.lemma or token.text))
            found |= {
                stem(tokens[c].lemma or tokens[c].text) for c in sentence.children(i) if tokens[c].upos == "PROPN"
            }
    return frozenset(found)


def _dates_of(dates: tuple[PartialDate, ...], span: Span) -> tuple[PartialDate, ...]:
    return tuple(d for d in dates if d.kind in ("date", "time") and d.value and span.start <= d.span.start < span.end)


_STATES = frozenset((
    "dead", "injured", "wounded", "missing", "hurt", "killed", "homeless", "hospitalized", "hospitalised", "arrested",
    "detained", "ill", "sick",
))  # fmt: skip


def _is_state(words: list[str], concepts: Mapping[str, frozenset[str]]) -> bool:
    return any(stem(w) in words for w in _STATES) and any(w in concepts for w in words[:2])


def _govern(sentence: Sentence, core: list[int], quantity: Quantity) -> tuple[int | None, str]:
    """Return the verb over a quantity, and the noun that it measures: (token, lemma)."""
    tokens = sentence.tokens
    if not core:
        return None, ""
    within = set(core)
    at = next((i for i in core if tokens[i].head not in within), core[-1])
    governor = ""
    steps = 0
    while at >= 0 and steps < 8:
        head = tokens[at].head
        if head < 0:
            return (at, governor) if tokens[at].upos in ("VERB", "AUX") else (None, governor)
        if (
            head not in within
            and tokens[head].upos in ("NOUN", "PROPN")
            and not governor
            and (
                tokens[at].relation.startswith(("nmod", "appos", "nummod", "compound"))
                or tokens[at].text.lower() in ("worth", "valued", "totaling", "totalling", "costing")
            )
        ) and tokens[head].text.lower() != quantity.counted:
            governor = (tokens[head].lemma or tokens[head].text).lower()
        if tokens[head].upos == "VERB":
            return head, governor
        at, steps = head, steps + 1
    return None, governor


def _evidence(sentence: Sentence, quantity: Quantity, verb: int | None, clause: Span) -> Span:
    """Return the figure with its verb, where both are close; else the figure alone."""
    span = quantity.span
    if verb is not None:
        token = sentence.tokens[verb]
        start, end = min(span.start, token.start), max(span.end, token.end)
        between = (token.end, span.start) if token.start < span.start else (span.end, end)
        if any(t.upos == "NUM" for t in sentence.tokens if between[0] <= t.start < between[1]):
            return span
        if end - start <= LONGEST_EVIDENCE and clause.start <= start and end <= clause.end:
            return Span(span.document, start, end)
    return span
