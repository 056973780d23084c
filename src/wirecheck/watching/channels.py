"""Where events go: lines of text, a JSONL file, an Atom feed, a webhook. Each knows by number what it has."""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol
from xml.etree import ElementTree

from wirecheck.errors import UsageError
from wirecheck.readers import is_url
from wirecheck.readers._fetch import Refusal
from wirecheck.watching.events import FORMAT, LABELS
from wirecheck.watching.state import Delivery
from wirecheck.writing import writing

_Events = Sequence[Mapping[str, Any]]
# Entries of the feed: a reader that asks once a day finds what a busy day brought.
_MOST_ENTRIES = 100
_EVENTS_A_POST = 20
_BACKOFF_S = 30.0
_LONGEST_BACKOFF_S = 6 * 3600.0
_TAIL_BYTES = 1 << 20
_ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Channel(Protocol):
    """A receiver of events, known by its `name`; `deliver` sends what it does not have and says how far it has them."""

    name: str

    def deliver(self, series: str, events: _Events, delivery: Delivery, now: float) -> Delivery: ...


class Lines:
    """Gives each event to a function that prints it."""

    name = "lines"

    def __init__(self, show: Callable[[Mapping[str, Any]], None]) -> None:
        self._show = show

    def deliver(self, series: str, events: _Events, delivery: Delivery, now: float) -> Delivery:
        """Show what was not shown."""
        for event in _list_new(events, delivery):
            self._show(event)
        return _reach(events, delivery)


class JsonlFile:
    """Appends one JSON object a line. The end of the file tells what it has, so that nothing stands there twice."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self.name = f"jsonl:{self._path.resolve()}"

    def deliver(self, series: str, events: _Events, delivery: Delivery, now: float) -> Delivery:
        """Append what the file does not have; raises `OSError` where it cannot be written."""
        new = _list_new(events, delivery)
        if not new:
            return delivery
        with self._path.open("a+b") as file:
            last, rest = _read_end(file, series)
            lines = [_dump(e) for e in new if e["number"] > last]
            if lines and rest and lines[0].startswith(rest):
                lines[0] = lines[0][len(rest) :]  # a stop left the first half of this very line
            elif lines and rest:
                lines[0] = b"\n" + lines[0]
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
        return _reach(events, delivery)


class AtomFile:
    """Writes the newest events as an Atom feed (RFC 4287), whole each time."""

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self.name = f"atom:{self._path.resolve()}"

    def deliver(self, series: str, events: _Events, delivery: Delivery, now: float) -> Delivery:
        """Write the feed anew where there is something new, or where it is not there."""
        if events and (_list_new(events, delivery) or not self._path.exists()):
            data = render_atom(series, events[-_MOST_ENTRIES:])
            with writing(self._path) as part:
                part.write_bytes(data)
        return _reach(events, delivery)


class Webhook:
    """Posts events as JSON to one address; those that it does not take are tried again, ever more rarely."""

    def __init__(self, url: str, post: Callable[[str, bytes, str, Sequence[tuple[str, str]]], Refusal | None]) -> None:
        """Send by `post` (see `Fetcher.post`); raises `UsageError` for what is no address."""
        if not is_url(url):
            raise UsageError(f"a webhook is an address that begins with http:// or https://; found {url}")
        self.name = f"webhook:{url}"
        self._url = url
        self._post = post
        self.refusal: str | None = None
        """Why the last post was not taken."""

    def deliver(self, series: str, events: _Events, delivery: Delivery, now: float) -> Delivery:
        """Post what was not taken yet, some at a time, until one is refused."""
        while (new := _list_new(events, delivery)) and now >= delivery.due:
            part = new[:_EVENTS_A_POST]
            dropped = part[0]["number"] - delivery.number - 1
            body = {"format": FORMAT, "series": series, "dropped": dropped, "events": part}
            key = f"{series}/{part[0]['number']}-{part[-1]['number']}"
            refusal = self._post(
                self._url, json.dumps(body).encode("ascii"), "application/json", [("Idempotency-Key", f'"{key}"')]
            )
            self.refusal = None if refusal is None else refusal.problem.message
            if refusal is not None:
                pause = min(_BACKOFF_S * 2 ** min(delivery.failures, 20), _LONGEST_BACKOFF_S)
                pause = max(pause, min(refusal.retry_after_s or 0.0, 4 * _LONGEST_BACKOFF_S))
                return Delivery(delivery.number, delivery.failures + 1, now + pause)
            delivery = Delivery(part[-1]["number"])
        return delivery


def render_atom(series: str, events: _Events) -> bytes:
    """Return an Atom feed of events, the newest first; the same events give the same bytes."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _put(feed, "id", _identify(series))
    _put(feed, "title", "Wirecheck: what changed")
    _put(feed, "updated", events[-1]["at"])
    _put(_put(feed, "author"), "name", "wirecheck watch")
    for event in reversed(events):
        entry = _put(feed, "entry")
        _put(entry, "id", _identify(f"{series}/{event['number']}"))
        about = event["title"] or event["target"] or ""
        _put(entry, "title", f"{LABELS[event['kind']]}: {about}" if about else LABELS[event["kind"]])
        _put(entry, "updated", event["at"])
        _put(entry, "category").set("term", event["kind"])
        for url in dict.fromkeys(d["url"] for d in event["documents"] if is_url(d["url"] or "")):
            _put(entry, "link").attrib.update({"rel": "related", "href": _NO_XML.sub("", url)})
        quoted = [f"“{' '.join(s['text'].split())}”" for s in event["spans"]]
        _put(entry, "content", "\n".join([event["sentence"], *quoted])).set("type", "text")
    ElementTree.indent(feed)
    data: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _put(parent: ElementTree.Element, name: str, text: str | None = None) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = None if text is None else _NO_XML.sub("\ufffd", text)
    return child


def _identify(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"wirecheck-watch:{name}").urn


def _list_new(events: _Events, delivery: Delivery) -> list[Mapping[str, Any]]:
    return [e for e in events if e["number"] > delivery.number]


def _reach(events: _Events, delivery: Delivery) -> Delivery:
    return Delivery(max(delivery.number, events[-1]["number"])) if events else delivery


def _dump(event: Mapping[str, Any]) -> bytes:
    return json.dumps(event).encode("ascii") + b"\n"


def _read_end(file: Any, series: str) -> tuple[int, bytes]:
    """Return the number of the last whole event of a series in a file, 0 for none, and the half line behind it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL_BYTES))
    *lines, rest = file.read().split(b"\n")
    for line in reversed(lines):
        try:
            event = json.loads(line)
            if event["series"] == series:
                return int(event["number"]), rest
        except (ValueError, TypeError, KeyError, RecursionError):
            continue  # a line of someone else
    return 0, rest
