"""Texts in our own words that the parser reads events in."""

from datetime import date, timedelta

MEETING = (
    "BAGHDAD: Iraqi Foreign Minister Fuad Hussein met his Omani counterpart Badr Albusaidi in Baghdad on "
    "Monday, the foreign ministry said. The two ministers discussed trade and investment."
)

LEFT = "Iraqi Prime Minister Mohammed Shia al-Sudani met tribal leaders and the governor of Basra on Sunday."


def meeting(number: int) -> str:
    """Return a text like no other."""
    return f"{MEETING}\n\nNote {number} of the ministry."


def day_in_week(number: int) -> date:
    """Return a day of publication in a week of its own: whoever tells of a Monday tells of that week's."""
    return date(1960, 1, 6) + timedelta(weeks=number)
