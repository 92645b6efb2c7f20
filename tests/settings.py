"""The product's own settings, with a cheap hasher and files that vanish with the run."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("DEMO", "1")
if "DATA_DIR" not in os.environ:
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="tongzhan-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, DATABASES, STATIC_ROOT

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A file, not memory: a live server's threads sharing one in-memory database lock each other out.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns when it is missing, and warnings are errors here
