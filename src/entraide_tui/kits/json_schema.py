"""The JSON Schema (draft 7) of kits, by which editors complete, explain and check kit files.

Made from the dataclasses of `model.py` and the limits of `loader.py`; rules between steps (a pick from a later list,
say) only the loader checks. In English, as the keys are.
"""

from __future__ import annotations

import json
import re
from typing import Any, get_args

from entraide_tui.kits import limits, loader
from entraide_tui.kits.model import Kit, Section

DIALECT = "http://json-schema.org/draft-07/schema#"
_TEXT = {"type": "string", "pattern": r"\S", "maxLength": limits.LONGEST_TEXT}
_MINUTES = {"minimum": 0, "maximum": limits.MOST_MINUTES}
_ID = {"pattern": f"^{limits.ID.pattern}$", "maxLength": limits.LONGEST_ID}
_LANGUAGES = {"fr": "In French.", "en": "In English."}
_BOUNDS: dict[str, dict[str, Any]] = {
    "Kit.format": {"const": limits.FORMAT},
    "Kit.steps": {"minItems": 1, "maxItems": limits.MOST_STEPS},
    "GroupSize.min": {"minimum": 1},
    "GroupSize.max": {"minimum": 1},
    "Minutes.min": _MINUTES,
    "Minutes.usual": {"exclusiveMinimum": 0, "maximum": limits.MOST_MINUTES},
    "Minutes.max": _MINUTES,
    "Card.from": {"enum": list(get_args(Section))},
    **{f"{name}.id": _ID for name in ("Kit", "Step", "Preset", "Option", "Rescue", "FormField")},
}
_VALUES: dict[str, dict[str, Any]] = {"Preset.minutes": _MINUTES}
"""Limits of the values of a table whose keys are step ids."""
_NAMED = {f"{name}.title" for name in ("Kit", "Step", "Preset", "Option", "Rescue")} | {"FormField.label"}
"""Texts that must have at least one language."""
_CONDITIONS: dict[str, list[dict[str, Any]]] = {
    "Card": [
        {
            "if": {"properties": {"kind": {"const": "pick"}}, "required": ["kind"]},
            "then": {"required": ["from"], "properties": {"min": {"minimum": 0}, "max": {"minimum": 1}}},
            "else": {"not": {"required": ["from"]}},
        },
        {
            "if": {"properties": {"kind": {"const": "form"}}, "required": ["kind"]},
            "then": {"required": ["fields"], "properties": {"fields": {"minItems": 1}}},
            "else": {"properties": {"fields": {"maxItems": 0}}},
        },
    ],
    "FormField": [
        {
            "if": {"properties": {"kind": {"const": "choice"}}, "required": ["kind"]},
            "then": {"required": ["choices"], "properties": {"choices": {"minItems": 2}}},
        }
    ],
}
"""Conditions between the keys of a table."""
_DESCRIPTIONS = {
    "Kit": "A kit of entraide-tui: the script of a workshop, with its steps, roles and cards.",
    "Kit.format": "The format of this file: 1.",
    "Kit.id": "The name of the kit, also that of its file: a-z, 0-9 and -. Another kit needs another id.",
    "Kit.version": "Counts up when you change the kit, so that records tell which one was played.",
    "Kit.title": "The name that people read.",
    "Kit.steps": "The script, one step after the other: one [[steps]] for each.",
    "Kit.summary": "One sentence for the list of kits: for whom it is and what it brings.",
    "Kit.licence": "Under which licence it may be passed on, for example CC-BY-SA-4.0.",
    "Kit.credits": "Whose method it follows and who wrote it. Stays in every copy.",
    "Kit.based_on": "The kit that this one was copied from.",
    "Kit.group_size": "How many people it suits, the facilitator included.",
    "Kit.suits": "Helps to choose this kit.",
    "Kit.roles": "The kit's own names for the three roles.",
    "Kit.presets": "Shorter or longer forms of the same kit.",
    "Kit.options": "Choices that schools disagree on; each is off unless the facilitator wants it.",
    "Kit.rescue": "Difficulties that belong to this method, and what to say then. The common ones are there already.",
    "GroupSize": "How many people a kit suits, the facilitator included.",
    "GroupSize.min": "The fewest.",
    "GroupSize.max": "The most.",
    "Suits": "Helps to choose a kit.",
    "Suits.whom": "For whom it is.",
    "Suits.what": "For what, on which occasion.",
    "Suits.when": "The same in fixed words, by which the program proposes it.",
    "Roles": "Words for each role: its name, or what it does in a step.",
    "Roles.offeror": "The person who brings the request for help.",
    "Roles.facilitator": "The person who leads.",
    "Roles.contributor": "Those who help.",
    "Preset": "A shorter or longer form of the kit.",
    "Preset.id": "The name of the preset: a-z, 0-9 and -.",
    "Preset.title": "What people read where they choose it.",
    "Preset.minutes": "The usual minutes of the steps that it changes, by the id of the step. 0 drops the step.",
    "Option": "A choice that schools disagree on.",
    "Option.id": "The name of the option: a-z, 0-9 and -.",
    "Option.title": "What people read where they choose it.",
    "Option.changes": "What it changes, by the id of the step.",
    "StepChange": "What an option changes in a step; all else stays.",
    "Rescue": "What to do when something goes wrong.",
    "Rescue.id": "The name of the difficulty: a-z, 0-9 and -. With the id of a common one, it stands in its place.",
    "Rescue.title": "The difficulty in a few words.",
    "Rescue.sign": "How one notices it.",
    "Rescue.say": "Sentences to say then.",
    "Rescue.gesture": "What the program can do there.",
    "Step": "A timed part of the script.",
    "Step.id": "The name of the step: a-z, 0-9 and -. Presets, options and scenarios speak of it by this name.",
    "Step.title": "What the step is called.",
    "Step.purpose": "What the step is for, in one sentence.",
    "Step.minutes": "How long it takes. Without minutes it has no countdown.",
    "Step.speaks": "Who speaks.",
    "Step.turns": "How people speak. round: each in turn; free: as it comes; silent: everybody writes or thinks.",
    "Step.when_late": (
        "What the program may propose when time runs short. drop: leave the step out; shorten: down to its min; "
        "keep: its usual time. The facilitator may skip or extend any step, whatever stands here."
    ),
    "Step.repeat": "once, or offeror: played again for each offeror (pairs, masterminds).",
    "Step.key_words": "Reminders of a word or two for somebody who knows the step.",
    "Step.say": "Sentences that the facilitator can read out.",
    "Step.watch": "What to listen and look for.",
    "Step.avoid": "What is better left.",
    "Step.roles": "What each role does in this step.",
    "Step.looks_back": "Whether the open actions of earlier records are shown in it.",
    "Step.card": "What is written in this step. Without a card nothing is written.",
    "Minutes": "Minutes: min ≤ usual ≤ max.",
    "Minutes.min": "The fewest, when time runs short.",
    "Minutes.usual": "What the countdown begins with.",
    "Minutes.max": "The most that are of use.",
    "Card": "What is written in a step.",
    "Card.kind": (
        "text: one text; list: items, each with its author; pick: a choice of items of an earlier list; form: fields; "
        "actions: the action plan."
    ),
    "Card.fills": "Which section of the record it fills.",
    "Card.prompt": "What people read above the card.",
    "Card.from": "Only for a pick: the section that an earlier list fills, from which is picked.",
    "Card.min": "Only for a pick: how many at least.",
    "Card.max": "Only for a pick: how many at most.",
    "Card.how": "Only for a pick. offeror: the offeror chooses; votes: the group votes.",
    "Card.of": "Only for a form. group: one answer; each: one of each person.",
    "Card.fields": "Only for a form: what it asks.",
    "FormField": "One thing that a form asks.",
    "FormField.id": "The name of the field: a-z, 0-9 and -.",
    "FormField.kind": "text: some words; scale: a number from min to max; choice: one of the choices.",
    "FormField.label": "What people read beside it.",
    "FormField.min": "Only for a scale: the lowest number.",
    "FormField.max": "Only for a scale: the highest number, at most 20 more than min.",
    "FormField.choices": "Only for a choice: two or more.",
}
"""Descriptions of tables and keys. The keys of StepChange have those of Step."""


def schema() -> dict[str, Any]:
    """The JSON Schema of a kit."""
    from entraide_tui.common.validation import model_of

    raw = model_of(Kit).model_json_schema()
    tables = {name: _table(name, table) for name, table in raw.pop("$defs").items()}
    return {
        "$schema": DIALECT,
        **_table("Kit", raw),
        "definitions": tables,
    }


def text() -> str:
    """The schema as the text of the file beside the kits."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def _table(name: str, raw: dict[str, Any]) -> dict[str, Any]:
    """The schema of a table, with its keys in their usual order."""
    out: dict[str, Any] = {
        "title": _title(name),
        "description": _DESCRIPTIONS[name],
        "type": "object",
        "additionalProperties": False,
        "required": raw.get("required", []),
        "properties": {key: _key(name, key, inner) for key, inner in raw["properties"].items()},
    }
    if name in _CONDITIONS:
        out["allOf"] = _CONDITIONS[name]
    return out


def _key(table: str, key: str, raw: dict[str, Any]) -> dict[str, Any]:
    description = _DESCRIPTIONS[f"{'Step' if table == 'StepChange' else table}.{key}"]
    branches = [b for b in raw.get("anyOf", [raw]) if b.get("type") != "null"]
    may_be_empty = key in loader.MAY_BE_EMPTY
    shapes = [_shape(branch, empty=may_be_empty) for branch in branches]
    if f"{table}.{key}" in _NAMED:
        shapes[-1]["minProperties"] = 1
    out: dict[str, Any] = {"title": _title(key), "description": description}
    if len(shapes) > 1:
        out["anyOf"] = shapes
    elif "$ref" in shapes[0]:  # draft 7 ignores other keys beside a $ref
        out["allOf"] = shapes
    else:
        out |= shapes[0]
    out |= _BOUNDS.get(f"{table}.{key}", {})
    if values := _VALUES.get(f"{table}.{key}"):
        out["additionalProperties"] = {**out["additionalProperties"], **values}
    if raw.get("default"):  # leave out empty defaults
        out["default"] = raw["default"]
    return out


def _title(name: str) -> str:
    """The name as a title: `Form field` for `FormField` and `form_field`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").capitalize()


def _shape(raw: dict[str, Any], *, empty: bool) -> dict[str, Any]:
    """The schema of a type, without pydantic's generated titles."""
    if "$ref" in raw:
        return {"$ref": raw["$ref"].replace("#/$defs/", "#/definitions/")}
    if "anyOf" in raw:
        return {"anyOf": [_shape(branch, empty=empty) for branch in raw["anyOf"]]}
    if raw.get("enum"):
        return {"type": "string", "enum": raw["enum"]}
    if raw["type"] == "string":
        return {"type": "string", "maxLength": limits.LONGEST_TEXT} if empty else dict(_TEXT)
    if raw["type"] == "array":
        return {"type": "array", "items": _shape(raw["items"], empty=empty)}
    if raw["type"] == "object":
        inner = _shape(raw["additionalProperties"], empty=empty)
        if "$ref" in inner or inner["type"] == "number":  # keyed by step id
            return {"type": "object", "additionalProperties": inner}
        # keyed by language: suggest two, allow any
        suggested = {name: {"description": text, **inner} for name, text in _LANGUAGES.items()}
        return {"type": "object", "properties": suggested, "additionalProperties": inner}
    return {"type": raw["type"]}
