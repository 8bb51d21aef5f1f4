"""Coverage in; the text of the rules with what is reached and what is not in its margin, out: as text and as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from thangdiem.app.columns import on_one_line, visible
from thangdiem.app.invocation import Invocation
from thangdiem.app.testing.covered import Covered, Part
from thangdiem.engine.coverage import Coverage, Reached

_POLICY = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td{padding:0 .5rem;vertical-align:top}"
    "td.n{text-align:right;color:#666}td.m{white-space:nowrap}pre{margin:0;font:inherit;white-space:pre-wrap}"
    ".all{border-left:.4rem solid #2a7}.some{border-left:.4rem solid #d90}.none{border-left:.4rem solid #c33}"
    ".rest{border-left:.4rem solid transparent}td.w{color:#a22}"
)


def margin_text(found: Covered, run: Invocation) -> str:
    """The rules line by line, then what is missing in words, then the totals."""
    lines: list[str] = []
    for heading, one in found.texts:
        lines.append(on_one_line(heading))
        by_line = one.by_line()
        for number, text in enumerate(one.book.source.text.rstrip("\n").split("\n"), 1):
            lines.append(f"{_mark(by_line.get(number, ())):>7} │{number:>5}  {visible(text)}".rstrip())
        lines.extend(f"  {run.words('line', line=each.line)}: {missing_words(each, one, run)}" for each in one.missing)
        lines.extend(f"  {line}" for line in _totals(one, run))
    lines.extend(_parts(found, run))
    lines.append(_summary(found, run))
    return "\n".join((*lines, ""))


def margin_html(found: Covered, run: Invocation) -> str:
    """One page that needs nothing beside it."""
    title = escape(run.words("coverage-title"))
    body = [f"<h1>{title}</h1>", f"<p>{escape(_summary(found, run))}</p>"]
    body.extend(f"<p>{escape(line)}</p>" for line in _parts(found, run))
    for heading, one in found.texts:
        body.append(f"<h2>{escape(heading)}</h2>")
        body.extend(f"<p>{escape(line)}</p>" for line in _totals(one, run))
        body.append(f"<table>{''.join(_rows(one, run))}</table>")
    head = f'<meta charset="utf-8">{_POLICY}<title>{title}</title><style>{_STYLE}</style>'
    return (
        f'<!DOCTYPE html>\n<html lang="{run.language}"><head>{head}</head><body>\n'
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _rows(one: Coverage, run: Invocation) -> Iterator[str]:
    by_line = one.by_line()
    for number, text in enumerate(one.book.source.text.rstrip("\n").split("\n"), 1):
        found = by_line.get(number, ())
        said = "; ".join(missing_words(each, one, run) for each in found if not each.times)
        yield (
            f'<tr class="{_class(found)}"><td class="m">{escape(_mark(found))}</td><td class="n">{number}</td>'
            f'<td><pre>{escape(visible(text))}</pre></td><td class="w">{escape(said)}</td></tr>\n'
        )


def _class(found: Sequence[Reached]) -> str:
    done = sum(each.times > 0 for each in found)
    return "rest" if not found else "all" if done == len(found) else "some" if done else "none"


def _mark(found: Sequence[Reached]) -> str:
    done = sum(each.times > 0 for each in found)
    if not found:
        return ""
    if done == len(found):
        return f"✓ {min(each.times for each in found)}"
    return f"✗ {done}/{len(found)}" if done else "✗"


def missing_words(each: Reached, one: Coverage, run: Invocation) -> str:
    """What no example does, with the words of the rule."""
    target = each.target
    text = one.book.source.text[target.start : target.end].split("\n")[0]
    return run.words(f"aim-{target.aim.value}", text=visible(text))


def _totals(one: Coverage, run: Invocation) -> Iterator[str]:
    for scale, (done, every) in one.by_scale().items():
        yield run.words("coverage-scale", scale=scale, done=done, every=every, percent=_percent(done, every))


def _parts(found: Covered, run: Invocation) -> Iterator[str]:
    for key, parts in (("coverage-version", found.versions), ("coverage-clause", found.clauses)):
        yield from (run.words(key, mark=_part_mark(each), name=each.name) for each in parts)


def _part_mark(part: Part) -> str:
    return f"✓ {part.times}" if part.times else "✗"


def _summary(found: Covered, run: Invocation) -> str:
    done, every = found.reached, found.every
    return run.words("coverage-summary", done=done, every=every, percent=_percent(done, every))


def _percent(done: int, every: int) -> str:
    """Rounded down: 100 only where nothing is missing."""
    return str(done * 100 // every if every else 100)
