#!/usr/bin/env python
"""Django's command-line entry point."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    settings_file = Path(__file__).with_name(".env")
    if sys.argv[1:2] == ["demo"] and not settings_file.exists() and "SECRET_KEY" not in os.environ:
        # From now on every command in this folder speaks to the demonstration. A real installation has a .env of its own.
        settings_file.write_text("DEMO=1\n")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
