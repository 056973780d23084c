"""What has changed between two states of a report: documents, versions, conflicts, figures, quotations, origins.

Both states are reports in JSON form (see `build_json`), so that an earlier one can come from a file. Documents are one
where they stand at one place; items are one where they rest on the same words of the same places.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from wirecheck.model import Span, WordDifference
from wirecheck.text.addresses import fold_address
from wirecheck.text.alignment import fold_word, list_words
from wirecheck.text.versions import compare_versions, list_edits, tell_notes
from wirecheck.text.words import join_names

ChangeKind = Literal["document", "version", "figure", "conflict", "resolved", "quotation", "origin", "gone"]
"""What a change is of, in the order in which changes are listed.

document: one that was not there; version: a document whose text changed; figure: a number that a changed document gives
otherwise than before, or a new or changed one in a point that had others; conflict, quotation (altered or spliced),
origin: one that was not there; resolved: a conflict that is none now; gone: a document that is no longer among them.
"""
_ORDER: tuple[ChangeKind, ...] = (
    "document", "version", "figure", "conflict", "resolved", "quotation", "origin", "gone",
)  # fmt: skip
# Share of the words-at-a-place of the smaller of two items, from which on they are one item told again.
_SAME_ITEM = 0.5
_NUMBERED = re.compile(r":\d+$")

Json = Mapping[str, Any]
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was, in one sentence."""

    kind: ChangeKind
    sentence: str
    documents: tuple[str, ...]
    """Ids of the documents that it is of: of the later state, for "gone" and some "resolved" of the earlier."""
    point: str | None = None
    """Id of the point or quote group in the later state; None where there is none."""
    before: str | None = None
    """Its id in the earlier state."""
    spans: tuple[Span, ...] = ()
    """The words that it rests on in documents of the later state."""
    earlier: tuple[Span, ...] = ()
    """The words that it rests on in documents of the earlier state."""
    edits: tuple[WordDifference, ...] = ()
    """Of a version: what was inserted, dropped, replaced and moved; left is the earlier text, right the later."""


def list_changes(earlier: Json, later: Json) -> tuple[Change, ...]:
    """Return what is not as it was, documents first; nothing for two equal states. The order of both changes nothing.

    What is new is told of the later state, what is gone of the earlier. Nothing says why something changed.
    """
    old, new = _State(earlier), _State(later)
    versions = _pair_versions(old, new)
    matched = _match_points(old, new)
    found = [
        *_list_documents(old, new, versions),
        *(change for pair in versions for change in _list_edits(old, new, *pair)),
        *_list_conflicts(old, new, matched),
        *_list_moved(old, new, matched),
        *_list_quotations(old, new),
        *_list_origins(old, new),
    ]
    return tuple(sorted(found, key=lambda c: (_ORDER.index(c.kind), c.sentence, c.documents, c.point or "")))


class _State:
    """One state of a report, with what is looked up in it."""

    def __init__(self, report: Json) -> None:
        self.report = report
        self.documents: dict[str, Json] = {d["id"]: d for d in report["documents"]}
        self.place = {i: _place_of(d) for i, d in self.documents.items()}
        self.at: dict[str, str] = {self.place[i]: i for i in sorted(self.documents, key=self._age)}
        self._keys: dict[tuple[str, str], _Key] = {}

    def _age(self, ident: str) -> tuple[str, str, str]:
        document = self.documents[ident]
        return document["modified"] or document["published"] or "", document["version_of"] or "", ident

    def shown(self, ident: str) -> str:
        document = self.documents[ident]
        name: str = document["publisher"] or document["name"]
        return name

    def names(self, ids: Iterable[str]) -> str:
        return join_names(sorted({self.shown(i) for i in ids}))

    def keys(self, spans: Iterable[Json]) -> frozenset[_Key]:
        return frozenset(self._key(s) for s in spans if s["document"] in self.place)

    def _key(self, span: Json) -> _Key:
        kept = span["document"], span["text"]
        if kept not in self._keys:
            words = " ".join(w.key for w in list_words(span["text"]))
            self._keys[kept] = self.place[span["document"]], words or span["text"]
        return self._keys[kept]


def _place_of(document: Json) -> str:
    """Return where a document stands; one without a place of its own is known by its id."""
    if document["url"]:
        return fold_address(document["url"])
    location: str = document["location"]
    return str(document["id"]) if _NUMBERED.search(location) or location == "-" else location


def _pair_versions(old: _State, new: _State) -> list[tuple[str, str]]:
    """Return the documents whose text changed: id in the earlier state, id in the later."""
    pairs = [(old.at[place], new.at[place]) for place in sorted(old.at.keys() & new.at.keys())]
    return [(a, b) for a, b in pairs if a != b and old.documents[a]["text"] != new.documents[b]["text"]]


def _list_documents(old: _State, new: _State, versions: Sequence[tuple[str, str]]) -> Iterator[Change]:
    known = {d["publisher"] for d in old.documents.values()}
    for ident, document in new.documents.items():
        if new.place[ident] not in old.at:
            title = f"“{document['title']}” ({new.shown(ident)})" if document["title"] else new.shown(ident)
            first = document["publisher"] is not None and document["publisher"] not in known
            ending = ", the first document of this publisher" if first and old.documents else ""
            yield Change("document", f"New: {title}{ending}.", (ident,))
    for ident, document in old.documents.items():
        if old.place[ident] not in new.at:
            title = f"“{document['title']}” ({old.shown(ident)})" if document["title"] else old.shown(ident)
            yield Change("gone", f"No longer in the story: {title}.", (ident,))


def _list_edits(old: _State, new: _State, before: str, after: str) -> Iterator[Change]:
    texts: tuple[str, str] = old.documents[before]["text"], new.documents[after]["text"]
    edits = []
    for kind, left, right in list_edits(*texts):
        one = Span(before, *left) if left[0] < left[1] else None
        other = Span(after, *right) if right[0] < right[1] else None
        edits.append(WordDifference(kind, one, other))  # type: ignore[arg-type]
        if kind == "replaced" and _has_number(texts[0][slice(*left)]) and _has_number(texts[1][slice(*right)]):
            said = f"{new.shown(after)} has “{texts[1][slice(*right)]}” where it had “{texts[0][slice(*left)]}”."
            yield Change("figure", said, (after,), spans=(Span(after, *right),), earlier=(Span(before, *left),))
    if edits:
        told = f"{len(edits)} {'place' if len(edits) == 1 else 'places'}"
        notes = tell_notes(texts[1], compare_versions(*texts))
        said = f"{new.shown(after)} changed its text in {told}{f'; {notes}' if notes else '.'}"
        spans = tuple(e.right for e in edits if e.right is not None)
        was = tuple(e.left for e in edits if e.left is not None)
        yield Change("version", said, (after,), spans=spans, earlier=was, edits=tuple(edits))


def _has_number(words: str) -> bool:
    return any(any(c.isdecimal() for c in fold_word(w)) for w in re.findall(r"[\w.,'’-]*\w", words))


def _spans_of(point: Json) -> list[Json]:
    parts = [*point["statements"], *point["sides"]]
    return [span for part in parts for span in part["spans"]]


def _match_points(old: _State, new: _State) -> dict[str, str]:
    """Return for each point of the later state the earlier one that it is told again, one to one."""
    olds: dict[str, Json] = {p["id"]: p for p in old.report["points"]}
    keys = {ident: old.keys(_spans_of(p)) for ident, p in olds.items()}
    having: defaultdict[_Key, list[str]] = defaultdict(list)
    for ident, own in keys.items():
        for key in own:
            having[key].append(ident)
    scored = []
    for point in new.report["points"]:
        own = new.keys(_spans_of(point))
        for ident in sorted({i for key in own for i in having[key]}):
            shared = len(own & keys[ident]) / min(len(own), len(keys[ident]))
            if shared >= _SAME_ITEM:
                other = olds[ident]
                alike = (
                    point["kind"] == other["kind"],
                    _values_of(point) == _values_of(other),
                    point["verdict"] == other["verdict"],
                    len(own & keys[ident]) / len(own | keys[ident]),
                )
                scored.append((alike, point["id"], ident))
    scored.sort(key=lambda s: (*(-float(part) for part in s[0]), s[1], s[2]))
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for _, point_id, ident in scored:
        if point_id not in matched and ident not in taken:
            matched[point_id] = ident
            taken.add(ident)
    return matched


def _values_of(point: Json) -> frozenset[str]:
    return frozenset(side["value"] for side in point["sides"])


_WAS = {
    "agree": "the documents agreed on it before",
    "compatible": "both could be right before",
    "single": "one document alone had it before",
    "undecided": "it was not decided before",
}


def _list_conflicts(old: _State, new: _State, matched: Mapping[str, str]) -> Iterator[Change]:
    olds = {p["id"]: p for p in old.report["points"]}
    met = set()
    for point in new.report["points"]:
        before = olds.get(matched.get(point["id"], ""))
        if point["verdict"] == "conflict":
            if before is not None and before["verdict"] == "conflict":
                met.add(before["id"])
                continue
            was = f" ({_WAS[before['verdict']]})" if before is not None else ""
            documents = tuple(sorted({s["document"] for s in point["statements"]}))
            yield Change(
                "conflict",
                f"New conflict{was}: {point['reason']}",
                documents,
                point=point["id"],
                before=before["id"] if before is not None else None,
                spans=_read_spans(_spans_of(point)),
            )
    back = {ident: point for point, ident in matched.items()}
    news = {p["id"]: p for p in new.report["points"]}
    for point in old.report["points"]:
        if point["verdict"] == "conflict" and point["id"] not in met:
            now = news.get(back.get(point["id"], ""))
            yield Change(
                "resolved",
                f"No longer a conflict ({_tell_end(old, new, point, now)}): {point['reason']}",
                tuple(sorted({s["document"] for s in point["statements"]})),
                point=now["id"] if now is not None else None,
                before=point["id"],
                spans=_read_spans(_spans_of(now)) if now is not None else (),
                earlier=_read_spans(_spans_of(point)),
            )


def _tell_end(old: _State, new: _State, point: Json, now: Json | None) -> str:
    if now is not None:
        said = {"agree": "the documents agree now", "compatible": "both can be right now"}
        return said.get(
            now["verdict"], "one document alone has it now" if now["verdict"] == "single" else "not decided"
        )
    lost = [
        span["document"]
        for span in _spans_of(point)
        if (ident := new.at.get(old.place[span["document"]])) is None
        or span["text"] not in new.documents[ident]["text"]
    ]
    return f"its words no longer stand in {old.names(lost)}" if lost else "it is not found now"


def _list_moved(old: _State, new: _State, matched: Mapping[str, str]) -> Iterator[Change]:
    olds = {p["id"]: p for p in old.report["points"]}
    for point in new.report["points"]:
        before = olds.get(matched.get(point["id"], ""))
        if before is None or point["kind"] != "quantity" or before["kind"] != "quantity":
            continue
        # What a document said before, word for word, moved from one point to another and is no new figure.
        added = [
            s
            for s in point["sides"]
            if s["value"] not in _values_of(before) and any(d not in old.documents for d in s["documents"])
        ]
        if added and before["sides"]:
            told = "; ".join(f"“{s['value']}” ({new.names(s['documents'])})" for s in added)
            had = "; ".join(f"“{v}”" for v in sorted(_values_of(before)))
            yield Change(
                "figure",
                f"A point has a new figure: {told}; before: {had}.",
                tuple(sorted({d for s in added for d in s["documents"]})),
                point=point["id"],
                before=before["id"],
                spans=_read_spans(span for s in added for span in s["spans"]),
                earlier=_read_spans(_spans_of(before)),
            )


def _list_quotations(old: _State, new: _State) -> Iterator[Change]:
    known = [(g["relation"], keys) for g, keys, _ in _list_groups(old)]
    for group, keys, spans in _list_groups(new):
        if not any(r == group["relation"] and len(k & keys) >= _SAME_ITEM * min(len(k), len(keys)) for r, k in known):
            documents = tuple(sorted({s["document"] for s in spans}))
            said = f"A quotation was {group['relation']} on its way: {group['reason']}"
            yield Change("quotation", said, documents, point=group["id"], spans=_read_spans(spans))


def _list_groups(state: _State) -> Iterator[tuple[Json, frozenset[_Key], list[Json]]]:
    contents = {q["id"]: q["contents"] for q in state.report["quotations"]}
    for group in state.report["quote_groups"]:
        if group["relation"] in ("altered", "spliced"):
            spans = [span for ident in group["quotations"] for span in contents[ident]]
            yield group, state.keys(spans), spans


def _list_origins(old: _State, new: _State) -> Iterator[Change]:
    for origin in new.report["origins"]:
        if old.documents and not any(new.place[d] in old.at for d in origin["documents"]):
            said = f"{origin['name']} is not known to have its text from any document that was there before."
            yield Change("origin", said, tuple(sorted(origin["documents"])))


def _read_spans(spans: Iterable[Json]) -> tuple[Span, ...]:
    return tuple(sorted({Span(s["document"], s["start"], s["end"]) for s in spans}))
