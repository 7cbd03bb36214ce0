"""Warehouses, as far as forms look them up."""

from domain.warehouses.service import list_warehouses, warehouses_active


def test_seeded_warehouse(books):
    listed = books.get("/warehouses").ok
    assert [(item["name"], item["code"], item["primary"]) for item in listed] in ([], [("Primary Warehouse", "10001", True)])


def test_by_name(books):
    books.sql("DELETE FROM warehouses")
    for number, name in enumerate(("zeta", "Émile", "Alpha", "echo"), start=1):
        books.sql(
            'INSERT INTO warehouses (id, name, "primary", created_at, updated_at) '
            "VALUES (:id, :name, 0, '2024-06-01 12:00:00', '2024-06-01 12:00:00')",
            id=number,
            name=name,
        )
    books.runtime.state.forget() if hasattr(books.runtime.state, "forget") else None
    assert [item.name for item in books.query(list_warehouses)] == ["Alpha", "echo", "Émile", "zeta"]


def test_not_in_use_at_first(books):
    assert books.query(warehouses_active) is False
