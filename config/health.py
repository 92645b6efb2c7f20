from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts import access


@access.public(because="a load balancer asks without an account; the answer tells nothing but yes or no")
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the program and its database answer, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
