"""One act for every mutation, in an order in which each is accepted once."""

from tests.support.acts_base import DOCUMENT, PLAN, Act, filled
from tests.support.acts_delivery import DELIVERY
from tests.support.acts_items import ITEMS
from tests.support.acts_kpis import KPIS
from tests.support.acts_reviews import REVIEWS
from tests.support.acts_whole import WHOLE

__all__ = ["ACTS", "DOCUMENT", "PLAN", "Act", "filled"]

ACTS: tuple[Act, ...] = (*ITEMS, *KPIS, *REVIEWS, *DELIVERY, *WHOLE)
