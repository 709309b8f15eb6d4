"""Kits and scenarios that nobody should ever send us: the loader gives a kit or a clear error, soon, in little memory.

uv run python -m tests.kits.fuzz --inputs 100000
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli_w
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from entraide_tui.common.errors import LONGEST_LINE, Finding, UserError
from entraide_tui.kits import catalogue, limits, loader
from entraide_tui.kits.model import Kit, in_language, lines_in
from entraide_tui.rehearsal import scenario

LONGEST = 1.0
"""Seconds of processor that one input may take."""
MOST_MEMORY = 100.0
"""Megabytes that one input may take beyond what the program has."""
INVENTED = 0.02
"""The part of the inputs that is made up from nothing; the others are real files, changed."""
_FOLDER = Path(__file__).parents[2] / "kits"
REAL = [path.read_bytes() for path in sorted(_FOLDER.glob("*.toml"))]
REAL_PLAYS = [path.read_bytes() for path in sorted((_FOLDER / "scenarios").glob("*.toml"))]


# What is tried.

VALUES = [
    b"0", b"-1", b"1e400", b"-1e400", b"inf", b"-inf", b"nan", b"1e-320", b"0.1", b"true", b"false", b'""', b'" "',
    b"''", b"[]", b"{}", b"[[]]", b"[{}]", b"{ fr = 3 }", b"{ fr = {} }", b'{ xx = "y" }', b'{ fr = "a", fr = "b" }',
    b"9223372036854775807", b"9223372036854775808", b"-9223372036854775809", b"0x" + b"f" * 600, b"1" * 5000,
    b"1_0_0", b"2026-01-01", b"2026-13-41", b"2026-01-01T10:00:00Z", b"10:00:00", b"9999-12-31T23:59:59.999999+23:59",
    b'"\\u001b[2J"', b'"\\ud800"', b'"\\U0010ffff"', b'"\\u202e"', b'"\\u0000"', b'"""a\n\nb"""', b"'''x'''", b'"' * 7,
    b'["a", 1, true]', b'["offeror", "offeror"]', b"{ min = 1, usual = nan, max = inf }",
    b"{ min = -1, usual = 0, max = 0 }",
    b"a", b"", b"=", b"[", b"]", b"{", b"}", b"#", b'"x', b"'x", b'"""x', b"\\", b'"' + b"x" * 3000 + b'"',
    b'"' + "é".encode() * 2500 + b'"', b'{ kind = "pick", fills = "ideas" }', b'"__class__"', b'"../../etc/passwd"',
    b'"{0.__class__}"', b'"%s%s%n"', b'"[bold]x[/]"', b'"=1+1"', b'"offeror"', b'"steps"',
]  # fmt: skip
KEYS = [
    b"__class__", b"__init__", b"model_config", b"from", b"from_", b"format", b"id", b'""', b'"a b"', b"'a'", b"a.b.c",
    b".".join([b"a"] * 15), b".".join([b"a"] * 18), b".".join([b"a"] * 3000),
    b'"\\u001b"', b"\xc3\xa9", b"steps", b"fr",
    b"1", b"-", b"title.fr", b"roles", b"x" * 3000, b'"' + b"." * 40 + b'"',
]  # fmt: skip
SCRAPS = [
    b"\x00", b"\x01", b"\x1b", b"\x7f", b"\x85", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xc0\xaf",
    b"\xf5\x80\x80\x80",
    b"\xef\xbb\xbf", b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xe2\x80\xa8", b"\r", b"\n", b"\r\n", b"\t", b"\\", b'"', b"'",
    b'"""', b"'''", b"#", b"=", b",", b".", b"[", b"]", b"{", b"}", b"[[", b"]]", b"[steps]\n", b"[[steps]]\n",
    b"[steps.card]\n", b"[[steps.card]]\n", b"[x.y.z]\n", b"[[a]]\n[a]\n", b"format = 1\n", b"format = 2\n",
    b"steps = 3\n",
]  # fmt: skip


def _at(chance: random.Random, data: bytes) -> int:
    return chance.randrange(len(data) + 1)


def flip(chance: random.Random, data: bytes) -> bytes:
    """Some bits turned."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def scrap(chance: random.Random, data: bytes) -> bytes:
    """Something put in, perhaps over something else."""
    at = _at(chance, data)
    return data[:at] + chance.choice(SCRAPS) + data[at + chance.choice((0, 0, 1, 5, 50)) :]


def cut(chance: random.Random, data: bytes) -> bytes:
    """A piece taken out, or the end."""
    at = _at(chance, data)
    return data[:at] if chance.random() < 0.3 else data[:at] + data[at + chance.randint(1, 400) :]


def lines(chance: random.Random, data: bytes) -> bytes:
    """Lines dropped, doubled, swapped, or of another file."""
    rows = data.split(b"\n")
    for _ in range(chance.randint(1, 4)):
        one, other = chance.randrange(len(rows)), chance.randrange(len(rows))
        what = chance.randrange(4)
        if what == 0 and len(rows) > 1:
            del rows[one]
        elif what == 1:
            rows.insert(other, rows[one])
        elif what == 2:
            rows[one], rows[other] = rows[other], rows[one]
        else:
            rows.insert(one, chance.choice(chance.choice(REAL + REAL_PLAYS).split(b"\n")))
    return b"\n".join(rows)


def value(chance: random.Random, data: bytes) -> bytes:
    """Another value, of another type or size, for some keys."""
    rows = data.split(b"\n")
    keyed = [number for number, row in enumerate(rows) if b" = " in row]
    for _ in range(min(len(keyed), chance.randint(1, 3))):
        number = chance.choice(keyed)
        rows[number] = rows[number].split(b" = ")[0] + b" = " + chance.choice(VALUES)
    return b"\n".join(rows)


def inner(chance: random.Random, data: bytes) -> bytes:
    """Another value inside an inline table or a list."""
    spots = [at for at in range(len(data)) if data[at] in b"=,[{"]
    if not spots:
        return data
    at = chance.choice(spots) + 1
    end = at
    while end < len(data) and data[end] not in b",]}\n":
        end += 1
    return data[:at] + b" " + chance.choice(VALUES) + data[end:]


def key(chance: random.Random, data: bytes) -> bytes:
    """Another key: dotted, quoted, endless, twice the same."""
    rows = data.split(b"\n")
    keyed = [number for number, row in enumerate(rows) if b" = " in row]
    if keyed:
        number = chance.choice(keyed)
        name, _equals, rest = rows[number].partition(b" = ")
        new = chance.choice(KEYS) if chance.random() < 0.8 else name + b" = 1\n" + name
        rows[number] = new + b" = " + rest
    return b"\n".join(rows)


def nest(chance: random.Random, data: bytes) -> bytes:
    """A value of great depth."""
    deep = chance.choice((5, 20, 31, 32, 33, 34, 100, 2000, 30_000))
    shape = chance.randrange(4)
    if shape == 0:
        made = b"[" * deep + b"1" + b"]" * deep
    elif shape == 1:
        made = b"{ a = " * deep + b"1" + b" }" * deep
    elif shape == 2:
        made = b"[\n" * deep + b"]\n" * chance.choice((0, deep))
    else:
        made = b"[{ a = " * (deep // 2) + b"1" + b" }]" * (deep // 2)
    rows = data.split(b"\n")
    rows.insert(chance.randrange(len(rows) + 1), chance.choice((b"x", b"title", b"steps", b"a.b.c.d")) + b" = " + made)
    return b"\n".join(rows)


def coding(chance: random.Random, data: bytes) -> bytes:
    """Other ways to write a text on a disk."""
    text = data.decode("utf-8", "replace")
    name = chance.choice(("bom", "crlf", "cr", "mixed", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7"))
    if name == "bom":
        return b"\xef\xbb\xbf" * chance.randint(1, 2) + data
    if name == "crlf":
        return data.replace(b"\n", b"\r\n")
    if name == "cr":
        return data.replace(b"\n", b"\r")
    if name == "mixed":
        return b"\n".join(row + chance.choice((b"", b"\r", b"\r\r")) for row in data.split(b"\n"))
    return text.encode(name, "replace")


CHANGES: list[Callable[[random.Random, bytes], bytes]] = [
    flip, scrap, scrap, cut, lines, lines, value, value, value, inner, inner, key, key, nest, coding,
]  # fmt: skip


def _full(unit: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """As often as the largest file takes it."""
    times = (limits.LARGEST - len(before) - len(after)) // len(unit)
    return before + unit * times + after


_STEP = b'[[steps]]\nid = "s%d"\ntitle = "S"\nminutes = { min = 1, usual = 2, max = 3 }\n'
_HEAD = b'format = 1\nid = "k"\nversion = 1\ntitle = "K"\n'
_PLAY = b'format = 1\nkit = "k"\ntitle = "K"\n'
_CARD = b'[steps.card]\nkind = "text"\nfills = "request"\n'
_PRESET = b'[[presets]]\nid = "p%d"\ntitle = "P"\nminutes = { s1 = 1 }\n'
_OPTION = b'[[options]]\nid = "p%d"\ntitle = "P"\nchanges = { s1 = {}, s2 = {}, s3 = {}, s400 = {} }\n'
_FORM = b'[steps.card]\nkind = "form"\nfills = "notes"\n'
_FIELD = b'[[steps.card.fields]]\nid = "f%d"\nkind = "text"\nlabel = "L"\n'
_CHOICES = b'fields = [{ id = "a", kind = "choice", label = "L", choices = ['


def _row(unit: bytes, times: int) -> bytes:
    """The same, counted."""
    return b"".join(unit % number for number in range(times))


LARGE: dict[str, Callable[[], bytes]] = {
    "many steps": lambda: _HEAD + _row(_STEP, 1_700) + _CARD,
    "many steps of one id": lambda: _full(_STEP % 1, _HEAD, _CARD),
    "sixty large steps": lambda: _HEAD + _row(_STEP + b'say = ["' + b"x" * 1_900 + b'"]\n', 60) + _CARD,
    "many empty steps": lambda: _full(b"[[steps]]\n", _HEAD),
    "many keys": lambda: _HEAD + _row(b"key%d = 1\n", 9_000),
    "many wrong keys in steps": lambda: _HEAD + _STEP % 1 + _row(b"wrong%d = 1\n", 8_000),
    "many presets": lambda: _HEAD + _row(_PRESET, 2_200) + _STEP % 1 + _CARD,
    "many options": lambda: _HEAD + _row(_OPTION, 1_400) + _row(_STEP, 30) + _CARD,
    "a preset of many steps": lambda: (
        _HEAD + b'[[presets]]\nid = "p"\ntitle = "P"\n[presets.minutes]\n' + _row(b"s%d = 1\n", 11_000) + _STEP % 1
    ),
    "numbers in a list": lambda: _full(b"1,", _HEAD + b"steps = [", b"]\n"),
    "texts in a list": lambda: _full(b'"",', _HEAD + _STEP % 1 + b"say = [", b"]\n" + _CARD),
    "tables in a list": lambda: _full(b"{},", _HEAD + b"steps = [", b"]\n"),
    "as many wrong items as are looked at": lambda: _full(
        b" " * 12 + b"1,", _HEAD + b'summary = "' + b"x" * 1_000 + b'"\nsteps = [', b"]\n"
    ),
    "wrong words": lambda: _full(b'"offerer",', _HEAD + _STEP % 1 + b"speaks = [", b"]\n"),
    "languages": lambda: _HEAD + b"summary = {" + _row(b'l%d = "x",', 9_000) + b'fr = "x"}\n',
    "fields": lambda: _HEAD + _STEP % 1 + _FORM + _row(_FIELD, 1_700),
    "choices": lambda: _full(b'"a",', _HEAD + _STEP % 1 + _FORM + _CHOICES, b"]}]\n"),
    "one long text": lambda: _full(b"x", _HEAD + b'summary = "', b'"\n'),
    "one long text of escapes": lambda: _full(b"\\u00e9", _HEAD + b'summary = "', b'"\n'),
    "one long text with letters and marks": lambda: _full("e\u0301".encode(), _HEAD + b'summary = "', b'"\n'),
    "one long number": lambda: _full(b"1", _HEAD + b"x = ", b"\n"),
    "one long number with _": lambda: _full(b"1_", _HEAD + b"x = ", b"1\n"),
    "one long broken number": lambda: _full(b"1_", _HEAD + b"x = ", b"_\n"),
    "one long fraction": lambda: _full(b"1", _HEAD + b"x = 0.", b"\n"),
    "one long key": lambda: _full(b"x", _HEAD, b" = 1\n"),
    "one long dotted key": lambda: _full(b"x.", _HEAD, b"x = 1\n"),
    "one long dotted header": lambda: _full(b"x.", _HEAD + b"[", b"x]\n"),
    "dotted headers": lambda: _HEAD + _row(b"[a.b.c.d.e.f.g.h.i.j.k.l.m.n.o%d]\n", 3_000),
    "dotted keys": lambda: _HEAD + _row(b"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o%d = 1\n", 3_000),
    "headers in arrays of tables": lambda: _full(b"[[a]]\n[a.b]\n[[a.c]]\n", _HEAD),
    "arrays of arrays of tables": lambda: _full(b"[[a]]\n[[a.b]]\n[[a.b.c]]\n[[a.b.c.d]]\n", _HEAD),
    "open brackets": lambda: _full(b"[", b"x = "),
    "open braces": lambda: _full(b"{a=", b"x = "),
    "brackets at depth 32": lambda: _full(b"[" * 31 + b"]" * 31 + b",", b"x = [", b"]\n"),
    "quotes": lambda: _full(b'"', b"x = "),
    "quotes in threes": lambda: _full(b'""" ', b"x = "),
    "apostrophes": lambda: _full(b"'", b"x = "),
    "backslashes": lambda: _full(b"\\", b'x = "'),
    "backslashes at line ends": lambda: _full(b"\\\n", b'x = """', b'"""\n'),
    "line ends": lambda: _full(b"\n", _HEAD),
    "returns": lambda: _full(b"\r", _HEAD),
    "spaces": lambda: _full(b" ", _HEAD),
    "comments": lambda: _full(b"#\n", _HEAD),
    "one comment": lambda: _full(b"#", _HEAD),
    "commas": lambda: _full(b",", b"x = ["),
    "equal signs": lambda: _full(b"=", b"x"),
    "dates": lambda: _full(b"2026-01-01T00:00:00.123456Z,", b"x = [", b"]\n"),
    "nothing": lambda: b"",
    "zeros": lambda: bytes(limits.LARGEST),
    "bytes that are no text": lambda: b"\xff" * limits.LARGEST,
    "hidden characters": lambda: _full("\u200b".encode(), _HEAD + b'summary = "', b'"\n'),
    "hidden characters in many texts": lambda: _full('"\u200b",'.encode(), _HEAD + _STEP % 1 + b"say = [", b"]\n"),
    "the largest": lambda: _full(b"x", REAL[1] + b"#"),
    "one byte too many": lambda: _full(b"x", REAL[1] + b"#") + b"xx",
    "scenes": lambda: _full(b'[[steps]]\nid = "a"\n', _PLAY),
    "lines of a play": lambda: _full(b'{ id = "a", text = "a" },', _PLAY + b'[[steps]]\nid = "a"\nwrite = [', b"]\n"),
    "languages in a play": lambda: _full(b'{ fr = "a", en = "b" },', _PLAY + b'[[steps]]\nid = "a"\npick = [', b"]\n"),
}


_CHOSEN = re.compile(rb"\n(?:presets|options) = \[\n.*?\n\]", re.DOTALL)


def _short(chance: random.Random, data: bytes) -> bytes:
    """The head of a file and some of its steps, so that many can be tried."""
    head, *steps = _CHOSEN.sub(b"", data).split(b"\n[[steps]]\n")
    few = sorted(chance.sample(range(len(steps)), min(len(steps), chance.randint(1, 2))))
    return b"\n[[steps]]\n".join([head, *(steps[number] for number in few)])


def meant(number: int) -> str:
    """What the input of that number was before it was changed: a kit, or the play of a scenario."""
    return "play" if number % 10 in (3, 6, 9) else "kit"


def changed(number: int) -> tuple[str, bytes]:
    """What was done, and the input of that number: always the same one."""
    chance = random.Random(number)
    data = chance.choice(REAL if meant(number) == "kit" else REAL_PLAYS)
    if chance.random() < 0.93:
        data = _short(chance, data)
    done = []
    for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3, 6))):
        change = chance.choice(CHANGES)
        done.append(change.__name__)
        data = change(chance, data)
    return " + ".join(done) or "unchanged", data


numbers = st.one_of(
    st.integers(-(2**65), 2**65), st.integers(0, 9), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times()
)
_NAMES = (
    "format id version title summary licence credits group_size suits roles presets options rescue steps minutes min "
    "usual max card kind fills fields from say watch avoid key_words changes speaks turns repeat kit people write pick "
    "incidents at by answers form text fr en offeror label choices what when whom"
)
_WORDS = "offeror round a-b text list pick form actions topics ideas fr en"
words = st.one_of(st.text(max_size=12), st.sampled_from(_WORDS.split()))
names = st.one_of(st.sampled_from(_NAMES.split()), st.text(max_size=6))
anything = st.recursive(
    st.one_of(words, numbers),
    lambda inside: st.one_of(st.lists(inside, max_size=4), st.dictionaries(names, inside, max_size=5)),
    max_leaves=25,
)


@st.composite
def invented(draw: st.DrawFn) -> bytes:
    """A document made up from nothing, of the right names; or a real one with one part made up."""
    if draw(st.booleans()):
        document: dict[str, Any] = draw(st.dictionaries(names, anything, max_size=8))
    else:
        document = tomllib.loads(draw(st.sampled_from(REAL + REAL_PLAYS)).decode())
        table: Any = document
        for _ in range(draw(st.integers(0, 5))):
            parts = [
                part
                for part in (table.values() if isinstance(table, dict) else table)
                if isinstance(part, (dict, list)) and part
            ]
            if not parts:
                break
            table = draw(st.sampled_from(parts))
        spot = draw(st.sampled_from(list(table) if isinstance(table, dict) else list(range(len(table)))))
        table[spot] = draw(anything)
    try:
        return tomli_w.dumps(document).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError):  # a moment without a day, mixed with others
        return repr(document).encode("utf-8", "replace")


# What is looked at.


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input.

    Attributes:
        kind: kit, play, error; or fault: something that must never happen.
        said: in the last case, what.
        seconds: of processor.
    """

    kind: str
    said: str
    seconds: float


def tried(data: bytes, path: Path, ways: tuple[str, ...] = ("kit", "line", "play")) -> list[Outcome]:
    """Reads a file of these bytes as a kit, as a line in the list of kits, and as a scenario."""
    path.write_bytes(data)
    return [_timed({"kit": _kit, "line": _line, "play": _play}[way], path) for way in ways]


def _timed(work: Callable[[Path], str], path: Path) -> Outcome:
    begun = time.process_time()
    try:
        kind, said = work(path), ""
    except UserError as trouble:
        kind, said = "error", _unclear(trouble)
    except Exception as error:  # noqa: BLE001 - this is what is hunted
        kind, said = "fault", f"{type(error).__name__}: {error}"[:200]
    seconds = time.process_time() - begun
    if not said and seconds > LONGEST:
        said = f"{seconds:.1f} s"
    return Outcome("fault" if said else kind, said, seconds)


def _unclear(trouble: UserError) -> str:
    """What is not right about an error that a person reads; empty if all is."""
    told = trouble.lines()
    if not trouble.what or not all(told):
        return "an error that says nothing"
    if len(told) > 13 or any(len(line) > LONGEST_LINE + 1 for line in told):
        return "an error that says too much"
    if any(ord(sign) < 0x20 or 0x7F <= ord(sign) < 0xA0 for line in told for sign in line):
        return "an error with orders to the terminal"
    return _odd(trouble.findings)


def _odd(findings: tuple[Finding, ...]) -> str:
    if len(findings) > 11:
        return "too many findings"
    if any(not found.what or found.line < 0 or found.column < 0 for found in findings):
        return "a finding without a sentence or a place"
    return ""


def _kit(path: Path) -> str:
    checked = loader.check_file(path)
    assert not _odd(checked.findings), _odd(checked.findings)
    if checked.kit is None:
        assert checked.errors, "no kit, and no error"
        raise UserError("it has faults", file=path, findings=checked.findings)
    assert not checked.errors, "a kit in spite of errors"
    assert loader.load(path) == checked.kit
    _played(checked.kit)
    return "kit"


def _played(kit: Kit) -> None:
    """What the program does with any kit that it was given."""
    choices = tuple(option.id for option in kit.options[:20])
    for preset in ("", *(one.id for one in kit.presets[:20])):
        played = kit.with_choices(preset, choices)
        total = played.total(3)
        assert 0 <= total < float("inf"), "minutes without end"
        for step in played.steps:
            assert in_language(step.title, "fr"), "a step without a title"
            assert isinstance(lines_in(step.say, "en"), list)


def _line(path: Path) -> str:
    for shipped in (True, False):
        head = catalogue._headline(path, shipped=shipped, language="fr")
        assert head.title.strip() or head.fault, "neither a title nor a fault"
        assert head.fault or 0 <= head.minutes < float("inf"), "minutes without end"
    return "error" if head.fault else "line"


def _play(path: Path) -> str:
    for language in ("fr", "en"):
        play = scenario.load(path, language)
        assert play.scene("a", 0)
    return "play"


@dataclass
class Tally:
    """Of many inputs."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    faults: list[str] = field(default_factory=list)

    def add(self, name: str, outcomes: list[Outcome]) -> None:
        """One more."""
        for outcome in outcomes:
            self.counts[outcome.kind] += 1
            self.slowest = max(self.slowest, (outcome.seconds, name))
            if outcome.said:
                self.faults.append(f"{name}: {outcome.said}")

    def told(self, number: int, memory: float) -> str:
        """A line of progress."""
        kinds = ", ".join(f"{self.counts[kind]:,} {kind}s" for kind in ("kit", "line", "play", "error", "fault"))
        seconds, name = self.slowest
        return f"{number:>9,} inputs: {kinds}; slowest {seconds:.2f} s ({name}); memory +{memory:.0f} MB"


def memory() -> float:
    """Megabytes: the most that this process ever had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def say(line: str) -> None:
    """Prints it at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Prints what became of all; 1 if something happened that must never happen."""
    parser = argparse.ArgumentParser(prog="python -m tests.kits.fuzz", description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000, metavar="N", help="how many (100,000)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="another number, other inputs")
    parser.add_argument("--keep", type=Path, default=None, metavar="DIR", help="where the inputs that fail are kept")
    args = parser.parse_args()
    tally, done = Tally(), 0
    in_memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a disk would take most of the time
    with tempfile.TemporaryDirectory(prefix="entraide-fuzz-", dir=in_memory) as folder:
        path = Path(folder) / "kit.toml"
        for data in (REAL[0], REAL_PLAYS[0], b"steps = 3"):  # what is imported once counts for none
            tried(data, path)
        before = memory()

        def one(name: str, data: bytes, *ways: str) -> None:
            nonlocal done
            faults = len(tally.faults)
            tally.add(name, tried(data, path, ways or ("kit", "line", "play")))
            done += 1
            if args.keep and len(tally.faults) > faults:
                args.keep.mkdir(parents=True, exist_ok=True)
                (args.keep / f"{done}.toml").write_bytes(data)
            if done % max(1, args.inputs // 20) == 0:
                say(tally.told(done, memory() - before))

        for name, made in LARGE.items():
            one(name, made())
        for number in range(int((args.inputs - done) * (1 - INVENTED))):
            what, data = changed(args.seed * 10**9 + number)
            one(f"{number}: {what}", data, *(("line",) if number % 5 == 0 else ()), meant(number))
        grown = memory() - before  # what invents the others takes memory of its own
        _invent(args.inputs - done, args.seed, one)
    say(tally.told(done, grown))
    for fault in tally.faults[:20]:
        say(f"  {fault}")
    if grown > MOST_MEMORY:
        say(f"  more than {MOST_MEMORY:.0f} MB of memory")
    return 1 if tally.faults or grown > MOST_MEMORY else 0


def _invent(number: int, first: int, one: Callable[[str, bytes], None]) -> None:
    """So many that hypothesis makes up."""
    if number <= 0:
        return

    @seed(first)
    @settings(
        max_examples=number, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(invented())
    def run(data: bytes) -> None:
        one("invented", data)

    run()


if __name__ == "__main__":
    sys.exit(main())
