"""Why one value wins where the accounts of an event differ."""

_FIRST = (
    "The first of these that gives it: an article about the event before one that recalls it, then the more "
    "confident account, then the earlier article."
)
WHY_ONE_WINS = {
    "date": "The most precise of the days told, from the accounts that agree on the status.",
    "status": "What happened, was put off or called off wins over a plan, and the latest article decides.",
    "mode": _FIRST,
    "venue": _FIRST,
    "city": _FIRST,
    "country": _FIRST,
    "object": _FIRST,
}
"""The fields that accounts may give differently, with the reason for the value that won."""
