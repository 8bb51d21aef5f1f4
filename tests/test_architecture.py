"""The house stands as described: imports run one way, no float on the way to a result, names say what things are."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from graphlib import TopologicalSorter
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("dsl", "engine", "app")
MODULES = [path for layer in LAYERS for path in sorted((ROOT / layer / "thangdiem" / layer).rglob("*.py"))]
NOTHING_NAMES = {"utils", "util", "common", "base", "core", "helpers", "helper", "misc", "manager", "handler"}
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def layer_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@cache
def syntax_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    """Every module named by an import, also those inside functions."""
    found = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return found | {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}


def test_there_are_three_layers_and_no_package_above_them() -> None:
    assert {layer_of(path) for path in MODULES} == set(LAYERS)
    assert not [layer for layer in LAYERS if (ROOT / layer / "thangdiem" / "__init__.py").exists()]


@each_module
def test_imports_run_one_way(path: Path) -> None:
    later = LAYERS[LAYERS.index(layer_of(path)) + 1 :]
    forbidden = {f"thangdiem.{layer}" for layer in later}
    names = imported(syntax_of(path))
    assert not [name for name in names if ".".join(name.split(".")[:2]) in forbidden]


NOT_ON_THE_WAY = {
    "dsl/thangdiem/dsl/encoding.py": "guesses how a file is encoded",
    "dsl/thangdiem/dsl/slips/keywords.py": "guesses what was meant",
    "engine/thangdiem/engine/tables/encoding.py": "guesses how a file is encoded",
    "engine/thangdiem/engine/tables/delimited.py": "guesses what separates columns",
    "engine/thangdiem/engine/tables/workbook.py": "a spreadsheet stores floats; each is read as the shortest decimal",
}


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if layer_of(path) != "app" and path.relative_to(ROOT).as_posix() not in NOT_ON_THE_WAY],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_float_lies_between_a_literal_and_a_result(path: Path) -> None:
    nodes = list(ast.walk(syntax_of(path)))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    assert not [name.lineno for name in called if isinstance(name, ast.Name) and name.id == "float"]
    assert not [node.lineno for node in nodes if isinstance(node, ast.Constant) and type(node.value) is float]


@each_module
def test_a_module_is_named_for_a_concept(path: Path) -> None:
    assert path.stem not in NOTHING_NAMES
    assert path.parent.name not in NOTHING_NAMES


@each_module
def test_a_module_says_what_goes_in_and_what_comes_out(path: Path) -> None:
    tree = syntax_of(path)
    assert not tree.body or ast.get_docstring(tree)


def test_the_page_on_the_house_names_every_module_at_the_top_of_a_package() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = {name.split("/")[0] for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    tops = [path for layer in LAYERS for path in (ROOT / layer / "thangdiem" / layer).iterdir()]
    modules = {path.stem for path in tops if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert sorted(modules - named - {"__init__", "__main__"}) == []


def asked_of(path: Path, modules: Mapping[str, Path]) -> set[str]:
    """The modules of ours that a module imports; ``from package import module`` asks for the module."""
    nodes = ast.walk(syntax_of(path))
    named = [
        (node.module or "", each.name) for node in nodes if isinstance(node, ast.ImportFrom) for each in node.names
    ]
    return {whole if (whole := f"{module}.{name}") in modules else module for module, name in named} & modules.keys()


def test_no_module_imports_itself_through_others() -> None:
    """But for ``bounds``: what an expression may come to and what a node may come to are one recursion."""
    modules = {}
    for path in MODULES:
        parts = path.relative_to(ROOT / layer_of(path)).with_suffix("").parts
        modules[".".join(parts).removesuffix(".__init__")] = path
    graph = {
        name: asked_of(path, modules) for name, path in modules.items() if not name.startswith("thangdiem.dsl.bounds.")
    }
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph)


def test_the_grammar_stays_small() -> None:
    grammar = files("thangdiem.dsl").joinpath("grammar.lark").read_text(encoding="utf-8")
    rules = [line for line in grammar.splitlines() if not line.startswith("%declare")]
    assert len(rules) <= 290
