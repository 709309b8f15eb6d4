"""Render Jinja templates in a small subset of the language: output, conditions, loops over lists.

No calls, arithmetic or includes, and nothing that multiplies text; loop iterations are counted and the output is
bounded. So any template ends soon and has access to nothing but the page.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from entraide_tui.common.errors import Finding
from entraide_tui.common.i18n import _
from entraide_tui.common.text import visible
from entraide_tui.exports import safe_html
from entraide_tui.exports.markdown_escape import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import CodeType

    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

    from entraide_tui.exports.templates import Source
    from entraide_tui.exports.view import View

WORK = 400_000_000
"""The budget of one rendering: each node of a loop's body costs `_TURN` per iteration; a filter, `_TURN` plus the
length of its text."""
_TURN = 100
LONGEST = 48 * 1024 * 1024
"""Characters of output: room for the longest record with every character escaped to five."""
LONGEST_JOINT = 100
_NODES = {
    "Template", "Output", "TemplateData", "Name", "Getattr", "Getitem", "For", "If", "Filter", "Test",
    "Const", "Compare", "Operand", "And", "Or", "Not", "CondExpr",
}  # fmt: skip
_FILTERS = {
    "e", "escape", "upper", "lower", "capitalize", "title", "trim", "length", "count", "first", "last", "default", "d",
    "reverse", "join",
}  # fmt: skip
_TESTS = {"defined", "undefined", "none", "even", "odd", "eq", "ne", "lt", "le", "gt", "ge", "string", "number"}
_COUNTED = "the turns of a loop"


class _TooMuchError(Exception):
    """A template exceeded its budget."""


def html(source: Source, values: View) -> str:
    """Render as HTML, with every value escaped. Raises InvalidFileError."""
    return _render(source, values, markdown=False)


def markdown(source: Source, values: View) -> str:
    """Render as Markdown, with every value escaped. Raises InvalidFileError."""
    text = _render(source, values, markdown=True)
    return text if text.endswith("\n") else text + "\n"


def _render(source: Source, values: View, *, markdown: bool) -> str:
    from jinja2 import Template, TemplateSyntaxError
    from jinja2.exceptions import TemplateError

    try:
        code = _compiled(source, markdown)
    except TemplateSyntaxError as error:
        raise source.refused([Finding(visible(error.message or ""), error.lineno)]) from None
    except (RecursionError, SyntaxError, ValueError, MemoryError, OverflowError) as error:
        finding = Finding(_("it is nested too deeply."), getattr(error, "lineno", None) or 0)
        raise source.refused([finding]) from None
    environment = _environment(markdown)
    out: list[str] = []
    length = 0
    try:
        for piece in Template.from_code(environment, code, {}).generate(values):
            length += len(piece)
            if length > LONGEST:
                raise _TooMuchError
            out.append(piece)
    except _TooMuchError:
        raise source.refused([Finding(_("it goes round too many times, or writes too much."))]) from None
    except (
        TemplateError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        RecursionError,
        ArithmeticError,
    ) as error:
        raise source.refused([Finding(visible(str(error)), _line(error, source.name))]) from None
    return "".join(out)


def _line(error: BaseException, name: str) -> int:
    """The line of the template `name` at which it failed; 0 if unknown."""
    line, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == name:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@functools.lru_cache(maxsize=16)
def _compiled(source: Source, markdown: bool) -> CodeType:
    from jinja2 import nodes

    environment = _environment(markdown)
    tree = environment.parse(source.text, source.name, source.name)
    findings = _refused(tree)
    if source.path:
        findings += (
            safe_html.check_markdown(tree) if markdown else safe_html.check_html(_bare(environment, source.text))
        )
    if findings:
        raise source.refused(findings)
    for loop in list(tree.find_all(nodes.For)):
        body = nodes.Const(1 + sum(1 for _node in loop.find_all(nodes.Node)), lineno=loop.lineno)
        loop.iter = nodes.Filter(loop.iter, _COUNTED, [body], [], None, None, lineno=loop.lineno)
        loop.iter.set_environment(environment)
    return environment.compile(tree, source.name, source.name)


def _environment(markdown: bool) -> SandboxedEnvironment:
    from jinja2 import StrictUndefined, pass_eval_context
    from jinja2.filters import FILTERS, do_join
    from jinja2.nodes import EvalContext
    from jinja2.sandbox import SandboxedEnvironment
    from jinja2.tests import TESTS

    left = WORK

    def charge(work: int) -> None:
        nonlocal left
        left -= work
        if left < 0:
            raise _TooMuchError

    def counted(items: Iterable[Any], body: int = 1) -> list[Any]:
        all_items = list(items)
        charge(len(all_items) * body * _TURN)
        return all_items

    def charged(work: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(work)
        def done(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the filter takes
            charge(_TURN + sum(len(text) for text in given if isinstance(text, str)))
            return work(*given, **named)

        return done

    @pass_eval_context
    def join(context: EvalContext, items: Iterable[Any], joint: str = "") -> str:
        if len(joint) > LONGEST_JOINT:
            raise _TooMuchError
        joined: str = do_join(context, counted(items), joint)
        return joined

    finalize: Callable[[object], str] | None = (
        (lambda value: escape(str(value)) if str(value) else "") if markdown else None
    )
    environment = SandboxedEnvironment(
        autoescape=not markdown,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=0,
    )
    environment.globals.clear()
    environment.filters = {name: charged(FILTERS[name]) for name in _FILTERS} | {"join": join, _COUNTED: counted}
    environment.tests = {name: TESTS[name] for name in _TESTS}
    return environment


def _refused(tree: nodes.Template) -> list[Finding]:
    """Find what is outside the subset."""
    from jinja2 import nodes

    findings: list[Finding] = []
    targets = {id(node.target) for node in tree.find_all(nodes.For)}
    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        name = getattr(node, "name", "")
        allowed = (
            kind in _NODES
            and not (isinstance(node, nodes.Filter) and name not in _FILTERS)
            and not (isinstance(node, nodes.Test) and name not in _TESTS)
            and not (isinstance(node, nodes.For) and node.recursive)
            and not (isinstance(node, nodes.Operand) and node.op in ("in", "notin"))
            and not (isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const))
        ) or (isinstance(node, nodes.Tuple) and id(node) in targets)
        if not allowed:
            what = _("“{thing}” can't be used in a template.").format(thing=visible(name or kind)[:60])
            lines = (n.lineno for n in (node, *node.find_all(nodes.Node)) if n.lineno)
            findings.append(Finding(what, next(lines, 0)))
    return findings


def _bare(environment: SandboxedEnvironment, text: str) -> str:
    """The fixed HTML of a template, with `x` for each value and line numbers preserved."""
    out: list[str] = []
    for _line_number, kind, value in environment.lex(text):
        if kind == "data":
            out.append(value)
        else:
            out.append(("x" if kind == "variable_begin" else "") + "\n" * value.count("\n"))
    return "".join(out)
