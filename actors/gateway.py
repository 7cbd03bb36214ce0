"""The gateway: authenticates, finds the tenant, limits the rate, forwards. No business rule, no tenant data. Read `Gateway.serve` first.

Nothing here blocks the event loop: the system database is asked in threads, tenants by actor calls, the shared cache is local or asked
in a thread.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import orjson
from ray.actor import ActorHandle
from ray.exceptions import RayError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from ulid import ULID

from actors.asgi import (
    HEADERS_PASSED,
    ClientGoneError,
    Receive,
    Scope,
    Send,
    Stream,
    cookie,
    headers_of,
    lifespan,
    read_body,
    request_id_of,
    send_answer,
    send_stream,
)
from actors.changes import change_of
from actors.directory import start_directory
from actors.documents import Documents
from actors.event_streams import EventStreams
from actors.health import Health
from actors.mailbox import LANE_OF_MODE, Mailbox
from actors.metrics import GatewayMetrics, prometheus_page
from actors.process import prepare_process
from actors.rates import RateLimiter
from actors.scheduler import start_scheduler
from actors.webapp import WebApplication
from domain.catalog import inner_endpoints, tenant_endpoints
from domain.kit.endpoint import Endpoint
from domain.kit.endpoint import Scope as EndpointScope
from domain.kit.errors import (
    DATABASE_UNAVAILABLE,
    FORBIDDEN,
    IDEMPOTENCY_KEY_INVALID,
    INTERNAL_ERROR,
    METHOD_NOT_ALLOWED,
    DomainError,
    ValidationFailedError,
)
from domain.kit.exchange import Principal, WireAnswer, WireRequest, error_answer
from domain.kit.permissions import MEMBER, PUBLIC, SIGNED_IN
from domain.kit.routing import RoutingTable
from domain.kit.wire import dump_json
from tenancy.answers import EFFECTS_HEADER
from tenancy.config import Config
from tenancy.identity.authentication import Authenticator
from tenancy.identity.rates import PROXY_ALLOWANCE, is_loopback
from tenancy.runtime import WRITE_KEY_HEADER
from tenancy.system_catalog import system_endpoints
from tenancy.system_context import TENANT_COMMAND, WAKE_SCHEDULER
from tenancy.system_effects import apply_effects
from tenancy.system_runtime import SystemServices, open_services, run_system_request

logger = logging.getLogger(__name__)

API_PREFIX = "/api"
SYSTEM_THREADS = 8
REPORT_INTERVAL_S = 2.0
SLOW_S = 2.0
RETRY_AFTER_S = 1
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
IDEMPOTENCY_KEY_LENGTH_MAX = 200


class Gateway:
    """One replica. Made inside of its process; an ASGI application."""

    def __init__(self, config: Config) -> None:
        prepare_process(config, role="gateway")
        self._config = config
        self._name = str(ULID())
        self._services: SystemServices = open_services(config)
        self._authenticator = Authenticator(self._services.engine, config, self._services.cache)
        endpoints = [*system_endpoints(), *tenant_endpoints()]
        self._routing = RoutingTable(endpoints)
        self._inner_routing = RoutingTable(inner_endpoints())
        self._documents = Documents(endpoints)
        self._webapp = WebApplication(config.webapp_dir)
        self._threads = ThreadPoolExecutor(SYSTEM_THREADS, thread_name_prefix="system")
        self._limiter = RateLimiter(self._services.cache, config)
        self._directory: ActorHandle = start_directory(config)
        self._scheduler: ActorHandle = start_scheduler(config)
        self._mailbox = Mailbox(self._locate, requests_max=config.mailbox_requests_max)
        self._metrics = GatewayMetrics()
        self._health = Health(self._services, self._directory, self._scheduler, self._threads)
        self._events = EventStreams(
            self._services.cache, self._services.jobs, self._threads, several_gateways=config.redis_url is not None
        )
        self._reporting: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI entry."""
        if scope["type"] == "http":
            await self._respond(scope, receive, send)
        elif scope["type"] == "lifespan":
            await lifespan(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, whatever happens to it: answered, counted, logged."""
        started = time.perf_counter()
        if self._reporting is None or self._reporting.done():
            self._reporting = asyncio.create_task(self._report())
            self._events.begin()
        request_id, given, method = *request_id_of(scope), scope["method"]
        more: dict[str, str] = {} if given else {"x-request-id": request_id}
        label = "other"
        answer: WireAnswer | Stream
        try:
            label, answer = await self.serve(scope, receive, request_id, more)
        except (DomainError, ValidationFailedError) as problem:
            answer = error_answer(problem)
        except ClientGoneError:
            return
        except (DBAPIError, PoolTimeoutError) as problem:
            logger.warning("the system database is not available: %s", problem, extra={"request_id": request_id})
            answer = error_answer(DATABASE_UNAVAILABLE(headers={"Retry-After": str(RETRY_AFTER_S)}))
        except Exception:
            logger.exception("a request failed", extra={"request_id": request_id, "path": scope["path"][:200]})
            answer = error_answer(INTERNAL_ERROR())
        if isinstance(answer, WireAnswer):
            await send_answer(send, answer, head=method == "HEAD", more=more)
        seconds = time.perf_counter() - started
        self._metrics.observe(method if method in METHODS else "other", label, answer.status, seconds)
        if seconds > SLOW_S or answer.status >= 500 or self._config.access_log:  # noqa: PLR2004
            logger.info(
                "request",
                extra={
                    "request_id": request_id, "method": method, "path": scope["path"][:200], "status": answer.status,
                    "duration_ms": round(seconds * 1000, 1),
                },
            )  # fmt: skip
        if isinstance(answer, Stream):
            await send_stream(send, answer, more=more)

    async def serve(
        self, scope: Scope, receive: Receive, request_id: str, more: dict[str, str]
    ) -> tuple[str, WireAnswer | Stream]:
        """The declared path (for metrics) and the answer. `more` collects headers that every outcome carries.

        Raises:
            DomainError, ValidationFailedError: the request is refused.

        """
        path, method = scope["path"], "GET" if scope["method"] == "HEAD" else scope["method"]
        if not (path.startswith(API_PREFIX + "/") or path == API_PREFIX):
            return await self._serve_page(method, path, scope)
        path = path[len(API_PREFIX) :]
        document = self._documents.find(path)
        if document is not None and method == "GET":
            return f"/api{path}", document
        if method not in METHODS:
            raise METHOD_NOT_ALLOWED(headers={"Allow": ", ".join(sorted(METHODS))})
        endpoint, values = self._routing.find(method, path)
        headers = headers_of(scope)
        address = self._address(scope, headers)
        principal = await self._authenticate(endpoint, headers, address, more)
        body = await read_body(receive, headers, bytes_max=self._config.body_bytes_max)
        request = WireRequest(
            id=request_id,
            method=method,
            path=path,
            query=scope["query_string"].decode("latin-1"),
            body=body,
            headers=self._passed(headers, endpoint),
            principal=principal,
            address=address,
        )
        serve = self._serve_system if endpoint.scope is EndpointScope.SYSTEM else self._serve_tenant
        answer = await serve(endpoint, request)
        if endpoint.streams and answer.status == 200 and scope["method"] != "HEAD":  # noqa: PLR2004
            return endpoint.path, self._stream(endpoint, request, answer, headers, scope)
        change = change_of(endpoint, values, principal, answer, path=path, now=self._services.clock.now())
        if change is not None:
            self._events.tell(change)
        return endpoint.path, answer

    # -- who asks ------------------------------------------------------------------------------------------------------------

    async def _authenticate(
        self, endpoint: Endpoint, headers: Mapping[str, str], address: str, more: dict[str, str]
    ) -> Principal | None:
        if endpoint.permission is PUBLIC:
            if endpoint.limiter == "default":
                allowance = PROXY_ALLOWANCE if is_loopback(address) else 1
                more.update(self._limiter.check("default", f"address:{address}", allowance=allowance))
            return None
        principal = await self._identify(endpoint, headers)
        if endpoint.limiter != "auth":
            more.update(self._limiter.check(endpoint.limiter, f"user:{principal.user_id}"))
        return principal

    async def _identify(self, endpoint: Endpoint, headers: Mapping[str, str]) -> Principal:
        authorization, organization_id = headers.get("authorization"), headers.get("organization-id")
        token = cookie(headers, "token") if endpoint.path == "/auth/signup/verify/resend" else None
        principal: Principal | None = self._authenticator.cached(authorization, organization_id, endpoint=endpoint)
        if principal is None:
            principal = await self._in_thread(
                lambda: self._authenticator.principal(authorization, organization_id, token, endpoint=endpoint)
            )
        return principal

    def _address(self, scope: Scope, headers: Mapping[str, str]) -> str:
        """The client's address; behind our own proxy the one that it names last."""
        if self._config.trust_forwarded_for and "x-forwarded-for" in headers:
            return headers["x-forwarded-for"].rpartition(",")[2].strip()[:64]
        client = scope.get("client")
        return str(client[0]) if client else ""

    @staticmethod
    def _passed(headers: Mapping[str, str], endpoint: Endpoint) -> dict[str, str]:
        passed = {name: value for name, value in headers.items() if name in HEADERS_PASSED}
        if endpoint.writes:
            key = passed.get("idempotency-key")
            if key is None:
                passed[WRITE_KEY_HEADER] = str(ULID())
            elif not (0 < len(key) <= IDEMPOTENCY_KEY_LENGTH_MAX and key.isascii() and key.isprintable()):
                raise IDEMPOTENCY_KEY_INVALID()
        return passed

    def _stream(
        self, endpoint: Endpoint, request: WireRequest, beginning: WireAnswer, headers: Mapping[str, str], scope: Scope
    ) -> Stream:
        """The events of the organization, for as long as the caller may have them."""
        principal = request.principal
        if principal is None or principal.tenant_id is None:
            raise FORBIDDEN()

        async def check() -> None:
            try:
                await self._identify(endpoint, headers)
            except (DBAPIError, PoolTimeoutError) as problem:
                raise DATABASE_UNAVAILABLE() from problem

        server = scope.get("server")
        place = (str(server[0]), int(server[1])) if server and server[1] else None
        last_event_id = headers.get("last-event-id", "")
        subscription = self._events.join(principal, principal.tenant_id, last_event_id=last_event_id, place=place)
        parts = self._events.follow(subscription, beginning.body, check)
        return Stream(beginning, parts, close=lambda: self._events.hub.leave(subscription))

    # -- who answers ---------------------------------------------------------------------------------------------------------

    async def _serve_tenant(self, endpoint: Endpoint, request: WireRequest) -> WireAnswer:
        principal = request.principal
        if principal is None or principal.tenant_id is None:
            raise FORBIDDEN("Choose an organization with the organization-id header.")
        answer = await self._mailbox.send(principal.tenant_id, LANE_OF_MODE[endpoint.mode], request)
        effects = answer.headers.get(EFFECTS_HEADER)
        if effects is None:
            return answer
        await self._apply(principal.tenant_id, orjson.loads(effects))
        return WireAnswer(
            answer.status, answer.body, {name: value for name, value in answer.headers.items() if name != EFFECTS_HEADER}
        )

    async def _serve_system(self, endpoint: Endpoint, request: WireRequest) -> WireAnswer:
        principal = request.principal
        if principal is not None and endpoint.permission not in {PUBLIC, SIGNED_IN, MEMBER} and principal.tenant_id is not None:
            needed = endpoint.permission
            allowed = await self._mailbox.call_home(
                principal.tenant_id, lambda actor: actor.authorize.remote(principal.tenant_id, principal, needed)
            )
            if not allowed:
                raise FORBIDDEN(f"Your role does not allow this ({needed}).")
        answer: WireAnswer = await self._in_thread(lambda: run_system_request(self._services, request))
        effects = answer.headers.get(EFFECTS_HEADER)
        if effects is None:
            return answer
        consequences = orjson.loads(effects)
        command = consequences.pop(TENANT_COMMAND, None)
        await self._apply(principal.tenant_id if principal else None, consequences)
        if command is not None:
            inner, _ = self._inner_routing.find(command["method"], command["path"])
            body = dump_json(command["body"])
            return await self._serve_tenant(inner, replace(request, method=inner.method, path=inner.path, query="", body=body))
        return WireAnswer(
            answer.status, answer.body, {name: value for name, value in answer.headers.items() if name != EFFECTS_HEADER}
        )

    async def _apply(self, tenant_id: int | None, effects: Mapping[str, Any]) -> None:
        """Consequences outside of the database that answered. They are idempotent: a lost one is made good by the next change."""
        rest = dict(effects)
        if rest.pop(WAKE_SCHEDULER, None) is not None:
            self._scheduler.wake.remote()
        if rest:
            await self._in_thread(lambda: apply_effects(self._services, tenant_id, rest))

    async def _serve_page(self, method: str, path: str, scope: Scope) -> tuple[str, WireAnswer]:
        """What is not the API: health, metrics, and the web application."""
        if method != "GET":
            raise METHOD_NOT_ALLOWED(headers={"Allow": "GET, HEAD"})
        if path == "/healthz":
            return path, await self._health.healthz()
        if path == "/readyz":
            return path, await self._health.readyz()
        if path == "/metrics":
            return path, await self._metrics_page()
        return "webapp", self._webapp.answer(path, headers_of(scope))

    # -- the rest ------------------------------------------------------------------------------------------------------------

    async def _in_thread(self, call: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def _locate(self, tenant_id: int, avoid: str) -> Awaitable[tuple[str, ActorHandle]]:
        located: Awaitable[tuple[str, ActorHandle]] = self._directory.locate.remote(tenant_id, avoid)
        return located

    def _figures(self) -> dict[str, float]:
        mailbox = {f"mailbox_{name}": float(value) for name, value in self._mailbox.counters.items()}
        self._metrics.gauges = {
            "mailbox_depth": float(self._mailbox.depth), "event_streams": float(self._events.hub.streams), **mailbox,
        }  # fmt: skip
        return self._metrics.figures()

    async def _report(self) -> None:
        """Tell the directory our counters now and then, so that every gateway can show everybody's.

        The two calls also begin the watch of a directory and the loop of a scheduler that Ray has just restarted.
        """
        while True:
            with contextlib.suppress(RayError):  # being restarted; the next round finds it
                await self._directory.report.remote(self._name, self._figures())
            with contextlib.suppress(RayError):
                await self._scheduler.alive.remote()
            await asyncio.sleep(REPORT_INTERVAL_S)

    async def _metrics_page(self) -> WireAnswer:
        try:
            seen = await asyncio.wait_for(self._directory.stats.remote(), REPORT_INTERVAL_S)
        except (RayError, TimeoutError):
            seen = {"gateways": {}}
        gateways = {**seen.pop("gateways"), self._name: self._figures()}
        headers = {"content-type": "text/plain; version=0.0.4; charset=utf-8"}
        return WireAnswer(200, prometheus_page(seen, gateways.values()), headers)
