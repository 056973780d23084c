"""Words of documents on a terminal: one line, and no control character that a document may hold."""

from __future__ import annotations


def plain(text: str) -> str:
    """Return a text with white space as single spaces and characters that a terminal obeys as U+FFFD.

    >>> plain("a\\n\\x1b[31mb")
    'a \\ufffd[31mb'
    """
    return "".join(" " if c.isspace() else c if c.isprintable() else "\ufffd" for c in text)
