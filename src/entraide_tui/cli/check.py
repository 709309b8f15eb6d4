"""The command `check`: check and repair a whole workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entraide_tui.cli.output import DONE, FOUND, print_json, say, tell
from entraide_tui.common import workspace
from entraide_tui.common.errors import NotFoundError, UserError
from entraide_tui.common.i18n import _, many

if TYPE_CHECKING:
    import argparse

    from entraide_tui.health.concern import Concern


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command."""
    parser.add_argument("--fix", action="store_true", help=_("mend what can be mended without losing a word"))
    parser.add_argument("--json", action="store_true", help=_("as one JSON document"))


def check(args: argparse.Namespace) -> int:
    """Print each broken or doubtful file; with `--fix` repair those that can be."""
    from entraide_tui.common.clock import SystemClock
    from entraide_tui.exports.markdown import renderer
    from entraide_tui.health import check, repair

    folder = workspace.find(args.workspace)
    if not folder.root.is_dir():
        raise NotFoundError(_("there is no such folder."), file=folder.root)
    wall = SystemClock().wall()
    mended: list[tuple[Concern, str]] = []
    looked = check.look(folder, page=renderer(folder), wall=wall)
    if args.fix:
        for doubt in [d for d in looked if d.mend]:
            try:
                mended.append((doubt, repair.mend(folder, doubt, page=renderer(folder), wall=wall)))
            except UserError as error:
                tell("\n".join(error.lines()))
            else:
                if not args.json:
                    say(_line(doubt, _("{doubt} Mended: {what}").format(doubt=doubt.sentence, what=mended[-1][1])))
        looked = check.look(folder, page=renderer(folder), wall=wall)
    left = []
    for doubt in looked:
        left.append(doubt)
        if not args.json:
            say(_line(doubt, doubt.sentence))
    if args.json:
        print_json(
            {
                "files": looked.files,
                "mended": [{**_as_json(d), "done": what} for d, what in mended],
                "doubts": [_as_json(d) for d in left],
            }
        )
    else:
        _sum_up(looked.files, left)
    return FOUND if any(doubt.serious for doubt in left) else DONE


def _sum_up(files: int, left: list[Concern]) -> None:
    tell(many("{n} file was looked at.", "{n} files were looked at.", files).format(n=files))
    if not left:
        tell(_("All is well."))
    elif any(d.mend for d in left):
        tell(_("What can be mended without losing a word is mended by: entraide-tui check --fix"))


def _line(doubt: Concern, sentence: str) -> str:
    """`path:line: sentence`, on one line even if the file name has line ends."""
    line = f"{doubt.line}:" if doubt.line else ""
    return f"{doubt.path}:{line} {sentence}".replace("\n", " ")


def _as_json(doubt: Concern) -> dict[str, object]:
    return {
        "path": str(doubt.path),
        "line": doubt.line,
        "what": doubt.sentence,
        "kind": doubt.kind,
        "serious": doubt.serious,
        "can_be_mended": doubt.mend,
    }
