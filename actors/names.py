"""What our actors are called, and how to get at them. One namespace for a whole cluster."""

import ray
from ray.actor import ActorHandle

NAMESPACE = "countinghouse"
DIRECTORY = "tenant-directory"
SCHEDULER = "scheduler"
TENANT_ACTOR_PREFIX = "tenant-actor-"
"""Followed by a ULID. The name says nothing of the tenant: spare actors have one before they have a tenant."""


def find_actor(name: str) -> ActorHandle | None:
    """The living actor of that name; None where there is none. Blocks for a round trip to Ray's control store."""
    try:
        return ray.get_actor(name, namespace=NAMESPACE)
    except ValueError:
        return None


def tenant_actor_names() -> list[str]:
    """Names of all tenant actors that Ray knows. Blocks for a round trip to Ray's control store."""
    known = ray.util.list_named_actors(all_namespaces=True)
    return sorted(
        item["name"] for item in known if item["namespace"] == NAMESPACE and item["name"].startswith(TENANT_ACTOR_PREFIX)
    )
