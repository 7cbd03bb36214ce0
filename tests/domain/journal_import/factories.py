"""Journal files for tests of imports, and how they are sent."""

SMALL = """
2024-01-05 Opening
  Assets:Bank:Giro     1,000.00 USD
  Equity:Opening balance

2024-01-06 (12) Rent | January
  Expenses:Rent  250.00 USD  ; paid late
  Assets:Bank:Giro
"""


def body(*texts, mapping=None, commodities=None, names=()):
    """The body of a request with these files, the main one first."""
    files = [
        {"name": names[number] if number < len(names) else f"{number or 'main'}.journal", "text": text}
        for number, text in enumerate(texts)
    ]
    more = {"mapping": mapping, "commodities": commodities}
    return {"files": files, **{key: value for key, value in more.items() if value is not None}}


def preview(books, *texts, **options):
    """What an import would do."""
    return books.post("/journal-imports/preview", body(*texts, **options))


def bring_in(books, *texts, **options):
    """The import itself."""
    return books.post("/journal-imports", body(*texts, **options))


def account(previewed, ledger_account):
    """The row of a ledger account."""
    return next(row for row in previewed["accounts"] if row["ledger_account"] == ledger_account)
