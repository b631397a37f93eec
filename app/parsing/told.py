"""What an article has told so far: whom pronouns, `the two sides` and `the delegation` may mean."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.parsing.arguments import is_somebody, sides_of
from app.parsing.frames import Frame
from app.parsing.kinds import AGREEMENT
from app.parsing.linking import Actor, Analysis
from app.parsing.patterns import compile_pattern

_DELEGATION: Final = compile_pattern(
    r"\b(?:delegation|group|team|mission|contingent)\b[^,;]*$", ignore_case=True
)
_INCLUDED: Final = compile_pattern(
    r"^(?:The|Its|This) (?:[\w\-]+ ){0,2}?(?:delegation|group|team|mission|contingent|members)\b[^.;,]{0,30}?"
    r" (?:included?s?|comprise[ds]|comprised of|consist(?:s|ed) of|made up of|are|were)\b"
)
_NEXT_SENTENCES: Final = 4
_PAIR: Final = 2


@dataclass(slots=True)
class Told:
    """Who acted last, and the last actors of each party, for the pronouns of the next sentence.

    `caller` is who came to call from elsewhere, `visitors` who came on a visit, `elsewhere` whether something
    was in a place that is not home's, `envoy` the envoy told of last,
    `following` the sentences that come next, for lists, `hosts` the countries that may receive envoys,
    `members` the delegation that the article lists.
    """

    home: str | None = None
    hosts: tuple[str, ...] = ()
    pair: tuple[Actor, ...] = ()
    following: tuple[Analysis, ...] = ()
    last: tuple[Actor, ...] = ()
    person: tuple[Actor, ...] = ()
    met: bool = False
    visited: set[str] = field(default_factory=set)
    sending: frozenset[str] = frozenset()
    lead: tuple[Actor, ...] = ()
    caller: tuple[Actor, ...] = ()
    visitors: tuple[Actor, ...] = ()
    elsewhere: bool = False
    envoy: tuple[Actor, ...] = ()
    together: tuple[Actor, ...] = ()
    members: tuple[Actor, ...] = ()
    step: tuple[tuple[Actor, ...], tuple[Actor, ...]] = ((), ())
    by_party: dict[str, tuple[Actor, ...]] = field(default_factory=dict)

    def note(self, actors: Iterable[Actor]) -> None:
        """Note who acted last for each party."""
        acting: dict[str, list[Actor]] = {}
        for actor in actors:
            if party := actor.party:
                acting.setdefault(party, []).append(actor)
        for party, those in acting.items():
            self.by_party.pop(party, None)
            self.by_party[party] = tuple(those)

    def find_guest(self) -> tuple[Actor, ...]:
        """Return the people of the only other party than home, where an article names no third.

        Those of home are the guests where a meeting was `elsewhere`.
        """
        if self.home is None or self.elsewhere:
            return ()
        others = [those for party, those in self.by_party.items() if party != self.home]
        return tuple(one for one in others[0] if one.person is not None) if len(others) == 1 else ()

    def those_meant(
        self, frame: Frame, groups: Sequence[tuple[Actor, ...]], *, known: bool
    ) -> tuple[Actor, ...]:
        """Return who must have done what names nobody: a group of its sentence or who met, else the pair."""
        if frame.only_if_new and self.met:
            return ()
        here = [group for group in groups if len(sides_of(group)) > 1]
        if frame.kind is AGREEMENT and (here or self.together):
            return here[-1] if here else self.together
        return (self.lead or self.pair) if known else ()

    def other_than(self, actors: Sequence[Actor]) -> tuple[Actor, ...]:
        """Return the last actors of another party: `the delegation called on Governor X`."""
        parties = {actor.party for actor in actors}
        return next((held for party, held in reversed(self.by_party.items()) if party not in parties), ())

    def two_others(self, actors: Sequence[Actor]) -> tuple[Actor, ...]:
        """Return those of two other states who met last or first: `The Minister also met the two envoys`."""
        own = {self.home, *(actor.party for actor in actors)}
        for group in (self.together, self.lead):
            others = tuple(one for one in group if one.party and one.party not in own)
            if len(sides_of(others)) == _PAIR:
                return others
        return ()

    def answered_by(self, actors: Sequence[Actor]) -> tuple[Actor, ...]:
        """Return with whom they have a quarrel: `Peru recalled its envoys. Chile had recalled its own.`"""
        taken_by, against = self.step
        if {one.party for one in actors} <= {one.party for one in against}:
            return taken_by
        return self.other_than(actors)

    def find_members(self, text: str, analysis: Analysis, start: int) -> tuple[Actor, ...]:
        """Return whom the next sentences list where a delegation acts: `The group included X, Y and Z.`"""
        if not _DELEGATION.search(text[analysis.sentence.start : start]):
            return ()
        for listing in () if self.members else self.following[:_NEXT_SENTENCES]:
            if _INCLUDED.match(text[listing.sentence.start : listing.sentence.end]):
                self.members = tuple(actor for actor in listing.actors if is_somebody(actor))
        return self.members
