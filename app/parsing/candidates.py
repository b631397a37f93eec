"""Step 7: the places that may tell of an event, with who is who around the words of a frame."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from app.errors import TooMuchTold
from app.parsing.appointments import find_appointment, find_credentials, find_listed_posts
from app.parsing.arguments import (
    Earlier,
    find_after_comma,
    find_agent,
    find_agents,
    find_described,
    find_goal,
    find_objects,
    find_opening,
    find_subjects,
    has_auxiliary,
    is_passive,
    is_somebody,
    joined_with,
    joins,
    names_agent,
    names_guest,
    not_sources,
    sides_of,
    tells_own_visit,
)
from app.parsing.credentials import find_envoys, find_handed, name_envoys
from app.parsing.frames import Frame, read_frames
from app.parsing.gatherings import find_gathered, find_organization
from app.parsing.gifts import find_gift
from app.parsing.home import Ranking
from app.parsing.kinds import (
    AGREEMENT,
    BETWEEN_SIDES,
    BODY,
    CALL_ON,
    CREDENTIALS,
    EXERCISE,
    HOST,
    MEETING,
    OTHER,
    PARTICIPANT,
    POST,
    TALKS,
    VISIT,
    VISITOR,
)
from app.parsing.knowledge import organization_ids
from app.parsing.linking import Actor, Analysis
from app.parsing.patterns import compile_pattern
from app.parsing.sentences import is_inside_quotes
from app.parsing.speech import find_speaker, tells_of_others
from app.parsing.told import Told
from app.parsing.triggers import find_triggers
from app.parsing.visitors import find_visitors

_FIRST_LINES: Final = 3
_MOST: Final = 1_000
"""Candidates that are read, as each is compared with all: the wordiest articles have one in sixteen words."""
_LONGEST_LIST: Final = 32
"""Most sentences or lines that list the envoys of one ceremony."""
_VISITING: Final = (MEETING, VISIT)
_OWN_VISIT: Final = compile_pattern(r"\b(?:his|her|their) ")
_ON_A_TRIP: Final = compile_pattern(r"^(?:during|as part of|on) (?:an?|his|her) ")
_CURRENTLY: Final = compile_pattern(r"^, (?:currently|now|presently|here|also) $")
_BOTH_SAID: Final = compile_pattern(
    r"^(?:They|Both|The (?:two |both )?(?:interlocutors|sides|parties|officials|ministers|leaders|presidents|"
    r"diplomats))\b[^,.;]{0,40} that "
)
_WHO: Final = compile_pattern(r"\b(?:who|whose|himself|herself)\b|;")
_THAT_THEY: Final = compile_pattern(r"^,? (?:that|which) (?:the )?$")
_TO_REGION: Final = compile_pattern(
    r"^(?: to| of| in)? (?:the |\w+ern |(?:East|West|North) )*(?:Asia|Africa|Europe|Middle East|Gulf|Balkans|"
    r"(?:(?:Latin|Central|South|North) )?Americas?|Baltics?(?: states| countries)?|Scandinavia|"
    r"Caribbean|Pacific|Indo-Pacific|Caucasus|Sahel|region|continent)\b(?:[.,;–—]| [–—a-z]|$)"
)
_LONGEST_REGION: Final = 40
_BY_WHOM: Final = compile_pattern(r"^ by (?:the |its |their |his |her |an? )?")
_LONGEST_WAY: Final = 90
_ANOTHER_CLAUSE: Final = compile_pattern(r"[.!?] |\b(?:said|says|told|was|were|is|are|has|had|will|would)\b")
_WHOSE: Final = compile_pattern(r"^[’']s? (?:\w+ ){0,2}(?:ally|allies|neighbou?r|rival|partner|friend)")
"""`visited Peru - Chile's main ally`, but not `Peru and Chile's capital`"""
_LONGEST_WHOSE: Final = 30
_IS_VISIT: Final = compile_pattern(r"^ (?:[a-z\-]+ )?(?:visit|trip|tour)$")
"""What stands behind the place in `his first Peru visit`."""
_THE_VISIT: Final = compile_pattern(r"^(?:the|this) (?:\w+ )?(?:visit|trip|tour)$", ignore_case=True)
"""A visit that was told before."""
_BOTH: Final = compile_pattern(
    r"^ (?:(?:the )?(?:two|both) (?:[a-z]+ )?(?:countries|sides|nations|governments|states|neighbou?rs|"
    r"heads|men|women|officials)"
    r"|(?:the |their )?(?:two |both )?(?:[a-z]+ )?(?:leaders|presidents|ministers|premiers|countries))\b"
    r"(?: (?:[^o]|o[^f])|[.,;]|$)"
)
"""Both of those told of before, and not `the ministers of Peru and Chile`."""
_GOES_ON: Final = ("He ", "She ", "They ", "His ", "Her ", "Their ")
_THE_ENVOY: Final = compile_pattern(
    r"^The (?:(?:visiting|outgoing|new) )?(?:envoy|ambassador|high commissioner|diplomat) "
    r"(?:[a-z]+ly )?[a-z]+ed\b",
    ignore_case=True,
)
_ARTICLE: Final = 5
"""Characters of an article and its blanks."""
_VISITING_GUEST: Final = compile_pattern(
    r"^visiting (?:\w+ )?(?:dignitary|guest|general|admiral|commander|commandant|chief|minister)\b",
    ignore_case=True,
)
_RECEIVED: Final = compile_pattern(
    r"^(?:summoned|called (?:in|over|to)|(?:told|asked|ordered) to|hauled in|brought in|convoked)\b",
    ignore_case=True,
)
_ENVOY: Final = compile_pattern(
    r"\b(?:ambassador|commissioner|envoy|charg[ée]|consul|attach[ée])", ignore_case=True
)
_SENT_AWAY: Final = compile_pattern(r"^(?:was|were|has been|have been|had been) ")
_LACKS_OTHER: Final = compile_pattern(r"\b(?:relations|ties|links|expulsion|removal)$")
"""`broke off relations`, `ordered their expulsion`: the words do not say whose."""
_FROM_POST: Final = compile_pattern(r"^ (?:(?:in|to|at|from|out of) )?(?:the )?$")
_THEIR: Final = compile_pattern(r"\b(?:his|her|their) ")
_FOR_TALKS: Final = compile_pattern(
    r"^[^.;:]{0,60}(?: for|,? to (?:hold|have|attend|co-chair)) (?:[\w\-]+ ){0,4}$"
)
_PAIR: Final = 2
_HAD_THEM: Final = compile_pattern(r"^(?:(?:Yesterday|Today|\w+day)[’']s |The |His |Her )?(?:[a-z]+ )?$")
_FOR_VISIT: Final = ("for ", "on a")
_NEAR_GUEST: Final = 30
"""Characters from a guest's name to `for a visit`, with a day or a town between."""
_HELD_ON_VISIT: Final = compile_pattern(
    r"^(?i:as part|within the framework|in the (?:course|framework)|on the sidelines|during|in addition)"
    r"[^,.;]{0,60}, (?:an? |the )?(?:[\w\-]+ ){0,3}$"
)
_HAD: Final = {"meeting_with": _HAD_THEM, "talks_held": _HELD_ON_VISIT}
"""What opens the sentence of talks that those had who were told of before: `As part of the visit, talks`."""
_SUMMIT: Final = compile_pattern(r"^(?:attended|opened|chaired|co-chaired|held|concluded|ended) .*\bsummit$")
_TWO: Final = compile_pattern(r"\b(?:the two|both)\b", ignore_case=True)
_GUEST_NAMED: Final = 40
"""Characters behind the verb within which a guest is named: `met his host, Minister X`."""
_WHOM: Final = compile_pattern(
    r",? (?:and )?(?:with )?whom (?:he|she|they|(?:the )?[A-Z][^,;]{2,40}) "
    r"(?:(?:had|has|have|also|later|earlier|already|previously|recently|\w+ly) )*$"
)
_COUNTERPART_THERE: Final = compile_pattern(
    r"^ (?:with )?(?:his|her|their) (?:hosts?|counterparts?|colleagues?|opposite numbers?)\b"
)
_THE_TWO_GUESTS: Final = compile_pattern(r"^ (?:with )?(?:the two|both) ")
_WHERE_HE: Final = compile_pattern(r"^[^;.]{0,30}?,? where (?:he|she|they)\b[^,;.]*$")
_THEY: Final = compile_pattern(r"\b[Tt]hey (?:had |have |also |already |both |last |previously |first )*$")
_THEIRS: Final = compile_pattern(r"\btheir (?:[a-z\-]+ )?(?:meeting|talks|discussions)\b")
_HE_BEHIND: Final = compile_pattern(r"^[^,;.]{0,60}, (?:he|she) ")
_ACTS_NEAR: Final = 80
_DAY: Final = (
    r"(?:(?:on|late|early|last) )*(?:\w+day(?: (?:morning|afternoon|evening|night))?|"
    r"[0-9]{1,2} [A-Z]\w+|[A-Z]\w+ [0-9]{1,2})"
)
_TOWN: Final = r"(?: in [A-ZÀ-Þ][\pL’'\-]+(?: [A-ZÀ-Þ][\pL’'\-]+)?)?"
_ON_A_DAY_AND: Final = compile_pattern(
    rf"^{_TOWN} {_DAY}{_TOWN},? and (?:then |later )?(?:with )?(?:the |his |her )?$"
)
_ON_ANOTHER_DAY: Final = compile_pattern(
    rf"^{_TOWN} (?:{_DAY}|the (?:next|following) day|a day later){_TOWN}(?:[.,;]|$)"
)
_HOSTED: Final = compile_pattern(r"\b(?:hosted|chaired|presided over|convened|moderated|hosts|chairs)\b")
_LONGEST_HOSTING: Final = 12
_KNOWN: Final = compile_pattern(r"\b(?:the|this|these)(?: [\w’'\-]+){0,4} $", ignore_case=True)


@dataclass(unsafe_hash=True)
class Candidate:
    """A sentence that may tell of an event: the frame, its words, and who is around them."""

    frame: Frame
    analysis: Analysis
    start: int
    end: int
    subjects: tuple[Actor, ...]
    objects: tuple[Actor, ...]
    thing: tuple[int, int] | None = None


def find_candidates(
    text: str, analyses: tuple[Analysis, ...], home: str | None, ranking: Ranking
) -> list[Candidate]:
    """Return the candidates of every sentence; a pronoun takes the subject of the one before.

    Raises TooMuchTold.
    """
    candidates: list[Candidate] = []
    hosts = tuple(dict.fromkeys((*([home] if home else []), *ranking.countries)))
    told = Told(home, hosts, find_pair(analyses), sending=_sending(text, analyses))
    for index, analysis in enumerate(analyses):
        told.following = analyses[index + 1 : index + 1 + _LONGEST_LIST]
        found = _in_sentence(text, analysis, told)
        if found:
            candidates.extend(found)
            if len(candidates) > _MOST:
                raise TooMuchTold(_MOST, "events")
            _note_events(told, found)
        if analysis.sentence.section is BODY:
            _note_people(text, analysis, told, found)
    return candidates


def _note_events(told: Told, found: Sequence[Candidate]) -> None:
    """Note who came together in a sentence, and who went where."""
    groups = ((*one.subjects, *one.objects) for one in found if one.frame.kind in BETWEEN_SIDES)
    told.together = next((group for group in groups if len(sides_of(group)) > 1), told.together)
    told.lead = told.lead or told.together
    told.visited.update(
        actor.party
        for one in found
        for actor in (*one.subjects, *one.objects)
        if one.frame.kind is VISIT and actor.party
    )
    steps = ((one.subjects, one.objects) for one in found if one.frame.kind is OTHER)
    told.step = next(steps, told.step)
    told.met = told.met or any(one.frame.kind in TALKS for one in found)


def _note_people(text: str, analysis: Analysis, told: Told, found: Sequence[Candidate]) -> None:
    """Note whom a sentence leaves for the pronouns of the next ones."""
    told.last = _acted_last(text, analysis, found, told) or told.last
    told.person = _persons(told.last) or told.person
    if found:
        told.caller = next(filter(None, (_guests(text, one) for one in found)), told.caller)
        places = [one.party for one in analysis.actors if one.is_place and one.party is not None]
        told.elsewhere = told.elsewhere or any(party != told.home for party in places)
        visits = (one.subjects for one in found if one.frame.kind is VISIT and one.frame.strong)
        told.visitors = next(filter(None, visits), told.visitors)
    told.note(filter(is_somebody, analysis.actors))
    envoys = (one for one in analysis.people if _ENVOY.search(text[one.start : one.end]))
    told.envoy = tuple(envoys)[:1] or told.envoy


def _acted_last(text: str, analysis: Analysis, found: Sequence[Candidate], told: Told) -> tuple[Actor, ...]:
    """Return who acts in a sentence: by its verbs, else whom it names first, if not about `he` again."""
    by_verbs = [one for one in found if not one.frame.subject_follows]
    if by_verbs:
        return next((acting for one in by_verbs if (acting := _grammatical_subject(text, one))), ())
    if text.startswith(_GOES_ON, analysis.sentence.start):
        return ()
    if _THE_ENVOY.match(text[analysis.sentence.start : analysis.sentence.end]):
        return told.envoy or told.caller  # "The envoy gave the minister a letter. Later, he met X."
    return _first_actors(text, analysis)


def _guests(text: str, candidate: Candidate) -> tuple[Actor, ...]:
    """Return who called or was received and lives elsewhere, as no envoy does."""
    by_role = {candidate.frame.subject: candidate.subjects, candidate.frame.object: candidate.objects}
    guests = by_role.get(VISITOR, ())
    titles = [one.person.titles[0][1] for one in guests if one.person and one.person.titles]
    known = titles or any(_is_told_of(one) for one in guests)
    resident = any(_ENVOY.search(text[title.start : title.end]) for title in titles)
    return guests if known and not resident else ()


def _is_told_of(guest: Actor) -> bool:
    """Tell whether a guest without an office has a rank, is a counterpart, or a group."""
    person = guest.person
    return bool(person.ranks or person.counterpart) if person is not None else guest.is_group


def _grammatical_subject(text: str, candidate: Candidate) -> tuple[Actor, ...]:
    """Return whom `he` means next: the one before the verb, who was received by another too."""
    passive = is_passive(text, candidate.analysis, (candidate.start, candidate.end))
    return candidate.objects if passive else candidate.subjects


def find_pair(analyses: tuple[Analysis, ...]) -> tuple[Actor, ...]:
    """Return the two parties that an article is about: those of its first lines, else the two named most."""
    for places_too in (False, True):
        for analysis in analyses[:_FIRST_LINES]:
            named: dict[str, Actor] = {}
            for actor in reversed(analysis.actors):
                if (party := actor.party) and (places_too or not actor.is_place):
                    named[party] = actor
            if len(named) == 2:
                return tuple(sorted(named.values(), key=lambda actor: actor.start))
    actors = [actor for analysis in analyses for actor in analysis.actors if actor.party]
    counts = Counter(actor.party for actor in actors).most_common(3)
    if len(counts) < 2 or (len(counts) > 2 and counts[2][1] == counts[1][1]):
        return ()
    return tuple(next(actor for actor in actors if actor.party == party) for party, _ in counts[:2])


def _persons(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    return tuple(actor for actor in actors if actor.person is not None)


def _first_actors(text: str, analysis: Analysis) -> tuple[Actor, ...]:
    if _BOTH_SAID.match(text[analysis.sentence.start : analysis.sentence.end]):
        return ()  # "The interlocutors agreed that the Peruvian premier should come. She also met X"
    actors = [actor for actor in analysis.actors if not actor.is_place]
    return joined_with(text, actors, 0, 1) if actors else ()


def _in_sentence(text: str, analysis: Analysis, told: Told) -> list[Candidate]:
    """Return a sentence's candidates from left to right; a later verb may share an earlier one's subject."""
    candidates: list[Candidate] = []
    for start, end, frame in find_triggers(text, analysis):
        if candidates and start < candidates[-1].end and not frame.gathers:
            continue
        read = _candidate(text, frame, analysis, (start, end), told, candidates)
        candidate = _by_the_same(text, read, candidates)
        if frame.pair_of_article and (candidate is None or _is_one_sided(candidate)):
            known = frame.only_if_new or _is_known(text, analysis, start) or _names_two(text, start, end)
            groups = [(*one.subjects, *one.objects) for one in candidates]
            those = told.those_meant(frame, groups, known=known)
            if (
                _TWO.search(text[max(analysis.sentence.start, start - 60) : end])
                and len(sides_of(those)) > _PAIR
            ):
                those = ()
            if those:
                candidate = _by_those(candidate, Candidate(frame, analysis, start, end, those, ()))
        if told.together and _by_them(text, frame, analysis, start):
            candidate = _of_them(candidate, Candidate(frame, analysis, start, end, told.together, ()))
        if candidate is not None:
            if candidates and start < candidates[-1].end:  # "chaired an EU summit" is a summit
                candidates.pop()
            candidates.append(candidate)
    if candidates:
        candidates.extend(_listed_behind(text, candidates[-1]))
    return _without_audience(candidates)


def _by_the_same(text: str, read: Candidate | None, earlier: Sequence[Candidate]) -> Candidate | None:
    """Return the talks of those of whom the sentence told: `the presidents' second, after their talks`."""
    if read is None or not read.frame.of_known_talks or not _THEIRS.search(text[read.start : read.end]):
        return read
    groups = ((*one.subjects, *one.objects) for one in reversed(earlier) if one.frame.kind in TALKS)
    two = next((group for group in groups if len(sides_of(group)) == _PAIR), ())
    return replace(read, subjects=two, objects=()) if two else read


def _by_them(text: str, frame: Frame, analysis: Analysis, start: int) -> bool:
    """Tell whether those who met, and nobody else, met or spoke: `after they held talks in May`."""
    talks = frame.kind in TALKS and frame.strong and frame.subject is PARTICIPANT
    return talks and _THEY.search(text[analysis.sentence.start : start]) is not None


def _of_them(read: Candidate | None, by_them: Candidate) -> Candidate:
    """Return the candidate of those who met, unless two are named: `They also spoke, as Peru had asked`."""
    return _by_those(read, by_them) if read is None or _is_one_sided(read) else read


def _is_one_sided(candidate: Candidate) -> bool:
    """Tell whether only one party is named: `The next round will be hosted by Chile`."""
    return len(sides_of((*candidate.subjects, *candidate.objects))) == 1


def _by_those(one_sided: Candidate | None, by_those: Candidate) -> Candidate:
    """Return the candidate of those who must be meant, if a party that is named is one of them."""
    named = {actor.party for actor in (*one_sided.subjects, *one_sided.objects)} if one_sided else set()
    meant = named - {None} <= {actor.party for actor in by_those.subjects}
    return by_those if one_sided is None or meant else one_sided


def _without_audience(candidates: list[Candidate]) -> list[Candidate]:
    """Leave out the meeting at which the same sentence says that credentials were presented."""
    if len(candidates) < _PAIR or not any(one.frame.mode is CREDENTIALS for one in candidates):
        return candidates
    return [one for one in candidates if one.frame.id != "received"]


def _listed_posts(text: str, first: Candidate) -> Iterator[Candidate]:
    """Yield the posts that a sentence goes on to list: `…, Ana Solis to Peru and Rosa Vidal to Chile`."""
    end = max(actor.end for actor in (*first.subjects, *first.objects))
    sender = first.subjects[0].party
    if sender is not None:
        for appointee, recipient in find_listed_posts(text, first.analysis, end, sender):
            yield Candidate(
                first.frame, first.analysis, appointee[0].start, appointee[0].end, appointee, recipient
            )


def _listed_behind(text: str, last: Candidate) -> Iterator[Candidate]:
    """Yield what a sentence goes on to list without a verb of its own."""
    if last.frame.mode is POST:
        yield from _listed_posts(text, last)
    elif last.frame.kind in TALKS:
        yield from _met_next(text, last)


def _met_next(text: str, first: Candidate) -> Iterator[Candidate]:
    """Yield the talks of another day that a sentence adds: `met X on Monday and Y on Tuesday`."""
    if not first.subjects or not first.objects or first.objects[-1].start < first.end:
        return
    end, actors = first.objects[-1].end, first.analysis.actors
    after = [one for one in actors if one.start > end and one.person is not None and one.party]
    if not after or not _ON_A_DAY_AND.match(text[end : after[0].start]):
        return
    others = joined_with(text, after, 0, 1)
    behind = text[others[-1].end : min(others[-1].end + _ACTS_NEAR, first.analysis.sentence.end)]
    if _ON_ANOTHER_DAY.match(behind) and sides_of(others).isdisjoint(sides_of(first.subjects)):
        yield replace(first, start=others[0].start, end=others[-1].end, objects=others)


def _is_known(text: str, analysis: Analysis, start: int) -> bool:
    """Tell whether the words are about a thing that the reader knows: `The agreement was signed …`."""
    return _KNOWN.search(text[max(analysis.sentence.start, start - 60) : start]) is not None


def _names_two(text: str, start: int, end: int) -> bool:
    """Tell whether words are about two that the reader knows: `a meeting of the two countries' leaders`."""
    return _TWO.search(text[start:end]) is not None


def _candidate(
    text: str,
    frame: Frame,
    analysis: Analysis,
    span: tuple[int, int],
    told: Told,
    earlier: Sequence[Candidate],
) -> Candidate | None:
    if frame.mode is POST:
        appointee, recipient = find_appointment(text, frame, analysis, span, told.hosts)
        return Candidate(frame, analysis, *span, appointee, recipient) if appointee else None
    if frame.gathers:
        gathered = find_gathered(text, analysis, span, told.following)
        return Candidate(frame, analysis, *span, gathered, ()) if gathered else None
    if frame.subject_follows:
        described = _described(text, analysis, span, told)
        goal = find_goal(text, analysis, described) if frame.object_with else ()
        return Candidate(frame, analysis, *span, described, goal) if described else None
    if _is_in_own_words(text, analysis, span):
        subjects, named = find_speaker(text, analysis.actors, span)
        objects, thing = find_objects(text, frame, analysis, named, span)
    else:
        whom = _with_whom(text, analysis, span, told) if frame.kind in TALKS else None
        subjects, objects, thing = whom or _around(text, frame, analysis, span, told, earlier)
    around = Candidate(frame, analysis, *span, subjects, objects, thing)
    return _complete(text, _with_other_side(text, around, told), told)


def _is_in_own_words(text: str, analysis: Analysis, span: tuple[int, int]) -> bool:
    """Tell whether somebody says in direct speech what they did themselves."""
    before = text[analysis.sentence.start : span[0]]
    return is_inside_quotes(before) and not tells_of_others(before, text[span[1] : analysis.sentence.end])


def _complete(text: str, candidate: Candidate, told: Told) -> Candidate | None:
    """Return a candidate with those on each side whom its frame means, or none where one is missing."""
    frame, span = candidate.frame, (candidate.start, candidate.end)
    words = text[slice(*span)]
    if frame.kind is VISIT and _TO_REGION.match(text[span[1] : span[1] + _LONGEST_REGION]):
        return None  # "during a trip to Asia": no words say whom it led to
    if frame.place_of_article and _is_by_another(text, candidate):
        return None  # "hailed the visit by X to Peru" is read by its last words
    if frame.place_of_article and _THE_VISIT.match(words) and _is_outside(candidate.subjects, told):
        return None
    if frame.object_is_place and words.endswith("visit of") and any(map(is_somebody, candidate.objects)):
        guests = candidate.objects
        candidate = replace(candidate, subjects=guests, objects=find_goal(text, candidate.analysis, guests))
    if frame.kind is VISIT:
        visitors = find_visitors(text, candidate.analysis, candidate.subjects, span[0])
        candidate = replace(candidate, subjects=visitors)
    if frame.place_of_article and candidate.subjects and not candidate.objects:
        return candidate
    settle = _accredited if frame.mode is CREDENTIALS else _settled
    candidate = settle(text, candidate, told)
    if frame.object_is_place and _is_called_on(candidate.objects, span):
        if words == "Visiting":
            return None  # "Visiting Foreign Minister X was received by Y"
        candidate = replace(candidate, frame=_call_on())
    return candidate if _is_complete(candidate) else None


def _is_by_another(text: str, candidate: Candidate) -> bool:
    """Tell whether the words behind a visit name who paid it: `planned a visit by Minister X`."""
    by = _BY_WHOM.match(text[candidate.end : candidate.end + _GUEST_NAMED])
    if by is None:
        return False
    first = candidate.end + by.end()
    return any(is_somebody(one) and one.start <= first < one.end for one in candidate.analysis.actors)


def _settled(text: str, candidate: Candidate, told: Told) -> Candidate:
    """Return a candidate by who acts and who is acted upon, whatever the voice of the verb."""
    candidate = _turned(text, candidate, told)
    kind, objects = candidate.frame.kind, candidate.objects
    if kind in TALKS and not objects and _THEIRS.search(text[candidate.start : candidate.end]):
        return replace(candidate, subjects=_named_two(candidate) or _those_two(candidate.subjects, told))
    if kind is MEETING and not objects and len(sides_of(candidate.subjects)) > 1:
        return replace(candidate, objects=_whose_summit(text, candidate))
    return _with_hosts(text, candidate, told) if kind is OTHER else candidate


def _with_hosts(text: str, candidate: Candidate, told: Told) -> Candidate:
    """Return a step with the states where its envoys live, or with the only other state that is meant."""
    words = text[candidate.start : candidate.end]
    theirs = candidate.frame.city_of_post or _THEIR.search(words) is not None
    sent = (*candidate.objects, *(candidate.subjects if _SENT_AWAY.match(words) else ()))
    hosts = tuple(host for actor in sent if (host := _sent_to(actor)))
    objects = (*(_posts(text, candidate) or candidate.objects), *hosts)
    one_side = len(sides_of(candidate.subjects)) == 1
    lacking = candidate.frame.city_of_post or (one_side and _LACKS_OTHER.search(words) is not None)
    if candidate.subjects and not objects and lacking:
        objects = _other_here(candidate) or (told.answered_by(candidate.subjects) if theirs else ())
        objects = tuple(Actor(one.start, one.end, one.party, None, one.words) for one in objects[:1])
    return replace(candidate, objects=objects)


def _posts(text: str, candidate: Candidate) -> tuple[Actor, ...]:
    """Return the states from which envoys were called home: `its ambassadors in Peru and Chile`."""
    if not candidate.frame.city_of_post:
        return ()
    behind = [one for one in candidate.analysis.actors if one.start >= candidate.end]
    named = behind and _FROM_POST.match(text[candidate.end : behind[0].start])
    return joined_with(text, behind, 0, 1) if named else ()


def _other_here(candidate: Candidate) -> tuple[Actor, ...]:
    """Return the only other party that a sentence names: `Peru's army attacked, and Chile broke off ties`."""
    own = {actor.party for actor in candidate.subjects}
    others = {
        actor.party: actor for actor in candidate.analysis.actors if actor.party and actor.party not in own
    }
    return tuple(others.values()) if len(others) == 1 else ()


def _whose_summit(text: str, candidate: Candidate) -> tuple[Actor, ...]:
    """Return the organization whose summit leaders attended or held: `attended the summit of the EAC`."""
    span = candidate.start, candidate.end
    summit = _SUMMIT.match(text[slice(*span)]) is not None
    return find_organization(text, candidate.analysis, span) if summit else ()


def _turned(text: str, candidate: Candidate, told: Told) -> Candidate:
    """Return a candidate with its sides the other way round where the verb is passive."""
    subjects, objects, span = candidate.subjects, candidate.objects, (candidate.start, candidate.end)
    passive = is_passive(text, candidate.analysis, span)
    agents = objects if passive and names_agent(text, span, objects) else ()
    received = _is_received(text, candidate.frame, candidate.analysis, span)
    if passive and (agents or not received):
        return replace(candidate, subjects=agents, objects=subjects)
    if subjects and received and (passive or not objects):
        hosts = tuple(host for one in subjects if (host := _sent_to(one)))
        return replace(candidate, subjects=hosts or _other_of(told.pair, subjects), objects=subjects)
    return candidate


def _is_received(text: str, frame: Frame, analysis: Analysis, span: tuple[int, int]) -> bool:
    """Tell whether somebody is received by whom no words name: `X was summoned to the Foreign Ministry`."""
    passive = has_auxiliary(text, analysis, span) and _RECEIVED.match(text[span[0] : span[1]]) is not None
    return passive and frame.object is VISITOR


def _named_two(candidate: Candidate) -> tuple[Actor, ...]:
    """Return the people of two parties whom a sentence names first: `X thanked Y after their talks`."""
    before = (one for one in candidate.analysis.actors if one.end <= candidate.start)
    named = tuple(one for one in before if one.person is not None and one.party is not None)
    return named if len(sides_of(named)) == _PAIR else ()


def _those_two(subjects: tuple[Actor, ...], told: Told) -> tuple[Actor, ...]:
    """Return who must have met, if one of them is told to speak of it: `he said after their meeting`."""
    parties = {actor.party for actor in subjects}
    if len(sides_of(subjects)) > 1 or len(sides_of(told.together)) != _PAIR:
        return subjects
    return told.together if parties <= {actor.party for actor in told.together} else subjects


def _described(text: str, analysis: Analysis, span: tuple[int, int], told: Told) -> tuple[Actor, ...]:
    """Return whom a word describes, or who called before: `the visiting dignitary`."""
    described = tuple(filter(_is_told, find_described(analysis, span)))
    guest = _VISITING_GUEST.match(text[span[0] : span[1] + 30])
    return described or (told.caller if guest else ())


def _is_told(actor: Actor) -> bool:
    """Tell whether words give a name or a party: `the visiting minister` was told of before."""
    return actor.party is not None or (actor.person is not None and actor.person.name is not None)


def _sent_to(actor: Actor) -> Actor | None:
    """Return the party to which an envoy was sent: `Peru recalled its ambassador in Santiago`."""
    if actor.person is None or actor.person.sent_to is None:
        return None
    party, words = actor.person.sent_to
    return Actor(words.start, words.end, party, None, words)


def _is_outside(subjects: tuple[Actor, ...], told: Told) -> bool:
    """Tell whether none is a party of the visits that were told: `China protested against the visit`."""
    return bool(told.visited) and told.visited.isdisjoint(actor.party for actor in subjects if actor.party)


def _is_called_on(objects: tuple[Actor, ...], span: tuple[int, int]) -> bool:
    """Tell whether a person, and not a country, stands right behind the words: `visited Governor X`."""
    return any(one.person and one.person.name and one.start <= span[1] + _ARTICLE for one in objects)


@cache
def _call_on() -> Frame:
    """Return the frame of a call: who visits a person, and not a country, calls on somebody."""
    return next(frame for frame in read_frames() if frame.mode is CALL_ON and frame.object is HOST)


def _around(
    text: str,
    frame: Frame,
    analysis: Analysis,
    span: tuple[int, int],
    told: Told,
    earlier: Sequence[Candidate],
) -> tuple[tuple[Actor, ...], tuple[Actor, ...], tuple[int, int] | None]:
    """Return who stands around the words, or whom they point back to, and what changed hands."""
    acting = not_sources(text, analysis)
    before = [actor for actor in acting if actor.end <= span[0] + 1]
    after = [actor for actor in acting if actor.start >= span[0] and actor.end > span[1]]
    if before and frame.place_of_article and (went := _journey(earlier)) and before[-1] in went.objects:
        # "left for Peru on a three-day visit" is one journey.
        return went.subjects, went.objects, None
    subjects = _acting(text, frame, analysis, before, span, told, earlier)
    objects, thing = _acted_upon(text, frame, analysis, after, span)
    inside = tuple(actor for actor in analysis.actors if span[0] <= actor.start and actor.end < span[1])
    subjects, objects = _of_journey(text, frame, span, subjects, objects, inside, after)
    if frame.kind is EXERCISE and (two := _holding_behind(text, after, span)):
        return two, (), thing
    if frame.pair_of_article and len(sides_of(inside)) > 1:
        sides = sides_of(inside)  # "Peru-Chile talks ended, Ghana's envoy said"
        return inside, tuple(one for one in objects if one.party in sides), thing
    objects = _signing_too(text, frame, span, subjects, objects, inside)
    if text[span[0] : span[1]].endswith("between"):
        objects = _between(text, span, subjects, objects, told)
        if len(sides_of(objects)) > 1:
            return (subjects if _act_too(text, frame, span, subjects, objects) else ()), objects, thing
    if subjects and _receives_known_guest(text, span, objects):
        known = _guests_known(text, span, earlier, before, subjects, told)
        objects = known or told.other_than(subjects)
    if subjects and sides_of(subjects) == sides_of(objects):
        subjects, objects = _set_apart(text, frame, analysis, before, span, told, subjects, objects)
    subjects = subjects or _acting_elsewhere(text, frame, analysis, span, inside, after, objects, told)
    if not frame.strong and len(sides_of(subjects)) > 1:
        objects = ()  # "the two leaders discussed elections and the forces in Chile"
    return subjects, objects, thing


def _holding_behind(text: str, after: list[Actor], span: tuple[int, int]) -> tuple[Actor, ...]:
    """Return two who hold what others speak of: `condemned the joint exercise that Peru and Chile held`."""
    if not after or not _THAT_THEY.match(text[span[1] : after[0].start]):
        return ()
    two = joined_with(text, after, 0, 1)
    return two if len(sides_of(two)) > 1 else ()


def _with_whom(
    text: str, analysis: Analysis, span: tuple[int, int], told: Told
) -> tuple[tuple[Actor, ...], tuple[Actor, ...], None] | None:
    """Return both sides where a clause goes on about who was named: `X, with whom he had talks earlier`."""
    first = max(analysis.sentence.start, span[0] - _LONGEST_WAY)
    whom = _WHOM.search(text[first : span[0]])
    if whom is None:
        return None
    before = [one for one in not_sources(text, analysis) if one.end <= span[0] + 1]
    named = [one for one in before if one.end == first + whom.start() and is_somebody(one)]
    if not named:
        return None
    acting = tuple(one for one in before if one.start >= first + whom.end())
    he = _others_before([one for one in before if one.end < named[0].start], named)
    return acting[-1:] or he or told.person, tuple(named), None


def _guests_known(
    text: str,
    span: tuple[int, int],
    earlier: Sequence[Candidate],
    before: Sequence[Actor],
    subjects: tuple[Actor, ...],
    told: Told,
) -> tuple[Actor, ...]:
    """Return the guests that words point back to: `met the two envoys`, `met her counterpart there`."""
    two = _THE_TWO_GUESTS.match(text[span[1] : span[1] + _GUEST_NAMED])
    return (
        (told.two_others(subjects) if two else ())
        or _hosts_there(text, span, earlier)
        or _others_before(before, subjects)
        or told.members
    )


def _hosts_there(text: str, span: tuple[int, int], earlier: Sequence[Candidate]) -> tuple[Actor, ...]:
    """Return the state where a clause puts a counterpart: `visited Peru, where she met her counterpart`."""
    went = earlier[-1] if earlier and earlier[-1].frame.object_is_place else None
    if (
        went is None
        or not went.objects
        or not _COUNTERPART_THERE.match(text[span[1] : span[1] + _GUEST_NAMED])
    ):
        return ()
    there = _WHERE_HE.match(text[went.objects[-1].end : span[0]])
    return tuple(replace(one, is_group=True) for one in went.objects[-1:]) if there else ()


def _acting(
    text: str,
    frame: Frame,
    analysis: Analysis,
    before: list[Actor],
    span: tuple[int, int],
    told: Told,
    earlier: Sequence[Candidate],
) -> tuple[Actor, ...]:
    """Return who acts: those before the words, or who acted or was received with a verb before."""
    subjects = _received(text, frame, span, earlier) or _met_on_trip(text, frame, analysis, span, earlier)
    if not subjects:
        shared = _shared(text, earlier) if earlier else ()
        guests = told.caller or told.visitors or told.find_guest()
        pointed = Earlier(
            told.last,
            told.person,
            shared,
            told.pair,
            told.together,
            told.caller,
            guests,
            told.envoy,
            told.lead,
        )
        subjects = find_subjects(text, frame, analysis, before, span, pointed)
    return _travelling(text, frame, subjects, span, earlier) or _not_acted_upon(subjects, earlier)


def _travelling(
    text: str,
    frame: Frame,
    subjects: tuple[Actor, ...],
    span: tuple[int, int],
    earlier: Sequence[Candidate],
) -> tuple[Actor, ...]:
    """Return who travelled to those nearest to a noun: `will visit Peru for a summit with President X`."""
    went = earlier[-1] if earlier and earlier[-1].frame.kind is VISIT else None
    if went is None or frame.kind not in TALKS or not subjects or not went.subjects:
        return ()
    goals = all(one.person is None and one in went.objects for one in subjects)
    return went.subjects if goals and _FOR_TALKS.search(text[subjects[-1].end : span[0]]) else ()


def _acted_upon(
    text: str, frame: Frame, analysis: Analysis, after: list[Actor], span: tuple[int, int]
) -> tuple[tuple[Actor, ...], tuple[int, int] | None]:
    """Return who is acted upon behind the words, of a passive who does it; and what changed hands."""
    by_somebody = frame.kind in TALKS or text.endswith("visited", *span)
    passive = by_somebody and is_passive(text, analysis, span)
    return find_objects(text, frame, analysis, find_agents(text, after, span) if passive else after, span)


def _between(
    text: str, span: tuple[int, int], subjects: tuple[Actor, ...], objects: tuple[Actor, ...], told: Told
) -> tuple[Actor, ...]:
    """Return whom words stand `between`: `the two countries` are the pair that was told before."""
    if not _BOTH.match(text[span[1] : span[1] + 40]):
        return objects
    return () if len(sides_of(subjects)) > 1 else told.pair or told.lead


def _act_too(
    text: str, frame: Frame, span: tuple[int, int], subjects: tuple[Actor, ...], objects: tuple[Actor, ...]
) -> bool:
    """Tell whether those before the words take part in what is `between` others: as hosts, or for them."""
    signs = frame.kind is AGREEMENT and _are_of(subjects, objects)
    return signs or _hosts_talks(text, span, subjects, objects)


def _receives_known_guest(text: str, span: tuple[int, int], objects: tuple[Actor, ...]) -> bool:
    """Tell whether the guest was told of before: `met his host`, but not `met his host, Minister X`."""
    return names_guest(text, span) and not any(
        _is_told(one) for one in objects if one.start < span[1] + _GUEST_NAMED
    )


def _acting_elsewhere(
    text: str,
    frame: Frame,
    analysis: Analysis,
    span: tuple[int, int],
    inside: tuple[Actor, ...],
    after: list[Actor],
    objects: tuple[Actor, ...],
    told: Told,
) -> tuple[Actor, ...]:
    """Return who acts where nobody before the words does: those inside or behind, or told of before."""
    subjects = _inside(frame, inside) or _behind(text, frame, analysis, span, after, objects, told)
    if subjects or frame.kind not in _VISITING:
        return subjects
    having = _who_had(text, frame, analysis, span, objects, told)
    return having or told.find_members(text, analysis, span[0])


def _of_journey(
    text: str,
    frame: Frame,
    span: tuple[int, int],
    subjects: tuple[Actor, ...],
    objects: tuple[Actor, ...],
    inside: tuple[Actor, ...],
    after: list[Actor],
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return the sides of a visit with who paid it, where words behind its goal say so, and that goal.

    The goal may stand before the noun: `his first Peru visit`.
    """
    if frame.kind is not VISIT:
        return subjects, objects
    goal = inside[-1:]
    if not objects and goal and goal[0].person is None and _IS_VISIT.match(text[goal[0].end : span[1]]):
        objects = goal
    elif objects:
        objects = _reached(text, span, objects, inside)
    return (find_agent(text, after, objects) if frame.place_of_article else ()) or subjects, objects


def _reached(
    text: str, span: tuple[int, int], goals: tuple[Actor, ...], inside: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """Leave out what no journey led to: what another clause names, whose ally a goal is, the same country."""
    gap = text[span[1] : max(span[1], goals[0].start)]
    if len(gap) > _LONGEST_WAY or _ANOTHER_CLAUSE.search(gap):
        return ()
    if inside and " from " in text[slice(*span)] and inside[-1].party == goals[0].party:
        return ()  # "travelled from Cusco to Lima"
    return (
        *goals[:1],
        *(one for one in goals[1:] if not _WHOSE.match(text[one.end : one.end + _LONGEST_WHOSE])),
    )


def _shared(text: str, earlier: Sequence[Candidate]) -> tuple[Actor, ...]:
    """Return who acted with the verb before in the same sentence."""
    acting = (one for one in earlier if one.subjects and not one.frame.object_with)
    return next((_grammatical_subject(text, one) for one in acting), ())


def _met_on_trip(
    text: str, frame: Frame, analysis: Analysis, span: tuple[int, int], earlier: Sequence[Candidate]
) -> tuple[Actor, ...]:
    """Return who met another on a trip: `X met Y during a trip to Peru`; at home it is the other who came."""
    last = earlier[-1] if earlier else None
    if last is None or frame.kind is not VISIT or not last.objects or last.objects[0].start < last.end:
        return ()
    alike = last.frame.kind is MEETING and last.frame.subject is last.frame.object is PARTICIPANT
    if not alike or not _ON_A_TRIP.match(text[slice(*span)]) or _WHO.search(text[last.end : span[0]]):
        return ()
    if _CURRENTLY.match(text[last.objects[-1].end : span[0]]):
        return last.objects
    after = [actor for actor in analysis.actors if actor.start >= span[1]]
    goals = sides_of(find_objects(text, frame, analysis, after, span)[0])
    return last.objects if goals & sides_of(last.subjects) else last.subjects


def _journey(earlier: Sequence[Candidate]) -> Candidate | None:
    return next((one for one in earlier if one.frame.object_is_place and one.objects), None)


def _signing_too(
    text: str,
    frame: Frame,
    span: tuple[int, int],
    subjects: tuple[Actor, ...],
    objects: tuple[Actor, ...],
    inside: tuple[Actor, ...],
) -> tuple[Actor, ...]:
    """Leave out whom an accord of two is about: `Peru and Chile signed an accord on relief for Bolivia`."""
    if frame.kind is not AGREEMENT:
        return objects
    objects = objects or inside  # "signed with Peru a trade agreement"
    apart = len(sides_of(subjects)) > 1 and objects and not joins(text, span, objects[0])
    own = {one.party for one in subjects}
    return tuple(one for one in objects if one.party in own) if apart else objects


def _hosts_talks(
    text: str, span: tuple[int, int], subjects: Sequence[Actor], objects: Sequence[Actor]
) -> bool:
    """Tell whether somebody received both who talked: `President X hosted talks between Y and Z`."""
    parties = {one.party for one in objects}
    third = any(one.person is not None and one.party not in parties for one in subjects)
    return third and _HOSTED.search(text[max(0, span[0] - 40) : span[0] + _LONGEST_HOSTING]) is not None


def _not_acted_upon(subjects: tuple[Actor, ...], earlier: Sequence[Candidate]) -> tuple[Actor, ...]:
    """Leave out those whom the verb before acts upon: `Peru met Chile, and Bolivia signed …`."""
    if len(subjects) == 1 or not earlier:
        return subjects
    return tuple(actor for actor in subjects if actor not in earlier[-1].objects) or subjects


def _inside(frame: Frame, inside: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return who acts where the words enclose them: `the meeting of X with Y`."""
    return () if frame.object_is_place else tuple(actor for actor in inside if not actor.is_place)


def _who_had(
    text: str,
    frame: Frame,
    analysis: Analysis,
    span: tuple[int, int],
    objects: tuple[Actor, ...],
    told: Told,
) -> tuple[Actor, ...]:
    """Return who had talks that open a sentence, with the other side alone: `Talks with X went on`."""
    having = _HAD.get(frame.id)
    opens = having is not None and having.match(text[analysis.sentence.start : span[0]])
    named = any(one.person and one.person.name for one in objects)
    apart = sides_of(told.person).isdisjoint(sides_of(objects))
    return told.person if opens and named and apart else ()


def _with_other_side(text: str, candidate: Candidate, told: Told) -> Candidate:
    """Return both sides of a gift of which one is named: an envoy gives where he is posted, else the pair."""
    subjects, objects = candidate.subjects, candidate.objects
    if not candidate.frame.takes_thing or (subjects and objects):
        return candidate
    if objects:
        return replace(candidate, subjects=_other_of(told.pair, objects))
    posts = tuple(host for one in subjects if (host := _sent_to(one)))
    span = candidate.start, candidate.end
    thing = find_gift(text, candidate.analysis, span, to_others=bool(posts))
    takers = (posts or _other_of(told.pair, subjects)) if thing else ()
    return replace(candidate, objects=takers, thing=thing)


def _other_of(pair: tuple[Actor, ...], actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the other party of a pair, if the actors are one of them."""
    parties = {actor.party for actor in actors}
    others = tuple(actor for actor in pair if actor.party not in parties)
    return others if len(others) == 1 < len(pair) else ()


def _are_of(people: Sequence[Actor], parties: Sequence[Actor]) -> bool:
    """Tell whether some act for each party: `the two leaders signed a pact between Peru and Chile`."""
    return {one.party for one in people if one.person} == {one.party for one in parties}


def _others_before(before: Sequence[Actor], subjects: Sequence[Actor]) -> tuple[Actor, ...]:
    """Return whom the same sentence named first for another party: `X was grateful when Y called on her`."""
    parties = {actor.party for actor in subjects}
    people = [one for one in before if one.person is not None and one.party not in parties]
    return tuple(([one for one in people if one.party is not None] or people)[:1])


def _received(
    text: str, frame: Frame, span: tuple[int, int], earlier: Sequence[Candidate]
) -> tuple[Actor, ...]:
    """Return who was received on a visit of their own: `X received Y on his visit to the country`."""
    if frame.kind is not VISIT:
        return ()
    hosted = next((one.objects for one in earlier if one.frame.subject is HOST), ())
    if hosted and text.startswith(_FOR_VISIT, span[0]) and 0 <= span[0] - hosted[-1].end <= _NEAR_GUEST:
        return hosted  # "received the President of Peru, Ana Solis, for a state visit"
    return hosted if hosted and tells_own_visit(text, span) else ()


def _set_apart(
    text: str,
    frame: Frame,
    analysis: Analysis,
    before: Sequence[Actor],
    span: tuple[int, int],
    told: Told,
    subjects: tuple[Actor, ...],
    objects: tuple[Actor, ...],
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return others for one side where both are of one party, as none deals with itself."""
    if not frame.object_is_place:
        here = all(actor in analysis.actors and is_somebody(actor) for actor in (*subjects, *objects))
        return (subjects, ()) if here else (told.other_than(objects), objects)
    if guest := _guest_of(text, before, objects, span):
        return guest, objects
    if all(actor in analysis.actors for actor in subjects):
        return subjects, ()
    return told.other_than(objects), objects


def _guest_of(
    text: str, before: Sequence[Actor], hosts: Sequence[Actor], span: tuple[int, int]
) -> tuple[Actor, ...]:
    """Return who else can be meant where the nearest is at home: `X met Chile's Y on his visit to Chile`."""
    if not _OWN_VISIT.search(text[span[0] : span[1]]):
        return ()
    home = {actor.party for actor in hosts}
    named = [one for one in before if one.person and one.person.name and one.party and one.party not in home]
    return tuple(named[:1])


def _behind(
    text: str,
    frame: Frame,
    analysis: Analysis,
    span: tuple[int, int],
    after: list[Actor],
    objects: tuple[Actor, ...],
    told: Told,
) -> tuple[Actor, ...]:
    """Return who acts where the words come first: `a visit to X by Y`, `During his visit to X, Y …`."""
    agent = find_agent(text, after, objects) if frame.object_is_place else ()
    opening = find_opening(text, analysis, after, span) if frame.place_of_article else ()
    came = _came_before(text, analysis, span, told) if frame.place_of_article else ()
    return (
        agent or came or opening or find_after_comma(text, objects, after) or _he(text, frame, objects, told)
    )


def _he(text: str, frame: Frame, objects: tuple[Actor, ...], told: Told) -> tuple[Actor, ...]:
    """Return who acted before where a pronoun acts behind: `In a meeting with Minister X, he asked …`."""
    if frame.kind not in TALKS or not objects or not _HE_BEHIND.match(text[objects[-1].end :][:_ACTS_NEAR]):
        return ()
    return told.person if sides_of(told.person).isdisjoint(sides_of(objects)) else ()


def _came_before(text: str, analysis: Analysis, span: tuple[int, int], told: Told) -> tuple[Actor, ...]:
    """Return who came before where a sentence goes on about it: `This visit was the first since 2009`."""
    opens = span[0] == analysis.sentence.start and _THE_VISIT.match(text[span[0] : span[1]])
    return told.caller if opens else ()


def _accredited(text: str, candidate: Candidate, told: Told) -> Candidate:
    """Return the envoys of a ceremony, those that the next sentences list included, and who received them."""
    analysis, envoys, receivers = candidate.analysis, candidate.subjects, candidate.objects
    if candidate.frame.object_is_appointee:
        envoys, receivers = receivers, envoys
    handed = find_handed(text, analysis, (candidate.start, candidate.end), told.person)
    if handed == ((), ()):
        return replace(candidate, subjects=(), objects=())
    envoys, receivers = handed if handed is not None else (envoys, receivers)
    envoys = tuple(envoy for envoy in envoys if envoy not in receivers)
    if not any(actor.person and actor.person.name for actor in envoys):
        told_by_state = any(envoy.party not in (None, told.home) for envoy in envoys)
        listed = () if told_by_state else find_envoys(text, analysis, told.following, told.home, receivers)
        envoys = listed or name_envoys(text, envoys, told.following)
    hosts = [one for one in told.hosts if one == told.home or one not in told.sending]
    accredited, hosting = find_credentials(text, envoys, receivers, analysis, hosts)
    return replace(candidate, subjects=accredited, objects=hosting)


def _sending(text: str, analyses: Sequence[Analysis]) -> frozenset[str]:
    """Return the parties of which an article names an envoy, who do not receive others' envoys then."""
    people = {id(a.person): a.person for one in analyses for a in one.actors if a.person and a.party}
    return frozenset(
        person.party
        for person in people.values()
        if person.party and any(_ENVOY.search(text[title.start : title.end]) for _, title in person.titles)
    )


def _is_complete(candidate: Candidate) -> bool:
    """Tell whether everyone is there whom the frame needs."""
    frame, subjects, objects = candidate.frame, candidate.subjects, candidate.objects
    if frame.of_organization and not all(one.party in organization_ids() for one in objects):
        return False
    if frame.object_is_place and not subjects:
        return False
    if len(sides_of((*subjects, *objects))) < frame.least_parties > _PAIR:
        return False
    if not objects and (frame.needs_object or len(sides_of(subjects)) < 2):
        return False
    if not subjects and frame.needs_person and frame.object is PARTICIPANT:
        return False
    who = objects if frame.object is VISITOR and objects else (*subjects, *objects)
    return not frame.needs_person or any(map(is_somebody, who))
