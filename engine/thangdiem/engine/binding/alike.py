"""Two versions of a rulebook in, whether they make the same facts of the same table out."""

from __future__ import annotations

from attrs import evolve

from thangdiem.dsl import rulebook as rb
from thangdiem.engine.binding.columns import Column, Columns, DatumColumn, columns_of
from thangdiem.engine.binding.gathering import is_computable

Reading = tuple[object, ...]
"""All of a version that binding looks at."""


def reads_alike(one: rb.Rulebook, other: rb.Rulebook) -> bool:
    """Whether every cell means the same to both versions, and every unit has the same scale in both."""
    return one.dialect == other.dialect and list(map(reading_of, one.scales)) == list(map(reading_of, other.scales))


def reading_of(scale: rb.Scale) -> Reading:
    """What a scale makes of a table, to be compared with what another version makes of it."""
    known = columns_of(scale)
    data = {name: means(column) for name, column in known.data.items()}
    titles = {code: item.title for code, item in known.items.items()}
    about = (scale.id, scale.title, scale.audience, scale.layers, is_computable(scale))
    return (*about, data, known.scores, known.marks, known.decisions, known.titles, titles)


def means(column: DatumColumn) -> DatumColumn:
    """A column without what its cells do not depend on: who uses it, its unit, where it comes from."""
    return evolve(column, datum=evolve(column.datum, unit="", source="", evidence="", used_by=()))


def column_means(columns: Columns) -> dict[tuple[str, str], Column | None]:
    """The meaning of each column that facts are kept by: data by name, points by code, decisions by name."""
    return {
        **{("data", column.datum.name): means(column) for column in columns.data.values()},
        **{("scores", code): column for code, column in columns.scores.items()},
        **{("columns", column.name): column for column in columns.decisions.values()},
    }
