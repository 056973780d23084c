# ruff: noqa: E501 - a pattern is easier to check on one line
"""Origins: how many independent reports stand behind the whole, and behind each point.

Independence is never the default. Two documents share an origin where evidence says so (a shared passage, one credited
source, one statement, post or filing); they are independent only where each shows reporting of its own; in between, nothing is
established.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from wirecheck.language.dossier import Dossier
from wirecheck.lineage.credits import list_credits
from wirecheck.lineage.publishers import author_agency, canonical_publisher, dateline_agency, names_publisher
from wirecheck.model import (
    Actor,
    Credit,
    Decision,
    Independence,
    Origin,
    OriginGroup,
    Origins,
    Passage,
    Quotation,
    Reuse,
    Span,
)
from wirecheck.model.decision import Ruling
from wirecheck.text.gazetteer import titles

# Relations of lineage that make one origin of two documents as a whole.
_ONE_ORIGIN = ("version", "reprint", "rewrite", "common-source")
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
# What is said there anybody can quote.
_IN_PUBLIC = re.compile(
    r"\b(?:news|press) conference\b|\bbriefing\b|\bspeech\b|\bremarks\b|\brally\b|\bhearing\b|\btestif\w+|\btestimony\b|"
    r"\btold (?:reporters|journalists|lawmakers|senators|Congress|parliament|the court|jurors|supporters|a crowd|the crowd)\b|"
    r"\btown hall\b|\bdebate\b|\bon the floor\b|\bceremony\b|\bin court\b|\bkeynote\b|\b(?:on|in) (?:television|radio|TV)\b|"
    r"\b(?:book|memoir|essay|op-ed|column|article|video|podcast|documentary|wrote|writes)\b",
    re.IGNORECASE,
)
_SPEAKERS = frozenset(
    ["rep", "sen", "gov", "gen", "lt", "col", "adm", "rev", "spokesperson", "representative", "candidate", "nominee"]
)
_KIN = re.compile(
    r"(?:(?:eldest|oldest|younger|older|elder|youngest|step|ex-?|former|late)[ -]?)*(?:son|daughter|wife|husband|brother|"
    r"sister|father|mother|widow|aunt|uncle|niece|nephew|cousin|child|parent|spouse|twin)s?(?: of .+)?",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(
    r"[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|de|da|di|du|van|von|der|den|bin|al|el|la|le))+"
)
# ", a neurosurgeon at", ", who owns", ", 34,", " of Marl Street": what somebody is whom readers do not know.
_INTRODUCED = re.compile(
    r"\s?(?:\([^)]*\))?,\s(?:an?|one of|whose|\d{1,2}[,.]|who\s(?!was elected|said|told|added|is running)|(?:the\s)?"
    r"(?!said|says|told|added|and|but|in|on|to|at|as|for|with|by|while|when|where|after|before|however|too|also|then)"
    r"[a-z-]+\s(?:of|at|for|from|with|who|in)\b)|\s(?:of|from|with)\s(?:the\s)?[A-Z]"
)
# "news and analysis from the Herald" invites to read on.
_INVITES = re.compile(r"\b(?:analysis|news|updates?|more) from\b", re.IGNORECASE)
_LONGEST_QUOTE = 60
# Clauses of a reason, and names in a list of documents.
_MOST_SAID = 2
_MOST_NAMES = 5
# Words of a shared passage from which on it tells of one origin by itself; a shorter one may be a name with a title or a
# turn of phrase, and tells where the two share so many of their own words in all.
_TELLING_WORDS = 12
_TELLING_SHARED = 40
# Characters of a short clause.
_CLAUSE = 30


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a document has a point from: a key to compare by, how a reason names it, and the words that say so."""

    key: str
    label: str
    span: Span
    name: str = ""
    """The credited publisher, agency or broadcaster; "" for documents, posts and people."""


def list_origins(dossier: Dossier) -> tuple[Origin, ...]:
    """Return the origins behind the whole story: documents that derive from each other, or from one text, are one."""
    documents = [d.id for d in dossier.documents]
    groups = _Groups(documents, apart=_list_ruled(dossier, "other-origin"))
    for left, right, _ in _list_ruled(dossier, "same-origin"):
        groups.join(left, right)
    names: dict[str, str] = {}
    received: set[str] = set()
    by_text: dict[str, list[str]] = {}
    for lineage in dossier.lineage:
        if lineage.relation not in _ONE_ORIGIN:
            continue
        if lineage.source_is_document:
            groups.join(lineage.source, lineage.to)
            if lineage.directed:
                received.add(lineage.to)
        else:
            by_text.setdefault(lineage.source, []).append(lineage.to)
    for document in dossier.documents:
        agency = _agency_of(dossier, document.id)
        if agency is not None:
            by_text.setdefault(agency.label, []).append(document.id)
    for name, carriers in sorted(by_text.items()):
        for member in carriers:
            groups.join(carriers[0], member)
            names.setdefault(member, name)
    origins = []
    for number, members in enumerate(groups.list(), 1):
        first = [d for d in members if d not in received] or list(members)
        name = next((names[d] for d in members if d in names), dossier.shown(first[0]))
        origins.append(Origin(f"{dossier.story.id}-o{number}", name, tuple(members)))
    return tuple(origins)


def count_origins(dossier: Dossier, documents: Sequence[str], spans: Sequence[Span]) -> Origins:
    """Return how many origins stand behind the documents for the point that `spans` mark, and how that is known.

    `documents` are the ids that state the point; `spans` are their words for it. See `Origins` for how far the count
    may be trusted.
    """
    ids = sorted(set(documents), key=lambda d: (dossier.document(d).name, d))
    touched = {i: sorted(s for s in spans if s.document == i) for i in ids}
    groups = _Groups(ids, apart=_list_ruled(dossier, "other-origin"))
    links: list[_Link] = []

    def join(left: str, right: str, words: str, evidence: tuple[Span, ...], *, mutual: bool = True) -> None:
        if groups.join(left, right):
            links.append(_Link(left, right, words, evidence, mutual))

    for left, right, decision in _list_ruled(dossier, "same-origin"):
        join(left, right, f"are of one origin, as {decision.who} ruled on {decision.at[:10]}", ())
    sentences = {i: [_sentence_around(dossier, s) for s in touched[i]] for i in ids}
    shared_text = dossier.reuse_among(ids)
    for reuse in shared_text:
        for passage in reuse.passages:
            # A shared sentence around a quotation ("…," said X, a resident of Y) is as telling as one that states the point.
            if (
                not passage.quoted
                and _fills(passage.left, sentences[reuse.left])
                and _fills(passage.right, sentences[reuse.right])
                and _is_telling(dossier, reuse, passage)
            ):
                words = f"share the words “{_quote(dossier, passage.left)}”"
                join(reuse.left, reuse.right, words, (passage.left, passage.right))
                break
    for reuse in shared_text:
        for passage in reuse.passages:
            if (
                passage.quoted
                and _meets(passage.left, touched[reuse.left])
                and _meets(passage.right, touched[reuse.right])
            ):
                text = _text_quoted(dossier, passage.left) or _text_quoted(dossier, passage.right)
                if text is not None:
                    evidence = (passage.left, passage.right, text[1])
                    join(reuse.left, reuse.right, f"quote one {text[0]}", evidence)
                    break
    sources = {i: _list_sources(dossier, i, touched[i]) for i in ids}
    publishers = [dossier.document(i).publisher or "" for i in ids]
    for at, left in enumerate(ids):
        for right in ids[at + 1 :]:
            shared = _shared_source(sources[left], sources[right])
            if shared is not None and not any(names_publisher(shared[0].name, p) for p in publishers):
                ours, theirs = shared
                join(left, right, f"have it from {ours.label}", (ours.span, theirs.span))
            for giver, taker in ((left, right), (right, left)):
                credit = _credit_to_document(dossier, sources[taker], giver)
                if credit is not None:
                    join(taker, giver, "credits {} for it", (credit.span,), mutual=False)
    for lineage in dossier.lineage if len(ids) > 1 else ():
        if lineage.relation in ("version", "reprint") and lineage.source in touched and lineage.to in touched:
            words = "is a newer version of {}" if lineage.relation == "version" else "carries the text of {}"
            join(lineage.to, lineage.source, words, lineage.evidence, mutual=False)
    own = {i: _find_own_reporting(dossier, i, touched[i], credited=bool(sources[i])) for i in ids}
    built = [_describe(dossier, members, links, sources, own, touched) for members in groups.list()]
    return Origins(len(built), _judge(groups.list(), links, sources, own), tuple(built))


def _is_telling(dossier: Dossier, reuse: Reuse, passage: Passage) -> bool:
    """Return whether a shared passage of the documents' own words tells of one origin, by its length or by all shared."""
    if len(dossier.words(passage.left).split()) >= _TELLING_WORDS:
        return True
    return sum(len(dossier.words(p.left).split()) for p in reuse.passages if not p.quoted) >= _TELLING_SHARED


@dataclass(frozen=True, slots=True)
class _Link:
    """Why two documents share an origin: words that follow the names of both, or of `left` with `{}` for `right`."""

    left: str
    right: str
    words: str
    evidence: tuple[Span, ...]
    mutual: bool


def _list_ruled(dossier: Dossier, ruling: Ruling) -> list[tuple[str, str, Decision]]:
    """Return each two documents that a person ruled of one origin, or of two."""
    decisions = [d for d in dossier.decisions if d.ruling == ruling]
    return [(left, right, d) for d in decisions for left, right in combinations(d.documents, 2)]


class _Groups:
    """Disjoint groups of documents, in the order that they were given; no group has two that were ruled apart."""

    def __init__(self, members: Sequence[str], *, apart: Sequence[tuple[str, str, Decision]] = ()) -> None:
        self._order = {member: at for at, member in enumerate(members)}
        self._root = {m: m for m in members}
        self._apart = [(left, right) for left, right, _ in apart if left in self._root and right in self._root]

    def join(self, left: str, right: str) -> bool:
        """Return whether the two are in one group now."""
        if left not in self._root or right not in self._root:
            return False
        roots = {self._find(left), self._find(right)}
        if len(roots) == 2 and any({self._find(a), self._find(b)} == roots for a, b in self._apart):
            return False
        keep, drop = min(roots, key=self._order.__getitem__), max(roots, key=self._order.__getitem__)
        self._root[drop] = keep
        return True

    def list(self) -> list[tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for member in self._order:
            found.setdefault(self._find(member), []).append(member)
        return [tuple(members) for members in found.values()]

    def _find(self, member: str) -> str:
        while self._root[member] != member:
            member = self._root[member]
        return member


def _list_sources(dossier: Dossier, document: str, spans: Sequence[Span]) -> list[_Source]:
    """Return where a document says that it has the words of the spans from."""
    found: list[_Source] = []
    sentences = [_sentence_around(dossier, s) for s in spans]
    publisher = dossier.document(document).publisher or ""
    for credit in list_credits(dossier, document):
        if credit.own or names_publisher(credit.credited, publisher):
            continue
        reach = credit.covers if credit.covers is not None else credit.span
        if _meets(reach, spans) or _meets(credit.span, sentences) or _speaks_for_all(dossier, credit):
            name = credit.credited if credit.kind in ("agency", "publisher", "broadcast") else ""
            found.append(_Source(_key_of(credit), _label_of(dossier, credit), credit.span, name))
    agency = _agency_of(dossier, document)
    if agency is not None:
        found.append(agency)
    for quotation in _list_quoted(dossier, spans):
        medium = _medium_of(dossier, quotation)
        if medium is not None and medium[0] in _SHARED_MEDIA:
            speaker = quotation.speaker_name or ""
            named = speaker[:1].isupper()
            label = f"{_possessive(speaker)} {medium[0]}" if named else f"a {medium[0]}"
            if medium[0] == "filing":  # of whoever filed it, which need not be the one whose words stand there
                label = (
                    "court papers" if "court" in dossier.words(medium[1]).casefold() else "a document that was filed"
                )
            found.append(_Source(f"{medium[0]}:{quotation.speaker or ''}", label, medium[1]))
    return found


def _shared_source(left: Sequence[_Source], right: Sequence[_Source]) -> tuple[_Source, _Source] | None:
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


def _credit_to_document(dossier: Dossier, sources: Sequence[_Source], giver: str) -> _Source | None:
    publisher = dossier.document(giver).publisher
    if publisher is None:
        return None
    return next((s for s in sources if s.name and names_publisher(s.name, publisher)), None)


def _agency_of(dossier: Dossier, document: str) -> _Source | None:
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
    return _Source(f"name:{canonical_publisher(agency)}", agency, span, agency)


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


def _find_own_reporting(dossier: Dossier, document: str, spans: Sequence[Span], *, credited: bool) -> _Source | None:
    """Return the words by which a document shows that it has the point from its own reporting, or None.

    A witness whom no other document names is such evidence only where the document credits nobody for the point and no
    news agency anywhere, and only if the person holds no office and does not speak where all can hear: of 20 stories read, the two points that
    rested on such a person named a minister and a director of a service.
    """
    sentences = [_sentence_around(dossier, s) for s in spans]
    for credit in list_credits(dossier, document):
        if _INVITES.search(dossier.words(credit.span)):
            continue
        if credit.own and (
            _meets(credit.span, sentences) or (credit.covers is not None and _meets(credit.covers, spans))
        ):
            return _Source("own", f"“{_quote(dossier, credit.span)}”", credit.span)
    if credited or any(c.kind == "agency" and not c.own for c in list_credits(dossier, document)):
        return None  # whom an agency's reporter met stands in the papers that take its copy
    for quotation in _list_quoted(dossier, spans):
        if quotation.speaker is None or quotation.source is None or quotation.kind == "indirect":
            continue
        if _medium_of(dossier, quotation) is not None:
            continue
        actor = dossier.actor(quotation.speaker)
        if (
            actor is not None
            and _is_witness(dossier, actor)
            and {m.document for m in actor.mentions} == {document}
            and _IN_PUBLIC.search(dossier.words(_sentence_around(dossier, quotation.whole))) is None
        ):
            return _Source("own", f"{actor.name}, whom no other document names", quotation.source)
    return None


def _is_witness(dossier: Dossier, actor: Actor) -> bool:
    """Return whether a person is one whom nobody quotes without having asked: introduced by name and what he is.

    A minister or a spokesman speaks to all; a surname alone may stand for a poll or a book; whom a paper introduces by
    name or as somebody's daughter only, everybody knows and may have read of.
    """
    if not actor.mentions:
        return False
    roles = [r.role for r in actor.roles if not _KIN.fullmatch(r.role)]
    text = dossier.document(actor.mentions[0].document).text
    return (
        actor.kind == "person"
        and _FULL_NAME.fullmatch(actor.name) is not None
        and (bool(roles) or any(_INTRODUCED.match(text, m.end) for m in actor.mentions))
        and not any(word in titles().offices or word in _SPEAKERS for role in roles for word in role.split())
    )


def _medium_of(dossier: Dossier, quotation: Quotation) -> tuple[str, Span] | None:
    """Return the kind of text that a quotation comes from, where its sentence names one, and the words that do."""
    around = _sentence_around(dossier, quotation.whole)
    document = dossier.document(quotation.document)
    for name, start, end in _list_media(document.text, around.start, around.end):
        if not any(c.start <= start < c.end for c in quotation.contents):
            return name, document.span(start, end)
    return None


@lru_cache(maxsize=1 << 14)
def _list_media(text: str, start: int, end: int) -> tuple[tuple[str, int, int], ...]:
    """Return the kinds of text that a sentence names, in the order of `_MEDIA`: each point asks for its quotations."""
    return tuple((name, *match.span()) for name, pattern in _MEDIA for match in pattern.finditer(text, start, end))


def _text_quoted(dossier: Dossier, passage: Span) -> tuple[str, Span] | None:
    """Return the kind of published text that a shared quotation is from, where a document names one, and the words."""
    for quotation in dossier.quotations_touching(passage):
        medium = _medium_of(dossier, quotation)
        if medium is not None and medium[0] in _SHARED_MEDIA:
            return medium
    return None


def _list_quoted(dossier: Dossier, spans: Sequence[Span]) -> list[Quotation]:
    """Return the quotations that touch one of some spans of one document, by place."""
    found = {q.id: q for span in spans for q in dossier.quotations_touching(span)}
    return sorted(found.values(), key=lambda q: (q.whole.start, q.whole.end))


def _sentence_around(dossier: Dossier, span: Span) -> Span:
    """Return the span from the first to the last sentence that a span touches; the span itself in furniture."""
    reading = dossier.reading(span.document)
    touched = list(reading.sentences_in(span.start, max(span.end, span.start + 1)))
    return reading.span(touched[0].start, touched[-1].end) if touched else span


def _judge(
    groups: Sequence[tuple[str, ...]],
    links: Sequence[_Link],
    sources: dict[str, list[_Source]],
    own: dict[str, _Source | None],
) -> Independence:
    known = [any(own[d] is not None for d in members) for members in groups]
    if len(groups) == 1:
        members = groups[0]
        if len(members) > 1:
            return "same-origin"
        if known[0]:
            return "independent"
        return "same-origin" if sources[members[0]] else "not-recorded"
    if all(known):
        return "independent"
    if links or any(known) or any(sources.values()):
        return "not-established"
    return "not-recorded"


def _describe(
    dossier: Dossier,
    members: tuple[str, ...],
    links: Sequence[_Link],
    sources: dict[str, list[_Source]],
    own: dict[str, _Source | None],
    touched: dict[str, list[Span]],
) -> OriginGroup:
    """Return a group with one sentence that says why its documents are one origin."""
    said: list[str] = []
    evidence: list[Span] = []
    by_words: dict[tuple[bool, str], set[str]] = {}
    for link in links:
        if link.left in members:
            evidence.extend(link.evidence)
            words = link.words if link.mutual else link.words.format(dossier.shown(link.right))
            by_words.setdefault((link.mutual, words), set()).update(
                (link.left, link.right) if link.mutual else (link.left,)
            )
    told: list[set[str]] = []
    for (mutual, words), documents in sorted(by_words.items(), key=lambda x: -len(x[1])):
        if any(documents <= d for d in told) or len(said) == _MOST_SAID:
            continue  # one reason for the same documents is enough
        told.append(documents)
        shown = [dossier.shown(m) for m in members if m in documents]
        together = "" if not words.startswith("have") else "both " if len(shown) == 2 else "all "
        said.append(f"{_join(shown)} {together}{words if mutual or len(shown) == 1 else _plural(words)}")
    said += _list_families(dossier, members)
    if len(members) == 1:
        document = members[0]
        name = dossier.shown(document)
        source = own[document]
        if source is not None:
            said.append(f"{name} has it from its own reporting: {source.label}")
            evidence.append(source.span)
        elif sources[document]:
            said.append(f"{name} has it from {sources[document][0].label}")
            evidence.append(sources[document][0].span)
        else:
            said.append(f"{name} does not say where it has this from")
            evidence.extend(touched[document])
    return OriginGroup(members, ", and ".join(said) + ".", tuple(sorted(set(evidence))))


def _list_families(dossier: Dossier, members: Sequence[str]) -> list[str]:
    """Return what is known of several publishers of one owner; it explains what made them one origin, and makes none."""
    found: dict[str, list[str]] = {}
    for member in members:
        if member in dossier.owners:
            found.setdefault(dossier.owners[member], []).append(member)
    said = []
    for owner, documents in sorted(found.items()):
        names = list(dict.fromkeys(dossier.shown(d) for d in documents))
        if len(names) > 1:
            together = "both" if len(names) == 2 else "all"
            whole = len(documents) == len(members)
            said.append(
                f"{together} are published by {owner}"
                if whole
                else f"{_join(names)} are {together} published by {owner}"
            )
    return said


def _plural(words: str) -> str:
    """Return what several documents do for what one does."""
    verb, _, rest = words.partition(" ")
    several = {"credits": "credit", "carries": "carry", "is": "are"}
    return f"{several[verb]} {rest}"


def _possessive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _join(names: Sequence[str]) -> str:
    """Return names as a list in words, a long one cut."""
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[: _MOST_NAMES - 1])} and {len(names) - _MOST_NAMES + 1} others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _quote(dossier: Dossier, span: Span) -> str:
    words = " ".join(dossier.words(span).split())
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _fills(passage: Span, sentences: Sequence[Span]) -> bool:
    """Return whether a passage has half of a sentence, or a clause of it; a word at its edge is not enough."""
    return any(passage.overlap(s) >= max(1, min(_CLAUSE, s.length // 2)) for s in sentences)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span.overlap(o) > 0 for o in others)
