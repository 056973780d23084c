"""What an utterance is made of while it is found: its runs, its place, and the words that may be its source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wirecheck.annotators._clauses import Cue, has_syntax, subject_at
from wirecheck.annotators._lexicon import lexicon, list_tokens, listed
from wirecheck.annotators._reporting import subject_left, subject_right
from wirecheck.language import Sentence
from wirecheck.language.reading import Reading
from wirecheck.model.annotation import QuotationKind
from wirecheck.text.gazetteer import titles
from wirecheck.text.marks import Marked

WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")


# Forms that the part of speech never talks out of being verbs.
_VERBAL = ("clause", "infinitive", "object", "about", "around")


@dataclass(frozen=True, slots=True)
class Draft:
    """Runs that belong to one utterance, with what signals it."""

    runs: tuple[tuple[int, int], ...]
    kind: QuotationKind
    cue: tuple[int, int] | None = None
    source: tuple[int, int] | None = None
    clause: tuple[int, int] | None = None
    borrowed: bool = False
    """True when the source was taken from the sentences around, not from a cue of its own."""
    outer_end: int = 0
    tail_end: int = 0
    """Where the tag behind the runs ends: what goes on from there may be the same utterance."""


@dataclass(frozen=True, slots=True)
class RunPlace:
    """A run with its neighbourhood: paragraph, sentence, and the clauses before and behind it."""

    run: Marked
    end: int
    """Where the content ends: inside `run`, earlier for a run that was never closed."""
    paragraph: int
    sentence: tuple[int, int]
    lead: tuple[int, int]
    tail: tuple[int, int]


TAG_END = re.compile(
    r"\s*(?:[.,;:?!]|$|[—–]|\s(?:in|on|at|to|during|after|before|via|through|from|as|when|of|last|this|earlier|later|today|yesterday|"
    r"recently|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|reporters|CNN)\b)"
)


# PORT ELRA, Wash. (AP) — …
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,30}(?:,\s[\w.’' ]{2,20})?(?:\s\([\w.&’' /-]{2,30}\))?\s?(?:—|–|--?)\s+(?=\S)"
)


def trim_clause(text: str, content: tuple[int, int]) -> tuple[int, int] | None:
    """Return a clause without stray marks and joining words at its ends, or None when nothing is left."""
    start, end = content
    while start < end and (text[start].isspace() or text[start] in ",;:—–-)"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:—–-("):
        end -= 1
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None:
        start = dateline.end()
    joint = re.match(r"(?:But|And|Yet|Meanwhile|However|Still|Also),?\s+", text[start:end])
    if joint is not None:
        start += joint.end()
    return (start, end) if WORD.search(text, start, end) else None


def widen_source(text: str, sentence: Sentence, cue: Cue) -> tuple[int, int] | None:
    """Return the source of a cue with the apposition and the titles that the tree left out."""
    start, end = sentence.start, sentence.end
    source = cue.source
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None and dateline.end() < cue.start:
        # "OSTWICK — The mayor said": the tree may take the place for who speaks.
        start = dateline.end()
        if source is not None and source[0] < start:
            near = subject_left(text, start, cue.start)
            return near if near is not None and is_sound(text, near) else None
    if cue.shape not in _VERBAL:
        return source
    if source is None:
        if text[cue.start : cue.end].casefold().endswith("ing"):
            return None
        near = subject_left(text, start, cue.start)
        if near is None and cue.shape == "around":
            near = subject_right(text, cue.end, end)
        return near if near is not None and is_sound(text, near) else None
    if source[0] > cue.end:
        wide = subject_right(text, cue.end, end)
    else:
        wide = subject_left(text, start, cue.start)
    if wide is None or not is_sound(text, wide):
        return source
    covers = wide[0] <= source[0] and source[1] <= wide[1]
    finite = [t for t in sentence.tokens if wide[0] <= t.start < wide[1] and t.xpos in ("VBD", "VBZ", "VBP", "MD")]
    if any(t.start < source[0] for t in finite):
        return source  # "the talks ended with the president saying": another clause stands before the source
    if any(t.start >= source[1] for t in finite):
        near = subject_left(text, finite[-1].end, cue.start)  # and the tree gave the subject of that one
        absolute = near is not None and text.endswith(" with ", 0, near[0]) and is_sound(text, near)
        return near if absolute else source
    if covers and len(WORD.findall(text[wide[0] : wide[1]])) <= 30:
        return wide
    return source


def is_sound(text: str, source: tuple[int, int]) -> bool:
    """Return whether words look like a source: a pronoun, a name, a phrase with a determiner, no clause."""
    words = WORD.findall(text[source[0] : source[1]])
    if not words:
        return False
    first = words[0]
    if re.match(r"\w+[’'](?:s|re|m|ve|d|ll)$", first) and first.split("’")[0].split("'")[0].casefold() in listed(
        "pronouns"
    ):
        return False
    if len(words) == 1:
        low = first.casefold()
        plural = low.endswith("s") or low in listed("group")
        return first[0].isupper() or plural or low in listed("pronouns") or low in listed("other_subjects")
    if any(w in listed("finite") for w in words[:6]):
        return False
    if len(words) > 14 and "," not in text[source[0] : source[1]]:
        return False
    return (
        first[0].isupper()
        or first[0].isdigit()
        or first.casefold() in listed("determiners")
        or first.casefold() + "s" in listed("group")
        or words[-1][0].isupper()
        or len(words) <= 3
    )


def is_bare(text: str, source: tuple[int, int]) -> bool:
    """Return whether a source is a lone noun in small letters that nobody is: "tank" of "Harbour Fund think tank"."""
    word = text[slice(*source)]
    return word.isalpha() and word not in ("who", "which", "that") and not is_sound(text, source)


def list_no_verbs(reading: Reading) -> frozenset[int]:
    """Return where tokens begin that look like reporting verbs and are none, by their part of speech."""
    words_of = lexicon()
    return frozenset(
        t.start
        for s in reading.sentences
        for t in s.tokens
        if (
            (
                t.upos in ("NOUN", "PROPN", "ADJ", "ADP", "SCONJ", "CCONJ", "ADV", "INTJ", "NUM")
                and not t.xpos.startswith("VB")
            )
            or (t.relation == "amod" and t.xpos in ("VBN", "VBG"))  # "May’s proposed deal"
        )
        and (lemma := words_of.verb(t.text.casefold())) is not None
        and lemma not in listed("always_verbs")
    )


def find_sentence_subject(
    reading: Reading, masked: str, skip: frozenset[int], start: int, end: int
) -> tuple[int, int] | None:
    """Return the source of a cue without a subject of its own: the sentence's subject, or that of an earlier verb."""
    index = reading.sentence_at(start)
    if index is not None and has_syntax(reading.sentences[index]):
        sentence = reading.sentences[index]
        root = sentence.root
        if root is not None:
            found = subject_at(sentence, sentence.tokens[root].start)
            bare = found is not None and is_bare(masked, found)
            if found is not None and not bare and found[1] <= end and "\u25a0" not in masked[found[0] : found[1]]:
                verb = sentence.tokens[root].start
                wide = subject_left(masked, sentence.start, verb) if found[0] < verb else None
                if wide is not None and wide[0] <= found[0] and found[1] <= wide[1] and is_sound(masked, wide):
                    return wide
                return found
    words = lexicon()
    for token in list_tokens(masked, start, end):
        low = token.group().casefold()
        if words.verb(low) is not None and token.group().islower() and token.start() not in skip:
            source = subject_left(masked, start, token.start())
            if source is not None and is_sound(masked, source):
                return source
    for token in list_tokens(masked, start, end):
        low = token.group().casefold()
        if low in {"he", "she"}:
            return token.start(), token.end()
    return None


def may_speak(reading: Reading, index: int, source: tuple[int, int]) -> bool:
    """Return whether a subject is somebody, a body or a text, by its head.

    "The plan would “shift the tide”" is not said by the plan.
    """
    sentence = reading.sentences[index]
    inside = [i for i, t in enumerate(sentence.tokens) if source[0] <= t.start < source[1]]
    head = next((i for i in inside if sentence.tokens[i].head not in inside), None)
    if head is None or sentence.tokens[head].upos != "NOUN":
        return True
    return is_speaker_word(sentence.tokens[head].text.casefold())


def is_speaker_word(low: str) -> bool:
    """Return whether a noun means people, a body or a text."""
    if low in listed("group") | listed("organization_heads") | listed("not_a_person") | listed("texts"):
        return True
    people = titles().offices | titles().persons | titles().groups | titles().bodies | frozenset(titles().kinship)
    return low in people or low.removesuffix("s") in people
