"""Each house rule has a sample that breaks it and one that keeps it."""

import subprocess
from pathlib import Path

import pytest

from tools import house_lints

HOST = "py" + "pi." + "org"
NPM = "registry.npm" + "js.org"
LONG_FUNCTION = "def total() -> int:\n" + "    print\n" * 60
LONG_FILE = "x = 1\n" * 401

BREAKS = [
    ("float", "domain/sales/rules.py", "total = float('1')"),
    ("float", "domain/sales/rules.py", "share = total / 1.0"),
    ("float", "domain/kit/money.py", "def add(amount: float | None) -> None: ..."),
    ("float", "domain/reports/sheet.py", "import numpy as np\ncolumn = np.zeros(3, dtype=np.float64)"),
    ("float", "domain/sales/rules.py", "if isinstance(value, int):\n    value = float(value)"),
    ("commit", "domain/sales/service.py", "ctx.db.commit()"),
    ("commit", "domain/sales/service.py", "ctx.db.rollback()"),
    ("pure", "domain/sales/rules.py", "import sqlalchemy"),
    ("pure", "domain/sales/model.py", "from domain.sales.service import create"),
    ("pure", "domain/sales/posting.py", "from domain.kit.context import TenantContext"),
    ("pure", "domain/sales/posting.py", "def post():\n    from domain.kit import context"),
    ("pure", "domain/sales/rules.py", "from domain.kit.indirect import value"),
    ("pure", "domain/journal_files/reader.py", "import pydantic"),
    ("sql", "domain/sales/service.py", "from sqlalchemy import select\nrows = select(1)"),
    ("sql", "domain/sales/service.py", "from sqlalchemy import delete as remove\nremove(table)"),
    ("sql", "domain/sales/service.py", "import sqlalchemy as sa\nsa.text('SELECT 1')"),
    ("sql", "domain/sales/service.py", "import sqlalchemy\nsqlalchemy.sql.update(table)"),
    ("sql", "domain/sales/service.py", "ctx.db.exec_driver_sql('SELECT 1')"),
    ("clock", "domain/sales/service.py", "from datetime import datetime\nat = datetime.now()"),
    ("clock", "domain/sales/service.py", "import datetime\nat = datetime.datetime.utcnow()"),
    ("clock", "domain/sales/rules.py", "from datetime import date\non = date.today()"),
    ("clock", "domain/sales/service.py", "import time\nat = time.time()"),
    ("wire-key", "domain/sales/service.py", "row = {'formtted_amount': 1}"),
    ("wire-key", "domain/sales/presenter.py", "row.subtotal_exluding_tax = 1"),
    ("wire-key", "actors/tenant.py", "def answer(subtotal_inclusing_tax): ..."),
    ("wire-key", "tenancy/answers.py", "keys = ['mines']"),
    ("cache-key", "tenancy/identity.py", "cache.get_json(f'user:{user_id}')"),
    ("cache-key", "actors/gateway.py", "self.cache.set_json('rates', rates)"),
    ("cache-key", "tenancy/identity.py", "cache.increment(key='limit:' + user)"),
    ("cache-key", "tenancy/identity.py", "cache.get_json('user:{}'.format(user))"),
    ("print", "tenancy/config.py", "print('started')"),
    ("print", "actors/tenant.py", "def stop():\n    print('stopped')"),
    ("swallow", "cli/main.py", "try:\n    go()\nexcept Exception:\n    pass"),
    ("swallow", "tests/test_x.py", "try:\n    go()\nexcept:\n    ..."),
    ("length", "bench/load.py", LONG_FILE),
    ("length", "tenancy/config.py", LONG_FUNCTION),
    ("registry", "deploy/Dockerfile", f"RUN pip install --index-url https://{HOST}/simple x"),
    ("registry", "webapp/package-lock.json", f'"resolved": "https://{NPM}/react"'),
    ("syntax", "cli/main.py", "def :"),
]

KEEPS = [
    ("domain/sales/rules.py", "from decimal import Decimal\ntotal = Decimal('1.5')"),
    ("domain/kit/money.py", "if isinstance(value, str | float):\n    raise ValueError"),
    ("domain/kit/wire.py", "import json\njson.loads(body, parse_float=str)"),
    ("domain/reports/statistics.py", "mean = float(total) / 2.0"),
    ("domain/sales/rules.py", "limit = 1.5  # house: a number of days, not money"),
    ("tenancy/config.py", "TIMEOUT_S = 1.5"),
    ("tenancy/unit_of_work.py", "connection.commit()"),
    (
        "domain/sales/rules.py",
        "import re\nfrom domain.kit.money import Money\nfrom domain.kit import money\nfrom domain.sales.model import Sale",
    ),
    ("domain/journal_files/reader.py", "from domain.journal_files.amounts import read"),
    ("domain/sales/service.py", "from domain.kit.context import TenantContext"),
    ("domain/journal_files/service.py", "from domain.kit.context import TenantContext"),
    ("domain/sales/repository.py", "from sqlalchemy import select\nrows = select(1)"),
    ("domain/kit/lists_query.py", "import sqlalchemy as sa\nsa.select(1)"),
    (
        "domain/sales/service.py",
        "from domain.sales.repository import insert, delete\ndelete(ctx, 1)\nendpoint.delete('/x')\nlayers.update({})",
    ),
    ("domain/sales/service.py", "at = ctx.now()\non = ctx.today()\nat = ctx.clock.now()"),
    ("domain/kit/context.py", "at = datetime.now(UTC)  # house: the one clock"),
    ("tenancy/leases.py", "at = datetime.now(UTC)"),
    ("domain/sales/schemas.py", "formtted_amount: str"),
    ("domain/sales/service.py", '"""Never formtted_amount."""\nformatted_amount = "undermines"'),
    ("tests/api/test_sales.py", "assert row['formtted_amount']"),
    ("tenancy/identity.py", "cache.get_json(membership_key(tenant_id, user_id))\ncache.increment(key)"),
    ("tenancy/cache_keys.py", "cache.get_json(f'user:{user_id}')"),
    ("tools/report.py", "print('done')"),
    ("domain/sales/service.py", "printer.print('x')"),
    ("cli/main.py", "try:\n    go()\nexcept OSError:\n    pass"),
    ("cli/main.py", "try:\n    go()\nexcept Exception:\n    logger.exception('failed')"),
    ("bench/load.py", "# long: a table of constants\n" + LONG_FILE),
    ("bench/load.py", "x = 1\n" * 400),
    ("tenancy/config.py", LONG_FUNCTION.replace(":\n", ":  # long: one table\n", 1)),
    ("tenancy/config.py", "def total(\n    x: int,\n) -> int:  # long: one table\n" + "    x += 1\n" * 60),
    ("docs/guide.md", "python.org, golang.org/x/net and docs.rs are no registries"),
    ("docs/guide.md", "except Exception: pass; print('x'); 1.5"),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A tree with the modules that the samples import."""
    for path, text in {
        "domain/kit/money.py": "from decimal import Decimal\n",
        "domain/kit/context.py": "import sqlalchemy\n",
        "domain/kit/indirect.py": "from domain.kit.money import Money\nfrom domain.kit.context import TenantContext\n",
        "domain/sales/model.py": "",
        "domain/sales/service.py": "",
        "domain/journal_files/amounts.py": "",
    }.items():
        _write(tmp_path, path, text)
    return tmp_path


def _write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


@pytest.mark.parametrize(("rule", "path", "text"), BREAKS)
def test_a_sample_that_breaks_the_rule(root: Path, rule: str, path: str, text: str) -> None:
    breaches = house_lints.check(house_lints.Source(root, path, text))
    assert [breach.split(": ")[1] for breach in breaches] == [rule]


@pytest.mark.parametrize(("path", "text"), KEEPS)
def test_a_sample_that_keeps_the_rules(root: Path, path: str, text: str) -> None:
    assert house_lints.check(house_lints.Source(root, path, text)) == []


def test_every_rule_has_a_sample_that_breaks_it() -> None:
    assert {rule.name for rule in house_lints.RULES} == {rule for rule, _, _ in BREAKS} - {"syntax"}


def test_a_breach_names_file_line_rule_and_reason(root: Path) -> None:
    source = house_lints.Source(root, "domain/sales/service.py", "a = 1\nctx.db.commit()\n")
    assert house_lints.check(source) == [
        "domain/sales/service.py:2: commit: .commit() (only the unit of work ends a transaction)"
    ]


def test_the_tree_is_what_git_tracks_or_would_track(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    _write(root, ".gitignore", "/var/\n")
    _write(root, "var/broken.py", "def :")
    (root / "picture.png").write_bytes(b"\x89PNG\xff")
    assert house_lints.main([str(root)]) == 0
    _write(root, "tenancy/new.py", "print(1)")
    assert house_lints.main([str(root)]) == 1
    assert "tenancy/new.py:1: print: print()" in capsys.readouterr().out


def test_the_rules_explain_themselves(capsys: pytest.CaptureFixture[str]) -> None:
    assert house_lints.main(["--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(house_lints.RULES)
