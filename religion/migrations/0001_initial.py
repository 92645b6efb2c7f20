import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.models.part
import workplans.models.guard


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_audit_actions"),
        ("workplans", "0002_database_rules"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalVenue",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("name", workplans.models.guard.LineField(max_length=60, verbose_name="场所名称")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("temple", "寺院"),
                            ("daoist", "宫观"),
                            ("mosque", "清真寺"),
                            ("church", "教堂"),
                            ("other", "其他固定宗教活动处所"),
                            ("folk", "民间信仰活动场所"),
                        ],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                (
                    "teaching",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("buddhism", "佛教"),
                            ("daoism", "道教"),
                            ("islam", "伊斯兰教"),
                            ("catholicism", "天主教"),
                            ("protestantism", "基督教"),
                        ],
                        max_length=15,
                        verbose_name="教别",
                    ),
                ),
                ("address", workplans.models.guard.LineField(blank=True, max_length=100, verbose_name="地址")),
                ("number", workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="登记证号或编号")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="登记（编号）日期")),
                (
                    "level",
                    models.CharField(
                        choices=[("county", "县级登记"), ("numbered", "县级登记编号"), ("town", "镇街建档编号")],
                        default="county",
                        max_length=10,
                        verbose_name="登记层级",
                    ),
                ),
                ("site_area", models.PositiveIntegerField(blank=True, null=True, verbose_name="占地面积")),
                ("building_area", models.PositiveIntegerField(blank=True, null=True, verbose_name="建筑面积")),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="核定容量")),
                ("heritage", workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="文物保护级别")),
                (
                    "body",
                    workplans.models.guard.LineField(
                        blank=True, help_text="例如：灵山寺管理委员会。", max_length=60, verbose_name="管理组织"
                    ),
                ),
                ("body_term_end", models.DateField(blank=True, null=True, verbose_name="管理组织届满日期")),
                (
                    "responsible_post",
                    workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="负责人职务"),
                ),
                (
                    "responsible_name",
                    workplans.models.guard.NameField(
                        blank=True, help_text="只填登记证上公开的姓名，可以不填。", max_length=40, verbose_name="负责人"
                    ),
                ),
                (
                    "clergy_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="已备案教职人员人数"),
                ),
                ("clergy_checked_on", models.DateField(blank=True, null=True, verbose_name="与公开名录核对日期")),
                ("note", workplans.models.guard.ProseField(blank=True, max_length=1000, verbose_name="备注")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "开放"), ("suspended", "停用"), ("rectifying", "整改"), ("revoked", "撤销")],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("revoked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="撤销日期")),
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
            ],
            options={
                "verbose_name": "historical 场所",
                "verbose_name_plural": "historical 场所s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LocalRules",
            fields=[
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                (
                    "unit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="accounts.unit",
                    ),
                ),
                (
                    "registered_from",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="按本省规定填写建筑面积，没有规定的留空。",
                        null=True,
                        verbose_name="民间信仰场所县级登记起点",
                    ),
                ),
                (
                    "numbered_from",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="达不到这个面积的由镇街建档编号。",
                        null=True,
                        verbose_name="民间信仰场所县级编号起点",
                    ),
                ),
                (
                    "number_prefix",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="本地编号的固定开头，例如：闽民信。",
                        max_length=20,
                        verbose_name="民间信仰场所编号前缀",
                    ),
                ),
                (
                    "fifth_entry",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="本地在四进之外增加的一项，没有的留空。",
                        max_length=20,
                        verbose_name="“五进”的第五项",
                    ),
                ),
            ],
            options={
                "verbose_name": "本地规定",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("registered_from", None),
                            ("numbered_from", None),
                            ("registered_from__gte", models.F("numbered_from")),
                            _connector="OR",
                        ),
                        name="rules_thresholds",
                        violation_error_message="县级登记的起点不能低于县级编号的起点。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.CharField(
                        choices=[("harmony", "和谐寺观教堂创建"), ("entries", "四进场所"), ("rules", "制度建设")],
                        max_length=10,
                        verbose_name="评查内容",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "theme",
                    workplans.models.guard.LineField(
                        blank=True, help_text="例如：法治。写进总结第四部分。", max_length=30, verbose_name="创建主题"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "评查表",
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("opened_on", models.DateField(verbose_name="发现日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                (
                    "post",
                    workplans.models.guard.LineField(
                        blank=True, help_text="只写岗位，不写姓名。", max_length=40, verbose_name="责任岗位"
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("text", workplans.models.guard.LineField(max_length=200, verbose_name="意见建议")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待办"), ("active", "办理中"), ("answered", "已答复")],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suggestions",
                        to="workplans.activity",
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
                "verbose_name": "意见建议",
            },
        ),
        migrations.CreateModel(
            name="SuggestionStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("move", models.CharField(max_length=20, verbose_name="步骤")),
                ("state", models.CharField(max_length=20, verbose_name="状态")),
                ("day", models.DateField(verbose_name="日期")),
                ("note", workplans.models.guard.ProseField(blank=True, max_length=1000, verbose_name="情况")),
                ("document", workplans.models.guard.LineField(blank=True, max_length=60, verbose_name="文号")),
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
                    "suggestion",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="religion.suggestion",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("name", workplans.models.guard.LineField(max_length=60, verbose_name="场所名称")),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("temple", "寺院"),
                            ("daoist", "宫观"),
                            ("mosque", "清真寺"),
                            ("church", "教堂"),
                            ("other", "其他固定宗教活动处所"),
                            ("folk", "民间信仰活动场所"),
                        ],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                (
                    "teaching",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("buddhism", "佛教"),
                            ("daoism", "道教"),
                            ("islam", "伊斯兰教"),
                            ("catholicism", "天主教"),
                            ("protestantism", "基督教"),
                        ],
                        max_length=15,
                        verbose_name="教别",
                    ),
                ),
                ("address", workplans.models.guard.LineField(blank=True, max_length=100, verbose_name="地址")),
                ("number", workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="登记证号或编号")),
                ("registered_on", models.DateField(blank=True, null=True, verbose_name="登记（编号）日期")),
                (
                    "level",
                    models.CharField(
                        choices=[("county", "县级登记"), ("numbered", "县级登记编号"), ("town", "镇街建档编号")],
                        default="county",
                        max_length=10,
                        verbose_name="登记层级",
                    ),
                ),
                ("site_area", models.PositiveIntegerField(blank=True, null=True, verbose_name="占地面积")),
                ("building_area", models.PositiveIntegerField(blank=True, null=True, verbose_name="建筑面积")),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="核定容量")),
                ("heritage", workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="文物保护级别")),
                (
                    "body",
                    workplans.models.guard.LineField(
                        blank=True, help_text="例如：灵山寺管理委员会。", max_length=60, verbose_name="管理组织"
                    ),
                ),
                ("body_term_end", models.DateField(blank=True, null=True, verbose_name="管理组织届满日期")),
                (
                    "responsible_post",
                    workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="负责人职务"),
                ),
                (
                    "responsible_name",
                    workplans.models.guard.NameField(
                        blank=True, help_text="只填登记证上公开的姓名，可以不填。", max_length=40, verbose_name="负责人"
                    ),
                ),
                (
                    "clergy_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="已备案教职人员人数"),
                ),
                ("clergy_checked_on", models.DateField(blank=True, null=True, verbose_name="与公开名录核对日期")),
                ("note", workplans.models.guard.ProseField(blank=True, max_length=1000, verbose_name="备注")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "开放"), ("suspended", "停用"), ("rectifying", "整改"), ("revoked", "撤销")],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("revoked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="撤销日期")),
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
            ],
            options={
                "verbose_name": "场所",
            },
        ),
        migrations.AddField(
            model_name="suggestion",
            name="venue",
            field=accounts.models.part.PartOf(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="religion.venue",
                verbose_name="场所",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalVenueProject",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("opened_on", models.DateField(verbose_name="发现日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                (
                    "post",
                    workplans.models.guard.LineField(
                        blank=True, help_text="只写岗位，不写姓名。", max_length=40, verbose_name="责任岗位"
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("new", "新建"),
                            ("rebuild", "改建"),
                            ("extend", "扩建"),
                            ("repair", "修缮"),
                            ("move", "易地重建"),
                        ],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("title", workplans.models.guard.LineField(max_length=80, verbose_name="项目名称")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "动议"),
                            ("resolved", "管理组织议定"),
                            ("consulted", "征求意见"),
                            ("planned", "规划用地"),
                            ("cleared", "文物消防环保"),
                            ("approved", "宗教部门审批"),
                            ("building", "施工"),
                            ("accepted", "竣工验收"),
                            ("stopped", "中止"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
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
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workplans.issue",
                        verbose_name="协调问题",
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
                    "venue",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 场所建设",
                "verbose_name_plural": "historical 场所建设s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSuggestion",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("opened_on", models.DateField(verbose_name="发现日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                (
                    "post",
                    workplans.models.guard.LineField(
                        blank=True, help_text="只写岗位，不写姓名。", max_length=40, verbose_name="责任岗位"
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("text", workplans.models.guard.LineField(max_length=200, verbose_name="意见建议")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "待办"), ("active", "办理中"), ("answered", "已答复")],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workplans.activity",
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
                    "venue",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 意见建议",
                "verbose_name_plural": "historical 意见建议s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHazard",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("opened_on", models.DateField(verbose_name="发现日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                (
                    "post",
                    workplans.models.guard.LineField(
                        blank=True, help_text="只写岗位，不写姓名。", max_length=40, verbose_name="责任岗位"
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                ("description", workplans.models.guard.LineField(max_length=100, verbose_name="隐患")),
                (
                    "grade",
                    models.CharField(
                        choices=[("common", "一般"), ("major", "重大")],
                        default="common",
                        max_length=10,
                        verbose_name="等级",
                    ),
                ),
                (
                    "disposal",
                    models.CharField(
                        choices=[("at_once", "即知即改"), ("in_time", "限期整改"), ("pass_up", "提交上级")],
                        default="in_time",
                        max_length=10,
                        verbose_name="处置",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "未改"),
                            ("active", "整改中"),
                            ("rectified", "已改"),
                            ("closed", "已销号"),
                            ("passed_up", "已上报"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("rectified_on", models.DateField(blank=True, editable=False, null=True, verbose_name="整改日期")),
                ("rechecked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="复查日期")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workplans.activity",
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
                    "venue",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 隐患",
                "verbose_name_plural": "historical 隐患s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDispute",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("opened_on", models.DateField(verbose_name="发现日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                (
                    "post",
                    workplans.models.guard.LineField(
                        blank=True, help_text="只写岗位，不写姓名。", max_length=40, verbose_name="责任岗位"
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("land", "产权土地"),
                            ("building", "建设"),
                            ("management", "管理权"),
                            ("money", "财务"),
                            ("teaching", "教务"),
                            ("nuisance", "噪音环境"),
                            ("other", "其他"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                (
                    "course",
                    workplans.models.guard.ProseField(
                        help_text="写事情的来由和诉求，不写当事人姓名。", max_length=1000, verbose_name="经过"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待调处"),
                            ("active", "调处中"),
                            ("passed_up", "已上报"),
                            ("solved", "已化解"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="workplans.activity",
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
                    "venue",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 矛盾纠纷",
                "verbose_name_plural": "historical 矛盾纠纷s",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Hazard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("opened_on", models.DateField(verbose_name="发现日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                (
                    "post",
                    workplans.models.guard.LineField(
                        blank=True, help_text="只写岗位，不写姓名。", max_length=40, verbose_name="责任岗位"
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("description", workplans.models.guard.LineField(max_length=100, verbose_name="隐患")),
                (
                    "grade",
                    models.CharField(
                        choices=[("common", "一般"), ("major", "重大")],
                        default="common",
                        max_length=10,
                        verbose_name="等级",
                    ),
                ),
                (
                    "disposal",
                    models.CharField(
                        choices=[("at_once", "即知即改"), ("in_time", "限期整改"), ("pass_up", "提交上级")],
                        default="in_time",
                        max_length=10,
                        verbose_name="处置",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "未改"),
                            ("active", "整改中"),
                            ("rectified", "已改"),
                            ("closed", "已销号"),
                            ("passed_up", "已上报"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("rectified_on", models.DateField(blank=True, editable=False, null=True, verbose_name="整改日期")),
                ("rechecked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="复查日期")),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hazards",
                        to="workplans.activity",
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
                    "venue",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hazards",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "隐患",
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("opened_on", models.DateField(verbose_name="发现日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                (
                    "post",
                    workplans.models.guard.LineField(
                        blank=True, help_text="只写岗位，不写姓名。", max_length=40, verbose_name="责任岗位"
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("land", "产权土地"),
                            ("building", "建设"),
                            ("management", "管理权"),
                            ("money", "财务"),
                            ("teaching", "教务"),
                            ("nuisance", "噪音环境"),
                            ("other", "其他"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="类型",
                    ),
                ),
                (
                    "course",
                    workplans.models.guard.ProseField(
                        help_text="写事情的来由和诉求，不写当事人姓名。", max_length=1000, verbose_name="经过"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待调处"),
                            ("active", "调处中"),
                            ("passed_up", "已上报"),
                            ("solved", "已化解"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="workplans.activity",
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
                    "venue",
                    accounts.models.part.PartOf(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "矛盾纠纷",
            },
        ),
        migrations.CreateModel(
            name="ClergyPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("abbot", "住持（方丈）"),
                            ("imam", "阿訇/伊玛目/海推布"),
                            ("priest", "主任司铎"),
                            ("pastor", "主任牧师"),
                            ("elder", "专职长老"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="教职",
                    ),
                ),
                ("name", workplans.models.guard.NameField(max_length=40, verbose_name="备案姓名")),
                ("filed_on", models.DateField(verbose_name="任职备案日期")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离任日期")),
                (
                    "source",
                    workplans.models.guard.LineField(
                        help_text="公开名录或公告的名称。", max_length=120, verbose_name="公开来源"
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
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
                (
                    "venue",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clergy_posts",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "主要教职任职",
            },
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=12)),
                (
                    "mark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("met", "达标"),
                            ("partly", "基本达标"),
                            ("unmet", "未达标"),
                            ("done", "已做到"),
                            ("undone", "未做到"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="日期")),
                (
                    "form",
                    workplans.models.guard.LineField(
                        blank=True, help_text="例如：升旗、上墙、宣讲。", max_length=40, verbose_name="形式"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("marked_at", models.DateTimeField(auto_now=True)),
                (
                    "marked_by",
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
                (
                    "sheet",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="religion.sheet",
                    ),
                ),
                (
                    "venue",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="religion.venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "评查结果",
            },
        ),
        migrations.CreateModel(
            name="AtVenue",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="workplans.activity",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
                (
                    "venue",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "场所活动",
            },
        ),
        migrations.CreateModel(
            name="VenueChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="变动日期")),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        choices=[("open", "开放"), ("suspended", "停用"), ("rectifying", "整改"), ("revoked", "撤销")],
                        max_length=10,
                        verbose_name="原状态",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[("open", "开放"), ("suspended", "停用"), ("rectifying", "整改"), ("revoked", "撤销")],
                        max_length=10,
                        verbose_name="现状态",
                    ),
                ),
                ("note", workplans.models.guard.ProseField(blank=True, max_length=1000, verbose_name="情况")),
                ("document", workplans.models.guard.LineField(blank=True, max_length=60, verbose_name="文号")),
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
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
                (
                    "venue",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="religion.venue",
                    ),
                ),
            ],
            options={
                "verbose_name": "场所变动",
            },
        ),
        migrations.CreateModel(
            name="VenuePatrol",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="workplans.activity",
                    ),
                ),
                (
                    "visitor",
                    workplans.models.guard.LineField(
                        blank=True, help_text="例如：村统战联络员。只写岗位。", max_length=40, verbose_name="巡查人岗位"
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[("normal", "正常"), ("problem", "发现问题")],
                        default="normal",
                        max_length=10,
                        verbose_name="巡查情况",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "走访巡查",
            },
        ),
        migrations.CreateModel(
            name="VenueProject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                ("opened_on", models.DateField(verbose_name="发现日期")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="办结日期")),
                ("due", models.DateField(blank=True, null=True, verbose_name="办理时限")),
                (
                    "post",
                    workplans.models.guard.LineField(
                        blank=True, help_text="只写岗位，不写姓名。", max_length=40, verbose_name="责任岗位"
                    ),
                ),
                (
                    "void_reason",
                    workplans.models.guard.LineField(
                        blank=True, editable=False, max_length=200, verbose_name="作废理由"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("new", "新建"),
                            ("rebuild", "改建"),
                            ("extend", "扩建"),
                            ("repair", "修缮"),
                            ("move", "易地重建"),
                        ],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("title", workplans.models.guard.LineField(max_length=80, verbose_name="项目名称")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "动议"),
                            ("resolved", "管理组织议定"),
                            ("consulted", "征求意见"),
                            ("planned", "规划用地"),
                            ("cleared", "文物消防环保"),
                            ("approved", "宗教部门审批"),
                            ("building", "施工"),
                            ("accepted", "竣工验收"),
                            ("stopped", "中止"),
                        ],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="阶段",
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
                    "issue",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="workplans.issue",
                        verbose_name="协调问题",
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
                    "venue",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="religion.venue",
                        verbose_name="场所",
                    ),
                ),
            ],
            options={
                "verbose_name": "场所建设",
            },
        ),
        migrations.CreateModel(
            name="ProjectStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("move", models.CharField(max_length=20, verbose_name="步骤")),
                ("state", models.CharField(max_length=20, verbose_name="状态")),
                ("day", models.DateField(verbose_name="日期")),
                ("note", workplans.models.guard.ProseField(blank=True, max_length=1000, verbose_name="情况")),
                ("document", workplans.models.guard.LineField(blank=True, max_length=60, verbose_name="文号")),
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
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
                (
                    "project",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="religion.venueproject",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="版本")),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("fire", "消防"),
                            ("power", "用电"),
                            ("flame", "用火用香"),
                            ("kitchen", "燃气厨房食品"),
                            ("building", "建筑结构"),
                            ("works", "施工"),
                            ("flood", "防汛地灾"),
                            ("escape", "疏散"),
                            ("rules", "制度"),
                            ("accounts", "财务公示"),
                            ("emergency", "预案值守"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("text", workplans.models.guard.LineField(max_length=80, verbose_name="检查内容")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
                ("is_active", models.BooleanField(default=True, verbose_name="使用")),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "检查项目",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "group", "text"),
                        name="checkitem_text",
                        violation_error_message="这一类里已有同样的检查内容。",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "group",
                    models.CharField(
                        choices=[
                            ("fire", "消防"),
                            ("power", "用电"),
                            ("flame", "用火用香"),
                            ("kitchen", "燃气厨房食品"),
                            ("building", "建筑结构"),
                            ("works", "施工"),
                            ("flood", "防汛地灾"),
                            ("escape", "疏散"),
                            ("rules", "制度"),
                            ("accounts", "财务公示"),
                            ("emergency", "预案值守"),
                        ],
                        max_length=10,
                        verbose_name="类别",
                    ),
                ),
                ("text", workplans.models.guard.LineField(max_length=80, verbose_name="检查内容")),
                (
                    "result",
                    models.CharField(
                        choices=[("passed", "合格"), ("failed", "不合格"), ("not_applicable", "不适用")],
                        max_length=15,
                        verbose_name="结果",
                    ),
                ),
                (
                    "activity",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_results",
                        to="workplans.activity",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "检查结果",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "activity", "group", "text"), name="checkresult_item")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClergyReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("granted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "granted_by",
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
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "教职名册权限",
                "constraints": [models.UniqueConstraint(fields=("unit", "user"), name="clergyreader_user")],
            },
        ),
        migrations.CreateModel(
            name="DisputeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("move", models.CharField(max_length=20, verbose_name="步骤")),
                ("state", models.CharField(max_length=20, verbose_name="状态")),
                ("day", models.DateField(verbose_name="日期")),
                ("note", workplans.models.guard.ProseField(blank=True, max_length=1000, verbose_name="情况")),
                ("document", workplans.models.guard.LineField(blank=True, max_length=60, verbose_name="文号")),
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
                    "dispute",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="religion.dispute",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "dispute", "day", "id"], name="disputestep_dispute")],
            },
        ),
        migrations.CreateModel(
            name="HazardStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("move", models.CharField(max_length=20, verbose_name="步骤")),
                ("state", models.CharField(max_length=20, verbose_name="状态")),
                ("day", models.DateField(verbose_name="日期")),
                ("note", workplans.models.guard.ProseField(blank=True, max_length=1000, verbose_name="情况")),
                ("document", workplans.models.guard.LineField(blank=True, max_length=60, verbose_name="文号")),
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
                    "hazard",
                    accounts.models.part.PartOf(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="religion.hazard",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "hazard", "day", "id"], name="hazardstep_hazard")],
            },
        ),
        migrations.CreateModel(
            name="ImpactAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("day", models.DateField(verbose_name="评估日期")),
                ("purpose", workplans.models.guard.ProseField(max_length=1000, verbose_name="处理目的和必要性")),
                ("impact", workplans.models.guard.ProseField(max_length=1000, verbose_name="对个人权益的影响和风险")),
                ("protection", workplans.models.guard.ProseField(max_length=1000, verbose_name="保护措施")),
                ("document", workplans.models.guard.LineField(max_length=100, verbose_name="批准文件或会议")),
                ("ended_on", models.DateField(blank=True, editable=False, null=True, verbose_name="停用日期")),
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
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "影响评估",
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "token"), name="assessment_token"),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)), fields=("unit",), name="assessment_in_force"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LargeEvent",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="workplans.activity",
                    ),
                ),
                ("expected", models.PositiveIntegerField(blank=True, null=True, verbose_name="预计人次")),
                (
                    "approval",
                    models.CharField(
                        choices=[("not_needed", "无需"), ("filed", "已报"), ("approved", "已批")],
                        default="not_needed",
                        max_length=10,
                        verbose_name="审批",
                    ),
                ),
                (
                    "approval_number",
                    workplans.models.guard.LineField(blank=True, max_length=60, verbose_name="批准文号"),
                ),
                (
                    "safety_plan",
                    workplans.models.guard.ProseField(blank=True, max_length=2000, verbose_name="安全预案"),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "大型活动",
                "indexes": [models.Index(fields=["unit", "activity"], name="largeevent_activity")],
            },
        ),
        migrations.CreateModel(
            name="OversightVisit",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="workplans.activity",
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("congress", "人大"),
                            ("consultative", "政协"),
                            ("superior", "上级督查"),
                            ("inspection", "巡察"),
                        ],
                        default="congress",
                        max_length=15,
                        verbose_name="视察检查单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "视察检查",
                "indexes": [models.Index(fields=["unit", "activity"], name="oversight_activity")],
            },
        ),
        migrations.CreateModel(
            name="SafetyInspection",
            fields=[
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="workplans.activity",
                    ),
                ),
                (
                    "organiser",
                    models.CharField(
                        choices=[("town", "镇"), ("joint", "部门联合"), ("district", "区")],
                        default="town",
                        max_length=10,
                        verbose_name="组织单位",
                    ),
                ),
                (
                    "departments",
                    workplans.models.guard.LineField(
                        blank=True,
                        help_text="例如：派出所、消防、住建。只写部门。",
                        max_length=100,
                        verbose_name="参加部门",
                    ),
                ),
                (
                    "conclusion",
                    models.CharField(
                        choices=[("passed", "合格"), ("rectify", "限期整改"), ("close", "停用整改")],
                        default="passed",
                        max_length=10,
                        verbose_name="检查结论",
                    ),
                ),
                (
                    "notice_number",
                    workplans.models.guard.LineField(blank=True, max_length=40, verbose_name="整改通知书文号"),
                ),
                (
                    "unit",
                    models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.unit"),
                ),
            ],
            options={
                "verbose_name": "安全检查",
                "indexes": [models.Index(fields=["unit", "activity"], name="inspection_activity")],
            },
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.UniqueConstraint(fields=("unit", "topic", "year"), name="sheet_unit_topic"),
        ),
        migrations.AddIndex(
            model_name="suggestionstep",
            index=models.Index(fields=["unit", "suggestion", "day", "id"], name="suggestionstep_suggestion"),
        ),
        migrations.AddIndex(
            model_name="venue",
            index=models.Index(fields=["unit", "type", "state", "village"], name="venue_unit_type"),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.UniqueConstraint(
                fields=("unit", "name"), name="venue_unit_name", violation_error_message="本单位已有同名场所。"
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.UniqueConstraint(fields=("unit", "token"), name="venue_token"),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("teaching__in", ("buddhism",)), ("type", "temple")),
                    models.Q(("teaching__in", ("daoism",)), ("type", "daoist")),
                    models.Q(("teaching__in", ("islam",)), ("type", "mosque")),
                    models.Q(("teaching__in", ("catholicism", "protestantism")), ("type", "church")),
                    models.Q(
                        ("teaching__in", ("buddhism", "daoism", "islam", "catholicism", "protestantism")),
                        ("type", "other"),
                    ),
                    models.Q(("teaching__in", ("",)), ("type", "folk")),
                    _connector="OR",
                ),
                name="venue_teaching",
                violation_error_message="教别与场所类型不符。",
            ),
        ),
        migrations.AddConstraint(
            model_name="venue",
            constraint=models.CheckConstraint(
                condition=models.Q(("type", "folk"), ("level", "county"), _connector="OR"),
                name="venue_level",
                violation_error_message="编号和建档只用于民间信仰活动场所；宗教活动场所一律是县级登记。",
            ),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="suggestion_unit_opened"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["unit", "venue", "closed_on"], name="suggestion_venue"),
        ),
        migrations.AddIndex(
            model_name="suggestion",
            index=models.Index(fields=["unit", "activity"], name="suggestion_activity"),
        ),
        migrations.AddIndex(
            model_name="hazard",
            index=models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="hazard_unit_opened"),
        ),
        migrations.AddIndex(
            model_name="hazard",
            index=models.Index(fields=["unit", "venue", "closed_on"], name="hazard_venue"),
        ),
        migrations.AddIndex(
            model_name="hazard",
            index=models.Index(fields=["unit", "activity"], name="hazard_activity"),
        ),
        migrations.AddConstraint(
            model_name="hazard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on", None),
                    models.Q(("rechecked_on__isnull", False), ("rectified_on__isnull", False)),
                    _connector="OR",
                ),
                name="hazard_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="hazard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rechecked_on", None), ("rechecked_on__gte", models.F("rectified_on")), _connector="OR"
                ),
                name="hazard_days",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="dispute_unit_opened"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["unit", "venue", "closed_on"], name="dispute_venue"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(fields=["unit", "activity"], name="dispute_activity"),
        ),
        migrations.AddIndex(
            model_name="clergypost",
            index=models.Index(fields=["unit", "venue"], name="clergypost_venue"),
        ),
        migrations.AddConstraint(
            model_name="clergypost",
            constraint=models.UniqueConstraint(fields=("unit", "token"), name="clergypost_token"),
        ),
        migrations.AddConstraint(
            model_name="clergypost",
            constraint=models.CheckConstraint(
                condition=models.Q(("left_on", None), ("left_on__gte", models.F("filed_on")), _connector="OR"),
                name="clergypost_days",
                violation_error_message="离任日期不能早于任职备案日期。",
            ),
        ),
        migrations.AddIndex(
            model_name="cell",
            index=models.Index(fields=["unit", "venue"], name="cell_venue"),
        ),
        migrations.AddConstraint(
            model_name="cell",
            constraint=models.UniqueConstraint(fields=("unit", "sheet", "venue", "item"), name="cell_place"),
        ),
        migrations.AddIndex(
            model_name="atvenue",
            index=models.Index(fields=["unit", "venue", "activity"], name="atvenue_venue"),
        ),
        migrations.AddIndex(
            model_name="venuechange",
            index=models.Index(fields=["unit", "day"], name="venuechange_unit_day"),
        ),
        migrations.AddIndex(
            model_name="venuechange",
            index=models.Index(fields=["unit", "venue", "day", "id"], name="venuechange_venue"),
        ),
        migrations.AddIndex(
            model_name="venuepatrol",
            index=models.Index(fields=["unit", "activity"], name="patrol_activity"),
        ),
        migrations.AddIndex(
            model_name="venueproject",
            index=models.Index(fields=["unit", "opened_on", "closed_on", "state"], name="project_unit_opened"),
        ),
        migrations.AddIndex(
            model_name="venueproject",
            index=models.Index(fields=["unit", "venue", "closed_on"], name="project_venue"),
        ),
        migrations.AddIndex(
            model_name="venueproject",
            index=models.Index(fields=["unit", "issue"], name="project_issue"),
        ),
        migrations.AddConstraint(
            model_name="venueproject",
            constraint=models.UniqueConstraint(fields=("unit", "token"), name="project_token"),
        ),
        migrations.AddIndex(
            model_name="projectstep",
            index=models.Index(fields=["unit", "project", "day", "id"], name="projectstep_project"),
        ),
    ]
