"""Names of people as outlets spell them."""

import pytest

from app.domain.person_names import compare_names


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Muhammad Ishaq Dar", "Mohammad Ishaq Dar", "same"),
        ("Muhammad Ishaq Dar", "Ishaq Dar", "same"),
        ("Anura Kumara Dissanayake", "Anura Dissanayake", "same"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "same"),
        ("Fumio Kishida", "Kishida Fumio", "same"),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "same"),
        ("Recep Tayyip Erdoğan", "Erdogan", "perhaps"),
        ("Mohammed bin Salman", "Mohammed bin Salman Al Saud", "perhaps"),
        ("Muhammad Khan", "Muhammad Ishaq Khan", "perhaps"),
        ("Stephen Walt", "Steve Walt", "perhaps"),
        ("Nawaz Sharif", "Shehbaz Sharif", "other"),
        ("Hasan Khan", "Hussein Khan", "other"),
        ("George W. Bush", "George H.W. Bush", "other"),
        ("Asim Munir", "Asim Iftikhar", "other"),
        ("Salman", "Salman Mirza", "other"),
    ],
)
def test_names_are_compared_by_sound_order_and_what_is_left_out(one: str, other: str, likeness: str) -> None:
    assert compare_names(one, other).value == compare_names(other, one).value == likeness
