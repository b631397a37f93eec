"""`bilateral review`: the open reviews one by one, each field with the source's text beside it."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson
import typer
from pydantic import ValidationError
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from app.api.requests.editing import EventChange
from app.cli.jobs import ready_database
from app.cli.output import print_error, screen
from app.domain.identifiers import Prefix, public_id
from app.domain.vocabulary import ReviewDecision
from app.errors import BilateralError
from app.queries.reviews import ReviewFilter, find_passages, find_reviews
from app.storage.database import open_session
from app.storage.decisions import Decision, decide
from app.storage.edits import Edit

_ASKED = "[a]ccept, [c]orrect, [r]eject, [m]erge, [s]plit, Enter to leave it, [q]uit"
_ACTIONS = {"a": ReviewDecision.ACCEPT, "r": ReviewDecision.REJECT, "m": ReviewDecision.MERGE}


def review_all() -> int:
    """Show every open review and do what is decided; return how many were decided."""
    with ready_database() as url:
        return asyncio.run(_review_all(url))


async def _review_all(url: str) -> int:
    decided, cursor = 0, None
    while True:
        async with open_session(url) as session:
            page = await find_reviews(session, ReviewFilter(limit=20, cursor=cursor))
        for row in page.rows:
            async with open_session(url) as session:
                passages = await find_passages(session, row.event) if row.event else ()
                others = await find_passages(session, row.other) if row.event and row.other else ()
            _show(row, passages, others)
            try:
                answer = typer.prompt(_ASKED, default="", show_default=False, err=True).strip()
                if answer == "q":
                    return decided
                decided += await _decide(url, row, answer, passages)
            except typer.Abort:  # whoever leaves in the middle keeps what was decided
                return decided
        cursor = page.next_cursor
        if cursor is None:
            return decided


def _show(row: Row[Any], passages: Sequence[Row[Any]], others: Sequence[Row[Any]]) -> None:
    """Print a review, and what reports say of the event; then the other event, where it may be the same."""
    screen.print(f"\n{row.kind}: {row.title}", style="bold", markup=False)
    if row.about:
        screen.print(row.about, markup=False)
    _show_passages(passages)
    if row.other:
        other = public_id(Prefix.EVENT if row.event else Prefix.OFFICIAL, row.other)
        screen.print(f"may be {other}: {row.other_title}", markup=False)
        _show_passages(others)


def _show_passages(passages: Sequence[Row[Any]]) -> None:
    """Print each field of each report with the words that it rests on."""
    shown: UUID | None = None
    for number, one in enumerate(passages):
        if one.report != shown:
            shown = one.report
            screen.print(
                f"  {_number(passages, number)}. {one.outlet or ''} {one.article or ''}", markup=False
            )
        if one.field is not None:
            value = orjson.dumps(_value(one.record, one.field)).decode()
            words = f"{one.before or ''}»{one.quote}«{one.after or ''}" if one.quote else "(no text is held)"
            screen.print(f"     {one.field or '(event)'} = {value}", markup=False, highlight=False)
            screen.print(f"        {' '.join(words.split())}", style="dim", markup=False, highlight=False)


def _number(passages: Sequence[Row[Any]], upto: int) -> int:
    return len({one.report for one in passages[: upto + 1]})


def _value(record: Any, pointer: str) -> Any:
    """Return what a JSON Pointer names in a record; the kind of event for the whole."""
    if not pointer:
        return record["kind"]
    for part in pointer.split("/")[1:]:
        record = record[int(part)] if isinstance(record, list) else record.get(part)
    return record


async def _decide(url: str, row: Row[Any], answer: str, passages: Sequence[Row[Any]]) -> bool:
    """Do what was answered in a transaction of its own; tell whether it was done."""
    try:
        decision = _read_decision(answer, passages)
        if decision is None:
            return False
        async with open_session(url) as session:
            await _carry_out(session, row, decision)
    except BilateralError as error:
        print_error(error)
        return False
    except (ValidationError, ValueError) as error:
        screen.print(str(error), markup=False)
        return False
    return True


async def _carry_out(session: AsyncSession, row: Row[Any], decision: Decision) -> None:
    await decide(session, row.id, decision, Edit())


def _read_decision(answer: str, passages: Sequence[Row[Any]]) -> Decision | None:
    if action := _ACTIONS.get(answer):
        return Decision(action)
    if answer == "c":
        told = typer.prompt('The fields as JSON, such as {"object": "aid"}', err=True)
        return Decision(ReviewDecision.CORRECT, EventChange.model_validate(orjson.loads(told)).values())
    if answer == "s":
        numbers = typer.prompt("The numbers of the reports that are another event", err=True)
        reports = list(dict.fromkeys(one.report for one in passages))
        chosen = [reports[int(number) - 1] for number in numbers.replace(",", " ").split()]
        return Decision(ReviewDecision.SPLIT, reports=chosen)
    return None
