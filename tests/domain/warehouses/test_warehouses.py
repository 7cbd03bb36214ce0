"""Warehouses, as far as forms look them up."""

from domain.warehouses.service import warehouses_active


def insert(books, number, name):
    books.sql(
        'INSERT INTO warehouses (id, name, "primary", created_at, updated_at) '
        "VALUES (:id, :name, 0, '2024-06-01 12:00:00', '2024-06-01 12:00:00')",
        id=number,
        name=name,
    )


def test_none_is_there_at_first(books):
    assert books.get("/warehouses").ok == []


def test_a_warehouse_as_it_travels(books):
    insert(books, 1000, "Harbour")
    books.runtime.state.clear()
    (only,) = books.get("/warehouses").ok
    assert only == {
        "id": 1000, "name": "Harbour", "code": None, "address": None, "city": None, "country": None, "phone_number": None,
        "email": None, "website": None, "primary": False,
        "created_at": "2024-06-01T12:00:00.000Z", "updated_at": "2024-06-01T12:00:00.000Z",
    }  # fmt: skip


def test_by_name(books):
    for number, name in enumerate(("zeta", "Émile", "Alpha", "echo"), start=1):
        insert(books, number, name)
    books.runtime.state.clear()
    assert [item["name"] for item in books.get("/warehouses").ok] == ["Alpha", "echo", "Émile", "zeta"]


def test_every_member_may_look(books):
    role = {"role_name": "Clerk", "role_description": "", "permissions": [{"subject": "Item", "ability": "View", "value": True}]}
    books.add_member(user_id=2, role_id=books.post("/roles", role).created["data"]["id"])
    assert books.get("/warehouses", user_id=2).ok == []


def test_not_in_use_at_first(books):
    assert books.query(warehouses_active) is False
