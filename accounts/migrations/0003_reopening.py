from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_audit_actions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("sign_in", "登录"),
                    ("refused", "登录失败"),
                    ("sign_out", "退出"),
                    ("password", "修改密码"),
                    ("account", "账号变更"),
                    ("unit", "单位设置变更"),
                    ("sign", "签发"),
                    ("export", "导出"),
                    ("names", "查看姓名"),
                    ("permit", "权限变更"),
                    ("reopen", "重新开启"),
                ],
                max_length=20,
                verbose_name="操作",
            ),
        ),
    ]
