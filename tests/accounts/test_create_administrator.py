import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User


def test_the_printed_password_signs_in_once_and_must_be_changed(db, client, capsys):
    call_command("create_administrator", "yunchuan", "云川区")
    username, password = capsys.readouterr().out.split()[:2]
    assert client.login(username=username, password=password)
    user = User.objects.get(username="admin")
    assert (user.role, user.must_change_password, user.unit.level) == (Role.ADMINISTRATOR, True, "district")


def test_a_code_that_is_taken_is_refused_and_makes_nobody(db):
    call_command("create_administrator", "yunchuan", "云川区")
    with pytest.raises(CommandError):
        call_command("create_administrator", "yunchuan", "另一区", "--username", "second")
    assert User.objects.count() == 1
