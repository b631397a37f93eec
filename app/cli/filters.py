"""Options made of the API's own filters, so that the command line asks in the API's words."""

import inspect
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin

import typer
from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from app.errors import OptionNotValid

_PANEL = "Filters"


def with_filters(
    run: Callable[..., None], model: type[BaseModel], leave_out: frozenset[str]
) -> Callable[..., None]:
    """Return a command whose options are its own and, for `wanted`, those of a filter."""

    def command(**given: Any) -> None:
        asked = {name: given.pop(name) for name in fields if name in given}
        run(wanted=read_filter(model, asked), **given)

    fields = [name for name in model.model_fields if name not in leave_out]
    own = [part for part in inspect.signature(run).parameters.values() if part.name != "wanted"]
    options = [*own, *(_option(name, model.model_fields[name]) for name in fields)]
    command.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    command.__annotations__ = {option.name: option.annotation for option in options}
    command.__doc__ = run.__doc__
    return command


def read_filter(model: type[BaseModel], given: dict[str, Any]) -> Any:
    """Return the filter that options ask for; what is not valid is named as the option that it is."""
    asked = {name: value for name, value in given.items() if value not in (None, [])}
    try:
        return model.model_validate(asked)
    except ValidationError as error:
        first = error.errors()[0]
        option = "--" + str(first["loc"][0]).replace("_", "-")
        raise OptionNotValid(option, str(first["msg"]).rstrip(".")) from error


def _option(name: str, field: FieldInfo) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    told = typer.Option("--" + name.replace("_", "-"), help=_help(field), rich_help_panel=_PANEL)
    if get_origin(field.annotation) is tuple:
        return inspect.Parameter(name, kind, default=None, annotation=Annotated[list[str] | None, told])
    if field.annotation is bool:
        flag = typer.Option(help=_help(field), rich_help_panel=_PANEL)
        return inspect.Parameter(name, kind, default=field.default, annotation=Annotated[bool, flag])
    return inspect.Parameter(name, kind, default=None, annotation=Annotated[str | None, told])


def _help(field: FieldInfo) -> str:
    """Return what an option means, and the words that it takes."""
    words = list(_words(field.annotation))
    meaning = (field.description or "").partition("\n\n")[0].replace("[", "\\[")
    return f"{meaning} One of: {', '.join(words)}." if words else meaning


def _words(annotation: Any) -> Iterator[str]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from (word.value for word in annotation)
    for part in get_args(annotation):
        yield from _words(part)
