"""Column types and table conventions that hold on MySQL, MariaDB and SQLite alike.

MySQL keeps amounts as DECIMAL; SQLite has no exact decimals, so there the same columns hold whole numbers scaled by 10^places.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy import types
from sqlalchemy.dialects import mysql
from sqlalchemy.ext.compiler import compiles

from domain.kit.money import LEDGER_SCALE, RATE_SCALE, TAX_RATE_SCALE, from_scaled, to_scaled

TENANT_METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""All tables of a tenant's database."""

MYSQL_OPTIONS: dict[str, Any] = {"mysql_engine": "InnoDB", "mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_unicode_520_ci"}


class ExactDecimal(types.TypeDecorator[Decimal]):
    """A decimal with a fixed number of places, exact on every supported database."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, places: int, digits: int = 24) -> None:
        super().__init__(precision=digits, scale=places)
        self.places = places
        self.digits = digits

    def load_dialect_impl(self, dialect: sa.Dialect) -> types.TypeEngine[Any]:
        """DECIMAL on MySQL, a 64-bit whole number on SQLite."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.BigInteger())
        return dialect.type_descriptor(sa.Numeric(precision=self.digits, scale=self.places))

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Any:
        """Python to database; refuses a value with more places than the column keeps."""
        if value is None:
            return None
        scaled = to_scaled(Decimal(value), self.places)
        return scaled if dialect.name == "sqlite" else from_scaled(scaled, self.places)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        """Database to Python."""
        if value is None:
            return None
        return from_scaled(int(value), self.places) if dialect.name == "sqlite" else Decimal(value)

    def coerce_compared_value(self, op: Any, value: Any) -> types.TypeEngine[Any]:  # noqa: ARG002
        """Comparisons and sums keep the scaled form."""
        return self


class UtcDateTime(types.TypeDecorator[datetime]):
    """An instant with microseconds, stored as naive UTC, always aware in Python."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> types.TypeEngine[Any]:
        """DATETIME(6) on MySQL."""
        if dialect.name == "mysql":
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(sa.DateTime())

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Aware instants become naive UTC."""
        return value.astimezone(UTC).replace(tzinfo=None) if value is not None and value.tzinfo else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Naive UTC becomes aware."""
        return None if value is None else value.replace(tzinfo=UTC)


def amount_type() -> ExactDecimal:
    """Amounts in major units, 4 places, up to 10^13 and their sums."""
    return ExactDecimal(LEDGER_SCALE, 22)


def rate_type() -> ExactDecimal:
    """Exchange rates, unit prices and quantities: 8 places."""
    return ExactDecimal(RATE_SCALE, 24)


def percent_type() -> ExactDecimal:
    """Tax percentages: 4 places."""
    return ExactDecimal(TAX_RATE_SCALE, 10)


def long_text() -> types.TypeEngine[str]:
    """Free text without a practical limit (MEDIUMTEXT on MySQL)."""
    return sa.Text().with_variant(mysql.MEDIUMTEXT(), "mysql")


def id_column(name: str = "id") -> sa.Column[int]:
    """A primary key whose values the single writer hands out; see `domain.kit.identifiers`."""
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def timestamps() -> tuple[sa.Column[datetime], sa.Column[datetime]]:
    """`created_at` and `updated_at`."""
    return sa.Column("created_at", UtcDateTime(), nullable=False), sa.Column("updated_at", UtcDateTime(), nullable=False)


def tenant_table(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    """A table of the tenant's database."""
    return sa.Table(name, TENANT_METADATA, *columns, **MYSQL_OPTIONS)


class folded(sa.sql.functions.GenericFunction[str]):  # noqa: N801 - SQL functions are lower case
    """Text for comparison without letter case and accents: the collation's work on MySQL, `fold_text` as a function on SQLite."""

    type = sa.Text()
    inherit_cache = True


@compiles(folded)
def _compile_folded(element: Any, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(folded, "sqlite")
def _compile_folded_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"fold_text({compiler.process(element.clauses, **options)})"
