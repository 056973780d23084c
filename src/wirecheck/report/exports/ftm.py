"""FollowTheMoney: documents, who they name and what was found, as entities for Aleph and its kin."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from wirecheck.model import Actor, Document, ReportPoint, StoryReport
from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import encode, is_web, name_program, split_date
from wirecheck.report.json import qualify
from wirecheck.report.plain import show_on_a_line, show_plainly

SCHEMATA: dict[str, tuple[str, ...]] = {
    "Article": (
        "title",
        "fileName",
        "author",
        "publisher",
        "sourceUrl",
        "publishedAt",
        "modifiedAt",
        "language",
        "bodyText",
        "processingAgent",
    ),
    "Person": ("name", "alias"),
    "Organization": ("name", "alias"),
    "Documentation": ("document", "entity", "role", "description"),
    "Note": ("name", "entity", "summary", "description"),
}
"""The schemata of FollowTheMoney 4 that are written, with the properties that are; a test holds them against it."""
# What the format takes of the languages that documents are read to be in: ISO 639-3, by the codes of ISO 639-1.
_CODES = (
    "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa "
    "et:est fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat "
    "kk:kaz km:khm kn:kan ko:kor ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt ne:nep nl:nld "
    "no:nor pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam te:tel "
    "th:tha tl:tgl tr:tur uk:ukr ur:urd vi:vie zh:zho"
)
_LANGUAGES = {pair[:2]: pair[3:] for pair in _CODES.split()}
_LONGEST_NAME = 384  # what the format takes for a name
_KINDS = {"person": "Person", "organization": "Organization"}


def render(selection: Selection) -> bytes:
    """Return one entity a line: articles, persons and organizations, links between these, a note for each point.

    Groups, places and countries have no entry: FollowTheMoney takes them from registers of its own.
    """
    report = selection.report
    lines = [_article(document, name_program(report)) for document in selection.documents]
    shown = {d.id: d for d in selection.documents}
    for story in report.stories:
        for actor in story.actors:
            lines += _actor(story, actor, shown)
    lines += [_note(point, shown) for point in selection.points]
    return encode("".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines))


def _article(document: Document, agent: str) -> dict[str, Any]:
    return _entity(
        _id("article", document.id),
        "Article",
        title=show_on_a_line(document.title or document.name),
        fileName=show_on_a_line(document.name),
        author=show_on_a_line(document.author or ""),
        publisher=show_on_a_line(document.publisher or ""),
        sourceUrl=document.url if is_web(document.url) else None,
        publishedAt=_tell_utc(document.published),
        modifiedAt=_tell_utc(document.modified),
        language=_LANGUAGES.get(document.language or ""),
        bodyText=show_plainly(document.text),
        processingAgent=agent,
    )


def _actor(story: StoryReport, actor: Actor, documents: dict[str, Document]) -> Iterator[dict[str, Any]]:
    """Yield an actor and a link to each document that names it, with the words that do; nothing where none is shown."""
    mentions = [m for m in actor.mentions if m.document in documents]
    if actor.kind not in _KINDS or not mentions or len(actor.name) > _LONGEST_NAME:
        return
    own_id = _id("actor", *sorted(story.story.documents), qualify(story, actor.id))
    others = [show_on_a_line(v) for v in actor.variants if v != actor.name]
    yield _entity(own_id, _KINDS[actor.kind], name=show_on_a_line(actor.name), alias=others)
    for document in documents:
        own = sorted(m for m in mentions if m.document == document)
        if not own:
            continue
        words = (f"{m.start}–{m.end}: {documents[document].words(m)}" for m in own)
        roles = [r.role for r in actor.roles if any(s.document == document for s in r.spans)]
        yield _entity(
            _id("documentation", own_id, document),
            "Documentation",
            document=_id("article", document),
            entity=own_id,
            role=roles or "named",
            description="\n".join(show_on_a_line(w) for w in words),
        )


def _note(point: ReportPoint, documents: dict[str, Document]) -> dict[str, Any]:
    about = [d for d in point.finding.documents if d in documents]
    return _entity(
        _id("note", *sorted(point.story.documents), point.id),
        "Note",
        name=f"{point.id}: {point.verdict}",
        entity=[_id("article", d) for d in about],
        summary=f"{point.verdict} ({point.kind})",
        description=point.reason,
    )


def _tell_utc(value: str | None) -> str | None:
    """Return a date as the format takes it: as precise as it is, a time in UTC; None for what is no date.

    >>> _tell_utc("2025-10-14T21:30:00+02:00"), _tell_utc("2025-10")
    ('2025-10-14T19:30:00', '2025-10')
    """
    day = split_date(value)
    if value is None or not day:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return "-".join((f"{day[0]:04}", *(f"{n:02}" for n in day[1:])))
    if len(value) <= len("2025-10-14") or moment.tzinfo is None:
        return value[:19]
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _entity(id: str, schema: str, **properties: str | Iterable[str] | None) -> dict[str, Any]:
    values = {
        name: [show_plainly(v) for v in ([value] if isinstance(value, str) else value) if v.strip()]
        for name, value in properties.items()
        if value
    }
    return {"id": id, "schema": schema, "properties": {name: made for name, made in values.items() if made}}


def _id(*parts: str) -> str:
    return "wirecheck-" + hashlib.sha1("\0".join(parts).encode("utf-8", "replace")).hexdigest()


EXPORT = Export("ftm", 1, "ftm.json", "documents, names and points as entities of FollowTheMoney", render)
