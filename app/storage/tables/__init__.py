"""The tables: columns, keys, constraints and indexes; no behavior. Importing this fills `metadata`.

A class (`Event`) writes rows; the table of the same name in lower case (`event.c.kind`) is for statements.
"""

from sqlmodel import SQLModel

from app.storage.tables.access_path import (
    AgreementDoc,
    AgreementTerm,
    ArticleTerms,
    DyadCount,
    EventAct,
    EventDoc,
    EventDyad,
    EventOfficial,
    EventTerm,
    OfficialAct,
    OfficialCount,
)
from app.storage.tables.agreement import Agreement, AgreementParty, AgreementStepRow
from app.storage.tables.article import ArticleRow, Outlet
from app.storage.tables.change import Change
from app.storage.tables.event import Delegation, Event, EventParty, Participation
from app.storage.tables.job import Job, JobItem, KeptAnswer
from app.storage.tables.key import ApiKey, Audit
from app.storage.tables.official import Official, OfficialName, Tenure
from app.storage.tables.party import Membership, Party, PartyName, Succession
from app.storage.tables.report import EvidenceRow, Report
from app.storage.tables.review import Correction, Review
from app.storage.tables.seed_load import SeedLoad

metadata = SQLModel.metadata

agreement = metadata.tables["agreement"]
agreement_doc = metadata.tables["agreement_doc"]
agreement_party = metadata.tables["agreement_party"]
agreement_step = metadata.tables["agreement_step"]
agreement_term = metadata.tables["agreement_term"]
api_key = metadata.tables["api_key"]
article = metadata.tables["article"]
article_terms = metadata.tables["article_terms"]
audit = metadata.tables["audit"]
change = metadata.tables["change"]
correction = metadata.tables["correction"]
delegation = metadata.tables["delegation"]
event = metadata.tables["event"]
event_act = metadata.tables["event_act"]
event_official = metadata.tables["event_official"]
event_dyad = metadata.tables["event_dyad"]
event_doc = metadata.tables["event_doc"]
dyad_count = metadata.tables["dyad_count"]
event_party = metadata.tables["event_party"]
event_term = metadata.tables["event_term"]
evidence = metadata.tables["evidence"]
job = metadata.tables["job"]
job_item = metadata.tables["job_item"]
kept_answer = metadata.tables["kept_answer"]
membership = metadata.tables["membership"]
official = metadata.tables["official"]
official_act = metadata.tables["official_act"]
official_count = metadata.tables["official_count"]
official_name = metadata.tables["official_name"]
outlet = metadata.tables["outlet"]
participation = metadata.tables["participation"]
party = metadata.tables["party"]
party_name = metadata.tables["party_name"]
report = metadata.tables["report"]
review = metadata.tables["review"]
seed_load = metadata.tables["seed_load"]
succession = metadata.tables["succession"]
tenure = metadata.tables["tenure"]

__all__ = [
    "Agreement",
    "AgreementDoc",
    "AgreementParty",
    "AgreementStepRow",
    "AgreementTerm",
    "ApiKey",
    "ArticleRow",
    "ArticleTerms",
    "Audit",
    "Change",
    "Correction",
    "Delegation",
    "DyadCount",
    "Event",
    "EventAct",
    "EventDoc",
    "EventDyad",
    "EventOfficial",
    "EventParty",
    "EventTerm",
    "EvidenceRow",
    "Job",
    "JobItem",
    "KeptAnswer",
    "Membership",
    "Official",
    "OfficialAct",
    "OfficialCount",
    "OfficialName",
    "Outlet",
    "Participation",
    "Party",
    "PartyName",
    "Report",
    "Review",
    "SeedLoad",
    "Succession",
    "Tenure",
    "agreement",
    "agreement_doc",
    "agreement_party",
    "agreement_step",
    "agreement_term",
    "api_key",
    "article",
    "article_terms",
    "audit",
    "change",
    "correction",
    "delegation",
    "dyad_count",
    "event",
    "event_act",
    "event_doc",
    "event_dyad",
    "event_official",
    "event_party",
    "event_term",
    "evidence",
    "job",
    "job_item",
    "kept_answer",
    "membership",
    "metadata",
    "official",
    "official_act",
    "official_count",
    "official_name",
    "outlet",
    "participation",
    "party",
    "party_name",
    "report",
    "review",
    "seed_load",
    "succession",
    "tenure",
]
