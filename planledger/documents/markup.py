"""Markup left in a converted page: tags, entities, bold marks and bullets.

The reading loses the markup; the raw line or cell is kept beside it (design page 2.1:
"strip markup for the reading, keep the raw cell"). Every pattern here runs in linear time.
"""

import html
import re

# The ASCII record separator stands for a break that the markup makes: a paragraph, a list item.
_BREAK = "\x1e"
# A bullet character is one anywhere; a dash, star or "o" only where an item can begin.
_STRONG = "▪•●■◦‣⁃➢\uf0b7\uf0a7"
_WEAK = "-–—*·o"
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>ul|ol|li|p|br|div|b|i|u|em|strong|span|font|a|sup|sub)\b[^<>]*>",
    re.IGNORECASE,
)
_BREAKING = frozenset({"ul", "ol", "li", "p", "br", "div"})
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACES = re.compile(rf"[^\S\n{_BREAK}]+")
_AROUND_BREAKS = re.compile(rf" ?([\n{_BREAK}]) ?")
_BULLET = re.compile(
    rf"[{_STRONG}]|(?:\A|(?<=[\n{_BREAK}])|(?<=[;:.] )|(?<=; and ))[{re.escape(_WEAK)}] "
)
_LINE_BULLET = re.compile(
    rf"(?P<indent>[^\S\n]*)(?P<bullet>[{_STRONG}]+|[{re.escape(_WEAK)}](?=\s)"
    r"|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)](?=\s))\s*"
)
_LIST_END = re.compile(r"(?:;|,)?\s*\band\Z|[;,]\Z")
_FINISHED = (".", ";", ":", "!", "?")
_TAB_WIDTH = 4


def plain(text: str) -> str:
    """Give the text without tags, entities, bold marks or runs of space."""
    return _tidy(_unmarked(text).replace(_BREAK, " "))


def shown(text: str, most: int = 120) -> str:
    """Give a text for a message to a person: plain, and cut where it is very long."""
    kept = plain(text[: 4 * most])
    return kept if len(kept) <= most else f"{kept[:most].rstrip()} …"


def pieces(cell: str) -> tuple[str, ...]:
    """Split a cell where its markup breaks it: paragraphs, list items, bullet characters."""
    spaced = _spaced(_unmarked(cell))
    parts = (_tidy(part) for run in spaced.split(_BREAK) for part in _BULLET.split(run))
    return tuple(part for part in parts if part)


def list_items(cell: str) -> tuple[str, ...]:
    """Split a cell into the items of its list; one item where it holds none.

    Words that introduce the list ("The following agreed:") go with its first item.
    """
    items = list(pieces(cell))
    if len(items) > 1 and items[0].endswith(":"):
        items[:2] = [f"{items[0]} {items[1]}"]
    return tuple(text for text in map(without_list_end, items) if text)


def introduces_list(cell: str) -> bool:
    """Say whether words that end with a colon stand before the first item of a list."""
    found = pieces(cell)
    return len(found) > 1 and found[0].endswith(":")


def readable(cell: str) -> str:
    """Give a cell that holds one text, its list joined into a sentence without bullets."""
    parts = pieces(cell)
    joined = " ".join(
        part if place == len(parts) or part.endswith((*_FINISHED, ",", " and")) else f"{part};"
        for place, part in enumerate(parts, 1)
    )
    return without_list_end(joined)


def without_list_end(text: str) -> str:
    """Give the text without the ";" or "; and" that only says the list goes on."""
    kept = text.rstrip()
    # A bounded tail: looking for the mark from the left would be slow on a very long text.
    head, tail = kept[:-8], kept[-8:]
    # "and" alone is a list's end only after a mark; otherwise it is the text's own word.
    if tail.endswith("and") and not tail[:-3].rstrip().endswith((";", ",")):
        return kept
    return (head + _LIST_END.sub("", tail)).rstrip()


def goes_on(text: str) -> bool:
    """Say whether a list item promises that another one follows: it ends "; and"."""
    kept = plain(text)
    return kept.endswith("and") and kept[:-3].rstrip().endswith((";", ","))


def is_finished(text: str) -> bool:
    """Say whether a text ends as a sentence or a list item does."""
    return text.endswith(_FINISHED) or goes_on(text)


def line_bullet(text: str) -> tuple[int, str] | None:
    """Give the depth of the indent of a bulleted line and what follows the bullet, if it is one."""
    found = _LINE_BULLET.match(text)
    if found is None:
        return None
    return len(found["indent"].expandtabs(_TAB_WIDTH)), text[found.end() :]


def _unmarked(text: str) -> str:
    def mark(tag: re.Match[str]) -> str:
        if tag["name"].lower() not in _BREAKING:
            return ""
        is_item = tag["name"].lower() == "li" and not tag["close"]
        return f"{_BREAK}▪ " if is_item else _BREAK

    without_tags = _TAG.sub(mark, text.replace("**", " "))
    # Entities last: "&lt;b&gt;" is text about a tag, not a tag.
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), without_tags)


def _spaced(text: str) -> str:
    return _AROUND_BREAKS.sub(r"\1", _SPACES.sub(" ", text)).strip(" ")


def _tidy(text: str) -> str:
    return " ".join(text.split())
