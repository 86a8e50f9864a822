"""The service over HTTP: a ledger becomes an app, and an app becomes processes that serve it.

`app.py` puts the parts together, `http/` is GraphQL over HTTP, `requests.py` tells of every
request, `health.py`, `metrics.py` and `logs.py` are for whoever operates it, and `workers.py` runs
it, in one process or several. Importing any of them opens nothing.
"""

from planledger.server.address import NotLoopbackError, check_host, listen, url_of
from planledger.server.app import make_app

__all__ = ["NotLoopbackError", "check_host", "listen", "make_app", "url_of"]
