"""Values for tests, built by hand: a small fictional report with one of everything, and a hostile one."""

from __future__ import annotations

import hashlib
import math
from dataclasses import replace

from wirecheck.model import (
    Actor,
    Credit,
    Decision,
    Document,
    Feature,
    Finding,
    Judgement,
    Lineage,
    Origin,
    OriginGroup,
    Origins,
    Passage,
    Problem,
    Quotation,
    QuoteGroup,
    Report,
    Reuse,
    Role,
    Side,
    Span,
    Stated,
    Story,
    StoryReport,
    TimelineEntry,
    ValueComparison,
    WordDifference,
    digest_document,
    quotation_id,
)

HERALD = """\
Ferry runs aground off Sorrel Point; 14 hurt

The island ferry Larkspur ran aground off Sorrel Point early on Tuesday, injuring 14 people, the coast guard said.

“We will not sail again until every lamp on that channel is lit,” said Mara Quill, the harbour master. She spoke \
at the quay at noon.

The ferry had 212 passengers on board. Divers were to look at the hull on Wednesday.

Nils Aarden, who was on the car deck, told the Herald that he felt two blows. “The first was a scrape. The second \
threw me off my feet.”
"""

WIRE = """\
Island ferry grounds off Sorrel Point

SORREL POINT (Coastline Wire) - The island ferry Larkspur ran aground off Sorrel Point early on Tuesday, injuring 17 \
people, the coast guard said.

“We will not sail again until every lamp on that channel is lit and tested,” harbour master Mara Quill said.

About 200 passengers were on board. The captain was relieved of duty before the last passengers came ashore.
"""

POST = """\
NEWS
Larkspur aground: what we know

The island ferry Larkspur ran aground off Sorrel Point early on Tuesday, injuring 17 people, the coast guard said.

“We will sail again when every lamp on that channel is lit,” port director Mara Quill told reporters, according to \
Coastline Wire.

The captain was relieved of duty on Wednesday, after all passengers were ashore.

Sign up for our newsletter
"""

COURIER = """\
Hundreds stranded after ferry accident

More than 200 passengers of the Larkspur spent the night in a school after the ferry ran aground on 4 March.

Harbour master Mara Quill said no ferry would sail until the lamps of the channel were lit.

Seventeen people were treated, up from 14 on Tuesday morning, the island clinic said.
"""


def make_document(
    name: str, text: str, *, publisher: str | None = None, published: str | None = None, title: str | None = None
) -> Document:
    """Return a document; `title` must stand in its text."""
    location = f"{name}.txt"
    digest = digest_document(location, text)
    at = text.find(title) if title is not None else -1
    return Document(
        id=digest,
        name=name,
        location=location,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=title,
        title_span=Span(digest, at, at + len(title)) if title is not None and at >= 0 else None,
        publisher=publisher,
        published=published,
        language="en",
    )


def find_span(document: Document, words: str, nth: int = 1) -> Span:
    """Return the span of the n-th place where the words stand; raises `ValueError` where they do not."""
    at = -1
    for _ in range(nth):
        at = document.text.index(words, at + 1)
    return Span(document.id, at, at + len(words))


def make_report() -> Report:
    """Return a report over four fictional documents, with every kind of row in it."""
    herald = make_document(
        "herald",
        HERALD,
        publisher="The Harbour Herald",
        published="2025-03-04T13:10:00+00:00",
        title=HERALD.split("\n")[0],
    )
    wire = make_document(
        "wire", WIRE, publisher="Coastline Wire", published="2025-03-04T09:40:00+00:00", title=WIRE.split("\n")[0]
    )
    post = make_document(
        "post", POST, publisher="Tidewater Post", published="2025-03-05", title="Larkspur aground: what we know"
    )
    post = _with_furniture(post, "NEWS", "Sign up for our newsletter")
    courier = make_document("courier", COURIER, published="2025-03-05", title=COURIER.split("\n")[0])
    documents = (courier, herald, post, wire)
    toll = {
        d.id: find_span(
            d, f"The island ferry Larkspur ran aground off Sorrel Point early on Tuesday, injuring {n} people"
        )
        for d, n in ((herald, 14), (wire, 17), (post, 17))
    }
    clinic = find_span(courier, "Seventeen people were treated, up from 14 on Tuesday morning, the island clinic said.")
    before = find_span(wire, "The captain was relieved of duty before the last passengers came ashore.")
    after = find_span(post, "The captain was relieved of duty on Wednesday, after all passengers were ashore.")
    lamps = "every lamp on that channel is lit"
    shared = find_span(post, "according to Coastline Wire")
    copied = Origins(
        2,
        "same-origin",
        (
            OriginGroup(
                (post.id, wire.id),
                "The Tidewater Post credits Coastline Wire and carries its sentence word for word.",
                (shared, toll[post.id]),
            ),
            OriginGroup(
                (herald.id,), "The Harbour Herald has its own witness.", (find_span(herald, "told the Herald"),)
            ),
        ),
    )
    quoted = [
        _quotation(
            herald, "We will not sail again until every lamp on that channel is lit,", "a1", "Mara Quill", "said"
        ),
        _quotation(
            wire, "We will not sail again until every lamp on that channel is lit and tested,", "a1", "Mara Quill"
        ),
        _quotation(post, "We will sail again when every lamp on that channel is lit,", "a1", "Mara Quill"),
        _quotation(
            courier, "no ferry would sail until the lamps of the channel were lit", "a1", "Mara Quill", kind="indirect"
        ),
        _quotation(herald, "The first was a scrape. The second threw me off my feet.", "a2", "Nils Aarden"),
        _quotation(
            courier,
            "Seventeen people were treated, up from 14 on Tuesday morning",
            None,
            None,
            kind="indirect",
            candidates=("the island clinic", "the coast guard"),
        ),
    ]
    findings = (
        Finding(
            "conflict",
            "quantity",
            "The Harbour Herald says 14 people were hurt; Coastline Wire and the Tidewater Post say 17.",
            tuple(Stated(d, (s,)) for d, s in sorted(toll.items())),
            "quantities",
            sides=(
                Side("14 people", (herald.id,), (find_span(herald, "14 people"),)),
                Side("17 people", (post.id, wire.id), (find_span(post, "17 people"), find_span(wire, "17 people"))),
            ),
            silent=(courier.id,),
            origins=copied,
        ),
        Finding(
            "conflict",
            "order",
            "Coastline Wire has the captain relieved before the last passengers came ashore, the Tidewater Post after.",
            (
                Stated(wire.id, (before,)),
                Stated(post.id, (after,)),
            ),
            "order",
            sides=(
                Side("before", (wire.id,), (find_span(wire, "before the last passengers came ashore"),)),
                Side("after", (post.id,), (find_span(post, "after all passengers were ashore"),)),
            ),
            silent=(courier.id, herald.id),
            origins=Origins(2, "not-established", ()),
        ),
        Finding(
            "compatible",
            "quantity",
            "The courier document says 17 were treated, up from 14: a later count than that of The Harbour Herald.",
            (Stated(courier.id, (clinic,)), Stated(herald.id, (toll[herald.id],))),
            "quantities",
            sides=(
                Side("17", (courier.id,), (find_span(courier, "Seventeen people"),)),
                Side("14 people", (herald.id,), (find_span(herald, "14 people"),)),
            ),
            difference="update",
            silent=(post.id, wire.id),
            origins=Origins(2, "independent", ()),
        ),
        Finding(
            "agree",
            "event",
            "All four have the Larkspur aground on 4 March 2025.",
            (
                Stated(courier.id, (find_span(courier, "the ferry ran aground on 4 March"),)),
                *(Stated(d, (s,)) for d, s in sorted(toll.items())),
            ),
            "agreement",
            origins=copied,
        ),
        *(
            Finding(
                "agree",
                "event",
                f"Two documents have detail number {n} alike.",
                (Stated(post.id, (toll[post.id],)), Stated(wire.id, (toll[wire.id],))),
                "agreement",
                silent=(courier.id, herald.id),
                origins=Origins(2, "not-established", ()),
            )
            for n in range(1, 13)
        ),
        Finding(
            "single",
            "event",
            "Only The Harbour Herald says that divers were to look at the hull on Wednesday.",
            (Stated(herald.id, (find_span(herald, "Divers were to look at the hull on Wednesday."),)),),
            "agreement",
            silent=(courier.id, post.id, wire.id),
        ),
        Finding(
            "undecided",
            "event",
            "The documents speak of lamps, and it stays open whether they mean the same ones.",
            (
                Stated(courier.id, (find_span(courier, "the lamps of the channel"),)),
                Stated(herald.id, (find_span(herald, "every lamp on that channel"),)),
            ),
            "agreement",
            silent=(post.id, wire.id),
        ),
    )
    story = StoryReport(
        story=Story(
            "s1",
            "Ferry runs aground off Sorrel Point; 14 hurt",
            tuple(d.id for d in documents),
            "2025-03-04T09:40:00+00:00",
            "2025-03-05",
        ),
        actors=(
            Actor(
                "a1",
                "Mara Quill",
                "person",
                ("Mara Quill",),
                tuple(find_span(d, "Mara Quill") for d in documents),
                (
                    Role("harbour master", (find_span(herald, "harbour master"), find_span(wire, "harbour master"))),
                    Role("port director", (find_span(post, "port director"),)),
                ),
            ),
            Actor("a2", "Nils Aarden", "person", ("Nils Aarden",), (find_span(herald, "Nils Aarden"),)),
            Actor("a3", "Coastline Wire", "organization", ("Coastline Wire",), (find_span(post, "Coastline Wire"),)),
        ),
        quotations=tuple(sorted(quoted, key=lambda q: (q.document, q.contents))),
        quote_groups=(
            QuoteGroup(
                "g1",
                "altered",
                (quoted[0].id, quoted[2].id),
                "u1",
                "The Tidewater Post drops “not” and changes “until” to “when”, against The Harbour Herald.",
                "a1",
                (
                    WordDifference("dropped", find_span(herald, "not"), None),
                    WordDifference("replaced", find_span(herald, "until"), find_span(post, "when")),
                ),
                Origins(2, "not-recorded", ()),
            ),
            QuoteGroup(
                "g2",
                "trimmed",
                (quoted[0].id, quoted[1].id),
                "u1",
                "The Harbour Herald leaves out the end, “and tested”, that Coastline Wire has.",
                "a1",
                (WordDifference("inserted", None, find_span(wire, "and tested")),),
            ),
            QuoteGroup("g3", "paraphrased", (quoted[0].id, quoted[3].id), "u1", "The courier reports it.", "a1"),
            QuoteGroup("g4", "single", (quoted[4].id,), "u2", "Only The Harbour Herald has this quotation.", "a2"),
        ),
        findings=findings,
        credits=(Credit(shared, "Coastline Wire", "agency"),),
        reuse=(
            Reuse(
                post.id,
                wire.id,
                (
                    Passage(toll[post.id], toll[wire.id], 1.0),
                    Passage(find_span(post, lamps), find_span(wire, lamps), 1.0, True),
                ),
                0.44,
                0.39,
            ),
        ),
        lineage=(
            Lineage(
                wire.id,
                True,
                post.id,
                "rewrite",
                "The Tidewater Post credits Coastline Wire and shares 44 % of its words with it.",
                (shared, toll[post.id]),
            ),
            Lineage("the island clinic", False, courier.id, "credit", "Its count is the clinic’s.", (clinic,)),
        ),
        origins=(
            Origin("o1", "Coastline Wire", (post.id, wire.id)),
            Origin("o2", "The Harbour Herald", (herald.id,)),
            Origin("o3", "courier", (courier.id,)),
        ),
        timeline=(
            TimelineEntry("2025-03-04", "day", "s1-p4", (find_span(courier, "the ferry ran aground on 4 March"),)),
            TimelineEntry(
                "2025-03-05", "day", "s1-p17", (find_span(herald, "Divers were to look at the hull on Wednesday."),)
            ),
        ),
    )
    return Report(
        documents=tuple(sorted(documents, key=lambda d: (d.name, d.id))),
        stories=(story,),
        problems=(
            Problem("broken.html", "expected a page with text, found none; the file was left out"),
            Problem("courier.txt", "no publisher is known", find_span(courier, "Hundreds stranded")),
        ),
        version="0.1.0",
        settings={"one_story": True},
        models={"reading": "0" * 64},
        decisions=(
            Decision(
                number=3,
                ruling="same-origin",
                documents=tuple(sorted((herald.id, courier.id))),
                who="Jo Lind",
                at="2025-03-06T09:00:00+00:00",
                note="one press call",
                sentence="Jo Lind ruled on 2025-03-06 that the two are of one origin: one press call.",
            ),
        ),
    )


HOSTILE = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</script><script>alert(1)</script>",
    "<!-- <a href='javascript:alert(1)'>x</a> -->",
    "{{ 7*7 }}{% for x in y %}",
    "\x1b[31mred\x1b[0m\x07",
    "\u202egnp.exe\u202c",
    "[link](javascript:alert(1)) ![img](http://192.0.2.1/x.png) **bold** `code`",
    "http://192.0.2.1/track @everyone #1",
    "\ud800 lone",
    "&lt;b&gt; &amp; &#60;",
)


def make_hostile_report() -> Report:
    """Return a report in which every text that a renderer can meet tries to be more than text."""
    evil = " ".join(HOSTILE)
    text = f"{evil}\n\n" + "\n\n".join(f"# {h}\n- {h}" for h in HOSTILE) + f"\n\n“{evil}” said {evil}.\n"
    documents = tuple(
        make_document(f"{n} {evil}", text, publisher=f"{evil} {n}", published=f"{evil}", title=evil) for n in (1, 2)
    )
    left, right = documents
    spans = {d.id: tuple(find_span(d, h) for h in HOSTILE) for d in documents}
    quotations = tuple(
        Quotation(quotation_id((find_span(d, evil, 2),)), d.id, "direct", (find_span(d, evil, 2),), speaker_name=evil)
        for d in documents
    )
    origins = Origins(1, "same-origin", (OriginGroup((left.id, right.id), evil, spans[left.id]),))
    sides = tuple(Side(evil, (d.id,), spans[d.id]) for d in documents)
    stated = tuple(Stated(d.id, (d.span(0, len(evil)),)) for d in documents)
    features = (Feature(evil, evil, evil, 1.0),)
    value = ValueComparison(evil, spans[left.id][0], spans[right.id][0], "excluded", evil)
    judged = (Judgement(stated[0], stated[1], "contradicts", 1 / (1 + math.exp(-1.0)), features, (value,), evil),)
    findings = (
        Finding("conflict", "quantity", evil, stated, "x", sides=sides, origins=origins, judgements=judged),
        Finding("compatible", "role", evil, stated, "x", sides=sides, difference="update"),
        Finding("agree", "event", evil, stated, "x", origins=origins),
        Finding("undecided", "event", evil, stated, "x"),
        Finding("single", "event", evil, stated[:1], "x", silent=(right.id,)),
    )
    story = StoryReport(
        story=Story("s1", evil, tuple(d.id for d in documents), evil, evil),
        actors=(Actor("a1", evil, "person", (evil, "x"), spans[left.id], (Role(evil, spans[left.id]),)),),
        quotations=quotations,
        quote_groups=(
            QuoteGroup(
                "g1",
                "altered",
                tuple(q.id for q in quotations),
                "u1",
                evil,
                differences=(WordDifference("replaced", spans[left.id][1], spans[right.id][1]),),
            ),
        ),
        findings=findings,
        credits=(Credit(spans[left.id][0], evil, "agency"),),
        reuse=(Reuse(left.id, right.id, (Passage(spans[left.id][0], spans[right.id][0], 1.0),), 0.5, 0.5),),
        lineage=(Lineage(evil, False, left.id, "credit", evil, spans[left.id]),),
        origins=(Origin("o1", evil, (left.id, right.id)),),
        timeline=(TimelineEntry("2025-03-04", "day", "s1-p1", spans[left.id]),),
    )
    return Report(
        documents=documents,
        stories=(story,),
        problems=(Problem(evil, evil, spans[left.id][0]),),
        version=evil,
        settings={evil: evil},
        models={evil: evil},
        decisions=(Decision(1, "settled", (left.id,), evil, evil, evil, evil, "s1-p1", spans[left.id]),),
    )


def _with_furniture(document: Document, *furniture: str) -> Document:
    return replace(document, furniture=tuple(find_span(document, words) for words in furniture))


def _quotation(
    document: Document,
    words: str,
    speaker: str | None,
    name: str | None,
    cue: str | None = None,
    *,
    kind: str = "direct",
    candidates: tuple[str, ...] = (),
) -> Quotation:
    contents = (find_span(document, words),)
    return Quotation(
        quotation_id(contents),
        document.id,
        kind,  # type: ignore[arg-type]
        contents,
        cue=find_span(document, cue) if cue is not None else None,
        source=find_span(document, name) if name is not None else None,
        speaker=speaker,
        speaker_name=name,
        candidates=candidates,
    )
