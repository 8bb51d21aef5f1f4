"""Unit data files in (CSV, Excel, JSON), tables of cells that know where they stand out."""

from thangdiem.engine.tables.reading import read_table
from thangdiem.engine.tables.table import Cell, Form, Table, Value, cell_name

__all__ = ["Cell", "Form", "Table", "Value", "cell_name", "read_table"]
