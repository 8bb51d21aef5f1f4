"""Tables, mappings and examples in, the facts of each unit and what is wrong with them out."""

from thangdiem.engine.binding.examples import facts_from_example
from thangdiem.engine.binding.mapping import facts_from_mapping
from thangdiem.engine.binding.rows import bind

__all__ = ["bind", "facts_from_example", "facts_from_mapping"]
