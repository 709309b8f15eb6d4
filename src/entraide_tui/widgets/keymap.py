"""All actions and their keys: the one registry behind the key lines, the help, the palette, the settings and the
README's table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entraide_tui.common.i18n import _, mark

if TYPE_CHECKING:
    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class KeyAction:
    """An action that a key does.

    Attributes:
        where: the screens on which it can be done.
        rank: 1: always in the key line; 2: if there is room; 3: in the help and the palette only.
    """

    id: str
    key: str
    label: str
    help: str
    where: tuple[str, ...]
    rank: int = 2


LIVE, HOME, SETUP, CLOSING, PAGE, SETTINGS = "live", "home", "setup", "closing", "page", "settings"
ARCHIVE, BOARD, MENDING, HISTORY, FIGURES = "archive", "board", "mending", "history", "figures"
SHARE, REHEARSAL, DEBRIEF, KIT_EDITOR = "share", "rehearsal", "debrief", "kit-editor"
EVERYWHERE = (
    HOME, SETUP, LIVE, CLOSING, PAGE, ARCHIVE, BOARD, MENDING, HISTORY, FIGURES, SHARE, DEBRIEF, KIT_EDITOR, SETTINGS,
)  # fmt: skip

ACTIONS: tuple[KeyAction, ...] = (
    KeyAction("next", "f8", mark("next"), mark("Start; then go on to the next step"), (LIVE,), 1),
    KeyAction("minute", "f5", mark("+1 min"), mark("Give the step one more minute"), (LIVE,), 1),
    KeyAction("speaker", "f2", mark("speaker"), mark("The turn goes to the next person"), (LIVE,), 1),
    KeyAction("park", "f4", mark("park"), mark("Put aside an idea that comes too early"), (LIVE,), 1),
    KeyAction("skip", "f7", mark("skip"), mark("Leave this step out"), (LIVE,), 1),
    KeyAction("pause", "f9", mark("pause"), mark("Stop the step's clock, or let it go on"), (LIVE,), 1),
    KeyAction(
        "extend", "f6", mark("extend…"), mark("Give the step more minutes, or fewer, and choose who pays"), (LIVE,)
    ),
    KeyAction("pass", "f3", mark("pass"), mark("Whose turn it is passes, and is asked again at the end"), (LIVE,)),
    KeyAction(
        "keep_end",
        "ctrl+t",
        mark("on time"),
        mark("Keep the promised end: take the minutes from the steps to come"),
        (LIVE,),
    ),
    KeyAction(
        "undo", "ctrl+o", mark("undo"), mark("Oops: take back the last gesture"), (LIVE, CLOSING, MENDING, KIT_EDITOR)
    ),
    KeyAction("back", "ctrl+b", mark("back"), mark("Open the step before again"), (LIVE,)),
    KeyAction("jump", "ctrl+g", mark("go to…"), mark("Go to any step"), (LIVE,)),
    KeyAction(
        "people", "ctrl+n", mark("names…"), mark("Somebody arrives, leaves, speaks, takes over the lead"), (LIVE,)
    ),
    KeyAction("surprise", "ctrl+s", mark("extra step"), mark("Insert a step that nobody foresaw"), (LIVE,)),
    KeyAction(
        "rescue", "ctrl+u", mark("help!"), mark("Something goes wrong: the sign, and the words to say"), (LIVE,), 1
    ),
    KeyAction("write_down", "f11", mark("write it down"), mark("What was said goes onto the card"), (REHEARSAL,), 1),
    KeyAction("speed", "f12", mark("speed"), mark("How fast the rehearsal’s clock runs: 1× to 60×"), (REHEARSAL,), 1),
    KeyAction("guide", "ctrl+l", mark("words"), mark("What you can say: all of it, key words, nothing"), (LIVE,), 1),
    KeyAction("earlier", "ctrl+r", mark("began before"), mark("This step really began some minutes ago"), (LIVE,)),
    KeyAction("reason", "ctrl+e", mark("why"), mark("Say why a step was skipped"), (LIVE,), 3),
    KeyAction("yes", "ctrl+y", mark("yes"), mark("After an interruption: yes, the group went on"), (LIVE,), 3),
    KeyAction("no", "ctrl+x", mark("no"), mark("After an interruption: no, it did not"), (LIVE,), 3),
    KeyAction("round", "f10", mark("2nd round"), mark("Another round, in the opposite order"), (LIVE,), 3),
    KeyAction("discreet", "f12", mark("discreet"), mark("Hide the moving clock until the last minute"), (LIVE,), 3),
    KeyAction("actions", "ctrl+a", mark("since…"), mark("What became of the actions of earlier workshops"), (LIVE,), 3),
    KeyAction(
        "remember", "ctrl+d", mark("déjà vu"), mark("Who has met this? Past requests, and topics that wait"), (LIVE,), 3
    ),
    KeyAction("note", "ctrl+k", mark("note"), mark("Write a note on this step"), (LIVE,), 3),
    KeyAction("promise", "", mark("new end"), mark("Agree with the group on another end"), (LIVE,), 3),
    KeyAction("close", "", mark("close"), mark("Go to the page and close the workshop"), (LIVE,), 3),
    KeyAction("discard", "", mark("discard"), mark("Throw this workshop away, without a page"), (LIVE,), 3),
    KeyAction("new", "f2", mark("new"), mark("Prepare a new workshop"), (HOME,), 1),
    KeyAction(
        "archive", "f3", mark("records"), mark("Find a record: what was asked, tried, and what came of it"), (HOME,), 1
    ),
    KeyAction(
        "board", "f4", mark("actions"), mark("The board of all actions: late, this week, later"), (HOME, ARCHIVE), 1
    ),
    KeyAction("figures", "f5", mark("figures"), mark("Minutes, requests and themes over time"), (HOME, ARCHIVE)),
    KeyAction("select", "f2", mark("select"), mark("Select this record; several can leave together"), (ARCHIVE,)),
    KeyAction(
        "export",
        "f3",
        mark("export…"),
        mark("Let it leave as a file: page, calendar, table, recap"),
        (ARCHIVE, PAGE),
        1,
    ),
    KeyAction("share", "f7", mark("share…"), mark("Let it leave without giving a person away"), (ARCHIVE, PAGE), 1),
    KeyAction("mend", "f8", mark("mend"), mark("Change this record; how it was is kept"), (ARCHIVE, PAGE), 1),
    KeyAction("history", "f9", mark("changes"), mark("What was changed in this record, and when"), (ARCHIVE, PAGE)),
    KeyAction("copy", "f10", mark("copy…"), mark("The page to the clipboard"), (ARCHIVE, PAGE)),
    KeyAction("add", "f2", mark("add…"), mark("Add an idea, an action, a note"), (MENDING,), 1),
    KeyAction(
        "restore", "f4", mark("as it was"), mark("Make the record what it was before this change"), (HISTORY,), 1
    ),
    KeyAction("order", "f6", mark("order"), mark("The best first, or the newest first"), (ARCHIVE,)),
    KeyAction("open", "f3", mark("page"), mark("The page that this action stands on"), (BOARD,), 1),
    KeyAction("all_actions", "f6", mark("all"), mark("All that is over, or the last few"), (BOARD,), 1),
    KeyAction("let_go", "f3", mark("let it leave…"), mark("Write a file, after a last search for names"), (SHARE,), 1),
    KeyAction("mark_word", "f4", mark("mark…"), mark("A word is a place, an employer, a name"), (SHARE,), 1),
    KeyAction("redraw", "f5", mark("other names"), mark("Draw other names for the same people"), (SHARE,)),
    KeyAction("sections", "f6", mark("sections…"), mark("Choose what leaves of the record"), (SHARE,), 1),
    KeyAction("take_out", "f7", mark("out, in"), mark("Take this line out, or put it back"), (SHARE,), 1),
    KeyAction(
        "debrief",
        "f7",
        mark("debrief"),
        mark("For your eyes: what the last workshop shows, and your notebook"),
        (HOME,),
    ),
    KeyAction("choose", "f9", mark("which kit?"), mark("Say what you have; see which kit suits it"), (HOME,), 1),
    KeyAction("rehearse", "f8", mark("rehearse…"), mark("Lead a made-up group, to try it out"), (HOME,), 1),
    KeyAction("settings", "f6", mark("settings"), mark("Keys, sound, clock, language"), (HOME,), 1),
    KeyAction("begin", "f8", mark("open"), mark("Open the workshop with these people"), (SETUP,), 1),
    KeyAction("role", "f4", mark("role"), mark("Change the role of the person in the list"), (SETUP,), 1),
    KeyAction("remove_person", "f7", mark("remove"), mark("Take the person out of the list"), (SETUP,)),
    KeyAction("edit_kit", "f5", mark("edit kit…"), mark("Change this kit to suit your group"), (SETUP,)),
    KeyAction("add_step", "f2", mark("add…"), mark("Add a step behind this one"), (KIT_EDITOR,)),
    KeyAction("step_up", "f3", mark("up"), mark("Move the step one place earlier"), (KIT_EDITOR,), 1),
    KeyAction("step_down", "f4", mark("down"), mark("Move the step one place later"), (KIT_EDITOR,), 1),
    KeyAction("rename_step", "f5", mark("rename…"), mark("Give the step, or the kit, another title"), (KIT_EDITOR,), 1),
    KeyAction("step_minutes", "f6", mark("minutes…"), mark("The fewest, usual and most minutes"), (KIT_EDITOR,), 1),
    KeyAction("remove_step", "f7", mark("remove"), mark("Take the step out of the kit"), (KIT_EDITOR,)),
    KeyAction("own_editor", "f8", mark("my editor"), mark("Change the words in your own editor"), (KIT_EDITOR,), 1),
    KeyAction("redo", "ctrl+y", mark("redo"), mark("Do again what was undone"), (KIT_EDITOR,)),
    KeyAction("write", "f3", mark("close and write"), mark("Write the page and close the workshop"), (CLOSING,), 1),
    KeyAction(
        "annex",
        "f6",
        mark("annex"),
        mark("Move to an annex what does not hold on one page, or put it back"),
        (CLOSING,),
        1,
    ),
    KeyAction(
        "more", "f5", mark("contributions"), mark("Add the contributions to the page, or leave them out"), (CLOSING,)
    ),
    KeyAction(
        "learnings",
        "f9",
        mark("learnings"),
        mark("Add what each of us takes to the page, or leave it out"),
        (CLOSING,),
        3,
    ),
    KeyAction("other", "f4", mark("other page"), mark("Show the page of the next offeror"), (CLOSING,)),
    KeyAction("live", "ctrl+b", mark("back to the workshop"), mark("Go back to the workshop"), (CLOSING,), 1),
    KeyAction(
        "leave",
        "ctrl+b",
        mark("back"),
        mark("Go back"),
        (SETUP, PAGE, ARCHIVE, BOARD, MENDING, HISTORY, FIGURES, SHARE, DEBRIEF, KIT_EDITOR, SETTINGS),
        1,
    ),
    KeyAction("change_key", "f4", mark("change"), mark("Change this key or this setting"), (SETTINGS,), 1),
    KeyAction("default_key", "f7", mark("default"), mark("Put the default back"), (SETTINGS,), 1),
    KeyAction("help", "f1", mark("keys"), mark("All keys of this screen"), EVERYWHERE, 1),
    KeyAction("palette", "ctrl+p", mark("all…"), mark("Find an action by its name"), EVERYWHERE, 1),
    KeyAction("quit", "ctrl+q", mark("quit"), mark("Leave the program; an open workshop waits for you"), EVERYWHERE),
)
NOT_REHEARSED = frozenset(("discreet", "actions", "remember", "promise", "discard"))
"""Actions of the live screen that a rehearsal leaves out; the first one's key does something else there."""
BY_ID = {action.id: action for action in ACTIONS}


def actions_on(screen: str) -> list[KeyAction]:
    """The actions of a screen, in order."""
    if screen == REHEARSAL:
        return [a for a in ACTIONS if screen in a.where or (LIVE in a.where and a.id not in NOT_REHEARSED)]
    return [a for a in ACTIONS if screen in a.where]


def bindings(screen: str) -> list[BindingType]:
    """The key bindings of a screen, for Textual.

    They have priority, so that they work while somebody types; only `?`, which opens the help, types itself then.
    """
    from textual.binding import Binding

    return [
        Binding("question_mark", "do('help')", show=False),
        *(
            Binding(a.key or f"ctrl+shift+f{20 + i}", f"do('{a.id}')", id=a.id, priority=True, show=False)
            for i, a in enumerate(actions_on(screen))
        ),
    ]


def key_name(key: str) -> str:
    """A key as people read it: `F8`, `Ctrl+T`."""
    if not key:
        return ""
    return "+".join(
        part.upper() if len(part) <= 3 and part != "ctrl" and part[0] == "f" else part.capitalize()
        for part in key.split("+")
    )


def key_of(action: KeyAction, keys: dict[str, str]) -> str:
    """The key of an action, after the person's own `keys`; empty if it has none."""
    return keys.get(action.id, action.key)


def shown_key(action_id: str, keys: dict[str, str]) -> str:
    """The key of an action as people read it; empty if it has none."""
    return key_name(key_of(BY_ID[action_id], keys))


def label(action: KeyAction) -> str:
    """The short label of an action, in the current language."""
    return _(action.label)


def faults(keys: dict[str, str]) -> list[str]:
    """What is wrong with a person's own keys, one sentence each."""
    out: list[str] = []
    for action_id, key in keys.items():
        if action_id not in BY_ID:
            out.append(_("there is no action “{name}”.").format(name=action_id))
        elif not usable(key):
            out.append(_("“{key}” can't be used as a key here: take F1 to F12, or Ctrl with a letter.").format(key=key))
    for screen in (*EVERYWHERE, REHEARSAL):
        taken: dict[str, str] = {}
        for action in actions_on(screen):
            key = key_of(action, keys)
            if key and key in taken:
                out.append(
                    _("{key} is taken twice: {one}, {other}.").format(
                        key=key_name(key), one=taken[key], other=action.id
                    )
                )
            taken[key] = action.id
    return list(dict.fromkeys(out))


def usable_keys(keys: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """The keys that can be used, and what is wrong with the others. One bad entry costs only itself."""
    left, wrong = dict(keys), faults(keys)
    for action_id in reversed(keys):
        now = faults(left)
        without = {name: key for name, key in left.items() if name != action_id}
        if len(faults(without)) < len(now):
            left = without
    return left, wrong


_FORBIDDEN = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+c"}


def usable(key: str) -> bool:
    """Return whether every terminal sends this key: F1 to F12, and Ctrl with a letter that is no other key's code."""
    if key in _FORBIDDEN:
        return False
    if key.startswith("ctrl+"):
        return len(key) == 6 and key[-1].isascii() and key[-1].isalpha()
    return key.startswith("f") and key[1:].isdigit() and 1 <= int(key[1:]) <= 12


def table(screen: str) -> str:
    """The keys of a screen as a Markdown table, for the README."""
    rows = [f"| `{key_name(a.key)}` | {_(a.help)} |" for a in actions_on(screen) if a.key]
    return "\n".join(["| key | what it does |", "|---|---|", *rows])
