"""CSV, XLSX and PDF: every file shows the figures of the table, and no text of a user breaks one or becomes more than text."""

import csv
import io
import logging
import re
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pypdf
import pytest

from domain.kit.errors import DomainError
from domain.reports.layout import Compare
from domain.reports.number_format import NumberFormat
from domain.reports.periods import Unit
from domain.reports.rendering import csv_file, pdf_file, xlsx_file
from domain.reports.rendering.table import Cell, Column, Emphasis, Kind, NumberStyle, Row, Table, flatten
from domain.reports.sheet import RowFilter
from domain.reports.sheets import balance_sheet, cash_flow, profit_loss, trial_balance
from tests.domain.reports.rendering.factories import (
    make_table,
    named_row,
    prepared_balance_sheet,
    prepared_cash_flow,
    prepared_profit_loss,
    prepared_trial_balance,
)

HOSTILE = [
    '=HYPERLINK("http://evil","x")', "+1+1", "-2", "@SUM(A1)", "\t=1", "#let x = 1; #panic()", "$a^2$ *b* _c_ `raw` @ref <tag>",
    "]] #emph[x] \\ // /* comment", "العربية حساب البنك", "שלום חשבון", "emoji 😀 👩‍👩‍👧 漢字", "<b>bold</b> & 'quoted' \"double\"",
    "line\nbreak\r\n\x00\x1b\x07null", "lone \ud800 surrogate", "A" * 3000, "a b " * 500, "", " ", "\u202eright to left\u202c",
    "{{ template }} %s ${x} &P &[File]", "'quoted", 'a,b;c"d"', "_x0041_", "\ufffe\uffff",
]  # fmt: skip
STATEMENTS = {
    "balance sheet": (balance_sheet.table, prepared_balance_sheet),
    "profit and loss": (profit_loss.table, prepared_profit_loss),
    "trial balance": (trial_balance.table, prepared_trial_balance),
    "cash flow": (cash_flow.table, prepared_cash_flow),
}


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode())))


def read_sheet(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))["Sheet1"]


def pdf_text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


@pytest.mark.parametrize("name", STATEMENTS)
def test_all_files_show_the_same_figures(name):
    adapter, prepare = STATEMENTS[name]
    flat = list(flatten(adapter(prepare()).rows))
    lines = read_csv(csv_file.render(adapter(prepare())))[1:]
    assert [[text.lstrip() for text in line] for line in lines] == [[cell.text for cell in item.row.cells] for item in flat]
    sheet = read_sheet(xlsx_file.render(adapter(prepare())))
    for number, item in enumerate(flat, start=2):
        for place, cell in enumerate(item.row.cells, start=1):
            held = sheet.cell(number, place)
            if cell.value is None:
                assert (held.value or "") == cell.text
            else:
                assert Decimal(str(held.value)) == cell.value
                assert held.data_type == "n"
    text = pdf_text(pdf_file.render(adapter(prepare())))
    printed = set(re.findall(r"-?\$?[\d,]+\.\d\d", text))
    expected = {cell.text for item in flat for cell in item.row.cells if cell.value is not None and cell.text}
    assert printed == expected
    for item in flat:
        assert item.row.cells[0].text in text


def test_csv_of_the_worked_example():
    statement = prepared_balance_sheet(rows=RowFilter(none_zero=True))
    text = csv_file.render(balance_sheet.table(statement)).decode()
    assert text.split("\n")[:9] == [
        "Account name,Total",
        'Assets,"$15,915.00"',
        '      Current Asset,"$14,415.00"',
        '         Cash and cash equivalents,"$12,515.00"',
        '            Bank Account,"12,515.00"',
        '            Total Cash and cash equivalents,"$12,515.00"',
        "         Accounts Receivable,$500.00",
        "            Accounts Receivable,500.00",
        "            Total Accounts Receivable,$500.00",
    ]
    assert text.endswith('\n      Total Liabilities and Equity,"$15,915.00"')
    trial = csv_file.render(trial_balance.table(prepared_trial_balance())).decode()
    assert trial.startswith('Account,Debit,Credit,Total\nBank Account - 10001,"15,620.00","3,105.00","12,515.00"\n')


def test_headings_of_comparisons_name_their_group():
    statement = prepared_balance_sheet(compare=Compare(previous_period=True))
    headings = ["Account name", "Total / Total", "Total / 2022-12-31 (PP)"]
    assert read_csv(csv_file.render(balance_sheet.table(statement)))[0] == headings
    sheet = read_sheet(xlsx_file.render(balance_sheet.table(statement)))
    assert [cell.value for cell in sheet[1]] == headings


def test_a_workbook_is_ready_to_read_and_to_print():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file.render(balance_sheet.table(prepared_balance_sheet()))))
    sheet = book["Sheet1"]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert "Acme Books" in sheet.oddHeader.center.text
    assert "Some Statement" in sheet.oddHeader.center.text
    assert round(sheet.column_dimensions["A"].width) in {60, 61}
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert [rows[name][0].alignment.indent for name in ("Assets", "Current Asset", "Bank Account")] == [0, 1, 3]
    total = rows["Total Assets"][1]
    assert (total.font.bold, total.border.top.style, total.border.bottom.style) == (True, "thin", "double")
    assert total.number_format == '"$"#,##0.00;-"$"#,##0.00;"$"#,##0.00'
    assert rows["Bank Account"][1].number_format == "#,##0.00;-#,##0.00;#,##0.00"


@pytest.mark.parametrize(
    ("numbers", "pattern"),
    [
        (NumberFormat(currency="JPY", precision=0), '"¥"#,##0;-"¥"#,##0;"¥"#,##0'),
        (NumberFormat(currency="KWD", precision=3), '"KD"#,##0.000;-"KD"#,##0.000;"KD"#,##0.000'),
        (NumberFormat(currency="USD", precision=1, parentheses=True), '"$"#,##0.0;("$"#,##0.0);"$"#,##0.0'),
        (NumberFormat(currency="USD", precision=2, divide_on_1000=True), '"$"#,##0.00,;-"$"#,##0.00,;"$"#,##0.00,'),
        (NumberFormat(currency="USD", precision=2, money="none"), "#,##0.00;-#,##0.00;#,##0.00"),
    ],
)
def test_a_workbook_writes_numbers_as_asked(numbers, pattern):
    statement = prepared_trial_balance()
    statement.numbers = numbers
    sheet = read_sheet(xlsx_file.render(trial_balance.table(statement)))
    total = sheet.cell(sheet.max_row, 2)
    assert (total.value, total.number_format) == (22425, pattern)


def test_hidden_zeros_percentages_and_days_in_a_workbook():
    columns = (Column("day", "Day", Kind.DATE), Column("total", "Total", Kind.MONEY), Column("share", "Share", Kind.PERCENT))
    row = Row((
        Cell("day", "2023 Jan 15", date(2023, 1, 15), Kind.DATE),
        Cell("total", "", Decimal(0), Kind.MONEY),
        Cell("share", "12.50%", Decimal("0.125"), Kind.PERCENT),
    ))  # fmt: skip
    short = Row((Cell("day", "Opening balance"),))
    sheet = read_sheet(xlsx_file.render(make_table(row, short, columns=columns)))
    day, total, share = sheet[2]
    assert day.value.date() == date(2023, 1, 15)
    assert (total.value, total.number_format) == (0, "#,##0.00;-#,##0.00;")
    assert (share.value, share.number_format) == (0.125, "0.00%;-0.00%;0.00%")
    assert [cell.value for cell in sheet[3]] == ["Opening balance", None, None]
    assert read_csv(csv_file.render(make_table(row, short, columns=columns)))[2] == ["Opening balance", "", ""]


def test_great_amounts_keep_their_digits():
    amount = Decimal("9999999999999.99")
    sheet = read_sheet(xlsx_file.render(make_table(named_row("much", "9,999,999,999,999.99", amount))))
    assert Decimal(str(sheet["B2"].value)) == amount


def test_no_name_becomes_more_than_text_in_a_workbook():
    sheet = read_sheet(xlsx_file.render(make_table(*(named_row(name) for name in HOSTILE))))
    for number, name in enumerate(HOSTILE, start=2):
        cell = sheet.cell(number, 1)
        assert cell.data_type in {"s", "n"}
        assert cell.hyperlink is None
        if name.isprintable():
            assert (cell.value or "") == name
        assert sheet.cell(number, 2).value == 1


def test_no_name_becomes_a_formula_in_csv():
    lines = read_csv(csv_file.render(make_table(*(named_row(name) for name in HOSTILE), named_row("loss", "-385.00", -385))))[1:]
    assert len(lines) == len(HOSTILE) + 1
    assert not [name for name, _ in lines if name.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert lines[0][0] == "'" + HOSTILE[0]
    assert lines[-1] == ["loss", "-385.00"]


def test_no_name_breaks_a_pdf():
    rows = [named_row(name, f"{number},000.00", number * 1000) for number, name in enumerate(HOSTILE, start=1)]
    text = pdf_text(pdf_file.render(make_table(*rows)))
    for number in range(1, len(HOSTILE) + 1):
        assert f"{number},000.00" in text
    for name in ("#let x = 1; #panic()", "*b* _c_ `raw` @ref <tag>", "<b>bold</b> & 'quoted'", "{{ template }} %s ${x} &P"):
        assert name in text


def test_hostile_headings_break_no_file():
    for name in HOSTILE:
        table = make_table(named_row("x"), columns=(Column("name", name), Column("total", name, Kind.MONEY)))
        assert xlsx_file.render(table)
        assert csv_file.render(table)
    table = make_table(named_row("x"), columns=tuple(Column(str(place), name) for place, name in enumerate(HOSTILE)))
    assert pdf_text(pdf_file.render(table)).count("1 / ") >= 1


def test_a_pdf_has_heading_page_numbers_and_repeated_column_heads():
    rows = [named_row(f"Account {number}", f"{number}.00", number) for number in range(200)]
    reader = pypdf.PdfReader(io.BytesIO(pdf_file.render(make_table(*rows))))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in page
        assert "Name" in page
        assert "Total" in page
        assert "As 2023/03/31" in page
    assert "Acme Books" in pages[0]
    assert "Some Statement" in pages[0]
    assert "Amounts in USD" in pages[0]
    assert reader.metadata.title == "Some Statement"
    assert reader.pages[0].mediabox.height > reader.pages[0].mediabox.width


def test_a_wide_pdf_lies_and_an_empty_one_has_its_heads():
    columns = tuple(Column(str(place), f"Column {place}", Kind.MONEY) for place in range(14))
    page = pypdf.PdfReader(io.BytesIO(pdf_file.render(make_table(columns=columns)))).pages[0]
    assert page.mediabox.width > page.mediabox.height
    assert "Column" in page.extract_text()


def test_a_year_by_month_beside_the_year_before_is_legible_on_paper():
    prepared = prepared_profit_loss(
        from_date=date(2023, 1, 1), to_date=date(2023, 12, 31), unit=Unit.MONTH, compare=Compare(previous_year=True)
    )
    table = replace(profit_loss.table(prepared), numbers=NumberStyle(places=2, sign="$", thousands=True))
    rows = [flat.row for flat in flatten(table.rows)]
    widened = tuple(
        replace(row, children=(), cells=(row.cells[0], *(replace(cell, text="-$1,234,567.89") for cell in row.cells[1:])))
        for row in rows
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf_file.render(replace(table, rows=widened)))).pages]
    assert len(pages) > 1
    for page in pages:
        assert "Interest Income" in page
    assert "".join(pages).count("-$1,234,567.89") == sum(row.emphasis is not Emphasis.HEADING for row in rows) * 24
    assert "Amounts in thousands of USD" in pages[0]
    for month in range(1, 13):
        assert sum(f"2023-{month:02}" in page for page in pages) == 1
        (with_month,) = [page for page in pages if f"2023-{month:02}" in page]
        assert f"2022-{month:02}-" in with_month


def test_a_pdf_of_many_columns_has_the_bound_too():
    columns = (Column("name", "Name"), *(Column(str(place), f"Day {place}", Kind.MONEY) for place in range(366)))
    rows = (named_row(str(number)) for number in range(1000))
    with pytest.raises(DomainError) as problem:
        pdf_file.render(replace(make_table(columns=columns), rows=tuple(rows)))
    assert problem.value.code is pdf_file.REPORT_TOO_LONG_FOR_PDF


def test_an_empty_pdf_says_so():
    assert "There is nothing to report." in pdf_text(pdf_file.render(make_table()))


def test_negative_figures_in_red_where_asked():
    row = named_row("x", "-1.00", Decimal(-1))
    assert read_sheet(xlsx_file.render(make_table(row, red=True)))["B2"].number_format == "#,##0.00;[Red]-#,##0.00;#,##0.00"
    assert "Red" not in read_sheet(xlsx_file.render(make_table(row)))["B2"].number_format
    red = b"0.7019608 0.14901961 0.11764706"
    pages = [pypdf.PdfReader(io.BytesIO(pdf_file.render(make_table(row, red=wish)))).pages[0] for wish in (True, False)]
    assert [red in page.get_contents().get_data() for page in pages] == [True, False]


def test_figures_of_a_heading_are_left_to_its_total_on_paper():
    group = Row(
        named_row("Group", "77.00").cells,
        children=(named_row("Part", "77.10"), named_row("Total Group", "77.00")),
        emphasis=Emphasis.HEADING,
    )
    assert pdf_text(pdf_file.render(make_table(group))).count("77.00") == 1


def test_five_thousand_rows():
    rows = tuple(named_row(f"Account {number}", f"{number:,}.00", number) for number in range(5000))
    pages = pypdf.PdfReader(io.BytesIO(pdf_file.render(make_table(*rows)))).pages
    assert "4,999.00" in pages[-1].extract_text()
    assert read_sheet(xlsx_file.render(make_table(*rows))).max_row == 5001
    assert csv_file.render(make_table(*rows)).count(b"\n") == 5000


def test_a_pdf_has_a_bound():
    endless = Table(
        heading=make_table().heading,
        columns=make_table().columns,
        rows=(named_row(str(number)) for number in range(10**9)),
        numbers=make_table().numbers,
    )
    with pytest.raises(DomainError) as problem:
        pdf_file.render(endless)
    assert problem.value.code is pdf_file.REPORT_TOO_LONG_FOR_PDF


@pytest.mark.parametrize("failure", ["slow", "broken"])
def test_a_typesetter_that_fails_is_a_typed_error(monkeypatch, caplog, tmp_path, failure):
    if failure == "slow":

        def run(*_, **__):
            raise subprocess.TimeoutExpired("typesetter", 60)

        monkeypatch.setattr(pdf_file.subprocess, "run", run)
    else:
        broken = tmp_path / "broken.py"
        broken.write_text("raise SystemExit('no ink')")
        monkeypatch.setattr(pdf_file, "_TYPESETTER", broken)
    with caplog.at_level(logging.CRITICAL, logger=pdf_file.__name__), pytest.raises(DomainError) as problem:
        pdf_file.render(make_table(named_row("x")))
    assert problem.value.code is pdf_file.TYPESETTER_UNAVAILABLE
    monkeypatch.undo()
    assert pdf_file.render(make_table(named_row("x")))  # its place is free again
