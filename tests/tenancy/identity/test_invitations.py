import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.tenancy.identity.office import STAFF_ID, Office

TAKEN = ["EMAIL.ALREADY.EXISTS", "EMAIL_EXISTS"]
INVITED = ["EMAIL.ALREADY.INVITED", "EMAIL_EXISTS"]
INVALID = ["INVITE_TOKEN_INVALID", "INVITE.TOKEN.NOT.FOUND"]
GRACE = "grace@example.com"


@pytest.fixture
def office(system, books):
    ada = system.person()
    assert (ada.user_id, ada.tenant_id) == (1, 1)
    system.build(1)
    system.sql("UPDATE tenants SET name = 'Analytical Engines'")
    return Office(system, books, ada)


def test_from_invitation_to_work(office):
    answer = office.invite("  Grace@Example.com ")
    assert answer.status == 200
    assert answer.json["message"]
    invited = answer.json["invited_user"]
    assert (invited["email"], invited["status"], invited["first_name"]) == ("Grace@Example.com", "invited", None)
    assert (invited["full_name"], invited["is_invite_accepted"], invited["active"]) == ("Grace@Example.com", False, True)
    assert invited["invited_at"]
    assert office.books.get("/audit-trail").ok["data"][0]["action"] == "invited"
    mail = office.system.mails()[-1]
    assert mail["To"] == "Grace@Example.com"
    token = office.link_token()
    assert token not in str(office.system.sql("SELECT * FROM user_invites"))

    for path in ("check", "invited"):
        assert office.system.get(f"/invite/{path}/{token}").ok == {
            "invite_token": {"email": "Grace@Example.com"},
            "org_name": "Analytical Engines",
            "email": "Grace@Example.com",
            "organization_name": "Analytical Engines",
            "organizationName": "Analytical Engines",
        }
    answer = office.accept(token)
    assert (answer.status, list(answer.json)) == (201, ["message"])
    assert office.system.sql("SELECT COUNT(*) FROM user_invites") == [(0,)]
    grace = office.system.sign_in(GRACE, "a compiler of her own")
    assert grace.tenant_id == office.ada.tenant_id
    account = office.system.get("/auth/account", grace).ok
    assert (account["first_name"], account["verified"], account["active"]) == ("Grace", True, True)
    assert account["invite_accepted_at"]

    assert office.members()["Grace@Example.com"]["status"] == "invited"  # until the tenant is told
    assert office.tell_names() == 1
    assert office.tell_names() == 0
    member = office.members()["Grace@Example.com"]
    assert (member["status"], member["full_name"], member["is_invite_accepted"]) == ("active", "Grace Hopper", True)
    assert office.books.get("/audit-trail").ok["data"][0]["action"] == "accepted"
    assert office.books.get("/accounts", user_id=grace.user_id).status == 200


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "a" * 10_000, "\ud800", "' OR 1=1"])
def test_unknown_tokens_are_never_a_401(office, token):
    office.invited()
    for path in ("check", "invited"):
        answer = office.system.get(f"/invite/{path}/{token}")
        assert (answer.status, answer.errors) == (400, INVALID)
    answer = office.accept(token)
    assert (answer.status, answer.errors) == (400, INVALID)


def test_a_link_works_once(office):
    token = office.invited()
    assert office.accept(token).status == 201
    assert office.accept(token, password="another one").errors == INVALID
    assert office.system.get(f"/invite/check/{token}").errors == INVALID


def test_a_link_lives_24_hours(office):
    token = office.invited()
    office.advance(hours=24, seconds=-1)
    assert office.system.get(f"/invite/check/{token}").status == 200
    office.advance(seconds=1)
    assert office.system.get(f"/invite/check/{token}").errors == INVALID
    assert office.accept(token).errors == INVALID


def test_bad_answers_leave_the_link_usable(office):
    token = office.invited()
    for changes in ({"password": "short"}, {"password": None}, {"first_name": " "}, {"last_name": None}):
        assert set(office.accept(token, **changes).errors) == {"VALIDATION_ERROR"}
    assert office.accept(token).status == 201


def accept_at_once(office):
    token = office.invited()
    names = [f"Grace {number}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda name: office.accept(token, first_name=name, password=name), names))
    assert sorted(answer.status for answer in answers) == [201, 400, 400, 400]
    assert all(answer.errors == INVALID for answer in answers if answer.status == 400)
    winner = next(name for name, answer in zip(names, answers, strict=True) if answer.status == 201)
    office.tell_names()
    assert office.members()[GRACE]["first_name"] == winner
    works = [office.system.post("/auth/signin", {"email": GRACE, "password": name}).status == 201 for name in names]
    assert works == [name == winner for name in names]


def test_of_concurrent_acceptances_exactly_one_wins(office):
    accept_at_once(office)


def test_of_concurrent_acceptances_exactly_one_wins_on_mariadb(make_system, mariadb_url, books):
    system = make_system(system_database_url=mariadb_url)
    ada = system.person()
    system.build(ada.tenant_id)
    accept_at_once(Office(system, books, ada))


def test_nobody_signs_in_or_resets_as_an_invited_person(office):
    office.invited()
    for password in ("", "x", "None"):
        assert office.system.post("/auth/signin", {"email": GRACE, "password": password}).status == 401
    office.system.post("/auth/send_reset_password", {"email": GRACE}).ok  # noqa: B018 - a check
    assert len(office.system.mails()) == 1


# ---- refusals


def test_an_address_that_is_anybodys(office):
    office.system.person("bob@example.com")
    assert office.invite("bob@example.com").errors == TAKEN
    assert office.invite("ADA@example.com").errors == TAKEN
    assert office.system.mails() == []


def test_an_address_that_is_invited(office):
    office.invited()
    assert office.invite(GRACE.upper()).errors == INVITED
    assert len(office.system.mails()) == 1


def test_an_address_that_is_invited_elsewhere(office):
    office.invited()
    bob = office.system.person("bob@example.com")
    office.system.build(bob.tenant_id)
    answer = office.system.call(
        "PATCH", "/invite", {"email": GRACE, "role_id": STAFF_ID}, token=bob.token, organization=bob.organization_id
    )
    assert answer.errors == TAKEN
    assert office.system.sign_up(GRACE).errors == ["EMAIL_EXISTS"]


def test_an_email_that_the_team_knows_otherwise(office):
    office.books.add_member(user_id=77, role_id=STAFF_ID, email=GRACE)
    assert office.invite().errors == TAKEN


def test_an_unknown_role(office):
    assert office.invite(role_id=99).errors == ["ROLE_NOT_FOUND"]
    assert office.system.mails() == []
    assert office.invite().status == 200  # what was begun is gone on with


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": "nobody", "role_id": 2},
        {"email": GRACE},
        {"email": GRACE, "role_id": 0},
        {"email": f"{'ß' * 200}@example.com", "role_id": 2},
        {"email": "a\nb@example.com", "role_id": 2},
    ],
)
def test_bad_bodies(office, body):
    ada = office.ada
    answer = office.system.call("PATCH", "/invite", body, token=ada.token, organization=ada.organization_id)
    assert set(answer.errors) == {"VALIDATION_ERROR"}


def test_an_organization_without_books(system, ada):
    answer = system.call("PATCH", "/invite", {"email": GRACE, "role_id": 1}, token=ada.token, organization=ada.organization_id)
    assert answer.errors == ["TENANT.DATABASE.NOT.INITALIZED"]


def test_who_may_not_invite(office):
    office.books.add_member(user_id=5, role_id=STAFF_ID)
    body = {"system_user_id": 9, "email": GRACE, "role_id": STAFF_ID}
    assert office.books.post("/inner/invitations", body, user_id=5).errors == ["USER_PERMISSIONS_FORBIDDEN"]
    assert office.books.post("/invite/users/1/resend", user_id=5).errors == ["USER_PERMISSIONS_FORBIDDEN"]


def test_too_many_open_invitations(office, monkeypatch):
    monkeypatch.setattr("domain.members.rules.INVITATIONS_OPEN_MAX", 2)
    office.invited("a@example.com")
    token = office.invited("b@example.com")
    assert office.invite("c@example.com").errors == ["INVITATIONS_TOO_MANY"]
    office.accept(token)
    office.tell_names()
    assert office.invite("c@example.com").status == 200


# ---- sending again


def test_send_again(office):
    old = office.invited()
    member_id = office.members()[GRACE]["id"]
    office.advance(minutes=4, seconds=59)
    assert office.resend(member_id).errors == ["USER_RECENTLY_INVITED"]
    office.advance(seconds=1)
    before = office.members()[GRACE]["invited_at"]
    answer = office.resend(member_id)
    assert (answer.status, answer.json["user"]["id"]) == (201, member_id)
    assert answer.json["user"]["invited_at"] > before
    new = office.link_token()
    assert new != old
    assert office.system.get(f"/invite/check/{old}").errors == INVALID
    assert office.accept(new).status == 201
    office.tell_names()
    office.advance(hours=1)
    assert office.resend(member_id).errors == ["USER_RECENTLY_INVITED"]


def test_send_again_revives_an_invitation_that_ran_out(office):
    office.invited()
    office.advance(days=30)
    assert office.resend(office.members()[GRACE]["id"]).status == 201
    assert office.accept(office.link_token()).status == 201


def test_send_again_refusals(office):
    assert office.resend(99).errors == ["USER_NOT_FOUND"]
    assert office.resend(1).errors == ["USER_RECENTLY_INVITED"]
    office.invited()
    member_id = office.members()[GRACE]["id"]
    office.apply(office.books.put(f"/users/{member_id}/inactivate"))
    office.advance(minutes=10)
    assert office.resend(member_id).errors == ["INVITED_USER_INACTIVE"]


# ---- ending


def test_a_deleted_invitation_frees_the_address(office):
    token = office.invited()
    office.apply(office.books.delete(f"/users/{office.members()[GRACE]['id']}"))
    assert office.system.get(f"/invite/check/{token}").errors == INVALID
    assert office.accept(token).errors == INVALID
    again = office.invited()
    assert office.accept(again).status == 201
    office.tell_names()
    assert office.members()[GRACE]["full_name"] == "Grace Hopper"


def test_a_deleted_person_may_sign_up_alone(office):
    office.invited()
    office.apply(office.books.delete(f"/users/{office.members()[GRACE]['id']}"))
    grace = office.system.person(GRACE)
    assert grace.tenant_id != office.ada.tenant_id


def test_an_inactive_invitation_cannot_be_accepted(office):
    token = office.invited()
    member_id = office.members()[GRACE]["id"]
    office.apply(office.books.put(f"/users/{member_id}/inactivate"))
    assert office.members()[GRACE]["status"] == "inactive"
    assert office.accept(token).errors == INVALID
    office.apply(office.books.put(f"/users/{member_id}/activate"))
    assert office.accept(token).status == 201


def test_an_invitation_that_ran_out_keeps_nobodys_address(office):
    office.invited()
    office.advance(hours=24)
    grace = office.system.person(GRACE)
    assert grace.tenant_id != office.ada.tenant_id
    office.resend(office.members()[GRACE]["id"])
    assert len(office.system.mails()) == 1  # it is Grace's own account now: nobody is let in by another's mail


# ---- a process dies in between


def test_death_before_the_tenant_is_asked(office):
    begun = office.begin()
    assert begun.status == 200
    assert office.system.mails() == []
    assert GRACE not in office.members()
    assert office.system.post("/auth/signin", {"email": GRACE, "password": "x"}).status == 401
    assert office.invite().status == 200
    assert office.accept(office.link_token()).status == 201


def test_what_died_there_keeps_the_address_for_a_day_only(office):
    office.begin()
    assert office.system.sign_up(GRACE).errors == ["EMAIL_EXISTS"]
    office.advance(hours=24)
    assert office.system.sign_up(GRACE).status == 201


def test_death_after_the_tenant_answered(office):
    office.enter(office.begin(key="k"), key="k")
    assert office.system.mails() == []
    assert office.members()[GRACE]["status"] == "invited"
    answer = office.invite(key="k")  # the client's retry
    assert answer.status == 200
    assert [member["email"] for member in office.books.get("/users").ok].count(GRACE) == 1
    assert office.accept(office.link_token()).status == 201


def test_death_after_the_tenant_answered_and_a_client_that_gave_up(office):
    office.enter(office.begin())
    assert office.invite().errors == INVITED
    office.advance(minutes=5)
    assert office.resend(office.members()[GRACE]["id"]).status == 201
    assert office.accept(office.link_token()).status == 201


def test_a_repeated_request_sends_one_mail(office):
    answers = [office.invite(key="k") for _ in range(3)]
    assert {answer.status for answer in answers} == {200}
    assert len(office.system.mails()) == 1
    assert office.accept(office.link_token()).status == 201
    assert office.invite(key="k").status == 200
    assert len(office.system.mails()) == 1


def test_death_after_a_deletion(office):
    office.invited()
    office.books.delete(f"/users/{office.members()[GRACE]['id']}").ok  # noqa: B018 - its consequence is lost
    assert office.invite().status == 200
    assert office.accept(office.link_token()).status == 201
    office.tell_names()
    assert office.members()[GRACE]["status"] == "active"


def test_death_after_an_acceptance(office):
    token = office.invited()
    office.accept(token)
    assert office.system.sql("SELECT COUNT(*) FROM names_due") == [(1,)]
    grace = office.system.sign_in(GRACE, "a compiler of her own")
    assert office.books.get("/accounts", user_id=grace.user_id).status == 200  # nothing has to be told for that
    assert office.tell_names() == 1


def test_a_name_that_changes_while_it_is_told_is_told_again(office):
    office.accept(office.invited())
    from tenancy.identity.names import find_due, name_told, tell_names
    from tenancy.system_database import system_transaction

    with system_transaction(office.system.services.engine) as connection:
        (due,) = find_due(connection, office.system.clock.now())
        office.advance(seconds=1)
        tell_names(connection, due.user_id, office.system.clock.now())
        name_told(connection, due)
    assert office.tell_names() == 1


def test_the_inner_paths_are_not_reachable():
    from domain.catalog import inner_endpoints, tenant_endpoints
    from tenancy.system_catalog import system_endpoints

    public = {endpoint.path for endpoint in (*tenant_endpoints(), *system_endpoints())}
    inner = {endpoint.path for endpoint in inner_endpoints()}
    assert inner
    assert all(path.startswith("/inner/") for path in inner)
    assert not any(path.startswith("/inner") for path in public)


def test_the_answer_of_the_first_step_names_no_secret(office):
    begun = office.begin()
    assert json.loads(begun.body) == {"user_id": 2}
