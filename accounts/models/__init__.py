from .audit import AuditEvent, SignInFailure
from .unit import Level, OwnedQuerySet, Unit, Village
from .user import Role, User

__all__ = ["AuditEvent", "Level", "OwnedQuerySet", "Role", "SignInFailure", "Unit", "User", "Village"]
