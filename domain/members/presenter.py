"""Members, roles and the permission schema as they travel (`platform.md` 8.1, 9.1, 9.2)."""

from datetime import datetime
from typing import Any

from domain.kit.permissions import SUBJECTS, Subject
from domain.kit.wire import iso_instant
from domain.members.model import Member, Role, Team


def _instant(value: datetime | None) -> str | None:
    return iso_instant(value) if value is not None else None


def member_form(member: Member) -> dict[str, Any]:
    """One member; what get answers."""
    return {
        "id": member.id,
        "first_name": member.first_name,
        "last_name": member.last_name,
        "full_name": member.full_name,
        "email": member.email,
        "active": member.active,
        "status": member.status,
        "role_id": member.role_id,
        "system_user_id": member.system_user_id,
        "invited_at": _instant(member.invited_at),
        "invite_accepted_at": _instant(member.invite_accepted_at),
        "is_invite_accepted": member.invite_accepted_at is not None,
        "created_at": iso_instant(member.created_at),
        "updated_at": iso_instant(member.updated_at),
    }


def list_form(member: Member, team: Team) -> dict[str, Any]:
    """One member of the list, with the texts of the role."""
    role = team.role_of(member)
    return member_form(member) | {
        "role_name": role and role.name,
        "role_description": role and role.description,
        "role_slug": role and role.slug,
    }


def role_form(role: Role) -> dict[str, Any]:
    """One role with its permissions."""
    return {
        "id": role.id,
        "name": role.name,
        "description": role.description,
        "slug": role.slug,
        "predefined": role.predefined,
        "permissions": [
            {
                "id": item.id,
                "role_id": item.role_id,
                "subject": item.subject,
                "ability": item.ability,
                "value": item.value,
            }
            for item in role.permissions
        ],
    }


_WITHOUT_DEFAULT = {("InventoryAdjustment", "Delete")}
_EXTRA_WITH_DEFAULT = {("CreditNote", "Refund"), ("VendorCredit", "Refund")}


def _abilities(subject: Subject) -> list[dict[str, Any]]:
    forms = []
    for ability in subject.abilities:
        form: dict[str, Any] = {"key": ability, "label": ability}
        if subject.defaults and (subject.name, ability) not in _WITHOUT_DEFAULT:
            form["default"] = True
        forms.append(form)
    return forms


def _extra_abilities(subject: Subject) -> list[dict[str, Any]]:
    forms = []
    for key, label in subject.extra.items():
        form: dict[str, Any] = {"key": key, "label": label}
        if (subject.name, key) in _EXTRA_WITH_DEFAULT:
            form["default"] = True
        forms.append(form)
    return forms


def schema_forms() -> list[dict[str, Any]]:
    """All subjects with their abilities; empty lists are left out."""
    forms = []
    for subject in SUBJECTS:
        form: dict[str, Any] = {"subject": subject.name, "subject_label": subject.label}
        if subject.abilities:
            form["abilities"] = _abilities(subject)
        if subject.extra:
            form["extra_abilities"] = _extra_abilities(subject)
        forms.append(form)
    return forms
