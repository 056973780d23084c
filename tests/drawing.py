"""Drawn documents: a dossier from texts in which the quotations are marked, built without the annotators."""

from __future__ import annotations

import re
from dataclasses import replace

from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import read_document
from wirecheck.model import Actor, Annotations, Document, Quotation, Story, digest_document, quotation_id

PUBLISHERS = ("herald", "post", "wire")


def draw(texts: dict[str, str]) -> Dossier:
    """Return the dossier of drawn documents.

    ⟦speaker|words⟧ is a quotation in marks, ⟦~speaker|words⟧ indirect speech, ⟦|words⟧ a quotation whose speaker is
    open, ⟦=actor|words⟧ a mention. The source of a quotation is the first place behind it that has the speaker's name.
    """
    documents, annotations = [], []
    actors: dict[str, Actor] = {}
    for name, drawn in texts.items():
        text, places = undraw(drawn)
        document = Document(digest_document(name, text), name, name, text, "", publisher=f"The {name.title()}")
        quotations = []
        for start, end, label in places:
            kind, speaker = label[:1] if label[:1] in "~=" else "", label.lstrip("~=")
            if speaker:
                actors.setdefault(speaker, Actor(f"a{len(actors) + 1}", speaker, "person", (speaker,), ()))
            span = document.span(start, end)
            if kind == "=":
                actors[speaker] = replace(actors[speaker], mentions=(*actors[speaker].mentions, span))
                continue
            at = text.find(speaker, end) if speaker else -1
            quotations.append(
                Quotation(
                    quotation_id((span,)),
                    document.id,
                    "indirect" if kind == "~" else "direct",
                    (span,),
                    source=document.span(at, at + len(speaker)) if at >= 0 else None,
                    speaker=actors[speaker].id if speaker else None,
                    speaker_name=speaker or None,
                )
            )
        documents.append(document)
        annotations.append(Annotations(document.id, quotations=tuple(quotations)))
    story = Story("s1", "drawn", tuple(d.id for d in documents))
    return Dossier(story, tuple(map(read_document, documents)), tuple(annotations), tuple(actors.values()))


def undraw(drawn: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a drawn text without its signs, and the places of its marks with their labels."""
    text, places, at = "", [], 0
    for match in re.finditer(r"⟦([^|⟧]*)\|([^⟧]*)⟧", drawn):
        text += drawn[at : match.start()]
        places.append((len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        at = match.end()
    return text + drawn[at:], places
