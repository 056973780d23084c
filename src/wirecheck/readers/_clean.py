"""Text as programs hand it on, to the text that its author wrote: the part of reading after the bytes are decoded.

Markup and Markdown give way to their words, characters that nobody sees go, forms of one letter become one form, and
what was decoded in the wrong encoding is undone where nothing is lost by it. What is kept is the document's text, of
which all spans count the characters; the bytes as received stay beside it.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Any

from wirecheck.language.vocabulary import is_word
from wirecheck.model import Problem
from wirecheck.readers._markup import CDATA, read_fragment
from wirecheck.text.unseen import strip_unseen
from wirecheck.text.wrapping import unwrap

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028]")
# Characters that no text has: controls, lone surrogates.
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_OVERRIDES = re.compile("[\u202d\u202e]")
_MANIFEST = re.compile("(?:[\ufe00-\ufe0f]|[\U000e0100-\U000e01ef]){8,}")

_ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,30};)")
_BLOCKS = r"p|div|br|li|ul|ol|h[1-6]|blockquote|article|section|table|tr|td|th|figure|figcaption|pre|hr|header|footer"
_INLINE = r"a|abbr|b|big|cite|em|font|i|img|mark|q|s|small|span|strong|strike|sub|sup|u"
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE}|script|style|iframe)(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
# What shows that tags are markup and not what a text is about: one that ends right behind words, or needs no end.
_CLOSED = re.compile(rf"(?<![^\S\n])</(?:{_BLOCKS}|{_INLINE})\s*>|<br\b[^<>]{{0,2000}}>|<!\[CDATA\[", re.IGNORECASE)
_UNREAD = re.compile(
    r"<(script|style|iframe)\b[^<>]{0,2000}>[^<]{0,100000}</\1\s*>|<!--(?:(?!-->).){0,5000}-->",
    re.IGNORECASE | re.DOTALL,
)
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_LISTED = re.compile(r"\n(?=[ \t]*(?:[-*+•|>]|#{1,6}|\d{1,3}[.)])[ \t]?\S)")
_MOST_LAYERS = 3

_LINK = re.compile(
    r"(?<!!)\[([^\[\]\n]{1,300})\]\((?:https?:|mailto:|[/#])[^()\s]{0,2000}(?:\([^()\s]{0,200}\))?(?:\s\"[^\"\n]{0,200}\")?\)"
)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\s]{1,2000}(?:\s\"[^\"\n]{0,200}\")?\)[ \t]*")
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(?=\S)(.{0,300}?)(?:[ \t]+#{1,6})?[ \t]*$", re.MULTILINE)
_STRONG = re.compile(r"(?<![\w*\\])(\*\*\*|\*\*|___|__)(?=[^\s*_])([^*_\n]{1,500}?)(?<=[^\s*_])\1(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*_\\/])([*_])(?=[^\s*_])([^*_\n]{1,300}?)(?<=[^\s*_])\1(?![\w*_/])")
_QUOTED = re.compile(r"^[ ]{0,3}>[ ]?", re.MULTILINE)
_FENCE = re.compile(r"^[ ]{0,3}(?:```|~~~).{0,40}$", re.MULTILINE)
_REFERENCE = re.compile(
    r"^[ ]{0,3}\[[^\]\n]{1,100}\]:[ \t]+\S{1,2000}(?:[ \t]+\"[^\"\n]{0,200}\")?[ \t]*$\n?", re.MULTILINE
)
_BY_REFERENCE = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\[[^\[\]\n]{0,100}\]")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,60}\](?::[ \t])?")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_CODE = re.compile(r"(?<![`\\])`([^`\n]{1,300})`(?!`)")
_ROW_BORDER = re.compile(r"^[ ]{0,3}\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t:-]*$\n?", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>|-])")

# Escapes of JSON that were escaped once more, so that the text shows them.
_SHOWN_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\([nrt\"/])")
_FEWEST_ESCAPES = 2

# A word that a soft hyphen parted at the end of a line: its rest goes up.
_BROKEN_WORD = re.compile(r"(\w)\u00ad[ \t]*\n[ \t]*(\S{1,60})[ \t]?")
# Escapes of mail that were left in a text: bytes of UTF-8 beyond ASCII, and lines that go on.
_MAILED = re.compile(r"(?:=[C-F][0-9A-F](?:=[89AB][0-9A-F]){1,3}|=\n|=3D|=20(?=\n))")
_MAILED_BYTES = re.compile(r"(?:=[0-9A-F]{2})+")
_FEWEST_MAILED = 2

# Windows-1252 has no 9D: where UTF-8 was read in it, programs dropped the last byte of ” and nothing else.
_LOST_CLOSING = re.compile(r"â€(?=[\s.,;:!?)\]—–-]|\Z)")
# How UTF-8 looks in Windows-1252 and Latin-1, and the marks of English text in Windows-1251, CP437 and Mac Roman.
_SUSPECT = re.compile("[\x80-\x9f]|[\u00c2-\u00f4][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|вЂ|ΓÇ|‚Ä|â€")
_QUESTIONED = re.compile(r"(?<=[a-z])\?(?=[a-z])|(?<=[\s(])\?(?=[A-Za-z][a-z])")
_ADDRESS = re.compile(r"\S*(?:://|www\.|[?&]\w+=)\S*")


def clean_text(
    location: str, text: str, *, markdown: bool | None = None, known_lost: int = 0
) -> tuple[str, tuple[Problem, ...]]:
    """Return a decoded text without what its author did not write, and the problems met.

    Line ends become "\\n"; controls and lone surrogates become U+FFFD, one for one, and are reported. `markdown` says
    whether the text is Markdown; None takes out what is hardly anything else. `known_lost` of the characters U+FFFD
    have been reported.
    """
    text = fold_line_ends(text)
    text, is_opened = undo_quoted_printable(text)
    text, problems = repair(location, _BROKEN_WORD.sub(r"\1\2\n", text) if "\u00ad" in text else text)
    if is_opened:
        problems += (Problem(location, "escapes of mail (quoted-printable) undone"),)
    lost = text.count("\ufffd") - known_lost
    if lost > 0:
        message = f"{_count(lost, 'character')} lost before this text came; shown as U+FFFD"
        problems += (Problem(location, message),)
    text = undo_escapes(strip_markup(text))
    if markdown is not False:
        text = strip_markdown(text, known=markdown is True)
    hidden = [
        name
        for pattern, name in ((_MANIFEST, "a hidden manifest"), (_OVERRIDES, "marks that turn the direction"))
        if pattern.search(text)
    ]
    if hidden:
        problems += (Problem(location, f"{' and '.join(hidden)} left out of the text"),)
    text = unwrap(strip_unseen(text), is_word=is_word)
    questioned = len(_QUESTIONED.findall(_ADDRESS.sub("", text))) if "?" in text else 0
    if questioned:
        message = f"{_count(questioned, 'place')} where a question mark seems to stand for a lost character"
        problems += (Problem(location, message),)
    text, more = replace_controls(location, text, noun="control character or lone surrogate")
    return text, (*problems, *more)


def fold_line_ends(text: str) -> str:
    """Return a text whose lines end in "\\n" alone; a separator of paragraphs is two."""
    return _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n")


def replace_controls(location: str, text: str, *, noun: str = "control character") -> tuple[str, tuple[Problem, ...]]:
    """Return a text with U+FFFD for each control and lone surrogate, and how many there were."""
    strange = len(CONTROL.findall(text))
    if not strange:
        return text, ()
    message = f"{_count(strange, noun)} shown as U+FFFD"
    return CONTROL.sub("\ufffd", text), (Problem(location, message),)


def strip_markup(text: str) -> str:
    """Return the words of a text that holds HTML, however often it was escaped; other texts as they are."""
    for _ in range(_MOST_LAYERS):
        if "<" in text and _CLOSED.search(text):
            text = _strip_tags(text)
        elif "&" in text and _ENTITY.search(text):
            text = _ENTITY.sub(lambda m: html.unescape(m[0] if m[0].endswith(";") else f"{m[0]};"), text)
        else:
            break
    return text


def _strip_tags(text: str) -> str:
    text = _UNREAD.sub(" ", CDATA.sub("", text))
    if not _BLOCK_TAG.search(text):
        return _INLINE_TAG.sub("", text)
    if "<p" not in text.lower():  # as in the editors of some systems, blank lines part paragraphs beside the tags
        text = _BLANK.sub("<br>", _LISTED.sub("<br>", text))
    return read_fragment(text)


def strip_markdown(text: str, *, known: bool = False) -> str:
    """Return the words of a text in Markdown; with `known` also what is too common elsewhere to be taken for it.

    >>> strip_markdown("# Ferry sinks\\n\\nThe **mayor** spoke to [the Herald](https://herald.example/1).")
    'Ferry sinks\\n\\nThe mayor spoke to the Herald.'
    """
    if not known and not any(mark in text for mark in ("](", "# ", "*", "_")):
        return text
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _LINK.sub(r"\1", text)  # a link around an image
    text = _HEADING.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    if known:
        text = _FOOTNOTE.sub("", text)
        text = _BY_REFERENCE.sub(r"\1", _REFERENCE.sub("", text))
        text = _CODE.sub(r"\1", _AUTOLINK.sub(r"\1", _ROW_BORDER.sub("", text)))
        text = _ESCAPED.sub(r"\1", _FENCE.sub("", _QUOTED.sub("", text)))
    return text


def clean_field(value: str | None) -> str | None:
    """Return a title or a name on one line, cleaned like a text; None where nothing is left."""
    if value is None:
        return None
    return " ".join(clean_text("", value)[0].split()) or None


def repair(location: str, text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a text with what was decoded in the wrong encoding undone, line by line, and how many lines that were."""
    problems: list[Problem] = []
    if not text.isascii() and _SUSPECT.search(text):
        lines = text.split("\n")
        bad = [n for n, line in enumerate(lines) if _SUSPECT.search(line) and _ftfy().is_bad(_mark_lost(line))]
        if bad:
            fixed = {n: _undo(lines[n]) for n in bad}
            left = sum(1 for line in fixed.values() if _ftfy().is_bad(line))
            lines = [fixed.get(n, line) for n, line in enumerate(lines)]
            text = "\n".join(lines)
            done = len(bad) - left
            if done:
                problems.append(
                    Problem(location, f"{_count(done, 'line')} decoded in the wrong encoding on the way here; undone")
                )
            if left:
                problems.append(
                    Problem(
                        location, f"{_count(left, 'line')} decoded in the wrong encoding on the way here; not undone"
                    )
                )
    return text, tuple(problems)


def _undo(line: str) -> str:
    fixed: str = _ftfy().fix(_mark_lost(line))
    return fixed


def _mark_lost(line: str) -> str:
    return _LOST_CLOSING.sub("â€\x9d", line)


class _Ftfy:
    """What is used of ftfy, imported when the first suspect line comes."""

    def __init__(self) -> None:
        import ftfy
        from ftfy import badness

        self._config = ftfy.TextFixerConfig(replace_lossy_sequences=False)
        self._fix: Any = ftfy.fix_encoding
        self.is_bad: Any = badness.is_bad

    def fix(self, line: str) -> Any:
        return self._fix(line, self._config)


@cache
def _ftfy() -> _Ftfy:
    return _Ftfy()


def undo_escapes(text: str) -> str:
    """Return a text without escapes that were escaped once more, where it has no line ends of its own."""
    if "\\" not in text or "\n" in text or len(_SHOWN_ESCAPE.findall(text)) < _FEWEST_ESCAPES:
        return text
    plain = {"n": "\n", "r": "\n", "t": " ", '"': '"', "/": "/"}
    text = _SHOWN_ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else plain[m[2]], text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def undo_quoted_printable(text: str) -> tuple[str, bool]:
    """Return a text without the escapes of quoted-printable (RFC 2045), where it shows several that are UTF-8.

    >>> undo_quoted_printable("The mayor said =\\nthat =E2=80=9Cwe=E2=80=9D waited.")
    ('The mayor said that “we” waited.', True)
    """
    if "=" not in text or len(_MAILED.findall(text)) < _FEWEST_MAILED or not re.search("=[C-F][0-9A-F]=[89AB]", text):
        return text, False
    try:
        opened = _MAILED_BYTES.sub(lambda m: bytes.fromhex(m[0].replace("=", "")).decode(), text.replace("=\n", ""))
    except UnicodeDecodeError:
        return text, False
    return opened, True


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
