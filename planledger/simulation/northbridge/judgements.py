"""How each forum judged what, review by review, and why where it was not green or blue."""

from planledger.simulation.northbridge.accounts import BOARD, SCRUTINY

JUDGED = {
    BOARD: {
        "1": "GAAGAGGA",
        "2": "GGAGGAAG",
        "3": "GAARRAAA",
        "4": "GGGGGAAG",
        "5": "GGAAAAAR",
        "6": "GGGAAAAA",
        "1.3": "GGAAAAGA",
        "2.3": "GARAGAAA",
        "3.2": "GARRRRRR",
        "3.3": "GAARR---",
        "3.5": "GGBBABBB",
        "5.4": "GAAAGAAA",
        "3.5/3": "-GBBABBB",
        "4.4/3": "GGABAAAB",
        "2.3/2": "--AAB-AA",
    },
    SCRUTINY: {
        "1": "AAAAGGGG",
        "2": "RAAAAAAG",
        "3": "RRARRAAG",
        "4": "AAAGAAGG",
        "5": "AAAAAAAA",
        "6": "AAGAAGGA",
    },
}
"""By item, one letter a review: blue, green, amber, red, "-" where it was not judged."""

WHY = {
    (BOARD, "1", "A"): "Posts are filled more slowly than promised.",
    (BOARD, "2", "A"): "Learning from audits is behind the rest of the area.",
    (BOARD, "3", "A"): "What the council does alone is on course; what partners do is not.",
    (BOARD, "3", "R"): "Two partner-led actions have not moved for half a year.",
    (BOARD, "4", "A"): "Conferences slip again.",
    (BOARD, "5", "A"): "The strategy came late, and what follows from it with it.",
    (BOARD, "5", "R"): "Wrap-around support has not begun two years on.",
    (BOARD, "6", "A"): "There are not enough homes.",
    (BOARD, "1.3", "A"): "Behind the number of posts to be filled.",
    (BOARD, "2.3", "A"): "It has no lead, or a new one, and a later date.",
    (BOARD, "2.3", "R"): "It had no lead for nine weeks.",
    (BOARD, "3.2", "A"): "The police have not named who answers for it.",
    (BOARD, "3.2", "R"): "On hold; the police have not answered.",
    (BOARD, "3.3", "A"): "The trust has no post for it.",
    (BOARD, "3.3", "R"): "On hold, without a date.",
    (BOARD, "3.5", "A"): "Reopened after the focused visit.",
    (BOARD, "5.4", "A"): "The upgrade waits for a decision.",
    (BOARD, "3.5/3", "A"): "Reopened: nobody had checked that the response is carried out.",
    (BOARD, "4.4/3", "A"): "One conference in four is late.",
    (BOARD, "2.3/2", "A"): "Not in use in every team.",
    (SCRUTINY, "1", "A"): "Families still tell of a new social worker every few months.",
    (SCRUTINY, "2", "A"): "Managers are better supported; families cannot tell.",
    (SCRUTINY, "2", "R"): "Nothing had begun that families could notice.",
    (SCRUTINY, "3", "A"): "The front door answers sooner; many families come back.",
    (SCRUTINY, "3", "R"): "More families come back than before.",
    (SCRUTINY, "4", "A"): "Plans are easier to read; not all parents have seen one.",
    (SCRUTINY, "5", "A"): "Fewer moves, but health assessments are still late.",
    (SCRUTINY, "6", "A"): "Some care leavers still live in hotels.",
    ("board-2024-q4", "3"): "Health and police: no progress since July, and no date.",
    ("board-2025-q3", "2.3"): "Internal audit found the framework in four of nine teams.",
}
"""By forum, item and letter; a review may have words of its own."""
