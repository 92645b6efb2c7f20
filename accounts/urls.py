from django.urls import path

from .views import manage, session

urlpatterns = [
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("password/", session.password_change, name="password_change"),
    path("language/", session.set_language, name="set_language"),
    path("keep/", session.keep_session, name="keep_session"),
    # 管理
    path("manage/", manage.manage, name="manage"),
    path("manage/units/", manage.unit_new, name="unit_new"),  # no new/ below: it would hide a unit of that code
    path("manage/units/<slug:code>/", manage.unit_edit, name="unit_edit"),
    path("manage/villages/", manage.villages, name="villages"),
    path("manage/villages/new/", manage.village_new, name="village_new"),
    path("manage/villages/<int:pk>/", manage.village_edit, name="village_edit"),
    path("manage/users/", manage.users, name="users"),
    path("manage/users/new/", manage.user_new, name="user_new"),
    path("manage/users/<int:pk>/", manage.user_edit, name="user_edit"),
    path("manage/users/<int:pk>/password/", manage.user_password, name="user_password"),
    path("manage/audit/", manage.audit, name="audit"),
]
