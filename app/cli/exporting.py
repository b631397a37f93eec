"""`bilateral export …` and `bilateral query …`: what the API serves, as a file or as a table."""

import typer
from typer.core import TyperGroup


class _Lists(TyperGroup):
    """A command for each list, with options made of the API's filters: loaded only when one is asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002
        """Return the names of the lists."""
        return list(self._load().commands)

    def get_command(self, ctx: typer.Context, cmd_name: str):  # type: ignore[no-untyped-def,override]
        """Return the command of a list."""
        return self._load().get_command(ctx, cmd_name)

    def _load(self) -> TyperGroup:
        from app.cli import exports

        return typer.main.get_group({"export": exports.export, "query": exports.query}[self.name or ""])


export = typer.Typer(
    cls=_Lists,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Write a whole list to a file or to stdout, with any of the API's filters and formats.\n\n"
    "For example `bilateral export events --party PAK --date-from 2024-01-01 --output pakistan.parquet`, or "
    "`bilateral export dyads | head`.",
)
query = typer.Typer(
    cls=_Lists,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    help="Show a list as a table in the terminal, with any of the API's filters.\n\n"
    "For example `bilateral query meetings --pair IRQ-PAK`.",
)
