"""The record as TOML: written section by section, each in the order of the design, and read back strictly."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING, Any

from entraide_tui.ground import door, toml
from entraide_tui.ground.files import read_bounded
from entraide_tui.ground.text import clean
from entraide_tui.ground.trouble import Finding, Trouble
from entraide_tui.ground.words import _
from entraide_tui.records.model import FORMAT, Record

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 4 * 1024 * 1024
"""Bytes of the largest record that is read: a session may hold some very long texts."""
_HEAD = ("format", "id", "title", "date", "start", "end", "language", "group", "themes", "kit")
_ONE = ("people", "request", "follow_up")
_ORDER = (
    "people", "request", "ideas", "actions", "follow_up", "looked_at", "topics", "questions", "contributions", "learnings",
    "feelings", "notes", "steps",
)  # fmt: skip
_ALWAYS = {"status", "outcome", "reason", "chosen", "planned", "actual", "extended"}
"""Kept even when they are empty: a person who edits the file finds where to write."""


def _filled(value: Any) -> bool:  # noqa: ANN401 - TOML values
    return value not in (None, "", 0, (), [], {}, False)


def _table(value: Any, always: set[str]) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    out: dict[str, Any] = {}
    for item in dataclasses.fields(value):
        held = getattr(value, item.name)
        if (item.name in always and held is not None) or _filled(held):
            out[item.name] = list(held) if isinstance(held, tuple) else held
    return out


def document(record: Record) -> dict[str, Any]:
    """The record as the TOML tables of its file; what is empty is left out."""
    out: dict[str, Any] = {}
    for name in _HEAD:
        value = getattr(record, name)
        if name in ("title", "id", "format", "date") or _filled(value):
            out[name] = (
                _table(value, {"id", "version"})
                if name == "kit"
                else list(value)
                if isinstance(value, tuple)
                else value
            )
    for name in _ORDER:
        value = getattr(record, name)
        if name in _ONE:
            if table := _table(value, set()):
                out[name] = table
        elif value:
            out[name] = [_table(v, _ALWAYS | {"text", "what", "step", "id", "record"}) for v in value]
    return out


def dumps(record: Record) -> str:
    """The file. Lists of tables stand one below the other, so that two people's changes merge line by line."""
    import tomli_w

    def body(table: dict[str, Any]) -> str:
        return "".join(
            f"{key} = [{', '.join(_inline(v) for v in value)}]\n"
            if isinstance(value, list)
            else f"{key} = {_inline(value)}\n"
            if isinstance(value, (dict, datetime.datetime))
            else tomli_w.dumps({key: value}, multiline_strings=True)
            for key, value in table.items()
        )

    tables = document(record)
    parts = [body({k: tables[k] for k in _HEAD if k in tables})]
    for name in _ORDER:
        value = tables.get(name)
        if isinstance(value, dict):
            parts.append(f"[{name}]\n{body(value)}")
        else:
            parts += [f"[[{name}]]\n{body(row)}" for row in value or []]
    return "\n".join(parts)


def _inline(value: Any) -> str:  # noqa: ANN401 - TOML values
    import tomli_w

    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_inline(v)}" for k, v in value.items()) + " }"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").strip()


def _key(key: str) -> str:
    import tomli_w

    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - TOML values
    if isinstance(value, str):
        return clean(value, lines=True)
    if isinstance(value, dict):
        return {clean(k): _cleaned(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_cleaned(v) for v in value]
    return value


def loads(data: bytes, path: Path) -> Record:
    """The record of a file's bytes. Raises Trouble with each fault. Unknown keys are no fault."""
    found = toml.parse(data, path)
    newer = found.get("format")
    if isinstance(newer, int) and newer > FORMAT:
        raise Trouble(
            _("this record was written by a newer version of the program (format {format}).").format(format=newer),
            file=path,
        )
    findings = door.check(found, Record, data.decode("utf-8-sig").replace("\r\n", "\n"), forbid=False)
    if findings:
        raise Trouble(_("this record can't be read whole."), file=path, findings=tuple(findings))
    naive = [k for k in ("start", "end") if isinstance(found.get(k), datetime.datetime) and found[k].tzinfo is None]
    if naive:
        raise Trouble(
            _("this record can't be read whole."),
            file=path,
            findings=(Finding(_("the offset is missing, as in 2026-11-21T09:00:00+01:00."), place=naive[0]),),
        )
    return door.make(_cleaned(found), Record)


def read(path: Path) -> Record:
    """Raises Trouble."""
    return loads(read_bounded(path, LARGEST), path)
