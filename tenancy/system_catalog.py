"""Every endpoint that runs on the system database, in the gateway's own process."""

from functools import lru_cache

from domain.kit.endpoint import Endpoint
from domain.kit.routing import RoutingTable
from tenancy import events
from tenancy.identity import account_endpoints, endpoints, invitation_endpoints, organization_endpoints
from tenancy.packs import endpoints as pack_endpoints


def system_endpoints() -> list[Endpoint]:
    """The endpoints, as they are declared."""
    groups = (
        endpoints.endpoint,
        account_endpoints.endpoint,
        endpoints.key_endpoint,
        invitation_endpoints.endpoint,
        organization_endpoints.endpoint,
        pack_endpoints.endpoint,
        events.endpoint,
    )
    return [endpoint for group in groups for endpoint in group.endpoints]


@lru_cache(maxsize=1)
def system_routing() -> RoutingTable:
    """The routing table, built once a process."""
    return RoutingTable(system_endpoints())
