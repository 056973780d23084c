"""Actors: the someone or something behind the mentions of all documents of a story.

Full names come first, then surnames and other short forms within their document, then across documents, then roles
and pronouns. Whatever has two candidates stays out: a mention left open costs less than one given to the wrong actor.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Annotations, Mention, Span
from wirecheck.places import Places
from wirecheck.resolve.draft_actors import Draft, Named, find_gender, find_title, learn_gender, list_actors
from wirecheck.resolve.kinds import settle_kinds
from wirecheck.resolve.names import (
    full_name,
    is_slip,
    middles_fit,
    organization_key,
    person_names_fit,
    read_person_name,
    surnames_fit,
)
from wirecheck.resolve.organizations import find_same, is_metonym
from wirecheck.resolve.pronouns import with_pronouns
from wirecheck.resolve.roles import (
    ARTICLE,
    OF_STATE,
    OPENS_WITH_PREPOSITION,
    find_head,
    is_of_body,
    is_predicate,
    role_fits,
)
from wirecheck.resolve.short_names import find_last, find_most_present, list_candidates
from wirecheck.text.gazetteer import countries, first_names, fold_name, listed, load_list, titles

# Denis "The Brush" Kallas
_NICKNAME = re.compile(r"\s[“\"‘'][^“”\"]+[”\"’']\s")


def resolve_actors(readings: Sequence[Reading], annotations: Sequence[Annotations]) -> tuple[Actor, ...]:
    """Return the actors of a story, those with the most mentions first, then by name."""
    resolver = _Resolver(readings, annotations)
    resolver.gather()
    return resolver.actors()


class _Resolver:
    def __init__(self, readings: Sequence[Reading], annotations: Sequence[Annotations]) -> None:
        self.readings = {r.document.id: r for r in readings}
        self.annotations = annotations
        self.drafts: list[Draft] = []
        self.persons: list[Draft] = []
        self.person_of: dict[Mention, Draft] = {}
        """The persons by their mentions by name."""
        self.named: dict[str, Places[Mention]] = {}
        """The mentions by name of each document."""
        self.keys: frozenset[str] = frozenset()
        """Forms under which the names of organizations, places and others of the story are equal."""

    def gather(self) -> None:
        named = settle_kinds([self._named(m) for a in self.annotations for m in a.mentions if m.name is not None])
        persons = [n for n in named if n.mention.kind == "person"]
        self._gather_persons(persons)
        self._gather_others([n for n in named if n.mention.kind != "person"])
        self.drafts = self.persons + self.drafts
        self._gather_roles()
        for draft in self.persons:
            learn_gender(draft)

    def words(self, span: Span) -> str:
        return self.readings[span.document].document.words(span)

    def _named(self, mention: Mention) -> Named:
        assert mention.name is not None
        text = self.readings[mention.span.document].document.text
        name = _NICKNAME.sub(" ", " ".join(self.words(mention.name).split()))
        return Named(mention, name, text[mention.span.start : mention.name.start])

    # --- persons ----------------------------------------------------------------------------------------------------

    def _gather_persons(self, named: Sequence[Named]) -> None:
        full: list[Named] = []
        short: list[Named] = []
        for one in named:
            (full if read_person_name(one.name).first else short).append(one)
        by_name: dict[str, list[Named]] = defaultdict(list)
        for one in full:
            by_name[one.name].append(one)
        # The most frequent forms are the kernels, so that a slip joins the form that it slips from.
        for name in sorted(by_name, key=lambda n: (-len(by_name[n]), -len(n), n)):
            fitting = [d for d in self.persons if self._fits_person(d, name, by_name[name])]
            draft = fitting[0] if len(fitting) == 1 else None
            if draft is None:
                draft = Draft()
                self.persons.append(draft)
            for one in by_name[name]:
                self._add(draft, one)
        whole = list(self.persons)
        left: dict[str, list[Named]] = defaultdict(list)
        short = self._gather_others_of_the_name(short, whole)
        for one in short:
            draft = self._short_form(one, whole)
            if draft is not None:
                self._add(draft, one)
            elif not list_candidates(one, whole):
                left[find_last(one.name)].append(one)
        for name in sorted(left):
            slip = self._slip_of(name, left[name], whole)
            if slip is not None:
                for one in left[name]:
                    self._add(slip, one)
                continue
            fitting = [
                d for d in self.persons if d not in whole and any(surnames_fit(fold_name(n), name) for n in d.names)
            ]
            draft = fitting[0] if len(fitting) == 1 else Draft()
            if draft not in self.persons:
                self.persons.append(draft)
            for one in left[name]:
                self._add(draft, one)

    def _gather_others_of_the_name(self, short: Sequence[Named], whole: list[Draft]) -> list[Named]:
        """Take out the surnames with an office or a form of address that the only one introduced by that surname has
        not: "President Roe", where the story has "his wife, Ann Roe", is somebody else. Return the others.

        Only one whom her own document introduces as kin, or as first lady, is told apart by an office.
        """
        strangers: dict[str, Draft] = {}
        rest: list[Named] = []
        for one in short:
            found = list_candidates(one, whole)
            other = len(found) == 1 and (one.before.strip() or one.mention.role is not None)
            if not other or not self._is_another(one, found[0]):
                rest.append(one)
                continue
            base = find_last(one.name)
            if base not in strangers:
                strangers[base] = Draft()
            self._add(strangers[base], one)
        for base in sorted(strangers):
            self.persons.append(strangers[base])
            whole.append(strangers[base])
        return rest

    def _is_another(self, one: Named, draft: Draft) -> bool:
        gender = find_gender(one)
        if gender and draft.gender and gender != draft.gender:
            return True
        if gender or one.mention.role is None or not any(self._called_kin(m) for m in draft.mentions):
            return False
        head = find_head(self._role_form(one.mention.role).split())
        return head in titles().offices and all(find_head(r.split()) != head for r in draft.roles)

    def _called_kin(self, mention: Mention) -> bool:
        """Return whether the words before a name introduce somebody as the relative of another."""
        text = self.readings[mention.span.document].document.text
        return _KIN_BEFORE.search(text[max(0, mention.span.start - 40) : mention.span.end].split("\n")[-1]) is not None

    def _slip_of(self, name: str, mentions: Sequence[Named], whole: Sequence[Draft]) -> Draft | None:
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
            if before and any(is_slip(name, find_last(n)) for n in draft.names):
                found.append(draft)
        return found[0] if len(found) == 1 else None

    def _fits_person(self, draft: Draft, name: str, mentions: Sequence[Named]) -> bool:
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
            own = {find_title(one) for one in mentions} - {""}
            theirs = {find_title(self._named(m)) for m in draft.mentions} - {""}
            if (
                own & {"reverend", "rev"}
                or theirs & {"reverend", "rev"}
                or any(self._called_parent(one) for one in mentions)
            ):
                return False
        return True

    def _roles_of(self, mentions: Sequence[Named]) -> set[str]:
        return {self._role_form(one.mention.role) for one in mentions if one.mention.role is not None}

    def _called_parent(self, one: Named) -> bool:
        text = self.readings[one.mention.span.document].document.text
        before = text[max(0, one.mention.span.start - 40) : one.mention.span.start]
        return re.search(r"\b(?:father|mother|son|daughter|dad),?\s+(?:\w+\s+){0,3}$", before) is not None

    def _short_form(self, one: Named, whole: Sequence[Draft]) -> Draft | None:
        """Return the person that a surname or first name alone means, or None when two remain."""
        found = list_candidates(one, whole)
        document, at = one.mention.span.document, one.mention.span.start
        gender = find_gender(one)
        if len(found) > 1 and gender:
            fitting = [d for d in found if (d.gender or gender) == gender]
            found = [d for d in fitting if d.gender == gender] or fitting
        if len(found) > 1 and one.mention.role is not None:
            head = find_head(self._role_form(one.mention.role).split())
            found = [d for d in found if any(find_head(r.split()) == head for r in d.roles)] or found
        if len(found) <= 1:
            return found[0] if found else None
        earlier = [d for d in found if any(m.span.document == document and m.span.start < at for m in d.mentions)]
        if len(earlier) == 1:
            return earlier[0]
        if earlier:
            return find_most_present(one, earlier, self.readings[document])
        # Nobody of the name is introduced yet: whom all documents mean, if they mean one far more than the others.
        ranked = sorted(found, key=lambda d: -len(d.mentions))
        return ranked[0] if len(ranked[0].mentions) >= 3 * len(ranked[1].mentions) else None

    # --- organizations, countries, places, others --------------------------------------------------------------------

    def _gather_others(self, named: Sequence[Named]) -> None:
        by_key: dict[str, list[Named]] = defaultdict(list)
        for one in named:
            by_key[self._key(one)].append(one)
        drafts: dict[str, Draft] = {}
        self.keys = frozenset(by_key)
        for key in sorted(by_key, key=lambda k: (-len(by_key[k]), k)):
            target = find_same(key, by_key[key], drafts, self.keys)
            draft = drafts.get(target) if target else None
            if draft is None:
                draft = drafts[key] = Draft()
            for one in by_key[key]:
                self._add(draft, one)
            if key.startswith("country:"):
                draft.kinds = Counter({"country": 1})
        self.drafts.extend(drafts[key] for key in drafts)

    def _key(self, one: Named) -> str:
        country = countries().get(one.name)
        if (
            country is not None
            and country.form == "capital"
            and is_metonym(one, self.readings[one.mention.span.document])
        ):
            return "country:" + country.name.casefold()
        if one.mention.kind == "group" and country is not None and country.form == "demonym":
            return "people:" + country.name.casefold()
        return organization_key(one.name)

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
            draft = Draft()
            for mention in mentions:
                draft.kinds[kind] += 1
                draft.mentions.append(mention)
                assert mention.role is not None
                draft.names[ARTICLE.sub("", " ".join(self.words(mention.role).split()))] += 1
            self.drafts.append(draft)

    def _body(self, mention: Mention) -> Draft | None:
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
        best: list[tuple[int, Draft]] = []
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
        return ARTICLE.sub("", fold_name(self.words(role)).removeprefix("also "))

    def _apposed(self, mention: Mention, before: Mention | None) -> Draft | None:
        """Return the person whose name stands beside a role: "Jane Roe, the mayor", "the mayor, Jane Roe"."""
        text = self.readings[mention.span.document].document.text
        if mention.kind != "person":
            return None
        if before is not None and before.span.document == mention.span.document and before.kind == "person":
            gap = text[before.span.end : mention.span.start]
            if (
                re.fullmatch(r"(?:\s?\([^)]{1,20}\))?\s?[,—–(]\s?(?:\d{1,2},\s)?", gap)
                or is_predicate(gap)
                or (gap == " " and text.startswith("of ", mention.span.start))
            ):
                return self._draft_of(before)
        for other in self._mentions_after(mention):
            gap = text[mention.span.end : other.span.start]
            if gap in (", ", " ", " — ") and other.kind == "person":
                after = text[other.span.end : other.span.end + 5]
                opened = OPENS_WITH_PREPOSITION.search(text[max(0, mention.span.start - 30) : mention.span.start])
                if not re.match(r"\s(?:and|or)\b", after) and not (
                    gap == ", " and opened is not None and not after.startswith(",")
                ):
                    return self._draft_of(other)
        return None

    def _mentions_after(self, mention: Mention) -> Iterable[Mention]:
        named = self.named[mention.span.document]
        at = named.before(mention.span.end)
        return named.items[at : at + 1]

    def _draft_of(self, mention: Mention) -> Draft | None:
        return self.person_of.get(mention)

    def _by_role(self, mention: Mention) -> Draft | None:
        """Return the one person who has this role: in the document before, else anywhere in the story."""
        assert mention.role is not None
        form = self._role_form(mention.role)
        text = self.readings[mention.span.document].document.text
        article = text[mention.span.start : mention.role.start].strip().casefold()
        if mention.kind != "person" or article in ("a", "an", "another", "one", "my", "our", "each", "every"):
            return None
        words = form.split()
        head = find_head(words)
        if not head or head in listed("generic"):
            return None
        document, at = mention.span.document, mention.span.start
        of_state = words == ["president"] and OF_STATE.search(text) is not None
        fitting: list[tuple[int, Draft]] = []
        for draft in self.persons:
            roles = [r for r in draft.roles if not (of_state and is_of_body(r))]
            if any(role_fits(words, head, role) for role in roles):
                starts = (m.span.start for m in draft.mentions if m.span.document == document and m.span.start < at)
                fitting.append((max(starts, default=-1), draft))
        local = [(latest, d) for latest, d in fitting if latest >= 0]
        if head in titles().kinship or len(words) == 1:
            # "his wife", "the president": only who has that role in this document.
            local = [
                (latest, d)
                for latest, d in local
                if any(role_fits(words, head, r) and any(s.document == document for s in d.roles[r]) for r in d.roles)
            ]
            return local[0][1] if len(local) == 1 else None
        if len(local) == 1:
            return local[0][1]
        return fitting[0][1] if len(fitting) == 1 and not local else None

    # --- drafts ------------------------------------------------------------------------------------------------------

    def _add(self, draft: Draft, one: Named) -> None:
        draft.kinds[one.mention.kind] += 1
        draft.names[one.name] += 1
        draft.mentions.append(one.mention)
        if one.mention.kind == "person":
            gender = find_gender(one)
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

    def _add_role(self, draft: Draft, mention: Mention) -> None:
        assert mention.role is not None
        draft.mentions.append(mention)
        draft.roles[self._role_form(mention.role)].append(mention.role)

    def actors(self) -> tuple[Actor, ...]:
        found = with_pronouns(list_actors(self.drafts), self.annotations, self.readings)
        found.sort(key=lambda a: (-len(a.mentions), a.name, a.mentions[0]))
        return tuple(replace(a, id=f"a{i}") for i, a in enumerate(found, start=1))


# A slip of the pen stands once or twice; what stands more often is a name.
_MOST_SLIPS = 3
# Sentences back to which "the agency" reaches.
_BODY_REACH = 8


# "his wife, Ann Roe", "first lady Ann Roe"
_KIN_BEFORE = re.compile(
    r"\b(?:first lady|wife|husband|daughter|son|brother|sister|mother|father|widow),?\s(?:[A-Z][\w.’'-]*\s?){1,4}$",
    re.IGNORECASE,
)
