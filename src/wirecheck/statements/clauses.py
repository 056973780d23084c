"""Clauses: the parts of a sentence that state something, cut along its dependency tree."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from wirecheck.language import Sentence, Token

CLAUSAL = frozenset({"ccomp", "advcl", "acl", "parataxis", "conj", "appos", "csubj", "list", "dep"})
"""Universal Dependencies under which a new clause may start (subtypes aside); the root always starts one."""
SUBJECTS = frozenset({"nsubj", "csubj"})
FEWEST_WORDS = 3
"""A shorter clause says too little to be held against another ("killing one") and stays with the one around it."""
FEWEST_WORDS_OF_PURPOSE = 7
"""Infinitives ("to find a solution") complete the clause around them unless they are longer than this."""
FEWEST_WORDS_OF_FACT = 5
"""A clause of no more words than this means little without the relative clause that completes it ("I used money")."""
EDGE = frozenset({"punct", "cc", "mark", "discourse"})
KEPT_MARKS = frozenset(
    {"if", "unless", "without", "until", "before", "after", "because", "although", "though", "while", "since", "to"}
)
"""Conjunctions that change what a clause says; they stay in front of it."""
INTERROGATIVES = frozenset({"why", "when", "where", "how", "who", "what", "which", "whether"})
CONDITIONS = frozenset({"if", "unless", "whether"})
TEMPORAL = frozenset({"when", "where", "which", "who", "what"})
OPENING = frozenset('"“‘([«')


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of one sentence, by token indices."""

    head: int
    """Token of the predicate; for a nominal clause its noun."""
    own: tuple[int, ...]
    """Tokens of the clause itself, sorted, those of clauses inside it left out."""
    subject: int | None
    """Token that heads the subject: its own, or for a clause without one that of the clause that it depends on."""
    inherited: bool
    """True when the subject stands in another clause."""
    relation: str
    """Dependency relation of the head, without subtype: "root", "ccomp", "advcl", …"""
    parent: int | None
    """Head of the clause that it depends on."""

    @property
    def first(self) -> int:
        return self.own[0]

    @property
    def last(self) -> int:
        return self.own[-1]


@cache
def load_verbs() -> dict[str, frozenset[str]]:
    """Return the verb classes of `data/verbs.toml`."""
    text = resources.files("wirecheck.statements").joinpath("data/verbs.toml").read_text("utf-8")
    return {name: frozenset(words) for name, words in tomllib.loads(text).items()}


class Tree:
    """A sentence with the children of every token and the clauses that it is cut into.

    Clauses nest in the tree, but each token belongs to one clause only. A sentence without syntax has no clauses.
    """

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: tuple[Token, ...] = tuple(sentence.tokens)
        self.children: list[list[int]] = [[] for _ in self.tokens]
        for i, token in enumerate(self.tokens):
            if 0 <= token.head < len(self.tokens) and token.head != i:
                self.children[token.head].append(i)
        parsed = any(t.head >= 0 and t.relation for t in self.tokens)
        heads = [i for i in range(len(self.tokens)) if self._starts_clause(i)] if parsed else []
        self.owner = self._owners(frozenset(heads))
        self._words_of = Counter(o for o, t in zip(self.owner, self.tokens, strict=True) if t.upos != "PUNCT")
        heads = [h for h in heads if not self._completes(h)]
        self.owner = self._owners(frozenset(heads))
        self.clauses = self._cut(heads)
        self.clause_of = {c.head: c for c in self.clauses}
        self.with_content_clause = {c.parent for c in self.clauses if c.relation == "ccomp"}
        """Heads of the clauses that have one with what is said, thought or known under them."""

    def relation(self, i: int) -> str:
        """Return the dependency relation of a token without its subtype."""
        return self.tokens[i].relation.partition(":")[0]

    def kin(self, i: int, *relations: str) -> list[int]:
        """Return the children of a token that have one of the relations, by place."""
        return [c for c in self.children[i] if self.relation(c) in relations]

    def subtree(self, i: int) -> list[int]:
        """Return the tokens under a token and itself, by place."""
        return self._walk(i, {})

    def phrase(self, i: int) -> list[int]:
        """Return the tokens under a token and itself, by place, without the clauses inside it."""
        return self._walk(i, self.clause_of)

    def _walk(self, i: int, without: Mapping[int, object]) -> list[int]:
        found, stack = {i}, [i]
        while stack:
            for child in self.children[stack.pop()]:
                if child not in found and child not in without:
                    found.add(child)
                    stack.append(child)
        return sorted(found)

    def lemma(self, i: int) -> str:
        token = self.tokens[i]
        return (token.lemma or token.text).lower()

    def _starts_clause(self, i: int) -> bool:
        token = self.tokens[i]
        if token.head < 0 or token.relation == "root":
            return token.upos != "PUNCT"
        relation = self.relation(i)
        if relation not in CLAUSAL:
            return False
        kinds = {self.relation(c) for c in self.children[i]}
        subject = bool(kinds & SUBJECTS)
        verbal = token.upos in ("VERB", "AUX") or subject or bool(kinds & {"cop", "aux"})
        words = sum(self.tokens[j].upos != "PUNCT" and self.relation(j) not in ("cc", "mark") for j in self.subtree(i))
        if relation == "appos":
            names = {self.tokens[i].upos, self.tokens[token.head].upos}
            return words >= FEWEST_WORDS and names == {"NOUN", "PROPN"}
        if not verbal:
            return relation in ("parataxis", "list") and words > FEWEST_WORDS
        if relation == "advcl" and any(self.tokens[c].text.lower() in CONDITIONS for c in self.kin(i, "mark")):
            return False
        if relation in ("acl", "advcl") and any(self.tokens[c].text.lower() == "to" for c in self.kin(i, "mark")):
            return words > FEWEST_WORDS_OF_PURPOSE
        if relation == "acl" and not subject:
            return words > FEWEST_WORDS
        if relation in ("ccomp", "csubj", "advcl") and self._asks(i, relation):
            return False
        if relation == "ccomp" and not self._reports(token.head):
            return False
        return words >= FEWEST_WORDS

    def _completes(self, head: int) -> bool:
        """Return whether a relative clause without a comma tells what a short clause is about ("money he had")."""
        above = self.tokens[head].head
        if self.relation(head) != "acl" or above < 0:
            return False
        first = self.subtree(head)[0]
        if first == 0 or self.tokens[first - 1].upos == "PUNCT" or self.tokens[first].upos == "PUNCT":
            return False
        return self._words_of[self.owner[above]] <= FEWEST_WORDS_OF_FACT

    def _reports(self, i: int) -> bool:
        """Return whether what stands under a verb is told as it is: "said that", not "denied that" or "never said".

        Under any other verb the clause is cut off from what makes it true or not, and is kept with it.
        """
        negated = any(self.lemma(c) in ("not", "n't", "n’t", "never") for c in self.kin(i, "advmod"))
        unreal = any(self.lemma(c) in ("may", "might", "could", "would", "should", "must") for c in self.kin(i, "aux"))
        return self.lemma(i) in load_verbs()["reporting"] and not negated and not unreal

    def _asks(self, i: int, relation: str) -> bool:
        """Return whether a clause is an indirect question ("why he left"), which states nothing by itself."""
        words = {self.tokens[c].text.lower() for c in self.children[i] if self.relation(c) not in ("punct", "cc")}
        return bool(words & (INTERROGATIVES if relation != "advcl" else INTERROGATIVES - TEMPORAL))

    def _owners(self, heads: frozenset[int]) -> list[int | None]:
        """Return the head of the clause that each token belongs to; no token is gone through twice."""
        owners: dict[int, int | None] = {-1: None, **{head: head for head in heads}}
        for i in range(len(self.tokens)):
            path, at = [], i
            while at not in owners:
                path.append(at)
                owners[at] = None
                at = self.tokens[at].head
            owners.update(dict.fromkeys(path, owners[at]))
        return [owners[i] for i in range(len(self.tokens))]

    def _cut(self, heads: list[int]) -> tuple[Clause, ...]:
        own: dict[int, list[int]] = {h: [] for h in heads}
        for i, owner in enumerate(self.owner):
            if owner is not None:
                own[owner].append(i)
        found = []
        for head in heads:
            kept = self._trim(head, own[head])
            above = self.tokens[head].head
            subject, inherited = self._subject(head)
            relation = self.relation(head) if above >= 0 else "root"
            parent = self.owner[above] if above >= 0 else None
            found.append(Clause(head, tuple(kept), subject, inherited, relation, parent))
        return tuple(sorted(found, key=lambda c: (c.first, c.head)))

    def _trim(self, head: int, own: list[int]) -> list[int]:
        """Leave out punctuation, coordinators and empty conjunctions at the edges of a clause."""
        kept = list(own)
        while kept[0] != head:
            token = self.tokens[kept[0]]
            empty = self.relation(kept[0]) in EDGE and token.head == head and token.text.lower() not in KEPT_MARKS
            if not empty and token.upos != "PUNCT" and token.text not in OPENING:
                break
            kept.pop(0)
        while kept[-1] != head:
            token = self.tokens[kept[-1]]
            if token.text == "%" or (token.upos != "PUNCT" and self.relation(kept[-1]) not in ("cc", "punct")):
                break
            kept.pop()
        return kept

    def _subject(self, head: int) -> tuple[int | None, bool]:
        """Return the subject of a clause, inherited along conjunction, participles and control where it has none."""
        at, inherited = head, False
        for _ in range(6):
            own = self.kin(at, *SUBJECTS)
            if own:
                return own[0], inherited
            relation, above = self.relation(at), self.tokens[at].head
            if above < 0:
                return None, False
            if relation in ("acl", "appos"):
                return above, True
            if relation not in ("conj", "advcl", "xcomp"):
                return None, False
            at, inherited = above, True
        return None, False
