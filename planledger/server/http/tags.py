"""Tags of what was sent, by which a client says what it has (RFC 9110, 8.8.3 and 13.1.2)."""

import re

from starlette.requests import Request

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def has(request: Request, tag: str) -> bool:
    """Tell whether a client has what a tag names (compared as weak ones are)."""
    stated = ",".join(request.headers.getlist("if-none-match"))
    return stated.strip() == "*" or tag in _TAG.findall(stated)
