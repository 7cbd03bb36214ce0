"""hledger itself as the judge of what a journal means. Without it these tests are skipped, loudly."""

import csv
import io
import json
import os
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from domain.journal_files.model import JournalFile
from domain.journal_files.parser import parse_journal

HACKCLUB = Path(__file__).resolve().parents[3] / "demo" / "hackclub.ledger"


class Hledger:
    """Runs the installed hledger on a text or file."""

    def __init__(self, program, directory: Path):
        self.program = program
        self.directory = directory

    def run(self, text: str | Path, *arguments):
        path = text
        if isinstance(text, str):
            path = self.directory / "sample.journal"
            path.write_bytes(text.encode())
        command = [self.program, "-f", str(path), *arguments]
        environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)

    def balances(self, text: str | Path):
        """Non-zero balances by account and commodity, exactly."""
        result = self.run(text, "bal", "--flat", "--no-total", "-O", "json")
        assert result.returncode == 0, result.stderr
        return {account: held for account, *_, amounts in json.loads(result.stdout)[0] if (held := self._sum(amounts))}

    def _sum(self, amounts):
        """By commodity: amounts with different costs stand apart in hledger's answer."""
        held = {}
        for amount in amounts:
            quantity = amount["aquantity"]
            value = Decimal(quantity["decimalMantissa"]).scaleb(-quantity["decimalPlaces"])
            held[amount["acommodity"]] = held.get(amount["acommodity"], Decimal(0)) + value
        return {commodity: total for commodity, total in held.items() if total}

    def csv_balances(self, path: Path):
        result = self.run(path, "bal", "--flat", "--no-total", "-O", "csv")
        assert result.returncode == 0, result.stderr
        rows = list(csv.reader(io.StringIO(result.stdout)))[1:]
        return {account: Decimal(balance.replace("$", "").replace(",", "")) for account, balance in rows}

    def accepts(self, text: str):
        return self.run(text, "bal").returncode == 0


@pytest.fixture(scope="session")
def hledger(tmp_path_factory):
    program = shutil.which("hledger") or shutil.which("hledger", path="/usr/bin")
    if program is None:
        pytest.skip("HLEDGER IS MISSING: the comparison with hledger did not run; install it (apt-get install hledger)")
    return Hledger(program, tmp_path_factory.mktemp("hledger"))


@pytest.fixture(scope="session")
def hackclub_path():
    if not HACKCLUB.exists():
        pytest.skip(f"THE SAMPLE LEDGER IS MISSING: {HACKCLUB}")
    return HACKCLUB


@pytest.fixture(scope="session")
def hackclub(hackclub_path) -> JournalFile:
    return parse_journal(str(hackclub_path), read_file=lambda path: Path(path).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def nonzero():
    """Balances without the accounts that hold nothing, as hledger lists them."""
    return lambda journal: {account: held for account, held in journal.balances().items() if held}
