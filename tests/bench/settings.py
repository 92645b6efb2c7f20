"""The product's own settings over two databases of the same schema: `town` holds one town, `city` two hundred."""

import os

os.environ.setdefault("DEMO", "1")
from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, DATABASES

SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
for name in ("town", "city"):
    DATABASES[name] = DATABASES["default"] | {"NAME": str(DATA_DIR / f"{name}.sqlite3") if SQLITE else f"bench_{name}"}
DATABASE_ROUTERS = ["tests.bench.data.Chosen"]
ROOT_URLCONF = "tests.bench.urls"
