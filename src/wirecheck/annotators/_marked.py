"""Words in marks that somebody says, joined where they are one utterance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from wirecheck.annotators._lexicon import lexicon, listed
from wirecheck.annotators._reporting import Tag, tag_after
from wirecheck.annotators._tags import find_inner_tag, find_lead_tag, find_tail_tag
from wirecheck.annotators._unsaid import is_name, looks_like_title
from wirecheck.annotators._utterances import WORD, Draft, RunPlace, find_sentence_subject, list_no_verbs, may_speak
from wirecheck.language.reading import Reading
from wirecheck.text.gazetteer import titles
from wirecheck.text.marks import Marked, mask_marked

_COMPLETE = re.compile(r"[.!?…]\s*$")


# Shortest run that counts as speech without any cue, in words: shorter ones are terms, nicknames and scare quotes far
# more often than speech (training part of PolNeAR and gold stories a-e).
_LEAST_UNCUED = 3


# A run of at most so many words needs a verb of saying, or a nearer verb than this many words: what somebody decides,
# wants or knows is told in the paper's words, and the term in marks is its own. On 300 articles of PolNeAR's training
# part such a run was right in 8 of 26.
_TERM, _NEAR_CUE = 3, 2


def find_marked_speech(reading: Reading, runs: Sequence[Marked]) -> list[Draft]:
    text = reading.document.text
    masked = mask_marked(text, runs)
    places = [_place(reading, masked, runs, i) for i in range(len(runs))]
    skip = list_no_verbs(reading)
    drafts: list[Draft] = []
    previous: RunPlace | None = None
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
                tag = find_tail_tag(reading, masked, skip, place)
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


def _place(reading: Reading, masked: str, runs: Sequence[Marked], index: int) -> RunPlace:
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
    return RunPlace(run, end, paragraph, (start, max(stop, outer_end)), lead, tail)


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


def _join(draft: Draft, place: RunPlace) -> Draft:
    return replace(
        draft, runs=(*draft.runs, (place.run.start, place.end)), outer_end=place.tail[0], tail_end=place.tail[0]
    )


def _is_split(last: Draft, draft: Draft) -> bool:
    """Return whether one tag stands between two runs of one utterance: “If it rains,” she said, “we stay.”"""
    return draft.cue is not None and draft.cue == last.cue and draft.cue[0] >= last.runs[-1][1]


def _is_listed_with(masked: str, last: Draft, draft: Draft, place: RunPlace, previous: RunPlace) -> bool:
    """Return whether a run without a cue stands before one with a tag behind it, with "and" between the two."""
    if draft.cue is None or draft.cue[0] < place.run.end or not (last.borrowed or last.cue is None):
        return False
    between = masked[previous.run.outer_end : place.run.outer_start]
    return re.fullmatch(r",?\s(?:and|or|but)\s", between) is not None


def _continues(masked: str, last: Draft, draft: Draft, place: RunPlace, previous: RunPlace | None) -> bool:
    """Return whether nothing but the tag stands between the last utterance and this run, which has no cue itself."""
    if draft.cue is not None or not draft.borrowed or previous is None:
        return False
    if previous.paragraph != place.paragraph or last.kind != "direct":
        return False
    between = masked[last.tail_end : place.run.outer_start]
    return len(WORD.findall(between)) <= 12 and not re.search(r"[.!?…]\s+\S", between.strip() + " ")


def _draft(
    reading: Reading,
    masked: str,
    skip: frozenset[int],
    place: RunPlace,
    previous: RunPlace | None,
    last: Draft | None,
) -> Draft | None:
    """Return the utterance of one run, or None for words in marks that nobody says."""
    text = reading.document.text
    inside = text[place.run.start : place.end]
    words = WORD.findall(inside)
    if not words:
        return None
    runs = ((place.run.start, place.end),)
    tag = find_tail_tag(reading, masked, skip, place)
    complete = _is_sentence(text, masked, place, words)
    base = Draft(runs, "direct" if complete else "mixed", outer_end=place.tail[0], tail_end=place.tail[0])
    inner = find_inner_tag(reading, masked, skip, place, tag) if tag is not None and not complete else None
    if inner is not None:
        tag, passed = inner, tag
        return replace(base, cue=(tag.start, tag.end), source=tag.source, tail_end=passed.end if passed else 0)
    if tag is not None:
        end = max(tag.end, tag.source[1] if tag.source is not None else 0, place.tail[1])
        return replace(base, cue=(tag.start, tag.end), source=tag.source, tail_end=end)
    if is_name(reading, masked, place, words):
        return None
    tag = find_lead_tag(reading, masked, skip, place)
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
    if looks_like_title(inside, words) and not complete:
        return None
    source = _borrowed_source(reading, masked, skip, place, previous, last)
    return replace(base, source=source, borrowed=True)


_OTHER_CLAUSE = re.compile(r",\s(?:as|while|after|before|when|because|although|though|whereas)\s")


def _is_other_clause(reading: Reading, masked: str, place: RunPlace, tag: Tag) -> bool:
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


def _goes_on(masked: str, last: Draft, tag: Tag, place: RunPlace) -> bool:
    """Return whether a verb without a subject of its own goes on with that of the quotation before in its sentence.

    "Lund, who called her “…” on Monday, and warned, “…”": he warned, too.
    """
    if last.source is None or last.cue is None or not place.sentence[0] <= last.cue[0] < last.runs[-1][1] < tag.start:
        return False
    between = masked[last.runs[-1][1] : tag.start]
    if re.search(r"\b(?:after|because|when|while|as|that|who|which|since|before)\s", between):
        return False
    return re.search(r"[,\s](?:and|but)\s(?:(?:also|then|later|again)\s)?$", between) is not None


def _is_joined(masked: str, last: Draft, tag: Tag, place: RunPlace, previous: RunPlace) -> bool:
    """Return whether a run is joined to the one before, which has a nearer verb: "which Ross called “a” and a “b”"."""
    between = masked[previous.run.outer_end : place.run.outer_start]
    return (
        last.cue is not None
        and tag.start < last.cue[0] < last.runs[0][0]
        and re.fullmatch(r",?\s(?:and|or|but)\s(?:an?\s|the\s)?", between) is not None
    )


def _is_far_thought(masked: str, place: RunPlace, tag: Tag) -> bool:
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
    return len(WORD.findall(between)) > _NEAR_CUE


def _is_sentence(text: str, masked: str, place: RunPlace, words: Sequence[str]) -> bool:
    """Return whether a run is an utterance on its own rather than words worked into a sentence."""
    inside = text[place.run.start : place.end].strip()
    lead = masked[place.lead[0] : place.lead[1]].rstrip()
    starts = not lead or lead[-1] in ",:.!?;—–-\u25a0" or not WORD.search(lead)
    if not starts:
        return False
    if not lead:
        return len(words) >= 3 or bool(_COMPLETE.search(inside)) or inside.endswith(",")
    first = words[0][:1]
    return first.isupper() or first.isdigit() or lead[-1] in ":" or len(words) >= 5


def _borrowed_source(
    reading: Reading,
    masked: str,
    skip: frozenset[int],
    place: RunPlace,
    previous: RunPlace | None,
    last: Draft | None,
) -> tuple[int, int] | None:
    """Return the source that the order of the text gives: of the quotation before, or of the sentence before."""
    index = reading.sentence_at(place.run.outer_start)
    if index is None:
        return None
    start = reading.sentences[index].start
    if WORD.search(masked, start, place.run.outer_start):
        own = find_sentence_subject(reading, masked, skip, start, place.run.outer_start)
        if own is not None and may_speak(reading, index, own):
            return own
        if own is not None and (last is None or previous is None or previous.paragraph != place.paragraph):
            return None
    if last is not None and previous is not None and last.source is not None:
        between = masked[last.tail_end : place.run.outer_start]
        count = len(WORD.findall(between))
        same = previous.paragraph == place.paragraph and count <= 12
        next_one = previous.paragraph + 1 == place.paragraph and count == 0
        if (same or next_one) and re.search(r"[.!?…]\s+[A-Z]", between) is None:
            return last.source
    if index == 0:
        return None
    before = reading.sentences[index - 1]
    if last is not None and last.cue is not None and before.start <= last.cue[0] < before.end:
        return last.source
    own = find_sentence_subject(reading, masked, skip, before.start, before.end)
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
