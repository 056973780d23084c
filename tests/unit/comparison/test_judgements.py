"""Judgements: the sum that explains a probability, and its mirror."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from wirecheck.comparison.context import put_alone
from wirecheck.comparison.evidence import Evidence
from wirecheck.comparison.judge import Ruling
from wirecheck.comparison.judgements import judge_pair, sum_up
from wirecheck.comparison.story import Compared
from wirecheck.comparison.weighing import FEATURES, load_weights, weigh_ruling
from wirecheck.language import read_sentences
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Document, Quantity, Span, Story

HERALD = "The ferry Larkspur ran aground off Sorrel Point, injuring 14 people."
POST = "Off Sorrel Point, where the channel is narrow, the Larkspur ran aground and 17 people were hurt."


def compare_two(
    left: str = HERALD, right: str = POST, *, agree: float = 0.8, bearing: float = 0.9, blocker: str | None = None
) -> Compared:
    """Return a story of two sentences whose ruling is given, not asked of the judge."""
    documents = [Document(name, name, name, text, "") for name, text in (("a", left), ("b", right))]
    sentences = tuple(put_alone(d.text, document=d.id) for d in documents)
    read = tuple(s for d in documents for s in read_sentences(d.text, [(0, len(d.text))]))
    readings = tuple(Reading(d, (d.whole,), (s,)) for d, s in zip(documents, read, strict=True))
    annotations = tuple(Annotations(d.id, quantities=tuple(_find_people(d))) for d in documents)
    words = [np.full((len(s.words), 3), bearing, np.float32) for s in sentences]
    ruling = Ruling(agree, 0.3, 0.1, words[0], words[1])
    dossier = Dossier(Story("s1", "Larkspur aground", ("a", "b")), readings, annotations)
    evidence = Evidence(dossier, sentences, read, {(0, 1): float(read[0].embedding @ read[1].embedding)})
    features = evidence.measure({(0, 1): ruling})
    rulings = {(0, 1): weigh_ruling(ruling, features[0, 1])}
    blocked = {(0, 1): blocker} if blocker else {}
    return Compared(dossier, sentences, read, rulings, features, blocked, evidence=evidence)


def _find_people(document: Document) -> list[Quantity]:
    found = []
    for count in (14, 17):
        at = document.text.find(f"{count} people")
        if at >= 0:
            span = Span(document.id, at, at + len(f"{count} people"))
            found.append(Quantity(span, count, count, counted="person"))
    return found


@pytest.mark.parametrize("agree", [0.02, 0.5, 0.97])
@pytest.mark.parametrize("bearing", [0.1, 0.9])
def test_the_features_add_up_to_the_logit_of_what_was_ruled(agree: float, bearing: float) -> None:
    compared = compare_two(agree=agree, bearing=bearing)

    judgement = judge_pair(compared, 0, 1)

    logit = math.log(judgement.probability / (1 - judgement.probability))
    assert sum(f.weight for f in judgement.features) == pytest.approx(logit)
    assert judgement.probability == pytest.approx(compared.rulings[0, 1].agree)


@pytest.mark.parametrize(("left", "right"), [(HERALD, POST), (POST, HERALD), ("Nobody was hurt.", HERALD)])
def test_swapping_the_sides_mirrors_a_judgement(left: str, right: str) -> None:
    compared = compare_two(left, right)

    assert judge_pair(compared, 1, 0) == judge_pair(compared, 0, 1).mirrored()


def test_the_spans_are_words_of_their_own_documents() -> None:
    judgement = judge_pair(compare_two(), 0, 1)

    assert {s.document for s in judgement.left.spans} == {"a"}
    assert {s.document for s in judgement.right.spans} == {"b"}


def test_features_name_the_words_and_figures_that_they_rest_on() -> None:
    named = {f.name: (f.left, f.right) for f in judge_pair(compare_two(), 0, 1).features}

    assert named["figures for it that cannot be one"] == ("14 people", "17 people")
    assert "Larkspur" in named["words that both have"][0]
    assert named["one verb for it"] == ("ran", "ran")
    assert "narrow" in named["other words that the judge finds to state it"][1]
    assert "narrow" not in named["words that both have"][1]


def test_what_no_word_bears_is_not_named_as_bearing_it() -> None:
    named = {f.name: (f.left, f.right) for f in judge_pair(compare_two(bearing=0.1), 0, 1).features}

    assert named["those of them that the judge finds to state the fact"] == ("", "")
    assert "one verb for it" not in named


def test_every_kind_of_evidence_that_weighs_something_is_a_feature() -> None:
    compared = compare_two()
    values = dict(zip(FEATURES, compared.features[0, 1], strict=True))

    judgement = judge_pair(compared, 0, 1)

    # What stands at the start takes in the size of the story.
    weights = dict(zip(FEATURES, load_weights().weights[0], strict=True))
    assert len(judgement.features) == sum(value != 0 and weights[name] != 0 for name, value in values.items())
    assert all(f.weight for f in judgement.features)


def test_sentences_in_the_same_words_need_no_sum() -> None:
    judgement = judge_pair(compare_two(HERALD, HERALD), 0, 1)

    assert [f.name for f in judgement.features] == ["both are one sentence, word for word"]
    assert judgement.probability == pytest.approx(0.99)


def test_a_blocker_has_the_last_word_and_the_sum_stays() -> None:
    judgement = judge_pair(compare_two(blocker="two speakers: Mara Quill and Nils Aarden"), 0, 1)

    assert judgement.relation == "other"
    assert judgement.probability == pytest.approx(judge_pair(compare_two(), 0, 1).probability)
    assert judgement.blocker == "two speakers: Mara Quill and Nils Aarden"


@pytest.mark.parametrize(("agree", "bearing", "relation"), [(0.97, 0.9, "equivalent"), (0.97, 0.45, "overlaps")])
def test_a_sentence_of_which_a_part_bears_the_fact_only_overlaps(agree: float, bearing: float, relation: str) -> None:
    assert judge_pair(compare_two(agree=agree, bearing=bearing), 0, 1).relation == relation


def test_a_relation_is_named_only_where_it_is_likely() -> None:
    judgement = judge_pair(compare_two("Nobody was hurt.", "Prices of bread rose again.", agree=0.01), 0, 1)

    assert judgement.probability < 0.5
    assert judgement.relation == "other"


def test_sentences_that_were_not_held_together_have_no_judgement() -> None:
    with pytest.raises(KeyError):
        judge_pair(replace(compare_two(), rulings={}), 0, 1)


def test_a_sum_of_nothing_is_one_half() -> None:
    assert sum_up([]) == 0.5
