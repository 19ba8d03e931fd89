"""A loop for the lines of a table: fifty lines of ten cells in the time of one, in an ordinary template.

    {% lines line in found %}<tr><td data-label="{{ label }}">{{ line.title }}</td></tr>{% endlines %}

Whatever does not name the line is worked out once for the table; a plain attribute of the line is read and
escaped without a search through the context. Everything else is left to Django, and so says the same.
"""

from collections.abc import Callable
import html
from operator import attrgetter
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, TextNode, Token, Variable, VariableNode
from django.template.base import render_value_in_context as shown
from django.template.context import Context
from django.template.defaulttags import IfNode
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

Step = str | Callable[[Any], str]


@register.tag
def lines(parser: Parser, token: Token) -> "Lines":
    try:
        _tag, name, _in, source = token.split_contents()
    except ValueError as error:
        raise template.TemplateSyntaxError("Write {% lines line in found %}.") from error
    body = parser.parse(("endlines",))
    parser.delete_first_token()
    return Lines(name, parser.compile_filter(source), body)


class Lines(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, name: str, source: FilterExpression, nodelist: NodeList) -> None:
        self.name = name
        self.source = source
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        things = list(self.source.resolve(context) or [])
        with context.push(**{self.name: things[0] if things else None}):
            steps = self._steps(self.nodelist, context)
            parts: list[str] = []
            for thing in things:
                context[self.name] = thing
                parts += [step if isinstance(step, str) else step(thing) for step in steps]
        return mark_safe("".join(parts))  # noqa: S308 - text of the template, and values that were escaped

    def _steps(self, nodes: NodeList, context: Context) -> list[Step]:
        """What each line is made of; neighbours that are the same for every line are one piece."""
        steps: list[Step] = []
        for node in nodes:
            step = self._step(node, context)
            if isinstance(step, str) and steps and isinstance(steps[-1], str):
                steps[-1] += step
            else:
                steps.append(step)
        return steps

    def _step(self, node: Node, context: Context) -> Step:
        if isinstance(node, TextNode):
            return node.s
        if isinstance(node, VariableNode):
            path = self._path(node.filter_expression)
            if path is None:
                return lambda thing: str(node.render_annotated(context))
            return self._value(path, context) if path else str(node.render_annotated(context))
        if isinstance(node, IfNode):
            return self._choice(node, context)
        return lambda thing: str(node.render_annotated(context))

    def _value(self, path: str, context: Context) -> Step:
        read = attrgetter(path)

        def step(thing: Any) -> str:
            value = read(thing)
            return html.escape(value) if type(value) is str else str(shown(value, context))

        return step

    def _choice(self, node: IfNode, context: Context) -> Step:
        """`{% if line.x %}…{% else %}…{% endif %}` on plain attributes; any other condition is Django's."""
        branches: list[tuple[Callable[[Any], Any], list[Step]]] = []
        for condition, body in node.conditions_nodelists:
            path = self._path(getattr(condition, "value", None)) if condition is not None else ""
            if condition is not None and not path:
                return lambda thing: str(node.render_annotated(context))
            branches.append((attrgetter(path) if path else lambda thing: True, self._steps(body, context)))

        def step(thing: Any) -> str:
            for holds, steps in branches:
                if holds(thing):
                    return "".join([part if isinstance(part, str) else part(thing) for part in steps])
            return ""

        return step

    def _path(self, expression: Any) -> str | None:
        """The attribute of the line that an expression names; "" when it does not name the line; None if unsure."""
        if not isinstance(expression, FilterExpression) or expression.filters:
            return None
        variable = expression.var
        if not isinstance(variable, Variable) or not variable.lookups:
            return None
        first, *rest = variable.lookups
        if first != self.name:
            return ""
        return ".".join(rest) or None
