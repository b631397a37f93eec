"""Who pays a visit: people who act for a state or an organization, and not those who only travel."""

from typing import Final

from app.parsing.knowledge import Label, organization_ids
from app.parsing.linking import FEW_TITLES, Actor, Analysis, Person
from app.parsing.patterns import compile_pattern

_PEOPLE: Final = (
    r"(?:citizens|nationals|refugees|migrants|immigrants|asylum[- ]seekers|workers|prisoners|detainees|"
    r"inmates|hostages|deportees|fishermen|tourists|pilgrims|students|pupils|teachers|fans|families|voters|"
    r"expatriates|companies|businessm[ae]n|players|nurses|doctors|scientists|journalists)"
)
"""Those whom no state sends."""
_KNOWN_FOR: Final = (
    r"(?:act(?:or|ress)|singer|rapper|pianist|violinist|musician|composer|artist|painter|sculptor|writer|"
    r"author|novelist|poet|playwright|film-?maker|film director|photographer|footballer|player|athlete|"
    r"swimmer|boxer|runner|cyclist|sprinter|coach|champion|astronomer|laureate|activist|campaigner|widow|"
    r"survivor|investor|executive|tycoon|billionaire|entrepreneur|banker|financier|farmer|lawyer|cleric|"
    r"priest|bishop|pastor|imam|monk|nun|celebrity|chef|teenager|blogger|journalist|scholar|dissident|"
    r"opposition (?:leader|figure|politician))"
)
"""What is told of people whom no state sends."""
_PRIVATE_GROUP: Final = compile_pattern(rf"\b{_PEOPLE}$")
_PRIVATE_BEHIND: Final = compile_pattern(rf"^ (?:[a-z\-]+ ){{0,2}}?(?:{_PEOPLE}|{_KNOWN_FOR}s?)\b")
_KNOWN_AS: Final = compile_pattern(rf"\b{_KNOWN_FOR} $")
_OPPOSED: Final = compile_pattern(r"^(?:[a-z]+ )?opposition (?:leader|figure|politician)$", ignore_case=True)
"""Who leads those against a government does not act for it; a `Leader of the Opposition` holds an office."""
_CLERGY: Final = compile_pattern(
    r"^(?:(?:the |his |most )*(?:arch)?bishop|cardinal|father|fr|rev(?:erend)?|rabbi|imam|mufti|pastor|"
    r"patriarch|metropolitan|sister|brother|venerable|swami|lama)\b",
    ignore_case=True,
)
_HOLY_SEE: Final = "VAT"
_PRIVATE_BEFORE: Final = compile_pattern(
    rf"\b(?:{_PEOPLE}|{_KNOWN_FOR}s|relatives|executives) (?:of|from|at) "
    r"(?:the )?(?:(?:[A-Z]\w+ ?){1,3}(?:, | and |, and ))*(?:the )?$"
)
_ADDRESS: Final = compile_pattern(
    r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Lady|Dame|Mme|Mlle|Madame?|Monsieur|Shri|Smt|Engr?)\b"
)
"""Forms of address that anybody may have: `Ms Solis flew to Lima`."""
_TRAVELLERS: Final = compile_pattern(
    rf"\b(?:{_PEOPLE}|evacuees|travell?ers|passengers|people|athletes|worshippers|holidaymakers|residents|"
    r"victims|survivors|reporters|(?:wo)?m[ae]n|child(?:ren)?|girls?|boys?|teenagers?|"
    r"(?:air)?planes?|airliners?|flights?|boats?|trains?|missiles?|rockets?|balloons?|goods)"
    r"(?:,? (?:who|that|which))?"
    r"(?: (?:had|have|has|were|was|are|is|be|been|being|will|would|to|also|then|later|first|once|\w+ly))* $",
    ignore_case=True,
)
"""Who is the subject of the verb right behind them, and travels for nobody: `the tourists who flew`."""
_OF_OFFICIAL: Final = compile_pattern(
    r"\b(?:(?:government|state|kingdom|republic) of|"
    r"(?:envoy|representative|adviser|coordinator|rapporteur) (?:for|to|on|in)) (?:the )?$",
    ignore_case=True,
)
"""`the Government of Peru`, `the special envoy for Peru`: a country in words for those who act."""
_TOP_OFFICIAL: Final = compile_pattern(
    r"^[’']s? (?:\w+ )?(?:top|senior|chief|leading|second) \w+ ", ignore_case=True
)
"""`Peru's top soldier flew`"""
_OTHERS: Final = compile_pattern(
    r"\b(?:when|as|after|before|that|where|once|since|until|because) (?:the|an?|some|several) "
    r"(?:[a-z\-]+ )?(?:delegations|sides|warring|rebels?|opposition|vessels?|ships?|planes?|aircraft|jets?|"
    r"convoys?|body|bodies|remains|parties|teams|groups|leaders of|m[ae]n|wom[ae]n|couple|family)"
    r"(?: (?:had|have|has|were|was|are|is|also|then|later|first|\w+ly))* $"
)
_SENDS: Final = compile_pattern(r"^(?:sent|sends?|sending|dispatch\w*) ", ignore_case=True)
_FOR_TALKS: Final = compile_pattern(r"^[^,;.]{0,90}? (?:to (?:discuss|negotiate|sign|represent)|for talks) ")
"""`Mr Solis is in Peru to discuss trade`: no private person does."""
_OF_OFFICIALS: Final = compile_pattern(
    r"(?:[’']s |\b(?:and (?:his|her|their)|(?:delegation|team|mission|group) of|navy|naval|patrol|forces?) )"
    r"(?:[\w\-]+ ){0,3}$",
    ignore_case=True,
)
"""`the minister and her children flew`, `a delegation of 20 people`, `navy patrol boats`"""
_LONGEST: Final = 40
_LONGEST_PRIVATE: Final = 70


def find_visitors(text: str, analysis: Analysis, actors: tuple[Actor, ...], start: int) -> tuple[Actor, ...]:
    """Return who of some actors may travel for a party: no private people, and no country itself.

    `start` is where the words of the journey begin; a country may be who sends somebody.
    """
    if _SENDS.match(text[start : start + _LONGEST]) or _FOR_TALKS.match(text[start : analysis.sentence.end]):
        return actors
    if _travel_privately(text, analysis, start):
        return ()
    actors = _not_before(text, analysis, actors, start)
    return tuple(actor for actor in actors if _may_visit(text, analysis, actor, start))


def _travel_privately(text: str, analysis: Analysis, start: int) -> bool:
    """Tell whether private people stand before the words of a journey, and no officials before those."""
    private = _TRAVELLERS.search(text[max(analysis.sentence.start, start - _LONGEST) : start])
    if private is None:
        return False
    first = start - len(private[0])
    return _OF_OFFICIALS.search(text[max(0, first - _LONGEST) : first]) is None


def _not_before(text: str, analysis: Analysis, actors: tuple[Actor, ...], start: int) -> tuple[Actor, ...]:
    """Leave out whom the sentence names before others come: `X spoke when the delegations arrived`."""
    first = analysis.sentence.start
    others = _OTHERS.search(text[first:start])
    if others is None:
        return actors
    return tuple(one for one in actors if not first <= one.start < one.end <= first + others.start())


def _may_visit(text: str, analysis: Analysis, actor: Actor, start: int) -> bool:
    if actor.person is not None:
        return _is_official(text, actor.person)
    if actor.is_group:
        return not _PRIVATE_GROUP.search(text[actor.start : actor.end])
    before = text[max(0, actor.start - _LONGEST) : actor.start]
    if actor.party in organization_ids() or _OF_OFFICIAL.search(before):
        return True
    body = any(one.start == actor.start and one.label is Label.BODY for one in analysis.named)
    office = any(one.title and actor.end < one.start < start for one in analysis.mentions)
    return body or office or _TOP_OFFICIAL.match(text[actor.end : actor.end + _LONGEST]) is not None


def _is_official(text: str, person: Person) -> bool:
    """Tell whether words give somebody an office, a rank or a party, and not a form of address alone."""
    ranks = [words for _, words in person.ranks]
    if person.titles or any(not _ADDRESS.match(text[rank.start : rank.end]) for rank in ranks):
        return True
    return person.party_words is not None and person.party_words not in ranks


def is_private(text: str, actor: Actor) -> bool:
    """Tell whether a party is only told with people whom no state sends: `refugees from Peru`."""
    before = text[max(0, actor.start - _LONGEST_PRIVATE) : actor.start]
    if (person := actor.person) is not None:
        titles = [text[words.start : words.end] for _, words in person.titles[:FEW_TITLES]]
        if titles:
            return all(map(_OPPOSED.match, titles))
        ranks = [text[words.start : words.end] for _, words in person.ranks[:FEW_TITLES]]
        clergy = bool(ranks) and all(map(_CLERGY.match, ranks)) and person.party != _HOLY_SEE
        return clergy or (not ranks and _KNOWN_AS.search(before) is not None)
    behind = text[actor.words.end : actor.words.end + _LONGEST_PRIVATE]
    return _PRIVATE_BEHIND.match(behind) is not None or _PRIVATE_BEFORE.search(before) is not None
