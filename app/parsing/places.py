"""Where a sentence says that something happened: venue, city, country."""

import re
from dataclasses import dataclass
from typing import Any, Final

from app.parsing.knowledge import Label, find_country_of, is_capital, is_town, not_towns
from app.parsing.linking import Analysis
from app.parsing.patterns import compile_pattern
from app.parsing.sentences import Dateline
from app.parsing.spans import Span
from app.parsing.tokens import Token

_VENUE: Final = compile_pattern(
    r"\b(?:at|in|inside) (?:the |his |her |its |their )?"
    r"([A-ZÀ-Þ][\w’'.\-]*"
    r"(?: (?:of|and|for|de|al)(?: the)?(?: [A-ZÀ-Þ][\w’'.\-]*)+| [A-ZÀ-Þ][\w’'.\-]*)*)"
)
_VENUE_WORD: Final = compile_pattern(
    r"\b(?:Headquarters|HQ|GHQ|Palace|House|Ministry|Embassy|Office|Base|Airport|University|Academy|"
    r"College|Hall|Hotel"
    r"|Centre|Center|Secretariat|Building|Institute|Parliament|Chancellery|Residence|Diwan|Complex|Castle|"
    r"Villa|Fort"
    r"|Trees|Bhavan|Bhaban|Bhawan|Lodge|Guest ?[Hh]ouse|Pavilion|Mansion|Palais|Palazzo"
    r"|Wharf|Harbou?r|Jetty|Pier|Quay|Hospital|Theatre|Square|Gardens?|Serail|Istana|Durbar|Room|Niwas|"
    r"Chamber"
    r"|Auditorium|Resort|Cantonment|Terminal|Ghar"
    r"|Barracks|Port|Dockyard|Shipyard|Club|Kremlin|Pentagon|Mission|Court|Tower|Museum|Stadium|Camp)\b"
)
_TOWN: Final = (
    r"(?:(?:central|downtown|nearby|(?:north|south|east|west)\w*) )*"
    r"(?:[\pL’' ]{0,40}?(?:city|capital|town|village|port|harbou?r|resort|province|region|suburb|district|"
    r"area|island|outskirts|coast)(?: city)?(?: of)?,?\s+)?"
)
_IN: Final = compile_pattern(
    rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round|(?:planned|scheduled|set|due|"
    rf"slated) for)\s+(?:the\s+)?{_TOWN}$"
)
_TOWARD: Final = compile_pattern(
    rf"\b(?:[Ii]n|[Aa]t|of|near|to|into|for|reached|visit|visits|visited|visiting)\s+(?:the\s+)?{_TOWN}$"
)
_TOWARD_COUNTRY: Final = compile_pattern(
    r"\b(?:[Ii]n|[Aa]t|near|to|into|for|reached|visited|visiting)\s+(?:the\s+)?$"
)
_AWAY: Final = compile_pattern(r"\b(?:return(?:ed|s|ing)?|back|due to leave)\b[^,;.]{0,20}$")
LIVES_IN: Final = compile_pattern(
    r"\b(?:resid(?:es?|ent|ing)|liv(?:es?|ing)|based|born|educated|stationed|accredited)(?: here)? "
    r"(?:in|at) (?:the )?$"
)
"""Where somebody lives is not where others are met: `X, who resides in Lima, called on Y`."""
_POST_IN: Final = compile_pattern(
    r"\b(?:ambassadors?|envoys?|high commissioners?|charg[ée] d.affaires|attach[ée]s?|representatives?|"
    r"consuls?(?: general)?|"
    r"(?:defen[cs]e|military|naval) advis[eo]rs?|coordinators?|correspondents?|"
    r"(?:staff|officials?|officers?|diplomats?|secretary|counsell?or|minister|attach[ée]|advis[eo]r|"
    r"members?) (?:of|at|from) (?:the|its|his|her|their) [\w ]{0,24}?(?:embassy|high commission|mission|"
    r"consulate|office))"
    r"(?: (?:of|for) (?:the )?[A-ZÀ-Þ][\w ]{2,30})?(?: based| here)? in $",
    ignore_case=True,
)
_MISSION_IN: Final = compile_pattern(
    r"(\b(?:met|meetings?|talks|held|received|hosted|signed|"
    r"ceremony|session|\w+day|yesterday)\b[^.;]{0,60}? at )?"
    r"\b(?:of|its|an?|new|the [A-ZÀ-Þ]\w+) (?:embassy|consulate|high commission|mission)"
    r"(?: of [A-ZÀ-Þ]\w+)? in $",
    ignore_case=True,
)
"""`the Ambassador of Peru in Lima, X`, `the attaché at the embassy in Lima`: where their post is."""
_DAY_NEXT: Final = compile_pattern(
    r"^,?(?: city)? (?:(?:early |late )?(?:on |last |this )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"week)|(?:on|from|between|during) (?:the )?(?:[0-9]|January|February|March|April|May |June|July|"
    r"August|September|"
    r"October|November|December)|yesterday|today|tomorrow|earlier)"
)
_TALKED_OF: Final = compile_pattern(
    r"\b(?:discuss(?:ed|ing|es)?|took up|raised|issues? of|spoke (?:of|about)|"
    r"(?:opening|building|construction|establishment|setting up|completion|inauguration) of|plans? (?:for|"
    r"to)|"
    r"invest(?:ed|ment|ing)?s?)\b([^;]{0,60}) (?:in|at|near) (?:the )?$"
)
_HELD_THERE: Final = compile_pattern(
    r"\b(?:signed|held|met|meeting|took place|inked|hosted|convened|visit)\b"
)
_A_THING: Final = compile_pattern(
    r"\b(?:an?|its|the) (?:\w+ ){0,2}?(?:centre|center|plant|hospital|bridge|road|railway|school|factory|"
    r"refinery|"
    r"campus|branch|projects?) (?:in|at|near) (?:the )?$"
)
"""`to discuss a training centre in Lima` says where that is to be."""
_NAMED_FOR_IT: Final = compile_pattern(
    r"^ (?:[A-ZÀ-Þ]\w+ ){0,2}(?:Shipyard|Company|Limited|University|College|Port City|Institute|School|"
    r"Stock|Museum|"
    r"Hospital|Declaration|Process|Forum|Dialogue|Vision|Club)\b"
)
_PART_OF: Final = compile_pattern(
    r"^ (?:district|neighbou?rhood|quarter|borough|ward|area) (?:of|in) "
    r"([A-ZÀ-Þ][\w’'\-]+(?: [A-ZÀ-Þ][\w’'\-]+)?)"
)
"""`in the Tuzla district of Istanbul`: that is no town of its own."""
_FROM: Final = compile_pattern(r"\bfrom (?:the )?$")
_WHERE_THEY: Final = compile_pattern(r"^[^.;,]{0,40},? where (?:he|she|they)\b")
"""`flew in from Lima, where the talks …`: that is not where somebody came to, if not `where she met X`."""
_A_KIND: Final = compile_pattern(
    r"^,? (?:village|town|township|city|port|harbou?r|naval base|air ?base|airbase|airport|island)\b"
)
"""What stands behind the name of a town that no list has: `in Belmora village`."""
_TOWN_OF: Final = compile_pattern(r"\b(?:city|capital|town|port|village|resort) (?:city )?of\s+$")
_SEEN: Final = compile_pattern(
    r"\band (?:\w+ )?(?:inspect|tour|visit|view)(?:ed|s|ing)? (?:the |a )?[^,;.]{0,30} "
    r"(?:of|at|near) (?:the )?$"
)
"""`met X and inspected the port of Lima`: that is where they went next."""
_SAID_LAST: Final = compile_pattern(r", [^,;]{2,80} (?:said|announced|confirmed|reported) in $")
_ENDS: Final = compile_pattern(r"^(?: (?:(?:on )?\w+day|today|yesterday))?\.?$")
"""`Peru will give Chile two boats, Minister X said in Lima on Monday.`"""
_SAID: Final = compile_pattern(r"^ (?:said|says|told|announced|confirmed|reported)\b")
_WHERE: Final = compile_pattern(
    r"^(?: (?:(?:on|late|early|last|this) )*(?:\w+day|week)(?: (?:morning|afternoon|evening|night))?"
    r"| on (?:[0-9]{1,2} [A-Z]\w+|[A-Z]\w+ [0-9]{1,2})| yesterday| today)?,? where\b"
)
_LONGEST_WHERE: Final = 40
_HERE: Final = compile_pattern(r"\bhere(?:[^ ]|$| [^s]| s[^a])")
_CAME_HERE: Final = compile_pattern(
    r"\b(?:arriv|reach|land|c[ao]me|flew|touch|is|are|was|were|stay|visit|dock|berth|"
    r"anchor)\w*(?: [\w\-]+){0,3} here\b|"
    r"\bhere\b[^.;]* visiting\b",
    ignore_case=True,
)
_AIRPORT: Final = compile_pattern(r"\bAirport$")
_HOUSE_OF: Final = compile_pattern(r"\b(?:House|HQ|GHQ|Headquarters|Palace|Barracks|Base|Camp|Office) $")
"""`at State House Lima`"""
_OF_OCCASION: Final = compile_pattern(
    r"\b(?:(?:sidelines|margins|fringes) of|[Dd]uring|[Aa]t|attend(?:ed|ing|s)?) "
    r"(?:the|his|her|their|this year[’']s) (?:[\w\-]+ )?$|\b(?:hold|holds|held|resume|open|begin) $"
)
_OCCASION: Final = compile_pattern(
    r"^ (?:[\w\-]+ ){0,2}?(?:[Ss]ummit|[Cc]onference|talks|meetings?|[Ff]orum|visit|trip|stay)\b"
)
"""`on the sidelines of the Lima summit`"""
_AT_THE: Final = compile_pattern(r"\b(?:at|in) (?:an?|the|his|her|their|its|(?:the )?[\w ]{3,30}[’']s) $")
_HOUSE: Final = compile_pattern(
    r"^ (?:offices?|residence|headquarters|home|villa|hotel|resort|restaurant|barracks)\b"
)
"""`received her at his Lima office`"""
_WELCOMED_TO: Final = compile_pattern(r"\bwelcom(?:ed|es|ing)\b[^;.]{3,80} to $")
_HOSTS: Final = compile_pattern(
    r"^(?: on \w+day| \w+day)?(?: will| is to| was to| is set to| is due to)? "
    r"(?:(?:host|hosts|hosted|hosting)\b|"
    r"(?:(?:was|is|will be|became|be) (?:the )?(?:scene|venue|setting|site) |play(?:s|ed)? host )"
    r"(?:[^.;]{0,40} )?(?:of|for|to)\b|saw (?:the|an?) (?:[\w\-]+ ){0,4}(?:summit|meeting|talks)\b)"
)
_GOING: Final = compile_pattern(
    rf"\b(?:fl(?:y|ies|ew|ying|own)|travel\w*|went|go|goes|came|return\w*|head\w*|left|leaves|depart\w*|"
    rf"visits?|visited)"
    rf"(?: \w+day| on \w+day)?(?: next| on| then| back)? (?:into|to|for)\s+(?:the\s+)?{_TOWN}$"
)
_TO_MEET: Final = compile_pattern(
    r"^(?:, [A-ZÀ-Þ][\w ]{3,24})?(?:,? (?:on )?[A-Z]\w+ [0-9][0-9\-–]*,)?[^,;.]{0,25},? "
    r"(?:(?:to|and|and will|where (?:he|she|they) (?:will|is to)) (?:\w+ )?"
    r"(?:meet|attend|hold|sign|discuss|see|join|co-?chair)"
    r"|after (?:meeting|talks|holding)|for (?:[\w\-]+ ){0,4}(?:talks|meetings?|summit|consultations))\b"
)
"""`flew to Lima on Monday to meet X`: that is where they meet."""
_TOLD_IN: Final = compile_pattern(
    r"\b(?:told [\w ]{3,30}|said|announced|confirmed|spoke|speaking) (?:in|at)\s+$", ignore_case=True
)
_TELLING_IN: Final = compile_pattern(
    r"\b(?:(?:speaking|talking|addressing|remarks|interview|news conference|press conference|briefing)\b"
    r"[^;]{0,60}) in (?:the )?$",
    ignore_case=True,
)
_TOLD_TOGETHER: Final = compile_pattern(r"\b(?:joint|after|following|together|with)\b", ignore_case=True)
_OF_TELLING: Final = compile_pattern(
    r"^(?:,? (?:on |late |early |last |this )*(?:\w+day|today|yesterday|week))?, (?:[^;]{2,90} )?"
    r"(?:said|says|told|announced|confirmed|reported|added|noted|stated|described|revealed|disclosed|recalled)\b"
)
"""`Speaking in Lima on Monday, X said that he had met Y` gives the place of the telling."""
_THAT: Final = compile_pattern(r"^[^,;.]{0,30}\bthat\b")
"""`told reporters in Lima on Monday that` gives the place of the telling."""
_ON_A_VISIT: Final = compile_pattern(
    r"\b(?:[Dd]uring|[Oo]n|as part of|in the course of) (?:an?|his|her|their|the) (?:[\w\-]+ ){0,3}?"
    rf"(?:visit|trip|tour) to (?:the )?{_TOWN}$|(?:\b(?:is|are|currently)|,) visiting (?:the )?{_TOWN}$"
)
"""`On his visit to Lima, X met Y`: if no other town is told, that is where they met."""
_VISIT_TO: Final = compile_pattern(rf"\b(?:visit|trip|stay|tour)s? (?:to|in) (?:the )?{_TOWN}$")
_DURING_WHICH: Final = compile_pattern(
    r"^(?: (?:in|on|last|earlier|this) [\w ]{2,24})?,? (?:when|during which) (?:he|she|they|the|both)\b"
)
"""`recalled her visit to Lima in May, when she met X`"""
_GOODS_TO: Final = compile_pattern(
    rf"\b(?:deliver|ship|transport|airlift|fl[eo]w|fly|bring|brought|sent|send|dispatch|reach|arriv|truck)\w*\b"
    rf"[^.;]{{0,70}}? to (?:the )?{_TOWN}$",
    ignore_case=True,
)
_OF_A_THING: Final = compile_pattern(
    r"\b(?:situation|crisis|war|conflict|fighting|violence|clashes|protests?|protested|attacks?|killings?|unrest|"
    r"(?:air)?strikes?|shelling|massacre|incident|rally|"
    r"coup|offensive|"
    r"siege|bombings?|elections?|regime|rebels|developments|earthquake|floods?|fire|explosion|blast|refugees|"
    r"hostages|prisoners|garrisons?|studied|worked|born|educated|lived|grew up|graduated|trained|stationed|"
    r"(?:opening|establishment|construction) of (?:an?|its|the|their) (?:new )?[\w\-]+(?: [\w\-]+)?)"
    r" (?:in|at|near)\s+(?:the\s+)?$"
)
"""`to discuss the fighting in Lima` says where the fighting was."""
_KIND_BEFORE: Final = compile_pattern(
    r" (?:in|at|near) (?:the )?((?:[\pL’'\-]+ ){0,2}(?:city|town|village|port|capital|suburb) of |"
    r"(?:(?:north|south|east|west)\w*|central|downtown) )$"
)
_STOPS_IN: Final = compile_pattern(r"\b(?:stops?|stopovers?|port calls?) (?:in|at) (?:the )?$")
"""`will make stops in Lima before the drill`"""
_AHEAD_OF: Final = compile_pattern(
    r"\b(?:ahead of|prior to|before|in preparation for|preparations? for|prepar(?:e|ed|ing) (?:for )?|"
    r"invit(?:ed|ing|ation)\b[^,;]{0,40}? to) "
    r"(?:an?|the|his|her|their|its|this|next) (?:[\w’'\-]+ ){0,6}?(?:in|at) (?:the )?$"
)
"""`met ahead of a summit in Lima`: that is yet to come."""
_ENDS_OF_IN: Final = ("in", "at", "near", "the")
"""What stands right before a place: to look for it is quicker than for what may be before it."""
TOWN_STATES: Final = frozenset(("SGP", "HKG", "MAC", "MCO", "VAT"))
_JUST_IN: Final = compile_pattern(r"\b(?:in|at|near)\s+$")


# The standard library's pattern, for it repeats one label and there is a match a name.
_NAMES: Final = re.compile(f"{Label.NAME}+")
_IN_COUNTRY: Final = Label.COMMA + Label.PARTY
_LONGEST_TOWN: Final = 3
"""Words of the name of a town that no list has."""
_SHORTEST_TOWN: Final = 3
_IN_TOWN: Final = compile_pattern(r"\b(?:[Ii]n|near|outside|around) $")
_AT_TOWN: Final = compile_pattern(r"\bat $")
_ENDS_OF_IN_TOWN: Final = ("in ", "In ", "near ", "outside ", "around ", "at ")
_LIKE_TOWN: Final = compile_pattern(
    r" (?:Creek|Village|Town|Island|Bay|Point|Beach|Valley|Falls|Gate|Crossing|Pass|Lake)$"
)
"""`at the Grand Hotel` is a venue, but `at Willow Creek` a town."""
_IN_PROVINCE: Final = compile_pattern(
    r"^(?: in (?:the )?|, )(?:[A-ZÀ-Þ][\w\-]+ ){1,3}(?:Region|District|Province|County|Governorate|Division|"
    r"region|district|province|county|governorate|division|state|State)\b"
)
_HAPPENED_IN: Final = compile_pattern(
    r"(?:\b(?:met|meetings?|talks|held|hold|signed|signing|sealed|place|visit|sessions?|consultations|"
    r"forum|summit|"
    r"conference|round|commission|committee|dialogue|ceremony|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|"
    r"yesterday|"
    r"today|landed|concluded|opened|began|convened|residence|office|hotel|palace|ministry|headquarters|"
    r"airport|camp|base|[0-9]{1,2}|Hotel|Palace|Ministry|House|Centre|Center|Headquarters|Barracks|Base|"
    r"Office|Hall|Airport)|\bmet (?:with )?[^,;.]{3,70}),? (?:in|at|around) $"
)
"""What may be told to have been in a town: `held talks in Belmora`."""
_BEING_THERE: Final = compile_pattern(
    r"\b(?:is|are|was|were|be|been|met|meet\w*|talks|held|holds?|holding|sign\w*|seal\w*|inked|visit\w*|"
    r"sessions?|consultations|conference|forum|summit|round|commission|committee|dialogue|ceremony|place|"
    r"arriv\w*|land\w*|dock\w*|anchored|berthed|conclud\w*|open\w*|began|begin\w*|start\w*|end(?:ed|s)?|"
    r"convened?|host\w*|receiv\w*|welcom\w*|attend\w*|call\w*|discuss\w*|spoke|joined|gather\w*|"
    r"exercises?|drills?|stay\w*|hand(?:ed|s|ing)|deliver\w*|donat\w*|present\w*|train\w*|agreed)\b",
    ignore_case=True,
)
"""What somebody does in a town: `in Belmora on Tuesday` behind none of it may be anything."""
_OPENS_WITH_TOWN: Final = compile_pattern(
    r"^(?: on (?:\w+day|[0-9]{1,2} \w+|\w+ [0-9]{1,2})| (?:last|this) \w+| yesterday| today| earlier)?, "
    r"(?:he|she|they|the|both|(?-i:[A-ZÀ-Þ]))"
)
"""`In Belmora on Monday, X met Y.`"""
_OF_WORDS: Final = compile_pattern(
    r"\b(?:writ(?:ten|ing)|wrote|spoken|speaking|speech|address|remarks|text|version|letter|"
    r"message|drafted|translated|printed|published|interest(?:ed)?|stakes?|shares?|trust|faith|confidence|"
    r"believ\w+|engaged|involved|role) in $",
    ignore_case=True,
)
"""`written in Quechua`, `interested in Belmora` give no town."""
_TO_TOWN: Final = compile_pattern(
    r"\b(?:arriv\w+|land(?:ed|s|ing)|touch\w* down|docked|berthed|anchored) (?:in|at) $|"
    r"\b(?:fl(?:ew|ies|y)|travel\w*|headed|went|drove|sailed|going|come|came) (?:on )?(?:in)?to $|"
    r"\b(?:reach|visit)(?:ed|es|s|ing)? $"
)
_ENDS_TOWN: Final = compile_pattern(
    r"^(?:$|[.,;]|’s|'s|,? (?:airport|to|for|on|in|at|with|where|and|as|last|this|by|from|yesterday|today|"
    r"late|early|"
    r"after|before|ahead|during|between|amid)\b)"
)
_SCHOOL_OR_BASE: Final = compile_pattern(
    r"\b(?:Centre|Center|College|Academy|Base|Camp|Barracks|Institute|University|School|Headquarters|Garrison|"
    r"Cantonment|Dockyard|Shipyard)\b"
)
"""What has a town of its own behind it, where `the Winter Palace, Belmora,` may be a palace of that name."""
_DAY_OR_END: Final = compile_pattern(
    r"^(?:,|\.?$|,? (?:(?:on|last|this) )*"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today|[0-9]))"
)
_COMMA_BEHIND: Final = compile_pattern(r"^(?: \([A-Z][\w\-]{1,11}\))?, $")
_BEHIND_VENUE: Final = compile_pattern(r"^(?: \([A-Z][\w\-]{1,11}\))?(?:, ?| in | of |, in )$")
"""What stands between a venue and its town: `the National Defence College (NDC), Lusaka`."""


@dataclass(unsafe_hash=True)
class Place:
    """Words that give a place; the country is the city's or one that is named."""

    venue: Span | None = None
    city: Span | None = None
    country: str | None = None
    country_words: Span | None = None

    def can_be(self, other: "Place") -> bool:
        """Tell whether this town can be that of a place that names none."""
        return other.city is None and other.country in (None, self.country)


@dataclass(unsafe_hash=True)
class Places:
    """What a sentence says of places, whichever of its events is meant."""

    venue: Span | None
    unlisted: Span | None
    """A town that no list has."""
    named: tuple[tuple[Token, bool], ...]
    """Towns and countries that may be places, each with whether the words around it say so."""
    visited: tuple[Token, ...]
    """Towns that somebody is on a visit to."""
    where: tuple[int, ...]
    """Where those begin of which a clause tells: `Lima, where …`."""
    is_here: bool
    """Whether it happened where the article was written."""


class EventPlaces:
    """The places of each sentence of an article; several steps ask for those of the same one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._read: dict[tuple[int, bool], Places] = {}

    def of(self, analysis: Analysis, *, arriving: bool = False) -> Places:
        """Return what a sentence says of places; `arriving` takes the goal of a journey too."""
        key = analysis.sentence.start, arriving
        if key not in self._read:
            self._read[key] = _read_places(self._text, analysis, arriving)
        return self._read[key]


def _read_places(text: str, analysis: Analysis, arriving: bool) -> Places:
    start, end = analysis.sentence.start, analysis.sentence.end
    venue = _venue(text, start, end, analysis)
    named: list[tuple[Token, bool]] = []
    whose: list[int] = []
    visited: list[Token] = []
    names = {one.name.end for one in analysis.mentions if one.name}
    for token in analysis.named:
        if len(token.parties) != 1 or token.label not in (Label.CITY, Label.PARTY):
            continue
        before = text[max(start, token.start - 90) : token.start]
        after = text[token.end : min(token.end + 60, end)]
        behind_name = token.start - len(before) + len(before.removesuffix(" in ")) in names
        if _is_not_where(text, token, before, after, arriving, behind_name=behind_name):
            continue
        if venue is not None and _is_in_its_name(text, token, venue):
            continue
        if not arriving and token.label is Label.CITY and _is_of_visit(before, after):
            visited.append(token)
        where = _WHERE.match(text[token.end : token.end + _LONGEST_WHERE]) is not None
        if where:
            whose.append(token.start)
        behind_venue = venue is not None and _BEHIND_VENUE.match(text[venue.end : token.start]) is not None
        behind_venue = behind_venue or _ends_its_name(text, token, venue)
        told = where or behind_venue or _says_where(token, before, after, arriving)
        named.append((token, told))
    return Places(
        venue,
        _town(text, analysis, venue, arriving),
        tuple(named),
        tuple(visited),
        tuple(whose),
        _is_here(text[start:end], arriving),
    )


def _is_of_visit(before: str, after: str) -> bool:
    """Tell whether what a sentence tells was done on a visit to a town."""
    if _ON_A_VISIT.search(before):
        return True
    return _DURING_WHICH.match(after) is not None and _VISIT_TO.search(before) is not None


def _is_in_its_name(text: str, token: Token, venue: Span) -> bool:
    """Tell whether a town is part of a venue's name, and does not say where it is: not `Lima Airport`."""
    if not venue.start <= token.start < venue.end:
        return False
    owns = venue.start == token.start and text[token.end] in "'’"
    return not owns and not _ends_its_name(text, token, venue) and not _is_airport(text, token, venue)


def _ends_its_name(text: str, token: Token, venue: Span | None) -> bool:
    """Tell whether a venue's name ends in its town: `at State House Lima`."""
    if venue is None or token.end != venue.end or token.start == venue.start:
        return False
    return _HOUSE_OF.search(text[venue.start : token.start]) is not None


def _says_where(token: Token, before: str, after: str, arriving: bool) -> bool:
    """Tell whether the words around a town or a country say that something happened there."""
    if _before(token, arriving).search(before):
        return True
    return token.label is Label.CITY and (
        _TOWN_OF.search(before) is not None or _is_of_occasion(before, after)
    )


def _is_not_where(
    text: str, token: Token, before: str, after: str, arriving: bool, *, behind_name: bool
) -> bool:
    """Tell whether a place is only that of a post, of a thing, of the telling, or of the way back.

    `The envoy for Libya Ana Solis in Lima` is there now, and it is no post of hers.
    """
    from_there = arriving and _FROM.search(before) and not _WHERE_THEY.search(after)
    away = from_there or (arriving and _AWAY.search(before))
    if away or (arriving and is_of_body(text, token)) or _SAID.match(after):
        return True  # "officials in Lima said": where it was said
    if _is_part_of_town(token, after):
        return True
    if not arriving and " and " in before and _SEEN.search(before):
        return True
    before = _without_kind(before)
    if before.rstrip().endswith(_ENDS_OF_IN):
        stop = _STOPS_IN.search(before) is not None and not _TO_MEET.match(after)
        if not arriving and (stop or _AHEAD_OF.search(before)):
            return True
        if LIVES_IN.search(before) or _OF_A_THING.search(before):
            return True
        of_post = not behind_name and _is_of_post(before)
        if not _DAY_NEXT.match(after) and (of_post or _is_talked_of(before)):
            return True
    return _is_of_telling(before, after)


def _is_of_telling(before: str, after: str) -> bool:
    """Tell whether a place is where somebody told of it: `…, Minister X said in Lima on Monday.`"""
    if _SAID_LAST.search(before) and _ENDS.match(after):
        return True
    if _OF_TELLING.match(after) and (telling := _TELLING_IN.search(before)):
        return not _TOLD_TOGETHER.search(telling[0])
    return _TOLD_IN.search(before) is not None and _THAT.match(after) is not None


def _without_kind(before: str) -> str:
    """Leave out what only says of which kind a place is: `fighting near the northern town of`."""
    if before.endswith((" of ", "ern ", "th ", "st ", "al ", "town ")) and (
        kind := _KIND_BEFORE.search(before)
    ):
        return before[: kind.start(1)]
    return before


def _is_part_of_town(token: Token, after: str) -> bool:
    """Tell whether what is called like a town is a district: not so in `the Lima district of Belmora`."""
    found = _PART_OF.match(after) if token.label is Label.CITY else None
    return found is not None and (is_town(found[1]) or is_town(found[1].partition(" ")[0]))


def _is_of_post(before: str) -> bool:
    """Tell whether a place is where a post or a mission is, not that of talks `held at the embassy in`."""
    if _POST_IN.search(before):
        return True
    mission = _MISSION_IN.search(before)
    return mission is not None and mission[1] is None


def _is_talked_of(before: str) -> bool:
    """Tell whether a place is that of what others spoke about: `discussed a training centre in Lima`."""
    told = _TALKED_OF.search(before)
    return (told is not None and not _HELD_THERE.search(told[1])) or _A_THING.search(before) is not None


def is_of_body(text: str, town: Token) -> bool:
    """Tell whether a town only begins the name of something in it: `toured Lima Shipyard`."""
    behind = text[town.end : town.end + 60]
    return town.label is Label.CITY and _NAMED_FOR_IT.match(behind) is not None


def find_place(
    text: str, places: Places, dateline: Dateline | None = None, own: tuple[int, int] | None = None
) -> Place:
    """Return the place of an event out of those of its sentence.

    The dateline's city is the place only of what happened `here`. Of several towns the one between the two
    characters of `own` is taken, where the words of one event stand, else the first.
    """
    city, country, words = _unlisted_of(places), None, None
    for token, told in _those_where(places, own):
        behind_town = city is not None and text[city.end : token.start].strip() == ","
        if not (told or behind_town):
            continue
        nearer = own is not None and city is not None and city.start < own[0] < token.start < own[1]
        if _is_town(token) and (city is None or nearer):
            city, country, words = (
                Span(token.start, token.end),
                token.parties[0],
                Span(token.start, token.end),
            )
        elif country is None and token.label is Label.PARTY and len(token.parties[0]) == 3:
            country, words = token.parties[0], Span(token.start, token.end)
    if city is None and places.visited:
        token = places.visited[0]
        city = words = Span(token.start, token.end)
        country = token.parties[0]
    if city is None and dateline is not None and is_town(dateline.city) and places.is_here:
        country = find_country_of(dateline.city)
        if country is not None:
            city = words = Span(dateline.start, dateline.start + len(dateline.city))
    return Place(places.venue, city, country, words)


def _unlisted_of(places: Places) -> Span | None:
    """Return the town that no list has, if no town of a list is told before it: `in Lima and next in X`."""
    town = places.unlisted
    if town is None or any(told and _is_town(one) and one.end < town.start for one, told in places.named):
        return None
    return town


def find_town_of_goods(text: str, places: Places, start: int) -> Place | None:
    """Return the town to which goods came: `delivered tents to Belmora`; a capital may be its government."""
    for token, _ in places.named:
        to = token.start > start and _GOODS_TO.search(text[start : token.start]) is not None
        if to and token.label is Label.CITY and not is_capital(text[token.start : token.end]):
            words = Span(token.start, token.end)
            return Place(None, words, token.parties[0], words)
    return None


def find_town_before(places: Places, end: int) -> Place | None:
    """Return the last town before a position that somebody went to."""
    towns = [token for token, told in places.named if told and token.end <= end and _is_town(token)]
    if not towns:
        return None
    words = Span(towns[-1].start, towns[-1].end)
    return Place(None, words, towns[-1].parties[0], words)


def _those_where(places: Places, own: tuple[int, int] | None) -> tuple[tuple[Token, bool], ...]:
    """Leave out the places before the one of which a clause tells: `from Lima she flew to Chile, where …`."""
    if own is None or not places.where:
        return places.named
    whose = max((start for start in places.where if start < own[0]), default=-1)
    return tuple((token, told) for token, told in places.named if token.start >= whose)


def _before(token: Token, arriving: bool) -> Any:
    """Return the words that make a place of a token; `of` does so with a town alone: `minister of Peru`."""
    if not arriving:
        return _IN
    return _TOWARD if token.label is Label.CITY else _TOWARD_COUNTRY


def _is_town(token: Token) -> bool:
    """Tell whether a place is a town; of a state that is a town, its name is one too."""
    return token.label is Label.CITY or token.parties[0] in TOWN_STATES


def _is_airport(text: str, token: Token, venue: Span) -> bool:
    """Tell whether a venue is the airport of the town that its name begins with."""
    return token.start == venue.start and _AIRPORT.search(text[venue.start : venue.end]) is not None


def _is_of_occasion(before: str, after: str) -> bool:
    """Tell whether words name an occasion by its town, or say that somebody goes there to meet others."""
    if _HOSTS.match(after) or (before.endswith(" to ") and _WELCOMED_TO.search(before)):
        return True
    named = _OCCASION.match(after) is not None and _OF_OCCASION.search(before) is not None
    named = named or (_HOUSE.match(after) is not None and _AT_THE.search(before) is not None)
    return named or (_TO_MEET.match(after) is not None and _GOING.search(before) is not None)


def _is_here(words: str, arriving: bool) -> bool:
    """Tell whether something happened where the article was written; who came must have come `here`."""
    return _HERE.search(words) is not None and not (arriving and not _CAME_HERE.search(words))


def _town(text: str, analysis: Analysis, venue: Span | None, arriving: bool) -> Span | None:
    """Return a place that no list has: behind `town of`, in its country, or where something is said to be."""
    for found in _NAMES.finditer(analysis.labels):
        first, last = found.span()
        words = Span(analysis.tokens[first].start, analysis.tokens[last - 1].end)
        before = text[max(analysis.sentence.start, words.start - 90) : words.start]
        behind_venue = venue is not None and _COMMA_BEHIND.match(text[venue.end : words.start]) is not None
        in_country = analysis.labels.startswith(_IN_COUNTRY, last) and (
            _JUST_IN.search(before) or behind_venue
        )
        town = _TOWN_OF.search(before) and not (
            _SEEN.search(before) or _OF_A_THING.search(_without_kind(before))
        )
        if in_country or town:
            return words
        short = last - first <= _LONGEST_TOWN
        if behind_venue and short and _is_town_of_school(text, analysis, venue, words):
            return words
        after = text[words.end : min(words.end + 40, analysis.sentence.end)]
        if short and _is_somewhere(text[words.start : words.end], before, after, arriving):
            return words
    return None


def _is_town_of_school(text: str, analysis: Analysis, venue: Span | None, words: Span) -> bool:
    """Tell whether a name behind a venue is its town, not somebody: `at the Army College, Belmora, on …`."""
    if venue is None or not _SCHOOL_OR_BASE.search(text[venue.start : venue.end]):
        return False
    if any(actor.start <= words.start < actor.end for actor in analysis.actors):
        return False
    opening = text[analysis.sentence.start : words.start]
    return not opening.startswith(("At ", "In ")) and (
        _DAY_OR_END.match(text[words.end : min(words.end + 40, analysis.sentence.end)]) is not None
    )


def _is_somewhere(name: str, before: str, after: str, arriving: bool) -> bool:
    """Tell whether the words around a name make it a town: `held in Belmora on Monday`, `flew to Belmora`."""
    behind_in = before.endswith(_ENDS_OF_IN_TOWN)
    if not (behind_in or arriving) or len(name) < _SHORTEST_TOWN or name.isupper() or _is_of_post(before):
        return False  # as it is with most names
    if arriving and _TO_TOWN.search(before) and _ENDS_TOWN.match(after):
        return True
    if not behind_in:
        return False
    inside = _IN_TOWN.search(before) or (_AT_TOWN.search(before) and _is_like_town(name, after))
    if not inside or _OF_A_THING.search(before) or _OF_WORDS.search(before) or _VENUE_WORD.search(name):
        return False
    if not not_towns().isdisjoint(name.casefold().split()) or _is_of_telling(before, after):
        return False
    if before == "In " and _OPENS_WITH_TOWN.match(after):
        return True
    if _DAY_NEXT.match(after) or _A_KIND.match(after) or _IN_PROVINCE.match(after):
        return _BEING_THERE.search(before) is not None
    return _HAPPENED_IN.search(before) is not None and _ENDS_TOWN.match(after) is not None


def _is_like_town(name: str, after: str) -> bool:
    """Tell whether a name behind `at` is a town: `at Willow Creek`, `at Belmora on Monday`."""
    alone = " " not in name and (_DAY_NEXT.match(after) or _IN_PROVINCE.match(after))
    return bool(alone) or _LIKE_TOWN.search(name) is not None


def _venue(text: str, start: int, end: int, analysis: Analysis) -> Span | None:
    """Return the first place behind `at` that is a building, or that a city follows."""
    sentence, offset = text[start:end], start
    venues = _VENUE.finditer(sentence)
    if not venues:
        return None
    cities = {token.start: token.end for token in analysis.named if token.label is Label.CITY}
    for found in venues:
        first, last = offset + found.start(1), offset + found.end(1)
        if any(_is_name_of_town(text, first, last, city, ends) for city, ends in cities.items()):
            continue  # "in Port Moresby"
        if any(one.title and one.title.start < first < one.end for one in analysis.mentions):
            continue  # "the Minister of State at the Ministry of Foreign Affairs, X"
        if last + 2 in cities and sentence[found.end(1) : found.end(1) + 2] == ", " and first not in cities:
            return Span(first, last)
        last = _end_before_name(text, analysis, first, last - (found.group(1)[-1] == "."))
        if _VENUE_WORD.search(text[first:last]):
            return Span(first, last)
    return None


def _is_name_of_town(text: str, first: int, last: int, town: int, ends: int) -> bool:
    """Tell whether what stands behind `at` is a town, and no house that is called by it."""
    return first <= town < last <= ends and _HOUSE_OF.search(text[first:town]) is None


def _end_before_name(text: str, analysis: Analysis, first: int, last: int) -> int:
    """Return where a venue ends whose words run into somebody's: `at Bayan Palace Ana Solis, the envoy`."""
    for one in analysis.mentions:
        begins = one.rank or one.name
        if begins is not None and first < one.start == begins.start < last:
            return one.start - (text[one.start - 1] == " ")
    return last
