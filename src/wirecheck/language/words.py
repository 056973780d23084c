"""Words as the Universal Dependencies treebanks of English cut them, with their characters.

The rules were written against UD EWT train and GUM train: "don't" is do + n't, "Qaim's" is Qaim + 's, "long-term" is
three words but "co-founder" one, "U.S." keeps its points, "$40bn" is $ + 40 + bn. Offsets come from the text itself;
nothing is normalised on the way.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Abbreviations that keep their point inside a sentence. A sentence ends rarely with one of them; where it does, EWT
# keeps the point with the word as well.
_ABBREVIATIONS = (
    "mr|mrs|ms|mx|dr|st|jr|sr|prof|gen|lt|col|capt|cpl|sgt|maj|cmdr|adm|brig|pvt|sen|sens|rep|reps|gov|govs|pres|hon|rev|fr|"
    "amb|atty|supt|det|insp|vs|inc|corp|ltd|co|bros|vol|vols|pp|ed|eds|est|dept|univ|ave|blvd|rd|ft|mt|jan|feb|"
    "mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|mon|tue|tues|wed|thu|thur|thurs|fri|al|ca|cf|approx|attn|ext|min|mins|yrs|lb|"
    "lbs|oz|messrs|mme|mlle|ariz|calif|colo|conn|fla|ga|ill|ind|kan|ky|la|md|mass|mich|minn|miss|mo|mont|neb|nev|okla|"
    "ore|pa|penn|tenn|tex|va|vt|wash|wis|wyo|ph|sc|esp"
)
# Prefixes that stay with their word, as most of them do in both treebanks.
_PREFIXES = (
    "anti|arch|ante|co|counter|de|eco|e|ex|extra|hyper|inter|intra|mega|micro|mid|mini|mono|multi|neo|non|over|pan|para|"
    "poly|post|pre|pro|proto|pseudo|quasi|re|semi|socio|sub|super|tele|trans|tri|ultra|un|under|uni"
)
_HYPHENS = "-‐‑"

_PATTERN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<plain>[^\W\d_]+(?=\s))
  | (?P<address>(?:https?://|ftp://|www\.)[^\s<>"“”]+?(?=[.,;:!?)\]'"’”]*(?:[\s<>"“”]|$))
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
      | [\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|co\.uk|info|doc|pdf|xls|html?)(?![\w])
      | @(?=\w)\w+ | \#(?=[^\W\d])\w+ )
  | (?P<smiley>[:;=]-?[)(DPp](?![\w(]) | \^_\^)
  | (?P<clitic>['’`](?:s|m|d|re|ve|ll)(?![^\W_]))
  | (?P<decade>['’]\d\d(?:s|(?!\d))(?![^\W_]))
  | (?P<initials>(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))? | Ph\.D\.? | M\.Sc\.)
  | (?P<abbreviation>(?:{_ABBREVIATIONS})\.(?=\s|[,;:)\]'"’”]|$)
      | nos?\.(?=\s*\d) | etc\.(?=\s*[^\s.?!]) | [A-Z]\.(?=\s*\S) | (?:[ap]\.m|e\.g|i\.e)\.?)
  | (?P<currency>(?:US|A|C|NZ|HK|S|R)\$)
  | (?P<number>
        \d+/\d+(?:/\d+)?
      | \d{{1,3}}-\d{{3}}-\d{{3}}-\d{{4}} | \d{{3}}-\d{{3}}-\d{{4}} | \d{{3}}-\d{{4}}(?!\d)
      | \d{{1,2}}-\d{{1,2}}-\d{{2,4}}(?!\d)
      | \d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th|s|['’]s)(?![^\W_]))?
      | \.\d+ )
  | (?P<word>
        [^\W\d_]+n['’]t(?![^\W_])
      | [^\W\d_]+(?:(?<=[^\W\d_])[&](?=[^\W\d_])[^\W\d_]+)+
      | [OoDdLl]['’](?=[^\W\d_]{{2}})[^\W\d_]+
      | (?:[^\W_]|[\u0300-\u036f])+(?:['’](?!(?:s|m|d|re|ve|ll|t)(?![^\W_]))[^\W\d_]+)*
      | _+ )
  | (?P<run>[.!?]{{2,}} | …+ | [{_HYPHENS}–—]{{2,}} | ''|``|’’|‘‘ | \*+ | =+ | <<|>> | \+{{2,}} )
  | (?P<mark>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_NOT = re.compile(r"n['’]t$", re.IGNORECASE)
_JOINED = {
    "cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "gimme": 3, "lemme": 3, "dunno": 2, "dont": 2, "didnt": 3,
    "doesnt": 4, "isnt": 2, "wasnt": 3, "werent": 4, "couldnt": 5, "wouldnt": 5, "shouldnt": 6, "havent": 4,
    "hasnt": 3, "arent": 3, "cant": 2, "im": 1, "ive": 1, "thats": 4, "alot": 1,
}  # fmt: skip
_PREFIXED = re.compile(rf"(?:{_PREFIXES})[{_HYPHENS}]$", re.IGNORECASE)
# "F16s", "G7" and "COVID19" are one word; "10am", "40bn" and "5km" are a number and its unit.
_UNIT = re.compile(
    r"(\d+(?:[.,:]\d+)*)(am|pm|a\.m\.|p\.m\.|k|m|b|bn|tn|mn|km|cm|mm|kg|g|mg|lb|lbs|ft|mph|kph|kw|mw|gw|kwh|mwh|gb|mb|tb|hz|ghz|"
    r"mhz|hrs?|mins?|secs?|yrs?|x)$",
    re.IGNORECASE,
)


class WordSpan(NamedTuple):
    start: int
    end: int


def split_words(text: str, start: int = 0, end: int | None = None) -> list[WordSpan]:
    """Return the words of `text[start:end]` in order, as spans of the whole text; white space belongs to none.

    >>> text = "He didn't pay $40bn, U.S. officials said."
    >>> [text[word.start:word.end] for word in split_words(text)]
    ['He', 'did', "n't", 'pay', '$', '40', 'bn', ',', 'U.S.', 'officials', 'said', '.']
    """
    end = len(text) if end is None else end
    spans: list[WordSpan] = []
    at = start
    while at < end:
        found = _PATTERN.match(text, at, end)
        assert found is not None  # the last branch takes any character
        left, right = found.span()
        at = right
        kind = found.lastgroup
        if kind == "space":
            continue
        if kind == "plain" or kind == "word":
            _add_word(text, left, right, spans)
        elif kind == "number":
            at = _add_number(text, left, right, end, spans)
        else:
            spans.append(WordSpan(left, right))
    return _join_prefixes(text, spans)


def _add_word(text: str, left: int, right: int, spans: list[WordSpan]) -> None:
    word = text[left:right]
    cut = _JOINED.get(word.lower())
    negated = _NOT.search(word)
    if negated and negated.start() > 0:
        cut = negated.start()
    if cut is None:
        spans.append(WordSpan(left, right))
    else:
        spans.append(WordSpan(left, left + cut))
        spans.append(WordSpan(left + cut, right))


def _add_number(text: str, left: int, right: int, end: int, spans: list[WordSpan]) -> int:
    tail = re.compile(r"[^\W_]+").match(text, right, end)
    if tail is None:
        spans.append(WordSpan(left, right))
        return right
    whole = tail.end()
    unit = _UNIT.match(text[left:whole])
    if unit is None:
        spans.append(WordSpan(left, whole))
    else:
        spans.append(WordSpan(left, left + unit.end(1)))
        spans.append(WordSpan(left + unit.end(1), whole))
    return whole


def _join_prefixes(text: str, spans: list[WordSpan]) -> list[WordSpan]:
    joined: list[WordSpan] = []
    at = 0
    while at < len(spans):
        if (
            at + 2 < len(spans)
            and spans[at].end == spans[at + 1].start
            and spans[at + 1].end == spans[at + 2].start
            and _PREFIXED.fullmatch(text, spans[at].start, spans[at + 1].end)
            and text[spans[at + 2].start].isalnum()
            and not (at > 0 and spans[at - 1].end == spans[at].start and text[spans[at - 1].start] in _HYPHENS)
        ):
            joined.append(WordSpan(spans[at].start, spans[at + 2].end))
            at += 3
        else:
            joined.append(spans[at])
            at += 1
    return joined
