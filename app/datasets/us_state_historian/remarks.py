"""What a remark says: the kind of visit, whom the traveler went with, whom he met and on which day."""

import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.datasets.us_state_historian.americans import is_american
from app.datasets.us_state_historian.grammar import Named, Words, read_words
from app.datasets.us_state_historian.rows import Row
from app.datasets.us_state_historian.states import as_of
from app.datasets.us_state_historian.visitors import Leaders
from app.domain.vocabulary import Mode
from app.parsing.knowledge import Label

_CLAUSE_END = re.compile(r"(?<=[a-z)\]”’0-9]{2})\.(?:\s|$)|;")
_MET = re.compile(
    r"\b(?:met|meetings?|discuss(?:ed|ions?)|conferred|consult(?:ed|ations?)|audiences?|talks|conversations?|"
    r"negotiat(?:ed|ions?)|negotiating session|reviewed|explored|conferences?|summit(?: meetings?)?|dined|"
    r"lunch(?:ed|eon)?|dinner|breakfast|brunch|vacationed|visit(?:ed)?|exchanged views|spoke|reception)\b"
    r"[^.;]{0,120}?\b(?:with|by)\b|\b(?:briefed|called on|received by|hosted by|met)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\s*(?:and|also)\s+(?:(?:also|separately)\s+)*with\b", re.IGNORECASE)
_ENDS = re.compile(
    r"\b(?:attend(?:ed|ing)|address(?:ed|ing)|inspect(?:ed|ing)|visited|funeral|memorial|burial|coronation|"
    r"inauguration|en route|commemorat\w+|in honor|to discuss|dedicat\w+|signed|returned?|arrived|departed|"
    r"death|accompan\w+|joined|delivered|participated|about|regarding|concerning|whose)\b"
)
_TOGETHER = re.compile(
    r"\b(?:conferences?|trilateral|tripartite|quadripartite|four-power|five-power|three-way|summit)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"^\s*\[?(?:Accompan|Joined|Supported|With (?:Secretary|President))", re.IGNORECASE)
_MINISTERS_OF = re.compile(
    r"\b(?P<title>President|Prime Minister|Foreign Minister|Finance Minister|Premier|leader)s"
    r"(?: and [A-Z][\w ]+?)? of (?=(?:the )?[A-Z])"
)
_OWN_POSTS = re.compile(r"^(?:Special (?:Presidential )?Envoy|National Security Advis[eo]r)$")
"""Where no country is named beside them, the traveler's own."""
_OFFICIALS = re.compile(r"\b(?:officials|authorities|(?:senior|government) leaders)\b")
_OUT_OF_OFFICE = re.compile(r"Opposition|Party|Candidate")
_NO_PERSON = re.compile(r"\b(?:Session|Summit|Conference|Representative|Association)\b")
_DAY = re.compile(rf"\b({'|'.join(list(month_name)[1:])}) (\d{{1,2}})(?!\d|[–-]\d|,? \d{{4}})")
_NEAR = timedelta(days=2)
_REACH = 40
"""Most characters between the word `officials` and the country that they serve."""

_VISIT_MODES = {
    Mode.STATE: r"\bstate visit",
    Mode.PRIVATE: r"\b(?:private|unofficial) visit|\bvacation|\bfishing trip|\bmedical",
    Mode.OFFICIAL: r"\bofficial (?:\w+ )?visit|\bguest of (?:the )?(?:U\.S|gov)",
    Mode.WORKING: r"\bworking (?:\w+ )?visit",
    Mode.TRANSIT: r"^(?:(?:brief|overnight|refuel\w*|short) )?(?:stop|(?:dis)?embark|transit|layover)\w*",
}
_MEETING_MODES = {
    Mode.SIDELINE: r"\b(?:on the )?sidelines?\b",
    Mode.CALL_ON: r"\baudience\b|\bcalled on\b",
    Mode.SUMMIT: r"\bsummit (?:meeting )?with\b",
    Mode.TALKS: r"\b(?:discuss|talks|negotiat|conferred|consult)",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the row's traveler: the other parties with whoever is named, and the day if it is told."""

    parties: tuple[str, ...]
    people: tuple[tuple[str, Named], ...]
    company: tuple[Named, ...]
    day: date | None
    mode: Mode | None
    words: str


@dataclass(slots=True)
class Remarks:
    """What a remark says of a visit; `left_out` are people of whom it does not say for whom they act."""

    mode: Mode | None
    company: list[Named] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a row's remark; who was met stands between `start` and `end`."""

    row: Row
    home: str
    host: str
    leaders: Leaders
    words: Words
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.words.text


def read_remarks(row: Row, home: str, host: str, leaders: Leaders) -> Remarks:
    """Read a row's remark; `home` is the traveler's party, `host` that of the country gone to."""
    told = Remarks(_mode(_VISIT_MODES, row.remarks))
    met = False
    for text in _CLAUSE_END.split(row.remarks):
        words = read_words(text, row.first)
        with_them = bool(row.abroad and _COMPANY.search(text))
        company = [one for one in words.people if with_them and is_american(one, row.first)]
        told.company += company
        scope = _find_scope(text, met)
        met = scope is not None
        if scope:
            clause = _Clause(row, home, host, leaders, words, *scope)
            told.meetings += _find_meetings(clause, tuple(company), told.left_out)
    return told


def _mode(modes: dict[Mode, str], text: str) -> Mode | None:
    return next((mode for mode, pattern in modes.items() if re.search(pattern, text, re.IGNORECASE)), None)


def _find_scope(text: str, met_before: bool) -> tuple[int, int] | None:
    """Return where the people who were met stand in a clause."""
    started = _MET.search(text) or (_GOES_ON.search(text) if met_before else None)
    if not started:
        return None
    ended = _ENDS.search(text, started.end())
    again = ended and _MET.search(text, ended.end())
    return started.end(), len(text) if again or not ended else ended.start()


def _find_meetings(clause: _Clause, company: tuple[Named, ...], left_out: list[str]) -> Iterator[Meeting]:
    met: dict[str, list[Named]] = {}
    for one in clause.words.people:
        if not clause.start <= one.start < clause.end or _is_no_holder(clause.text, one):
            continue
        party = _party_of(clause, one)
        if party is None:
            left_out.append(one.name or one.title or "")
        elif party != clause.home:
            met.setdefault(party, []).append(one)
    ministers = _add_ministers(clause, met)
    _add_officials(clause, met)
    together = bool(_TOGETHER.search(clause.text[: clause.start]) and len(met) > 1)
    apart = [(party,) for party in met if party not in ministers]
    for group in [tuple(met)] if together else filter(None, [*apart, ministers]):
        yield Meeting(
            parties=group,
            people=tuple((party, one) for party in group for one in met[party] if one.name or one.title),
            company=company,
            day=_day(clause),
            mode=Mode.SUMMIT if len(group) > 1 else _mode(_MEETING_MODES, clause.text[: clause.end]),
            words=clause.text,
        )


def _is_no_holder(text: str, one: Named) -> bool:
    """Tell whether somebody has left office or seeks it, or is only half of a double office."""
    if one.former or (one.title and _OUT_OF_OFFICE.search(one.title)):
        return True
    if one.name and _NO_PERSON.search(one.name):
        return True
    return (
        not one.name and bool(one.title) and (str(one.title).islower() or text[one.end : one.end + 1] == "/")
    )


def _party_of(clause: _Clause, one: Named) -> str | None:
    """Return for whom somebody acts: what the words beside the name say, else the host, else nobody known."""
    if one.party:
        return one.party
    if is_american(one, clause.row.first):
        return "USA"
    if clause.row.abroad and one.title and _OWN_POSTS.search(one.title):
        return clause.home
    host = clause.host if clause.row.abroad else None
    if one.name and (party := clause.leaders.find_party(one.name, one.title, clause.row.first, host)):
        return party
    american = not clause.row.abroad and one.title and one.title.startswith(("Vice President", "Secretary"))
    return clause.host if american else host


def _add_ministers(clause: _Clause, met: dict[str, list[Named]]) -> tuple[str, ...]:
    """Add `the Foreign Ministers of Britain, France and Russia`; return their parties, which meet as one."""
    found = _MINISTERS_OF.search(clause.text, clause.start)
    if not found:
        return ()
    parties: list[str] = []
    for token in clause.words.tokens:
        if token.start < found.end():
            continue
        if token.label is Label.PARTY and len(token.parties) == 1:
            party = as_of(token.parties[0], clause.row.first)
            if party != clause.home:
                held = found["title"] if found["title"].istitle() else None
                met.setdefault(party, []).append(Named(0, 0, None, None, held, party, False))
                parties.append(party)
        elif token.label not in (Label.THE, Label.COMMA, Label.AND):
            break
    return tuple(dict.fromkeys(parties))


def _add_officials(clause: _Clause, met: dict[str, list[Named]]) -> None:
    """Add the parties of `senior Egyptian officials`; without an adjective they are the host's."""
    if _MINISTERS_OF.search(clause.text, clause.start):
        return
    for found in _OFFICIALS.finditer(clause.text, clause.start, clause.end):
        near = [
            as_of(token.parties[0], clause.row.first)
            for token in clause.words.tokens
            if found.start() - _REACH < token.start < found.start()
            and token.label is Label.DEMONYM
            and len(token.parties) == 1
        ]
        for party in near[-1:] or ([clause.host] if clause.row.abroad else []):
            if party != clause.home:
                met.setdefault(party, [])


def _day(clause: _Clause) -> date | None:
    """Return the one day that a clause gives, if it is one of the row's."""
    row, days = clause.row, set()
    for found in _DAY.finditer(clause.text):
        for year in {row.first.year, row.last.year}:
            try:
                day = date(year, list(month_name).index(found[1]), int(found[2]))
            except ValueError:
                continue
            if row.first - _NEAR <= day <= row.last + _NEAR:
                days.add(day)
    return days.pop() if len(days) == 1 else None
