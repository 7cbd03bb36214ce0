import re
from concurrent.futures import ThreadPoolExecutor

import pytest

HASHES = ("password", "hash", "verify_token", "argon2")


def test_sign_up_and_in(system):
    form = system.sign_up().created
    assert set(form) == {"user_id", "tenant_id", "organization_id"}
    answer = system.post("/auth/signin", {"email": " ADA@Example.com ", "password": "correct horse battery"}).created
    token = answer.pop("access_token")
    assert answer == form
    account = system.get("/auth/account", token=token).ok
    assert (account["email"], account["active"], account["verified"], account["tenant_id"]) == (
        "ada@example.com", True, True, form["tenant_id"],
    )  # fmt: skip
    assert account["last_login_at"] == "2024-06-01T12:00:00.000Z"
    assert not any(word in str(account) for word in HASHES)
    assert system.mails() == []


def test_email_is_taken_whatever_its_case(system):
    system.sign_up()
    assert system.sign_up("Ada@EXAMPLE.com").errors == ["EMAIL_EXISTS"]


def test_simultaneous_sign_ups_make_one_person(system):
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: system.sign_up(), range(4)))
    assert sorted(answer.status for answer in answers) == [201, 400, 400, 400]
    assert system.sql("SELECT COUNT(*) FROM users") == [(1,)]
    assert system.sql("SELECT COUNT(*) FROM tenants") == [(1,)]


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "👩🏽‍🚀 Zoë", "عائشة", "Robert'); DROP TABLE users;--", "{{7*7}}", "\u202eabc"]
)
def test_names_are_data(system, name):
    system.sign_up(first_name=name, last_name=name).created  # noqa: B018
    account = system.get("/auth/account", token=system.sign_in().token).ok
    assert (account["first_name"], account["last_name"]) == (name, name)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password", "x" * 200_000),
        ("password", "short"),
        ("password", ""),
        ("password", None),
        ("password", 12345678),
        ("email", "no address"),
        ("email", "a" * 300 + "@example.com"),
        ("email", "ß" * 140 + "@example.com"),
        ("email", "nul\x00@example.com"),
        ("email", ["ada@example.com"]),
        ("first_name", ""),
        ("first_name", "   "),
        ("first_name", "x" * 256),
        ("first_name", "two\nlines"),
        ("last_name", {"a": 1}),
    ],
)
def test_bounds_of_every_field(system, field, value):
    answer = system.sign_up(**{field: value})
    assert answer.status == 400
    assert set(answer.errors) == {"VALIDATION_ERROR"}
    assert answer.json["message"][0]["property"] == field
    assert len(answer.body) < 2000
    if field == "password":
        assert answer.json["message"][0]["value"] is None
    assert system.sql("SELECT COUNT(*) FROM users") == [(0,)]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{", b'"x"', b"\xff", b"[" * 100_000])
def test_bad_bodies_are_refused(system, body):
    for path in ("/auth/signup", "/auth/send_reset_password", "/auth/signup/verify", "/auth/reset/abc"):
        answer = system.post(path, body)
        assert answer.status == 400
        assert answer.errors


def test_restrictions_come_first(make_system):
    closed = make_system(signup_disabled=True)
    assert closed.sign_up().errors == ["SIGNUP_RESTRICTED"]
    assert closed.get("/auth/meta").ok == {"signup_disabled": True, "meta": {"signup_disabled": True}}
    some = make_system(signup_disabled=True, signup_allowed_emails=" Eve@other.org ", signup_allowed_domains="Example.com,b.org")
    assert some.sign_up("eve@OTHER.org").status == 201
    assert some.sign_up("ada@EXAMPLE.com").status == 201
    assert some.sign_up("eve2@other.org").errors == ["SIGNUP_RESTRICTED_NOT_ALLOWED"]
    assert some.sign_up("x@notexample.com").errors == ["SIGNUP_RESTRICTED_NOT_ALLOWED"]


def test_signing_up_again_touches_nobody_else(system, ada, bob):
    assert ada.tenant_id != bob.tenant_id
    assert system.get("/organizations", bob).ok["organizations"][0]["organization_id"] == bob.organization_id
    assert len(system.get("/organizations", bob).ok["organizations"]) == 1


def test_confirmation(make_system):
    system = make_system(signup_email_confirmation=True)
    ada = system.person()
    assert system.get("/auth/account", ada).ok["verified"] is False
    assert system.get("/organization/current", ada).ok["id"] == ada.tenant_id
    refused = system.post("/organization/build", {}, ada)
    assert (refused.status, refused.errors) == (401, ["USER_NOT_VERIFIED"])
    assert refused.json["message"] == "The user is not verified yet, check out your mail inbox."

    link = re.search(r"https://books.example/auth/email_confirmation\?token=([0-9a-f]+)&email=(\S+)", system.mail_text())
    assert link
    assert len(link[1]) == 128
    assert link[2] == "ada%40example.com"
    for token in ("", "0" * 128, link[1][:-1]):
        assert system.post("/auth/signup/confirm", {"email": ada.email, "token": token}).errors == [
            "SIGNUP_CONFIRM_TOKEN_INVALID"
        ]
    stranger = {"email": "bob@example.com", "token": link[1]}
    assert system.post("/auth/signup/confirm", stranger).errors == ["SIGNUP_CONFIRM_TOKEN_INVALID"]
    user = system.post("/auth/signup/verify", {"email": ada.email, "token": link[1]}).created
    assert user["verified"] is True
    assert not any(word in str(user) for word in HASHES)
    again = system.post("/auth/signup/verify", {"email": ada.email, "token": link[1]})
    assert again.errors == ["SIGNUP_CONFIRM_TOKEN_INVALID"]
    assert system.post("/organization/build", {}, ada).errors[0] == "VALIDATION_ERROR"  # verified at once


def test_an_empty_token_never_matches_an_empty_one(system, ada):
    assert system.post("/auth/signup/verify", {"email": ada.email, "token": ""}).errors == ["SIGNUP_CONFIRM_TOKEN_INVALID"]
    assert system.post("/auth/signup/verify", {"email": ada.email}).errors == ["SIGNUP_CONFIRM_TOKEN_INVALID"]


def test_resend_takes_the_cookie(make_system):
    system = make_system(signup_email_confirmation=True)
    ada = system.person()
    first = system.mail_text()
    assert system.post("/auth/signup/verify/resend", cookie=ada.token).created["code"] == 200
    second = system.mail_text()
    assert len(system.mails()) == 2
    assert first != second
    token = re.search("token=([0-9a-f]+)", second)
    assert token
    assert system.post("/auth/signup/verify", {"email": ada.email, "token": token[1]}).status == 201
    assert system.post("/auth/signup/verify/resend", cookie=ada.token).errors == ["USER_ALREADY_VERIFIED"]
    assert system.post("/auth/signup/verify/resend").status == 401


def test_mails_carry_nothing_that_people_typed(make_system):
    system = make_system(signup_email_confirmation=True)
    system.sign_up(first_name="Visit evil.example <b>now</b>").created  # noqa: B018
    assert "evil" not in str(system.mails()[0])


@pytest.mark.parametrize(("field", "value"), [("password", "half\ud800pair"), ("first_name", "\ud800")])
def test_half_a_character_is_no_json_text(system, field, value):
    assert system.sign_up(**{field: value}).errors == ["MALFORMED_BODY"]
