# ruff: noqa: E501 - patterns are easier to check on few lines
"""Texts that their source cut off: the marks that programs and paywalls leave at the end."""

from __future__ import annotations

import re

# source: News API ("[+1834 chars]"), the excerpts of WordPress and of feeds, the walls of some twenty news sites.
_COUNTED = re.compile(r"(?:…|\.{3})?\s*\[\+?\s?\d[\d,]* (?:more )?(?:chars?|characters|words)\]\s*\Z")
_TRAILS = re.compile(r"(?:(?:…|\.{3})\s*|\[(?:…|\.{3}|&hellip;)\]\s*|\s\.\.\s*)\Z")
_LINK = re.compile(
    r"(?:(?:…|\.{3})\s*|\[(?:…|\.{3})\]\s*|\n\s*)[(\[]?(?:(?:continue|keep) reading|read (?:more|on|the (?:full|rest|whole)|full)|(?:view|see) (?:full|the full) (?:article|story|post)|full (?:story|article)|click here to (?:read|continue))\b(?:[^\n.]|\.(?=\w)){0,80}\W*\Z",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"\n[^\n]{0,80}(?:(?:subscribe|sign (?:in|up)|log ?in|register|join)[^\n.]{0,40}\b(?:to|and) (?:continue|keep|read|access|unlock|view)|(?:this|the rest of (?:this|the)) (?:article|story|content|report) is (?:only |exclusively )?(?:available |reserved )?(?:for|to|only to) (?:our |paying |premium )?(?:subscribers|members)|already a (?:subscriber|member)\?|you(?:’|')?(?:ve| have) (?:reached|read|used) (?:your|the|all)[^\n.]{0,40}(?:limit|free articles?)|to (?:continue|keep) reading[^\n.]{0,60}(?:subscri|sign|log|register)|(?:unlock|get) (?:full|unlimited) access|(?:continue|keep) reading (?:this|the (?:full|rest)|for (?:free|just|only)|with (?:an?|your))\b|for subscribers only|subscribers? only|premium content)[^\n]{0,200}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<=[.!?”\"’])[ \t]+(?:Read (?:more|on|(?:the )?full (?:story|article|report))|Continue reading|Full (?:story|article))[ \t]*[»→>.]*\Z"
)
# Characters at the end in which a wall stands; buttons may follow it.
_TAIL = 700


def find_cut(text: str, *, is_page: bool) -> tuple[int, int] | None:
    """Return where a text says that its source cut it off, else None.

    Of a page, whose last lines may be links to other pieces, a link alone says nothing.

    >>> text = "The ferry sank off … [+1834 chars]"
    >>> text[slice(*find_cut(text, is_page=False))]
    '… [+1834 chars]'
    """
    end = len(text.rstrip())
    start = max(0, end - _TAIL)
    tail = text[start:end]
    for pattern in (_COUNTED, _LINK, _LABEL, _WALL, _TRAILS):
        match = pattern.search(tail)
        if match is None or (is_page and pattern is _LINK and match[0].startswith("\n")):
            continue
        mark = match[0].strip()
        at = start + match.start() + match[0].index(mark)
        return at, at + len(mark)
    return None
