from django import template
from django.utils.safestring import SafeString

from workplans.document import typeset
from workplans.paper import INVISIBLE

register = template.Library()


@register.filter(name="typeset")
def typeset_text(text: object) -> SafeString:
    """Escaped text of a paper, its digits, Latin words and rare characters in their own faces."""
    return typeset(str(text).translate(INVISIBLE))
