"""The sandbox that templates are filled in by: what they may reach, and how much they may do.

A template comes with an edition, so it is not trusted. It reads what it is given and nothing
else; its loops, calls and values are counted, so that none runs on for ever or fills the memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from functools import wraps
from typing import Any, ClassVar

from jinja2 import BaseLoader, TemplateRuntimeError, Undefined, nodes, pass_context
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST_STEPS = 10_000_000  # turns of loops and calls while one page is filled in
MOST_OUTPUT = 1_000_000_000  # characters printed, those that a macro hands on counted again
LONGEST = 50_000_000  # characters of one value
MOST_ITEMS = 1_000_000  # of one list
CALL = 5  # steps: a call takes as long as five turns of a loop
MOST_BITS = 4096  # of a number
_TOO_LONG = f"it makes a value of more than {LONGEST:,} characters, or {MOST_ITEMS:,} items"
_WIDTH = re.compile(r"\d{6,}")  # the width of a field in a format that would be gigantic

UNSEEN = frozenset({"span"})  # of a node: for messages, and no reason to set a section again
MARK = re.compile("\ufdd0(\\d+)\ufdd1")

_WORDING = frozenset(
    [
        "soft_str",
        "escape",
        "do_upper",
        "do_lower",
        "do_title",
        "do_capitalize",
        "do_trim",
        "do_center",
        "do_indent",
        "do_format",
        "do_replace",
        "do_striptags",
        "do_truncate",
        "do_urlencode",
        "do_urlize",
        "do_wordcount",
        "do_wordwrap",
        "do_mark_safe",
    ]
)  # filters that make words of any value


class TooMuch(TemplateRuntimeError):
    """A template does more than any book needs."""


class Unknown(Undefined):
    """What a template uses and nobody gave it: told where it is used, and then as good as empty.

    So one run tells of all of them.
    """

    __slots__ = ()
    tell: ClassVar[Callable[[Undefined], None]]

    def _used(self, *_: Any, **__: Any) -> Any:
        type(self).tell(self)
        return self

    def _false(self, *_: Any) -> bool:
        self._used()
        return False

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._used()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _used
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _used
    __pow__ = __rpow__ = __pos__ = __neg__ = __call__ = __getitem__ = _used
    __lt__ = __le__ = __gt__ = __ge__ = _false  # type: ignore[assignment]
    __eq__ = __ne__ = __contains__ = __bool__ = _false
    __hash__ = Undefined.__hash__

    def __str__(self) -> str:
        self._used()
        return ""

    def __iter__(self) -> Iterator[Any]:
        self._used()
        return iter(())

    def __len__(self) -> int:
        return int(self._false())

    __int__ = __len__  # type: ignore[assignment]
    __index__ = __len__

    def __float__(self) -> float:  # type: ignore[override]
        return float(self._false())


class Sandbox(ImmutableSandboxedEnvironment):
    """Fills templates in; `tell` hears of every name that nobody gave.

    Where `marked`, a sign before each tag says which template wrote it: MARK, with the number of
    its place in `marks` (template, line).
    """

    intercepted_binops = frozenset(["+", "*", "**", "%"])

    def __init__(
        self, loader: BaseLoader, tell: Callable[[Undefined], None], *, marked: bool = False
    ) -> None:
        unknown = type("Unknown", (Unknown,), {"tell": staticmethod(tell), "__slots__": ()})
        super().__init__(loader=loader, autoescape=True, undefined=unknown, finalize=self._printed)
        self.marked = marked
        self.marks: list[tuple[str, int]] = []
        self._steps = self._output = 0
        self._safe: dict[tuple[type, str], bool] = {}
        self._fields: set[tuple[type, str]] = set()  # of records, which hold no method
        del self.globals["lipsum"]
        for name in ("pprint", "tojson", "xmlattr"):
            del self.filters[name]
        self.filters = {name: self._bounded(each) for name, each in self.filters.items()}
        self.filters["_counted"] = pass_context(lambda _, items: self._counted(items))
        self.filters["_worded"] = pass_context(lambda _, value: _worded(value))
        self.filters["_whole"] = pass_context(lambda _, text: _fitting(text))

    def fill_in(self, name: str, context: dict[str, Any]) -> str:
        """The template filled in. What goes wrong is raised as it is, its frames untouched."""
        self._steps = self._output = 0
        template = self.get_template(name)
        return self.concat(template.root_render_func(template.new_context(context)))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a record at once, where its kind was found to be safe before."""
        kind = type(obj)
        if (kind, attribute) in self._fields:
            return getattr(obj, attribute)
        value = super().getattr(obj, attribute)
        if self._safe.get((kind, attribute)) and attribute in getattr(
            kind, "__dataclass_fields__", ()
        ):
            self._fields.add((kind, attribute))
        return value

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read it: Jinja2 judges by type and name, so it is asked once."""
        key = type(obj), attr
        safe = self._safe.get(key)
        if safe is None:
            safe = attr not in UNSEEN and super().is_safe_attribute(obj, attr, value)
            self._safe[key] = safe
        return safe

    # What is counted

    def _step(self, steps: int = 1) -> None:
        self._steps += steps
        if self._steps > MOST_STEPS:
            raise TooMuch(f"it has not come to an end after {MOST_STEPS:,} steps")

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self._step()
            yield item

    def _printed(self, value: Any) -> Any:
        value = _worded(value)
        if isinstance(value, str):
            self._output += len(value)
            if self._output > MOST_OUTPUT:
                raise TooMuch(f"it prints more than {MOST_OUTPUT:,} characters")
        return value

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """A call, counted; of a string's own methods none may make a gigantic one."""
        __self._step(CALL)
        if type(__obj) is Macro:  # it is safe, and most of what is called
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
            return __obj(__context.eval_ctx, *args, **kwargs)
        if isinstance(__obj, LoopContext) and args:
            args = (__self._counted(args[0]), *args[1:])
        owner = getattr(getattr(__obj, "__wrapped__", __obj), "__self__", None)
        if isinstance(owner, str | bytes):
            name = getattr(__obj, "__name__", "")
            args = _sized(name, owner, args, kwargs)
            return _fitting(super().call(__context, __obj, *args, **kwargs))
        return super().call(__context, __obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """A sum, product, power or format, unless its result would be gigantic."""
        _check_sum(operator, left, right)
        return super().call_binop(context, operator, left, right)

    def _bounded(self, each: Callable[..., Any]) -> Callable[..., Any]:
        first = 1 if hasattr(each, "jinja_pass_arg") else 0

        @wraps(each)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            if len(args) > first:
                lead, value, rest = args[:first], args[first], args[first + 1 :]
                if each.__name__ in ("do_join", "sync_do_join"):
                    value = _joinable(value, rest)
                if each.__name__ in _WORDING:
                    _worded(value)
                args = (*lead, value, *_sized(each.__name__, value, rest, kwargs))
            return _fitting(each(*args, **kwargs))

        return bounded

    # What is read

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = _through("_counted", loop.iter)
        self._bound_concatenations(tree)
        if self.marked:
            self._mark(tree, name or "")
        return tree.set_environment(self)  # type: ignore[return-value]

    def _bound_concatenations(self, tree: nodes.Node) -> None:
        """Each `a ~ b` is looked at: doubled again and again it would fill the memory."""
        for concatenation in tree.find_all(nodes.Concat):
            concatenation.nodes = [_through("_worded", one) for one in concatenation.nodes]
        for node in [tree, *tree.find_all(nodes.Node)]:
            for field, value in list(node.iter_fields()):
                if isinstance(value, nodes.Concat):
                    setattr(node, field, _through("_whole", value))
                elif isinstance(value, list):
                    value[:] = [
                        _through("_whole", one) if isinstance(one, nodes.Concat) else one
                        for one in value
                    ]

    def _mark(self, tree: nodes.Template, name: str) -> None:
        for data in tree.find_all(nodes.TemplateData):
            parts = re.split(r"(?=<(?![!?]))", data.data)
            line = data.lineno + parts[0].count("\n")
            marked = parts[0]
            for part in parts[1:]:
                marked += f"\ufdd0{len(self.marks)}\ufdd1{part}"
                self.marks.append((name, line))
                line += part.count("\n")
            data.data = marked


def _through(name: str, node: nodes.Node) -> nodes.Expr:
    assert isinstance(node, nodes.Expr)
    made = nodes.Filter(node, name, [], [], None, None)
    made.set_lineno(node.lineno)
    return made


_WHOLE: dict[type, bool] = {}  # by type, whether it is a list or record


def _worded(value: Any) -> Any:
    """The value, unless it is a list or record: printed, these would be words of the program."""
    known = _WHOLE.get(type(value))
    if known is None:
        whole = isinstance(value, list | tuple | dict | set | frozenset)
        known = _WHOLE[type(value)] = whole or is_dataclass(value)
    if known:
        kind = "record" if isinstance(value, dict) or is_dataclass(value) else "list"
        raise TemplateRuntimeError(f"it prints a whole {kind}, which is not words")
    return value


def _fitting(value: Any) -> Any:
    """The value, unless it is too long."""
    longest = LONGEST if isinstance(value, str | bytes) else MOST_ITEMS
    if isinstance(value, str | bytes | list | tuple) and len(value) > longest:
        raise TooMuch(_TOO_LONG)
    return value


def _length(value: Any) -> int:
    return max(len(value), 1) if isinstance(value, str | bytes | list | tuple) else 1


def _sized(name: str, value: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
    """The arguments, unless by their size what is made of the value would be gigantic."""
    if name == "join" and args:
        args = (_joinable(args[0], (value,)), *args[1:])
    for given in (*args, *kwargs.values()):
        times = given if isinstance(given, int) else 1
        if isinstance(given, str | bytes) and name in ("replace", "do_replace", "sync_do_replace"):
            times = len(given)
        if times * _length(value) > LONGEST:
            raise TooMuch(_TOO_LONG)
    if name in ("format", "format_map", "do_format"):
        for given in (*args, *kwargs.values()):
            _worded(given)
        if _WIDTH.search(str(value)):
            raise TooMuch("it makes a field of more than 99,999 characters")
    return args


def _joinable(items: Any, separators: tuple[Any, ...]) -> list[Any]:
    """The items of a join, unless together they are too long."""
    worded = [_worded(item) for item in items]
    between = max((_length(one) for one in separators), default=1)
    if sum(_length(item) for item in worded) + len(worded) * between > LONGEST:
        raise TooMuch(_TOO_LONG)
    return worded


def _check_sum(operator: str, left: Any, right: Any) -> None:
    """Raise TooMuch where the result of the operator would be gigantic."""
    if operator == "%" and isinstance(left, str | bytes):
        values = right if isinstance(right, tuple) else (right,)
        for value in values:
            _worded(value)
        _sized("format", left, values if "*" in str(left) else (), {})
    elif operator == "*":
        if isinstance(left, int) and isinstance(right, int):
            size = left.bit_length() + right.bit_length()
            if size > MOST_BITS:
                raise TooMuch("it reckons with a gigantic number")
            return
        for value, times in ((left, right), (right, left)):
            longest = LONGEST if isinstance(value, str | bytes) else MOST_ITEMS
            if isinstance(times, int) and _length(value) * times > longest:
                raise TooMuch(_TOO_LONG)
    elif operator == "**" and isinstance(left, int) and isinstance(right, int):
        if left.bit_length() * abs(right) > MOST_BITS:
            raise TooMuch("it reckons with a gigantic number")
    elif operator == "+" and _length(left) + _length(right) > LONGEST:
        raise TooMuch(_TOO_LONG)
