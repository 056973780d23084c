# ruff: noqa: E501 - patterns are easier to check on few lines
"""EML (RFC 5322) and MBOX (RFC 4155): one document a message, its headers as provenance, quoted replies left out."""

from __future__ import annotations

import email
import email.header
import email.utils
import re
from email.message import Message

from wirecheck.model import Document, Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._build import MOST_NOTES, build_document
from wirecheck.readers._clean import clean_field, clean_text
from wirecheck.readers._decode import decode
from wirecheck.readers._markup import read_fragment

_HEADER = re.compile(rb"\A(?:[A-Za-z][A-Za-z0-9-]{1,60}:[ \t].{0,2000}\r?\n(?:[ \t].{0,2000}\r?\n)*){2,}")
_KNOWN = re.compile(
    rb"^(?:From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Delivered-To):",
    re.IGNORECASE | re.MULTILINE,
)
_FROM = re.compile(
    rb"(?:\A|\r?\n)From \S{1,200} {1,2}[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d(?::\d\d)?.{0,40}\r?\n"
)
# What begins the message that is answered: every program has its line, all end in a colon before quoted lines.
_REPLY = re.compile(
    r"^(?:-{2,} ?Original Message ?-{2,}|_{20,}|On .{6,200}(?:wrote|writes):|From: .{1,200}\n(?:Sent|Date): .{1,200})[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
# What is sent on is news for whoever gets it: its head is told and taken out, its words are the text.
_FORWARDED = re.compile(
    r"^(?:-{2,} ?Forwarded message ?-{2,}|Begin forwarded message:)[ \t]*\n+(?P<head>(?:[A-Z][\w-]{1,20}:[ \t].{0,300}\n+){1,12})",
    re.MULTILINE | re.IGNORECASE,
)
# In other languages the line stands right before the quoted ones, and names a time or an address.
_INTRODUCED = re.compile(
    r"^(?![ ]?>)(?=[^\n]*(?:\d{1,2}[:.]\d\d|\d{4}|@))[^\n]{6,200}:[ \t]*\n(?:[ \t]*\n)?(?=[ ]?>)", re.MULTILINE
)
# How the HTML of a message marks what it answers: as RFC 3676 has it, and as the largest web mailer writes it.
_CITED = re.compile(
    r"<(?:blockquote\b[^<>]{0,500}\btype\s*=\s*[\"']?cite|div\b[^<>]{0,500}\bgmail_quote)", re.IGNORECASE
)
_QUOTED = re.compile(r"^[ ]?>.*$\n?", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_MOST_PARTS = 200
_LONGEST_HEADER = 2000


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 where a mailbox or the headers of a message begin, 2 for the suffix alone, else 0."""
    headed = _HEADER.match(head.lstrip(b"\r\n")) is not None and len(_KNOWN.findall(head)) >= 2
    if _FROM.match(head) or (headed and (suffix in READER.suffixes or len(_KNOWN.findall(head)) >= 3)):
        return 3
    return 2 if suffix in READER.suffixes else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return a document for each message that has words; message N of a mailbox is `location:N`."""
    borders = list(_FROM.finditer(data))
    if not borders:
        return _read_message(location, name, data)
    documents: list[Document] = []
    problems: list[Problem] = []
    stops = [*(border.start() for border in borders[1:]), len(data)]
    for number, (border, stop) in enumerate(zip(borders, stops, strict=True), start=1):
        message = re.sub(rb"(?m)^>(>*From )", rb"\1", data[border.end() : stop])
        more, faults = _read_message(f"{location}:{number}", f"{name}-{number}", message)
        documents += more
        problems += faults
    return tuple(documents), tuple(problems)


def _read_message(location: str, name: str, data: bytes) -> Read:
    if not data.strip():
        return (), (Problem(location, "a message was expected; it is empty"),)
    try:
        # The newer policy parses headers in memory and time that grow with their square.
        message = email.message_from_bytes(data)
        text, attached = _read_body(location, message)
        said = {key: _read_header(message, key) for key in ("Subject", "From", "Date")}
        sender, address = email.utils.parseaddr(said["From"])
    except RecursionError:
        return (), (Problem(location, "a message was expected; its parts are nested too deep to be read"),)
    except Exception:  # the parser reports hostile headers by errors of many kinds
        reason = "a message was expected; its headers or parts are damaged and cannot be read"
        return (), (Problem(location, reason),)
    problems = tuple(Problem(location, f"an attachment was not read: {kind}") for kind in attached)
    text, faults = clean_text(location, text)
    text, heads = _open_forwarded(text)
    problems += tuple(Problem(location, f"a message sent on; its head says: “{head}”") for head in heads[:MOST_NOTES])
    if len(heads) > MOST_NOTES:
        problems += (Problem(location, f"{len(heads) - MOST_NOTES} more messages sent on"),)
    text, left_out = _without_replies(text)
    if left_out:
        problems += (Problem(location, "the message that it answers was left out"),)
    if not any(c.isalnum() for c in text):
        return (), (*problems, Problem(location, "a text was expected; the message holds no words of its own"))
    document, more = build_document(
        location=location,
        name=name,
        text=text,
        received=data,
        title=clean_field(said["Subject"]),
        author=clean_field(sender or address),
        publisher=address.rpartition("@")[2] or None,
        published=_read_date(said["Date"]),
    )
    return (document,), (*problems, *faults, *more)


def _read_date(value: str) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(value).isoformat(timespec="seconds") if value else None
    except (ValueError, TypeError, OverflowError):
        return value


def _read_header(message: Message, name: str) -> str:
    """Return the words of a header, as far as a person would write them."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")[:_LONGEST_HEADER]
    value = raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    value = " ".join(value.split())
    if "=?" not in value:
        return value
    return str(email.header.make_header(email.header.decode_header(value)))


def _read_body(location: str, message: Message) -> tuple[str, list[str]]:
    """Return the text of a message, plain rather than HTML, and the kinds of what is attached."""
    plain: list[str] = []
    markup: list[str] = []
    attached: list[str] = []
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            attached.append(f"more than {_MOST_PARTS} parts")
            break
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        if part.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            named = " ".join(str(part.get_filename() or "").split())[:100]
            attached.append(f"{kind}, {named}" if named else kind)
            continue
        payload = part.get_payload(decode=True)
        text, _ = decode(location, payload if isinstance(payload, bytes) else b"", hint=part.get_content_charset())
        if text is not None:
            (markup if kind == "text/html" else plain).append(text)
    if any(c.isalnum() for text in plain for c in text):
        return "\n\n".join(plain), attached
    return "\n\n".join(_read_markup(text) for text in markup), attached


def _read_markup(markup: str) -> str:
    """Return the words of a part in HTML; what it answers is quoted line by line, as in a plain one."""
    cited = _CITED.search(markup)
    if cited is None:
        return read_fragment(markup)
    answered = "\n".join(f"> {line}" for line in read_fragment(markup[cited.start() :]).split("\n") if line)
    return f"{read_fragment(markup[: cited.start()])}\n\n{answered}".strip()


def _open_forwarded(text: str) -> tuple[str, list[str]]:
    """Return a text without the heads of messages that are sent on in it, and these on one line each."""
    heads = [" ".join(match["head"].split())[:300] for match in _FORWARDED.finditer(text)]
    return _FORWARDED.sub("", text), heads


def _without_replies(text: str) -> tuple[str, bool]:
    """Return the words of the sender, and whether those of a message that is answered stood below or between."""
    begins = _REPLY.search(text)
    kept = text if begins is None or not any(c.isalnum() for c in text[: begins.start()]) else text[: begins.start()]
    own = _QUOTED.sub("", _INTRODUCED.sub("", kept))
    if not any(c.isalnum() for c in own):
        own = kept  # nothing but a quoted message was sent on: it is the text
    signed = _SIGNATURE.search(own)
    shown = own if signed is None else own[: signed.start()]
    return shown.strip(), len(own.strip()) < len(text.strip())


READER = Reader(
    name="mail",
    version=2,
    summary="EML and MBOX: a document a message, sender, subject and date from its headers, quoted replies left out.",
    suffixes=(".eml", ".mbox", ".mbx"),
    accepts=accepts,
    read=read,
)
