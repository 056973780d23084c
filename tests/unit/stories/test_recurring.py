"""Recurring pieces: what a publisher prints each day in one frame is no story; follow-ups and versions are one."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from wirecheck.archive import Filter, open_archive
from wirecheck.model import Document
from wirecheck.reuse.fingerprint import fingerprint
from wirecheck.stories import group_fingerprints, group_stories

# Two issues of each kind: title, text, the day of publication. The last five kinds are none of the usual examples.
ISSUES: dict[str, list[tuple[str, str, str]]] = {
    "weather": [
        (
            "Harrow Vale weather for Tuesday 4 March",
            "Tuesday will be cloudy with highs of 12 degrees in the valley and 9 on the coast. Winds from the west at "
            "20 mph. There is a 40 percent chance of rain after noon. Sunrise is at 6:41 a.m. and sunset at 5:52 p.m. "
            "The forecast is issued at 5 a.m. by the county weather office at Tarn Hill.",
            "2025-03-04",
        ),
        (
            "Harrow Vale weather for Wednesday 5 March",
            "Wednesday will be sunny with highs of 14 degrees in the valley and 11 on the coast. Winds from the south "
            "at 5 mph. There is a 10 percent chance of rain after noon. Sunrise is at 6:39 a.m. and sunset at 5:54 "
            "p.m. The forecast is issued at 5 a.m. by the county weather office at Tarn Hill.",
            "2025-03-05",
        ),
    ],
    "markets": [
        (
            "Markets: shares slip at the close",
            "The Oder 50 index closed 0.4 percent lower at 4,312 points on Monday. Brandt Steel lost 2.1 percent and "
            "Halden Bank 1.3 percent. The crown bought 9.42 marks, after 9.40 on Friday. Oil from the northern fields "
            "cost 71.20 a barrel. The yield of ten-year bonds stood at 3.12 percent. Prices are those of the close.",
            "2025-06-02",
        ),
        (
            "Markets: exporters lead a rally",
            "The Oder 50 index closed 1.1 percent higher at 4,359 points on Tuesday. Marle Motors gained 4.0 percent "
            "and Halden Bank 0.2 percent. The crown bought 9.37 marks, after 9.42 on Monday. Oil from the northern "
            "fields cost 70.85 a barrel. The yield of ten-year bonds stood at 3.09 percent. Prices are those of the "
            "close.",
            "2025-06-03",
        ),
    ],
    "what we know": [
        (
            "What we know on day 212 of the war in Elra",
            "Here is what we know this morning. President Olin Marek met ministers in Pell about the grain ports. "
            "Shells fell on a depot near Tarsk, the governor said. Two villages on the Lyth were taken. This list is "
            "brought up to date each morning; reports from the front in Elra cannot be checked by us at once.",
            "2025-06-02",
        ),
        (
            "What we know on day 213 of the war in Elra",
            "Here is what we know this morning. Negotiators left the talks in Oder without a word on prisoners. A "
            "drone hit a bridge over the Sarn, a spokeswoman said. Winter stores run low in Kest. This list is "
            "brought up to date each morning; reports from the front in Elra cannot be checked by us at once.",
            "2025-06-03",
        ),
    ],
    "fixtures": [
        (
            "Fixtures for Saturday, 8 March",
            "Kick-off at 3 p.m. unless another time is given. Premier division: Pell Rovers v Harrow Town; Oder "
            "Athletic v Tarsk, 5:30 p.m.; Marle v Lythgate. First division: Kest v Sarn United; Halden v Brook End, 1 "
            "p.m. Tickets are sold at the gates from two hours before kick-off.",
            "2025-03-07",
        ),
        (
            "Fixtures for Saturday, 15 March",
            "Kick-off at 3 p.m. unless another time is given. Premier division: Harrow Town v Marle; Lythgate v Oder "
            "Athletic, 12:30 p.m.; Tarsk v Pell Rovers. First division: Sarn United v Halden; Brook End v Kest, 1 "
            "p.m. Tickets are sold at the gates from two hours before kick-off.",
            "2025-03-14",
        ),
    ],
    "obituaries": [
        (
            "Obituaries",
            "Anna Holt, 82, of Mill Street, Pell, died on 2 March. A service will be held at St Bride's at 11 a.m. on "
            "Friday. Piet Haan, 71, of Quay Lane, Pell, died on 1 March. A service will be held at the Quay Chapel at "
            "2 p.m. on Thursday. Notices are printed free of charge; families may send them to the desk by noon.",
            "2025-03-04",
        ),
        (
            "Obituaries",
            "Ruth Amsel, 90, of Tower Road, Pell, died on 3 March. A service will be held at the Tower Chapel at 10 "
            "a.m. on Saturday. Jon Verity, 64, of Mill Street, Pell, died on 3 March. A service will be held at St "
            "Bride's at 1 p.m. on Friday. Notices are printed free of charge; families may send them to the desk by "
            "noon.",
            "2025-03-05",
        ),
    ],
    "tides": [
        (
            "Tides at Sorrel Point",
            "High water at Sorrel Point: 04:12, 5.1 metres, and 16:40, 5.3 metres. Low water: 10:21, 0.9 metres, and "
            "22:47, 0.7 metres. Times are for the harbour wall; the bar is one metre shallower.",
            "2025-03-04",
        ),
        (
            "Tides at Sorrel Point",
            "High water at Sorrel Point: 05:01, 5.4 metres, and 17:26, 5.6 metres. Low water: 11:09, 0.6 metres, and "
            "23:31, 0.5 metres. Times are for the harbour wall; the bar is one metre shallower.",
            "2025-03-05",
        ),
    ],
    "magistrates": [
        (
            "Court list | Pell Gazette",
            "Before the magistrates in Pell on Monday: Owen Starr, 34, of Quay Lane, fined 200 crowns for driving "
            "without insurance. Mia Tolland, 22, of Brook End, fined 150 crowns for fishing without a licence. Those "
            "named here were heard in open court; the list is printed as the clerk gives it.",
            "2025-03-04",
        ),
        (
            "Court list | Pell Gazette",
            "Before the magistrates in Pell on Wednesday: Dirk Lowe, 51, of Harrow, fined 300 crowns for driving "
            "without insurance. Eva Brandt, 40, of Mill Street, fined 90 crowns for parking without a permit. Those "
            "named here were heard in open court; the list is printed as the clerk gives it.",
            "2025-03-06",
        ),
    ],
    "lottery": [
        (
            "Elra Lottery: 4, 11, 19, 23, 40",
            "The numbers drawn on Saturday were 4, 11, 19, 23 and 40, with 7 as the star. Two players share the first "
            "prize of 1.2 million crowns. Prizes can be claimed at any counter within 90 days. All without guarantee.",
            "2025-03-01",
        ),
        (
            "Elra Lottery: 2, 8, 17, 31, 38",
            "The numbers drawn on Wednesday were 2, 8, 17, 31 and 38, with 5 as the star. Nobody won the first prize "
            "of 0.8 million crowns. Prizes can be claimed at any counter within 90 days. All without guarantee.",
            "2025-03-05",
        ),
    ],
    "air quality": [
        (
            "Air in Oder today: 41",
            "The index of air quality in Oder stood at 41 at 7 a.m., which is good. Fine dust: 9 micrograms a cubic "
            "metre at Market Square, 12 at the Northern Gate. Ozone: 60 at Market Square. Values above 100 are bad "
            "for the old and for children. Measured by the city's five stations.",
            "2025-07-01",
        ),
        (
            "Air in Oder today: 117",
            "The index of air quality in Oder stood at 117 at 7 a.m., which is bad. Fine dust: 44 micrograms a cubic "
            "metre at Market Square, 51 at the Northern Gate. Ozone: 131 at Market Square. Values above 100 are bad "
            "for the old and for children. Measured by the city's five stations.",
            "2025-07-02",
        ),
    ],
    "road works": [
        (
            "Road works this week, 3 March",
            "Mill Street is shut between 9 a.m. and 4 p.m. until Thursday for work on the water main. Lights stand at "
            "the Brook End bridge. Expect delays on the ring road after 5 p.m. The list comes from the highways "
            "office of Pell and is printed each Monday; closures may change at short notice.",
            "2025-03-03",
        ),
        (
            "Road works this week, 10 March",
            "Tower Road is shut between 8 a.m. and 2 p.m. until Wednesday for new kerbs. Lights stand at the Northern "
            "Gate. Expect delays on the quay after 3 p.m. The list comes from the highways office of Pell and is "
            "printed each Monday; closures may change at short notice.",
            "2025-03-10",
        ),
    ],
}

# Reports of one event by one publisher on following days.
FOLLOWED: dict[str, list[tuple[str, str, str]]] = {
    "a toll that rises": [
        (
            "Death toll of Tarsk quake rises to 40",
            "At least 40 people have died in the earthquake that struck Tarsk on Monday, the governor said on "
            "Tuesday. Rescuers pulled a boy from the rubble of a school. The quake of magnitude 6.8 struck at 4:12 "
            "a.m., when most people were asleep. It was the strongest in Elra since 1956, when 300 people were killed "
            "in the same valley. Hospitals in Oder have taken in the injured, and an appeal for blood was made.",
            "2025-03-04",
        ),
        (
            "Death toll of Tarsk quake rises to 63",
            "At least 63 people have died in the earthquake that struck Tarsk on Monday, the governor said on "
            "Wednesday. The army set up tents as snow fell, and water was short. The quake of magnitude 6.8 struck at "
            "4:12 a.m., when most people were asleep. It was the strongest in Elra since 1956, when 300 people were "
            "killed in the same valley. Hospitals in Oder have taken in the injured, and an appeal for blood was made.",
            "2025-03-05",
        ),
    ],
    "a toll on a day": [
        (
            "Toll of Lyth flood at 9 on Monday",
            "Nine people have drowned since the Lyth left its banks, the governor said on Monday. Boats went from roof "
            "to roof in Kest. The dam above the town, built in 1961, had been due for repair since 2019, a report of "
            "the water board says. Some 4,000 people have left their homes in the valley.",
            "2025-06-02",
        ),
        (
            "Toll of Lyth flood at 14 on Tuesday",
            "Fourteen people are known to have drowned in the flood of the Lyth, police said on Tuesday. Prefect Anton "
            "Reuss asked for blankets. The dam above the town, built in 1961, had been due for repair since 2019, a "
            "report of the water board says. Some 4,000 people have left their homes in the valley.",
            "2025-06-03",
        ),
    ],
    "a slug before the headline": [
        (
            "Sorrel Point grounding: captain heard",
            "The captain of the ferry Larkspur was heard by police on Tuesday after the ship ran aground off Sorrel "
            "Point. Fourteen passengers were hurt. Harbour master Mara Quill said the lamps were out in the channel. "
            "The Larkspur, built in 1998, carries up to 400 people between Pell and Lyth.",
            "2025-03-04",
        ),
        (
            "Sorrel Point grounding: owner blames the lamps",
            "The owner of the ferry Larkspur blamed dark lamps in the channel for the grounding off Sorrel Point, "
            "where fourteen passengers were hurt. Harbour master Mara Quill will not comment until the inquiry. The "
            "Larkspur, built in 1998, carries up to 400 people between Pell and Lyth.",
            "2025-03-05",
        ),
    ],
    "days of a trial": [
        (
            "Brandt trial, day 3: clerk tells of burnt files",
            "A clerk told the court in Oder that files were burnt the night before police came to the office of Ida "
            "Brandt. The former mayor of Pellin is charged with taking bribes for the harbour contract. She denies "
            "it. Judge Tove Lind let the jury see the grate. The clerk, Nils Varga, wept when he was asked why.",
            "2025-03-04",
        ),
        (
            "Brandt trial, day 4: builder says he paid",
            "A builder said that he had paid Ida Brandt 90,000 crowns in a car park for the harbour contract. The "
            "former mayor of Pellin, charged with taking bribes, shook her head in the court in Oder. Her lawyer "
            "asked the builder, Sten Orr, why he kept no note. Judge Tove Lind adjourned at noon.",
            "2025-03-05",
        ),
    ],
    "the same headline again": [
        (
            "Strike shuts Oder bakeries",
            "Bakers in Oder walked out on Tuesday over night pay, and most of the city's bakeries stayed shut. Union "
            "leader Piet Haan said ovens would stay cold until the guild makes a better offer than 3 percent.",
            "2025-03-04",
        ),
        (
            "Strike shuts Oder bakeries",
            "Most bakeries in Oder stayed shut for a second day as bakers struck over night pay. The guild put its "
            "offer up to 4 percent in the evening. Union leader Piet Haan called that crumbs and said ovens would "
            "stay cold.",
            "2025-03-05",
        ),
    ],
}
# Issues that only their days tell from two reports of one event.
DATED_ISSUES: dict[str, list[tuple[str, str, str]]] = {
    "markets under headlines of their own": [
        (
            "Oder shares close higher",
            "Shares in Oder closed higher on Monday. The Oder 50 index rose 1.2 percent to 4,510 points. Oil was at "
            "81.20 a barrel and the crown at 9.31 to the mark. Traders awaited figures on jobs.",
            "2025-06-02",
        ),
        (
            "Oder shares close lower",
            "Shares in Oder closed lower on Tuesday. The Oder 50 index fell 0.7 percent to 4,478 points. Oil was at "
            "80.40 a barrel and the crown at 9.35 to the mark. Traders awaited figures on jobs.",
            "2025-06-03",
        ),
    ],
    "things to know": [
        (
            "Five things to know today",
            "Here are five things to know today. The council votes on the tram. The ferry is back. Schools reopen "
            "after the flood. Orv FC plays Elz. Rain is expected in the evening.",
            "2025-06-02",
        ),
        (
            "Five things to know today",
            "Here are five things to know today. A judge rules on the dam. The bakery on Mill Street shuts. Trains are "
            "late. A film festival opens. Sun is expected in the evening.",
            "2025-06-03",
        ),
    ],
}


def make(
    rows: list[tuple[str, str, str]], *, dated: bool = True, publisher: str | None = "Pell Gazette"
) -> list[Document]:
    made = []
    for number, (title, text, day) in enumerate(rows):
        published = day if dated else None
        name = f"d{number}"
        made.append(
            Document(name, name, f"{name}.txt", text, "", title=title, publisher=publisher, published=published)
        )
    return made


def count_stories(documents: list[Document]) -> int:
    return len(group_stories(documents))


@pytest.mark.parametrize("kind", ISSUES)
def test_two_issues_of_a_recurring_piece_are_no_story(kind: str) -> None:
    assert count_stories(make(ISSUES[kind])) == 2


@pytest.mark.parametrize("kind", DATED_ISSUES)
def test_the_same_frame_or_headline_on_another_day_is_no_story(kind: str) -> None:
    assert count_stories(make(DATED_ISSUES[kind])) == 2


@pytest.mark.parametrize("kind", ISSUES)
def test_they_are_none_without_dates_too(kind: str) -> None:
    assert count_stories(make(ISSUES[kind], dated=False)) == 2


@pytest.mark.parametrize("kind", FOLLOWED)
@pytest.mark.parametrize("dated", [True, False])
def test_what_one_publisher_reports_of_one_event_the_next_day_is_one_story(kind: str, dated: bool) -> None:
    assert count_stories(make(FOLLOWED[kind], dated=dated)) == 1


@pytest.mark.parametrize("kind", ISSUES)
def test_an_issue_whose_text_was_mended_the_next_day_is_a_version(kind: str) -> None:
    (title, text, day), (_, _, next_day) = ISSUES[kind]

    assert count_stories(make([(title, text, day), (title, text + " A misprint was put right.", next_day)])) == 1


def test_texts_of_one_address_are_versions() -> None:
    addresses = ("https://pell.example/tides", "https://www.pell.example/tides/?utm_source=a")
    there = [replace(d, url=url) for d, url in zip(make(ISSUES["tides"]), addresses, strict=True)]

    assert count_stories(there) == 1


@pytest.mark.parametrize("kind", ["weather", "markets"])
def test_one_day_in_two_papers_is_one_story_and_another_day_another(kind: str) -> None:
    ours, theirs = make(ISSUES[kind]), make(ISSUES[kind], publisher="The Oder Post")
    both = [*ours, *(replace(d, id=f"o{d.id}", text=f"{d.text} Ask us.") for d in theirs)]

    assert [s.documents for s in group_stories(both)] == [("d0", "od0"), ("d1", "od1")]


def test_recurring_pieces_stay_apart_in_any_order_and_window() -> None:
    rows = [row for rows in (*ISSUES.values(), *FOLLOWED.values()) for row in rows]
    prints = [fingerprint(d) for d in make(rows)]
    groups = group_fingerprints(prints)
    order = list(range(len(prints)))
    random.Random(5).shuffle(order)
    shuffled = group_fingerprints([prints[i] for i in order])

    assert sorted(sorted(order[i] for i in group) for group in shuffled) == groups
    assert all(group_fingerprints(prints, window=window) == groups for window in (1, 3, 7))
    pairs = {pair for group in groups for pair in itertools.combinations(group, 2)}
    assert not pairs & {(2 * n, 2 * n + 1) for n in range(len(ISSUES))}


@pytest.mark.parametrize("turned", [False, True])
def test_an_archive_keeps_issues_apart_in_any_order_of_adding(turned: bool, tmp_path: Path) -> None:
    rows = [*ISSUES["weather"], *ISSUES["markets"], *FOLLOWED["a toll that rises"]]
    records = [
        {"name": f"n{n}", "title": title, "text": text, "published": day, "publisher": "Pell Gazette"}
        for n, (title, text, day) in enumerate(rows)
    ]
    lines = list(map(json.dumps, records))
    (tmp_path / "a.jsonl").write_text("\n".join(lines[::-1] if turned else lines), "utf-8")
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([tmp_path / "a.jsonl"])
        stories = [sorted(m.name for m in story.members) for story in archive.stories(Filter(min_documents=1))]

    assert sorted(stories) == [["n0"], ["n1"], ["n2"], ["n3"], ["n4", "n5"]]
