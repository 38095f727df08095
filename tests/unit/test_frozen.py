"""Frozen dataclasses of our own making are what the library would have made."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

from printedition import frozen


@frozen.dataclass(frozen=True, slots=True)
class Ours:
    """A class with every kind of field that the program has."""

    kind: ClassVar[str] = "ours"
    name: str
    count: int = 3
    found: dict[str, int] = dataclasses.field(default_factory=dict)
    span: int | None = dataclasses.field(default=None, compare=False, repr=False)

    @property
    def double(self) -> int:
        """A property beside the fields."""
        return 2 * self.count


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same, made by the library."""

    kind: ClassVar[str] = "theirs"
    name: str
    count: int = 3
    found: dict[str, int] = dataclasses.field(default_factory=dict)
    span: int | None = dataclasses.field(default=None, compare=False, repr=False)

    @property
    def double(self) -> int:
        """A property beside the fields."""
        return 2 * self.count


@frozen.dataclass(frozen=True, slots=True)
class Derived(Ours):
    """A class that inherits fields, and compares as it likes."""

    more: tuple[int, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Derived) and self.more == other.more

    __hash__ = None  # type: ignore[assignment]


@frozen.dataclass(frozen=True, slots=True)
class Empty:
    """A class without fields."""


BOTH = pytest.mark.parametrize("made", [Ours, Theirs])


@BOTH
def test_values_and_defaults(made: Callable[..., Any]) -> None:
    one, two = made("a"), made("a", 4, span=7)
    assert (one.name, one.count, one.found, one.span, one.double) == ("a", 3, {}, None, 6)
    assert (two.count, two.span) == (4, 7)
    assert one.found is not made("b").found
    with pytest.raises(TypeError):
        made()
    with pytest.raises(TypeError):
        made("a", unknown=1)


@BOTH
def test_comparing(made: Callable[..., Any]) -> None:
    assert made("a", span=1) == made("a", span=2)
    assert made("a") != made("b")
    assert made("a") != "a"
    assert hash(dataclasses.replace(made("a"), found=())) == hash(made("a", 3, ()))
    with pytest.raises(TypeError):
        hash(made("a"))  # as a tuple with a dict in it


@BOTH
def test_nothing_changes(made: Callable[..., Any]) -> None:
    one = made("a")
    for change in (lambda: setattr(one, "name", "b"), lambda: delattr(one, "name")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    with pytest.raises((AttributeError, TypeError)):
        one.unknown = 1
    assert not hasattr(one, "__dict__")


@BOTH
def test_copies(made: Callable[..., Any]) -> None:
    one = made("a", 4, {"b": 1}, span=7)
    for other in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one), copy.copy(one)):
        assert other == one
        assert other.span == 7
    assert dataclasses.replace(one, count=5).count == 5
    assert dataclasses.asdict(one) == {"name": "a", "count": 4, "found": {"b": 1}, "span": 7}


def test_words_for_people() -> None:
    assert repr(Ours("a")) == "Ours(name='a', count=3, found={})"
    assert repr(Theirs("a")) == "Theirs(name='a', count=3, found={})"
    match Ours("a", 4):
        case Ours(name, count):
            assert (name, count) == ("a", 4)


def test_a_class_may_inherit_and_have_methods_of_its_own() -> None:
    one = Derived("a", more=(1,))
    assert one == Derived("b", more=(1,))
    assert one.double == 6
    with pytest.raises(TypeError):
        hash(one)


def test_a_class_without_fields() -> None:
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert repr(Empty()) == "Empty()"


def test_other_wishes_are_left_to_the_library() -> None:
    @frozen.dataclass(slots=True)
    class Open:
        count: int = 0

    one = Open()
    one.count = 1
    assert one == Open(1)


@frozen.dataclass(frozen=True, slots=True, order=True)
class Placed:
    """A class whose objects stand in an order."""

    source: str
    start: int
    note: str = dataclasses.field(default="", compare=False)


def test_objects_stand_in_the_order_of_their_fields() -> None:
    first, second, third = Placed("a", 2), Placed("a", 10, "x"), Placed("b", 1)
    assert sorted([third, second, first]) == [first, second, third]
    assert first < second <= Placed("a", 10, "y") and third > second >= first
    with pytest.raises(TypeError):
        assert first < ("a", 3)
    assert pickle.loads(pickle.dumps(third)) == third
