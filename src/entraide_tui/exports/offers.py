"""What a person can choose in the app when something leaves, and what is done with the choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.exports import destination, templates
from entraide_tui.exports.base import ExportRequest
from entraide_tui.exports.formats import FORMATS
from entraide_tui.exports.leave import Failure, Outcome, leave, recap_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.exports.base import Format
    from entraide_tui.exports.leave import Departure, Redacted


@dataclass(frozen=True, slots=True)
class Offer:
    """A way to export that can be chosen.

    Attributes:
        recap: one document about all records.
        full: a calendar that says what is to do and who does it.
    """

    form: Format
    recap: bool = False
    full: bool = False

    @property
    def id(self) -> str:
        """Return a short name, unique among all offers."""
        return self.form.name + ("+recap" if self.recap else "+full" if self.full else "")

    @property
    def words(self) -> str:
        """Return what it is, in the language in use."""
        if self.recap and self.form.recap is not None:
            return _(self.form.recap.words)
        return f"{_(self.form.full if self.full else self.form.words)} ({self.form.suffix})"


def offers(*, recaps: bool) -> list[Offer]:
    """Return all that can be chosen; `recaps`: documents about several records too, which come first."""
    out = [Offer(form, recap=True) for form in FORMATS if recaps and form.recap is not None]
    for form in FORMATS:
        out.append(Offer(form))
        if form.full:
            out.append(Offer(form, full=True))
    return out


def export(
    records: Sequence[Departure],
    offer_id: str,
    said: str,
    workspace: Workspace,
    *,
    wall: float,
    redacted: Redacted | None = None,
) -> Outcome:
    """Let records leave as a person chose in the app.

    Args:
        said: the folder or file that was typed; empty: the usual folder.
        wall: seconds since 1970.
    """
    offer = next(one for one in offers(recaps=True) if one.id == offer_id)
    request = ExportRequest(
        offer.form,
        wall,
        recap=recap_name(records) if offer.recap else "",
        feelings=redacted is not None and redacted.choice is not None and redacted.choice.has("feelings"),
        full=offer.full,
        templates=templates.folder(workspace),
    )
    try:
        where = destination.typed(workspace, said, offer.form.suffix, several=request.one_each and len(records) > 1)
    except UserError as error:
        return Outcome(failed=(Failure("", error),))
    return leave(records, request, where, redacted)


def pages(records: Sequence[Departure], form: Format, workspace: Workspace) -> tuple[str, Outcome]:
    """Return the pages of records as one text, for a screen or the clipboard.

    Args:
        form: a page that is a text.
    """
    out: list[str] = []
    request = ExportRequest(form, 0.0, templates=templates.folder(workspace))
    outcome = leave(records, request, destination.Stream(lambda data: out.append(data.decode())))
    return "\n\n".join(out), outcome
