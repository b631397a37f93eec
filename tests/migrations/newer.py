"""The migrations that a database of some size may have to go through."""

from alembic.script import ScriptDirectory

from app.storage.migrating import alembic_config

# What came before was never live on a database of any size: one of them rewrites a table.
OLDEST = "20261125_access_paths"
NEWER = list(ScriptDirectory.from_config(alembic_config("")).iterate_revisions("head", OLDEST))
