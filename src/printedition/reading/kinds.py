"""The kinds of value that a key of a record file may want, and the records that keys make."""

from __future__ import annotations

from typing import TypeAlias

from printedition.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A string; `choices` or `pattern` (said as `form`) narrow it, `markdown` has marks inside.

    With `or_true` a bare `true` may stand for words that are not known; where `bare`, a number
    is often written without quotes.
    """

    markdown: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""
    or_true: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """Words quoted from a text, without marks or escapes; never in double quotes."""

    or_true: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A statement that is made by `true` and otherwise left out."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `lone` where a single value may stand without a dash."""

    item: Kind
    lone: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: its name, the kind of its value, and what it says."""

    name: str
    shape: Kind
    doc: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A record; of the keys in `one_of` exactly one must stand, else `none_of` is reported.

    `further` keys are known too, and too many for a table.
    """

    name: str
    doc: str
    keys: tuple[Key, ...]
    one_of: tuple[str, ...] = ()
    none_of: str = "SRC005"
    further: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """A value that may be words, a list, or a record: one kind for each at most."""

    kinds: tuple[Kind, ...]


Kind: TypeAlias = Words | Literal | Flag | ListOf | Shape | Either

WORDS, LITERAL, FLAG, MARKDOWN = Words(), Literal(), Flag(), Words(markdown=True)
TITLE = Words(form="words, emphasis")
SIGLA = Words(form="sigla, apart by blanks")
NTH = Words(pattern=r"[1-9][0-9]* of [1-9][0-9]*", form="a place and a total, such as 2 of 3")
LENGTH = Words(
    pattern=r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:mm|cm|in|pt)",
    form="a length in mm, cm, in or pt, such as 18mm",
)
LANGUAGE = Words(  # RFC 5646 §2.1, as far as a form can say
    pattern=r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*",
    form="the code of a language, such as en, grc or en-GB",
)
COUNT = Words(pattern=r"[1-9][0-9]{0,3}", form="a number from 1 to 9999, such as 8")
COLUMNS = Words(choices=("1", "2", "3", "4"))  # more would be narrower than a word
DATE = Words(
    pattern=r"[0-9]{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|02-29|(?:0[13578]|1[02])-31)",
    form="a date as year-month-day, such as 2026-01-31",
)
