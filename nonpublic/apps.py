from django.apps import AppConfig


class NonpublicConfig(AppConfig):
    name = "nonpublic"
