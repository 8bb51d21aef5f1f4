"""The rules of a scale in; hypothesis strategies for the data of its units, for programs that test themselves, out.

The only part of the engine that needs hypothesis: ``pip install 'thangdiem[test]'``.
"""

try:
    import hypothesis as _hypothesis
except ImportError as missing:
    raise ImportError(
        "thangdiem.engine.strategies needs hypothesis: pip install 'thangdiem[test]'", name="hypothesis"
    ) from missing

from thangdiem.engine.strategies.faults import faulty_data
from thangdiem.engine.strategies.lists import unit_lists
from thangdiem.engine.strategies.units import unit_data

__all__ = ["faulty_data", "unit_data", "unit_lists"]

del _hypothesis
