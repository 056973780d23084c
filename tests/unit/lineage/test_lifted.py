"""Derivation of what one document quotes and the other tells in its own words."""

from __future__ import annotations

import json

import pytest

from wirecheck.lineage import derive_documents
from wirecheck.lineage.derivation import Derivation
from wirecheck.lineage.pairs import is_derived
from wirecheck.lineage.publishers import agency_named, may_name, may_name_agency, names_publisher
from wirecheck.model import Document
from wirecheck.readers import read_bytes
from wirecheck.reuse import compare_reuse, list_article_words
from wirecheck.text.gazetteer import outlets
from wirecheck.text.sentences import split_paragraphs

TOLD = (
    "The council had known of the cracks in the old sea wall since the spring floods, minutes of its closed meetings "
    "show, and voted twice to put off the repair until the harbour fees were paid in full by the ferry company"
)
SPOKEN = (
    "I had known of the cracks in the old sea wall since the spring floods, and I voted twice to put off our repair "
    "until we had all of the harbour fees that the ferry company owes us in full"
)
OTHER = (
    "Nobody on the island was surprised. Fishermen moved their boats to the north pier on Monday, the school sent its "
    "children home early, and the baker shut his shop by the steps. A crane from the mainland is due on Friday. "
    "The weather office expects calm seas for the rest of the week, with light wind from the west and a little rain. "
    "Two families whose cellars were flooded in spring have moved to the inn above the market, where the landlord asks "
    "for no rent until the wall stands again."
)
MORE = (
    "At the inn a list hangs beside the stove in which everybody writes what he can lend: ladders, two pumps, a cart, "
    "forty sacks of sand from the quarry on the hill. A widow lent a tent, and a teacher her piano, so "
    "that the evenings pass. On Sunday the band will play in the yard if the rain stays away. The ferry sails at eight "
    "and at four as always, and takes tools and timber without a fare, its captain wrote on the board at the quay."
)
FIRST = (
    "Three members of the council of Elra had no comment on Sunday when they were asked about the papers. The mayor "
    "sent word that he was at sea. Engineers who looked at the stones in May had asked for iron bands at the foot of "
    "the lighthouse, and for a watchman at night."
)


def make(name: str, publisher: str, text: str, published: str = "2025-03-04") -> Document:
    line = json.dumps({"name": name, "title": name, "publisher": publisher, "published": published, "text": text})
    (document,), _ = read_bytes(f"{name}.jsonl", line.encode())
    return document


def derive_pair(left: Document, right: Document) -> Derivation | None:
    reuse = compare_reuse(*(list_article_words(d, split_paragraphs(d)) for d in (left, right)))
    found = derive_documents(left, right, reuse) if reuse is not None else None
    assert reuse is None or is_derived(left, right, reuse) == (found is not None)
    return found


def test_what_is_quoted_from_a_named_paper_is_had_from_it() -> None:
    paper = make("wall", "The Elra Gazette", f"{FIRST}\n\n{TOLD}.")
    blog = make("angry", "Harbour Notes", f"{OTHER}\n\nThe Elra Gazette reports: “{TOLD}.”\n\n{MORE}")
    found = derive_pair(paper, blog)

    assert found is not None
    assert (found.relation, found.source) == ("rewrite", "left")
    assert (
        found.reason
        == "Harbour Notes quotes 42 words that The Elra Gazette tells as its own, and names The Elra Gazette for them."
    )


def test_what_is_quoted_from_an_agency_makes_the_other_text_the_agencys() -> None:
    paper = make("wall", "Coastwatch", f"{FIRST}\n\n{TOLD}.")
    blog = make("angry", "Harbour Notes", f"{OTHER}\n\n“{TOLD},” the Associated Press reports.\n\n{MORE}")
    found = derive_pair(paper, blog)

    assert found is not None
    assert (found.relation, found.source, found.common) == ("common-source", "common", "The Associated Press")


def test_what_both_quote_is_had_from_neither() -> None:
    paper = make("wall", "The Elra Gazette", f"{FIRST}\n\n“{TOLD},” said a clerk.")
    blog = make("angry", "Harbour Notes", f"{OTHER}\n\nThe Elra Gazette also has it: “{TOLD}.”\n\n{MORE}")

    assert derive_pair(paper, blog) is None


def test_what_one_quotes_without_a_name_may_be_a_third_text() -> None:
    paper = make("wall", "The Elra Gazette", f"{FIRST}\n\n{TOLD}.")
    notes = make("angry", "Harbour Notes", f"{OTHER}\n\n“{TOLD}.”\n\n{MORE}")

    assert derive_pair(paper, notes) is None


def test_a_speech_printed_without_marks_is_no_report() -> None:
    paper = make("wall", "The Elra Gazette", f"{FIRST}\n\n{SPOKEN}.")
    notes = make("angry", "Harbour Notes", f"{OTHER}\n\n“{SPOKEN},” the mayor told The Elra Gazette.\n\n{MORE}")

    assert derive_pair(paper, notes) is None


def test_a_quotation_of_two_paragraphs_has_its_name_beside_the_first() -> None:
    lead = "We have grown used to a council that puts things off, and it is no less a shame for that."
    paper = make("wall", "The Elra Gazette", f"{FIRST}\n\n{lead}\n\n{OTHER}\n\n{TOLD}.")
    blog = make("angry", "Harbour Notes", f"A columnist writes in The Elra Gazette:\n\n“{lead}\n\n“{TOLD}.”\n\n{MORE}")
    found = derive_pair(paper, blog)

    assert found is not None
    assert (found.relation, found.source) == ("rewrite", "left")
    assert found.reason.endswith("tells as its own, and names The Elra Gazette for them.")


@pytest.mark.parametrize("form", ["{}", "“{}’s” clerk", "({})", "the {},"])
def test_a_text_may_name_a_publisher_wherever_a_credit_would(form: str) -> None:
    names = [*outlets(), "ENA", "E.N.A.", "The Elra  News Agency", "elra news agency"]
    publishers = ["The Associated Press", "CNN (Web News)", "New York Times - News", "Elra News Agency", "USA TODAY"]
    for publisher in publishers:
        for name in names:
            if names_publisher(name, publisher):
                assert may_name(f"It is said by {form.format(name)} today.", publisher), (name, publisher)
            if agency_named(name) is not None:
                assert may_name_agency(f"It is said by {form.format(name)} today."), name
