"""What kind of party a name names, told from its words alone.

A post has a role in it ("manager", "chair"), a body ends in a word for a group ("team",
"board"), a collective in the plural of a role ("leads"), a person is two or three capitalised
words that mean nothing else (design page 2.1: 12 people, 3 posts, 1 collective, 1 body).
"""

import re
from itertools import pairwise

from planledger.documents.words import listed
from planledger.events.values import PartyKind

ROLES = listed(
    "manager officer director chair chairperson chairman chairwoman vice-chair head headteacher "
    "lead leader coordinator co-ordinator commissioner principal chief executive adviser advisor "
    "administrator analyst secretary practitioner consultant nurse doctor supervisor "
    "superintendent inspector commander treasurer mayor registrar clerk solicitor "
    "assistant deputy interim acting"
)
_NOT_ALONE = listed("chief executive assistant deputy interim acting")
_COLLECTIVES = listed(
    "leads leaders heads managers officers directors chairs partners agencies coordinators "
    "co-ordinators commissioners representatives members practitioners staff workers governors "
    "headteachers schools providers advisers advisors principals"
)
_BODIES = listed(
    "team teams board committee panel group subgroup sub-group forum partnership cabinet service "
    "services unit department directorate division meeting hub network assembly taskforce "
    "executive programme project"
)
_ORGANISATIONS = listed(
    "council trust police nhs authority university college school academy ltd limited plc "
    "ccg hospital charity company agency association foundation ofsted england constabulary "
    "health education housing commissioning finance legal hr safeguarding performance "
    "care communities partner public"
)
_OTHER_WORDS = listed(
    "the all children children's childrens adult adults family families social young people early "
    "help quality assurance improvement youth integrated corporate programme project business data "
    "strategic operational senior workforce development learning skills central local regional "
    "tbc tba tbd vacant january february march april june july august september october "
    "november december"
)
_TITLES = listed("dr mr mrs ms miss cllr councillor prof professor sir dame rev")
_PARTICLES = listed("de da van von der den la le bin al")
_NAME_WORD = re.compile(r"[^\W\d_](?:[\w'’.-]{0,30})")
_JOINS_ROLE = listed("of for to")
_AWAITED = re.compile(
    r"(?:t\.?b\.?[cad]\.?"
    r"|to be (?:confirmed|appointed|recruited|agreed|identified|determined|decided|advised))\.?",
    re.IGNORECASE,
)
_VACANT = re.compile(
    rf"(?:{_AWAITED.pattern}|vacant(?: post)?|vacancy|n/?a|none|not applicable|[-–—?.]*)\.?",
    re.IGNORECASE,
)


def words_of(name: str) -> tuple[str, ...]:
    """Give the words of a name in small letters, without marks around them."""
    trimmed = (word.strip(".,;:()'’\"").replace("’", "'").casefold() for word in name.split())
    return tuple(word for word in trimmed if word)


def is_vacant(name: str) -> bool:
    """Say whether words in the place of a lead name nobody: "TBC", "Vacant", nothing."""
    return len(name) < 40 and _VACANT.fullmatch(name.strip(" ()[]")) is not None  # noqa: PLR2004


def is_awaited(name: str) -> bool:
    """Say whether words in the place of a lead promise one: "TBC", "To be appointed"."""
    return is_vacant(name) and _AWAITED.fullmatch(name.strip(" ()[]")) is not None


def is_role(word: str) -> bool:
    """Say whether a word is one by which a post is known."""
    return words_of(word)[-1:] != () and words_of(word)[-1] in ROLES


def ends_party(word: str) -> bool:
    """Say whether a word is one that the name of a post, body or collective ends with."""
    last = words_of(word)[-1:]
    return bool(last) and (
        last[0] in ROLES - _NOT_ALONE or last[0] in _COLLECTIVES or last[0] in _BODIES
    )


def opens_post(name: str) -> bool:
    """Say whether a name begins "Chair of", "Head of", "Lead for"."""
    words = words_of(name)
    return any(
        word in ROLES and following in _JOINS_ROLE for word, following in pairwise(words[:4])
    )


def is_person(name: str) -> bool:
    """Say whether a name is a person's: two or three capitalised words that mean nothing else."""
    printed = name.split()
    words = words_of(name)
    if not words or len(words) != len(printed):
        return False
    if words[0] in _TITLES:
        printed, words = printed[1:], words[1:]
        fewest = 1
    else:
        fewest = 2
    counted = [word for word in words if word not in _PARTICLES]
    if not fewest <= len(counted) <= 3:  # noqa: PLR2004
        return False
    return all(
        word in _PARTICLES or _is_name_word(shown, word)
        for shown, word in zip(printed, words, strict=True)
    )


def kind_of(name: str) -> PartyKind | None:
    """Tell what kind of party a name names; None where its words do not say."""
    words = words_of(name)
    if not words:
        return None
    first, last = words[0], words[-1]
    chief = "chief executive" in " ".join(words)
    # The first that holds: a "Chair of the Board" is a post, a "Management Team" is none.
    tests = (
        (PartyKind.COLLECTIVE, last in _COLLECTIVES or first in _COLLECTIVES or first == "all"),
        (PartyKind.POST, opens_post(name) or last in ROLES - {"executive"}),
        (PartyKind.PERSON, is_person(name)),
        (PartyKind.BODY, last in _BODIES and not (chief and last == "executive")),
        (PartyKind.POST, chief or any(word in ROLES - _NOT_ALONE for word in words)),
        (PartyKind.ORGANISATION, any(word in _ORGANISATIONS for word in words)),
        (PartyKind.ORGANISATION, name.isupper() and " " not in name),
    )
    return next((kind for kind, holds in tests if holds), None)


def _is_name_word(shown: str, word: str) -> bool:
    if not shown[0].isupper() or not _NAME_WORD.fullmatch(shown.rstrip(".,")):
        return False
    plain_word = word not in ROLES | _COLLECTIVES | _BODIES | _ORGANISATIONS | _OTHER_WORDS
    # Two capitals or more and nothing else is an abbreviation; one may be an initial.
    return plain_word and not (len(word) > 1 and shown.isupper())
