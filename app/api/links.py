"""The Link header of lists (RFC 8288)."""

from starlette.datastructures import URL


def list_links(url: URL, next_cursor: str | None) -> str:
    """Return links to the next page and, from a later one, to the first; empty where there is neither."""
    links = []
    if next_cursor is not None:
        following = url.include_query_params(cursor=next_cursor)
        links.append(f'<{following.path}?{following.query}>; rel="next"')
    if "cursor=" in url.query:
        first = url.remove_query_params("cursor")
        links.append(f'<{first.path}{"?" if first.query else ""}{first.query}>; rel="first"')
    return ", ".join(links)


def changes_link(url: URL, after: int) -> str:
    """Return a link to the changes after a position."""
    following = url.include_query_params(after=after)
    return f'<{following.path}?{following.query}>; rel="next"'
