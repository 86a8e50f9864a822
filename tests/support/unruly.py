"""Texts that people paste, and that mean harm to whoever does not expect them."""

from typing import Final

UNRULY: Final = {
    "nothing": "",
    "blank": "   ",
    "a script": "<script>alert(1)</script>",
    "code of typst": '#eval("1") #panic() $x$ *b* _i_ @ref <label> `raw` \\ // = Heading',
    "ends of strings": '"\'\\"\\u{0} #{ } [ ] ]]>',
    "a formula": '=HYPERLINK("http://example.org";"1+1")',
    "a control": "\0\x01\x1b[31m\x7f\x85",
    "half of a character": "\ud800 and \udfff",
    "marks of direction": "\u202eright to left\u202c \u2067isolated\u2069 \u200f",
    "an unclosed override": "\u202e\u202e\u2067 for ever",
    "Arabic and Hebrew": "محمد علي، שלום",
    "South Asia": "ਗੁਰਪ੍ਰੀਤ কামাল પટેલ தமிழ் नमस्ते",
    "East Asia": "王小明 김민수 たなか",
    "pictures": "👩‍👩‍👧 🇬🇧 ☺️ 👍🏽",
    "marks without end": "a" + "\u0301" * 60,
    "a mark on a line of its own": "\n\u08f5",
    "forbidden everywhere": "\ufeff\ufffe\uffff\U000fffff",
    "ten thousand letters": "x" * 10_000,
    "ten thousand wide letters": "W" * 10_000,
    "ten thousand words": "word " * 2_000,
    "lines": "one\ntwo\r\nthree\rfour\u2028five\x0bsix\n\n\nseven",
    "spaces": "\t a  b   c\u00a0d\u3000e \t",
}


def as_kept(text: str) -> str:
    """Give a text as a spreadsheet can keep it: XML has no control characters, nor half ones."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one if _fits(ord(one)) else f"[U+{ord(one):04X}]" for one in kept)


def _fits(number: int) -> bool:
    """Tell whether XML 1.0 may hold a character."""
    return (
        number in {0x9, 0xA, 0xD}
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or number >= 0x10000
    )
