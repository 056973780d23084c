"""Grouping documents into stories."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecheck.model import Document
from wirecheck.stories import group_stories, one_story
from wirecheck.stories.grouping import list_names, measure_likeness, part_documents

FERRY = [
    "Ferry aground off Sorrel Point\n\nThe ferry Larkspur ran aground off Sorrel Point on Tuesday. Harbour master Mara "
    "Quill said fourteen passengers were hurt when the Larkspur struck the rocks in fog.",
    "Larkspur passengers hurt\n\nFourteen passengers of the ferry Larkspur were hurt on the rocks off Sorrel Point, "
    "Mara Quill, the harbour master, said. Fog had covered the channel.",
    "Fog and no lamps\n\nLamps were out in the channel off Sorrel Point when the ferry Larkspur hit the rocks in fog, "
    "a crew member said. Harbour master Quill counts fourteen hurt passengers.",
]
STRIKE = [
    "Bakers strike in Oder\n\nBakers in Oder walked out on Wednesday over night pay. Union leader Piet Haan said ovens "
    "would stay cold until the guild makes a better offer.",
    "Ovens stay cold\n\nThe bakers of Oder are on strike for more night pay. The guild calls the demand of Piet Haan's "
    "union too high; ovens were cold on Wednesday.",
]
# Two events of one town, two reports of each: the place and who speaks for it are the same.
SAME_TOWN = {
    "quake, bus": (
        [
            "Quake of 5.8 shakes Tarsk\n\nAn earthquake of magnitude 5.8 shook Tarsk before dawn, bringing down "
            "chimneys and cracking the walls of the cathedral. Mayor Ida Brandt said four people were treated for"
            " cuts. Rescue teams checked old houses along the river for damage, and engineers closed the north "
            "bridge until it can be inspected.",
            "Tremor damages houses in Tarsk\n\nHouses in the old quarter of Tarsk were damaged by an earthquake "
            "that woke the city early in the morning. Four people were hurt by falling tiles, Ida Brandt, the "
            "mayor, said. Seismologists put the magnitude at 5.8 and warned of aftershocks.",
        ],
        [
            "Bus crash kills three near Tarsk\n\nThree passengers died when a coach carrying pensioners left the "
            "road near Tarsk and overturned in a ditch. Eleven others were taken to the Tarsk hospital, two of "
            "them in a critical state, police said. Mayor Ida Brandt visited the injured. The driver, who was not"
            " hurt, is being questioned.",
            "Coach overturns outside Tarsk, three dead\n\nA coach overturned outside Tarsk on its way back from a"
            " spa, killing three pensioners and injuring eleven. Police are looking at whether the driver fell "
            "asleep at the wheel. The passengers were from Tarsk, Ida Brandt, the city's mayor, said.",
        ],
    ),
    "quake, bus, with shared words in the lead": (
        [
            "Earthquake kills four in Larnport\n\nFour people were killed when an earthquake struck Larnport, "
            "Mayor Ida Moor said. The tremor had a magnitude of 5.6. Houses fell in the old town.",
            "Strong quake shakes Larnport\n\nA strong earthquake shook Larnport, and at least four people "
            "were killed, Mayor Ida Moor said. Walls of the old town fell, and people slept in the open.",
        ],
        [
            "Bus crash kills four in Larnport\n\nFour people were killed when a bus struck a lorry in Larnport, Mayor "
            "Ida Moor said. The bus had come along the coast with 40 pupils on board. The lorry burned out.",
            "Larnport bus hits lorry, four dead\n\nA bus hit a lorry in Larnport, and four pupils were killed, Ida "
            "Moor, the mayor, said. The lorry, loaded with fruit, burned out.",
        ],
    ),
    "two fires of one town": (
        [
            "Fire destroys warehouse in Larnport\n\nA fire destroyed a warehouse on Quay Street in Larnport, and two "
            "firefighters were hurt, Rhys Morgan, the fire chief, said. The warehouse held paint.",
            "Larnport warehouse burns down\n\nA paint warehouse on Quay Street in Larnport burned down, fire chief "
            "Rhys Morgan said. Two of his firefighters were injured.",
        ],
        [
            "Fire destroys school in Larnport\n\nA fire destroyed a school on Hill Road in Larnport, and three pupils "
            "were hurt, the headmistress, Ann Lowe, said. The school had been built in 1920.",
            "Old school in Larnport burns down\n\nThe old school on Hill Road in Larnport burned down, and three "
            "pupils were injured, headmistress Ann Lowe said.",
        ],
    ),
    "two fires of two towns": (
        [
            "House fire kills two in Larnport\n\nTwo people died in a house fire in Larnport, police said. The fire in "
            "Quay Street broke out on the second floor. Neighbours pulled a child from the house.",
            "Child saved from Larnport house fire\n\nNeighbours pulled a child from a burning house in Larnport, "
            "but two people died, the police said. The fire in Quay Street was put out after two hours.",
        ],
        [
            "House fire kills two in Oswin\n\nTwo people died in a house fire in Oswin, police said. The fire in Hill "
            "Road broke out in the kitchen. Neighbours heard cries for help from the house.",
            "Cries for help from burning Oswin house\n\nNeighbours heard cries from a burning house in Oswin, where "
            "two people died, the police said. The fire in Hill Road began in the kitchen.",
        ],
    ),
    "murder trial, bribery trial": (
        [
            "Oder man guilty of killing neighbour\n\nA jury in Oder found Sten Orr guilty of murdering his "
            "neighbour with a spade. Judge Tove Lind will pass sentence next week. Orr, 44, had said he acted in "
            "self-defence after a quarrel about a hedge.",
            "Jury convicts Sten Orr of murder\n\nSten Orr murdered his neighbour in a quarrel over a hedge, a "
            "jury in Oder decided. He had claimed self-defence. Tove Lind, the judge, told him to expect life.",
        ],
        [
            "Former Oder treasurer jailed for bribes\n\nJudge Tove Lind sentenced the former treasurer of Oder, "
            "Nils Varga, to four years in prison for taking bribes from builders. He took 90,000 crowns for a "
            "contract on the tram line, the court heard.",
            "Four years for Varga over tram bribes\n\nNils Varga, once the treasurer of Oder, must go to prison "
            "for four years because he was bribed by builders of the tram. Judge Tove Lind said he had betrayed "
            "the city.",
        ],
    ),
    "storm, election": (
        [
            "Storm cuts power to half of Halden\n\nA storm with gusts of 130 kph tore down power lines in Halden,"
            " leaving 20,000 homes in the dark. Trees blocked the railway. Governor Olin Marek asked people to "
            "stay indoors.",
            "20,000 without power after Halden gale\n\nA gale left 20,000 homes in Halden without electricity and"
            " felled trees over the railway. Repairs could take two days, Governor Olin Marek said.",
        ],
        [
            "Marek ahead in Halden poll\n\nGovernor Olin Marek leads his rival Ruth Amsel by six points before "
            "the vote in Halden, a survey shows. Schools and taxes were what voters named most often.",
            "Poll puts Olin Marek six points in front\n\nOlin Marek would win a second term as governor of Halden"
            " if the vote were now, a survey found. Ruth Amsel, who wants lower taxes, stands at 41 percent.",
        ],
    ),
    "two fires of one town and the hours they took": (
        [
            "Blaze guts bakery in Oswin\n\nA bakery in the centre of Oswin was gutted by fire on Monday "
            "night. No one was hurt. Firefighters from three stations needed four hours to bring the "
            "flames under control, fire chief Ida Moor said. The oven may have been left on.",
            "Oswin bakery lost to fire\n\nFlames destroyed a bakery in Oswin late on Monday. Ida Moor, the "
            "fire chief, said that an oven had probably been left on. Nobody was injured, and the fire was "
            "out after four hours.",
        ],
        [
            "Blaze guts furniture store in Oswin\n\nA furniture store on the ring road of Oswin was gutted "
            "by fire on Thursday night. One guard was hurt. Firefighters from five stations needed nine "
            "hours to bring the flames under control, fire chief Ida Moor said. The police suspect arson.",
            "Oswin furniture store lost to fire\n\nFlames destroyed a furniture store in Oswin late on "
            "Thursday. Ida Moor, the fire chief, said that the fire had been set. A guard was injured, and "
            "the fire was out after nine hours.",
        ],
    ),
    "two killings of one town": (
        [
            "Man shot dead outside Delmar bar\n\nA 34-year-old man was shot dead outside a bar in Delmar "
            "early on Saturday, police said. Captain Joan Reyes said the gunman fled on foot. Witnesses "
            "heard four shots.",
            "Delmar police hunt gunman after bar killing\n\nPolice in Delmar are looking for a man who shot "
            "a 34-year-old dead outside a bar. Witnesses heard four shots, Captain Joan Reyes said, and "
            "the shooter ran away.",
        ],
        [
            "Woman shot dead in Delmar car park\n\nA 52-year-old woman was shot dead in the car park of a "
            "supermarket in Delmar on Tuesday, police said. Captain Joan Reyes said a former husband was "
            "arrested. She had been hit twice.",
            "Delmar police arrest former husband after car park killing\n\nPolice in Delmar have arrested a "
            "man whose former wife was shot dead in a supermarket's car park. The 52-year-old was hit "
            "twice, Captain Joan Reyes said.",
        ],
    ),
    "two crashes on two roads": (
        [
            "Two die in crash on A9 near Tarsk\n\nTwo people died when a car hit a lorry on the A9 near "
            "Tarsk on Friday. The driver of the lorry was unhurt. The road was closed for six hours, "
            "police said.",
            "A9 closed after fatal crash near Tarsk\n\nThe A9 near Tarsk was closed for six hours after a "
            "car hit a lorry, killing two people in the car, police said. The lorry driver was not hurt.",
        ],
        [
            "Two die in crash on B4 near Tarsk\n\nTwo motorcyclists died when they hit a tractor on the B4 "
            "near Tarsk on Sunday. The farmer was treated for shock. The road was closed for three hours, "
            "police said.",
            "B4 closed after motorcyclists die near Tarsk\n\nThe B4 near Tarsk was closed for three hours "
            "after two motorcyclists hit a tractor and died, police said. The farmer suffered shock.",
        ],
    ),
    "two strikes of one town": (
        [
            "Bus drivers strike in Vale\n\nBus drivers in Vale stopped work on Monday over pay. The union "
            "wants 8 percent more. Mayor Piet Haan called on both sides to talk.",
            "No buses in Vale as drivers walk out\n\nNo bus ran in Vale on Monday as drivers walked out for "
            "8 percent more pay. Mayor Piet Haan wants talks.",
        ],
        [
            "Nurses strike in Vale\n\nNurses in Vale stopped work on Wednesday over staffing. The union "
            "wants 200 more posts. Mayor Piet Haan called on both sides to talk.",
            "Vale hospital on emergency duty as nurses walk out\n\nThe hospital of Vale treated emergencies "
            "only on Wednesday as nurses walked out for 200 more posts. Mayor Piet Haan wants talks.",
        ],
    ),
}


def make_documents(texts: list[str], *, dates: list[str | None] | None = None) -> list[Document]:
    given_dates = dates if dates is not None else [None] * len(texts)
    return [
        Document(f"d{n}", f"doc{n}", f"doc{n}.txt", text, "", title=text.split("\n")[0], published=date)
        for n, (text, date) in enumerate(zip(texts, given_dates, strict=True))
    ]


def test_documents_of_one_event_are_one_story() -> None:
    stories = group_stories(make_documents(FERRY + STRIKE))

    assert [s.documents for s in stories] == [("d0", "d1", "d2"), ("d3", "d4")]


def test_the_order_of_documents_changes_nothing() -> None:
    documents = make_documents(FERRY + STRIKE)
    shuffled = documents[:]
    random.Random(3).shuffle(shuffled)

    assert group_stories(shuffled) == group_stories(documents)


def test_a_document_that_is_like_no_other_is_a_story_by_itself() -> None:
    alone = "Snow in Lome\n\nThe first snow of the year closed the pass of Lome, and two lorries slid off the road."
    stories = group_stories(make_documents([*FERRY, alone]))

    assert sorted(map(len, (s.documents for s in stories))) == [1, 3]


def test_the_title_is_the_headline_nearest_to_all() -> None:
    assert one_story(make_documents(FERRY))[0].title in {t.split("\n")[0] for t in FERRY}


def test_a_story_has_its_first_and_last_date() -> None:
    (story,) = one_story(make_documents(FERRY, dates=["2025-03-05", None, "2025-03-04"]))

    assert (story.first, story.last) == ("2025-03-04", "2025-03-05")


def test_the_same_words_a_year_apart_are_two_stories() -> None:
    stories = group_stories(make_documents(FERRY[:2], dates=["2024-03-04", "2025-03-04"]))

    assert len(stories) == 2


@pytest.mark.parametrize("events", SAME_TOWN)
def test_two_undated_events_of_one_town_are_two_stories(events: str) -> None:
    first, second = SAME_TOWN[events]

    assert [s.documents for s in group_stories(make_documents([*first, *second]))] == [("d0", "d1"), ("d2", "d3")]
    assert all(len(group_stories(make_documents([a, b]))) == 2 for a, b in zip(first, second, strict=True))


LIKE_FIRES = [
    "Fire destroys warehouse in Larnport\n\nA fire destroyed a warehouse on Quay Street in Larnport, "
    "and two firefighters were hurt, Rhys Morgan, the fire chief, said. The warehouse held paint.",
    "Larnport warehouse burns down\n\nA paint warehouse on Quay Street in Larnport burned down, fire "
    "chief Rhys Morgan said. Two of his firefighters were injured.",
    "Two firefighters hurt in Larnport blaze\n\nTwo firefighters were hurt as a warehouse burned in "
    "Larnport's harbour district. The building on Quay Street, which held paint, was lost, chief "
    "Rhys Morgan said.",
    "Fire destroys school in Larnport\n\nA fire destroyed a school on Hill Road in Larnport, and "
    "three pupils were hurt, Rhys Morgan, the fire chief, said. The school had been built in 1920.",
    "Old school in Larnport burns down\n\nThe old school on Hill Road in Larnport burned down, and "
    "three pupils were injured, fire chief Rhys Morgan said.",
    "Three pupils hurt in Larnport blaze\n\nThree pupils were hurt as a school burned in Larnport. "
    "The building on Hill Road, built in 1920, was lost, chief Rhys Morgan said.",
]
ONE_FIRE = [
    "Blaze guts paint warehouse in Larnport\n\nA warehouse on Quay Street in Larnport burned down, fire chief Rhys "
    "Morgan said. Pupils of a school nearby were sent home.",
    "Larnport paint depot lost to fire\n\nFire destroyed a depot on Quay Street in Larnport. Rhys Morgan, the fire "
    "chief, said that the flames came near a school.",
    "Pupils sent home as Larnport fire rages\n\nA school in Larnport sent its pupils home as a fire raged on Quay "
    "Street, chief Rhys Morgan said. A warehouse was lost.",
]


def test_two_fires_are_two_stories_where_one_title_says_who_was_hurt_and_not_what_burned() -> None:
    stories = group_stories(make_documents(LIKE_FIRES))

    assert [s.documents for s in stories] == [("d0", "d1", "d2"), ("d3", "d4", "d5")]


def test_one_fire_is_one_story_whatever_its_reports_call_what_burned() -> None:
    assert len(group_stories(make_documents(ONE_FIRE))) == 1


def test_no_documents_are_no_stories() -> None:
    assert group_stories([]) == ()
    assert one_story([]) == ()


def test_a_chain_of_loose_pairs_is_not_one_group() -> None:
    chain = np.eye(4)
    for at in range(3):
        chain[at, at + 1] = chain[at + 1, at] = 0.3

    assert part_documents(chain, 0.2) == [[0, 1], [2, 3]]


def test_names_begin_inside_a_sentence_or_go_on() -> None:
    assert list_names("Ferries stopped. Harbour master Mara Quill and NATO agree.") == [
        "mara",
        "quill",
        "mara quill",
        "nato",
    ]


@given(st.lists(st.floats(0, 1), min_size=15, max_size=15))
def test_every_document_is_in_exactly_one_group(values: list[float]) -> None:
    likeness = np.eye(6)
    for (left, right), value in zip(itertools.combinations(range(6), 2), values, strict=True):
        likeness[left, right] = likeness[right, left] = value
    groups = part_documents(likeness, 0.5)

    assert sorted(itertools.chain.from_iterable(groups)) == list(range(6))


def test_likeness_is_symmetric_and_a_share() -> None:
    likeness = measure_likeness(make_documents(FERRY + STRIKE))

    assert np.allclose(likeness, likeness.T)
    assert likeness.min() >= 0
    assert likeness.max() == pytest.approx(1.0)
