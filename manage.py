#!/usr/bin/env python
"""Django's command-line entry point."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("DEMO", "1")  # loads nothing into a database for work: the command looks first
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
