"""What bears another number now than the one it is asked for by, and how to get to it."""

from collections.abc import Iterable

from planledger.reports.desk import Data, DeclinedError
from planledger.reports.pages.page import Visit
from planledger.reports.pages.rendering import link


def renumbered(areas: Iterable[Data], ref: str) -> tuple[str, str] | None:
    """Give the number that an area or action had before, and has now, by which an item went.

    `areas` and their actions have `ref` and `formerRefs`.
    """
    for one in (one for area in areas for one in (area, *area["actions"])):
        for former in one["formerRefs"]:
            # What is in it bears its ref: "1.4/2", "4/outcome/2".
            if former != one["ref"] and (ref == former or ref.startswith(f"{former}/")):
                return former, one["ref"]
    return None


def not_there(
    declined: DeclinedError, areas: Iterable[Data], visit: Visit, under: str
) -> DeclinedError:
    """Say what an item is called now that is not there by its ref; else how to look for it.

    `under` is what is shown of it: "items", "history".
    """
    plan, ref = visit.plan, visit.path["item"]
    found = renumbered(areas, ref)
    if found is None:
        search = link(["search"], q=ref[:80], plan=plan)
        way = (search, f"Search {plan} as it is now for {ref[:80]}")
        return DeclinedError(declined.code, declined.message, way)
    former, now = found
    leads_to = f"{now}{ref.removeprefix(former)}"
    address = link(["plans", plan, under, leads_to], **visit.carried)
    return DeclinedError(declined.code, f"{former} is {now} now.", (address, f"Look at {leads_to}"))
