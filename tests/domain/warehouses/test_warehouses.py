"""Warehouses, as far as forms look them up."""

from domain.warehouses.service import warehouses_active


def insert(books, number, name):
    books.sql(
        'INSERT INTO warehouses (id, name, "primary", created_at, updated_at) '
        "VALUES (:id, :name, 0, '2024-06-01 12:00:00', '2024-06-01 12:00:00')",
        id=number,
        name=name,
    )


def test_seeded_warehouse(books):
    (only,) = books.get("/warehouses").ok
    assert (only["name"], only["code"], only["primary"]) == ("Primary Warehouse", "10001", True)
    assert only["created_at"] == "2024-06-01T12:00:00.000Z"


def test_by_name(books):
    books.sql("DELETE FROM warehouses")
    for number, name in enumerate(("zeta", "Émile", "Alpha", "echo"), start=1):
        insert(books, number, name)
    books.runtime.state.clear()
    assert [item["name"] for item in books.get("/warehouses").ok] == ["Alpha", "echo", "Émile", "zeta"]


def test_every_member_may_look(books):
    role = {"role_name": "Clerk", "role_description": "", "permissions": []}
    books.add_member(user_id=2, role_id=books.post("/roles", role).created["data"]["id"])
    assert len(books.get("/warehouses", user_id=2).ok) == len(books.get("/warehouses").ok)


def test_not_in_use_at_first(books):
    assert books.query(warehouses_active) is False
