"""Rewrite all texts of a TOML document in place: values, keys and comments; the rest stays byte for byte."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from entraide_tui.common.toml import writing
from entraide_tui.common.toml.layout import Layout
from entraide_tui.common.toml.tokens import MARK, key_name, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Collection


def map_texts(text: str, rewrite: Callable[[str], str], keep: Collection[str]) -> str:
    """Apply `rewrite` to each text value, comment and key of a document, except the keys in `keep`."""
    mark, text = text[: text.startswith(MARK)], text.removeprefix(MARK)
    keys = Layout(text).keys
    out = [mark]
    at = 0
    for kind, word, start in tokens(text):
        if start in keys:
            name = key_name(word)
            new = word if name in keep or rewrite(name) == name else writing.key(rewrite(name))
        elif kind == "text":
            value = tomllib.loads(f"v = {word}")["v"]
            multiline = word[:3] in ('"""', "'''")
            new = word if rewrite(value) == value else writing.format_value(rewrite(value), lines=multiline)
        elif kind == "comment":
            new = rewrite(word)
        else:
            continue
        out += [text[at:start], new]
        at = start + len(word)
    return "".join([*out, text[at:]])


def map_values(document: Any, rewrite: Callable[[str], str], keep: Collection[str]) -> Any:  # noqa: ANN401 - TOML values
    """Do to a parsed document what `map_texts` does to its text."""
    if isinstance(document, str):
        return rewrite(document)
    if isinstance(document, dict):
        return {k if k in keep else rewrite(k): map_values(value, rewrite, keep) for k, value in document.items()}
    if isinstance(document, list):
        return [map_values(value, rewrite, keep) for value in document]
    return document
