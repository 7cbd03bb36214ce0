import pytest

from domain.catalog import list_resources
from domain.exchange_rates.tables import exchange_rates
from domain.kit.lists import ListField, Resource
from domain.resources.rules import fold_name
from domain.resources.service import by_name


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (("sale_invoices", "sale-invoice", "SaleInvoice", "saleInvoices", "SALE_INVOICES"), "sale_invoice"),
        (("item_categories", "ItemCategory"), "item_category"),
        (("branches", "Branch"), "branch"),
        (("expenses", "expense"), "expense"),
        (("", "---"), ""),
    ],
)
def test_spellings_of_a_name(spellings, folded):
    assert {fold_name(name) for name in spellings} == {folded}


def test_older_names_mean_payments_received():
    payments = Resource(name="PaymentReceived", list_key="data", table=exchange_rates, fields=(ListField("a", "A", "text"),))
    found = by_name([payments])
    assert all(found[fold_name(name)] is payments for name in ("payment_receives", "payment-received", "PaymentReceive"))


@pytest.mark.parametrize("model", ["accounts", "account", "Account", "ACCOUNTS"])
def test_meta_of_accounts(books, model):
    meta = books.get(f"/resources/{model}/meta").ok["resource_meta"]
    assert (meta["default_filter_field"], meta["default_sort"]) == ("name", {"sort_order": "DESC", "sort_field": "name"})
    assert meta["fields"]["name"] == {
        "name": "Account name",
        "field_type": "text",
        "column": "name",
        "columnable": True,
        "filterable": True,
        "sortable": True,
    }
    assert {"key": "asset", "label": "Asset"} in meta["fields"]["root_type"]["options"]


def test_views_of_accounts(books):
    views = books.get("/views/resource/accounts").ok
    assert [view["slug"] for view in views] == ["assets", "liabilities", "equity", "income", "expenses"]
    assert views[0]["roles"] == [{"index": 1, "field_key": "root_type", "comparator": "equals", "value": "asset"}]
    assert views[0]["columns"][0] == "name"


def test_every_list_describes_itself(books):
    for resource in list_resources():
        for name in (resource.name, *resource.aliases):
            assert set(books.get(f"/resources/{name}/meta").ok["resource_meta"]["fields"]) == {f.key for f in resource.fields}
            assert [view["slug"] for view in books.get(f"/views/resource/{name}").ok] == [view.slug for view in resource.views]


@pytest.mark.parametrize("path", ["/resources/unicorns/meta", "/views/resource/unicorns", "/resources/---/meta"])
def test_an_unknown_model(books, path):
    assert books.get(path).errors == ["RESOURCE_MODEL_NOT_FOUND"]
    assert books.get(path).status == 400
