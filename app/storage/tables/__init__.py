"""The tables: columns, keys, constraints and indexes; no behavior. Importing this fills `metadata`."""

from sqlmodel import SQLModel

from app.storage.tables.agreement import Agreement, AgreementParty, AgreementStepRow
from app.storage.tables.article import ArticleRow, Outlet
from app.storage.tables.change import Change
from app.storage.tables.event import Delegation, Event, EventParty, Participation
from app.storage.tables.official import Official, OfficialName, Tenure
from app.storage.tables.party import Membership, Party, PartyName, Succession
from app.storage.tables.report import EvidenceRow, Report

metadata = SQLModel.metadata

__all__ = [
    "Agreement",
    "AgreementParty",
    "AgreementStepRow",
    "ArticleRow",
    "Change",
    "Delegation",
    "Event",
    "EventParty",
    "EvidenceRow",
    "Membership",
    "Official",
    "OfficialName",
    "Outlet",
    "Participation",
    "Party",
    "PartyName",
    "Report",
    "Succession",
    "Tenure",
    "metadata",
]
