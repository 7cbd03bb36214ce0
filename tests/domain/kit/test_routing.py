"""Finding an endpoint by its path, and binding what the request holds."""

import pytest

from domain.kit.endpoint import EndpointGroup
from domain.kit.errors import DomainError, ValidationFailedError
from domain.kit.permissions import MEMBER
from domain.kit.routing import RoutingTable, bind, split_path
from domain.kit.schemas import ID_MAX, RecordId, WireModel


class Body(WireModel):
    item_id: RecordId


class Query(WireModel):
    page_size: int = 12


def group():
    endpoint = EndpointGroup("Things")

    @endpoint.get("/things", permission=MEMBER, query=Query)
    def list_things(ctx, query): ...

    @endpoint.get("/things/new", permission=MEMBER)
    def new_thing(ctx): ...

    @endpoint.get("/things/{thing_id}", permission=MEMBER)
    def get_thing(ctx, thing_id: int): ...

    @endpoint.get("/things/{thing_id}/parts/{name}", permission=MEMBER)
    def get_part(ctx, thing_id: int, name: str): ...

    @endpoint.get("/things/new/parts", permission=MEMBER)
    def new_parts(ctx): ...

    @endpoint.post("/things", "/Stuff", permission=MEMBER, body=Body)
    def create_thing(ctx, body): ...

    return endpoint


@pytest.fixture
def table():
    return RoutingTable(group().endpoints)


@pytest.mark.parametrize(
    ("method", "path", "handler", "values"),
    [
        ("GET", "/things", "list_things", []),
        ("GET", "things/", "list_things", []),
        ("GET", "//things//", "list_things", []),
        ("GET", "/THINGS/5", "get_thing", ["5"]),
        ("GET", "/things/new", "new_thing", []),
        ("GET", "/things/New/", "new_thing", []),
        ("GET", "/things/new/parts", "new_parts", []),
        ("GET", "/things/new/parts/Bolt", "get_part", ["new", "Bolt"]),  # back from the fixed segment to the parameter
        ("GET", "/things/5/parts/Bolt", "get_part", ["5", "Bolt"]),
        ("POST", "/things", "create_thing", []),
        ("POST", "/stuff", "create_thing", []),
    ],
)
def test_find(table, method, path, handler, values):
    endpoint, found = table.find(method, path)
    assert (endpoint.handler.__name__, found) == (handler, values)


@pytest.mark.parametrize("path", ["/", "", "/thing", "/things/5/parts", "/things/5/6", "/things/5/parts/a/b"])
def test_no_such_path(table, path):
    with pytest.raises(DomainError) as refusal:
        table.find("GET", path)
    assert (refusal.value.code.type, refusal.value.status) == ("ROUTE_NOT_FOUND", 404)
    assert refusal.value.message.startswith("Cannot GET /api/")


def test_a_path_without_that_method(table):
    with pytest.raises(DomainError) as refusal:
        table.find("DELETE", "/things")
    assert (refusal.value.status, refusal.value.headers) == (405, {"Allow": "GET, POST"})


def test_long_paths_are_cut_in_the_answer(table):
    with pytest.raises(DomainError) as refusal:
        table.find("GET", "/x" * 5000)
    assert len(refusal.value.message) < 300


def test_nothing_is_declared_twice():
    with pytest.raises(RuntimeError, match="declared twice"):
        RoutingTable([*group().endpoints, *group().endpoints])
    endpoint = EndpointGroup("Open")
    with pytest.raises(RuntimeError, match="declares no permission"):
        endpoint.get("/open")


def bound(table, method, path, query="", body=b""):
    endpoint, values = table.find(method, path)
    return bind(endpoint, values, query, body)


def test_bind(table):
    assert bound(table, "GET", "/things/7/parts/Bolt%20") == {"thing_id": 7, "name": "Bolt%20"}
    assert bound(table, "GET", "/things", "pageSize=5&other=1")["query"].page_size == 5
    assert bound(table, "POST", "/things", body=b'{"itemId": "12", "other": 1}')["body"].item_id == 12
    assert bound(table, "GET", f"/things/{ID_MAX}") == {"thing_id": ID_MAX}


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "5x", "٥", str(ID_MAX + 1), "9" * 30, "%31"])
def test_ids_are_numbers(table, value):
    with pytest.raises(DomainError) as refusal:
        bound(table, "GET", f"/things/{value}")
    assert (refusal.value.code.type, refusal.value.status) == ("NUMERIC_ID_EXPECTED", 400)
    assert refusal.value.message == "Validation failed (numeric string is expected)"


def test_a_body_is_checked(table):
    with pytest.raises(ValidationFailedError):
        bound(table, "POST", "/things", body=b"{}")
    with pytest.raises(DomainError, match="not valid JSON"):
        bound(table, "POST", "/things", body=b"{")


def test_split_path():
    assert split_path("/a//b/") == ["a", "b"]
    assert split_path("") == []
