"""The scores of the shipped reading model do not sink below what was reached.

Measured on the files in the package, with gold sentence boundaries and our own words. The floors are pinned together
with a digest of the data: when that changes, the figures are measured anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from training.scores import entity_tally, f1, read_gold, syntax_scores, syntax_tally
from training.sentences import Sentence
from training.sets import GUM_HELD_OUT, Corpus, read_all
from wirecheck.language.reader import DATA as SHIPPED
from wirecheck.language.reader import load_model

DATA = Path(__file__).parents[3] / "shared" / "data"
DIGEST = "2092bdc9247171a7"
MOST_BYTES, MOST_BYTES_OF_JUDGES = 30_000_000, 28_000_000

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not DATA.is_dir(), reason="needs the public sets in ../shared/data, which are not here"),
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_all(DATA)


def scores_of(gold: Sequence[Sentence], change: type = str) -> dict[str, float]:
    read = read_gold(load_model(), gold, change)
    return syntax_scores([syntax_tally(g, r) for g, r in zip(gold, read, strict=True)])


def test_the_data_are_the_ones_that_the_floors_were_measured_on() -> None:
    files = [
        DATA / "ud_ewt/en_ewt-ud-test.conllu",
        *(DATA / f"gum/{name}.conllu" for name in GUM_HELD_OUT),
        DATA / "uner_ewt/en_ewt-ud-dev.iob2",
        DATA / "ner/wikigold/CONLL-format/data/wikigold.conll.txt",
        DATA / "ner/WNUT17/CONLL-format/data/dev/emerging.dev.conll",
    ]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]

    assert digest == DIGEST


def test_syntax_of_ewt_test(corpus: Corpus) -> None:
    scores = scores_of(corpus.ewt_test)

    assert scores["upos"] >= 95.8
    assert scores["unlabelled"] >= 90.4
    assert scores["labelled"] >= 88.2


def test_syntax_of_gum_news_and_interviews(corpus: Corpus) -> None:
    assert scores_of(corpus.gum_dev)["labelled"] >= 87.5


@pytest.mark.parametrize("change", ["lower", "upper", "title"])
def test_letter_case_costs_little(corpus: Corpus, change: str) -> None:
    some = [s for s in corpus.ewt_test[::4] if len(getattr(s.text, change)()) == len(s.text)]
    plain = scores_of(some)["labelled"]

    assert scores_of(some, getattr(str, change))["labelled"] >= plain - 2.5


@pytest.mark.parametrize(("kind", "floor"), [("PER", 0.83), ("ORG", 0.71), ("LOC", 0.78)])
def test_entities_held_out(corpus: Corpus, kind: str, floor: float) -> None:
    gold = corpus.entities_held_out
    tallies = [entity_tally(g, r)[kind] for g, r in zip(gold, read_gold(load_model(), gold), strict=True)]

    assert f1(*(sum(tally[part] for tally in tallies) for part in range(3))) >= floor


def test_the_shipped_files_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in SHIPPED.iterdir()}
    judges = sum(size for name, size in sizes.items() if name.startswith(("judge-", "claims-")))

    assert judges <= MOST_BYTES_OF_JUDGES
    assert sum(sizes.values()) - judges <= MOST_BYTES
