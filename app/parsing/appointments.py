"""Who is sent to which party: the posts of envoys, credentials, and offices in organizations."""

from collections.abc import Sequence
from functools import cache

from app.parsing.frames import Frame
from app.parsing.linking import Actor, Analysis
from app.parsing.mentions import PersonMention
from app.parsing.spans import Span
from app.reference import read_organizations


@cache
def _organizations() -> frozenset[str]:
    return frozenset(organization.id for organization in read_organizations())


def find_appointment(
    frame: Frame, analysis: Analysis, span: tuple[int, int], home: str | None
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return who got a post and the party that receives them; nobody where the post is at home."""
    before = [actor for actor in analysis.actors if actor.end <= span[0] + 1]
    after = [actor for actor in analysis.actors if actor.start >= span[0]]
    named = [actor for actor in (after if frame.object_is_appointee else before) if _name(actor)]
    if not named:
        return (), ()
    appointee = named[0] if frame.object_is_appointee else named[-1]
    person = appointee.person
    assert person is not None
    posts = [
        mention
        for mention in analysis.mentions
        if mention.title and (mention.start >= span[1] or mention.start == appointee.start)
    ]
    appointer = next((actor for actor in before if frame.object_is_appointee and actor.party), None)
    recipient = _recipient(posts, appointer)
    if recipient is None:
        return (), ()
    sender = person.party or next((p.party for p in posts if p.party not in (None, recipient.party)), None)
    sender = sender or (appointer.party if appointer else home)
    if sender is None or sender == recipient.party:
        return (), ()
    if person.party is None:
        person.party, person.party_words = sender, Span(appointee.start, appointee.end)
    return (appointee,), (recipient,)


def _name(actor: Actor) -> str | None:
    return actor.person.name if actor.person else None


def _recipient(posts: Sequence[PersonMention], appointer: Actor | None) -> Actor | None:
    """Return whom the post is with: the organization that appoints, the envoy's host, the office's body."""
    if appointer is not None and appointer.party in _organizations():
        return _party(appointer.party, appointer.words)
    for post in posts:
        if post.sent_to and post.sent_to_words:
            return _party(post.sent_to, post.sent_to_words)
        if post.party in _organizations() and post.party_words:
            return _party(post.party, post.party_words)
    return None


def _party(party: str | None, words: Span) -> Actor:
    return Actor(words.start, words.end, party, None, words)


def find_credentials(
    subjects: tuple[Actor, ...], objects: tuple[Actor, ...], analysis: Analysis
) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return the envoys and who received them, their parties told by the envoys' posts where need be."""
    for actor in subjects:
        person = actor.person
        if person is None:
            continue
        if person.party is None:
            post = next(
                (m for m in analysis.mentions if m.start >= actor.end and m.name is None and m.party), None
            )
            if post is not None:
                person.party, person.party_words = post.party, post.party_words
        if person.sent_to is None:
            continue
        host, words = person.sent_to
        for receiver in objects:
            if receiver.person is not None and receiver.person.party is None:
                receiver.person.party, receiver.person.party_words = host, words
        if host not in {receiver.party for receiver in objects}:
            objects = (*objects, _party(host, words))
    return subjects, objects
