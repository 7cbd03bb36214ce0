"""The service on one machine: starts Ray, the directory, the scheduler and the gateway; stops what it started and nothing else."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Self

from cli.ports import free_port
from tenancy.config import Config

RAY_ADDRESS_FILE = "ray-address"
READY_TIMEOUT_S = 120
RAY_START_ATTEMPTS_MAX = 3


def prepare_environment(config: Config) -> None:
    """Set what Ray reads from the environment, before Ray is imported. Values that are set already stay.

    HAProxy in front of the replicas, each replica optimized for throughput (forty times as many requests a second as without);
    All files and ports are this instance's own: with Ray's fixed ones, requests of one instance on a machine can reach another's
    processes when its own die. HAProxy's metrics and statistics pages and
    the replicas' own ports listen on all interfaces: a firewall belongs in front (deploy/README.md).
    """
    # Ray adds 60 characters to the folder's name, and the path of a Unix socket has 107 at most.
    folder = Path(f"/tmp/countinghouse-{os.getuid()}-{config.port}")  # noqa: S108 - only its owner can enter
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    replica_ports = 10_000 + config.port % 300 * 64
    values = {
        "RAY_SERVE_ENABLE_HA_PROXY": "1",
        "RAY_SERVE_THROUGHPUT_OPTIMIZED": "1",
        "RAY_SERVE_HAPROXY_CONFIG_FILE_LOC": str(folder / "haproxy.cfg"),
        "RAY_SERVE_HAPROXY_SOCKET_PATH": str(folder / "admin.sock"),
        "RAY_SERVE_HAPROXY_SERVER_STATE_BASE": str(folder),
        "RAY_SERVE_HAPROXY_SERVER_STATE_FILE": str(folder / "server-state"),
        "RAY_SERVE_HAPROXY_METRICS_PORT": str(free_port()),
        "RAY_SERVE_HAPROXY_STATS_PORT": str(free_port()),
        "RAY_SERVE_HAPROXY_METRICS_ENABLED": "0",
        "RAY_SERVE_FALLBACK_PROXY_HTTP_PORT": str(free_port()),
        "RAY_SERVE_FALLBACK_PROXY_GRPC_PORT": str(free_port()),
        # The replicas' ports: a window of this instance's own, below the ports that the kernel hands out.
        "RAY_SERVE_DIRECT_INGRESS_MIN_HTTP_PORT": str(replica_ports),
        "RAY_SERVE_DIRECT_INGRESS_MAX_HTTP_PORT": str(replica_ports + 31),
        "RAY_SERVE_DIRECT_INGRESS_MIN_GRPC_PORT": str(replica_ports + 32),
        "RAY_SERVE_DIRECT_INGRESS_MAX_GRPC_PORT": str(replica_ports + 63),
        "RAY_SERVE_HAPROXY_NBTHREAD": "2",
        # Requests in flight are finished before the end; nobody else has to learn that we go, so no half minute of waiting.
        "RAY_SERVE_DIRECT_INGRESS_MIN_DRAINING_PERIOD_S": "1",
        "RAY_AUTH_MODE": "token",  # the default of a new cluster, said so that `Operator` presents the token too
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # one machine: Ray's own ports on loopback
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
        "RAY_DEDUP_LOGS": "0",
        "RAY_CHDIR_TO_TRIAL_DIR": "0",
    }
    for name, value in values.items():
        os.environ.setdefault(name, value)


def _start_ray(namespace: str) -> None:
    """A cluster of this machine alone. Ray gives its node 30 seconds to come up; on a busy machine that takes another try."""
    import ray

    for attempts_left in reversed(range(RAY_START_ATTEMPTS_MAX)):
        try:
            ray.init(
                address="local",
                namespace=namespace,
                include_dashboard=False,
                _node_ip_address="127.0.0.1",
                logging_level=logging.ERROR,
                log_to_driver=True,
                configure_logging=True,
            )
        except Exception as problem:
            if not attempts_left or "timed out during startup" not in str(problem):
                raise
        else:
            return


class Service:
    """The running service. `start` and `stop` are called from the same process."""

    def __init__(self, config: Config) -> None:
        self._config = config
        prepare_environment(config)

    def start(self, *, after_ray: Callable[[], None] = lambda: None) -> None:
        """Start Ray on loopback and deploy the application; returns when it answers. `after_ray` is called once Ray runs."""
        import ray
        from ray import serve
        from ray.serve.config import HTTPOptions
        from ray.serve.schema import LoggingConfig

        from actors.directory import start_directory
        from actors.names import NAMESPACE
        from actors.scheduler import start_scheduler
        from serve_app import APPLICATION, build

        config = self._config
        logging.getLogger("ray.serve").setLevel(logging.ERROR)
        _start_ray(NAMESPACE)
        after_ray()
        gcs_address = ray.get_runtime_context().gcs_address
        (config.data_dir / RAY_ADDRESS_FILE).write_text(gcs_address)
        ray.get([start_directory(config).begin.remote(), start_scheduler(config).alive.remote()], timeout=READY_TIMEOUT_S)
        logging_config = LoggingConfig(enable_access_log=False, log_level="ERROR")
        serve.start(http_options=HTTPOptions(host=config.host, port=config.port), logging_config=logging_config)
        serve.run(build(config), name=APPLICATION, route_prefix="/", logging_config=logging_config)

    def stop(self) -> None:
        """Finish the requests in flight, then end everything that `start` started."""
        import ray
        from ray import serve

        from serve_app import APPLICATION

        try:
            if ray.is_initialized():
                serve.delete(APPLICATION)
        finally:
            ray.shutdown()
            (self._config.data_dir / RAY_ADDRESS_FILE).unlink(missing_ok=True)


def run(config: Config, *, on_ready: Callable[[], None] = lambda: None) -> int:
    """Start, say so, serve until SIGINT or SIGTERM, stop. Returns the exit status."""
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    def listen() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, ask_to_stop)

    listen()
    service = Service(config)
    try:
        service.start(after_ray=listen)  # Ray puts handlers of its own in
        if not stop.is_set():
            on_ready()
            sys.stdout.flush()
        stop.wait()
    finally:
        service.stop()
    return 0


class Operator:
    """Questions to a running service, over its Ray. Use as a context manager."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def __enter__(self) -> Self:
        prepare_environment(self._config)
        import ray

        from actors.names import DIRECTORY, NAMESPACE

        path = self._config.data_dir / RAY_ADDRESS_FILE
        if not path.exists():
            raise ServiceNotRunningError
        try:
            ray.init(address=path.read_text(), namespace=NAMESPACE, logging_level=logging.ERROR, log_to_driver=False)
            self._directory = ray.get_actor(DIRECTORY, namespace=NAMESPACE)
        except (ConnectionError, ValueError) as problem:
            raise ServiceNotRunningError from problem
        return self

    def __exit__(self, *_exception: object) -> None:
        import ray

        ray.shutdown()

    def activate(self, tenant_id: int) -> str:
        """Give the tenant an actor now; the actor's name."""
        import ray

        name, _ = ray.get(self._directory.locate.remote(tenant_id))
        return str(name)

    def passivate(self, tenant_id: int) -> bool:
        """Put the tenant to rest; False where it was not active."""
        import ray

        return bool(ray.get(self._directory.passivate.remote(tenant_id)))

    def active(self) -> list[dict[str, Any]]:
        """The active tenants."""
        import ray

        seen: list[dict[str, Any]] = ray.get(self._directory.active.remote())
        return seen


class ServiceNotRunningError(RuntimeError):
    """No service runs on this data folder."""

    def __init__(self) -> None:
        super().__init__("the service is not running here; start it with `make up`")
