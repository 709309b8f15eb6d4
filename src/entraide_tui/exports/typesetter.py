"""Compile a Typst template and plain data to PDF, isolated from files and network.

Data is passed as JSON, never inserted into the template. Typst's own fonts are used, and the computer's only if a
character needs them. A group's template runs in a separate process with limited time and memory.
"""

from __future__ import annotations

import functools
import json
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from entraide_tui.common.errors import Finding, InputError, InvalidFileError, UserError
from entraide_tui.common.i18n import _
from entraide_tui.common.text import visible
from entraide_tui.exports import safe_html
from entraide_tui.exports.templates import BUILT_IN, Source

if TYPE_CHECKING:
    from typst import Fonts

    from entraide_tui.exports.view import View

SECONDS = 20
"""The time limit for a group's template."""
MEMORY = 2 * 1024**3
"""Bytes: the memory limit for a group's template."""
LARGEST = 64 * 1024 * 1024
"""Bytes: the limit for the PDF of a group's template."""
_FONTS = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")
_UNSEEN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_POSITION = re.compile(r"\.typ:(\d+):(\d+)")
_LONG = re.compile(r"[^ \n\u2000-\u2006\u2008-\u200a\u3000]{24,}")
_WORD_PART = re.compile(
    "[!-\u024f]{1,4}(?![\u0250-\U0010ffff])|(?:[\U0001f1e6-\U0001f1ff]{2}|.)"
    "(?:[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u1160-\u11ff"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff]"
    "|\u200c|\u200d.?){0,8}",
    re.DOTALL,
)


_SPACES = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]{12,}")
_ORDINARY = "\u0250"
"""All letters before this one are in Typst's own fonts."""
_UNMARKED = re.compile("[\u200c\u200d\ufe00-\ufe0f]")
"""Joiners and variation selectors say how the sign beside them looks: they are never missing by themselves."""
_COVERED = set("’‘“”«»–—…€☐☑·•−×→←\u200b\u202f")
_PROBE = """#set document(title: "signs")
#set text(font: fonts)
#for sign in sheet [#sign #linebreak()]
"""


class Job(NamedTuple):
    """All that is needed to compile a document, in a form that can be sent to another process."""

    template: str
    values: str
    system_fonts: bool  # use the computer's fonts too
    tagged_strictly: bool


class FaultError(Exception):
    """Typst could not compile the document."""

    def __init__(self, message: str, diagnostic: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.diagnostic = diagnostic


@functools.lru_cache(maxsize=2)
def _fonts(system_fonts: bool) -> Fonts:
    import typst

    return typst.Fonts(include_system_fonts=system_fonts)


def typeset(job: Job) -> bytes:
    """Compile a job to PDF. Raises FaultError."""
    import typst

    families = "(" + "".join(f'"{name}", ' for name in _FONTS) + ")"
    prelude = (
        f"#let (sheet, recap) = json(bytes(sys.inputs.values)); #let fonts = {families}; #set document(date: none)"
    )
    nowhere = BUILT_IN / "no-packages"
    try:
        compiler = typst.Compiler(
            input=f"{prelude}\n{job.template}".encode(),
            root=BUILT_IN,
            font_paths=_fonts(job.system_fonts),
            sys_inputs={"values": job.values},
            package_path=nowhere,
            package_cache_path=nowhere,
        )
        document = compiler.compile(format="pdf", pdf_standards=["ua-1"] if job.tagged_strictly else [])
    except typst.TypstError as error:
        raise FaultError(str(error.message), str(error.diagnostic)) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # a Rust panic inside Typst, which is not an Exception
            raise FaultError(str(error)) from None
        raise
    if not isinstance(document, bytes):
        raise FaultError("no document")
    return document


class Typesetter:
    """Compiles versions of one document, remembering which fonts its characters need.

    Attributes:
        unseen: characters without a glyph in any font here; codes such as ⟨4E2D⟩ replace them.
    """

    def __init__(self, source: Source) -> None:
        require_pdf_extra()
        if source.path and (findings := safe_html.check_typst(source.text)):
            raise source.refused(findings)
        self.source = source
        self.system_fonts = False
        self.tagged_strictly = True
        self.unseen: set[str] = set()

    def check_signs(self, texts: str) -> None:
        """Find the characters without a glyph beforehand, in one quick test document."""
        odd = sorted({c for c in texts if c >= _ORDINARY and c not in _COVERED and not _UNMARKED.match(c)})
        for system_fonts in (False, True):
            self.system_fonts = system_fonts
            try:
                if odd:
                    typeset(Job(_PROBE, json.dumps({"sheet": odd, "recap": None}), system_fonts, tagged_strictly=True))
            except FaultError as fault:
                self.unseen = _missing(fault)
            else:
                self.unseen = set()
                return

    def set(self, values: View) -> bytes:
        """Compile these values to PDF. Raises InvalidFileError if the template fails."""
        while True:
            job = Job(self.source.text, json.dumps(self._shown(values)), self.system_fonts, self.tagged_strictly)
            try:
                return _typeset_apart(job, self.source) if self.source.path else typeset(job)
            except FaultError as fault:
                if not self._retry_differently(fault):
                    raise self._template_error(fault) from None

    def _retry_differently(self, fault: FaultError) -> bool:
        """Adapt fonts, codes or strictness to a fault; return whether another attempt may succeed."""
        if "PDF/UA" not in fault.diagnostic or not self.tagged_strictly:
            return False
        new = _missing(fault) - self.unseen
        if not new:
            self.tagged_strictly = False
        elif not self.system_fonts:
            self.system_fonts = True
        else:
            self.unseen |= new
        return True

    def _shown(self, value: Any) -> Any:  # noqa: ANN401 - plain data
        if isinstance(value, str):
            return with_break_points(_without(value, self.unseen))
        if isinstance(value, dict):
            return {key: self._shown(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self._shown(part) for part in value]
        return value

    def _template_error(self, fault: FaultError) -> UserError:
        position = _POSITION.search(fault.diagnostic)
        return InvalidFileError(
            _("this template could not be set as a page."),
            file=self.source.file,
            findings=(Finding(visible(fault.message), int(position[1]) - 1 if position else 0),),
        )


def _without(text: str, unseen: set[str]) -> str:
    """The text with codes for signs that no font has; what joined or varied such a sign goes with it."""
    if unseen.isdisjoint(text):
        return text
    out: list[str] = []
    for c in text:
        if c in unseen:
            out.append(f"⟨{ord(c):04X}⟩")
        elif not (_UNMARKED.fullmatch(c) and out and out[-1].startswith("⟨")):
            out.append(c)
    return "".join(out)


def _missing(fault: FaultError) -> set[str]:
    found = {c for text in _UNSEEN.findall(fault.diagnostic) for c in _unescaped(text)}
    # what stands beside such a sign in one cluster may well be an ordinary letter
    return {c for c in found if c >= _ORDINARY and not _UNMARKED.fullmatch(c)}


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)


def with_break_points(text: str) -> str:
    """Insert zero-width spaces into very long words and runs of spaces, so that nothing runs off the page."""
    text = _SPACES.sub(lambda m: "\u200b".join(m[0][at : at + 8] for at in range(0, len(m[0]), 8)), text)
    return _LONG.sub(lambda m: "\u200b".join(_WORD_PART.findall(m[0])), text)


def require_pdf_extra() -> None:
    """Raise InputError if the extra `[pdf]` is not installed."""
    try:
        import pypdfium2
        import typst
    except ImportError as error:
        raise InputError(
            _("PDF needs the extra “pdf”: install entraide-tui[pdf], or export as HTML and print that from a browser.")
        ) from error
    del pypdfium2, typst


def _typeset_apart(job: Job, source: Source) -> bytes:
    """Do what `typeset` does, in a process with limits on time and memory.

    Raises:
        FaultError: as `typeset`, or the process can't be started.
        InvalidFileError: the template exceeded a limit.
    """
    import subprocess

    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(
            command, input=json.dumps(job).encode(), capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        done = None
    except OSError as error:
        raise FaultError(error.strerror or str(error)) from error
    if done is not None and done.returncode == 0 and done.stdout[:5] == b"%PDF-" and len(done.stdout) <= LARGEST:
        return done.stdout
    if done is not None and done.returncode == 3:
        message, diagnostic = json.loads(done.stdout)
        raise FaultError(message, diagnostic)
    raise InvalidFileError(_("this template takes too long, or too much memory: it was stopped."), file=source.path)


def _main() -> int:
    """Run the separate process: read a job from standard input, write a PDF or a fault to standard output."""
    job = Job(*json.loads(sys.stdin.buffer.read()))
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):  # without such limits, the timeout still applies
        pass
    try:
        sys.stdout.buffer.write(typeset(job))
    except FaultError as fault:
        sys.stdout.buffer.write(json.dumps([fault.message, fault.diagnostic]).encode())
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(_main())
