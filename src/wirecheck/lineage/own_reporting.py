# ruff: noqa: E501 - a pattern is easier to check on one line
"""Own reporting: the words by which a document shows that it has a point from nobody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirecheck.language.dossier import Dossier
from wirecheck.lineage.credits import list_credits
from wirecheck.lineage.reasons import quote_words
from wirecheck.lineage.sourcing import Source, find_medium, list_quoted, meets, sentence_around
from wirecheck.model import Actor, Span
from wirecheck.text.gazetteer import titles

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


def find_own_reporting(dossier: Dossier, document: str, spans: Sequence[Span], *, credited: bool) -> Source | None:
    """Return the words by which a document shows that it has the point from its own reporting, or None.

    A witness whom no other document names is such evidence only where the document credits nobody for the point and no
    news agency anywhere, and only if the person holds no office and does not speak where all can hear: of 20 stories
    read, the two points that rested on such a person named a minister and a director of a service.
    """
    sentences = [sentence_around(dossier, s) for s in spans]
    for credit in list_credits(dossier, document):
        if _INVITES.search(dossier.words(credit.span)):
            continue
        if credit.own and (
            meets(credit.span, sentences) or (credit.covers is not None and meets(credit.covers, spans))
        ):
            return Source("own", f"“{quote_words(dossier, credit.span)}”", credit.span)
    if credited or any(c.kind == "agency" and not c.own for c in list_credits(dossier, document)):
        return None  # whom an agency's reporter met stands in the papers that take its copy
    for quotation in list_quoted(dossier, spans):
        if quotation.speaker is None or quotation.source is None or quotation.kind == "indirect":
            continue
        if find_medium(dossier, quotation) is not None:
            continue
        actor = dossier.actor(quotation.speaker)
        if (
            actor is not None
            and _is_witness(dossier, actor)
            and {m.document for m in actor.mentions} == {document}
            and _IN_PUBLIC.search(dossier.words(sentence_around(dossier, quotation.whole))) is None
        ):
            return Source("own", f"{actor.name}, whom no other document names", quotation.source)
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
