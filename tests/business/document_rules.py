"""The part of the random business that writes journals and expenses."""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.books import Books, Response
from tests.business.expected_books import BASE, CONTROL, Document, ExpectedAccount, ExpectedBooks, ExpectedContact

DAYS = st.integers(0, 180).map(lambda days: date(2024, 1, 1) + timedelta(days))
AMOUNTS = st.decimals("0.01", "99999.99", places=2)
RATES = st.decimals("0.05", "150", places=4)
CURRENCIES = st.sampled_from([BASE, BASE, "EUR"])
PAYABLE_FROM = {"cash", "bank", "credit-card", "other-current-asset", "none-current-asset", "fixed-asset"}
SPENT_ON = {"cost-of-goods-sold", "expense", "other-expense"}
COST_OF_GOODS = 1019
"""Predefined: it cannot be deleted."""
LOCKED = "TRANSACTIONS_DATE_LOCKED"


def control_type(contact: ExpectedContact) -> str:
    """The type of the account on which the contact's balance stands."""
    return "accounts-receivable" if contact.customer else "accounts-payable"


class DocumentRules(RuleBasedStateMachine):
    """Journals and expenses: created, edited, published, deleted, refused."""

    open_books: ClassVar[Callable[[], Books]]

    def __init__(self) -> None:
        super().__init__()
        self.books = type(self).open_books()
        self.model = ExpectedBooks()
        self.names = itertools.count(1)

    @initialize()
    def seeded(self) -> None:
        normals = {item["key"]: item["normal"] == "debit" for item in self.books.get("/accounts/types").ok}
        self.normals = normals
        for item in self.books.get("/accounts?structure=flat").ok["accounts"]:
            self._learn(item)
        self.equity = self.books.account("opening-balance-equity")
        self._create_account("bank", "EUR")
        self.model.tax_codes = {item["id"]: item["code"] for item in self.books.get("/tax-rates").ok["data"]}

    def teardown(self) -> None:
        self.books.close()

    # -- the means -----------------------------------------------------------------------------------------------------------

    def _learn(self, item: dict[str, Any]) -> None:
        kind = item["account_type"]
        self.model.accounts[item["id"]] = ExpectedAccount(
            item["id"], kind, self.normals[kind], item["currency_code"], bool(item["predefined"])
        )

    def _marks(self) -> tuple[Any, ...]:
        """The ledger, the trail and the numbers: what a refusal must leave alone."""
        ledger = tuple(self.books.sql("SELECT COUNT(*), MAX(id), SUM(debit), SUM(credit) FROM ledger_lines")[0])
        trail = tuple(self.books.sql("SELECT COUNT(*), MAX(id) FROM audit_trail")[0])
        number = self.books.sql("SELECT value FROM settings WHERE \"group\" = 'manual_journals' AND \"key\" = 'next_number'")
        return ledger, trail, tuple(map(tuple, number))

    def _call(self, method: str, path: str, body: Any = None, *, refused: str | None = None) -> Response:
        """A call that must succeed, or be refused for that reason and change nothing."""
        before = self._marks()
        answer = self.books.call(method, path, body)
        if refused is None:
            assert answer.status in {200, 201}, (method, path, body, answer.body[:500])
            assert self._marks()[1] > before[1], "a change without an entry in the audit trail"
        else:
            assert refused in answer.errors, (method, path, body, answer.status, answer.body[:500])
            assert self._marks() == before, (method, path)
        return answer

    def _pick(self, data: st.DataObject, ids: Any) -> int:
        ids = sorted(ids)
        assume(ids)
        return data.draw(st.sampled_from(ids))

    def _create_account(self, kind: str, currency: str) -> None:
        body = {"name": f"Account {next(self.names)}", "account_type": kind, "currency_code": currency}
        self._learn({"predefined": False} | self._call("POST", "/accounts", body).created)

    # -- manual journals -----------------------------------------------------------------------------------------------------

    def _journal(self, data: st.DataObject) -> dict[str, Any]:
        currency = data.draw(CURRENCIES)
        plain = [
            item.id for item in self.model.accounts.values() if item.currency in {BASE, currency} and item.type not in CONTROL
        ]
        legs = data.draw(st.lists(st.tuples(st.sampled_from(sorted(plain)), AMOUNTS), min_size=1, max_size=4))
        entries: list[dict[str, Any]] = [{"account_id": account_id, "debit": str(amount)} for account_id, amount in legs]
        total = sum(amount for _, amount in legs)
        share = data.draw(st.decimals("0.01", total, places=2))
        entries.append({"account_id": data.draw(st.sampled_from(sorted(plain))), "credit": str(share)})
        if total != share:
            entries.append({"credit": str(total - share), **self._balancing(data, currency, plain)})
        if data.draw(st.booleans()):
            for entry in entries:
                entry["debit"], entry["credit"] = entry.get("credit", "0"), entry.get("debit", "0")
        rate = Decimal(1) if currency == BASE else data.draw(RATES)
        return {
            "date": data.draw(DAYS).isoformat(),
            "currency_code": currency,
            "exchange_rate": str(rate),
            "entries": entries,
            "publish": data.draw(st.booleans()),
        }

    def _balancing(self, data: st.DataObject, currency: str, plain: list[int]) -> dict[str, Any]:
        """A plain account, or a control account with a contact of its currency."""
        contacts = [item for item in self.model.contacts.values() if item.currency in {BASE, currency}]
        usable = [item for item in contacts if self.model.of_type(control_type(item), item.currency)]
        if not usable or data.draw(st.booleans()):
            return {"account_id": data.draw(st.sampled_from(sorted(plain)))}
        contact = data.draw(st.sampled_from(usable))
        return {"account_id": self.model.of_type(control_type(contact), contact.currency)[0].id, "contact_id": contact.id}

    def _journal_document(self, body: dict[str, Any], number: str, *, published: bool) -> Document:
        lines = self.model.journal_lines(body["entries"], Decimal(body["exchange_rate"]))
        return Document(date.fromisoformat(body["date"]), body["currency_code"], lines, published, number, body)

    @rule(data=st.data())
    def create_journal(self, data: st.DataObject) -> None:
        body = self._journal(data)
        locked = body["publish"] and self.model.locked("financial", date.fromisoformat(body["date"]))
        answer = self._call("POST", "/manual-journals", body, refused=LOCKED if locked else None)
        if not locked:
            self.model.journals_created += 1
            number = answer.created["journal_number"]
            assert number == f"J-{self.model.journals_created:05}"
            self.model.journals[answer.created["id"]] = self._journal_document(body, number, published=body["publish"])

    @rule(data=st.data(), wrong=st.sampled_from(["unbalanced", "nothing", "account", "contact", "number", "control"]))
    def create_wrong_journal(self, data: st.DataObject, wrong: str) -> None:
        body = self._journal(data)
        body["publish"] = False
        entries, code = body["entries"], "credit_debit_not_equal"
        match wrong:
            case "unbalanced":
                entries.append({"account_id": 1000, "debit": "0.01"})
            case "nothing":
                body["entries"], code = [{"account_id": 1000, "debit": "0.001"}], "credit_debit_not_equal_zero"
            case "account":
                entries[0]["account_id"], code = 999_999, "accounts_ids_not_found"
            case "contact":
                entries[0]["contact_id"], code = 999_999, "contacts_not_found"
            case "number":
                taken = [journal.number for journal in self.model.journals.values()]
                assume(taken)
                body["journal_number"], code = taken[0], "journal_number_exists"
            case _:
                entries[0] |= {"account_id": self.books.account("accounts-receivable"), "contact_id": None}
                code = "ENTRIES_SHOULD_ASSIGN_WITH_CONTACT"
        self._call("POST", "/manual-journals", body, refused=code)

    @precondition(lambda self: self.model.journals)
    @rule(data=st.data())
    def edit_journal(self, data: st.DataObject) -> None:
        journal_id = self._pick(data, self.model.journals)
        old, body = self.model.journals[journal_id], self._journal(data)
        body["journal_number"] = old.number
        published = old.published or body["publish"]
        locked = published and self.model.locked("financial", old.day, date.fromisoformat(body["date"]))
        self._call("PUT", f"/manual-journals/{journal_id}", body, refused=LOCKED if locked else None)
        if not locked:
            self.model.journals[journal_id] = self._journal_document(body, str(old.number), published=published)

    @precondition(lambda self: self.model.journals)
    @rule(data=st.data())
    def publish_journal(self, data: st.DataObject) -> None:
        journal_id = self._pick(data, self.model.journals)
        self._publish("PATCH", f"/manual-journals/{journal_id}/publish", self.model.journals[journal_id])

    def _publish(self, method: str, path: str, document: Document) -> None:
        refused = None
        if document.published:
            journal = document.number is not None
            refused = "MANUAL_JOURNAL_ALREADY_PUBLISHED" if journal else "expense_already_published"
        elif self.model.locked("financial", document.day):
            refused = LOCKED
        self._call(method, path, refused=refused)
        if refused is None:
            document.published = True

    @precondition(lambda self: self.model.journals)
    @rule(data=st.data(), bulk=st.booleans())
    def delete_journal(self, data: st.DataObject, bulk: bool) -> None:
        journal_id = self._pick(data, self.model.journals)
        old = self.model.journals[journal_id]
        refused = LOCKED if old.published and self.model.locked("financial", old.day) else None
        if bulk:
            self._call(
                "POST",
                "/manual-journals/bulk-delete",
                {"ids": [journal_id, 999_999]},
                refused="NOT_FOUND" if not refused else LOCKED,
            )
        self._call("DELETE", f"/manual-journals/{journal_id}", refused=refused)
        if refused is None:
            del self.model.journals[journal_id]

    # -- expenses ------------------------------------------------------------------------------------------------------------

    def _expense(self, data: st.DataObject) -> dict[str, Any]:
        currency = data.draw(CURRENCIES)
        accounts = self.model.accounts.values()
        payment = [item.id for item in accounts if item.type in PAYABLE_FROM and item.currency in {BASE, currency}]
        spent_on = [item.id for item in accounts if item.type in SPENT_ON]
        category = st.fixed_dictionaries({"expense_account_id": st.sampled_from(sorted(spent_on)), "amount": AMOUNTS.map(str)})
        return {
            "payment_date": data.draw(DAYS).isoformat(),
            "payment_account_id": data.draw(st.sampled_from(sorted(payment))),
            "currency_code": currency,
            "exchange_rate": "1" if currency == BASE else str(data.draw(RATES)),
            "categories": data.draw(st.lists(category, min_size=1, max_size=3)),
            "publish": data.draw(st.booleans()),
        }

    def _expense_document(self, body: dict[str, Any], *, published: bool) -> Document:
        lines = self.model.expense_lines(body, Decimal(body["exchange_rate"]))
        return Document(date.fromisoformat(body["payment_date"]), body["currency_code"], lines, published, body=body)

    @rule(data=st.data())
    def create_expense(self, data: st.DataObject) -> None:
        body = self._expense(data)
        locked = body["publish"] and self.model.locked("financial", date.fromisoformat(body["payment_date"]))
        answer = self._call("POST", "/expenses", body, refused=LOCKED if locked else None)
        if not locked:
            self.model.expenses[answer.created["id"]] = self._expense_document(body, published=body["publish"])

    @rule(data=st.data(), wrong=st.sampled_from(["payment", "category", "zero", "account"]))
    def create_wrong_expense(self, data: st.DataObject, wrong: str) -> None:
        body = self._expense(data)
        match wrong:
            case "payment":
                body["payment_account_id"], code = COST_OF_GOODS, "payment_account_has_invalid_type"
            case "category":
                body["categories"][0]["expense_account_id"], code = 1000, "expenses_account_has_invalid_type"
            case "zero":
                body["categories"], code = [{"expense_account_id": COST_OF_GOODS, "amount": 0}], "total_amount_equals_zero"
            case _:
                body["categories"][0]["expense_account_id"], code = 999_999, "some_expenses_not_found"
        self._call("POST", "/expenses", body, refused=code)

    @precondition(lambda self: self.model.expenses)
    @rule(data=st.data())
    def edit_expense(self, data: st.DataObject) -> None:
        expense_id = self._pick(data, self.model.expenses)
        old, body = self.model.expenses[expense_id], self._expense(data)
        published = old.published or body["publish"]
        locked = published and self.model.locked("financial", old.day, date.fromisoformat(body["payment_date"]))
        self._call("PUT", f"/expenses/{expense_id}", body, refused=LOCKED if locked else None)
        if not locked:
            self.model.expenses[expense_id] = self._expense_document(body, published=published)

    @precondition(lambda self: self.model.expenses)
    @rule(data=st.data())
    def publish_expense(self, data: st.DataObject) -> None:
        expense_id = self._pick(data, self.model.expenses)
        self._publish("POST", f"/expenses/{expense_id}/publish", self.model.expenses[expense_id])

    @precondition(lambda self: self.model.expenses)
    @rule(data=st.data())
    def delete_expense(self, data: st.DataObject) -> None:
        expense_id = self._pick(data, self.model.expenses)
        old = self.model.expenses[expense_id]
        refused = LOCKED if old.published and self.model.locked("financial", old.day) else None
        self._call("DELETE", f"/expenses/{expense_id}", refused=refused)
        if refused is None:
            del self.model.expenses[expense_id]
