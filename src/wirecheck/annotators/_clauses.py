"""Cues and attributed clauses from syntax: what hangs on a reporting verb, and who its subject is.

Relations are those of Universal Dependencies. The verb lists decide what may be content: a clause, an infinitive, an
object, or what follows a preposition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wirecheck.annotators._lexicon import forms_of, lexicon, listed
from wirecheck.annotators._subjects import (
    find_subject,
    has_left_subject,
    has_syntax,
    range_of,
    source_range,
    subject_at,
)
from wirecheck.language import Sentence

__all__ = ["Cue", "find_cues", "find_subject", "has_left_subject", "has_syntax", "source_range", "subject_at"]

Shape = Literal["clause", "infinitive", "object", "about", "passive", "noun", "adjective", "around", "rest"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence; all ranges are characters of the document."""

    token: int
    lemma: str
    start: int
    end: int
    source: tuple[int, int] | None
    content: tuple[int, int] | None
    shape: Shape
    more: tuple[int, int] | None = None
    """The second part of a clause that the cue parts: "The bridge, she said, is safe"."""


def lemma_of(sentence: Sentence, index: int) -> str | None:
    """Return the lemma of a reporting verb by the word lists, which do not depend on the model's lemmas."""
    return lexicon().verb(sentence.tokens[index].text.casefold())


def is_verb(sentence: Sentence, index: int) -> bool:
    """Return whether a token is used as a verb: no participle before a noun, no half of a hyphenated word."""
    token = sentence.tokens[index]
    if token.upos != "VERB" and not token.xpos.startswith("VB"):
        return False
    if token.relation in ("amod", "compound", "case", "nmod"):
        return False
    before = sentence.tokens[index - 1].text if index else ""
    return before not in ("-", "‑") and (token.text[:1].islower() or index == 0 or token.upos == "VERB")


def cue_of(sentence: Sentence, index: int) -> tuple[int, int]:
    """Return the characters of a cue: the verb with its particle."""
    tokens = sentence.tokens
    end = tokens[index].end
    for child in sentence.children(index):
        if tokens[child].relation == "compound:prt" and child == index + 1:
            end = tokens[child].end
    return tokens[index].start, end


def find_cues(sentence: Sentence, blocked: Sequence[tuple[int, int]] = ()) -> list[Cue]:
    """Return the cues of a sentence with the clause that each attributes, by place.

    Words in `blocked` (inside marks) are content at most, never a cue.
    """
    if not has_syntax(sentence):
        return []
    found: list[Cue] = []
    tokens = sentence.tokens
    words = lexicon()
    for index, token in enumerate(tokens):
        if any(a <= token.start < b for a, b in blocked):
            continue
        if is_verb(sentence, index):
            lemma = lemma_of(sentence, index)
            if lemma is not None:
                found.extend(_of_verb(sentence, index, lemma))
        elif token.text.casefold() == "according":
            cue = _of_according(sentence, index)
            if cue is not None:
                found.append(cue)
        elif (
            token.upos == "NOUN"
            and (noun := _singular(token.text.casefold())) in words.classes["noun"]
            and noun not in words.not_content["noun"]
        ):
            cue = _of_noun(sentence, index)
            if cue is not None:
                found.append(cue)
        elif token.upos == "ADJ":
            cue = _of_adjective(sentence, index)
            if cue is not None:
                found.append(cue)
    return found


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _of_verb(sentence: Sentence, index: int, lemma: str) -> list[Cue]:
    tokens = sentence.tokens
    start, end = cue_of(sentence, index)
    subject = find_subject(sentence, index)
    source = source_range(sentence, subject, index) if subject is not None and subject != index else None
    children = sentence.children(index)
    relations = {tokens[c].relation for c in children}
    passive = (
        "aux:pass" in relations
        or "nsubj:pass" in relations
        or (tokens[index].relation == "acl" and tokens[index].xpos == "VBN")
        or _is_bare_participle(sentence, index)
    )
    if passive:
        return _of_passive(sentence, index, lemma)
    words = lexicon()
    clause = next((c for c in children if tokens[c].relation == "ccomp" and c > index), None)
    infinitive = next((c for c in children if tokens[c].relation == "xcomp" and c > index), None)
    thing = next((c for c in children if tokens[c].relation == "obj" and c > index), None)
    if clause is not None:
        if lemma in words.not_content["clause"]:
            return []
        low, _ = range_of(sentence, clause)
        return [Cue(index, lemma, start, end, source, (low, _clause_end(sentence, index, clause)), "clause")]
    if infinitive is not None:
        if lemma in words.not_content["infinitive"]:
            return []
        low, high = range_of(sentence, infinitive)
        if lemma in listed("raising"):
            if not any(tokens[c].text.casefold() == "to" for c in sentence.children(infinitive)):
                return []
            return [_raised(index, lemma, (start, end), source, (low, high))]
        if thing is not None and thing < infinitive:
            low = min(low, range_of(sentence, thing)[0])
        return [Cue(index, lemma, start, end, source, (low, high), "infinitive")]
    if tokens[index].relation == "parataxis" or _around(sentence, index):
        around = _content_around(sentence, index, source)
        if around is not None:
            return [Cue(index, lemma, start, end, source, around, "around")]
    if thing is not None:
        if lemma in words.not_content["object"]:
            return []
        low, high = range_of(sentence, thing)
        content = (low, max(high, _verb_phrase_end(sentence, index)))
        return [Cue(index, lemma, start, end, source, content, "object")]
    about = _about(sentence, index, lemma)
    if about is not None:
        return [Cue(index, lemma, start, end, source, about, "about")]
    if words.is_in(lemma, "say", "think", "show") and lemma not in words.not_content["rest"]:
        rest = _rest(sentence, index)
        if rest is not None:
            return [Cue(index, lemma, start, end, source, rest, "rest")]
    return []


def _is_bare_participle(sentence: Sentence, index: int) -> bool:
    """Return whether a participle says what was done to its subject: "Asked if …, she said", "false and meant to"."""
    tokens = sentence.tokens
    if tokens[index].xpos != "VBN":
        return False
    if any(tokens[c].relation.split(":")[0] in ("aux", "nsubj") for c in sentence.children(index)):
        return False
    relation, head = tokens[index].relation, tokens[index].head
    return relation == "advcl" or (relation == "conj" and head >= 0 and tokens[head].upos == "ADJ")


def _clause_end(sentence: Sentence, index: int, clause: int) -> int:
    """Return where an attributed clause ends: what else hangs on the verb behind it belongs to it, mostly.

    A conjunct of the verb without "that", a participle ("adding …") and a clause set beside it end it.
    """
    tokens = sentence.tokens
    end = range_of(sentence, clause)[1]
    for child in sentence.children(index):
        if child <= clause:
            continue
        relation = tokens[child].relation.split(":")[0]
        marks = [tokens[c].text.casefold() for c in sentence.children(child) if tokens[c].relation == "mark"]
        if relation == "parataxis" or (relation == "conj" and "that" not in marks):
            break
        if relation == "advcl" and tokens[child].xpos == "VBG" and not marks:
            break
        if relation in ("ccomp", "dep", "obl", "advcl", "conj", "xcomp", "obj"):
            end = max(end, range_of(sentence, child)[1])
    return end


def _about(sentence: Sentence, index: int, lemma: str) -> tuple[int, int] | None:
    """Return what follows a verb's preposition where the two attribute together: "called for a recount"."""
    tokens = sentence.tokens
    pairs = lexicon().about
    for child in sentence.children(index):
        if child < index or not tokens[child].relation.startswith(("obl", "advcl")):
            continue
        for case in sentence.children(child):
            if tokens[case].relation in ("case", "mark") and f"{lemma} {tokens[case].text.casefold()}" in pairs:
                low, high = range_of(sentence, child)
                low = max(low, tokens[case].end)
                purpose = [
                    range_of(sentence, c)[1]
                    for c in sentence.children(index)
                    if c > child
                    and tokens[c].relation in ("advcl", "xcomp")
                    and any(tokens[m].text.casefold() == "to" for m in sentence.children(c) if m < c)
                ]
                return (low, max([high, _verb_phrase_end(sentence, index), *purpose])) if low < high else None
    return None


def _verb_phrase_end(sentence: Sentence, index: int) -> int:
    """Return where the objects and adverbials behind a verb end, before conjuncts and clauses of their own."""
    tokens = sentence.tokens
    end = tokens[index].end
    for child in sentence.children(index):
        if child < index:
            continue
        if tokens[child].relation == "advcl" and _is_bound(sentence, child):
            end = max(end, range_of(sentence, child)[1])
            continue
        if tokens[child].relation.split(":")[0] in ("conj", "cc", "parataxis", "punct", "advcl", "dep", "discourse"):
            break
        if tokens[child].relation == "obl:tmod" or tokens[child].text in listed("day_names"):
            continue
        if tokens[child].relation == "obl" and not _is_bound(sentence, child):
            continue
        end = max(end, range_of(sentence, child)[1])
    return end


def _is_bound(sentence: Sentence, index: int) -> bool:
    """Return whether a prepositional phrase belongs to what is said rather than says where and when it was."""
    cases = [c for c in sentence.children(index) if sentence.tokens[c].relation in ("case", "mark") and c < index]
    return bool(cases) and sentence.tokens[cases[0]].text.casefold() in listed("bound")


def _rest(sentence: Sentence, index: int) -> tuple[int, int] | None:
    """Return what follows a verb of saying that the tree left without a clause: up to the end of the sentence."""
    tokens = sentence.tokens
    at = index + 1
    if at >= len(tokens) or (index and tokens[index - 1].upos == "PUNCT" and not has_left_subject(sentence, index)):
        return None
    if tokens[at].upos == "ADP":
        # "said in a notice issued on Thursday that …"
        that = next((p for p in range(at, min(len(tokens), at + 14)) if tokens[p].text == "that"), None)
        if that is None or tokens[that].upos not in ("SCONJ", "PRON") or that + 1 >= len(tokens):
            return None
        at = that
    elif tokens[at].upos in ("PUNCT", "CCONJ"):
        return None
    if tokens[at].relation.startswith("nsubj") and tokens[tokens[at].head].start <= tokens[index].start:
        return None
    stop = len(tokens)
    for position in range(at, len(tokens)):
        opens_speech = tokens[position].text in ("“", '"', "''", "``") and tokens[position - 1].text in (",", ":")
        if tokens[position].text == ";" or opens_speech:
            stop = position
            break
    return (tokens[at].start, tokens[stop - 1].end) if stop - at >= 4 else None


def _around(sentence: Sentence, index: int) -> bool:
    """Return whether a clause before the verb hangs on it: "The bridge is safe, she said"."""
    tokens = sentence.tokens
    return any(tokens[c].relation in ("ccomp", "parataxis") and c < index for c in sentence.children(index))


def _content_around(sentence: Sentence, index: int, source: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the clause that a tag stands in or behind: from its beginning to the tag, or around it."""
    tokens = sentence.tokens
    for child in sentence.children(index):
        if tokens[child].relation in ("ccomp", "parataxis") and child < index:
            low, high = range_of(sentence, child)
            limit = min(tokens[index].start, source[0] if source is not None else tokens[index].start)
            return (low, min(high, limit)) if low < min(high, limit) else None
    head = tokens[index].head
    if head < 0:
        return None
    low, high = range_of(sentence, head)
    limit = min(tokens[index].start, source[0] if source is not None else tokens[index].start)
    if head < index:
        return (low, limit) if low < limit else None
    return None


def _of_passive(sentence: Sentence, index: int, lemma: str) -> list[Cue]:
    """Return "X was criticized by Y" and "X, opposed by Y": the agent is the source; without one it stays open."""
    tokens = sentence.tokens
    if lemma in lexicon().not_content["passive"]:
        return []
    start, end = cue_of(sentence, index)
    agent = None
    for child in sentence.children(index):
        if tokens[child].relation in ("obl:agent", "obl") and any(
            tokens[c].relation == "case" and tokens[c].text.casefold() == "by" for c in sentence.children(child)
        ):
            agent = child
    source = None
    if agent is not None:
        low, high = range_of(sentence, agent)
        case = next(c for c in sentence.children(agent) if tokens[c].relation == "case")
        source = (tokens[case + 1].start, high) if case + 1 < len(tokens) else None
    clause = next((c for c in sentence.children(index) if tokens[c].relation in ("ccomp", "xcomp") and c > index), None)
    subject = next((c for c in sentence.children(index) if tokens[c].relation == "nsubj:pass"), None)
    if clause is not None:
        content = range_of(sentence, clause)
        if (
            source is None
            and subject is not None
            and tokens[clause].relation == "xcomp"
            and lemma not in listed("asking")
        ):
            return [_raised(index, lemma, (start, end), source_range(sentence, subject, index), content)]
        return [Cue(index, lemma, start, end, source, content, "passive")]
    if source is None:
        return []
    if subject is not None and subject < index:
        return [Cue(index, lemma, start, end, source, range_of(sentence, subject), "passive")]
    if tokens[index].relation == "acl" and tokens[index].head >= 0:
        head = tokens[index].head
        low = tokens[sentence.subtree(head)[0]].start
        return [Cue(index, lemma, start, end, source, (low, tokens[index - 1].end), "passive")]
    return []


def _raised(
    index: int, lemma: str, cue: tuple[int, int], subject: tuple[int, int] | None, content: tuple[int, int]
) -> Cue:
    """Return "X seemed to …", "X is expected to …": nobody is named who thinks so, and X is part of what is thought."""
    if subject is None or subject[1] > cue[0]:
        return Cue(index, lemma, cue[0], cue[1], None, content, "passive")
    return Cue(index, lemma, cue[0], cue[1], None, subject, "passive", more=content)


def _of_according(sentence: Sentence, index: int) -> Cue | None:
    """Return "according to X": the source behind it, the rest of its clause as content."""
    tokens = sentence.tokens
    if index + 2 >= len(tokens) or tokens[index + 1].text.casefold() != "to":
        return None
    head = tokens[index].head
    named = head if head > index else next((c for c in sentence.children(index) if c > index + 1), None)
    if named is None:
        return None
    low, last = tokens[index + 2].start, sentence.subtree(named)[1]
    while last - 1 > named and tokens[last - 1].upos == "PUNCT":
        last -= 1
    high = tokens[last - 1].end
    if low >= high:
        return None
    first = sentence.start
    if any(t.upos in ("VERB", "AUX") for t in tokens[:index]):
        return Cue(
            index,
            "according",
            tokens[index].start,
            tokens[index + 1].end,
            (low, high),
            (first, tokens[index].start),
            "around",
        )
    content = (high, tokens[-1].end) if high < tokens[-1].end else None
    return Cue(index, "according", tokens[index].start, tokens[index + 1].end, (low, high), content, "around")


def _of_noun(sentence: Sentence, index: int) -> Cue | None:
    """Return "his promise to …", "criticism from the union of …", "made the claim that …" with who has the thought."""
    tokens = sentence.tokens
    children = sentence.children(index)
    clause = next(
        (
            c
            for c in children
            if tokens[c].relation.startswith(("acl", "ccomp")) and c > index and tokens[c].relation != "acl:relcl"
        ),
        None,
    )
    owner = next((c for c in children if tokens[c].relation == "nmod:poss"), None)
    after = [c for c in children if tokens[c].relation == "nmod" and c > index]
    holder = next((c for c in after if _case(sentence, c) in ("from", "by", "among")), None)
    about = next((c for c in after if c != holder and _case(sentence, c) not in ("in", "at", "on", "during")), None)
    target = clause if clause is not None else about
    if target is None:
        return None
    start = tokens[index].start
    source: tuple[int, int] | None = None
    if owner is not None:
        first, last = sentence.subtree(owner)
        while last - 1 > owner and tokens[last - 1].text in ("’s", "'s", "’", "'"):
            last -= 1
        source = (tokens[first].start, tokens[last - 1].end)
    elif holder is not None:
        first, last = sentence.subtree(holder)
        case = next(c for c in sentence.children(holder) if tokens[c].relation == "case")
        if case + 1 >= last:
            return None
        source = (tokens[case + 1].start, tokens[last - 1].end)
    else:
        verb = tokens[index].head
        light = verb >= 0 and tokens[index].relation == "obj" and tokens[verb].text.casefold() in _light_verbs()
        subject = find_subject(sentence, verb) if light else None
        if subject is not None and subject != verb:
            source = source_range(sentence, subject, verb)
            start = min(start, tokens[verb].start)
        elif clause is None:
            return None
    low, high = range_of(sentence, target)
    return Cue(index, tokens[index].text.casefold(), start, tokens[index].end, source, (low, high), "noun")


def _case(sentence: Sentence, index: int) -> str:
    tokens = sentence.tokens
    cases = [c for c in sentence.children(index) if tokens[c].relation == "case"]
    return tokens[cases[0]].text.casefold() if cases else ""


@cache
def _light_verbs() -> frozenset[str]:
    return frozenset(form for lemma in listed("light") for form in [lemma, *forms_of(lemma)])


def _of_adjective(sentence: Sentence, index: int) -> Cue | None:
    """Return "is confident that …", "are willing to …"."""
    tokens = sentence.tokens
    if tokens[index].text.casefold() not in listed("adjectives"):
        return None
    clause = next(
        (c for c in sentence.children(index) if tokens[c].relation in ("ccomp", "xcomp", "advcl", "obl") and c > index),
        None,
    )
    subject = next((c for c in sentence.children(index) if tokens[c].relation == "nsubj"), None)
    if clause is None or subject is None:
        return None
    source = source_range(sentence, subject, index)
    return Cue(
        index,
        tokens[index].text.casefold(),
        tokens[index].start,
        tokens[index].end,
        source,
        range_of(sentence, clause),
        "adjective",
    )
