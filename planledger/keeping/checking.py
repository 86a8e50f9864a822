"""Whether a ledger is whole: order, times, receipts, every entry, every plan, and the database."""

from msgspec import Struct

from planledger.domain.evolve import fold
from planledger.domain.record import key_of
from planledger.keeping.lines import Lines
from planledger.keeping.moment import Moment, Progress, unwatched
from planledger.keeping.walking import Finding, Findings, Walk
from planledger.ledger.loading import decode_entries
from planledger.projections.history import History
from planledger.storage.keeping import ChecksItself, Severity
from planledger.storage.port import EntryStore, StoreError

FOLD_STEPS = 16
"""In how many steps a plan is folded. Each may have to fold again what came before it."""


class Checked(Struct, frozen=True, kw_only=True):
    """What a check found."""

    entries: int
    plans: int
    commits: int
    position: int
    """Of the last entry; 0 where there is none."""
    sha256: str | None
    """Digest of the ledger, as the end of its export has it; None where it could not be read."""
    findings: tuple[Finding, ...]
    """The first of them."""
    wrong: int
    """How many say that the ledger is not whole; more than there are findings if many."""

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


def check(
    store: EntryStore, *, until: int | None = None, progress: Progress = unwatched
) -> Checked:
    """Check a ledger up to a position, by default its head; others may go on recording.

    Reads in pages: in memory are the receipts, and the plan that is folded, one at a time. Raises
    StoreError where the ledger cannot be read.
    """
    findings = Findings()
    flaws = store.flaws() if isinstance(store, ChecksItself) else ()
    for flaw in flaws:
        findings.flaw(flaw)
    if any(flaw.severity is Severity.DAMAGED for flaw in flaws):
        return Checked(
            entries=0,
            plans=0,
            commits=0,
            position=0,
            sha256=None,
            findings=tuple(findings.told),
            wrong=findings.wrong,
        )
    moment = Moment(store, until)
    walk, lines = Walk(moment.receipts, findings), Lines(moment)
    # Two looks at every entry: in order of position, and plan by plan.
    for _ in lines.past(walk.past(moment.entries(lambda done, of: progress(done, 2 * of)))):
        pass
    done = walk.entries
    for plan, entries in walk.entries_of.items():
        if plan not in walk.broken:
            _check_fold(store, plan, entries // FOLD_STEPS + 1, moment.last, findings)
        done += entries
        progress(done, 2 * walk.entries)
    return Checked(
        entries=walk.entries,
        plans=len(walk.entries_of),
        commits=walk.commits,
        position=moment.last,
        sha256=lines.sha256,
        findings=tuple(findings.told),
        wrong=findings.wrong,
    )


def _check_fold(store: EntryStore, plan: str, step: int, until: int, findings: Findings) -> None:
    """Fold a plan as the program does, step by step, and anew from the entries that stand."""
    history, last = History(), 0
    try:
        while records := store.read(plan=plan, after=last, until=until, limit=step):
            last = records[-1].position
            history.extend(decode_entries(records))
        problem = None
        if history.state(last) != fold(sorted(history.record.live(), key=key_of)):
            problem = "folded step by step it is not what it is folded anew"
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a fold makes of a damaged plan
        problem = f"it cannot be folded ({type(error).__name__}: {error})"
    if problem is not None:
        findings.damage(f"Of the plan {plan}: {problem}.", last)
