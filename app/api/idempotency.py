"""One effect for a request that is sent again: its answer is kept with what it did, and given again."""

from typing import Annotated

from fastapi import Depends, Header, Response
from pydantic import BaseModel

from app.api.dependencies import WriteSession
from app.domain.jobs import MAX_IDEMPOTENCY_KEY
from app.errors import IdempotencyKeyNotValid
from app.storage.audit import Actor
from app.storage.kept_answers import find_kept_answer, keep_answer
from app.storage.tables import KeptAnswer

_NO_STORE = {"Cache-Control": "no-store"}


class Once:
    """Answers a request once, where it names an idempotency key; each sender has names of their own."""

    def __init__(
        self,
        session: WriteSession,
        idempotency_key: Annotated[
            str | None,
            Header(
                description="A name of your choice for this request, such as a UUID: sent again with the "
                "same name, it has no second effect and gets the same answer, for 7 days."
            ),
        ] = None,
    ) -> None:
        self.session = session
        self.name = idempotency_key
        if self.name is not None and not _is_plain(self.name):
            raise IdempotencyKeyNotValid

    async def find(self, actor: Actor, request_sha256: str) -> Response | None:
        """Return the answer that this request got before."""
        if self.name is None or actor.key is None:
            return None
        kept = await find_kept_answer(self.session, actor.key, self.name, request_sha256)
        if kept is None:
            return None
        return _response(kept.status, kept.body, kept.location, {"Idempotency-Replayed": "true"})

    async def keep(
        self, actor: Actor, request_sha256: str, status: int, answer: BaseModel, location: str | None
    ) -> Response:
        """Return an answer, and keep it where the request has a name."""
        body = answer.model_dump_json()
        if self.name is not None and actor.key is not None:
            kept = KeptAnswer(
                key=actor.key,
                idempotency_key=self.name,
                request_sha256=request_sha256,
                status=status,
                location=location,
                body=body,
            )
            await keep_answer(self.session, kept)
        return _response(status, body, location, {})


Idempotent = Annotated[Once, Depends()]


def _is_plain(name: str) -> bool:
    return 1 <= len(name) <= MAX_IDEMPOTENCY_KEY and name.isprintable()


def _response(status: int, body: str, location: str | None, more: dict[str, str]) -> Response:
    place = {"Location": location} if location else {}
    return Response(body, status, {**_NO_STORE, **place, **more}, "application/json")
