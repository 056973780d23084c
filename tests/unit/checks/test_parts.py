"""What two sentences tell of one fact, each a part of it."""

from __future__ import annotations

from tests.builders import make_document
from wirecheck import Settings, compare

HERALD = (
    "Ivar Holt rode his bicycle along the quay of Sorley on Monday. A lorry without lights hit him near the old mill. "
    "He died from his injuries at Northgate Hospital a short time later. The council of Sorley will meet in May."
)
POST = (
    "On the quay of Sorley a lorry struck Ivar Holt, a baker, on his bicycle on Monday. He died in hospital soon after "
    "the smash. Bread was dear in the southern towns. The mill was built in 1950."
)


def test_two_whole_sentences_on_one_fact_in_few_common_words_are_told_as_parts() -> None:
    documents = [
        make_document("a", HERALD, publisher="The Herald", published="2024-05-17"),
        make_document("b", POST, publisher="The Post", published="2024-05-17"),
    ]
    (story,) = compare(documents, settings=Settings(one_story=True)).stories

    parts = [f.reason for f in story.findings if f.difference == "partial"]

    assert len(parts) == 1
    assert "at Northgate Hospital" in parts[0]
    assert "He died in hospital soon after the smash" in parts[0]
