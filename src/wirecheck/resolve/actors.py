"""Actors: the someone or something behind the mentions of all documents of a story.

Full names come first, then surnames and other short forms within their document, then across documents, then roles
and pronouns. Whatever has two candidates stays out: a mention left open costs less than one given to the wrong actor.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from wirecheck.language.reading import Reading
from wirecheck.model import Actor, ActorKind, Annotations, Mention, Role, Span
from wirecheck.places import Places
from wirecheck.resolve.coreference import judge_candidates
from wirecheck.resolve.names import (
    choose_name,
    full_name,
    initials,
    is_slip,
    middles_fit,
    organization_key,
    person_names_fit,
    read_person_name,
    surnames_fit,
)
from wirecheck.text.gazetteer import countries, first_names, fold_name, listed, load_list, outlets, titles

_ARTICLE = re.compile(r"^(?:the|a|an|his|her|their|its|our|my|this|that|another|one|each|every)\s+", re.IGNORECASE)
_MASCULINE = re.compile(r"\b(?:Mr|Sir|Lord)\b\.?\s*$")
_FEMININE = re.compile(r"\b(?:Mrs|Ms|Miss|Dame|Lady)\b\.?\s*$")
_PRONOUN_GENDER = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}


# Denis "The Brush" Kallas
_NICKNAME = re.compile(r"\s[“\"‘'][^“”\"]+[”\"’']\s")


@dataclass
class _Draft:
    """An actor in the making."""

    kinds: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    mentions: list[Mention] = field(default_factory=list)
    extra: list[Span] = field(default_factory=list)
    """Mentions by pronoun."""
    roles: dict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))
    genders: Counter[str] = field(default_factory=Counter)
    unnamed: bool = False

    @property
    def kind(self) -> str:
        return max(sorted(self.kinds), key=lambda k: self.kinds[k]) if self.kinds else "other"

    @property
    def gender(self) -> str | None:
        best = self.genders.most_common(2)
        if not best or (len(best) > 1 and best[0][1] == best[1][1]):
            return None
        return best[0][0]

    def documents(self) -> set[str]:
        return {m.span.document for m in self.mentions}


@dataclass(frozen=True, slots=True)
class _Named:
    """A mention by name with its words."""

    mention: Mention
    name: str
    before: str
    """The words of the mention before the name: its title."""


def resolve_actors(readings: Sequence[Reading], annotations: Sequence[Annotations]) -> tuple[Actor, ...]:
    """Return the actors of a story, those with the most mentions first, then by name."""
    resolver = _Resolver(readings, annotations)
    resolver.gather()
    return resolver.actors()


class _Resolver:
    def __init__(self, readings: Sequence[Reading], annotations: Sequence[Annotations]) -> None:
        self.readings = {r.document.id: r for r in readings}
        self.annotations = annotations
        self.drafts: list[_Draft] = []
        self.persons: list[_Draft] = []
        self.person_of: dict[Mention, _Draft] = {}
        """The persons by their mentions by name."""
        self.named: dict[str, Places[Mention]] = {}
        """The mentions by name of each document."""
        self.keys: frozenset[str] = frozenset()
        """Forms under which the names of organizations, places and others of the story are equal."""

    def gather(self) -> None:
        named = self._with_surnames(
            [self._named(m) for a in self.annotations for m in a.mentions if m.name is not None]
        )
        persons = [n for n in named if n.mention.kind == "person"]
        self._gather_persons(persons)
        self._gather_others([n for n in named if n.mention.kind != "person"])
        self.drafts = self.persons + self.drafts
        self._gather_roles()
        for draft in self.persons:
            self._learn_gender(draft)

    def words(self, span: Span) -> str:
        return self.readings[span.document].document.words(span)

    def _named(self, mention: Mention) -> _Named:
        assert mention.name is not None
        text = self.readings[mention.span.document].document.text
        name = _NICKNAME.sub(" ", " ".join(self.words(mention.name).split()))
        return _Named(mention, name, text[mention.span.start : mention.name.start])

    def _with_surnames(self, named: Sequence[_Named]) -> list[_Named]:
        """Return the mentions; a lone name taken for an organization is a person where its own document introduces one
        of that surname ("Okafor's tweet" after "Marta Okafor").
        """
        surnames = {
            (one.mention.span.document, read_person_name(one.name).last)
            for one in named
            if one.mention.kind == "person" and read_person_name(one.name).first
        }
        return self._with_one_kind(
            [
                replace(one, mention=replace(one.mention, kind="person"))
                if one.mention.kind in ("organization", "other")
                and " " not in one.name
                and (one.mention.span.document, read_person_name(one.name).last) in surnames
                else one
                for one in named
            ],
            {surname for _, surname in surnames},
        )

    def _with_one_kind(self, named: Sequence[_Named], surnames: set[str]) -> list[_Named]:
        """Return the mentions, those of one name with one kind: a person that one document leaves open another tells.

        A lone name that some document takes for a person, and none introduces as one, is the organization whose longer
        name begins with it ("Marlow" beside "Marlow Energy").
        """
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for one in named:
            counts[fold_name(one.name)][one.mention.kind] += 1
        firms = {
            fold_name(one.name).split()[0]
            for one in named
            if one.mention.kind == "organization"
            and " " in one.name
            and one.name.split()[-1].casefold() in listed("company_endings")
        }
        settled = []
        for one in named:
            folded = fold_name(one.name)
            kinds = counts[folded]
            kind = one.mention.kind
            if kind in ("person", "other") and folded in firms and folded not in surnames:
                kind = "organization"
            elif {kind, *kinds} == {"person", "other"} and folded not in surnames:
                kind = "person" if _MOST_OPEN * kinds["person"] >= kinds["other"] else "other"
            settled.append(one if kind == one.mention.kind else replace(one, mention=replace(one.mention, kind=kind)))
        return settled

    # --- persons ----------------------------------------------------------------------------------------------------

    def _gather_persons(self, named: Sequence[_Named]) -> None:
        full: list[_Named] = []
        short: list[_Named] = []
        for one in named:
            (full if read_person_name(one.name).first else short).append(one)
        by_name: dict[str, list[_Named]] = defaultdict(list)
        for one in full:
            by_name[one.name].append(one)
        # The most frequent forms are the kernels, so that a slip joins the form that it slips from.
        for name in sorted(by_name, key=lambda n: (-len(by_name[n]), -len(n), n)):
            fitting = [d for d in self.persons if self._fits_person(d, name, by_name[name])]
            draft = fitting[0] if len(fitting) == 1 else None
            if draft is None:
                draft = _Draft()
                self.persons.append(draft)
            for one in by_name[name]:
                self._add(draft, one)
        whole = list(self.persons)
        left: dict[str, list[_Named]] = defaultdict(list)
        short = self._gather_others_of_the_name(short, whole)
        for one in short:
            draft = self._short_form(one, whole)
            if draft is not None:
                self._add(draft, one)
            elif not self._candidates(one, whole):
                left[self._base(one.name)].append(one)
        for name in sorted(left):
            slip = self._slip_of(name, left[name], whole)
            if slip is not None:
                for one in left[name]:
                    self._add(slip, one)
                continue
            fitting = [
                d for d in self.persons if d not in whole and any(surnames_fit(fold_name(n), name) for n in d.names)
            ]
            draft = fitting[0] if len(fitting) == 1 else _Draft()
            if draft not in self.persons:
                self.persons.append(draft)
            for one in left[name]:
                self._add(draft, one)

    def _gather_others_of_the_name(self, short: Sequence[_Named], whole: list[_Draft]) -> list[_Named]:
        """Take out the surnames with an office or a form of address that the only one introduced by that surname has
        not: "President Roe", where the story has "his wife, Ann Roe", is somebody else. Return the others.

        Only one whom her own document introduces as kin, or as first lady, is told apart by an office.
        """
        strangers: dict[str, _Draft] = {}
        rest: list[_Named] = []
        for one in short:
            found = self._candidates(one, whole)
            other = len(found) == 1 and (one.before.strip() or one.mention.role is not None)
            if not other or not self._is_another(one, found[0]):
                rest.append(one)
                continue
            base = self._base(one.name)
            if base not in strangers:
                strangers[base] = _Draft()
            self._add(strangers[base], one)
        for base in sorted(strangers):
            self.persons.append(strangers[base])
            whole.append(strangers[base])
        return rest

    def _is_another(self, one: _Named, draft: _Draft) -> bool:
        gender = self._gender_of_title(one)
        if gender and draft.gender and gender != draft.gender:
            return True
        if gender or one.mention.role is None or not any(self._called_kin(m) for m in draft.mentions):
            return False
        head = self._head(self._role_form(one.mention.role).split())
        return head in titles().offices and all(self._head(r.split()) != head for r in draft.roles)

    def _called_kin(self, mention: Mention) -> bool:
        """Return whether the words before a name introduce somebody as the relative of another."""
        text = self.readings[mention.span.document].document.text
        return _KIN_BEFORE.search(text[max(0, mention.span.start - 40) : mention.span.end].split("\n")[-1]) is not None

    def _slip_of(self, name: str, mentions: Sequence[_Named], whole: Sequence[_Draft]) -> _Draft | None:
        """Return the person whose surname a document misspells by a letter: one never introduced, a letter apart.

        News introduces everybody by full name once; a surname without any, one letter from that of a person introduced
        in the same document, is a slip ("Lu" behind "Lisa Su").
        """
        documents = {one.mention.span.document for one in mentions}
        if len(mentions) > _MOST_SLIPS or len(documents) > 1 or name in first_names().gender:
            return None
        if any(one.before.strip() for one in mentions):
            return None
        document = next(iter(documents))
        begins = min(one.mention.span.start for one in mentions)
        found = []
        for draft in whole:
            before = any(m.span.document == document and m.span.start < begins for m in draft.mentions)
            if before and any(is_slip(name, self._base(n)) for n in draft.names):
                found.append(draft)
        return found[0] if len(found) == 1 else None

    def _base(self, name: str) -> str:
        return read_person_name(name).last

    def _fits_person(self, draft: _Draft, name: str, mentions: Sequence[_Named]) -> bool:
        if not any(person_names_fit(name, other) for other in draft.names):
            return False
        ours = read_person_name(name)
        # "George Bush" may be George H. W. or George W.: what a draft already holds with another initial parts them.
        others = [read_person_name(other) for other in draft.names]
        if any(
            o.first == ours.first and o.last == ours.last and not middles_fit(ours.middle, o.middle) for o in others
        ):
            return False
        suffixes = {read_person_name(other).suffix for other in draft.names}
        if ours.suffix not in suffixes and (ours.suffix or suffixes != {""}):
            # A son and his father, where one document names both or nothing but the name is shared.
            documents = {one.mention.span.document for one in mentions}
            if documents & draft.documents() or not self._roles_of(mentions) & set(draft.roles):
                return False
            # "Rev. Jesse Jackson" is not "Jesse Jackson Jr.": a father with another title, or named as father.
            own = {self._title_head(one) for one in mentions} - {""}
            theirs = {self._title_head(self._named(m)) for m in draft.mentions} - {""}
            if (
                own & {"reverend", "rev"}
                or theirs & {"reverend", "rev"}
                or any(self._called_parent(one) for one in mentions)
            ):
                return False
        return True

    def _roles_of(self, mentions: Sequence[_Named]) -> set[str]:
        return {self._role_form(one.mention.role) for one in mentions if one.mention.role is not None}

    def _called_parent(self, one: _Named) -> bool:
        text = self.readings[one.mention.span.document].document.text
        before = text[max(0, one.mention.span.start - 40) : one.mention.span.start]
        return re.search(r"\b(?:father|mother|son|daughter|dad),?\s+(?:\w+\s+){0,3}$", before) is not None

    def _title_head(self, one: _Named) -> str:
        words = fold_name(one.before).split()
        return words[-1] if words else ""

    def _candidates(self, one: _Named, whole: Sequence[_Draft]) -> list[_Draft]:
        base, suffix = self._base(one.name), read_person_name(one.name).suffix
        if suffix:
            whole = [d for d in whole if any(read_person_name(n).suffix == suffix for n in d.names)]
        found = [
            d
            for d in whole
            if any(surnames_fit(self._base(n), base) or base in read_person_name(n).middle for n in d.names)
        ]
        exact = [d for d in found if any(self._base(n) == base for n in d.names)]
        found = exact or found
        if not found and not one.before:
            found = [d for d in whole if any(read_person_name(n).first == base for n in d.names)]
            found = found or [d for d in whole if self._short_first(base, d)]
        return found

    def _short_first(self, base: str, draft: _Draft) -> bool:
        return any(base in first_names().short.get(read_person_name(n).first, ()) for n in draft.names)

    def _short_form(self, one: _Named, whole: Sequence[_Draft]) -> _Draft | None:
        """Return the person that a surname or first name alone means, or None when two remain."""
        found = self._candidates(one, whole)
        document, at = one.mention.span.document, one.mention.span.start
        gender = self._gender_of_title(one)
        if len(found) > 1 and gender:
            fitting = [d for d in found if (d.gender or gender) == gender]
            found = [d for d in fitting if d.gender == gender] or fitting
        if len(found) > 1 and one.mention.role is not None:
            head = self._head(self._role_form(one.mention.role).split())
            found = [d for d in found if any(self._head(r.split()) == head for r in d.roles)] or found
        if len(found) <= 1:
            return found[0] if found else None
        earlier = [d for d in found if any(m.span.document == document and m.span.start < at for m in d.mentions)]
        if len(earlier) == 1:
            return earlier[0]
        if earlier:
            return self._most_present(one, earlier)
        # Nobody of the name is introduced yet: whom all documents mean, if they mean one far more than the others.
        ranked = sorted(found, key=lambda d: -len(d.mentions))
        return ranked[0] if len(ranked[0].mentions) >= 3 * len(ranked[1].mentions) else None

    def _most_present(self, one: _Named, found: Sequence[_Draft]) -> _Draft | None:
        """Return who of several with one surname a document means by it, if one leads.

        A paper introduces its main person first and calls only that one by surname; where another one of the name
        stands nearer and is not outweighed, the question stays open. Headlines introduce nobody.
        """
        document, at = one.mention.span.document, one.mention.span.start
        title = self.readings[document].document.title_span
        body = title.end if title is not None else 0
        places = [
            [m.span.start for m in d.mentions if m.span.document == document and m.span.start < at] for d in found
        ]
        inside = [[p for p in own if p >= body] or own[:0] for own in places]
        known = [i for i, own in enumerate(inside) if own]
        if not known:
            return None
        lead = min(known, key=lambda i: min(inside[i]))
        nearest = max(known, key=lambda i: max(inside[i]))
        rest = max((len(inside[i]) for i in known if i != lead), default=0)
        if nearest == lead or len(inside[lead]) >= 2 * rest:
            return found[lead]
        paragraph = self.readings[document].paragraph_at
        if paragraph(max(inside[nearest])) != paragraph(at) and len(inside[lead]) >= rest:
            return found[lead]
        return None

    def _gender_of_title(self, one: _Named) -> str:
        if _MASCULINE.search(one.before):
            return "he"
        if _FEMININE.search(one.before):
            return "she"
        return ""

    def _learn_gender(self, draft: _Draft) -> None:
        for role in draft.roles:
            for word in role.split():
                if word in titles().gender:
                    draft.genders[titles().gender[word]] += 1

    # --- organizations, countries, places, others --------------------------------------------------------------------

    def _gather_others(self, named: Sequence[_Named]) -> None:
        by_key: dict[str, list[_Named]] = defaultdict(list)
        for one in named:
            by_key[self._key(one)].append(one)
        drafts: dict[str, _Draft] = {}
        self.keys = frozenset(by_key)
        for key in sorted(by_key, key=lambda k: (-len(by_key[k]), k)):
            target = self._same(key, by_key[key], drafts)
            draft = drafts.get(target) if target else None
            if draft is None:
                draft = drafts[key] = _Draft()
            for one in by_key[key]:
                self._add(draft, one)
            if key.startswith("country:"):
                draft.kinds = Counter({"country": 1})
        self.drafts.extend(drafts[key] for key in drafts)

    def _key(self, one: _Named) -> str:
        country = countries().get(one.name)
        if country is not None and country.form == "capital" and self._is_metonym(one):
            return "country:" + country.name.casefold()
        if one.mention.kind == "group" and country is not None and country.form == "demonym":
            return "people:" + country.name.casefold()
        return organization_key(one.name)

    def _is_metonym(self, one: _Named) -> bool:
        """Return whether a capital stands for its government: as subject of a verb, or after "with", "against" …"""
        reading = self.readings[one.mention.span.document]
        start = one.mention.span.start
        before = reading.document.text[max(0, start - 12) : start].split()
        if before and before[-1].casefold() in (
            "in",
            "at",
            "near",
            "to",
            "from",
            "of",
            "around",
            "outside",
            "for",
            "through",
            "via",
            "into",
        ):
            return False
        if before and before[-1].casefold() in listed("before_government"):
            return True
        index = reading.sentence_at(start)
        if index is None:
            return False
        sentence = reading.sentences[index]
        for token in sentence.tokens:
            if token.start == start:
                head = sentence.tokens[token.head] if token.head >= 0 else None
                if head is None or head.upos != "VERB":
                    return False
                return token.relation.startswith("nsubj") or (
                    token.relation == "obj" and head.lemma not in listed("on_places")
                )
        return False

    def _same(self, key: str, named: Sequence[_Named], drafts: dict[str, _Draft]) -> str | None:
        """Return the key of a draft that a name belongs to by its initials, its parts or its spelling."""
        if key in drafts:
            return key
        name = named[0].name
        bare = name.replace(".", "")
        fitting = []
        for other, draft in drafts.items():
            if other.startswith(("country:", "people:")):
                continue
            kinds = set(draft.kinds)
            forms = list(draft.names)
            if bare.isupper() and 2 < len(bare) <= 6:
                if any(initials(form) == bare for form in forms):
                    fitting.append(other)
                continue
            if (
                (
                    any(
                        f.replace(".", "").isupper()
                        and len(f.replace(".", "")) > 2
                        and initials(name) == f.replace(".", "")
                        for f in forms
                    )
                    and " " in name
                )
                or (key.replace(" ", "") == other.replace(" ", "") and len(key) >= 6)
                or (
                    _without_country(key) == _without_country(other)
                    and (" " in _without_country(key) or self._is_state_body(_without_country(key)))
                )
                or _is_short_of(key, other)
                or _is_short_of(other, key)
                or (
                    named[0].mention.kind == draft.kind == "organization"
                    and (_is_first_word_of(key, other) or _is_first_word_of(other, key))
                )
                or (
                    " " not in key
                    and " " not in other
                    and "country" not in kinds
                    and len(key) >= _SHORTEST_PLACE
                    and key[0] == other[0]
                    and surnames_fit(key, other)
                )
            ):
                fitting.append(other)
        return fitting[0] if len(fitting) == 1 else None

    def _is_state_body(self, key: str) -> bool:
        """Return whether "the Navy" can only be one: no other name of the story ends with the word."""
        return key in _STATE_BODIES and not any(
            other.endswith(" " + key) and _without_country(other) != key for other in self.keys
        )

    # --- mentions by role --------------------------------------------------------------------------------------------

    def _gather_roles(self) -> None:
        """Give mentions by role to their actors: those beside a name first, in all documents, then those alone."""
        alone: list[Mention] = []
        self.person_of = {m: d for d in reversed(self.persons) for m in d.mentions}
        self.named = {
            a.document: Places([m for m in a.mentions if m.name is not None], lambda m: (m.span.start, m.span.end))
            for a in self.annotations
        }
        for annotation in self.annotations:
            before: Mention | None = None
            for mention in annotation.mentions:
                if mention.name is not None:
                    before = mention if mention.kind == "person" else before
                elif mention.role is not None:
                    draft = self._apposed(mention, before)
                    if draft is None:
                        alone.append(mention)
                    else:
                        self._add_role(draft, mention)
        unnamed: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in alone:
            assert mention.role is not None
            draft = self._by_role(mention) or self._body(mention)
            if draft is not None:
                self._add_role(draft, mention)
            elif not self._name_in_small_letters(mention):
                unnamed[(mention.kind, self._role_form(mention.role))].append(mention)
        for (kind, form), mentions in sorted(unnamed.items()):
            if (
                form in listed("generic")
                or (kind != "person" and len(mentions) < 2)
                or (kind == "person" and " " not in form)
            ):
                continue
            draft = _Draft(unnamed=True)
            for mention in mentions:
                draft.kinds[kind] += 1
                draft.mentions.append(mention)
                assert mention.role is not None
                draft.names[_ARTICLE.sub("", " ".join(self.words(mention.role).split()))] += 1
            self.drafts.append(draft)

    def _body(self, mention: Mention) -> _Draft | None:
        """Return the organization that "the agency" means: the last one named whose name is of that kind."""
        if mention.kind != "organization" or mention.role is None:
            return None
        reading = self.readings[mention.span.document]
        form = self._role_form(mention.role)
        kinds = load_list("organizations")["bodies"].get(form)
        article = reading.document.text[mention.span.start : mention.role.start].strip().casefold()
        here = reading.sentence_at(mention.span.start)
        if kinds is None or article != "the" or here is None:
            return None
        best: list[tuple[int, _Draft]] = []
        for draft in self.drafts:
            if draft.kind != "organization" or not any(
                set(name.split()) & set(kinds) for name in map(full_name, draft.names)
            ):
                continue
            starts = [
                m.span.start
                for m in draft.mentions
                if m.span.document == mention.span.document and m.span.start < mention.span.start
            ]
            there = reading.sentence_at(max(starts)) if starts else None
            if there is not None and here - there <= _BODY_REACH:
                best.append((there, draft))
        if not best:
            return None
        latest = max(there for there, _ in best)
        nearest = [draft for there, draft in best if there == latest]
        return nearest[0] if len(nearest) == 1 else None

    def _name_in_small_letters(self, mention: Mention) -> bool:
        """Give "the Indian navy" to the organization that others write "Indian Navy"; return whether there is one."""
        if mention.kind != "organization" or mention.role is None:
            return False
        form = self._role_form(mention.role)
        for draft in self.drafts:
            if (
                " " in form
                and draft.kind == "organization"
                and any(organization_key(name) == organization_key(form) for name in draft.names)
            ):
                draft.mentions.append(mention)
                return True
        return False

    def _role_form(self, role: Span) -> str:
        return _ARTICLE.sub("", fold_name(self.words(role)).removeprefix("also "))

    def _apposed(self, mention: Mention, before: Mention | None) -> _Draft | None:
        """Return the person whose name stands beside a role: "Jane Roe, the mayor", "the mayor, Jane Roe"."""
        text = self.readings[mention.span.document].document.text
        if mention.kind != "person":
            return None
        if before is not None and before.span.document == mention.span.document and before.kind == "person":
            gap = text[before.span.end : mention.span.start]
            if (
                re.fullmatch(r"(?:\s?\([^)]{1,20}\))?\s?[,—–(]\s?(?:\d{1,2},\s)?", gap)
                or _is_predicate(gap)
                or (gap == " " and text.startswith("of ", mention.span.start))
            ):
                return self._draft_of(before)
        for other in self._mentions_after(mention):
            gap = text[mention.span.end : other.span.start]
            if gap in (", ", " ", " — ") and other.kind == "person":
                after = text[other.span.end : other.span.end + 5]
                opened = _OPENS_WITH_PREPOSITION.search(text[max(0, mention.span.start - 30) : mention.span.start])
                if not re.match(r"\s(?:and|or)\b", after) and not (
                    gap == ", " and opened is not None and not after.startswith(",")
                ):
                    return self._draft_of(other)
        return None

    def _mentions_after(self, mention: Mention) -> Iterable[Mention]:
        named = self.named[mention.span.document]
        at = named.before(mention.span.end)
        return named.items[at : at + 1]

    def _draft_of(self, mention: Mention) -> _Draft | None:
        return self.person_of.get(mention)

    def _by_role(self, mention: Mention) -> _Draft | None:
        """Return the one person who has this role: in the document before, else anywhere in the story."""
        assert mention.role is not None
        form = self._role_form(mention.role)
        text = self.readings[mention.span.document].document.text
        article = text[mention.span.start : mention.role.start].strip().casefold()
        if mention.kind != "person" or article in ("a", "an", "another", "one", "my", "our", "each", "every"):
            return None
        words = form.split()
        head = self._head(words)
        if not head or head in listed("generic"):
            return None
        document, at = mention.span.document, mention.span.start
        of_state = words == ["president"] and _OF_STATE.search(text) is not None
        fitting: list[tuple[int, _Draft]] = []
        for draft in self.persons:
            roles = [r for r in draft.roles if not (of_state and self._is_of_body(r))]
            if any(self._role_fits(words, head, role) for role in roles):
                starts = (m.span.start for m in draft.mentions if m.span.document == document and m.span.start < at)
                fitting.append((max(starts, default=-1), draft))
        local = [(latest, d) for latest, d in fitting if latest >= 0]
        if head in titles().kinship or len(words) == 1:
            # "his wife", "the president": only who has that role in this document.
            local = [
                (latest, d)
                for latest, d in local
                if any(
                    self._role_fits(words, head, r) and any(s.document == document for s in d.roles[r]) for r in d.roles
                )
            ]
            return local[0][1] if len(local) == 1 else None
        if len(local) == 1:
            return local[0][1]
        return fitting[0][1] if len(fitting) == 1 and not local else None

    def _is_of_body(self, role: str) -> bool:
        """Return whether a president is one of a firm, a school, a council: "CRFB president"."""
        own = [w for w in role.split("president")[0].split() if w not in titles().modifiers]
        return bool(own) and not any(fold_name(form) == " ".join(own) for form in countries())

    def _head(self, words: Sequence[str]) -> str:
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

    def _role_fits(self, words: Sequence[str], head: str, role: str) -> bool:
        other = role.split()
        ours = set(words) - {"the", "a", "an"}
        if self._head(other) != head:
            return len(ours) > 1 and ours <= set(other)
        return not (ours - set(other) - {head}) or not (set(other) - ours - {head})

    # --- drafts ------------------------------------------------------------------------------------------------------

    def _add(self, draft: _Draft, one: _Named) -> None:
        draft.kinds[one.mention.kind] += 1
        draft.names[one.name] += 1
        draft.mentions.append(one.mention)
        if one.mention.kind == "person":
            gender = self._gender_of_title(one)
            if gender:
                draft.genders[gender] += 2
            first = read_person_name(one.name).first
            implied = first_names().gender.get(first, "")
            if implied:
                draft.genders[implied] += 1
        if one.mention.role is not None:
            form = self._role_form(one.mention.role)
            draft.roles[form].append(one.mention.role)
            for word in form.split():
                if word in titles().gender and word not in ("bishop", "priest"):
                    draft.genders[titles().gender[word]] += 1
                break

    def _add_role(self, draft: _Draft, mention: Mention) -> None:
        assert mention.role is not None
        draft.mentions.append(mention)
        draft.roles[self._role_form(mention.role)].append(mention.role)

    def actors(self) -> tuple[Actor, ...]:
        found = self._with_pronouns(self._list())
        found.sort(key=lambda a: (-len(a.mentions), a.name, a.mentions[0]))
        return tuple(replace(a, id=f"a{i}") for i, a in enumerate(found, start=1))

    def _list(self) -> list[Actor]:
        made = []
        for draft in self.drafts:
            if not draft.mentions:
                continue
            kind: ActorKind = draft.kind  # type: ignore[assignment]
            name = choose_name(sorted(draft.names.items()), person=kind == "person")
            # A name is spelled as its bearer spells it where one paper does: "Erdoğan", not "Erdogan".
            name = _spell_out(name, draft.names)
            if kind == "country":
                known = {countries()[n.removeprefix("the ")].name for n in draft.names if n in countries()}
                name = min(known) if known else name
            if kind == "organization" and name in outlets():
                name = outlets()[name].name
            elif kind == "organization" and f"The {name}" in outlets():
                name = outlets()[f"The {name}"].name
            roles = tuple(Role(r, tuple(sorted(set(spans)))) for r, spans in sorted(draft.roles.items()))
            spans = tuple(sorted({m.span for m in draft.mentions}))
            made.append(
                Actor(
                    "", name, kind, tuple(sorted(draft.names)), spans, roles, draft.gender if kind == "person" else None
                )
            )
        return [replace(a, id=str(i)) for i, a in enumerate(made)]

    def _with_pronouns(self, actors: list[Actor]) -> list[Actor]:
        """Return the actors with the pronouns that mean them without doubt."""
        more: dict[str, list[Span]] = defaultdict(list)
        persons = [a for a in actors if a.kind == "person"]
        for annotation in self.annotations:
            reading = self.readings[annotation.document]
            for mention in annotation.mentions:
                gender = _PRONOUN_GENDER.get(self.words(mention.span).casefold()) if mention.pronoun else None
                if gender is None:
                    continue
                best = judge_candidates(reading, (), persons, mention.span.start, gender).best
                if best is not None:
                    more[best].append(mention.span)
        return [replace(a, mentions=tuple(sorted({*a.mentions, *more[a.id]}))) if a.id in more else a for a in actors]


# "Like the mayor, Ann Lowe is …" names two people.
_OPENS_WITH_PREPOSITION = re.compile(
    r"(?:^|[.!?:\n“\"]\s*)(?:Like|Unlike|With|Without|For|As|Besides|Beside|Before|After|Against|Despite|To|By|From)\s+$"
)
# Where the president of a state is spoken of, "the president" is nobody else.
_OF_STATE = re.compile(r"\bWhite House\b|\b[Aa]dministration\b|\bOval Office\b|(?:[a-z.,:;]|^)\s?President [A-Z]")
_SHORTEST_PLACE = 6
# A slip of the pen stands once or twice; what stands more often is a name.
_MOST_SLIPS = 3
# Sentences back to which "the agency" reaches.
_BODY_REACH = 8


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


def _is_predicate(gap: str) -> bool:
    """Return whether the words between a name and a role make the one the other: ", SeaMicro's head, will become"."""
    return (
        len(gap) < 160
        and _BEING.search(gap) is not None
        and not re.search(r"[.;:“”\"]", gap)
        and not _DENIED.search(gap)
        and not _NOT_OF_HIM.search(gap)
        and not gap.startswith(("'s", "’s", "'", "’"))
    )


# "his wife, Ann Roe", "first lady Ann Roe"
_KIN_BEFORE = re.compile(
    r"\b(?:first lady|wife|husband|daughter|son|brother|sister|mother|father|widow),?\s(?:[A-Z][\w.’'-]*\s?){1,4}$",
    re.IGNORECASE,
)
# Mentions that documents leave open for each that one document takes for a person.
_MOST_OPEN = 3
# Bodies of a state that news calls without its name, when it is the paper's own.
_STATE_BODIES = ("senate", "house", "congress", "army", "navy", "treasury")


def _spell_out(name: str, names: Iterable[str]) -> str:
    """Return a name with the accents that another form of it has, word by word."""
    spelled: dict[str, str] = {}
    for word in sorted(w for n in names for w in n.split() if w.isalpha() and not w.isascii()):
        spelled.setdefault(fold_name(word), word)
    return " ".join(spelled.get(fold_name(w), w) if w.isascii() and w.isalpha() else w for w in name.split(" "))


def _without_country(key: str) -> str:
    for prefix in ("united states ", "national ", "united nations ", "un "):
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return key


def _is_first_word_of(short: str, long: str) -> bool:
    """Return whether one name is another without what kind of firm or school it is: "Marlow", "Marlow Energy"."""
    first, _, rest = long.partition(" ")
    return short == first and rest in listed("company_endings") and short not in listed("common_parts")


def _is_short_of(short: str, long: str) -> bool:
    """Return whether one name is another without its last, general word: "Acme Club", "Acme Club International"."""
    return (
        " " in short
        and long.startswith(short + " ")
        and long.removeprefix(short + " ")
        in ("international", "group", "company", "agency", "corporation", "worldwide", "organization")
    )
