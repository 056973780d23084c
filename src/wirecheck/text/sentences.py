"""Paragraphs and sentences of a document's article text.

Sentence ends come from nupunkt (a Punkt model of Kiss and Strunk, 2006, trained on a large corpus); rules of our own
mend what news does to it: chains of titles, initials, quotations that end sentences, lost spaces.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from wirecheck.model import Document, Span
from wirecheck.text.gazetteer import load_list
from wirecheck.text.words import end_before

# A title that stands before a name never ends a sentence.
_BEFORE_NAMES = (
    "Adm|Amb|Asst|Atty|Brig|Capt|Cmdr|Cmdt|Col|Comdr|Cpl|Cpt|Det|Dr|Ens|Fr|Gen|Gens|Gov|Govs|Hon|Insp|Lt|Maj|Messrs|"
    "Mme|Mlle|Mr|Mrs|Ms|Msgr|Mt|Ofc|Pfc|Pres|Prof|Profs|Pvt|Rep|Reps|Rev|Revs|Rt|Sen|Sens|Sgt|Sgts|Spc|Spec|Sr|St|Ste|Supt|Tech|Treas|"
    "Vice Adm|vs|v|Assn|Ft|Pte|Cdr|Cllr|Sec|Secy|Dir|Del|Dist|Lieut|Maj Gen"
)
_TITLE_END = re.compile(rf"(?:^|[\s(\[“\"‘'—–-])(?:{_BEFORE_NAMES})\.$")
_NUMBER_END = re.compile(r"(?:^|[\s(“\"‘'])(?:Nos?|Nr|Art|Sect?|Ch|Fig|Vol|pp?|Pt|Ex|Exh|Reg|Resolution No|Flt)\.$")
_INITIAL_END = re.compile(r"(?:^|[\s(“\"‘'.-])[A-Z]\.$")
# An abbreviation that may end a sentence, and mostly does not.
_MAY_END = re.compile(
    r"(?:\b(?:Jr|Sr|Inc|Corp|Cos?|Ltd|Bros|LLC|Esq|Ave|Blvd|St|Rd|Dept|Univ|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|approx|est|Ala|Ariz|Ark|Calif|Colo|Conn|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|"
    r"Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Del|Ont|Que)|"
    r"\b(?:[A-Z]\.){1,4}[A-Z]|\b[ap]\.m|\bPh\.D|\bi\.e|\be\.g|\bD-[A-Z][a-z]+|\bR-[A-Z][a-z]+)\.$"
)
_LONGEST_TAG = 60
"""Characters from which on what follows a quotation is no tag of its own."""
_CLOSING = "”’\"'»)]}›“"
_END_MARKS = ".!?…"
_ENDS_IN_QUOTE = re.compile(r"[.!?…,][”’\"'»›]{1,3}$")
_QUESTION_IN_QUOTE = re.compile(r"[!?…][”’\"'»›]{1,3}$")
_SAYING = (
    "said|says|say|asked|asks|told|tells|added|adds|wrote|writes|replied|shouted|cried|yelled|exclaimed|tweeted|recalled|"
    "continued|declared|insisted|wondered|joked|quipped|responded|answered|demanded|screamed|read|reads|explained|noted"
)
_NAME = r"(?:the\s+|The\s+)?(?:[A-Z][\w.’'-]*\s+){1,5}"
_TAG = re.compile(
    rf"(?:{_NAME}(?:later\s+|also\s+)?(?:{_SAYING})\b|(?:he|she|they|it|He|She|They|It|I|We)\s+(?:{_SAYING})\b)"
)
# Behind a mark of quotation a capital begins a sentence, unless it is a careless tag and nothing but one.
_NEW_SUBJECT = re.compile(r"(?:He|She|They|It|We)\s")
_SHORT_TAG = re.compile(rf"(?:{_NAME}|(?:he|she|they|He|She|They|I|We)\s+)(?:{_SAYING})(?:\s+\w+){{0,3}}[.,:]?$")
# Spaces that a page lost: "the end.The next", "the end.”The next".
_GLUED = re.compile(
    r"(?<=[a-z0-9)][.!?])(?=[A-Z][a-z]+(?:\s|,))|(?<=[a-z][.!?][”\"])(?=[“\"]?[A-Z][a-z]*\s)|(?<=[.!?]”)(?=“[A-Z])|(?<=[a-z]{3}[.!?])(?=“[A-Z])"
)
# A full stop before an opening mark, which the model of sentence ends passes over behind some words.
_BEFORE_MARK = re.compile(r"(?<=[^\W\d_]{2}[.!?])[”’\"')\]]*\s+(?=[“‘\"'«(\[][“‘\"']?[A-Z0-9])")
_BULLET = re.compile(r"\s*(?:[•▪●■◦‣⁃·]|(?:--?|–|—|\*)(?=\s))\s*")
_INLINE_BULLET = re.compile(r"(?<=\S)\s+(?=[•▪●■◦‣]\s)")
_BLANK = re.compile(r"\n[ \t\r\f\v]*\n")
_WEB = re.compile(r"(?:https?://|www\.)\S*$|\S*@\S*$")


def split_paragraphs(document: Document) -> list[Span]:
    """Return the paragraphs of the article by place: furniture is in none, the title is first where the text has one.

    Every line is a paragraph, unless the text is wrapped to a width: then blank lines part them. White space at
    either end is in no paragraph; a document of furniture and white space has none.
    """
    text = document.text
    cuts: list[tuple[int, int]] = [(f.start, f.end) for f in document.furniture]
    title = document.title_span
    edges = {title.start, title.end} if title is not None else set()
    spans = []
    for start, end in _blocks(text):
        for part_start, part_end in _without(start, end, cuts, edges):
            while part_start < part_end and text[part_start].isspace():
                part_start += 1
            while part_end > part_start and text[part_end - 1].isspace():
                part_end -= 1
            if part_start < part_end and any(c.isalnum() for c in text[part_start:part_end]):
                spans.append(Span(document.id, part_start, part_end))
    return spans


def split_sentences(document: Document, paragraphs: Sequence[Span]) -> list[Span]:
    """Return the sentences of paragraphs by place; none crosses a paragraph, and the title is one sentence."""
    text = document.text
    title = document.title_span
    spans = []
    for paragraph in paragraphs:
        if title is not None and title.covers(paragraph):
            spans.append(paragraph)
            continue
        for start, end in sentence_ranges(text[paragraph.start : paragraph.end]):
            spans.append(Span(document.id, paragraph.start + start, paragraph.start + end))
    return spans


def sentence_ranges(text: str) -> list[tuple[int, int]]:
    """Return `[start, end)` of each sentence of one paragraph, white space at the ends left out.

    >>> text = 'U.S. Sen. Ann Roe won. "Why not?" she asked.'
    >>> [text[a:b] for a, b in sentence_ranges(text)]
    ['U.S. Sen. Ann Roe won.', '"Why not?" she asked.']
    """
    import nupunkt

    cuts: set[int] = set()
    for start, _ in nupunkt.sentence_spans(text)[1:]:
        cuts.add(start)
    cuts.update(match.end() for match in _BEFORE_MARK.finditer(text))
    cuts = {_past_closing_marks(text, cut) for cut in cuts}
    cuts = {cut for cut in cuts if 0 < cut < len(text) and not _belongs_together(text, cut)}
    for match in _GLUED.finditer(text):
        before = text[max(0, match.start() - 80) : match.start()]
        if not _WEB.search(before) and not _TITLE_END.search(before) and not _MAY_END.search(before):
            cuts.add(match.start())
    for match in _INLINE_BULLET.finditer(text):
        cuts.add(match.end())
    ranges = []
    at = 0
    for cut in [*sorted(cuts), len(text)]:
        start, end = at, cut
        at = cut
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            ranges.append((start, end))
    return _with_stray_marks(text, ranges)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges between paragraph breaks."""
    pattern = _BLANK if _is_wrapped(text) else None
    if pattern is None:
        at = 0
        for line in text.splitlines(keepends=True):
            yield at, at + len(line)
            at += len(line)
        return
    at = 0
    for match in pattern.finditer(text):
        yield at, match.start()
        at = match.end()
    yield at, len(text)


def _is_wrapped(text: str) -> bool:
    """Return whether lines are broken at a width, as in mail and wire copy, rather than at paragraphs."""
    lines = text.split("\n")
    followed = [a for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if len(followed) < 4 or not _BLANK.search(text):
        return False
    longest = max(len(line) for line in lines)
    if longest > 120:
        return False
    open_ended = sum(1 for line in followed if line.rstrip()[-1] not in '.!?:”"' and len(line) > 40)
    return open_ended > 0.6 * len(followed)


def _without(start: int, end: int, cuts: Sequence[tuple[int, int]], edges: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the parts of `[start, end)` outside the cuts, parted at the edges too."""
    points = sorted({start, end, *(e for e in edges if start < e < end)})
    for left, right in itertools.pairwise(points):
        at = left
        for cut_start, cut_end in cuts:
            if cut_end <= at or cut_start >= right:
                continue
            if cut_start > at:
                yield at, cut_start
            at = max(at, cut_end)
        if at < right:
            yield at, right


def _past_closing_marks(text: str, cut: int) -> int:
    """Move a cut behind closing marks that belong to the sentence before it."""
    at = cut
    while at < len(text) and text[at] in "”’»)]›\"'":
        mark = text[at]
        if mark in "\"'" and not (at + 1 == len(text) or text[at + 1].isspace() or text[at + 1] in "”’»)]›"):
            break
        at += 1
    if at > cut:
        while at < len(text) and text[at].isspace():
            at += 1
        return at
    return cut


def _belongs_together(text: str, cut: int) -> bool:
    """Return whether a proposed cut parts one sentence."""
    left = text[max(0, cut - 60) : cut].rstrip()
    right = text[cut : cut + 160].lstrip()
    if not left or not right:
        return True
    if right[0] in ",;":
        return True  # "Rep. Jane Roe (D-Calif.), who chairs"
    if _BULLET.match(right) and right[0] in "•▪●■◦‣":
        return False
    if left[-1] not in _END_MARKS + _CLOSING + ":;":
        return False
    first = right.lstrip("“\"‘'«([")
    if not first:
        return False
    word = re.match(r"[\w’']+", first)
    if first[0].islower() and not re.match(r"[a-z]{1,4}[A-Z]|https?:|www\.", first):
        # Behind a plain word and a full stop a small letter begins a careless sentence; behind a mark of quotation, a
        # question or something short it goes on.
        return not re.search(r"[^\W\d_]{5,}\.$", left)
    if _ENDS_IN_QUOTE.search(left):
        if _QUESTION_IN_QUOTE.search(left) and _TAG.match(right) and not _NEW_SUBJECT.match(right):
            return True
        begin = cut
        while text[begin].isspace():
            begin += 1
        line = text[begin : min(begin + _LONGEST_TAG, end_before(text, len(text)))]
        head = re.split(r"(?<=[.])\s", line, maxsplit=1)[0]
        return bool(_SHORT_TAG.match(head)) and len(head) < _LONGEST_TAG
    if _TITLE_END.search(left):
        return True
    if _NUMBER_END.search(left) and (first[0].isdigit() or re.match(r"[IVX]+\b", first)):
        return True
    starter = word is not None and word.group().casefold() in _starters()
    if _MAY_END.search(left):
        return not starter and not right.startswith(("“", '"'))
    if _INITIAL_END.search(left) and not left.endswith((" I.", "“I.", '"I.')):
        return not starter
    return False


def _with_stray_marks(text: str, ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give a range without letters or digits to its predecessor, or to its successor where it is first."""
    kept: list[tuple[int, int]] = []
    lead: int | None = None
    for start, end in ranges:
        if any(c.isalnum() for c in text[start:end]):
            kept.append((lead if lead is not None else start, end))
            lead = None
        elif kept:
            kept[-1] = (kept[-1][0], end)
        elif lead is None:
            lead = start
    if not kept and ranges:
        return [(ranges[0][0], ranges[-1][1])]
    return kept


@cache
def _starters() -> frozenset[str]:
    data = load_list("english")
    return frozenset(data["starters"])
