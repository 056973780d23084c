"""A retelling that keeps a word of the utterance in marks: a paraphrase, or a trim, by whose word it is."""

from __future__ import annotations

import pytest

from tests.builders import make_document
from wirecheck import Settings, compare


@pytest.mark.parametrize(
    ("herald", "post", "relation"),
    [
        (
            "The negotiations on the mill of Tarn begin on Friday. Nobody in the valley had hoped for as much.\n\n"
            "“We agreed that we will start negotiations immediately,” Mayor Ona Reed said.",
            "The mill of Tarn has waited for negotiations since May. Its gates were locked, grass grew in the yard. "
            "Two storms took the roof.\n\n"
            "Mayor Ona Reed announced that she and Ivo Lang had agreed to begin “negotiations” immediately.",
            "paraphrased",
        ),
        (
            "The mill of Tarn was shut on Friday.\n\n"
            "“I allowed a culture to grow in my office that was decidedly unprofessional,” Mayor Ona Reed said.",
            "The mill of Tarn was shut on Friday.\n\n"
            "Mayor Ona Reed acknowledged running an “unprofessional” office with a bad culture.",
            "trimmed",
        ),
    ],
)
def test_a_word_in_marks_is_a_trim_only_where_it_is_nobody_elses(herald: str, post: str, relation: str) -> None:
    texts = (("a", "The Ostrel Courier", herald), ("b", "The Tarn Post", post))
    documents = [make_document(name, text, publisher=paper, published="2024-05-17") for name, paper, text in texts]
    (story,) = compare(documents, settings=Settings(one_story=True)).stories
    document_of = {q.id: q.document for q in story.quotations}

    found = {g.relation for g in story.quote_groups if len({document_of[i] for i in g.quotations}) > 1}
    grouped = {i for g in story.quote_groups for i in g.quotations}

    assert found == {relation}
    assert {q.id for q in story.quotations if q.kind != "indirect"} <= grouped
