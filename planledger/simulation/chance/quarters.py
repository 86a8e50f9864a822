"""What an office by chance does at the end of every quarter: figures, then reviews."""

from datetime import date, timedelta
from decimal import Decimal

from planledger.domain.commands import (
    AnswerChallenge,
    CloseReview,
    Figure,
    GiveRating,
    OpenReview,
    RaiseChallenge,
    RecordKpiReading,
    ReviseKpiReading,
)
from planledger.events.review import ChallengeRaised
from planledger.events.values import (
    Disposition,
    Period,
    Personal,
    Rating,
    ReadingStatus,
    RevisionCause,
)
from planledger.simulation.chance.opening import AREAS, KEY, forum, kpi
from planledger.simulation.chance.world import ANALYST, DIRECTOR, OFFICE, Steps, Wish, World


def quarter_of(day: date) -> Period:
    """Give the calendar quarter a day lies in."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    after = (first + timedelta(days=95)).replace(day=1)
    number = (first.month + 2) // 3
    return Period(first=first, last=after - timedelta(days=1), label=f"Q{number} {first.year}")


def close_quarter(world: World, ended: Period, before: Period | None) -> Steps:
    """Read the KPIs for a quarter that ended, settle those of the one before, and review."""
    for number in range(world.size.kpis):
        if before is not None and world.happens(80):
            yield _settled(world, kpi(number), before)
        yield Wish(
            ANALYST,
            RecordKpiReading(
                plan=world.plan,
                kpi=kpi(number),
                period=ended,
                figure=_figure(world, ReadingStatus.PROVISIONAL),
            ),
        )
    for number in range(world.size.forums):
        yield from _review(world, forum(number), ended)


def _settled(world: World, name: str, period: Period) -> Wish:
    return Wish(
        ANALYST,
        ReviseKpiReading(
            plan=world.plan,
            kpi=name,
            period=period,
            figure=_figure(world, ReadingStatus.FINAL),
            cause=world.one_of((RevisionCause.FINALISED, RevisionCause.REVISION)),
        ),
    )


def _figure(world: World, status: ReadingStatus) -> Figure:
    out_of = 8 + world.chance.randrange(400)
    done = world.chance.randrange(out_of + 1)
    share = (100 * Decimal(done) / Decimal(out_of)).quantize(Decimal("0.1"))
    return Figure(
        status=status,
        extracted_on=world.today,
        value=share,
        numerator=Decimal(done),
        denominator=Decimal(out_of),
    )


def _review(world: World, name: str, ended: Period) -> Steps:
    plan = world.plan
    review = f"{name}-{ended.first.year}-q{(ended.first.month + 2) // 3}"
    opened = OpenReview(plan=plan, review=review, forum=name, label=ended.label, as_at=ended.last)
    yield Wish(OFFICE, opened)
    for number in range(world.size.ratings):
        rating = world.one_of(tuple(Rating))
        rationale = Personal(words=f"It is {rating.value} since the last review.")
        item = str(number % AREAS + 1)
        yield Wish(
            DIRECTOR,
            GiveRating(
                plan=plan, review=review, item=item, key=KEY, rating=rating, rationale=rationale
            ),
        )
    if world.size.ratings and world.open_challenges:
        answer = Personal(words="It is being done.")
        challenge = world.open_challenges.pop()
        yield Wish(
            DIRECTOR,
            AnswerChallenge(
                plan=plan, challenge=challenge, disposition=Disposition.ACCEPTED, answer=answer
            ),
        )
    if world.size.ratings:
        text = Personal(words="What will be done about what is late?")
        item = world.one_of(world.actions)
        asked = yield Wish(OFFICE, RaiseChallenge(plan=plan, review=review, text=text, item=item))
        if asked is not None and isinstance(asked.event, ChallengeRaised):
            world.open_challenges.append(asked.event.challenge)
    yield Wish(OFFICE, CloseReview(plan=plan, review=review))
