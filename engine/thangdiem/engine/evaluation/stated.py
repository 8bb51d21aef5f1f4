"""A value and the points the file states in; whether it lies outside them, and how their ends are shown, out."""

from __future__ import annotations

from fractions import Fraction

from thangdiem.dsl import rulebook as rb


def outside(value: Fraction, points: rb.Points) -> bool:
    """Whether a value lies outside the points the file states."""
    return (points.low is not None and value < points.low) or (points.high is not None and value > points.high)


def end(bound: Fraction | None) -> object:
    """An end of a range of points as it is shown."""
    return "…" if bound is None else bound
