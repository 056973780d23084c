"""The table of lemmas that the rules get wrong, from the training parts of EWT and GUM."""

from __future__ import annotations

import collections
from collections.abc import Callable

from training.sentences import Sentence
from wirecheck.language.lemmas import Lemmas


def lemma_table(sentences: list[Sentence], is_word: Callable[[str], bool]) -> dict[str, dict[str, str]]:
    """Return, for each part of speech, the forms whose usual lemma differs from the rules' one."""
    rules = Lemmas({}, is_word)
    counts: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    tags: dict[tuple[str, str], collections.Counter[tuple[str, str]]] = collections.defaultdict(collections.Counter)
    for s in sentences:
        assert s.upos
        assert s.xpos
        assert s.lemmas
        for word, upos, xpos, lemma in zip(s.words, s.upos, s.xpos, s.lemmas, strict=True):
            if upos in ("PUNCT", "SYM", "X", "NUM") or lemma == "_":
                continue
            key = (upos, word.lower().replace("’", "'"))
            counts[key][lemma] += 1
            tags[key][word, xpos] += 1
    table: dict[str, dict[str, str]] = collections.defaultdict(dict)
    for (upos, low), lemmas in sorted(counts.items()):
        lemma, n = lemmas.most_common(1)[0]
        # A form seen once is kept where it is a common word: the rest are misspellings.
        if upos == "PROPN" or 2 * n <= lemmas.total() or (n == 1 and not is_word(low)):
            continue
        (word, xpos), _ = tags[upos, low].most_common(1)[0]
        if rules.by_rule(word, upos, xpos) != lemma:
            table[upos][low] = lemma
    return dict(table)
