from django.apps import AppConfig


class ChamberConfig(AppConfig):
    name = "chamber"
