"""The judge and the sample of the journal files' tests, for what is imported and exported."""

from tests.domain.journal_files.conftest import hackclub, hackclub_path, hledger, nonzero

__all__ = ["hackclub", "hackclub_path", "hledger", "nonzero"]
