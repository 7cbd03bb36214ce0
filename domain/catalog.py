"""All nouns of the domain: their tables, endpoints and lists. A noun is found by the names of its files; nothing is registered by hand."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

import sqlalchemy as sa

import domain
from domain.kit.endpoint import Endpoint, EndpointGroup
from domain.kit.lists import Resource
from domain.kit.routing import RoutingTable
from domain.kit.tables import TENANT_METADATA


def _modules(file: str) -> Iterator[ModuleType]:
    """The file of that name of every noun that has one, by noun."""
    for noun in sorted(item.name for item in pkgutil.iter_modules(domain.__path__) if item.ispkg):
        name = f"domain.{noun}.{file}"
        if find_spec(name) is not None:
            yield import_module(name)


def tenant_metadata() -> sa.MetaData:
    """The tables of a tenant's books, all of them."""
    for _ in _modules("tables"):
        pass
    return TENANT_METADATA


def _endpoints(file: str) -> list[Endpoint]:
    groups = [item for module in _modules(file) for item in vars(module).values() if isinstance(item, EndpointGroup)]
    return [endpoint for group in dict.fromkeys(groups) for endpoint in group.endpoints]


def tenant_endpoints() -> list[Endpoint]:
    """Every endpoint that runs in a tenant's actor and that clients may ask for."""
    return _endpoints("endpoints")


def inner_endpoints() -> list[Endpoint]:
    """What only the service itself asks of a tenant's actor. Not in the gateway's routing, nor in the API's description."""
    return _endpoints("inner_endpoints")


def tenant_routing() -> RoutingTable:
    """The routing table of a tenant's actor."""
    return RoutingTable([*tenant_endpoints(), *inner_endpoints()])


def list_resources() -> list[Resource]:
    """The description of every list, for `resources/:model/meta` and `views/resource/:model`."""
    return [item for module in _modules("listing") for item in vars(module).values() if isinstance(item, Resource)]
