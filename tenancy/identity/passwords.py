"""Passwords: hashed with argon2id. bcrypt hashes of an imported installation verify too and are replaced at the next sign-in."""

from functools import lru_cache

import argon2
import bcrypt

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
"""OWASP's parameters for argon2id: 19 MiB and about 25 ms a verification."""
PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MAX = 6, 1024
BCRYPT_BYTES_MAX = 72
"""bcrypt reads no more of a password; the hashes that we import were made of that much."""
_BCRYPT = ("$2a$", "$2b$", "$2y$")

_hasher = argon2.PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


def hash_password(password: str) -> str:
    """A hash to store, with a salt of its own."""
    return _hasher.hash(password)


@lru_cache(maxsize=1)
def _dummy_hash() -> str:
    return _hasher.hash("nobody's password")


def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is the one of the hash. Without a hash it is not, and that takes as long to say."""
    if stored is not None and stored.startswith(_BCRYPT):
        return _verify_bcrypt(stored, password)
    try:
        _hasher.verify(stored or _dummy_hash(), password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False
    return stored is not None


def _verify_bcrypt(stored: str, password: str) -> bool:
    try:
        return bcrypt.checkpw(password.encode()[:BCRYPT_BYTES_MAX], stored.encode())
    except ValueError:  # not a hash after all
        return False


def needs_rehash(stored: str) -> bool:
    """Whether the hash is of another kind or strength than new ones are."""
    return stored.startswith(_BCRYPT) or _hasher.check_needs_rehash(stored)
