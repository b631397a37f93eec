"""The Link header of lists (RFC 8288)."""

from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import URL


def list_links(url: URL, next_cursor: str | None) -> str:
    """Return links to the next page and, from a later one, to the first; empty where there is neither."""
    links = []
    asked = [one for one in parse_qsl(url.query, keep_blank_values=True) if one[0] != "cursor"]
    if next_cursor is not None:
        links.append(f'<{url.path}?{urlencode([*asked, ("cursor", next_cursor)])}>; rel="next"')
    if "cursor=" in url.query:
        links.append(f'<{url.path}{"?" if asked else ""}{urlencode(asked)}>; rel="first"')
    return ", ".join(links)


def changes_link(url: URL, after: int) -> str:
    """Return a link to the changes after a position."""
    following = url.include_query_params(after=after)
    return f'<{following.path}?{following.query}>; rel="next"'
