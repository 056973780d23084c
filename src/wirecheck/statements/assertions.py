"""Assertions: the parts of a sentence that state something by themselves.

A clause under a condition, a question, a denial, a purpose or somebody's saying asserts nothing alone, so it is never
cut from what it hangs on. What is cut off are relative clauses behind a comma, appositions, and clauses that are joined
side by side with subjects of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.language.sentence import Sentence
from wirecheck.statements.clauses import SUBJECTS, Tree, load_verbs

FEWEST_WORDS = 4
"""A shorter part is shown with what it hangs on ("he said", "who died")."""
SIDE_BY_SIDE = frozenset({"conj", "parataxis", "list"})
MARKS = frozenset({",", "—", "–", "("})
"""What stands before a relative clause that states something instead of saying which."""


@dataclass(frozen=True, slots=True)
class Assertion:
    """Tokens `own` of one sentence, sorted; those of assertions inside it left out.

    `first` and `last` are the first and last token that a reader is shown: edges without marks and conjunctions.
    """

    head: int
    own: tuple[int, ...]
    first: int
    last: int
    is_clause: bool
    """False for a heading or a caption without a verb."""


def cut_assertions(sentence: Sentence) -> tuple[Assertion, ...]:
    """Return the assertions of a sentence by place; each token belongs to one. None for a sentence without words."""
    if not sentence.tokens:
        return ()
    tree = Tree(sentence)
    heads = [i for i in range(len(tree.tokens)) if _asserts(tree, i)]
    owners = _owners(tree, heads)
    for head in list(heads):
        words = [i for i, o in enumerate(owners) if o == head and tree.tokens[i].upos not in ("PUNCT", "SYM")]
        if len(words) < FEWEST_WORDS and tree.tokens[head].head >= 0:
            heads.remove(head)
    owners = _owners(tree, heads)
    found = []
    for head in heads:
        own = [i for i, o in enumerate(owners) if o == head]
        first, last = _edges(tree, own)
        found.append(Assertion(head, tuple(own), first, last, _is_clause(tree, head)))
    return tuple(sorted(found, key=lambda a: (a.first, a.head)))


def _asserts(tree: Tree, i: int) -> bool:
    token = tree.tokens[i]
    if token.head < 0:
        return True
    relation = tree.relation(i)
    kinds = {tree.relation(c) for c in tree.children[i]}
    if relation in SIDE_BY_SIDE:
        subject = bool(kinds & SUBJECTS)
        return subject and tree.tokens[token.head].head < 0 and not _speaks(tree, i, token.head)
    if token.relation == "acl:relcl":
        first = tree.subtree(i)[0]
        return bool(kinds & SUBJECTS) and bool({t.text for t in tree.tokens[max(0, first - 1) : first + 1]} & MARKS)
    return False


def _speaks(tree: Tree, i: int, above: int) -> bool:
    """Return whether one of two clauses is the verb of saying of the other: "the road is shut, the mayor said"."""
    reporting = load_verbs()["reporting"]
    if tree.relation(i) != "parataxis":
        return False
    return tree.lemma(i) in reporting or tree.lemma(above) in reporting


def _owners(tree: Tree, heads: list[int]) -> list[int]:
    """Return the assertion of each token: the nearest head above it."""
    known = set(heads)
    owners = [-1] * len(tree.tokens)
    for i in range(len(tree.tokens)):
        path: list[int] = []
        at = i
        while at >= 0 and owners[at] < 0 and at not in known and len(path) <= len(tree.tokens):
            path.append(at)
            at = tree.tokens[at].head
        owner = heads[0] if at < 0 else at if at in known else owners[at]
        for j in path:
            owners[j] = owner
        if i in known:
            owners[i] = i
    return owners


def _edges(tree: Tree, own: list[int]) -> tuple[int, int]:
    first, last = 0, len(own) - 1
    while first < last and (tree.tokens[own[first]].upos == "PUNCT" and tree.tokens[own[first]].text not in '“"‘([$'):
        first += 1
    while first < last and tree.relation(own[first]) == "cc":
        first += 1
    while last > first and tree.tokens[own[last]].upos == "PUNCT" and tree.tokens[own[last]].text not in '”"’)]%':
        last -= 1
    return own[first], own[last]


def _is_clause(tree: Tree, head: int) -> bool:
    token = tree.tokens[head]
    if token.upos in ("VERB", "AUX"):
        return True
    return bool(tree.kin(head, "cop", "aux", *SUBJECTS))
