"""The overview of a story: what an editor wants to know first, on one screen, before any form is given to it.

Every form of the report opens with it. It holds rows of the sections, chosen and put in order here; it finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from wirecheck.model import Document, Finding, Lineage, Problem, QuoteGroup, Report, Span, StoryReport, Verdict
from wirecheck.report.rows import Context, Row, Words, count_of
from wirecheck.report.sections._points import LABELS, TONES, point_row
from wirecheck.report.sections.happened import describe_origins
from wirecheck.report.sections.quotations import SAID_BY, list_utterances
from wirecheck.report.telling import CHANGED, Telling, weigh_alteration
from wirecheck.report.unread import list_unread
from wirecheck.text.shown_dates import show_dates
from wirecheck.text.versions import NOTED, REPLACED

GroupName = Literal["shared", "conflicts", "differences", "corrected", "quotations", "wording", "alone", "open"]

MOST: dict[GroupName, int] = {
    "shared": 4,
    "conflicts": 6,
    "differences": 1,
    "quotations": 4,
    "wording": 2,
    "alone": 3,
}
"""Items of a group that the overview shows; with a line or two for each they fill one screen."""
TITLES: dict[GroupName, str] = {
    "shared": "What they share",
    "conflicts": "Conflicts",
    "differences": "They differ, and can both be right",
    "corrected": "Changed since an earlier version, or corrected",
    "quotations": "Quotations changed in meaning",
    "wording": "Quotations that differ in one word",
    "alone": "Only in one report",
    "open": "Not established",
}
SECTIONS: dict[GroupName, str] = {
    "shared": "agreements",
    "conflicts": "conflicts",
    "differences": "conflicts",
    "corrected": "lineage",
    "quotations": "quotations",
    "wording": "quotations",
    "alone": "single",
    "open": "undecided",
}
NO_CONFLICT = (
    "None was found. There may still be some: the checks know only figures, dates, offices, order, names and denials."
)
LEGEND = "are what an item is about: the fact in its sentence, a value, or what differs in a quotation."
MOST_OF_ONE = 2
"""Items that one document alone may have in the overview: one long text would fill the list by itself."""
MAY_BE_TOLD = 0.3
"""Likelihood that another document tells it too, from which on the overview does not say that one alone has it. Of 100
that the report calls single on fresh AllSides stories a reader found 19 elsewhere; the section lists them all."""
FEWEST = 0.3
"""Share of the documents that must state what is told as shared: of eight, two are not enough."""
_MOST_CORRECTED = 4
FAR_BELOW = 0.55
"""Share of the best weight below which a difference that both can be right about is not told first."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that an editor wants first: a row of a section, and how it is told in a line or two."""

    row: Row
    section: str
    """Name of the section that has the row."""
    count: str = ""
    """In how many documents it stands, and from how many origins where that is fewer ("in at least 3 of 5 from 1
    origin"); "" where the sentence of the row says it."""
    names: str = ""
    """Which those are: "the Herald and the Post"."""
    voice: str = ""
    """Whose words are shown, where one alone has it or the others have other words."""
    words: Words | None = None
    """The words of one document that tell best what all of them state; None where the sentence of the row does."""
    around: Words | None = None
    """The sentence in which they stand there, where they are too few to be understood alone: one document's words."""

    contexts: tuple[Words, ...] = ()
    """Of a conflict: the sentence around each value that says too little by itself, the value marked. Of a quotation:
    one form of it, with what differs marked."""

    @property
    def who(self) -> str:
        """Who states it, in a few words: "in at least 3 of 5, with the Post"; "" where one alone does."""
        if not self.names:
            return self.count
        joint = ", with " if self.voice else ": "
        return f"{self.count}{joint}{self.names}"


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading; `total` counts all that the section has, `notes` are sentences that need no item."""

    name: GroupName
    title: str
    section: str
    items: tuple[Item, ...]
    total: int
    notes: tuple[str, ...] = ()

    @property
    def left(self) -> int:
        """How many more the section has."""
        return max(0, self.total - len(self.items))


@dataclass(frozen=True, slots=True)
class Overview:
    """What an editor wants to know of a story first.

    `groups` stand in the order in which a reader meets them; one without items and notes is left out.
    """

    story: str
    """Id of the story."""
    title: str
    line: str
    """How many documents, publishers and origins, and when they were published, in one line."""
    documents: int
    """Copies of one text count once."""
    publishers: int
    origins: int
    """At most so many: each document whose text was not found to be shared counts as one."""
    groups: tuple[Group, ...]
    unread: tuple[Problem, ...]
    """Files and addresses of which nothing was read, with what to do; of the whole report."""
    problems: int
    """All problems of the report, those of files that were read included."""
    rest: tuple[tuple[int, str, str], ...]
    """What is left for the sections: how many, of what in words, and the name of the section."""

    def group(self, name: GroupName) -> Group:
        """Return the group of this name, an empty one where the overview has none."""
        for group in self.groups:
            if group.name == name:
                return group
        return Group(name, TITLES[name], SECTIONS[name], (), 0)

    @property
    def legend(self) -> str:
        """What marked words are, behind "Words between *asterisks*" or "Words in bold"; "" where none are marked."""
        shown = [w for i in self.items for w in (i.around or i.words, *i.contexts) if w is not None]
        return LEGEND if any(w.marks for w in shown) else ""

    @property
    def items(self) -> tuple[Item, ...]:
        """All items, in the order in which a reader meets them."""
        return tuple(item for group in self.groups for item in group.items)


def build_overview(report: Report, story: StoryReport) -> Overview:
    """Return what an editor wants to know of a story first; it is a pure function of the report."""
    return _Builder(report, story).build()


class _Builder:
    def __init__(self, report: Report, story: StoryReport) -> None:
        self.report = report
        self.story = story
        self.context = Context(report, story)
        self.original = find_copies(self.context.documents)
        self.texts = sorted(set(self.original.values()))
        self.numbered = list(enumerate(story.findings, start=1))
        self.utterances = list_utterances(self.context)
        self.conflicts = [f for f in story.findings if f.verdict == "conflict"]
        self.shown_at = {d.location: self.context.shown(d.id) for d in self.context.documents}
        self.telling = Telling(self.context, (s for c in self.conflicts for side in c.sides for s in side.spans))

    def build(self) -> Overview:
        several = len(self.texts) > 1
        found = [
            self._group("shared", self._list_shared(), self._count("agree") + self._partial) if several else None,
            self._group(
                "conflicts",
                self._list_conflicts(),
                self._count("conflict"),
                [] if self.conflicts or not several else [NO_CONFLICT],
            ),
            self._group("differences", self._list_differences(), self._count("compatible")),
            Group("corrected", TITLES["corrected"], SECTIONS["corrected"], (), 0, tuple(self._list_corrected())),
            *self._list_quotations(),
            self._group("alone", self._list_alone(), self._count("single")) if several else None,
            self._open() if several else None,
        ]
        groups = [g for g in found if g is not None and (g.items or g.notes)]
        publishers = {d.publisher for d in self.context.documents if d.publisher is not None}
        origins = len(self.story.origins) or len(self.texts)
        return Overview(
            story=self.story.story.id,
            title=self.story.story.title,
            line=self._line(len(publishers), origins),
            documents=len(self.texts),
            publishers=len(publishers),
            origins=origins,
            groups=tuple(groups),
            unread=list_unread(self.report),
            problems=len(self.report.problems),
            rest=tuple(self._list_rest(groups)),
        )

    def _line(self, publishers: int, origins: int) -> str:
        documents, copies = len(self.texts), len(self.context.documents) - len(self.texts)
        of_them = "it" if documents == 1 else "one of them" if copies == 1 else "them"
        told = [count_of(documents, "document")]
        told += [f"{count_of(copies, 'copy', 'copies')} of {of_them}, not counted"] if copies else []
        told += [count_of(publishers, "publisher")] if publishers else []
        if documents > 1:
            told.append(f"at most {count_of(origins, 'origin')}")
        told += [] if documents > 1 else ["nothing to compare it with"]
        dates = show_dates(self.story.story.first, self.story.story.last)
        told += [f"published {dates}"] if dates else []
        return " · ".join(told)

    def _group(self, name: GroupName, items: Iterable[Item], total: int, notes: Sequence[str] = ()) -> Group:
        return Group(name, TITLES[name], SECTIONS[name], tuple(islice(items, MOST.get(name, 0))), total, tuple(notes))

    def _count(self, verdict: str) -> int:
        return sum(self._verdict(f) == verdict and f.difference != "partial" for f in self.story.findings)

    @property
    def _partial(self) -> int:
        return sum(f.difference == "partial" for f in self.story.findings)

    def _verdict(self, finding: Finding) -> Verdict:
        """Return the verdict of a finding; what agrees with copies of one text alone is in one report."""
        copied = finding.verdict == "agree" and len(self._list_texts(finding)) == 1
        return "single" if copied else finding.verdict

    def _list_texts(self, finding: Finding) -> list[str]:
        """Return the documents of a finding, of copies of one text the one that stands for them, in order."""
        return list(dict.fromkeys(self.original[d] for d in finding.documents))

    def _row(self, number: int, finding: Finding) -> Row:
        return point_row(self.context, number, finding)

    def _list_conflicts(self) -> Iterator[Item]:
        for number, finding in self.numbered:
            if finding.verdict == "conflict":
                self.telling.tell(finding)
                contexts = self.telling.list_contexts(finding)
                yield Item(self._row(number, finding), "conflicts", contexts=contexts)

    def _list_shared(self) -> Iterator[Item]:
        """Yield what most documents state: one item for each fact, told in the words of the one that tells it best.

        What each tells only a part of is among them, and says so.
        """
        weighed = [
            (self.telling.weigh_shared(f), n, f)
            for n, f in self.numbered
            if (f.verdict == "agree" or f.difference == "partial") and f.kind not in ("role", "order", "wording")
        ]
        for weight, number, finding in sorted(weighed, key=lambda w: (-round(w[0], 4), w[1])):
            if weight <= 0 or self.telling.is_told(finding) or self._is_disputed(finding):
                continue
            words, around = self.telling.choose_words(finding)
            texts = self._list_texts(finding)
            if finding.verdict == "agree":
                texts = [d for d in texts if self.telling.has_figures(d, words)]
            if len(texts) < max(2, FEWEST * len(self.texts)) or not self.telling.says_new(words, around):
                continue
            self.telling.tell(finding, words, around)
            voice = self.context.shown(self.original[words.document]) if self._has_own_words(finding, words) else ""
            count, names = self._count_documents(texts, self.original[words.document] if voice else None)
            count = f"in part {count}" if finding.verdict != "agree" else count
            count = f"{self._tell_speaker(around or words)}{count}{_tell_origins(finding, len(texts))}"
            yield Item(self._row(number, finding), "agreements", count, names, voice, words, around)

    def _tell_speaker(self, words: Words) -> str:
        """Return who said words that stand in marks as a whole, "" where they do not, or where that is open."""
        for quotation in self.story.quotations:
            if quotation.kind != "indirect" and all(any(c.covers(s) for c in quotation.contents) for s in words.spans):
                name = self.context.speaker(quotation)
                return f"said by {name}, " if name else ""
        return ""

    def _is_disputed(self, finding: Finding) -> bool:
        """Return whether the words of most of its documents are sides of a conflict, which tells them already."""
        opposed = {
            d
            for d in finding.documents
            for c in self.conflicts
            for side in c.sides
            for s in side.spans
            if s.document == d and any(2 * s.overlap(e) > e.length for e in finding.evidence)
        }
        return len(opposed) > 1

    def _list_differences(self) -> Iterator[Item]:
        rows = [
            (n, f)
            for n, f in self.numbered
            if f.verdict == "compatible" and f.difference not in ("partial", None) and f.kind != "role"
        ]
        best = max((f.weight for _, f in rows), default=0.0)
        told: list[Finding] = []
        for number, finding in rows:
            if finding.weight >= FAR_BELOW * best and not any(
                self._same_words(finding, c) for c in (*self.conflicts, *told)
            ):
                told.append(finding)
                self.telling.tell(finding)
                yield Item(self._row(number, finding), "conflicts")

    def _same_words(self, finding: Finding, other: Finding) -> bool:
        """Return whether two findings with sides rest, for most of their values, on the same words."""
        ours = [s for side in finding.sides for s in side.spans]
        theirs = [s for side in other.sides for s in side.spans]
        return 2 * sum(any(a.overlap(b) for b in theirs) for a in ours) > len(ours)

    def _list_quotations(self) -> Iterator[Group]:
        """Yield what was changed in meaning, and what differs in one word, of which only a reader can tell."""
        weighed = [
            (weigh_alteration(self.context, groups), groups, row)
            for groups, row in self.utterances
            if row.verdict in ("altered", "spliced", "trimmed")
        ]
        # Stable: of one weight the order of the report.
        changed = sorted((w for w in weighed if w[0] >= CHANGED), key=lambda w: -w[0])
        small = [w for w in weighed if 0 < w[0] < CHANGED]
        named: tuple[tuple[GroupName, list[tuple[float, tuple[QuoteGroup, ...], Row]]], ...]
        named = (("quotations", changed), ("wording", small))
        for name, found in named:
            items = [Item(_add_speaker(row), "quotations", contexts=tuple(_list_forms(row))) for _, _, row in found]
            yield self._group(name, items, len(found))

    def _list_alone(self) -> Iterator[Item]:
        weighed = [(self.telling.weigh_alone(f), n, f) for n, f in self.numbered if self._verdict(f) == "single"]
        counts: dict[str, int] = {}
        for weight, number, finding in sorted(weighed, key=lambda w: (-round(w[0], 4), w[1])):
            document = self.original[finding.documents[0]]
            if weight <= 0 or counts.get(document, 0) >= MOST_OF_ONE or self.telling.is_told(finding):
                continue
            if max((n.probability for n in finding.nearest), default=0.0) >= MAY_BE_TOLD:
                continue
            words, around = self.telling.choose_words(finding)
            if not self.telling.says_new(words, around):
                continue
            counts[document] = counts.get(document, 0) + 1
            self.telling.tell(finding, words, around)
            voice = self.context.shown(document)
            # What copies of one text agree on stands among the agreements; one report has it all the same.
            row, section = self._row(number, finding), "single" if finding.verdict == "single" else "agreements"
            row = replace(row, tone=TONES["single"], label=LABELS["single"])
            yield Item(row, section, voice=voice, words=words, around=around)

    def _list_corrected(self) -> Iterator[str]:
        """Yield what newer versions changed and what notes of correction say, each note once."""
        told = [x.reason for x in self.story.lineage if x.relation == "version" and not self._is_whole(x)]
        for start, said in ((REPLACED, "replaced an earlier version"), (NOTED, "has a note of correction")):
            for problem in self.report.problems:
                shown = self.shown_at.get(problem.location)
                words = problem.message.removeprefix(f"{start}: ")
                if shown is not None and words != problem.message and not any(words in known for known in told):
                    told.append(f"{shown} {said}: {words}")
        yield from told[:_MOST_CORRECTED]
        if len(told) > _MOST_CORRECTED:
            yield f"{len(told) - _MOST_CORRECTED} more under {SECTIONS['corrected']} and problems."

    def _is_whole(self, lineage: Lineage) -> bool:
        return lineage.evidence == (self.context.document(lineage.to).whole,)

    def _open(self) -> Group:
        notes = [describe_origins(self.context)] if len(self.context.documents) > 1 else []
        undated = [d for d in self.context.documents if d.published is None]
        if undated:
            of = len(self.context.documents)
            some = "1 document gives no" if len(undated) == 1 else f"{len(undated)} of {of} documents give no"
            who = "No document gives a" if len(undated) == of else some
            notes.append(f"{who} time of publication, so that nothing tells which is later.")
        unnamed = [q for q in self.story.quotations if q.speaker is None and q.candidates]
        if unnamed:
            notes.append(f"Of {count_of(len(unnamed), 'quotation')} it is open who said it.")
        undecided = self._count("undecided")
        if undecided:
            notes.append(f"Of {count_of(undecided, 'point')} the words do not settle whether the documents agree.")
        return self._group("open", (), undecided, notes)

    def _count_documents(self, documents: Sequence[str], voice: str | None) -> tuple[str, str]:
        """Return in how many of the documents something stands, and in which beside `voice`.

        At least: of those that are not named nobody knows that they lack it.
        """
        of = len(self.texts)
        if len(set(documents)) == of:
            return ("in both" if of == 2 else f"in all {of}"), ""
        return f"in at least {len(documents)} of {of}", self.context.names([d for d in documents if d != voice])

    def _has_own_words(self, finding: Finding, words: Words) -> bool:
        """Return whether another document of a finding has other words than those that are shown."""
        ours = self._fold(words.spans[0])
        return not all(any(ours in self._fold(s) for s in stated.spans) for stated in finding.statements)

    def _fold(self, span: Span) -> str:
        return " ".join(self.context.words(span).casefold().split())

    def _list_rest(self, groups: Sequence[Group]) -> Iterator[tuple[int, str, str]]:
        """Yield what the sections have beyond the groups."""
        shown = {g.name: len(g.items) for g in groups}
        in_part = sum(g.name == "shared" and item.row.verdict != "agree" for g in groups for item in g.items)
        quoted = sum(r.verdict != "single" for _, r in self.utterances)
        several = len(self.texts) > 1
        counted = (
            (self._count("conflict") - shown.get("conflicts", 0), "conflict", "conflicts", "conflicts"),
            (self._count("compatible") - shown.get("differences", 0), "difference", "differences", "conflicts"),
            (
                quoted - shown.get("quotations", 0) - shown.get("wording", 0),
                "shared quotation",
                "shared quotations",
                "quotations",
            ),
            (self._count("agree") + in_part - shown.get("shared", 0), "agreement", "agreements", "agreements"),
            (self._partial - in_part, "told in parts", "told in parts", "agreements"),
            ((self._count("single") - shown.get("alone", 0)) * several, "only in one", "only in one", "single"),
            (self._count("undecided"), "not decided", "not decided", "undecided"),
        )
        yield from ((n, one if n == 1 else many, section) for n, one, many, section in counted if n > 0)


def find_copies(documents: Sequence[Document]) -> dict[str, str]:
    """Return for each document, by id, the one that stands for it: of copies of one text of one publisher, the first.

    A copy that names no publisher is one of a document that does. Of two publishers the same text is no copy: both
    published it.
    """
    first: dict[tuple[str, str | None], str] = {}
    original: dict[str, str] = {}
    for document in sorted(documents, key=lambda d: d.publisher is None):  # stable
        key = (document.text, document.publisher)
        if document.publisher is not None:
            first.setdefault((document.text, None), document.id)
        original[document.id] = first.setdefault(key, document.id)
    return original


def _tell_origins(finding: Finding, texts: int) -> str:
    """Return from how many origins the documents of a finding have it, where that is fewer or is established."""
    origins = finding.origins
    if origins is None or origins.independence == "not-recorded":
        return ""
    if origins.independence == "independent":
        return f" from {count_of(origins.count, 'independent origin')}"
    if origins.count >= texts:
        return ""
    told = count_of(origins.count, "origin")
    return f" from {told}" if origins.count == 1 else f" from at most {told}"


def _add_speaker(row: Row) -> Row:
    """Return the row of an utterance with who said it behind its sentence, where that is known."""
    said = next((note.text for note in row.notes if note.text.startswith(SAID_BY)), "")
    return replace(row, sentence=f"{row.sentence} {said}") if said else row


def _list_forms(row: Row) -> Iterator[Words]:
    """Yield one form of an utterance, where its words differ: its sentence tells what the others have there."""
    if row.verdict == "spliced":
        return
    for evidence in row.evidence:
        for words in evidence.words:
            spans = tuple(s for s in words.spans if any(s.covers(m.span) for m in words.marks))
            if spans:
                yield Words(words.document, spans[:1], tuple(m for m in words.marks if spans[0].covers(m.span)))
                return
