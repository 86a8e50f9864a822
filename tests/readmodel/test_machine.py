"""The register follows offices at work: two plans, two writers, everything that rules let through.

A state machine of Hypothesis does to a ledger what offices do; whenever it is filled, in whatever
steps, the register must say what the ledger says.
"""

from datetime import timedelta
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from planledger.readmodel import checking
from planledger.readmodel.filling import Filler
from planledger.readmodel.opening import open_register
from planledger.readmodel.register import Register
from tests.support.depth import DEEP
from tests.support.machine import OfficeMachine
from tests.support.registers import expected, said


class RegisterMachine(OfficeMachine):
    """The offices, and a register that is filled now and then."""

    kind: ClassVar[str]

    def __init__(self) -> None:
        """Open an empty register of the ledger."""
        super().__init__()
        self.register: Register = open_register(self.stores[0], create=True)
        self.register.show()
        self.filler = Filler(self.stores[1], self.register)

    def teardown(self) -> None:
        """Hold the whole register against the ledger, then let go of it."""
        try:
            self.filler.catch_up()
            compared = checking.check(self.stores[0], self.register)
            assert compared.sound, compared.differences
        finally:
            self.register.close()
            super().teardown()

    @rule()
    def fill(self) -> None:
        """Fill the register up to the head."""
        assert self.filler.catch_up() == len(self.log)

    @rule(pick=st.integers(0, 99))
    @precondition(lambda machine: bool(machine.log))
    def fill_in_part(self, pick: int) -> None:
        """Fill it up to some commit, by a process that has just been started."""
        position = self.log[pick % len(self.log)].position
        reached = Filler(self.stores[0], self.register).catch_up(position)
        assert position <= reached <= len(self.log)

    @rule(pick=st.integers(0, 99), shift=st.sampled_from([-40, -1, 0, 1, 30, 400]))
    def ask(self, pick: int, shift: int) -> None:
        """Ask for a point that the register reaches to."""
        reached = self.register.last_commit()
        if reached is not None:
            position = 1 + pick % reached.last
            on = self.log[pick % reached.last].effective_on + timedelta(days=shift)
            assert said(self.register, position, on) == expected(self.ledgers[0], position, on)


class OverSqlite(RegisterMachine):
    """In files."""

    kind = "sqlite"


class OverPostgres(RegisterMachine):
    """In a database."""

    kind = "postgres"


TestOverSqlite = OverSqlite.TestCase
TestOverSqlite.settings = settings(max_examples=300 if DEEP else 15, stateful_step_count=30)
TestOverPostgres = OverPostgres.TestCase
TestOverPostgres.settings = settings(max_examples=100 if DEEP else 5, stateful_step_count=30)
