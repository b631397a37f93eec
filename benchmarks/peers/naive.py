"""The usual service: FastAPI, SQLModel tables with relationships, `selectinload`, and a response model."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.orm import selectinload
from sqlmodel import Column, Field, Relationship, SQLModel, String, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

engine = create_async_engine(os.environ["BENCHMARK_DATABASE_URL"], pool_size=8)


class PartyBase(SQLModel):
    id: str = Field(primary_key=True)
    kind: str
    name: str


class Party(PartyBase, table=True):
    pass


class Official(SQLModel, table=True):
    id: UUID = Field(primary_key=True)
    name: str


class Outlet(SQLModel, table=True):
    id: str = Field(primary_key=True)
    name: str


class Article(SQLModel, table=True):
    id: UUID = Field(primary_key=True)
    outlet_id: str | None = Field(sa_column_kwargs={"name": "outlet"}, foreign_key="outlet.id")
    title: str | None
    url: str | None
    published_on: date | None
    outlet: Outlet | None = Relationship()


class EventParty(SQLModel, table=True):
    __tablename__ = "event_party"

    event_id: UUID = Field(sa_column_kwargs={"name": "event"}, primary_key=True, foreign_key="event.id")
    party_id: str = Field(sa_column_kwargs={"name": "party"}, primary_key=True, foreign_key="party.id")
    role: str = Field(primary_key=True)
    party: Party = Relationship()
    event: "Event" = Relationship(back_populates="parties")


class Participation(SQLModel, table=True):
    id: UUID = Field(primary_key=True)
    event_id: UUID = Field(sa_column_kwargs={"name": "event"}, foreign_key="event.id")
    ordinal: int
    official_id: UUID | None = Field(sa_column_kwargs={"name": "official"}, foreign_key="official.id")
    party: str
    role: str
    rank: str | None
    title_as_reported: str | None
    official: Official | None = Relationship()
    event: "Event" = Relationship(back_populates="participants")


class Report(SQLModel, table=True):
    id: UUID = Field(primary_key=True)
    event_id: UUID = Field(sa_column_kwargs={"name": "event"}, foreign_key="event.id")
    article_id: UUID = Field(sa_column_kwargs={"name": "article"}, foreign_key="article.id")
    article: Article = Relationship()
    event: "Event" = Relationship(back_populates="reports")


class EventBase(SQLModel):
    id: UUID = Field(primary_key=True)
    kind: str
    mode: str | None
    status: str
    title: str
    summary: str
    date_start: date | None
    date_end: date | None
    date_precision: str
    venue: str | None
    city: str | None
    country: str | None
    object: str | None
    background: bool
    confidence: float
    review_status: str
    report_count: int
    version: int
    created_at: datetime
    updated_at: datetime


class Event(EventBase, table=True):
    sort_date: date
    topics: list[str] = Field(sa_column=Column(ARRAY(String)))
    confidence_reasons: list[str] = Field(sa_column=Column(ARRAY(String)))
    parties: list[EventParty] = Relationship(back_populates="event")
    participants: list[Participation] = Relationship(back_populates="event")
    reports: list[Report] = Relationship(back_populates="event")


class EventPartyRead(SQLModel):
    role: str
    party: PartyBase


class OfficialRead(SQLModel):
    id: UUID
    name: str


class ParticipationRead(SQLModel):
    official: OfficialRead | None
    party: str
    role: str
    rank: str | None
    title_as_reported: str | None


class OutletRead(SQLModel):
    id: str
    name: str


class ArticleRead(SQLModel):
    id: UUID
    title: str | None
    url: str | None
    published_on: date | None
    outlet: OutletRead | None


class ReportRead(SQLModel):
    article: ArticleRead


class EventRead(EventBase):
    topics: list[str]
    confidence_reasons: list[str]
    parties: list[EventPartyRead]
    participants: list[ParticipationRead]
    reports: list[ReportRead]


WHOLE = (
    selectinload(Event.parties).selectinload(EventParty.party),  # type: ignore[arg-type]
    selectinload(Event.participants).selectinload(Participation.official),  # type: ignore[arg-type]
    selectinload(Event.reports).selectinload(Report.article).selectinload(Article.outlet),  # type: ignore[arg-type]
)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine) as session:
        yield session


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)
Session = Annotated[AsyncSession, Depends(get_session)]


@app.get("/events", response_model=list[EventRead])
async def list_events(session: Session, a: str, b: str, offset: int = 0, limit: int = 50) -> list[Event]:
    of_a = select(EventParty.event_id).where(EventParty.party_id == a)
    of_b = select(EventParty.event_id).where(EventParty.party_id == b)
    statement = (
        select(Event)
        .where(col(Event.id).in_(of_a), col(Event.id).in_(of_b), Event.status == "occurred")
        .where(Event.review_status == "unreviewed")
        .order_by(col(Event.sort_date).desc(), col(Event.id).desc())
        .offset(offset)
        .limit(limit)
        .options(*WHOLE)
    )
    return list((await session.exec(statement)).all())


@app.get("/events/{event_id}", response_model=EventRead)
async def read_event(event_id: UUID, session: Session) -> Event:
    event = (await session.exec(select(Event).where(Event.id == event_id).options(*WHOLE))).first()
    if event is None:
        raise HTTPException(404)
    return event
