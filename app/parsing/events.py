"""Step 8: from sightings to one record for each occurrence, the lead's and the background's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from app.domain.dates import ReportedDate
from app.domain.record import EventRecord
from app.domain.vocabulary import DatePrecision, EventStatus
from app.parsing.attachments import attach, start_of
from app.parsing.dates import EventDates, find_dates
from app.parsing.delegations import Leader
from app.parsing.drafts import HEAD_SENTENCES, LEADING, NEWS, Draft
from app.parsing.kinds import (
    AGREEMENT,
    BODY,
    CALL,
    CANCELLED,
    CREDENTIALS,
    EXERCISE,
    HEADLINE,
    MEETING,
    OCCURRED,
    PLANNED,
    POSTPONED,
    TALKS,
    VISIT,
)
from app.parsing.knowledge import organization_ids
from app.parsing.linking import Analysis, Person, parties_named
from app.parsing.patterns import compile_pattern
from app.parsing.places import EventPlaces, find_place
from app.parsing.references import OTHER_EVENT, Reference
from app.parsing.sightings import Sighting
from app.parsing.spans import Anchor, DateMention, Sentence
from app.parsing.stays import Stay, find_stays
from app.parsing.stops import share_stops

_ONE_DAY: Final = timedelta(days=1)
_TALKS_OF_ANY_KIND: Final = ("held_talks", "meeting_with")
"""Frames of headlines that may tell of a call: `X and Y held talks`."""
_NEXT_SENTENCES: Final = 3
_PAIR: Final = 2
_LEAD_LINES: Final = 4
"""The headline, the summary and the first sentences, of which one may give the day of all that follows."""
_AT_TALKS: Final = compile_pattern(
    r"\b(?:following|after|during|at|(?:end|close|conclusion) of|(?:margins|sidelines) of) "
    r"(?:the|their|these|this|those|his|her) (?:[a-z]+ )?"
    r"(?:meetings?|talks|sessions?|consultations|negotiations|"
    r"discussions?|event|summit|ceremony|conversation)\b",
    ignore_case=True,
)
_VIEWS: Final = compile_pattern(
    r"^(?:(?:News )?Analysis|Backgrounder|Background|Column|Comment|Commentary|Editorial|Explained|Explainer|"
    r"Factbox|Insight|Interview|Op-?ed|Opinion|Perspective|Profile|Q&A|Review|Timeline|Viewpoint)s?"
    r"(?: ?[:|–—]| -) |^(?:Why|How|What) |[?]$|[|] (?:Analysis|Commentary|Editorial|Opinion)$",
    ignore_case=True,
)
"""Headlines of articles that explain or judge: what they tell of is what was before."""
_AUTHOR: Final = compile_pattern(
    r"^\W{0,2}(?:The (?:author|writer)s? (?:is|are|was|were)\b|(?:The )?views expressed\b)", ignore_case=True
)
_CREDENTIALS: Final = compile_pattern(
    r"\b(?:credentials|credence|accredit\w*|ambassadors?|envoys|ceremony)\b", ignore_case=True
)


def make_records(
    text: str,
    sightings: Iterable[Sighting],
    sentences: Sequence[Sentence],
    days: EventDates,
    places: EventPlaces,
    analyses: Sequence[Analysis],
    leaders: Sequence[Leader],
    references: Iterable[Reference],
) -> tuple[EventRecord, ...]:
    """Return one record for each occurrence that the sightings tell of."""
    groups = [group for group in _gather(sightings) if any(sighting.strong for sighting in group)]
    if not groups:
        return ()
    body = [sentence.start for sentence in sentences if sentence.section is BODY]
    lead_ends = body[:HEAD_SENTENCES] or [0]
    records = _draft(text, groups, sentences, lead_ends, days.anchor, analyses, leaders, references)
    _share_stays(text, records, analyses, days.anchor)
    _share_plans(records, days.anchor)
    _share_ends(records)
    _set_aside(records, _Head(analyses, lead_ends[-1]))
    if _tells_views(text, sentences) and not any(map(_is_news, records)):
        for record in records:
            record.by_the_way = record.by_the_way or record.status() is OCCURRED
    happened = any(one.status() is OCCURRED and one.leads(1) and one.is_of_now for one in records)
    for record in records:
        record.after_news = happened
    _share_days(text, records, sentences, days)
    _share_towns(text, records, analyses, places)
    _set_apart(records)
    return tuple(record.make() for record in records)


def _tells_views(text: str, sentences: Sequence[Sentence]) -> bool:
    """Tell whether an article explains or judges: its headline says so, or it ends with who its author is."""
    headlines = [one for one in sentences[:_PAIR] if one.section is HEADLINE]
    if any(_VIEWS.search(text[one.start : one.end]) for one in headlines):
        return True
    return any(_AUTHOR.match(text[one.start : one.end]) for one in sentences[-_NEXT_SENTENCES:])


def _is_news(record: Draft) -> bool:
    """Tell whether what happened is told as news are, whatever the headline asks or explains."""
    told = record.tells_who_and_when() or (record.leads(1) and record.is_sure and record.has_own_day())
    return told and record.status() is OCCURRED


def _draft(
    text: str,
    groups: Sequence[Sequence[Sighting]],
    sentences: Sequence[Sentence],
    lead_ends: Sequence[int],
    anchor: Anchor | None,
    analyses: Sequence[Analysis],
    leaders: Sequence[Leader],
    references: Iterable[Reference],
) -> list[Draft]:
    """Return a draft for each occurrence, with what sentences of no occurrence add to it."""
    own = {id(sighting.candidate.analysis.sentence) for group in groups for sighting in group}
    others = [sentence for sentence in sentences if id(sentence) not in own]
    added = attach(references, groups)
    following = [tuple(_next(group, analyses, own)) for group in groups]
    return [
        Draft(text, group, anchor, others, lead_ends, leaders, added[index], following[index])
        for index, group in enumerate(groups)
    ]


def _share_stays(
    text: str, records: Sequence[Draft], analyses: Sequence[Analysis], anchor: Anchor | None
) -> None:
    """Give each visit the last day or the length of a stay that a sentence tells of its visitors."""
    visits = sorted((one for one in records if one.is_open_stay()), key=lambda one: start_of(one.best))
    if not visits:
        return
    told: dict[int, list[Stay]] = defaultdict(list)
    for stay in find_stays(text, analyses, anchor):
        going = [one for one in visits if not one.begins_after(stay)]
        possible = [one for one in going if not stay.parties or stay.parties & one.visitors()]
        before = [one for one in possible if start_of(one.best) <= stay.start]
        if possible:
            told[id(before[-1] if before else possible[0])].append(stay)
    for visit in visits:
        visit.last_with(told[id(visit)])


def _share_plans(records: Sequence[Draft], anchor: Anchor | None) -> None:
    """Let what only nouns tell of wait too, where what the same parties plan leads the article."""
    done = [one for one in records if one.leads() and one.is_sure and one.status() is OCCURRED]
    for plan in records:
        if not plan.leads() or not plan.is_sure or plan.status() is OCCURRED:
            continue
        news = (one for one in done if one.leads(1) or start_of(one.best) <= start_of(plan.best))
        if any(one.nearness(plan)[0] > 1 for one in news):
            continue
        for record in records:
            over = anchor is not None and record.ended_before(anchor.day - _ONE_DAY)
            if not over and record.is_of_now and not record.is_sure and record.nearness(plan)[0] > 1:
                record.plan = plan.status()


def _share_ends(records: Sequence[Draft]) -> None:
    """Call off what was to be part of what was: `put off her visit. She was to meet President X.`"""
    off = [one for one in records if one.status() in (CANCELLED, POSTPONED)]
    for record in records if off else ():
        parts = (
            one for one in off if record.parties() <= one.parties() and one.best.order <= record.best.order
        )
        whole = next(parts, None)
        if whole is None or (whole.named() and not record.has_people_of(whole)):
            continue  # what others planned may go on
        if record.was_to_be():
            record.called_off = whole.status()


def _share_days(text: str, records: Sequence[Draft], sentences: Sequence[Sentence], days: EventDates) -> None:
    """Give what has no date the day of the occasion that the article reports: `They also discussed …`."""
    before = {id(record) for record in records if record.is_day_before()}
    _put_beside(text, records, sentences, days)
    undated = [record for record in records if record.needs_day()]
    if not undated:
        return
    news = days.anchor.day - NEWS if days.anchor else date.min
    dated = [record for record in records if record.has_day_since(news)]
    recent = _day_at_head(text, sentences, days, news)
    for record in undated:
        alike = [other for other in dated if other.is_of_now and other.can_date(record)]
        alike = [other for other in alike if id(other) not in before] or alike
        donor = max(alike, key=lambda other: other.fitness(record), default=None)
        if recent is not None and donor is not None and record.stands_between(recent, donor):
            record.take_day(recent)  # "On Tuesday he got an answer. He met X, who came on Monday."
        elif donor is not None and donor.mention is not None and record.nearness(donor)[0] > 0:
            record.take_day(donor.mention)
        elif recent is not None and record.status() is OCCURRED:
            record.take_day(recent)


def _put_beside(text: str, records: Sequence[Draft], sentences: Sequence[Sentence], days: EventDates) -> None:
    """Give what words put beside another's day its own, by all days of the text: `The following day …`."""
    for record in records:
        if record.is_beside():
            # In its own sentence a day of telling counts too: "said on Tuesday that they met a day earlier"
            own = record.best.candidate.analysis.sentence
            told = [
                day
                for sentence in sentences
                for day in (find_dates(text, sentence, days.anchor) if sentence is own else days.of(sentence))
            ]
            record.take_day_beside(records, told)


def _day_at_head(
    text: str, sentences: Sequence[Sentence], days: EventDates, news: date
) -> DateMention | None:
    """Return the first day that the headline or the first sentences give, if not long before the article."""
    for sentence in sentences[:_LEAD_LINES]:
        if OTHER_EVENT.match(text[sentence.start : sentence.end]):
            continue  # "The previous exchange, on 3 May, was larger"
        for mention in days.of(sentence):
            told = mention.date
            ahead = (
                told.rule == "relative_day" and days.anchor and told.start and told.start > days.anchor.day
            )
            if told.precision is DatePrecision.DAY and told.end and told.end >= news and not ahead:
                return mention
    return None


def _set_apart(records: Sequence[Draft]) -> None:
    """Note what others did before the day of the news, and what the article so tells by the way."""
    news = [one for one in records if one.leads() and one.is_of_now and one.status() is OCCURRED]
    days = [one.mention.date.start for one in news if one.mention and one.mention.date.start]
    for record in records:
        # What the same people did is part of it: "X, who came on Monday, met Y on Tuesday and Z today"
        apart = not any(one.nearness(record)[0] > 1 or record.is_about_those_of(one) for one in news)
        record.before_news = bool(days) and apart and record.ended_before(min(days) - _ONE_DAY)


class _Head:
    """Whom the headline and the first sentences of an article name, for it is about those."""

    def __init__(self, analyses: Sequence[Analysis], end: int) -> None:
        first = [one for one in analyses if one.sentence.section in LEADING or _is_in_body(one, end)]
        self.parties, self.people = _parties_of(first), _people_of(first)
        self.in_headline = _parties_of(one for one in first if one.sentence.section is HEADLINE)

    def is_about(self, record: Draft) -> bool:
        """Tell whether it names both sides of what is told near it, or is done by somebody that it names."""
        named = not record.people().isdisjoint(self.people)
        return record.parties() <= self.parties and (named or record.leads(HEAD_SENTENCES))


def _is_in_body(analysis: Analysis, end: int) -> bool:
    return analysis.sentence.section is BODY and analysis.sentence.start <= end


def _parties_of(analyses: Iterable[Analysis]) -> set[str]:
    """Return the parties that sentences name, and those that their people act for."""
    told: set[str] = set()
    for one in analyses:
        told.update(parties_named(one.named))
        told.update(actor.party for actor in one.actors if actor.party)
    return told


def _people_of(analyses: Iterable[Analysis]) -> frozenset[int]:
    return frozenset(id(actor.person) for one in analyses for actor in one.actors if actor.person is not None)


def _set_aside(records: Sequence[Draft], head: _Head) -> None:
    """Note what the body tells by the way: `The test came as X was in Lima`, under news of the test.

    It is part of the news if an event at the head is between the same parties, or of the same people. Else
    the head must name both sides, and a verb must tell it, not only a noun as in `after a visit to Peru`.
    """
    leading = [one for one in records if one.leads() and one.is_of_now]
    news = [*leading, *(one for one in records if one.tells_who_and_when())]
    named = head.people if leading else frozenset()
    for record in records:
        near = any(one.nearness(record)[0] > 1 for one in news)
        others = not any(one is not record and one.has_people_of(record) for one in leading)
        if (near or others) and record.only_gives_time():
            record.by_the_way = True  # "Two months after X met Y, the talks broke off"
        elif near:
            record.by_the_way = False
        elif not record.leads() and not (leading and record.is_one_more()):
            same = bool(record.people() & named) or any(record.has_people_of(one) for one in news)
            record.by_the_way = _is_aside(record, head, same=same, headed=bool(leading))
    more = [one for one in records if leading and one.is_one_more() and not one.by_the_way]
    for record in records:
        # "He also met X. The two signed an accord"
        signed = record.best.kind is AGREEMENT and record.is_of_now
        if record.by_the_way and signed and any(one.nearness(record)[0] > 1 for one in more):
            record.by_the_way = False


def _is_aside(record: Draft, head: _Head, *, same: bool, headed: bool) -> bool:
    """Tell whether what the body tells of other parties than those of the news is none of it.

    `same` says that people of the news took part, `headed` that an event is told at the head.
    """
    if not (record.is_sure or record.leads(HEAD_SENTENCES) or (same and record.has_own_day())):
        return not (headed and record.parties() <= head.in_headline)
    return not (same or (record.parties() <= head.parties if headed else head.is_about(record)))


def _share_towns(
    text: str, records: Sequence[Draft], analyses: Sequence[Analysis], places: EventPlaces
) -> None:
    """Give what the headline and the first sentence tell of the town of the headline: `Talks in Lima`."""
    first = next((one.sentence.start for one in analyses if one.sentence.section is BODY), 0)
    at_head = [
        record
        for record in records
        if record.best.kind is not VISIT
        and min(start_of(sighting) for sighting in record.group) <= first
        and record.is_of_now
    ]
    headlines = (one for one in analyses if at_head and one.sentence.section is HEADLINE)
    told = (find_place(text, places.of(one)) for one in headlines)
    town = next((place for place in told if place.city), None)
    for record in at_head:
        record.occasion = town
    _share_ceremonies(text, records, analyses, places)
    _share_meetings(text, records)
    share_stops(records)


def _share_meetings(text: str, records: Sequence[Draft]) -> None:
    """Give what was signed at a meeting its town: `Following the talks, they signed an accord.`"""
    met = [record for record in records if record.best.kind is MEETING]
    signed = [record for record in records if record.best.kind is AGREEMENT] if met else ()
    for record in signed:
        sentence = record.best.candidate.analysis.sentence
        if record.occasion or not _AT_TALKS.search(text[sentence.start : sentence.end]):
            continue
        same = [
            one
            for one in met
            if one.best.roles.keys() == record.best.roles.keys()
            and start_of(one.best) <= start_of(record.best)
        ]
        if same:
            record.occasion = next((one.place for one in same[-1].group if one.place.city), None)


def _share_ceremonies(
    text: str, records: Sequence[Draft], analyses: Sequence[Analysis], places: EventPlaces
) -> None:
    """Give envoys who are listed below the town of their ceremony: `received credentials in Lima from: …`."""
    accredited = [one for one in records if one.best.candidate.frame.mode is CREDENTIALS]
    for record in accredited:
        first = min(start_of(sighting) for sighting in record.group)
        above = next((one for one, here in pairwise(analyses) if here.sentence.start == first), None)
        if above is not None and _CREDENTIALS.search(text[above.sentence.start : above.sentence.end]):
            record.occasion = record.occasion or find_place(text, places.of(above))


def _next(group: Sequence[Sighting], analyses: Sequence[Analysis], own: set[int]) -> Iterator[Person]:
    """Yield the people named in the sentences behind those that tell of an occurrence.

    Who is named in the sentence of another event, `own` holds them, signed nothing.
    """
    last = max(start_of(sighting) for sighting in group)
    signed = group[0].kind is AGREEMENT
    following = [one for one in analyses if one.sentence.start > last and one.sentence.section is BODY]
    for analysis in following[:_NEXT_SENTENCES]:
        if signed and id(analysis.sentence) in own:
            return
        for actor in analysis.actors:
            if actor.person is not None and actor.person.name:
                yield actor.person


def _gather(sightings: Iterable[Sighting]) -> list[list[Sighting]]:
    """Put together the sightings of one occurrence, the strong ones first."""
    occurrences: list[_Occurrence] = []
    for sighting in sorted(
        sightings,
        key=lambda one: (
            not one.candidate.frame.gathers,
            one.told_as_talks,
            one.section in LEADING,
            not one.people,
            one.order,
        ),
    ):
        fitting = _fitting(sighting, occurrences)
        if fitting is not None:
            fitting.add(sighting)
        elif sighting.strong and not (
            _is_their_purpose(sighting, occurrences) or _is_at_ceremony(sighting, occurrences)
        ):
            occurrences.append(_Occurrence(sighting))
    groups = [occurrence.sightings for occurrence in occurrences]
    return sorted(groups, key=lambda group: min(sighting.order for sighting in group))


def _fitting(sighting: Sighting, occurrences: Sequence["_Occurrence"]) -> "_Occurrence | None":
    """Return what a sighting is one more account of; what was discussed, at the meeting that came last."""
    fitting = (one for one in occurrences if one.fits(sighting))
    if not sighting.told_as_talks and not (sighting.again and sighting.kind in TALKS):
        return next(fitting, None)
    return max(fitting, key=lambda one: one.nearness(sighting), default=None)


def _is_their_purpose(sighting: Sighting, occurrences: Sequence["_Occurrence"]) -> bool:
    """Tell whether words give what those who met did or meant to do: `X rang Y to discuss the visit of Z`."""
    return (sighting.by_the_two or (sighting.told_as_talks and sighting.status is PLANNED)) and any(
        one.kind in TALKS and one.parties == sighting.roles.keys() for one in occurrences
    )


def _is_at_ceremony(sighting: Sighting, occurrences: Sequence["_Occurrence"]) -> bool:
    """Tell whether words go on about credentials: `Minister X received them. She welcomed the envoy.`"""
    if sighting.candidate.frame.id != "received" or sighting.anew or sighting.dates or sighting.place.city:
        return False
    return any(
        one.sightings[0].mode is CREDENTIALS
        and one.parties == sighting.roles.keys()
        and one.has_all(sighting)
        for one in occurrences
    )


class _Occurrence:
    """The sightings of one occurrence, with what is known of it so far."""

    def __init__(self, first: Sighting) -> None:
        self.kind, self.parties = first.kind, first.roles.keys()
        self.sightings: list[Sighting] = []
        self._people: dict[str, set[int]] = defaultdict(set)
        self._offices: set[tuple[str, str]] = set()
        self._unnamed: dict[str, set[int]] = defaultdict(set)
        self._heads: dict[str, set[int]] = defaultdict(set)
        self._lesser: set[int] = set()
        self._dates: dict[ReportedDate, None] = {}
        self._sure: set[EventStatus] = set()
        self._anew = first.anew
        self.add(first)

    def add(self, sighting: Sighting) -> None:
        self.sightings.append(sighting)
        self._anew = self._anew and sighting.anew
        if sighting.sure and not sighting.told_as_talks:
            self._sure.add(sighting.status)
        self._offices |= sighting.offices
        for person in sighting.people:
            if person.name and person.party:
                self._people[person.party].add(id(person))
            elif person.titles and person.party:
                self._unnamed[person.party].add(id(person))
        self._lesser.update(map(id, sighting.lesser))
        for head in sighting.heads if sighting.candidate.frame.strong else ():
            if head.party:
                self._heads[head.party].add(id(head))
        self._dates.update({mention.date: None for mention in sighting.dates if mention.date.start})

    def has_all(self, sighting: Sighting) -> bool:
        """Tell whether nobody takes part there who does not here."""
        here = set().union(*self._people.values())
        return {id(person) for person in sighting.people if person.name} <= here

    def fits(self, sighting: Sighting) -> bool:
        if not self._has_kind(sighting) or not self._has_day(sighting):
            return False
        parties = sighting.roles.keys()
        if sighting.section in LEADING and (parties <= self.parties or parties >= self.parties):
            # A headline says again what the body tells, if with other spellings or fewer names.
            return True
        if sighting.again and parties < self.parties:
            return True  # "the aides of two of the three attended the talks"
        if self._gathers(sighting):
            return True
        if self.kind is EXERCISE and (parties <= self.parties or parties >= self.parties):
            return True  # "to train with ships of Peru and Chile as part of a joint exercise"
        return (
            parties == self.parties
            and (sighting.again or self._has_people(sighting))
            and self._goes_the_same_way(sighting)
            and not self._was_elsewhere(sighting)
            and not self._comes_later(sighting)
            and not self._was_before(sighting)
        )

    def nearness(self, sighting: Sighting) -> tuple[bool, bool, bool, int]:
        """Return whether it is as new, has the same people, and was told before, and how near."""
        first = self.sightings[0]
        new = first.long_ago is sighting.long_ago
        before = first.order <= sighting.order
        return self._has_people(sighting), new, before, first.order if before else -first.order

    def _gathers(self, sighting: Sighting) -> bool:
        """Tell whether one is the summit at which the other puts some of those who took part."""
        frame = self.sightings[0].candidate.frame
        if not frame.gathers or sighting.long_ago or not sighting.roles.keys() <= self.parties:
            return False
        named = {person.party for person in sighting.people if person.name}
        of_summit = sighting.roles.keys() & organization_ids() and named.isdisjoint(organization_ids())
        return bool(of_summit) or len(sighting.roles) > _PAIR

    def _was_elsewhere(self, sighting: Sighting) -> bool:
        """Tell whether the words put two meetings into towns of two countries, and one of them on a day."""
        if self.kind is not MEETING or not (sighting.place.city and sighting.place.country):
            return False
        towns = [one.place for one in self.sightings if one.place.city]
        return bool(sighting.dates) and any(
            one.country and one.country != sighting.place.country for one in towns
        )

    def _was_before(self, sighting: Sighting) -> bool:
        """Tell whether words put one with a day or a country of its own before what the article reports."""
        if not sighting.long_ago or self.sightings[0].long_ago:
            return False
        days = {mention.date for mention in sighting.dates}
        there = {one.place.country for one in self.sightings if one.place.city}
        told = bool(there and sighting.place.city) and not sighting.told_as_talks
        elsewhere = told and sighting.place.country not in there
        return elsewhere or (bool(days) and days.isdisjoint(self._dates))

    def _comes_later(self, sighting: Sighting) -> bool:
        """Tell whether one is over and the other still to come: `The next meeting will be held in Lima.`"""
        if self.kind is VISIT or sighting.told_as_talks:
            return False
        if PLANNED in (sighting.candidate.frame.status, self.sightings[0].candidate.frame.status):
            return sighting.status is not self.sightings[0].status  # "They agreed to meet again in May"
        before = {OCCURRED} if self.sightings[0].long_ago else set()
        told = {*self._sure, *before, sighting.status}
        return sighting.sure and {OCCURRED, PLANNED} <= told

    def _goes_the_same_way(self, sighting: Sighting) -> bool:
        """Tell whether a visit does not lead back to where the other came from."""
        return self.kind is not VISIT or any(
            self.sightings[0].roles[party] is role for party, role in sighting.roles.items()
        )

    def _has_kind(self, sighting: Sighting) -> bool:
        """Tell whether the kind is the same; `they discussed` goes with a call as with a meeting."""
        if sighting.told_as_talks:
            return self.kind in TALKS
        if self.kind is CALL and sighting.section in LEADING and not sighting.place.city:
            return sighting.kind is CALL or sighting.candidate.frame.id in _TALKS_OF_ANY_KIND
        return sighting.kind is self.kind

    def _has_people(self, sighting: Sighting) -> bool:
        """Tell whether no party has other people here than there."""
        apart = sighting.anew or self._anew
        for party in sighting.roles:
            here = {id(person) for person in sighting.people if person.party == party and person.name}
            there = self._people[party]
            told_of_both = bool(here and there) or (apart and bool(here or there))
            if told_of_both and here.isdisjoint(there):
                return False
            if not here and not there and self._is_with_another_office(sighting, party):
                return False
            if self._is_with_another_head(sighting, party, here, there):
                return False
        return True

    def _is_with_another_office(self, sighting: Sighting, party: str) -> bool:
        """Tell whether both are with offices alone: `met the Army Chief. He also called on the Premier.`"""
        here = {head for own, head in sighting.offices if own == party}
        there = {head for own, head in self._offices if own == party}
        if here and there and here.isdisjoint(there) and self.kind is MEETING:
            return True
        unnamed = {id(one) for one in sighting.people if one.party == party and one.titles}
        known = self._unnamed[party]
        return sighting.anew and bool(unnamed and known) and unnamed.isdisjoint(known)

    def _is_with_another_head(self, sighting: Sighting, party: str, here: set[int], there: set[int]) -> bool:
        """Tell whether one is with a head of state, and the other with somebody named who is none."""
        if self.kind not in TALKS or not sighting.candidate.frame.strong:
            return False
        heads, known = {id(one) for one in sighting.heads if one.party == party}, self._heads[party]
        if heads and there and not heads & known:
            return there <= self._lesser
        return bool(known and here and not known & heads and not there) and here <= set(
            map(id, sighting.lesser)
        )

    def _has_day(self, sighting: Sighting) -> bool:
        here = [mention.date for mention in sighting.dates if mention.date.start]
        return (
            not here
            or not self._dates
            or any(self._agree(one, other) for one in here for other in self._dates)
        )

    def _agree(self, one: ReportedDate, other: ReportedDate) -> bool:
        """Tell whether two dates may be of one event: a call in the midst of a conference is another."""
        if self.kind is MEETING and DatePrecision.DAY in (one.precision, other.precision):
            day, days = (one, other) if one.precision is DatePrecision.DAY else (other, one)
            if days.precision is DatePrecision.RANGE:
                return day.start in (days.start, days.end)
        return one.overlaps(other)
