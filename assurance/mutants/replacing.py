"""The code of a module and of its mutant in; every living function that was compiled from the one given the other's."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from types import CodeType, FunctionType

from attrs import frozen

from assurance.mutants.mutant import ROOT


@frozen(init=False)
class Functions:
    """Every function that is alive, by its code: decorated and remembered ones, methods and closures too."""

    by_code: dict[CodeType, list[FunctionType]]

    def __init__(self) -> None:
        gc.unfreeze()
        found: dict[CodeType, list[FunctionType]] = {}
        for each in gc.get_objects():
            if isinstance(each, FunctionType) and each.__code__.co_filename.startswith(str(ROOT)):
                found.setdefault(each.__code__, []).append(each)
        gc.freeze()
        self.__attrs_init__(found)

    def replace(self, before: CodeType, after: CodeType) -> bool:
        """Whether functions stand where two versions of a module differ, and now have the code of the later."""
        replaced = 0
        for old, instead in _differing(before, after):
            for function in self.by_code.get(old, ()):
                if function.__code__.co_freevars != instead.co_freevars:
                    return False
                function.__code__ = instead
                replaced += 1
        return replaced > 0


def code(file: str, text: str) -> CodeType:
    """The code of a module as Python itself compiles it."""
    return compile(text, str(ROOT / file), "exec", dont_inherit=True)


def _differing(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Code that differs, with what stands in its place: what is around it, then what is in it."""
    others = {_place(each): each for each in _inside(after)}
    for each in _inside(before):
        other = others.get(_place(each))
        if other is not None and other != each:
            yield each, other
            yield from _differing(each, other)


def _inside(code: CodeType) -> Iterator[CodeType]:
    return (each for each in code.co_consts if isinstance(each, CodeType))


def _place(code: CodeType) -> tuple[str, int, object]:
    return code.co_qualname, code.co_firstlineno, next(iter(code.co_positions()), None)
