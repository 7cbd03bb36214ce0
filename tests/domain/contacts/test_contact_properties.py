"""After any sequence of opening balances: Σ balances of contacts = control accounts, in every currency (DECISIONS 12)."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books import Books

AMOUNTS = st.one_of(
    st.just(Decimal(0)),
    st.decimals(min_value=-1_000_000, max_value=1_000_000, places=3),
    st.decimals(min_value=-1, max_value=1, places=2),
)
NOUN = st.sampled_from(["customers", "vendors"])
CREATE = st.tuples(st.just("create"), NOUN, st.sampled_from(["USD", "EUR", "JPY", "KWD"]))
CHANGE = st.tuples(st.sampled_from(["edit", "edit", "delete"]), st.integers(0, 7), st.just(""))
STEPS = st.lists(
    st.tuples(
        CREATE | CHANGE,
        AMOUNTS,
        st.decimals(min_value="0.00000001", max_value=200, places=8),
        st.dates(date(1950, 1, 1), date(2150, 1, 1)),
    ),
    min_size=1,
    max_size=12,
)


def _apply(books: Books, step: Any, present: list[tuple[str, int]]) -> None:
    (action, which, currency), amount, rate, day = step
    body = {"opening_balance": str(amount), "opening_balance_at": day.isoformat(), "opening_balance_exchange_rate": str(rate)}
    if action == "create":
        created = books.post(f"/{which}", {"display_name": "X", "currency_code": currency} | body).created
        present.append((which, created["id"]))
    elif present:
        noun, contact_id = present[which % len(present)]
        if action == "edit":
            edited = books.put(f"/{noun}/{contact_id}/opening-balance", body).ok
            assert edited["balance"] == edited["opening_balance"]
        else:
            assert books.delete(f"/{noun}/{contact_id}").status == 200
            present.remove((noun, contact_id))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_contacts_sum_to_their_control_accounts(make_books: Callable[..., Books], steps: list[Any]) -> None:
    books = make_books()
    present: list[tuple[str, int]] = []
    for step in steps:
        _apply(books, step, present)
    balances: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    control: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for contact in books.get("/contacts/auto-complete").ok:
        kind = "accounts-receivable" if contact["contact_service"] == "customer" else "accounts-payable"
        balances[kind, contact["currency_code"]] += contact["balance"]
    for account in books.get("/accounts?structure=flat").ok["accounts"]:
        if account["account_type"] in {"accounts-receivable", "accounts-payable"}:
            control[account["account_type"], account["currency_code"]] += account["amount"] or 0
    assert {key: value for key, value in balances.items() if value} == {key: value for key, value in control.items() if value}
    books.verify()
