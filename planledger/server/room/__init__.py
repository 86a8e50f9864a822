"""The reading room over HTTP: pages, the papers made of them, and forms that record.

    visit -> a page as it was shown before, if nothing was recorded since and it is the same day
          -> reports/: a registered document is carried out, its template is filled in -> HTML

What a page says is `reports/`'; here is what HTTP says of it: addresses, statuses, tags, and what a
browser may do with it.
"""

from planledger.server.room.recording import Recording
from planledger.server.room.room import Room

__all__ = ["Recording", "Room"]
