from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LengthValidator(MinimumLengthValidator):
    """Django's own rule in words of ours: its Chinese catalogue lacks them."""

    def get_error_message(self) -> str:
        return _("密码太短，至少要 %(min_length)d 个字符。") % {"min_length": self.min_length}

    def get_help_text(self) -> str:
        return _("密码至少要 %(min_length)d 个字符。") % {"min_length": self.min_length}
