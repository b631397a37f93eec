"""Texts of one sign over and over, made to be slow for whoever goes back in them."""

SIZE = 200_000
MONOTONOUS = {
    "blanks": "x" + " " * SIZE + "x",
    "dashes": "-" * SIZE,
    "quotes": "“" * SIZE,
    "straight quotes": '"' * SIZE,
    "brackets": "(" * SIZE,
    "closed brackets": "()" * (SIZE // 2),
    "commas": "," * SIZE,
    "full stops": "." * SIZE,
    "capitals": "A" * SIZE,
    "combining marks": "e\u0301" * (SIZE // 2),
}
