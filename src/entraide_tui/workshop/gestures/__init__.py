"""The gestures of the facilitator: each returns the event that it leads to, or None if it has no effect.

Every event is made here. No gesture raises an error: one that makes no sense now, or changes nothing, has no effect.
"""

from __future__ import annotations

from entraide_tui.workshop.gestures.machine import close, hold, interrupt, open_workshop, set_clock, undo, unreadable
from entraide_tui.workshop.gestures.minutes import (
    LONGEST_REPAIR,
    SHORTEST_GAP,
    answer_interruption,
    began_earlier,
    extend,
    keep_end,
    pause,
    price_of,
    promise_end,
    start_earlier,
)
from entraide_tui.workshop.gestures.people import (
    arrive,
    choose_speaker,
    give_role,
    leave,
    next_speaker,
    pass_turn,
    second_round,
)
from entraide_tui.workshop.gestures.steps import (
    back,
    finish,
    following,
    give_reason,
    insert,
    jump,
    last_skipped,
    next_step,
    skip,
)
from entraide_tui.workshop.gestures.writing import (
    add_idea,
    agree_naming,
    answer,
    ask,
    authors,
    choose_topic,
    draft,
    keep_idea,
    kept_from,
    look_back,
    plan,
    remove,
    reword_idea,
    rewrite,
    set_text,
    set_title,
    unpark,
    vote,
    write,
)

__all__ = [
    "LONGEST_REPAIR", "SHORTEST_GAP", "add_idea", "agree_naming", "answer", "answer_interruption", "arrive",
    "ask", "authors", "back", "began_earlier", "choose_speaker", "choose_topic", "close", "draft", "extend",
    "finish", "following", "give_reason", "give_role", "hold", "insert", "interrupt", "jump", "keep_end",
    "keep_idea", "kept_from", "last_skipped", "leave", "look_back", "next_speaker", "next_step",
    "open_workshop", "pass_turn", "pause", "plan", "price_of", "promise_end", "remove", "reword_idea",
    "rewrite", "second_round", "set_clock", "set_text", "set_title", "skip", "start_earlier", "undo", "unpark",
    "unreadable", "vote", "write",
]  # fmt: skip
