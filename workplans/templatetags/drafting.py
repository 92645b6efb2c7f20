from django import template
from django.template.base import NodeList, Parser, Token

from workplans.compose import PARAGRAPH, clauses

register = template.Library()


class SentenceNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        return clauses(self.nodelist.render(context), context["values"])


@register.tag
def sentence(parser: Parser, token: Token) -> SentenceNode:
    """{% sentence %}…{% endsentence %}: the clauses inside that have something to say (`compose.clauses`)."""
    nodelist = parser.parse(("endsentence",))
    parser.delete_first_token()
    return SentenceNode(nodelist)


@register.simple_tag
def paragraph() -> str:
    """Begin the next paragraph."""
    return PARAGRAPH
