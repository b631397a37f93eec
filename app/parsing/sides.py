"""For whom an official acts where no words say it: home's officials, and those whom they meet.

A story written in one country names its own president without a country, and a caller's host is on
the other side. What is settled here rests on the words of the office alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from app.parsing.arguments import leads_group
from app.parsing.candidates import Candidate, find_pair
from app.parsing.delegations import LED_OTHER_SIDE
from app.parsing.gifts import find_hands
from app.parsing.home import Home, Ranking, is_venue_of_others
from app.parsing.kinds import AGREEMENT, CALL, HOST, MEETING, SUPPLIER, TRANSFER, VISIT
from app.parsing.knowledge import Label, organization_ids
from app.parsing.linking import Actor, Analysis, Person, guess_party, settle_person
from app.parsing.mentions import PLURAL
from app.parsing.patterns import compile_pattern
from app.parsing.places import LIVES_IN
from app.parsing.present import settle_present
from app.parsing.tokens import Token

_OF_ORGANIZATIONS: Final = compile_pattern(
    r"^(?:(?:deputy|assistant) |under-?)?(?:secretary[- ]general|executive secretary|high representative|"
    r"director[- ]general)(?: for .*)?$",
    ignore_case=True,
)
_OF_ITS_HEAD: Final = compile_pattern(r"\bSecretary[- ]General[’']s (?:\w+ )?$")
"""`the Secretary-General's Special Envoy`"""
_ENVOY: Final = compile_pattern(
    r"^[^,]{0,24}\b(?:ambassador|high commissioner|charg[ée] d|consul general|head of mission)",
    ignore_case=True,
)
_DONE_BY_TWO: Final = compile_pattern(
    r"\b(?:(?:signed|inked|initialled|initialed|witnessed|co-?chaired|jointly \w+|"
    r"(?:delegations|sides|teams) (?:were |are )?(?:led|headed|chaired)) by|"
    r"^[Cc]o-chairing(?: it)? were|"
    r"(?:co-|joint |under the )(?:chairmanship|chairpersonship|chairs?) of) (?:the )?$",
    ignore_case=True,
)
_THEIR: Final = compile_pattern(r"\b[Tt]heir (?:respective )?$")
"""`their presidents, X and Y`"""
_IN_THE_CHAIR: Final = compile_pattern(r"^,? (?:in the chair|presiding|co-chairing)\b")
_OF_SHIP: Final = compile_pattern(r"^(?:[Tt]he )?(?:(?:[Ss]hip|[Vv]essel)[’']s )?[Cc]ommanding [Oo]fficer\b")
"""Of the ship that came last, where no words say whose officer it is."""
_AND: Final = compile_pattern(r"^,? and (?:the |his |her )?$")
_BESIDE: Final = compile_pattern(
    r"^(?:[’']s(?: [A-Z]\w*){0,3}|.{0,11}|[^.;:]{0,60}(?:[,;]| and| as well as| along with)"
    r"(?: (?:the|his|her|its))?) ?$"
)
"""`Peru's Minister X, Secretary Y`, `the EU's Corridor VIII coordinator`"""
_HEAD: Final = compile_pattern(
    r"^[^,]{0,40}\b(?:President|Prime Minister|Premier|King|Chancellor|Emir|Amir|Sultan|Taoiseach)\b"
    r"(?: [A-ZÀ-Þ]|,)",
)
_MINISTER: Final = compile_pattern(
    r"^[^,]{0,60}\b(?:minister|secretary|adviser|advisor|chief|director|head)\b", ignore_case=True
)
_OF_OWN_STATE: Final = compile_pattern(r"\bthe (?:Kingdom|Sultanate|Republic|State|Emirates?|country)[’']s\b")
_ITS: Final = compile_pattern(r"\b(?:its|their)(?: [a-z]+)? $")
_HIS: Final = compile_pattern(r"\b(?:his|her) $")
_SENT: Final = compile_pattern(r"^,? whom (?:the )?$")
_HAD_SENT: Final = compile_pattern(
    r"^ (?:had |has )?(?:\w+ly )?(?:sent|dispatched|appointed|named|delegated|tasked)\b"
)
"""`Y, whom X had sent`"""
_CHIEF_OF: Final = compile_pattern(r"^[’']s? +(?:[a-z\-]+ +){0,5}$")
_LONGEST_OWN: Final = 25
"""Characters of the words that say whose an official is."""
_HE: Final = ("He ", "She ")
_OF_ONE_SIDE: Final = compile_pattern(
    r"\b(?:delegation|includ(?:ed?|es|ing)|accompanied by|joined by|comprising|along with)\b[^.;]*$",
    ignore_case=True,
)
_COMPANY: Final = compile_pattern(
    r"\b(?:accompanied|joined|assisted|flanked)(?: (?:at|to|in|during|on) the [a-z]+)? by\b|"
    r"\btravell?ed with\b|"
    r"^with (?:him|her) (?:came|were|was)\b",
    ignore_case=True,
)
_PRIVATE: Final = compile_pattern(
    r"^(?:(?:[\w\-’']+ ){0,3}(?:leader|chief|boss|chairman|chairwoman|chairperson|chair|director|founder|"
    r"owner|coach|executive|CEO|activist|captain|manager|spokes(?:man|woman|person))|chief executive.*|"
    r"president and (?:CEO|chief executive).*|chairman and .*|head of [a-z].*|director of [a-z].*)$"
)
"""Offices that parties, unions and firms have too."""
_CIVIL: Final = compile_pattern(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof)\.?$")
_OF_FORCES: Final = compile_pattern(
    r"\b(?:army|navy|air|force|forces|police|defen[cs]e|military|intelligence|security|guard|staff|mission|"
    r"state|government|policy|customs)\b",
    ignore_case=True,
)
_GOES_ON: Final = compile_pattern(
    r", (?:(?:also|then|later|earlier|has|had|will|was|were|\w+ly) )*(?:called|met|meets?|held|paid|visited|"
    r"discussed|signed|arrived|toured|received|attended|took|went|left|told|said|inspected|handed|presented|"
    r"laid)\b"
)
"""What the one does who was accompanied: `X, accompanied by Y, called on Z`."""
_IN_TEAM: Final = compile_pattern(
    r"\b(?:is|are|was|were) (?:also )?(?:in|part of|members? of|among) (?:the|his|her) (?:[\w\-]+ )?"
    r"(?:team|delegation|party|entourage)\b"
)
"""`X and Y are in the team` of whom the sentence before told."""
_CLAUSE: Final = compile_pattern(r"; |,? while ")
_INVITED_BY: Final = compile_pattern(r"\b(?:invitation|request|behest) (?:of|from) (?:the |his |her )?$")
_INSIDE: Final = compile_pattern(r"\b(?:in|at|here in|visiting|visited)(?: the)? $", ignore_case=True)
_WHERE_THEY: Final = compile_pattern(r"^,? where (?:he|she|they)\b[^,;]*$")
_NEXT_SENTENCES: Final = 3
_CEREMONY: Final = compile_pattern(r"\b(?:the|a) (?:[\w\-]+ ){0,2}(?:ceremony|hand-?over|presentation)\b")
_BETWEEN_TWO: Final = (MEETING, CALL, VISIT, AGREEMENT)


def settle_sides(
    text: str,
    analyses: Sequence[Analysis],
    candidates: Sequence[Candidate],
    home: Home,
    ranking: Ranking,
) -> None:
    """Give the people without a party the one that they must act for, if there is one.

    Someone who is called on acts for the place of the call, else for the country that was visited last;
    whoever is left acts for home, else for the country that the article names most. Secretaries-general act
    for the organization that publishes the article, else for the one that it names most.
    """
    pair = _pair(analyses, home.country)
    _settle_in_sentences(text, analyses, pair)
    settle_present(text, analyses, home, ranking, pair)
    private = frozenset() if home.is_sure else _private(text, analyses)
    _settle_in_events(text, candidates, home, ranking, pair, private)
    _settle_hands(text, analyses, candidates)
    _settle_others(text, analyses, home, ranking, private)


def _pair(analyses: Sequence[Analysis], own: str | None) -> Sequence[str]:
    """Return the two parties that an article is about; it names its own side first."""
    pair = [actor.party for actor in find_pair(tuple(analyses)) if actor.party]
    return pair[::-1] if len(pair) == 2 and pair[1] == own else pair


def _settle_in_sentences(text: str, analyses: Sequence[Analysis], pair: Sequence[str]) -> None:
    """Let people act for whom the words beside them say, whatever event is told."""
    last: Actor | None = None
    for analysis in filter(_names_people, analyses):
        _settle_own(text, analysis)
        _settle_sent(text, analysis)
        _settle_cabinet(text, analysis)
        last = _settle_company(text, analysis, last)
        _settle_couples(text, analysis, pair)
        _settle_other_side(text, analysis, pair)


def _settle_in_events(
    text: str,
    candidates: Sequence[Candidate],
    home: Home,
    ranking: Ranking,
    pair: Sequence[str],
    private: frozenset[int],
) -> None:
    """Let people act for the side that they are on in an event, by where it is and who went there before."""
    own = home.country
    likely = (*filter(None, (own, home.organization, home.sender)), *ranking.countries)
    organization = home.organization or next(iter(ranking.organizations), None)
    places = _places_of_sentences(text, filter(_is_unsettled, candidates))
    visited: Sequence[str] = ()
    came: str | None = None
    told = -1  # where the sentence begins of which a verb told last: "X met Y to discuss trade"
    for candidate in candidates:
        if candidate.frame.kind is TRANSFER:
            _settle_at_post(candidate)
        if candidate.frame.kind not in _BETWEEN_TWO:
            continue
        _settle_of_organization(text, candidate, organization)
        came = _settle_officers(text, candidate, came)
        here = (*_where_they(text, candidate), *places.get(candidate.analysis.sentence.start, ()))
        hosts = (*here, *visited)
        if own is not None and hosts and own not in (here or visited):
            _send(candidate.subjects, candidate.objects, own)
        hosts = (*hosts, *pair) if home.own_release else hosts
        senders = _with_abroad(candidate, likely, home.abroad)
        if candidate.frame.strong or candidate.analysis.sentence.start != told:
            _settle_candidate(_in_office(candidate, private), own, senders, here, hosts, pair)
        told = candidate.analysis.sentence.start if candidate.frame.strong else told
        if candidate.frame.kind is MEETING:
            met = _parties((*candidate.subjects, *candidate.objects))
            pair = met if len(met) == 2 else pair
        elif candidate.frame.kind is VISIT:
            _settle_inviting(text, candidate)
        visited = _led_to(text, candidate, own) or visited


def _led_to(text: str, candidate: Candidate, own: str | None) -> Sequence[str]:
    """Return where a visit led, or a meeting abroad was."""
    if candidate.frame.kind is VISIT:
        return tuple(actor.party for actor in candidate.objects if actor.party)
    return _met_abroad(text, candidate, own) if candidate.frame.kind is MEETING else ()


def _met_abroad(text: str, candidate: Candidate, own: str | None) -> Sequence[str]:
    """Return the state in whose town somebody of home met its official: `X met Peru's Minister Y in Lima.`"""
    sides = _parties((*candidate.subjects, *candidate.objects))
    sentence = candidate.analysis.sentence
    towns = {
        token.parties[0]
        for token in candidate.analysis.named
        if token.label is Label.CITY
        and len(token.parties) == 1
        and _INSIDE.search(text[sentence.start : token.start])
    }
    there = [one for one in sides if one != own and one in towns]
    return there if own in sides and own not in towns else ()


def _settle_inviting(text: str, candidate: Candidate) -> None:
    """Let act for where a visit leads who asked for it: `at the invitation of her counterpart, X`."""
    hosts = {actor.party for actor in candidate.objects if actor.party}
    for actor in candidate.analysis.people if len(hosts) == 1 else ():
        if _INVITED_BY.search(text[max(candidate.analysis.sentence.start, actor.start - 40) : actor.start]):
            settle_person(actor.person, next(iter(hosts)))


def _with_abroad(candidate: Candidate, likely: Sequence[str], abroad: str | None) -> Sequence[str]:
    """Return who may pay a visit: last the outlet's own country; who goes there is at home."""
    if abroad is None or candidate.frame.kind is not VISIT:
        return likely
    at_home = any(actor.party == abroad for actor in candidate.objects)
    return () if at_home else (*likely, abroad)


def _settle_of_organization(text: str, candidate: Candidate, organization: str | None) -> None:
    """Let secretaries-general act for an organization."""
    for actor in (*candidate.subjects, *candidate.objects):
        if _is_of_organization(text, actor.person):
            settle_person(actor.person, organization)


def _private(text: str, analyses: Sequence[Analysis]) -> frozenset[int]:
    """Return whose words give them no office of a state: `union leader X`, `chief executive Y`.

    Where only the outlet tells a story's country, they need not act for it.
    """
    people = {id(actor.person): actor.person for one in analyses for actor in one.people if not actor.party}
    return frozenset(
        key for key, person in people.items() if person is not None and _is_private(text, person)
    )


def _is_private(text: str, person: Person) -> bool:
    titles = (text[words.start : words.end] for _, words in person.titles)
    ranked = any(not _CIVIL.match(text[words.start : words.end]) for _, words in person.ranks)
    if ranked or person.counterpart or not person.titles:
        return False
    return all(_PRIVATE.match(one) and not _OF_FORCES.search(one) for one in titles)


def _in_office(candidate: Candidate, private: frozenset[int]) -> Candidate:
    """Leave out those who need not act for any state."""
    if not private:
        return candidate
    subjects = tuple(one for one in candidate.subjects if id(one.person) not in private)
    objects = tuple(one for one in candidate.objects if id(one.person) not in private)
    return replace(candidate, subjects=subjects, objects=objects)


def _names_people(analysis: Analysis) -> bool:
    return bool(analysis.people)


def _is_unsettled(candidate: Candidate) -> bool:
    """Tell whether somebody's party is not known yet."""
    return None in [actor.party for actor in (*candidate.subjects, *candidate.objects)]


def _settle_officers(text: str, candidate: Candidate, came: str | None) -> str | None:
    """Let the officer of a ship act for the party that came last, and return which that is now."""
    for actor in candidate.subjects:
        if actor.party is None and _OF_SHIP.match(text[actor.start : actor.end]):
            settle_person(actor.person, came)
    if candidate.frame.kind is not VISIT:
        return came
    return next((actor.party for actor in candidate.subjects if actor.party), came)


def _settle_at_post(candidate: Candidate) -> None:
    """Let an official whom an envoy gives something act for where the envoy is posted."""
    posts = [one.person.sent_to[0] for one in candidate.subjects if one.person and one.person.sent_to]
    for actor in candidate.objects if posts else ():
        settle_person(actor.person, posts[0])


def _settle_hands(text: str, analyses: Sequence[Analysis], candidates: Sequence[Candidate]) -> None:
    """Let who hands over what was given act for the giver, as envoys do, and who gets it for the taker."""
    gifts: dict[int, tuple[str, str]] = {}
    for candidate in (one for one in candidates if one.frame.kind is TRANSFER):
        sides = _parties(candidate.subjects), _parties(candidate.objects)
        if len(sides[0]) == len(sides[1]) == 1 and sides[0] != sides[1]:
            giver, taker = sides if candidate.frame.subject is SUPPLIER else sides[::-1]
            gifts.setdefault(candidate.analysis.sentence.start, (giver[0], taker[0]))
    for index, analysis in enumerate(analyses) if gifts else ():
        if (gift := gifts.get(analysis.sentence.start)) is None:
            continue
        for one in analyses[index : index + _NEXT_SENTENCES]:
            giving, taking = find_hands(text, one) or ((), ())
            for person in giving:
                settle_person(person, gift[0])
            for person in taking:
                settle_person(person, gift[1])
            if _CEREMONY.search(text[one.sentence.start : one.sentence.end]):
                for actor in (actor for actor in one.people if _is_envoy(text, actor.person)):
                    settle_person(actor.person, gift[0])


def _parties(actors: Sequence[Actor]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.party for actor in actors if actor.party))


def _settle_couples(text: str, analysis: Analysis, pair: Sequence[str]) -> None:
    """Let one of two act for each party: `Foreign Ministers X and Y`, `signed by X and Y`."""
    for one, other in pairwise(analysis.mentions):
        sharing = one.title is not None and one.title == other.title and one.start != other.start
        words = text[max(analysis.sentence.start, one.start - 40) : one.start]
        if sharing and _OF_ONE_SIDE.search(words):
            continue
        if not sharing and not (
            (
                _DONE_BY_TWO.search(words)
                or _THEIR.search(words)
                or _IN_THE_CHAIR.match(text[other.end : other.end + 20])
            )
            and _AND.match(text[one.end : other.start])
        ):
            continue
        before = [actor for actor in analysis.actors if actor.end <= one.start]
        named = list(dict.fromkeys(actor.party for actor in before if actor.party))
        sides = named if len(named) == 2 else pair
        couple = [actor for actor in analysis.actors if actor.start in (one.start, other.start)]
        if len(sides) == len(couple) == 2:
            held = {actor.party for actor in couple} & {*sides}
            free = [side for side in sides if side not in held]
            for actor, own in zip([actor for actor in couple if not actor.party], free, strict=False):
                settle_person(actor.person, own)


def _settle_other_side(text: str, analysis: Analysis, pair: Sequence[str]) -> None:
    """Let who leads the other side act for the party that the sentence does not name as the first."""
    start = analysis.sentence.start
    if len(pair) != 2 or " other" not in text[start : analysis.sentence.end]:
        return
    for actor in analysis.people:
        if LED_OTHER_SIDE.search(text[max(start, actor.start - 60) : actor.start]):
            told = next((one.party for one in analysis.actors if one.start < actor.start and one.party), None)
            others = [party for party in pair if party != told]
            settle_person(actor.person, others[0] if len(others) == 1 else None)


def _settle_own(text: str, analysis: Analysis) -> None:
    """Let someone's own official act for them: `Peru recalled its ambassador, Ana Solis`."""
    acting: Actor | None = None
    chief: Actor | None = None
    for actor in analysis.actors:
        if actor.person is not None and actor.party is None:
            before = text[max(analysis.sentence.start, actor.start - _LONGEST_OWN) : actor.start]
            both = _THEIR.search(before) is not None and PLURAL.search(text[actor.start : actor.end])
            own = _ITS.search(before) is not None and not both
            if acting is not None and (own or leads_group(text, acting, actor)):
                settle_person(actor.person, acting.party)
            if chief is not None and _HIS.search(before) and text.startswith("deputy", actor.start):
                settle_person(actor.person, chief.party)
        chief = actor if actor.person is not None and actor.party is not None else chief
        if actor.party is not None and actor.person is None and not actor.is_place:
            acting = actor


def _settle_sent(text: str, analysis: Analysis) -> None:
    """Let an aide or an envoy act for whose they are: `President X's adviser Y`, `Y, whom X had sent`."""
    for one, other in pairwise(analysis.people):
        between = text[one.end : other.start]
        if one.person is not None and one.person.name and other.party is None and _CHIEF_OF.match(between):
            settle_person(other.person, one.party)
        if one.party is None and _SENT.match(between) and _HAD_SENT.match(text[other.end : other.end + 40]):
            settle_person(one.person, other.party)


def _settle_cabinet(text: str, analysis: Analysis) -> None:
    """Let a minister named beside a head of government act for the same: `President X and Minister Y`."""
    for head, minister in pairwise(analysis.actors):
        if head.party is None or minister.person is None or minister.person.party is not None:
            continue
        if _AND.match(text[head.end : minister.start]) and _leads(text, head) and _is_below(text, minister):
            settle_person(minister.person, head.party)


def _leads(text: str, actor: Actor) -> bool:
    """Tell whether somebody heads a state or a government, by the office that is printed here."""
    words = text[actor.start : actor.end]
    return actor.person is not None and actor.person.name is not None and _HEAD.search(words) is not None


def _is_below(text: str, actor: Actor) -> bool:
    """Tell whether somebody is a minister or an official, by the office that is printed here."""
    words = text[actor.start : actor.end]
    return _MINISTER.search(words) is not None and _HEAD.search(words) is None


def _settle_company(text: str, analysis: Analysis, last: Actor | None) -> Actor | None:
    """Let who came along act for whom they came with, and return who acted last, for pronouns."""
    start, end = analysis.sentence.start, analysis.sentence.end
    people = analysis.people
    if last is not None and _IN_TEAM.search(text[start:end]):
        for actor in people:
            settle_person(actor.person, last.party)
        return last
    if any(actor.party is None for actor in people):
        _settle_companions(text, analysis, people, last)
    goes_on = text.startswith(_HE, start)
    return people[0] if people[0].party is not None and not goes_on else last


def _settle_companions(text: str, analysis: Analysis, people: Sequence[Actor], last: Actor | None) -> None:
    """Let whom a clause names behind words of company act for the one before them: `X, joined by Y`."""
    start, end = analysis.sentence.start, analysis.sentence.end
    for first, stop in pairwise(
        [start, *(start + one.end() for one in _CLAUSE.finditer(text[start:end])), end]
    ):
        here = [actor for actor in people if first <= actor.start < stop]
        found = _COMPANY.search(text[first:stop]) if here else None
        if found is not None:
            before = [actor for actor in here if actor.end <= first + found.start()]
            leader = before[-1] if before else (last if first == start else None)
            came = first + found.end()
            goes_on = _GOES_ON.search(text[came:stop])
            for actor in here:
                if actor.person is not None and actor.person.counterpart:
                    continue  # "is accompanied by General X, who met his counterpart, Y"
                if leader is not None and came <= actor.start < came + (goes_on.start() if goes_on else stop):
                    settle_person(actor.person, leader.party)


def _settle_candidate(
    candidate: Candidate,
    own: str | None,
    likely: Sequence[str],
    here: Sequence[str],
    hosts: Sequence[str],
    pair: Sequence[str],
) -> None:
    if not _is_unsettled(candidate):
        return
    subjects, objects = candidate.subjects, candidate.objects
    _settle_sent_elsewhere(subjects, objects)
    if (subjects and objects) or candidate.frame.kind is VISIT:
        receives = candidate.frame.subject is HOST
        met = candidate.frame.kind is not VISIT
        # "The Army Chief, who was received by General X" at home, is no guest of whom the article names else.
        is_guest = receives and own is not None and own in _parties(objects)
        senders = hosts if is_guest else (*here, *likely) if receives else likely
        _settle(subjects, objects, senders, here, home=own, met=met)
        # An article leaves its own officials without a country, not those whom they receive.
        at_home = own is not None and own in {actor.party for actor in subjects}
        _settle(objects, subjects, hosts if at_home else (*hosts, *likely), hosts, home=own, met=met)
    else:
        _settle_together(subjects or objects, own, likely, pair)


def _settle_sent_elsewhere(hosts: Sequence[Actor], guests: Sequence[Actor]) -> None:
    """Let an envoy to a third state be of who receives him: `Peru's Minister X met Ambassador to Mali Y`."""
    sides = _parties(hosts)
    for guest in guests if len(sides) == 1 else ():
        post = guest.person.sent_to if guest.person is not None else None
        if post is not None and post[0] != sides[0] and post[0] not in organization_ids():
            settle_person(guest.person, sides[0])


def _settle_others(
    text: str, analyses: Sequence[Analysis], home: Home, ranking: Ranking, private: frozenset[int]
) -> None:
    """Let everyone else act for home, envoys apart: at home they are those of another state."""
    _settle_behind(text, analyses, home.country)
    if home.country is None:
        return
    other = next((one for one in ranking.countries if one != home.country), None)
    for actor in (actor for analysis in analyses for actor in analysis.people):
        unsettled = actor.person is not None and actor.person.party is None
        if unsettled and id(actor.person) not in private and not _is_of_organization(text, actor.person):
            own = home.own_release or _OF_OWN_STATE.search(text[actor.start : actor.end])
            foreign = not own and _is_envoy(text, actor.person)
            guess_party(actor.person, other if foreign else home.country, home.country)


def _settle_behind(text: str, analyses: Sequence[Analysis], home: str | None) -> None:
    """Let whom a list names behind a party act for it: `Peru's Minister X, Secretary Y and General Z`."""
    for analysis in filter(_names_people, analyses):
        for before, actor in pairwise(analysis.actors):
            if _BESIDE.match(text[before.end : actor.start]):
                guess_party(actor.person, before.party, home)


def _send(subjects: Sequence[Actor], objects: Sequence[Actor], home: str) -> None:
    """Let those act for home who call on somebody abroad, where both are told by their office alone."""
    if not any(actor.party for actor in (*subjects, *objects)):
        for actor in subjects:
            settle_person(actor.person, home)


def _places_of_sentences(text: str, candidates: Iterable[Candidate]) -> dict[int, tuple[str, ...]]:
    """Return where the sentences are that tell of events, by their starts: one may tell of many."""
    analyses = {one.analysis.sentence.start: one.analysis for one in candidates}
    return {start: _places(text, analysis) for start, analysis in analyses.items()}


def _where_they(text: str, candidate: Candidate) -> tuple[str, ...]:
    """Return the country of the clause that tells of it: `flew to Lima, where he met the Prime Minister`."""
    return tuple(
        token.parties[0]
        for token in candidate.analysis.named
        if token.end < candidate.start
        and len(token.parties) == 1
        and _WHERE_THEY.match(text[token.end : candidate.start])
    )[-1:]


def _places(text: str, analysis: Analysis) -> tuple[str, ...]:
    """Return the countries of the towns where a sentence is: `in Skopje he met the Prime Minister`."""
    start = analysis.sentence.start
    return tuple(
        token.parties[0]
        for token in analysis.named
        if (token.label in (Label.CITY, Label.BODY) or _is_capital(text, token))
        and len(token.parties) == 1
        and not is_venue_of_others(text, start, token)
        and not text.startswith(" Palace", token.end)  # that may be a name in another town
        and _INSIDE.search(text[max(start, token.start - 20) : token.start])
        and not LIVES_IN.search(text[max(start, token.start - 20) : token.start])
    )


def _is_capital(text: str, token: Token) -> bool:
    """Tell whether a people's name stands for its chief town: `in the Syrian capital`."""
    return token.label is Label.DEMONYM and text.startswith(" capital", token.end)


def _is_of_organization(text: str, person: Person | None) -> bool:
    """Tell whether someone's office is one that organizations have, and countries seldom."""
    if person is None or person.party is not None or not person.titles:
        return False
    _, title = person.titles[0]
    before = text[max(0, title.start - _LONGEST_OWN) : title.start]
    return (
        _OF_ORGANIZATIONS.match(text[title.start : title.end]) is not None
        or _OF_ITS_HEAD.search(before) is not None
    )


def _is_envoy(text: str, person: Person | None) -> bool:
    """Tell whether someone is named as an envoy; `its ambassador` is not."""
    return (
        person is not None
        and person.name is not None
        and any(_ENVOY.search(text[title.start : title.end]) for _, title in person.titles[:1])
    )


def _settle(
    unknown: Sequence[Actor],
    known: Sequence[Actor],
    likely: Sequence[str],
    hosts: Sequence[str],
    *,
    home: str | None,
    met: bool,
) -> None:
    """Give those without a party that of the others on their side, else the likeliest of the other side.

    An office alone is that of a host or of home: `The Army Chief visited Gwadar` is no visit of another's.
    """
    opposite = [actor for actor in unknown if actor.person is not None and actor.person.counterpart]
    own = {actor.party for actor in unknown if actor.party is not None and actor not in opposite}
    others = {actor.party for actor in (*known, *opposite) if actor.party is not None}
    beside = next(iter(own)) if len(own) == 1 and own != others else None
    party = next((one for one in likely if one not in others), None) if others and beside is None else None
    for actor in unknown:
        settle_person(actor.person, beside)
        if party == home or party in hosts or _is_named(actor):
            guess_party(actor.person, party, home, met=met)


def _settle_together(
    actors: Sequence[Actor], home: str | None, likely: Sequence[str], pair: Sequence[str]
) -> None:
    """Give who did something with those beside them the likeliest party that these do not act for.

    Of two who are named side by side, in the order of the two parties, one acts for each.
    """
    if len(actors) == len(pair) == 2 and all(_is_named(one) and one.party is None for one in actors):
        for actor, own in zip(actors, pair, strict=True):
            guess_party(actor.person, own, home)
    known = {actor.party for actor in actors if actor.party is not None}
    party = next((one for one in likely if one not in known), None) if known else None
    for actor in actors:
        if party == home or _is_named(actor):
            guess_party(actor.person, party, home)


def _is_named(actor: Actor) -> bool:
    return actor.person is not None and actor.person.name is not None
