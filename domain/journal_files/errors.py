"""What can be wrong with a journal file. Nothing partial is ever returned: a file is read whole or refused with one of these."""


class JournalFileError(ValueError):
    """A journal or mapping file was refused. `str` is `file:line: message`; lines count from 1."""

    def __init__(self, message: str, *, file: str, line: int) -> None:
        super().__init__(f"{file}:{line}: {message}")
        self.message = message
        self.file = file
        self.line = line

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.file, self.line)


def _rebuild(kind: type[JournalFileError], message: str, file: str, line: int) -> JournalFileError:
    return kind(message, file=file, line=line)


class UnbalancedTransactionError(JournalFileError):
    """Debits and credits differ, or more than one amount was left out."""


class BalanceAssertionError(JournalFileError):
    """An account's balance is not what the file asserts."""


class VirtualPostingError(JournalFileError):
    """A posting in parentheses has no other side; double-entry books cannot hold it."""


class UnmappedAccountError(JournalFileError):
    """Neither the name rules nor the mapping file say what type an account has."""


class UnmappedCommodityError(JournalFileError):
    """Neither the known signs nor the mapping file say which currency a commodity is."""
