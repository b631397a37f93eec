"""Step 7: what changed hands and who got it, by where they stand around the verb."""

from typing import Final

from app.parsing.frames import Frame
from app.parsing.linking import Actor, Analysis, Person
from app.parsing.patterns import compile_pattern

_NEAR: Final = 25
"""Most characters between the word that joins a party and the party."""
_BODY: Final = compile_pattern(r"^ (?:the )?(?:[A-ZÀ-Þ][\w’'.\-]* (?:(?:of|for|and|the|in) )*){1,8}$")
"""`to the Ministry of Health of Peru`"""
_NOUN_BEFORE, _NOUN_BEHIND = 150, 120
"""Characters before and behind within which the thing is named."""
_TO_WHOM: Final = compile_pattern(r"^ (?:over )?to (?:the |his |her |their )?$")
_NO_TO: Final = compile_pattern(
    r"^(?:gave|gives|(?:has|have|had) given|sent|sold|lent|loaned|handed|granted|gifted|donated|"
    r"(?:to|will) (?:give|send|hand|gift)) "
    r"(?:the |its |neighbou?ring )*$",
    ignore_case=True,
)
"""`gave Peru two boats`"""
_WITH: Final = compile_pattern(
    r"^(?:supplied|provided|presented|(?:to|will) (?:supply|provide)) (?:the |its |neighbou?ring )*$",
    ignore_case=True,
)
_WITH_BEHIND: Final = compile_pattern(
    r"^ with ((?:an? |[$€£]?[0-9][\w.,]* |two |three |four |five |six |ten |several |more than )"
    r"[\w\-]+(?: [\w\-]+){0,6})"
)
"""`supplied Peru with 20 boats`"""
_BEHIND: Final = compile_pattern(r"^ ((?:an? |the |some )?(?:[$€£]?[0-9a-z][\w\-,]*)(?: [\w\-]+){0,6})")
_ALL_FROM: Final = compile_pattern(r", (?:all|both|each) (?:of them )?from [^,;]{3,40}$")
"""`Three ambulances and a bus, each from Peru, were handed over to Chile`"""
_WHICH: Final = compile_pattern(r"((?:[\w\-]+ ){0,5}[\w\-]+),? (?:which|that) (?:the )?[^,;.]{2,50} $")
"""`two boats which Peru gave to Chile`"""
_GIFT: Final = compile_pattern(
    r"^ ((?:[\w\-’,$€£.]+ ){0,7}?[\w\-’]+)"
    r"(?:$|[,;.]| (?:to|at|on|in|for|during|worth|valued|by|through|under|as|while|after)\b)"
)
_TO_OTHERS: Final = compile_pattern(r"^[^;.]{0,60}? to\b")
_GIVING_HERE: Final = compile_pattern(r"^(?:donat|hand|gift|turn|present|contribut)", ignore_case=True)

_THINGS: Final = (
    r"(?:keys|cheque|check|donation|gift|items|equipment|consignment|documents?|aid|supplies|package|"
    r"vehicles?|boats?|vessels?|ambulances?|papers|certificate|medicines?|vaccines?|doses|grant|funds?)"
)
_IT: Final = rf"(?:it|them|the (?:[\w\-]+ ){{0,3}}?{_THINGS})"
_HANDS: Final = compile_pattern(
    rf"\b((?:hand(?:ed|s|ing)|turn(?:ed|s|ing)) (?:(?:over )?{_IT}(?: over)?|over)|"
    rf"(?:present(?:ed|s|ing)|deliver(?:ed|s|ing)|gave|gives|giving) {_IT}|"
    r"made the (?:presentation|hand-?over|donation|delivery))\b|"
    rf"\b(?:(?:received|receives|receiving|accepted|accepts|accepting|took delivery of) {_IT}|"
    rf"{_THINGS} (?:was|were) (?:\w+ly )?(?:received|accepted))\b",
    ignore_case=True,
)
"""Words by which people put into others' hands what the text has told of."""
_LONGEST_HANDING: Final = 120
_TO_HIM: Final = compile_pattern(r"\bto (?:the |his |her )?$")
_BY_HIM: Final = compile_pattern(
    r"(?:^|[^d]|(?:hand|present|deliver|donat|sign|gift|receiv|accept|transferr)ed(?: over)?) by "
    r"(?:the |his |her )?$"
)
"""`handed over by the minister`, but `at a ceremony attended by the minister`"""
_FROM_HIM: Final = compile_pattern(r"\bfrom (?:the |his |her )?$")
_DOES: Final = compile_pattern(
    r"^(?:,? (?:who|and|then|also|formally|officially|himself|herself|in turn|has|had|later))*,? $"
)


def find_hands(text: str, analysis: Analysis) -> tuple[tuple[Person, ...], tuple[Person, ...]] | None:
    """Return the people who gave and those who got what was told of: `X presented the keys to Minister Y`."""
    start, end = analysis.sentence.start, analysis.sentence.end
    giving: list[Person] = []
    taking: list[Person] = []
    for found in _HANDS.finditer(text[start:end]) if analysis.people else ():
        span = start + found.start(), start + found.end()
        for actor in analysis.people:
            if actor.person is None or not actor.person.name:
                continue
            side = _hand(text, actor, span, gives=bool(found[1]))
            if side is not None:
                (giving if side else taking).append(actor.person)
    return (tuple(giving), tuple(taking)) if giving or taking else None


def _hand(text: str, actor: Actor, span: tuple[int, int], *, gives: bool) -> bool | None:
    """Tell whether somebody gives, or takes; none where it is neither."""
    if actor.end <= span[0]:
        return gives if _DOES.match(text[actor.end : span[0]]) else None
    if actor.start < span[1] or actor.start - span[1] > _LONGEST_HANDING:
        return None
    between = text[span[1] : actor.start]
    if ";" in between:
        return None
    if _BY_HIM.search(between):
        return gives
    return not gives if (_TO_HIM if gives else _FROM_HIM).search(between) else None


def find_given(
    text: str, frame: Frame, near: list[Actor], span: tuple[int, int]
) -> tuple[tuple[Actor, ...], tuple[int, int] | None]:
    """Return who got the thing that the verb names before or behind them, and the thing."""
    for actor in near:
        gap = text[span[1] : actor.start]
        if _NO_TO.match(text[span[0] : actor.start]) and (
            behind := _BEHIND.match(text[actor.end : actor.end + _NOUN_BEHIND])
        ):
            return (actor,), (actor.end + behind.start(1), actor.end + behind.end(1))
        if _WITH.match(text[span[0] : actor.start]) and (
            behind := _WITH_BEHIND.match(text[actor.end : actor.end + _NOUN_BEHIND])
        ):
            return (actor,), (actor.end + behind.start(1), actor.end + behind.end(1))
        if _TO_WHOM.match(gap) and frame.joined_by.search(gap):
            first = max(0, span[0] - _NOUN_BEFORE)
            if (which := _WHICH.search(text[first : span[0]])) is not None:
                return (actor,), (first + which.start(1), first + which.end(1))
            if (behind := _BEHIND.match(text[actor.end : actor.end + _NOUN_BEHIND])) is not None:
                return (actor,), (actor.end + behind.start(1), actor.end + behind.end(1))
        joints = [(found.start(), found.end()) for found in frame.joined_by.finditer(gap)]
        if joints and (len(gap) - joints[-1][1] < _NEAR or _BODY.match(gap[joints[-1][1] :])):
            thing = gap[: joints[-1][0]]
            first = span[1] + len(thing) - len(thing.lstrip())
            return (actor,), (first, span[1] + len(thing.rstrip()))
    return (), None


def find_handed(
    text: str, analysis: Analysis, near: list[Actor], span: tuple[int, int]
) -> tuple[tuple[Actor, ...], tuple[int, int] | None]:
    """Return who got the thing that stands before the verb: `Two boats were handed over to X`."""
    if not near or near[0].start - span[1] > _NEAR:
        return (), None
    first = analysis.sentence.start
    end = first + len(text[first : span[0]].rstrip(" ,"))
    if all_from := _ALL_FROM.search(text[first:end]):
        end = first + all_from.start()
    start = max(max(text.rfind(mark, first, end) for mark in ",;:") + 1, first)
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return (near[0],), (start, end)


def find_gift(
    text: str, analysis: Analysis, span: tuple[int, int], *, to_others: bool
) -> tuple[int, int] | None:
    """Return what was given where no party is said to get it: `The envoy handed over two boats in Lima`."""
    if not _GIVING_HERE.match(text[span[0] : span[1]]):
        return None
    behind = text[span[1] : min(span[1] + _NOUN_BEHIND, analysis.sentence.end)]
    gift = _GIFT.match(behind)
    if gift is None or (not to_others and _TO_OTHERS.match(behind[gift.end(1) :])):
        return None
    return span[1] + gift.start(1), span[1] + gift.end(1)
