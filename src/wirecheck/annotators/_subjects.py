"""Subjects from syntax: who a verb is said of, and which words name them.

Relations are those of Universal Dependencies.
"""

from __future__ import annotations

from wirecheck.language import Sentence
from wirecheck.text.gazetteer import titles

_NOT_BEFORE = ("cc", "punct", "mark", "parataxis", "discourse", "dep")
_NOT_BEHIND = ("cc", "punct", "parataxis", "ccomp", "advcl", "discourse")
"""Relations of what hangs on a subject and does not name it."""
_LIGHT = frozenset(["aux", "aux:pass", "cop", "advmod", "neg", "mark"])


def has_syntax(sentence: Sentence) -> bool:
    """Return whether the reading model gave this sentence a tree."""
    return any(t.head >= 0 for t in sentence.tokens)


def range_of(sentence: Sentence, index: int) -> tuple[int, int]:
    """Return the characters of the subtree under a token."""
    first, last = sentence.subtree(index)
    return sentence.tokens[first].start, sentence.tokens[last - 1].end


def find_subject(sentence: Sentence, index: int, *, depth: int = 0) -> int | None:
    """Return the token that heads the subject of a verb, following conjuncts, infinitives and participles upward."""
    tokens = sentence.tokens
    passive = None
    for child in sentence.children(index):
        relation = tokens[child].relation
        if relation in ("nsubj", "nsubj:outer", "csubj"):
            named = tokens[child + 1] if child + 1 < index else None
            titled = tokens[child].text.casefold() in titles().offices
            also = named is not None and (named.relation, named.head, named.upos) == ("nsubj", index, "PROPN")
            if titled and also:
                return child + 1  # "Trade Representative Jane Roe said", the title read as a subject of its own
            return child
        if relation == "nsubj:pass":
            passive = child
    if passive is not None:
        return passive
    if depth > 4:
        return None
    head = tokens[index].head
    if head < 0:
        return None
    relation = tokens[index].relation.split(":")[0]
    if tokens[index].relation.startswith("acl"):
        return head
    if relation == "xcomp":
        moved = next((c for c in sentence.children(head) if tokens[c].relation == "obj" and head < c < index), None)
        if moved is not None and any(tokens[c].text == "to" for c in sentence.children(index)):
            return moved  # "leads observers to say"
    if relation in ("advcl", "ccomp", "parataxis") and _is_finite(sentence, index):
        return None
    if relation in ("conj", "xcomp", "advcl", "aux", "cop", "parataxis", "ccomp"):
        return find_subject(sentence, head, depth=depth + 1)
    return None


def _is_finite(sentence: Sentence, index: int) -> bool:
    tokens = sentence.tokens
    if tokens[index].xpos in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(tokens[c].relation.startswith("aux") or tokens[c].relation == "cop" for c in sentence.children(index))


def source_range(sentence: Sentence, subject: int, verb: int) -> tuple[int, int]:
    """Return the characters of a subject's phrase on its side of the verb, without clauses that hang on it."""
    tokens = sentence.tokens
    first, last = sentence.subtree(subject)
    if subject < verb:
        last = min(last, verb)
        low = subject
        for child in sentence.children(subject):
            if child < subject and tokens[child].relation.split(":")[0] not in _NOT_BEFORE:
                low = min(low, sentence.subtree(child)[0])
        first = max(first, low)
        if first and tokens[first - 1].relation == "nsubj" and tokens[first - 1].head == tokens[subject].head:
            first = sentence.subtree(first - 1)[0]  # the title of `find_subject`
        while last - 1 > subject and tokens[last - 1].relation in _LIGHT:
            last -= 1
        kept = subject + 1
        for child in sentence.children(subject):
            if subject < child < verb and tokens[child].relation.split(":")[0] not in _NOT_BEHIND:
                kept = max(kept, min(sentence.subtree(child)[1], last))
        if kept < last and tokens[kept].text in (",", ")", "—", "–"):
            kept += 1
        last = min(last, kept)
    else:
        first = min(max(first, verb + 1), subject)
    return tokens[first].start, tokens[last - 1].end


def subject_at(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """Return the subject's characters of the verb that starts at a character, or None."""
    index = next((i for i, t in enumerate(sentence.tokens) if t.start <= start < t.end), None)
    if index is None or not has_syntax(sentence):
        return None
    subject = find_subject(sentence, index)
    if subject is None or subject == index:
        return None
    return source_range(sentence, subject, index)


def has_left_subject(sentence: Sentence, index: int) -> bool:
    """Return whether the subject of a verb stands before it."""
    return any(sentence.tokens[c].relation.startswith("nsubj") and c < index for c in sentence.children(index))
