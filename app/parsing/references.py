"""Sentences that go on about an event told before: `The visit`, `the MoU`, `also attended the meeting`.

They name no two parties, so they tell of no event by themselves; what they add is its date, its place and
the people who took part.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.vocabulary import DatePrecision, EventKind
from app.parsing.dates import EventDates
from app.parsing.gifts import find_hands
from app.parsing.kinds import (
    AGREEMENT,
    APPOINTMENT,
    BODY,
    CALL,
    EXERCISE,
    KINDS,
    MEETING,
    TRANSFER,
    VISIT,
)
from app.parsing.linking import Analysis, Person
from app.parsing.patterns import compile_pattern, compile_set
from app.parsing.places import EventPlaces, Place, find_place
from app.parsing.present import CAME_WITH
from app.parsing.spans import DateMention

_DEFINITE: Final = (
    r"\b(?:[Tt]he|[Tt]his|[Tt]hese|[Tt]heir|[Hh]is|[Hh]er|[Ii]ts|[Bb]oth)\s+(?:[a-z\-’]+\s+){0,4}?"
)
_NOUNS: Final = (
    (
        MEETING,
        r"(?:meetings?|talks|discussions?|consultations|dialogue|interaction|call on)",
    ),
    (CALL, r"(?:(?:tele)?phone call|call|conversation)"),
    (VISIT, r"(?:visit|tour|trip|stay)"),
    (
        AGREEMENT,
        r"(?:agreements?|MoUs?|memorand(?:um|a|ums)|pacts?|treaty|accords?|protocols?|declaration|deal|"
        r"signing|FTA|ceremony)",
    ),
    (
        EXERCISE,
        r"(?:exercises?|drills?|manoeuvres|maneuvers|(?:opening|closing|inaugural|concluding) ceremony)",
    ),
    (APPOINTMENT, r"(?:credentials|ceremony|envoys|ambassadors)"),
    (TRANSFER, r"(?:(?:hand-?over )?ceremony|hand-?over|donation|presentation)"),
)
_ABOUT: Final = compile_set([rf"{_DEFINITE}(?i:{nouns})\b" for _, nouns in _NOUNS])
_TOOK_PART: Final = compile_pattern(
    r"\b(?:took part|taken part|participated|attended|attending|"
    r"(?:was|were) (?:also )?(?:present|in attendance)|accompanied|joined|co-chaired|witnessed|looked on|"
    r"(?:watched|observed|oversaw|attested) (?:the|its|their) (?:[\w\-]+ ){0,2}?(?:signing|exchange|ceremony|"
    r"drills?|exercises?|hand-?over)|(?:was|were) (?:the )?(?:chief|guests?) (?:guests?|of honou?r)|"
    r"delegation\b[^.;]{0,40}? (?:included?s?|comprised|comprises|consisted of)|"
    r"(?:led|headed|represented|signed|inked|chaired|attended) by|in the (?:presence of|chair)|"
    r"under the (?:patronage|auspices) of|on behalf of|"
    r"headed one|members? (?:are|were)|signed (?:the|it)|envoys are)\b",
    ignore_case=True,
)
_SIGNERS: Final = compile_pattern(
    r"\b(?:signed|inked|initialled|initialed)\b(?: [^.;]{0,60}?)? (?:by|for|on behalf of)\b|"
    r"\bsigning (?:for|on behalf)\b",
    ignore_case=True,
)
"""Who put their names to what was told before: `It was signed by`, `Ana Solis signed for Peru`."""
_SPOKE_AT: Final = compile_pattern(
    r"\b(?:[Ss]peaking|[Aa]ddressing|said|urged|stated|noted|delivered|made)\b[^.;]{0,80}? "
    r"(?:at|during|as|when) (?:the|this|their) [^.;,]{0,80}?"
    r"(?i:meeting|talks|session|commission|committee|consultations|dialogue|gathering)\b|"
    r"\b(?:[Oo]pening|[Cc]losing|[Cc]hairing|[Cc]o-chairing|[Aa]ddressing) (?:the|this|their) [^.;,]{0,80}?"
    r"(?i:meeting|talks|session|commission|committee|consultations|dialogue|gathering)\b|"
    r"\b(?:told|[Aa]ddress(?:ed|ing)) the (?:gathering|delegates|meeting|participants|session)\b"
)
"""Words by which somebody spoke at what was told, and so was there."""
_STAYED_HOME: Final = compile_pattern(
    r"\b(?:representing|represented|on behalf of|in place of|"
    r"(?:message|letter|greetings|invitation) (?:from|of)) "
    r"(?:the |his |her |their )?$"
)
_PROTESTED: Final = compile_pattern(
    r"\b(?:handed|gave|delivered|presented)\b[^.;]{0,60}\b(?:notes?|d[ée]marche|protest)\b|"
    r"\b(?:told|informed|warned|reminded|(?:expressed|conveyed|voiced)(?: [\w’'\-]+){0,5} to) "
    r"(?:him|her|the (?:ambassador|envoy|diplomat|charg[ée]))\b"
)
"""Words by which somebody spoke to an envoy who was summoned: `Minister X handed him a note`."""
_SPEAKS: Final = compile_pattern(
    r"^(?:, [^,;]{3,80},|,)? (?:also |then |\w+ly )?(?:said|told|urged|noted|stated|praised|thanked|stressed|"
    r"called|expressed|added|underlined|underscored|emphasi[sz]ed|welcomed|hailed|described|pledged|reaffirmed|"
    r"voiced|assured|highlighted|commended|appealed|reiterated|addressed|opened)\b"
)
_IN_TEAM: Final = (
    r"(?:was|were|is|are) (?:in|part of|members? of) (?:the|his|her|their) (?:[\w\-]+ )?"
    r"(?:team|delegation|party|entourage)"
)
_PRINCIPAL: Final = (
    r"(?:(?:the|his|her|their|(?-i:[A-Z])[\w\-]+[’']s) (?:[\w\-]+ ){0,2}?"
    r"(?:president|premier|minister|secretary|chief|commander|general|"
    r"admiral|ambassador|envoy|visitors?|guests?|hosts?|leaders?|king|sultan|emir|amir|chancellor|governor|"
    r"speaker|head of state)|him|her|them|"
    r"(?-i:(?:President|Minister|M(?:r|s|rs)\.?|Dr\.?|[A-Z][a-z]+ Minister) [A-Z][\w\-]+))"
)
"""Those beside whom others came or sat."""
_PRESENT: Final = compile_pattern(
    r"\b(?:attended|were there|took part|participated)\.?$|"
    r"\b(?:(?:was|were) (?:also )?(?:present|on hand|in attendance|at the table|in the room)|"
    r"also (?:attended|attending|participated|participating|took part|taking part|joined|connected|present)|"
    r"^also (?:on hand|at|in) (?:[\w ]{3,30} )?(?:was|were)|sat in on|flanked by|(?:was|were) represented by|"
    r"^(?:representing|accompanying) (?-i:[A-Z]|the |him |her |them )|among those who (?:attended|took part)|"
    r"^(?:the |other )?(?:attendees|participants|guests)\b[^.;,]{0,40} included|"
    r"members of (?:the|his|her|its) [^.;,]{0,30}?(?:delegation|team|mission) (?:are|were|included?)|"
    r"delegation\b[^.;]{0,20}? (?:was|were|is) (?:made up|composed) of|"
    r"[’']s? (?:team|delegation|side|party) (?:also )?(?:compris(?:ed|es)(?: of)?|includ(?:ed|es)|"
    r"consist(?:ed|s) of)|"
    rf"{_IN_TEAM}|"
    r"(?:was|were) (?:also )?(?:with|beside|alongside) (?:the )?(?:(?:Prime |Foreign )?Minister|President|"
    r"him|her)\b|"
    r"(?:was|were) (?:also )?(?:there )?(?:on|from) the [\w\-]+ side|took notes|also joined|"
    r"(?:attended|present at|joined) both|travell?ed with (?:him|her|them|the [a-z]+)|"
    r"(?:who|and) travell?ed with|"
    r"accompanied (?:the (?:[a-z]+ )?(?:visitors?|guests?|president|minister|leader|delegation)|him|her|them|"
    r"(?-i:(?:M(?:r|s|rs|iss)\.?|[A-Z][a-z]+(?: Minister)?) [A-Z]\w*))|"
    r"(?:was|were) (?:also )?attended by|(?-i:^(?:On|From)) the [\w\-]+(?: \w+)? side\b|"
    r"^(?:also )?(?:attending|present|participating|taking part|in attendance|(?:co-)?chairing|presiding|"
    r"at the (?:table|talks|meeting)|leading the (?:two )?(?:delegations|sides|teams))\b[^.;,]{0,60} "
    r"(?:was|were)\b|"
    r"those (?:present|attending|in attendance)\b|"
    r"accompanied (?:(?:at|to|in|during|on) the [a-z]+ )?by|assisted by|"
    r"(?:was|were) among (?:the|his|her) [^.;]{0,30}?delegation|"
    r"(?:were|was) joined by|in attendance were|"
    rf"with (?:him|her|them) (?:came|were|was)|^with {_PRINCIPAL} (?:came|were|was|sat|stood)|"
    r"present (?:at|during) (?:both|the|all)|"
    rf"at (?:(?:his|her|their) side|the side of {_PRINCIPAL}) (?:was|were|sat|stood)|"
    rf"{CAME_WITH}|brought (?:along|with (?:him|her|them))|"
    r"looked on(?: as| while)?\.?$|(?-i:^In) the (?-i:[A-Z])[\w\-]+(?: \w+)? (?:side|party|delegation|team)|"
    r"^(?:the )?(?-i:[A-Z])[\w\-]+ (?:side|delegation|team)(?: members)?:)\b",
    ignore_case=True,
)
"""Words that need no occasion: whatever was told last is what they were present at."""
_ITS_SIDE: Final = compile_pattern(
    r"(?:\b[Tt]he (?-i:[A-Z])[\w\-]+|[’']s?) (?:team|delegation|side|party) (?:also )?"
    r"(?:compris(?:ed|es)(?: of)?|includ(?:ed|es)|counted|numbered|consist(?:ed|s) of|"
    r"was (?:completed|rounded (?:off|out)) by)\b"
)
"""`The Peruvian side included X`: those who came together had sides."""
_MET_WITH: Final = compile_pattern(
    r"\b(?:meetings?|talks|call|conversation|discussions?) with (?:the |his |her |visiting )*$",
    ignore_case=True,
)
_TRAVELLING: Final = compile_pattern(
    r"\b(?:accompanied|entourage|travell?ed with|"
    rf"{CAME_WITH}|"
    r"brought (?:along|with (?:him|her|them))|(?:was|were) among (?:the|his|her) [^.;]{0,30}?delegation|"
    r"with (?:him|her|them) (?:came|were|was)|"
    rf"{_IN_TEAM}|"
    r"delegation\b[^.;]{0,40}? (?:included?s?|comprised|comprises|consisted of))\b",
    ignore_case=True,
)
_GOES_THERE: Final = compile_pattern(
    r"\b(?:will|would|shall|to)(?: also| then| later)? (?:visit|tour|stay)\b", ignore_case=True
)
"""`The delegation will visit Cusco on Friday` gives the visit told before no day."""
_AT_SEVERAL: Final = compile_pattern(
    r"\b(?:accompanied (?:by|(?-i:[A-Z]\w*))|"
    r"meetings|both (?:meetings|talks|calls)|audiences|ceremonies|engagements)\b",
    ignore_case=True,
)
OTHER_EVENT: Final = compile_pattern(
    r"\b(?:[Tt]he|[Tt]heir|[Hh]is|[Hh]er|[Ii]ts) (?:[\w\-]+ ){0,2}?"
    r"(?:recent|previous|last|earlier|upcoming|forthcoming|next|[12][0-9]{3}) (?:[\w\-]+ ){0,2}?"
    r"(?:meetings?|talks|round|summit|visit|trip|call|agreement|pact|treaty|accord|conference|exchanges?|swap|"
    r"exercises?|drills?|edition|session|ceremony|hand-?over|delivery|shipment|donation|one)\b|"
    r"\b(?:[Aa]|[Tt]he|[Ii]ts|[Tt]wo) (?:[\w\-]+ )?(?:planning|preparatory) "
    r"(?:conferences?|meetings?|sessions?)\b"
)
"""`referred to the recent meeting of donors in Lima`: not the one told of before."""
_TO_COME: Final = compile_pattern(
    r"^(?:(?:As part|Within|During|In|On|At|Also|Later)\b[^,.;]{0,60}, )?"
    r"(?:[Hh]e|[Ss]he|[Tt]hey|[Tt]he (?:[\w\-]+ ){1,3}?)(?: [^.;,]{0,40})? ?"
    r"(?:will|is to|are to|is (?:due|set|scheduled|expected) to) (?:also |later |then )?"
    r"(?:call|meet|hold|visit|sign|pay|travel|fly|leave|tour|address|attend|deliver|receive|take part|open)\b"
)
"""`The guest will also call on the minister` tells of what comes next."""
_TOOK_PLACE: Final = compile_pattern(
    r"^(?:It|(?:The|This|That) (?:[\w\-]+ ){0,3}?(?:session|summit|round|commission|committee|council|"
    r"gathering|event|"
    r"ceremony|function|encounter|audience|signing))(?:,(?: which)?)? (?:also |now )?"
    r"(?:took place|(?:was|were) (?:held|hosted|convened|signed)|convened|met|sat|held (?:on|in|at|from)|"
    r"(?:is|are|was|were|had been) (?:now )?(?:set|planned|scheduled|due|slated|fixed|billed|to be held)|"
    r"will (?:be held|take place|open|begin|start))\b"
)
"""`The session was held in Lima` says where what was told took place."""
_HELD_IT: Final = compile_pattern(r"\b(?:to|will|had|would) (?:hold|held|host|hosted) (?:it|them)\b")
"""`They were to hold them in Lima`, of talks."""
_IT_RUNS: Final = compile_pattern(
    r"^(?:It|They|Both) (?:(?:will|is to|are to|was|had|has|is|are) )?(?:also )?(?:be(?:ing|en)? )?"
    r"(?:runs?|ran|tak(?:es?|ing) place|took place|lasts?|lasted|continues?|goes on|held|beg[iau]ns?|starts?|"
    r"started|opens?|opened|ends?|ended|concludes?|concluded|got under way|gets under way|scheduled)\b"
)
"""`It runs from 3 to 9 May`, of an exercise."""
_CAME: Final = compile_pattern(
    r"^(?:He|She|They|It|The (?:[\w\-]+ ){0,2}?(?:delegation|team|minister|president|premier|leader|"
    r"visitors?|guest|"
    r"dignitary|ship|vessel|frigate|general|admiral|envoy))(?: had)?(?: \w+)? "
    r"(?:arrived|landed|touched down|reached|flew in|docked|berthed|dropped anchor)\b",
    ignore_case=True,
)
"""`She arrived in Lima on Monday` says where a visit led that was told of."""
_AT_SEA: Final = compile_pattern(
    r"\b(?:(?:sea|harbou?r|land|shore|live|final|first|second) phase|phase (?:alongside|ashore|at sea)|"
    r"live-fire|live firing|at sea (?:in|off|from|until)|"
    r"(?:ships?|fleet|troops|crews|forces|soldiers|sailors|marines|aircraft|jets|vessels|warships|frigates)\b"
    r"[^.;]{0,60}? (?:practi[sc]ed|rehearsed|drilled|trained|manoeuvred|fired|sailed|"
    r"(?:will|are to) (?:practi[sc]e|rehearse|drill|train|be at sea)))\b",
    ignore_case=True,
)
"""What forces did together, of which the words do not say again that it is an exercise."""
_IN_A_MONTH: Final = compile_pattern(
    r"^(?:In|Last) (?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"[12][0-9]{3}|month|year)(?: [12][0-9]{3})?, [A-ZÀ-Þ]"
)
_WHO_MET: Final = compile_pattern(
    r"\b(?:accompanied|joined) by [^;]{3,120}?, who (?:\w+ly |also |later |then )?"
    r"(?:met|had|held|signed|conferred|spoke|talked)\b"
)
_OCCASION: Final = compile_pattern(
    r"\b(?:occasion|ceremony|event|delegations?|presence|side|team|mission)\b", ignore_case=True
)


_LONGEST_ASIDE: Final = 120
"""Characters from a name to the verb."""
_LONG: Final = (DatePrecision.MONTH, DatePrecision.YEAR)
_HELD: Final = (MEETING, AGREEMENT, EXERCISE, APPOINTMENT)


@dataclass(unsafe_hash=True)
class Reference:
    """What one sentence adds to an event of one of its kinds, told before it."""

    kinds: tuple[EventKind, ...]
    start: int
    dates: tuple[DateMention, ...]
    place: Place
    people: tuple[Person, ...]
    travelling: bool = False
    """Whether those people came along: `accompanied by`."""
    arriving: bool = False
    """Whether it tells that visitors came: `She arrived in Lima.`"""
    spoken: bool = False
    """Whether those people are there because they spoke: `told the meeting`."""
    several: bool = False
    """Whether it is about all events that were told, and not the last alone: `present at both meetings`."""


def find_references(
    text: str,
    analyses: Sequence[Analysis],
    days: EventDates,
    places: EventPlaces,
    *,
    given: bool,
    drilled: bool,
) -> Iterator[Reference]:
    """Yield what the sentences of the body add; `given` tells whether something changed hands.

    `drilled` tells whether there was an exercise.
    """
    for analysis in analyses:
        if analysis.sentence.section is not BODY:
            continue
        if given and (hands := find_hands(text, analysis)) is not None:
            dates, place = days.of(analysis.sentence), find_place(text, places.of(analysis))
            yield Reference((TRANSFER,), analysis.sentence.start, dates, place, (*hands[0], *hands[1]))
            continue
        words = text[analysis.sentence.start : analysis.sentence.end]
        kinds, present = _what_it_is_about(words, drilled=drilled)
        if not present and (spoke := _spoken(text, analysis, words)):
            yield Reference((MEETING,), analysis.sentence.start, (), Place(), spoke, spoken=True)
        if (told := _told_again(text, analysis, words, kinds, days, places, present=present)) is not None:
            yield told


def _told_again(
    text: str,
    analysis: Analysis,
    words: str,
    kinds: tuple[EventKind, ...],
    days: EventDates,
    places: EventPlaces,
    *,
    present: bool,
) -> Reference | None:
    """Return what a sentence adds to an event of one of the kinds, or to a visit: `She arrived in Lima.`"""
    arriving = not kinds and _CAME.match(words) is not None
    if not kinds and not arriving:
        return None
    present = present or _TOOK_PART.search(words) is not None
    if not present and (OTHER_EVENT.search(words) or _TO_COME.search(words)):
        return None
    dates = days.of(analysis.sentence)
    # "In May, X had led his side at the committee's meetings": that was another one.
    another = _IN_A_MONTH.match(words) is not None
    return Reference(
        kinds=kinds or (VISIT,),
        start=analysis.sentence.start,
        dates=() if another else dates,
        place=_place(text, analysis, dates, places, arriving=arriving),
        arriving=arriving,
        travelling=_TRAVELLING.search(words) is not None,
        several=_AT_SEVERAL.search(words) is not None,
        people=tuple(_people(text, analysis) if present else _met(text, analysis)),
    )


def _place(
    text: str, analysis: Analysis, dates: Sequence[DateMention], places: EventPlaces, *, arriving: bool
) -> Place:
    """Return where a sentence puts what was told, and not what it tells of a month or a year long past."""
    if any(one.date.precision in _LONG for one in dates):
        return Place()  # "The exercise was agreed upon at talks held in Lima in April"
    return find_place(text, places.of(analysis, arriving=arriving))


def _what_it_is_about(words: str, *, drilled: bool) -> tuple[tuple[EventKind, ...], bool]:
    """Return the kinds of events that a sentence may be about, and whether it lists who was there."""
    kinds = tuple(_NOUNS[index][0] for index in _ABOUT(words))
    if VISIT in kinds and _GOES_THERE.search(words):
        kinds = tuple(kind for kind in kinds if kind is not VISIT)
    if (not kinds and _OCCASION.search(words) and _TOOK_PART.search(words)) or _PRESENT.search(words):
        return kinds or KINDS, True
    if kinds:
        return kinds, False
    if _ITS_SIDE.search(words):
        return (MEETING,), True
    if _SIGNERS.search(words):
        return (AGREEMENT,), True
    held = _TOOK_PLACE.match(words) is not None or _HELD_IT.search(words) is not None
    if held and not (drilled and _IT_RUNS.match(words)):
        return _HELD, False
    drill = drilled and (_AT_SEA.search(words) is not None or _IT_RUNS.match(words) is not None)
    return ((EXERCISE,) if drill else ()), False


def _spoken(text: str, analysis: Analysis, words: str) -> tuple[Person, ...]:
    """Return who spoke at what was told, and so was there: `Speaking at the meeting, Minister X said …`."""
    if not analysis.people:
        return ()
    if _PROTESTED.search(words):
        return tuple(_people(text, analysis))
    return tuple(_speakers(text, analysis)) if _SPOKE_AT.search(words) else ()


def _speakers(text: str, analysis: Analysis) -> Iterator[Person]:
    """Yield the people of a sentence who say something."""
    for actor in analysis.actors:
        after = text[actor.end : min(actor.end + _LONGEST_ASIDE, analysis.sentence.end)]
        if actor.person is not None and actor.person.name and _SPEAKS.match(after):
            yield actor.person


def _met(text: str, analysis: Analysis) -> Iterator[Person]:
    """Yield who was met: `During the meeting with Minister X, …`."""
    for actor in analysis.actors:
        before = text[max(analysis.sentence.start, actor.start - 40) : actor.start]
        if actor.person is not None and actor.person.name and _MET_WITH.search(before):
            yield actor.person


def _people(text: str, analysis: Analysis) -> Iterator[Person]:
    """Yield whom a sentence names, but for whom others came: `Minister X, representing President Y`.

    Whom one who came along met apart was not there: `was joined by X, who had talks with Y`.
    """
    aside = _WHO_MET.search(text[analysis.sentence.start : analysis.sentence.end])
    end = analysis.sentence.start + aside.end() if aside else analysis.sentence.end
    for actor in analysis.actors:
        if actor.person is not None and actor.person.name is not None and actor.start < end:
            before = text[max(analysis.sentence.start, actor.start - 40) : actor.start]
            if _STAYED_HOME.search(before) is None:
                yield actor.person
