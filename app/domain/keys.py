"""Keys: what each scope allows, and the token that its holder sends.

A token is `bil_<id>_<secret>_<checksum>`: the key's id, 256 random bits, and a CRC-32 of what stands before,
by which a mistyped token, or one in a leaked file, is told without a database. Of the secret only a hash is
kept.
"""

import hashlib
import hmac
import re
import secrets
import zlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

_TOKEN = re.compile(r"bil_([0-9a-f]{32})_([0-9a-f]{64})_([0-9a-f]{8})")
MAX_NAME = 100


class Scope(StrEnum):
    """What a key may do; reading needs none."""

    ARTICLES_WRITE = "articles:write"
    EVENTS_WRITE = "events:write"
    EVENTS_REVIEW = "events:review"
    KEYS_ADMIN = "keys:admin"
    AUDIT_READ = "audit:read"


MEANINGS = {
    Scope.ARTICLES_WRITE: "hand in articles",
    Scope.EVENTS_WRITE: "edit events, agreements and officials",
    Scope.EVENTS_REVIEW: "decide reviews: accept, correct, reject, merge, split",
    Scope.KEYS_ADMIN: "make, rotate and revoke keys, and withdraw an article's text",
    Scope.AUDIT_READ: "read who did what",
}


@dataclass(frozen=True, slots=True)
class Token:
    """A key's id and its secret."""

    key: UUID
    secret: str

    def __str__(self) -> str:
        """Return it as its holder sends it."""
        body = f"bil_{self.key.hex}_{self.secret}"
        return f"{body}_{_checksum(body)}"


def new_token(key: UUID) -> Token:
    """Return a token with a new secret of 256 bits."""
    return Token(key, secrets.token_hex(32))


def read_token(text: str) -> Token | None:
    """Return the token that a text is, or None where it is none."""
    match = _TOKEN.fullmatch(text)
    if match is None or match[3] != _checksum(text.rpartition("_")[0]):
        return None
    return Token(UUID(match[1]), match[2])


def holds_token(text: str) -> bool:
    """Tell whether a token stands somewhere in a text."""
    return _TOKEN.search(text) is not None


def hash_secret(secret: str) -> str:
    """Return the SHA-256 of a secret; it is random and long, so that nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_secret(secret: str, stored_hash: str) -> bool:
    """Compare a secret with a stored hash, in a time that does not tell how much of it is right."""
    return hmac.compare_digest(hash_secret(secret), stored_hash)


def _checksum(body: str) -> str:
    return f"{zlib.crc32(body.encode()):08x}"
