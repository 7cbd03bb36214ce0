"""The books of an invented trading company over the last twelve months: always the same for a given month.

Everything goes through the endpoints that the web application uses, each write under an idempotency key of its own: a run that was
interrupted is repeated without doubles.
"""

import calendar
import json
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.kit.exchange import Principal, WireAnswer, WireRequest
from domain.kit.money import allocate, quantize

Execute = Callable[[Sequence[WireRequest]], Awaitable[list[WireAnswer]]]

COMPANY = "Harbour & Pine Trading"
CURRENCY = "USD"
SEED = 1807
MONTHS = 12
END_MARK = "DEMO-END"
"""Reference of the journal that is posted last: where it is there, the books are complete."""

CUSTOMERS = (
    ("Copper Kettle Café", "Mira", "Holt", "mira@copperkettle.example"),
    ("Bluebird Bookshop", "Jonas", "Weir", "orders@bluebird.example"),
    ("Granite Peak Outfitters", "Ana", "Ruiz", "ana@granitepeak.example"),
    ("Lindqvist & Daughters", "Elin", "Lindqvist", "elin@lindqvist.example"),
    ("Old Mill Bakery", "Tom", "Ashby", "tom@oldmill.example"),
    ("Saltmarsh Hotel", "Priya", "Nair", "purchasing@saltmarsh.example"),
    ("Tern Street Market", "Omar", "Haddad", "omar@ternstreet.example"),
    ("Willow Creek School", "Grace", "Okafor", "office@willowcreek.example"),
)
VENDORS = (
    ("Cascade Timber Mill", "sales@cascadetimber.example"),
    ("Northshore Freight", "billing@northshore.example"),
    ("Paperworks Wholesale", "hello@paperworks.example"),
    ("Quayside Property", "rent@quayside.example"),
    ("Silverline Energy", "accounts@silverline.example"),
)
TAX_RATES = (("State sales tax", "SALES-TAX", Decimal("8.25")), ("Reduced sales tax", "SALES-REDUCED", Decimal("4.00")))
ACCOUNTS = (
    ("Salaries and Wages", "expense"),
    ("Utilities", "expense"),
    ("Software Subscriptions", "expense"),
    ("Freight Inwards", "cost-of-goods-sold"),
    ("Interest Expense", "other-expense"),
    ("Accumulated Depreciation", "fixed-asset"),
    ("Van Loan", "long-term-liability"),
)


class DemoError(RuntimeError):
    """A request of the demonstration was refused."""


@dataclass
class Client:
    """Sends requests as the founder, one after the other."""

    execute: Execute
    principal: Principal
    sent: int = 0
    on_write: Callable[[int], None] = lambda _sent: None

    async def get(self, path: str) -> Any:
        """The JSON answered."""
        route, _, query = path.partition("?")
        return await self._send("GET", route, query=query)

    async def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON answered."""
        self.sent += 1
        answer = await self._send("POST", path, body=json.dumps(body, default=str).encode(), key=f"demo-{self.sent:05d}")
        self.on_write(self.sent)
        return answer

    async def _send(self, method: str, path: str, *, query: str = "", body: bytes = b"", key: str | None = None) -> Any:
        headers = {"idempotency-key": key} if key else {}
        request = WireRequest(
            f"demo-{method}-{self.sent}", method, path, query, body, headers, principal=self.principal, address="127.0.0.1"
        )
        (answer,) = await self.execute([request])
        if answer.status >= 300:  # noqa: PLR2004 - no success
            raise DemoError(f"{method} {path} was refused with {answer.status}: {answer.body[:500].decode(errors='replace')}")
        return json.loads(answer.body, parse_float=Decimal) if answer.body else None


@dataclass
class _Company:
    """What the books consist of so far."""

    client: Client
    dice: random.Random
    accounts: dict[str, int] = field(default_factory=dict)
    customers: list[int] = field(default_factory=list)
    vendors: list[int] = field(default_factory=list)
    receivables: list[tuple[date, int, Decimal]] = field(default_factory=list)
    payables: list[tuple[date, int, Decimal]] = field(default_factory=list)
    tax_due: Decimal = Decimal(0)
    number: int = 0

    def amount(self, low: int, high: int) -> Decimal:
        """Some amount with cents between two whole ones."""
        return Decimal(self.dice.randint(low * 100, high * 100)).scaleb(-2)

    async def journal(self, day: date, text: str, *lines: tuple[str, Decimal, int | None], reference: str | None = None) -> None:
        """Post a journal; amounts are debits, negative ones credits."""
        self.number += 1
        entries = [
            {
                "index": index,
                "account_id": self.accounts[account],
                "debit": max(amount, Decimal(0)),
                "credit": max(-amount, Decimal(0)),
                "contact_id": contact,
                "note": text,
            }
            for index, (account, amount, contact) in enumerate(lines, start=1)
            if amount
        ]
        body = {
            "date": day,
            "journal_number": f"J-{self.number:05d}",
            "reference": reference,
            "description": text,
            "publish": True,
            "entries": entries,
        }
        await self.client.post("/manual-journals", body)

    async def expense(self, day: date, text: str, account: str, amount: Decimal, vendor: int) -> None:
        """Post an expense that the bank account paid."""
        body = {
            "payment_date": day,
            "payment_account_id": self.accounts["bank-account"],
            "description": text,
            "payee_id": vendor,
            "publish": True,
            "categories": [{"index": 1, "expense_account_id": self.accounts[account], "amount": amount, "description": text}],
        }
        await self.client.post("/expenses", body)


async def is_complete(client: Client) -> bool:
    """Whether an earlier run came to its end."""
    answer = await client.get("/manual-journals?page=1&page_size=10000")
    return any(journal["reference"] == END_MARK for journal in answer["manual_journals"])


async def fill(client: Client, *, today: date) -> None:
    """Make the books: a year of trade that ends with the month before today's.

    Raises:
        DemoError: a request was refused.

    """
    company = _Company(client, random.Random(SEED))  # noqa: S311 - plausible figures, nothing secret
    months = _months_before(today)
    await _set_up(company)
    await _found(company, months[0])
    for month in months:
        await _trade(company, month)
        await _run(company, month)
    await company.journal(
        _day(months[-1], 31), "Depreciation of the year's equipment",
        ("depreciation-expense", Decimal(2400), None), ("accumulated-depreciation", Decimal(-2400), None), reference=END_MARK,
    )  # fmt: skip


def writes_expected() -> int:
    """About how many writes `fill` makes: for a progress bar."""
    return len(CUSTOMERS) + len(VENDORS) + len(TAX_RATES) + len(ACCOUNTS) + 3 + MONTHS * 23


def _months_before(today: date) -> list[date]:
    """The first days of the twelve months before this one, oldest first."""
    months: list[date] = []
    first = today.replace(day=1)
    for _ in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        months.append(first)
    return months[::-1]


def _day(month: date, day: int) -> date:
    return month.replace(day=min(day, calendar.monthrange(month.year, month.month)[1]))


async def _set_up(company: _Company) -> None:
    client = company.client
    for name, account_type in ACCOUNTS:
        await client.post("/accounts", {"name": name, "account_type": account_type})
    listed = await client.get("/accounts?structure=flat")
    for account in reversed(listed["accounts"]):
        company.accounts[account["slug"]] = account["id"]
    for name, code, rate in TAX_RATES:
        await client.post("/tax-rates", {"name": name, "code": code, "rate": rate, "active": True})
    for name, first, last, email in CUSTOMERS:
        person = {"customer_type": "business", "display_name": name, "company_name": name, "first_name": first, "last_name": last}
        answer = await client.post("/customers", person | {"email": email, "currency_code": CURRENCY})
        company.customers.append(answer["id"])
    for name, email in VENDORS:
        body = {"display_name": name, "company_name": name, "email": email, "currency_code": CURRENCY}
        company.vendors.append((await client.post("/vendors", body))["id"])


async def _found(company: _Company, month: date) -> None:
    await company.journal(
        month, "Capital paid in by the owners",
        ("bank-account", Decimal(60000), None), ("owner-equity", Decimal(-60000), None),
    )  # fmt: skip
    await company.journal(
        _day(month, 2), "Delivery van and shop fittings, partly on loan",
        ("office-equipment", Decimal(18000), None), ("bank-account", Decimal(-6000), None),
        ("van-loan", Decimal(-12000), None),
    )  # fmt: skip


async def _trade(company: _Company, month: date) -> None:
    """Sales and purchases on account, and their payment some weeks later."""
    dice = company.dice
    season = Decimal(13 if month.month in {11, 12} else 10).scaleb(-1)
    for customer in dice.sample(company.customers, 6):
        day = _day(month, dice.randint(2, 27))
        net = quantize(company.amount(900, 4200) * season, CURRENCY)
        tax = quantize(net * TAX_RATES[0][2].scaleb(-2), CURRENCY)
        company.tax_due += tax
        company.receivables.append((day + timedelta(days=dice.randint(10, 50)), customer, net + tax))
        goods, service = allocate(net, [Decimal(4), Decimal(1)], CURRENCY)
        await company.journal(
            day, "Sale on account",
            ("accounts-receivable", net + tax, customer), ("sales-of-product-income", -goods, None),
            ("sales-of-service-income", -service, None), ("tax-payable", -tax, None),
        )  # fmt: skip
    for vendor in dice.sample(company.vendors[:3], 2):
        day, cost = _day(month, dice.randint(1, 20)), quantize(company.amount(1500, 3600) * season, CURRENCY)
        company.payables.append((day + timedelta(days=dice.randint(14, 35)), vendor, cost))
        await company.journal(
            day, "Goods bought on account", ("cost-of-goods-sold", cost, None), ("accounts-payable", -cost, vendor)
        )
    last = _day(month, 31)
    for due in sorted(item for item in company.receivables if item[0] <= last):
        company.receivables.remove(due)
        day, customer, amount = due
        await company.journal(day, "Payment received", ("bank-account", amount, None), ("accounts-receivable", -amount, customer))
    for due in sorted(item for item in company.payables if item[0] <= last):
        company.payables.remove(due)
        day, vendor, amount = due
        await company.journal(day, "Supplier paid", ("accounts-payable", amount, vendor), ("bank-account", -amount, None))


async def _run(company: _Company, month: date) -> None:
    """Rent, energy, software, freight, wages, loan and sales tax."""
    freight, rent, energy = company.vendors[1], company.vendors[3], company.vendors[4]
    await company.expense(_day(month, 1), "Rent of shop and storeroom", "rent", Decimal(1850), rent)
    await company.expense(_day(month, 9), "Electricity and heating", "utilities", company.amount(140, 320), energy)
    await company.expense(
        _day(month, 12), "Bookkeeping and shop software", "software-subscriptions", Decimal(89), company.vendors[2]
    )
    await company.expense(_day(month, 17), "Freight", "freight-inwards", company.amount(120, 480), freight)
    await company.expense(_day(month, 21), "Office supplies", "office-expenses", company.amount(35, 160), company.vendors[2])
    await company.journal(
        _day(month, 28), "Wages", ("salaries-and-wages", Decimal(5200), None), ("bank-account", Decimal(-5200), None)
    )
    await company.journal(
        _day(month, 30), "Loan instalment",
        ("van-loan", Decimal(400), None), ("interest-expense", Decimal(45), None),
        ("bank-account", Decimal(-445), None),
    )  # fmt: skip
    if month.month % 3 == 0 and company.tax_due:
        await company.journal(
            _day(month, 31), "Sales tax paid for the quarter",
            ("tax-payable", company.tax_due, None), ("bank-account", -company.tax_due, None),
        )  # fmt: skip
        company.tax_due = Decimal(0)
