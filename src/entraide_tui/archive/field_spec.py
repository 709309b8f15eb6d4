"""How one field of the record is described: what it holds, what it is called, how it is edited, whether it leaves."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NameKind = Literal["person", "place", "organisation", "group"]
"""Whose name a field bears."""
Holds = Literal["text", "person", "place", "organisation", "group", "word", "value", "inline", "table", "rows"]
"""What stands in a field.

`text`: what people wrote. A kind of name: one name, or several. `word`: a word that the program chose, or one of its
list. `value`: numbers, dates, ids. `inline`: a table in one line of the file's head. `table`: a section of the file.
`rows`: a list of sections.
"""
Editor = Literal["", "line", "text", "names", "date", "number", "choice"]
"""How it is edited; empty: not at all."""
Leaves = Literal["", "lines", "name", "day", "as it is", "own rule"]
"""How it leaves its group when names are replaced; empty: never.

`lines`: line by line, the names in it replaced. `name`: what stands for the name. `day`: its month, unless exact days
leave. `own rule`: `privacy/redaction.py` has a rule for this very field.
"""


class FieldSpec(NamedTuple):
    """The description of a field.

    Attributes:
        label: what it is called, still to be translated; of `rows` one of them, with its `{number}`.
        always: written even when it is empty: a person who edits the file finds where to write.
        words: of a choice: the label of each value.
        shared: what it is called where somebody chooses what leaves; empty: `label`. A section or a field of the
            file's head that has one can be left out or taken along as a whole.
        core: such a one leaves unless something else is said.
        within: leaves only with that part of the choice.
        of: the dataclass of a table, or of each of the rows.
        order: what the order of the rows is called.
        grows: whether the edit screen offers another row.
    """

    label: str
    holds: Holds
    editor: Editor = ""
    leaves: Leaves = ""
    always: bool = False
    words: Mapping[str, str] = MappingProxyType({})
    shared: str = ""
    core: bool = False
    within: str = ""
    of: type | None = None
    order: str = ""
    grows: bool = False


P = ParamSpec("P")
KEY = "spec"
"""Where the metadata of a dataclass's field holds its description."""


def _metadata(make: Callable[P, FieldSpec]) -> Callable[P, dict[str, FieldSpec]]:
    def made(*args: P.args, **named: P.kwargs) -> dict[str, FieldSpec]:
        return {KEY: make(*args, **named)}

    return made


spec = _metadata(FieldSpec)
"""The metadata of a dataclass's field: takes what `FieldSpec` takes."""
