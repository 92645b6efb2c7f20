import django.contrib.auth.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "这个用户名已有人使用。"},
                        max_length=40,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="用户名",
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="可填姓名，也可只填岗位名称。", max_length=40, verbose_name="显示名称"),
                ),
                ("post", models.CharField(blank=True, max_length=40, verbose_name="职务")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("clerk", "记录员"),
                            ("reviewer", "统战委员"),
                            ("signer", "签发人"),
                            ("district", "区级"),
                            ("administrator", "管理员"),
                        ],
                        default="clerk",
                        max_length=20,
                        verbose_name="角色",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("must_change_password", models.BooleanField(default=True, verbose_name="下次登录须改密码")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="建立时间")),
            ],
            options={
                "verbose_name": "用户",
            },
        ),
        migrations.CreateModel(
            name="SignInFailure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("username", models.CharField(max_length=40)),
                ("address", models.GenericIPAddressField(null=True)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["address", "username", "at"], name="failure_address_name")],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="小写字母、数字，用于命令行和导出文件名。",
                        max_length=32,
                        unique=True,
                        verbose_name="单位代码",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="单位名称")),
                (
                    "level",
                    models.CharField(
                        choices=[("district", "区（县）"), ("town", "乡镇（街道）")],
                        default="town",
                        max_length=10,
                        verbose_name="级别",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("office", models.CharField(default="镇统战部门", max_length=40, verbose_name="总结中的自称")),
                ("leading_body", models.CharField(default="区委", max_length=40, verbose_name="领导机关")),
                ("guiding_body", models.CharField(default="区委统战部", max_length=40, verbose_name="指导机关")),
                (
                    "spirit",
                    models.CharField(default="中央统战工作会议精神", max_length=100, verbose_name="贯彻的会议精神"),
                ),
                (
                    "study_topics",
                    models.CharField(
                        default="十八届历次全会精神、习近平总书记系列重要讲话精神、统战政策理论知识、中央、省、市、区关于统战工作的重大决策部署和重要文件、会议精神",
                        help_text="接在“学习”之后，写进理论学习一段；有新的学习内容时请更新。",
                        max_length=300,
                        verbose_name="学习内容",
                    ),
                ),
                ("slogan", models.CharField(blank=True, max_length=40, verbose_name="地方建设口号")),
                (
                    "signature",
                    models.CharField(
                        blank=True, help_text="留空则用单位名称。", max_length=60, verbose_name="总结落款"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="towns",
                        to="accounts.unit",
                        verbose_name="上级单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
            },
        ),
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("sign_in", "登录"),
                            ("refused", "登录失败"),
                            ("sign_out", "退出"),
                            ("password", "修改密码"),
                            ("account", "账号变更"),
                            ("unit", "单位设置变更"),
                            ("sign", "签发"),
                            ("export", "导出"),
                        ],
                        max_length=20,
                        verbose_name="操作",
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=100, verbose_name="对象")),
                ("detail", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "操作记录",
            },
        ),
        migrations.AddField(
            model_name="user",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="users",
                to="accounts.unit",
                verbose_name="单位",
            ),
        ),
        migrations.CreateModel(
            name="Village",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="村（社区）")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="villages",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "村（社区）",
            },
        ),
        migrations.AddIndex(
            model_name="unit",
            index=models.Index(fields=["parent", "code"], name="unit_parent_code"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["unit", "at", "id"], name="audit_unit_at"),
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.UniqueConstraint(
                fields=("unit", "name"),
                name="village_unit_name",
                violation_error_message="本单位已有同名的村（社区）。",
            ),
        ),
    ]
