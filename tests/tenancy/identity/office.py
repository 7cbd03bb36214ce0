"""One organization on both sides: its people in the system database, its books in a tenant's. What the gateway does between them is done
here step by step, so that a test can stop anywhere, as a process that dies does.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from domain.members.inner_endpoints import OWN_NAME
from tenancy.answers import EFFECTS_HEADER
from tenancy.identity.names import find_due, name_told
from tenancy.system_context import TENANT_COMMAND
from tenancy.system_database import system_transaction
from tenancy.system_effects import apply_effects
from tests.books import Books, Response
from tests.tenancy.identity.conftest import Person, System

STAFF_ID = 2


@dataclass
class Office:
    """Ada's organization: tenant 1, of which she, person 1, is the administrator."""

    system: System
    books: Books
    ada: Person

    def begin(self, email: str = "grace@example.com", role_id: int = STAFF_ID, key: str = "") -> Response:
        """The first step of an invitation: in the system database."""
        headers = {"idempotency-key": key} if key else {}
        body = {"email": email, "role_id": role_id}
        return self.system.call(
            "PATCH", "/invite", body, token=self.ada.token, organization=self.ada.organization_id, headers=headers
        )

    def enter(self, begun: Response, key: str = "") -> Response:
        """The second step: the tenant's command."""
        command = json.loads(begun.headers[EFFECTS_HEADER])[TENANT_COMMAND]
        headers = {"idempotency-key": key} if key else {}
        return self.books.call(command["method"], command["path"], command["body"], headers=headers)

    def apply(self, answer: Response) -> Response:
        """The last step: the consequences in the system database."""
        effects = json.loads(answer.headers.get(EFFECTS_HEADER, "{}"))
        apply_effects(self.system.services, self.ada.tenant_id, effects)
        return answer

    def invite(self, email: str = "grace@example.com", role_id: int = STAFF_ID, key: str = "") -> Response:
        """All three; the answer that the client gets."""
        begun = self.begin(email, role_id, key)
        if begun.status >= 400:
            return begun
        return self.apply(self.enter(begun, key))

    def invited(self, email: str = "grace@example.com") -> str:
        """The token of a new invitation's link."""
        self.invite(email).ok  # noqa: B018 - a check
        return self.link_token()

    def link_token(self, index: int = -1) -> str:
        """The token in a mail."""
        found = re.search(r"https://books.example/auth/invite/([0-9a-f]{64})/accept\s", self.system.mail_text(index))
        assert found
        return found[1]

    def resend(self, member_id: int) -> Response:
        """Send an invitation again."""
        return self.apply(self.books.post(f"/invite/users/{member_id}/resend"))

    def accept(self, token: str, **changes: Any) -> Response:
        """Accept an invitation."""
        body = {"first_name": "Grace", "last_name": "Hopper", "password": "a compiler of her own"} | changes
        return self.system.post(f"/invite/accept/{token}", body)

    def tell_names(self) -> int:
        """What the scheduler does: tell the tenants; how many were told."""
        services = self.system.services
        with services.engine.connect() as connection:
            due = find_due(connection, services.clock.now())
        for item in due:
            body = {"first_name": item.first_name, "last_name": item.last_name}
            body["accepted_at"] = item.accepted_at and item.accepted_at.isoformat()
            self.books.call("PUT", OWN_NAME, body, user_id=item.user_id)
            with system_transaction(services.engine) as connection:
                name_told(connection, item)
        return len(due)

    def members(self) -> dict[str, Any]:
        """The list of members by email."""
        return {member["email"]: member for member in self.books.get("/users").ok}

    def advance(self, **parts: float) -> None:
        """Move both clocks."""
        self.system.clock.advance(**parts)
        self.books.clock.advance(**parts)
