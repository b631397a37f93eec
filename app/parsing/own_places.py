"""Where one event of a sentence happened, out of all the places that the sentence names."""

from dataclasses import replace
from typing import Final

from app.parsing.candidates import Candidate
from app.parsing.clauses import WHEN_THEY_WILL, Clauses, is_aside
from app.parsing.kinds import MEETING, TRANSFER, VISIT
from app.parsing.patterns import compile_pattern
from app.parsing.places import EventPlaces, Place, Places, find_place, find_town_before, find_town_of_goods
from app.parsing.sentences import Dateline, is_inside_quotes
from app.parsing.speech import end_of_speech
from app.parsing.tokens import Token

_AND_THEN: Final = compile_pattern(r"^[^.;,]{0,40},? and (?:(?:also|then|later|there) )*$")
_THERE: Final = compile_pattern(
    r"^[^.;]{0,90}? there(?: (?:on|with|to|at|for|late|early|yesterday|today|last|by|\w+day)\b|[,.;]|$)"
)


_OPENS_BESIDE: Final = compile_pattern(
    r", (?:fresh|back|just back|newly returned|returning|en route|on (?:his|her|their) way|"
    r"following|after|who)\b[^,;]*$"
)
_CLOSES_BESIDE: Final = compile_pattern(r"^[^,;]{0,40}, ")
_SEVERAL: Final = 2


class OwnPlaces:
    """The place of each candidate of an article."""

    def __init__(self, text: str, clauses: Clauses, places: EventPlaces, dateline: Dateline | None) -> None:
        self._text, self._clauses, self._places, self._dateline = text, clauses, places, dateline

    def find(self, candidate: Candidate) -> Place:
        """Return where a candidate's sentence puts it."""
        arriving = candidate.frame.kind is VISIT
        places = self._places.of(candidate.analysis, arriving=arriving)
        if arriving and is_aside(self._text, candidate):
            places = self._of_aside(candidate, places)
        if places.named:
            places = self._of_clause(candidate, places)
        place = find_place(self._text, places, self._dateline, self._clauses.own_words(candidate))
        if place.city is None and candidate.frame.kind is TRANSFER:
            first = candidate.analysis.sentence.start
            place = find_town_of_goods(self._text, places, first) or place
        if place.city is None and not arriving and (there := self._find_there(candidate)) is not None:
            place = replace(there, venue=place.venue)
        # The town of the post is not where it was given.
        return replace(place, city=None) if candidate.frame.city_of_post else place

    def _of_aside(self, candidate: Candidate, places: Places) -> Places:
        """Leave out the places of others: `met in Lima with X, who is on a visit to Chile`."""
        first, last = self._clauses.aside(candidate) or (candidate.start, candidate.analysis.sentence.end)
        return replace(_within(places, first + 1, last), unlisted=None)

    def _of_clause(self, candidate: Candidate, places: Places) -> Places:
        """Leave out the towns of other clauses where its own has one: `met X in Lima; Y was in Quito …`."""
        places = _within(places, *self._reach(candidate))
        places = self._without_aside(candidate, places)
        own = _within(places, *self._clauses.between_semicolons(candidate))
        return own if any(told for _, told in own.named) else places

    def _without_aside(self, candidate: Candidate, places: Places) -> Places:
        """Leave out towns of words beside a name: `X, fresh from talks in Quito, met Y in Lima`."""
        behind = any(told and _is_behind(one, candidate) for one, told in places.named)
        if len(places.named) < _SEVERAL or not behind:
            return places
        first = candidate.analysis.sentence.start
        named = tuple(
            [
                item
                for item in places.named
                if _is_behind(item[0], candidate)
                or not _OPENS_BESIDE.search(self._text[first : item[0].start])
                or not _CLOSES_BESIDE.match(self._text[item[0].end : candidate.start])
            ]
        )
        return replace(places, named=named)

    def _reach(self, candidate: Candidate) -> tuple[int, int]:
        """Return from where and up to where places of the sentence may be the candidate's."""
        text, sentence = self._text, candidate.analysis.sentence
        first, ends = 0, [sentence.end]
        if self._clauses.day_beside(candidate):
            first = candidate.start + 1  # "told reporters in Lima on Sunday, a day after meeting X"
        if not candidate.frame.by_the_way and (aside := self._clauses.by_the_way(candidate)):
            ends.append(aside)
        ahead = WHEN_THEY_WILL.search(text[candidate.end : sentence.end])
        if ahead is not None:  # "met to prepare for Monday, when they will visit Lima"
            ends.append(candidate.end + ahead.start())
        if is_inside_quotes(text[sentence.start : candidate.start]):
            # "I met X on Monday," he told reporters in Lima.
            ends.append(end_of_speech(text, candidate.end))
        if (since := self._clauses.since_last(candidate)) is not None:
            ends.append(since)
        if (onward := self._clauses.goes_on(candidate)) is not None:
            ends.append(onward)
        return first, min(ends)

    def _find_there(self, candidate: Candidate) -> Place | None:
        """Return the town that `there` means, said or not: `flew to Lima and met X there on Monday`."""
        words = self._text[candidate.start : candidate.analysis.sentence.end]
        said = " there" in words and _THERE.match(words) is not None
        if not said and candidate.frame.kind is not MEETING:
            return None
        town = find_town_before(self._places.of(candidate.analysis, arriving=True), candidate.start)
        if town is None or town.city is None or said:
            return town
        # "visited Lima on Monday and met Peru's Minister X": that is where the host is
        at_home = any(actor.party == town.country for actor in candidate.objects)
        return town if at_home and _AND_THEN.match(self._text[town.city.end : candidate.start]) else None


def _is_behind(town: Token, candidate: Candidate) -> bool:
    return town.start >= candidate.end


def _within(places: Places, first: int, last: int) -> Places:
    """Leave out the towns that are not named from one position of the text up to another."""
    named = tuple([one for one in places.named if first <= one[0].start < last])
    return places if len(named) == len(places.named) else replace(places, named=named)
