"""Addresses of one text in many forms, folded to one: tracking, mobile and AMP forms, trailing slashes, fragments."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, urlsplit

from wirecheck.text.gazetteer import load_list

# Hosts that serve the page of another one: the caches of AMP (ampproject.org, Google), its viewers, web.archive.org.
_CACHED = re.compile(
    r"//(?:[\w-]+\.cdn\.ampproject\.org/(?:c|v|i)/(?:s/)?|(?:www\.)?google\.[a-z.]{2,6}/amp/(?:s/)?"
    r"|web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?:https?:/{1,2})?)(?=[\w-]+\.)"
)
_HOST = re.compile(r"(?:www\d{0,2}|m|mobile|amp|wap|touch)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"(?:/amp(?:\.html?)?|\.amp(?:\.html?)?)/?\Z|\A/amp(?=/.)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)\Z", re.IGNORECASE)

# A copy of a copy is rare, more are none that anybody serves.
_MOST_CACHES = 3
_LONGEST_HOST = 260  # 253 characters (RFC 1035) with a port


def fold_address(url: str) -> str:
    """Return an address without its scheme and without what does not change the text there; no address as it is.

    >>> fold_address("HTTPS://www3.News.example/a/amp/?utm_source=x&id=7#top"), fold_address("urn:x:1")
    ('//news.example/a?id=7', 'urn:x:1')
    """
    return _fold(url.strip(), _MOST_CACHES)


def _fold(url: str, caches: int) -> str:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".") + (f":{parts.port}" if parts.port not in (None, 80, 443) else "")
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not 0 < len(host) <= _LONGEST_HOST:
        return url
    cached = _CACHED.match(f"//{host}{parts.path}")
    if cached is not None and caches:
        rest = f"//{host}{parts.path}"[cached.end() :]
        return _fold(f"https://{rest}{'?' + parts.query if parts.query else ''}", caches - 1)
    previous = ""
    while host != previous:
        host, previous = _HOST.sub("", host, count=1) if _HOST.match(host) else host, host
    path = _INDEX.sub("/", re.sub(r"/{2,}", "/", _ESCAPE.sub(_show_plain, _escape(parts.path))))
    path = _AMP_PATH.sub("", _SESSION.sub("", path)).rstrip("/")
    kept = sorted(p for p in re.split("[&;]", _escape(parts.query)) if p and not _is_idle(p))
    return f"//{host}{path}{'?' + '&'.join(kept) if kept else ''}"


def _escape(part: str) -> str:
    """Return a part of an address with letters beyond ASCII escaped, as a browser sends them (RFC 3987, 3.1)."""
    return part if part.isascii() else "".join(c if c.isascii() else quote(c, errors="replace") for c in part)


def _show_plain(escape: re.Match[str]) -> str:
    """Return an escape as the character that it stands for, where it needs none (RFC 3986, 6.2.2), else in capitals."""
    shown = chr(int(escape[1], 16))
    return shown if shown.isascii() and (shown.isalnum() or shown in "-._~") else escape[0].upper()


def _is_idle(parameter: str) -> bool:
    """Return whether a parameter of a query tells where a reader came from, or which form of the page is wanted."""
    name, _, value = parameter.partition("=")
    name = name.casefold()
    names, beginnings, forms = _idle()
    return (
        name in names or name.startswith(beginnings) or (name in forms and value.casefold() in ("", "1", "amp", "true"))
    )


@cache
def _idle() -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    data = load_list("addresses")
    return frozenset(data["names"]), tuple(data["beginnings"]), frozenset(data["amp"])
