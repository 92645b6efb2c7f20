from .audit import AuditEvent, SignInFailure
from .part import PartOf
from .unit import Level, OwnedQuerySet, Unit, Village
from .user import ROLES_OF_LEVEL, Role, User

__all__ = [
    "ROLES_OF_LEVEL",
    "AuditEvent",
    "Level",
    "OwnedQuerySet",
    "PartOf",
    "Role",
    "SignInFailure",
    "Unit",
    "User",
    "Village",
]
