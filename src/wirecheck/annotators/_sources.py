"""What information comes from, by its words: phrases that name a newsroom, a text, a post or a platform.

A phrase is found by its head noun (`data/crediting.toml`) or by the name of an outlet; whether it is credited is
decided by the slot in which it stands (`credits`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from wirecheck.language import Sentence
from wirecheck.model import Document
from wirecheck.model.annotation import CreditKind
from wirecheck.text.gazetteer import fold_name, listed, load_list, organizations, outlets

Type = Literal["text", "post", "newsroom", "platform"]
CAPITAL = r"[A-Z][\w’'.&-]*"


@dataclass(frozen=True, slots=True)
class Word:
    """One word or mark of a sentence, in characters of the document, with its part of speech where it is known."""

    start: int
    end: int
    text: str
    low: str
    upos: str = ""
    relation: str = ""
    index: int = -1
    """The token of the sentence's tree; -1 without one."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase that names what information comes from: words `[first, last)`, its head the one before `last`."""

    first: int
    last: int
    type: Type
    kind: CreditKind
    name: str
    head: str = ""
    loose: bool = False
    """True for a name that is an everyday word too ("Time"), and for a bare noun that is other things as often."""


@cache
def words_of(name: str) -> frozenset[str]:
    """Return one list of `data/crediting.toml`."""
    return frozenset(_lists()[name]["words"])


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    text = resources.files("wirecheck.annotators").joinpath("data", "crediting.toml").read_text("utf-8")
    return tomllib.loads(text)


_TOKEN = re.compile(r"[^\W_]+(?:[’'.&@-][^\W_]+)*|[,;:—–()?!.]|--|\u25a0+")


def list_words(masked: str, sentence: Sentence) -> list[Word]:
    """Return the words of a sentence in which words in marks are blanked, with what the tree says of each."""
    at = {t.start: i for i, t in enumerate(sentence.tokens)}
    found = []
    for match in _TOKEN.finditer(masked, sentence.start, sentence.end):
        index = at.get(match.start(), -1)
        text = match.group()
        low = text.casefold().replace("’", "'")
        token = sentence.tokens[index] if index >= 0 else None
        part = (token.upos, token.relation) if token is not None else ("", "")
        found.append(Word(*match.span(), text, low, *part, index))
    return found


def any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


# --- newsrooms by name -----------------------------------------------------------------------------------------------


@cache
def _outlet_names() -> str:
    known = [
        name for name, outlet in outlets().items() if outlet.kind != "social" and name not in listed("loose_outlets")
    ]
    lists = load_list("outlets")["words"]
    publisher, broadcast, agency = (any_of(lists[kind]) for kind in ("publisher", "broadcast", "agency"))
    return (
        "(?:"
        + any_of(known)
        # "told the Atlantic": the article of a name in small letters.
        + "|the\\s"
        + any_of(n[4:] for n in known if n.startswith("The ") and n[4:] not in known)
        + rf"|(?:[Tt]he\s)?(?:{CAPITAL}\s){{1,4}}{publisher}(?![\w’'-])"
        + rf"|(?:[Tt]he\s)?(?:{CAPITAL}\s){{1,4}}{broadcast}(?![\w’'-])"
        + rf"|(?:{CAPITAL}\s){{1,3}}{agency}"
        + rf"|Radio\s{CAPITAL}(?:\s{CAPITAL})?"
        + r"|(?:newspaper|magazine|broadcaster|tabloid|daily|weekly|website|news\ssite|channel|radio\sstation|journal"
        + rf"|(?:news\s|press\s|the\s)agency)\s{CAPITAL}(?:\s(?:{CAPITAL}|de|la|of|du)){{0,3}}"
        + rf"|(?:\w*{CAPITAL}\s){{1,3}}(?:newspaper|magazine|radio|television|news\sagency|broadcaster|tabloid|daily"
        + rf"|news\ssite|news\swebsite)(?:\s{CAPITAL}){{0,2}}"
        + r"|[a-z]{1,2}[A-Z]{2,4}\sradio|News\s\d{1,2}(?!\w)"
        + r"|[KW][A-Z]{2,3}(?:-TV|-FM|-AM)"
        + r"|[A-Za-z][\w-]{2,}\.(?:com|org|net|info)(?:\.[a-z]{2})?"
        + r"|(?:(?!According\b)[A-Z][a-z]+\s|semi-official\s)?(?:[Ll]ocal|[Ss]tate|[Ss]tate-run"
        + r"|[A-Z][a-z]+(?:ian|ese|ish|i|an|ch))\s(?:media|news\smedia|television|TV|radio|newspapers?|press)"
        + r")"
    )


@cache
def outlet_name() -> re.Pattern[str]:
    """Return the pattern of an outlet in a text; group `loose` tells names that are everyday words too."""
    loose = [n for n in listed("loose_outlets") if n in outlets()]
    loosely = any_of([*loose, *(f"{n} magazine" for n in loose)])
    return re.compile(rf"(?<![\w’'-])(?:[Tt]he\s)?(?:{_outlet_names()}|(?P<loose>{loosely}))(?![\w-])")


@cache
def _institutions() -> frozenset[str]:
    newsy = {w.casefold() for kind in ("publisher", "broadcast", "agency") for w in load_list("outlets")["words"][kind]}
    return frozenset(w.casefold() for w in organizations().heads) - newsy - {"news", "media", "service"}


def find_newsrooms(masked: str, words: Sequence[Word]) -> Iterator[Phrase]:
    """Yield the newsrooms that a sentence names, and those that it speaks of without a name."""
    if not words:
        return
    begins = {w.start: i for i, w in enumerate(words)}
    taken: set[int] = set()
    for match in outlet_name().finditer(masked, words[0].start, words[-1].end):
        first = begins.get(match.start())
        last = next((i + 1 for i in range(first or 0, len(words)) if words[i].end >= match.end()), None)
        if first is None or last is None:
            continue
        follows = words[last] if last < len(words) else None
        goes_on = follows is not None and follows.text[0].isupper() and follows.start == words[last - 1].end + 1
        unknown = match.group() not in outlets() and not words[first].text[0].islower()
        if goes_on and follows is not None and (follows.low in _institutions() or unknown):
            continue  # "the Atlantic Council", "Morning Star Bank"
        name, kind = resolve_outlet(match.group())
        taken.update(range(first, last))
        yield Phrase(first, last, "newsroom", kind, name, loose=match["loose"] is not None)
    beside = frozenset(_lists()["newsroom_needs"]["beside"])
    for at, word in enumerate(words):
        low = word.low.removesuffix("s") if word.low.removesuffix("s") in words_of("newsroom") else word.low
        if low not in words_of("newsroom") or at in taken or word.upos in ("VERB", "ADV"):
            continue
        before = words[at - 1].low if at else ""
        if before == "live":
            continue  # "announced on live television" names nobody
        if _goes_on(words, at):
            continue
        first = phrase_start(words, at)
        loose = low in words_of("newsroom_needs") and before not in beside
        if loose and not (before == "the" or (before in ("his", "her") and low == "show")):
            continue
        name = " ".join(w.text for w in words[first : at + 1])
        sort: CreditKind = "broadcast" if low in _BROADCAST else "agency" if low == "agency" else "publisher"
        yield Phrase(first, at + 1, "newsroom", sort, clean(name), head=low, loose=loose)


_BROADCAST = frozenset({
    "broadcaster", "channel", "network", "podcast", "programme", "program", "radio", "show", "station",
    "television", "tv",
})  # fmt: skip


def resolve_outlet(name: str) -> tuple[str, CreditKind]:
    """Return the full name of an outlet and its kind: as listed, else by its words."""
    name = name.rstrip(".,") if not re.search(r"\b[A-Z]\.$", name) else name
    bare = name.removeprefix("the ").removeprefix("The ")
    outlet = outlets().get(name) or outlets().get("The " + bare) or outlets().get(bare)
    if outlet is not None:
        return outlet.name, outlet.kind
    return name, _kind_of(bare)


def _kind_of(name: str) -> CreditKind:
    lists = load_list("outlets")["words"]
    if re.search(r"[Aa]gency|" + "|".join(map(re.escape, lists["agency"])), name):
        return "agency"
    words = name.split()
    spoken = {"radio", "television", "tv", "broadcaster", "station", "channel"}
    if (
        words[-1] in lists["broadcast"]
        or any(w.casefold() in spoken for w in (words[0], *words[1:2], words[-1]))
        or re.search(r"[KW][A-Z]{2,3}-", name)
    ):
        return "broadcast"
    return "publisher"


_EDITION = frozenset(["online", "news", "tv", "website", "magazine", "digital", "web"])


def is_own(credited: str, document: Document) -> bool:
    """Return whether a credit names the publisher of the document itself."""
    publisher = re.sub(r"\s*\([^)]*\)|\s+[-–—|]\s.*$", "", document.publisher or "").strip()
    if not publisher:
        return False
    ours = outlets().get(publisher)
    own = fold_name(ours.name if ours is not None else publisher).removeprefix("the ").removesuffix("com")
    theirs = fold_name(credited).removeprefix("the ").removesuffix("com")
    if own == theirs or _initials(theirs) == own.replace(" ", "") or _initials(own) == theirs:
        return True
    rest = set(own.split()) - set(theirs.split())
    return set(theirs.split()) <= set(own.split()) and rest <= _EDITION


def _initials(name: str) -> str:
    words = name.split()
    return "".join(w[0] for w in words) if len(words) > 1 else ""


# --- texts, posts, platforms -----------------------------------------------------------------------------------------


@cache
def _platforms() -> frozenset[str]:
    return frozenset(n for n, o in outlets().items() if o.kind == "social" and n not in ("Threads", "Gab"))


def find_texts(words: Sequence[Word]) -> Iterator[Phrase]:
    """Yield the texts, posts and platforms of a sentence."""
    for at, word in enumerate(words):
        if word.text in _platforms():
            page = at + 1 < len(words) and words[at + 1].low in _PAGES
            if page or not _goes_on(words, at):
                yield Phrase(at, at + 1 + page, "platform", "social", word.text)
                continue
        found = head_of(word.low)
        if found is None or word.upos in ("VERB", "AUX", "ADV", "ADP") or _goes_on(words, at):
            continue
        head, type_ = found
        first = phrase_start(words, at)
        before = [w.low for w in words[first:at]]
        if before and f"{before[-1]} {head}" in words_of("written"):
            head = f"{before[-1]} {head}"
        elif word.text[0].isupper() and not _is_no_name(words, at):
            continue  # "the Sunday Statement", "the Washington Post", "Bill Lowe", "Article 5"
        name = clean(" ".join(w.text for w in words[first : at + 1]))
        kind: CreditKind = "document" if type_ == "text" else "social"
        if any(w.text in _platforms() for w in words[first:at]):
            kind = "social"
        weak = head in words_of("weak") and not _is_said_which(words, first, at)
        yield Phrase(first, at + 1, type_, kind, name, head=head, loose=weak)
    for at, word in enumerate(words[:-1]):
        if word.low == "social" and words[at + 1].low == "media" and not _goes_on(words, at + 1):
            yield Phrase(at, at + 2, "platform", "social", "social media")


def _is_no_name(words: Sequence[Word], at: int) -> bool:
    """Return whether a word with a capital is a plain noun: it opens its sentence, or a platform stands before it."""
    before = words[at - 1].text if at else ""
    lone = words[at].upos != "PROPN" and not (at + 1 < len(words) and words[at + 1].text[0].isupper())
    return before in _platforms() or words[at].low == "census" or (lone and at <= 1)


def _is_said_which(words: Sequence[Word], first: int, at: int) -> bool:
    """Return whether a phrase has more than a determiner before its head: "court papers", "the June decision"."""
    return any(w.low not in listed_determiners() for w in words[first:at])


def head_of(low: str) -> tuple[str, Type] | None:
    """Return the listed noun of which a word is a form, and what it is of, or None."""
    for form in () if low in words_of("plural") else (low, *_singulars(low)):
        if form in words_of("posted"):
            return form, "post"
        if form in words_of("written") or form in words_of("counted"):
            return form, "text"
    return None


def _singulars(low: str) -> tuple[str, ...]:
    if low.endswith("ies"):
        return (low[:-3] + "y",)
    if low.endswith(("shes", "ches", "xes")):
        return (low[:-2],)
    return (low[:-1],) if low.endswith("s") and not low.endswith("ss") else ()


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Return whether the noun phrase goes on behind a word, so that the word is not its head: "report card"."""
    if at + 1 >= len(words):
        return False
    follows = words[at + 1]
    if not follows.text[0].isalnum() or words[at].end + 1 < follows.start:
        return False
    if follows.low in listed_days():
        return False
    if follows.upos:
        shows = follows.low in PLAINLY_SHOW and (at + 2 >= len(words) or not words[at + 2].text[0].isalnum())
        return follows.upos == "NOUN" and not follows.low.endswith("ing") and not shows
    return head_of(follows.low) is not None or follows.low in words_of("newsroom") or follows.low in _PARTS_OF_PAGE


# Verbs that a tree takes for nouns at the end of a sentence: "…, police records show."
PLAINLY_SHOW = frozenset(
    ["show", "shows", "say", "says", "suggest", "suggests", "indicate", "indicates", "reveal", "reveals"]
)
_PAGES = frozenset(["page", "account", "profile", "feed", "timeline"])
_PARTS_OF_PAGE = _PAGES | frozenset(["user", "users", "followers", "friends", "writer", "writers", "card"])
_MODIFIER_POS = frozenset(["ADJ", "NOUN", "PROPN", "NUM", "X", "DET", "PRON", "PART", "ADV"])
_STOPS = frozenset({
    "and", "or", "but", "who", "which", "that", "said", "says", "was", "were", "is", "are", "has", "have", "had",
    "to", "of", "in", "on", "at", "by", "for", "from", "with", "as", "after", "before", "when", "while", "if",
    "than", "about", "this", "not", "into", "over", "under", "during", "through", "via", "per", "according",
    "citing", "it", "he", "she", "they", "we", "i", "you", "him", "them", "us", "me", "so", "because", "though",
    "although", "where", "whose", "what", "how", "why", "there", "then", "will", "would", "could", "can", "may",
    "might", "shall", "should", "be", "been", "being", "do", "does", "did", "its",
})  # fmt: skip


@cache
def listed_determiners() -> frozenset[str]:
    return frozenset({
        "the", "a", "an", "his", "her", "its", "their", "our", "my", "this", "that", "these", "those", "one",
        "another", "some", "several", "any", "both", "each", "every", "newly", "new", "other", "various", "latest",
        "recent", "such", "same", "own",
    })  # fmt: skip


@cache
def listed_days() -> frozenset[str]:
    return frozenset({
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today",
        "tonight", "late", "early", "last", "this",
    })  # fmt: skip


def phrase_start(words: Sequence[Word], at: int) -> int:
    """Return the first word of the noun phrase whose head is the word at `at`: its determiner, or whose it is."""
    first = at
    while first > 0 and at - first < 7:
        word = words[first - 1]
        if not word.text[0].isalnum() or word.end + 1 < words[first].start:
            break
        if word.low in listed_determiners() and word.low not in (
            "new",
            "newly",
            "other",
            "own",
            "latest",
            "recent",
            "same",
        ):
            first -= 1
            break
        if word.low in _STOPS or (word.upos and word.upos not in _MODIFIER_POS and not _is_participle(word)):
            break
        if word.upos == "PRON" and not word.low.endswith("'s"):
            break
        if word.upos == "ADV" and not word.low.endswith("ly"):
            break
        first -= 1
    return first


def _is_participle(word: Word) -> bool:
    return word.relation == "amod" or (not word.relation and word.low.endswith("en"))


def clean(words: str) -> str:
    return " ".join(words.split()).removeprefix("the ").removeprefix("The ")
