import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.models import Level, Role, Unit, User


class Command(BaseCommand):
    help = "Make the first unit and its administrator, who does all the rest in the application. Prints a one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the unit's code, for example yunchuan")
        parser.add_argument("name", help="the unit's name, for example 云川区")
        parser.add_argument(
            "--town", action="store_true", help="the unit is a single town, without a district above it"
        )
        parser.add_argument("--username", default="admin")

    @transaction.atomic
    def handle(self, *, code: str, name: str, town: bool, username: str, **options: Any) -> None:
        unit = Unit(code=code, name=name, level=Level.TOWN if town else Level.DISTRICT)
        password = secrets.token_urlsafe(12)
        try:
            unit.full_clean()
            unit.save()
            user = User(username=username, name="管理员", unit=unit, role=Role.ADMINISTRATOR)
            user.set_password(password)
            user.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        user.save()
        self.stdout.write(f"{username}  {password}  (to be changed at the first sign-in)")
