import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.models.part
import workplans.models.activity
import workplans.models.guard
import workplans.models.period


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalIssue",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                (
                    "obstacle_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "人选未定"),
                            ("approval", "审批未批"),
                            ("funds", "资金"),
                            ("land", "场地用地"),
                            ("policy", "政策不明"),
                            ("strength", "力量不足"),
                            ("external", "外部原因"),
                        ],
                        max_length=10,
                        verbose_name="障碍类型",
                    ),
                ),
                (
                    "obstacle",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="写成“因……”之后的话，例如：商会主要负责人人选问题。",
                        max_length=60,
                        verbose_name="障碍",
                    ),
                ),
                ("obstacle_since", models.DateField(blank=True, null=True, verbose_name="障碍始于")),
                ("area", models.CharField(max_length=20, verbose_name="领域")),
                ("title", workplans.models.guard.LineField(max_length=100, verbose_name="问题")),
                (
                    "about",
                    workplans.models.guard.LineField(
                        blank=True, help_text="场所、企业或单位的名称。", max_length=60, verbose_name="涉及对象"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("own", "自查"),
                            ("superior", "上级反馈"),
                            ("public", "群众反映"),
                            ("delegates", "代表委员"),
                            ("venue", "场所申请"),
                        ],
                        default="own",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="提出日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                ("post", workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="责任岗位")),
                ("content", workplans.models.guard.ProseField(blank=True, max_length=5000, verbose_name="情况")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待办"),
                            ("active", "办理中"),
                            ("solved", "已办结"),
                            ("passed_up", "上报上级"),
                            ("stopped", "中止"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 协调问题",
                "verbose_name_plural": "historical 协调问题s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                (
                    "obstacle_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "人选未定"),
                            ("approval", "审批未批"),
                            ("funds", "资金"),
                            ("land", "场地用地"),
                            ("policy", "政策不明"),
                            ("strength", "力量不足"),
                            ("external", "外部原因"),
                        ],
                        max_length=10,
                        verbose_name="障碍类型",
                    ),
                ),
                (
                    "obstacle",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="写成“因……”之后的话，例如：商会主要负责人人选问题。",
                        max_length=60,
                        verbose_name="障碍",
                    ),
                ),
                ("obstacle_since", models.DateField(blank=True, null=True, verbose_name="障碍始于")),
                ("area", models.CharField(max_length=20, verbose_name="领域")),
                ("title", workplans.models.guard.LineField(max_length=100, verbose_name="问题")),
                (
                    "about",
                    workplans.models.guard.LineField(
                        blank=True, help_text="场所、企业或单位的名称。", max_length=60, verbose_name="涉及对象"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("own", "自查"),
                            ("superior", "上级反馈"),
                            ("public", "群众反映"),
                            ("delegates", "代表委员"),
                            ("venue", "场所申请"),
                        ],
                        default="own",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="提出日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                ("post", workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="责任岗位")),
                ("content", workplans.models.guard.ProseField(blank=True, max_length=5000, verbose_name="情况")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待办"),
                            ("active", "办理中"),
                            ("solved", "已办结"),
                            ("passed_up", "上报上级"),
                            ("stopped", "中止"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "协调问题",
            },
        ),
        migrations.CreateModel(
            name="IssueEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="日期")),
                ("note", workplans.models.guard.ProseField(max_length=1000, verbose_name="办理情况")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待办"),
                            ("active", "办理中"),
                            ("solved", "已办结"),
                            ("passed_up", "上报上级"),
                            ("stopped", "中止"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issue",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="workplans.issue",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedgerCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField()),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignedDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_at", models.DateTimeField(verbose_name="签发时间")),
                ("text", models.TextField()),
                ("content_sha256", models.CharField(max_length=64)),
                ("pdf", models.BinaryField()),
                ("pdf_sha256", models.CharField(max_length=64)),
                (
                    "signed_by",
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
                "verbose_name": "已签发文件",
            },
        ),
        migrations.CreateModel(
            name="SignedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("metric", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=60)),
                ("exact", models.PositiveIntegerField()),
                ("printed", models.CharField(max_length=30)),
                (
                    "document",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="workplans.signeddocument",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, verbose_name="台账号")),
                ("date", models.DateField(null=True, verbose_name="日期")),
                ("title", models.CharField(max_length=100, verbose_name="标题")),
                ("amount", models.PositiveIntegerField(verbose_name="数量")),
                (
                    "figure",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="workplans.signedfigure",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("period", workplans.models.period.PeriodField(max_length=7, verbose_name="期间")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("title", workplans.models.guard.LineField(max_length=80, verbose_name="标题")),
                ("date", models.DateField(blank=True, null=True, verbose_name="成文日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草中"),
                            ("review", "待审核"),
                            ("signing", "待签发"),
                            ("signed", "已签发"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "总结",
            },
        ),
        migrations.AddField(
            model_name="signeddocument",
            name="summary",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="document", to="workplans.summary"
            ),
        ),
        migrations.CreateModel(
            name="HistoricalSummarySection",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("position", models.PositiveSmallIntegerField()),
                ("slot", models.CharField(max_length=20)),
                ("composed", models.TextField(verbose_name="自动生成的文字")),
                ("composed_at", models.DateTimeField()),
                (
                    "edited",
                    workplans.models.guard.ProseField(blank=True, max_length=20000, null=True, verbose_name="正文"),
                ),
                ("edited_at", models.DateTimeField(editable=False, null=True, verbose_name="修改时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "summary",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workplans.summary",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical summary section",
                "verbose_name_plural": "historical summary sections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="SummarySection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("position", models.PositiveSmallIntegerField()),
                ("slot", models.CharField(max_length=20)),
                ("composed", models.TextField(verbose_name="自动生成的文字")),
                ("composed_at", models.DateTimeField()),
                (
                    "edited",
                    workplans.models.guard.ProseField(blank=True, max_length=20000, null=True, verbose_name="正文"),
                ),
                ("edited_at", models.DateTimeField(editable=False, null=True, verbose_name="修改时间")),
                (
                    "edited_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "summary",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="workplans.summary",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SummaryStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="时间")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("compose", "生成初稿"),
                            ("submit", "送审"),
                            ("approve", "审核通过"),
                            ("send_back", "退回"),
                            ("sign", "签发"),
                        ],
                        max_length=10,
                        verbose_name="步骤",
                    ),
                ),
                ("reason", workplans.models.guard.LineField(blank=True, max_length=300, verbose_name="理由")),
                ("seen_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "summary",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="workplans.summary",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                (
                    "obstacle_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "人选未定"),
                            ("approval", "审批未批"),
                            ("funds", "资金"),
                            ("land", "场地用地"),
                            ("policy", "政策不明"),
                            ("strength", "力量不足"),
                            ("external", "外部原因"),
                        ],
                        max_length=10,
                        verbose_name="障碍类型",
                    ),
                ),
                (
                    "obstacle",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="写成“因……”之后的话，例如：商会主要负责人人选问题。",
                        max_length=60,
                        verbose_name="障碍",
                    ),
                ),
                ("obstacle_since", models.DateField(blank=True, null=True, verbose_name="障碍始于")),
                ("period", workplans.models.period.PeriodField(max_length=7, verbose_name="期间")),
                ("area", models.CharField(max_length=20, verbose_name="领域")),
                (
                    "item",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="在总结中排第几条；同一条目的目标合写为一条。", verbose_name="条目"
                    ),
                ),
                ("text", workplans.models.guard.LineField(max_length=100, verbose_name="目标")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualitative", "定性"),
                            ("quantitative", "定量"),
                            ("milestone", "里程碑"),
                            ("rectification", "整改"),
                        ],
                        default="qualitative",
                        max_length=15,
                        verbose_name="类型",
                    ),
                ),
                (
                    "deliverable",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="写成“完成……”之后的话，例如：商会组建工作。",
                        max_length=60,
                        verbose_name="要完成的工作",
                    ),
                ),
                ("metric", models.CharField(blank=True, max_length=40, verbose_name="对应指标")),
                ("quantity", models.PositiveIntegerField(blank=True, null=True, verbose_name="目标数量")),
                ("sign", workplans.models.guard.LineField(blank=True, max_length=100, verbose_name="完成标志")),
                ("due", models.DateField(blank=True, null=True, verbose_name="完成时限")),
                ("must", models.BooleanField(default=False, verbose_name="必须确保")),
                (
                    "leader_post",
                    workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="责任领导岗位"),
                ),
                ("post", workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="责任岗位")),
                ("supporters", workplans.models.guard.LineField(blank=True, max_length=100, verbose_name="配合单位")),
                ("measure", workplans.models.guard.LineField(blank=True, max_length=200, verbose_name="应对措施")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未启动"),
                            ("active", "推进中"),
                            ("behind", "滞后"),
                            ("done", "完成"),
                            ("failed", "未完成"),
                            ("cancelled", "取消"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("own", "本级计划"),
                            ("superior", "上级要点"),
                            ("carried", "结转"),
                            ("rectification", "整改"),
                        ],
                        default="own",
                        max_length=15,
                        verbose_name="来源",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "carried_from",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_to",
                        to="workplans.target",
                        verbose_name="结转自",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "目标",
            },
        ),
        migrations.CreateModel(
            name="HistoricalTarget",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                (
                    "obstacle_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "人选未定"),
                            ("approval", "审批未批"),
                            ("funds", "资金"),
                            ("land", "场地用地"),
                            ("policy", "政策不明"),
                            ("strength", "力量不足"),
                            ("external", "外部原因"),
                        ],
                        max_length=10,
                        verbose_name="障碍类型",
                    ),
                ),
                (
                    "obstacle",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="写成“因……”之后的话，例如：商会主要负责人人选问题。",
                        max_length=60,
                        verbose_name="障碍",
                    ),
                ),
                ("obstacle_since", models.DateField(blank=True, null=True, verbose_name="障碍始于")),
                ("period", workplans.models.period.PeriodField(max_length=7, verbose_name="期间")),
                ("area", models.CharField(max_length=20, verbose_name="领域")),
                (
                    "item",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="在总结中排第几条；同一条目的目标合写为一条。", verbose_name="条目"
                    ),
                ),
                ("text", workplans.models.guard.LineField(max_length=100, verbose_name="目标")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("qualitative", "定性"),
                            ("quantitative", "定量"),
                            ("milestone", "里程碑"),
                            ("rectification", "整改"),
                        ],
                        default="qualitative",
                        max_length=15,
                        verbose_name="类型",
                    ),
                ),
                (
                    "deliverable",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="写成“完成……”之后的话，例如：商会组建工作。",
                        max_length=60,
                        verbose_name="要完成的工作",
                    ),
                ),
                ("metric", models.CharField(blank=True, max_length=40, verbose_name="对应指标")),
                ("quantity", models.PositiveIntegerField(blank=True, null=True, verbose_name="目标数量")),
                ("sign", workplans.models.guard.LineField(blank=True, max_length=100, verbose_name="完成标志")),
                ("due", models.DateField(blank=True, null=True, verbose_name="完成时限")),
                ("must", models.BooleanField(default=False, verbose_name="必须确保")),
                (
                    "leader_post",
                    workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="责任领导岗位"),
                ),
                ("post", workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="责任岗位")),
                ("supporters", workplans.models.guard.LineField(blank=True, max_length=100, verbose_name="配合单位")),
                ("measure", workplans.models.guard.LineField(blank=True, max_length=200, verbose_name="应对措施")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未启动"),
                            ("active", "推进中"),
                            ("behind", "滞后"),
                            ("done", "完成"),
                            ("failed", "未完成"),
                            ("cancelled", "取消"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("own", "本级计划"),
                            ("superior", "上级要点"),
                            ("carried", "结转"),
                            ("rectification", "整改"),
                        ],
                        default="own",
                        max_length=15,
                        verbose_name="来源",
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "carried_from",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workplans.target",
                        verbose_name="结转自",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 目标",
                "verbose_name_plural": "historical 目标s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalActivity",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="台账年度")),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="台账序号")),
                ("date", models.DateField(verbose_name="业务日期")),
                ("last_date", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("kind", models.CharField(max_length=40, verbose_name="事项")),
                ("area", models.CharField(editable=False, max_length=20, verbose_name="领域")),
                ("title", workplans.models.guard.LineField(max_length=100, verbose_name="标题")),
                ("place", workplans.models.guard.LineField(blank=True, max_length=60, verbose_name="地点")),
                (
                    "host_level",
                    models.CharField(
                        choices=[("town", "镇"), ("village", "村"), ("district", "区"), ("city", "市")],
                        default="town",
                        max_length=10,
                        verbose_name="主办层级",
                    ),
                ),
                ("sessions", models.PositiveIntegerField(default=1, verbose_name="场次")),
                ("person_times", models.PositiveIntegerField(default=0, verbose_name="人次")),
                ("copies", models.PositiveIntegerField(default=0, verbose_name="发放资料份数")),
                ("quantity", models.PositiveIntegerField(default=0, verbose_name="数量")),
                ("quantity_done", models.PositiveIntegerField(default=0, verbose_name="其中已办")),
                ("content", workplans.models.guard.ProseField(blank=True, max_length=5000, verbose_name="内容")),
                ("result", workplans.models.guard.ProseField(blank=True, max_length=2000, verbose_name="结果")),
                ("basis", workplans.models.guard.LineField(blank=True, max_length=120, verbose_name="依据文件")),
                (
                    "state",
                    models.CharField(
                        choices=[("recorded", "已记录"), ("confirmed", "已确认"), ("void", "作废")],
                        default="recorded",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="录入时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.village",
                        verbose_name="村（社区）",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workplans.target",
                        verbose_name="对应目标",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 台账记录",
                "verbose_name_plural": "historical 台账记录s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("year", models.PositiveSmallIntegerField(editable=False, verbose_name="台账年度")),
                ("number", models.PositiveIntegerField(editable=False, verbose_name="台账序号")),
                ("date", models.DateField(verbose_name="业务日期")),
                ("last_date", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("kind", models.CharField(max_length=40, verbose_name="事项")),
                ("area", models.CharField(editable=False, max_length=20, verbose_name="领域")),
                ("title", workplans.models.guard.LineField(max_length=100, verbose_name="标题")),
                ("place", workplans.models.guard.LineField(blank=True, max_length=60, verbose_name="地点")),
                (
                    "host_level",
                    models.CharField(
                        choices=[("town", "镇"), ("village", "村"), ("district", "区"), ("city", "市")],
                        default="town",
                        max_length=10,
                        verbose_name="主办层级",
                    ),
                ),
                ("sessions", models.PositiveIntegerField(default=1, verbose_name="场次")),
                ("person_times", models.PositiveIntegerField(default=0, verbose_name="人次")),
                ("copies", models.PositiveIntegerField(default=0, verbose_name="发放资料份数")),
                ("quantity", models.PositiveIntegerField(default=0, verbose_name="数量")),
                ("quantity_done", models.PositiveIntegerField(default=0, verbose_name="其中已办")),
                ("content", workplans.models.guard.ProseField(blank=True, max_length=5000, verbose_name="内容")),
                ("result", workplans.models.guard.ProseField(blank=True, max_length=2000, verbose_name="结果")),
                ("basis", workplans.models.guard.LineField(blank=True, max_length=120, verbose_name="依据文件")),
                (
                    "state",
                    models.CharField(
                        choices=[("recorded", "已记录"), ("confirmed", "已确认"), ("void", "作废")],
                        default="recorded",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="录入时间")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.village",
                        verbose_name="村（社区）",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="workplans.target",
                        verbose_name="对应目标",
                    ),
                ),
            ],
            options={
                "verbose_name": "台账记录",
            },
        ),
        migrations.CreateModel(
            name="TargetProgress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="日期")),
                ("note", workplans.models.guard.ProseField(max_length=1000, verbose_name="进展")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "未启动"),
                            ("active", "推进中"),
                            ("behind", "滞后"),
                            ("done", "完成"),
                            ("failed", "未完成"),
                            ("cancelled", "取消"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="workplans.activity",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "target",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress",
                        to="workplans.target",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to=workplans.models.activity.attachment_path, verbose_name="附件")),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="workplans.activity",
                    ),
                ),
                (
                    "created_by",
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
                "verbose_name": "附件",
                "indexes": [models.Index(fields=["unit", "activity", "id"], name="attachment_activity")],
            },
        ),
        migrations.CreateModel(
            name="AudienceCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("cadres", "统战干部"),
                            ("officials", "机关干部"),
                            ("village", "村（社区）干部"),
                            ("nonparty", "党外代表人士"),
                            ("strata", "新的社会阶层人士"),
                            ("religious", "宗教界人士"),
                            ("enterprise", "非公企业代表"),
                            ("chamber", "商会会员"),
                            ("public", "群众"),
                        ],
                        max_length=20,
                        verbose_name="对象",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="人次")),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audience",
                        to="workplans.activity",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("unit", "activity", "group"), name="audience_group")],
            },
        ),
        migrations.AddIndex(
            model_name="issue",
            index=models.Index(fields=["unit", "opened_on", "closed_on", "state", "area"], name="issue_unit_opened"),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.UniqueConstraint(fields=("unit", "token"), name="issue_token"),
        ),
        migrations.AddConstraint(
            model_name="issue",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"),
                name="issue_days",
                violation_error_message="办结日期不能早于提出日期。",
            ),
        ),
        migrations.AddIndex(
            model_name="issueentry",
            index=models.Index(fields=["unit", "issue", "day", "id"], name="entry_issue"),
        ),
        migrations.AddConstraint(
            model_name="ledgercounter",
            constraint=models.UniqueConstraint(fields=("unit", "year"), name="counter_unit_year"),
        ),
        migrations.AddConstraint(
            model_name="signedfigure",
            constraint=models.UniqueConstraint(fields=("unit", "document", "position"), name="figure_position"),
        ),
        migrations.AddIndex(
            model_name="signedrow",
            index=models.Index(fields=["unit", "figure", "id"], name="row_figure"),
        ),
        migrations.AddConstraint(
            model_name="summary",
            constraint=models.UniqueConstraint(fields=("unit", "period", "edition"), name="summary_period_edition"),
        ),
        migrations.AddIndex(
            model_name="signeddocument",
            index=models.Index(fields=["unit", "pdf_sha256"], name="document_hash"),
        ),
        migrations.AddIndex(
            model_name="summarysection",
            index=models.Index(fields=["unit", "summary", "position"], name="section_position"),
        ),
        migrations.AddConstraint(
            model_name="summarysection",
            constraint=models.UniqueConstraint(fields=("unit", "summary", "slot"), name="section_slot"),
        ),
        migrations.AddIndex(
            model_name="summarystep",
            index=models.Index(fields=["unit", "summary", "at", "id"], name="step_summary"),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["unit", "period", "state", "due", "area"], name="target_unit_period"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(fields=("unit", "token"), name="target_token"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=[
                    "unit",
                    "date",
                    "id",
                    "area",
                    "kind",
                    "state",
                    "sessions",
                    "person_times",
                    "copies",
                    "quantity",
                    "quantity_done",
                ],
                name="activity_ledger",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(fields=("unit", "year", "number"), name="activity_number"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(fields=("unit", "token"), name="activity_token"),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_date", None), ("last_date__gte", models.F("date")), _connector="OR"),
                name="activity_dates",
                violation_error_message="结束日期不能早于业务日期。",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity_done__lte", models.F("quantity"))),
                name="activity_done",
                violation_error_message="其中已办的数量不能大于总数。",
            ),
        ),
        migrations.AddIndex(
            model_name="targetprogress",
            index=models.Index(fields=["unit", "target", "day", "id"], name="progress_target"),
        ),
    ]
