"""Step 8: the record of one occurrence in the making, out of the sightings that tell of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, TypeVar

from app.domain.dates import MOST_PRECISE_FIRST, RANGES_FIRST, ReportedDate
from app.domain.record import (
    EventRecord,
    ReportedAgreement,
    ReportedDelegation,
    ReportedParticipant,
    ReportedParty,
    ReportedPlace,
)
from app.domain.vocabulary import DatePrecision, EventStatus, PartyRole
from app.parsing.attachments import start_of
from app.parsing.confidence import describe_sides, names_each, score
from app.parsing.dates import shift_of
from app.parsing.delegations import Leader
from app.parsing.evidence import EvidenceList
from app.parsing.instruments import Instrument, find_instrument
from app.parsing.kinds import (
    AGREEMENT,
    APPOINTMENT,
    BODY,
    CALL,
    CANCELLED,
    CAPTION,
    CREDENTIALS,
    EXERCISE,
    HEADLINE,
    HOST,
    MEETING,
    OCCURRED,
    PARTICIPANT,
    PLANNED,
    POST,
    POSTPONED,
    STANDFIRST,
    TALKS,
    VISIT,
    VISITOR,
)
from app.parsing.knowledge import organization_ids
from app.parsing.linking import Person, settle_person
from app.parsing.participants import find_heads, find_lesser
from app.parsing.patterns import compile_pattern
from app.parsing.places import Place
from app.parsing.references import Reference
from app.parsing.sightings import Sighting
from app.parsing.spans import Anchor, DateMention, Sentence, Span
from app.parsing.status import WAS_TO
from app.parsing.stays import Stay, ends_stay, read_stay
from app.parsing.topics import find_topics

_T = TypeVar("_T")
_ONE_DAY: Final = timedelta(days=1)
NEWS: Final = timedelta(days=45)
"""What lies longer before the anchor is background, not what the article reports."""
_BY_THE_WAY: Final = timedelta(days=10)
LEAD_SENTENCES: Final = 2
HEAD_SENTENCES: Final = 3
"""First sentences that say what an article is about, if not all tell of its event."""
_LEAVING: Final = compile_pattern(
    r"^[^.;]{0,60}\b(?:and|until|till|before)\b[^.;]{0,20}"
    r"\b(?:depart\w*|leav\w+|left|return\w*|conclud\w+|wrap\w+|go(?:ing|es)? home|end\w*)\b[^.;]{0,40}$"
    r"|^,? (?:and )?(?:will )?(?:leaves?|departs?|returns?|fl(?:y|ies)|goes)\b[^.;,]{0,40}$"
    r"|^[^.;]{0,80}\b(?:stay\w*|remain\w*|last\w*|run\w*|continu\w+|here|there)\b[^.;,]{0,40}\b(?:until|till|through|to)"
    r" (?:the )?$",
    ignore_case=True,
)
_COMING: Final = compile_pattern(
    r"^(?:arriv|reached|land|touched|came|flew|flies|sail|dock|anchor|"
    r"dropped|berth|moored|beg|start|embark|headed|travell?ed|is in|are in)",
    ignore_case=True,
)
_SETS_OUT: Final = compile_pattern(
    r"^(?:leav|left|depart|fl(?:y|ies|ew)|head|go|proceed|travel|continu|mov)\w* ", ignore_case=True
)
_ENDED: Final = compile_pattern(
    r"\b(?:conclud(?:es?|ed)|end(?:s|ed)|complet(?:es?|ed)|(?:wrap(?:s|ped)|winds|wound) up|"
    r"return(?:s|ed))\b[^.;]{0,70}$",
    ignore_case=True,
)
_ENDS: Final = compile_pattern(
    r"^,? (?:conclud(?:es?|ed)|end(?:s|ed)|complet(?:es?|ed)|(?:wrap(?:s|ped)|winds|wound) up) "
    r"(?:an?|the|his|her|their|its) ",
    ignore_case=True,
)
"""`on Monday wrapped up a visit`"""
_LEFT: Final = compile_pattern(r"\b(?:left|leaves|depart(?:s|ed))\b[^.;]{0,40}$", ignore_case=True)
_BEGAN: Final = compile_pattern(r"\b(?:beg[au]n|started|since|from)\b[^.;,]{0,20}$")
_IN_STAY: Final = compile_pattern(
    r"\b(?:during|in the course of|as part of|throughout|on) (?:the|his|her|their|its|this)"
    r" (?:[\w\-]+ ){0,4}?(?:visit|stay|trip|tour)\b|\bwhile (?:there|here|in)\b|"
    r"\b(?:is|are) also (?:scheduled|due|expected|slated|set)\b",
    ignore_case=True,
)
_LATER: Final = compile_pattern(
    r"\b(?:later|then|afterwards?|thereafter)\b|^(?:After|Following) ", ignore_case=True
)
"""`X received Y, who is here until Friday. The two later signed a treaty`: on the day of the talks."""
_WENT_ON: Final = compile_pattern(
    r"\b(?:then|later|also|afterwards?|thereafter) "
    r"(?:flew|fl(?:y|ies)|travel\w*|went|goes?|drove|moved|visit\w*|toured)\b"
)
"""`The two then flew to Cusco`: that is not where the stay began."""
_OF_PEOPLE: Final = (MEETING, CALL, VISIT, AGREEMENT)
_STAYING: Final = compile_pattern(
    r"^(?:on|during|is|are|currently|visiting)\b|"
    r"^(?:[’']s |his |her |their |an? |the )?(?:[\w\-]+ ){0,2}?visit to$",
    ignore_case=True,
)
"""Words for being on a visit, which lasts longer than the day of a meeting in it."""
_COMMENTS: Final = compile_pattern(
    r"\b(?:opposition|spokes(?:man|woman|person)|lawmaker|analyst|professor|former|shadow)\b",
    ignore_case=True,
)
_STARTED: Final = compile_pattern(
    r"\b(?:beg[au]n|started|kicked off|opened|commenced|got under ?way|(?:was|were) launched)\b[^.;,]{0,50}$"
)
_CLOSED: Final = compile_pattern(
    r"\b(?:c[ao]me to (?:a close|an end)|end(?:ed|s)|conclude[ds]|wrapped up|wraps up|closed|culminated)\b"
    r"[^.;]{0,70}$"
)
"""The ends of an exercise, each told with its day."""
_BEFORE_DAY: Final = 100
_BETWEEN_PHASES: Final = timedelta(days=2)
_WHO: Final = compile_pattern(r", (?:who|whose)\b[^,;]{0,30}$")
_CAME_WHEN: Final = compile_pattern(
    r"\bc[ao]mes? (?:(?:just|only|also|even|on the|an?|one|two|three|few|several|\w+day|hours?|days?|weeks?|"
    r"months?) )*(?:as|after|before|while|when|amid|ahead of|heels of|back of)\b[^.;]*$|"
    r"\b(?:only|just) (?:an?|one|two|three|four|five) (?:hours?|days?|weeks?) (?:after|before)\b[^.,;]*$",
    ignore_case=True,
)
"""`The ban came a week after X met Y`: they only say when something else was."""
_SAID_AT: Final = compile_pattern(
    r"\b(?i:dismiss|condemn|reject|critici[sz]|denounc|respond|react|slam|protest|repl|object|answer|deplor|summon)"
    r"\w*\b[^.;]*\b(?:remarks?|claims?|comments?|words|accusations?|criticism|allegations?|threats?)\b"
    r"[^.;]*[, ](?:made|voiced|issued|given|delivered|expressed|uttered)(?: on \w+day)? "
    r"(?:during|on|at|in|after) (?:an?|his|her|their|the) (?:[\w\-]+ )?"
    r"(?:visit|trip|tour|meeting|talks|summit)\b"
)
"""`dismissed claims by Minister X, made during a visit to Peru`"""
_WHEN: Final = compile_pattern(r"^(?:When|After|Since|Before|Ever since|Even before) [^.;]*$")
_MONTHS_AFTER: Final = compile_pattern(
    r"^(?:(?:Just|Only|Barely|Less than|More than|Almost|Nearly|About|Some) )*"
    r"(?:(?:[Aa]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]everal|[Tt]en|[0-9]+|[A-Z][a-z]+) )?"
    r"(?:[Ww]eeks?|[Mm]onths?|[Yy]ears?|[Dd]ecades?) (?:after|since) [^.;,]*$"
)
"""`Two months after X met Y, the talks broke off`"""
_LONG_SPANS: Final = (DatePrecision.MONTH, DatePrecision.YEAR)
_MEANWHILE: Final = compile_pattern(
    r"\b(?:meanwhile|separately|at the same time|c[ao]mes? (?:just )?(?:as|while))\b", ignore_case=True
)
"""`The flood came as X was in Lima`: what is told by the way was on the day of the news."""
_ONE_MORE: Final = compile_pattern(
    r"\b(?:also|separately|in a separate|(?:earlier|later) (?:in the day|on \w+day|that day)|the same day)\b|"
    r", meanwhile, (?:met|received|held|hosted|spoke|conferred)\b|"
    r"^(?:(?:Earlier|Later|Meanwhile),|In another (?:meeting|call|engagement)\b)",
    ignore_case=True,
)
_LEADER: Final = compile_pattern(
    r"^(?:president|prime minister|premier|head of (?:state|government)|king|queen|sultan|chancellor)\b",
    ignore_case=True,
)
_FRESH: Final = timedelta(days=3)
_AT_VISIT: Final = compile_pattern(r"\b[Dd]uring (?:[\w’'\-]+ ){0,6}(?:visit|trip|tour)\b")
"""`will be signed during the visit of X`: the article is about what is done there."""
_LONGEST_OCCASION: Final = 60
_ONE_DAY_LONG: Final = compile_pattern(r"\b(?:one-day|day-long|a day[’']s)\b", ignore_case=True)
_SHORT: Final = 25
"""Words of a sentence in which little else can be told."""
LEADING: Final = (HEADLINE, STANDFIRST, CAPTION)
_AFTER_TALKS: Final = compile_pattern(
    r"^(?:after|following) (?:the|their) (?:\w+ )?(?:talks|meetings?)$", ignore_case=True
)
_TO: Final = "to "
_OF_ANY_OFFICE: Final = frozenset(("minister", "secretary", "adviser", "advisor", "chief", "staff"))
_BELOW: Final = frozenset(("assistant", "deputy", "under", "vice"))
_OF_MANY_OFFICES: Final = frozenset(
    ("leader", "monarch", "ruler", "diplomat", "official", "representative", "envoy", "delegate", "chief")
)
"""What those of many offices are called: `the leader` may be the prime minister named next."""
_OVER_FORCES: Final = compile_pattern(
    r"\b(?:chief of (?:the )?(?:[a-z]+ ){0,2}(?:staff|defen[cs]e)|(?:army|navy|air force|military) chief|"
    r"commander)\b",
    ignore_case=True,
)


class Draft:
    """One record in the making: its sightings, and the evidence found for its fields."""

    plan: EventStatus | None = None
    """What the same parties plan at the head, for what only nouns tell of."""
    called_off: EventStatus | None = None
    """What became of it, as the article tells of what it was to be part of."""
    occasion: Place | None = None
    """Where the occasion was that it is part of."""
    before_news = False
    """Whether others than those of the news did it on a day before."""
    after_news = False
    """Whether the first sentence tells of what happened: beside it a plan is none of the news."""
    by_the_way = False
    """Whether it is told below a head that tells of something else."""

    def __init__(
        self,
        text: str,
        group: Sequence[Sighting],
        anchor: Anchor | None,
        others: Sequence[Sentence],
        lead_ends: Sequence[int],
        leaders: Sequence[Leader],
        references: Sequence[Reference],
        named_next: Sequence[Person],
    ) -> None:
        self.text = text
        self.anchor = anchor
        self.others = others
        self.lead_ends = lead_ends
        self.leaders = leaders
        self.references = references
        self.named_next = named_next
        self.group = sorted(group, key=_account_order)
        self.best = self.group[0]
        strong = [sighting for sighting in self.group if sighting.strong]
        sure = [sighting for sighting in strong if sighting.sure]
        self.is_sure = bool(sure)
        """Whether a verb, and not only a noun, says whether it happened."""
        self._said = [sighting.status for sighting in sure or strong]
        self.is_of_now = not all(sighting.long_ago for sighting in self.group)
        """Whether no words put it before what the article reports."""
        self._is_above = any(sighting.section in LEADING for sighting in self.group)
        self._start = min(start_of(sighting) for sighting in self.group)
        self.mention = self._find_mention()
        self.evidence = EvidenceList(text)
        sentence = self.best.candidate.analysis.sentence
        self.evidence.add("", sentence.start, sentence.end)
        self.evidence.add("/kind", self.best.candidate.start, self.best.candidate.end)

    def make(self) -> EventRecord:
        """Return the finished record."""
        date = self._date()
        place = self._place()
        roles = self._roles(place)
        people = self._people(roles)
        main = self._is_main(date)
        instrument = self._instrument()
        confidence, reasons = score(self._features(date, people, place))
        told = {
            "kind": self.best.kind,
            "mode": next((sighting.mode for sighting in self.group if sighting.mode), None),
            "status": self.status(),
            "main": main,
            "date": date,
            "place": place,
            "parties": self._parties(roles),
            "participants": tuple(people),
            "delegation": self._delegation(),
            "agreement": self._agreement(instrument) if instrument else None,
            "object": self._object(),
            "topics": self._topics(main, instrument),
            "confidence": confidence,
            "confidence_reasons": reasons,
            "evidence": self.evidence.spans,
        }
        return EventRecord.model_validate(told)

    def _find_mention(self) -> DateMention | None:
        """Take the most precise date, of those alike the one nearest to the words of the event."""
        # A plan's days are none of what has begun: "Tomorrow she will visit Cusco"
        told = [one for one in self.group if not (one.sure and one.status is PLANNED)]
        if self._is_off() or not any(one.sure for one in told):
            told = list(self.group)
        mentions = [(mention, _distance(mention, s)) for s in told for mention in s.dates]
        drilled = self.best.kind is EXERCISE
        if drilled or not any(mention.date.start for mention, _ in mentions):
            mentions += [(mention, 0) for one in self.references for mention in one.dates]
        else:
            mentions += [(day, 0) for day in self._days_within([mention for mention, _ in mentions])]
        if drilled and (days := self._days_of_exercise([mention for mention, _ in mentions])):
            return days
        strong = [one for one in told if one.strong]
        if any(one.sure and one.status is OCCURRED for one in strong):
            # "flew to Peru, where she is to speak on Friday": what has happened was before
            mentions = [item for item in mentions if not self._lies_ahead(item[0])]
        elif all(one.status is PLANNED for one in strong):
            # "criticised on Monday the plan to visit Peru": what is to come lies not behind
            mentions = [item for item in mentions if not self._lies_behind(item[0])]
        if not mentions:
            return None
        visit = self.best.kind is VISIT
        if visit and (stay := self._find_stay()):
            return stay
        if visit:  # of a visit of which only the end is told the days are not known
            mentions = [item for item in mentions if not self._is_end(item[0])]
            if not mentions:
                return None
        order = RANGES_FIRST if visit or drilled else MOST_PRECISE_FIRST
        return min(mentions, key=lambda item: (order.index(item[0].date.precision), item[1]))[0]

    def _days_within(self, told: Sequence[DateMention]) -> Iterator[DateMention]:
        """Yield the days that other sentences give in the only month told: `The summit is set for 3 May.`"""
        if any(one.date.precision not in (DatePrecision.MONTH, DatePrecision.UNKNOWN) for one in told):
            return
        for reference in self.references:
            for mention in reference.dates if len(reference.kinds) > 1 else ():
                if mention.date.start and any(
                    one.date.start and one.date.overlaps(mention.date) for one in told
                ):
                    yield mention

    def _days_of_exercise(self, mentions: Sequence[DateMention]) -> DateMention | None:
        """Return the days of an exercise told in phases, or from when it began `until` its last day."""
        last = next((one.date.end for one in mentions if self._is_end(one)), None)
        begun = [one for one in mentions if one.date.precision is DatePrecision.DAY]
        if last is None:
            begun = [one for one in begun if _STARTED.search(self._words_before(one))]
            last = next((one.date.end for one in mentions if _CLOSED.search(self._words_before(one))), None)
        if last is None or not begun:
            return _across_phases(mentions)
        first = next((one for one in begun if one.date.start and one.date.start < last), None)
        if first is None:
            return None
        days = first.date.model_copy(update={"end": last, "precision": DatePrecision.RANGE})
        return replace(first, date=days)

    def _words_before(self, mention: DateMention) -> str:
        return self.text[max(0, mention.start - _BEFORE_DAY) : mention.start]

    def _find_stay(self) -> DateMention | None:
        """Return the days from an arrival to the departure that the same sentence tells."""
        for sighting in self.group:
            days = sorted(sighting.dates, key=lambda mention: mention.start)[:2]
            for first, last in pairwise(days):
                arrived, left = first.date.start, last.date.end
                exact = first.date.precision is last.date.precision is DatePrecision.DAY
                told = exact and _LEAVING.search(self.text[first.end : last.start]) is not None
                if told and arrived and left and arrived < left:
                    stay = first.date.model_copy(update={"end": left, "precision": DatePrecision.RANGE})
                    return DateMention(first.start, last.end, stay)
        return None

    def is_one_more(self) -> bool:
        """Tell whether a verb tells it as one more piece of news: `Separately, Minister X met Y.`"""
        return self.is_sure and any(one.anew or _ONE_MORE.search(self._words_of(one)) for one in self.group)

    def only_gives_time(self) -> bool:
        """Tell whether it only says when something else happened: `The ban came a day after X met Y.`"""
        return not self._is_above and any(map(self._is_time_of_another, self.group))

    def _is_time_of_another(self, sighting: Sighting) -> bool:
        before = self.text[start_of(sighting) : sighting.candidate.start]
        told = self._words_up_to(sighting)
        if _CAME_WHEN.search(before) is not None or _SAID_AT.search(told) is not None:
            return True
        # "When X flew to Lima in May, she brought a list": the days are those of a clause beside the news
        months = bool(sighting.dates) and all(one.date.precision in _LONG_SPANS for one in sighting.dates)
        rest = self.text[sighting.candidate.end : sighting.candidate.analysis.sentence.end]
        after_months = ", " in rest and _MONTHS_AFTER.match(before) is not None
        return after_months or (months and _WHEN.match(before) is not None)

    def tells_who_and_when(self) -> bool:
        """Tell whether it is told as news are: by a verb, with people of both sides and a day just past."""
        named = {person.party for one in self.group for person in one.people if person.name}
        old = self.anchor is not None and self.ended_before(self.anchor.day - _FRESH)
        aside = all(self._is_in_aside(one) for one in self.group)
        return self.is_sure and self.has_own_day() and len(named) > 1 and not (old or aside)

    def has_own_day(self) -> bool:
        """Tell whether its own words give it a day."""
        return self.mention is not None and self.mention.date.rule not in (None, "same_occasion")

    def was_to_be(self) -> bool:
        """Tell whether its words put what was planned behind: `She was to meet X on Friday.`"""
        candidate = self.best.candidate
        to = self.text.startswith(_TO, candidate.start)
        words = self.text[start_of(self.best) : candidate.start + (len(_TO) if to else 0)]
        return self.status() is PLANNED and WAS_TO.search(words) is not None

    def is_open_stay(self) -> bool:
        """Tell whether it is a visit of which a last day may still be told: `He leaves on Friday.`"""
        day = self.mention is None or self.mention.date.precision in (
            DatePrecision.DAY,
            DatePrecision.UNKNOWN,
        )
        return self.best.kind is VISIT and day and self.is_of_now and not self.is_beside()

    def parties(self) -> set[str]:
        """Return those whom it is between, as its best account says."""
        return set(self.best.roles)

    def is_about_those_of(self, other: "Draft") -> bool:
        """Tell whether the same people took part, or people travel for a party of the other."""
        return self.has_people_of(other) or bool(self.visitors() & other.parties())

    def has_people_of(self, other: "Draft") -> bool:
        """Tell whether somebody took part in both."""
        return not self.people().isdisjoint(other.people())

    def people(self) -> set[int]:
        """Return who took part, each person as the one object that an article has of them."""
        return {id(person) for one in self.group for person in one.people}

    def visitors(self) -> set[str]:
        """Return for whom people travel; nobody travels to a meeting."""
        if self.best.kind is not VISIT:
            return set()
        return {party for party, role in self.best.roles.items() if role is VISITOR}

    def begins_after(self, stay: Stay) -> bool:
        """Tell whether it begins as another stay ends: `X, who came on Monday, leaves for Peru today`."""
        came = stay.came is not None and stay.came.start < self.best.candidate.start
        same = stay.left is not None and self.mention is not None and stay.left.start == self.mention.start
        return (same or (came and stay.start == self._start)) and all(
            _SETS_OUT.match(self.text[one.candidate.start : one.candidate.end]) for one in self.group
        )

    def last_with(self, stays: Sequence[Stay]) -> None:
        """Take the days of the stay that other sentences tell, by its ends or its length."""
        own = self.mention if self.mention is not None and self.mention.date.start else None
        if own is not None and self._is_its_end(own) and ends_stay(own, stays):
            own, self.mention = self._day_it_began(own)
        days, *others = read_stay(own, stays, self.anchor, arrives=self._tells_arrival()) or (self.mention,)
        if days is not None and self.status() is PLANNED and self._lies_behind(days):
            return  # "came back on Monday from a two-day visit to Peru. He is due in Chile next week"
        for mention in others:
            self.evidence.add("/date", mention.start, mention.end)
        self.mention = days

    def _is_its_end(self, day: DateMention) -> bool:
        """Tell whether words say that a stay was over on a day: who left for another country began one."""
        before, after = self.text[max(0, day.start - 90) : day.start], self.text[day.end : day.end + 40]
        if _ENDED.search(before) is not None or _ENDS.match(after) is not None:
            return True
        return after.startswith(" after ") and _LEFT.search(before) is not None

    def _day_it_began(self, left: DateMention) -> tuple[DateMention | None, DateMention]:
        """Return when a stay began of which its own day is the last: a day that is said to be, else unknown.

        No other day is its own then: `returned home on Monday from a visit`.
        """
        for one in self.group:
            for mention in one.dates:
                if mention.date.start and _BEGAN.search(
                    self.text[max(0, mention.start - 30) : mention.start]
                ):
                    return mention, mention
        unknown = {"start": None, "end": None, "precision": DatePrecision.UNKNOWN}
        return None, replace(left, date=left.date.model_copy(update=unknown))

    def _tells_arrival(self) -> bool:
        """Tell whether its day is that of coming, and not that of something done during the stay."""
        return any(
            self.mention in one.dates and _COMING.match(self.text[one.candidate.start : one.candidate.end])
            for one in self.group
        )

    def _date(self) -> ReportedDate:
        """Return the date; the words of all that agree with it are evidence."""
        if self.mention is None:
            return ReportedDate()
        told = [mention for sighting in self.group for mention in sighting.dates]
        for mention in (self.mention, *told):
            if mention.date.overlaps(self.mention.date):
                self.evidence.add("/date", mention.start, mention.end)
        return self.mention.date

    def _is_ahead(self, mention: DateMention) -> bool:
        """Tell whether a day is after the article's, and so not that of what happened."""
        return self.status() is OCCURRED and self._lies_ahead(mention)

    def _lies_ahead(self, mention: DateMention) -> bool:
        """Tell whether a day is after the article's."""
        start, anchor = mention.date.start, self.anchor
        if start is None or anchor is None:
            return False
        return start > anchor.day + _ONE_DAY  # it is tomorrow already elsewhere

    def _lies_behind(self, mention: DateMention) -> bool:
        """Tell whether a day is before the article's."""
        end, anchor = mention.date.end, self.anchor
        return end is not None and anchor is not None and end < anchor.day

    def has_day_since(self, day: date) -> bool:
        """Tell whether the days are known, not long past, and not said to be other than those of the rest."""
        told = self.mention.date if self.mention is not None else None
        if told is None or told.end is None or told.rule == "day_apart":
            return False
        if self.best.kind is EXERCISE and told.precision is DatePrecision.RANGE:
            return False  # what was done beside an exercise of many days has a day of its own
        return told.precision in (DatePrecision.DAY, DatePrecision.RANGE) and told.end >= day

    def ended_before(self, day: date) -> bool:
        """Tell whether its own words put it before a day."""
        return self.mention is not None and self.mention.date.end is not None and self.mention.date.end < day

    def _is_news(self) -> bool:
        """Tell whether it did not happen long before the article."""
        return self.anchor is None or not self.ended_before(self.anchor.day - NEWS)

    def needs_day(self) -> bool:
        """Tell whether a day of the same occasion must be its own: not so of a stay, which lasts."""
        apart = self.by_the_way and not any(_MEANWHILE.search(self._words_of(one)) for one in self.group)
        return self.mention is None and self.is_of_now and not apart and not self._lasts()

    def _lasts(self) -> bool:
        """Tell whether words only say that somebody is on a visit, not that they came or went."""
        done = [one for one in self.group if not (one.sure and one.status is PLANNED)]
        return self.best.kind is VISIT and all(
            _STAYING.search(self.text[one.candidate.start : one.candidate.end])
            and not _ONE_DAY_LONG.search(self._words_of(one))
            for one in done or self.group
        )

    def _words_of(self, sighting: Sighting) -> str:
        sentence = sighting.candidate.analysis.sentence
        return self.text[sentence.start : sentence.end]

    def nearness(self, other: "Draft") -> tuple[int, int]:
        """Return how many parties two events share, and how near they are told."""
        shared = len(self.best.roles.keys() & other.best.roles.keys())
        return shared, -abs(start_of(self.best) - start_of(other.best))

    def fitness(self, other: "Draft") -> tuple[int, bool, int]:
        """Return how well another event can take its day: that of an arrival is rather none of talks.

        The days of a stay are those of what words put into it.
        """
        shared, near = self.nearness(other)
        apart = self.best.kind is VISIT and other.best.kind is not VISIT
        came = apart and (self._is_one_day() or (self._later_words(other) and not other.is_in_stay()))
        return shared, not came, near

    def _later_words(self, other: "Draft") -> bool:
        return any(_LATER.search(self._words_of(one)) for one in other.group)

    def _is_one_day(self) -> bool:
        return self.mention is not None and self.mention.date.precision is DatePrecision.DAY

    def _runs_on(self) -> bool:
        """Tell whether it is a stay that is not over yet."""
        told = self.mention.date if self.mention is not None and self.best.kind is VISIT else None
        ends_on = told.end if told is not None and told.precision is DatePrecision.RANGE else None
        return ends_on is not None and self.anchor is not None and ends_on >= self.anchor.day

    def _is_on(self) -> bool:
        """Tell whether it is a stay that has begun: `is there from 14 to 16 May. Tomorrow she …`"""
        if not self._runs_on() or self.mention is None or self._lies_ahead(self.mention):
            return False
        return any(one.status is OCCURRED and self.mention in one.dates for one in self.group)

    def is_in_stay(self) -> bool:
        """Tell whether words put it into a stay: `During the visit, she will meet X`."""
        return any(_IN_STAY.search(self._words_of(one)) for one in self.group)

    def can_date(self, other: "Draft") -> bool:
        """Tell whether another's day must be this one's: both happened, or it is part of the visit."""
        if self.best.kind is other.best.kind is VISIT and self.parties() != other.parties():
            return False  # who went to two states was not in both on one day
        if self._is_of_others_stay(other):
            return False
        if self._runs_on() and other.is_in_stay() and self.nearness(other)[0] > 1:
            return True
        if self.status() is other.status():
            return self.status() is OCCURRED or self.nearness(other)[0] > 1
        told = {start_of(sighting) for sighting in self.group}
        return self.best.kind is VISIT and any(start_of(one) in told for one in other.group)

    def _is_of_others_stay(self, other: "Draft") -> bool:
        """Tell whether this is a stay of days and the other a call of others: `X is here. Later Y rang Z.`"""
        stay = self.best.kind is VISIT and not self._is_one_day()
        return stay and other.best.kind is CALL and self.parties() != other.parties()

    def is_beside(self) -> bool:
        """Tell whether its day is told by another's: `The following day they met X.`"""
        return self.mention is not None and self.mention.date.rule == "day_beside"

    def is_day_before(self) -> bool:
        """Tell whether words put it before what was told: `The previous day they had met X.`"""
        return self.is_beside() and shift_of(self._told_day()) < 0

    def _told_day(self) -> str:
        return (self.mention.date.words if self.mention else None) or ""

    def take_day_beside(self, others: Iterable["Draft"], days: Iterable[DateMention]) -> None:
        """Take the day that its words put beside the last one told before them: `the previous day`.

        What no event has told, other words of the sentences before may: `days`.
        """
        own = self.mention
        told = [one.mention for one in others if one.mention and one.mention.date.start]
        near = [one for one in days if own and self._start <= one.start < own.start]
        if near or not any(own and one.start < own.start for one in told):
            told = near or list(days)
        before = [one for one in told if own and one.start < own.start and not self._is_at_odds(one)]
        last = max(before, key=lambda one: (one.date.precision is DatePrecision.DAY, one.start), default=None)
        if own is None or last is None or last.date.start is None:
            return
        if last.date.precision not in (DatePrecision.DAY, DatePrecision.RANGE):
            return  # "They will meet in May. A day earlier X rang Y."
        day = last.date.start + timedelta(days=shift_of(self._told_day()))
        found = own.date.model_copy(update={"start": day, "end": day, "precision": DatePrecision.DAY})
        self.mention = replace(own, date=found)

    def stands_between(self, day: DateMention, other: "Draft") -> bool:
        """Tell whether a day of the sentences at the head stands before it, and another event's behind it."""
        here, told = start_of(self.best), other.mention
        return told is not None and day.start < here < told.start and self.best.section is BODY

    def take_day(self, mention: DateMention) -> None:
        """Take the day from an event of the same occasion, if both can have it."""
        if self._is_at_odds(mention):
            return
        told = mention.date.model_copy(update={"rule": "same_occasion"})
        self.mention = replace(mention, date=told)

    def _is_at_odds(self, mention: DateMention) -> bool:
        """Tell whether what happened would lie ahead on a day, or what is planned behind."""
        return self._is_ahead(mention) or (self.status() is not OCCURRED and self._lies_behind(mention))

    def _places_told(self) -> list[Place]:
        """Return the places of its own words and of sentences that go on about it."""
        visit = self.best.kind is VISIT
        added = [one.place for one in self.references if one.arriving or not visit]
        # Of a stay in several towns the one counts that is told with its day: "arrived in Lima on Monday"
        first = sorted(self.group, key=self._is_of_other_day) if visit else self.group
        stops = [one for one in first if not self._is_later_stop(one)]
        if visit and self.status() is OCCURRED:  # "is visiting Peru. She will also visit Cusco"
            stops = [one for one in stops if not (one.sure and one.status is PLANNED)] or stops
        return [sighting.place for sighting in stops] + added

    def _is_of_other_day(self, sighting: Sighting) -> bool:
        """Tell whether a sighting does not give the day that the event has."""
        return self.mention is None or all(one.start != self.mention.start for one in sighting.dates)

    def _is_later_stop(self, sighting: Sighting) -> bool:
        """Tell whether guests went on to its town: `came on Sunday. On Monday she toured Lima.`"""
        began = self.mention.date.start if self.mention is not None and self.best.kind is VISIT else None
        days = [one.date.start for one in sighting.dates if one.date.start is not None]
        if not days and start_of(sighting) > self._start and _WENT_ON.search(self._words_up_to(sighting)):
            return self.best.kind is VISIT
        later = began is not None and bool(days) and min(days) > began
        return (
            later
            and self._is_of_other_day(sighting)
            and not all(self._is_of_other_day(one) for one in self.group)
        )

    def _words_up_to(self, sighting: Sighting) -> str:
        return self.text[start_of(sighting) : sighting.candidate.end]

    def town(self) -> Place | None:
        """Return the town that words give it, or that of its occasion; of a stay none still to be seen."""
        stops = (one for one in self.group if not self._is_later_stop(one))
        done = [one.place for one in stops if not (one.sure and one.status is PLANNED)]
        places = done or self._places_told()
        if self.occasion and self.can_be_in(self.occasion):
            places.append(self.occasion)
        return next((place for place in places if place.city), None)

    def can_be_in(self, town: Place) -> bool:
        """Tell whether it can have been in a town: no words give it another, or another country."""
        return all(town.can_be(place) for place in self._places_told())

    def named(self) -> list[Person]:
        """Return those with a name who took part."""
        return [person for one in self.group for person in one.people if person.name]

    def _place(self) -> ReportedPlace:
        if self.best.kind is CALL:
            return ReportedPlace()  # a town in its words is one that they talked about
        places = self._places_told()
        if self.occasion and self.can_be_in(self.occasion):
            places.append(self.occasion)
        city = _first(place.city for place in places)
        venue = _first(place.venue for place in places)
        located = next((place for place in places if place.city), None) or next(
            (place for place in places if place.country), Place()
        )
        country, words = located.country, located.country_words
        if country is None and (venue or self.best.kind is VISIT):
            # A host receives at home: the venue is his, and a visit goes to him.
            country = next((party for party, role in self.best.roles.items() if role is HOST), None)
            words = self.best.words.get(country) if country else None
        if country and words:
            self.evidence.add("/place/country", words.start, words.end)
        return ReportedPlace(
            venue=self.evidence.take("/place/venue", venue) if venue else None,
            city=self.evidence.take("/place/city", city) if city else None,
            country=country if words else None,
        )

    def _roles(self, place: ReportedPlace) -> dict[str, PartyRole]:
        """Take the roles that a frame states; else the party at home is the host."""
        alike = (one.roles for one in self.group if one.roles.keys() == self.best.roles.keys())
        stated = next((roles for roles in alike if PARTICIPANT not in roles.values()), self.best.roles)
        if PARTICIPANT not in stated.values() or self.best.kind is not MEETING:
            return dict(stated)
        if place.country not in stated:
            return dict(stated)
        return {party: HOST if party == place.country else VISITOR for party in stated}

    def _parties(self, roles: dict[str, PartyRole]) -> tuple[ReportedParty, ...]:
        parties = []
        for index, party in enumerate(sorted(roles)):
            words = _first(sighting.words.get(party) for sighting in self.group)
            if words:
                self.evidence.add(f"/parties/{index}", words.start, words.end)
            parties.append(ReportedParty(party=party, role=roles[party]))
        return tuple(parties)

    def _people(self, roles: dict[str, PartyRole]) -> list[ReportedParticipant]:
        told = {id(one): one for one in self._met() if one.party in roles}
        principals = tuple(told.values())
        visit = self.best.kind is VISIT
        for reference in self.references:
            self._settle_present(reference, roles)
            if not reference.spoken and (not visit or reference.travelling):
                told.update(
                    (id(person), person)
                    for person in reference.people
                    if person.party in roles and not (visit and roles[person.party] is HOST)
                )
        people = list(told.values())
        people.extend(one for one in self._leading(principals, roles) if id(one) not in told)
        people.extend(self._speaking(people, roles))
        people.extend(self._named_next(people, roles))
        named = {person.party for person in people if person.name}
        kept = [person for person in people if person.name or person.party not in named]
        kept = list({self._office_or_name(person): person for person in kept}.values())
        return [self._participant(index, person, roles) for index, person in enumerate(kept)]

    def _met(self) -> Iterator[Person]:
        """Yield who took part; who acted after talks of others did not: `After the talks aides signed it.`"""
        words = (self.text[one.candidate.start : one.candidate.end] for one in self.group)
        later = [one for one, told in zip(self.group, words, strict=True) if _AFTER_TALKS.match(told)]
        before = [one for one in self.group if all(one is not other for other in later)]
        met = {person.party for one in before for person in one.people if person.name}
        for sighting in self.group:
            same = any(sighting is one for one in before)
            yield from (one for one in sighting.people if same or one.party not in met)

    def _office_or_name(self, person: Person) -> tuple[str | int | None, str | None]:
        """Return who somebody is: one whom no words name is who held that office before."""
        if person.name or not person.titles:
            return id(person), None
        title = person.titles[0][1]
        return self.text[title.start : title.end], person.party

    def _speaking(self, people: Sequence[Person], roles: Mapping[str, PartyRole]) -> list[Person]:
        """Return who spoke there, of those who are not told by other words."""
        told = {id(person) for person in people}
        spoke = {
            id(one): one for reference in self.references if reference.spoken for one in reference.people
        }
        return [one for key, one in spoke.items() if one.party in roles and key not in told]

    def _settle_present(self, reference: Reference, roles: Mapping[str, PartyRole]) -> None:
        """Let those whom no words give to a party act for the host, or the visitor if they came along."""
        side = VISITOR if reference.travelling else HOST
        parties = [party for party, role in roles.items() if role is side]
        if len(parties) == 1:
            for person in reference.people:
                settle_person(person, parties[0])

    def _leading(self, people: Sequence[Person], roles: Mapping[str, PartyRole]) -> list[Person]:
        """Return those who lead for a party of which nobody else is named, a visit's host apart."""
        if self.best.kind not in (MEETING, VISIT) or not self._is_news():
            return []
        named = {person.party for person in people if person.name}
        leading = {id(leader.person): leader.person for leader in self.leaders}.values()
        return [
            person
            for person in leading
            if person.party is not None
            and person.party in roles
            and person.party not in named
            and not (self.best.kind is VISIT and roles[person.party] is HOST)
            and not self._holds_another(person, people)
        ]

    def _named_next(self, people: Sequence[Person], roles: Mapping[str, PartyRole]) -> list[Person]:
        """Return whom the next sentences name for a party, a visit's host apart: `They met. Minister X …`."""
        accredited = self.best.candidate.frame.mode is CREDENTIALS
        if not (self.best.kind in _OF_PEOPLE or accredited) or not self._is_news():
            return []
        told = {person.party for person in people if person.name or self._is_another_leader(person)}
        if self.best.kind is VISIT:  # who led a delegation that came is not told by who spoke
            unnamed = {one.party for one in self.best.candidate.subjects if one.person is not None}
            told.update(roles.keys() - unnamed)
        if self.status() is PLANNED and not self.leads(1):
            return []
        likely = [
            person
            for person in self.named_next
            if person.party in roles and person.party not in told and not self._only_comments(person)
        ]
        peers = self._peers_of_heads()
        likely = [
            person
            for person in likely
            if not self._holds_another(person, people)
            and not (person.party in peers and any(find_lesser(self.text, [person])))
        ]
        return list({person.party: person for person in reversed(likely)}.values())

    def _peers_of_heads(self) -> frozenset[str]:
        """Return whose leader is meant as a leader's counterpart: `The President called his counterpart.`"""
        candidate = self.best.candidate
        people = [one.person for one in candidate.subjects if one.person is not None]
        if not next(find_heads(self.text, people), None):
            return frozenset()
        peers = (one for one in candidate.analysis.mentions if one.counterpart and one.name is None)
        return frozenset(one.party for one in peers if one.party)

    def _holds_another(self, person: Person, people: Sequence[Person]) -> bool:
        """Tell whether another office than somebody's took part: `The Foreign Secretary met X.`"""
        offices = [self._office(one) for one in people if one.party == person.party and one.titles]
        own = self._office(person)
        heads = (one for one in find_heads(self.text, people) if one.party == person.party)
        if next(heads, None) and any(find_lesser(self.text, [person])):
            return True
        beside = [one for one in people if one.party == person.party and one.titles]
        if beside and all(self._commands(one) != self._commands(person) for one in beside if person.titles):
            return bool(person.titles)
        if person.party not in organization_ids() and any(_OF_MANY_OFFICES & office for office in offices):
            return False
        return bool(offices and own) and all(
            own.isdisjoint(office) or own & _BELOW != office & _BELOW for office in offices
        )

    def _commands(self, person: Person) -> bool:
        """Tell whether somebody's first office is over forces, as a minister's is not."""
        return any(_OVER_FORCES.search(self.text[title.start : title.end]) for _, title in person.titles[:1])

    def _office(self, person: Person) -> frozenset[str]:
        """Return the first words that tell somebody's office."""
        titles = (self.text[title.start : title.end] for _, title in person.titles[:1])
        words = frozenset(
            word for title in titles for word in title.lower().split() if len(word) > len("the")
        )
        return words - _OF_ANY_OFFICE or words

    def _is_another_leader(self, person: Person) -> bool:
        """Tell whether one more meeting is with a leader without a name: `He also met the Head of State.`"""
        return any(one.anew for one in self.group) and any(
            _LEADER.match(self.text[title.start : title.end]) for _, title in person.titles
        )

    def _only_comments(self, person: Person) -> bool:
        """Tell whether someone's office is to speak for others, or against them."""
        return any(_COMMENTS.search(self.text[title.start : title.end]) for _, title in person.titles)

    def _participant(self, index: int, person: Person, roles: dict[str, PartyRole]) -> ReportedParticipant:
        pointer = f"/participants/{index}"
        name = max(person.names, key=lambda span: span.end - span.start, default=None)
        rank = min(person.ranks, key=lambda item: (item[0], item[1].start), default=None)
        appointed = self.best.candidate.frame.mode is POST
        title = self._post() if appointed else None
        if title is None and person.titles:
            title = min(person.titles, key=_title_order)[1]
        assert person.party is not None
        return ReportedParticipant(
            name=self.evidence.take(f"{pointer}/name", name) if name else None,
            rank=self.evidence.take(f"{pointer}/rank", rank[1]) if rank else None,
            title=self.evidence.take(f"{pointer}/title", title) if title else None,
            party=person.party,
            role=roles[person.party],
        )

    def _post(self) -> Span | None:
        """Return the words of the office that somebody is appointed to: the one with the recipient."""
        candidate = self.best.candidate
        posts = [one for one in candidate.analysis.mentions if one.title and one.start >= candidate.end]
        held = [one for one in posts if any(one.start <= to.start < one.end for to in candidate.objects)]
        return next((post.title for post in (*held, *posts)), None)

    def status(self) -> EventStatus:
        if self.called_off is not None:
            return self.called_off
        if self.plan is not None and not self.is_sure:
            return self.plan
        if self._is_off():
            return POSTPONED if POSTPONED in self._said else CANCELLED
        if self._is_on():
            return OCCURRED
        over = OCCURRED in self._said and (self.is_sure or not self._has_day_ahead())
        return OCCURRED if over else PLANNED

    def _is_off(self) -> bool:
        return POSTPONED in self._said or CANCELLED in self._said

    def _has_day_ahead(self) -> bool:
        """Tell whether its own words give it a day after the article's: `flies on to Lima on Friday`."""
        told = self.mention
        if told is None:
            return False
        return self._lies_ahead(told) and not self._is_end(told)

    def _is_end(self, mention: DateMention) -> bool:
        """Tell whether something lasts until a day: `will stay until Friday`."""
        return self.text.endswith((" until ", " till ", " by ", " run to ", " runs to "), 0, mention.start)

    def _is_main(self, date: ReportedDate) -> bool:
        """Tell whether the article is about it: recent, and near its head."""
        if date.end and self.anchor and date.end < self.anchor.day - NEWS:
            return False
        if self.best.kind is APPOINTMENT and all(self._is_in_aside(one) for one in self.group):
            return False
        if self.by_the_way or (self.before_news and not self.leads()):
            return False
        aside = self.after_news and not (self.is_of_now and self.leads(1))
        if date.precision in (DatePrecision.MONTH, DatePrecision.YEAR) and (aside or not self.leads()):
            return False
        if self.status() is PLANNED and self._is_only_occasion():
            return False
        if self.status() is PLANNED or not self.is_of_now or self.ended_before(self._weeks_ago()):
            by_the_way = self.after_news
            return self.leads(1 if by_the_way else LEAD_SENTENCES)
        return True

    def _is_in_aside(self, sighting: Sighting) -> bool:
        """Tell whether a clause beside somebody's name tells it: `X, who was named envoy in May, met Y`."""
        candidate = sighting.candidate
        sentence = candidate.analysis.sentence
        if _WHO.search(self.text[sentence.start : candidate.start]) is None:
            return False
        # "X received Ambassador Y, who presented her letters of credence"
        return candidate.frame.mode is not CREDENTIALS or ", " in self.text[candidate.end : sentence.end]

    def _is_only_occasion(self) -> bool:
        """Tell whether it is a visit of which words only say that something else is done during it."""
        return self.best.kind is VISIT and all(
            _AT_VISIT.search(self.text[max(0, one.candidate.start - _LONGEST_OCCASION) : one.candidate.end])
            for one in self.group
        )

    def _weeks_ago(self) -> date:
        """Return the day before which what the body tells by the way is background."""
        return self.anchor.day - _BY_THE_WAY if self.anchor else date.min

    def leads(self, sentences: int = LEAD_SENTENCES) -> bool:
        """Tell whether it is told at the head of the article: above it, or in its first sentences."""
        end = self.lead_ends[min(sentences, len(self.lead_ends)) - 1]
        return self._is_above or self._start <= end

    def _delegation(self) -> ReportedDelegation | None:
        told = _first(sighting.delegation for sighting in self.group)
        if told is None:
            return None
        party, size, words = told
        self.evidence.add("/delegation/size", words.start, words.end)
        head = next((one for one in self.leaders if one.person.party == party), None)
        if head is None:
            return ReportedDelegation(party=party, size=size)
        self.evidence.add("/delegation/head", head.words.start, head.words.end)
        return ReportedDelegation(party=party, size=size, head=head.person.name)

    def _instrument(self) -> Instrument | None:
        if self.best.kind is not AGREEMENT:
            return None
        candidate = self.best.candidate
        return find_instrument(self.text, candidate.analysis.sentence, candidate.start, candidate.end)

    def _agreement(self, instrument: Instrument) -> ReportedAgreement:
        self.evidence.add("/agreement/kind", instrument.form_words.start, instrument.form_words.end)
        for index, (_, words) in enumerate(instrument.pledges):
            self.evidence.add(f"/agreement/pledges/{index}", words.start, words.end)
        if instrument.domain:
            self.evidence.add("/agreement/domain", instrument.domain[1].start, instrument.domain[1].end)
        return ReportedAgreement(
            title=self.evidence.take("/agreement/title", instrument.title) if instrument.title else None,
            kind=instrument.form,
            domain=instrument.domain[0] if instrument.domain else None,
            pledges=tuple(pledge for pledge, _ in instrument.pledges),
        )

    def _object(self) -> str | None:
        thing = _first(sighting.thing for sighting in self.group)
        return self.evidence.take("/object", thing) if thing else None

    def _topics(self, main: bool, instrument: Instrument | None) -> tuple[str, ...]:
        own = [sighting.candidate.analysis.sentence for sighting in self.group]
        talks = main and self.best.kind in TALKS
        venues = [sighting.place.venue for sighting in self.group if sighting.place.venue]
        found = find_topics(self.text, own, self.others if talks else [], venues)
        if not found and talks:
            body = [sentence for sentence in self.others if sentence.section is BODY]
            found = find_topics(self.text, body, [])
        if instrument and instrument.domain:
            found.setdefault(*instrument.domain)
        for index, (_, words) in enumerate(found.items()):
            self.evidence.add(f"/topics/{index}", words.start, words.end)
        return tuple(found)

    def _features(
        self, date: ReportedDate, people: Sequence[ReportedParticipant], place: ReportedPlace
    ) -> set[str]:
        named = {person.party for person in people if person.name}
        features = {
            "told in the body of the article": any(one.section is BODY for one in self.group),
            "told in more than one place": len(self.group) > 1,
            "told at the head of the article": self.leads(),
            "told in a short sentence": self._words() <= _SHORT,
            "a person is named for each of two parties": len(named) > 1,
            "a person is named for each party": named >= self.parties(),
            "the day is known": date.precision in (DatePrecision.DAY, DatePrecision.RANGE),
            "the day stands with its own words": self.has_own_day(),
            "the day is not told by another's": not self.is_beside(),
            "it happened": self.status() is OCCURRED,
            "it is between two parties": len(self.parties()) == 2,
            "the month or year is known": date.precision in (DatePrecision.MONTH, DatePrecision.YEAR),
            "the place is known": bool(place.city or place.venue or place.country),
            "each party stands in a sentence that tells of it": any(map(names_each, self.group)),
            **describe_sides(self.best.candidate),
        }
        return {name for name, holds in features.items() if holds}

    def _words(self) -> int:
        sentence = self.best.candidate.analysis.sentence
        return len(self.text[sentence.start : sentence.end].split())


def _account_order(sighting: Sighting) -> tuple[bool, int, bool, bool, bool, int]:
    """Return what puts the best account of an event first."""
    return (
        not sighting.candidate.frame.gathers,
        -len(sighting.roles) if sighting.kind is EXERCISE else 0,
        sighting.told_as_talks,
        sighting.section is not BODY,
        not sighting.strong,
        sighting.order,
    )


def _distance(mention: DateMention, sighting: Sighting) -> int:
    """Return how far a date is from the words of the event; one behind them is nearer than one before."""
    candidate = sighting.candidate
    return (
        mention.start - candidate.end
        if mention.start >= candidate.end
        else 2 * (candidate.start - mention.end)
    )


def _across_phases(mentions: Iterable[DateMention]) -> DateMention | None:
    """Return all days of an exercise: `ashore from 2 to 4 May; from 5 to 9 May the ships will be at sea`."""
    ranges = [one for one in mentions if one.date.precision is DatePrecision.RANGE]
    spans = sorted((one.date.start, one.date.end) for one in ranges if one.date.start and one.date.end)
    if len(set(spans)) < 2 or any(then[0] - first[1] > _BETWEEN_PHASES for first, then in pairwise(spans)):
        return None
    begins = next(one for one in ranges if one.date.start == spans[0][0])
    days = begins.date.model_copy(update={"end": max(end for _, end in spans)})
    return replace(begins, date=days)


def _title_order(item: tuple[int, Span]) -> tuple[int, int]:
    return item[0], item[1].start


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)
