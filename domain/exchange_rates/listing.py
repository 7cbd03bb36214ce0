"""How the list of exchange rates can be filtered, searched and sorted."""

from domain.exchange_rates.tables import exchange_rates
from domain.kit.lists import ListField, Resource, contains

_columns = exchange_rates.c

EXCHANGE_RATES = Resource(
    name="ExchangeRate",
    list_key="exchange_rates",
    table=exchange_rates,
    fields=(
        ListField("date", "Date", "date", _columns.date),
        ListField("from_currency", "From currency", "text", _columns.from_currency),
        ListField("to_currency", "To currency", "text", _columns.to_currency),
        ListField("rate", "Rate", "number", _columns.rate),
        ListField("created_at", "Created at", "date", _columns.created_at),
    ),
    search=(contains(_columns.from_currency), contains(_columns.to_currency)),
    default_sort="date",
    aliases=("exchange_rates", "exchange-rate"),
    default_filter_field="from_currency",
)
