"""Event rows: always what `resolve_event` makes of their active reports, with what an editor corrected."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from app.domain.record import EventRecord
from app.domain.vocabulary import ChangeAction, Editable, ReviewStatus
from app.domain.wording import EventFacts, Person, event_summary, event_title, instrument_words
from app.errors import NotFound
from app.storage.agreements import save_agreement
from app.storage.changes import Changed, find_last_state
from app.storage.corrected import apply_corrections
from app.storage.edits import find_corrections
from app.storage.merged import find_survivors, select_line
from app.storage.questions import questions_of, review_status_of
from app.storage.resolution import Account, ResolvedEvent, ResolvedParticipant, resolve_event
from app.storage.reviews import find_told_apart, put_questions
from app.storage.search_text import find_search_text
from app.storage.tables import (
    Participation,
    article,
    delegation,
    event,
    event_party,
    official,
    participation,
    party,
    report,
    tenure,
)

_DOUBT = "may tell of an event already held: same kind, parties and time"
_UNTOLD = "no active report tells of it"


async def refresh_event(
    session: AsyncSession,
    event_id: UUID,
    changes: list[Changed],
    brought_agreement: UUID | None = None,
    action: ChangeAction | None = None,
    *,
    only: Account | None = None,
) -> None:
    """Make an event's row what its active reports and an editor say; an unchanged event keeps its version.

    An event that no active report tells of any more stays as it was told, for an editor to look at.
    `only` is the account of an event that is new, so that nothing is looked for in vain. Other writers of one
    that is held wait, as writers of other pairs may come to the same event.
    """
    if not only:
        row = select(event.c.id).where(event.c.id == event_id).with_for_update(key_share=True)
        await session.execute(row)
    told, accounts = (resolve_event([only]), [only]) if only else await _find_told(session, event_id)
    if told is None:
        return
    told = told.model_copy(update={"may_be": await _undecided(session, event_id, told.may_be)})
    corrections = {} if only else await find_corrections(session, Editable.EVENT, event_id)
    asked = questions_of(told, accounts if told.report_count else (), corrections)
    left_open = await put_questions(session, event_id, asked) if asked or not only else ()
    resolved = await _with_survivors(session, apply_corrections(told, corrections))
    names = await _party_names(session, resolved)
    people = await _people(session, resolved)
    values = event_values(resolved, people, names)
    values["review_status"] = review_status_of(corrections, left_open)
    values["sort_date"] = resolved.date.start or min(account.known_on for account in accounts)
    before = None if only else await find_last_state(session, "event", str(event_id), changes)
    after = event_state(resolved, values)
    if before == after:
        return
    values["search_text"] = await find_search_text(session, event_id, values)
    await _save_row(session, event_id, values)
    if before:
        await _clear(session, event_id)
    await _add_parties(session, event_id, resolved)
    await _add_delegation(session, event_id, resolved, people)
    await _replace_participations(session, event_id, resolved, is_new=before is None)
    agreement = await save_agreement(session, event_id, resolved, names, changes, brought_agreement)
    if before or agreement:
        await session.execute(update(event).where(event.c.id == event_id).values(agreement=agreement))
    action = action or (ChangeAction.UPDATE if before else ChangeAction.CREATE)
    changes.append(Changed(action, "event", str(event_id), before, after))


async def refresh_events_of(session: AsyncSession, official_id: UUID, changes: list[Changed]) -> None:
    """Bring the events up to date that somebody took part in."""
    theirs = select(participation.c.event).where(participation.c.official == official_id).distinct()
    for event_id in (await session.execute(theirs.order_by(participation.c.event))).scalars().all():
        await refresh_event(session, event_id, changes)


async def find_told(session: AsyncSession, event_id: UUID) -> ResolvedEvent:
    """Return an event as its reports tell it, without what an editor corrected."""
    told, _ = await _find_told(session, event_id)
    if told is None:
        raise NotFound
    return told


def event_state(resolved: ResolvedEvent, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event's fields as the change log keeps them; `values` are its columns."""
    worded = {"title": values["title"], "summary": values["summary"]}
    status = {"review_status": ReviewStatus(values["review_status"]).value, "merged_into": None}
    return {**resolved.model_dump(mode="json"), **worded, **status}


async def _find_told(session: AsyncSession, event_id: UUID) -> tuple[ResolvedEvent | None, Sequence[Account]]:
    """Return an event as its reports tell it, and their accounts; the former where none is active."""
    accounts = await _find_accounts(session, event_id)
    if accounts:
        return resolve_event(accounts), accounts
    former = await _find_accounts(session, event_id, active=False)
    if not former:
        return None, ()
    nobody = {"report_count": 0, "may_be": (), "confidence_reasons": (_UNTOLD,)}
    return resolve_event(former).model_copy(update=nobody), former


async def _save_row(session: AsyncSession, event_id: UUID, values: dict[str, Any]) -> None:
    """Insert or update the row."""
    statement = postgresql.insert(event).values(id=event_id, version=1, **values)
    await session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"],
            set_={
                **values,
                "merged_into": None,
                "version": event.c.version + 1,
                "updated_at": func.now(),
            },
        )
    )


async def _undecided(session: AsyncSession, event_id: UUID, may_be: Sequence[UUID]) -> tuple[UUID, ...]:
    """Return the events that this one may still be: as they live on, and not told apart by an editor."""
    if not may_be:
        return ()
    others = set((await find_survivors(session, event, may_be)).values())
    return tuple(sorted(others - {event_id} - await find_told_apart(session, event_id)))


async def _with_survivors(session: AsyncSession, resolved: ResolvedEvent) -> ResolvedEvent:
    """Show people who were merged as whom they live on."""
    ids = {person.official for person in resolved.participants if person.official}
    lives_on = await find_survivors(session, official, ids)
    people: dict[tuple[UUID | str | None, str], ResolvedParticipant] = {}
    for person in resolved.participants:
        one = lives_on[person.official] if person.official else None
        people.setdefault((one or person.title, person.party), person.model_copy(update={"official": one}))
    return resolved.model_copy(update={"participants": tuple(people.values())})


async def _find_accounts(session: AsyncSession, event_id: UUID, *, active: bool = True) -> list[Account]:
    known_on = func.coalesce(article.c.published_on, article.c.updated_on, func.date(article.c.created_at))
    rows = await session.execute(
        select(report, known_on.label("known_on"))
        .join(article, article.c.id == report.c.article)
        .where(report.c.event == event_id, report.c.active.is_(active))
        .order_by(report.c.id)
    )
    return [
        Account(
            record=EventRecord.model_validate(row.record),
            officials=tuple(row.officials),
            article=row.article,
            known_on=row.known_on,
            may_be=tuple(row.may_be),
        )
        for row in rows
    ]


async def _party_names(session: AsyncSession, resolved: ResolvedEvent) -> dict[str, str]:
    ids = [party_id for party_id, _ in resolved.parties]
    rows = await session.execute(select(party.c.id, party.c.name).where(party.c.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def _people(session: AsyncSession, resolved: ResolvedEvent) -> list[Person]:
    ids = [person.official for person in resolved.participants if person.official]
    rows = await session.execute(select(official.c.id, official.c.name).where(official.c.id.in_(ids)))
    names = {row.id: row.name for row in rows}
    return name_people(resolved, names)


def name_people(resolved: ResolvedEvent, names: Mapping[UUID, str]) -> list[Person]:
    """Return the participants as the wording needs them."""
    return [
        Person(
            name=names[person.official] if person.official else None,
            title=person.title,
            party=person.party,
            role=person.role,
        )
        for person in resolved.participants
    ]


def event_values(resolved: ResolvedEvent, people: list[Person], names: Mapping[str, str]) -> dict[str, Any]:
    """Return the columns of an event's row but for its id, its day to sort by, its links and its version."""
    facts = _facts(resolved, people)
    title = resolved.title or event_title(facts, names)
    summary = resolved.summary or event_summary(facts, names)
    doubts = [_DOUBT] if resolved.may_be else []
    return {
        "kind": resolved.kind,
        "mode": resolved.mode,
        "status": resolved.status,
        "title": title,
        "summary": summary,
        "date_start": resolved.date.start,
        "date_end": resolved.date.end,
        "date_precision": resolved.date.precision,
        "venue": resolved.place.venue,
        "city": resolved.place.city,
        "country": resolved.place.country,
        "object": resolved.object,
        "topics": list(resolved.topics),
        "background": resolved.background,
        "confidence": resolved.confidence,
        "confidence_reasons": [*resolved.confidence_reasons, *doubts],
        "report_count": resolved.report_count,
    }


def _facts(resolved: ResolvedEvent, people: list[Person]) -> EventFacts:
    told = resolved.agreement
    return EventFacts(
        kind=resolved.kind,
        mode=resolved.mode,
        status=resolved.status,
        date=resolved.date,
        place=resolved.place,
        parties=resolved.parties,
        people=people,
        delegation_size=resolved.delegation.size if resolved.delegation else None,
        object=resolved.object,
        instrument=(told.title or instrument_words(told.kind, told.pledges, told.domain)) if told else None,
        topics=resolved.topics,
    )


async def _clear(session: AsyncSession, event_id: UUID) -> None:
    """Take away what is made anew: who it is between, and the delegation."""
    await session.execute(delete(event_party).where(event_party.c.event == event_id))
    await session.execute(delete(delegation).where(delegation.c.event == event_id))


async def _add_parties(session: AsyncSession, event_id: UUID, resolved: ResolvedEvent) -> None:
    await session.execute(
        insert(event_party),
        [{"event": event_id, "party": party_id, "role": role} for party_id, role in resolved.parties],
    )


async def _add_delegation(
    session: AsyncSession, event_id: UUID, resolved: ResolvedEvent, people: list[Person]
) -> None:
    told = resolved.delegation
    if told is None:
        return
    head = next(
        (
            participant.official
            for participant, person in zip(resolved.participants, people, strict=True)
            if told.head is not None and person.name == told.head
        ),
        None,
    )
    values = {
        "event": event_id,
        "party": told.party,
        "head": head,
        "stated_size": told.size,
        "complete": told.complete,
    }
    await session.execute(insert(delegation).values(values))


async def _replace_participations(
    session: AsyncSession, event_id: UUID, resolved: ResolvedEvent, *, is_new: bool
) -> None:
    """Bring the participations up to date; whoever stays keeps the id."""
    left = {} if is_new else await _find_participations(session, event_id)
    order = [(person.official or person.title, person.party) for person in resolved.participants]
    if list(left) != order[: len(left)]:
        # Numbers are unique within an event, so they are first moved out of the way.
        for number, row in enumerate(left.values(), start=1):
            row.ordinal = -number
        await session.flush()
    tenures = await _find_tenures(session, resolved)
    for ordinal, (key, person) in enumerate(zip(order, resolved.participants, strict=True)):
        row = left.pop(key, _blank(event_id, person))
        row.ordinal, row.role = ordinal, person.role
        row.rank, row.title_as_reported = person.rank, person.title
        row.tenure = tenures.get((person.official, person.party))
        session.add(row)
    for row in left.values():
        await session.delete(row)
    await session.flush()


async def _find_participations(
    session: AsyncSession, event_id: UUID
) -> dict[tuple[UUID | str | None, str], Participation]:
    """Return the participations of an event in their order, by who acts for whom."""
    theirs = select(Participation).where(participation.c.event == event_id).order_by(participation.c.ordinal)
    rows = (await session.execute(theirs)).scalars()
    return {(row.official or row.title_as_reported, row.party): row for row in rows}


def _blank(event_id: UUID, person: ResolvedParticipant) -> Participation:
    return Participation(
        event=event_id, official=person.official, party=person.party, ordinal=-1, role=person.role
    )


async def _find_tenures(
    session: AsyncSession, resolved: ResolvedEvent
) -> dict[tuple[UUID | None, str], UUID]:
    """Return the one office that each person is known to have held for the party on the event's first day.

    An office whose end is unknown is not taken to go on.
    """
    ids = [person.official for person in resolved.participants if person.official]
    day = resolved.date.start
    if not ids or day is None:
        return {}
    line = select_line(official, ids).subquery()
    held = (
        select(line.c.survivor, tenure.c.party, tenure.c.id)
        .join(tenure, tenure.c.official == line.c.id)
        .where(tenure.c.valid_from <= day, tenure.c.valid_to >= day)
    )
    found: dict[tuple[UUID | None, str], list[UUID]] = defaultdict(list)
    for row in await session.execute(held):
        found[row.survivor, row.party].append(row.id)
    return {who: offices[0] for who, offices in found.items() if len(offices) == 1}
