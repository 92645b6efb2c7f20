from django.urls import path

from . import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("password/", views.password_change, name="password_change"),
    path("language/", views.set_language, name="set_language"),
    path("keep/", views.keep_session, name="keep_session"),
    # 管理
    path("manage/", views.manage, name="manage"),
    path("manage/units/<slug:code>/", views.unit_edit, name="unit_edit"),
    path("manage/units/", views.unit_new, name="unit_new"),
    path("manage/villages/<int:pk>/", views.village_edit, name="village_edit"),
    path("manage/villages/", views.village_new, name="village_new"),
    path("manage/users/<int:pk>/", views.user_edit, name="user_edit"),
    path("manage/users/<int:pk>/password/", views.user_password, name="user_password"),
    path("manage/users/", views.user_new, name="user_new"),
    path("manage/audit/", views.audit, name="audit"),
]
