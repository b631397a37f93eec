"""Step 6: who is who in one article, and who may act in a sentence.

A surname, an office or a full name that come again stand for the same person; the fullest name and the best
printed office are kept. An actor is a person, an office, or a party itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import dropwhile, pairwise, takewhile
from operator import attrgetter
from typing import Any, Final

from rapidfuzz import fuzz

from app.errors import TooMuchTold
from app.parsing.aligned import align_names
from app.parsing.collectives import find_collectives
from app.parsing.kinds import BODY, CAPTION, HEADLINE, STANDFIRST
from app.parsing.knowledge import Label, fold, is_capital, organization_ids
from app.parsing.mentions import PersonMention, find_people
from app.parsing.officials import Standing, find_standing, is_addressed
from app.parsing.own_lead import ReadLine, opens_at_home
from app.parsing.patterns import compile_pattern
from app.parsing.sovereigns import may_have
from app.parsing.spans import Sentence, Span
from app.parsing.tenures import settle_tenures
from app.parsing.tokens import (
    Token,
    find_acronyms,
    find_tokens,
    join_labels,
    name_acronyms,
    settle_namesakes,
    tell_namesakes,
)

_MOST_PEOPLE, _MOST_OFFICES = 500, 2_000
"""People with a name, and these with the offices that nobody is named in: each is compared with all."""
# The standard library's pattern, for it reads labels, in which there is a match a name.
_NAME: Final = re.compile(r"[NA](?:l*[NA]){0,5}")
_FORMER: Final = compile_pattern(r"\b[Ff]ormer (?:[\w\-]+ )?$")
_BELOW: Final = frozenset(["assistant", "deputy", "under", "vice"])
_OWNS: Final = compile_pattern(
    r"^[’']s? (?:(?:new|own|special|personal|chief|top|senior|national|security|foreign|policy) )*$"
)
_AS: Final = compile_pattern(r"^[^;.]{0,90} as (?:the |its |their |his |her |an? )?(?:new |next |first )?$")
_AND_OFFICE: Final = compile_pattern(r"(?:,| and) ")
_SMALL: Final = frozenset(["of", "the", "for", "to", "and", "a"])
_SAME_OFFICE: Final = {
    "advisor": ("adviser",),
    "chairperson": ("chairman",),
    "chairwoman": ("chairman",),
    "defense": ("defence",),
    "eam": ("external", "affairs", "minister"),
    "emir": ("amir",),
    "fm": ("foreign", "minister"),
    "pm": ("prime", "minister"),
    "premier": ("prime", "minister"),
    "coas": ("chief", "army", "staff"),
    "cns": ("chief", "naval", "staff"),
}
_SAME_NAME: Final = {
    "joe": "joseph",
    "bill": "william",
    "tony": "antony",
    "anthony": "antony",
    "mike": "michael",
    "jim": "james",
    "bob": "robert",
    "rob": "robert",
    "tom": "thomas",
    "dan": "daniel",
    "dave": "david",
    "chris": "christopher",
    "matt": "matthew",
    "steve": "stephen",
    "steven": "stephen",
    "tim": "timothy",
    "ed": "edward",
    "liz": "elizabeth",
    "nick": "nicholas",
    "greg": "gregory",
    "pete": "peter",
    "andy": "andrew",
    "ken": "kenneth",
    "larry": "lawrence",
    "alex": "alexander",
    **dict.fromkeys(
        ("md", "mohd", "mohamed", "mohammad", "mohammed", "muhammad", "muhammed", "mohamad"), "mohammed"
    ),
}
"""Short forms and spellings of one given name."""
_LEADERS: Final = frozenset(
    ["president", "prime", "king", "sultan", "amir", "chancellor", "queen", "taoiseach"]
)
_DIPLOMATS: Final = frozenset(["foreign", "external", "state", "ambassador", "envoy"])
_MEANS: Final = {
    "leader": _LEADERS,
    "statesman": _LEADERS,
    "diplomat": _DIPLOMATS,
    "diplomat top": _DIPLOMATS,
    "chief diplomat": _DIPLOMATS,
}
_HEADING: Final = frozenset(
    ["president", "prime", "king", "queen", "sultan", "emir", "amir", "chancellor", "pm"]
)
_LONGEST_PEER: Final = 200
_SENT: Final = frozenset(["ambassador", "envoy", "commissioner", "charge", "consul"])
_HEADS: Final = {
    "head of state": "president",
    "head of government": "prime minister",
    "diplomacy chief": "foreign minister",
}
_MINISTRY_BEHIND: Final = compile_pattern(
    r"^ (?:of )?(?:(?:the|his|her|its|their) )?"
    r"(?:([a-z]+)(?: affairs| policy)? (?:ministry|department|agency)\b|"
    r"(?:ministry|department) (?:of|for) (?:the )?(?:national )?([a-z]+)|"
    r"(diplomacy|MFA|MoD|government|executive)\b)",
    ignore_case=True,
)
_LONGEST_HEADED: Final = 40
_PORTFOLIOS: Final = {
    **dict.fromkeys(("military", "defense", "mod"), "defence"),
    **dict.fromkeys(("diplomacy", "mfa"), "foreign"),
    **dict.fromkeys(("government", "executive"), "prime"),
}
"""The portfolios of what somebody heads: `the head of the military department`."""
_BEFORE_PLACE: Final = (
    *("in", "at", "to", "from", "near", "across", "into", "of", "toward", "towards"),
    *("left", "leaving", "departed", "departing"),
)
_PLACE_BEFORE: Final = compile_pattern(rf"\b(?:{'|'.join(_BEFORE_PLACE)})\s+(?:the\s+)?$", ignore_case=True)
_VENUE_BEFORE: Final = compile_pattern(r"\b(?:at|in|inside) (?:the )?$")
_BUILDINGS: Final = frozenset(
    ("airport", "university", "college", "hotel", "border", "water", "land", "coast", "air")
)
_PEOPLE: Final = (
    r"delegations?|missions?|ministers|leaders|presidents|premiers|officials|representatives|envoys|ambassadors|"
    r"counterparts|colleagues|opposite numbers|peers|advis[oe]rs|secretaries|speakers|chiefs|commanders|"
    r"governors|"
    r"heads of (?:state|government)|executives|directors|senators|parliamentarians|"
    r"officers|generals|troops|soldiers|"
    r"forces|nav(?:y|ies)|armies|(?:war)?ships|frigates|destroyers|corvettes|sailors|commandos|experts|"
    r"diplomats|negotiators|lawmakers|delegates|sherpas|"
    r"servicemen|personnel|crews|units|contingents|paratroopers|marines|cadets"
)
_STATE_OF: Final = compile_pattern(
    r"\b(?:governments?|peoples?|kingdom|state|republic|parliaments?|army|armies|nav(?:y|ies)|air forces?|"
    r"militar(?:y|ies)|armed forces|embass(?:y|ies)|ministr(?:y|ies)|minister|ambassador|"
    rf"teams?|contingents?|troops|forces|{_PEOPLE}) of (?:the )?$",
    ignore_case=True,
)
_OF_PEOPLE: Final = ("of", "from")
_PEOPLE_OF: Final = compile_pattern(
    rf"\b(?:(?:{_PEOPLE})|(?:ministers|secretaries|chiefs) (?:of|for) (?:[\w]+,? ){{0,4}}?"
    r"(?:defen[cs]e|affairs|trade|staff|state|energy|health|finance|interior|justice|transport|education)) "
    rf"(?:{'|'.join(_OF_PEOPLE)}) (?:the )?$|"
    r"\b(?:delegations?|officials|officers|members|representatives|lawmakers|experts) (?:of|from) (?:the )?"
    r"(?:parliament|senate|national assembly|house of representatives|government|army|navy|air force|"
    r"armed forces|(?:ministry|department) (?:of|for) (?:\w+ ){1,3}) ?of (?:the )?$",
    ignore_case=True,
)
"""`officials of Peru`, `the ministers of foreign affairs and of defence of Peru`, `an army of`"""
_LISTED: Final = compile_pattern(r"^(?:,|,? and|,? as well as|:| [–—-]| \() ?(?:the )?$")
_GROUP_AFTER: Final = compile_pattern(
    r"^[\s’'s]*(?P<between>(?:[\w\-]+ ){0,3}?)"
    r"(?:attach[ée]|(?:one|delegations?|teams?|officials?|sides?|envoys?|"
    r"(?i:army|armies|navy|navies|military|militaries|air forces?|armed forces|coast ?guards?|marines|"
    r"border guards?|police|government|parliament|senate|delegations?|"
    r"forces|defen[cs]e force|national guard|contingents?|ships?)|Council|"
    r"junta|regime|"
    r"troops|governments?|Force|Fleet|Legion|Brigade|Regiment|"
    r"(?i:(?:foreign|defen[cs]e|interior) )?(?i:ministry)(?: of (?:the )?[A-Z]\w+(?: [A-Z]\w+){0,2})?|"
    r"embassy|diplomats?|"
    r"leaders?|leadership|authorities|counterparts?|"
    r"visitors?|guests?|dignitary|general|parliament|assembly|senate|congress|cabinet|lawmakers|commission|"
    r"frigates?|warships?|vessels?|destroyers?|corvettes?|flotilla|squadron|soldiers|sailors|"
    r"bombers|fighters|jets|aircraft|(?:cargo |military |navy )?planes?|submarines|peacekeepers|"
    r"paratroopers|commandos|cadets|fishermen|prisoners|detainees|nationals|citizens|hostages|migrants|"
    r"deportees|refugees|workers|inmates|experts|instructors|trainers|doctors|medics|professionals|"
    r"engineers|parliamentarians|MPs|senators|presidents?|premiers?|kings|ministers?|"
    r"chiefs|commanders|secretaries|governors|negotiators|delegates|representatives|speakers|advis[oe]rs|chancellors|crews|units|contingents|companies|servicemen|personnel|pilots)\b)"
)
_OPENS: Final = compile_pattern(
    r"(?:^|\b(?:said|says|that|which|as|when|while|but|after|before|hours|days|weeks) |[,;:] )"
    r"(?:[A-ZÀ-Þ][\w’'\-]*(?: [A-ZÀ-Þ][\w’'\-]*)?(?:,| and|, and) )?$"
)
_ACTS: Final = compile_pattern(
    r"^(?:(?:,| and|, and) [A-ZÀ-Þ][\w’'\-]*(?: [A-ZÀ-Þ][\w’'\-]*)?)?"
    r" (?:has |have |had |also |later |on \w+day |then |was |were |is |are |will |would |\w+ly )*"
    r"(?:recall|expel|summon|withdr[ae]w|sign|seal|ink|initial|ratif(?:y|ie)|restore|resume|sever|suspend|agree|"
    r"extradite|free|release|call|hand|swap|exchange|trade|conclude|renew|extend|finali[sz]e|donate|deliver|"
    r"establish|upgrade|repatriate|deport|dispatch|send|order|name|appoint|cut|reopen|struck|strike|reach|"
    r"held|hold|said|say|announce|confirm)"
    r"(?:s|ed|led|ned|ped|d|es|ing|ling)?\b|^ (?:sent|cut|took|gave|struck|broke) "
)
_DEALS_WITH: Final = compile_pattern(
    r"\b(?i:talks|negotiations|agreements?|deals?|pacts?|treaty|accords?|ceasefire|truce|ties|relations|"
    r"consultations|dialogue|meetings?)(?: [^,;.]{1,40})? (?:with|between)(?: the)? (?:[A-ZÀ-Þ][\w’'\-]*"
    r"(?: [A-ZÀ-Þ][\w’'\-]*)?(?:,| and|, and) )?$"
)
"""`talks with Ankara` are held with a government."""
_TOGETHER_AFTER: Final = compile_pattern(
    r"^ (?:[\w\-+]+ ){0,3}?(?i:exercises?|drills?|man(?:oe|eu)uv(?:re|er)s|committee|commission|council|"
    r"talks|consultations|dialogue|working group|summit|meetings?|session|negotiations|round)\b"
)
_JOINED_PEOPLES: Final = compile_pattern(r"^(?:[-–/]| and |, |, and )$")
_NOTHING: Final = compile_pattern(r"^")
_ALL: Final = compile_pattern(r"^.*$")
_OF_BODIES: Final = (Label.INSTITUTION, Label.OF, Label.MODIFIER)
_LONGEST_BODY: Final = 8
_NAMED_BODY: Final = 2
"""Fewest words of an institution's name; one alone, as in `Peru's Congress`, is often at home with itself."""
_LONGEST_PAIR: Final = 6
"""Words among which one people is joined to others: `Turkish, Azerbaijani, and Georgian`."""
_ONE_PERSON: Final = compile_pattern(
    r"\b(?:official|envoy|leader|visitor|guest|dignitary|general|president|premier|minister|counterpart)$"
)
_WHO_IS: Final = compile_pattern(
    r"^,? who (?:is|was|heads|leads|serves|served|represents|chairs|commands|runs|holds)\b[^.;,]{0,140}"
)
_ACTS_FOR: Final = compile_pattern(
    r"^,? (?:who (?:(?:is|was) (?:also |now )?(?:the|an?)|heads|leads|chairs|runs|represents|serves|acts|"
    r"works|mediates|negotiates|facilitates)|an? [A-Z]\w+ who (?:heads|leads|chairs|runs)|"
    r"(?:now )?(?:acting|serving)|(?:in [A-Z][\w’\-]+(?: [A-Z][\w’\-]+)? )?as|"
    r"(?:the|an?) former [^,;.]{3,40} and)\b[^.;,]{0,140}"
)
"""`X, who mediates in Peru for the African Union`: whom a former president acts for now."""
_RETIRED: Final = compile_pattern(r"\b(?:former|ex|one-time|retired)\b", ignore_case=True)
_IN_BRACKETS: Final = compile_pattern(r"^ ?\(([A-Z]{2,8})\)")
_LONGEST_SHORT: Final = 12
_EX: Final = compile_pattern(r"\b[Ee]x-[A-Z]?\w+ $")
_ENVOY: Final = compile_pattern(r"\b(?:ambassador|high commissioner|charg[ée]|consul)\b", ignore_case=True)
_SENT_TO: Final = compile_pattern(r"\b(?:to|with|at) (?:the )?$")
_NOT_OF_GROUP: Final = compile_pattern(
    r"\b(?:\w{3,}ed|and|or|to|in|on|at|for|with|from|by|of|as|has|have|had|will|would|is|are|was|were|be|met|"
    r"meets?|held|holds?|told|says?|said|sent|send|sends|hosts?|signs?|joins?|visits?|his|her|their|its|the|an?|"
    r"began|begins?|starts?|opens?|ends?|takes?|took|gave|gives?|lent|lends?|sold|sells?|bought|buys?|lost|won|"
    r"wants?|seeks?|urges?|backs?|sees?|saw|makes?|made|expels?|throws?|threw|kicks|recalls?|summons|"
    r"receives?|welcomes?|frees?|releases?|calls|orders|hands|invites?|names|appoints?|accuses?|accepts?|"
    r"extradites?|deports?|donates?|swaps?|trains|greets?|awaits?|bans|bars)\b"
)
_LONGEST_DEAL: Final = 100
"""Characters of the words before a capital that tell of dealings with its government."""
_LONGEST_PEOPLE: Final = 60
"""Characters of the words before a party that may name its people: `heads of government of`."""
_TOP_OFFICE: Final = compile_pattern(
    r"^(?:(?:His|Her) (?:(?:Royal |Serene )?(?:Majesty|Highness)|Excellency) |(?:HM|HRH|HH|HE|H\.E\.) )?"
    r"(?:[Tt]he )?(?:(?:Vice[- ])?President|"
    r"(?:Vice[- ])?(?:President|Chairman|Chairperson) of the (?:Republic|Government|State|Senate|"
    r"Parliament|National (?:Council|Assembly)|Council of (?:Ministers|State))|"
    r"King|Queen|(?:Deputy )?(?:Prime Minister|Premier)(?: and (?:Minister|Foreign|Finance|Defen[cs]e)\b.*)?|"
    r"(?:Federal )?Chancellor|Federal President|Governor[- ]General|Head of (?:State|Government)|"
    r"Taoiseach|Amir|Emir|Sultan|(?:Deputy )?Crown Prince(?: and Prime Minister)?|"
    r"(?:Deputy|Vice)[- ](?:(?:Foreign|Defen[cs]e) )?Minister|"
    r"(?:(?:Permanent|State|Cabinet|Home|Finance) Secretary)(?: (?:of|for) [A-Z].*)?|"
    r"(?:Union )?Home Minister|(?:Chief|Foreign) Advis[eo]r|Chief of Defence|Commander-in-Chief|"
    r"Chairman (?:of the )?Joint Chiefs of Staff(?: Committee)?|Secretary of Defence|"
    r"(?:Deputy )?(?:Secretary|Director)[- ]General|National Security Advis[eo]r|"
    r"(?:[A-Z]\w+(?: and [A-Z]\w+)? )?(?:Foreign|Defen[cs]e|Interior|Trade|Finance|Energy|Commerce) "
    r"(?:Minister|Secretary)|PM|FM|EAM|COAS|CNS|CJCSC|"
    r"Secretary of (?:State|Defense|War)|Speaker\b.*|"
    r"(?:Army|Navy|Naval|Air(?: Force)?|Defen[cs]e) (?:Chief|Commander)|"
    r"Commander of the (?:Army|Navy|Air Force)|"
    r"Chief of (?:the )?(?:(?:General|Army|Naval|Navy|Air|Defen[cs]e|Defen[cs]e Force) )?Staff\b.*|"
    r"(?:Parliament|House|Assembly|Senate) Speaker|"
    r"President of the (?:(?:National |Federal )?(?:Assembly|Council)|Chamber of .*)|"
    r"(?:Chairman|Chairwoman|Chairperson|Chair) of the (?:Cabinet|Council) of Ministers|"
    r"(?:(?:Deputy |State )?Minister|Minister of State) (?:of|for) [A-Z].*)(?: at (?:the )?[A-Z].*)?$|"
    r"^[Tt]he (?:(?:vice[- ]|deputy )?(?:president|prime minister|premier|king|queen|emir|sultan)|"
    r"crown prince|chancellor|head of state|(?:army|navy|naval|air(?: force)?|defen[cs]e) chief|"
    r"national security advis[eo]r|(?:foreign|defen[cs]e|interior|finance|trade) (?:minister|secretary)|"
    r"(?:commerce|health|energy|education|agriculture|transport|justice|labou?r|tourism|environment|economy|"
    r"police|home affairs|fisheries|industry|culture|investment) minister|"
    r"(?:vice|deputy)[- ](?:(?:foreign|defen[cs]e) )?minister|head of government|"
    r"president of the (?:republic|senate|national assembly)|"
    r"(?:(?:parliament|house|assembly) )?speaker(?: of (?:the )?[\w ]+)?)$"
)
_ACTS_ON_HIM: Final = compile_pattern(
    r"^ (?:also |later |then |\w+ly |on \w+day )?"
    r"(?:received|welcomed|greeted|met|hosted|thanked|assured|told|saw|honou?red) "
    r"(?:with )?(?:him|her|them)\b"
)
_MEETS: Final = compile_pattern(
    r"^ (?:also |later |then |on \w+day )?(?:met|meets|received|hosted|welcomed)\b"
)
_ACTED_ON: Final = (" by ", " on ", " with ", " to ", " met ", " meets ", " meet ")
_WHERE_HE_MET: Final = compile_pattern(
    r"\bwhere (?:he|she|they) (?:(?:also|then|later|has|had|will|is to) )*"
    r"(?:meet|met|called on|(?:held|hold|had|have) (?:\w+ )?(?:talks|a meeting|meetings) with)(?: the)? ?$"
)
_LONGEST_ACT: Final = 50
_MISSION: Final = (
    r"(?:mediat\w+|missions?|delegations?|envoys?|observers?|facilitat\w+|emissar\w+|negotiators?)"
)
_ON_MISSION: Final = compile_pattern(rf"\b(?:{_MISSION}|heads|leads|led|headed)\b")
_MISSION_BEHIND: Final = compile_pattern(rf"^(?:[’']s?)? (?:[\w\-]+ ){{0,2}}?{_MISSION}\b")
_MISSION_OF: Final = compile_pattern(rf"\b{_MISSION} (?:of|from|for) (?:the )?$")
_MINISTRY: Final = compile_pattern(
    r"^(?:[’']s?)? (?:\w+ ){0,1}?(?:"
    r"([A-Z]\w+(?: (?:and |& )?[A-Z]\w+){0,3}) (?:Ministry|ministry|Department)\b"
    r"|(?:Ministry|Department) (?:of|for) (?:the )?([A-Z]\w+(?:(?:,| and| &)? [A-Z]\w+){0,3})"
    r"|(MoD|MOD|MoFA|MOFA|MFA)\b)"
)
_MINISTRY_OF: Final = compile_pattern(
    r"\b(?:([A-Z]\w+(?: (?:and |& )?[A-Z]\w+){0,3}) Ministry"
    r"|Ministry (?:of|for) ([A-Z]\w+(?:(?:,| and| &)? [A-Z]\w+){0,3})()) of (?:the )?$"
)
"""`the Peruvian Ministry of Trade`, `Peru's Trade Ministry`, `the Trade Ministry of Peru`."""
_SHORT_MINISTRIES: Final = {
    "mod": frozenset(["defence"]),
    **dict.fromkeys(("mofa", "mfa"), frozenset(["foreign"])),
}
_OF_ANY_MINISTRY: Final = (
    frozenset(
        ("minister", "ministry", "affairs", "first", "state", "secretary", "permanent", "national", "federal")
    )
    | _BELOW
)
_LONGEST_MINISTRY: Final = 80
_HYPHENS: Final = ("-", "–")
_STOPS: Final = ("", ",", ".", ";", ":")
_UNDER_THEM: Final = compile_pattern(
    r"\b(?:brokered|mediated|facilitated|sponsored|backed|funded|financed|moderated|overseen|observed|supervised)"
    r" (?:\w+ly )?by (?:the )?$|\b(?:auspices|mediation|sponsorship|supervision|facilitation) of (?:the )?$"
)
_UNDER: Final = compile_pattern(r"\bunder (?:the )?$")
_THEIR_AUSPICES: Final = compile_pattern(
    r"^(?:[’']s?)? (?:\w+ )?(?:auspices|mediation|supervision|sponsorship|facilitation|pressure|sanctions)\b"
)
"""Who brokered a deal, or in whose name it was struck, is no party of it."""
_FROM: Final = compile_pattern(r"\bfrom (?:the )?$")
_AND_PLACE: Final = compile_pattern(r"^(?:,|,? and|,? or) (?:the )?$")
_MADE: Final = compile_pattern(
    r"^-(?:brokered|mediated|facilitated|backed|sponsored|supported|funded|financed|trained|designed|drafted|"
    r"built|made|led|run)\b"
)
_IN_TOWN: Final = compile_pattern(r"\b(?:in|at|near)(?: [A-ZÀ-Þ][\w’'\-]*){1,3} $")
_LONGEST_TOWN: Final = 40
_FRIENDS_AFTER: Final = compile_pattern(r"^ (?:\w+ )?Friendship\b")
_CAPITAL_AFTER: Final = compile_pattern(r"^ capital\b")
_FEW: Final = 6
"""Characters of a bullet, or of a mark at the end of a line."""
_LONG_NAME: Final = 5
_ALIKE: Final = 84
"""Per cent of likeness of two spellings of one name, as `Wickremesinghe` and `Wickremasinghe`."""
_START: Final = attrgetter("start")
_SECTION_ORDER: Final = {BODY: 0, STANDFIRST: 1, HEADLINE: 2, CAPTION: 3}


FEW_TITLES: Final = 8
"""How many of the words that give somebody an office are read: an article may have hundreds."""


@dataclass(slots=True)
class Person:
    """Someone in the article, with every place that names him or her."""

    name: str | None
    party: str | None
    party_words: Span | None = None
    names: list[Span] = field(default_factory=list)
    ranks: list[tuple[int, Span]] = field(default_factory=list)
    titles: list[tuple[int, Span]] = field(default_factory=list)
    counterpart: bool = False
    """Whether the article calls them somebody's counterpart."""
    sent_to: tuple[str, Span] | None = None
    """The party to which an envoy is sent, and the words that say so."""
    standing: Standing = Standing.NOBODY
    """Whether some words give them an office of state or a rank, and one that deals with other states."""
    addressed: bool = False
    """Whether the article calls them `Mr X`."""

    @property
    def only_addressed(self) -> bool:
        """Whether no words tell what they are, beside `Mr X`."""
        return self.addressed and not self.titles


@dataclass(unsafe_hash=True)
class Actor:
    """Who may act in a sentence. A party after "in" or "to" is rather a place."""

    start: int
    end: int
    own_party: str | None
    person: Person | None
    words: Span
    is_place: bool = False
    is_group: bool = False

    @property
    def party(self) -> str | None:
        """The party that the actor acts for: a person's may become known later than the sentence is read."""
        return self.person.party if self.person is not None else self.own_party


@dataclass(unsafe_hash=True)
class Analysis:
    """A sentence with its tokens and its actors."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    actors: tuple[Actor, ...]
    mentions: tuple[PersonMention, ...]
    named: tuple[Token, ...]
    """The tokens that name parties, their towns and their bodies."""
    people: tuple[Actor, ...]
    """Those of the actors who are people, whom most sentences have none of."""
    labels: str
    """A letter each for the tokens."""


def analyze(
    text: str,
    sentences: Sequence[Sentence],
    home: str | None = None,
    *,
    day: date | None = None,
    sure: bool = False,
    worldwide: bool = False,
) -> tuple[Analysis, ...]:
    """Return the sentences with their actors, each linked to a person of the article.

    An official without a country is rather one of `home`, if it is `sure` or the article names it; of an
    outlet that writes `worldwide`, only if the article names it. Who acts for an organization on some days
    does so if the article's `day` is one of them.
    Raises TooMuchTold.
    """
    tokens = _find_all_tokens(text, sentences, day)
    read = [_read(text, sentence, words) for sentence, words in zip(sentences, tokens, strict=True)]
    _join_lines(read)
    named_parties = parties_named(token for one in read for token in one.tokens)
    if worldwide and not sure and home not in named_parties:
        home = None
    abroad = not sure and is_abroad(home, named_parties) and not opens_at_home(text, _lines(read))
    people = _people(text, read, home, None if abroad else home)
    if not named_parties.isdisjoint(organization_ids()) and _RETIRED.search(text):
        _add_mediators(text, read, people)
    if not sure and home not in named_parties:
        _add_ministers(text, read, people)
    by_title = {title: person for person in reversed(people) for _, title in person.titles}
    return tuple(_analysis(text, one, _actors(text, one, people, by_title)) for one in read)


def _lines(read: Sequence["_Read"]) -> list[ReadLine]:
    return [(one.sentence, one.tokens, one.mentions) for one in read]


def _find_all_tokens(text: str, sentences: Sequence[Sentence], day: date | None) -> Sequence[Sequence[Token]]:
    """Return the tokens of each sentence, namesakes and acronyms settled by what the others say."""
    found = settle_namesakes([find_tokens(text, sentence) for sentence in sentences])
    labels = [join_labels(tokens) for tokens in found]
    found = tell_namesakes(text, found, labels)
    if day is not None:
        found = settle_tenures(text, found, labels, day)
    acronyms = find_acronyms(text, found, labels)
    return [name_acronyms(text, tokens, acronyms) for tokens in found] if acronyms else found


@dataclass(unsafe_hash=True)
class _Read:
    """A sentence with its words, a letter each for their labels, and whom it names."""

    sentence: Sentence
    tokens: Sequence[Token]
    labels: str
    mentions: list[PersonMention]


def _read(text: str, sentence: Sentence, tokens: Sequence[Token]) -> _Read:
    labels = join_labels(tokens)
    mentions = align_names(text, tokens, labels, find_people(text, tokens, labels))
    return _Read(sentence, tokens, labels, mentions)


def _analysis(text: str, read: _Read, actors: Sequence[Actor]) -> Analysis:
    acting = _without_owners(text, actors) if Label.POSSESSIVE in read.labels else actors
    return Analysis(
        read.sentence,
        tuple(read.tokens),
        tuple(acting),
        tuple(read.mentions),
        tuple([token for token in read.tokens if token.parties]),
        tuple([actor for actor in actors if actor.person is not None]),
        read.labels,
    )


def _without_owners(text: str, actors: Sequence[Actor]) -> list[Actor]:
    """Leave out who does not act, but somebody of theirs: `President X's special envoy, Y`."""
    owners = {
        one.start
        for one, other in pairwise(actors)
        if one.person is not None
        and other.person not in (None, one.person)
        and _OWNS.match(text[one.end : other.start])
    }
    return [one for one in actors if one.start not in owners]


def _join_lines(read: Sequence[_Read]) -> None:
    """Give who stands alone on a line the office that stands alone on the next, as in lists of envoys."""
    for above, below in pairwise(read):
        named, offices = above.mentions, below.mentions
        if not len(named) == len(offices) == 1:
            continue
        alone = _fills(named[0], above.sentence) and _fills(offices[0], below.sentence)
        if alone and named[0].name and not named[0].title and offices[0].title and not offices[0].name:
            named[0] = replace(
                named[0],
                title=offices[0].title,
                party=named[0].party or offices[0].party,
                party_words=named[0].party_words or offices[0].party_words,
                sent_to=offices[0].sent_to,
                sent_to_words=offices[0].sent_to_words,
            )


def _fills(mention: PersonMention, sentence: Sentence) -> bool:
    """Tell whether a line says nothing else."""
    return mention.start - sentence.start < _FEW and sentence.end - mention.end < _FEW


def parties_named(tokens: Iterable[Token]) -> frozenset[str]:
    """Return the parties that words name, those of towns and of known people included."""
    return frozenset(token.parties[0] for token in tokens if len(token.parties) == 1)


def is_abroad(home: str | None, named: frozenset[str], *, worldwide: bool = False) -> bool:
    """Tell whether an article of a country's outlet is about others alone: two or more, and not about it.

    Of an outlet that writes for everywhere one other is enough.
    """
    return home not in named and len(named - organization_ids()) > (0 if worldwide else 1)


def _people(text: str, read: Sequence[_Read], home: str | None, own: str | None) -> list[Person]:
    """Gather the people: first those named in full, then surnames, then offices without a name.

    The outlet's `home` is the article's `own` country too, unless that is about others.
    """
    named = _named_people(text, read)
    people = list(named)
    places = _first_places(named)
    for one in read:
        for named_first, posted in pairwise(one.mentions):
            _add_post(text, people, named_first, posted, one.sentence)
        here = _named_in(named, one)
        for mention in one.mentions:
            _add_party_of_clause(text, people, mention, one.tokens)
            _add_present_body(text, people, mention, one.tokens)
            if mention.name is None and mention.title is not None and not _was_held(text, mention):
                told = _others_of_office(text, people, places, here, mention, own)
                told = _hosts_alone(text, told, one, mention)
                known = _by_office(text, [person for person in told if person.names], mention, own)
                known = known or _told_unnamed(text, people, mention, home)
                if known is None and (mention.party is not None or _is_of_home(text, told, mention, home)):
                    known = Person(None, mention.party)
                    people.append(known)
                if known is not None:
                    _add(text, known, mention, one.sentence)
        if len(people) > _MOST_OFFICES:
            raise TooMuchTold(_MOST_OFFICES, "offices")
    return people


def _add_mediators(text: str, read: Sequence[_Read], people: Sequence[Person]) -> None:
    """Let a former leader at the head of a mission act for the one organization that sent it."""
    retired = [
        mention
        for one in read
        for mention in one.mentions
        if mention.name
        and _is_retired(text, mention)
        and _ON_MISSION.search(text[one.sentence.start : one.sentence.end])
    ]
    sending = {token.parties[0] for one in read for token in _senders(text, one)} if retired else set()
    for mention in retired if len(sending) == 1 else ():
        assert mention.name is not None
        person = find_person(people, text[mention.name.start : mention.name.end])
        if person is not None and person.party not in organization_ids():
            person.party, person.party_words = next(iter(sending)), mention.name


def _senders(text: str, read: _Read) -> Iterator[Token]:
    """Yield the organizations of which words name a mission: `mediators of ECOWAS`, `the AU's envoys`.

    That of `UN envoy Jane Doe` is hers.
    """
    for token in read.tokens:
        if len(token.parties) != 1 or token.parties[0] not in organization_ids():
            continue
        if any(one.name and one.start <= token.start < one.name.start for one in read.mentions):
            continue
        before = text[max(token.start - _LONGEST_PEOPLE, read.sentence.start) : token.start]
        behind = text[token.end : min(token.end + _LONGEST_PEOPLE, read.sentence.end)]
        if _MISSION_BEHIND.match(behind) or _MISSION_OF.search(before):
            yield token


def _add_ministers(text: str, read: Sequence[_Read], people: Sequence[Person]) -> None:
    """Let a minister act for the one state of which the article names the ministry."""
    ministers = [
        (person, words)
        for person in people
        if person.party is None and not person.counterpart
        for _, title in person.titles[:1]
        if "minister" in (words := _office_words(_in_text(text, title)))
    ]
    ministries = tuple(_ministries(text, read)) if ministers else ()
    for person, words in ministers:
        own = words - _OF_ANY_MINISTRY
        whose = {party for portfolio, party in ministries if own and (own <= portfolio or portfolio <= own)}
        if len(whose) == 1:
            settle_person(person, next(iter(whose)))


def _ministries(text: str, read: Sequence[_Read]) -> Iterator[tuple[frozenset[str], str]]:
    """Yield the portfolios of the ministries that an article names, with their states."""
    for one in read:
        for token in one.tokens:
            if token.label not in (Label.PARTY, Label.DEMONYM) or len(token.parties) != 1:
                continue
            last = min(token.end + _LONGEST_MINISTRY, one.sentence.end)
            first = max(token.start - _LONGEST_MINISTRY, one.sentence.start)
            found = _MINISTRY.match(text[token.end : last]) or _MINISTRY_OF.search(text[first : token.start])
            words = (found.group(1) or found.group(2) or found.group(3) or "") if found else ""
            portfolio = _SHORT_MINISTRIES.get(words.lower()) or _office_words(words) - _OF_ANY_MINISTRY
            if portfolio:
                yield portfolio, token.parties[0]


def _named_people(text: str, read: Sequence[_Read]) -> list[Person]:
    found = [(mention, one.sentence) for one in read for mention in one.mentions if mention.name]
    found.sort(key=lambda item: -_word_count(text, item[0].name))
    people: list[Person] = []
    for mention, sentence in found:
        assert mention.name is not None
        person = _find_mentioned(text, people, mention)
        if person is None:
            person = Person(text[mention.name.start : mention.name.end], None)
            people.append(person)
        _add(text, person, mention, sentence)
        if len(people) > _MOST_PEOPLE:
            raise TooMuchTold(_MOST_PEOPLE, "people")
    return people


def _told_unnamed(
    text: str, people: Sequence[Person], mention: PersonMention, home: str | None
) -> Person | None:
    """Return whom an office alone means of those told without a name: `The minister` a foreign minister.

    A sovereign whom home has not is the other state's who was told of: `the King of Peru`, then `the King`.
    """
    if mention.party is not None or mention.title is None or mention.counterpart:
        return None
    words = _office_words(_in_text(text, mention.title))
    short = words == {"minister"} and home is not None and not text.startswith((" for ", " of "), mention.end)
    lacking = home is not None and not may_have(home, words)
    told = [
        one
        for one in (people if short or lacking else ())
        if not one.names
        and ((one.party not in (None, home)) if lacking else one.party in (None, home))
        and any(
            words <= office and (lacking or office.isdisjoint(_HEADING | _BELOW))
            for _, title in one.titles
            for office in _offices_in(_in_text(text, title))
        )
    ]
    return told[0] if len(told) == 1 else None


def _was_held(text: str, mention: PersonMention) -> bool:
    """Tell whether an office is one of the past, and so that of nobody else: `a former Peruvian minister`."""
    assert mention.title is not None
    return _FORMER.search(text[max(0, mention.start - 8) : mention.title.start]) is not None


def _first_places(people: Sequence[Person]) -> list[tuple[int, Person]]:
    """Return people with the places where they are named first."""
    return [(min(name.start for name in person.names), person) for person in people if person.names]


def _named_in(people: Sequence[Person], read: _Read) -> list[Person]:
    """Return whom a sentence names that names offices alone too."""
    if all(mention.name is not None for mention in read.mentions):
        return []
    first, last = read.sentence.start, read.sentence.end
    return [one for one in people if any(first <= name.start < last for name in one.names)]


def _others_of_office(
    text: str,
    people: list[Person],
    places: Sequence[tuple[int, Person]],
    here: Sequence[Person],
    mention: PersonMention,
    home: str | None,
) -> list[Person]:
    """Leave out the foreigners whom an office alone cannot mean: `The Premier met X, Premier of Peru`.

    `places` are where people are named first, `here` those whom its sentence names. Nor is it any foreigner
    where it acts on one told before: `The Premier received him`.
    """
    if home is None or mention.party is not None:
        return people
    if _ACTS_ON_HIM.match(text[mention.end : mention.end + _LONGEST_ACT]):
        others = people
    else:
        others = [person for place, person in places if place > mention.end]
        if text.endswith(_ACTED_ON, 0, mention.start) or _MEETS.match(text[mention.end : mention.end + 20]):
            others.extend(here)
    abroad = {id(person) for person in others if person.party not in (None, home)}
    return [person for person in people if id(person) not in abroad] if abroad else people


def _hosts_alone(text: str, people: list[Person], read: "_Read", mention: PersonMention) -> list[Person]:
    """Leave out who came where a clause tells whom they met there: `in Peru, where he met the Premier`."""
    before = text[max(read.sentence.start, mention.start - _LONGEST_ACT) : mention.start]
    there = {one.parties[0] for one in read.tokens if one.end < mention.start and len(one.parties) == 1}
    if mention.party is not None or not there or not _WHERE_HE_MET.search(before):
        return people
    return [one for one in people if one.party in there]


def _is_of_home(text: str, people: Sequence[Person], mention: PersonMention, home: str | None) -> bool:
    """Tell whether an office that nobody named holds must be one at home: `The Prime Minister spoke to …`."""
    if home is None or mention.counterpart or mention.title is None:
        return False
    if not _TOP_OFFICE.match(text[mention.start : mention.end]):
        return False
    words = _office_words(_in_text(text, mention.title))
    if not may_have(home, words):
        return False
    others = (one for one in people if one.party != home and (one.name or one.party))
    return not any(
        _holds(text, person, words) and not _has_another_portfolio(text, person, mention, words, home)
        for person in others
    )


def _add_post(
    text: str, people: Sequence[Person], named: PersonMention, post: PersonMention, sentence: Sentence
) -> None:
    """Give somebody the post told behind: `X presented her letters as Ambassador of Peru to Chile`."""
    if named.name is None or named.title is not None or post.name is not None or post.party is None:
        return
    if not _AS.search(text[named.end : post.start]):
        return
    person = find_person(people, text[named.name.start : named.name.end], named.party)
    if person is not None and person.party is None:
        _add(text, person, replace(post, name=None), sentence)


def _add_party_of_clause(
    text: str, people: Sequence[Person], mention: PersonMention, tokens: Sequence[Token]
) -> None:
    """Take a person's party from `…, who is secretary in the Iraqi Ministry of Defence`."""
    clause = _WHO_IS.search(text[mention.end : mention.end + 160]) if mention.name else None
    if clause is None or mention.name is None:
        return
    person = find_person(people, text[mention.name.start : mention.name.end], mention.party)
    if person is None or person.party is not None:
        return
    for before, token in pairwise(token for token in tokens if token.label is not Label.THE):
        inside = mention.end < token.start < mention.end + clause.end()
        if before.label in (Label.FOR, Label.IN) and token.label is Label.PARTY:
            continue  # "who is on a visit to Peru"
        if inside and token.label in (Label.PARTY, Label.DEMONYM, Label.BODY) and len(token.parties) == 1:
            person.party, person.party_words = token.parties[0], Span(token.start, token.end)
            return


def _add_present_body(
    text: str, people: Sequence[Person], mention: PersonMention, tokens: Sequence[Token]
) -> None:
    """Let someone act for the organization that they are told to, not for the state that they led once."""
    name = mention.name
    if name is None:
        return
    clause = _ACTS_FOR.search(text[mention.end : mention.end + 160])
    retired = _is_retired(text, mention)
    if clause is None and not retired:
        return
    known = mention.party_words is None or name.start <= mention.party_words.start < name.end
    person = find_person(people, text[name.start : name.end])
    if person is None or not (known or retired) or person.party in organization_ids():
        return
    end = mention.end + (clause.end() if clause else 0)
    for token in tokens:
        inside = name.end < token.start < end and len(token.parties) == 1
        if inside and token.parties[0] in organization_ids() and not _is_posted_to(text, token):
            person.party, person.party_words = token.parties[0], Span(token.start, token.end)
            return


def _is_retired(text: str, mention: PersonMention) -> bool:
    """Tell whether somebody held an office once: `former president X`, `Ex-Peruvian president X`."""
    name = mention.name
    before = text[max(0, mention.start - _LONGEST_PEOPLE) : mention.start]
    held = name is not None and _RETIRED.search(text[mention.start : name.start]) is not None
    return held or ("x-" in before and _EX.search(before) is not None)


def _is_posted_to(text: str, token: Token) -> bool:
    """Tell whether somebody is sent there: `as permanent representative to the United Nations`."""
    return _SENT_TO.search(text[max(0, token.start - 8) : token.start]) is not None


def _word_count(text: str, name: Span | None) -> int:
    return len(text[name.start : name.end].split()) if name else 0


def _add(text: str, person: Person, mention: PersonMention, sentence: Sentence) -> None:
    order = _SECTION_ORDER[sentence.section]
    if mention.name:
        person.names.append(mention.name)
    if mention.rank:
        person.ranks.append((order, mention.rank))
    if mention.title:
        person.titles.append((order + (2 if mention.former else 0), mention.title))
    person.counterpart = person.counterpart or mention.counterpart
    person.standing = max(person.standing, find_standing(text, mention))
    person.addressed = person.addressed or is_addressed(text, mention)
    if mention.sent_to and mention.sent_to_words:
        person.sent_to = person.sent_to or (mention.sent_to, mention.sent_to_words)
    if person.party is None and mention.party is not None:
        person.party, person.party_words = mention.party, mention.party_words


def find_person(people: Sequence[Person], name: str, party: str | None = None) -> Person | None:
    """Return the person whom a full or short name stands for; a short one must fit one person alone."""
    fitting = _fitting(people, name, party)
    return fitting[0] if len(fitting) == 1 else None


def _fitting(people: Sequence[Person], name: str, party: str | None) -> list[Person]:
    """Return whom a name may stand for: the one who is called so, else all for whom it is short."""
    words = _name_words(name)
    fitting = []
    for person in people:
        if person.name is None:
            continue
        known = _name_words(person.name)
        if words == known:
            return [person]
        if (party is None or person.party in (None, party)) and _is_short_for(words, known):
            fitting.append(person)
    return fitting


def _find_mentioned(text: str, people: Sequence[Person], mention: PersonMention) -> Person | None:
    """Return whom a mention names; of several with one surname the one with its office: `President Solis`."""
    assert mention.name is not None
    fitting = _fitting(people, text[mention.name.start : mention.name.end], mention.party)
    if len(fitting) > 1 and mention.title is not None:
        words = _office_words(_in_text(text, mention.title))
        fitting = [person for person in fitting if _holds(text, person, words)]
    return fitting[0] if len(fitting) == 1 else None


def settle_person(person: Person | None, party: str | None) -> None:
    """Give someone without a party one; their office, or else their name, is the evidence."""
    if person is None or party is None or person.party is not None:
        return
    known_by = [words for _, words in (*person.titles, *person.ranks)] or person.names * person.counterpart
    if known_by:
        person.party, person.party_words = party, Span(known_by[0].start, known_by[0].end)


def guess_party(person: Person | None, party: str | None, home: str | None, *, met: bool = False) -> None:
    """Give an official without a party one that no words near tell; anybody else has dealings of their own.

    One of parliament or police can be guessed for the article's `home` alone. Whom an official `met`, and
    the article calls `Mr X`, it has mostly told of before.
    """
    if person is None or party is None:
        return
    at_home = person.standing is Standing.AT_HOME and party == home
    official = at_home or person.standing is Standing.ABROAD
    if official or person.counterpart or (met and person.only_addressed):
        settle_person(person, party)


@lru_cache(maxsize=4096)
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(_SAME_NAME.get(word, word) for word in fold(name).replace(".", "").split())


@lru_cache(maxsize=4096)
def _is_short_for(words: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Tell whether words are some of a name's, misprints and lost blanks allowed: `Karimkundi`."""
    unknown = [word for word in words if word not in known]
    if unknown and "".join(known).endswith("".join(words)) and len(words[0]) >= _LONG_NAME:
        return True
    return all(
        len(word) >= _LONG_NAME
        and any(fuzz.ratio(word, other, score_cutoff=_ALIKE) for other in known if other not in words)
        for word in unknown
    )


def _by_office(
    text: str, people: Sequence[Person], mention: PersonMention, home: str | None
) -> Person | None:
    """Return the person whose printed office has the same words, for the same party."""
    assert mention.title is not None
    words = _minister_words(text, mention) or _office_words(_in_text(text, mention.title))
    fitting = [
        person
        for person in people
        if person.names
        and (mention.party is None or (person.party or home or mention.party) == mention.party)
        and (mention.sent_to is None or person.sent_to is None or person.sent_to[0] == mention.sent_to)
        and _holds(text, person, words)
        and not _has_another_portfolio(text, person, mention, words, home)
    ]
    if home is not None and "visiting" in text[mention.start : mention.end]:
        foreign = [person for person in fitting if person.party != home] or [
            person for person in people if fitting and person.counterpart and person.party not in (None, home)
        ]
        fitting = [person for person in foreign if person.party is not None] or foreign or fitting
    whose = mention.party or (home if "diplomat" in words and len(words) > 1 else None)
    if not fitting and whose is not None and (heads := _MEANS.get(" ".join(sorted(words)))):
        fitting = _meant_by(text, people, whose, heads, home)
    if not fitting and mention.party is not None and words.isdisjoint(_SENT):
        # "his Peruvian counterpart Ana Solis", and then "the Peruvian minister"
        fitting = [one for one in people if one.counterpart and one.party == mention.party and not one.titles]
        fitting = fitting if _may_hold(text, people, words, mention.party) else []
        fitting = [one for one in fitting if _is_peer_of(text, one, words)]
    if len(fitting) > 1 and mention.party is None:
        # An article calls the one whom it is about by the office alone: "The Minister also received …".
        return min(fitting, key=lambda person: min(name.start for name in person.names))
    return fitting[0] if len(fitting) == 1 else None


def _has_another_portfolio(
    text: str, person: Person, mention: PersonMention, words: frozenset[str], home: str | None
) -> bool:
    """Tell whether an office with no country is none of a foreigner told of as `the Peruvian minister`.

    Nor is it of one who was told of as `the minister` and is one of something else.
    """
    if mention.party is not None or "minister" not in words or len(words) == 1:
        return False
    offices = [_office_words(_in_text(text, title)) for _, title in person.titles]
    longer = [office for office in offices if len(office) > 1]
    if longer:
        return not any(_alike(words, office) for office in longer) and not _holds_two(text, person)
    return home is not None and person.party not in (None, home)


def _holds_two(text: str, person: Person) -> bool:
    """Tell whether somebody holds two offices at once: `Prime Minister and Minister of Defence X`."""
    return any(len(_offices_in(_in_text(text, title))) > 1 for _, title in person.titles)


def _may_hold(text: str, people: Sequence[Person], words: frozenset[str], party: str) -> bool:
    """Tell whether a counterpart may hold an office: a leader's only where another's leader is named."""
    if not words & _LEADERS:
        return True
    return any(person.party != party and _holds(text, person, words) for person in people)


def _minister_words(text: str, mention: PersonMention) -> frozenset[str]:
    """Return the words of an office told by what it heads: `the head of the Peruvian trade ministry`."""
    assert mention.title is not None
    if not text.startswith(("head", "Head"), mention.title.start):
        return frozenset()
    found = _MINISTRY_BEHIND.match(text[mention.end : mention.end + _LONGEST_HEADED])
    portfolio = (found.group(1) or found.group(2) or found.group(3)).lower() if found else ""
    if portfolio in ("", "the", "his", "her", "its", "their"):
        return frozenset()
    return frozenset((_PORTFOLIOS.get(portfolio, portfolio), "minister"))


def _is_peer_of(text: str, person: Person, office: frozenset[str]) -> bool:
    """Tell whether a counterpart may head a state, or be a deputy: only of one who is it too."""
    above = office & (_BELOW if office & _BELOW else _HEADING)
    if not above or not person.names:
        return True
    before = text[max(0, person.names[0].start - _LONGEST_PEER) : person.names[0].start]
    return not above.isdisjoint(_office_words(before.rpartition(". ")[2].lower()))


def _meant_by(
    text: str, people: Sequence[Person], party: str, heads: frozenset[str], home: str | None
) -> list[Person]:
    """Return who of a party is meant by a word for many offices: `the Peruvian leader`."""
    named = [person for person in people if person.name and (person.party or home) == party]
    heading = [
        person
        for person in named
        if any(heads & _office_words(_in_text(text, title)) for _, title in person.titles)
    ]
    return heading or [person for person in named if not person.titles]


def _holds(text: str, person: Person, office: frozenset[str]) -> bool:
    """Tell whether somebody was told of in an office, or in one that it is short for."""
    return any(
        _alike(office, known)
        for _, title in person.titles
        for known in (*_offices_in(_in_text(text, title)), *_short_form(text, title))
    )


def _short_form(text: str, title: Span) -> Iterator[frozenset[str]]:
    """Yield the short name that stands behind an office: `Chief of Defence Force (CDF)`."""
    found = _IN_BRACKETS.match(text[title.end : title.end + _LONGEST_SHORT])
    if found is not None:
        yield _office_words(found.group(1))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether an office is short for another; a deputy's is not for that of the one above."""
    return one & _BELOW == other & _BELOW and (one <= other or one >= other)


def _in_text(text: str, words: Span) -> str:
    return text[words.start : words.end]


@lru_cache(maxsize=4096)  # every office of an article is held against those of all whom it names
def _offices_in(title: str) -> tuple[frozenset[str], ...]:
    """Return the words of a title, and of each of two offices that one person holds."""
    held = [part.start() for part in _AND_OFFICE.finditer(title)]
    parts = pairwise([0, *held, len(title)] if held else [])
    return (_office_words(title), *(_office_words(title[first:last]) for first, last in parts))


@lru_cache(maxsize=4096)
def _office_words(title: str) -> frozenset[str]:
    """Return the words of an office, those that mean the same as one."""
    office = fold(title).replace("-", " ")
    words = _HEADS.get(office, office).split()
    return frozenset(same for word in words for same in _SAME_OFFICE.get(word, (word,))) - _SMALL


def _actors(text: str, read: _Read, people: Sequence[Person], by_title: Mapping[Span, Person]) -> list[Actor]:
    actors: list[Actor] = []
    for mention in read.mentions:
        person = None
        if mention.name:
            person = _find_mentioned(text, people, mention)
        elif mention.title:
            person = by_title.get(mention.title)
        else:
            person = _only_one(people, mention.party)
            if mention.counterpart and person is not None and not _may_be_peer(text, person, actors):
                person = None  # "met the Peruvian ambassador, Y, and will see his Peruvian counterpart"
        if person is not None or (mention.party is not None and mention.title is None):
            party = person.party if person is not None else mention.party
            words = Span(mention.start, mention.end)
            actors.append(Actor(mention.start, mention.end, party, person, words, is_group=True))
    covered = [(actor.start, actor.end) for actor in actors]
    actors.extend(_named_again(text, read, people, covered))
    actors.extend(_parties(text, read, people, covered))
    actors.extend(_together(text, read.sentence))
    return sorted(actors, key=_START)


def _together(text: str, sentence: Sentence) -> Iterator[Actor]:
    """Yield the states that one word names together, as if each stood there."""
    for words, parties in find_collectives(text[sentence.start : sentence.end]):
        start, end = sentence.start + words.start, sentence.start + words.end
        for party in parties:
            yield Actor(start, end, party, None, Span(start, end), is_group=True)


def _only_one(people: Sequence[Person], party: str | None) -> Person | None:
    """Return the person whom the article names for a party, where it names no other."""
    named = [person for person in people if person.name and person.party == party]
    return named[0] if len(named) == 1 and party else None


def _is_ambassador(text: str, person: Person) -> bool:
    """Tell whether somebody was told of as an ambassador, who is the counterpart of ambassadors alone."""
    return any(_ENVOY.search(_in_text(text, title)) for _, title in person.titles[:1])


def _may_be_peer(text: str, person: Person, before: Sequence[Actor]) -> bool:
    """Tell whether the one named of a party may be a counterpart: no envoy is, and a leader a leader's."""
    if _is_ambassador(text, person):
        return False
    owner = next((one.person for one in reversed(before) if one.person is not None), None)
    if owner is None or owner is person or not owner.titles or not person.titles:
        return True
    return _heads(text, owner) == _heads(text, person)


def _heads(text: str, person: Person) -> bool:
    """Tell whether somebody was told of as the head of a state or a government."""
    return any(_office_words(_in_text(text, title)) & _HEADING for _, title in person.titles)


def _named_again(
    text: str, read: _Read, people: Sequence[Person], covered: Sequence[tuple[int, int]]
) -> Iterator[Actor]:
    """Yield the people whom a bare name stands for."""
    if Label.NAME not in read.labels:
        return
    for found in _NAME.finditer(read.labels):
        start, end = read.tokens[found.start()].start, read.tokens[found.end() - 1].end
        if covered and any(start < last and first < end for first, last in covered):
            continue
        person = find_person(people, text[start:end])
        if person is not None:
            person.names.append(Span(start, end))
            yield Actor(start, end, person.party, person, Span(start, end))


def _group_after(following: str) -> Any:
    """Return the words that make a party a group of people, with no verb or preposition between."""
    if following[:1] in _STOPS:
        return None
    group = _GROUP_AFTER.search(following)
    return group if group and not _NOT_OF_GROUP.search(group.group(1)) else None


def _is_government(text: str, sentence: Sentence, token: Token) -> bool:
    """Tell whether a city acts, and so stands for its state: `Moscow recalled …`, `talks with Ankara`."""
    before = text[max(sentence.start, token.start - _LONGEST_DEAL) : token.start]
    after = text[token.end : min(token.end + 60, sentence.end)]
    if _ACTS.match(after) is not None and _OPENS.search(before) is not None:
        return True
    return is_capital(text[token.start : token.end]) and _DEALS_WITH.search(before) is not None


def _institution_of(text: str, tokens: Sequence[Token], index: int) -> Any:
    """Return words that make a state's institution of what it owns: `Peru's Bureau of Standards`."""
    if index + 1 == len(tokens) or tokens[index + 1].label is not Label.POSSESSIVE:
        return None
    behind = tokens[index + 1 : index + _LONGEST_BODY]
    named_from = dropwhile(lambda one: one.label in (Label.MODIFIER, Label.WORD), behind[1:])
    owned = list(takewhile(lambda one: one.label in _OF_BODIES, named_from))
    while owned and owned[-1].label is not Label.INSTITUTION:
        owned.pop()
    named = [one for one in owned if one.label is Label.INSTITUTION]
    if len(named) < _NAMED_BODY or not text[named[0].start].isupper():
        return None
    return _ALL.match(text[tokens[index].end : named[-1].end])


def _last_of_several(text: str, read: _Read, index: int) -> int:
    """Return where the last of peoples is that make one group, else -1: `the Indian and French navies`."""
    tokens, limit = read.tokens, read.sentence.end
    near = read.labels[index + 1 : index + _LONGEST_PAIR]
    if Label.DEMONYM not in near and Label.PARTY not in near:
        return -1
    last = index
    for following in range(index + 1, min(index + _LONGEST_PAIR, len(tokens))):
        token = tokens[following]
        if token.label is Label.DEMONYM or (
            token.label is Label.PARTY and tokens[index].label in (Label.PARTY, Label.DEMONYM)
        ):
            if not _JOINED_PEOPLES.match(text[tokens[last].end : token.start]):
                break
            last = following
    if last == index:
        return -1
    after = text[tokens[last].end : min(tokens[last].end + 60, limit)]
    return last if _group_after(after) or _TOGETHER_AFTER.match(after) else -1


@dataclass(unsafe_hash=True)
class _NamedParty:
    """A party that a sentence names, with the words around it that say as what."""

    index: int
    token: Token
    before: str
    joint: str
    following: str
    group: Any


def _is_of_state(text: str, tokens: Sequence[Token], named: _NamedParty) -> bool:
    """Tell whether a country is named only to say whose something is: `the army of Peru`."""
    return _STATE_OF.search(named.before) is not None or _is_of_institution(text, tokens, named.index)


def _is_of_institution(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a country is named as that of an institution: `the Intelligence Unit of Bahrain`."""
    last = index - 1
    while last >= 0 and tokens[last].label is Label.THE:
        last -= 1
    return (
        last > 0
        and tokens[last].label is Label.OF
        and tokens[last - 1].label in (Label.INSTITUTION, Label.BODY)
        and text[tokens[last - 1].start : tokens[last - 1].end].lower() not in _BUILDINGS
    )


def _is_behind_town(text: str, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a country only says where a town is: `in Paris, France`, `in Paris (France)`."""
    token, bracketed = tokens[index], tokens[index].label in (Label.SIDE, Label.BRACKETED)
    last = index - (1 if bracketed else 2)
    behind = bracketed or (last >= 0 and tokens[index - 1].label is Label.COMMA)
    if behind and last >= 0 and tokens[last].label is Label.CITY:
        return tokens[last].parties == token.parties
    return bracketed and _IN_TOWN.search(text[max(0, token.start - _LONGEST_TOWN) : token.start]) is not None


def _first_word(tokens: Sequence[Token], index: int) -> int:
    """Return where a party's words begin: with its people's name in `a delegation of the Latvian Saeima`."""
    of_people = tokens[index].label is Label.BODY and index > 0 and tokens[index - 1].label is Label.DEMONYM
    return tokens[index - 1 if of_people else index].start


def _joint(before: str) -> str:
    """Return what ends with the word before a party, in lower case, an article between them left out.

    That is quicker to look at than to ask each pattern that looks for more than that word.
    """
    return before.casefold().rstrip().removesuffix("the").rstrip()


def _only_helped(before: str, joint: str, after: str) -> bool:
    """Tell whether a party brokered, backed or made what others deal in: `a truce brokered by Peru`."""
    if joint.endswith(("by", "of")) and _UNDER_THEM.search(before):
        return True
    if after.startswith("-") and _MADE.match(after):
        return True
    return (
        joint.endswith("under")
        and _UNDER.search(before) is not None
        and _THEIR_AUSPICES.match(after) is not None
    )


def _named_parties(text: str, read: _Read, covered: Sequence[tuple[int, int]]) -> list[_NamedParty]:
    """Return the parties that may act or be a place: no helpers of others, and no `Peruvian` alone."""
    sentence, tokens = read.sentence, read.tokens
    named = []
    helped = several = -1
    for index in _uncovered(tokens, covered):
        token = tokens[index]
        following = text[token.end : min(token.end + 60, sentence.end)]
        first = _first_word(tokens, index)
        before = text[max(sentence.start, first - _LONGEST_PEOPLE) : first]
        joint = _joint(before)
        if text[token.start - 1 : token.start] in _HYPHENS and _FRIENDS_AFTER.match(following):
            continue  # a Peru-Chile Friendship Association is one of Peru's
        if _only_helped(before, joint, following[:_LONGEST_PEOPLE]) or (
            helped > 0 and text[helped : token.start] == " and "
        ):
            helped = token.end  # "a truce brokered by Peru and Chile"
            continue
        group = _group_after(following) or _institution_of(text, tokens, index)
        several = max(several, -1 if group else _last_of_several(text, read, index))
        group = group or (_NOTHING.match(following) if index <= several else None)
        if token.label is Label.DEMONYM and not group and not _CAPITAL_AFTER.match(following):
            continue
        if token.label is Label.CITY and group and not is_capital(text[token.start : token.end]):
            group = None
        named.append(_NamedParty(index, token, before, joint, following, group))
    return named


def _uncovered(tokens: Sequence[Token], covered: Sequence[tuple[int, int]]) -> list[int]:
    """Return which words name one party, those of people and those that other actors cover left out."""
    return [
        index
        for index, token in enumerate(tokens)
        if len(token.parties) == 1
        and token.label is not Label.PERSON
        and not (covered and any(first <= token.start < last for first, last in covered))
    ]


def _is_only_place(text: str, read: _Read, named: _NamedParty) -> bool:
    """Tell whether a party does not act: `Lima`, `the Peruvian capital`, `Peru's coast`."""
    token, following = named.token, named.index + 1
    if token.label is Label.CITY and not named.group and not _is_government(text, read.sentence, token):
        return True
    if token.label is Label.DEMONYM and _CAPITAL_AFTER.match(named.following):
        return True
    owns = following < len(read.tokens) and read.tokens[following].label is Label.POSSESSIVE
    return owns and not named.group


def _is_where(text: str, tokens: Sequence[Token], named: _NamedParty) -> bool:
    """Tell whether the words around a party say where something is: `in Peru`, `at the IAEA`."""
    label, group = named.token.label, named.group
    if label is Label.PARTY and not group and named.joint.endswith(_BEFORE_PLACE):
        if _PLACE_BEFORE.search(named.before):
            return True
    elif label is Label.BODY and not group and _VENUE_BEFORE.search(named.before):
        return True
    return _is_behind_town(text, tokens, named.index)


def _parties(
    text: str, read: _Read, people: Sequence[Person], covered: Sequence[tuple[int, int]]
) -> Iterator[Actor]:
    """Yield the parties that may act themselves, and those that are rather places."""
    tokens = read.tokens
    of_people = elsewhere = -1
    for named in _named_parties(text, read, covered):
        token, group = named.token, named.group
        party, words = token.parties[0], Span(token.start, token.end)
        if _is_only_place(text, read, named):
            yield Actor(token.start, token.end, party, None, words, True)
            continue
        place = _is_where(text, tokens, named) or (
            elsewhere > 0 and not group and _AND_PLACE.match(text[elsewhere : token.start]) is not None
        )  # "looms imported from Peru and Chile"
        elsewhere = token.end if place and (elsewhere > 0 or _FROM.search(named.before)) else -1
        listed = of_people >= 0 and _LISTED.match(text[of_people : token.start])
        if listed or (named.joint.endswith(_OF_PEOPLE) and _PEOPLE_OF.search(named.before)):
            of_people = token.end
        place = place and of_people != token.end and not _is_of_state(text, tokens, named)
        end = token.end + (group.end() if group else 0)
        person = _only_one(people, party) if group and _ONE_PERSON.search(group.group(0)) else None
        is_group = bool(group) or of_people == token.end
        yield Actor(token.start, end, party, person, words, place, is_group)
