"""The description of a record field: what it holds, its label, its editor, how it is shared."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, ParamSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NameKind = Literal["person", "place", "organisation", "group"]
"""What a name in a record names."""
Holds = Literal["text", "person", "place", "organisation", "group", "word", "value", "inline", "table", "rows"]
"""The content of a field.

`text`: free text. A kind of name: one name, or a tuple of names. `word`: a word that the program chose, or one from a
fixed list. `value`: numbers, dates, ids. `inline`: a table on one line of the file's head. `table`: a section of the
file. `rows`: a list of sections.
"""
Editor = Literal["", "line", "text", "names", "date", "number", "choice"]
"""The editor of a field; empty: it can't be edited."""
Leaves = Literal["", "lines", "name", "day", "as it is", "own rule"]
"""How a field is shared when names are replaced; empty: never.

`lines`: line by line, with the names replaced. `name`: as the pseudonym. `day`: as its month, unless exact days are
shared. `own rule`: `privacy/redaction.py` has a rule for this field.
"""


class FieldSpec(NamedTuple):
    """The description of one field.

    Attributes:
        label: its untranslated label; for `rows`, that of one row, with `{number}`.
        always: written even when empty, so that a person who edits the file sees where to write.
        value_labels: the untranslated label of each value of a choice.
        shared: its untranslated label where somebody chooses what to share; empty: `label`. A section, or a field of
            the file's head, that has one can be shared or left out as a whole.
        core: shared by default.
        within: the part of the sharing choice that it is shared with; empty: none.
        of: the dataclass of the table, or of each row.
        order: the untranslated label for the order of the rows.
        grows: whether the edit screen can add rows.
    """

    label: str
    holds: Holds
    editor: Editor = ""
    leaves: Leaves = ""
    always: bool = False
    value_labels: Mapping[str, str] = MappingProxyType({})
    shared: str = ""
    core: bool = False
    within: str = ""
    of: type | None = None
    order: str = ""
    grows: bool = False


P = ParamSpec("P")
KEY = "spec"
"""The metadata key that holds a dataclass field's description."""


def _metadata(make: Callable[P, FieldSpec]) -> Callable[P, dict[str, FieldSpec]]:
    def metadata(*args: P.args, **named: P.kwargs) -> dict[str, FieldSpec]:
        return {KEY: make(*args, **named)}

    return metadata


spec = _metadata(FieldSpec)
"""The metadata of a dataclass field; takes the arguments of `FieldSpec`."""
