"""Commands about areas, statements and actions, and about items of any kind."""

from planledger.domain.commands.base import Command
from planledger.events.values import StatementKind


class AddArea(Command, frozen=True, kw_only=True):
    """Add an area for improvement at the end of the plan."""

    number: str
    title: str


class AddStatement(Command, frozen=True, kw_only=True):
    """Add an objective, outcome or measure under an area, or nested in another statement."""

    area: str
    kind: StatementKind
    text: str
    parent: str | None = None


class AddAction(Command, frozen=True, kw_only=True):
    """Add an action under an area."""

    area: str
    ref: str
    text: str
    placeholder: bool = False


class RenumberItem(Command, frozen=True, kw_only=True):
    """Give an action another reference, or an area another number."""

    item: str
    to: str


class RewordItem(Command, frozen=True, kw_only=True):
    """Change an item's wording; a material change needs authority."""

    item: str
    to: str
    material: bool


class ResolvePlaceholder(Command, frozen=True, kw_only=True):
    """Say which actions define what a placeholder promised."""

    action: str
    replaced_by: tuple[str, ...]


class WithdrawItem(Command, frozen=True, kw_only=True):
    """Take an item out of the plan, naming what takes its place."""

    item: str
    replaced_by: tuple[str, ...] = ()
