from django.apps import AppConfig


class WorkplansConfig(AppConfig):
    name = "workplans"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers the system checks)
