"""Whatever is sent, the answer is JSON that says what was wrong, and never our mistake."""

import json
from string import printable
from urllib.parse import quote_from_bytes

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from planledger.server.http.media import GRAPHQL, JSON
from tests.support.depth import DEEP

ANSWERED = {200, 304, 400, 404, 405, 406, 413, 414, 415}
NAMES = ("query", "documentId", "operationName", "variables", "extensions", "other")

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["{ __typename }", "query A { __typename }", "mutation { __typename }", "A"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
bodies = st.one_of(
    st.binary(max_size=200),
    values.map(lambda value: json.dumps(value).encode()),
    st.dictionaries(st.sampled_from(NAMES), values).map(lambda value: json.dumps(value).encode()),
    st.dictionaries(st.sampled_from(NAMES), values).map(
        lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    ),
)
headers = st.one_of(
    st.sampled_from([GRAPHQL, JSON, "*/*", f"{JSON}; charset=utf-8", f"{JSON};q=0.5"]),
    st.text(printable.strip(), max_size=60),
)


@settings(max_examples=2_000 if DEEP else 150)
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT"]),
    path=st.sampled_from(["/graphql", f"/graphql/d/{'0' * 64}", "/graphql/d/x"]),
    address=st.one_of(
        st.binary(max_size=60).map(quote_from_bytes),
        st.text("=&%;+?#" + printable.strip(), max_size=60),
        st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)),
    ),
    body=bodies,
    accept=headers,
    kind=headers,
    tag=headers,
)
def test_any_request_is_answered_or_refused(  # noqa: PLR0913, PLR0917 - all that a request has
    service: TestClient,
    method: str,
    path: str,
    address: dict[str, str] | str,
    body: bytes,
    accept: str,
    kind: str,
    tag: str,
) -> None:
    """A 500 is one that nobody thought of."""
    answer = service.request(
        method,
        path,
        params=address,
        content=body,
        headers={"accept": accept, "content-type": kind, "if-none-match": tag},
    )
    assert answer.status_code in ANSWERED | ({204} if method == "OPTIONS" else set())
    if answer.content:
        assert answer.headers["content-type"] in {GRAPHQL, JSON}
        assert set(answer.json()) & {"data", "errors"}
    assert answer.headers["vary"] == "Accept, Authorization"
