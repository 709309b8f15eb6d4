"""Which handouts there are, and how one is made in any format.

A kit may come from anywhere. Its texts go into templates as data and are shown as text, whatever they look like.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from entraide_tui.common.i18n import _, using_language
from entraide_tui.exports import safe_html, sandbox
from entraide_tui.exports.handouts import poster, view
from entraide_tui.exports.templates import Source, built_in

if TYPE_CHECKING:
    from entraide_tui.exports.view import View
    from entraide_tui.kits.model import Kit

What = Literal["poster", "roles", "cards", "sheet"]
To = Literal["pdf", "html", "md"]
Paper = Literal["a4", "a3"]
WHAT: tuple[What, ...] = get_args(What)
FORMATS: tuple[To, ...] = get_args(To)
PAPERS: tuple[Paper, ...] = get_args(Paper)


@dataclass(frozen=True, slots=True)
class Handout:
    """A finished file that has not been written anywhere yet.

    Attributes:
        notice: what the people who asked for it should know (it stands on the handout too); may be empty.
    """

    data: bytes
    notice: str = ""


def name_of(kit: Kit, what: What, to: To) -> str:
    """What its file is called where only a folder was named."""
    return f"{kit.id}-{what}.{to}"


def made(kit: Kit, what: What, to: To, *, language: str, paper: Paper = "a4") -> bytes:
    """The bytes of a handout. Raises UserError; for PDF also where the extra `[pdf]` is not installed.

    Args:
        kit: as it will be played (`Kit.with_choices`).
        language: `fr` or `en`; a text that is not there in it comes in another one.
        paper: of the poster; all others are A4.
    """
    return make(kit, what, to, language=language, paper=paper).data


def make(kit: Kit, what: What, to: To, *, language: str, paper: Paper = "a4") -> Handout:
    """The same, with what should be said about it. Raises UserError."""
    with using_language(language):
        values = view.of(kit, what, paper=paper if what == "poster" else "a4")
        if to == "md":
            return Handout(sandbox.markdown(built_in(f"handout-{what}.md.jinja"), {"sheet": values}).encode())
        if to == "html":
            values, size = poster.sized(values) if what == "poster" else (values, 0.0)
            return Handout(_html(what, values, size), values["notice"])
        return _pdf(what, values)


def _html(what: What, values: View, size: float) -> bytes:
    text = sandbox.html(built_in(f"handout-{what}.html.jinja"), {"sheet": values, "size": size})
    style = built_in("handout.css").text
    return safe_html.sealed(text.replace("</head>", f"<style>\n{style}</style>\n</head>", 1)).encode()


def _pdf(what: What, values: View) -> Handout:
    from entraide_tui.exports.typesetter import Typesetter

    name = f"handout-{what}.typ"
    press = Typesetter(Source(name, built_in("handout.typ").text + built_in(name).text))
    press.look("".join(view.texts(values)))
    if press.unseen:
        values["notice"] = _("Signs that the fonts of this computer do not have are shown by their codes.")
    if what == "poster":
        values, data = poster.printed(values, press)
        return Handout(data, values["notice"])
    return Handout(press.set({"sheet": values, "recap": None}), values["notice"])
