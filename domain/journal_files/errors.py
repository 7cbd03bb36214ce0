"""What can be wrong with a journal file. Nothing partial is ever returned: a file is read whole or refused with one of these."""

from collections.abc import Callable
from typing import ClassVar


class JournalFileError(ValueError):
    """A journal or mapping file was refused. `str` is `file:line: message`; lines count from 1.

    `about` is the ledger account or the commodity that the problem is about, if it is about one.
    """

    kind: ClassVar[str] = "file"
    """What sort of problem it is, for programs."""

    def __init__(self, message: str, *, file: str, line: int, about: str = "") -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.message = message
        self.file = file
        self.line = line
        self.about = about

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.file, self.line, self.about)


def _rebuild(kind: type[JournalFileError], message: str, file: str, line: int, about: str) -> JournalFileError:
    return kind(message, file=file, line=line, about=about)


Refuse = Callable[[JournalFileError], None]
"""What is done with a problem that does not hinder finding the next: raising it, or keeping it for a list."""


def raise_problem(problem: JournalFileError) -> None:
    """The usual way: the first problem ends it."""
    raise problem


class UnbalancedTransactionError(JournalFileError):
    """Debits and credits differ, or more than one amount was left out."""


class BalanceAssertionError(JournalFileError):
    """An account's balance is not what the file asserts."""


class VirtualPostingError(JournalFileError):
    """A posting in parentheses has no other side; double-entry books cannot hold it."""


class UnmappedAccountError(JournalFileError):
    """Neither the name rules nor the mapping file say what type an account has."""

    kind = "account_type_unknown"


class AccountNameError(JournalFileError):
    """Two accounts were given one name."""

    kind = "account_name_taken"


class UnmappedCommodityError(JournalFileError):
    """Neither the known signs nor the mapping file say which currency a commodity is."""

    kind = "currency_unknown"
