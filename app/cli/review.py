"""`bilateral review`: decide what the machine was not sure of."""

from app.cli.output import print_json


def review() -> None:
    """Decide what waits for an editor, one review after the other, with the source's text beside each field.

    Accept, correct, reject, merge or split. Prints how many were decided.
    """
    from app.cli.reviewing import review_all

    print_json({"decided": review_all()})
