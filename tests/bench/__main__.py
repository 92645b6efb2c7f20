"""Started by bin/bench in a DATA_DIR of its own: python -m tests.bench [pages] [metrics] [pdf]."""

import os
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
django.setup()

from django.db import connections

from . import data, metrics, pages, pdf

PARTS = {"pages": pages.run, "metrics": metrics.run, "pdf": pdf.run}
wanted = sys.argv[1:] or list(PARTS)
sys.stdout.write(f"\n## {connections['default'].display_name}\n")
if {"pages", "metrics"} & {*wanted}:
    begun = time.monotonic()
    data.build()
    sys.stdout.write(f"\nBuilt in {time.monotonic() - begun:.0f} s.\n")
for name in wanted:
    PARTS[name]()
