from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts import access
from workplans.fonts import summary_of_faces


@access.public(because="a load balancer asks without an account; the answer tells yes or no, and which faces print")
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the program and its database answer, else 503. A second line says which face prints which role."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", status=503, content_type="text/plain")
    return HttpResponse(f"ok\nfaces: {summary_of_faces()}\n", content_type="text/plain; charset=utf-8")
