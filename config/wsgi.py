import logging
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from workplans.fonts import check_fonts, summary_of_faces  # noqa: E402  # needs the settings

logging.getLogger(__name__).info("Papers are printed with %s.", summary_of_faces())
for missing in check_fonts():
    logging.getLogger(__name__).warning("%s", missing)
