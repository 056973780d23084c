"""Credits: words that name another publisher, agency, document, post or person as where something comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirecheck.annotators import Annotator
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Credit

_CREDIT = re.compile(
    r"\b[Aa]ccording to (?:the |an? )?(?P<credited>(?:\w+ ){0,4}(?:documents?|records?|papers|report|data|returns|statement))\b"
)


def find_credits(reading: Reading, annotations: Annotations) -> Iterator[Credit]:
    """Yield the credits of a reading."""
    for sentence in reading.sentences:
        for match in _CREDIT.finditer(reading.words(sentence.start, sentence.end)):
            yield Credit(
                reading.span(sentence.start + match.start(), sentence.start + match.end()),
                match["credited"],
                "document",
                covers=reading.span(sentence.start, sentence.end),
            )


ANNOTATOR = Annotator(
    name="credits",
    version=1,
    kind="credits",
    summary="Other publishers, agencies, broadcasts, documents and posts that a document names as its source.",
    order=50,
    find=find_credits,
)
