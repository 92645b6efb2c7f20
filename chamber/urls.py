"""商会: the chamber, and its founding step by step. Meetings are recorded by the ledger's own pages."""

from django.urls import path

from .views import chambers, founding, members, steps

urlpatterns = [
    path("", chambers.chambers, name="chambers"),
    path("new/", chambers.chamber_new, name="chamber_new"),
    path("<int:pk>/", chambers.chamber, name="chamber"),
    path("<int:pk>/edit/", chambers.chamber_edit, name="chamber_edit"),
    path("<int:pk>/change/", chambers.chamber_change, name="chamber_change"),
    # 筹建
    path("<int:pk>/begin/", founding.begin, name="founding_begin"),
    path("<int:pk>/step/", founding.step, name="founding_step"),
    path("<int:pk>/plan/", founding.plan, name="founding_plan"),
    path("<int:pk>/carry-over/", founding.carry_over, name="founding_carry_over"),
    # 会员, 职务, 自评
    path("<int:pk>/members/", members.members, name="members"),
    path("<int:pk>/members/new/", members.member_new, name="member_new"),
    path("members/<int:pk>/leave/", members.member_leave, name="member_leave"),
    path("<int:pk>/officers/new/", members.officer_new, name="officer_new"),
    path("officers/<int:pk>/", members.officer_edit, name="officer_edit"),
    path("officers/<int:pk>/end/", members.officer_end, name="officer_end"),
    path("<int:pk>/ratings/new/", members.rating_new, name="rating_new"),
    path("ratings/<int:pk>/", members.rating_edit, name="rating_edit"),
    path("steps/", steps.founding_steps, name="founding_steps"),
]
