from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Role, Unit, User
from workplans.demo import load
from workplans.demo.people import ACCOUNTS, PASSWORD, UNITS


class Command(BaseCommand):
    help = (
        "Make the database, load the demonstration's sample data and print its accounts. A second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address", default="127.0.0.1:8000", help="where the application is served, to be printed"
        )

    def handle(self, *, address: str, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        codes = {unit["code"] for unit in UNITS}
        strangers = Unit.objects.exclude(code__in=codes).order_by("code")
        if not settings.DEMO or strangers.exists():
            raise CommandError(
                "The demonstration needs DEMO=1 and a database of its own; this one is for real work"
                + "".join(f", it holds {unit.code} {unit.name}" for unit in strangers[:3])
                + "."
            )
        if not Unit.objects.filter(code__in=codes).exists():
            load.load()
        self.show(address)

    def show(self, address: str) -> None:
        line = self.stdout.write
        line("示例数据，仅供演示 · Sample data, for demonstration only")
        line(f"\n  http://{address}\n")
        line("单位 · Units")
        for unit in Unit.objects.order_by("code"):
            line(f"  {unit.code:<10} {unit.name}（{unit.get_level_display()}）")
        line(f"\n账号 · Accounts（密码 · password: {PASSWORD}）")
        usernames = [account["username"] for account in ACCOUNTS]
        for user in User.objects.select_related("unit").filter(username__in=usernames).order_by("pk"):
            line(f"  {user.username:<16} {user.unit.name} {Role(user.role).label}")
        line("\n试试 · Try:  .venv/bin/python manage.py export_summary qingxi 2020H1 --to summary.pdf")
