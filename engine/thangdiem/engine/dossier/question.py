"""What was asked (which rules, which period, which data) in; the same for a manifest, and back, out."""

from __future__ import annotations

from attrs import frozen

from thangdiem.engine.result import Mode
from thangdiem.engine.writing.plain import Json


@frozen
class Question:
    """The options of a scoring: the scale's id, the year assessed, the day of the rules in ISO form, the sheet of a
    workbook; None where nothing was said."""

    scale: str | None = None
    period: int | None = None
    day: str | None = None
    mode: Mode = Mode.FINAL
    sheet: str | None = None

    def to_json(self) -> dict[str, Json]:
        """As the manifest has it."""
        return {
            "scale": self.scale,
            "period": self.period,
            "on": self.day,
            "mode": self.mode.value,
            "sheet": self.sheet,
        }
