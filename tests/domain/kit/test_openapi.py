"""The OpenAPI document is valid, complete, the same every time, and true: answers have the form that it promises."""

import random
import re
from collections import Counter
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import jsonschema
import pytest
import schemathesis

from domain.catalog import tenant_endpoints
from domain.kit.endpoint import Answer, EndpointGroup, Scope
from domain.kit.errors import ErrorCode
from domain.kit.lists import ListQuery
from domain.kit.openapi import docs_page, openapi_document
from domain.kit.permissions import MEMBER, PUBLIC, SIGNED_IN, Account
from domain.kit.schemas import Amount, RecordId, RequiredText, WireModel
from domain.kit.wire import dump_json

MALICE = "<script>alert('x')</script> & \"quotes\""
TEST_REFUSED = ErrorCode("TEST_OPENAPI_REFUSED", f"Refused {MALICE}", 409, aliases=("TEST.OPENAPI.REFUSED",))


class InnerIn(WireModel):
    precision: int = 2


class LineIn(WireModel):
    amount: Amount
    item_id: RecordId


class ThingIn(WireModel):
    name: RequiredText
    lines: list[LineIn]


class ThingQuery(ListQuery):
    ids: tuple[RecordId, ...] = ()
    number_format: InnerIn = InnerIn()
    only: str | None = None


class ThingOut(WireModel):
    """A thing."""

    id: int
    amount: Decimal
    note: str | None


def make_group() -> EndpointGroup:
    group = EndpointGroup("Things & more")

    @group.get(
        "/things", permission=MEMBER, query=ThingQuery, returns=list[ThingOut], media_types=("application/json", "text/csv")
    )
    def list_things(ctx: Any, query: ThingQuery) -> list[Any]:
        """All things

        Those of `everyone`.
        """
        return []

    @group.get("/things/{name}", permission=PUBLIC, returns=ThingOut)
    def find_thing(ctx: Any, name: str) -> Any: ...

    @group.put("/things/{thing_id}", permission=Account.edit, any_of=(Account.create,), body=ThingIn, errors=(TEST_REFUSED,))
    @group.post("/things/{thing_id}/edit", permission=Account.edit, body=ThingIn, errors=(TEST_REFUSED,))
    def edit_thing(ctx: Any, thing_id: int, body: ThingIn) -> Answer:
        """Change <b>one</b> thing"""

    @group.delete("/things/{thing_id}", permission=Account.delete, idempotent=False)
    def delete_thing(ctx: Any, thing_id: int) -> Answer: ...

    return group


def make_document() -> dict[str, Any]:
    return openapi_document(make_group().endpoints, title=f"Things {MALICE}", version="1.2.3")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi_document(tenant_endpoints(), title="Countinghouse", version="1")


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, operation) for path, item in document["paths"].items() for method, operation in item.items()]


def resolve(document: dict[str, Any], reference: str) -> Any:
    target: Any = document
    for step in reference.removeprefix("#/").split("/"):
        target = target[step]
    return target


def every(value: Any, key: str) -> list[Any]:
    """All values under a key, at any depth."""
    if isinstance(value, dict):
        return [item for name, item in value.items() if name == key] + [
            hit for item in value.values() for hit in every(item, key)
        ]
    return [hit for item in value for hit in every(item, key)] if isinstance(value, list) else []


@pytest.mark.parametrize("make", [make_document, lambda: openapi_document(tenant_endpoints(), title="C", version="1")])
def test_the_document_is_valid(make):
    document = make()
    for reference in every(document, "$ref"):
        assert resolve(document, reference)
    assert max(Counter(operation["operationId"] for _, _, operation in operations(document)).values()) == 1
    shapes = Counter(re.sub(r"\{[^}]*\}", "{}", path.lower()) for path in document["paths"])
    assert max(shapes.values()) == 1
    tags = {tag["name"] for tag in document["tags"]}
    for path, method, operation in operations(document):
        assert path.startswith("/api/")
        assert set(operation["tags"]) <= tags
        assert operation["summary"]
        assert operation["x-permission"]
        parameters = [resolve(document, item["$ref"]) if "$ref" in item else item for item in operation.get("parameters", [])]
        places = Counter((item["name"], item["in"]) for item in parameters)
        assert not places or max(places.values()) == 1
        named = {item["name"] for item in parameters if item["in"] == "path"}
        assert named == set(re.findall(r"\{([^}]*)\}", path)), path
        assert all(item["required"] for item in parameters if item["in"] == "path")
        assert any(status.startswith("2") for status in operation["responses"])
        assert ("requestBody" in operation) <= (method not in {"get", "delete"})
        for requirement in operation["security"]:
            assert set(requirement) <= set(document["components"]["securitySchemes"])
    for name, schema in document["components"]["schemas"].items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
        jsonschema.Draft202012Validator.check_schema(schema)
    assert every(document["paths"], "$ref")


def test_schemathesis_reads_every_operation(document):
    loaded = schemathesis.openapi.from_dict(document)
    found = [result.ok() for result in loaded.get_all_operations()]
    assert len(found) == len(operations(document))


def test_every_endpoint_is_there(document):
    assert len(operations(document)) == len(tenant_endpoints())


def test_the_same_endpoints_give_the_same_document(document):
    shuffled = list(tenant_endpoints())
    random.Random(7).shuffle(shuffled)
    assert dump_json(openapi_document(shuffled, title="Countinghouse", version="1")) == dump_json(document)


def test_an_operation():
    document = make_document()
    listed = document["paths"]["/api/things"]["get"]
    assert (listed["operationId"], listed["summary"], listed["description"]) == (
        "list_things",
        "All things",
        "Those of `everyone`.",
    )
    parameters = {item.get("name", item.get("$ref")): item for item in listed["parameters"]}
    assert parameters["ids"]["schema"]["type"] == "array"
    assert parameters["number_format"]["style"] == "deepObject"
    assert parameters["only"]["schema"] == {"type": "string"}
    assert "#/components/parameters/IfNoneMatch" in parameters
    content = listed["responses"]["200"]["content"]
    assert content["application/json"]["schema"] == {"type": "array", "items": {"$ref": "#/components/schemas/ThingOut"}}
    assert content["text/csv"]["schema"] == {"type": "string"}
    refused = every(listed["responses"]["400"], "enum")[0]
    assert {"VALIDATION_ERROR", "sort_column_not_found", "view_not_found"} <= set(refused)
    assert set(listed["responses"]) == {"200", "304", "400", "401", "403", "404", "406", "429", "503"}
    amount = document["components"]["schemas"]["ThingOut"]["properties"]["amount"]
    assert amount == {"type": "number"}
    assert "ThingQuery" not in document["components"]["schemas"]


def test_a_write_names_its_key_its_errors_and_its_permission():
    document = make_document()
    edit = document["paths"]["/api/things/{name}"]["put"]
    assert edit["parameters"][0] == {
        "name": "name",
        "in": "path",
        "required": True,
        "schema": {"type": "integer", "minimum": 1, "maximum": 2147483647},
    }
    assert {"$ref": "#/components/parameters/IdempotencyKey"} in edit["parameters"]
    assert edit["requestBody"]["required"] is True
    assert every(edit["responses"]["409"], "enum") == [["TEST.OPENAPI.REFUSED", "TEST_OPENAPI_REFUSED"]]
    assert set(edit["responses"]) == {"200", "400", "401", "403", "404", "409", "413", "422", "429", "503"}
    assert (edit["x-permission"], edit["x-permission-any-of"]) == ("Account:Edit", ["Account:Create"])
    assert document["paths"]["/api/things/{thing_id}/edit"]["post"]["x-alias-of"] == edit["operationId"] == "edit_thing"
    delete = document["paths"]["/api/things/{name}"]["delete"]
    assert "422" not in delete["responses"]
    assert "content" not in delete["responses"]["200"]
    assert document["x-error-codes"]["TEST_OPENAPI_REFUSED"]["status"] == 409


def test_security():
    document = make_document()
    assert document["paths"]["/api/things/{name}"]["get"]["security"] == []
    assert document["paths"]["/api/things"]["get"]["security"] == [{"bearer": [], "organization": []}, {"bearer": []}]
    group = EndpointGroup("Me", scope=Scope.SYSTEM)

    @group.get("/me", permission=SIGNED_IN)
    def me(ctx: Any) -> None: ...

    mine = openapi_document(group.endpoints, title="x", version="1")["paths"]["/api/me"]["get"]
    assert mine["security"] == [{"bearer": []}]
    assert set(mine["responses"]) == {"200", "401", "429", "503"}


def test_handlers_of_one_name_are_told_apart_by_their_group():
    groups = [EndpointGroup(name) for name in ("Apples", "Pears")]
    for group in groups:

        @group.get(f"/{group.name.lower()}", permission=MEMBER)
        def list_all(ctx: Any) -> None: ...

    document = openapi_document([item for group in groups for item in group.endpoints], title="x", version="1")
    assert [operation["operationId"] for _, _, operation in operations(document)] == ["apples_list_all", "pears_list_all"]


def test_models_of_one_name(document):
    first, second, equal = (
        type("TwinOut", (WireModel,), {"__annotations__": {key: int}, "__module__": f"domain.{noun}.schemas"})
        for noun, key in (("sale_invoices", "a"), ("bills", "b"), ("expenses", "b"))
    )
    group = EndpointGroup("Twins")
    for number, model in enumerate((first, second, equal)):

        @group.get(f"/twins{number}", permission=MEMBER, returns=model)
        def twin(ctx: Any) -> None: ...

    schemas = openapi_document(group.endpoints, title="x", version="1")["components"]["schemas"]
    assert set(schemas) == {"SaleInvoicesTwinOut", "BillsTwinOut", "ExpensesTwinOut", "Error"}
    schemas = openapi_document(group.endpoints[1:], title="x", version="1")["components"]["schemas"]
    assert set(schemas) == {"TwinOut", "Error"}


# ---- the answers are as promised

READS = (
    "/accounts", "/accounts?structure=flat&search_keyword=bank", "/accounts/1000", "/accounts/types", "/branches", "/currencies",
    "/currencies/EUR", "/dashboard/boot", "/date-formats", "/exchange-rates", "/exchange-rates/latest?from_currency=EUR",
    "/organization/base-currency-mutate", "/resources/accounts/meta", "/views/resource/accounts", "/roles", "/roles/2",
    "/roles/permissions/schema", "/settings", "/tax-rates", "/users", "/users/1", "/audit-trail",
)  # fmt: skip
REFUSALS = (
    ("GET", "/accounts/999", None),
    ("GET", "/accounts?column_sort_by=nonsense", None),
    ("GET", "/users/abc", None),
    ("POST", "/currencies", {"currency_code": "EUR", "currency_name": "Euro", "currency_sign": "€"}),
    ("POST", "/currencies", {"currency_code": 1}),
    ("DELETE", "/currencies/USD", None),
    ("DELETE", "/users/1", None),
    ("PUT", "/users/1/inactivate", None),
    ("POST", "/roles", {"role_name": "x", "permissions": [{"subject": "a", "ability": "b", "value": True}]}),
    ("GET", "/resources/unicorns/meta", None),
)


def response_schema(document: dict[str, Any], method: str, path: str, status: int) -> dict[str, Any]:
    wanted = f"/api{path.partition('?')[0]}"
    for template in sorted(document["paths"], key=lambda item: item.count("{")):
        if (
            re.fullmatch(re.sub(r"\\\{[^}]*\\\}", "[^/]+", re.escape(template)), wanted)
            and method.lower() in document["paths"][template]
        ):
            response = document["paths"][template][method.lower()]["responses"][str(status)]
            response = resolve(document, response["$ref"]) if "$ref" in response else response
            return {**response["content"]["application/json"]["schema"], "components": document["components"]}
    raise LookupError(path)


def plain(value: Any) -> Any:
    """Decimals as floats, which JSON Schema counts as numbers."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


def check_form(document: dict[str, Any], response: Any, method: str, path: str) -> None:
    schema = response_schema(document, method, path, int(response.status))
    jsonschema.Draft202012Validator(schema).validate(plain(response.json))


def test_reads_have_the_promised_form(books, document):
    assert books.post("/exchange-rates", {"from_currency": "EUR", "rate": "1.1"}).created
    assert books.post("/branches", {"name": "North"}).created
    for path in READS:
        response = books.get(path)
        assert response.status == 200, (path, response.body)
        check_form(document, response, "GET", path)


@pytest.mark.parametrize(("method", "path", "body"), REFUSALS)
def test_refusals_have_the_promised_form(books, document, method, path, body):
    response = books.call(method, path, body)
    assert response.status >= 400
    check_form(document, response, method, path)


# ---- the page


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes |= {name for name, _ in attrs}
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.add(given["href"])
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read_page(document: dict[str, Any]) -> _Page:
    page = _Page()
    page.feed(docs_page(document).decode())
    page.close()
    return page


def test_the_page_is_well_formed_and_without_scripts(document):
    page = read_page(document)
    assert page.open == []
    assert page.tags["script"] == page.tags["link"] == page.tags["img"] == page.tags["iframe"] == 0
    assert not [name for name in page.attributes if name.startswith("on") or name in {"src", "style"}]
    assert len(page.ids) == len(set(page.ids))
    assert {link.removeprefix("#") for link in page.links if link.startswith("#")} <= set(page.ids)
    assert page.links - {link for link in page.links if link.startswith("#")} == {"openapi.json"}
    assert page.tags["details"] == len(operations(document)) + len(document["components"]["schemas"])


def test_texts_of_the_page_are_escaped():
    page = read_page(make_document())
    assert page.open == []
    assert page.tags["script"] == page.tags["b"] == 0
    assert "Change <b>one</b> thing" in "".join(page.text)
    assert MALICE in "".join(page.text)
