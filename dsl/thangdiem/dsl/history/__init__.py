"""One node's life: the documents of a rule set in, every change of the node by every clause, early or late, out."""

from thangdiem.dsl.history.lives import Event, EventKind, Life, lives
from thangdiem.dsl.history.nodes import Node

__all__ = ["Event", "EventKind", "Life", "Node", "lives"]
