"""The Serve application. Read it as the way of a request: HAProxy → `Ingress` (a gateway replica) → mailbox → tenant actor → database.

`serve run serve_app:app` deploys it on a running cluster, configured by the environment; `countinghouse up` starts a cluster of its own
on this machine and deploys it there (`cli.local_service`).
"""

from typing import Any

from ray import serve
from ray.serve import Application

from actors.gateway import Gateway
from tenancy.config import Config, load_config

APPLICATION = "countinghouse"
REQUESTS_AT_ONCE_MAX = 4096
"""Per gateway replica. What bounds a tenant's share is its mailbox; this bounds the replica's memory."""


@serve.deployment(
    name="gateway", max_ongoing_requests=REQUESTS_AT_ONCE_MAX, health_check_period_s=5, graceful_shutdown_timeout_s=10
)
@serve.ingress()
class Ingress:
    """One gateway replica. Serve asks it for its ASGI application once it is made."""

    def __init__(self, config: Config) -> None:
        self._gateway = Gateway(config)

    def __serve_build_asgi_app__(self) -> Gateway:
        return self._gateway


def build(config: Config) -> Application:
    """The application for a configuration. Several replicas need a shared cache: without Redis there is one."""
    replicas = max(1, config.gateway_replicas) if config.redis_url else 1
    deployment: Any = Ingress  # what Serve's decorators made of the class
    application: Application = deployment.options(num_replicas=replicas, ray_actor_options={"num_cpus": 0}).bind(config)
    return application


app = build(load_config())
