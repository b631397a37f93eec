"""Who is sent to which party: the posts of envoys, credentials, and offices in organizations."""

from collections.abc import Iterator, Sequence
from typing import Final

from app.parsing.frames import Frame
from app.parsing.knowledge import Label, organization_ids
from app.parsing.linking import Actor, Analysis, Person
from app.parsing.mentions import PersonMention
from app.parsing.patterns import compile_pattern
from app.parsing.spans import Span

_LISTED_POST: Final = compile_pattern(
    r"(?:^w{0,3}|[cae]w?)t?[RHp]*(?P<name>[NA](?:l*[NA]){1,5})p?(?:[wc]?t?m?E)?[ui]t?(?P<goal>P)"
)
"""`Ana Solis to Peru`, `Rosa Vidal as High Commissioner to Chile`, in a list."""
_HELD_NOW: Final = compile_pattern(
    r"\b(?:currently|presently|at present|now|previously|formerly|until recently|served|serving|who is|"
    r"who was)\b[^,;.]{0,40}$",
    ignore_case=True,
)
_OF_A_PART: Final = compile_pattern(
    r"^ (?:(?:of|at|in|on|for|to) )?(?:the )?(?:[\w\-’]+ ){0,6}?(?:of |at |in )?(?:the )?$", ignore_case=True
)
_ACCREDITED_TO: Final = compile_pattern(
    r"\b(?:accredited|ambassadors|envoys|commissioners|diplomats|missions|representatives)"
    r"(?:[- ]designate)? (?:accredited )?to (?:the )?$",
    ignore_case=True,
)
_NUMBER: Final = 2
"""Most tokens of the number of an item: `2.`"""
_OTHER_TALKS: Final = compile_pattern(
    r"\b(?:met|meets|hosted|conferred|"
    r"(?:held|holds|had) (?:[\w\-]+ ){0,2}(?:talks|discussions?|meetings?|consultations)|"
    r"in audience|delegation (?:from|of|led))\b"
)
_LETTERS: Final = compile_pattern(r"\b(?:credentials|credence|letters|accredited)\b", ignore_case=True)
_NAMED, _GOAL = (_LISTED_POST.groupindex[part] for part in ("name", "goal"))


def find_appointment(
    text: str, frame: Frame, analysis: Analysis, span: tuple[int, int], senders: Sequence[str]
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return who got a post and the party that receives them; nobody where the post is at home.

    The likeliest of the `senders` sends whom no words give to a party.
    """
    before = [actor for actor in analysis.actors if actor.end <= span[0] + 1]
    after = [actor for actor in analysis.actors if actor.start >= span[0]]
    named = [actor for actor in (after if frame.object_is_appointee else before) if _name(actor)]
    if not named:
        return (), ()
    appointee = named[0] if frame.object_is_appointee else named[-1]
    person = appointee.person
    assert person is not None
    posts = _posts(text, analysis, appointee, span[1])
    appointer = next((actor for actor in before if frame.object_is_appointee and actor.party), None)
    recipient = _recipient(text, analysis, posts, appointer)
    if recipient is None and frame.object_is_appointee and text[span[0] : span[1]].endswith(" by"):
        recipient = _recipient(text, analysis, [one for one in analysis.mentions if one.end <= span[0]], None)
    if recipient is None and frame.object_is_place:
        recipient = _destination(after, appointee, person.party)
    if recipient is None:
        return (), ()
    sender = person.party or _sender(posts, appointer, recipient.party, senders)
    if sender == recipient.party and (goal := _host_of(posts)) is not None:
        recipient = goal  # "The EU named Ana Solis its envoy to Peru": whose she is nobody says
    if sender is None or sender == recipient.party:
        return (), ()
    if person.party is None:
        person.party, person.party_words = sender, Span(appointee.start, appointee.end)
    return (appointee,), (recipient,)


def _posts(text: str, analysis: Analysis, appointee: Actor, after: int) -> list[PersonMention]:
    """Return the posts that may be the one that somebody got, from a position on; rather none held now."""
    posts = [
        mention
        for mention in analysis.mentions
        if mention.title and (mention.start >= after or mention.start == appointee.start)
    ]
    posts = [post for post in posts if not _is_held_now(text, after, post)] or posts
    # "Ambassador to Peru Ana Solis, who was named envoy to Chile"
    return sorted(posts, key=lambda post: post.start == appointee.start)


def _sender(
    posts: Sequence[PersonMention], appointer: Actor | None, recipient: str | None, senders: Sequence[str]
) -> str | None:
    """Return which party sends somebody: that of the post, else who appoints, else the likeliest."""
    own = next((post.party for post in posts if post.party not in (None, recipient)), None)
    likely = next((one for one in senders if one != recipient), None)
    return own or (appointer.party if appointer else likely)


def _name(actor: Actor) -> str | None:
    return actor.person.name if actor.person else None


def _is_held_now(text: str, after: int, post: PersonMention) -> bool:
    """Tell whether a post is the one that is given up: `Ana Solis, now envoy to Peru, as envoy to Chile`."""
    return post.start > after and _HELD_NOW.search(text[after : post.start]) is not None


def _recipient(
    text: str, analysis: Analysis, posts: Sequence[PersonMention], appointer: Actor | None
) -> Actor | None:
    """Return whom the post is with: the organization that appoints, the envoy's host, the office's body."""
    if appointer is not None and appointer.party in organization_ids():
        return _party(appointer.party, appointer.words)
    for post in posts:
        if (host := _host_of([post])) is not None:
            return host
        if post.party in organization_ids() and post.party_words:
            return _party(post.party, post.party_words)
    return _body_of(text, analysis, posts)


def _host_of(posts: Sequence[PersonMention]) -> Actor | None:
    """Return the country that an envoy is sent to."""
    told = ((post.sent_to, post.sent_to_words) for post in posts)
    return next((_party(country, words) for country, words in told if country and words), None)


def _body_of(text: str, analysis: Analysis, posts: Sequence[PersonMention]) -> Actor | None:
    """Return the organization of a post in a part of it: `chair of the board of governors of the IAEA`."""
    for token in analysis.tokens:
        if len(token.parties) == 1 and token.parties[0] in organization_ids():
            for post in posts:
                if post.end < token.start and _OF_A_PART.match(text[post.end : token.start]):
                    return _party(token.parties[0], Span(token.start, token.end))
    return None


def _destination(after: Sequence[Actor], appointee: Actor, own: str | None) -> Actor | None:
    """Return the place where somebody is sent: `sends X to Santiago as ambassador`."""
    places = (one for one in after if one.is_place and one.start > appointee.end and one.party != own)
    return next(places, None)


def _party(party: str | None, words: Span) -> Actor:
    return Actor(words.start, words.end, party, None, words)


def find_listed_posts(
    text: str, analysis: Analysis, start: int, sender: str
) -> Iterator[tuple[tuple[Actor, ...], tuple[Actor, ...]]]:
    """Yield who else got a post, and with whom, behind `start`: `X as envoy to Peru, Y to Chile`."""
    tokens = analysis.tokens
    known = {mention.name.start for mention in analysis.mentions if mention.name and mention.sent_to}
    for actor in analysis.actors:
        person = actor.person
        if actor.start < start or person is None or not person.name or person.sent_to is None:
            continue
        if person.sent_to[1].start > actor.start and person.sent_to[0] != sender:
            person.party, person.party_words = sender, Span(actor.start, actor.end)
            yield (actor,), (_party(*person.sent_to),)
    labels = analysis.labels
    for found in _LISTED_POST.finditer(labels):
        first, last = found.span(_NAMED)
        goal = tokens[found.start(_GOAL)]
        own = labels[found.end() : found.end() + 1] == Label.POSSESSIVE
        if tokens[first].start < start or tokens[first].start in known or own or goal.parties[0] == sender:
            continue
        words = Span(tokens[first].start, tokens[last - 1].end)
        person = Person(text[words.start : words.end], sender, words, [words])
        yield (
            (Actor(words.start, words.end, sender, person, words),),
            (_party(goal.parties[0], Span(goal.start, goal.end)),),
        )


def find_listed_envoys(text: str, following: Sequence[Analysis], host: str | None) -> tuple[Actor, ...]:
    """Return the envoys whom the next sentences or lines list: `They are Ana Solis (Peru), …`.

    Who only met or talked then presented nothing: `Later, the President met Peru's envoy Ana Solis.`
    """
    envoys: list[Actor] = []
    for analysis in following:
        words = text[analysis.sentence.start : analysis.sentence.end]
        if _OTHER_TALKS.search(words) and not _LETTERS.search(words):
            continue
        listed = [actor for actor in analysis.actors if _name(actor) and actor.party not in (None, host)]
        if not listed and envoys and not analysis.mentions and len(analysis.tokens) > _NUMBER:
            break
        envoys.extend(actor for actor in listed if actor.party not in {envoy.party for envoy in envoys})
    return tuple(envoys)


def find_credentials(
    text: str,
    envoys: tuple[Actor, ...],
    receivers: tuple[Actor, ...],
    analysis: Analysis,
    hosts: Sequence[str],
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return the envoys and who received them: all of a sentence who do not act for the host are envoys.

    The host is the likeliest country, `hosts` being in that order, that sent none of them.
    """
    sent = {envoy.party for envoy in envoys}
    home = next((one for one in hosts if one not in sent), None)
    if len(envoys) == 1:
        _post_of(envoys[0], analysis)
    if not envoys and home not in {actor.party for actor in receivers}:
        envoys, receivers = receivers, ()
    host = _receiver(envoys, receivers) or _post_named(text, analysis) or _host(envoys, receivers, home)
    if host is None:
        return envoys, receivers
    for actor in receivers:
        if actor.person is not None and actor.person.party is None:
            actor.person.party, actor.person.party_words = host.party, host.words
    present = [actor for actor in analysis.actors if not actor.is_place and actor.party is not None]
    others = [actor for actor in present if actor not in envoys and actor.party != host.party]
    receiving = tuple(actor for actor in present if actor.party == host.party)
    further = tuple(actor for actor in receivers if actor.party == host.party and actor not in receiving)
    return (*envoys, *others), (*receiving, *further) or (host,)


def _receiver(envoys: Sequence[Actor], receivers: Sequence[Actor]) -> Actor | None:
    """Return the party of who takes the letters, whatever other post the envoy has."""
    sent = {envoy.party for envoy in envoys}
    named = (one for one in receivers if one.person is not None and one.person.name is not None)
    person = next((one for one in named if one.party and one.party not in sent), None) if envoys else None
    return _party(person.party, person.words) if person and person.party else None


def _host(envoys: Sequence[Actor], receivers: Sequence[Actor], home: str | None) -> Actor | None:
    """Return the party that the envoys are sent to, by their posts, their receiver or the article's home."""
    for envoy in envoys:
        if envoy.person and envoy.person.sent_to:
            return _party(*envoy.person.sent_to)
    sent = {envoy.party for envoy in envoys}
    receiver = next((actor for actor in receivers if actor.party and actor.party not in sent), None)
    if home is not None and home not in sent and envoys:
        return _party(home, (*receivers, *envoys)[0].words)
    return receiver


def _post_named(text: str, analysis: Analysis) -> Actor | None:
    """Return where a sentence says that envoys are accredited: `three new ambassadors to Chile`."""
    for token in analysis.named:
        before = text[max(analysis.sentence.start, token.start - 40) : token.start]
        if len(token.parties) == 1 and _ACCREDITED_TO.search(before):
            return _party(token.parties[0], Span(token.start, token.end))
    return None


def _post_of(envoy: Actor, analysis: Analysis) -> None:
    """Take from the post behind the verb for whom an envoy acts and where: `as Peru's envoy to Chile`."""
    person = envoy.person
    if person is None:
        return
    posts = (one for one in analysis.mentions if one.start >= envoy.end and one.name is None)
    post = next(posts, None)
    if post is None:
        return
    if person.party is None and post.party:
        person.party, person.party_words = post.party, post.party_words
    if person.sent_to is None and post.sent_to and post.sent_to_words:
        person.sent_to = post.sent_to, post.sent_to_words
