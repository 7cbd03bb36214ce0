"""Locks on periods, and that postings of locked days are refused (accounting.md 8, E12)."""

import pytest

from domain.kit.errors import DomainError
from domain.transactions_locking.service import guard
from tests.domain.contacts.factories import add as add_contact
from tests.domain.manual_journals.factories import simple, trace

LOCKED, UNKNOWN = "TRANSACTIONS_DATE_LOCKED", "TRANSACTIONS_LOCKING_MODULE_NOT_FOUND"
ROOT = "/transactions-locking"


def lock(books, module="financial", to="2024-03-31", reason="Return filed"):
    return books.put(f"{ROOT}/lock", {"module": module, "lock_to_date": to, "reason": reason}).ok


def cancel(books, module="financial", reason="Mistake"):
    return books.put(f"{ROOT}/cancel-lock", {"module": module, "reason": reason}).ok


def unlock(books, first, last, module="financial", reason="Auditor"):
    body = {"module": module, "unlock_from_date": first, "unlock_to_date": last, "reason": reason}
    return books.put(f"{ROOT}/unlock-partial", body)


def write(books, day, **more):
    return books.post("/manual-journals", simple(books, date=day) | more)


def accepts(books, day):
    return write(books, day).status == 201


def locked(books, module, day):
    """Whether the guard refuses, for documents that these books do not have yet."""
    from datetime import date

    def asked(ctx):
        try:
            guard(ctx, module, None, date.fromisoformat(day))
        except DomainError as problem:
            return problem.code.type == LOCKED
        return False

    return books.query(asked)


def test_nothing_is_locked_at_first(books):
    found = books.get(ROOT).ok
    assert found["locking_type"] == "partial"
    assert [module["module"] for module in found["modules"]] == ["sales", "purchases", "financial"]
    assert [module["formatted_module"] for module in found["modules"]] == ["Sales", "Purchases", "Financial"]
    assert (found["all"]["formatted_module"], found["all"]["description"]) == ("All transactions", "")
    for module in (found["all"], *found["modules"]):
        assert (module["is_enabled"], module["is_partial_unlock"]) == (False, False)
        assert {module[f"{key}_date"] for key in ("lock_to", "unlock_from", "unlock_to")} == {None}
        assert {module[f"formatted_{key}_date"] for key in ("lock_to", "unlock_from", "unlock_to")} == {""}
        assert {module[f"{key}_reason"] for key in ("lock", "unlock", "partial_unlock")} == {""}
    assert accepts(books, "1999-01-01")


def test_lock(books):
    answer = lock(books)
    assert answer["message"]
    expected = {"is_enabled": True, "lock_to_date": "2024-03-31", "lock_reason": "Return filed", "is_partial_unlock": False}
    assert answer["data"].items() >= expected.items()
    found = books.get(f"{ROOT}/financial").ok
    assert found.items() >= (expected | {"formatted_lock_to_date": "31 Mar 2024", "module": "financial"}).items()
    assert books.get(f"{ROOT}/sales").ok["is_enabled"] is False


def test_the_last_locked_day_is_locked_and_the_next_is_not(books):
    lock(books)
    before = trace(books)
    answer = write(books, "2024-03-31")
    assert (answer.status, answer.errors) == (400, [LOCKED])
    assert answer.json["errors"][0]["payload"] == {"lockedToDate": "2024-03-31", "formattedLockedToDate": "31 Mar 2024"}
    assert trace(books) == before
    assert accepts(books, "2024-04-01")
    books.verify()


def test_days_are_calendar_days(books):
    lock(books, to="2024-03-31T23:30:00.000Z")
    assert not accepts(books, "2024-03-31T00:30:00.000Z")
    assert accepts(books, "2024-04-01T00:00:00.000Z")


def test_drafts_may_be_written_and_not_published(books):
    lock(books)
    draft = write(books, "2024-03-01", publish=False).created["id"]
    assert books.patch(f"/manual-journals/{draft}/publish").errors == [LOCKED]
    assert books.put(f"/manual-journals/{draft}", simple(books, date="2024-02-01", publish=False)).ok
    assert books.delete(f"/manual-journals/{draft}").status == 200


def test_a_locked_posting_is_not_edited_moved_or_deleted(books):
    inside, outside = (write(books, day).created["id"] for day in ("2024-03-01", "2024-05-01"))
    lock(books)
    before = trace(books)
    assert books.put(f"/manual-journals/{inside}", simple(books, 5, date="2024-03-02")).errors == [LOCKED]
    assert books.put(f"/manual-journals/{inside}", simple(books, 5, date="2024-05-02")).errors == [LOCKED]
    assert books.put(f"/manual-journals/{outside}", simple(books, 5, date="2024-03-02")).errors == [LOCKED]
    assert books.delete(f"/manual-journals/{inside}").errors == [LOCKED]
    assert trace(books) == before
    assert books.put(f"/manual-journals/{outside}", simple(books, 5, date="2024-05-02")).ok
    assert books.delete(f"/manual-journals/{outside}").status == 200
    books.verify()


def test_expenses_are_financial(books):
    lock(books)
    category = {"index": 1, "expense_account_id": books.account("rent"), "amount": 5}
    body = {"payment_account_id": books.account("bank-account"), "categories": [category], "publish": True}
    assert books.post("/expenses", body | {"payment_date": "2024-03-31"}).errors == [LOCKED]
    assert books.post("/expenses", body | {"payment_date": "2024-04-01"}).created


@pytest.mark.parametrize(("module", "noun"), [("sales", "customers"), ("purchases", "vendors")])
def test_opening_balances_are_sales_and_purchases(books, module, noun):
    lock(books, "financial")
    opening = {"opening_balance": 10, "opening_balance_at": "2024-01-01"}
    add_contact(books, noun, display_name="Before", **opening)
    lock(books, module)
    assert books.post(f"/{noun}", {"display_name": "After"} | opening).errors == [LOCKED]
    assert books.post(f"/{noun}", {"display_name": "After"}).created
    books.verify()


def test_modules_lock_their_own_documents(books):
    lock(books, "sales")
    assert accepts(books, "2024-03-01")
    assert (locked(books, "sales", "2024-03-01"), locked(books, "purchases", "2024-03-01")) == (True, False)


def test_the_common_lock_stands_before_the_modules_own(books):
    """Worked example E12."""
    lock(books, "financial", "2024-12-31")
    lock(books, "all", "2023-12-31")
    assert books.get(ROOT).ok["locking_type"] == "all"
    assert accepts(books, "2024-06-01")
    assert not accepts(books, "2023-12-31")
    assert locked(books, "sales", "2023-12-31")
    cancel(books, "all")
    assert books.get(ROOT).ok["locking_type"] == "partial"
    assert not accepts(books, "2024-06-01")
    assert not locked(books, "sales", "2023-12-31")
    lock(books, "all", "2023-12-31")
    lock(books, "sales", "2024-01-31")  # modules are locked one by one again
    assert books.get(ROOT).ok["locking_type"] == "partial"
    assert not accepts(books, "2024-06-01")


def test_cancelling_a_module_leaves_the_common_lock_in_force(books):
    lock(books, "all")
    cancel(books, "financial")
    assert books.get(ROOT).ok["locking_type"] == "all"
    assert not accepts(books, "2024-03-31")


def test_cancel_keeps_day_and_reason_for_the_record(books):
    lock(books)
    assert unlock(books, "2024-02-01", "2024-02-10").ok
    data = cancel(books)["data"]
    assert (data["is_enabled"], data["lock_to_date"], data["lock_reason"]) == (False, "2024-03-31", "Return filed")
    assert (data["unlock_reason"], data["unlock_from_date"], data["is_partial_unlock"]) == ("Mistake", None, False)
    assert accepts(books, "2024-03-01")


def test_a_window_is_open_from_its_first_to_its_last_day(books):
    lock(books)
    data = unlock(books, "2024-02-01", "2024-02-10").ok["data"]
    assert (data["is_partial_unlock"], data["partial_unlock_reason"]) == (True, "Auditor")
    days = ["2024-01-31", "2024-02-01", "2024-02-05", "2024-02-10", "2024-02-11", "2024-04-01"]
    assert [accepts(books, day) for day in days] == [False, True, True, True, False, True]
    answer = books.put(f"{ROOT}/cancel-unlock-partial", {"module": "financial"}).ok
    assert list(answer) == ["message"]
    assert not accepts(books, "2024-02-05")
    found = books.get(f"{ROOT}/financial").ok
    assert (found["is_partial_unlock"], found["partial_unlock_reason"]) == (False, "")
    books.verify()


def test_a_move_needs_both_days_open(books):
    made = write(books, "2024-02-05").created["id"]
    lock(books)
    assert unlock(books, "2024-02-01", "2024-02-10").ok
    assert books.put(f"/manual-journals/{made}", simple(books, date="2024-02-11")).errors == [LOCKED]
    assert books.put(f"/manual-journals/{made}", simple(books, date="2024-02-10")).ok


def test_refusals(books):
    for path in ("lock", "cancel-lock", "unlock-partial", "cancel-unlock-partial"):
        body = {"module": "stock", "reason": "x", "lock_to_date": "2024-01-01"}
        body |= {"unlock_from_date": "2024-01-01", "unlock_to_date": "2024-01-01"}
        assert books.put(f"{ROOT}/{path}", body).errors == [UNKNOWN], path
    assert books.get(f"{ROOT}/stock").errors == [UNKNOWN]
    for key in ("module", "lock_to_date", "reason"):
        body = {"module": "all", "lock_to_date": "2024-01-01", "reason": "x"}
        assert books.put(f"{ROOT}/lock", body | {key: " "}).errors == ["VALIDATION_ERROR"]
    assert books.put(f"{ROOT}/cancel-lock", {"module": "all"}).errors == ["VALIDATION_ERROR"]
    for key in ("unlock_from_date", "unlock_to_date", "reason"):
        body = {"unlock_from_date": "2024-01-01", "unlock_to_date": "2024-01-02", "reason": "x"}
        assert books.put(f"{ROOT}/unlock-partial", body | {key: ""}).errors == ["VALIDATION_ERROR"]
    assert unlock(books, "2024-02-10", "2024-02-01").errors == ["UNLOCK_DATES_REVERSED"]
    lock(books, "all")
    assert unlock(books, "2024-02-01", "2024-02-10").errors == ["TRANSACTION_LOCKING_ALL"]
    assert unlock(books, "2024-02-01", "2024-02-10", "all").ok


def test_who_may(books):
    permissions = [{"subject": "ManualJournal", "ability": ability, "value": True} for ability in ("View", "Create")]
    role = {"role_name": "Clerk", "role_description": "", "permissions": permissions}
    books.add_member(user_id=2, role_id=books.post("/roles", role).created["data"]["id"])
    assert books.put(f"{ROOT}/lock", {"module": "all", "lock_to_date": "2024-01-01", "reason": "x"}, user_id=2).status == 403
    lock(books)
    assert books.post("/manual-journals", simple(books, date="2024-03-01"), user_id=2).errors == [LOCKED]


def test_locks_are_in_the_audit_trail(books):
    lock(books)
    unlock(books, "2024-02-01", "2024-02-10")
    books.put(f"{ROOT}/cancel-unlock-partial", {"module": "financial"})
    cancel(books)
    entries = books.get("/audit-trail?subject=TransactionsLocking").ok["data"]
    assert [entry["action"] for entry in entries] == ["unlocked", "partial unlock cancelled", "partly unlocked", "locked"]
    assert entries[-1]["after"].items() >= {"module": "financial", "lock_to_date": "2024-03-31", "is_enabled": True}.items()
