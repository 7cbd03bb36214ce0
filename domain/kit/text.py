"""Text as people compare it: one folding for all that is searched, sorted or unique, whatever database keeps it."""

import unicodedata

_OWN_LETTERS = frozenset("йѓќїўآأإؤئ")
"""Letters that only look like others with a mark: the alphabets, and MariaDB's collation, tell them apart."""

_IGNORED = frozenset({"Me", "Cf"})
"""Categories dropped beside accents: enclosing marks; joiners and soft hyphens."""

_IOTA_BELOW = "\N{COMBINING GREEK YPOGEGRAMMENI}"
_PLAIN = str.maketrans(
    {"đ": "d", "ð": "d", "ħ": "h", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ґ": "г"} | dict(zip("ךםןףץ", "כמנפצ", strict=True))
)
"""Letters that Unicode does not take apart, and that are looked for by their plain ones."""


def fold_text(text: str) -> str:
    """The text without letter case, accents and compatibility forms: `Café`, `CAFE` and `ｃａｆｅ` are one.

    Agrees with MariaDB's utf8mb4_unicode_520_ci over the Latin, Greek, Cyrillic, Hebrew and Arabic letters in use and over decimal
    digits; in rare scripts the two may differ. Blanks stay as they are.
    """
    if text.isascii():
        return text.lower()
    folded = "".join(map(_fold_letter, unicodedata.normalize("NFC", text)))
    return folded.translate(_PLAIN)


def _fold_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    if (low := letter.lower()) in _OWN_LETTERS:
        return low
    plain = unicodedata.normalize("NFKD", letter).replace(_IOTA_BELOW, "").casefold()
    return "".join(map(_plain, unicodedata.normalize("NFKD", plain)))


def _plain(letter: str) -> str:
    if unicodedata.combining(letter) or unicodedata.category(letter) in _IGNORED:
        return ""
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)


def full_name(first_name: str | None, last_name: str | None, email: str) -> str:
    """What a person is called: first and last name; the email where neither is known."""
    return " ".join(part for part in (first_name, last_name) if part) or email
