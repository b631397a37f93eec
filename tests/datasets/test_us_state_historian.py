"""The Office of the Historian's rows as records. The rows here are invented, in the lists' own form."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from app.datasets.shapes import Dataset, Skipped
from app.datasets.us_state_historian import read_dataset
from app.datasets.us_state_historian.grammar import read_words
from app.datasets.us_state_historian.names import name_words
from app.datasets.us_state_historian.people import Sighting, resolve_people
from app.datasets.us_state_historian.states import find_party
from app.datasets.us_state_historian.visitors import Visitor, read_visitors
from app.domain.record import EventRecord
from app.domain.vocabulary import DatePrecision, EventKind, Mode, PartyRole
from app.errors import DatasetFileInvalid, DatasetNotFound

ROWS = Path(__file__).with_name("rows")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read_dataset(ROWS)


def records_of(dataset: Dataset, row: str) -> tuple[EventRecord, ...]:
    (found,) = [
        one.records
        for one in dataset.rows
        if f"{one.source.dataset}/{one.source.record_id}" == f"us-state-historian/{row}"
    ]
    return found


def names_in(record: EventRecord) -> list[tuple[str, str | None]]:
    return [(person.party, person.name or person.title) for person in record.participants]


def test_a_visit_has_its_days_its_mode_and_its_sides(dataset: Dataset) -> None:
    visit, _ = records_of(dataset, "visits/1")
    assert (visit.kind, visit.mode) == (EventKind.VISIT, Mode.STATE)
    assert (visit.date.start, visit.date.end) == (date(1980, 5, 5), date(1980, 5, 7))
    assert visit.date.precision is DatePrecision.RANGE
    assert {(one.party, one.role) for one in visit.parties} == {
        ("PER", PartyRole.VISITOR),
        ("USA", PartyRole.HOST),
    }
    assert names_in(visit) == [("PER", "Ana Solis")]
    assert visit.place.country == "USA"


def test_a_meeting_in_a_visit_is_on_the_day_that_the_remark_gives(dataset: Dataset) -> None:
    _, meeting = records_of(dataset, "visits/1")
    assert (meeting.kind, meeting.parent) == (EventKind.MEETING, 0)
    assert (meeting.date.start, meeting.date.precision) == (date(1980, 5, 6), DatePrecision.DAY)
    assert names_in(meeting) == [("PER", "Ana Solis"), ("USA", "Jimmy Carter")]
    assert "trade" in meeting.topics


def test_a_state_that_ended_is_the_party_it_was_and_two_visitors_are_two(dataset: Dataset) -> None:
    visit, meeting = records_of(dataset, "visits/2")
    assert names_in(visit) == [("SUN", "Oleg Petrov"), ("SUN", "Ivan Orlov")]
    assert meeting.place.venue == "Camp David"


def test_everybody_met_stands_under_the_party_that_the_words_give(dataset: Dataset) -> None:
    visit, *meetings = records_of(dataset, "president-travels/10")
    assert visit.mode is Mode.OFFICIAL
    assert (visit.place.city, visit.place.country) == ("Bonn", "XDE")
    assert [names_in(one)[1:] for one in meetings] == [
        [("XDE", "Weber")],
        [("FRA", "Marc Dumont")],
        [("ITA", "Foreign Minister"), ("ESP", "Foreign Minister")],
    ], "the ministers of several countries, named as one, make one meeting"


def test_transit_and_holidays_are_what_they_are(dataset: Dataset) -> None:
    (stop,) = records_of(dataset, "president-travels/11")
    (holiday,) = records_of(dataset, "president-travels/12")
    assert (stop.mode, holiday.mode) == (Mode.TRANSIT, Mode.PRIVATE)


def test_company_shares_the_visit_and_the_meeting_and_the_dead_were_not_met(dataset: Dataset) -> None:
    visit, meeting = records_of(dataset, "secretary-travels/20")
    assert names_in(visit) == [("USA", "Cyrus Vance"), ("USA", "Jimmy Carter")]
    assert names_in(meeting) == [("USA", "Cyrus Vance"), ("USA", "Jimmy Carter"), ("XDE", "Weber")]


def test_people_of_two_parties_make_a_meeting_for_each(dataset: Dataset) -> None:
    _, *meetings = records_of(dataset, "secretary-travels/21")
    assert [names_in(one) for one in meetings] == [
        [("USA", "Cyrus Vance"), ("PER", "Ana Solis")],
        [("USA", "Cyrus Vance"), ("SUN", "Andrei Gromyko")],
    ]


def test_a_surname_is_the_person_of_that_party_and_office(dataset: Dataset) -> None:
    names = Counter(person.name for person in dataset.people)
    assert names["Ana Solis"] == 1
    assert "Solis" not in names
    (solis,) = [person for person in dataset.people if person.name == "Ana Solis"]
    assert [(o.title, o.first, o.last) for o in solis.offices] == [
        ("President", date(1980, 2, 1), date(1980, 5, 7))
    ]


def test_what_becomes_no_event_is_told_with_the_reason(dataset: Dataset) -> None:
    assert dataset.skipped == (
        Skipped("visits/3", "it ends (1980-06-01) before it begins (1980-06-09)"),
        Skipped("visits/4", "no party is known as 'Ruritania'"),
        Skipped("secretary-travels/23", "Antarctica is no state: nobody was visited"),
    )


def test_a_folder_without_the_lists_and_a_broken_file_are_clear_errors(tmp_path: Path) -> None:
    with pytest.raises(DatasetNotFound, match="visits"):
        read_dataset(tmp_path)
    (tmp_path / "visits").mkdir()
    (tmp_path / "visits" / "1980.xml").write_text("<visits><visit>", encoding="utf-8")
    with pytest.raises(DatasetFileInvalid, match=r"1980\.xml"):
        read_dataset(tmp_path)


@pytest.mark.parametrize(
    ("printed", "day", "party"),
    [
        ("U.S.S.R.", date(1973, 1, 1), "SUN"),
        ("U.S.S.R.", date(1992, 1, 20), "RUS"),
        ("Germany", date(1905, 1, 1), "XGE"),
        ("Germany", date(1947, 3, 1), "XAG"),
        ("Germany, Federal Republic of", date(1953, 4, 1), "XDE"),
        ("Germany", date(1990, 10, 3), "DEU"),
        ("German Democratic Republic", date(1990, 6, 1), "DDR"),
        ("Yugoslavia", date(1971, 10, 1), "YUG"),
        ("Yugoslavia", date(2000, 11, 1), "SCG"),
        ("Czechoslovakia (government-in-exile)", date(1943, 5, 1), "CSK"),
        ("Vietnam", date(1957, 5, 8), "XVS"),
        ("Vietnam", date(2000, 11, 16), "VNM"),
        ("China, Republic of", date(1945, 4, 1), "CHN"),
        ("China, Republic of", date(1961, 7, 31), "TWN"),
        ("Korea, South", date(2018, 5, 22), "KOR"),
        ("Burma (Myanmar)", date(2012, 9, 19), "MMR"),
        ("Ruritania", date(2000, 1, 1), None),
    ],
)
def test_a_printed_country_is_the_party_of_its_day(printed: str, day: date, party: str | None) -> None:
    assert find_party(printed, day) == party


@pytest.mark.parametrize(
    ("printed", "visitors"),
    [
        ("Prime Minister J.M.G.M. (Tom) Adams", [("J.M.G.M. Adams", "Prime Minister")]),
        ("Prime Ministere Silvio Berlusconi", [("Silvio Berlusconi", "Prime Minister")]),
        ("President- elect Ernesto Zedillo", [("Ernesto Zedillo", "President-elect")]),
        ("Amir Sheikh Tamim bin Hamad Al Thani", [("Tamim bin Hamad Al Thani", "Amir")]),
        ("King Abdullah and Crown Prince Hussein", [("Abdullah", "King"), ("Hussein", "Crown Prince")]),
        ("Valdas Adamkus", [("Valdas Adamkus", None)]),
        ("Prince Rainier III", [("Rainier III", "Prince")]),
    ],
)
def test_a_cell_of_visitors_is_split_into_offices_and_names(
    printed: str, visitors: list[tuple[str, str | None]]
) -> None:
    assert read_visitors(printed) == tuple(Visitor(name, title) for name, title in visitors)


def sighted(name: str, year: int, title: str = "Prime Minister", party: str = "XYZ") -> Sighting:
    return Sighting(party, name, title, date(year, 1, 1), date(year, 1, 3))


def test_spellings_of_one_name_are_one_person_and_namesakes_of_other_parties_are_not() -> None:
    people, _ = resolve_people(
        [
            sighted("Jacques R. Vidal", 1995),
            sighted("Jacques Vidal", 1999),
            sighted("Jacques Vidal", 1999, party="ABC"),
        ]
    )
    assert sorted((person.party, person.name) for person in people) == [
        ("ABC", "Jacques Vidal"),
        ("XYZ", "Jacques R. Vidal"),
    ]  # fmt: skip


def test_father_and_son_decades_apart_are_two_people() -> None:
    people, _ = resolve_people([sighted("Jose Figuera", 1950), sighted("Jose Figuera", 1990)])
    assert len(people) == 2


def test_a_surname_that_two_in_the_office_bear_stays_as_it_is_printed() -> None:
    people, _ = resolve_people([sighted("Ann Lee", 2000), sighted("Bob Lee", 2000), sighted("Lee", 2000)])
    assert sorted(person.name for person in people) == ["Ann Lee", "Bob Lee", "Lee"]


def test_an_office_held_twice_with_another_between_gives_two_tenures() -> None:
    people, _ = resolve_people(
        [sighted("Nora Ash", 1990), sighted("Bela Orr", 1994), sighted("Nora Ash", 1997)]
    )
    (nora,) = [person for person in people if person.name == "Nora Ash"]
    assert [(office.first, office.last) for office in nora.offices] == [
        (date(1990, 1, 1), date(1990, 1, 3)),
        (date(1997, 1, 1), date(1997, 1, 3)),
    ]


def test_names_are_compared_without_accents_particles_and_initials() -> None:
    assert name_words("Hamad bin Isa al-Khalifa") == name_words("Hamad Isa Al Khalifa")
    assert name_words("José M. Aznar") == name_words("Jose Aznar")


def test_a_king_is_known_by_his_name_and_an_office_of_an_organization_is_its_own() -> None:
    words = "Met with King Philippe, Prime Minister Michel, and EU High Representative Catherine Ashton."
    people = read_words(words, date(2013, 5, 1)).people
    assert [(one.name, one.title, one.party) for one in people] == [
        ("Philippe", "King", None),
        ("Michel", "Prime Minister", None),
        ("Catherine Ashton", "High Representative", "EU"),
    ]
