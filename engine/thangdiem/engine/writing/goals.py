"""A goal in, the JSON document ``thangdiem/goal/1`` out."""

from __future__ import annotations

from thangdiem.dsl.diagnostic import Language
from thangdiem.engine.facts import Fact
from thangdiem.engine.goal import DatumChange, Goal, Loss, Margin, Obstacle, PointsChange, Way
from thangdiem.engine.writing.plain import Json, number, plain
from thangdiem.engine.writing.results import unit_json

SCHEMA = "thangdiem/goal/1"


def goal_json(goal: Goal, language: Language = "vi") -> dict[str, Json]:
    """What was asked and what was found; each way with the whole result it was evaluated to."""
    document = goal.rules.book.document
    return {
        "schema": SCHEMA,
        "rules": {
            "document": document.number or document.title,
            "scale": goal.scale.id,
            "in_force": document.in_force.isoformat() if document.in_force else None,
            "sha256": goal.rules.book.source.digest,
        },
        "period": goal.period,
        "status": goal.status,
        "grade": goal.grade,
        "before": unit_json(goal.before, language),
        "ways": [_way(each, language) for each in goal.ways],
        "more": goal.more,
        "stopped": goal.stopped,
        "trials": goal.trials,
        "rough": list(goal.rough),
        "obstacles": [_obstacle(each, goal) for each in goal.obstacles],
        **number("best", goal.best),
        "kept": list(goal.kept),
        "divisors": list(goal.divisors),
        "margin": _margin(goal.margin) if goal.margin is not None else None,
    }


def _way(way: Way, language: Language) -> Json:
    return {
        "items": list(way.keys),
        **number("gain", way.gain),
        "data": [_change(each) for each in way.data],
        "points": [_points(each) for each in way.points],
        "after": unit_json(way.after, language),
    }


def _change(change: DatumChange) -> Json:
    column = f"[{change.name}]" if change.name else change.code
    return {
        "column": column,
        "layer": change.before.layer or None,
        "before": _fact(change.before),
        "after": _fact(change.after),
    }


def _fact(fact: Fact) -> Json:
    return {"state": fact.state.value, "value": plain(fact.value)}


def _points(change: PointsChange) -> Json:
    return {
        "code": change.code,
        "title": change.title,
        **number("before", change.before),
        **number("after", change.after),
        "meant": change.meant,
    }


def _obstacle(obstacle: Obstacle, goal: Goal) -> Json:
    text = goal.rules.book.source.text[obstacle.span.start : obstacle.span.end]
    return {
        "kind": obstacle.kind,
        "grade": obstacle.grade,
        **number("needed", obstacle.needed),
        **number("best", obstacle.best),
        "rule": text or None,
        "data": [{"column": f"[{name}]", "known": _fact(fact)} for name, fact in obstacle.data],
    }


def _margin(margin: Margin) -> Json:
    return {
        "grade": margin.grade,
        **number("total", margin.total),
        "edge_held": margin.edge_held,
        "losses": [_loss(each) for each in margin.losses],
        "safe": list(margin.safe),
        "stopped": margin.stopped,
    }


def _loss(loss: Loss) -> Json:
    return {
        "code": loss.code,
        **number("points", loss.points),
        **number("before", loss.before),
        "grade": loss.grade or None,
        "data": [_change(each) for each in loss.data],
    }
