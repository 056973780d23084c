"""Credits: words that name another publisher, agency, document, post or person as where something comes from.

A person's own statement, speech or e-mail is that person speaking and no credit; a body's statement, a court's papers
and a post on a platform are documents that anybody could read, and are. What a publisher was told itself is marked
`own`.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from wirecheck.annotators import Annotator
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Credit, Document
from wirecheck.model.annotation import CreditKind
from wirecheck.text.gazetteer import fold_name, listed, load_list, outlets

_ADVERB = (
    r"(?:(?:also|first|later|earlier|separately|initially|previously|exclusively|reportedly|recently|has|have|had|is|was|"
    r"then|now)\s)*"
)
_ACTIVE = r"(?:(?:also|first|later|earlier|previously|reportedly|recently|clearly|has|have|had|then|now)\s)*"
_DETERMINER = (
    r"(?:the|The|a|A|an|An|his|His|her|Her|its|Its|their|Their|several|some|one|newly|new|those|these|other|various)"
)
_LETTERS = r"[^\W\d_][\w’'.&-]*"
_CAPITAL = r"[A-Z][\w’'.&-]*"


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    credited: str
    kind: CreditKind
    own: bool = False


def find_credits(reading: Reading, annotations: Annotations) -> Iterator[Credit]:
    """Yield the credits of a reading, the longest first where two overlap."""
    document = reading.document
    titled = reading.title_sentence
    for sentence in reading.sentences:
        text = reading.words(sentence.start, sentence.end)
        found = sorted(_find_in(text, document, annotations, sentence.start), key=lambda f: (f.start, -f.end, f.kind))
        end = -1
        for one in found:
            if one.start < end or (sentence is titled and one.kind == "social"):
                continue
            end = one.end
            yield Credit(
                reading.span(sentence.start + one.start, sentence.start + one.end),
                one.credited,
                one.kind,
                own=one.own,
                covers=reading.span(sentence.start, sentence.end),
            )
    yield from _find_in_furniture(document)


def _find_in(text: str, document: Document, annotations: Annotations, offset: int) -> Iterator[_Found]:
    yield from _find_outlets(text, document)
    yield from _find_documents(text, document, annotations, offset)
    yield from _find_posts(text, document)
    yield from _find_unnamed(text)
    yield from _find_spoken_of(text, document, offset)


# --- publishers, agencies, broadcasters ------------------------------------------------------------------------------


@cache
def _words(name: str) -> tuple[str, ...]:
    data = tomllib.loads(resources.files("wirecheck.annotators").joinpath("data", "crediting.toml").read_text("utf-8"))
    words: list[str] = data[name]["words"]
    return tuple(sorted(set(words), key=lambda w: (-len(w), w)))


def _any(words: Any) -> str:
    return "(?:" + "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


@cache
def _outlet_names() -> str:
    """Return the pattern of an outlet's name: a known one, or one with a telling last word."""
    known = [
        name for name, outlet in outlets().items() if outlet.kind != "social" and name not in listed("loose_outlets")
    ]
    lists = load_list("outlets")["words"]
    publisher = _any(lists["publisher"])
    broadcast = _any(lists["broadcast"])
    agency = _any(lists["agency"])
    return (
        "(?:"
        + _any(known)
        # "told the Atlantic": the article of a name in small letters.
        + "|the\\s"
        + _any(n[4:] for n in known if n.startswith("The ") and n[4:] not in known)
        + rf"|(?:[Tt]he\s)?(?:{_CAPITAL}\s){{1,4}}{publisher}(?![\w’'-])"
        + rf"|(?:[Tt]he\s)?(?:{_CAPITAL}\s){{1,4}}{broadcast}(?![\w’'-])"
        + rf"|(?:{_CAPITAL}\s){{1,3}}{agency}"
        + rf"|(?:news|press)\sagency\s{_CAPITAL}(?:\s{_CAPITAL})?"
        + rf"|(?:newspaper|magazine|broadcaster|tabloid|daily|weekly|website)\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}"
        + rf"|(?:{_CAPITAL}\s){{1,3}}(?:newspaper|magazine|radio|television|news\sagency|broadcaster|tabloid|daily)"
        + rf"(?:\s{_CAPITAL}){{0,2}}"
        + r"|[KW][A-Z]{2,3}(?:-TV|-FM|-AM)"
        + r"|(?:[Ll]ocal|[Ss]tate|[Ss]tate-run|[A-Z][a-z]+(?:ian|ese|ish|i|an|ch))\s"
        + r"(?:media|news\smedia|television|TV|radio|newspapers?|press)"
        + r")"
    )


@cache
def _loose_names() -> str:
    loose = [n for n in listed("loose_outlets") if n in outlets()]
    return _any([*loose, *(f"{n} magazine" for n in loose)])


@cache
def _outlet_name() -> re.Pattern[str]:
    """Return the pattern of an outlet in a text; group `loose` tells names that are everyday words too."""
    return re.compile(rf"(?<![\w’'-])(?:[Tt]he\s)?(?:{_outlet_names()}|(?P<loose>{_loose_names()}))(?![\w-])")


@dataclass(frozen=True)
class _Surroundings:
    """What makes an outlet a credit: words that end right before it, or begin right behind it."""

    told: re.Pattern[str]
    of: re.Pattern[str]
    reports: re.Pattern[str]
    loosely: re.Pattern[str]
    inverted: re.Pattern[str]
    inside: re.Pattern[str]
    work: re.Pattern[str]
    found: re.Pattern[str]
    contributed: re.Pattern[str]


@cache
def _surroundings() -> _Surroundings:
    verb = _any(_words("reporting"))
    return _Surroundings(
        told=re.compile(
                r"\b(?:told|tells|telling|speaking\s(?:to|with|on)|spoke\s(?:to|with|on)|talking\sto"
                r"|talked\sto|confirmed\sto|"
                r"interview(?:s|ed)?\s(?:\w+\s){0,3}?(?:with|on|to|by|for)|interviewed\s(?:by"
                r"|on)|appear(?:ed|ing|ance)\s(?:\w+\s)?on|"
                r"statement\sto|comments?\sto|remarks\sto|op-ed\s(?:in|for)|essay\s(?:in|for)"
                r"|column\s(?:in|for)|a\sguest\son|"
                r"press\sconference\s(?:on|carried\sby)|live\son|aired\s(?:on|by)|broadcast\s(?:on"
                r"|by)|(?:said|says)\s(?:\w+\s){0,4}?(?:to|on))\s$"
        ),
        of=re.compile(
                r"(?:\b[Aa]ccording\sto|\b[Aa]s\s(?:first\s)?reported\s(?:\w+\s)?(?:by|in)"
                r"|\b(?:(?:first|originally|initially)\s)?reported\s(?:\w+\s)?(?:by|in)|"
                r"\bobtained\sby|\breviewed\sby|\bseen\sby|\bpublished\s(?:\w+\s){0,2}?(?:by"
                r"|in|on)|\b[Cc]iting|\bcited\sby|\bquoted\s(?:by|in)|\bcarried\sby|"
                r"\b(?:report|reports|story|article|investigation|analysis|poll|survey|account"
                r"|coverage|reporting)\s(?:\w+\s){0,2}?(?:by|in|from|on|of)|"
                r"\btally\sby|\bcount\sby|\bposted\s(?:by|on)|\brevealed\sby|\bconducted\sby"
                r"|\bcommissioned\sby)\s(?:an?\s)?$"
        ),
        reports=re.compile(rf"(?:[’']s\s(?:{_CAPITAL}\s){{1,3}})?,?\s?(?:(?:which|who)\s)?{_ADVERB}{verb}(?![\w-])"),
        loosely=re.compile(rf"\s{_ADVERB}(?:report|reports|reported|reporting|wrote|revealed)\b"),
        inverted=re.compile(r"\b(?:said|reported|wrote|says|reports)\s$"),
        inside=re.compile(r"\bin\s(?:an?\s)?$"),
        work=re.compile(r"\s(?:interview|poll|survey|report|article|story|op-ed|editorial|analysis)\b"),
        found=re.compile(
                r"\s(?:report|investigation|poll|survey|analysis|tally)\s(?:\w+\s)?(?:says"
                r"|said|found|showed|shows|revealed)\b"
        ),
        contributed=re.compile(
            r"(?:\s(?:and|also|writers?|staff|reporters?)\s?[\w ,]*)?\scontributed\sto\sthis\s(?:report"
            r"|story|article)"
        ),
    )  # fmt: skip


_DATELINE = re.compile(
    r"^(?P<place>[A-Z][\w .,’'-]{0,48}?)?\s?\((?P<outlet>[A-Z][\w ./&’'-]{1,30})\)\s?(?:[-–—]+|\s[-–—])\s?"
)


def _find_outlets(text: str, document: Document) -> Iterator[_Found]:
    dateline = _DATELINE.match(text)
    known = dateline is not None and (
        dateline["outlet"] in outlets() or dateline["outlet"].isupper() or " " in dateline["outlet"]
    )
    if dateline is not None and (known or dateline["place"]) and not re.search(r"\d", dateline["outlet"]):
        start = dateline.start("outlet") - 1
        end = dateline.end("outlet") + 1
        yield from _credit_outlet(start, end, dateline["outlet"], document, "agency")
    for match in re.finditer(r"\b[Ii]t\swas\sreported\sthat\b", text):
        yield _Found(match.start(), match.end(), "a report that is not named", "publisher")
    following: tuple[int, bool] = (-1, False)
    for match in reversed(list(_outlet_name().finditer(text))):
        found = _outlet_credit(text, match)
        if (
            found is None
            and following[1]
            and re.fullmatch(r",|,?\s(?:and|or)", text[match.end() : following[0]].rstrip())
        ):
            found = match.span()  # "CNN and The Washington Post reported"
        following = (match.start(), found is not None)
        if found is not None:
            yield from _credit_outlet(*found, match.group(), document, "")


def _outlet_credit(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Return the characters of a credit around the name of an outlet, or None where it is only mentioned."""
    around = _surroundings()
    start, end = match.span()
    before = text[max(0, start - 64) : start]
    alone = " " not in match.group().removeprefix("the ").removeprefix("The ")
    if alone and re.match(r"\sof\s(?:the\s)?[A-Z]", text[end : end + 9]):
        return None  # "the Journal of the Harbour Society"
    left = around.told.search(before) or around.of.search(before)
    work = around.work.match(text, end)
    if left is not None:
        return start - len(before) + left.start(), work.end() if work is not None else end
    if match["loose"] is not None:
        told = around.loosely.match(text, end) if re.search(r"[a-z,”\"’]\s$", before) else None
        return (start, told.end()) if told is not None else None
    right = around.reports.match(text, end) or around.found.match(text, end) or around.contributed.match(text, end)
    if (
        right is not None
        and (
            re.search(r"\bcalled\son\b", text[right.start() : right.end() + 4])  # "called on the mayor to resign"
            or (
                re.match(r",\s(?!which|who)", text[end : end + 8])
                and re.search(
                    r"\b(?:writer|reporter|editor|columnist|correspondent|journalist)\s(?:for|at|of|with)\s$", before
                )
            )
        )
    ):
        right = None  # "Roe, a writer for the Herald, added": she does
    if right is not None and text[end : end + 1] in (" ", ",", "’", "'"):
        return start, right.end()
    left = around.inside.search(before)
    if left is not None and work is not None:
        return start - len(before) + left.start(), work.end()
    left = around.inverted.search(before)
    if left is not None and text[end : end + 1] in (".", ",", ";"):
        return start - len(before) + left.start(), end
    return None


def _credit_outlet(start: int, end: int, name: str, document: Document, default: str) -> Iterator[_Found]:
    name = name.rstrip(".,") if not re.search(r"\b[A-Z]\.$", name) else name
    bare = name.removeprefix("the ").removeprefix("The ")
    outlet = outlets().get(name) or outlets().get("The " + bare) or outlets().get(bare)
    if outlet is not None:
        kind: str = outlet.kind
        credited = outlet.name
    else:
        kind, credited = default or _kind_of(bare), name
    yield _Found(start, end, credited, kind, own=is_own(credited, document))  # type: ignore[arg-type]


def _kind_of(name: str) -> str:
    lists = load_list("outlets")["words"]
    if re.search(r"[Nn]ews agency|[Pp]ress agency|" + "|".join(map(re.escape, lists["agency"])), name):
        return "agency"
    last = name.split()[-1]
    if (
        last in lists["broadcast"]
        or last.casefold() in ("radio", "television", "tv", "broadcaster")
        or re.search(r"[KW][A-Z]{2,3}-", name)
    ):
        return "broadcast"
    return "publisher"


def is_own(credited: str, document: Document) -> bool:
    """Return whether a credit names the publisher of the document itself."""
    publisher = re.sub(r"\s*\([^)]*\)|\s+[-–—|]\s.*$", "", document.publisher or "").strip()
    if not publisher:
        return False
    ours = outlets().get(publisher)
    own = fold_name(ours.name if ours is not None else publisher).removeprefix("the ").removesuffix("com")
    theirs = fold_name(credited).removeprefix("the ").removesuffix("com")
    if own == theirs or "".join(w[0] for w in theirs.split()) == own.replace(" ", ""):
        return True
    rest = set(own.split()) - set(theirs.split())
    return set(theirs.split()) <= set(own.split()) and rest <= {
        "online",
        "news",
        "tv",
        "website",
        "magazine",
        "digital",
        "web",
    }


# --- documents -------------------------------------------------------------------------------------------------------


@cache
def _document_noun() -> str:
    words = list(_words("document"))
    plurals = [
        w
        if w in ("data", "census")
        else w[:-1] + "ies"
        if w.endswith("ry") and w != ""
        else w + "es"
        if w.endswith(("s", "sh", "ch"))
        else w + "s"
        for w in words
    ]
    forms = [*words, *plurals]
    return _any([*forms, *(w.capitalize() for w in forms)])


_MODIFIERS = (
    r"(?:(?!(?:and|or|but|who|which|that|said|says|was|were|is|are|has|have|had|to|of|in|on|at|by|for|from|with|as|after|"
    rf"before|when|while|if|than|about|the|a|an|this|not)\b){_LETTERS}\s){{0,5}}?"
)


@cache
def _document_patterns() -> dict[str, re.Pattern[str]]:
    noun, shown, filed = _document_noun(), _any(_words("shown")), _any(_words("filed"))
    issuer = _any(_words("issuers"))
    return {
        "according": re.compile(
            rf"\b[Aa]ccording\sto\s(?:{_DETERMINER}\s)?(?P<noun>{_MODIFIERS}{noun})\b"
                rf"(?P<rest>\s(?:of|from|by|in|with|obtained|filed|released|published|posted"
                rf"|issued|seen|reviewed|provided|compiled|made)\b[^,.;”\"]{{0,60}})?"
        ),
        "source": re.compile(
            rf"\b[Aa]ccording\sto\s(?P<noun>(?:the\s)?(?:{_CAPITAL}\s){{1,4}}(?:Census"
            rf"|Archive|Archives|Index|Tracker|Database|Registry|Register|Survey\sof|Report"
            rf"|Poll|Project|Barometer))\b"
        ),
        "research": re.compile(
                rf"\b(?:[Aa]ccording\sto|data\s(?:from|by)|research\s(?:from|by)|(?:survey"
                rf"|poll|report|figures|estimates)\s(?:\w+\s)?(?:from|by))\s(?:the\s|research\sfirm\s"
                rf"|pollster\s|market\sresearcher\s)*(?P<noun>{_any(load_list('outlets')['research']['names'])})(?!["
                rf"A-Za-z])"
        ),
        "subject": re.compile(
            rf"(?P<lead>^|[\s“\"(])(?P<noun>(?:{_DETERMINER}\s)?{_MODIFIERS}{noun})"
                rf"(?P<rest>(?:\s(?:of|from|by|with|filed|released|unsealed|issued|made|published"
                rf"|obtained|posted|submitted|that|accompanying|prepared|in)\b[^.,;:”\"]{{0,60}}?(?:,[^.,;:”\"]{{0,4"
                rf"0}},)?)?)"
            rf",?\s{_ACTIVE}(?P<verb>{shown})\b"
        ),
        "ones": re.compile(
            rf"\b(?P<noun>[Tt]he\s(?:new|latest|other|earlier|newer|older)\sones)\s{_ADVERB}(?P<verb>{shown})\b"
        ),
        "inside": re.compile(
            rf"\b[Ii]n\s(?:{_DETERMINER}\s)?(?P<noun>{_MODIFIERS}{filed})\b(?P<rest>[^.;:”\"]{{0,60}}?,\s[^;:”\"]{{0"
            rf",110}}?\b(?:said|wrote|alleged|argued|disclosed|stated|acknowledged|asked)\b)"
        ),
        "said": re.compile(
            rf"\b(?:said|wrote|announced|stated|disclosed|acknowledged|reported|warned"
            rf"|alleged|revealed|argued)\s(?:\w+\s){{0,2}}?in\s(?:an?|the|its|their|his"
            rf"|her|newly|recent|several)?\s?(?P<noun>{_MODIFIERS}{filed})\b(?:\s(?:issued"
            rf"|filed|released|published|to|on|with)\b[^,.;”\"]{{0,40}})?"
        ),
        "body": re.compile(
            rf"\b(?P<who>(?:{_LETTERS}\s){{1,6}})(?P<verb>said|announced|confirmed|added"
            rf"|reported)\s(?:\w+\s){{0,2}}?in\s(?:an?|its|their|the)\s(?P<noun>(?:\w+\s){{0,3}}(?:statement"
            rf"|release|notice|communique|bulletin|advisory|report|update))\b"
        ),
        "from": re.compile(
            rf"\b(?:statement|(?:news|press)\srelease|communique|communiqué|notice|bulletin)\s(?:\w+\s){{0,2}}?(?:fr"
            rf"om|by|of)\s(?P<who>(?:the\s)?(?:{_LETTERS}\s){{0,4}}{issuer})\b"
        ),
        "site": re.compile(
            r"\b(?:said|announced|posted|wrote|stated|reported|published|listed|confirmed)\s(?:[\w’'-]+\s){0,4}?on\s"
            r"(?P<noun>(?:its|the|their|his|her)\s(?:\w+\s){0,3}?(?:[Ww]eb\s?site|[Ww]eb\spage"
            r"|blog|home\s?page))\b"
        ),
        "via": re.compile(
            r"\bvia\s(?:an?|the|its)\s(?P<noun>(?:\w+\s){0,3}?(?:news\srelease|press\srelease"
            r"|statement|notice|newsletter))\b[^,.;]{0,60}"
        ),
        "obtained": re.compile(
            rf"\b(?:a\scopy\sof\s)?(?:the|a|an)\s(?P<noun>{_MODIFIERS}(?:letter|document"
            rf"|memo|report|e-?mail|recording|transcript|copy|filing))s?,?\s(?:that\swas\s"
            rf"|which\swas\s)?(?:obtained|reviewed|seen|viewed)\sby\s(?P<who>(?:[Tt]he\s)?{_CAPITAL}(?:\s{_CAPITAL})"
            rf"{{0,3}})"
        ),
    }  # fmt: skip


@cache
def _issuers() -> re.Pattern[str]:
    return re.compile(_any(_words("issuers")) + r"\b", re.IGNORECASE)


def _find_documents(text: str, document: Document, annotations: Annotations, offset: int) -> Iterator[_Found]:
    patterns = _document_patterns()
    for match in patterns["research"].finditer(text):
        yield _Found(match.start(), match.end(), match["noun"], "document")
    for name in ("according", "source"):
        for match in patterns[name].finditer(text):
            last = match["noun"].split()[-1]
            if name == "according" and last[0].isupper() and last not in ("Census", "Register"):
                continue  # a name: "according to the Geological Survey"
            if last in ("reports", "rules", "rule", "papers") and " " not in match["noun"].replace("some ", ""):
                continue  # "according to reports": publishers that are not named
            yield _Found(match.start(), match.end("noun"), _clean(match["noun"]), "document")
    at = 0
    while (subject := patterns["subject"].search(text, at)) is not None:
        noun = subject["noun"]
        at = subject.start("noun") + 1
        if _is_document_subject(noun, subject, text):
            yield _Found(subject.start("noun"), subject.end("verb"), _clean(noun), "document")
            at = subject.end("verb")
    for match in patterns["ones"].finditer(text):
        yield _Found(match.start(), match.end(), _clean(match["noun"]), "document")
    for name in ("inside", "said", "site", "via"):
        for match in patterns[name].finditer(text):
            yield _Found(
                match.start(), match.end("noun") if name != "inside" else match.end(), _clean(match["noun"]), "document"
            )
    for match in patterns["body"].finditer(text):
        who = match["who"].split()
        if _issuers().fullmatch(who[-1]) or (who[-1].isupper() and len(who[-1]) > 2):
            begin = match.end("who") - len(who[-1]) - 1
            yield _Found(begin, match.end(), f"{match['noun']} of {_clean(match['who'])}", "document")
    for match in patterns["from"].finditer(text):
        if _HEAD_OF.search(match["who"]):
            continue  # "a statement from the head of the agency": a person's
        yield _Found(match.start(), match.end(), _clean(match.group()), "document")
    for match in patterns["obtained"].finditer(text):
        yield _Found(match.start(), match.end(), _clean(match["noun"]), "document", own=is_own(match["who"], document))


_HEAD_OF = re.compile(r"\b(?:head|chief|chair\w*|director|president|leader|secretary|minister|member|spokes\w+)\sof\b")
_EVERYDAY = re.compile(
    r"(?:reports?|figures?|records?|rules?|papers?|lists?|returns?|drafts?|briefs?|logs?|minutes?|releases?|notices?|"
    r"statistics|registers?|archives?|motions?|surveys?)$",
    re.IGNORECASE,
)
_NO_DOCUMENT = re.compile(
    r"\b(?:photos?|pictures?|track|world|criminal|box|school|home|newspaper|media"
    r"|news|said|broke|set|ground|both)\s?\w*$"
    r"|(?:^|\s)(?:polls|studies|surveys|statements|some|several|both|many|most|latest|recent|other)\b",
    re.IGNORECASE,
)
# What may stand before the subject of a clause.
_CLAUSE_BEGINS = re.compile(
    r"(?:^|[,;:—–(“\"‘’”…]|--)\s*(?:\w+ly,?\s)?$|\b(?:and|but|that|as|while|because"
    r"|since|after|before|when|although|though|"
    r"where|if|however|so|day|week|month|year|later|ago|meanwhile|also|additional)\s*$",
    re.IGNORECASE,
)
_OBJECT = ("showing", "indicating", "revealing", "stating")


def _is_document_subject(noun: str, match: re.Match[str], text: str) -> bool:
    """Return whether the noun before a verb is a document that is credited.

    It must open its clause ("The returns show"), or be what somebody shows ("a list showing that"); "the statement
    said" behind a quotation is mostly a person's.
    """
    words = noun.split()
    if words[-1][0].isupper() and match.start("noun") > 0 and words[-1] not in ("Census", "Register"):
        return False  # a name: "the Geological Survey"
    head, verb = words[-1].casefold(), match["verb"].casefold()
    if _NO_DOCUMENT.search(noun) and head not in ("documents", "filings"):
        return False
    if match["rest"] and re.search(r"\b(?:who|which|whose|of law)\b|\b(?:was|were|is|are|be|been)$", match["rest"]):
        return False
    if verb not in _OBJECT and _CLAUSE_BEGINS.search(text[: match.start("noun")]) is None:
        return False
    if verb.endswith("ing") and verb not in _OBJECT:
        return False
    if re.match(r"statements?$", head) and len(words) <= 2:
        return re.search(r"[”\"’],?\s*$", text[: match.start("noun")]) is None
    if _EVERYDAY.search(noun):
        return (
            len(words) > 1 or verb.endswith("ing") or (match["rest"] != "" and head in ("records", "papers", "returns"))
        )
    return True


def _clean(words: str) -> str:
    return " ".join(words.split()).removeprefix("the ").removeprefix("The ")


# --- posts -----------------------------------------------------------------------------------------------------------


@cache
def _post_patterns() -> tuple[re.Pattern[str], ...]:
    platform = _any(
        [n for n, o in outlets().items() if o.kind == "social" and n not in ("Threads", "Gab", "Telegram")]
        + ["Telegram", "X"]
    )
    post = (
        r"(?:tweets?|retweet|post|posts|posting|message|messages|video|thread|live\s?stream|entry|update|comment|note|"
        r"photo|statement)"
    )
    which = rf"(?P<platform>{platform})"
    day = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s)?"
    someone = r"(?:an?|his|her|its|their|the|another|one|several|two|three|separate)"
    said = (
        r"(?:said|wrote|writes|posted|announced|shared|tweeted|added|responded|replied|declared|claimed|blasted|"
        r"criticized|warned|stated|says|published)"
    )
    return (
        re.compile(
            rf"\b(?:[Ii]n|[Vv]ia|[Tt]hrough|[Bb]y)\s(?:{someone}|multiple)\s(?:\w+\s){{0,3}}?(?:series\sof\s)?(?:\w+"
            rf"\s)?(?:re)?tweets?\b"
        ),
        re.compile(
            rf"\b(?:[Ii]n|[Vv]ia|[Tt]hrough|[Oo]n)\s{someone}\s{day}(?:(?:official|personal"
            rf"|own|verified|campaign|now-deleted|public|private|\w+ing|social|media|recent"
            rf"|first)\s){{0,3}}?{which}(?:\s(?:page|account|profile|feed|platform))?\s?{post}?\b"
        ),
        re.compile(
            rf"\b(?:[Ii]n|[Vv]ia|[Tt]hrough)\s{someone}\s(?:[\w-]+\s){{0,3}}?{post}\s(?:to"
            rf"|on)\s(?:(?:his|her|its|their|the)\s)?(?:\w+\s){{0,2}}?{which}\b"
        ),
        re.compile(
            rf"\b{said}\s(?:[\w’'-]+\s){{0,4}}?(?:to|on|via|over)\s(?:(?:his|her|its|their"
            rf"|the)\s)?(?:\w+\s){{0,3}}?{which}\b"
        ),
        re.compile(rf"\b[Pp]ost(?:ing|ed)\s(?:to|on|in)\s(?:(?:his|her|its|their|the)\s)?(?:\w+\s){{0,3}}?{which}\b"),
        re.compile(
            r"\b(?:posted|wrote|said|announced|shared|published|posting)\s(?:[\w’'-]+\s){0,3}?(?:to"
            r"|on|via)\s(?:(?:his|her|its|their|the|a)\s)?(?:[\w-]+\s){0,6}?(?:social\smedia(?:\s(?:site"
            r"|page|platform|account|post))?|social\snetwork(?:ing)?\s?(?:site)?)\b"
        ),
        re.compile(r"\b[Ii]n\s(?:an?|his|her|its|their|several)\s(?:\w+\s){0,2}?social\s?-?media\sposts?\b"),
        re.compile(r"(?<=,\s)(?:via|through|on|over)\ssocial\smedia\b|^On\ssocial\smedia\b"),
        re.compile(
            rf"\b(?:His|Her|Its|Their)\s(?:\w+\s){{0,2}}?(?:{which})\s(?:message|post|announcement"
            rf"|statement)\b"
        ),
        re.compile(r"(?<=[”\"’]\s)(?:[\w.’'-]+\s){0,5}?(?:tweeted|retweeted)\b"),
        re.compile(rf"\b[Oo]n\s{which}(?=,\s)"),
        re.compile(r"\b(?:re)?tweeted(?=:|,\s[“\"]|\s(?:that|his|her|their|[“\"‘]|(?:on\s|late\s|early\s)?[A-Z][a-z]+day)\b)"),
        re.compile(
            r"[—–-]\s(?P<name>[^\n(—–]{2,40}?)\s\(@\w{2,20}\)\s(?:January|February|March|April|May|June|July|August"
            r"|September|October|November|December)\s\d{1,2},\s\d{4}"
        ),
    )  # fmt: skip


def _find_posts(text: str, document: Document) -> Iterator[_Found]:
    for pattern in _post_patterns():
        for match in pattern.finditer(text):
            platform = match.groupdict().get("platform")
            name = match.groupdict().get("name")
            outlet = outlets().get(name) if name is not None else None
            if outlet is not None:
                yield _Found(match.start(), match.end(), outlet.name, outlet.kind, own=is_own(outlet.name, document))
                continue
            if name is not None:
                platform = "Twitter"
            credited = platform or ("Twitter" if re.search("tweet", match.group(), re.IGNORECASE) else "social media")
            yield _Found(match.start(), match.end(), credited, "social")


# --- credits that name nobody ----------------------------------------------------------------------------------------

_REPORTS = re.compile(
    r"\b[Aa]ccording\sto\s(?:(?:several|some|various|multiple|local|media|news"
    r"|published|press|initial|earlier|unconfirmed|other)\s){0,3}"
    r"(?:media|reports|news\saccounts|press\saccounts)\b"
    r"|\b(?:[Mm]edia|[Nn]ews|[Ll]ocal|[Pp]ress|[Pp]ublished|[Ii]nitial)\s(?:media\s"
    r"|news\s)?reports\s(?:\w+\s)?(?:said|say|indicated?|suggest(?:ed)?|claimed"
    r"|emerged|showed)\b"
)
_FIRST = re.compile(
    r"\b(?:was|were)\s(?:the\s)?first\sto\s(?:report|publish|reveal)\b(?:\s(?:\w+\s){0,4}\w+)?"
    r"|\bfirst\sbroke\sthe\s(?:story|news)\b|\bbroke\sthe\sstory\b"
)
_CALL = re.compile(
    r"\b[Ii]n\s(?:a|the)\s(?:\w+\s){0,2}?conference\scall\swith\s(?:\w+\s){0,3}?(?:analysts"
    r"|investors|reporters|journalists)\b|\b[Oo]n\s(?:a|the)\s(?:\w+\s)?conference\scall\swith\s(?:\w+\s){0,3}?("
    r"?:analysts|investors|reporters|journalists)\b"
)
_INTERVIEWS = re.compile(
    r"\b[Ii]n\s(?:past|previous|earlier|recent|several|other|television|TV|radio)\s(?:\w+\s)?interviews?\b"
    r"|\b[Ii]n\san?\s(?:past|previous|earlier|recent|television|televised|TV|radio)\s(?:\w+\s)?interview\b"
)
_OWN = re.compile(
    r"\b(?:told|tells)\s(?:this\s(?:newspaper|website|publication|magazine|reporter"
    r"|paper)|our\s(?:correspondent|reporter|newspaper))\b|\b[Ii]n\san\s(?:exclusive\s)?interview(?=\s?(?:[,.;]"
    r"|on\s\w+day|\w+day))"
)


def _find_unnamed(text: str) -> Iterator[_Found]:
    for match in _REPORTS.finditer(text):
        yield _Found(match.start(), match.end(), "reports that are not named", "publisher")
    for match in _FIRST.finditer(text):
        yield _Found(match.start(), match.end(), "whoever reported it first", "publisher")
    for match in _CALL.finditer(text):
        yield _Found(match.start(), match.end(), "conference call", "broadcast")
    for match in _INTERVIEWS.finditer(text):
        yield _Found(match.start(), match.end(), "interviews elsewhere", "publisher")
    for match in _OWN.finditer(text):
        yield _Found(match.start(), match.end(), "own interview", "person", own=True)
    for match in re.finditer(
        rf"\b[Cc]orrespondent\s{_CAPITAL}(?:\s{_CAPITAL}){{1,2}}\s(?:remarked|said"
        rf"|says|reports|reported|noted|commented|added)\b",
        text,
    ):
        yield _Found(match.start(), match.end(), match.group().split(maxsplit=1)[1].rsplit(" ", 1)[0], "broadcast")


# Characters; no name of an outlet is longer.
_LONGEST_OUTLET = 400
_SPOKEN_OF = re.compile(
    r"\b(?:[Aa]ccording\sto\sthe\s(?:newspaper|paper|magazine|broadcaster|network)"
    r"|[Tt]he\s(?:newspaper|paper|magazine|broadcaster)\s(?:also\s|first\s|later\s)?(?:reported|reports|said|says|noted|notes|wrote"
    r"|writes|found|finds|added|adds|alleged|alleges|revealed|reveals|quoted|cited))\b"
)


def _find_spoken_of(text: str, document: Document, offset: int) -> Iterator[_Found]:
    """Yield "according to the newspaper" as a credit to the outlet that the document named last before it."""
    for match in _SPOKEN_OF.finditer(text):
        named = _outlet_before(document.text, offset + match.start())
        if named is not None:
            yield from _credit_outlet(match.start(), match.end(), named, document, "publisher")


def _outlet_before(text: str, end: int) -> str | None:
    """Return the outlet that a text names last before a place, everyday words aside, or None."""
    outlets_found = _list_outlets(text)
    at = bisect_right(outlets_found, end - _LONGEST_OUTLET, key=lambda m: m.end())
    # What stands right before the place is looked for again: a name must not reach beyond it.
    near = _outlet_name().finditer(text, outlets_found[at - 1].end() if at else 0, end)
    last = [m.group() for m in near if m["loose"] is None]
    if last:
        return last[-1]
    return next((m.group() for m in reversed(outlets_found[:at]) if m["loose"] is None), None)


@lru_cache(maxsize=4)
def _list_outlets(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_outlet_name().finditer(text))


_CONTRIBUTED = re.compile(
    r"(?P<outlet>(?:[Tt]he\s)?[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*){0,3})[^.\n]{0,60}?\scontributed\sto\sthis\s(?"
    r":report|story|article)"
)


def _find_in_furniture(document: Document) -> Iterator[Credit]:
    """Yield the credit of an agency in a closing line ("The Associated Press contributed to this report.")."""
    for span in document.furniture:
        for match in _CONTRIBUTED.finditer(document.text, span.start, span.end):
            bare = match["outlet"].removeprefix("The ").removeprefix("the ")
            outlet = outlets().get(match["outlet"]) or outlets().get("The " + bare) or outlets().get(bare)
            if outlet is not None:
                yield Credit(document.span(*match.span()), outlet.name, outlet.kind, own=is_own(outlet.name, document))


ANNOTATOR = Annotator(
    name="credits",
    version=2,
    kind="credits",
    summary="Other publishers, agencies, broadcasts, documents and posts that a document names as its source.",
    order=50,
    find=find_credits,
)
