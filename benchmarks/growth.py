"""What `wirecheck compare` costs as a story grows: `python -m benchmarks.growth [NAME...] [--stages] [--alone]`.

Every input is made here, the same each time, of a town that is on no map: stories of 12 to 100 documents that share
sentences, quotations and figures and each have some of their own; two long articles; and texts that no desk sends but a
web page may hold: one of 250 KB, a sentence of 5,000 words, 2,500 quotations, 1,250 figures, thousands of short lines.
Each is compared in a process of its own, JSON and page included; printed are its processor seconds, user and system,
and the most memory that it held. `--stages` prints the seconds of each step instead; with `--alone` the comparison of
statements is left out, and every statement stands as a finding of its own: what the other steps cost.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

TOWNS = ("Port Aldery", "Sankt Orm", "Ostwick", "Lower Marrin", "Tessel Bay", "Brannock", "Hollin Quay", "Vardeholm")
FIRST = ("Joakim", "Helle", "Mara", "Tobias", "Ingrid", "Pavel", "Ruth", "Edmund", "Sanna", "Viktor", "Leonie", "Amos")
LAST = (
    "Thorne",
    "Varga",
    "Ellin",
    "Brask",
    "Oduya",
    "Lindqvist",
    "Marsh",
    "Kettel",
    "Rowe",
    "Hallam",
    "Prynne",
    "Adair",
)
ROLES = (
    "harbour master",
    "mayor",
    "deputy mayor",
    "fire chief",
    "council member",
    "union leader",
    "chief engineer",
    "prosecutor",
    "hospital director",
    "fisheries minister",
    "police chief",
    "school head",
)
BODIES = (
    "the harbour authority",
    "the town council",
    "the coast guard",
    "Verrin Lines",
    "the dockers' union",
    "the regional hospital",
    "the ministry of transport",
    "the police",
    "the Aldery Water Board",
    "the fishing cooperative",
)
PAPERS = ("Herald", "Courier", "Post", "Dispatch", "Gazette", "Tribune", "Echo", "Mercury", "Standard", "Observer")
DEEDS = (
    "closed {thing}",
    "reopened {thing}",
    "inspected {thing}",
    "repaired {thing}",
    "sold {thing} to a rival",
    "promised to rebuild {thing}",
    "found cracks in {thing}",
    "handed over the plans for {thing}",
    "refused to pay for {thing}",
    "halted work on {thing}",
    "delayed the vote on {thing}",
    "approved a loan for {thing}",
    "lost control of {thing}",
    "blamed the builders of {thing}",
    "ordered a survey of {thing}",
    "cut the budget of {thing}",
)
ADJECTIVES = (
    "old",
    "northern",
    "narrow",
    "new",
    "flooded",
    "wooden",
    "eastern",
    "disused",
    "busy",
    "damaged",
    "long",
    "upper",
)
THINGS = (
    "breakwater",
    "ferry terminal",
    "fish market",
    "lighthouse",
    "grain store",
    "swing bridge",
    "signal tower",
    "dry dock",
    "customs house",
    "water main",
    "coal pier",
    "rail yard",
    "sea wall",
    "boat shed",
    "pumping station",
    "ice house",
)
COUNTED = (
    "passengers",
    "boats",
    "workers",
    "homes",
    "containers",
    "residents",
    "lorries",
    "divers",
    "crates",
    "tonnes",
)
TAILS = (
    "after heavy rain",
    "before the tide turned",
    "during the night",
    "without saying why",
    "for the second time this year",
    "as the storm moved east",
    "despite a warning from engineers",
    "in spite of the cost",
    "while crowds watched from the quay",
    "because the pumps had failed",
    "in less than an hour",
    "at the request of the owners",
)
SAYINGS = (
    "Nobody told us that {thing} would give way so soon",
    "We will not rest until {thing} is safe again",
    "The people of {town} deserve to know what happened at {thing}",
    "I have never seen water rise so fast around {thing}",
    "We warned them about {thing} and nobody wanted to listen",
    "There was no money for {thing} and everybody knew it",
    "My brother worked at {thing} for half of his life",
    "What we found under {thing} was worse than we feared",
    "You cannot run a port when {thing} is shut",
    "The report on {thing} will be published in full",
    "It is far too early to say who is to blame for {thing}",
    "They should have replaced {thing} years ago",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Writer:
    """Writes sentences of news; the same seed writes the same."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def thing(self) -> str:
        return f"the {self.chance.choice(ADJECTIVES)} {self.chance.choice(THINGS)}"

    def person(self) -> tuple[str, str]:
        """Return a name and a role, always the same role for a name."""
        first, last = self.chance.choice(FIRST), self.chance.choice(LAST)
        return f"{first} {last}", ROLES[(FIRST.index(first) * 5 + LAST.index(last)) % len(ROLES)]

    def number(self) -> str:
        return f"{self.chance.randrange(3, 9000):,}"

    def plain(self) -> str:
        body, deed = self.chance.choice(BODIES), self.chance.choice(DEEDS).format(thing=self.thing())
        town, tail = self.chance.choice(TOWNS), self.chance.choice(TAILS)
        return f"{body[0].upper()}{body[1:]} {deed} in {town} {tail}."

    def figure(self) -> str:
        town, body = self.chance.choice(TOWNS), self.chance.choice(BODIES)
        forms = (
            f"At least {self.number()} {self.chance.choice(COUNTED)} were moved from {self.thing()} on "
            f"{self.chance.choice(DAYS)}, {body} said.",
            f"Work on {self.thing()} will cost ${self.chance.randrange(2, 90)} million and take "
            f"{self.chance.randrange(2, 30)} months.",
            f"Some {self.number()} {self.chance.choice(COUNTED)} in {town} have had no power since "
            f"{self.chance.choice(DAYS)} {self.chance.choice(TAILS)}.",
            f"About {self.chance.randrange(3, 97)} percent of {self.thing()} in {town} was destroyed "
            f"{self.chance.choice(TAILS)}.",
        )
        return self.chance.choice(forms)

    def spoken(self) -> str:
        name, role = self.person()
        words = self.chance.choice(SAYINGS).format(thing=self.thing(), town=self.chance.choice(TOWNS))
        forms = (
            f"“{words},” said {name}, the {role}.",
            f"“{words},” {role} {name} told reporters in {self.chance.choice(TOWNS)}. “{self.saying()}.”",
            f"{role.capitalize()} {name} said that {words[0].lower()}{words[1:]}.",
        )
        return self.chance.choice(forms)

    def saying(self) -> str:
        return self.chance.choice(SAYINGS).format(thing=self.thing(), town=self.chance.choice(TOWNS))

    def sentence(self) -> str:
        return self.chance.choice((self.plain, self.plain, self.figure, self.spoken))()

    def article(self, shared: list[str], size: int, share: float) -> str:
        """Return an article of about `size` characters, of which about a share of sentences are shared ones."""
        lines = [self.plain()[:-1].split(" in ")[0]]
        chosen = iter(sorted(self.chance.sample(range(len(shared)), len(shared))))
        length = 0
        while length < size:
            paragraph = []
            for _ in range(self.chance.choice((1, 2, 2, 3))):
                number = next(chosen, None) if self.chance.random() < share else None
                paragraph.append(shared[number] if number is not None else self.sentence())
            lines.append(" ".join(paragraph))
            length += len(lines[-1]) + 2
        return "\n\n".join(lines) + "\n"


DESKS = 4


def write_story(count: int) -> Iterator[tuple[str, str]]:
    """Yield the documents of one story, about 1,700 characters each.

    A third of their sentences others have too: each document takes from one of four desks, as papers take from
    agencies, and all desks quote the same people.
    """
    writer = Writer(7)
    spoken = [writer.spoken() for _ in range(8)]
    desks = [[*spoken, *(writer.sentence() for _ in range(24))] for _ in range(DESKS)]
    for number in range(count):
        name = f"{TOWNS[number % 8].replace(' ', '-')}-{PAPERS[number // 8 % 10]}-{number}"
        yield name, Writer(1000 + number).article(desks[number % DESKS], 1650, 0.34)


def write_long(count: int, size: int) -> Iterator[tuple[str, str]]:
    """Yield long articles that share a fifth of their sentences."""
    writer = Writer(7)
    shared = [writer.sentence() for _ in range(max(1, size // 600))]
    for number in range(count):
        yield f"long-{number}", Writer(2000 + number).article(shared, size, 0.2)


def write_sentence(words: int) -> Iterator[tuple[str, str]]:
    """Yield an article of a headline and one sentence, with all that sentences hold."""
    writer = Writer(3)
    parts: list[str] = []
    length = 0
    while length < words:
        part = writer.sentence()[:-1].replace(". ", ", ")
        parts.append(part if part.startswith("“") else part[0].lower() + part[1:])
        length += len(part.split()) + 1
    yield "sentence", f"Storm shuts harbour of Ostwick\n\n{', and '.join(parts)}.\n"


def write_quotations(count: int) -> Iterator[tuple[str, str]]:
    writer = Writer(4)
    lines = []
    for _ in range(count):
        name, role = writer.person()
        lines.append(f"“{writer.saying()},” said {name}, the {role}.")
    yield "quotations", "Ostwick speaks of its harbour\n\n" + "\n\n".join(lines) + "\n"


def write_numbers(count: int) -> Iterator[tuple[str, str]]:
    writer = Writer(5)
    lines = [
        f"{writer.chance.choice(TOWNS)} had {writer.number()} {writer.chance.choice(COUNTED)}." for _ in range(count)
    ]
    paragraphs = [" ".join(lines[at : at + 5]) for at in range(0, count, 5)]
    yield "numbers", "Harbour figures of the year\n\n" + "\n\n".join(paragraphs) + "\n"


def write_lines(count: int) -> Iterator[tuple[str, str]]:
    writer = Writer(6)
    lines = [f"{writer.chance.choice(THINGS)} {writer.chance.choice(ADJECTIVES)} {n}"[:16] for n in range(count)]
    yield "lines", "Timetable of the harbour of Ostwick\n" + "\n".join(lines) + "\n"


class Input(NamedTuple):
    write: Callable[[], Iterator[tuple[str, str]]]
    most_s: float
    """The processor seconds that it may take."""


INPUTS = {
    "story-12": Input(lambda: write_story(12), 5),
    "story-25": Input(lambda: write_story(25), 10),
    "story-50": Input(lambda: write_story(50), 20),
    "story-100": Input(lambda: write_story(100), 50),
    "pair-60k": Input(lambda: write_long(2, 60_000), 8),
    "one-250k": Input(lambda: write_long(1, 250_000), 15),
    "sentence-5000": Input(lambda: write_sentence(5_000), 10),
    "quotations-2500": Input(lambda: write_quotations(2_500), 10),
    "numbers-1250": Input(lambda: write_numbers(1_250), 10),
    "lines-5000": Input(lambda: write_lines(5_000), 10),
    "lines-10000": Input(lambda: write_lines(10_000), 10),
}
MOST_MB = 600


def write_files(name: str, folder: pathlib.Path) -> list[pathlib.Path]:
    """Write the documents of an input and return their paths."""
    paths = []
    for stem, text in INPUTS[name].write():
        paths.append(folder / f"{stem}.txt")
        paths[-1].write_text(text, "utf-8")
    return paths


def run_once(arguments: list[str], timeout_s: float) -> tuple[float, float, bool]:
    """Return processor seconds, peak resident memory in MB, and whether the process ended by itself and well."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (int(timeout_s), int(timeout_s) + 5))

    process = subprocess.Popen([sys.executable, *arguments], preexec_fn=limit)
    _, status, usage = os.wait4(process.pid, 0)
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale, status == 0


def run_stages(paths: list[str], *, alone: bool) -> None:
    """Print the processor seconds of each step of `pipeline.compare_story` on these files, in its order."""
    from wirecheck import Settings, __version__
    from wirecheck.annotators import list_annotators
    from wirecheck.checks import list_checks
    from wirecheck.checks.run import run_checks
    from wirecheck.language import describe_models
    from wirecheck.language.dossier import Dossier
    from wirecheck.language.reading import read_document
    from wirecheck.lineage import count_origins, list_origins, trace_lineage
    from wirecheck.model import Annotations, Finding, Report, Stated, StoryReport
    from wirecheck.points import align_points
    from wirecheck.points.quotations.groups import group_quotations
    from wirecheck.points.quotations.parting import part_quotations
    from wirecheck.readers import read_paths
    from wirecheck.report.build import build_timeline
    from wirecheck.report.html import render_html
    from wirecheck.report.json import render_json
    from wirecheck.report.markdown import render_markdown
    from wirecheck.resolve import resolve_actors, resolve_speakers
    from wirecheck.reuse import find_reuse
    from wirecheck.statements import find_statements
    from wirecheck.stories import one_story

    began = time.process_time()
    print(f"  {'imports':22} {began:7.2f}")

    def note(name: str) -> None:
        nonlocal began
        now = time.process_time()
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
        print(f"  {name:22} {now - began:7.2f} {held:6.0f} MB", flush=True)
        began = time.process_time()

    settings = Settings(one_story=True)
    documents, problems = read_paths(paths, settings=settings)
    documents = tuple(sorted(documents, key=lambda d: (d.name, d.id)))
    note("readers")
    story = one_story(documents)[0]
    readings = tuple(read_document(d) for d in documents)
    note("reading")
    annotations = [Annotations(d.id) for d in documents]
    for annotator in list_annotators():
        for at, reading in enumerate(readings):
            found = annotator.find(reading, annotations[at])
            ordered = tuple(
                sorted(found, key=lambda a: (s := getattr(a, "whole", None) or a.span) and (s.start, s.end))
            )
            annotations[at] = annotations[at].having(**{annotator.kind: ordered})
        note(f"annotate {annotator.name}")
    actors = resolve_actors(readings, annotations)
    note("resolve actors")
    resolved = resolve_speakers(readings, annotations, actors)
    note("resolve speakers")
    dossier = Dossier(story, readings, resolved, actors)
    statements, embeddings = find_statements(dossier)
    note("statements")
    dossier = dossier.having(statements=statements, embeddings=embeddings)
    dossier = dossier.having(reuse=find_reuse(dossier))
    note("reuse")
    dossier = dossier.having(lineage=trace_lineage(dossier))
    note("lineage")
    dossier = part_quotations(dossier)
    note("part quotations")
    groups = group_quotations(dossier)
    note("group quotations")
    findings: tuple[Finding, ...]
    if alone:
        for check in list_checks():
            if check.name in ("order", "attribution"):
                list(check.find(dossier, ()))
                note(f"check {check.name}")
        findings = tuple(
            Finding(
                "single",
                "event",
                "Only one says this.",
                (Stated(s.document, (s.span,)),),
                "agreement",
                origins=count_origins(dossier, (s.document,), (s.span,)),
            )
            for s in dossier.statements
        )
        note("origins of statements")
    else:
        points = align_points(dossier)
        note("points")
        findings = run_checks(dossier, points)
        note("checks")
    origins = list_origins(dossier)
    note("origins")
    timeline = build_timeline(dossier, findings)
    note("timeline")
    made = StoryReport(
        story=story,
        actors=dossier.actors,
        quotations=dossier.quotations,
        quote_groups=groups,
        findings=findings,
        credits=tuple(c for a in dossier.annotations for c in a.credits if not c.own),
        reuse=dossier.reuse,
        lineage=dossier.lineage,
        origins=origins,
        timeline=timeline,
    )
    report = Report(documents, (made,), tuple(problems), __version__, settings.as_mapping(), describe_models())
    size = len(render_json(report))
    note(f"JSON ({size / 1e6:.1f} MB)")
    size = len(render_html(report))
    note(f"page ({size / 1e6:.1f} MB)")
    render_markdown(report)
    note("Markdown")
    print(f"  {len(statements)} statements, {len(dossier.quotations)} quotations, {len(actors)} actors")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(INPUTS)}; default all")
    parser.add_argument("--stages", action="store_true", help="print the seconds of each step")
    parser.add_argument("--alone", action="store_true", help="with --stages: leave the comparison of statements out")
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--timeout", type=float, default=300, help="processor seconds after which a run is ended")
    options = parser.parse_args()
    if options.read:
        run_stages(options.names, alone=options.alone)
        return
    unknown = [n for n in options.names if n not in INPUTS]
    if unknown:
        raise SystemExit(f"no such input: {', '.join(unknown)}; known are {', '.join(INPUTS)}")
    print(f"{'input':16} {'docs':>4} {'KB':>5} {'seconds':>8} {'may':>4} {'MB':>6}")
    for name in options.names or INPUTS:
        with tempfile.TemporaryDirectory() as folder:
            paths = write_files(name, pathlib.Path(folder))
            size = sum(p.stat().st_size for p in paths)
            if options.stages:
                alone = ["--alone"] if options.alone else []
                arguments = ["-m", "benchmarks.growth", "--read", *alone, *map(str, paths)]
            else:
                target = [f"--json={folder}/report.json", f"--html={folder}/report.html"]
                arguments = ["-m", "wirecheck", "compare", "--one-story", "--quiet", *target, *map(str, paths)]
            took, memory, ended = run_once(arguments, options.timeout)
            print(
                f"{name:16} {len(paths):4} {size / 1000:5.0f} {took if ended else float('inf'):8.1f} "
                f"{INPUTS[name].most_s:4.0f} {memory:6.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
