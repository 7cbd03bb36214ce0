import pytest


def permission(subject, ability, value=True):
    return {"subject": subject, "ability": ability, "value": value}


def role(*permissions, **changes):
    return {"role_name": "Clerk", "role_description": "", "permissions": list(permissions)} | changes


def create(books, *permissions, **changes):
    return books.post("/roles", role(*permissions, **changes)).created["data"]["id"]


def pairs(books, role_id):
    return {(item["subject"], item["ability"]): item["value"] for item in books.get(f"/roles/{role_id}").ok["permissions"]}


def test_create(books):
    answer = books.post("/roles", role(permission("Item", "View"), permission("Item", "Delete", value=False)))
    assert answer.status == 201
    assert answer.json == {"data": {"id": 3}, "message": "The role has been created."}
    stored = books.get("/roles/3").ok
    assert (stored["name"], stored["description"], stored["slug"], stored["predefined"]) == ("Clerk", None, None, False)
    assert pairs(books, 3) == {("Item", "View"): True, ("Item", "Delete"): False}


def test_every_ability_of_the_schema_is_accepted(books):
    wanted = {
        (subject["subject"], ability["key"])
        for subject in books.get("/roles/permissions/schema").ok
        for kind in ("abilities", "extra_abilities")
        for ability in subject.get(kind, [])
    }
    assert set(pairs(books, create(books, *(permission(*pair) for pair in sorted(wanted))))) == wanted


def test_the_misspelt_subject_is_put_right(books):
    assert pairs(books, create(books, permission("CreditNode", "Refund"))) == {("CreditNote", "Refund"): True}


def test_the_last_of_repeated_permissions_counts(books):
    assert pairs(books, create(books, permission("Item", "View"), permission("Item", "View", value=False))) == {
        ("Item", "View"): False
    }


def test_edit_replaces_the_permissions_and_takes_effect_at_once(books):
    role_id = create(books, permission("Account", "View"), permission("Account", "Create"))
    books.add_member(user_id=2, role_id=role_id)
    kept = {item["ability"]: item["id"] for item in books.get(f"/roles/{role_id}").ok["permissions"]}
    new_account = {"name": "Stationery", "account_type": "expense"}
    assert books.post("/accounts", new_account, user_id=2).created
    answer = books.put(
        f"/roles/{role_id}", role(permission("Account", "Edit"), permission("Account", "View"), role_name="Reader")
    )
    assert answer.ok["data"] == {"id": role_id}
    assert pairs(books, role_id) == {("Account", "View"): True, ("Account", "Edit"): True}
    assert {item["ability"]: item["id"] for item in books.get(f"/roles/{role_id}").ok["permissions"]}["View"] == kept["View"]
    assert books.post("/accounts", new_account, user_id=2).status == 403
    before = books.get("/roles").ok
    books.runtime.state.clear()
    assert books.get("/roles").ok == before


def test_predefined_roles_stay(books):
    for role_id in (1, 2):
        assert books.put(f"/roles/{role_id}", role(permission("Item", "View"))).errors == ["ROLE_PREFINED"]
        assert books.delete(f"/roles/{role_id}").errors == ["ROLE_PREFINED"]


def test_unknown_permissions_are_named(books):
    answer = books.post("/roles", role(permission("Item", "View"), permission("Item", "view"), permission("Moon", "View")))
    assert answer.errors == ["INVALIDATE_PERMISSIONS"]
    assert answer.json["errors"][0]["payload"] == {
        "invalidPermissions": [{"subject": "Item", "ability": "view"}, {"subject": "Moon", "ability": "View"}]
    }
    assert len(books.get("/roles").ok) == 2


@pytest.mark.parametrize(
    "body",
    [
        role(),
        role(permission("Item", "View"), role_name=" "),
        role({"subject": "Item", "ability": "View"}),
        role(permission("", "View")),
    ],
)
def test_refused_bodies(books, body):
    assert books.post("/roles", body).errors == ["VALIDATION_ERROR"]


def test_delete(books):
    role_id = create(books, permission("Item", "View"))
    member_id = books.add_member(user_id=2, role_id=role_id)
    assert books.delete(f"/roles/{role_id}").errors == [
        "CANNT_DELETE_ROLE_ASSOCIATED_TO_USERS",
        "CANNOT_DELETE_ROLE_ASSOCIATED_TO_USERS",
    ]
    assert books.delete(f"/users/{member_id}").ok
    assert books.delete(f"/roles/{role_id}").ok["data"] == {"id": role_id}
    assert books.get(f"/roles/{role_id}").status == 404
    assert books.sql("SELECT COUNT(*) FROM role_permissions WHERE role_id = :id", id=role_id) == [(0,)]
    assert books.put(f"/roles/{role_id}", role(permission("Item", "View"))).errors == ["NOT_FOUND"]
