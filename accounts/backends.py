from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from .models import User


class OfUnitsInUse(ModelBackend):
    """Names and passwords, of people in units that are in use: a unit that is put out of use signs its people out."""

    def user_can_authenticate(self, user: User) -> bool:
        return super().user_can_authenticate(user) and user.unit.is_active

    def get_user(self, user_id: int) -> User | None:
        """Whose session this is, on every request, with the unit that every page asks for anyway."""
        user = User.objects.select_related("unit").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
