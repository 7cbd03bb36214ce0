"""Looks up the description of a list by the name that a client uses for it."""

from collections.abc import Iterable
from functools import lru_cache

from domain.catalog import list_resources
from domain.kit.lists import Resource
from domain.resources import rules


def by_name(resources: Iterable[Resource]) -> dict[str, Resource]:
    """The resources by every folded name under which clients look for them."""
    found = {rules.fold_name(name): resource for resource in resources for name in (*resource.aliases, resource.name)}
    for further, name in rules.FURTHER_NAMES.items():
        resource = found.get(rules.fold_name(name))
        if resource is not None:
            found.setdefault(further, resource)
    return found


@lru_cache(maxsize=1)
def _resources() -> dict[str, Resource]:
    return by_name(list_resources())


def find_resource(name: str) -> Resource:
    """The description of a list.

    Raises:
        RESOURCE_MODEL_NOT_FOUND: no noun has a list under that name.

    """
    resource = _resources().get(rules.fold_name(name))
    if resource is None:
        raise rules.RESOURCE_MODEL_NOT_FOUND(f"There is no kind of record called {name[: rules.NAME_LENGTH_MAX]}.")
    return resource
