from django.apps import AppConfig


class ReligionConfig(AppConfig):
    name = "religion"
