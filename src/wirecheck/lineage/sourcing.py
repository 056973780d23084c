# ruff: noqa: E501 - a pattern is easier to check on one line
"""Where a document says that it has a point from: a credit, the agency of its text, a statement or post it quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from wirecheck.language.dossier import Dossier
from wirecheck.lineage.credits import list_credits
from wirecheck.lineage.publishers import author_agency, canonical_publisher, dateline_agency, names_publisher
from wirecheck.model import Credit, Quotation, Span

# A publication that quotes a speaker in so many words is one text, however many documents quote it.
_MEDIA = (
    ("statement", re.compile(r"\b(?:in|with|issued|released|put out) (?:a|an|his|her|its|their|the|another|separate) (?:\w+ ){0,3}(?:statement|release)\b|\bstatement (?:said|read|added|says|reads)\b|\b(?:press|news) release\b", re.IGNORECASE)),
    ("post", re.compile(r"\btweet(?:ed|s|ing)?\b|\bretweet\w*|\b(?:on|to|via|in|from) (?:\w+ ){0,3}(?:Twitter|Facebook|X|Truth Social|Instagram|Telegram|social media)\b|\b(?:Facebook|Twitter|Instagram|social media|blog) (?:post|message)s?\b|\bposted\b", re.IGNORECASE)),
    ("letter", re.compile(r"\b(?:in|sent) (?:a|an|his|her|its|their|the|open) (?:\w+ ){0,3}(?:letter|memo|memorandum)\b|\b(?:letter|memo) (?:said|read|says|reads)\b", re.IGNORECASE)),
    ("filing", re.compile(r"\b(?:in|according to|from) (?:(?:a|an|the|his|her|its|their|newly) ){0,2}(?:\w+ )?(?:(?:court|legal|charging) (?:papers|documents?|records?|filings?)|indictment|affidavit|complaint|lawsuit|filing|disclosure)\b|\b(?:(?:court|legal|charging) (?:papers|documents?|records?|filings?)|indictment|affidavit|complaint|lawsuit|filing) (?:said|says|read|reads|alleged?s?|stated?s?|show(?:ed|s)?)\b", re.IGNORECASE)),
    ("interview", re.compile(r"\bin an interview with\b|\btold (?:the )?[A-Z][\w.’']+", re.MULTILINE)),
)  # fmt: skip
_SHARED_MEDIA = ("statement", "post", "letter", "filing")
_CLASSES = (
    ("filing", re.compile(r"court|document|paper|record|filing|indictment|affidavit|complaint|plea", re.IGNORECASE)),
    ("returns", re.compile(r"return|disclosure", re.IGNORECASE)),
    ("statement", re.compile(r"statement|release|communiqu", re.IGNORECASE)),
    ("post", re.compile(r"tweet|twitter|facebook|post|instagram|social|telegram", re.IGNORECASE)),
    ("letter", re.compile(r"letter|memo|mail", re.IGNORECASE)),
    ("report", re.compile(r"report|study|survey|census|poll|data", re.IGNORECASE)),
)
_PERSONAL = ("statement", "letter", "post")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document has a point from: a key to compare by, how a reason names it, and the words that say so."""

    key: str
    label: str
    span: Span
    name: str = ""
    """The credited publisher, agency or broadcaster; "" for documents, posts and people."""


def list_sources(dossier: Dossier, document: str, spans: Sequence[Span]) -> list[Source]:
    """Return where a document says that it has the words of the spans from."""
    found: list[Source] = []
    sentences = [sentence_around(dossier, s) for s in spans]
    publisher = dossier.document(document).publisher or ""
    for credit in list_credits(dossier, document):
        if credit.own or names_publisher(credit.credited, publisher):
            continue
        reach = credit.covers if credit.covers is not None else credit.span
        if meets(reach, spans) or meets(credit.span, sentences) or _speaks_for_all(dossier, credit):
            name = credit.credited if credit.kind in ("agency", "publisher", "broadcast") else ""
            found.append(Source(_key_of(credit), _label_of(dossier, credit), credit.span, name))
    agency = find_agency(dossier, document)
    if agency is not None:
        found.append(agency)
    for quotation in list_quoted(dossier, spans):
        medium = find_medium(dossier, quotation)
        if medium is not None and medium[0] in _SHARED_MEDIA:
            speaker = quotation.speaker_name or ""
            named = speaker[:1].isupper()
            label = f"{_possessive(speaker)} {medium[0]}" if named else f"a {medium[0]}"
            if medium[0] == "filing":  # of whoever filed it, which need not be the one whose words stand there
                label = (
                    "court papers" if "court" in dossier.words(medium[1]).casefold() else "a document that was filed"
                )
            found.append(Source(f"{medium[0]}:{quotation.speaker or ''}", label, medium[1]))
    return found


def find_shared(left: Sequence[Source], right: Sequence[Source]) -> tuple[Source, Source] | None:
    """Return the source that two documents name alike, or None."""
    for ours in left:
        for theirs in right:
            if ours.key == theirs.key:
                return ours, theirs
    return None


def _key_of(credit: Credit) -> str:
    if credit.kind in ("document", "social"):
        what, _, whose = credit.credited.partition(" of ")
        for name, pattern in _CLASSES:
            if pattern.search(what):
                # Two people's statements are two: whose it is tells them apart where it is named.
                return f"{name}:{whose.split()[-1].casefold() if name in _PERSONAL and whose[:1].isupper() else ''}"
    return f"name:{canonical_publisher(credit.credited) or credit.credited.casefold()}"


def _label_of(dossier: Dossier, credit: Credit) -> str:
    """Return how a reason names what is credited: with its article, a description without the capital of its sentence."""
    name = credit.credited
    document = dossier.document(credit.span.document)
    reach = credit.covers if credit.covers is not None else credit.span
    words = document.text[min(reach.start, credit.span.start) : max(reach.end, credit.span.end)]
    match = re.search(rf"\b(?:(?P<article>an?|the)\s+)?{re.escape(name)}(?!\w)", words, re.IGNORECASE)
    article = match["article"].lower() if match is not None and match["article"] else ""
    first, _, rest = name.partition(" ")
    begins = match is None or match.start() == 0
    if credit.kind == "document" and begins and first.istitle() and rest == rest.lower():
        name = name[0].lower() + name[1:]
    noun = name.split(" of ")[0].split()[-1]
    has_own = re.match(r"(?:an?|the|its|his|her|their|whoever)\b|.*[’']s?\s", name, re.IGNORECASE)
    if has_own or (noun[0].isupper() and article != "the"):
        return name
    if article:
        return f"{article} {name}"
    if credit.kind != "document" or noun.endswith("s") or noun in ("data", "media"):
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def find_credit_to(dossier: Dossier, sources: Sequence[Source], giver: str) -> Source | None:
    publisher = dossier.document(giver).publisher
    if publisher is None:
        return None
    return next((s for s in sources if s.name and names_publisher(s.name, publisher)), None)


def find_agency(dossier: Dossier, document: str) -> Source | None:
    """Return the agency that a document names as the author of its text, where it is another publisher's."""
    value = dossier.document(document)
    found = dateline_agency(value)
    agency = found[0] if found is not None else author_agency(value)
    if agency is None or canonical_publisher(value.publisher or "") == canonical_publisher(agency):
        return None
    span = (
        value.span(found[1], found[2])
        if found is not None
        else (value.title_span or value.span(0, min(1, len(value.text))))
    )
    return Source(f"name:{canonical_publisher(agency)}", agency, span, agency)


def _speaks_for_all(dossier: Dossier, credit: Credit) -> bool:
    """Return whether a credit stands in the title or the first sentence, and so speaks for the document."""
    if credit.kind not in ("agency", "publisher", "broadcast"):
        return False
    words = dossier.words(credit.span)
    if "contribut" in words or re.match(r"(?:told|interview)\b", words):
        return False
    if credit.covers is None:
        return True
    others = dossier.annotations_of(credit.span.document).credits
    if any(
        c.kind in ("agency", "publisher", "broadcast") and not c.own and _key_of(c) != _key_of(credit) for c in others
    ):
        return False  # one of several sources speaks for its own sentence
    reading = dossier.reading(credit.span.document)
    at = reading.sentence_at(credit.span.start)
    return at is not None and at <= (reading.title_sentence is not None)


def find_medium(dossier: Dossier, quotation: Quotation) -> tuple[str, Span] | None:
    """Return the kind of text that a quotation comes from, where its sentence names one, and the words that do."""
    around = sentence_around(dossier, quotation.whole)
    document = dossier.document(quotation.document)
    for name, start, end in _list_media(document.text, around.start, around.end):
        if not any(c.start <= start < c.end for c in quotation.contents):
            return name, document.span(start, end)
    return None


@lru_cache(maxsize=1 << 14)
def _list_media(text: str, start: int, end: int) -> tuple[tuple[str, int, int], ...]:
    """Return the kinds of text that a sentence names, in the order of `_MEDIA`: each point asks for its quotations."""
    return tuple((name, *match.span()) for name, pattern in _MEDIA for match in pattern.finditer(text, start, end))


def find_text_quoted(dossier: Dossier, passage: Span) -> tuple[str, Span] | None:
    """Return the kind of published text that a shared quotation is from, where a document names one, and the words."""
    for quotation in dossier.quotations_touching(passage):
        medium = find_medium(dossier, quotation)
        if medium is not None and medium[0] in _SHARED_MEDIA:
            return medium
    return None


def list_quoted(dossier: Dossier, spans: Sequence[Span]) -> list[Quotation]:
    """Return the quotations that touch one of some spans of one document, by place."""
    found = {q.id: q for span in spans for q in dossier.quotations_touching(span)}
    return sorted(found.values(), key=lambda q: (q.whole.start, q.whole.end))


def sentence_around(dossier: Dossier, span: Span) -> Span:
    """Return the span from the first to the last sentence that a span touches; the span itself in furniture."""
    reading = dossier.reading(span.document)
    touched = list(reading.sentences_in(span.start, max(span.end, span.start + 1)))
    return reading.span(touched[0].start, touched[-1].end) if touched else span


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlap(o) > 0 for o in others)
