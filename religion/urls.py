"""宗教事务: the registers and what is done in them. Rows of the ledger are recorded by the ledger's own pages."""

from django.urls import path

from workplans.views import matters

from .models import Topic
from .views import checklist, clergy, matrix, papers, projects, rules, venues
from .views.matter_words import DISPUTES, EVERY, HAZARDS, PROJECTS, SUGGESTIONS

HAZARD, DISPUTE, SUGGESTION, PROJECT = ({"of": each} for each in (HAZARDS, DISPUTES, SUGGESTIONS, PROJECTS))
TABS = {"tabs": EVERY}

urlpatterns = [
    # 场所
    path("venues/", venues.venues, name="venues"),
    path("venues/new/", venues.venue_new, name="venue_new"),
    path("venues/<int:pk>/", venues.venue, name="venue"),
    path("venues/<int:pk>/edit/", venues.venue_edit, name="venue_edit"),
    path("venues/<int:pk>/change/", venues.venue_change, name="venue_change"),
    path("local-rules/", rules.local_rules, name="local_rules"),
    # 隐患, 矛盾纠纷, 意见建议, 场所建设: followed alike, step by step
    path("hazards/", matters.matters, HAZARD | TABS, name="hazards"),
    path("hazards/<int:pk>/", matters.matter, HAZARD, name="hazard"),
    path("hazards/<int:pk>/edit/", matters.matter_edit, HAZARD, name="hazard_edit"),
    path("hazards/<int:pk>/void/", matters.matter_void, HAZARD, name="hazard_void"),
    path("disputes/", matters.matters, DISPUTE | TABS, name="disputes"),
    path("disputes/<int:pk>/", matters.matter, DISPUTE, name="dispute"),
    path("disputes/<int:pk>/edit/", matters.matter_edit, DISPUTE, name="dispute_edit"),
    path("disputes/<int:pk>/void/", matters.matter_void, DISPUTE, name="dispute_void"),
    path("suggestions/", matters.matters, SUGGESTION | TABS, name="suggestions"),
    path("suggestions/<int:pk>/", matters.matter, SUGGESTION, name="suggestion"),
    path("suggestions/<int:pk>/edit/", matters.matter_edit, SUGGESTION, name="suggestion_edit"),
    path("suggestions/<int:pk>/void/", matters.matter_void, SUGGESTION, name="suggestion_void"),
    path("projects/", matters.matters, PROJECT | TABS, name="projects"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/<int:pk>/", matters.matter, PROJECT, name="project"),
    path("projects/<int:pk>/edit/", matters.matter_edit, PROJECT, name="project_edit"),
    path("projects/<int:pk>/void/", matters.matter_void, PROJECT, name="project_void"),
    path("projects/<int:pk>/issue/", projects.project_issue, name="project_issue"),
    # 安全检查
    path("checklist/", checklist.checklist, name="checklist"),
    path("inspections/<int:pk>/record.pdf", papers.inspection_record, name="inspection_record"),
    path("inspections/<int:pk>/notice.pdf", papers.rectification_notice, name="rectification_notice"),
    # 评查: venue × item, a sheet a year
    path("harmony/", matrix.sheet, {"topic": Topic.HARMONY}, name="harmony"),
    path("entries/", matrix.sheet, {"topic": Topic.ENTRIES}, name="entries"),
    path("rules/", matrix.sheet, {"topic": Topic.RULES}, name="rules"),
    # 教职名册: off until its impact assessment is written
    path("clergy/", clergy.clergy, name="clergy"),
    path("clergy/assessment/", clergy.assessment_new, name="assessment_new"),
    path("clergy/end/", clergy.assessment_end, name="assessment_end"),
    path("clergy/readers/", clergy.clergy_readers, name="clergy_readers"),
    path("clergy/names/", clergy.names, name="clergy_names"),
    path("clergy/names/new/", clergy.name_new, name="clergy_name_new"),
    path("clergy/names/<int:pk>/", clergy.name_edit, name="clergy_name_edit"),
]
