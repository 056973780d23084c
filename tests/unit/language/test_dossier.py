"""The dossier: what is looked up in it, and that a look-up is no walk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.builders import find_span, make_document
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Annotations, Quotation, Reuse, Story, quotation_id

TEXT = "Roe said “no” and “never”. The mayor said “yes”."
DOCUMENTS = tuple(
    make_document(name, TEXT, publisher=paper) for name, paper in (("a", "Post"), ("b", "Post"), ("c", "Wire"))
)


class Walked(tuple[Any, ...]):
    """A tuple that counts how often it is gone through."""

    walks = 0

    def __iter__(self) -> Iterator[Any]:
        Walked.walks += 1
        return super().__iter__()

    def __reversed__(self) -> Iterator[Any]:
        Walked.walks += 1
        return iter(self[::-1])


def quote(document: int, *words: str) -> Quotation:
    contents = tuple(find_span(DOCUMENTS[document], w) for w in words)
    return Quotation(quotation_id(contents), DOCUMENTS[document].id, "direct", contents)


def make_dossier() -> Dossier:
    ids = tuple(d.id for d in DOCUMENTS)
    annotations = [Annotations(i, quotations=(quote(n, "no", "never"), quote(n, "yes"))) for n, i in enumerate(ids)]
    mention = find_span(DOCUMENTS[0], "Roe")
    return Dossier(
        Story("s1", "No", ids),
        Walked(Reading(d, (), ()) for d in DOCUMENTS),
        Walked(annotations),
        Walked([Actor("a1", "Roe", "person", (), (mention,)), Actor("a2", "Ann Roe", "person", (), (mention,))]),
        reuse=Walked(Reuse(left, right, (), 0.0, 0.0) for left, right in (ids[:2], ids[1:], ids[::2])),
    )


def test_a_look_up_walks_through_nothing_once_the_maps_are_made() -> None:
    dossier = make_dossier()
    mention = find_span(DOCUMENTS[0], "Roe")
    looks = 0
    for times in (1, 100):
        for _ in range(times):
            for document in DOCUMENTS:
                dossier.document(document.id)
                dossier.annotations_of(document.id)
                dossier.shown(document.id)
                dossier.reuse_among([document.id, DOCUMENTS[0].id])
                dossier.quotations_touching(document.span(0, 12))
            dossier.actor("a2")
            dossier.actor_at(mention)
            dossier.quotation(dossier.quotations[-1].id)
        looks, before = Walked.walks, looks

    assert looks == before


def test_of_two_actors_with_one_mention_the_first_has_it() -> None:
    assert make_dossier().actor_at(find_span(DOCUMENTS[0], "Roe")) == make_dossier().actor("a1")


def test_a_document_is_shown_by_its_publisher_unless_another_has_the_same() -> None:
    dossier = make_dossier()

    assert [dossier.shown(d.id) for d in DOCUMENTS] == ["a", "b", "Wire"]


@pytest.mark.parametrize(
    ("words", "count"), [("Roe", 0), ("no", 1), ("and", 0), ("“no” and “never”", 1), ("never”. The mayor said “yes", 2)]
)
def test_a_quotation_touches_a_span_by_its_words_and_not_by_what_stands_between(words: str, count: int) -> None:
    found = make_dossier().quotations_touching(find_span(DOCUMENTS[1], words))

    assert len(found) == count


def test_what_some_documents_share_is_what_any_two_of_them_share() -> None:
    dossier, (one, two, three) = make_dossier(), (d.id for d in DOCUMENTS)

    assert dossier.reuse_among([one, three]) == (dossier.reuse[2],)
    assert dossier.reuse_among([three, two, one]) == tuple(dossier.reuse)
    assert dossier.reuse_among([two]) == ()


def test_what_is_not_in_the_story_is_a_key_error() -> None:
    for ask in (Dossier.document, Dossier.annotations_of, Dossier.quotation):
        with pytest.raises(KeyError):
            ask(make_dossier(), "nobody")
