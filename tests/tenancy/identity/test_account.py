from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.tenancy.identity.conftest import PASSWORD
from tests.tenancy.identity.office import Office

NEW = "an even better one"


@pytest.fixture
def office(system, books):
    ada = system.person()
    system.build(1)
    return Office(system, books, ada)


def test_a_new_name_is_seen_by_everybody(office):
    answer = office.system.put("/auth/account", {"first_name": " Augusta ", "last_name": "King"}, office.ada)
    assert (answer.ok["first_name"], answer.ok["last_name"], answer.ok["email"]) == ("Augusta", "King", "ada@example.com")
    assert "wake_scheduler" in answer.headers["x-countinghouse-effects"]
    assert office.system.get("/auth/account", office.ada).ok["first_name"] == "Augusta"
    assert office.tell_names() == 1
    assert office.members()["ada@example.com"]["full_name"] == "Augusta King"
    note = office.books.get("/audit-trail").ok["data"][0]
    assert (note["action"], note["subject"]) == ("edited", "User")
    office.system.put("/auth/account", {"first_name": "Augusta", "last_name": "King"}, office.ada)
    assert office.tell_names() == 1  # saying it again tells again, and changes nothing
    assert office.books.get("/audit-trail").ok["data"][0] == note


def test_a_name_that_members_change_in_one_organization_is_theirs_everywhere(office):
    other = office.system.post("/organizations", {}, office.ada).created["id"]
    office.system.build(other)
    body = {"first_name": "Augusta", "last_name": "King", "email": "ada@example.com", "role_id": 1}
    office.apply(office.books.put("/users/1", body))
    assert office.system.get("/auth/account", office.ada).ok["first_name"] == "Augusta"
    assert office.system.sql("SELECT tenant_id FROM names_due") == [(other,)]


def test_a_name_for_who_has_no_books_yet_waits(system, ada):
    system.put("/auth/account", {"first_name": "Augusta", "last_name": "King"}, ada).ok  # noqa: B018 - a check
    from tenancy.identity.names import find_due

    with system.services.engine.connect() as connection:
        assert find_due(connection, system.clock.now()) == []
    system.build(ada.tenant_id)
    with system.services.engine.connect() as connection:
        assert [due.first_name for due in find_due(connection, system.clock.now())] == ["Augusta"]


@pytest.mark.parametrize(
    "body", [{}, {"first_name": "A"}, {"first_name": " ", "last_name": "B"}, {"first_name": "A\x00", "last_name": "B"}]
)
def test_bad_names(system, ada, body):
    assert set(system.put("/auth/account", body, ada).errors) == {"VALIDATION_ERROR"}


def test_a_new_password_ends_the_other_sessions(system, ada):
    elsewhere = system.sign_in()
    answer = system.put("/auth/account/password", {"current_password": PASSWORD, "password": NEW}, ada)
    token = answer.ok["access_token"]
    for old in (ada, elsewhere):
        assert system.get("/auth/account", old).status == 401
    assert system.call("GET", "/auth/account", token=token).status == 200
    assert system.post("/auth/signin", {"email": ada.email, "password": PASSWORD}).status == 401
    system.sign_in(password=NEW)
    assert "was changed" in system.mails()[-1]["Subject"]


def test_a_wrong_current_password_is_no_401(system, ada):
    for wrong in ("not it", "", "\u0000"):
        answer = system.put("/auth/account/password", {"current_password": wrong, "password": NEW}, ada)
        assert (answer.status, answer.errors) == (400, ["CURRENT_PASSWORD_WRONG"])
    assert system.get("/auth/account", ada).status == 200
    system.sign_in(password=PASSWORD)


def test_refused_passwords_are_not_repeated(system, ada):
    body = {"current_password": "my secret" * 500, "password": "short"}
    answer = system.put("/auth/account/password", body, ada)
    assert set(answer.errors) == {"VALIDATION_ERROR"}
    assert b"my secret" not in answer.body
    assert b'"short"' not in answer.body


def test_attempts_at_a_password_are_counted(make_system):
    system = make_system(throttle_auth_limit=3)
    ada = system.person()
    body = {"current_password": "guess", "password": NEW}
    statuses = [system.put("/auth/account/password", body, ada).status for _ in range(5)]
    assert statuses == [400, 400, 400, 429, 429]


def test_of_concurrent_changes_exactly_one_wins(system, ada):
    words = [f"password number {number}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(
                lambda word: system.put("/auth/account/password", {"current_password": PASSWORD, "password": word}, ada), words
            )
        )
    assert sum(answer.status == 200 for answer in answers) == 1
    assert all(answer.status in {200, 400, 401} for answer in answers)
    works = [system.post("/auth/signin", {"email": ada.email, "password": word}).status == 201 for word in words]
    assert works == [answer.status == 200 for answer in answers]


def test_sign_out_everywhere(system, ada, bob):
    elsewhere = system.sign_in()
    answer = system.post("/auth/signout/everywhere", None, ada)
    assert (answer.status, answer.body) == (200, b"")
    for session in (ada, elsewhere):
        assert system.get("/auth/account", session).status == 401
    assert system.get("/auth/account", bob).status == 200
    assert system.get("/auth/account", system.sign_in()).status == 200


def test_an_api_key_is_not_the_person(office):
    key = office.system.post("/api-keys/generate", {}, office.ada).created["key"]
    for method, path, body in (
        ("PUT", "/auth/account", {"first_name": "Eve", "last_name": "Dropper"}),
        ("PUT", "/auth/account/password", {"current_password": PASSWORD, "password": NEW}),
        ("POST", "/auth/signout/everywhere", None),
    ):
        answer = office.system.call(method, path, body, token=key)
        assert (answer.status, answer.errors) == (403, ["SIGN_IN_NEEDED"])
    assert office.system.get("/auth/account", office.ada).ok["first_name"] == "Ada"
