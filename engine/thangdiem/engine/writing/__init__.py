"""Results in, the forms other programs read out: JSON, JSON Lines, CSV, traces."""

from thangdiem.engine.writing.lines import to_csv, to_jsonl
from thangdiem.engine.writing.results import result_json
from thangdiem.engine.writing.traces import trace_json

__all__ = ["result_json", "to_csv", "to_jsonl", "trace_json"]
