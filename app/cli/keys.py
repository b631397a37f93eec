"""`bilateral keys …`: who may write."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from app.cli.output import print_json, screen
from app.domain.keys import MEANINGS, Scope

keys = typer.Typer(no_args_is_help=True, help="Who may write: make, list, rotate and revoke keys.")

KeyId = Annotated[str, typer.Argument(help="The key's id, as `bilateral keys list` shows it.", metavar="ID")]


@keys.command("create")
def keys_create(
    name: Annotated[str, typer.Argument(help="Whose it is, or what for.")],
    scope: Annotated[
        list[Scope] | None,
        typer.Option(
            help="What it may do; repeat for more. "
            + "; ".join(f"{one}: {meaning}" for one, meaning in MEANINGS.items())
            + "."
        ),
    ] = None,
    expires: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day (UTC) at whose start it ends by itself."),
    ] = None,
) -> None:
    """Make a key and print it with its token, which is shown this once."""
    from app.api.requests.keys import check_name
    from app.api.responses.keys import new_key_response
    from app.cli.jobs import in_transaction
    from app.storage.audit import COMMAND_LINE
    from app.storage.keys import create_key

    checked = check_name(name)
    ends_at = expires.replace(tzinfo=UTC) if expires else None
    made = in_transaction(lambda session: create_key(session, COMMAND_LINE, checked, scope or [], ends_at))
    print_json(new_key_response(made).model_dump(mode="json"))
    screen.print("The token is not stored: keep it now.")


@keys.command("list")
def keys_list() -> None:
    """Print every key as a line of JSON, the oldest first, those that ended too."""
    from app.api.responses.keys import key_response
    from app.cli.jobs import in_transaction
    from app.queries.keys import find_all_keys

    for row in in_transaction(find_all_keys):
        typer.echo(key_response(row).model_dump_json())


@keys.command("rotate")
def keys_rotate(key: KeyId) -> None:
    """Give a key a new token and print it; the old one ends at once."""
    from app.api.responses.keys import new_key_response
    from app.cli.jobs import in_transaction
    from app.storage.audit import COMMAND_LINE
    from app.storage.keys import rotate_key

    made = in_transaction(lambda session: rotate_key(session, COMMAND_LINE, _row_id(key)))
    print_json(new_key_response(made).model_dump(mode="json"))
    screen.print("The token is not stored: keep it now.")


@keys.command("revoke")
def keys_revoke(key: KeyId) -> None:
    """End a key at once and for good."""
    from app.api.responses.keys import key_response
    from app.cli.jobs import in_transaction
    from app.storage.audit import COMMAND_LINE
    from app.storage.keys import revoke_key

    ended = in_transaction(lambda session: revoke_key(session, COMMAND_LINE, _row_id(key)))
    print_json(key_response(ended).model_dump(mode="json"))


def _row_id(text: str) -> Any:
    from app.domain.identifiers import Prefix, row_id
    from app.errors import NotAKeyId

    found = row_id(Prefix.KEY, text)
    if found is None:
        raise NotAKeyId(text)
    return found
