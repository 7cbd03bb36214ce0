"""Who may do what within one tenant: from the tenant's own members and roles."""

from domain.kit.context import ActingUser
from domain.kit.endpoint import Endpoint
from domain.kit.errors import FORBIDDEN
from domain.kit.exchange import Principal
from domain.kit.warm import WarmView
from domain.members.repository import TEAM


def acting_user(view: WarmView, principal: Principal | None) -> ActingUser:
    """Who acts, from the tenant's own members.

    Raises:
        FORBIDDEN: the principal is no member; USER_INACTIVE: the member is inactive.

    """
    user = view.get(TEAM).acting_user(principal.user_id) if principal is not None else None
    if user is None:
        raise FORBIDDEN("You are not a member of this organization.")
    return user


def check_permission(user: ActingUser, endpoint: Endpoint) -> None:
    """The declared permission of the endpoint, held by the user's role.

    Raises:
        FORBIDDEN: it is not held.

    """
    if not any(user.grants.allow(needed) for needed in (endpoint.permission, *endpoint.any_of)):
        raise FORBIDDEN(f"Your role does not allow this ({endpoint.permission}).")
