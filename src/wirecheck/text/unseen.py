"""Characters that nobody sees, and forms of characters that nobody tells apart."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphens, spaces and joiners of no width, direction marks, fillers, variation selectors, tags (a text manifest of
# C2PA 2.4 is a run of these two), marks of annotations. They part a word for whoever compares it.
_RANGES = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_RANGES}]")
# Joiners shape the letters of some scripts and join pictures; beside Latin, Greek, Cyrillic, signs and white space they
# do nothing.
_IDLE = "\x00-\u058f\u1e00-\u206f"
_JOINERS = re.compile(f"(?:(?<=[{_IDLE}])|\\A)[\u200c\u200d]+|[\u200c\u200d]+(?=[{_IDLE}]|\\Z)")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000]")
# The stroke of a fraction, and the full stop between full-width digits.
_STROKES = re.compile("(?<=[0-9])[\u2044\u2215](?=[0-9])")
_STOPS = re.compile("(?<=[\uff10-\uff19])\uff0e(?=[\uff10-\uff19])")
# Forms that stand for letters and digits of plain text: ligatures, full-width letters, digits and signs of money (the
# marks of Asian text aside), letters of mathematics, which are used for bold and italics.
_FORMS = re.compile(
    "[\ufb00-\ufb06\uff04\uff05\uff0b\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uffe0\uffe1\uffe5\uffe6\U0001d400-\U0001d7ff]+"
)
GONE = frozenset(
    chr(code)
    for part in re.findall("(.)(?:-(.))?", _RANGES)
    for code in range(ord(part[0]), ord(part[1] or part[0]) + 1)
) | {"\u200c", "\u200d"}
"""What a folded copy leaves out."""


def strip_unseen(text: str) -> str:
    """Return a text without characters that nobody sees, composed (NFC), with plain forms of letters and spaces.

    >>> strip_unseen("7 mil\\u00adlion, Zoe\\u0308, \\uff17\\uff12 \\ufb01res")
    '7 million, Zoë, 72 fires'
    """
    if text.isascii():
        return text
    text = _JOINERS.sub("", _UNSEEN.sub("", text))
    text = _STROKES.sub("/", _STOPS.sub(".", text))
    text = _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text))
