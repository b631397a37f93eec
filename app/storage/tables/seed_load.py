"""What was loaded from the seed last, so that a start notices in no time that nothing is new."""

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from app.storage.tables.columns import datetime, instant_column


class SeedLoad(SQLModel, table=True):
    """A part of the seed, with the hash of its files as they were when they were loaded whole."""

    __tablename__ = "seed_load"

    name: str = Field(primary_key=True, sa_type=Text)
    sha256: str = Field(sa_type=Text)
    loaded_at: datetime = instant_column()
