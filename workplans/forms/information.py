from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from .ledger import ActivityForm


class InformationForm(ActivityForm):
    """信息报送: adoption becomes known later and is entered on the row by an ordinary edit; its result says by whom."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].label = _("由谁采用")
        self.fields["result"].help_text = _(
            "例如：区委统战部采用2条，市委统战部采用1条。采用得晚，以后打开这条记录补上即可。"
        )
        self.fields["result"].widget.attrs["rows"] = 2
