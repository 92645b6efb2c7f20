"""非公有制经济: the register and the requests. Rows of the ledger are recorded by the ledger's own pages."""

from django.urls import path

from workplans.views import matters

from .views import enterprises, requests
from .views.words import REQUESTS

REQUEST = {"of": REQUESTS}

urlpatterns = [
    # 企业
    path("", enterprises.enterprises, name="enterprises"),
    path("new/", enterprises.enterprise_new, name="enterprise_new"),
    path("<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("<int:pk>/edit/", enterprises.enterprise_edit, name="enterprise_edit"),
    path("<int:pk>/close/", enterprises.enterprise_close, name="enterprise_close"),
    path("<int:pk>/reopen/", enterprises.enterprise_reopen, name="enterprise_reopen"),
    # 诉求: followed step by step, and 三单 of them
    path("requests/", matters.matters, REQUEST, name="requests"),
    path("requests/lists/", requests.request_lists, name="request_lists"),
    path("requests/lists.pdf", requests.request_lists_pdf, name="request_lists_pdf"),
    path("requests/<int:pk>/", matters.matter, REQUEST, name="request"),
    path("requests/<int:pk>/edit/", matters.matter_edit, REQUEST, name="request_edit"),
    path("requests/<int:pk>/void/", matters.matter_void, REQUEST, name="request_void"),
]
