import time
from statistics import median

import bcrypt
import jwt
import pytest

from tenancy.identity.passwords import hash_password, needs_rehash, verify_password


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"email": "ada@example.com", "password": "wrong password"}, "INVALID_DETAILS"),
        ({"email": "nobody@example.com", "password": "wrong password"}, "INVALID_DETAILS"),
        ({"email": "not an address", "password": "wrong password"}, "INVALID_DETAILS"),
    ],
)
def test_refused(system, ada, body, code):
    answer = system.post("/auth/signin", body)
    assert answer.status == 401
    assert (answer.json["code"], answer.json["error"], answer.json["statusCode"]) == (code, "Unauthorized", 401)
    assert answer.errors == [code]


@pytest.mark.parametrize("body", [{}, {"email": "ada@example.com"}, {"password": "x"}, {"email": "", "password": ""}])
def test_missing_fields_are_unauthorized(system, ada, body):
    answer = system.post("/auth/signin", body)
    assert (answer.status, answer.json["message"], answer.errors) == (401, "Unauthorized", ["UNAUTHORIZED"])


def test_a_200_kb_password_is_refused_unread(system, ada):
    answer = system.post("/auth/signin", {"email": ada.email, "password": "x" * 200_000})
    assert answer.status == 400
    assert len(answer.body) < 1000
    assert system.post("/auth/signin", {"email": "x" * 200_000, "password": "x"}).status == 400
    assert system.post("/auth/signin", {"email": "a\ud800@b.c", "password": "x"}).status == 400


def test_an_invited_person_without_password_is_refused_like_any(system, ada):
    system.sql("UPDATE users SET password_hash = NULL")
    assert system.post("/auth/signin", {"email": ada.email, "password": "nobody's password"}).json["code"] == "INVALID_DETAILS"


def test_an_inactive_person_is_told_so_only_with_the_right_password(system, ada):
    system.sql("UPDATE users SET active = 0")
    refused = system.post("/auth/signin", {"email": ada.email, "password": "correct horse battery"})
    assert (refused.status, refused.json["code"], refused.errors) == (401, "USER_INACTIVE", ["USER_INACTIVE"])
    assert refused.json["errors"][0]["statusCode"] == 401
    assert system.post("/auth/signin", {"email": ada.email, "password": "wrong"}).json["code"] == "INVALID_DETAILS"


def test_an_imported_bcrypt_hash_verifies_and_is_replaced(system, ada):
    old = bcrypt.hashpw(b"correct horse battery", bcrypt.gensalt(4)).decode().replace("$2b$", "$2a$")
    system.sql("UPDATE users SET password_hash = :hash", hash=old)
    assert system.post("/auth/signin", {"email": ada.email, "password": "wrong"}).status == 401
    assert system.sql("SELECT password_hash FROM users") == [(old,)]
    system.sign_in()
    [(new,)] = system.sql("SELECT password_hash FROM users")
    assert new.startswith("$argon2id$")
    assert system.get("/auth/account", ada).status == 200  # the password is the same: sessions go on
    system.sign_in()


def test_hashes():
    stored = hash_password("pässwörd 🔑")
    assert verify_password(stored, "pässwörd 🔑")
    assert not verify_password(stored, "pässwörd")
    assert not verify_password(None, "nobody's password")
    assert not verify_password("rubbish", "x")
    assert not verify_password("$2b$rubbish", "x")
    assert not needs_rehash(stored)
    long = bcrypt.hashpw(b"x" * 72, bcrypt.gensalt(4)).decode()
    assert verify_password(long, "x" * 90)  # what bcrypt implementations did with long passwords


def test_an_unknown_email_takes_as_long(system, ada):
    def timed(email):
        started = time.perf_counter()
        system.post("/auth/signin", {"email": email, "password": "wrong password"})
        return time.perf_counter() - started

    timed("warm@example.com")
    known, unknown = [], []
    for number in range(9):
        known.append(timed(ada.email))
        unknown.append(timed(f"nobody{number}@example.com"))
    assert 0.5 < median(known) / median(unknown) < 2


def test_sign_out_revokes_this_token_only(system, ada):
    other = system.sign_in()
    assert system.get("/auth/account", ada).status == 200
    assert system.post("/auth/signout", person=ada).status == 200
    assert (system.get("/auth/account", ada).status, system.get("/auth/account", ada).errors) == (401, ["UNAUTHORIZED"])
    assert system.get("/auth/account", other).status == 200
    assert system.post("/auth/signout", person=ada).status == 401


def test_the_token(system, ada):
    claims = jwt.decode(ada.token, options={"verify_signature": False})
    assert claims["sub"] == str(ada.user_id)
    assert set(claims) == {"sub", "jti", "iat", "exp", "ver"}
    assert claims["exp"] - claims["iat"] == system.config.token_life_s
    assert jwt.get_unverified_header(ada.token)["alg"] == "HS384"


def test_an_expired_token_is_refused_also_from_memory(system, ada):
    assert system.get("/auth/account", ada).status == 200
    system.clock.advance(seconds=system.config.token_life_s - 1)
    assert system.get("/auth/account", ada).status == 200
    system.clock.advance(seconds=1)
    assert system.get("/auth/account", ada).status == 401


def test_forged_tokens_are_refused(system, ada):
    claims = jwt.decode(ada.token, options={"verify_signature": False})
    forged = [
        jwt.encode(claims, "123123" * 10, algorithm="HS384"),
        jwt.encode(claims, None, algorithm="none"),
        jwt.encode(claims | {"sub": "ada@example.com"}, "x" * 64, algorithm="HS512"),
        ada.token[:-2],
        ada.token + "x",
        "x.y.z",
        "bc_" + "0" * 96,
        "bc_",
        "x" * 100_000,
        "\udcff",
    ]
    for token in forged:
        answer = system.get("/auth/account", token=token)
        assert (answer.status, answer.errors) == (401, ["UNAUTHORIZED"])
    for header in ("", "Basic abc", ada.token, "Bearer", "Bearer "):
        answer = system.authenticator.cached(header, None, endpoint=None)
        assert answer is None


def test_a_removed_person_is_refused(system, ada):
    system.sql("UPDATE users SET deleted_at = '2024-01-01'")
    answer = system.get("/auth/account", ada)
    assert (answer.status, answer.json["code"]) == (401, "USER_NOT_FOUND")
    assert system.post("/auth/signin", {"email": ada.email, "password": "correct horse battery"}).status == 401


def test_an_inactive_person_is_refused_with_a_token(system, ada):
    system.sql("UPDATE users SET active = 0")
    answer = system.get("/auth/account", ada)
    assert (answer.status, answer.errors) == (400, ["USER_INACTIVE"])
