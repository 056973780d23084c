# ruff: noqa: E501, SIM905 - patterns and lists of words are easier to check on few lines
"""Furniture: page text that is not the article.

Rules look at lines, because pages lose everything else on their way to text. A line is furniture when its whole form says
so (a button, a credit, a stamp); what only might be is left in the article: a point missed because of furniture costs a
reader more than a stray button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from wirecheck.text import corrections
from wirecheck.text.gazetteer import load_list
from wirecheck.text.timestamps import DAY, MONTH, WEEKDAY, read_timestamp


class Piece(NamedTuple):
    """One run of furniture `[start, end)` and which kind of rule found it."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is furniture, where the title is, and the dates that furniture gives."""

    pieces: tuple[Piece, ...]
    """Sorted by place, not overlapping."""
    title: tuple[int, int] | None
    published: str | None = None
    modified: str | None = None


class _Line(NamedTuple):
    start: int
    end: int
    words: str
    first: str
    """The first word in small letters, "" where there is none."""


_CLOCK = r"(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
_ZONE = r"(?:[A-Z]{2,5}(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|local time)"
_STAMP = (
    rf"(?:(?:{WEEKDAY}\.?,?\s*)?(?:{DAY}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|{MONTH}\.?\s+\d{{1,2}}|{WEEKDAY})"
    rf"(?:\s*(?:,|at|-|–|—|\|)?\s*{_CLOCK}\s*{_ZONE}?)?|{_CLOCK}\s*{_ZONE}?,?\s*(?:on\s+)?(?:{WEEKDAY},?\s*)?(?:{DAY}|{MONTH}\.?\s+\d{{1,2}}|{WEEKDAY})?)"
)
_I = re.IGNORECASE

# Each pattern must match the whole line.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("stamp", re.compile(
        rf"\W*(?:(?:first |last |originally |date )?(?:published|updated|posted|modified|created|filed|issued)(?:\s+(?:on|at))?\W*"
        rf"{_STAMP}[\s.|•·,-]*){{1,3}}", _I)),
    ("stamp", re.compile(rf"\W{{0,3}}(?:{WEEKDAY}\.?,?\s*)?{DAY}(?:\s*(?:,|at|-|–|—|\|)?\s*{_CLOCK}\s*{_ZONE}?)?\W{{0,3}}", _I)),
    ("stamp", re.compile(rf"{_CLOCK}\s*{_ZONE}?,?\s*(?:{WEEKDAY},?\s*)?{DAY}", _I)),
    # Place and date run together: "Geneva, SwitzerlandMon Mar 3 2025".
    ("stamp", re.compile(rf"(?:[A-Z][\w.’'-]*,?\s+){{0,4}}[A-Z][\w.’'-]*?(?<=[a-z.])(?:{WEEKDAY}|{MONTH}).{{0,12}}\d{{4}}(?:.{{0,16}}\d[:.]\d{{2}}.{{0,8}})?")),
    ("stamp", re.compile(r"this (?:article|post|story) (?:is more than \d+ \w+ old|was (?:last |originally )?(?:published|updated).{0,80}|has been updated)\.?", _I)),
    ("stamp", re.compile(r"\(?this (?:story|article|post) (?:was|has been|is being) (?:refiled|updated|edited).{0,200}", _I)),
    ("photo", re.compile(r"(?:sources?|photos?|photographs?|photographers?|images?|pictures?|pic|credits?|video|graphic|illustration)(?:\s+(?:by|credit|copyright|courtesy(?: of)?|from|via))*\s*[:/|©]\s*.{1,140}", _I)),
    ("photo", re.compile(r"[(\[]?(?:photos?|photographs?|images?|pictures?|video|illustration|graphic) (?:by|courtesy|credit|copyright|via)\b.{1,140}", _I)),
    ("photo", re.compile(r"(?:image copyright|image caption|image source|media playback is unsupported|media caption|enlarge this image|toggle caption|play video|just watched|hide caption|embed this|copyright image)\b.{0,600}", _I)),
    ("photo", re.compile(r".{0,600}(?:\bhide caption|\btoggle caption .{1,80})", _I)),
    ("photo", re.compile(r"FILE\s*(?:[-–—:]|PHOTO).{10,600}|\[?FILE\]? .{0,300}\bfile photo\b.{0,300}")),
    ("photo", re.compile(r"slideshow \(\d+ images?\)|\d+ (?:photos|images|slides)|(?:photo|image|slide) \d+ of \d+", _I)),
    *(("correction", pattern) for pattern in corrections.LINES),
    # A caption with its credit: "The mayor at the harbour. REUTERS/Jane Roe", "… (Jane Roe/Getty Images)".
    ("photo", re.compile(
        r".{0,500}(?:\bREUTERS/[A-Z]\S+.{0,60}|/\s?(?:Getty(?: Images)?|AP(?: Photo| Images)?|Reuters|REUTERS|AFP(?:/Getty(?: Images)?)?|EPA(?:-EFE)?|Bloomberg(?: News)?|Shutterstock|iStock\w*|Redux|"
        r"Polaris|Zuma(?: Press)?|ZUMA(?: Press)?|Rex|REX|Alamy|UPI|PA(?: Wire)?|NurPhoto|Pool|The New York Times|for The New York Times)(?: via .{1,40})?[)\].]?|"
        r"[(\[]?AP Photo(?:/.{1,60})?[)\]]?|\bGetty Images[)\].]?|[(\[](?:AP|Reuters|AFP|EPA) (?:File )?Photo[)\]]|\(File photo\)|\bvia (?:AP|Getty Images|Reuters|REUTERS|AFP)[)\].]?)(?:, File)?\s*[)\]]?")),
    ("photo", re.compile(r".{0,500}[.!?”\"’]\s?(?:Photo )?Credit(?:\.\.\.|:|…)?\s?[A-Z].{1,90}")),
    ("link", re.compile(
        r"[(\[>►•*\s-]*(?:(?:read|see|watch|view|listen|explore|hear|check out|learn)(?: more| also| next| now| here| it| the full story| our)?(?: (?:on|about|at|from|in|here)\b.{0,40}?)?|now watch|also (?:read|see|watch|on)|"
        r"related(?: \w+)?|more|more (?:on|from|about|in|coverage|news)\b.{0,50}?|must[- ]read|don['’]t miss|recommended|video|videos|photos|slideshow|gallery|opinion|graphic|interactive|in pictures|"
        r"go deeper|further reading|background|in case you missed it|icymi|up next|read next|trending|also on .{1,40}|more for you|most read|in the news|dig deeper|for more)\s*[:►»|]\s?.{0,220}", _I)),
    ("link", re.compile(r"[^.!?]{8,180}[?!]?\s(?:Read more|Watch now|Read More|READ MORE|Learn more)(?:\s*[»>→…]+)?")),
    ("link", re.compile(r"(?:related coverage|play facebook|more on this|embed)\b.{0,250}(?:autoplay.{0,100})?", _I)),
    ("link", re.compile(r"[(\[*►•\s]*(?:click|tap) (?:here|on|to|below|through|the)\b.{0,220}", _I)),
    ("link", re.compile(r"\(?(?:for (?:more|the latest|full|a (?:graphic|full|list|complete)|additional)|to (?:read|see|view) (?:more|the (?:full|rest)|this))\b.{0,160}\b(?:click|visit|go to|follow|see|read|sign up|subscribe|here|tap)\b.{0,120}", _I)),
    ("link", re.compile(r"read more from .{1,60}|more from [A-Z][\w.’' ]{1,40}|continue reading\b.{0,60}", _I)),
    ("link", re.compile(r"here(?:['’]s| is) (?:a|our) (?:slideshow|gallery|video|photo gallery) .{0,120}", _I)),
    ("subscribe", re.compile(r"[*►•\s]*(?:sign up|subscribe|register|join|download|get|become a (?:member|subscriber)|support|donate)\b.{0,220}\b(?:newsletters?|inbox|e-?mail|alerts?|app|podcasts?|daily brief\w*|subscri\w+|membership|delivered|our journalism|whatsapp|telegram|notifications?)\b.{0,220}", _I)),
    ("subscribe", re.compile(r"[*►•\s]*(?:sign up (?:for|to)|subscribe (?:to|now|today|for)|manage newsletters?)\b.{0,200}", _I)),
    ("subscribe", re.compile(r"(?:follow|like|find|join|connect with) (?:us|me|him|her|them|@?\w[\w.’' -]{0,60})? ?(?:on|via|at) (?:twitter|facebook|instagram|x|linkedin|threads|youtube|google\W*|tiktok|telegram|whatsapp|snapchat|his site|her site)\b.{0,160}", _I)),
    ("subscribe", re.compile(r"(?:send (?:tips|news tips|feedback|questions|comments|a letter)|write to|contact|e-?mail|reach|have a (?:news )?tip|got a tip|do you have)\b.{0,200}(?:\S@\s?\S|@\w+|contact us|tip line|confidential)\S*.{0,120}", _I)),
    ("subscribe", re.compile(r"(?:content created by|this (?:content|article|piece) is (?:available|free|republished|published)|to republish)\b.{0,400}", _I)),
    ("rights", re.compile(r"\W{0,3}(?:copyright\b|©|\(c\)).{0,320}", _I)),
    ("rights", re.compile(r".{0,160}\ball rights reserved\b.{0,260}", _I)),
    ("rights", re.compile(r"this material may not be published.{0,160}", _I)),
    # What stands under every transcript of one broadcaster, and under every column of one writer.
    ("rights", re.compile(r"(?:(?:npr|cnn|pbs|cbs|abc|nbc|msnbc|bbc|these|this|our|all|rush) )?transcripts? (?:is|are|was|were|has been|have been) (?:created|produced|provided|prepared|compiled|generated) (?:on|by|in|with|using|for|from|automatically)\b.{0,600}", _I)),
    ("subscribe", re.compile(r"mailing list\b\W.{0,160}\b(?:e-?mails?|alerts?|contact|sign up|subscribe)\b.{0,160}", _I)),
    ("subscribe", re.compile(r"(?:(?:got|have) a question|questions)\?.{0,60}\b(?:ask|e-?mail|write|send|contact)\b.{0,60}\S@\S.{0,60}", _I)),
    ("rights", re.compile(r"the (?:views|opinions) (?:and opinions )?expressed\b.{0,240}", _I)),
    ("share", re.compile(r"\d[\d.,]*[KkMm]?\s*(?:comments?|shares?|likes?|views|replies|retweets|reactions|people are reading.*|min(?:ute)?s? read|min)", _I)),
    ("share", re.compile(r"(?:share|tweet|pin|email|e-mail|print|save|post|send|facebook|twitter|whatsapp|linkedin|reddit|pinterest|copy link|messenger|telegram|google\+|flipboard|x|instagram|youtube|this|on|via|by|to|with|and|[|/,&•·\s]){3,}", _I)),
    ("share", re.compile(r"(?:leave|post|add|view|show|join|read|hide|see|write|load)\s(?:a |an |all |your |the |in the |\d+ |more )*(?:comments?|conversation|discussion|reply|replies)\b.{0,60}", _I)),
    ("share", re.compile(r"(?:reading time|estimated reading time|time to read)\W.{0,40}|\d+ min(?:ute)?s? (?:read|ago)|\d+ (?:hours?|days?|weeks?|months?) ago", _I)),
)  # fmt: skip
# Most lines are the article, and its words are read once: a line goes through all patterns only where its first word, or
# a word that a credit needs, says that one of them may match. A test draws lines from each pattern and asks for this.
_HEADS = frozenset(
    """
    this source sources photo photos photograph photographs photographer photographers image images picture pictures pic
    credit credits video videos graphic illustration media enlarge toggle play hide embed copyright slideshow slide
    read see watch view listen explore hear check learn related more click tap to continue here sign subscribe
    register join download get become support donate manage follow like find connect send write contact e email reach
    have got do content c leave post add show load reading estimated time npr cnn pbs cbs abc nbc msnbc bbc these our all rush
    transcript transcripts mailing questions
    """.split()
) | frozenset(corrections.HEADS)
# The same for words that begin many a sentence: what else the line must have.
_HEADS_WITH = {
    "the": ("expressed",),
    "just": ("watched", *":►»|"),
    "for": ("click", "visit", "go to", "follow", "see", "read", "sign up", "subscribe", "here", "tap", *":►»|"),
    **dict.fromkeys(
        "in now also must don recommended gallery opinion interactive go further background icymi up trending most dig".split(),
        (*":►»|",),
    ),
}
# Where the first word may run into the next one: stamps, FILE PHOTO, rows of buttons.
_HEAD_STARTS = frozenset(
    """
    mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec pub upd pos mod cre fil iss fir las ori
    dat sha twe pin ema pri sav sen fac twi wha lin red cop mes tel goo fli ins you thi via wit and
    """.split()
)
_SHORT_STARTS = ("e", "x", "on", "by", "to")
_HEAD = re.compile(r"[\W_]*([^\W_]\w*)")
_TAILS = ("/", "Photo", "File photo", "Getty Images", "via ", "Credit", "Read ", "READ ", "Watch now", "Learn more")
_TAILS_IN_ANY_CASE = ("all rights reserved", *corrections.TAILS)
_YEAR_AT_END = re.compile(r"\d{4}.{0,28}\Z")
_NEVER = re.compile(
    r"contribut(?:ed|ing)\b.{0,60}(?:report|story|article)|\b(?:reporting|editing|writing) by\b", re.IGNORECASE
)

# Furniture inside a line of the article.
_INLINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("photo", re.compile(r"[(\[](?:photos?|images?|pictures?|video|credit)s? ?(?:by|courtesy|credit|:|via)[^()\[\]]{1,120}[)\]]", _I)),
    ("photo", re.compile(r"[(\[](?:AP|Reuters|AFP|EPA|Getty)[^()\[\]]{0,12}(?:Photo|Images)[^()\[\]]{0,60}[)\]]|[(\[][^()\[\]]{2,60}/(?:Getty Images|AP Photo|AP Images|Reuters|AFP)[)\]]")),
    ("link", re.compile(r"[(\[](?:related|read more|see also|more|also read|watch|click here|see|read)\s?:\s?(?:[^()\[\]\s]+\s){2,}[^()\[\]]{3,180}[)\]]", _I)),
    ("link", re.compile(r"\[(?:click|watch|read)[^\[\]]{3,120}\]", _I)),
    ("share", re.compile(r"(?<=[.!?”\"])\s+(?:ADVERTISEMENT|Advertisement|Story [Cc]ontinues [Bb]elow|Continue [Rr]eading [Bb]elow)(?=\s+[A-Z“\"]|\s*$)")),
)  # fmt: skip
_INTERRUPTIONS = ("ADVERTISEMENT", "Advertisement", "Story ", "Continue ")
# Lists of related headlines that a site puts behind a name: "Ann Roe Ann Mary RoeHarbour vote delayed … MORE said".
_MORE = re.compile(r"(?<=\S) MORE\b")
_GLUE = re.compile(r"(?<=[a-z.)’'])(?=[A-Z“‘\"'])")

_NAME = r"[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]*|de|da|van|von|bin|al|el|la))"
_BYLINE = re.compile(
    rf"(?:By|BY|by|Written by|Story by|Words by|Posted by|Analysis by)\s*:?\s*{_NAME}{{1,3}}"
    rf"(?:(?:,| and| &|, and)\s+{_NAME}{{1,3}})*(?:\s*[,|•·/-]\s*.{{1,80}})?"
)
_NAMES = re.compile(rf"{_NAME}{{1,2}}(?:(?:,|,? and| &)\s+{_NAME}{{1,2}})*(?:,\s+[A-Z][\w .&()]{{2,40}})?")
_WORD = re.compile(r"\w+")
_CAPTIONED = re.compile(r"/|photo|getty|via |caption|credit|rights", re.IGNORECASE)
_QUESTIONS = frozenset({"questions", "discussion questions", "question", "questions to consider", "quiz"})
_QUESTION_STARTS = frozenset(question.split()[0] for question in _QUESTIONS)


def find_furniture(
    text: str, *, title: str | None = None, look_for_title: bool = True, publisher: str | None = None
) -> Furniture:
    """Return the furniture of a text, its title and the dates of publication that furniture gives.

    A given `title` is looked for among the first lines, and is not one where it is a long sentence; without one, the first line that is not furniture is the title
    when it reads like a headline and `look_for_title` says so.
    """
    lines = list(_list_lines(text))
    label = _fold(publisher) if publisher is not None else None
    kinds: list[str | None] = [_kind(line, label) for line in lines]
    for at, line in enumerate(lines[:6]):
        if kinds[at] is None and _is_section_label(line):
            kinds[at] = "label"
    top = _find_title(lines, kinds, title, look_for_title)
    _mark_lists(lines, kinds, top)
    if top is not None:
        kinds[top] = None
        _mark_repeats(lines, kinds, top)
        for before in range(top):
            if kinds[before] is None and len(lines[before].words) < 80:
                kinds[before] = "label"
    _mark_bylines(lines, kinds, -1 if top is None else top)
    _mark_links_in_capitals(lines, kinds)
    pieces = [Piece(line.start, line.end, kind) for line, kind in zip(lines, kinds, strict=True) if kind is not None]
    for line, kind in zip(lines, kinds, strict=True):
        if kind is None:
            pieces.extend(_inside(text, line))
    published = modified = None
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "stamp":
            stamp = read_timestamp(_unglue(line.words))
            if stamp is not None and re.match(r"\W*(?:last )?(?:updated|modified)", line.words, re.IGNORECASE):
                modified = modified or stamp
            elif stamp is not None:
                published = published or stamp
    found = (lines[top].start, lines[top].end) if top is not None else None
    return Furniture(_apart(pieces, found), found, published, modified)


def looks_like_title(line: str) -> bool:
    """Return whether a first line reads like a headline.

    >>> looks_like_title("Council votes to close the harbour")
    True
    >>> looks_like_title("The council voted on Monday to close the harbour.")
    False
    """
    words = line.split()
    if not 2 <= len(words) <= 30 or len(line) > 220:
        return False
    end = line.rstrip("”’\"'»)")
    if not end or end[-1] in ":;,…-–—":
        return False
    if end[-1] == ".":
        return bool(re.search(r"\b(?:[A-Z]\.)+$|\b(?:Jr|Sr|Inc|Co|Corp|Ltd)\.$", end)) and len(words) <= 16
    if re.match(r"[A-Z][A-Z .,’'-]{2,40}\s*(?:\([^)]{2,30}\)\s*)?(?:—|–|--|-)\s", line):  # a dateline
        return False
    return sum(c.isalpha() for c in line) > 0.5 * len(line)


def _list_lines(text: str) -> Iterator[_Line]:
    """Yield the lines that hold more than white space, trimmed."""
    at = 0
    for line in text.splitlines(keepends=True):
        start = at + len(line) - len(line.lstrip())
        end = at + len(line.rstrip())
        at += len(line)
        if start < end:
            words = text[start:end]
            yield _Line(start, end, words, _first_word(words))


def _first_word(line: str) -> str:
    match = _HEAD.match(line)
    return match[1].casefold() if match is not None else ""


def _kind(line: _Line, label: str | None) -> str | None:
    """Return the kind of furniture that a line is by itself, or None; `label` is the publisher, folded."""
    words = line.words
    if len(words) > 900:
        return None
    if not line.first:
        return "rule"
    if line.first in _first_words("lines") or (label is not None and label.startswith(line.first)):
        folded = _fold(words)
        if folded in _words("lines"):
            return "button"
        if folded == label:
            return "label"
    if not _may_match(line):
        return None
    captioned = _CAPTIONED.search(words) is not None
    for kind, pattern in _PATTERNS:
        if not captioned and pattern.pattern.startswith(".{0,"):
            continue  # these look for a credit from every place of the line; none is there without such a word
        if pattern.fullmatch(words):
            if kind == "link" and _is_speech(words):
                continue
            return None if _NEVER.search(words) else kind
    return None


def _may_match(line: _Line) -> bool:
    """Return whether any of `_PATTERNS` may match a line: never wrong when it says no."""
    words, first = line.words, line.first
    if first in _HEADS or first[:3] in _HEAD_STARTS or not first.isascii() or first[0].isdigit():
        return True
    if "©" in words[:4] or (first.startswith(_SHORT_STARTS) and "." not in words):
        return True
    for tail in _TAILS:
        if tail in words:
            return True
    if _YEAR_AT_END.search(words, max(0, len(words) - 32)):
        return True
    folded = words.casefold()
    return any(tail in folded for tail in (*_TAILS_IN_ANY_CASE, *_HEADS_WITH.get(first, ())))


def _is_section_label(line: _Line) -> bool:
    """Return whether a first line is the label of a section: nothing but such words."""
    if line.first not in _first_words("sections"):
        return False
    words = _fold(line.words).split()
    return 1 <= len(words) <= 6 and line.words[0].isupper() and all(w in _words("sections") for w in words)


def _is_speech(line: str) -> bool:
    return (
        line.count("“") + line.count('"') >= 2
        and re.search(r"[,.!?][”\"] (?:\w+ ){0,4}(?:said|says|told)\b", line) is not None
    )


def _find_title(lines: list[_Line], kinds: list[str | None], title: str | None, look: bool) -> int | None:
    if title is not None:
        wanted = _fold_title(title)
        for at, line in enumerate(lines[:10]):
            if _is_title(line, wanted):
                return None if _is_sentence(line.words) else at
        return None
    if not look:
        return None
    rest = [at for at, kind in enumerate(kinds) if kind is None]
    if len(rest) < 2:
        return None
    first = rest[0]
    # A line that stands twice near the top is the headline, whatever stands before it.
    seen: dict[str, int] = {}
    for at in range(min(6, len(lines))):
        folded = _fold_title(lines[at].words)
        if folded in seen and len(folded.split()) >= 3 and looks_like_title(lines[at].words):
            return seen[folded]
        seen.setdefault(folded, at)
    return first if looks_like_title(lines[first].words) else None


def _is_sentence(line: str) -> bool:
    """Return whether a line that was given as a title is the first sentence of the text instead."""
    return len(line.split()) >= 12 and not looks_like_title(line)


def _mark_lists(lines: list[_Line], kinds: list[str | None], title: int | None) -> None:
    """Mark the questions under a heading of questions, and the headlines under a heading of links."""
    at = 0
    while at < len(lines):
        listed = kinds[at] is not None or lines[at].first in _QUESTION_STARTS
        folded = _fold(lines[at].words) if listed else ""
        follow = at + 1
        if folded in _QUESTIONS and at != title:
            while follow < len(lines) and lines[follow].words.endswith("?"):
                kinds[follow] = "question"
                follow += 1
            if follow > at + 1:
                kinds[at] = "question"
        elif kinds[at] is not None and folded in _words("link_headings") and at != title:
            while follow < len(lines) and _is_link(lines[follow].words):
                kinds[follow] = "link"
                follow += 1
            if follow < len(lines) and title is not None and follow - at > 12:
                for undo in range(at + 1, follow):  # a list that long is the article itself
                    kinds[undo] = _kind(lines[undo], None)
        at = follow if follow > at + 1 else at + 1


def _is_link(line: str) -> bool:
    words = line.split()
    return 3 <= len(words) <= 22 and line[-1] not in '.:;,”"' and line[0] not in '“"' and not line[0].islower()


def _mark_repeats(lines: list[_Line], kinds: list[str | None], title: int) -> None:
    wanted = _fold_title(lines[title].words)
    for at in range(title + 1, min(len(lines), title + 12)):
        if _is_title(lines[at], wanted):
            kinds[at] = "repeat"


def _mark_bylines(lines: list[_Line], kinds: list[str | None], title: int) -> None:
    """Mark the author's line under the title; a line that names an agency stays: it is a credit."""
    seen = 0
    for at in range(title + 1, len(lines)):
        words = lines[at].words
        if kinds[at] is None:
            seen += 1
            if len(words) > 120 or seen > 4:
                return
            if (
                _BYLINE.fullmatch(words)
                or (title >= 0 and seen <= 2 and _NAMES.fullmatch(words) and at + 1 < len(lines))
            ) and not _names_agency(words):
                kinds[at] = "byline"
                seen -= 1


def _names_agency(line: str) -> bool:
    padded = " " + re.sub(r"[^\w-]+", " ", line.casefold()) + " "
    return any(f" {agency} " in padded for agency in _words("agencies"))


def _mark_links_in_capitals(lines: list[_Line], kinds: list[str | None]) -> None:
    """Mark headlines in capitals between paragraphs that are not: links to other documents."""
    marked = [
        at
        for at, line in enumerate(lines)
        if (
            kinds[at] is None
            and at > 0
            and line.words[-1] not in '.!,:;”"'
            and line.words[0] not in "“\"'‘(#"
            and line.words.upper() == line.words
            and len(re.findall(r"[A-Z][A-Z’'-]+", line.words)) >= 5
        )
    ]
    if not marked:
        return
    letters = "".join(line.words for line, kind in zip(lines, kinds, strict=True) if kind is None)
    if sum(c.isupper() for c in letters) <= 0.3 * len(letters):
        for at in marked:
            kinds[at] = "link"


def _inside(text: str, line: _Line) -> Iterator[Piece]:
    bracketed = "(" in line.words or "[" in line.words
    interrupted = any(word in line.words for word in _INTERRUPTIONS)
    for kind, pattern in _INLINE:
        if bracketed if kind != "share" else interrupted:
            for match in pattern.finditer(text, line.start, line.end):
                yield Piece(match.start(), match.end(), kind)
    if any(word in line.words for word in corrections.SIGNS):
        for pattern in corrections.INSIDE:
            for match in pattern.finditer(text, line.start, line.end):
                # Not where it is quoted: somebody else's words are no note of this paper.
                if text.count("“", line.start, match.start()) <= text.count("”", line.start, match.start()):
                    yield Piece(match.start(), match.end(), "correction")
    if " MORE" in line.words:
        at = line.start
        for match in _MORE.finditer(text, line.start, line.end):
            piece = _related_list(text, max(at, match.start() - 700), match.end())
            if piece is not None:
                yield piece
            at = match.end()


def _related_list(text: str, start: int, end: int) -> Piece | None:
    """Return the list of headlines that ends with MORE: it begins behind the first of two forms of a name."""
    for glue in _GLUE.finditer(text, start, end):
        name = re.search(r"([\w’'-]{3,})\W?$", text[start : glue.start()])
        if name is None:
            continue
        before = text[max(start, glue.start() - 90) : glue.start() - len(name[0])]
        at = before.rfind(name[1])
        if at >= 0:
            begin = max(start, glue.start() - 90) + at + len(name[1])
            return Piece(begin, end, "link")
    return None


def _apart(pieces: list[Piece], title: tuple[int, int] | None) -> tuple[Piece, ...]:
    """Sort pieces, join what overlaps, and keep them off the title, but for a note of correction in it."""
    kept: list[Piece] = []
    for piece in sorted(pieces):
        in_title = title is not None and piece.start < title[1] and title[0] < piece.end
        if in_title and (piece.kind != "correction" or (piece.start, piece.end) == title):
            continue
        if kept and piece.start < kept[-1].end:
            if piece.end > kept[-1].end:
                kept[-1] = kept[-1]._replace(end=piece.end)
        else:
            kept.append(piece)
    return tuple(kept)


def _unglue(words: str) -> str:
    """Part a label or a place from the date that it runs into."""
    return re.sub(rf"(?<=[a-z])(?=(?:{WEEKDAY}|{MONTH})\b)", " ", words)


def _fold(line: str) -> str:
    folded = " ".join(line.casefold().replace("’", "'").split())
    start, end = 0, len(folded)
    while end > start and not folded[end - 1].isalnum():
        end -= 1
    while start < end and not folded[start].isalnum():
        start += 1
    return folded[start:end]


def _fold_title(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


def _is_title(line: _Line, wanted: str) -> bool:
    """Return whether a line has the words of a title that `_fold_title` folded."""
    first = _WORD.search(line.words.casefold())
    return first is not None and wanted.startswith(first[0]) and _fold_title(line.words) == wanted


@cache
def _words(name: str) -> frozenset[str]:
    data = load_list("furniture")
    return frozenset(data[name])


@cache
def _first_words(name: str) -> frozenset[str]:
    """Return the first word of each entry of a list."""
    return frozenset(_first_word(entry) for entry in _words(name))
