"""Cues and sources in plain text: which verb reports, and which words beside it name who is reported.

Works without syntax, so that headlines, capitals and broken text are served too; where the reading model gives
syntax, `_clauses` reads the same from the tree.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from wirecheck.annotators._lexicon import lexicon, list_tokens, listed

_NEW_CLAUSE = re.compile(
    r",?\s+(?:adding|saying|noting|but|and|while|as|although|though|when|where|which|according|after|before)\b"
)
_VENUE = re.compile(
    r"\s+(?:in|during|on|at|to|via|through|after|before|when|as|from)\s+(?:an?|the|his|her|their|its|reporters|Twitter|Facebook|CNN|"
    r"[A-Z][a-z]+day\b|social|state|court|Congress|televised|prepared|written|recent|\d)"
)
_ADVERB = re.compile(r"[a-z]+ly$")


@dataclass(frozen=True, slots=True)
class Tag:
    """A cue with its source: "he said", "said Jane Roe, the mayor", "according to officials"."""

    start: int
    end: int
    lemma: str
    source: tuple[int, int] | None
    inverted: bool = False


def tag_after(
    text: str, start: int, end: int, *, classes: Sequence[str] = ("say",), skip: Container[int] = ()
) -> Tag | None:
    """Return the tag that follows words in marks: `she said`, `said Jane Roe, the mayor`, `— Jane Roe`.

    `[start, end)` runs from behind the closing mark to the end of the clause. Words that begin at an offset in `skip`
    are no verbs.
    """
    words = lexicon()
    tokens = list_tokens(text, start, end)
    at = 0
    while at < len(tokens) and tokens[at].group() in {",", "—", "–", "--", ":", "("}:
        at += 1
    if at == len(tokens):
        return None
    if text[tokens[at].start() : tokens[at].start() + 12].casefold().startswith("according to"):
        return according_to(text, tokens[at].start(), end)
    depth = 0
    for index in range(at, min(len(tokens), at + 32)):
        form = tokens[index].group()
        if form == "(":
            depth += 1
        elif form == ")":
            depth -= 1
        if depth > 0:
            continue
        low = form.casefold()
        lemma = words.verb(low)
        finish = tokens[index].end()
        if low in ("went", "goes") and index + 1 < len(tokens) and tokens[index + 1].group() == "on":
            lemma, finish = "continue", tokens[index + 1].end()
        if lemma is None or not words.is_in(lemma, *classes) or tokens[index].start() in skip:
            continue
        if index > at and form[0].isupper() and form[1:].islower():
            continue
        verb = tokens[index]
        head = [t.group().casefold() for t in tokens[at:index]]
        if all(_is_between(w) for w in head):
            if low.endswith("ing") and low != lemma:
                return None
            source = subject_right(text, finish, end)
            if source is not None:
                return Tag(tokens[at].start() if head else verb.start(), finish, lemma, source, inverted=True)
            return Tag(verb.start(), finish, lemma, None) if low != lemma else None
        if low.endswith("ing") and low != lemma and head and head[-1] not in ("was", "is", "were", "are", "by"):
            continue
        previous = tokens[index - 1].group().casefold()
        if previous in {
            "the",
            "a",
            "an",
            "his",
            "her",
            "their",
            "its",
            "this",
            "that",
            "of",
            "for",
            "in",
            "’s",
            "being",
        }:
            continue  # "her said aim", "questions being asked"
        if _is_owner(previous):
            continue
        source = subject_left(text, tokens[at].start(), verb.start())
        if source is None:
            continue
        if source[0] > tokens[at].start() + 90:
            return None
        return Tag(verb.start(), finish, lemma, source)
    return None


def tag_before(
    text: str,
    start: int,
    end: int,
    *,
    classes: Sequence[str] = ("say", "think", "call", "judge"),
    skip: Container[int] = (),
    limit: int | None = None,
) -> Tag | None:
    """Return the last tag before words in marks, in `[start, end)` from the beginning of the clause.

    Its source is None for a verb without a subject of its own: a conjunct, or a participle behind a comma. Up to
    `limit` the agent of a passive is looked for, behind the words in marks too: `was called “…” by Roe`.
    """
    words = lexicon()
    tokens = list_tokens(text, start, end)
    for index in range(len(tokens) - 1, -1, -1):
        low = tokens[index].group().casefold()
        if low == "according" and index + 1 < len(tokens) and tokens[index + 1].group().casefold() == "to":
            found = according_to(text, tokens[index].start(), end)
            if found is not None:
                return found
        lemma = words.verb(low)
        if lemma is None or not words.is_in(lemma, *classes) or tokens[index].start() in skip:
            continue
        if index > 0 and tokens[index].group()[0].isupper() and tokens[index].group()[1:].islower():
            continue
        previous = tokens[index - 1].group().casefold() if index else ""
        if previous in listed("before_nouns") or _is_owner(previous):
            continue
        far = len([t for t in tokens[index + 1 :] if t.group()[0].isalnum()]) > 3
        if far and (lemma in words.classes["only_marks"] or (previous == "to" and low == lemma)):
            continue
        verb = tokens[index]
        participle = (
            low.endswith("ing")
            and low != lemma
            and previous not in {"is", "are", "was", "were", "be", "been", "’s", "as", "not"}
        )
        if participle and (
            index == 0
            or previous
            in {
                ",",
                "and",
                "or",
                "but",
                "—",
                "–",
                "--",
                "in",
                "by",
                "of",
                "for",
                "while",
                "after",
                "before",
                "when",
                "without",
            }
        ):
            return Tag(verb.start(), verb.end(), lemma, None)
        if previous in _BE and not participle and low != lemma:
            return Tag(verb.start(), verb.end(), lemma, _agent(text, verb.end(), limit), inverted=True)
        return Tag(verb.start(), verb.end(), lemma, subject_left(text, start, verb.start()))
    return None


def _is_owner(word: str) -> bool:
    """Return whether a word says whose what follows is: "Roe’s proposed deal", not "he’s said"."""
    stem = re.sub(r"[’']s$", "", word)
    return stem != word and stem not in listed("pronouns") | {"there", "here", "what"}


_BE = frozenset({"is", "was", "were", "are", "be", "been", "being"})


def _agent(text: str, start: int, limit: int | None) -> tuple[int, int] | None:
    """Return the words that name who does what a passive says: "by the mayor"."""
    end = limit if limit is not None else len(text)
    match = re.compile(r"[^.!?;]*?\bby\s+").match(text, start, end)
    return subject_right(text, match.end(), end) if match is not None else None


def according_to(text: str, start: int, end: int) -> Tag | None:
    """Return the tag of "according to X", or None where no words follow."""
    match = re.compile(r"according\s+to\s+", re.IGNORECASE).match(text, start, end)
    if match is None:
        return None
    source = subject_right(text, match.end(), end)
    if source is None:
        return None
    return Tag(match.start(), match.start() + len(match.group().rstrip()), "according", source, inverted=True)


def _is_between(word: str) -> bool:
    return (
        word in lexicon().classes["between"]
        or word.endswith(("n’t", "n't"))
        or (_ADVERB.match(word) is not None and word not in listed("no_adverbs"))
    )


def subject_left(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends before `end`: the subject of a verb that starts there, or None.

    >>> text = "On Monday, Jane Roe, the mayor of Ostwick, also said"
    >>> a, b = subject_left(text, 0, text.index("said"))
    >>> text[a:b]
    'Jane Roe, the mayor of Ostwick,'
    """
    tokens = list_tokens(text, start, end)
    last = len(tokens) - 1
    infinitive = last >= 0 and tokens[last].group() == "to"
    while last >= 0 and (
        (_is_between(tokens[last].group().casefold()) and not _is_name_of_auxiliary(tokens[last].group()))
        or tokens[last].group() in {"quoted", "as"}
    ):
        last -= 1
    # "Roe continued to praise", "Roe declined to say": the finite verb before the infinitive is none of her name.
    if infinitive and last > 0 and tokens[last].group().casefold() in listed("before_infinitive"):
        last -= 1
        while last >= 0 and _is_between(tokens[last].group().casefold()):
            last -= 1
    whole, last = last, _before_time(tokens, last)
    found = _subject_ending(text, tokens, last, end)
    if found is None and whole != last:
        found = _subject_ending(text, tokens, whole, end)  # "the firm, which met on Tuesday, said"
    return found


def _is_name_of_auxiliary(word: str) -> bool:
    """Return whether a word is a name and no auxiliary, by its capital: "May said", "Will said"."""
    return word in ("May", "Will")


def _subject_ending(text: str, tokens: Sequence[re.Match[str]], last: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase whose last token is `last`, with an apposition that commas or brackets close."""
    if last < 0:
        return None
    closed = tokens[last].group() in {",", "—", "–", "--", ")"}
    if closed:
        mark = tokens[last].group()
        inner = last - 1
        if mark == ")":
            while inner >= 0 and tokens[inner].group() != "(":
                inner -= 1
            head = _phrase(tokens, inner - 1)
            return (tokens[head].start(), tokens[last].end()) if head is not None else None
        commas = [i for i in range(inner, -1, -1) if tokens[i].group() == mark]
        if not commas:
            return None
        for comma in commas[:4]:
            head = _phrase(tokens, comma - 1)
            if head is not None and (
                _names(tokens[head].group())
                or tokens[head].group().casefold()
                in listed("pronouns") | {"a", "an", "the", "one", "another", "his", "her", "their", "its", "our"}
            ):
                if tokens[head].group().casefold() in listed("prepositions"):
                    continue
                return tokens[head].start(), tokens[last].end()
        return None
    word = tokens[last].group()
    if word.casefold() in listed("pronouns") or word.casefold() in listed("other_subjects"):
        return tokens[last].start(), tokens[last].end()
    if word in {":", ";", "("}:
        return None
    head = _phrase(tokens, last)
    if head is None:
        return None
    return tokens[head].start(), _with_stop(text, tokens[last].end(), end)


def _before_time(tokens: Sequence[re.Match[str]], last: int) -> int:
    """Return the last token before words of time: "Roe on Friday", "Roe last week", "Roe, on May 5,"."""
    at = last
    if at > 0 and tokens[at].group() == ",":
        at -= 1
    begin = at
    while at >= 0 and (tokens[at].group().casefold() in listed("time") or tokens[at].group().isdigit()):
        at -= 1
    if at == begin:
        return last
    while at >= 0 and tokens[at].group().casefold() in (
        "on",
        "in",
        "late",
        "early",
        "at",
        "this",
        "last",
        "earlier",
        ",",
    ):
        at -= 1
    return at


def _with_stop(text: str, end: int, limit: int) -> int:
    """Take the full stop of "Jr.", "U.S." and the like into a phrase."""
    if (
        end < limit
        and text[end] == "."
        and re.search(r"(?:\b(?:Jr|Sr|Inc|Corp|Co|Ltd|Bros)|\.[A-Z])$", text[max(0, end - 5) : end])
    ):
        return end + 1
    return end


def _names(word: str) -> bool:
    return word[:1].isupper() or word[:1].isdigit()


def _phrase(tokens: Sequence[re.Match[str]], last: int) -> int | None:
    """Return the index of the first token of the noun phrase that ends with token `last`, or None."""
    if last < 0:
        return None
    lexicon_ = lexicon()
    first = last
    low = tokens[last].group().casefold()
    if (
        low in listed("stop_left")
        or low in {",", ";", ":", "—", "–", "--", "(", ")", "and", "to"}
        or (low in listed("days") and not _is_name_of_auxiliary(tokens[last].group()))
    ):
        return None
    if low in listed("pronouns") or low in listed("other_subjects"):
        return last
    while first > 0:
        token = tokens[first - 1].group()
        low = token.casefold()
        if low in listed("stop_left") or low in {",", ";", ":", "—", "–", "--", "(", ")"} or low in listed("pronouns"):
            break
        if low == "and" and not (
            _names(tokens[first].group()) or tokens[first].group().casefold() in {"the", "his", "her", "their"}
        ):
            break
        if (
            token.islower()
            and first < last
            and (first < 2 or tokens[first - 2].group().casefold() not in listed("before_nouns"))
            and lexicon_.verb(low) is not None
            and low.endswith(("ed", "ing", "aid", "old", "ote"))
        ):
            break
        first -= 1
        if last - first > 24:
            break
    while first < last and tokens[first].group().casefold() in {"and", "also", "later"}:
        first += 1
    # A phrase that begins with a preposition is an adverbial with the subject behind it: "In a statement Roe".
    if tokens[first].group().casefold() in listed("prepositions"):
        for index in range(last, first, -1):
            before = tokens[index - 1].group()
            if _names(tokens[index].group()) and not _names(before) and before.casefold() not in listed("links"):
                return index
            if (
                tokens[index].group().casefold() in {"the", "a", "an", "his", "her", "their"}
                and before.casefold() not in listed("prepositions")
                and before.casefold() not in listed("links")
            ):
                return index
            if before.casefold() in listed("days"):
                return index
        return None
    return first


def subject_right(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins at `start`: the subject behind its verb, with its apposition, or None.

    >>> text = "said Jane Roe, the mayor of Ostwick, in a statement on Friday."
    >>> a, b = subject_right(text, 4, len(text))
    >>> text[a:b]
    'Jane Roe, the mayor of Ostwick'
    """
    tokens = list_tokens(text, start, end)
    if not tokens or text[start : tokens[0].start()].strip(" \t\n\u00a0"):
        return None
    first = tokens[0].group()
    low = first.casefold()
    follows = tokens[1].group().casefold() if len(tokens) > 1 else ","
    alone = not follows[0].isalnum() or follows in listed("stop_right") or follows in listed("prepositions")
    if low in listed("pronouns") or (low in listed("other_subjects") and alone):
        return tokens[0].start(), tokens[0].end()
    if (
        low in listed("stop_right")
        or low in listed("stop_left")
        or low in listed("prepositions")
        or low in listed("days")
        or not first[0].isalnum()
    ):
        return None
    objects = {"it", "them", "him", "her", "me", "us", "himself", "herself", "so", "not", "nothing", "there"}
    if low in objects and (low != "her" or alone):
        return None  # "her brother Nils" may be a subject
    stop = end
    comma: int | None = None
    seen_name = False
    opened = False
    for index, token in enumerate(tokens):
        word = token.group()
        low = word.casefold()
        seen_name = seen_name or _names(word)
        if word in {";", ":", "—", "–", "--"}:
            stop = token.start()
            break
        if word == "(":
            opened = True
            continue
        if word == ")" and not opened:
            stop = token.start()
            break
        if word == ",":
            if _NEW_CLAUSE.match(text, token.start(), end) or _VENUE.match(text, token.start() + 1, end):
                stop = token.start()
                break
            nearest = text[token.end() : end].lstrip()
            if not nearest or nearest[0] in "“\"‘'":
                stop = token.start()
                break
            comma = index
            continue
        if comma is None and index > 0 and (low in listed("stop_right") or low in listed("days")):
            if (
                low in {"in", "at", "on"}
                and index > 1
                and not seen_name
                and tokens[index - 1].group().casefold() not in listed("days")
                and not _VENUE.match(text, token.start() - 1, end)
            ):
                continue
            stop = token.start()
            break
        if (
            comma is not None
            and index > comma + 1
            and token.start() > 0
            and _VENUE.match(text, token.start() - 1, end)
            and (
                low in {"during", "after", "when", "before", "as", "via"}
                or re.match(
                    r"(?:in|on|at|to|from)\s+(?:an?|his|her|their)\s+(?:\w+\s+){0,3}(?:statement|interview|e-?mail|letter|speech|tweet|post|memo|telephone|phone|news|press|call|blog|op-ed|article|report|conference|briefing|hearing|testimony|video|message|note|text)|(?:on|to)\s+(?:Twitter|Facebook|reporters|[A-Z][a-z]+day)",
                    text[token.start() : token.start() + 60],
                )
            )
        ):
            stop = token.start()
            break
    inner = text[start:stop].rstrip(" \t\n,.;:—–-\u00a0")
    finish = _with_stop(text, start + len(inner), end)
    begin = tokens[0].start()
    return (begin, finish) if finish > begin else None
