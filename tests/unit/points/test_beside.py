"""What one report quotes on and another tells on, beside words that both have in marks."""

from __future__ import annotations

import pytest

from tests.builders import make_document
from wirecheck import Settings, compare

OPENING = "The northern quay of Tarn was shut on Friday.\n\n"


def list_retold(herald: str, post: str) -> list[tuple[list[str], str]]:
    """Return the publishers and the reason of each group of a paraphrase."""
    texts = (("a", "The Ostrel Courier", OPENING + herald), ("b", "The Tarn Post", OPENING + post))
    documents = [make_document(name, text, publisher=paper, published="2024-05-17") for name, paper, text in texts]
    (story,) = compare(documents, settings=Settings(one_story=True)).stories
    name_of = {q.id: q.document for q in story.quotations}
    names = {d.id: d.name for d in documents}
    return [
        (sorted(names[name_of[q]] for q in g.quotations), g.reason)
        for g in story.quote_groups
        if g.relation == "paraphrased"
    ]


@pytest.mark.parametrize(
    ("herald", "post", "told"),
    [
        (
            "“The warden and I have talked, and both believe that the lamps of the northern quay are a danger to "
            "ships,” Mayor Ona Reed said.",
            "Mayor Ona Reed said that she and the warden had spoken and “both believe that the lamps of the northern "
            "quay are a danger to ships.”",
            "she and the warden had spoken",
        ),
        (
            "“The lamps have been under study for years. Will update soon with the warden,” Mayor Ona Reed said.",
            "Mayor Ona Reed said that the lamps had been “under study for years” but that she would provide an update "
            "after a review with him.",
            "she would provide an update after a review with him",
        ),
    ],
)
def test_the_clause_beside_shared_words_is_retold(herald: str, post: str, told: str) -> None:
    ((documents, reason),) = list_retold(herald, post)

    assert documents == ["a", "b"]
    assert reason.startswith(f"The Tarn Post gives in its own words, “{told}”, what The Ostrel Courier quotes")


@pytest.mark.parametrize(
    ("herald", "post"),
    [
        pytest.param(
            "“Our friends on the pier were right, and the lamps of the northern quay are a danger to ships,” Mayor Ona "
            "Reed said.",
            "Mayor Ona Reed said that the budget was being drawn up and that “the lamps of the northern quay are a "
            "danger to ships.”",
            id="another clause",
        ),
        pytest.param(
            "“The warden and I have talked, and both believe that the lamps of the northern quay are a danger to "
            "ships,” Mayor Ona Reed said.",
            "Mayor Ona Reed said that she and the warden had not talked and “both believe that the lamps of the "
            "northern quay are a danger to ships.”",
            id="only one denies",
        ),
        pytest.param(
            "“The warden and I have talked, and both believe that the lamps of the northern quay are a danger to "
            "ships,” Mayor Ona Reed said.",
            "Mayor Ona Reed said that “the warden and I have talked, and both believe that the lamps of the northern "
            "quay are a danger to ships.”",
            id="both quote it",
        ),
    ],
)
def test_what_is_said_besides_or_quoted_is_not_retold(herald: str, post: str) -> None:
    assert list_retold(herald, post) == []
