"""HEAD and OPTIONS, for every address that answers GET."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

READING = "GET, HEAD, OPTIONS"


class Heads:
    """Answer HEAD as GET would be, without its body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass HEAD on as GET; what streams sends nothing where `state` says that it is HEAD."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            return await self.app(scope, receive, send)

        async def send_on(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)

        scope["state"]["head"] = True
        await self.app({**scope, "method": "GET"}, receive, send_on)
        await send({"type": "http.response.body", "body": b""})
        return None
