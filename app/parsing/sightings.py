"""A candidate read whole: who took part for whom in which role, where, when, and whether it happened."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from app.domain.vocabulary import DatePrecision, EventKind, EventStatus, Mode, PartyRole
from app.parsing.candidates import Candidate
from app.parsing.dates import EventDates, find_tense
from app.parsing.home import SEATS
from app.parsing.kinds import (
    AGREEMENT,
    APPOINTMENT,
    BETWEEN_SIDES,
    BODY,
    CALL,
    CANCELLED,
    CREDENTIALS,
    DELEGATION,
    EXERCISE,
    HEADLINE,
    MEETING,
    OCCURRED,
    PERSONS,
    PLANNED,
    POST,
    POSTPONED,
    TALKS,
    TRANSFER,
    VISIT,
    VISITOR,
)
from app.parsing.knowledge import Label, find_country_of, organization_ids
from app.parsing.linking import Actor, Person
from app.parsing.patterns import compile_pattern, read_lexicon
from app.parsing.places import EventPlaces, Place, Places, find_place, find_town_before, is_of_body
from app.parsing.sentences import Dateline, is_inside_quotes
from app.parsing.spans import Anchor, DateMention, Section, Span, Tense
from app.parsing.speech import end_of_speech
from app.parsing.values import value
from app.parsing.visitors import is_private

_SEPARATELY = compile_pattern(
    r"\bseparate(?:ly)?\b|\brespectively\b|\bcalls\b|\bin turn\b|\bone[- ]on[- ]one meetings\b|"
    r"\band,? (?:(?:[\w\-]+ ){0,2}later|then|afterwards|shortly after),? with\b|"
    r"\bone (?:by one|after (?:the other|another)|at a time)\b|\bin succession\b|"
    r"\b(?:bilateral|two|three|four|five|six|seven|several) (?:(?:bilateral|separate) )?meetings\b",
    ignore_case=True,
)
_ALONE = compile_pattern(
    r"\bone (?:by one|after (?:the other|another)|at a time)\b|"
    r"\b(?:met|spoke) separately\b|\bseparately (?:met|spoke)\b",
    ignore_case=True,
)
_ON_ONE_LINE = compile_pattern(
    r"\b(?:joint|conference|group|collective|trilateral|quadrilateral|three-way|four-way|five-way|multilateral|"
    r"video(?:conference)?|virtual|online|between|together)\b",
    ignore_case=True,
)
_POSTPONED = compile_pattern(
    r"\b(?:postponed|put (?:off|on hold)|deferred|rescheduled|delayed|shelved|pushed back|"
    r"moved (?:back )?to (?:a later date|next \w+))\b",
    ignore_case=True,
)
_CANCELLED = compile_pattern(
    r"\b(?:cancell?ed|called off|scrapped|abandoned|fell through|"
    r"(?:did|will|would) not (?:now )?(?:take place|go ahead)|will not (?:visit|travel|go)"
    r"|dropped (?:\w+ )?plans?"
    r"|(?:pulled|backed) out of (?:an?|the|his|her|their) (?:[\w\-]+ ){0,3}?"
    r"(?:visit|trip|tour|meeting|summit|talks))\b",
    ignore_case=True,
)
_OTHERS_OFF = compile_pattern(
    r"\b(?:flights?|trains?|classes|lessons|concerts?|match(?:es)?|rall(?:y|ies)|orders?|contracts?|"
    r"licen[cs]es?|visas?|passports?|leave)\b[^.;,]{0,40}? (?:(?:was|were|is|are|been|being) )?"
    r"(?:\w+ly )?(?:cancell?ed|called off|postponed|delayed|scrapped|abandoned)\b|"
    r"\b(?:cancell?ed|called off|postponed|delayed|scrapped|abandoned) (?:[\w\-]+ ){0,3}?"
    r"(?:flights?|trains?|classes|concerts?|match(?:es)?|rall(?:y|ies)|orders?|contracts?|visas?|passports?)\b",
    ignore_case=True,
)
"""`before his trip all flights from Lima were cancelled`"""
_ONCE_PUT_OFF = compile_pattern(
    r"\b(?:that|which) (?:had|has|have|was|were) (?:\w+ )?(?:been )?"
    r"(?:postponed|put off|deferred|rescheduled|delayed)\b"
    r"|\b(?:twice|long|repeatedly|once|previously|much)[- ](?:postponed|put off|deferred|delayed)\b",
    ignore_case=True,
)
"""What was put off before may well have happened now: `the talks, which had been postponed in May`."""
_PLANNED = compile_pattern(
    r"\b(?:will|shall|slated|ahead of|prior to|prepar(?:e|es|ed|ing|ations?)(?: for)?|"
    r"pave the way for|run-up to|plans? to|scheduled|expected|planned|planning|plotting|arranging|"
    r"organi[sz]ing|upcoming|forthcoming|"
    r"invit(?:ed|ation))\b[^,;]{0,40}$|\bto (?:also |then |\w+ly )?$",
    ignore_case=True,
)
_DONE = compile_pattern(
    r"^(?:(?:came|come|got) together|(?:is|are) (?:visiting|here|in|on)|(?:was|were|had been) (?:\w+ )?in|"
    r"met|held|had|signed|"
    r"inked|spoke|told|sat|got|came|paid|made|took|rang|began|spent|sent|gave|broke|"
    r"struck|becomes|goes to|moves to|succeeds|replaces|hosted|has|have|"
    r"[a-z]{3,}ed)\b",
    ignore_case=True,
)
_WAS_DONE = compile_pattern(
    r"\b(?:was|were|has been|have been|had been) (?:\w+ly )?(?:signed|inked|initialled|adopted)\b"
)
_WENT = compile_pattern(r"^(?:flew|drove|went|came|left|sailed)\b", ignore_case=True)
_ABOUT_TO = compile_pattern(
    r"^(?:flies|travels|departs|leaves|heads|heading|goes|moves|continues|proceeds)\b", ignore_case=True
)
"""What the text of a story, other than its headline, tells in the present is still to come."""
_BEGINS = compile_pattern(r"^(?:begins|starts)\b", ignore_case=True)
"""What a headline tells in the present has happened."""
_SOON = compile_pattern(r"\b(?:tomorrow|today|tonight|next|from|\w+day|soon)\b", ignore_case=True)
_IS_ON = compile_pattern(
    r"\b(?:is|are|was|were|currently)(?: (?:also|now|currently|here))? $", ignore_case=True
)
"""`who is on a visit` happens, whatever is planned for it."""
_CAME_TO = compile_pattern(
    r"\b(?:came|went|arrived|flew|drove|sailed|gathered|travell?ed|visited|(?:was|were) (?:in|at|here))\b"
    r"[^,;.]{0,60} to (?:\w+ly )?$|\b(?:returned|back|returning|came home) (?:home )?from $|"
    r"\b(?:used|managed|went on|took the (?:opportunity|occasion))\b[^,;.]{0,60} to (?:\w+ly )?$",
    ignore_case=True,
)
_FIRST_TO = compile_pattern(
    r"\b(?:became|becomes|is|was|were|as) (?:only )?the (?:\w+ )?"
    r"(?:first|second|third|last|only|latest|highest)(?: (?:[\w\-]+ ){1,6}| )$"
)
"""`became the first Peruvian president to visit Chile`"""
_IS_DUE = compile_pattern(r"\b(?:due|set|expected|scheduled|says?) ")
_PASSIVE_AHEAD = compile_pattern(r"\b(?:be|being|is|are|to|will|due|set)(?: \w+ly)? $", ignore_case=True)
_STILL_TO_BE = compile_pattern(
    r"\b(?:(?:will|to) be|upcoming|forthcoming|future|planned|proposed|invitation)\b", ignore_case=True
)
_QUOTED = compile_pattern(r"“[^”]*”|\"[^\"]*\"")
"""What somebody says will be is no sign of when they spoke: `"We shall pay," he said after talks with X.`"""
_PLEDGED = compile_pattern(
    r"\b(?:pledged|promised|vowed|agreed|decided|announced|confirmed|declared|ordered|instructed|offered|"
    r"proposed|approved|invited|said|told) (?:on |late |early )*$",
    ignore_case=True,
)
_TOLD = compile_pattern(
    r"\b(?:said|says|told|announced|confirmed|according to|reported|published|added|tweeted|wrote)\b"
)
_THEREAT = ("after ", "following ", "in a ", "during a ")
"""`In a phone call with X, she agreed …`"""
_LATEST = compile_pattern(r"\b(?:in|at|during|after|following) the (?:latest|most recent|last|previous) ")
_WAS_HELD = compile_pattern(
    r"^[^.;,]{0,40}? (?:(?:was |were )?held|took place|ended|concluded) (?:in|on|at|last)\b"
)
"""`the next round of consultations held in Lima on Tuesday`"""
_IS_PLANNED = compile_pattern(
    r"^[^.;,]{0,90}? (?:is|are) (?:also |now )?(?:planned|scheduled|expected|due|slated|to be|to take)\b"
)
"""`meetings with X and Y are planned for Friday`"""
_DAY_AFTER = compile_pattern(
    r"\b(?:((?:a|one) day)|days|weeks|hours) (after|before) (?:meeting|visiting|talks|hosting|receiving)\b"
)
"""`said on Monday, a day after meeting X`: a day of another verb that tells this one's, or does not."""
_AFTERWARDS = compile_pattern(r"^(?:After|Following) [^,;]*$|^(?:After|Following) ?$")
_AT_IT = compile_pattern(
    r"\b(?:(?:after|following) (?:[\w’'\-]+ ){0,3}|"
    r"(?:during|in) (?:an?|the|his|her|their) (?:[\w’'\-]+ ){0,2})$"
)
_WILL = compile_pattern(
    r"\b(?:will|would|shall|should|(?-i:may)|can|could|(?:is|are|due|set|expected) to|"
    r"(?:plan(?:s|ned|ning)|hop(?:es?|ed|ing)|want(?:s|ed)?|intend(?:s|ed)?|prepar(?:es?|ed|ing)|hopes?|"
    r"expect(?:s|ed)?|going|ready) to|ahead of|before|upcoming|planned|scheduled)\b",
    ignore_case=True,
)
"""`have agreed a truce following a meeting of X and Y`: they met, whenever it takes effect."""
_AFTER_GOING = compile_pattern(r"\b(?:after|before) (?:visiting|touring|travell?ing to|flying to|going to)\b")
_WHEN = compile_pattern(r"^,? when [^,;.]*$")
_WHEN_THEY_WILL = compile_pattern(r",? when [^,.;]{2,80}? (?:will|would|(?:is|are) (?:to|due|set))\b")
_PREPARED = compile_pattern(
    r"\bto (?:settle|prepare|plan|finali[sz]e|fix|set|draft|negotiate)\b[^,;.]{0,60}$|"
    r"\b(?:ahead of|before|prior to|in preparation for) (?:the )?$"
)
_OF_DAY = compile_pattern(
    r"^[’']s? (?:[\w\-]+ ){0,3}(?:summit|meeting|visit|talks|session|conference|signing)\b"
)
"""`met to prepare Monday's summit`"""
_WHO = compile_pattern(r", who (?:(?:is|was|are|were|had|has|also|last|earlier|recently|currently) )*$")
_LEAVES = compile_pattern(
    r"^, (?:and )?(?:will |is to |is due to )?(?:leave|depart|return|fly|stay|remain)s?\b"
)
_WILL_BE = compile_pattern(r"\b(?:which|that) (?:will|is to|are to)\b[^,;]{0,60}$")
_AND_THEN = compile_pattern(r"^[^.;,]{0,40},? and (?:(?:also|then|later|there) )*$")
_THERE = compile_pattern(
    r"^[^.;]{0,90}? there(?: (?:on|with|to|at|for|late|early|yesterday|today|last|by|\w+day)\b|[,.;]|$)"
)
_CLAUSE_END = compile_pattern(r"[,;]")
_OPENS_ASIDE = compile_pattern(r", (?:who|which|whose)\b[^,;]*$")
_CLOSES_ASIDE = compile_pattern(r"^[^,;]{0,60}, ")
_LONGEST_ASIDE = 150
_TAKING_OFFICE = compile_pattern(
    r"\b(?:since|as of|effective|with effect from|beginning|starting|from)(?: on)?(?: the)? $",
    ignore_case=True,
)
_LONG = timedelta(days=45)
_THIS_COUNTRY = compile_pattern(
    r"\b(?:to|in|of) (?:the|this) (?:[\w\-]+ ){0,3}?"
    r"(?:country|kingdom|emirate|island)\b"
)
_MET_HERE = compile_pattern(r"\b(?:met|meets|received|receives|talks|meeting)\b[^.;]{0,120} here\b")
"""Then `the country` is the one of the dateline, and not one of those the article is about."""
_A_VISIT = compile_pattern(r"\b(?:visit|visiting|trip|tour|journey|port call)\b", ignore_case=True)
_ABROAD = compile_pattern(
    r"\b(?:Asian?|Africa|African|European?|Middle East(?:ern)?|Americas?|American?|Latin|Gulf|Pacific|Baltic|"
    r"Balkans?|foreign|overseas|abroad|regional|world|global|return|hunting|fishing|shopping|family|holiday|(?:\w+-)(?:nation|country|state|leg|stop|city))\b"
)
"""A journey of which the words say no more than that it led abroad, or one for the traveller's own ends."""
_OTHER_ACTS = compile_pattern(r", [A-ZÀ-Þ]")
_LATER = compile_pattern(r"[.!?] |\b(?:said|says|told)\b")
_TO_NAME = compile_pattern(r" (?:to|of|in) (?:the )?([A-ZÀ-Þ])[^ ]*$")
_ARTICLE = 6
"""Characters of `the` and a letter, with the blanks around them."""
_DIRECTLY = compile_pattern(
    r"^,?(?: who)?"
    r"(?: (?:had|has|have|was|were|is|are|will|also|then|later|just|expected|due|set|to|\w+ly))* $"
)
"""What stands between the one who came and the verb: `Minister X, who had just arrived`."""
_SHORTLY_BEFORE = 600
_TWO_GOALS = 2
_NEAR_GOAL = 60
"""Most characters between the country that was visited and its town: `arrived in Peru's capital, Lima`."""
_ANEW = compile_pattern(r"\b(?:also|later|separately|then) $")
_AGAIN = compile_pattern(r"^(?:\w+ (?:part )?(?:in )?)?(?:the|their|this|these) ", ignore_case=True)
"""Words that speak of something told before: `during the talks`."""
_THEY = compile_pattern(
    r"\b(?:they|the (?:two|three|four)|both)(?: (?:leaders|ministers|presidents|premiers|officials|chiefs))?"
    r" (?:\w+ )?$",
    ignore_case=True,
)
_AND_HIS = compile_pattern(
    r"^(?:He|She) and (?:his|her) |"
    r"^(?:(?:In|At|During) (?:another|a|his|her|their) (?:[\w\-]+ ){0,3}?"
    r"(?:meeting|talks|encounter|conversation)\b[^;]{0,60}?,? |Separately, )(?:he|she) and "
)
_THE_TWO_LEADERS = compile_pattern(
    r"\bthe two (?:leaders|presidents|prime ministers|premiers|heads of (?:state|government)|"
    r"(?:[a-z]+ )?ministers|(?:[a-z]+ )?chiefs|generals|commanders|diplomats|dignitaries|officials) "
    r"(?:(?:also|then|had|have|\w+ly) )*$",
    ignore_case=True,
)
_TALKED = compile_pattern(
    r"^(?:discussed|reviewed|exchanged|explored|talked|went over|compared|ironed|hashed|thrashed)"
)
_SINCE_LAST = compile_pattern(
    r"\bsince (?:they|their|the two|both) (?:[\w]+ ){0,3}?(?:met|meeting|talks|visit|encounter)\b"
)
"""`reviewed what was done since they last met, in May in Lima`"""
_STATES = compile_pattern(
    r"\b(?:countries|nations|states|governments|neighbou?rs) (?:\w+ )?$", ignore_case=True
)
_TOGETHER = compile_pattern(r"\b(?:delegation|group|team|mission)\b[^,;]*$", ignore_case=True)
_SIZES = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
} | {"fifteen": 15, "twenty": 20}
_DELEGATION = compile_pattern(
    rf"\b([0-9]{{1,3}}|{'|'.join(_SIZES)})[- ](?:member|person|strong)\b", ignore_case=True
)
_OF_ANOTHER = compile_pattern(
    r"\b(?:follow(?:ed|s|ing)|after|before|ahead of)\b.* "
    r"(?:meeting|talks|summit|conference|session|ceremony|visit|trip)\b"
)
"""`the trip followed a meeting in Peru`: it led elsewhere."""
_LONG_AGO = compile_pattern(
    r"\b(?:last|previous|previously|formerly|earlier (?:this|in)|years? ago|months? ago|in the past|"
    r"(?:twice|thrice) since|since (?:[12][0-9]{3}|then)|first (?:met|visited)|"
    r"had (?:previously|earlier|already|been|first))\b|"
    r"\bhad (?:also )?(?:met|spoken|visited|travell?ed|held|hosted|received|signed|sent|discussed|"
    r"initialled|inked|"
    r"donated|given|handed|recalled|expelled|withdrawn|concluded|agreed|paid|welcomed|gone|flown|arrived|presented|opened|delivered|provided|sat|attended)\b|"
    r"\bthen-(?-i:[A-Z])|\bhad not long before\b|"
    r"\bduring (?:the |last year[’']s |his |her |their )?(?:[\w\-]+ ){0,3}(?:campaign|elections?)\b|"
    r"\b(?:before|prior to) (?:taking|assuming|he took|she took) (?:up )?office\b|"
    r"\b(?:days|weeks?|months?|years?) (?:after|since)\b|"
    r"\b(?:follow(?:ed|s|ing)|after|since) (?:an?|the|their|his|her) recent\b|\bon the heels of\b|"
    r"\b(?:fresh|back|home|(?:just|only|recently|newly) returned) from\b",
    ignore_case=True,
)
_LASTS = compile_pattern(r"\b(?:will|would|to) last\b")
"""`a visit that will last three days` is none of last year."""
_BEFORE_NOW = ("last week", "recently", "earlier", "the other day")
_OPENS_LONG_AGO = compile_pattern(
    r"^(?:Last (?:week|month|year)|Earlier this (?:month|year)|"
    r"(?:A|One|Two|Three|Several) (?:weeks?|months?|years?) ago|"
    r"(?:On|In|By|Later) (?:[\w\-]+ ){0,3}that (?:same )?year)\b"
)
_FIRST_SINCE = compile_pattern(
    r"\b(?:first|second|third|highest|biggest|most|only) [^.;,]{0,60}? since\b", ignore_case=True
)
"""`on the first visit since 2011`: this one is now."""
_SAME_DAY = compile_pattern(
    r"\bearlier (?:in the day|today|that day)\b|\bthe same day\b|\bday (?:earlier|before)\b|\bprevious day\b",
    ignore_case=True,
)
_THINGS = tuple(
    (Mode(row["mode"]), compile_pattern(rf"(?:^|\b)(?:{row['words']})(?:\b|$)", ignore_case=True))
    for row in read_lexicon("things")
)
_HANDED = compile_pattern(r"^(?:(?:to|will) )?(?:hand|donat|gift|turn)", ignore_case=True)
_COUNTED = compile_pattern(
    r"^(?:[0-9][0-9.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|"
    r"(?:dozens|hundreds|thousands|batch|consignment|set|shipment|fleet|pair) of) (?:[\w\-]+ ){0,4}[\w\-]+s$",
    ignore_case=True,
)
"""What no list has, but is counted: `handed over 200,000 tree seedlings`."""
_VISIT_MODE = compile_pattern(
    r"\b(?:(official|state|working|private)(?: [\w\-]+){0,2}? (?:visit|trip|tour)|(port call))\b",
    ignore_case=True,
)
_TOURED = compile_pattern(r"\b(?:visit|tour|trip)", ignore_case=True)
_RESIDENT = compile_pattern(
    r"\b(?:ambassador|high commissioner|charg[ée]|consul|(?:resident|country) "
    r"(?:representative|coordinator|director))\b",
    ignore_case=True,
)
_NOT_RESIDENT = compile_pattern(
    r"\b(?:non-resident|nonresident|special|designate|roving|former|at large)\b", ignore_case=True
)
_POSTED_IN = compile_pattern(
    r"(?i:\b(?:representative|coordinator|director)) (?:in|for|to) (?:the )?([^,;.()]+)"
)
_DETERMINER = compile_pattern(r"^(?:(?:the|a|an|some|its|their|his|her|over|back)\s+)+", ignore_case=True)


Goals = dict[str, list[tuple[int, Actor]]]
"""For each party, where its people's journeys led, with the place of the words in the text."""


@value
class Setting:
    """What an article is about and where it was written: the two parties of its first lines, the dateline."""

    pair: tuple[Actor, ...] = ()
    dateline: Dateline | None = None
    countries: frozenset[str] | None = None
    """Those that it names, where the world meets apart; None if that is not known."""


@value
class Sighting:
    """One place in the article that tells of an event."""

    kind: EventKind
    mode: Mode | None
    status: EventStatus
    sure: bool
    strong: bool
    told_as_talks: bool
    by_the_two: bool
    """Whether it goes on about two who were told before: `The two presidents discussed …`."""
    again: bool
    long_ago: bool
    anew: bool
    """Whether words tell it beside what was told: `She also called on X.`"""
    section: Section
    order: int
    candidate: Candidate
    roles: dict[str, PartyRole]
    people: tuple[Person, ...]
    words: dict[str, Span]
    place: Place
    dates: tuple[DateMention, ...]
    delegation: tuple[str, int, Span] | None = None
    thing: Span | None = None


def find_sightings(
    text: str, candidates: Sequence[Candidate], days: EventDates, places: EventPlaces, setting: Setting
) -> Iterator[Sighting]:
    """Read each candidate; those between fewer than two parties tell of no event."""
    single = (one for candidate in candidates for one in _one_by_one(text, candidate))
    surroundings = _Surroundings(text, candidates, days, places, setting)
    meetings = [one for one in candidates if one.frame.kind is MEETING]
    goals = _find_goals(text, candidates)
    met = {actor.party for one in meetings for actor in (*one.subjects, *one.objects)}
    for order, candidate in enumerate(single):
        place, dates = surroundings.find_place(candidate), surroundings.find_dates(candidate)
        candidate = _with_host(text, candidate, place, setting, met, goals)
        if candidate.frame.kind is VISIT:
            place = _goal(text, candidate) or _near(candidate, place)
        sighting = _read(text, candidate, place, dates, order)
        if sighting is not None and sighting.status is not OCCURRED:
            sighting = _without_days_of_telling(text, sighting)
        if sighting is not None and days.anchor is not None and sighting.told_as_talks:
            sighting = _without_days_ahead(text, sighting, days.anchor)
        if sighting is not None and days.anchor is not None and _is_long_past(dates, days.anchor):
            sighting = replace(sighting, long_ago=True)
        if (
            sighting is not None
            and len(sighting.roles) > 1
            and not _are_all_guests(sighting)
            and not _is_tour_at_post(text, candidate)
            and not _is_to_seat(text, candidate, setting)
            and not _is_of_private_people(text, candidate)
        ):
            yield sighting


def _without_days_of_telling(text: str, sighting: Sighting) -> Sighting:
    """Leave out when a plan was made or told: `pledged on Monday to send aid`, `said on Monday`."""
    start, end = sighting.candidate.start, sighting.candidate.end
    first = sighting.candidate.analysis.sentence.start
    own = tuple(
        one
        for one in sighting.dates
        if not (
            (one.end <= start and _PLEDGED.search(text[first : one.start]))
            or (end <= one.start and _TOLD.search(text[end : one.start]))
        )
    )
    return replace(sighting, dates=own)


def _without_days_ahead(text: str, sighting: Sighting, anchor: Anchor) -> Sighting:
    """Leave out the day of what was agreed on: `agreed to prepare a conference that will be held in May`."""
    if sighting.status is not OCCURRED:
        return sighting
    behind = sighting.candidate.end
    past = tuple(
        one
        for one in sighting.dates
        if (one.date.start is None or one.date.start <= anchor.day)
        and not (behind < one.start and _WILL_BE.search(text[behind : one.start]))
    )
    return replace(sighting, dates=past)


def _are_all_guests(sighting: Sighting) -> bool:
    """Tell whether whoever received them is not known: `Army chief receives Peruvian and Chilean peers`."""
    return set(sighting.roles.values()) == {VISITOR}


def _is_of_private_people(text: str, candidate: Candidate) -> bool:
    """Tell whether those of a party who travelled or met are nobody whom it sent: `refugees from Peru`."""
    if candidate.frame.kind not in (VISIT, MEETING, CALL):
        return False
    sides: dict[str | None, list[bool]] = defaultdict(list)
    for actor in (*candidate.subjects, *(() if candidate.frame.kind is VISIT else candidate.objects)):
        sides[actor.party].append(is_private(text, actor))
    named = {actor.party for actor in candidate.analysis.people}
    return any(all(private) and party not in named for party, private in sides.items())


def _is_to_seat(text: str, candidate: Candidate, setting: Setting) -> bool:
    """Tell whether somebody only came to where the world meets: `arrived in Geneva for the Syrian talks`."""
    if candidate.frame.kind is not VISIT or setting.countries is None or not candidate.objects:
        return False
    return all(
        one.party not in setting.countries and text[one.start : one.end].lower() in SEATS
        for one in candidate.objects
    )


def _is_tour_at_post(text: str, candidate: Candidate) -> bool:
    """Tell whether envoys only go about where they live: `the ambassador to Peru toured Cusco`."""
    if candidate.frame.kind is not VISIT or not _TOURED.search(text[candidate.start : candidate.end]):
        return False
    hosts = {one.party for one in candidate.objects}
    return bool(candidate.subjects) and all(_lives_in(text, one, hosts) for one in candidate.subjects)


def _lives_in(text: str, actor: Actor, hosts: set[str | None]) -> bool:
    """Tell whether somebody is an envoy residing in one of some states, as those sent for a task do not."""
    words = text[actor.start : actor.end]
    if actor.person is None or not _RESIDENT.search(words) or _NOT_RESIDENT.search(words):
        return False
    sent_to = actor.person.sent_to[0] if actor.person.sent_to else None
    posted = _POSTED_IN.search(words)
    return sent_to in hosts or (posted is not None and find_country_of(posted[1]) in hosts)


def _is_long_past(dates: Sequence[DateMention], anchor: Anchor) -> bool:
    """Tell whether all the days that the words give ended long before the article's."""
    ends = [one.date.end for one in dates if one.date.end]
    return bool(ends) and max(ends) < anchor.day - _LONG


class _Surroundings:
    """The places and days that stand around candidates."""

    def __init__(
        self,
        text: str,
        candidates: Sequence[Candidate],
        days: EventDates,
        places: EventPlaces,
        setting: Setting,
    ) -> None:
        self._text, self._days, self._places, self._dateline = text, days, places, setting.dateline
        self._met: dict[int, int] = {}
        self._starts: dict[int, set[int]] = defaultdict(set)
        self._by_the_way: dict[int, int] = {}
        for candidate in candidates:
            self._starts[candidate.analysis.sentence.start].add(candidate.start)
            if candidate.frame.by_the_way:  # "agreed to keep the accord signed in Lima"
                self._by_the_way.setdefault(candidate.analysis.sentence.start, candidate.start)
            if candidate.frame.kind not in (VISIT, TRANSFER):
                self._met.setdefault(candidate.analysis.sentence.start, candidate.start)

    def find_place(self, candidate: Candidate) -> Place:
        """Return where a candidate's sentence puts it."""
        arriving = candidate.frame.kind is VISIT
        places = self._places.of(candidate.analysis, arriving=arriving)
        if arriving and _is_aside(self._text, candidate):  # "met in Lima with X, who is on a visit to Chile"
            first, last = self._aside(candidate) or (candidate.start, candidate.analysis.sentence.end)
            named = tuple(one for one in places.named if first < one[0].start < last)
            places = replace(places, named=named, unlisted=None)
        if not candidate.frame.by_the_way and (
            aside := self._by_the_way.get(candidate.analysis.sentence.start)
        ):
            places = _within(places, 0, aside)
        if _DAY_AFTER.search(self._text[max(0, candidate.start - 8) : candidate.end]):
            # "told reporters in Lima on Sunday, a day after meeting X"
            places = _within(places, candidate.start + 1, candidate.analysis.sentence.end)
        ahead = _WHEN_THEY_WILL.search(self._text[candidate.end : candidate.analysis.sentence.end])
        if ahead is not None:  # "met to prepare for Monday, when they will visit Lima"
            places = _within(places, 0, candidate.end + ahead.start())
        if is_inside_quotes(self._text[candidate.analysis.sentence.start : candidate.start]):
            # "I met X on Monday," he told reporters in Lima.
            places = _within(places, 0, end_of_speech(self._text, candidate.end))
        places = self._of_clause(candidate, places)
        place = find_place(self._text, places, self._dateline, self._own_words(candidate))
        if place.city is None and not arriving and (there := self._find_there(candidate)) is not None:
            place = replace(there, venue=place.venue)
        # The town of the post is not where it was given.
        return replace(place, city=None) if candidate.frame.city_of_post else place

    def _of_clause(self, candidate: Candidate, places: Places) -> Places:
        """Leave out the towns of other clauses where its own has one: `met X in Lima; Y was in Quito …`."""
        if (since := self._since_last(candidate)) is not None:
            places = _within(places, 0, since)
        own = _within(places, *self._clause(candidate))
        return own if any(told for _, told in own.named) else places

    def _clause(self, candidate: Candidate) -> tuple[int, int]:
        """Return where the part of a sentence between semicolons begins and ends that tells it."""
        sentence = candidate.analysis.sentence
        start = self._text.rfind(";", sentence.start, candidate.start) + 1
        end = self._text.find(";", candidate.end, sentence.end)
        return start or sentence.start, end if end >= 0 else sentence.end

    def _since_last(self, candidate: Candidate) -> int | None:
        """Return where words begin that tell of the time before: `since they last met, in May in Lima`."""
        found = _SINCE_LAST.search(self._text[candidate.end : candidate.analysis.sentence.end])
        return candidate.end + found.start() if found is not None else None

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

    def find_dates(self, candidate: Candidate) -> tuple[DateMention, ...]:
        """Return the days that a candidate's sentence may mean by it."""
        sentence, frame = candidate.analysis.sentence, candidate.frame
        if frame.subject_follows and not frame.object_with:
            return ()  # "the visiting minister" says nothing of when
        dates = self._days.of(sentence)
        if dates and (since := self._since_last(candidate)) is not None:
            dates = tuple(one for one in dates if one.start < since)
        if not dates:
            return ()
        first, last = self._clause(candidate)
        # "things look other today than in May, when X visited Peru", "defends her visit last week"
        when = tuple(
            one
            for one in dates
            if self._is_when(one, candidate) or self._is_own_past(one, candidate, dates[-1])
        )
        dates = when or self._own(
            candidate, tuple(one for one in dates if first <= one.start < last) or dates
        )
        met = self._met.get(sentence.start, candidate.start)
        if frame.kind is VISIT and first <= met < candidate.start:
            # In "met on Monday with X, who is on a visit to Peru" the day is that of the meeting.
            return tuple(one for one in dates if one.start > candidate.start or self._is_when(one, candidate))
        if frame.kind in (APPOINTMENT, AGREEMENT):
            return tuple(
                one for one in dates if not _TAKING_OFFICE.search(self._text[one.start - 25 : one.start])
            )
        return dates

    def _own(self, candidate: Candidate, dates: tuple[DateMention, ...]) -> tuple[DateMention, ...]:
        """Leave out other verbs’ days if one has its own: `arrived on Monday, returning the trip of May`."""
        if candidate.frame.by_the_way:
            end = _CLAUSE_END.search(self._text[candidate.end : candidate.analysis.sentence.end])
            last = candidate.end + end.start() if end else candidate.analysis.sentence.end
            return tuple(one for one in dates if candidate.start < one.start < last)
        if beside := _DAY_AFTER.search(self._text[max(0, candidate.start - 8) : candidate.end]):
            return tuple(_beside(one, beside) for one in dates[:1] if beside[1])
        after = next((one for one in dates if self._text.endswith(" day after", 0, one.end)), None)
        if after is not None and after.date.rule == "day_beside":
            if after.end <= candidate.start:
                return (after,)  # "a day after X held talks with Y"
            dates = tuple(one for one in dates if one is not after)
        months = [one for one in dates if one.date.rule == "month_of_occasion"]
        if told_by := tuple(one for one in months if _overlap(one, candidate.start, candidate.end)):
            return told_by  # "on Monday, after a March meeting"
        if months:
            others = self._starts[candidate.analysis.sentence.start]
            theirs = [one for one in months if any(_overlap(one, at, at) for at in others)]
            dates = tuple(one for one in dates if one not in theirs)
        if (behind := self._behind_opening(candidate)) is not None:
            dates = tuple(one for one in dates if one.start < behind)
        if (aside := self._aside(candidate)) is not None:
            return tuple(one for one in dates if aside[0] < one.start < aside[1])
        dates = tuple(one for one in dates if not self._is_anothers(one, candidate)) or dates
        dates = tuple(one for one in dates if not self._is_prepared(one, candidate))
        if (going := self._before_going(candidate)) is not None:
            dates = tuple(one for one in dates if one.start < going)
        own = self._own_words(candidate) if len(dates) > 1 else None
        told = (
            one for one in dates if own and (own[0] < one.start < own[1] or self._is_when(one, candidate))
        )
        return tuple(told) or dates

    def _before_going(self, candidate: Candidate) -> int | None:
        """Return where words begin about another journey: `came on Tuesday after visiting Peru on Monday`."""
        if candidate.frame.kind is not VISIT:
            return None
        words = self._text[candidate.end : candidate.analysis.sentence.end]
        going = _AFTER_GOING.search(words)
        return candidate.end + going.start() if going else None

    def _behind_opening(self, candidate: Candidate) -> int | None:
        """Return where the clause of another verb begins: `After talks with X, Y flew home on Monday`."""
        sentence = candidate.analysis.sentence
        if candidate.frame.kind is VISIT or not _AFTERWARDS.match(
            self._text[sentence.start : candidate.start]
        ):
            return None
        comma = self._text.find(",", candidate.end, sentence.end)
        return comma if comma >= 0 else None

    def _aside(self, candidate: Candidate) -> tuple[int, int] | None:
        """Return where a clause about somebody begins and ends: `X, who visited Peru in May, met Y`."""
        sentence = candidate.analysis.sentence
        if not _is_aside(self._text, candidate):
            return None
        end = _CLAUSE_END.search(self._text[candidate.end : sentence.end])
        if end is None or _LEAVES.match(self._text[candidate.end + end.start() : sentence.end]):
            return None  # "X, who came on Monday, leaves on Friday"
        return candidate.start, candidate.end + end.start()

    def _is_anothers(self, mention: DateMention, candidate: Candidate) -> bool:
        """Tell whether a day is that of a clause before: `X, who came home on Monday, met Y`."""
        start = max(candidate.analysis.sentence.start, mention.start - _LONGEST_ASIDE)
        opened = _OPENS_ASIDE.search(self._text[start : mention.start])
        between = self._text[mention.end : candidate.start]
        return (
            opened is not None and mention.end < candidate.start and _CLOSES_ASIDE.match(between) is not None
        )

    def _is_when(self, mention: DateMention, candidate: Candidate) -> bool:
        """Tell whether a day is said to be when it happened: `in May, when Minister X visited Peru`."""
        return _WHEN.search(self._text[mention.end : candidate.start]) is not None

    def _is_own_past(self, mention: DateMention, candidate: Candidate, last: DateMention) -> bool:
        """Tell whether words put it before, on no certain day: `met X last week`."""
        words = (mention.date.words or "").lower()
        if mention.date.rule != "vague" or not words.startswith(_BEFORE_NOW):
            return False
        if mention.start < candidate.start:
            return mention is last
        near = mention.start <= candidate.end + _NEAR_GOAL
        return near and "," not in self._text[candidate.end : mention.start]

    def _is_prepared(self, mention: DateMention, candidate: Candidate) -> bool:
        """Tell whether a day is that of what was prepared: `met to prepare for Monday, when they will …`."""
        if mention.start < candidate.end:
            return False
        behind = self._text[mention.end : mention.end + _LONGEST_ASIDE]
        if _OF_DAY.match(behind):
            return _PREPARED.search(self._text[candidate.end : mention.start]) is not None
        return _WHEN_THEY_WILL.match(behind) is not None

    def _own_words(self, candidate: Candidate) -> tuple[int, int] | None:
        """Return where the words about a candidate begin and end, where its sentence tells of several."""
        sentence = candidate.analysis.sentence
        starts = self._starts[sentence.start]
        if len(starts) == 1:
            return None
        end = min((start for start in starts if start > candidate.start), default=sentence.end)
        return candidate.start, end


def _is_aside(text: str, candidate: Candidate) -> bool:
    """Tell whether a clause about somebody tells it: `X, who visited Peru in May, met Y`."""
    start = max(candidate.analysis.sentence.start, candidate.start - 40)
    return _WHO.search(text[start : candidate.start]) is not None


def _overlap(mention: DateMention, start: int, end: int) -> bool:
    """Tell whether words that give a day are part of others, or stand right before them."""
    return mention.start <= end and start <= mention.end + 1


def _goal(text: str, candidate: Candidate) -> Place | None:
    """Return the town that a journey went to, where its words name one."""
    cities = {token.start: token for token in candidate.analysis.named if token.label is Label.CITY}
    goal = next((cities[one.start] for one in candidate.objects if one.start in cities), None)
    if goal is None or is_of_body(text, goal):
        return None
    words = Span(goal.start, goal.end)
    return Place(None, words, goal.parties[0] if len(goal.parties) == 1 else None, words)


def _near(candidate: Candidate, place: Place) -> Place:
    """Leave out a town that is told with what the visitor did there: `visited Peru and met X in Cusco`."""
    hosts = {one.party for one in candidate.objects}
    if place.country and hosts and place.country not in hosts and hosts.isdisjoint(organization_ids()):
        return Place()  # "met X in Lima and will travel to Chile"
    last = max((candidate.end, *(one.end for one in candidate.objects)))
    if place.city is None or place.city.start <= last + _NEAR_GOAL:
        return place
    return replace(place, city=None)


def _beside(mention: DateMention, words: Any) -> DateMention:
    """Return the day before that of another verb, where it came a day after this one, else the day after."""
    day = mention.date.start
    if day is None:
        return mention
    day += timedelta(days=-1 if words[2] == "after" else 1)
    told = mention.date.model_copy(
        update={"start": day, "end": day, "precision": DatePrecision.DAY, "rule": "day_apart"}
    )
    return replace(mention, date=told)


def _host_where_written(text: str, candidate: Candidate, dateline: Dateline | None) -> Actor | None:
    """Return the country that a report is written in, where words lead to `the country`."""
    words = text[candidate.start : candidate.end + _NEAR_GOAL]
    if dateline is None or not _THIS_COUNTRY.search(words):
        return None
    where = find_country_of(dateline.city)
    city = Span(dateline.start, dateline.start + len(dateline.city))
    return Actor(city.start, city.end, where, None, city) if where is not None else None


def _likely_hosts(
    text: str, candidate: Candidate, setting: Setting, met: set[str | None]
) -> tuple[Actor, ...]:
    """Return the pair of the article and the country that it is written in, the likelier first."""
    written = _host_where_written(text, candidate, setting.dateline)
    if written is None:
        return () if _leads_nowhere(text, candidate) else setting.pair
    before = text[max(0, candidate.start - _SHORTLY_BEFORE) : candidate.start]
    here = written.party in met or _MET_HERE.search(before) is not None
    return (written, *setting.pair) if here else (*setting.pair, written)


def _leads_nowhere(text: str, candidate: Candidate) -> bool:
    """Tell whether words leave open where somebody went: `once they arrived`, `her first Asian tour`."""
    words = text[candidate.start : candidate.end]
    if _ABROAD.search(words) or _is_to_elsewhere(text, candidate):
        return True
    came = not (_A_VISIT.search(words) or _THIS_COUNTRY.search(words))
    return came and not _DIRECTLY.match(text[candidate.subjects[-1].end : candidate.start])


def _is_to_elsewhere(text: str, candidate: Candidate) -> bool:
    """Tell whether words name a goal that is no country or town that is known: `her trip to Ruritania`."""
    to = _TO_NAME.search(text[candidate.start : candidate.end + _ARTICLE])
    if to is None:
        return False
    first = candidate.start + to.start(1)
    known = (Label.PARTY, Label.CITY, Label.BODY)
    return not any(one.start == first and one.label in known for one in candidate.analysis.named)


def _within(places: Places, first: int, last: int) -> Places:
    """Leave out the towns that are not named from one position of the text up to another."""
    return replace(places, named=tuple(one for one in places.named if first <= one[0].start < last))


def _with_host(
    text: str, candidate: Candidate, place: Place, setting: Setting, met: set[str | None], goals: Goals
) -> Candidate:
    """Give a visit whose goal its sentence does not name the host that the article gives it."""
    if candidate.objects or not candidate.frame.place_of_article:
        return candidate
    visitors = {actor.party for actor in candidate.subjects} - {None}
    if not visitors:
        return candidate
    told = ((place.country, place.country_words),)
    hosts = [
        Actor(w.start, w.end, c, None, w)
        for c, w in told
        if c and w and c not in visitors and not _is_of_another(text, candidate, w)
    ]
    if not hosts:
        hosts = _goals_told(candidate, visitors, goals) or list(_likely_hosts(text, candidate, setting, met))
    host = next((actor for actor in hosts if actor.party not in visitors), None)
    return replace(candidate, objects=(host,)) if host else candidate


def _is_of_another(text: str, candidate: Candidate, place: Span) -> bool:
    """Tell whether a place belongs to other words: `on her first overseas trip, he lashed out at Peru`."""
    gap = text[candidate.end : place.start]
    abroad = _OTHER_ACTS.search(gap) and _ABROAD.search(text[candidate.start : candidate.end])
    elsewhere = _is_to_elsewhere(text, candidate) and _LATER.search(gap)
    return bool(abroad or elsewhere) or _OF_ANOTHER.search(gap) is not None


def _find_goals(text: str, candidates: Sequence[Candidate]) -> Goals:
    """Return where the journeys of each party led that were made and whose words name the goal."""
    goals: Goals = defaultdict(list)
    for one in candidates:
        if one.frame.kind is VISIT and one.objects and _status(text, one)[0] is OCCURRED:
            for party in _parties_of(one.subjects):
                goals[party].append((one.start, one.objects[0]))
    return goals


def _goals_told(candidate: Candidate, visitors: set[str | None], goals: Goals) -> list[Actor]:
    """Return the goal of the same people's journey that was told last: `The visit …`."""
    told = [goal for party in visitors if party for goal in goals.get(party, ())]
    before = [(start, actor) for start, actor in told if start < candidate.start]
    return [max(before, key=lambda goal: goal[0])[1]] if before else []


def _one_by_one(text: str, candidate: Candidate) -> Iterator[Candidate]:
    """Yield a candidate for each counterpart where they were met one by one, and not all together."""
    sentence = candidate.analysis.sentence
    spokes = dict.fromkeys([_spoke(actor) for actor in candidate.objects])
    if len(spokes) > 1 and candidate.subjects and _met_apart(text, candidate):
        for spoke in spokes:
            yield replace(candidate, objects=tuple(a for a in candidate.objects if _spoke(a) == spoke))
        return
    if len(spokes) == 1 and len(_parties_of(candidate.subjects)) > 1 and _came_apart(text, candidate):
        for party in dict.fromkeys(actor.party for actor in candidate.subjects):
            yield replace(candidate, subjects=tuple(a for a in candidate.subjects if a.party == party))
        return
    travellers = candidate.frame.kind is VISIT and (
        candidate.objects or all(actor.person and actor.person.name for actor in candidate.subjects)
    )
    if candidate.frame.mode is CREDENTIALS or (
        travellers and not _TOGETHER.search(text[sentence.start : candidate.start])
    ):
        # Every envoy is accredited alone, and leaders of two countries who come to a third make two visits.
        for party in dict.fromkeys(actor.party for actor in candidate.subjects):
            one = replace(candidate, subjects=tuple(a for a in candidate.subjects if a.party == party))
            yield from _by_goal(one)
    else:
        yield from _by_goal(candidate)


def _met_apart(text: str, candidate: Candidate) -> bool:
    """Tell whether several were met one by one, or not on one line: `spoke by phone with A and B`."""
    kind, sentence = candidate.frame.kind, candidate.analysis.sentence
    words = text[sentence.start : sentence.end]
    if kind is CALL and not _ON_ONE_LINE.search(words):
        return True
    met = kind in BETWEEN_SIDES
    return met and _SEPARATELY.search(words) is not None


def _came_apart(text: str, candidate: Candidate) -> bool:
    """Tell whether each of several met the same one alone: `officials of A and B met X one by one`."""
    sentence = candidate.analysis.sentence
    return candidate.frame.kind in TALKS and (_ALONE.search(text[sentence.start : sentence.end]) is not None)


def _by_goal(candidate: Candidate) -> Iterator[Candidate]:
    """Yield a visit for each country that a journey led to: `will visit Peru and Chile`."""
    candidate = _without_seat(candidate)
    goals = dict.fromkeys([actor.party for actor in candidate.objects])
    if candidate.frame.kind is not VISIT or len(goals) != 2:
        yield candidate
        return
    for goal in goals:
        yield replace(candidate, objects=tuple(a for a in candidate.objects if a.party == goal))


def _without_seat(candidate: Candidate) -> Candidate:
    """Leave out the town where an organization sits: `left for Brussels and the summit of the union`."""
    bodies = tuple(one for one in candidate.objects if one.party in organization_ids())
    if candidate.frame.kind is not VISIT or len(bodies) != 1 or len(candidate.objects) != _TWO_GOALS:
        return candidate
    towns = {token.start for token in candidate.analysis.named if token.label is Label.CITY}
    in_town = any(one.start in towns for one in candidate.objects)
    return replace(candidate, objects=bodies) if in_town else candidate


def _spoke(actor: Actor) -> str | None:
    """Return who was met apart from others: a person by name, else a party."""
    return actor.person.name if actor.person is not None and actor.person.name else actor.party


def _read(
    text: str, candidate: Candidate, place: Place, dates: tuple[DateMention, ...], order: int
) -> Sighting | None:
    frame, sentence = candidate.frame, candidate.analysis.sentence
    thing, thing_mode = _thing(text, candidate)
    if frame.takes_thing and thing_mode is None and frame.mode is not PERSONS:
        return None
    roles = _roles(candidate)
    status, sure = _status(text, candidate)
    delegation = _delegation(text, candidate)
    mode = thing_mode or frame.mode
    if frame.kind is VISIT:
        mode = _visit_mode(text, candidate) or (DELEGATION if delegation else None)
    actors = (*candidate.subjects, *candidate.objects)
    alone = frame.kind is VISIT or frame.mode is POST
    taking_part = candidate.subjects if alone else actors
    if frame.pair_of_article or frame.kind in (AGREEMENT, EXERCISE):
        taking_part = _meant_here(text, candidate)
    by_the_two = not frame.strong and _was_by_the_two(text, candidate)
    if by_the_two:  # "discussed elections in December"
        dates = tuple(one for one in dates if one.date.precision is DatePrecision.DAY)
    return Sighting(
        kind=frame.kind,
        mode=mode,
        status=status,
        sure=sure,
        strong=frame.strong
        or _did_with(text, candidate)
        or by_the_two
        or len(_named_sides(actors, candidate.analysis.actors)) > 1,
        told_as_talks=not frame.strong,
        by_the_two=by_the_two,
        long_ago=frame.by_the_way
        or _is_long_ago(text, candidate)
        or _is_of_months_ago(text, candidate, dates),
        anew=frame.strong
        and frame.kind in TALKS
        and _ANEW.search(text[max(sentence.start, candidate.start - 20) : candidate.start]) is not None,
        again=_is_again(text[candidate.start : candidate.end], sure),
        section=sentence.section,
        order=order,
        candidate=candidate,
        roles=roles,
        people=tuple(_people(candidate, taking_part)),
        words={actor.party: actor.words for actor in reversed(actors) if actor.party},
        place=place,
        dates=dates,
        delegation=delegation,
        thing=thing,
    )


def _did_with(text: str, candidate: Candidate) -> bool:
    """Tell whether someone told of before did it with another: `He and his host, Minister X, discussed …`."""
    before = text[candidate.analysis.sentence.start : candidate.start]
    return _AND_HIS.match(before) is not None and len(_parties_of(candidate.subjects)) > 1


def _was_by_the_two(text: str, candidate: Candidate) -> bool:
    """Tell whether words for two of their office say that they talked: `The two presidents discussed …`."""
    sentence, start = candidate.analysis.sentence, candidate.start
    if sentence.section is not BODY or not _TALKED.match(text[start : candidate.end]):
        return False
    return _THE_TWO_LEADERS.search(text[max(sentence.start, start - _NEAR_GOAL) : start]) is not None


def _parties_of(actors: Sequence[Actor]) -> set[str]:
    return {actor.party for actor in actors if actor.party}


def _is_again(words: str, sure: bool) -> bool:
    """Tell whether the words speak of what was told before: `during the talks`, `attended the meeting`."""
    told_before = not sure or words.startswith(("attended", "participated", "took part"))
    return told_before and _AGAIN.search(words) is not None


def _meant_here(text: str, candidate: Candidate) -> tuple[Actor, ...]:
    """Return who took part: of those told of before, only whom `they` or `the three ministers` means."""
    sentence = candidate.analysis.sentence
    actors = (*candidate.subjects, *candidate.objects)
    they = _THEY.search(text[sentence.start : candidate.start])
    if they and not _STATES.search(text[sentence.start : candidate.start]):
        return actors
    return tuple(actor for actor in actors if actor in candidate.analysis.actors)


def _named_sides(actors: Sequence[Actor], here: Sequence[Actor]) -> set[str]:
    """Return the parties of which a sentence names a person, or tells one by an office."""
    return {actor.party for actor in actors if actor.party and actor.person and actor in here}


def _visit_mode(text: str, candidate: Candidate) -> Mode | None:
    sentence = candidate.analysis.sentence
    found = _VISIT_MODE.search(text[sentence.start : sentence.end])
    return Mode((found.group(1) or found.group(2)).lower().replace(" ", "_")) if found else None


def _roles(candidate: Candidate) -> dict[str, PartyRole]:
    roles = {actor.party: candidate.frame.object for actor in candidate.objects if actor.party}
    for actor in candidate.subjects:
        if actor.party:
            roles[actor.party] = candidate.frame.subject
    return roles


def _people(candidate: Candidate, actors: Sequence[Actor]) -> Iterator[Person]:
    seen: list[int] = []
    for actor in actors:
        person = actor.person
        if person is None or person.party is None or id(person) in seen:
            continue
        if candidate.frame.kind is APPOINTMENT and actor in candidate.objects and person.name is None:
            continue
        seen.append(id(person))
        yield person


def _status(text: str, candidate: Candidate) -> tuple[EventStatus, bool]:
    """Return whether it happened, and whether a verb says so: a noun, as in `the visit`, tells neither."""
    sentence = candidate.analysis.sentence
    words = _QUOTED.sub(_blank, text[sentence.start : sentence.end])
    before = words[: candidate.start - sentence.start]
    trigger = text[candidate.start : candidate.end]
    if candidate.frame.status is not None:
        return candidate.frame.status, True
    said = _DONE.match(trigger) or _WENT.match(trigger)
    if said is None and candidate.frame.kind is AGREEMENT:
        said = _WAS_DONE.search(trigger)
    done = said is not None and not _PASSIVE_AHEAD.search(before)
    # "X met Y to discuss the delayed dam": those who met did meet.
    off = trigger if done else _OTHERS_OFF.sub("", words)
    if _POSTPONED.search(off) and not _ONCE_PUT_OFF.search(off):
        return POSTPONED, True
    if _CANCELLED.search(off):
        return CANCELLED, True
    if candidate.frame.by_the_way and not _STILL_TO_BE.search(trigger):
        return OCCURRED, False  # "work will begin under the pact signed in May"
    going = candidate.frame.kind is VISIT and _ABOUT_TO.match(trigger)
    if going and sentence.section is BODY:
        return PLANNED, True
    if sentence.section is HEADLINE and _BEGINS.match(trigger) and not _SOON.search(words):
        return OCCURRED, False
    on_it = trigger.startswith("on ") and _IS_ON.search(before) is not None
    if _is_over(candidate, before, trigger, words[candidate.end - sentence.start :]):
        return OCCURRED, True
    first = trigger.startswith("to ") and _FIRST_TO.search(before) and not _IS_DUE.search(before)
    if done or on_it or first or _CAME_TO.search(f"{before}to " if trigger.startswith("to ") else before):
        return OCCURRED, True
    ahead = (
        trigger.startswith(("will ", "would ", "to ", "had planned to ", "an invitation", "invitation"))
        or _STILL_TO_BE.search(trigger) is not None
        or _IS_PLANNED.match(text[candidate.end : sentence.end]) is not None
        or _PLANNED.search(before) is not None
        or find_tense(words, candidate.start - sentence.start) is Tense.FUTURE
    )
    return (PLANNED, True) if ahead else (OCCURRED, False)


def _is_over(candidate: Candidate, before: str, trigger: str, after: str) -> bool:
    """Tell whether words around what has no verb of its own put it behind: `said after talks with X`."""
    clause = before[before.rfind(",") + 1 :]
    # "Peru will sell fish to Chile, Minister X said after talks with Y"
    if _WILL.search(clause if _TOLD.search(clause) else before):
        return False
    at_it = candidate.frame.noun and _AT_IT.search(before) is not None
    latest = _LATEST.search(trigger) is not None
    talks = candidate.frame.kind in TALKS and (latest or _AGAIN.search(trigger) is None)
    told = latest or trigger.lower().startswith(_THEREAT) or _WAS_HELD.match(after) is not None
    return at_it or (talks and told)


def _blank(found: Any) -> str:
    return " " * len(found.group(0))


def _is_long_ago(text: str, candidate: Candidate) -> bool:
    """Tell whether the words put it before what the article reports: `had met`, `last visited`, `in 2019`."""
    sentence, start = candidate.analysis.sentence, candidate.start
    if sentence.section is not BODY or _SAME_DAY.search(text[sentence.start : sentence.end]):
        return False
    before = text[max(sentence.start, start - 40) : start]
    words = before + text[start : min(start + 60, sentence.end)]
    if (since := _SINCE_LAST.search(words)) is not None:
        words = words[: since.start()]  # "reviewed what was done since they last met"
    if _FIRST_SINCE.search(words):
        return False
    if _OPENS_LONG_AGO.match(text[sentence.start : start]):
        return True
    return _LONG_AGO.search(_LASTS.sub("", words)) is not None


def _is_of_months_ago(text: str, candidate: Candidate, dates: Sequence[DateMention]) -> bool:
    """Tell whether a clause about somebody, or a month before a noun, tells it by the way."""
    if not dates:
        return False
    if any(one.date.rule == "month_of_occasion" for one in dates):
        return True
    months = [one for one in dates if one.date.precision in (DatePrecision.MONTH, DatePrecision.YEAR)]
    return bool(months) and _is_aside(text, candidate)


def _delegation(text: str, candidate: Candidate) -> tuple[str, int, Span] | None:
    """Return a delegation's party and stated size."""
    sentence = candidate.analysis.sentence
    found = _DELEGATION.search(text[sentence.start : sentence.end])
    if found is None:
        return None
    party = next((actor.party for actor in candidate.subjects if actor.party), None)
    if party is None:
        return None
    word = found.group(1).lower()
    size = _SIZES.get(word) or int(word)
    return party, size, Span(sentence.start + found.start(), sentence.start + found.end())


def _thing(text: str, candidate: Candidate) -> tuple[Span | None, Mode | None]:
    """Return what changed hands without its article, and what kind of thing it is."""
    if candidate.thing is None:
        return None, None
    start, end = candidate.thing
    if article := _DETERMINER.search(text[start:end]):
        start += article.end()
    words = text[start:end]
    mode = next((mode for mode, pattern in _THINGS if pattern.search(words)), None)
    if mode is None and _COUNTED.match(words) and _HANDED.match(text[candidate.start : candidate.end]):
        mode = Mode.GOODS
    return (Span(start, end), mode) if words else (None, None)
