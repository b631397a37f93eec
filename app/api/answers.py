"""Answers in memory, so that what is asked again is not made again."""

from collections import OrderedDict
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import Message, Scope, Send

from app.queries.versions import Version

_OVERHEAD = 1000
"""Bytes that an answer costs beside its own, about."""
_LARGEST = 1024 * 1024

AnswerKey = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was sent, and the version of what it shows."""

    version: Version
    start: Message
    body: bytes

    async def send(self, send: Send) -> None:
        """Send it again."""
        await send({**self.start})  # a copy, as whoever passes it on adds headers to it
        await send({"type": "http.response.body", "body": self.body})


class AnswerCache:
    """Answers by what was asked, up to so many bytes; those not asked for the longest go first."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held = 0
        self._answers: OrderedDict[AnswerKey, KeptAnswer] = OrderedDict()

    def get(self, key: AnswerKey | None) -> KeptAnswer | None:
        """Return an answer, whether or not it still stands."""
        if key is None or key not in self._answers:
            return None
        self._answers.move_to_end(key)
        return self._answers[key]

    def keeping(self, key: AnswerKey | None, scope: Scope, send: Send) -> Send:
        """Return a `send` that keeps what it sends, where that is whole, and has a version."""
        started: Message | None = None

        async def send_on(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = message if message["status"] == 200 else None
                message = {**message}
            elif started is not None:
                version = scope["state"].get("version")
                body = message.get("body", b"")
                if version and not message.get("more_body") and len(body) <= _LARGEST:
                    self._put(key, KeptAnswer(version, started, body))
                started = None
            await send(message)

        return send if key is None or not self._size else send_on

    def _put(self, key: AnswerKey | None, answer: KeptAnswer) -> None:
        if key is None:
            return
        if (old := self._answers.pop(key, None)) is not None:
            self._held -= len(old.body) + _OVERHEAD
        self._answers[key] = answer
        self._held += len(answer.body) + _OVERHEAD
        while self._held > self._size:
            _, gone = self._answers.popitem(last=False)
            self._held -= len(gone.body) + _OVERHEAD


def answer_key(scope: Scope, asked: Headers) -> AnswerKey | None:
    """Return all that an answer may depend on, beside what is stored; None where it is for one reader."""
    # To HEAD, what streams sends nothing.
    if "authorization" in asked or scope["state"].get("head"):
        return None
    told = [asked.get(name) for name in ("host", "accept", "accept-encoding")]
    return scope["scheme"], scope["path"], scope["query_string"], *told
