"""Quotations: what is said, the words that signal it, the words that name who says it.

The relation of source, cue and content follows PARC (Pareti, 2012) and PolNeAR (Newell et al., 2018). Words in marks
are found first (`text.marks`); a cue beside them says that they are speech, and whose; where no cue stands beside
them, the order of the text does (a quotation goes on; the sentence before names the speaker). Words in marks that
nobody says (titles of works, nicknames, terms) are left out. Clauses without marks follow from reporting verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from wirecheck.annotators import Annotator
from wirecheck.annotators._indirect import find_indirect
from wirecheck.annotators._marked import find_marked_speech
from wirecheck.annotators._reporting import subject_left
from wirecheck.annotators._turns import find_turns
from wirecheck.annotators._utterances import WORD, Draft, is_sound
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Quotation, quotation_id
from wirecheck.places import Places
from wirecheck.text.marks import find_marked, mask_marked


def find_quotations(reading: Reading, annotations: Annotations) -> Iterator[Quotation]:
    """Yield the quotations of a reading: direct and mixed ones with the words inside the marks, and indirect ones."""
    text = reading.document.text
    runs = [
        r
        for r in find_marked(text, [(p.start, p.end) for p in reading.paragraphs])
        if r.depth == 0 and WORD.search(text, r.start, r.end) and not text.endswith("=", 0, r.outer_start)
    ]
    drafts = find_marked_speech(reading, runs)
    behind = frozenset(d.cue[0] for d in drafts if d.cue is not None and d.cue[0] >= d.runs[0][1])
    indirect = find_indirect(reading, runs, behind, annotations)
    said = Places(
        sorted(indirect, key=lambda d: min(d.runs)[0]), lambda d: (min(d.runs)[0], max(end for _, end in d.runs))
    )
    drafts = [_of_clause(d, said) for d in drafts] + indirect
    drafts += [
        Draft((t.run,), "direct", cue=t.cue, source=t.source)
        for t in find_turns(reading, annotations, mask_marked(text, runs))
    ]
    seen: set[str] = set()
    for draft in drafts:
        quotation = _quotation(reading, draft)
        if quotation.id not in seen:
            seen.add(quotation.id)
            yield quotation


def _of_clause(draft: Draft, indirect: Places[Draft]) -> Draft:
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


def _quotation(reading: Reading, draft: Draft) -> Quotation:
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


def _before_furniture(reading: Reading, draft: Draft) -> tuple[int, int] | None:
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
    if draft.source is None and WORD.search(text, sentence.start, draft.cue[0]):
        return None
    found = subject_left(text, before.start, before.end)
    return found if found is not None and is_sound(text, found) else None


# R-Ariz.), whose panel: the name is lost in furniture
_PARTY_BEHIND = re.compile(r"\(?(?:[RDI]|Rep|Dem)[-–][\w. ]{1,16}\)")


# (R-Ariz.), (D), (Maine)
_PARTY = re.compile(r"(?:[RDI]|Rep|Dem|Lab|Con)?[-–, ]{0,2}(?:[A-Z][\w.]*[ -]?){0,2}")


ANNOTATOR = Annotator(
    name="quotations",
    version=1,
    kind="quotations",
    summary="Direct, mixed and indirect quotations: content, cue and source.",
    order=40,
    find=find_quotations,
)
