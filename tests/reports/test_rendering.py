"""Templates are filled in with what others wrote, and with nothing else."""

import pytest
from jinja2 import UndefinedError

from planledger.reports.pages import rendering
from planledger.reports.pages.rendering import Rendering, is_isolated, link

HOSTILE = '<b onclick="x">\'&\u202e'


def _filled(template: str, **given: object) -> str:
    templates = Rendering(records=False)._templates
    return templates.from_string(template).render(given)


def test_what_is_put_in_is_escaped_also_where_its_direction_is_kept_apart() -> None:
    """One place that is forgotten is enough."""
    escaped = "&lt;b onclick=&#34;x&#34;&gt;&#39;&amp;\u202e"
    assert _filled("{{ text }}", text=HOSTILE) == escaped
    assert _filled("{{ text|bdi }}", text=HOSTILE) == f"<bdi>{escaped}</bdi>"
    assert is_isolated("a") == "<bdi>a</bdi>"


def test_a_field_is_read_as_what_the_answer_holds_and_not_as_a_method() -> None:
    """`items` and `values` are names that a schema may have."""
    assert _filled("{{ it.items }} {{ it.keys }}", it={"items": "1.4", "keys": "rag"}) == "1.4 rag"
    assert _filled('{{ it.get("a", "none") }}', it={"b": 1}) == "none"


def test_a_field_that_was_not_asked_for_is_an_error_and_not_an_empty_place() -> None:
    """An empty place on a page would be read as: there is none."""
    with pytest.raises(UndefinedError, match="text"):
        _filled("{{ it.text }}", it={"ref": "1.4"})


def test_a_link_keeps_what_it_is_made_of_apart() -> None:
    """A ref with a question mark in it must not become a query."""
    assert link(["plans", "a b", "items", "1.4/2"]) == "/plans/a%20b/items/1.4/2"
    assert link(["plans", "?x=1#y"], on=None, q="") == "/plans/%3Fx%3D1%23y"
    assert link([], q="a&b=c", known="@5") == "/?q=a%26b%3Dc&known=@5"


def test_an_asset_is_named_by_its_bytes() -> None:
    """It may be kept for ever only since another one has another name."""
    css = rendering.asset("room.css")
    assert css.startswith("/assets/")
    assert css != rendering.asset("room.js")
    assert css == rendering.asset("room.css")
