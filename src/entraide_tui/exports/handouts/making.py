"""The kinds of handout, and how to produce each in any format.

Kits are not trusted: their texts enter templates only as data and are always escaped.
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
    """A finished handout, not yet written to a file.

    Attributes:
        notice: what the user should know, such as what was shortened; printed on the handout too, may be empty.
    """

    data: bytes
    notice: str = ""


def name_of(kit: Kit, what: What, to: To) -> str:
    """The default file name of a handout."""
    return f"{kit.id}-{what}.{to}"


def data_of(kit: Kit, what: What, to: To, *, language: str, paper: Paper = "a4") -> bytes:
    """The bytes of a handout, as `make` produces it."""
    return make(kit, what, to, language=language, paper=paper).data


def make(kit: Kit, what: What, to: To, *, language: str, paper: Paper = "a4") -> Handout:
    """Produce a handout.

    Args:
        kit: as it will be played (`Kit.with_choices`).
        language: `fr` or `en`; texts missing in it fall back to the other.
        paper: the size of the poster; other handouts are A4.

    Raises:
        InputError: the poster can't be made to fit, or the extra `[pdf]` is not installed.
        InvalidFileError: the kit's texts exceed what can be rendered.
    """
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
    typesetter = Typesetter(Source(name, built_in("handout.typ").text + built_in(name).text))
    typesetter.check_signs("".join(view.texts(values)))
    if typesetter.unseen:
        values["notice"] = _("Signs that the fonts of this computer do not have are shown by their codes.")
    if what == "poster":
        values, data = poster.printed(values, typesetter)
        return Handout(data, values["notice"])
    return Handout(typesetter.set({"sheet": values, "recap": None}), values["notice"])
