"""The export choices that the app offers, and their execution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.common.errors import UserError
from entraide_tui.common.i18n import _
from entraide_tui.exports import destination, templates
from entraide_tui.exports.base import ExportRequest
from entraide_tui.exports.formats import FORMATS
from entraide_tui.exports.leave import ExportOutcome, Failure, leave, recap_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entraide_tui.common.workspace import Workspace
    from entraide_tui.exports.base import Format
    from entraide_tui.exports.leave import Departure, Redacted


@dataclass(frozen=True, slots=True)
class Offer:
    """An export choice.

    Attributes:
        recap: one document about all records.
        full: a calendar with what is to do and who does it.
    """

    form: Format
    recap: bool = False
    full: bool = False

    @property
    def id(self) -> str:
        """Return a short id, unique among all offers."""
        return self.form.name + ("+recap" if self.recap else "+full" if self.full else "")

    @property
    def label(self) -> str:
        """Return its description in the current language."""
        if self.recap and self.form.recap is not None:
            return _(self.form.recap.label)
        return f"{_(self.form.full_label if self.full else self.form.label)} ({self.form.suffix})"


def offers(*, recaps: bool) -> list[Offer]:
    """Return all offers; with `recaps`, documents about several records come first."""
    out = [Offer(form, recap=True) for form in FORMATS if recaps and form.recap is not None]
    for form in FORMATS:
        out.append(Offer(form))
        if form.full_label:
            out.append(Offer(form, full=True))
    return out


def export(
    records: Sequence[Departure],
    offer_id: str,
    typed_path: str,
    workspace: Workspace,
    *,
    wall: float,
    redacted: Redacted | None = None,
) -> ExportOutcome:
    """Export records as chosen in the app.

    Args:
        typed_path: a folder or file; empty for the usual folder.
        wall: the current time, in seconds since 1970.
    """
    offer = next(offer for offer in offers(recaps=True) if offer.id == offer_id)
    request = ExportRequest(
        offer.form,
        wall,
        recap=recap_name(records) if offer.recap else "",
        feelings=redacted is not None and redacted.choice is not None and redacted.choice.has("feelings"),
        full=offer.full,
        templates=templates.folder(workspace),
    )
    try:
        where = destination.from_typed_path(
            workspace, typed_path, offer.form.suffix, several=request.one_each and len(records) > 1
        )
    except UserError as error:
        return ExportOutcome(failed=(Failure("", error),))
    return leave(records, request, where, redacted)


def pages(records: Sequence[Departure], form: Format, workspace: Workspace) -> tuple[str, ExportOutcome]:
    """Return the pages of records as one text, for a screen or the clipboard, and the outcome.

    Args:
        form: a text format that holds the page.
    """
    out: list[str] = []
    request = ExportRequest(form, 0.0, templates=templates.folder(workspace))
    outcome = leave(records, request, destination.Stream(lambda data: out.append(data.decode())))
    return "\n\n".join(out), outcome
