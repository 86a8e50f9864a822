"""Which media types go in and out, and what a header says of them (RFC 9110, 12.5.1)."""

import re
from functools import lru_cache

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
"""What is answered to whoever does not say, or does not mind."""

_QUALITY = re.compile(r"0(\.[0-9]{0,3})?|1(\.0{0,3})?")
_HEADERS_KEPT = 256
"""How many different headers are remembered: clients send the same few again and again."""


@lru_cache(_HEADERS_KEPT)
def wanted(accept: str, offered: tuple[str, ...]) -> str | None:
    """Give the media type that an Accept header wants most; None where it admits none of them.

    Among several that are named and wanted alike, the one offered first. A wildcard alone is no
    wish for anything new: it means JSON, where that is offered and not refused.
    """
    ranges = _ranges(accept) or {"*/*": 1.0}
    found: list[tuple[float, int, int, str]] = []
    for index, media_type in enumerate(offered):
        quality, precision = _quality(media_type, ranges)
        if quality > 0:
            meant = precision != _EXACT and media_type == JSON
            order = 1 if meant else -index
            found.append((quality, precision, order, media_type))
    return max(found)[-1] if found else None


_EXACT = 2


def _quality(media_type: str, ranges: dict[str, float]) -> tuple[float, int]:
    """Give how much it is wanted, by the most precise range that it falls in, and how precise."""
    kind = media_type.partition("/")[0]
    fits = ("*/*", f"{kind}/*", media_type)
    said = [(ranges[fit], precision) for precision, fit in enumerate(fits) if fit in ranges]
    return said[-1] if said else (0.0, 0)


def _ranges(accept: str) -> dict[str, float]:
    """Read a header; a range that says nothing sensible of how much it is wanted is left out."""
    ranges: dict[str, float] = {}
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        said = [piece[2:].strip() for piece in parameters if piece.startswith("q=")]
        if name and all(_QUALITY.fullmatch(quality) for quality in said):
            ranges[name] = max(ranges.get(name, 0.0), min(map(float, said), default=1.0))
    return ranges


@lru_cache(_HEADERS_KEPT)
def is_json(content_type: str) -> bool:
    """Tell whether a body of this Content-Type is JSON in UTF-8, the one kind that is taken."""
    name, *parameters = (piece.strip() for piece in content_type.lower().split(";"))
    said = dict(piece.partition("=")[::2] for piece in parameters)
    return name == JSON and said.get("charset", "utf-8").strip('"') in {"utf-8", "utf8"}
