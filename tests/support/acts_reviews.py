"""Acts at forums and their reviews."""

from tests.support.acts_base import Act

REVIEWS: tuple[Act, ...] = (
    Act(
        mutation="forumEstablish",
        given={"forum": "scrutiny", "name": "Scrutiny Panel", "remit": "Impact", "everyMonths": 3},
        noun="forum",
        shown="ref name remit everyMonths",
        then={"ref": "scrutiny", "name": "Scrutiny Panel", "remit": "Impact", "everyMonths": 3},
        events=({"__typename": "ForumEstablished", "remit": "Impact", "everyMonths": 3},),
        payload="... on ForumEstablished { remit everyMonths }",
        refused=({"name": "Another"}, "REF_IN_USE", "forum"),
    ),
    Act(
        mutation="reviewOpen",
        given={
            "review": "scrutiny-q1", "forum": "scrutiny", "label": "Q1 2026", "asAt": "2026-01-31",
        },
        noun="review",
        shown="ref label asAt openedOn closedOn closedAt forum { ref }",
        then={
            "ref": "northbridge/scrutiny-q1", "label": "Q1 2026", "asAt": "2026-01-31",
            "openedOn": "2026-02-12", "closedOn": None, "closedAt": None,
            "forum": {"ref": "scrutiny"},
        },
        events=({"__typename": "ReviewOpened", "label": "Q1 2026", "asAt": "2026-01-31"},),
        payload="... on ReviewOpened { label asAt }",
        refused=({"review": "scrutiny-q2"}, "REVIEW_OPEN", "forum"),
    ),
    Act(
        mutation="ratingKeyAdopt",
        given={
            "key": "rag", "name": "Red, amber, green",
            "meanings": [
                {"rating": "GREEN", "meaning": "On course"},
                {"rating": "AMBER", "meaning": "Done, awaiting sign-off"},
            ],
        },
        noun="ratingKey",
        shown="ref version name meanings { rating meaning } effectiveOn",
        then={
            "ref": "rag", "version": 1, "name": "Red, amber, green", "effectiveOn": "2026-02-12",
            "meanings": [
                {"rating": "GREEN", "meaning": "On course"},
                {"rating": "AMBER", "meaning": "Done, awaiting sign-off"},
            ],
        },
        events=(
            {
                "__typename": "RatingKeyAdopted", "key": "rag", "keyVersion": 1,
                "meanings": [{"rating": "GREEN"}, {"rating": "AMBER"}],
            },
        ),
        payload="... on RatingKeyAdopted { key keyVersion meanings { rating } }",
        refused=({"name": "Traffic lights"}, "REASON_REQUIRED", "reason"),
    ),
    Act(
        mutation="ratingGive",
        given={
            "review": "scrutiny-q1", "item": "1.1/1", "key": "rag", "rating": "AMBER",
            "rationale": "The minutes are missing",
        },
        noun="rating",
        shown="item review key keyVersion rating meaning rationale on",
        then={
            "item": "1.1/1", "review": "northbridge/scrutiny-q1", "key": "rag", "keyVersion": 1,
            "rating": "AMBER", "meaning": "Done, awaiting sign-off",
            "rationale": "The minutes are missing", "on": "2026-02-12",
        },
        events=({"__typename": "RatingGiven", "rating": "AMBER", "review": "scrutiny-q1"},),
        payload="... on RatingGiven { rating review }",
        refused=({"rating": "BLUE"}, "RATING_UNKNOWN", "rating"),
    ),
    Act(
        mutation="challengeRaise",
        given={
            "review": "scrutiny-q1", "item": "1.1", "text": "Show the minutes",
            "responseDue": "2026-03-31",
        },
        noun="challenge",
        shown="review item text responseDue raisedOn disposition answer answeredOn",
        then={
            "review": "northbridge/scrutiny-q1", "item": "1.1", "text": "Show the minutes",
            "responseDue": "2026-03-31", "raisedOn": "2026-02-12", "disposition": None,
            "answer": None, "answeredOn": None,
        },
        events=({"__typename": "ChallengeRaised", "text": "Show the minutes"},),
        payload="... on ChallengeRaised { text }",
        refused=({"text": "Why?", "item": "7.7"}, "UNKNOWN_ITEM", "item"),
        save="challenge",
    ),
    Act(
        mutation="challengeAnswer",
        given={"challenge": "$challenge", "disposition": "PARTLY_ACCEPTED", "answer": "In May"},
        noun="challenge",
        shown="text disposition answer answeredOn",
        then={
            "text": "Show the minutes", "disposition": "PARTLY_ACCEPTED", "answer": "In May",
            "answeredOn": "2026-02-12",
        },
        events=(
            {"__typename": "ChallengeAnswered", "answer": "In May"},
        ),
        payload="... on ChallengeAnswered { answer }",
        refused=({"answer": "In June"}, "CHALLENGE_ANSWERED", "challenge"),
    ),
    Act(
        mutation="reviewClose",
        given={"review": "scrutiny-q1"},
        noun="review",
        shown="ref closedOn ratings { item rating } challenges { text answer }",
        then={
            "ref": "northbridge/scrutiny-q1", "closedOn": "2026-02-12",
            "ratings": [{"item": "1.1/1", "rating": "AMBER"}],
            "challenges": [{"text": "Show the minutes", "answer": "In May"}],
        },
        events=({"__typename": "ReviewClosed", "review": "scrutiny-q1"},),
        payload="... on ReviewClosed { review }",
        refused=({"review": "scrutiny-q9"}, "UNKNOWN_ITEM", "review"),
    ),
)  # fmt: skip
