"""How names of parties and people are compared."""

import unicodedata

_FOLDED = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
_SILENT = "'’‘`ʻʼ."


def name_key(name: str) -> str:
    """Return what a name is compared by: no case, accents, punctuation or leading article.

    `Al-Moghedi` and `al Moghedi` share a key; so do `Türkiye` and `Turkiye`, `U.S.` and `US`.
    """
    # Folded after it is decomposed: a styled letter, such as 𝓐, becomes a plain capital. Folding alone makes
    # capitals of Cherokee.
    folded = unicodedata.normalize("NFKD", name).casefold().lower()
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_FOLDED)
    words = "".join(
        char if char.isalnum() else " " for char in plain if char not in _SILENT and char.isprintable()
    ).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def sort_key(name: str) -> str:
    """Return what a list of people is sorted by: the last word of the name, then the whole."""
    key = name_key(name)
    return f"{key.rsplit(' ', 1)[-1]} {key}"
