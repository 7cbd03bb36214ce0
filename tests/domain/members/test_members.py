import json

import pytest

from domain.kit.context import ActingUser
from domain.kit.errors import DomainError
from domain.members.service import switch_member

ADMIN_ID, STAFF_ID = 1, 2
EFFECTS = "x-countinghouse-effects"


@pytest.fixture
def colleague(books):
    return books.add_member(user_id=20, role_id=STAFF_ID, email="grace@example.com")


def body(**changes):
    return {"first_name": "Grace", "last_name": "Hopper", "email": "grace@example.com", "role_id": STAFF_ID} | changes


def effect(answer):
    return json.loads(answer.headers[EFFECTS])["membership.changed"]


@pytest.mark.parametrize(("method", "status"), [("PUT", 200), ("POST", 201)])
def test_edit_under_both_verbs(books, colleague, method, status):
    answer = books.call(method, f"/users/{colleague}", body(role_id=ADMIN_ID, email="amazing@example.com"))
    assert (answer.status, answer.json["id"]) == (status, colleague)
    stored = books.get(f"/users/{colleague}").ok
    assert (stored["full_name"], stored["email"], stored["role_id"]) == ("Grace Hopper", "amazing@example.com", ADMIN_ID)
    assert effect(answer) == {
        "user_id": 20,
        "member_id": colleague,
        "active": True,
        "deleted": False,
        "role_slug": "admin",
    }


def test_names_of_the_person_follow_their_own_edit_only(books):
    answer = books.put("/users/1", body(first_name="Augusta", last_name="King", email="ada@example.com", role_id=ADMIN_ID))
    assert (effect(answer)["first_name"], effect(answer)["last_name"]) == ("Augusta", "King")
    assert "email" not in effect(answer)


def test_edit_refusals(books, colleague):
    assert books.put(f"/users/{colleague}", body(email="ADA@example.com")).errors == ["EMAIL_ALREADY_EXISTS"]
    assert books.put(f"/users/{colleague}", body(role_id=99)).errors == ["ROLE_NOT_FOUND"]
    assert books.put("/users/99", body()).errors == ["NOT_FOUND"]
    assert books.put("/users/1", body(email="ada@example.com")).errors == ["CANNOT_AUTHORIZED_USER_MUTATE_ROLE"]
    for key in body():
        assert books.put(f"/users/{colleague}", body() | {key: ""}).errors == ["VALIDATION_ERROR"]


def test_inactivate_and_activate(books, colleague):
    answer = books.put(f"/users/{colleague}/inactivate")
    assert answer.ok["id"] == colleague
    assert effect(answer)["active"] is False
    assert books.get("/accounts", user_id=20).errors == ["USER_INACTIVE"]
    assert books.put(f"/users/{colleague}/inactivate").errors == ["USER_ALREADY_INACTIVE"]
    assert effect(books.put(f"/users/{colleague}/activate"))["active"] is True
    assert books.get("/accounts", user_id=20).status == 200
    assert books.put(f"/users/{colleague}/activate").errors == ["USER_ALREADY_ACTIVE"]


def test_nobody_switches_themselves(books):
    for verb in ("activate", "inactivate"):
        assert books.put(f"/users/1/{verb}").errors == [
            "USER_SAME_THE_AUTHORIZED_USER",
            "CANNOT.TOGGLE.ACTIVATE.AUTHORIZED.USER",
        ]


def test_delete(books, colleague):
    answer = books.delete(f"/users/{colleague}")
    assert answer.ok["id"] == colleague
    assert (effect(answer)["user_id"], effect(answer)["deleted"], effect(answer)["active"]) == (20, True, False)
    assert [user["id"] for user in books.get("/users").ok] == [1]
    assert books.get("/accounts", user_id=20).status == 403
    assert books.delete(f"/users/{colleague}").errors == ["NOT_FOUND"]


def test_a_deleted_person_may_come_back(books, colleague):
    assert books.delete(f"/users/{colleague}").ok
    books.add_member(user_id=20, role_id=STAFF_ID, email="grace@example.com")
    assert books.get("/accounts", user_id=20).status == 200


def test_nobody_deletes_themselves(books, colleague):
    assert books.delete("/users/1").errors[0] == "USER_SAME_THE_AUTHORIZED_USER"


def test_the_only_member_stays(books):
    assert books.delete("/users/1").errors == ["CANNOT_DELETE_LAST_USER"]


def test_the_last_administrator_stays(books):
    office = {"role_name": "Office", "permissions": [{"subject": "Preferences", "ability": "Mutate", "value": True}]}
    role_id = books.post("/roles", office).created["data"]["id"]
    books.add_member(user_id=30, role_id=role_id)
    last = ["CANNOT_DELETE_LAST_USER"]
    assert books.delete("/users/1", user_id=30).errors == last
    assert books.put("/users/1/inactivate", user_id=30).errors == last
    assert books.put("/users/1", body(email="ada@example.com"), user_id=30).errors == last
    second = books.add_member(user_id=31, role_id=ADMIN_ID)
    assert books.put("/users/1", body(email="ada@example.com"), user_id=30).ok
    assert books.delete(f"/users/{second}", user_id=30).errors == last


def test_an_inactive_administrator_does_not_count(books):
    second = books.add_member(user_id=31, role_id=ADMIN_ID)
    operator = ActingUser(0, 0, "Operator")
    books.command(lambda ctx: switch_member(ctx, second, active=False), user=operator)
    with pytest.raises(DomainError, match="at least one active administrator"):
        books.command(lambda ctx: switch_member(ctx, 1, active=False), user=operator)


def test_staff_may_not_manage_people(books, colleague):
    assert books.delete("/users/1", user_id=20).errors == ["USER_PERMISSIONS_FORBIDDEN"]
