import re

import pytest


def generate(system, person, name="robot"):
    return system.post("/api-keys/generate", {"name": name}, person).created


@pytest.fixture
def built(system, ada, bob):
    system.build(ada.tenant_id)
    system.build(bob.tenant_id)
    return ada


def test_a_key_acts_as_its_person(system, built):
    form = generate(system, built)
    assert re.fullmatch("bc_[0-9a-f]{96}", form["key"])
    account = system.get("/auth/account", token=form["key"]).ok
    assert (account["id"], account["tenant_id"]) == (built.user_id, built.tenant_id)
    assert system.get("/organization/current", token=form["key"]).ok["id"] == built.tenant_id
    stored = str(system.sql("SELECT * FROM api_keys"))
    assert form["key"] not in stored
    assert form["key"][3:] not in stored


def test_the_list_shows_no_key(system, built):
    form = generate(system, built, "<b>🤖</b>")
    [item] = system.get("/api-keys", built).ok
    assert (item["id"], item["name"], item["token"]) == (form["id"], "<b>🤖</b>", form["key"][:8] + "...")
    assert item["createdAt"] == item["created_at"]
    assert "key" not in item
    assert form["key"][8:] not in str(item)
    assert (item["revoked"], item["revoked_at"], item["expires_at"]) == (False, None, None)


def test_a_revoked_key_is_refused_at_once(system, built):
    form = generate(system, built)
    assert system.get("/auth/account", token=form["key"]).status == 200  # now known from memory
    assert system.put(f"/api-keys/{form['id']}/revoke", None, built).ok == {"id": form["id"], "revoked": True}
    assert system.get("/auth/account", token=form["key"]).status == 401
    assert system.get("/api-keys", built).ok == []
    assert system.put(f"/api-keys/{form['id']}/revoke", None, built).status == 200


def test_foreign_keys(system, built, bob):
    form = generate(system, built)
    answer = system.put(f"/api-keys/{form['id']}/revoke", None, bob)
    assert (answer.status, answer.errors) == (404, ["NOT_FOUND"])
    assert system.get("/api-keys", bob).ok == []
    assert system.get("/auth/account", token=form["key"]).status == 200
    other = system.get("/organization/current", token=form["key"], organization=bob.organization_id)
    assert (other.status, other.errors) == (403, ["ORGANIZATION_NOT_YOURS"])
    assert system.get("/organization/current", token=form["key"], organization=built.organization_id).status == 200


@pytest.mark.parametrize("key_id", ["0", "99999", "abc", "-1", "1e3", "9" * 30])
def test_no_such_key(system, built, key_id):
    assert system.put(f"/api-keys/{key_id}/revoke", None, built).status in {400, 404}


def test_names(system, built):
    assert generate(system, built, None)["id"]
    assert generate(system, built, "")["id"]
    assert system.post("/api-keys/generate", person=built).status == 201
    assert system.post("/api-keys/generate", {"name": "x" * 256}, built).errors == ["VALIDATION_ERROR"]


def test_an_expired_key(system, built):
    form = generate(system, built)
    system.sql("UPDATE api_keys SET expires_at = '2024-06-01 12:00:10.000000'")
    assert system.get("/auth/account", token=form["key"]).status == 200
    system.clock.advance(seconds=11)
    assert system.get("/auth/account", token=form["key"]).status == 401


def test_a_key_ends_with_the_membership(system, built):
    form = generate(system, built)
    system.sql("UPDATE memberships SET active = 0 WHERE user_id = :id", id=built.user_id)
    assert system.get("/auth/account", token=form["key"]).status == 401


def test_a_key_is_kept_secret_from_repetitions(system, built):
    headers = {"idempotency-key": "once"}
    first = system.post("/api-keys/generate", {}, built, headers=headers).created
    assert system.post("/api-keys/generate", {}, built, headers=headers).created != first


def test_keys_are_bounded(system, built, monkeypatch):
    monkeypatch.setattr("tenancy.identity.api_keys.KEYS_PER_TENANT_MAX", 2)
    generate(system, built)
    generate(system, built)
    assert system.post("/api-keys/generate", {}, built).errors == ["API_KEYS_TOO_MANY"]


def test_keys_need_built_books(system, bob):
    assert system.get("/api-keys", bob).errors == ["TENANT.DATABASE.NOT.INITALIZED"]
