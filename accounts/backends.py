from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from .models import User


class WithUnit(ModelBackend):
    """Django's own, but whoever is signed in comes with his unit in one query: every page asks for both."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("unit").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
