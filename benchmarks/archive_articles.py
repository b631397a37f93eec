"""Articles of an archive that never was: made-up officials of real states meet, call, visit and sign."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from app.domain.article import Article
from app.reference import Country, read_countries

_OUTLETS = ("daily1.example", "daily2.example", "daily3.example")
_TOLD_BY = 2
"""How many outlets tell of each event, a day apart."""
_FIRST_DAY, _DAYS = date(1995, 1, 1), 11_000
_WORDS = 170

_LEADS = (
    "{capital}: Foreign Minister of {a} {anna} met his counterpart from {b}, {bert}, in {capital} on "
    "{weekday}, the foreign ministry said. The two ministers discussed trade and regional security.",
    "{capital}: Foreign Minister of {a} {anna} held a telephone call with Foreign Minister of {b} {bert} on "
    "{weekday} to discuss the situation in the region, a statement said.",
    "{capital}: Prime Minister of {b} {bert} arrived in {capital} on {weekday} on an official visit. He was "
    "received by Prime Minister of {a} {anna}, with whom he held talks on energy and transport.",
    "{capital}: {a} and {b} signed a memorandum of understanding on agriculture in {capital} on {weekday}. "
    "It was signed by Minister of Agriculture of {a} {anna} and Minister of Agriculture of {b} {bert}.",
)
_FILLERS = (
    "Both sides underlined the importance of regular consultations at every level.",
    "The statement said that the volume of trade had grown over the past years and could grow further.",
    "They also looked at ways of making travel easier for students, traders and tourists.",
    "Officials are to prepare a list of projects in which companies of both sides could take part.",
    "The minister thanked his guest for the support given after the floods of last spring.",
    "Water, roads and the training of engineers were among the fields that were named.",
    "No details were given of how the work is to be paid for.",
    "Observers say that relations between the neighbours have warmed since the border was opened again.",
    "The two sides agreed to keep in touch on matters of common interest.",
    "A joint commission is to look into what stands in the way of direct flights.",
    "Farmers' associations had asked for lower duties on fruit and cotton.",
    "The delegation is also to see a port and a plant that makes fertilizer.",
)
_SYLLABLES = (
    "ba",
    "dor",
    "el",
    "fan",
    "gar",
    "hil",
    "ka",
    "lin",
    "mor",
    "nas",
    "ol",
    "per",
    "ros",
    "sal",
    "tov",
)


def made_up_articles(first: int, last: int, home: str | None = None) -> Iterator[Article]:
    """Yield the articles of these numbers, about 170 words each; the same every time.

    With `home`, a state's id, they are of a paper there: each tells of that state and another one.
    """
    states = [one for one in read_countries() if one.status == "state" and one.capital]
    weights = list(accumulate(1 / rank for rank in range(1, len(states) + 1)))
    at_home = next((one for one in states if one.id == home), None)
    for number in range(first, last):
        yield _article(number, states, weights, at_home)


def _article(number: int, states: list[Country], weights: list[float], home: Country | None) -> Article:
    story, telling = divmod(number, _TOLD_BY)
    chance = random.Random(f"archive {story}")
    a, b = _pair(chance, states, weights, home)
    day = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
    lead = chance.choice(_LEADS).format(
        a=a.name,
        b=b.name,
        anna=_minister(a, day),
        bert=_minister(b, day),
        capital=a.capital,
        weekday=f"{day:%A}",
    )
    text = "\n\n".join((lead, *_fillers(random.Random(f"telling {number}"), _WORDS - len(lead.split()))))
    return Article(
        text=f"{text}\n\nReport {number}.",
        outlet=_OUTLETS[telling],
        published_on=day + timedelta(days=telling),
    )


def _pair(
    chance: random.Random, states: list[Country], weights: list[float], home: Country | None
) -> tuple[Country, Country]:
    while True:
        a, b = chance.choices(states, cum_weights=weights, k=2)
        if b is not (home or a):
            return home or a, b


def _minister(state: Country, day: date) -> str:
    """Return the name of whoever holds office there in these four years."""
    chance = random.Random(f"{state.id} {day.year // 4}")
    return " ".join("".join(chance.choices(_SYLLABLES, k=length)).capitalize() for length in (2, 3))


def _fillers(chance: random.Random, words: int) -> Iterator[str]:
    for sentence in chance.sample(_FILLERS, len(_FILLERS)):
        if words <= 0:
            return
        words -= len(sentence.split())
        yield sentence
