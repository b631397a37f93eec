"""For whom those act who are listed as present: `Secretary X and the Embassy's Counsellor Y also attended`.

An article leaves its own officials without a country. The staff of an embassy came with the guest, and a
sentence may say of whose side it tells.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from app.parsing.home import Home, Ranking
from app.parsing.linking import Actor, Analysis, guess_party, settle_person
from app.parsing.patterns import compile_pattern

CAME_WITH: Final = r"(?:c[ao]me|arrived)(?: [^.;,]{1,50})? (?:along|together) with"
"""`The minister came on Monday along with X`"""
_PRESENT: Final = compile_pattern(
    r"\b(?:present|in attendance|attended|attending|(?:took|taking|take) part|participat(?:ed|ing)|"
    r"joined (?:by|in|him|her|them|"
    r"(?:the|their) (?:[\w\-]+ )?(?:meeting|talks|discussions?|call|session|delegation))|"
    r"(?:accompanied|flanked|assisted) by|witnessed|looked on|chief guests?|guests? of honou?r|"
    r"took notes|also joined|sat in|"
    r"were there|was there|^(?:in|on|from|for) the [\w\-]+(?: [\w\-]+)? (?:side|party|delegation|team))\b|"
    r"^(?:also )?with |\bat the side of |"
    rf"\b{CAME_WITH} ",
    ignore_case=True,
)
_FROM_LIST: Final = compile_pattern(
    r"^(?: \([^()]*\))?,?(?: [^,;:]{0,40},)?(?: (?:and )?other [\w ]{0,30})?"
    r"(?: (?:who|also|were|was|are|is|had|has|have|been|both|all|too|among those))* $"
)
"""What may stand between the last one of a list and the verb: `X and Y, the envoy, were also present`."""
_TO_LIST: Final = compile_pattern(
    r"^[^;.,]{0,70}?,?(?: (?:by|were|was|are|is|include[sd]?|including)\b|:)[^;]{0,160}$", ignore_case=True
)
"""What may stand between the verb and those listed: `Also present at the meeting were X and Y`."""
_AT: Final = compile_pattern(r"\bat $", ignore_case=True)
_BEFORE_SIDE: Final = compile_pattern(
    r"\b(?:from|on|in|for|by|on behalf of|representing) (?:the )?$|^(?:the )?$", ignore_case=True
)
_SIDE: Final = compile_pattern(r"^(?:[’']s)? (?:side\b|(?:party|delegation|team)(?::| (?:was|were)\b))")
_BESIDE: Final = compile_pattern(
    r"^(?:also )?(?:with|beside|alongside|at the side of) (?:the )?$", ignore_case=True
)
_ALONG: Final = compile_pattern(rf"\b{CAME_WITH} (?:the )?$")
_CAME: Final = compile_pattern(r"^ (?:was|were|came|sat|stood)\b")
"""`With President Solis were`: those who come next sat on her side."""
_JOINED_BY: Final = compile_pattern(r"^ (?:was|were) (?:also )?(?:accompanied|flanked|assisted) by\b")
_ON_BEHALF: Final = compile_pattern(
    r"\b(?:on behalf of|representing) (?:the )?(?:government of )?$", ignore_case=True
)
_CLAUSE: Final = compile_pattern(r";|,? while |,? whereas |,? and (?:on|from|for) ")
_CLERK: Final = compile_pattern(
    r"\b(?:(?:of|at|in|from) (?:the|its|his|her) [\w ]{0,24}?(?:Embassy|High Commission|Mission)|"
    r"Embassy|Deputy (?:Chief|Head) of Mission|Deputy High Commissioner|"
    r"(?:First|Second|Third) Secretary|"
    r"(?:Defence|Defense|Military|Naval|Army|Air|Press|Cultural|Trade|Commercial) "
    r"(?:Attach[ée]|Advis[eo]r))\b",
    ignore_case=True,
)
"""Whom an embassy employs, its head apart."""
_OF_EMBASSY: Final = compile_pattern(
    r"^,? (?:of|at|from|with) (?:the |its |his |her )?[\w ]{0,24}?(?:Embassy|High Commission|Mission)\b",
    ignore_case=True,
)
_ENVOY: Final = compile_pattern(r"\b(?:Ambassador|High Commissioner|Charg[ée])\b", ignore_case=True)


def settle_present(
    text: str, analyses: Sequence[Analysis], home: Home, ranking: Ranking, pair: Sequence[str]
) -> None:
    """Give those without a party whom a sentence lists as present the party of their side."""
    for analysis in (one for one in analyses if one.people):
        unsettled = [
            one
            for one in analysis.people
            if one.party is None and not (one.person and one.person.counterpart)
        ]
        if not unsettled:
            continue
        start, end = analysis.sentence.start, analysis.sentence.end
        people = [(actor.start - start, actor.end - start) for actor in analysis.people]
        if not lists_present(text[start:end], people):
            continue
        _settle_by_side(text, analysis, unsettled)
        # A correspondent abroad leaves those of the outlet's country without one.
        own = home.sender or home.country
        if own is not None and (own in pair or not (pair or home.sender)):
            guest = next((one for one in (*pair, *ranking.countries) if one != own), None)
            _settle_at_home(text, analysis, own, guest)


def lists_present(words: str, people: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a sentence says of people, by where they stand in it, that they were present."""
    for found in _PRESENT.finditer(words):
        if _AT.search(words[: found.start()]):
            continue  # "is at present in charge"
        before = max((end for _, end in people if end <= found.start()), default=None)
        if before is not None and _FROM_LIST.match(words[before : found.start()]):
            return True
        behind = min((start for start, _ in people if start >= found.end()), default=None)
        if behind is not None and _TO_LIST.match(words[found.start() : behind]):
            return True
    return False


def _settle_by_side(text: str, analysis: Analysis, unsettled: Sequence[Actor]) -> None:
    """Let those of a clause act for the side that it names: `X and Y attended from the Peruvian side`.

    A list goes on behind semicolons: `In the Peruvian party: General X; Colonel Y`.
    """
    before: set[str] = set()
    for first, last in _clauses(text, analysis):
        sides = _sides_in(text, analysis, first, last)
        if not sides and text[first - 1] == ";":
            sides = before
        before = sides
        if len(sides) != 1:
            continue
        for actor in unsettled:
            if first <= actor.start < last:
                settle_person(actor.person, next(iter(sides)))


def _sides_in(text: str, analysis: Analysis, first: int, last: int) -> set[str]:
    """Return the parties that a clause names as sides, else that of the one beside whom its people sat."""
    sides = {
        token.parties[0]
        for token in analysis.named
        if first <= token.start < last
        and len(token.parties) == 1
        and _is_side(text, token.start, token.end, first)
    }
    return sides or {
        actor.party
        for actor in analysis.actors
        if first <= actor.start < last
        and actor.party
        and _came_with_others(text[first : actor.start].lstrip(), text[actor.end : actor.end + 30])
    }


def _came_with_others(before: str, behind: str) -> bool:
    """Tell whether somebody had those beside whom a clause lists: `The minister was flanked by X and Y`."""
    if _BESIDE.match(before):
        return _CAME.match(behind) is not None
    if _ALONG.search(before):
        return True
    return before in ("", "The ", "He", "She") and _JOINED_BY.match(behind) is not None


def _clauses(text: str, analysis: Analysis) -> Iterator[tuple[int, int]]:
    start, end = analysis.sentence.start, analysis.sentence.end
    first = start
    for found in _CLAUSE.finditer(text[start:end]):
        yield first, start + found.start()
        first = start + found.end()
    yield first, end


def _is_side(text: str, start: int, end: int, first: int) -> bool:
    """Tell whether a party is named as one side: `on the Peruvian side`, `on behalf of Peru`."""
    before = text[max(first, start - 40) : start]
    if _ON_BEHALF.search(before):
        return True
    return _SIDE.match(text[end : end + 18]) is not None and _BEFORE_SIDE.search(before) is not None


def _settle_at_home(text: str, analysis: Analysis, home: str, guest: str | None) -> None:
    """Let an embassy's staff act for the guest, and the other officials for the article's home."""
    for actor in analysis.actors:
        person = actor.person
        if person is None or person.party is not None or not (person.titles or person.ranks):
            continue
        words = text[actor.start : actor.end]
        if _CLERK.search(words) or _OF_EMBASSY.match(text[actor.end : actor.end + 50]):
            settle_person(person, guest)
        elif not _ENVOY.search(words):
            guess_party(person, home, home)
