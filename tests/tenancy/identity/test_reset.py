import re
from concurrent.futures import ThreadPoolExecutor

import pytest

NEW = {"password": "an even better one", "confirm_password": "an even better one"}


def link_token(system):
    found = re.search(r"https://books.example/auth/reset_password/([0-9a-f]+)\s", system.mail_text())
    assert found
    return found[1]


def ask(system, email="ada@example.com"):
    answer = system.post("/auth/send_reset_password", {"email": email})
    assert (answer.status, answer.body) == (201, b"")
    return answer


def test_reset(system, ada):
    assert system.get("/auth/account", ada).status == 200
    ask(system, "ADA@example.com")
    token = link_token(system)
    assert len(token) == 64
    assert token not in str(system.sql("SELECT * FROM password_resets"))
    answer = system.post(f"/auth/reset/{token}", NEW)
    assert (answer.status, answer.body) == (201, b"")
    assert system.get("/auth/account", ada).status == 401  # every session ended
    assert system.post("/auth/signin", {"email": ada.email, "password": "correct horse battery"}).status == 401
    system.sign_in(password=NEW["password"])
    assert system.post(f"/auth/reset_password/{token}", NEW).errors == ["TOKEN_INVALID"]
    assert "was changed" in system.mails()[-1]["Subject"]


def test_an_unknown_email_gets_the_same_answer(system, ada):
    assert ask(system, "nobody@example.com").headers.keys() == ask(system).headers.keys()
    assert len(system.mails()) == 1


@pytest.mark.parametrize("token", ["x", "0" * 64, "%00", "a" * 100_000, "\ud800", "' OR 1=1"])
def test_unknown_tokens(system, ada, token):
    assert system.post(f"/auth/reset/{token}", NEW).errors == ["TOKEN_INVALID"]


def test_an_expired_token(system, ada):
    ask(system)
    token = link_token(system)
    system.clock.advance(seconds=system.config.reset_token_life_s)
    assert system.post(f"/auth/reset/{token}", NEW).errors == ["TOKEN_EXPIRED", "TOKEN_INVALID"]


def test_a_newer_link_ends_the_older(system, ada):
    ask(system)
    old = link_token(system)
    ask(system)
    new = link_token(system)
    assert system.post(f"/auth/reset/{old}", NEW).errors == ["TOKEN_INVALID"]
    assert system.post(f"/auth/reset/{new}", NEW).status == 201


def test_bad_passwords_leave_the_link_usable(system, ada):
    ask(system)
    token = link_token(system)
    for password in ("", "short", "x" * 200_000, None):
        answer = system.post(f"/auth/reset/{token}", {"password": password})
        assert (answer.status, set(answer.errors)) == (400, {"VALIDATION_ERROR"})
        assert len(answer.body) < 1000
    assert system.post(f"/auth/reset/{token}", NEW).status == 201


def use_at_once(system):
    ask(system)
    token = link_token(system)
    passwords = [f"password number {number}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda password: system.post(f"/auth/reset/{token}", {"password": password}), passwords))
    assert sorted(answer.status for answer in answers) == [201, 400, 400, 400]
    assert all(answer.errors == ["TOKEN_INVALID"] for answer in answers if answer.status == 400)
    winner = next(password for password, answer in zip(passwords, answers, strict=True) if answer.status == 201)
    works = [system.post("/auth/signin", {"email": "ada@example.com", "password": word}).status == 201 for word in passwords]
    assert works == [word == winner for word in passwords]
    assert system.sql("SELECT credentials_version FROM users") == [(2,)]


def test_of_concurrent_uses_exactly_one_wins(system, ada):
    use_at_once(system)


def test_of_concurrent_uses_exactly_one_wins_on_mariadb(make_system, mariadb_url):
    system = make_system(system_database_url=mariadb_url)
    system.person()
    use_at_once(system)


def test_an_inactive_person_gets_no_link(system, ada):
    system.sql("UPDATE users SET active = 0")
    ask(system)
    assert system.mails() == []
