"""Roles: the head of one, whether two of them are one, and the words that give a name to a role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wirecheck.text.gazetteer import countries, fold_name, titles

ARTICLE = re.compile(r"^(?:the|a|an|his|her|their|its|our|my|this|that|another|one|each|every)\s+", re.IGNORECASE)
# "Like the mayor, Ann Lowe is …" names two people.
OPENS_WITH_PREPOSITION = re.compile(
    r"(?:^|[.!?:\n“\"]\s*)(?:Like|Unlike|With|Without|For|As|Besides|Beside|Before|After|Against|Despite|To|By|From)\s+$"
)
# Where the president of a state is spoken of, "the president" is nobody else.
OF_STATE = re.compile(r"\bWhite House\b|\b[Aa]dministration\b|\bOval Office\b|(?:[a-z.,:;]|^)\s?President [A-Z]")
_BEING = re.compile(
    r"\s(?:will (?:\w+ )?(?:become|be|serve as|remain)|(?:has|had) been(?: named| appointed)?|is|was|became|becomes|"
    r"remains|"
    r"remained|serves as|served as|(?:has|had) become|is being \w+|to (?:become|be)|"
    r"(?:is|was) (?:named|appointed|elected|chosen|hired|made|sworn in as|now|also|still|once|currently|then|\w+ly|"
    r"\w+ed as))\s(?:\w+\s)?$"
)
_DENIED = re.compile(r"\b(?:not|never|no longer|hardly|n[’']t|neither)\b")
# "…, the president said it was for the mayor": another subject, or a place and no office.
_NOT_OF_HIM = re.compile(
    r"\b(?:it|there|this|they)\s(?:is|was|became|will)\b|\s(?:for|with|at|by|from|about|against|like|near|to|on|in)\s$"
)


def find_head(words: Sequence[str]) -> str:
    """Return the word or phrase of a role that names the office, or ""."""
    main: list[str] = []
    for word in words:
        if word in ("of", "for", "at", "in", "with", "from", "to", "on"):
            break
        main.append(word)
    if not main:
        return ""
    for length in (3, 2):
        phrase = " ".join(main[-length:])
        if phrase in titles().phrases:
            return titles().equals.get(phrase, phrase)
    word = titles().abbreviations.get(main[-1], main[-1])
    return titles().equals.get(word, word)


def role_fits(words: Sequence[str], head: str, role: str) -> bool:
    """Return whether a role is the one that some words name: one of the two says nothing that the other does not."""
    other = role.split()
    ours = set(words) - {"the", "a", "an"}
    if find_head(other) != head:
        return len(ours) > 1 and ours <= set(other)
    return not (ours - set(other) - {head}) or not (set(other) - ours - {head})


def is_of_body(role: str) -> bool:
    """Return whether a president is one of a firm, a school, a council: "CRFB president"."""
    own = [w for w in role.split("president")[0].split() if w not in titles().modifiers]
    return bool(own) and not any(fold_name(form) == " ".join(own) for form in countries())


def is_predicate(gap: str) -> bool:
    """Return whether the words between a name and a role make the one the other: ", SeaMicro's head, will become"."""
    return (
        len(gap) < 160
        and _BEING.search(gap) is not None
        and not re.search(r"[.;:“”\"]", gap)
        and not _DENIED.search(gap)
        and not _NOT_OF_HIM.search(gap)
        and not gap.startswith(("'s", "’s", "'", "’"))
    )
