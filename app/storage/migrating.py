"""The schema: what it is brought up to date with, and which revision this version needs."""

import asyncio
from functools import cache

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from app.settings import bundled_folder
from app.storage.database import grant_roles


def alembic_config(url: str) -> Config:
    """Return Alembic's configuration for the migrations that ship with the project."""
    config = Config()
    config.set_main_option("script_location", str(bundled_folder("alembic")))
    config.attributes["url"] = url
    return config


def migrate(url: str) -> None:
    """Bring the schema and the roles' rights up to date. Must not run on an event loop."""
    command.upgrade(alembic_config(url), "head")
    asyncio.run(grant_roles(url))


@cache
def head_revision() -> str:
    """Return the schema revision that this version needs."""
    head = ScriptDirectory.from_config(alembic_config("")).get_current_head()
    assert head is not None
    return head
