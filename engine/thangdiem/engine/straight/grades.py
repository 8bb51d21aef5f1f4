"""The code of a grade: bands from the best, then what raises, caps, excludes and decides, then quotas."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from thangdiem.dsl import rulebook as rb
from thangdiem.dsl.rounding import round_to
from thangdiem.engine.straight import pairs
from thangdiem.engine.straight.expressions import Subject, Writer
from thangdiem.engine.straight.pairs import Pair
from thangdiem.engine.straight.program import Unsupported


def write_grade(grading: rb.Grading, total: Pair, maximum: Fraction | None, writer: Writer) -> str:
    """The name of the grade's index among ``grading.grades``; whatever has no grade is left."""
    grades, basis = grading.grades, _basis(grading, total, maximum, writer)
    grade = writer.program.fresh()
    tried = [(_band(band, basis, writer), grades.index(band.grade)) for band in grading.bands if not band.by_rule]
    if not tried:
        raise Unsupported
    for place, (test, index) in enumerate(tried):
        writer.program.write(f"{'elif' if place else 'if'} {test}: {grade}={index}")
    writer.program.write("else: raise Leave")
    _rules(grading, grade, writer)
    _quotas(grading, grade, writer)
    return grade


def _basis(grading: rb.Grading, total: Pair, maximum: Fraction | None, writer: Writer) -> Subject:
    match grading.basis:
        case rb.GradeBasis.TOTAL:
            return total
        case rb.GradeBasis.SHARE:
            if not maximum:
                raise Unsupported
            return writer.kept(pairs.multiply(total, pairs.fixed(1 / maximum)))
        case rb.GradeBasis.EXPRESSION:
            assert grading.expression is not None
            return writer.subject(grading.expression)
        case _:
            assert_never(grading.basis)


def _band(band: rb.Band, basis: Subject, writer: Writer) -> str:
    if band.rest:
        return "True"
    tests = [writer.in_range(basis, band.within)] if band.within is not None else []
    tests += [writer.holds(when) for when in band.conditions]
    return " and ".join(tests) or "True"


def _rules(grading: rb.Grading, grade: str, writer: Writer) -> None:
    program, grades = writer.program, grading.grades
    forced = ""
    for rule in grading.ordered_rules:
        named, test = grades.index(rule.grade), writer.holds(rule.when)
        match rule.form:
            case rb.GradeRuleForm.RAISE:
                program.write(f"if {grade}>{named} and {test}: {grade}={named}")
            case rb.GradeRuleForm.CAP:
                program.write(f"if {grade}<{named} and {test}: {grade}={named}")
            case rb.GradeRuleForm.EXCLUDE:
                below = grades.index(grading.after(rule, rule.grade))
                program.write(f"if {grade}=={named} and {test}: {grade}={below}")
            case rb.GradeRuleForm.FORCE:
                forced = forced or program.keep("-1")
                with program.inside(f"if {test}:"):
                    program.write(f"if {forced}>=0 and {forced}!={named}: raise Leave")
                    program.write(f"{forced}={grade}={named}")
            case _:
                assert_never(rule.form)


def _quotas(grading: rb.Grading, grade: str, writer: Writer) -> None:
    """A unit by itself is its whole cohort."""
    for quota in grading.quotas:
        held, following = grading.grades.index(quota.grade), grading.grades.index(quota.otherwise)
        alone = int(round_to(quota.share, quota.rounding))
        counted = not quota.among or held <= grading.grades.index(quota.among)
        if not counted or alone < 1:
            writer.program.write(f"if {grade}=={held}: {grade}={following}")
