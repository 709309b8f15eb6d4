"""Every text of a TOML document rewritten where it stands: values, keys and comments; the rest stays byte for byte."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from entraide_tui.common.toml import writing
from entraide_tui.common.toml.layout import Layout
from entraide_tui.common.toml.tokens import MARK, key_name, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def map_texts(text: str, said: Callable[[str], str], keep: Collection[str]) -> str:
    """The document with `said` applied to each value, key and comment, but to the keys to keep."""
    mark, text = text[: text.startswith(MARK)], text.removeprefix(MARK)
    keys = Layout(text).keys
    out = [mark]
    at = 0
    for kind, word, start in tokens(text):
        if start in keys:
            name = key_name(word)
            new = word if name in keep or said(name) == name else writing.key(said(name))
        elif kind == "text":
            held = tomllib.loads(f"v = {word}")["v"]
            new = word if said(held) == held else writing.shown(said(held), lines=word[:3] in ('"""', "'''"))
        elif kind == "comment":
            new = said(word)
        else:
            continue
        out += [text[at:start], new]
        at = start + len(word)
    return "".join([*out, text[at:]])


def map_values(document: Any, said: Callable[[str], str], keep: Collection[str]) -> Any:  # noqa: ANN401 - TOML values
    """The tables of that document, as `map_texts` means them."""
    if isinstance(document, str):
        return said(document)
    if isinstance(document, dict):
        return {k if k in keep else said(k): map_values(value, said, keep) for k, value in document.items()}
    if isinstance(document, list):
        return [map_values(value, said, keep) for value in document]
    return document
