"""Build the record that leaves, line by line, with names replaced and lines left out."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from entraide_tui.archive import action_numbers
from entraide_tui.archive import model as m
from entraide_tui.archive.record_schema import FIELDS
from entraide_tui.common.i18n import _, using_language
from entraide_tui.privacy import pseudonyms
from entraide_tui.privacy.name_finder import Finder, searchable
from entraide_tui.privacy.possible_names import possible_names
from entraide_tui.privacy.pseudonyms import Piece, Replacements, as_text
from entraide_tui.privacy.share_choice import NameDoubt, Prepared, SharedLine, line_key, texts

if TYPE_CHECKING:
    import datetime
    import random
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from entraide_tui.archive.field_spec import FieldSpec
    from entraide_tui.privacy.pseudonyms import KnownName
    from entraide_tui.privacy.share_choice import Choice

_S = TypeVar("_S", m.Topic, m.Question, m.Said, m.Contribution)


@dataclass(slots=True)
class Redaction:
    """Redacts one record, collecting its lines for review."""

    record: m.Record
    choice: Choice
    known: tuple[KnownName, ...]
    replacements: Replacements
    lines: list[SharedLine] = field(default_factory=list)

    def prepared(self, drawn: Mapping[str, str], suffix: str) -> Prepared:
        """Redact the record.

        Args:
            drawn: the pseudonyms by name.
            suffix: ends the id of the new record.
        """
        record = self._record(suffix)
        names = self.replacements.finder.names
        finder = self.replacements.finder
        doubts = [
            NameDoubt(line.label, word)
            for line in self.lines
            if line.leaves
            for word in self.replacements.doubts(line.before)
        ]
        marked = Finder.of([*names, *self.choice.no_names])
        perhaps = possible_names((line.before for line in self.lines), marked, self.replacements.language)
        doubts += [NameDoubt(self._label_of(word), word) for word in perhaps.small]
        return Prepared(
            lines=tuple(self.lines),
            record=record,
            drawn=tuple((known, drawn[known.name]) for known in self.known if known.name in drawn),
            names=finder.names,
            doubts=tuple(doubts),
            candidates=perhaps.capital,
            unsearched=tuple(
                known.name for known in self.known if known.kind == "person" and not searchable(known.name)
            ),
        )

    def _label_of(self, word: str) -> str:
        """The label of the first line that contains a word."""
        return next((line.label for line in self.lines if word in line.before), "")

    # -- one line, one text

    def _line(
        self, place: str, label: str, before: str, after: tuple[Piece, ...], *, leaves: bool | None = None
    ) -> bool:
        """Collect a line and return whether it leaves; `leaves` overrides the choice."""
        own = line_key("".join(c for c in place if not c.isdigit()), before)
        fresh = leaves is None and self.choice.seen is not None and own not in self.choice.seen
        fixed = leaves is not None
        leaves = (not fresh and own not in self.choice.out) if leaves is None else leaves
        self.lines.append(SharedLine(place, label, before, after, leaves, own, fresh, fixed))
        return leaves

    def _text(self, place: str, label: str, text: str, by: tuple[str, ...] = ()) -> str:
        """The lines of a text that leave, redacted. In the review, its authors `by` follow the last line."""
        left: list[str] = []
        rows = _rows(self.replacements.pieces(text)) if text else []
        for number, after in enumerate(rows):
            before, shown = _as_it_was(after), after
            if number == len(rows) - 1 and by:
                before, shown = f"{before} ({', '.join(by)})", (*after, Piece(" ("), *self._names(by), Piece(")"))
            if not before.strip() or self._line(place, label, before, shown):
                left.append(as_text(after))
        return "\n".join(left).strip("\n")

    def _names(self, by: tuple[str, ...]) -> Iterator[Piece]:
        for number, name in enumerate(by):
            if number:
                yield Piece(", ")
            yield self._stands(name)

    def _stands(self, name: str) -> Piece:
        stands = self.replacements.name(name)
        return Piece(stands, name if stands != name else "")

    def _name(self, place: str, label: str, name: str) -> str:
        if not name:
            return ""
        stands = self._stands(name)
        return stands.text if self._line(place, label, name, (stands,)) else ""

    def _authors(self, *by: str) -> tuple[str, ...]:
        return tuple(name for name in by if name) if self.choice.has("authors") else ()

    def _by(self, name: str) -> str:
        return self.replacements.name(name) if self._authors(name) else ""

    def _day(
        self, place: str, label: str, day: datetime.date | None, *, leaves: bool | None = None
    ) -> datetime.date | None:
        """The day if exact dates leave, else the first of its month; None if the line is left out."""
        if day is None:
            return None
        left = day if self.choice.keep_dates else day.replace(day=1)
        shown = day.isoformat() if self.choice.keep_dates else f"{day:%Y-%m}"
        piece = Piece(shown, "" if self.choice.keep_dates else day.isoformat())
        return left if self._line(place, label, day.isoformat(), (piece,), leaves=leaves) else None

    # -- fields that their description alone decides on

    def _left(self, section: str, row: object, place: str = "", label: str = "") -> dict[str, Any]:
        """The redacted fields of a table, by name, except those with a rule of their own.

        Args:
            section: the section described in FIELDS; empty for the record itself.
            place: the table's path in the file, such as `actions[1]`; empty for the record itself.
            label: the table's label in the review; empty if its fields are labelled alone.
        """
        out: dict[str, Any] = {}
        for name, spec in FIELDS[section].items():
            chosen = spec.within or (name if spec.shared and not section else "")
            if spec.leaves in ("", "own rule") or (chosen and not self.choice.has(chosen)):
                continue
            own = _(spec.shared or spec.label)
            full_label = _("{label}: {what}").format(label=label, what=own) if label else own
            out[name] = self._value(spec, f"{place}.{name}" if place else name, full_label, getattr(row, name))
        return out

    def _value(self, spec: FieldSpec, place: str, label: str, value: Any) -> Any:  # noqa: ANN401 - any field
        if isinstance(value, tuple):
            left = [self._value(spec, f"{place}[{n}]", label, part) for n, part in enumerate(value, 1)]
            return tuple(part for part in left if part)
        match spec.leaves:
            case "lines":
                return self._text(place, label, value)
            case "name":
                return self._name(place, label, value)
            case "day":
                return self._day(place, label, value)
            case _:
                return value

    # -- the record

    def _record(self, suffix: str) -> m.Record:
        record, has = self.record, self.choice.has
        title = self._text("title", _("Title"), record.title).strip() or self._untitled()
        self._day("date", _("Date"), record.date, leaves=True)
        date = record.date if self.choice.keep_dates else record.date.replace(day=1)
        plain = self._left("", record)
        themes = (
            [self._text(f"themes[{n}]", _("Theme"), t) for n, t in enumerate(record.themes, 1)] if has("themes") else []
        )
        kit = (
            m.KitUsed(**self._left("kit", record.kit)) if has("kit") and record.kit and self._kit(record.kit) else None
        )
        people = m.People(**self._left("people", record.people, "people")) if has("people") else m.People()
        request = m.Request(**self._left("request", record.request, "request")) if has("request") else m.Request()
        ideas, numbers = self._ideas() if has("ideas") else ((), {})
        return m.Record(
            id=f"{date:%Y-%m}-{suffix}",
            title=title,
            date=date,
            months_only=record.months_only or not self.choice.keep_dates,
            themes=tuple(theme for theme in themes if theme),
            kit=kit,
            people=people,
            request=request,
            ideas=ideas,
            actions=self._actions(numbers) if has("actions") else (),
            follow_up=self._follow_up() if has("follow_up") else m.FollowUp(),
            looked_at=self._looked_at() if has("looked_at") else (),
            topics=self._spoken("topics", _("Topic"), record.topics) if has("topics") else (),
            questions=self._spoken("questions", _("Question"), record.questions) if has("questions") else (),
            contributions=self._spoken("contributions", _("Contribution"), record.contributions)
            if has("contributions")
            else (),
            learnings=self._spoken("learnings", _("Learning"), record.learnings) if has("learnings") else (),
            feelings=self._feelings() if has("feelings") else (),
            **plain,
        )

    def _untitled(self) -> str:
        with using_language(self.record.language):
            return _("A workshop")

    def _kit(self, kit: m.KitUsed) -> bool:
        return self._line("kit", _("The kit"), kit.title or kit.id, (Piece(kit.title or kit.id),))

    def _ideas(self) -> tuple[tuple[m.Idea, ...], dict[int, int]]:
        """The ideas that leave, and their new numbers by old number."""
        out: list[m.Idea] = []
        numbers: dict[int, int] = {}
        for n, idea in enumerate(self.record.ideas, 1):
            label = _("Idea {number}").format(number=n)
            by = self._authors(*idea.by)
            if text := self._text(f"ideas[{n}].text", label, idea.text, by):
                out.append(m.Idea(text, tuple(self.replacements.name(name) for name in by)))
                numbers[n] = len(out)
        return tuple(out), numbers

    def _actions(self, numbers: dict[int, int]) -> tuple[m.PlannedAction, ...]:
        out: list[m.PlannedAction] = []
        kept = action_numbers.of(self.record.actions)
        for n, action in enumerate(self.record.actions, 1):
            label, place = _("Action {number}").format(number=n), f"actions[{n}]"
            what = self._text(f"{place}.what", label, action.what)
            left = self._left("actions", action, place, label)
            if what:
                number = action_numbers.to_write(kept[n - 1], len(out) + 1)
                out.append(m.PlannedAction(what, idea=numbers.get(action.idea, 0), number=number, **left))
        return tuple(out)

    def _follow_up(self) -> m.FollowUp:
        follow_up, label = self.record.follow_up, _("We look at it again")
        date = self._day("follow_up.date", label, follow_up.date)
        text = follow_up.said
        if text and not self.choice.keep_dates:  # free text: it may contain a day, an hour, a place
            self._line("follow_up.said", label, text, (Piece("", text),), leaves=False)
            text = ""
        return m.FollowUp(date, self._text("follow_up.said", label, text))

    def _looked_at(self) -> tuple[m.LookedAt, ...]:
        out: list[m.LookedAt] = []
        for n, action in enumerate(self.record.looked_at, 1):
            label = _("Earlier action {number}").format(number=n)
            what = self._text(f"looked_at[{n}].what", label, action.what)
            left = self._left("looked_at", action, f"looked_at[{n}]", label)
            if what:
                out.append(m.LookedAt("", what, **left))
        return tuple(out)

    def _spoken(self, section: str, label: str, every: tuple[_S, ...]) -> tuple[_S, ...]:
        out: list[_S] = []
        for n, item in enumerate(every, 1):
            place = f"{section}[{n}]"
            text = self._text(f"{place}.text", label, item.text, self._authors(item.by))
            left = self._left(section, item, place, label)
            if text:
                out.append(type(item)(text=text, by=self._by(item.by), **left))
        return tuple(out)

    def _feelings(self) -> tuple[m.Feeling, ...]:
        out: list[m.Feeling] = []
        label = _("Feeling")
        for n, item in enumerate(self.record.feelings, 1):
            place, by = f"feelings[{n}]", self._authors(item.by)
            shown = f"{item.score} {item.word}".strip() if item.score else item.word
            leaves = bool(shown) and bool(self._text(f"{place}.word", label, shown, by))
            answers: dict[str, str | int] = {}
            for name, answer in item.answers.items():
                text = self._text(f"{place}.answers", f"{label}: {name}", str(answer))
                if text:
                    answers[as_text(self.replacements.pieces(name))] = text if isinstance(answer, str) else answer
            if leaves or answers:
                word = as_text(self.replacements.pieces(item.word)) if leaves else ""
                out.append(m.Feeling(item.score if leaves else 0, word, self._by(item.by), answers))
        return tuple(out)


def _rows(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """Split pieces into lines; a name across a line end keeps its lines together."""
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        parts = [piece.text] if piece.was else piece.text.split("\n")
        rows[-1].append(Piece(parts[0], piece.was))
        rows += [[Piece(part)] for part in parts[1:]]
    return [tuple(piece for piece in row if piece.text or piece.was) for row in rows]


def _as_it_was(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.was or piece.text for piece in pieces)


def prepare(
    record: m.Record,
    choice: Choice,
    known: tuple[KnownName, ...],
    rng: random.Random,
    *,
    drawn: Mapping[str, str] | None = None,
) -> Prepared:
    """Redact one record as the choice says.

    Args:
        known: the names in it, from `pseudonyms.known_names`; the words that the choice marks are added here.
        rng: draws the pseudonyms and the new id.
        drawn: pseudonyms by name that were already drawn, for records that leave together.
    """
    every = pseudonyms.without(pseudonyms.with_marked(known, choice.marked), choice.no_names)
    suffix = "".join(rng.choice(string.ascii_lowercase + string.digits) for _n in range(6))
    if drawn is None:
        drawn = pseudonyms.draw(every, record.language, rng, texts(record))
    replacements = Replacements.of(every, drawn, record.language)
    return Redaction(record, choice, every, replacements).prepared(drawn, suffix)


def prepare_many(
    records: Iterable[m.Record],
    choices: Callable[[m.Record], Choice],
    members: Iterable[str],
    rng: random.Random,
    *,
    group: str = "",
) -> list[Prepared]:
    """Redact several records that leave together: each person gets one pseudonym in all of them.

    Args:
        group: the name of the group, to be replaced even if no record declares it.
    """
    records = list(records)
    own = {record.id: choices(record) for record in records}
    marked = [mark for choice in own.values() for mark in choice.marked]
    every = pseudonyms.known_names(records, members, marked, group)
    every = pseudonyms.without(every, [word for choice in own.values() for word in choice.no_names])
    language = records[0].language if records else ""
    drawn = pseudonyms.draw(every, language, rng, [text for record in records for text in texts(record)])
    return [prepare(record, own[record.id], every, rng, drawn=drawn) for record in records]
