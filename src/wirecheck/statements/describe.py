"""What a clause says of itself: polarity, modality, participants, and the words that stand for it alone."""

from __future__ import annotations

from collections.abc import Callable

from wirecheck.model import Argument, Span
from wirecheck.model.statement import Modality, Polarity
from wirecheck.statements.clauses import CONDITIONS, Clause, Tree, load_verbs

NEGATORS = frozenset({"not", "n't", "n’t", "never", "nor", "neither", "hardly", "barely", "cannot"})
NEGATIVE_PRONOUNS = frozenset({"nobody", "none", "nothing", "no-one", "nowhere"})
RANKS = frozenset({"first", "second", "third", "last", "late", "latest", "only", "sole"})
RELATIVES = frozenset({"which", "who", "that", "whom", "whose"})
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "him", "her", "them", "us", "me", "you"})

ActorAt = Callable[[int], str | None]
"""Returns the id of the actor whose mention holds the character, or None."""


def find_polarity(tree: Tree, clause: Clause) -> Polarity:
    """Return "negative" for a clause that is denied by its own words or by the verb directly above it."""
    verbs = load_verbs()
    negative = _is_negated(tree, clause.head) or _has_no(tree, clause.head) or _negates_complement(tree, clause.head)
    if tree.tokens[clause.head].upos == "VERB" and tree.lemma(clause.head) in verbs["negative"]:
        negative = negative != _denies(tree, clause.head)
    elif any(tree.lemma(x) in NEGATORS for x in tree.kin(clause.head, "mark", "cc")):
        negative = True
    if any(tree.tokens[x].text.lower() == "without" for x in tree.kin(clause.head, "mark")):
        negative = not negative
    above = clause.parent
    if above is not None and clause.relation in ("ccomp", "xcomp"):
        if tree.lemma(above) in verbs["negative"]:
            negative = not negative
        if _is_negated(tree, above) and tree.lemma(above) in ("think", "believe", "expect", "plan"):
            negative = not negative
    return "negative" if negative else "positive"


def find_modality(tree: Tree, clause: Clause) -> Modality:
    """Return whether a clause is meant as a fact, as what will, may or must be, or as a condition."""
    verbs = load_verbs()
    if tree.tokens[-1].text == "?" and clause.relation == "root":
        return "question"
    marks = {tree.tokens[x].text.lower() for x in tree.kin(clause.head, "mark")}
    if marks & CONDITIONS or any(
        tree.tokens[m].text.lower() in CONDITIONS for c in tree.kin(clause.head, "advcl") for m in tree.kin(c, "mark")
    ):
        return "conditional"
    auxiliaries = {tree.lemma(x) for x in tree.kin(clause.head, "aux")}
    if clause.relation == "ccomp" and auxiliaries & {"would"}:
        return "future"  # "said he would come"
    if auxiliaries & {"may", "might", "could", "can", "would"}:
        return "possible"
    if auxiliaries & {"must", "should", "ought", "shall"}:
        return "required"
    if auxiliaries & {"will", "'ll", "’ll", "wo"}:
        return "future"
    head = tree.lemma(clause.head)
    complement = tree.kin(clause.head, "xcomp")
    if complement and head in verbs["future"] | {"go", "set"}:
        return "future"
    infinitive = any(tree.tokens[m].text.lower() == "to" for c in complement for m in tree.kin(c, "mark"))
    if infinitive and head in verbs["required"] | {"have"}:
        return "required"  # "called on him to go", not "called the plan a gift"
    if complement and head in verbs["possible"]:
        return "possible"
    if "to" in marks:
        above = clause.parent
        if above is not None and above in tree.clause_of and _ranks(tree, clause):
            return find_modality(tree, tree.clause_of[above])  # "is the latest to hit the town"
        return "future"
    above = clause.parent
    if above is not None and clause.relation in ("ccomp", "xcomp"):
        lemma = tree.lemma(above)
        if lemma in verbs["future"]:
            return "future"
        if lemma in verbs["required"]:
            return "required"
        if lemma in verbs["possible"]:
            return "possible"
    shared = not tree.kin(clause.head, "nsubj", "aux")
    if above is not None and clause.relation == "conj" and above in tree.clause_of and shared:
        return find_modality(tree, tree.clause_of[above])
    return "actual"


def _ranks(tree: Tree, clause: Clause) -> bool:
    """Return whether an infinitive says what ranks a thing among others: "the first to cross"."""
    above = tree.tokens[clause.head].head
    return above >= 0 and any(tree.lemma(i) in RANKS for i in (above, *tree.kin(above, "amod")))


def find_arguments(tree: Tree, clause: Clause, document: str, actor_at: ActorAt) -> tuple[Argument, ...]:
    """Return the participants of a clause by place: subject (also an inherited one), objects, obliques.

    They are those of the deed, not of the grammar: in "the town was taken by rebels" the rebels are the subject and the
    town is the object.
    """
    found = []
    passive = is_passive(tree, clause.head)
    if clause.subject is not None:
        relation = "object" if passive else "subject"
        found.append(_argument(tree, clause.subject, relation, document, actor_at))
    inner = [clause.head, *tree.kin(clause.head, "xcomp")]
    for at in inner:
        for child in tree.children[at]:
            relation = tree.relation(child)
            if child in tree.clause_of or child == clause.subject:
                continue
            if relation in ("obj", "iobj"):
                found.append(_argument(tree, child, "object", document, actor_at))
            elif passive and relation == "obl" and _is_agent(tree, child):
                found.append(_argument(tree, child, "subject", document, actor_at))
            elif relation in ("obl", "nmod"):
                found.append(_argument(tree, child, "oblique", document, actor_at))
            elif relation == "xcomp" and tree.tokens[child].upos not in ("VERB", "AUX"):
                found.append(_argument(tree, child, "complement", document, actor_at))
    return tuple(sorted(found, key=lambda a: (a.span, a.relation)))


def is_passive(tree: Tree, head: int) -> bool:
    """Return whether a clause says what is done to its subject: "was taken", and the participle "taken by rebels"."""
    marks = {tree.tokens[c].relation for c in tree.children[head]}
    if marks & {"nsubj:pass", "aux:pass", "csubj:pass", "obl:agent"}:
        return True
    participle = tree.tokens[head].xpos == "VBN" and not tree.kin(head, "aux", "nsubj", "obj")
    return participle and tree.relation(head) in ("acl", "advcl")


def _is_agent(tree: Tree, head: int) -> bool:
    return tree.tokens[head].relation == "obl:agent" or any(
        tree.tokens[c].text.lower() == "by" for c in tree.kin(head, "case")
    )


def compose_text(tree: Tree, clause: Clause, name_at: Callable[[int], str | None]) -> str:
    """Return the words that stand for a clause alone: its own tokens, with a subject where it has none.

    A pronoun subject is replaced by the actor's name where it resolves, a relative one by its antecedent. The result
    is for the encoder only; it is never shown.
    """
    replaced: dict[int, str] = {}
    if clause.subject is not None and not clause.inherited:
        lower = tree.tokens[clause.subject].text.lower()
        if lower in PRONOUNS:
            name = name_at(tree.tokens[clause.subject].start)
            if name is not None:
                replaced[clause.subject] = name
        elif lower in RELATIVES and clause.relation == "acl":
            replaced[clause.subject] = _phrase(tree, tree.tokens[clause.head].head)
    parts: list[str] = []
    if clause.inherited and clause.subject is not None:
        subject = clause.subject
        name = name_at(tree.tokens[subject].start) if tree.tokens[subject].text.lower() in PRONOUNS else None
        parts.append(name or _phrase(tree, subject))
    last = None
    for i in clause.own:
        token = tree.tokens[i]
        if last is not None and tree.tokens[last].end == token.start and parts:
            parts[-1] += replaced.get(i, token.text)
        else:
            parts.append(replaced.get(i, token.text))
        last = i
    return " ".join(parts)


def _phrase(tree: Tree, head: int) -> str:
    """Return a noun phrase without the clauses and appositions inside it."""
    kept = [i for i in tree.phrase(head) if tree.relation(i) not in ("punct", "cop", "aux", "nsubj") or i == head]
    return " ".join(tree.tokens[i].text for i in kept[:12])


def _argument(tree: Tree, head: int, relation: str, document: str, actor_at: ActorAt) -> Argument:
    tokens = tree.phrase(head)
    first = tokens.index(head)
    last = first
    while first > 0 and tokens[first - 1] == tokens[first] - 1:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1] == tokens[last] + 1:
        last += 1
    kept = tokens[first : last + 1]
    while len(kept) > 1 and tree.tokens[kept[-1]].upos == "PUNCT" and tree.tokens[kept[-1]].text != "%":
        kept.pop()
    span = Span(document, tree.tokens[kept[0]].start, tree.tokens[kept[-1]].end)
    cases = [tree.tokens[c].text.lower() for c in tree.kin(head, "case")]
    return Argument(
        relation=relation,  # type: ignore[arg-type]
        span=span,
        head=tree.lemma(head),
        actor=actor_at(tree.tokens[head].start),
        preposition=" ".join(cases),
    )


def _is_negated(tree: Tree, head: int) -> bool:
    return any(tree.lemma(c) in NEGATORS or tree.tokens[c].text.lower() in NEGATORS for c in tree.kin(head, "advmod"))


def _negates_complement(tree: Tree, head: int) -> bool:
    """Return whether what is said of someone is negated: "found him not guilty", "refused not to go"."""
    return any(
        _is_negated(tree, c) or _has_no(tree, c)
        for c in tree.children[head]
        if tree.relation(c) in ("xcomp", "ccomp", "obj", "amod", "advcl")
        and c not in tree.clause_of
        and not any(tree.tokens[m].text.lower() in CONDITIONS for m in tree.kin(c, "mark"))
    )


def _has_no(tree: Tree, head: int) -> bool:
    for child in tree.kin(head, "nsubj", "obj"):
        if tree.tokens[child].text.lower() in NEGATIVE_PRONOUNS:
            return True
        if any(tree.tokens[c].text.lower() in ("no", "neither") for c in tree.kin(child, "det")):
            return True
    return any(tree.tokens[c].text.lower() in ("no", "neither") for c in tree.kin(head, "det"))


def _denies(tree: Tree, head: int) -> bool:
    """Return whether a verb such as "refuse" denies what stands under it in the same clause ("refused to talk")."""
    return any(c not in tree.clause_of for c in tree.kin(head, "xcomp", "ccomp"))
