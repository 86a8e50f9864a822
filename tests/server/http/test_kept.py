"""What is kept has bounds, and is let go of when something is erased."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from planledger.graphql.execution import Question
from planledger.server.http.kept import KeptAnswers, final


def question(number: int) -> Question:
    """Give one of many questions."""
    return Question("{ __typename }", {"number": number})


def keep(kept: KeptAnswers, number: int, body: bytes = b"x") -> bool:
    """Keep the answer to one of them."""
    return kept.keep(kept.key(question(number)), final(body))


def there(kept: KeptAnswers, *numbers: int) -> list[int]:
    """Give those of them that are kept, without asking for them."""
    return [number for number in numbers if kept.key(question(number)) in kept._answers]


def test_what_was_not_asked_for_longest_goes_first() -> None:
    """What is asked again and again stays."""
    kept = KeptAnswers(most_answers=3)
    for number in (1, 2, 3):
        assert keep(kept, number)
    assert kept.find(kept.key(question(1))) == final(b"x")
    keep(kept, 4)
    assert there(kept, 1, 2, 3, 4) == [1, 3, 4]


def test_no_more_bytes_are_kept_than_there_is_room_for() -> None:
    """Documents and variables count: a client chooses them."""
    kept = KeptAnswers(most_bytes=10_000)
    for number in range(100):
        assert keep(kept, number, b"x" * 1_000)
        answers, taken = kept.size
        assert taken <= 10_000
        assert answers <= 9
    long = kept.key(Question("#" * 1_300))
    assert not kept.keep(long, final(b"x")), "It would take more than its part of the room."
    assert kept.size[0] == 9


def test_kept_twice_it_counts_once() -> None:
    """Two who ask at once both carry it out."""
    kept = KeptAnswers()
    keep(kept, 1)
    before = kept.size
    keep(kept, 1)
    assert kept.size == before


def test_after_an_erasure_nothing_is_found_nor_kept_that_was_read_before() -> None:
    """Else what was erased would be told on, by whoever asked a moment before."""
    kept = KeptAnswers()
    keep(kept, 1)
    being_carried_out = kept.key(question(2))
    kept.forget()
    assert kept.size == (0, 0)
    assert not kept.keep(being_carried_out, final(b"erased"))
    assert (there(kept, 1, 2), kept.size) == ([], (0, 0))
    assert keep(kept, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": "1"}),
        ({"a": 1}, {"a": 1.0}),
        ({"a": None}, {}),
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": True}, {"a": 1}),
        ({"a": {"b": 1}}, {"a": {"b": 2}}),
    ],
)
def test_variables_that_differ_are_told_apart(
    one: dict[str, object], other: dict[str, object]
) -> None:
    """Two questions under one key would be given one answer."""
    kept = KeptAnswers()
    assert kept.key(Question("x", one)) != kept.key(Question("x", other))


def test_variables_are_the_same_in_any_order() -> None:
    """Clients build them from maps without an order."""
    kept = KeptAnswers()
    one = {"a": {"x": 1, "y": 2}, "b": 3}
    other = {"b": 3, "a": {"y": 2, "x": 1}}
    assert kept.key(Question("x", one)) == kept.key(Question("x", other))


def test_many_threads_leave_it_in_order() -> None:
    """What is counted must be what is there, whoever let go of what."""
    kept = KeptAnswers(most_answers=20, most_bytes=2_000)

    def work(start: int) -> None:
        for number in range(start, start + 300):
            keep(kept, number % 50, b"x" * (number % 90))
            kept.find(kept.key(question(number % 50)))
            if number % 100 == 0:
                kept.forget()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(0, 40, 10)))
    held = sum(key.size + len(answer.body) for key, answer in kept._answers.items())
    assert kept.size == (len(kept._answers), held)
    assert held <= 2_000
