from django.urls import include, path

from . import errors, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("", include("workplans.urls")),
    path("religion/", include("religion.urls")),
    path("enterprises/", include("nonpublic.urls")),
    path("chamber/", include("chamber.urls")),
    path("", include("accounts.urls")),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
