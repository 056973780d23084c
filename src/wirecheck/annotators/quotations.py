"""Quotations: what is said, the words that signal it, the words that name who says it.

The relation of source, cue and content follows PARC (Pareti, 2012) and PolNeAR (Newell et al., 2018). Words in marks
are found first (`text.marks`); a cue beside them says that they are speech, and whose; where no cue stands beside
them, the order of the text does (a quotation goes on; the sentence before names the speaker). Words in marks that
nobody says (titles of works, nicknames, terms) are left out. Clauses without marks follow from reporting verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wirecheck.annotators import Annotator
from wirecheck.annotators._clauses import Cue, find_cues, has_left_subject, has_syntax, subject_at
from wirecheck.annotators._reporting import (
    Tag,
    lexicon,
    list_tokens,
    listed,
    subject_left,
    subject_right,
    tag_after,
    tag_before,
)
from wirecheck.annotators._sources import head_of, outlet_name
from wirecheck.annotators._turns import find_turns
from wirecheck.language import Sentence, Token
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Quotation, quotation_id
from wirecheck.model.annotation import QuotationKind
from wirecheck.places import Places
from wirecheck.text.gazetteer import titles
from wirecheck.text.marks import Marked, find_marked, mask_marked
from wirecheck.text.stems import load_common
from wirecheck.text.words import end_before

_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_ENDS_CLAUSE = re.compile(r"[.!?…,;:—–-]\s*$")
_COMPLETE = re.compile(r"[.!?…]\s*$")
# Shortest run that counts as speech without any cue, in words: shorter ones are terms, nicknames and scare quotes far
# more often than speech (training part of PolNeAR and gold stories a-e).
_LEAST_UNCUED = 3
# A run of at most so many words needs a verb of saying, or a nearer verb than this many words: what somebody decides,
# wants or knows is told in the paper's words, and the term in marks is its own. On 300 articles of PolNeAR's training
# part such a run was right in 8 of 26.
_TERM, _NEAR_CUE = 3, 2
# A clause of which marks hold more than this share is the direct quotation itself (PolNeAR's own line is .85).
_MOSTLY_MARKED = 0.85
_OBJECT_PRONOUNS = frozenset(["him", "her", "them", "us", "me", "himself", "herself", "itself", "themselves"])
# Forms that the part of speech never talks out of being verbs.
_VERBAL = ("clause", "infinitive", "object", "about", "around")
_NAME_LINE = re.compile(r"\s*(?:[—–―]|--?|:(?=\s\S[^.]{0,48}(?:\n|$)))\s*(?=[A-Z“\"@])")
_SPEAKER_COLON = re.compile(
    r"(?:[A-Z][\w.’'-]*|of|the|de|van|von|bin|al)(?:\s+(?:[A-Z][\w.’'-]*|of|the|de|van|von|bin|al)){0,5}\s*:\s*$"
)


@dataclass(frozen=True, slots=True)
class _Draft:
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


def find_quotations(reading: Reading, annotations: Annotations) -> Iterator[Quotation]:
    """Yield the quotations of a reading: direct and mixed ones with the words inside the marks, and indirect ones."""
    text = reading.document.text
    runs = [
        r
        for r in find_marked(text, [(p.start, p.end) for p in reading.paragraphs])
        if r.depth == 0 and _WORD.search(text, r.start, r.end) and not text.endswith("=", 0, r.outer_start)
    ]
    drafts = _find_marked_speech(reading, runs)
    behind = frozenset(d.cue[0] for d in drafts if d.cue is not None and d.cue[0] >= d.runs[0][1])
    indirect = _find_indirect(reading, runs, behind, annotations)
    said = Places(
        sorted(indirect, key=lambda d: min(d.runs)[0]), lambda d: (min(d.runs)[0], max(end for _, end in d.runs))
    )
    drafts = [_of_clause(d, said) for d in drafts] + indirect
    drafts += [
        _Draft((t.run,), "direct", cue=t.cue, source=t.source)
        for t in find_turns(reading, annotations, mask_marked(text, runs))
    ]
    seen: set[str] = set()
    for draft in drafts:
        quotation = _quotation(reading, draft)
        if quotation.id not in seen:
            seen.add(quotation.id)
            yield quotation


def _of_clause(draft: _Draft, indirect: Places[_Draft]) -> _Draft:
    """Return words in marks without a cue of their own with that of the attributed clause in which they stand.

    "The crew seized “a large cache” of arms, the statement said": who says the clause says the words in it.
    """
    if not draft.borrowed or draft.kind != "mixed":
        return draft
    start, end = draft.runs[0][0], draft.runs[-1][1]
    around = [
        d
        for d in indirect.touching(start - 2, end)
        if d.cue is not None and d.source is not None and any(a <= start and end <= b + 2 for a, b in d.runs)
    ]
    if not around:
        return draft
    inner = max(around, key=lambda d: (d.runs[0][0], -d.runs[-1][1]))
    return replace(draft, cue=inner.cue, source=inner.source, borrowed=False)


def _quotation(reading: Reading, draft: _Draft) -> Quotation:
    contents = tuple(reading.span(a, b) for a, b in draft.runs)
    source = _before_furniture(reading, draft) or draft.source
    if source is not None and _PARTY_BEHIND.match(reading.document.text, *source):
        source = None
    return Quotation(
        id=quotation_id(contents),
        document=reading.document.id,
        kind=draft.kind,
        contents=contents,
        cue=reading.span(*draft.cue) if draft.cue is not None else None,
        source=reading.span(*source) if source is not None else None,
        clause=reading.span(*draft.clause) if draft.clause is not None else None,
    )


def _before_furniture(reading: Reading, draft: _Draft) -> tuple[int, int] | None:
    """Return the name from which furniture in a sentence parts the verb: "Sen. Jane Roe [links] (R-Ostwick) said"."""
    if draft.cue is None or not reading.document.furniture:
        return None
    index = reading.sentence_at(draft.cue[0])
    if index is None or index == 0:
        return None
    text, sentence, before = reading.document.text, reading.sentences[index], reading.sentences[index - 1]
    gap = text[before.end : sentence.start]
    if "\n" in gap or not gap.strip() or not reading.document.is_furniture(before.end, sentence.start):
        return None
    if draft.source is not None and not _PARTY.fullmatch(text[draft.source[0] : draft.source[1]].strip("()")):
        return None
    if draft.source is None and _WORD.search(text, sentence.start, draft.cue[0]):
        return None
    found = subject_left(text, before.start, before.end)
    return found if found is not None and _sound(text, found) else None


# R-Ariz.), whose panel: the name is lost in furniture
_PARTY_BEHIND = re.compile(r"\(?(?:[RDI]|Rep|Dem)[-–][\w. ]{1,16}\)")
# (R-Ariz.), (D), (Maine)
_PARTY = re.compile(r"(?:[RDI]|Rep|Dem|Lab|Con)?[-–, ]{0,2}(?:[A-Z][\w.]*[ -]?){0,2}")


@dataclass(frozen=True, slots=True)
class _Place:
    """A run with its neighbourhood: paragraph, sentence, and the clauses before and behind it."""

    run: Marked
    end: int
    """Where the content ends: inside `run`, earlier for a run that was never closed."""
    paragraph: int
    sentence: tuple[int, int]
    lead: tuple[int, int]
    tail: tuple[int, int]


def _find_indirect(
    reading: Reading, runs: Sequence[Marked], behind: frozenset[int], annotations: Annotations
) -> list[_Draft]:
    """Return the clauses that are attributed without marks, and those of which marks hold only a part.

    `behind` holds where the cues begin that stand behind words in marks: what follows such a cue is its source.
    """
    text = reading.document.text
    masked = mask_marked(text, runs)
    blocked = Places([(r.outer_start, r.outer_end) for r in runs], lambda b: b)
    skip = _no_verbs(reading)
    drafts: list[_Draft] = []
    for sentence in reading.sentences:
        inside = list(blocked.touching(sentence.start, sentence.end))
        cues = _with_tags(sentence, masked, skip, find_cues(sentence, inside))
        taken: list[tuple[int, int]] = []
        before: tuple[int, int] | None = None
        last_end = sentence.start
        for cue in cues:
            ranges = [_before_next_cue(masked, c, skip, cue) for c in (cue.content, cue.more) if c is not None]
            parts = tuple(p for p in (_trim(text, c) for c in ranges) if p is not None)
            if not parts:
                continue
            whole = (parts[0][0], parts[-1][1])
            if cue.start in behind and whole[0] > cue.start:
                continue
            length = sum(b - a for a, b in parts)
            marked = sum(max(0, min(p[1], b) - max(p[0], a)) for p in parts for a, b in inside)
            if marked > _MOSTLY_MARKED * length:
                continue
            if any(a <= whole[0] and whole[1] <= b for a, b in taken) and cue.shape not in ("clause", "around"):
                continue
            if all(
                w.casefold() in listed("pronouns") | _OBJECT_PRONOUNS or len(w) < 2
                for p in parts
                for w in _WORD.findall(text[p[0] : p[1]])
            ):
                continue
            taken.append(whole)
            source = cue.source if cue.lemma == "according" else _widened(text, sentence, cue)
            source = _heard_from(text, cue, whole[0]) or source
            if source is not None and masked[source[0] : source[1]].startswith("\u25a0"):
                # “Nobody came,” Roe said, adding that: the tree took the subject from the words in marks
                source = _sentence_subject(reading, masked, skip, sentence.start, cue.start)
            if source is None and cue.source is not None and before is not None:
                source = before  # the tree took the dateline for the subject of all verbs
            if before is not None and _GOES_ON.fullmatch(masked, max(last_end, before[1]), cue.start):
                relative = masked[before[0] : before[1]].casefold() in ("that", "which", "who")
                if masked[cue.start : cue.end].casefold().endswith("ing") and not relative:
                    source = before  # "The test was short, she said, adding that"
            before, last_end = source, cue.end
            if _says_nothing(sentence, cue) or _is_comment(reading, masked, sentence, cue, source):
                continue
            drafts.append(_Draft(parts, "indirect", cue=(cue.start, cue.end), source=source, clause=whole))
    drafts += _find_headline(reading, masked, annotations)
    return drafts


# , she said on Monday, adding
_GOES_ON = re.compile(r"(?:\s[^,;:.\u25a0]{1,40})?,\s")
# What a thing or an event does where a verb of saying is used of it.
# source: FrameNet: Evidence, Cause_to_perceive, as far as the lists of verbs of saying, thinking and showing have them.
_TELLING = frozenset(
    ["signal", "indicate", "suggest", "reflect", "underscore", "underline", "highlight", "determine", "illustrate"]
)


def _heard_from(text: str, cue: Cue, before: int) -> tuple[int, int] | None:
    """Return from whom somebody hears what is said: "Jurors heard from the prosecutor that the doors were locked"."""
    if cue.lemma not in ("hear", "learn") or not text.startswith(" from ", cue.end):
        return None
    found = subject_right(text, cue.end + len(" from "), before)
    return found if found is not None and _sound(text, found) else None


def _is_comment(reading: Reading, masked: str, sentence: Sentence, cue: Cue, source: tuple[int, int] | None) -> bool:
    """Return whether a cue tells what the paper makes of something: "He resigned, signaling a shift", "This move
    suggests"; what a survey or a body suggests is said.
    """
    word = masked[cue.start : cue.end].casefold()
    if word.endswith("ing") and cue.lemma in _TELLING:
        return masked[sentence.start : cue.start].rstrip().endswith((",", "—", "–"))
    if source is None or source[0] > cue.start:
        return False
    first = masked[source[0] : source[1]].split()[0].casefold()
    demonstrative = first in ("this", "that", "these", "those")
    if cue.lemma in _TELLING and masked[source[0] : source[1]].casefold() in ("this", "that", "it"):
        return True
    if not demonstrative and cue.lemma not in _TELLING:
        return False
    index = reading.sentence_at(source[0])
    words = masked[slice(*source)].split()
    text = any(head_of(w.casefold().strip(",")) is not None for w in words[:4])  # "surveys indicate"
    return index is not None and not text and not _may_speak(reading, index, source)


_MODALS = frozenset(["can", "could", "may", "might", "must", "shall", "should", "will", "would"])
# A wish is told with a modal: "she would like to see".
_WISHED = frozenset(["like", "love", "prefer", "want", "wish"])


def _says_nothing(sentence: Sentence, cue: Cue) -> bool:
    """Return whether a cue that is no verb of saying tells what may happen and not what somebody thinks.

    "The bill would have allowed extraditions", "moderates will blame them". On 286 articles 86 clauses had such a
    modal; of 36 that were read one was speech. On PolNeAR's dev part precision rises by .008 and recall falls by .010.
    """
    if lexicon().is_in(cue.lemma, "say") or cue.token < 0 or cue.lemma in _WISHED:
        return False
    return any(sentence.tokens[c].text.casefold() in _MODALS for c in sentence.children(cue.token) if c < cue.token)


def _before_next_cue(masked: str, content: tuple[int, int], skip: frozenset[int], cue: Cue) -> tuple[int, int]:
    """Cut a clause before a cue that goes on with the same source ("…, adding that")."""
    start, end = content
    if cue.shape == "around":
        return content
    for match in _NEXT_CUE.finditer(masked, start, end):
        group = 1 if match.group(1) else 2
        word = match.group(group)
        lemma = lexicon().verb(word)
        if word == "according" or (
            lemma is not None
            and (lexicon().is_in(lemma, "say") or lemma in _TELLING)
            and match.start(group) not in skip
        ):
            return (start, match.start())
    return content


_NEXT_CUE = re.compile(
    r",\s+(\w+ing)\b"
    r"|,?\s+(?:and|but)\s+(?:(?:he|she|they|also|later|then|has|have|had|\w+ly)\s+){0,3}"
    r"(\w+ed|said|says|told|tells|wrote)\b"
)


def _with_tags(sentence: Sentence, masked: str, skip: frozenset[int], cues: list[Cue]) -> list[Cue]:
    """Return the cues of a sentence with those put right that stand as a tag in or behind what they attribute.

    "The bridge is safe, the mayor said on Monday." A comma before the source and nothing but an adverbial, a comma or
    the end behind the verb make a tag; that is read from the words, as trees of such sentences are often wrong.
    """
    words_of = lexicon()
    found = [c for c in cues if c.shape != "around" or c.lemma == "according"]
    kept_around = [c for c in cues if c.shape == "around" and c.lemma != "according"]
    tagged: set[int] = set()
    for token in list_tokens(masked, sentence.start, sentence.end):
        low = token.group().casefold()
        lemma = words_of.verb(low)
        if lemma not in listed("tag") or lemma is None or token.start() in skip or low.endswith("ing"):
            continue
        tag = _tag_at(masked, sentence, token.start(), token.end(), lemma)
        if tag is None:
            continue
        begin = min(tag.start, tag.source[0]) if tag.source is not None else tag.start
        finish = max(tag.end, tag.source[1]) if tag.source is not None else tag.end
        before = (sentence.start, begin)
        if len(_WORD.findall(masked[before[0] : before[1]])) < 2 and "\u25a0" not in masked[before[0] : before[1]]:
            continue
        more = None
        if masked[finish : finish + 1] == "," and finish + 1 < sentence.end:
            rest = masked[finish + 1 : sentence.end].lstrip()
            if not _NEW_PART.match(rest) and len(_WORD.findall(rest)) >= 2:
                more = (finish + 1, sentence.end)
        tagged.add(token.start())
        found.append(Cue(-1, lemma, tag.start, tag.end, tag.source, before, "around", more))
    found = [c for c in found if c.start not in tagged or c.token < 0]
    found += [c for c in kept_around if c.start not in tagged]
    return sorted(found, key=lambda c: (c.start, c.end))


_NEW_PART = re.compile(
    r"(?:and|but|while|as|although|though|which|who|when|where|after|before|because|\w+ing|\u25a0)\b|\u25a0",
    re.IGNORECASE,
)


def _tag_at(masked: str, sentence: Sentence, start: int, end: int, lemma: str) -> Tag | None:
    """Return the tag whose verb is `[start, end)` when it stands behind a comma: `, he said` or `, said the mayor`."""
    before = masked[sentence.start : start].rstrip()
    source = subject_left(masked, sentence.start, start)
    inverted = before.endswith((",", "—", "–", "\u25a0"))
    if inverted:
        verb = next((i for i, t in enumerate(sentence.tokens) if t.start == start), None)
        if verb is not None and has_left_subject(sentence, verb):
            return None
        source = subject_right(masked, end, sentence.end)
        ahead = before
        behind = masked[source[1] : sentence.end] if source is not None else ""
    else:
        ahead = masked[sentence.start : source[0]].rstrip() if source is not None else ""
        behind = masked[end : sentence.end]
    if (
        source is None
        or not _sound(masked, source)
        or masked[source[0] : source[1]].casefold() in ("who", "which", "that")
    ):
        return None
    if not ahead.endswith((",", "—", "–", "\u25a0")) or not _TAG_END.match(behind):
        return None
    # "On Monday, the mayor said": what stands before is an adverbial, not a clause.
    stop = sentence.start + len(ahead)
    finite = [
        t for t in sentence.tokens if t.start < stop and (t.xpos in ("VBD", "VBZ", "VBP", "MD") or t.upos == "AUX")
    ]
    if not finite:
        parts = _parts_subject(sentence, max(end, source[1]))
        return Tag(start, end, lemma, source, inverted=inverted) if parts else None
    first = _WORD.search(ahead)
    if first is not None and first.group().casefold() in listed("opens_adverbial") and ahead.count(",") == 1:
        return None
    return Tag(start, end, lemma, source, inverted=inverted)


def _parts_subject(sentence: Sentence, end: int) -> bool:
    """Return whether a clause goes on with its verb behind a tag: "His thoughts, he added, were with her"."""
    behind = [t for t in sentence.tokens if t.start >= end]
    if not behind or behind[0].text != ",":
        return False
    verb = next((t for t in behind[1:] if t.upos not in ("ADV", "PART")), None)
    return verb is not None and verb.xpos in ("VBD", "VBZ", "VBP", "MD")


_TAG_END = re.compile(
    r"\s*(?:[.,;:?!]|$|[—–]|\s(?:in|on|at|to|during|after|before|via|through|from|as|when|of|last|this|earlier|later|today|yesterday|"
    r"recently|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|reporters|CNN)\b)"
)


# PORT ELRA, Wash. (AP) — …
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]{2,30}(?:,\s[\w.’' ]{2,20})?(?:\s\([\w.&’' /-]{2,30}\))?\s?(?:—|–|--?)\s+(?=\S)"
)


def _find_headline(reading: Reading, masked: str, annotations: Annotations) -> list[_Draft]:
    """Return what a headline attributes with a colon: "Mayor: Bridge to reopen in May"."""
    sentence = reading.sentences[0] if reading.sentences else None
    if sentence is None or reading.paragraph_at(sentence.start) != 0:
        return []
    text = reading.document.text
    match = re.match(r"\s*([A-Z][^:\u25a0.?!]{1,48}):\s+(?=\S)", masked[sentence.start : sentence.end])
    if match is None:
        return []
    if len(match.group(1).split()) > 3 and text[sentence.start : sentence.end].rstrip().endswith((".", "!")):
        return []
    named = match.group(1).split()
    if len(named) > 5 or named[0].casefold() in listed("no_speakers") or named[-1].casefold() in listed("no_speakers"):
        return []
    first, last = sentence.start + match.start(1), sentence.start + match.end(1)
    whole = any(m.span.start == first and m.span.end == last for m in annotations.mentions)
    lone = len(named) == 1 and named[0].casefold() not in load_common()
    if not whole and not lone and not _is_speaker_word(named[-1].casefold()):
        return []  # "Shifting Dynamics: A New Approach"
    content = _trim(text, (sentence.start + match.end(), sentence.end))
    if (
        content is None
        or len(_WORD.findall(text[content[0] : content[1]])) < 3
        or "\u25a0" in masked[content[0] : content[1]][:2]
    ):
        return []
    source = (sentence.start + match.start(1), sentence.start + match.end(1))
    return [_Draft((content,), "indirect", cue=(source[1], source[1] + 1), source=source, clause=content)]


def _trim(text: str, content: tuple[int, int]) -> tuple[int, int] | None:
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
    return (start, end) if _WORD.search(text, start, end) else None


def _widened(text: str, sentence: Sentence, cue: Cue) -> tuple[int, int] | None:
    """Return the source of a cue with the apposition and the titles that the tree left out."""
    start, end = sentence.start, sentence.end
    source = cue.source
    dateline = _DATELINE.match(text, start, end)
    if dateline is not None and dateline.end() < cue.start:
        # "OSTWICK — The mayor said": the tree may take the place for who speaks.
        start = dateline.end()
        if source is not None and source[0] < start:
            near = subject_left(text, start, cue.start)
            return near if near is not None and _sound(text, near) else None
    if cue.shape not in _VERBAL:
        return source
    if source is None:
        if text[cue.start : cue.end].casefold().endswith("ing"):
            return None
        near = subject_left(text, start, cue.start)
        if near is None and cue.shape == "around":
            near = subject_right(text, cue.end, end)
        return near if near is not None and _sound(text, near) else None
    if source[0] > cue.end:
        wide = subject_right(text, cue.end, end)
    else:
        wide = subject_left(text, start, cue.start)
    if wide is None or not _sound(text, wide):
        return source
    covers = wide[0] <= source[0] and source[1] <= wide[1]
    finite = [t for t in sentence.tokens if wide[0] <= t.start < wide[1] and t.xpos in ("VBD", "VBZ", "VBP", "MD")]
    if any(t.start < source[0] for t in finite):
        return source  # "the talks ended with the president saying": another clause stands before the source
    if any(t.start >= source[1] for t in finite):
        near = subject_left(text, finite[-1].end, cue.start)  # and the tree gave the subject of that one
        absolute = near is not None and text.endswith(" with ", 0, near[0]) and _sound(text, near)
        return near if absolute else source
    if covers and len(_WORD.findall(text[wide[0] : wide[1]])) <= 30:
        return wide
    return source


def _find_marked_speech(reading: Reading, runs: Sequence[Marked]) -> list[_Draft]:
    text = reading.document.text
    masked = mask_marked(text, runs)
    places = [_place(reading, masked, runs, i) for i in range(len(runs))]
    skip = _no_verbs(reading)
    drafts: list[_Draft] = []
    previous: _Place | None = None
    for place in places:
        last = drafts[-1] if drafts else None
        if (
            previous is not None
            and previous.run.goes_on
            and last is not None
            and place.paragraph == previous.paragraph + 1
        ):
            drafts[-1] = _join(last, place)
            previous = place
            if last.source is None or last.borrowed:
                tag = _tail_tag(reading, masked, skip, place)
                if tag is not None:
                    drafts[-1] = replace(drafts[-1], cue=(tag.start, tag.end), source=tag.source, borrowed=False)
            continue
        draft = _draft(reading, masked, skip, place, previous, last)
        if draft is None:
            continue
        if last is not None and previous is not None and _is_listed_with(masked, last, draft, place, previous):
            # “didn’t listen” and “went the wrong way,” Roe said: the tag is of both.
            drafts[-1] = replace(last, cue=draft.cue, source=draft.source, borrowed=False)
        if last is not None and (_is_split(last, draft) or _continues(masked, last, draft, place, previous)):
            drafts[-1] = _join(last, place)
        else:
            drafts.append(draft)
        previous = place
    return drafts


def _place(reading: Reading, masked: str, runs: Sequence[Marked], index: int) -> _Place:
    run = runs[index]
    paragraph = reading.paragraph_at(run.outer_start) or 0
    low, high = reading.paragraphs[paragraph].start, reading.paragraphs[paragraph].end
    first = reading.sentence_at(run.outer_start)
    start = reading.sentences[first].start if first is not None else low
    end = run.end
    outer_end = run.outer_end
    if not run.closed and not run.goes_on:
        end, outer_end = _bound_unclosed(reading, run)
    last = reading.sentence_at(max(outer_end - 1, run.outer_start))
    stop = reading.sentences[last].end if last is not None else high
    next_start = runs[index + 1].outer_start if index + 1 < len(runs) and runs[index + 1].outer_start < high else high
    before = runs[index - 1].outer_end if index and runs[index - 1].outer_end > low else low
    lead = (max(start, min(before, run.outer_start)) if before > start else start, run.outer_start)
    tail = (outer_end, max(outer_end, min(stop, next_start)))
    return _Place(run, end, paragraph, (start, max(stop, outer_end)), lead, tail)


def _bound_unclosed(reading: Reading, run: Marked) -> tuple[int, int]:
    """Return where the words of a run end that no mark closes: before a tag, else at the end of its sentence."""
    text = reading.document.text
    sentence = reading.sentence_at(run.start)
    stop = min(run.end, reading.sentences[sentence].end) if sentence is not None else run.end
    for match in re.finditer(r"[,?!]\s+", text[run.start : stop]):
        behind = run.start + match.end()
        tag = tag_after(text, behind, stop)
        if tag is not None and tag.source is not None and min(tag.start, tag.source[0]) <= behind + 1:
            return run.start + match.start() + 1, run.start + match.start() + 1
    return stop, stop


def _join(draft: _Draft, place: _Place) -> _Draft:
    return replace(
        draft, runs=(*draft.runs, (place.run.start, place.end)), outer_end=place.tail[0], tail_end=place.tail[0]
    )


def _is_split(last: _Draft, draft: _Draft) -> bool:
    """Return whether one tag stands between two runs of one utterance: “If it rains,” she said, “we stay.”"""
    return draft.cue is not None and draft.cue == last.cue and draft.cue[0] >= last.runs[-1][1]


def _is_listed_with(masked: str, last: _Draft, draft: _Draft, place: _Place, previous: _Place) -> bool:
    """Return whether a run without a cue stands before one with a tag behind it, with "and" between the two."""
    if draft.cue is None or draft.cue[0] < place.run.end or not (last.borrowed or last.cue is None):
        return False
    between = masked[previous.run.outer_end : place.run.outer_start]
    return re.fullmatch(r",?\s(?:and|or|but)\s", between) is not None


def _continues(masked: str, last: _Draft, draft: _Draft, place: _Place, previous: _Place | None) -> bool:
    """Return whether nothing but the tag stands between the last utterance and this run, which has no cue itself."""
    if draft.cue is not None or not draft.borrowed or previous is None:
        return False
    if previous.paragraph != place.paragraph or last.kind != "direct":
        return False
    between = masked[last.tail_end : place.run.outer_start]
    return len(_WORD.findall(between)) <= 12 and not re.search(r"[.!?…]\s+\S", between.strip() + " ")


def _draft(
    reading: Reading,
    masked: str,
    skip: frozenset[int],
    place: _Place,
    previous: _Place | None,
    last: _Draft | None,
) -> _Draft | None:
    """Return the utterance of one run, or None for words in marks that nobody says."""
    text = reading.document.text
    inside = text[place.run.start : place.end]
    words = _WORD.findall(inside)
    if not words:
        return None
    runs = ((place.run.start, place.end),)
    tag = _tail_tag(reading, masked, skip, place)
    complete = _is_sentence(text, masked, place, words)
    base = _Draft(runs, "direct" if complete else "mixed", outer_end=place.tail[0], tail_end=place.tail[0])
    inner = _inner_tag(reading, masked, skip, place, tag) if tag is not None and not complete else None
    if inner is not None:
        tag, passed = inner, tag
        return replace(base, cue=(tag.start, tag.end), source=tag.source, tail_end=passed.end if passed else 0)
    if tag is not None:
        end = max(tag.end, tag.source[1] if tag.source is not None else 0, place.tail[1])
        return replace(base, cue=(tag.start, tag.end), source=tag.source, tail_end=end)
    if _is_name(reading, masked, place, words):
        return None
    tag = _lead_tag(reading, masked, skip, place)
    if tag is not None and tag.end < place.run.outer_start:
        own = _OWN_SUBJECT.search(masked, tag.end, place.run.outer_start)
        if own is not None:
            tag = replace(tag, start=own.start("cue"), end=own.end("cue"), source=own.span("source"))
    if tag is not None and last is not None and previous is not None:
        if _goes_on(masked, last, tag, place):
            tag = replace(tag, source=last.source)
        elif _is_joined(masked, last, tag, place, previous) and last.cue is not None:
            return replace(base, cue=last.cue, source=last.source, borrowed=last.borrowed)
    if tag is not None and not complete and len(words) <= _TERM and _is_far_thought(masked, place, tag):
        return None
    if tag is not None and tag.end < place.run.outer_start and _is_other_clause(reading, masked, place, tag):
        return base
    if tag is not None:
        return replace(base, cue=(tag.start, tag.end), source=tag.source)
    if not complete and len(words) < _LEAST_UNCUED:
        return None
    if _looks_like_title(inside, words) and not complete:
        return None
    source = _borrowed_source(reading, masked, skip, place, previous, last)
    return replace(base, source=source, borrowed=True)


_OTHER_CLAUSE = re.compile(r",\s(?:as|while|after|before|when|because|although|though|whereas)\s")


def _is_other_clause(reading: Reading, masked: str, place: _Place, tag: Tag) -> bool:
    """Return whether words in marks stand in a clause with a subject of its own behind the one of a verb of saying:
    "Lowe disputed the report, as critics took it for “proof”". Who says them is not told.
    """
    begins = _OTHER_CLAUSE.search(masked, tag.end, place.run.outer_start)
    index = reading.sentence_at(tag.start)
    if begins is None or index is None:
        return False
    tokens = reading.sentences[index].tokens
    return any(
        t.relation in ("nsubj", "nsubj:pass")
        and begins.end() <= t.start < place.run.outer_start
        and tokens[t.head].start < place.run.outer_start
        for t in tokens
    )


# "Lowe called it “vain” and Wikibase was “willing to bet”": the clause has a subject of its own.
_OWN_SUBJECT = re.compile(
    r"\u25a0\W*\s(?:and|but|while)\s(?P<source>(?:[Tt]he\s)?[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3})\s"
    r"(?P<cue>was|were|is|are)\s(?:\w+\s){0,2}[“\"‘'«]*$"
)


def _inner_tag(reading: Reading, masked: str, skip: frozenset[int], place: _Place, tag: Tag) -> Tag | None:
    """Return the tag before a run where the one behind it only says who reported that: "Lowe called it “vain”,
    according to the Herald". Whose words are quoted is told by the nearer verb.
    """
    if tag.source is None or (tag.lemma not in ("according", "report") and not _names_newsroom(masked, tag.source)):
        return None
    lead = _lead_tag(reading, masked, skip, place)
    if lead is None or lead.source is None or not lexicon().is_in(lead.lemma, "say", "call", "judge"):
        return None
    return lead if lead.start < place.run.outer_start and lead.source != tag.source else None


def _names_newsroom(masked: str, source: tuple[int, int]) -> bool:
    return outlet_name().match(masked, source[0]) is not None


def _goes_on(masked: str, last: _Draft, tag: Tag, place: _Place) -> bool:
    """Return whether a verb without a subject of its own goes on with that of the quotation before in its sentence.

    "Lund, who called her “…” on Monday, and warned, “…”": he warned, too.
    """
    if last.source is None or last.cue is None or not place.sentence[0] <= last.cue[0] < last.runs[-1][1] < tag.start:
        return False
    between = masked[last.runs[-1][1] : tag.start]
    if re.search(r"\b(?:after|because|when|while|as|that|who|which|since|before)\s", between):
        return False
    return re.search(r"[,\s](?:and|but)\s(?:(?:also|then|later|again)\s)?$", between) is not None


def _is_joined(masked: str, last: _Draft, tag: Tag, place: _Place, previous: _Place) -> bool:
    """Return whether a run is joined to the one before, which has a nearer verb: "which Ross called “a” and a “b”"."""
    between = masked[previous.run.outer_end : place.run.outer_start]
    return (
        last.cue is not None
        and tag.start < last.cue[0] < last.runs[0][0]
        and re.fullmatch(r",?\s(?:and|or|but)\s(?:an?\s|the\s)?", between) is not None
    )


def _is_far_thought(masked: str, place: _Place, tag: Tag) -> bool:
    """Return whether a verb that says nothing aloud stands well before a term in marks: "chose it for “aid”"."""
    words_of = lexicon()
    between = masked[tag.end : place.run.outer_start]
    asked = (
        tag.lemma in ("ask", "answer") and re.search(r"\b(?:why|how|whether|if|what|for more)\b", between) is not None
    )
    told = asked or tag.lemma in listed("no_words")
    said = words_of.is_in(tag.lemma, "say", "call", "judge") and not told
    if said or not words_of.is_in(tag.lemma, "say", "think", "judge", "show", "call"):
        return False
    return len(_WORD.findall(between)) > _NEAR_CUE


def _is_sentence(text: str, masked: str, place: _Place, words: Sequence[str]) -> bool:
    """Return whether a run is an utterance on its own rather than words worked into a sentence."""
    inside = text[place.run.start : place.end].strip()
    lead = masked[place.lead[0] : place.lead[1]].rstrip()
    starts = not lead or lead[-1] in ",:.!?;—–-\u25a0" or not _WORD.search(lead)
    if not starts:
        return False
    if not lead:
        return len(words) >= 3 or bool(_COMPLETE.search(inside)) or inside.endswith(",")
    first = words[0][:1]
    return first.isupper() or first.isdigit() or lead[-1] in ":" or len(words) >= 5


def _tail_tag(reading: Reading, masked: str, skip: frozenset[int], place: _Place) -> Tag | None:
    """Return the tag behind a run: `she said`, `said Jane Roe`, `— Jane Roe`, `according to the mayor`."""
    text = reading.document.text
    start, end = place.tail
    inside = text[place.run.start : place.end].rstrip()
    behind = masked[start:end]
    if not _WORD.search(behind):
        return _name_line(masked, text, place) or _next_tag(reading, masked, skip, place, inside)
    first = behind.lstrip(" \t\u00a0”’\"'")
    if inside.endswith(".") and not inside.endswith("..") and first[:1].isupper():
        return None
    if first[:1] in ";.?!":
        return None
    dash = _NAME_LINE.match(masked, start, end)
    if dash is not None:
        named = _name_line(masked, text, place)
        if named is not None:
            return named
    headline = _HEADLINE.match(masked, start, end)
    if headline is not None:
        return Tag(headline.start("cue"), headline.end("cue"), "say", headline.span("source"), inverted=True)
    tag = _put_behind(masked, start, end) or tag_after(masked, start, end, skip=skip)
    if tag is None:
        return _slot_tag(reading, masked, place, inside)
    if tag.lemma in ("continue", "begin") and tag.source is not None and not _is_speaking(reading, tag.source):
        return None  # "…”, talks over the harbour continued"
    if tag.source is None and not inside.endswith((",", "?", "!", "—", "…")) and first[:1] != ",":
        return None
    # "…" and then said …: the words before the run have their own subject.
    lead = masked[place.lead[0] : place.lead[1]].strip()
    if (
        lead
        and not lead.endswith((",", ":", "—", "–", "-", "\u25a0"))
        and first[:1] != ","
        and not inside.endswith((",", "?", "!"))
    ):
        return None
    return _passed_on(masked, end, tag, skip) or _refined(reading, masked, tag)


def _passed_on(masked: str, end: int, tag: Tag, skip: frozenset[int]) -> Tag | None:
    """Return the tag of whom another only tells the words of: "“Show me the way,” he said she had joked"."""
    if tag.inverted or not lexicon().is_in(tag.lemma, "say"):
        return None
    inner = tag_after(masked, tag.end, end, classes=("say",), skip=skip)
    if inner is None or inner.source is None or inner.inverted or inner.lemma == "according":
        return None
    begins = re.compile(r"\s(?:that\s)?").match(masked, tag.end)
    near = begins is not None and begins.end() == inner.source[0] and _sound(masked, inner.source)
    behind = re.compile(r"(?:\s(?:him|her|them|me|us))?").match(masked, inner.end)
    return inner if near and behind is not None and _TAG_END.match(masked, behind.end(), end) else None


def _next_tag(reading: Reading, masked: str, skip: frozenset[int], place: _Place, inside: str) -> Tag | None:
    """Return the tag that the end of a sentence parts from its words: "“What a day!” Sen. Ann Roe said on Monday."

    It says nothing else: no words of its own stand behind the verb.
    """
    start = place.tail[0]
    index = reading.sentence_at(start + 1) if masked[start : start + 1] == " " else None
    if index is None or not inside.endswith(("!", "?")) or reading.paragraph_at(start + 1) != place.paragraph:
        return None
    end = reading.sentences[index].end
    tag = tag_after(masked, start, end, classes=("say",), skip=skip) if "\u25a0" not in masked[start:end] else None
    if tag is None or tag.source is None or not _sound(masked, tag.source):
        return None
    behind = masked[max(tag.end, tag.source[1]) : end]
    own = re.search(r"\b(?:that|he|she|they|it)\b", behind) is not None
    return tag if min(tag.start, tag.source[0]) == start + 1 and _TAG_END.match(behind) and not own else None


def _put_behind(masked: str, start: int, end: int) -> Tag | None:
    """Return the tag of "…,” as the chief, Ann Lowe, put it"."""
    match = re.compile(
        r",?\s+as\s(?:[^.;:\u25a0]|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.|(?<=\bMrs)\.){2,90}?\s(?P<cue>puts?\sit|described\sit)\b"
    ).match(masked, start, end)
    source = subject_left(masked, start, match.start("cue")) if match is not None else None
    return Tag(*match.span("cue"), "put", source) if match is not None and source is not None else None


# What stands in the slot of a tag and says nothing: "“Cold Water,” a film, opened in May".
_NO_SPEECH = frozenset(
    [
        "opened",
        "came",
        "went",
        "made",
        "had",
        "did",
        "got",
        "took",
        "left",
        "became",
        "won",
        "lost",
        "ran",
        "died",
        "sold",
        "began",
        "ended",
        "appeared",
        "followed",
        "hit",
        "was",
        "helped",
        "led",
        "showed",
        "brought",
        "gave",
        "sent",
        "kept",
        "stood",
        "fell",
        "rose",
        "drew",
        "saw",
        "put",
        "set",
        "met",
        "paid",
        "held",
    ]
)


_PARTICLES = frozenset(["back", "in", "up", "out", "on"])


def _slot_tag(reading: Reading, masked: str, place: _Place, inside: str) -> Tag | None:
    """Return the tag of a verb that no list has in the slot behind a closing mark: "“They are late,” shrugged Lowe".

    The words in marks are a clause that a comma, a question or a call leaves open; one person stands beside the verb.
    """
    start, end = place.tail
    if not inside.endswith((",", "?", "!", "—")) or len(_WORD.findall(inside)) < 3:
        return None
    index = reading.sentence_at(start + 1)
    if index is None or not has_syntax(reading.sentences[index]):
        return None
    tokens = [t for t in reading.sentences[index].tokens if start <= t.start < end and t.upos != "PUNCT"][:8]
    verb = next(
        (
            i
            for i, t in enumerate(tokens)
            if t.upos == "VERB" and (t.xpos in ("VBD", "VBZ") or (i == 0 and t.xpos != "VBG"))
        ),
        None,
    )
    if verb is None or tokens[0].upos in ("CCONJ", "SCONJ", "ADP"):
        return None
    cue, rest = tokens[verb], tokens[verb + 1 :]
    finish = cue.end
    named_behind = len(rest) > 1 and rest[1].upos in ("PROPN", "DET", "PRON")
    particle = bool(rest) and (rest[0].relation == "compound:prt" or rest[0].text in _PARTICLES)
    if particle and (verb > 0 or named_behind):
        finish, rest = rest[0].end, rest[1:]
    elif cue.text.casefold() in _NO_SPEECH:
        return None
    if verb == 0:
        named = (
            rest
            and rest[0].start == finish + 1
            and (rest[0].upos == "PROPN" or rest[0].upos in ("DET", "NOUN", "PRON"))
        )
        source = subject_right(masked, finish, end) if named else None
        return Tag(cue.start, finish, cue.lemma, source, inverted=True) if source is not None else None
    if (
        inside.endswith(("?", "!"))
        and tokens[0].text[0].isupper()
        and rest
        and rest[0].upos not in ("ADV", "ADP", "CCONJ")
    ):
        return None
    if not _is_speaker_head(tokens[:verb]) or (rest and rest[0].upos in ("NOUN", "PROPN", "DET", "NUM", "ADJ")):
        return None
    source = subject_left(masked, start, cue.start)
    return Tag(cue.start, finish, cue.lemma, source) if source is not None and _sound(masked, source) else None


def _is_speaker_head(tokens: Sequence[Token]) -> bool:
    """Return whether the words before a verb are he, she, a name or a person's word."""
    last = tokens[-1]
    low = last.text.casefold()
    people = titles().offices | titles().persons | frozenset(titles().kinship)
    return low in ("he", "she") or last.upos == "PROPN" or low in people


_HEADLINE = re.compile(
    r",?\s(?P<cue>ran|read|reads|screamed|blared|said|says)\s"
    r"(?P<source>(?:the|a|an|one|its)\s(?:[\w-]+\s){0,2}(?:headline|banner|sign|placard|poster|caption)"
    r"(?:\s(?:in|of|on)\s(?:[Tt]he\s)?[A-Z]\w*(?:\s[A-Z]\w*){0,3})?)"
)


def _is_speaking(reading: Reading, source: tuple[int, int]) -> bool:
    """Return whether words may name who goes on to speak: not "talks over the harbour"."""
    index = reading.sentence_at(source[0])
    first = reading.document.text[source[0]]
    return first.isupper() or index is None or _may_speak(reading, index, source)


def _refined(reading: Reading, masked: str, tag: Tag) -> Tag:
    """Return a tag with the source that syntax gives, where it gives one."""
    index = reading.sentence_at(tag.start)
    if index is None or tag.lemma in ("according", "—", ":") or not has_syntax(reading.sentences[index]):
        return tag
    if tag.source is not None and _sound(reading.document.text, tag.source):
        return tag
    tag = replace(tag, source=None)
    verb = tag.end - 1
    found = subject_at(reading.sentences[index], verb)
    if found is None or found[1] - found[0] > 200 or "\u25a0" in masked[found[0] : found[1]]:
        return tag
    return tag if _is_bare(masked, found) else replace(tag, source=found)


def _sound(text: str, source: tuple[int, int]) -> bool:
    """Return whether words look like a source: a pronoun, a name, a phrase with a determiner, no clause."""
    words = _WORD.findall(text[source[0] : source[1]])
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


# The name alone in the paragraph below: "— Jane Roe."
_NAME_BELOW = re.compile(
    r"\s*\n\s*\n(?P<mark>[—–―-])\s?"
    r"(?P<name>(?:[A-Z][\w.’'-]*|of|de|van|von|al)(?:\s(?:[A-Z][\w’'-]*|of|de|van|von|al)){1,4})\.?[ ]*(?:\n|$)"
)


def _name_line(masked: str, text: str, place: _Place) -> Tag | None:
    """Return the tag of `"…" — Jane Roe, mayor`, where a dash and a name end the paragraph."""
    start = place.tail[0]
    newline = re.compile(r"[^\n]*\n?[^\n]*").match(masked, start)
    stop = newline.end() if newline is not None else start
    below = _NAME_BELOW.match(masked, start)
    if below is not None:
        at = below.start("mark")
        return Tag(at, at + 1, "—", below.span("name"), inverted=True)
    dash = _NAME_LINE.match(masked, start, stop)
    if dash is None:
        return None
    line = re.compile(r"[^\n\u25a0]*").match(masked, dash.end(), stop)
    if line is None or ("(@" in line.group() and _WORD.search(masked, *place.lead)):
        return None  # the name signs the post, and somebody else is quoted in it
    named = line.group().rstrip(" .)\t")
    count = len(_WORD.findall(named))
    words = lexicon()
    if not 1 <= count <= 14 or any(words.verb(w.casefold()) and not w[0].isupper() for w in _WORD.findall(named)):
        return None
    mark = masked[start : dash.end()].strip()
    at = masked.index(mark, start)
    return Tag(at, at + len(mark), "—", (dash.end(), dash.end() + len(named)), inverted=True)


def _lead_tag(reading: Reading, masked: str, skip: frozenset[int], place: _Place) -> Tag | None:
    """Return the tag before a run: in its own sentence, or in the line that leads up to it with a colon."""
    text = reading.document.text
    start, end = place.sentence[0], place.run.outer_start
    lead = masked[start:end]
    if _WORD.search(lead):
        tag = _covering(reading, masked, place) or tag_before(masked, start, end, skip=skip, limit=place.sentence[1])
        put = _PUT_IT.search(masked, start, end)
        if put is not None:
            by = subject_left(masked, start, put.start())
            if by is not None and _sound(masked, by):
                return Tag(put.start(), put.end("cue"), "put", by)
        if tag is not None and _leads_with_colon(reading, tag, lead):
            colon = start + lead.rindex(":")
            return Tag(colon, colon + 1, ":", _sentence_subject(reading, masked, skip, start, colon))
        if tag is not None:
            return _filled(reading, masked, skip, start, tag)
        speaker = _SPEAKER_COLON.search(lead)
        before = lead[: speaker.start()] if speaker is not None else ""
        apart = (
            re.search(r"\b(?:from|in|of|at|near|to|for|on|with|the|magazine|newspaper)\s$", before) is not None
            and len(before.split()) > 3
        )
        if speaker is not None and not apart:
            colon = start + lead.rindex(":")
            named = text[start + speaker.start() : colon].rstrip()
            return Tag(colon, colon + 1, ":", (start + speaker.start(), start + speaker.start() + len(named)))
        if lead.rstrip().endswith(":"):
            colon = start + lead.rindex(":")
            return Tag(colon, colon + 1, ":", _sentence_subject(reading, masked, skip, start, colon))
        return None
    # The run opens its sentence: a line before it may lead up to it.
    stop = end_before(masked, start)
    if not masked.endswith((":", ","), 0, stop) or place.paragraph == 0:
        return None
    index = reading.sentence_at(stop - 1)
    if index is None:
        return None
    low = reading.sentences[index].start
    tag = tag_before(masked, low, stop, classes=("say", "call"), skip=skip)
    if tag is not None:
        return _filled(reading, masked, skip, low, tag)
    if masked.endswith(":", 0, stop):
        return Tag(stop - 1, stop, ":", _sentence_subject(reading, masked, skip, low, stop))
    return None


def _leads_with_colon(reading: Reading, tag: Tag, lead: str) -> bool:
    """Return whether words behind a colon are said by who the sentence is about, not by the subject of the last verb:
    "Lowe told reporters the pace at which the spikes came back suggested a pattern: “…”".
    """
    if not lead.rstrip().endswith(":") or tag.source is None or tag.inverted:
        return False
    index = reading.sentence_at(tag.source[0])
    if index is None:
        return False
    inside = [t for t in reading.sentences[index].tokens if tag.source[0] <= t.start < tag.source[1]]
    clause = any(t.xpos in ("VBD", "VBZ", "VBP") for t in inside) and all(t.text != "," for t in inside)
    return clause or not _may_speak(reading, index, tag.source)


# "as the mayor put it in a letter, “…”"
_PUT_IT = re.compile(r"\b(?P<cue>puts?\sit)(?:\s[\w’'-]+){0,14}[,:]?\s*(?:[“\"‘'«]|``|'')?$")


def _covering(reading: Reading, masked: str, place: _Place) -> Tag | None:
    """Return the tag whose clause, by syntax, holds a run that is worked into a sentence.

    The outermost verb of saying has it; a verb right before the marks, or one that names something, has it first.
    """
    start, end = place.run.outer_start, place.end
    if masked[place.lead[0] : start].rstrip().endswith((",", ":")):
        return None
    index = reading.sentence_at(start)
    if index is None:
        return None
    sentence = reading.sentences[index]
    words_of = lexicon()
    cues = [
        c
        for c in find_cues(sentence, [(start, end)])
        if c.content is not None
        and c.start < start
        and c.content[0] <= start
        and end <= c.content[1] + 2
        and c.shape in ("clause", "infinitive", "object", "rest")
        and "\u25a0" not in masked[c.start : c.end]
    ]
    if not cues:
        return None
    near = max(cues, key=lambda c: c.start)
    close = len(_WORD.findall(masked[near.end : start])) <= 1 and words_of.is_in(near.lemma, "say")
    beside = tag_before(masked, sentence.start, start)
    called = beside is not None and beside.start > near.start and words_of.is_in(beside.lemma, "call")
    if called and beside is not None and len(_WORD.findall(masked[beside.end : start])) <= 2:
        return None  # "which the Herald describes as “…”": a nearer verb has the words
    if not close and not words_of.is_in(near.lemma, "call"):
        outer = [c for c in cues if words_of.is_in(c.lemma, "say")] or [
            c for c in cues if words_of.is_in(c.lemma, "think")
        ]
        near = min(outer, key=lambda c: c.start) if outer else near
    source = _widened(masked, sentence, near)
    if source is not None and (masked.startswith("\u25a0", source[0]) or _is_bare(masked, source)):
        source = None
    return Tag(near.start, near.end, near.lemma, source)


def _is_bare(text: str, source: tuple[int, int]) -> bool:
    """Return whether a source is a lone noun in small letters that nobody is: "tank" of "Harbour Fund think tank"."""
    word = text[slice(*source)]
    return word.isalpha() and word not in ("who", "which", "that") and not _sound(text, source)


def _no_verbs(reading: Reading) -> frozenset[int]:
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


def _filled(reading: Reading, masked: str, skip: frozenset[int], start: int, tag: Tag) -> Tag:
    """Return a tag with a source: its own, the one that syntax gives, or the subject of the sentence."""
    if tag.inverted:
        return tag
    tag = _refined(reading, masked, tag)
    if tag.source is not None:
        return tag
    return replace(tag, source=_sentence_subject(reading, masked, skip, start, tag.start))


def _sentence_subject(
    reading: Reading, masked: str, skip: frozenset[int], start: int, end: int
) -> tuple[int, int] | None:
    """Return the source of a cue without a subject of its own: the sentence's subject, or that of an earlier verb."""
    index = reading.sentence_at(start)
    if index is not None and has_syntax(reading.sentences[index]):
        sentence = reading.sentences[index]
        root = sentence.root
        if root is not None:
            found = subject_at(sentence, sentence.tokens[root].start)
            bare = found is not None and _is_bare(masked, found)
            if found is not None and not bare and found[1] <= end and "\u25a0" not in masked[found[0] : found[1]]:
                verb = sentence.tokens[root].start
                wide = subject_left(masked, sentence.start, verb) if found[0] < verb else None
                if wide is not None and wide[0] <= found[0] and found[1] <= wide[1] and _sound(masked, wide):
                    return wide
                return found
    words = lexicon()
    for token in list_tokens(masked, start, end):
        low = token.group().casefold()
        if words.verb(low) is not None and token.group().islower() and token.start() not in skip:
            source = subject_left(masked, start, token.start())
            if source is not None and _sound(masked, source):
                return source
    for token in list_tokens(masked, start, end):
        low = token.group().casefold()
        if low in {"he", "she"}:
            return token.start(), token.end()
    return None


def _borrowed_source(
    reading: Reading,
    masked: str,
    skip: frozenset[int],
    place: _Place,
    previous: _Place | None,
    last: _Draft | None,
) -> tuple[int, int] | None:
    """Return the source that the order of the text gives: of the quotation before, or of the sentence before."""
    index = reading.sentence_at(place.run.outer_start)
    if index is None:
        return None
    start = reading.sentences[index].start
    if _WORD.search(masked, start, place.run.outer_start):
        own = _sentence_subject(reading, masked, skip, start, place.run.outer_start)
        if own is not None and _may_speak(reading, index, own):
            return own
        if own is not None and (last is None or previous is None or previous.paragraph != place.paragraph):
            return None
    if last is not None and previous is not None and last.source is not None:
        between = masked[last.tail_end : place.run.outer_start]
        count = len(_WORD.findall(between))
        same = previous.paragraph == place.paragraph and count <= 12
        next_one = previous.paragraph + 1 == place.paragraph and count == 0
        if (same or next_one) and re.search(r"[.!?…]\s+[A-Z]", between) is None:
            return last.source
    if index == 0:
        return None
    before = reading.sentences[index - 1]
    if last is not None and last.cue is not None and before.start <= last.cue[0] < before.end:
        return last.source
    own = _sentence_subject(reading, masked, skip, before.start, before.end)
    return own if own is not None and _is_one_person(reading, index - 1, own) else None


def _is_one_person(reading: Reading, index: int, source: tuple[int, int]) -> bool:
    """Return whether the subject of the sentence before may be who goes on to speak: he, she, a name, a person known.

    "The silence was deafening. “I went there.”" is not said by the silence, nor by "they", "many" or a newcomer.
    """
    text = reading.document.text[source[0] : source[1]]
    low = text.casefold()
    if low in listed("pronouns"):
        return low in ("he", "she")
    if low.split()[0] in ("a", "an", "many", "some", "several", "few", "most", "other", "others"):
        return False
    sentence = reading.sentences[index]
    inside = [i for i, t in enumerate(sentence.tokens) if source[0] <= t.start < source[1]]
    head = next((i for i in inside if sentence.tokens[i].head not in inside), None)
    if head is None:
        return text[:1].isupper()
    if sentence.tokens[head].upos == "PROPN":
        return True
    if sentence.tokens[head].upos != "NOUN":
        return False
    low = sentence.tokens[head].text.casefold()
    return low in titles().offices | titles().persons | frozenset(titles().kinship)


def _may_speak(reading: Reading, index: int, source: tuple[int, int]) -> bool:
    """Return whether a subject is somebody, a body or a text, by its head.

    "The plan would “shift the tide”" is not said by the plan.
    """
    sentence = reading.sentences[index]
    inside = [i for i, t in enumerate(sentence.tokens) if source[0] <= t.start < source[1]]
    head = next((i for i in inside if sentence.tokens[i].head not in inside), None)
    if head is None or sentence.tokens[head].upos != "NOUN":
        return True
    return _is_speaker_word(sentence.tokens[head].text.casefold())


def _is_speaker_word(low: str) -> bool:
    """Return whether a noun means people, a body or a text."""
    if low in listed("group") | listed("organization_heads") | listed("not_a_person") | listed("texts"):
        return True
    people = titles().offices | titles().persons | titles().groups | titles().bodies | frozenset(titles().kinship)
    return low in people or low.removesuffix("s") in people


def _is_name(reading: Reading, masked: str, place: _Place, words: Sequence[str]) -> bool:
    """Return whether a run names something rather than quotes: a work, a nickname, a term."""
    text = reading.document.text
    lead = [w.casefold() for w in _WORD.findall(masked[place.lead[0] : place.lead[1]])][-3:]
    if not lead or len(words) > 12:
        return False
    inside = text[place.run.start : place.end].strip()
    while len(lead) > 1 and lead[-1] in ("the", "a", "an") and lead[-2] in ("as", *_NAMES_AS):
        lead.pop()  # "known as the “Harbour project”"
    named = lead[-2] if lead[-1] == "as" and len(lead) > 1 else lead[-1]
    if lead[-1] == "as" and named in _NAMES_AS:
        return True
    subject = lead[-2] if len(lead) > 1 and named == lead[-1] else ""
    active = (subject in listed("pronouns") and subject not in ("which", "who")) or _is_active(reading, place)
    agent = re.match(r"\s*by\s", masked[place.tail[0] : place.tail[0] + 5]) is not None
    if (
        named in listed("naming")
        and not active
        and not agent
        and not masked.endswith((":", ","), 0, end_before(masked, place.run.outer_start))
    ):
        return True
    if _looks_like_title(inside, words) and (
        lead[-1] in listed("work") or (len(lead) > 1 and lead[-2] in listed("work"))
    ):
        return True
    # told “Elra on Air” that
    tail = masked[place.tail[0] : place.tail[1]]
    if lexicon().verb(lead[-1]) == "tell" and _looks_like_title(inside, words) and re.match(r"\s\w", tail):
        return True
    # wrote books, most recently “Free Elra”; sang “Cold Water”; its “Sail On” campaign
    if _looks_like_title(inside, words) and (
        lead[-1] in _PERFORMED or _WORKS.search(masked, *place.lead) or _THING_BEHIND.match(tail)
    ):
        return True
    # phrases such as “mostly calm”
    if (lead[-1] == "like" or lead[-2:] == ["such", "as"]) and _PHRASES.search(masked, *place.lead):
        return True
    # on Elra News’ “Harbour,”
    hosted = _HOSTED.search(masked, max(0, place.run.outer_start - 120), place.run.outer_start)
    if hosted is not None and _looks_like_title(inside.rstrip(","), words):
        return True
    # on Radio Elra’s “Morning Watch”, an interview with “The Harbour Hour”
    shown = lead[-1] in ("on", "with", "for", "in") or lead[-1].endswith(("’s", "'s"))
    if shown and len(words) > 1 and _looks_like_title(inside, words):
        return True
    # Robert “Bob” Roe, the “Bulldozer” plan
    stop = end_before(masked, place.run.outer_start)
    before = masked[max(0, stop - 1) : stop]
    first_before = _WORD.findall(masked[place.lead[0] : place.lead[1]])[-1]
    behind = _WORD.match(masked, place.tail[0] + 1) if place.tail[0] < len(masked) else None
    nick = len(words) <= 3 and first_before[:1].isupper() and behind is not None and behind.group()[:1].isupper()
    return nick and before not in ",:" and words[0][:1].isupper()


def _is_active(reading: Reading, place: _Place) -> bool:
    """Return whether the verb right before a run has somebody who says it: "which the Herald has called “…”"."""
    index = reading.sentence_at(place.run.outer_start)
    if index is None:
        return False
    sentence = reading.sentences[index]
    at = max((i for i, t in enumerate(sentence.tokens) if t.end <= place.run.outer_start), default=None)
    if at is None or sentence.tokens[at].upos != "VERB":
        return False
    below = {sentence.tokens[c].relation for c in sentence.children(at)}
    return "aux:pass" not in below and "nsubj" in below


_HOSTED = re.compile(r"\b(?:on|for|in|with)\s(?:[A-Z][\w.&-]*\s?){1,4}[’'](?:s\s|\s)$")
_PERFORMED = ("sang", "sings", "sing", "performed", "played")
_WORKS = re.compile(r"\b(?:books?|novels?|films?|albums?|songs?|memoirs?)\b")
_THING_BEHIND = re.compile(r"\s(?:campaign|movement|tour|slogan|initiative|rally|march|policy|hats?|signs?|shirts?)\b")
_PHRASES = re.compile(r"\b(?:phrases|words|terms|slogans|labels)\b[^.]{0,30}$")
_NAMES_AS = ("identified", "known")


def _looks_like_title(inside: str, words: Sequence[str]) -> bool:
    """Return whether words are written like the title of a work: each long one with a capital."""
    long = [w for w in words if len(w) > 3]
    return (
        len(words) <= 10
        and bool(long)
        and all(w[0].isupper() or w[0].isdigit() for w in long)
        and words[0][0].isupper()
    )


ANNOTATOR = Annotator(
    name="quotations",
    version=1,
    kind="quotations",
    summary="Direct, mixed and indirect quotations: content, cue and source.",
    order=40,
    find=find_quotations,
)
