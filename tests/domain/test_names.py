"""How names are compared."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.names import name_key, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Moghedi", "al Moghedi"),
        ("Türkiye", "TURKIYE"),
        ("U.S.", "US"),
        ("The Gambia", "Gambia"),
        ("Côte d’Ivoire", "Cote d'Ivoire"),
        ("Straße", "STRASSE"),
        ("Iğdır", "Igdir"),
        ("  Asim   Munir ", "Asim Munir"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Niger", "Nigeria"), ("Guinea", "Guinea-Bissau"), ("Austria", "Australia")]
)
def test_look_alikes_keep_keys_of_their_own(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_an_article_alone_is_not_dropped() -> None:
    assert name_key("The") == "the"


@given(st.text(max_size=50))
@example("𝓐 Ꭰ")
def test_a_key_is_its_own_key_whatever_the_text(text: str) -> None:
    key = name_key(text)
    assert key == " ".join(key.split())
    assert key == key.lower()


def test_people_sort_by_their_last_word() -> None:
    names = ["Zafar Iqbal", "Asim Munir", "Sahir Shamshad Mirza"]
    assert sorted(names, key=sort_key) == ["Zafar Iqbal", "Sahir Shamshad Mirza", "Asim Munir"]
