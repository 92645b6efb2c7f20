from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User


def waiting_for(user: User, today: dt.date) -> list[dict[str, Any]]:
    """Overdue hazards and suggestions, each a link to the very place."""
    return []
