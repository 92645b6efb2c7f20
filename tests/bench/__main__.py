"""Started by bin/bench in a DATA_DIR of its own: python -m tests.bench [pages] [metrics] [pdf]."""

import importlib
import os
import sys

import django
from django.db import connections

PARTS = ("pages", "metrics", "pdf")


def main(wanted: list[str]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    django.setup()
    from . import data

    if unknown := {*wanted} - {*PARTS}:
        sys.exit(f"There is no {', '.join(unknown)}; there are {', '.join(PARTS)}.")
    sys.stdout.write(f"\n## {connections['default'].display_name}\n")
    if {"pages", "metrics"} & {*wanted}:
        data.build()
    for part in wanted:
        importlib.import_module(f"tests.bench.{part}").run()


main(sys.argv[1:] or list(PARTS))
