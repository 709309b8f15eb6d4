"""The guidance beside the card: what to say, watch and avoid in this step, and what each role does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from entraide_tui.common.i18n import _
from entraide_tui.kits.model import in_language, lines_in
from entraide_tui.widgets.plain import joined, plain, quoted
from entraide_tui.widgets.wrapped_text import WrappedText

if TYPE_CHECKING:
    from entraide_tui.common.settings import GuidanceLevel
    from entraide_tui.workshop.state import Session


def key_words(session: Session) -> list[Content]:
    """The key words of the current step, for somebody who knows it; its purpose if the kit has none."""
    play = session.now_playing or next(iter(session.to_come), None)
    if play is None:
        return []
    step, language = session.step_of(play), session.language
    reminders = lines_in(step.key_words, language) or [in_language(step.purpose, language)]
    return [joined(("· ", "$quiet"), line) for line in reminders if line]


def guidance(session: Session) -> list[Content]:
    """The full guidance of the current step; before the start, of the first one."""
    play = session.now_playing or next(iter(session.to_come), None)
    if play is None:
        return [plain(_("The workshop is over. The page is next."))]
    step = session.step_of(play)
    language = session.language
    parts: list[Content] = []
    if purpose := in_language(step.purpose, language):
        parts += [plain(purpose, "italic"), Content("")]
    if say := lines_in(step.say, language):
        parts.append(plain(_("You can say"), "bold $primary"))
        parts += [plain(quoted(line, language)) for line in say]
        parts.append(Content(""))
    for heading, lines, style in (
        (_("Watch"), lines_in(step.watch, language), "bold $success"),
        (_("Avoid"), lines_in(step.avoid, language), "bold $warning"),
    ):
        if lines:
            parts.append(plain(heading, style))
            parts += [joined(("· ", "$quiet"), line) for line in lines]
            parts.append(Content(""))
    roles = [
        joined(
            (_("{role}: ").format(role=session.role_word(role) or role), "bold"),
            in_language(getattr(step.roles, role), language),
        )
        for role in ("offeror", "facilitator", "contributor")
        if in_language(getattr(step.roles, role), language)
    ]
    if roles:
        parts.append(plain(_("Who does what"), "bold"))
        parts += roles
    return parts


class Guide(WrappedText):
    """The widget that shows the guidance."""

    DEFAULT_CSS = "Guide { padding: 0 1; }"

    def follow(self, session: Session, level: GuidanceLevel) -> None:
        """Show the guidance of the current step at that level."""
        self.show(*(key_words(session) if level == "key-words" else guidance(session)))
