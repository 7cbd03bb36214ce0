"""What makes a branch valid. Pure."""

from collections.abc import Mapping

from domain.branches.model import Branch
from domain.kit.errors import ErrorCode
from domain.kit.text import fold_text

CODE_NOT_UNIQUE = ErrorCode("BRANCH_CODE_NOT_UNIQUE", "Another branch has this code.")
ONLY_BRANCH = ErrorCode("COULD_NOT_DELETE_ONLY_BRANCH", "The only branch cannot be deleted.")
HAS_TRANSACTIONS = ErrorCode(
    "BRANCH_HAS_ASSOCIATED_TRANSACTIONS", "Transactions belong to this branch; it cannot be deleted.", 409
)
ALREADY_ACTIVATED = ErrorCode("MUTLI_BRANCHES_ALREADY_ACTIVATED", "Branches are in use already.")
BRANCH_ID_NOT_FOUND = ErrorCode("BRANCH_ID_NOT_FOUND", "There is no such branch.")


def check_unique_code(branches: Mapping[int, Branch], code: str | None, *, own_id: int | None = None) -> None:
    """Codes are unique where given, ignoring letter case."""
    wanted = fold_text(code or "").strip()
    if wanted and any(fold_text(item.code or "").strip() == wanted and item.id != own_id for item in branches.values()):
        raise CODE_NOT_UNIQUE()


def primary_of(branches: Mapping[int, Branch]) -> Branch | None:
    """The primary branch; the lowest id where none is marked."""
    return min(branches.values(), key=lambda item: (not item.primary, item.id), default=None)
