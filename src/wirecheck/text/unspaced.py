"""Words of scripts that leave no spaces between them (Chinese, Japanese), as an index of words can hold them."""

from __future__ import annotations

import re
import unicodedata

# Kana with its marks of length and repetition, and the ideographs of all planes.
UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{UNSPACED}]+")
_QUOTED = re.compile(r'"([^"]*)"(\*?)')


def is_unspaced(text: str) -> bool:
    """Return whether a text has characters of such a script."""
    return not text.isascii() and _RUN.search(text) is not None


def split_pairs(text: str) -> str:
    """Return a text with each run of such characters as its pairs, overlapping, and its last character, as words.

    A run of the text is found by the phrase of its pairs, whatever stands around it.

    >>> split_pairs("iPhone発売日")
    'iPhone 発売 売日 日'
    """
    return _RUN.sub(lambda m: f" {' '.join(_list_pairs(m.group()))} ", unicodedata.normalize("NFKC", text)).strip()


def query_pairs(query: str) -> str:
    """Return a query of FTS5, whose words and phrases stand in quotation marks, as one of pairs.

    >>> query_pairs('"発売日" AND NOT "日"')
    '"発売 売日" AND NOT "日"*'
    """
    return _QUOTED.sub(_ask_pairs, query)


def _ask_pairs(match: re.Match[str]) -> str:
    text = unicodedata.normalize("NFKC", match[1])
    runs = _RUN.findall(text)
    asked = _RUN.sub(lambda m: f" {' '.join(_list_pairs(m.group())[: -1 if len(m.group()) > 1 else None])} ", text)
    # One character is the beginning of a pair, or the last of a run.
    alone = len(runs) == 1 and len(runs[0]) == 1 and text.strip() == runs[0]
    return f'"{" ".join(asked.split())}"{"*" if alone else match[2]}'


def _list_pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run))]
