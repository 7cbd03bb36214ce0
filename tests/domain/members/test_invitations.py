import json

import pytest

STAFF_ID = 2
PERSON = {"system_user_id": 20, "email": "grace@example.com", "role_id": STAFF_ID}


@pytest.fixture
def invited(books):
    return books.post("/inner/invitations", PERSON).ok["invited_user"]["id"]


def effect(answer):
    return json.loads(answer.headers["x-countinghouse-effects"])["member.invited"]


def test_the_list_tells_how_things_stand(books, invited):
    inactive = books.add_member(user_id=30, role_id=STAFF_ID)
    books.put(f"/users/{inactive}/inactivate").ok  # noqa: B018 - a check
    assert [member["status"] for member in books.get("/users").ok] == ["active", "invited", "inactive"]
    assert books.get(f"/users/{invited}").ok["status"] == "invited"


def test_the_effect_names_whom_to_write_to(books):
    answer = books.post("/inner/invitations", PERSON)
    invited_at = answer.ok["invited_user"]["invited_at"]
    assert effect(answer) == {"user_id": 20, "invited_at": invited_at, "role_slug": "staff"}


def test_sending_again_is_on_record(books, invited):
    books.clock.advance(minutes=5)
    answer = books.post(f"/invite/users/{invited}/resend")
    assert effect(answer)["invited_at"] == answer.ok["user"]["invited_at"] == books.get(f"/users/{invited}").ok["invited_at"]
    note = books.get("/audit-trail").ok["data"][0]
    assert (note["action"], note["subject_id"]) == ("invited", invited)
    assert note["before"]["invited_at"] < note["after"]["invited_at"]


def test_the_own_name_is_taken_over_once(books, invited):
    name = {"first_name": "Grace", "last_name": "Hopper", "accepted_at": "2024-06-01T12:00:00Z"}
    for _ in range(2):
        assert books.put("/inner/own-name", name, user_id=20).status == 200
    member = books.get(f"/users/{invited}").ok
    assert (member["full_name"], member["status"]) == ("Grace Hopper", "active")
    assert member["invite_accepted_at"].startswith("2024-06-01T12:00:00")
    actions = [note["action"] for note in books.get("/audit-trail").ok["data"] if note["subject_id"] == invited]
    assert actions == ["accepted", "invited"]


def test_books_stay_right(books, invited):
    books.put("/inner/own-name", {"first_name": "Grace", "last_name": "Hopper"}, user_id=20).status  # noqa: B018
    books.verify()
