"""The slots in which a text or a post is credited: it says something, or somebody says something in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from wirecheck.annotators._lexicon import inflect, lexicon
from wirecheck.annotators._scene import OPENS_CLAUSE, REACH, Found, Scene, is_speech
from wirecheck.annotators._sources import PLAINLY_SHOW, Phrase, clean, listed_determiners, words_of

_IN = frozenset(["in", "via", "through", "by", "on", "from", "per"])
_ON = frozenset(["website", "web site", "site", "webpage", "blog", "podcast", "page", "dashboard"])


def credit_text(scene: Scene, phrase: Phrase) -> Iterator[Found]:
    found = _slot_of(scene, phrase)
    if found is None:
        return
    start, end, whose = found
    name = phrase.name
    bare = len(name.split()) == 1 or name.split()[0].casefold() in listed_determiners()
    if phrase.type == "text" and bare and whose:
        name = f"{' '.join(w for w in name.split() if w.casefold() not in listed_determiners())} of {clean(whose)}"
    if phrase.head in ("tweet", "retweet"):
        name = "Twitter"
    yield Found(start, end, name, phrase.kind, own=False)


def _slot_of(scene: Scene, phrase: Phrase) -> tuple[int, int, str] | None:
    """Return the characters of the credit that a text or post is in its slot, with whose it is, or None."""
    words = scene.words
    start, end = words[phrase.first].start, words[phrase.last - 1].end
    at = phrase.first - 1
    before = words[at].low if at >= 0 else ""
    if at > 0 and before == "to" and words[at - 1].low == "according" and phrase.type != "platform":
        if _is_rumour(scene, phrase):
            return None
        return words[at - 1].start, end, _behind(scene, phrase)
    if before in ("citing", "quoting", "cited", "per") and phrase.type != "platform":
        return words[at].start, end, _behind(scene, phrase)
    if phrase.type == "platform":
        return _of_platform(scene, phrase)
    if scene.is_title or _is_rumour(scene, phrase):
        return None
    place = before in _IN and (before != "on" or phrase.head in _ON) and phrase.head not in words_of("counted")
    place = place and phrase.head not in _NO_PLACE
    place = place and (before != "by" or phrase.head in ("tweet", "letter", "e-mail", "email", "statement"))
    if place and not phrase.loose:
        strong = phrase.head in words_of("strong") or phrase.type == "post"
        led = _speech_before(scene, at, classes=("say", "judge", "call") if strong else ("say",))
        if phrase.head in words_of("norms") and lexicon().verb(words[led].low if led is not None else "") in _ASKS:
            led = None
        if led is not None and (before != "from" or lexicon().verb(words[led].low) in ("read", "quote", "recite")):
            # "reported $19,000 raised in a filing": what is said stands between, and is no part of the credit
            start = words[led].start if at - led <= _NEAR or _only_when(scene, led + 1, at) else words[at].start
            return start, end, _whose(scene, led)
        if before not in ("from", "by") and _speech_behind(scene, phrase.last, strong=strong):
            return words[at].start, end, _behind(scene, phrase)
    subject = _shown_by(scene, phrase)
    if subject is not None:
        if subject < start:
            return subject, end, _behind(scene, phrase)  # "says the report"
        return start, subject if subject - start <= 140 else end, _behind(scene, phrase)
    issued = None if phrase.loose else _issued(scene, phrase)
    if issued is not None:
        return words[issued].start, end, _whose(scene, issued)
    return None


# Words between a verb and its place that are no words of what is said: "said Monday night in".
_NEAR = 4


def _only_when(scene: Scene, first: int, last: int) -> bool:
    """Return whether the words between a verb and a preposition tell whom or when: "told reporters on Friday in"."""
    return all(w.upos not in ("VERB", "NUM", "AUX") and w.text[0] not in "$€£■" for w in scene.words[first:last])


_NO_PLACE = frozenset(["act", "bill", "law", "draft", "investigation", "list", "treaty", "facts", "suit", "research"])
_RUMOURS = frozenset({
    "initial", "several", "some", "various", "multiple", "early", "earlier", "other", "unconfirmed", "many", "more",
    "such",
})  # fmt: skip


def _is_rumour(scene: Scene, phrase: Phrase) -> bool:
    """Return whether reports are nobody's: "initial reports stated", "according to several reports"."""
    head = scene.words[phrase.last - 1].low
    return head == "reports" and all(w.low in _RUMOURS for w in scene.words[phrase.first : phrase.last - 1])


def _of_platform(scene: Scene, phrase: Phrase) -> tuple[int, int, str] | None:
    words = scene.words
    at = phrase.first - 1
    while (
        at > 0
        and (words[at].low in listed_determiners() or words[at].upos in ("ADJ", "NOUN", "VERB"))
        and at > phrase.first - 5
    ):
        if is_speech(scene, at):
            break
        at -= 1
    if at < 0 or words[at].low not in ("on", "to", "via", "through", "over", "by"):
        return None
    end = words[phrase.last - 1].end
    if at == 0 or (words[at - 1].text == "," and words[at].low != "to"):
        behind = words[phrase.last].text if phrase.last < len(words) else "."
        return (words[at].start, end, "") if behind in (",", ".", "?", "!") else None
    led = _speech_before(scene, at, extra=_PUT_ONLINE)
    return (words[led].start, end, _whose(scene, led)) if led is not None else None


_PUT_ONLINE = frozenset({
    "posted", "post", "posting", "posts", "shared", "put", "took", "taken", "takes", "published", "made",
    "announced", "uploaded", "broadcast", "message", "live",
})  # fmt: skip


@cache
def _forms(name: str) -> frozenset[str]:
    return frozenset(form for lemma in words_of(name) for form in (lemma, *_inflected(lemma)))


def _inflected(lemma: str) -> list[str]:
    return lexicon().irregular.get(lemma) or inflect(lemma)


def _speech_before(
    scene: Scene, at: int, *, extra: frozenset[str] = frozenset(), classes: Sequence[str] = ("say", "judge", "call")
) -> int | None:
    """Return the verb of saying before the preposition at `at`, in its clause and near it."""
    words = scene.words
    for back in range(at - 1, max(-1, at - 1 - REACH), -1):
        word = words[back]
        if word.text in (";", ":", "—", "–", "(", ".", "!", "?") or word.low in OPENS_CLAUSE:
            return None
        if word.text.startswith("\u25a0"):
            continue
        if word.low in extra or is_speech(scene, back, classes=classes):
            return back
    return None


def _speech_behind(scene: Scene, after: int, *, strong: bool) -> bool:
    """Return whether a verb of saying, or words in marks, stand behind a phrase in its sentence or before it."""
    words = scene.words
    classes = ("say", "judge", "call", "think", "show") if strong else ("say",)
    if strong and "\u25a0" in scene.masked[scene.sentence.start : scene.sentence.end]:
        return True
    return any(is_speech(scene, i, classes=classes) for i in range(after, len(words))) or (
        strong and any(is_speech(scene, i, classes=classes) for i in range(after))
    )


def _shown_by(scene: Scene, phrase: Phrase) -> int | None:
    """Return where the verb ends whose subject a text is ("the filing, released on Monday, says"), or None.

    Of a verb before its subject ("says the filing") it is where the verb starts.
    """
    words = scene.words
    head = words[phrase.last - 1]
    sentence = scene.sentence
    if head.index < 0 or all(t.head < 0 for t in sentence.tokens):
        return _shown_by_words(scene, phrase)
    tokens = sentence.tokens
    if tokens[head.index].relation == "nsubj":
        verb = tokens[head.index].head
        if tokens[verb].xpos != "VB" and _may_show(scene, verb, phrase):
            return tokens[verb].end if verb > head.index else tokens[verb].start
    if phrase.last < len(words) and words[phrase.last].low in PLAINLY_SHOW and words[phrase.last].upos == "NOUN":
        return words[phrase.last].end
    if tokens[head.index].relation == "appos" and tokens[tokens[head.index].head].relation == "nsubj":
        verb = tokens[tokens[head.index].head].head  # "Airlog, a database of carriers, lists"
        if verb > head.index and tokens[verb].xpos in ("VBD", "VBZ", "VBP") and _may_show(scene, verb, phrase):
            return tokens[verb].end
    follows = next((w for w in words[phrase.last : phrase.last + 3] if w.upos not in ("ADV", "AUX")), None)
    if follows is not None and follows.index > head.index and _may_show(scene, follows.index, phrase):
        before = words[phrase.first - 1] if phrase.first else None
        finite = tokens[follows.index].xpos in ("VBD", "VBZ", "VBP")
        ends = follows is words[-2] if len(words) > 1 and words[-1].text == "." else follows is words[-1]
        tag = ends and before is not None and before.text == ","  # "…, a trade survey found."
        if tag or (finite and (before is None or before.low not in (*_IN, "of", "to"))):
            return follows.end
    for child in sentence.children(head.index):
        token = tokens[child]
        if child > head.index and token.relation.startswith("acl") and _may_show(scene, child, phrase):
            told = token.text.casefold().endswith("ing") or any(
                tokens[c].text.casefold() in ("which", "that") and tokens[c].relation == "nsubj"
                for c in sentence.children(child)
            )
            lead = words[phrase.first - 1].low if phrase.first else ""
            asks = lexicon().verb(token.text.casefold()) in _ASKS
            if told and not asks and (tokens[head.index].relation == "obj" or lead in _IN):
                return token.end
    for at, word in enumerate(words[phrase.last : phrase.last + 6]):  # "a list of her speeches showing"
        if (word.text != "," or at) and (not word.text[0].isalnum() or word.upos in ("AUX", "SCONJ", "PRON")):
            break  # "her tax returns, showing that"
        if word.low in _SHOWING and tokens[head.index].relation in ("obj", "obl", "nmod"):
            return word.end
    return None


_SHOWING = frozenset(["showing", "saying", "stating", "indicating", "revealing"])


_ASKS = frozenset(["ask", "request", "allow", "demand", "order", "permit", "propose"])


def _may_show(scene: Scene, index: int, phrase: Phrase) -> bool:
    """Return whether a token is an active verb with which a text of this sort tells something."""
    tokens = scene.sentence.tokens
    if index < 0 or tokens[index].upos != "VERB":
        return False
    below = [tokens[c] for c in scene.sentence.children(index)]
    if any(t.relation == "aux:pass" or t.text.casefold() in _MODALS | _NOT for t in below):
        return False
    return _shows(tokens[index].text.casefold(), phrase)


def _shows(low: str, phrase: Phrase) -> bool:
    lemma = lexicon().verb(low)
    narrow = phrase.loose or phrase.head in words_of("norms") or phrase.head in words_of("counted")
    classes = ("say", "show") if narrow else ("say", "show", "judge", "call")
    if lemma is not None and lemma in (_ASKS if narrow else ()):
        return False
    listed_ = lemma is not None and lexicon().is_in(lemma, *classes) and lemma not in _MOODS
    return listed_ or (low in _forms("shown") and not (narrow and phrase.head in words_of("norms")))


_MODALS = frozenset(["will", "would", "should", "must", "shall", "could", "might", "can", "may", "to"])
_NOT = frozenset(["not", "n't", "n’t", "never"])
_MOODS = frozenset(["appear", "seem", "look", "sound", "begin", "continue", "fire", "shoot", "rule", "prove"])


def _shown_by_words(scene: Scene, phrase: Phrase) -> int | None:
    """Return what `_shown_by` does where there is no tree: a verb within reach, nothing but a modifier between."""
    words = scene.words
    before = words[phrase.first - 1] if phrase.first else None
    if (
        before is not None
        and before.text[0].isalnum()
        and before.low not in _OPENS
        and not before.text.startswith("\u25a0")
    ):
        showing = phrase.last < len(words) and words[phrase.last].low.endswith("ing")
        if not (showing or words[min(phrase.last + 4, len(words) - 1)].low.endswith("ing")):
            return None
    modified = False
    for at in range(phrase.last, min(len(words), phrase.last + 10)):
        word = words[at]
        if _shows(word.low, phrase) and not (modified and word.low in _forms("issued")):
            return word.end
        if word.text in (";", ":", ".", "—") or word.low in (
            "was",
            "were",
            "is",
            "are",
            "be",
            "been",
            "who",
            "and",
            "but",
        ):
            return None
        modified = modified or word.low in ("of", "by", "from", "in", "on", "released", "filed", "issued", "published")
        if (
            not modified
            and not word.low.endswith("ly")
            and word.low not in ("also", "itself", "has", "had", "later", "clearly", ",")
        ):
            return None
    return None


_OPENS = frozenset({
    "and", "but", "that", "as", "while", "because", "since", "after", "before", "when", "although", "though",
    "where", "if", "however", "so", "also", "meanwhile", "then",
})  # fmt: skip
_MADE = words_of("written") - words_of("weak") - {"declaration", "warrant", "subpoena"}


def _issued(scene: Scene, phrase: Phrase) -> int | None:
    """Return the verb with which somebody makes a text public ("issued a statement"), or None."""
    at = phrase.first - 1
    if at < 0 or not (phrase.head in _MADE or phrase.type == "post") or scene.is_title:
        return None
    word = scene.words[at]
    if (
        word.low not in _forms("issued")
        or word.low in words_of("issued")
        or phrase.head in words_of("norms")
        or scene.words[phrase.first].low in ("the", "that", "this")
    ):
        return None
    if word.upos and word.upos != "VERB":
        return None
    return at


def _whose(scene: Scene, verb: int) -> str:
    """Return the words of who says it, where the attribution layer or the words before the verb give them."""
    start = scene.words[verb].start
    for quotation in scene.quotations:
        if quotation.source is not None and quotation.cue is not None and quotation.cue.start == start:
            return scene.document.text[quotation.source.start : quotation.source.end]
    return ""


def _behind(scene: Scene, phrase: Phrase) -> str:
    """Return whose a text is by the words behind it ("a statement from the ministry"), or who says what is in it."""
    match = re.compile(
        r"\s(?:from|by|of)\s((?:the\s)?(?:[\w’'.-]+\s?){1,5}?)(?=[,.;:\u25a0]|\s(?:in|on|at|to|that|which|said|says|and)\s|$)"
    ).match(scene.masked, scene.words[phrase.last - 1].end)
    if match is not None:
        return match.group(1)
    for quotation in scene.quotations:
        if quotation.source is not None and quotation.source.start > scene.words[phrase.last - 1].end:
            return scene.document.text[quotation.source.start : quotation.source.end]
    return ""
