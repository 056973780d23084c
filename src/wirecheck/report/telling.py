"""How well an item tells what an editor wants: which words of it, how much of it is new, whether it is trivial."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping

from wirecheck.model import Finding, QuoteGroup, Span, WordDifference
from wirecheck.report.rows import Context, Mark, Words
from wirecheck.text.alignment import fold_word, is_function_word, is_negator
from wirecheck.text.sentences import split_paragraphs, split_sentences
from wirecheck.text.stems import load_common, stem
from wirecheck.text.words import list_words

_DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?:,? [\w.,/ ]{1,30})?(?: ?\([^)]{2,40}\))? ?(?:—|–|--?) ")
_PAUSE = re.compile(r"[,;:.!?](?=\s|[”\"’)]|$)")
_STRAY = re.compile(r"[\s:;,.–—-]*")
_COMMA = re.compile(r",(?= )")
_MARKS = '"“”'
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
TOLD = 0.6
"""Share of the telling words of an item that earlier items have, from which on it says nothing new."""
LEAST = 0.01
"""Weight of what has none: it comes last, and 0 is for what is not worth telling at all."""
ALIKE = 0.5
"""Share of the telling words of the shorter of two shown items from which on they are one thing in other words."""
ALIKE_OF_FEW, MANY_WORDS = 0.75, 5
"""The same, where the shorter has fewer telling words than `MANY_WORDS`."""
ENOUGH = 4
"""Telling words of a headline that are enough to tell it."""
FEW_WORDS = 3
"""Telling words below which an item is a fragment: "was shocked", "said on Friday"."""
SHORTEST_FIGURE = 12
"""Characters below which a figure says nothing of what it counts: "36", "three"."""
GOOD_LENGTH = (45, 170)
"""Characters of words that read well on a line or two."""
ADDED = 0.8
"""What is taken off words that tell nothing of what the other documents tell, or leave out all that they do. A reader
of 12 stories held 10 of 48 shared items wrong, as the words shown had a detail that a named document lacks."""
ENDING = 3
"""Characters that a sentence may have more than its words, for its end mark."""
LONGEST_AROUND = 240
"""Characters up to which the sentence around a few words is shown."""
SURE = 0.9
"""Likelihood that documents agree from which on an item is trusted whole: of labelled pairs from here on .95 do."""
NEAR = 0.25
"""Likelihood that another document speaks of the same, from which on a single point is told last."""


class Telling:
    """What has been told of a story so far, and how much an editor wants each item beside it."""

    def __init__(self, context: Context, disputed: Iterable[Span] = ()) -> None:
        """Words that hold one of the `disputed` values are not shown as shared where others are there."""
        self.context = context
        self._disputed = tuple(disputed)
        self._told: set[str] = set()
        self._displayed: list[frozenset[str]] = []
        self._spans: list[Span] = []
        self._stems: dict[Span, frozenset[str]] = {}
        self._sentences: dict[str, list[Span]] = {}
        self._long: dict[str, frozenset[str]] = {}
        titles = [d.title_span for d in context.documents if d.title_span is not None]
        self._titles = [self._telling_stems(title) for title in titles]
        self._quoted: dict[str, list[Span]] = {}
        if context.story is not None:
            for content in sorted(s for q in context.story.quotations if q.kind != "indirect" for s in q.contents):
                self._quoted.setdefault(content.document, []).append(content)
        self._years = {d.published[:4] for d in context.documents if d.published is not None}

    # ---- what is new

    def tell(self, finding: Finding, *shown: Words | None) -> None:
        """Remember a finding as told, and the words that are shown of it: the first are what it states, the last what a
        reader sees; of one with sides, its values."""
        displayed = [self._all_stems(words) for words in shown if words is not None]
        if displayed:
            self._told |= displayed[0]
            self._displayed.append(displayed[-1])
        if finding.sides:
            spans = [span for side in finding.sides for span in side.spans]
            self._told |= frozenset().union(*map(self._telling_stems, spans))
            self._spans += spans
        else:
            self._told |= self._core(finding)
            self._spans += finding.evidence

    def is_told(self, finding: Finding) -> bool:
        """Return whether what was told before says most of a finding."""
        core = self._core(finding)
        if core and len(core & self._told) >= TOLD * len(core):
            return True
        same = sum(any(2 * s.overlap(e) > min(s.length, e.length) for s in self._spans) for e in finding.evidence)
        return same == len(finding.evidence)

    def says_new(self, words: Words, around: Words | None) -> bool:
        """Return whether words that would be shown can be understood, and say enough that was not told before."""
        (span,) = words.spans
        if span.length < SHORTEST_FIGURE or (around is None and not self._stands_alone(span)):
            return False
        own = self._all_stems(words)
        if len(own & self._told) >= TOLD * max(1, len(own)):
            return False
        seen = self._all_stems(around or words)
        return not any(self._are_alike(seen, other) for other in self._displayed)

    def _stands_alone(self, span: Span) -> bool:
        """Return whether words say who and what by themselves: a whole sentence does, or the length of a line of it."""
        sentence = self._sentence(span)
        whole = sentence is not None and sentence.length <= span.length + ENDING
        return whole or self._reads_alone(span)

    def _reads_alone(self, span: Span) -> bool:
        return span.length >= GOOD_LENGTH[0] and self._opens(span) and not self._is_said(span)

    @staticmethod
    def _are_alike(left: frozenset[str], right: frozenset[str]) -> bool:
        """Return whether two shown items tell one thing in other words; of a few words nearly all must be alike."""
        shorter = min(len(left), len(right))
        return len(left & right) >= (ALIKE if shorter >= MANY_WORDS else ALIKE_OF_FEW) * shorter

    def _all_stems(self, words: Words) -> frozenset[str]:
        return frozenset().union(*map(self._telling_stems, words.spans))

    def _core(self, finding: Finding) -> frozenset[str]:
        """Return the stems that two or more documents of a finding have; of one document, or where none is, all."""
        own = [
            frozenset().union(*(self._telling_stems(span) for span in stated.spans)) for stated in finding.statements
        ]
        counts = Counter(s for stems in own for s in stems)
        shared = frozenset(s for s, n in counts.items() if n > 1)
        return shared or frozenset(counts)

    def _telling_stems(self, span: Span) -> frozenset[str]:
        if span not in self._stems:
            common = load_common()
            forms = {w.form for w in list_words(self.context.words(span))}
            self._stems[span] = frozenset(
                stem(f) for f in forms if f not in common and not is_function_word(fold_word(f))
            )
        return self._stems[span]

    # ---- how much it is wanted

    def weigh_shared(self, finding: Finding) -> float:
        """Return how much an editor wants what documents agree on, 0 for nothing: core facts before trivia."""
        weight = max(finding.weight, LEAST)
        core = len(self._core(finding))
        in_text = {s.document for s in finding.evidence if not self._is_title(s)}
        if len(in_text) < 2:  # a headline is no fact where a sentence tells it
            weight *= 0.5 if in_text else 0.3
        if finding.check == "dates":
            weight *= 0.5  # that both name the day is what every report has
        elif finding.check == "quantities":
            bare = all(span.length < SHORTEST_FIGURE for span in finding.evidence)
            weight *= 0.0 if bare else 0.75 if core > 1 else 0.55
        elif core < FEW_WORDS:
            weight *= 0.4 + 0.15 * core
        if finding.kind == "position" or self._is_quotation(finding):
            weight *= 0.8  # what was said stands among the quotations
        # Documents that have it from one another tell it once: origins count beside documents, half as much.
        documents = len(finding.documents)
        origins = min(documents, finding.origins.count) if finding.origins is not None else documents
        share = (2 * documents + origins) / (3 * len(self.context.documents))
        news = (0.6 + 0.4 * share) * (0.7 + 0.5 * self._headline(finding)) * (0.8 + 0.4 * self._lead(finding))
        return weight * self._of_the_day(finding) * news * self._trust(finding)

    @staticmethod
    def _trust(finding: Finding) -> float:
        """Return a factor below 1 for what the judge is not sure of: nothing opens worse than what is false."""
        surest = max((j.probability for j in finding.judgements), default=1.0)
        return min(1.0, surest / SURE) ** 2

    def weigh_alone(self, finding: Finding) -> float:
        """Return how well what one document alone has can be checked, 0 for nothing worth telling."""
        span = finding.evidence[0]
        weight = max(finding.weight, LEAST)
        if self._is_title(span) or len(self._core(finding)) < FEW_WORDS:
            return 0.0
        if any(n.probability >= NEAR for n in finding.nearest):
            weight *= 0.5
        if not self._opens(span):
            weight *= 0.6
        if finding.kind == "position":
            weight *= 0.85
        near = len(self._core(finding) & self._told)
        # What the headlines have is hardly told by one alone.
        news = (0.7 + 0.15 * min(2, near)) * (1.0 - 0.5 * self._headline(finding))
        return weight * self._of_the_day(finding) * news

    def _headline(self, finding: Finding) -> float:
        """Return how much of a headline a finding tells, from 0 to 1: the best of the headlines."""
        core = self._core(finding)
        return max(
            (min(1.0, len(core & title) / min(ENOUGH, len(title))) for title in self._titles if title), default=0.0
        )

    def _lead(self, finding: Finding) -> float:
        """Return how early the documents tell a finding, from 0 for the end to 1 for the beginning."""
        early = []
        for stated in finding.statements:
            length = max(1, len(self.context.document(stated.document).text))
            text = [s.start for s in stated.spans if not self._is_title(s)]
            early.append((1.0 - min(text, default=length) / length) ** 2)
        return sum(early) / len(early)

    def _of_the_day(self, finding: Finding) -> float:
        """Return a factor below 1 for what is told of other years than that of the reports: background."""
        years = {year for span in finding.evidence for year in _YEAR.findall(self.context.words(span))}
        return 0.6 if years and self._years and not years & self._years else 1.0

    def _is_quotation(self, finding: Finding) -> bool:
        """Return whether most of the words that a finding rests on stand in marks."""
        inside = sum(map(self._is_said, finding.evidence))
        return 2 * inside > len(finding.evidence)

    def _is_said(self, span: Span) -> bool:
        """Return whether words stand in marks as a whole: without their speaker nobody knows whose they are."""
        quoted = self._quoted.get(span.document, [])
        at = bisect_right(quoted, span.start, key=lambda s: s.start) - 1
        return at >= 0 and quoted[at].covers(span)

    def _is_title(self, span: Span) -> bool:
        title = self.context.document(span.document).title_span
        return title is not None and title.overlap(span) > 0

    # ---- in which words

    def choose_words(self, finding: Finding) -> tuple[Words, Words | None]:
        """Return the words that tell best what the documents of a finding share, with their sentence where that is
        needed to understand them; both are of one document."""
        core = self._core(finding)
        figures = [self._figures(stated.spans) for stated in finding.statements]
        shared = frozenset.intersection(*figures)
        common = frozenset.intersection(
            *(frozenset().union(*map(self._telling_stems, stated.spans)) for stated in finding.statements)
        )
        trimmed = [self._trim(span) for stated in finding.statements for span in stated.spans]
        several = len(finding.statements) > 1
        told = {
            stated.document: frozenset().union(*(self._telling_stems(self._sentence(x) or x) for x in stated.spans))
            for stated in finding.statements
        }
        spans = trimmed + [part for span in trimmed if several for part in self._list_parts(span, common)]
        best = max(
            spans,
            key=lambda s: (
                round(
                    self._read(s, core)
                    - len(self._figures((s,)) - shared)
                    - ADDED * (self._adds(s, told) + self._misses(s, common))
                    - 2 * self._is_disputed(s),
                    4,
                ),
                s.document,
                -s.start,
                s.length,
            ),
        )
        words = Words(best.document, (best,))
        if self._reads_alone(best) and self._pauses(best):
            return words, None
        sentence = self._sentence(best)
        if sentence is None or sentence.length <= best.length + ENDING:
            return words, None
        around = sentence if sentence.length <= LONGEST_AROUND else self._go_on(best, sentence)
        if several and self._is_disputed(around):
            return words, None
        return words, Words(best.document, (around,), (Mark(best, "value"),)) if around != best else None

    def has_figures(self, document: str, words: Words) -> bool:
        """Return whether a document has every figure of some words somewhere in its text: one that it lacks it cannot
        state. Figures of one digit do not count, nor years, as "last year" may be one of them.
        """
        if document not in self._long:
            whole = Span(document, 0, len(self.context.document(document).text))
            self._long[document] = self._long_figures((whole,))
        return self._long_figures(words.spans) <= self._long[document]

    def _long_figures(self, spans: Iterable[Span]) -> frozenset[str]:
        return frozenset(f for f in self._figures(spans) if len(f) > 1 and not _YEAR.fullmatch(f))

    def _misses(self, span: Span, common: frozenset[str]) -> float:
        """Return how much of what all documents tell (`common`) words leave out, from 0 to 1."""
        return len(common - self._telling_stems(span)) / len(common) if common else 0.0

    def _adds(self, span: Span, told: Mapping[str, frozenset[str]]) -> float:
        """Return how much of what words tell another document does not, from 0 to 1, by mean."""
        own = self._telling_stems(span)
        lacking = [len(own - theirs) / len(own) for d, theirs in told.items() if d != span.document and own]
        return sum(lacking) / len(lacking) if lacking else 0.0

    def _is_disputed(self, span: Span) -> bool:
        return any(span.covers(value) for value in self._disputed)

    def list_contexts(self, finding: Finding) -> tuple[Words, ...]:
        """Return the sentence around each value of a conflict that says too little by itself: "52-3", "stealing $2
        million"; none of what has a clause of its own, or is an office."""
        contexts = []
        for side in finding.sides if finding.kind in ("quantity", "date") else ():
            stated = [s for one in finding.statements if one.document in side.documents for s in one.spans]
            span = max(
                (x for v in side.spans for x in (v, *(s for s in stated if s.covers(v)))), key=lambda s: s.length
            )
            sentence = self._sentence(span)
            is_clause = self._opens(span) and len(list_words(self.context.words(span))) >= FEW_WORDS
            if sentence is None or is_clause or span.length >= GOOD_LENGTH[0]:
                continue
            around = sentence if sentence.length <= LONGEST_AROUND else self._go_on(span, sentence)
            contexts.append(Words(span.document, (around,), (Mark(span, "value"),)))
        return tuple(contexts)

    def _ends(self, span: Span) -> bool:
        """Return whether words end where their sentence ends, or pauses for longer than a comma."""
        text = self.context.document(span.document).text
        after = text[span.end : span.end + 1]
        return not (after.isalnum() or after in (" ", ","))

    def _pauses(self, span: Span) -> bool:
        return self._ends(span) or self.context.document(span.document).text[span.end] == ","

    def _go_on(self, span: Span, sentence: Span) -> Span:
        """Return a span up to where its sentence pauses next."""
        rest = self.context.document(span.document).text[span.end : sentence.end]
        pause = _PAUSE.search(rest)
        return Span(span.document, span.start, span.end + (pause.start() if pause is not None else len(rest)))

    def _list_parts(self, span: Span, common: frozenset[str]) -> list[Span]:
        """Return what stands before each comma of a span: where a sentence goes on, one document may go on alone.

        Nothing of what all documents have (`common`) is left out.
        """
        text = self.context.words(span)
        ends = [m.start() for m in _COMMA.finditer(text) if m.start() >= GOOD_LENGTH[0]]
        parts = [(Span(span.document, span.start, span.start + end), span.start + end) for end in ends]
        return [
            part
            for part, end in parts
            if not (self._telling_stems(Span(span.document, end, span.end)) & common) - self._telling_stems(part)
        ]

    def _figures(self, spans: Iterable[Span]) -> frozenset[str]:
        """Return the figures in some words, in digits."""
        return frozenset(k for span in spans for k in _keys(self.context, span) if k[0].isdigit())

    def _read(self, span: Span, core: frozenset[str]) -> float:
        """Return how well words read alone, and how much they have of what is shared and of nothing else."""
        own = self._telling_stems(span)
        both = len(own & core)
        fair = 2 * both / max(1, len(own) + len(core))
        low, high = GOOD_LENGTH
        fits = min(1.0, span.length / low) if span.length <= high else max(0.0, 2.0 - span.length / high)
        opens = self._opens(span) and not self._is_quoted(span)
        ends = 0.2 * self._ends(span)
        return 1.2 * fair + 0.6 * fits + 0.7 * opens + ends - 2.0 * self._is_title(span)

    def _trim(self, span: Span) -> Span:
        """Return a span without the place and day that an agency sets before it, and without a mark at its edge that
        has no other one inside."""
        words = self.context.words(span)
        match = _DATELINE.match(words)
        start = span.start + (match.end() if match is not None else 0)
        end = span.end
        if sum(words.count(mark) for mark in _MARKS) == 1:
            start += words[0] in _MARKS
            end -= words[-1] in _MARKS
        return Span(span.document, start, end) if start < end else span

    def _opens(self, span: Span) -> bool:
        """Return whether words begin like a sentence that says who: no "which", no "he", no lower case."""
        words = list_words(self.context.words(span))
        if not words:
            return False
        text = self.context.words(span)
        if self._is_quoted(span):
            return True  # a quotation speaks for itself
        first = text[words[0].start]
        opening = fold_word(text[words[0].start : words[0].end])
        return (first.isupper() or first.isdigit()) and (opening in _ARTICLES or not is_function_word(opening))

    def _is_quoted(self, span: Span) -> bool:
        before = self.context.document(span.document).text[max(0, span.start - 1) : span.start]
        return bool(before) and before in _MARKS

    def _sentence(self, span: Span) -> Span | None:
        document = self.context.document(span.document)
        if document.id not in self._sentences:
            self._sentences[document.id] = split_sentences(document, split_paragraphs(document))
        found = next((s for s in self._sentences[document.id] if s.covers(span)), None)
        if found is None:
            return None
        stray = len(_STRAY.match(document.text[found.start : span.start])[0])  # type: ignore[index]
        return Span(found.document, found.start + stray, found.end)


_ARTICLES = frozenset({"the", "a", "an", "in", "on", "at", "about", "no", "all"})


def weigh_alteration(context: Context, groups: Iterable[QuoteGroup]) -> float:
    """Return how much the forms of an utterance differ in meaning, 0 for small words, spelling and other forms.

    From `CHANGED` on the meaning is another: a denial, a figure or a modal verb, several content words, a cut that took
    a condition with it. Below it one content word differs, and only a reader can tell whether that matters.
    """
    best = 0.0
    for group in groups:
        if group.relation == "altered":
            # Several documents may differ by the same words: they count once.
            told = {(*_keys(context, d.left), "/", *_keys(context, d.right)): d for d in group.differences}
            best = max(best, sum(_weigh(context, d) for d in told.values()))
        elif group.relation == "spliced":
            best = max(best, CHANGED)
        elif group.relation == "trimmed":
            best = max(best, max((_weigh_cut(context, d) for d in group.differences), default=0.0))
    return round(best, 4)


CHANGED = 2.0
"""Weight from which on forms of an utterance are told among what changed in meaning."""
_MODAL = frozenset(["will", "would", "shall", "should", "can", "could", "may", "might", "must"])
_CONDITIONS = frozenset(["until", "unless", "if", "but", "only", "except", "provided", "although", "though"])


def _weigh(context: Context, difference: WordDifference) -> float:
    left, right = (_keys(context, s) for s in (difference.left, difference.right))
    ours, theirs = set(left) - set(right), set(right) - set(left)
    changed = ours | theirs
    if any(is_negator(k) for k in changed) or any(k[0].isdigit() for k in changed):
        return 3.0
    if ours & _MODAL or theirs & _MODAL:
        return 2.5
    stems = [{stem(k) for k in keys if not is_function_word(k)} for keys in (ours, theirs)]
    return float(max(len(stems[0] - stems[1]), len(stems[1] - stems[0])))


def _weigh_cut(context: Context, difference: WordDifference) -> float:
    if difference.left is not None and difference.right is not None:
        return 0.0
    keys = _keys(context, difference.left or difference.right)
    return CHANGED if keys and (keys[0] in _CONDITIONS or is_negator(keys[0])) else 0.0


def _keys(context: Context, span: Span | None) -> list[str]:
    if span is None:
        return []
    text = context.words(span)
    return [fold_word(text[w.start : w.end]) for w in list_words(text)]
