"""Running all checks over a story: findings merged, completed with agreement and single sources, and ranked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from wirecheck.checks import list_checks
from wirecheck.checks._clashes import find_clashes
from wirecheck.checks._facts import drop_narrower, find_counterpart, list_facts, tell_parts
from wirecheck.checks._judged import attach_judgements
from wirecheck.checks._merging import (
    drop_covered,
    is_settled,
    keep_clear,
    keep_stated,
    merge_copies,
    merge_equal,
    tell_moments,
)
from wirecheck.checks._ranking import near_headlines, order, weigh_alone, weigh_shared
from wirecheck.checks._stated import Opposed, Touched, outermost, show_words, state, tell_alike
from wirecheck.checks._versions import settle_versions
from wirecheck.comparison.evidence import CONTENT
from wirecheck.comparison.story import Compared, compare_sentences
from wirecheck.comparison.values.quantity import same_quantity
from wirecheck.language.dossier import Dossier, show_documents
from wirecheck.lineage import count_origins
from wirecheck.model import Finding, FindingKind, Independence, Origins, Point, Problem, Side, Span, Stated, Statement
from wirecheck.places import Places
from wirecheck.points.compatibility import compare_statements
from wirecheck.points.sameness import Sameness
from wirecheck.progress import track
from wirecheck.statements.assertions import Assertion, cut_assertions
from wirecheck.statements.clauses import load_verbs
from wirecheck.text.marks import close_marks
from wirecheck.text.stems import load_common

NEAR = 0.2
"""Likelihood of one thing from which on two statements are asked whether they state one fact."""
AGREE = 0.7
"""Likelihood from which on two statements without a difference are held to state the same (`Sameness.same`). Read by
hand on 31 stories that no weight was fitted on (ten of them unseen when this was chosen, 52 of 52 right): of 223
agreements of all checks 212 are right, 7 share only a part. At 0.6, of 98 agreements of 15 stories 87 and 9."""
TOGETHER = 0.4
"""Likelihood of the same that two documents of an agreement must reach; each must reach `AGREE` with one."""
PARTIAL = 0.7
"""Likelihood from which on two statements without a difference share a fact of which each says a part. In the
same stories 69 of 79 do; at 0.65, 94 of 113, and two more of the 239 agreements of the gold stories are found."""
PARTIAL_FIGURE = 0.55
"""The same, where both give one figure, be it in a name or a compound ("$15 billion", "11th-round", "Mission 41"): of
18 such pairs below the other bar in 60 stories 17 share a fact, of all pairs between 0.55 and 0.7 two of three."""
NEAR_OCCASION = 0.1
"""Likelihood of one thing from which on two statements are asked whether they tell when or where one person spoke."""
PARTIAL_BUT = {"modality": 0.8, "name": 0.8}
"""The same, where they differ in what is done or to come or in the persons that they name."""
SUPPORT = {"quantities": 0.5, "dates": 0.65}
"""Likelihood of a shared fact, by check, from which on one figure or date in two clauses is held to be that of one
thing. Two events of one story often have a date in common, so a date needs more."""
MOST_ALIKE = 30
"""Statements like one that are held against each other, nearest first, or two for each document where these are more:
the work grows with their square. The 12 gold stories and 60 others have 10 at most; what has more is a table."""
ALONE = 0.35
"""Likelihood below which no other document is held to speak of a statement's subject."""
LEAST_SHARED = 0.3
"""Likelihood that two sentences state one fact, all evidence weighed, below which they are no parts of one."""
TOLD = 0.4
"""Share of an assertion from which on what other findings tell of it leaves nothing to be told alone."""
FEWEST_WORDS_ALONE = 3
"""Content words that are no names and no verb of saying, which an assertion must have to state something."""


def run_checks(
    dossier: Dossier,
    points: tuple[Point, ...],
    problems: list[Problem] | None = None,
    *,
    compared: Compared | None = None,
) -> tuple[Finding, ...]:
    """Return the findings of a story in the order in which an editor would want them.

    Every statement is in at least one finding: what a check rules, else agreement, a single source, or undecided. Only
    those that say no more than that somebody spoke are left out. What is cut off for its cost is added to `problems`.
    `compared` is what the judge says of the sentences; without, it is asked.
    """
    ruled = merge_equal([f for check in track(list_checks(), "checking") for f in check.find(dossier, points)])
    ruled = merge_copies(dossier, ruled)
    judge = Judge(dossier, compared if compared is not None else compare_sentences(dossier))
    clashes = merge_copies(dossier, find_clashes(judge.compared, points, ruled))
    ruled = [*(f for f in ruled if f.verdict != "compatible" or not is_settled(f, clashes)), *clashes]
    ruled = tell_moments(ruled)
    conflicts = [f for f in ruled if f.verdict in ("conflict", "compatible")]
    opposed = Opposed(conflicts)
    kept = [
        keep_clear(dossier, f, opposed) if f.verdict == "agree" else f for f in map(judge.keep_supported, ruled) if f
    ]
    agreed = judge.agree(points, conflicts)
    told = [*conflicts, *(f for f in kept if f is not None), *agreed]
    facts = list_facts(judge.compared, judge.sameness, told, judge.weigh_spans)
    agreed = [*drop_narrower(agreed, facts), *facts]
    agreed += judge.agree_in_part(points, [*conflicts, *agreed])
    found = drop_covered(merge_equal([f for f in [*kept, *agreed] if f is not None]))
    found += judge.rest(found)
    found = settle_versions(dossier, found)
    found = attach_judgements(judge.compared, judge.sameness, found, {"agree": AGREE, "compatible": PARTIAL_FIGURE})
    completed = [_complete(dossier, f) for f in found]
    if problems is not None:
        problems += judge.list_cuts()
    return tuple(sorted(completed, key=order))


class Judge:
    """Rules on what no check rules on: agreement, a single source, undecided."""

    def __init__(self, dossier: Dossier, compared: Compared) -> None:
        self.dossier = dossier
        self._cut: dict[str, list[Statement]] = {}
        self.compatibility = compare_statements(dossier)
        self.likeness = self.compatibility.likeness
        self.place = {d.id: n for n, d in enumerate(dossier.documents)}
        headlines = near_headlines(dossier, self.likeness)
        self.weights = weigh_shared(dossier, headlines)
        self.weights_alone = weigh_alone(dossier, headlines)
        self.sameness = Sameness(dossier, self.compatibility)
        self.compared = compared
        self._touched = Touched((s.span, n) for n, s in enumerate(dossier.statements))

    def agree(self, points: Sequence[Point], conflicts: Sequence[Finding]) -> list[Finding]:
        """Return what two or more documents state alike, one finding for each set of statements.

        A set grows around one statement, the pivot; every member is alike the pivot, and none differs from another
        member. Each statement is the pivot or a first member of one set. Sets of the same sentences are one finding.
        """
        statements = self.dossier.statements
        point_of = {s.id: p.id for p in points for s in p.statements}
        near = {s.row: self._near(s, self.sameness.same, AGREE) for s in statements}
        goes_with = self._keep_answers(conflicts)
        pull = {row: round(sum(score for score, _ in many), 5) for row, many in near.items()}
        covered: set[int] = set()
        by_sentences: dict[frozenset[Span], list[Statement]] = {}
        for pivot in sorted(statements, key=lambda s: (-pull[s.row], self.place[s.document], s.span)):
            if pivot.row in covered or not near[pivot.row]:
                continue
            alike = self._gather(pivot, [s for _, s in near[pivot.row]], goes_with)
            if len({s.document for s in alike}) < 2:
                continue
            covered.update(s.row for s in alike)
            by_sentences.setdefault(frozenset(s.sentence for s in alike), []).extend(alike)
        return [self._agreement(alike[0], alike, point_of.get(alike[0].id, "")) for alike in by_sentences.values()]

    def _near(
        self, pivot: Statement, judge: Callable[[Statement, Statement], float], least: float
    ) -> list[tuple[float, Statement]]:
        """Return the statements of other documents that differ in nothing and are judged so alike, best first."""
        judged = [(judge(pivot, other), other) for _, other in self.compatibility.near(pivot, NEAR)]
        near = [n for n in judged if n[0] >= least and self.compatibility.difference(pivot, n[1]) is None]
        return sorted(near, key=lambda n: (-round(n[0], 5), self.place[n[1].document], n[1].span))

    def agree_in_part(self, points: Sequence[Point], known: Sequence[Finding]) -> list[Finding]:
        """Return sets of statements that share a fact of which each may say only a part, one set for each fact.

        A set grows around one statement and holds one of each document; what a document says again joins it.
        """
        point_of = {s.id: p.id for p in points for s in p.statements}
        told = self._findings_of(known)
        opposed = Opposed(known)
        near = {s.row: self._near_in_part(s) for s in self.dossier.statements}
        fresh = {
            s.row: [(score, other) for score, other in near[s.row] if not told[s.row] & told[other.row]]
            for s in self.dossier.statements
        }
        shared = [s for s in self.dossier.statements if fresh[s.row]]
        shared.sort(key=lambda s: (-round(fresh[s.row][0][0], 5), *self._at(s)))
        sets: list[list[Statement]] = []
        again: list[list[Statement]] = []
        set_of: dict[int, set[int]] = {}

        def goes_with(other: Statement, together: Sequence[Statement]) -> bool:
            return other.document not in {s.document for s in together} and all(
                not opposed(s.span, other.span) and (self._shares_fact(other, s) or bool(told[s.row] & told[other.row]))
                for s in together
            )

        for statement in shared:
            if statement.row in set_of:
                continue
            together = [statement]
            for _, other in fresh[statement.row]:
                first = self._told_in(sets, set_of.get(other.row, set()), statement)
                if first is not None:
                    if not any(opposed(s.span, statement.span) for s in sets[first]):
                        again[first].append(statement)
                elif goes_with(other, together):
                    together.append(other)
            if len(together) < 2:
                continue
            for _, other in near[statement.row]:  # what the first agrees with anyway shares the part too
                if told[statement.row] & told[other.row] and goes_with(other, together):
                    together.append(other)
            for s in together:
                set_of.setdefault(s.row, set()).add(len(sets))
            sets.append(together)
            again.append([])
        return [
            self._partial(sorted(s, key=self._at), more, point_of.get(s[0].id, ""))
            for s, more in zip(sets, again, strict=True)
        ]

    def _told_in(self, sets: Sequence[Sequence[Statement]], among: Iterable[int], statement: Statement) -> int | None:
        """Return the first of some sets in which the document of a statement says the same already, or None."""
        for n in sorted(among):
            if any(s.document == statement.document and self.sameness.same(s, statement) >= AGREE for s in sets[n]):
                return n
        return None

    def _partial(self, together: Sequence[Statement], again: Sequence[Statement], point: str) -> Finding:
        sides = tuple(
            Side(
                show_words(self.dossier, s.span),
                (s.document,),
                outermost([s.span, *(t.span for t in again if t.document == s.document)]),
            )
            for s in together
        )
        weight = max(self.weights[s.row] for s in together) * 0.5
        return tell_parts(self.dossier, _kind(together), sides, state([*together, *again]), weight, point)

    def _findings_of(self, findings: Sequence[Finding]) -> list[set[int]]:
        """Return, by `Statement.row`, the places of the findings whose evidence a statement touches."""
        touched = Touched((span, n) for n, finding in enumerate(findings) for span in finding.evidence)
        return [set(touched.by(s.span)) for s in self.dossier.statements]

    def _near_in_part(self, statement: Statement) -> list[tuple[float, Statement]]:
        """Return the statements of other documents that share a fact with a statement, best first."""
        near = [
            (self.sameness.shared(statement, other), other)
            for score, other in self.compatibility.near(statement, NEAR_OCCASION)
            if (score >= NEAR or self.sameness.one_occasion(statement, other)) and self._shares_fact(statement, other)
        ]
        return sorted(near, key=lambda n: (-round(n[0], 5), self.place[n[1].document], n[1].span))

    def _shares_fact(self, left: Statement, right: Statement) -> bool:
        """Return whether two statements share a fact of which each may say another part.

        One may report and the other expect what they do not have in common, and a name may be of nobody known, where
        all else is so alike that they must speak of one fact; a figure, a day, or yes and no may not differ.
        """
        shared = self.sameness.shared(left, right)
        if shared < PARTIAL_FIGURE or self._is_ruled_out(left, right):
            return False
        if any(map(self.sameness.says_little, (left, right))) and not self.sameness.one_occasion(left, right):
            return False
        difference = self.compatibility.difference(left, right)
        if difference == "modality" and self.compatibility.tells_a_rule(left, right):
            return shared >= PARTIAL
        if difference is not None:
            if difference == "modality" and self.compatibility.other_reality_of_deed(left, right):
                return False
            return shared >= PARTIAL_BUT.get(difference, 2.0)
        return shared >= (PARTIAL_FIGURE if self.compatibility.one_figure(left, right) else PARTIAL)

    def _is_ruled_out(self, left: Statement, right: Statement) -> bool:
        """Return whether all evidence on two sentences makes it unlikely that they share a fact."""
        ends = [self.compared.place.get((s.document, s.sentence.start)) for s in (left, right)]
        if ends[0] is None or ends[1] is None:
            return False
        ruling = self.compared.ruling(ends[0], ends[1])
        return ruling is not None and ruling.agree < LEAST_SHARED

    def _at(self, statement: Statement) -> tuple[int, Span]:
        return self.place[statement.document], statement.span

    def _gather(
        self, pivot: Statement, near: Sequence[Statement], goes_with: Callable[[Statement, Statement], bool]
    ) -> list[Statement]:
        """Return the pivot with what states the same, nearest first; none differs from another of them."""
        most = self._most_alike()
        if len(near) > most:
            self._cut.setdefault(pivot.document, []).append(pivot)
        kept = [pivot]
        for other in near[:most]:
            if all(goes_with(other, known) for known in kept):
                kept.append(other)
        return kept

    def list_cuts(self) -> list[Problem]:
        """Return, for each document, what was not looked at so that the comparison ends in time."""
        cuts = []
        for document, statements in self._cut.items():
            said = (
                f"so that it ends in time, {len(statements)} of its statements, this one first, were held against the "
                f"{self._most_alike()} nearest like them alone; more that agree with them may be missing"
            )
            first = min(statements, key=lambda s: s.span)
            cuts.append(Problem(self.dossier.document(document).location, said, first.span))
        return cuts

    def _most_alike(self) -> int:
        return max(MOST_ALIKE, 2 * len(self.place))

    def _keep_answers(self, conflicts: Sequence[Finding]) -> Callable[[Statement, Statement], bool]:
        """Return `_goes_with`, asked once for each two statements."""
        opposed = Opposed(conflicts)
        known: dict[tuple[int, int], bool] = {}

        def goes_with(left: Statement, right: Statement) -> bool:
            key = left.row, right.row
            if key not in known:
                known[key] = self._goes_with(left, right, opposed)
            return known[key]

        return goes_with

    def _agreement(self, pivot: Statement, alike: Sequence[Statement], point: str) -> Finding:
        stated = state(alike)
        reason = self._say_agreed(pivot, alike)
        weight = max(self.weights[s.row] for s in alike) * 0.6 + 0.4 * len(stated) / len(self.place)
        return Finding("agree", _kind(alike), reason, stated, "agreement", point, weight=weight)

    def _say_agreed(self, pivot: Statement, alike: Sequence[Statement]) -> str:
        """Return what is agreed, in words that every document has, or else in the words of each."""
        first: dict[str, Statement] = {}
        for s in sorted(alike, key=lambda s: (s.id != pivot.id, s.is_title, -self.sameness.same(pivot, s), s.span)):
            first.setdefault(s.document, s)
        said = sorted(first.values(), key=lambda s: (self.place[s.document], s.span))
        names = show_documents(self.dossier, first)
        whole = "both" if len(said) == 2 else "all"
        shortest = min(said, key=lambda s: (s.span.length, self.place[s.document], s.span))
        if all(self.sameness.covers(shortest, s) for s in said):
            return f"{names} {whole} state {show_words(self.dossier, shortest.span)}."
        return tell_alike(self.dossier, ((s.document, show_words(self.dossier, s.span)) for s in said), whole)

    def _goes_with(self, other: Statement, known: Statement, opposed: Opposed) -> bool:
        if self.sameness.same(other, known) < (AGREE if other.document == known.document else TOGETHER):
            return False
        if self.compatibility.difference(known, other) is not None:
            return False
        return not opposed(known.span, other.span)

    def weigh_spans(self, spans: Sequence[Span]) -> tuple[float, FindingKind] | None:
        """Return how much an editor wants what stands in some spans, from 0 to 1, and what kind of thing it is.

        None where they say nothing that could be told.
        """
        rows = sorted({row for span in spans for row in self._touched.by(span)})
        own = [self.dossier.statements[row] for row in rows]
        if all(self.sameness.says_little(s) for s in own):
            return None
        return max((self.weights[s.row] for s in own), default=0.0), _kind(own) if own else "event"

    def keep_supported(self, finding: Finding) -> Finding | None:
        """Return an agreement on a figure or date without the documents that give it of something else, or None.

        One number in two clauses is no agreement: the clauses must share the fact that it belongs to.
        """
        if finding.verdict != "agree" or finding.check not in SUPPORT:
            return finding
        clauses = [
            (stated, [s for s in self.dossier.statements if any(_holds(s, x) for x in stated.spans)])
            for stated in finding.statements
        ]
        kept = [
            stated
            for stated, ours in clauses
            if any(
                self.sameness.shared(a, b) >= SUPPORT[finding.check]
                for other, theirs in clauses
                if other.document != stated.document
                for a in ours
                for b in theirs
            )
        ]
        return keep_stated(self.dossier, finding, kept)

    def rest(self, found: Sequence[Finding]) -> list[Finding]:
        """Return a finding for each assertion that no finding covers: single, or undecided where another comes near."""
        spans: dict[str, set[Span]] = {}
        for span in (span for finding in found for span in finding.evidence):
            spans.setdefault(span.document, set()).add(span)
        taken = {d: Places(sorted(many), lambda s: (s.start, s.end)) for d, many in spans.items()}
        rest: list[Finding] = []
        open_pairs: set[tuple[Span, ...]] = set()
        for at, sentence in enumerate(self.compared.sentences):
            if sentence.is_title or self.dossier.words(sentence.span).rstrip("\"'”’ ").endswith("?"):
                continue
            for assertion in cut_assertions(self.compared.read[at]):
                span = self._span_of(at, assertion)
                told = span.document in taken and _covered(span, taken[span.document].touching(span.start, span.end))
                if not assertion.is_clause or told or not self._says_something(at, assertion):
                    continue
                own = [self.dossier.statements[n] for n in self._touched.by(span)]
                if not own:
                    continue
                finding = self._rule_alone(span, own)
                if finding.verdict == "undecided":
                    if finding.evidence in open_pairs:
                        continue  # each is the nearest of the other
                    open_pairs.add(finding.evidence)
                rest.append(finding)
        return rest

    def _span_of(self, at: int, assertion: Assertion) -> Span:
        tokens = self.compared.read[at].tokens
        start, end = tokens[assertion.first].start, tokens[assertion.last].end
        document = self.compared.sentences[at].document
        return Span(document, start, close_marks(self.dossier.document(document).text, start, end))

    def _says_something(self, at: int, assertion: Assertion) -> bool:
        """Return whether an assertion says more than that somebody spoke."""
        sentence = self.compared.read[at]
        named = {i for e in sentence.entities for i in range(e.first, e.last)}
        words = {
            sentence.tokens[i].lemma for i in assertion.own if i not in named and sentence.tokens[i].upos in CONTENT
        }
        return len(words - load_common() - load_verbs()["reporting"]) >= FEWEST_WORDS_ALONE

    def _rule_alone(self, span: Span, own: Sequence[Statement]) -> Finding:
        """Return what is ruled of an assertion that no other document is known to state; `own` is what it states."""
        name = self.dossier.shown(span.document)
        words = show_words(self.dossier, span)
        main = max(own, key=lambda s: (s.span.overlap(span), -s.span.start))
        chief = [s for s in own if 2 * s.span.overlap(span) >= span.length] or [main]
        nearest = next((o.span for s in chief for _, o in self.compatibility.near(s, ALONE)), None)
        if nearest is None:
            nearest = next((c[1] for s in chief if (c := find_counterpart(self.compared, s)) is not None), None)
        if nearest is not None:
            there = self.dossier.shown(nearest.document)
            theirs = show_words(self.dossier, nearest)
            reason = f"{name} states {words}; {there} may speak of the same in {theirs}."
            stated = (Stated(span.document, (span,)), Stated(nearest.document, (nearest,)))
            both = tuple(sorted(stated, key=lambda s: s.document))
            weight = self.weights[main.row]
            return Finding("undecided", "event", reason, both, "agreement", weight=weight)
        weight = self.weights_alone[main.row]
        stated_alone = (Stated(span.document, (span,)),)
        return Finding(
            "single", _kind([main]), f"Only {name} states {words}.", stated_alone, "agreement", weight=weight
        )


def _covered(span: Span, taken: Iterable[Span]) -> bool:
    """Return whether spans that are told already make up so much of one that it says nothing more."""
    inside, reach = 0, span.start
    for other in taken:
        start, end = max(other.start, reach), min(other.end, span.end)
        inside += max(0, end - start)
        reach = max(reach, end)
    return inside >= TOLD * span.length


def _holds(statement: Statement, span: Span) -> bool:
    return 2 * statement.span.overlap(span) > span.length


def _kind(statements: Sequence[Statement]) -> FindingKind:
    """Return what kind of thing statements that agree, or a single one, are about."""
    pairs = [(a, b) for a in statements for b in statements if a.document < b.document] or [(s, s) for s in statements]
    if any(same_quantity(x, y) for a, b in pairs for x in a.quantities for y in b.quantities):
        return "quantity"
    if all(s.attributed_to is not None or s.quotation is not None for s in statements):
        return "position"
    return "event"


def _complete(dossier: Dossier, finding: Finding) -> Finding:
    """Return a finding with the documents that are silent on it and the origins behind it."""
    silent = tuple(d.id for d in dossier.documents if d.id not in finding.documents)
    origins = finding.origins or _count_origins(dossier, finding)
    return replace(finding, silent=silent, origins=origins)


def _count_origins(dossier: Dossier, finding: Finding) -> Origins:
    """Return the origins behind a finding; of a conflict each side has its own, for nobody confirms his opponent."""
    if finding.verdict != "conflict":
        return count_origins(dossier, finding.documents, finding.evidence)
    found = [count_origins(dossier, side.documents, side.spans) for side in finding.sides]
    known = {origins.independence for origins in found}
    independence: Independence = known.pop() if known in ({"independent"}, {"not-recorded"}) else "not-established"
    groups = tuple(group for origins in found for group in origins.groups)
    return Origins(len(groups), independence, groups)
