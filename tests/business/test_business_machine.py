"""Random business, step by step, against books kept in the simplest way: what is stored must follow from the documents alone.

Fast: a few short runs. `HYPOTHESIS_PROFILE=ci`: more and longer ones.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from tests.books import Books, create_books
from tests.business.document_rules import AMOUNTS, DAYS, LOCKED, RATES, DocumentRules
from tests.business.expected_books import BASE, ExpectedContact, Lock

THOROUGH = os.environ.get("HYPOTHESIS_PROFILE") == "ci" or bool(os.environ.get("CI"))
EXAMPLES, STEPS = (20, 40) if THOROUGH else (10, 25)
PHASES = tuple(Phase) if THOROUGH else (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking takes minutes: left to the thorough run."""
MODULES = ("all", "sales", "purchases", "financial")


class Business(DocumentRules):
    """Documents, contacts, accounts, tax rates and locks, in any order; after each step the books are checked."""

    # -- contacts ------------------------------------------------------------------------------------------------------------

    @rule(
        customer=st.booleans(),
        currency=st.sampled_from([BASE, "EUR"]),
        opening=st.none() | AMOUNTS | AMOUNTS.map(lambda amount: -amount),
        day=DAYS,
        rate=RATES,
    )
    def create_contact(self, customer: bool, currency: str, opening: Decimal | None, day: date, rate: Decimal) -> None:
        rate = Decimal(1) if currency == BASE else rate
        opening = abs(opening) if opening is not None and not customer else opening
        contact = ExpectedContact(0, customer, currency)
        body: dict[str, Any] = {"display_name": f"Contact {next(self.names)}", "currency_code": currency}
        if customer:
            body["customer_type"] = "business"
        if opening is not None:
            body |= {
                "opening_balance": str(opening),
                "opening_balance_at": day.isoformat(),
                "opening_balance_exchange_rate": str(rate),
            }
        locked = opening is not None and self.model.locked(contact.module, day)
        answer = self._call("POST", self._path(contact), body, refused=LOCKED if locked else None)
        if locked:
            return
        contact.id = answer.created["id"]
        self.model.contacts[contact.id] = contact
        self._learn_control_accounts()
        if opening is not None:
            contact.opening = self.model.opening(contact, opening, day, rate, self.equity)

    @staticmethod
    def _path(contact: ExpectedContact, suffix: str = "") -> str:
        return f"/{'customers' if contact.customer else 'vendors'}{suffix}"

    def _learn_control_accounts(self) -> None:
        """The control account of another currency is opened with the first posting that needs it."""
        for item in self.books.get("/accounts?structure=flat").ok["accounts"]:
            if item["id"] not in self.model.accounts:
                assert item["account_type"] in {"accounts-receivable", "accounts-payable"}
                self._learn(item)

    @precondition(lambda self: self.model.contacts)
    @rule(data=st.data(), amount=AMOUNTS | st.just(Decimal(0)), day=DAYS, rate=RATES)
    def edit_opening_balance(self, data: st.DataObject, amount: Decimal, day: date, rate: Decimal) -> None:
        contact = self.model.contacts[self._pick(data, self.model.contacts)]
        rate = Decimal(1) if contact.currency == BASE else rate
        body = {
            "opening_balance": str(amount),
            "opening_balance_at": day.isoformat(),
            "opening_balance_exchange_rate": str(rate),
        }
        days = [contact.opening.day] if contact.opening else []
        locked = self.model.locked(contact.module, *days, *([day] if amount else []))
        path = self._path(contact, f"/{contact.id}/opening-balance")
        if not locked and not amount and contact.opening is None:
            assert self.books.put(path, body).status == 200  # nothing there, nothing asked for
            return
        self._call("PUT", path, body, refused=LOCKED if locked else None)
        if not locked:
            self._learn_control_accounts()
            contact.opening = self.model.opening(contact, amount, day, rate, self.equity) if amount else None

    @precondition(lambda self: self.model.contacts)
    @rule(data=st.data())
    def switch_contact(self, data: st.DataObject) -> None:
        contact = self.model.contacts[self._pick(data, self.model.contacts)]
        wish, code = data.draw(
            st.sampled_from([("activate", "CONTACT_ALREADY_ACTIVE"), ("inactivate", "CONTACT_ALREADY_INACTIVE")])
        )
        same = contact.active is (wish == "activate")
        self._call("PATCH", f"/contacts/{contact.id}/{wish}", refused=code if same else None)
        contact.active = wish == "activate"

    @precondition(lambda self: self.model.contacts)
    @rule(data=st.data())
    def delete_contact(self, data: st.DataObject) -> None:
        contact = self.model.contacts[self._pick(data, self.model.contacts)]
        refused = None
        if self.model.contact_used(contact.id):
            refused = "CUSTOMER_HAS_TRANSACTIONS" if contact.customer else "VENDOR_HAS_TRANSACTIONS"
        elif contact.opening and self.model.locked(contact.module, contact.opening.day):
            refused = LOCKED
        self._call("DELETE", self._path(contact, f"/{contact.id}"), refused=refused)
        if refused is None:
            del self.model.contacts[contact.id]

    # -- locks ---------------------------------------------------------------------------------------------------------------

    @rule(module=st.sampled_from(MODULES), day=DAYS)
    def lock(self, module: str, day: date) -> None:
        self._call("PUT", "/transactions-locking/lock", {"module": module, "lock_to_date": day.isoformat(), "reason": "closed"})
        old = self.model.locks.get(module)
        self.model.locks[module] = Lock(day, open_from=old.open_from if old else None, open_to=old.open_to if old else None)
        self.model.locking_type = "all" if module == "all" else "partial"

    @rule(module=st.sampled_from(MODULES))
    def cancel_lock(self, module: str) -> None:
        assume(module in self.model.locks)
        self._call("PUT", "/transactions-locking/cancel-lock", {"module": module, "reason": "opened"})
        self.model.locks[module] = Lock(self.model.locks[module].to, active=False)
        if module == "all":
            self.model.locking_type = "partial"

    @rule(module=st.sampled_from(MODULES), first=DAYS, last=DAYS)
    def open_in_part(self, module: str, first: date, last: date) -> None:
        assume(module in self.model.locks)
        refused = None
        if module != "all" and self.model.locking_type == "all":
            refused = "TRANSACTION_LOCKING_ALL"
        elif first > last:
            refused = "UNLOCK_DATES_REVERSED"
        body = {"module": module, "unlock_from_date": first.isoformat(), "unlock_to_date": last.isoformat(), "reason": "late"}
        self._call("PUT", "/transactions-locking/unlock-partial", body, refused=refused)
        if refused is None:
            lock = self.model.locks[module]
            lock.open_from, lock.open_to = first, last

    # -- accounts and tax rates ----------------------------------------------------------------------------------------------

    @rule(kind=st.sampled_from(["bank", "cash", "expense", "income", "equity"]), currency=st.sampled_from([BASE, "EUR"]))
    def create_account(self, kind: str, currency: str) -> None:
        if currency != BASE and kind not in {"bank", "cash"}:
            body = {"name": f"Account {next(self.names)}", "account_type": kind, "currency_code": currency}
            self._call("POST", "/accounts", body, refused="ACCOUNT_TYPE_NOT_SUPPORTS_MULTI_CURRENCY")
        else:
            self._create_account(kind, currency)

    @rule(data=st.data(), active=st.booleans())
    def switch_account(self, data: st.DataObject, active: bool) -> None:
        account = self.model.accounts[self._pick(data, self.model.accounts)]
        path = f"/accounts/{account.id}/{'activate' if active else 'inactivate'}"
        if account.active is active:
            before = self._marks()
            assert self.books.post(path).status == 200
            assert self._marks() == before
        else:
            self._call("POST", path)
            account.active = active

    @rule(data=st.data())
    def delete_account(self, data: st.DataObject) -> None:
        account = self.model.accounts[self._pick(data, self.model.accounts)]
        refused = None
        if account.predefined:
            refused = "account_predefined"
        elif self.model.account_used(account.id):
            refused = "account_has_associated_transactions"
        self._call("DELETE", f"/accounts/{account.id}", refused=refused)
        if refused is None:
            del self.model.accounts[account.id]

    @rule(percent=st.decimals(0, 100, places=4), taken=st.booleans())
    def create_tax_rate(self, percent: Decimal, taken: bool) -> None:
        codes = list(self.model.tax_codes.values())
        taken = taken and bool(codes)
        code = codes[0] if taken else f"TAX-{next(self.names)}"
        body = {"name": code, "code": code, "rate": str(percent)}
        answer = self._call("POST", "/tax-rates", body, refused="TAX_CODE_NOT_UNIQUE" if taken else None)
        if not taken:
            self.model.tax_codes[answer.created["id"]] = code

    @precondition(lambda self: self.model.tax_codes)
    @rule(data=st.data(), percent=st.decimals(0, 100, places=4))
    def edit_or_delete_tax_rate(self, data: st.DataObject, percent: Decimal) -> None:
        rate_id = self._pick(data, self.model.tax_codes)
        code = self.model.tax_codes.pop(rate_id)
        if data.draw(st.booleans()):
            self._call("DELETE", f"/tax-rates/{rate_id}")
            self._call("DELETE", f"/tax-rates/{rate_id}", refused="TAX_RATE_NOT_FOUND")
        else:
            answer = self._call("PUT", f"/tax-rates/{rate_id}", {"name": "Changed", "code": code, "rate": str(percent)})
            self.model.tax_codes[answer.ok["id"]] = code

    # -- the runtime ---------------------------------------------------------------------------------------------------------

    @rule()
    def reopen(self) -> None:
        """The actor moves to another process: nothing may depend on what was in memory."""
        url = self.books.url
        self.books.close()
        self.books = Books(url)

    @rule(data=st.data())
    def repeat_under_one_key(self, data: st.DataObject) -> None:
        body = self._journal(data) | {"publish": False}
        headers = {"idempotency-key": f"key-{next(self.names)}"}
        first, second = (self.books.post("/manual-journals", body, headers=headers) for _ in range(2))
        assert first.body == second.body
        self.model.journals_created += 1
        created = first.created
        self.model.journals[created["id"]] = self._journal_document(body, created["journal_number"], published=False)

    # -- what must hold ------------------------------------------------------------------------------------------------------

    @invariant()
    def books_verify(self) -> None:
        self.books.verify()

    @invariant()
    def balances_follow_from_the_documents(self) -> None:
        listed = [
            *self.books.get("/accounts?structure=flat").ok["accounts"],
            *self.books.get("/accounts?structure=flat&only_inactive=true").ok["accounts"],
        ]
        assert {item["id"]: item["amount"] for item in listed} == self.model.amounts()
        assert {item["id"] for item in listed if not item["active"]} == {
            item.id for item in self.model.accounts.values() if not item.active
        }

    @invariant()
    def contacts_equal_their_control_accounts(self) -> None:
        stored = {row[0]: Decimal(str(row[1])) for row in self.books.sql("SELECT id, balance FROM contacts")}
        listed = [item for item in self.books.get("/contacts/auto-complete").ok if item["active"]]
        assert {item["id"]: item["balance"] for item in listed} == {
            key: value for key, value in self.model.balances().items() if self.model.contacts[key].active
        }
        assert stored.keys() == self.model.contacts.keys()
        for place, (accounts, contacts) in self.model.control_sums().items():
            assert accounts == contacts, place

    @invariant()
    def numbers_are_those_given(self) -> None:
        listed = self.books.get("/manual-journals?page_size=1000").ok["manual_journals"]
        expected = {(key, item.number, item.published) for key, item in self.model.journals.items()}
        assert {(item["id"], item["journal_number"], item["is_published"]) for item in listed} == expected


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "template.db"
    create_books(f"sqlite:///{path}")
    return path


@pytest.mark.slow
@pytest.mark.timeout(1200 if THOROUGH else 180)
def test_random_business(template: Path, tmp_path: Path) -> None:
    copies: Iterator[int] = iter(range(1_000_000))

    class OnACopy(Business):
        @staticmethod
        def open_books() -> Books:
            path = tmp_path / f"{next(copies)}.db"
            shutil.copy(template, path)
            return Books(f"sqlite:///{path}")

    run_state_machine_as_test(
        OnACopy,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=THOROUGH,
            print_blob=True,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
