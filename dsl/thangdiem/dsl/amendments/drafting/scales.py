"""A scale as it is and as it should be in, the orders that lead from one to the other out."""

from __future__ import annotations

from collections.abc import Mapping

from thangdiem.dsl.amendments.drafting.settling import Settling
from thangdiem.dsl.amendments.outline import Outline
from thangdiem.dsl.comparison.matching import bonus_keys, item_codes
from thangdiem.dsl.rulebook import Scale


def settle_scale(settling: Settling, old: Scale, new: Scale) -> None:
    """Orders every change of a scale; items keep who they are where they only moved."""
    beginning = settling.trial.stand()
    same = {item.code: item.code for item in old.walk() if any(each.code == item.code for each in new.walk())}
    found = _kept(item_codes(old, new), old, new)
    if found == same or not _with_codes(settling, old, new, found):
        settling.trial.back(beginning)
        _with_codes(settling, old, new, same)


def _kept(codes: Mapping[str, str], old: Scale, new: Scale) -> dict[str, str]:
    """Without items whose parent goes, or comes only now: those go, or come, with it."""
    parents_old = {item.code: item.parent for item in old.walk()}
    parents_new = {item.code: item.parent for item in new.walk()}
    kept: dict[str, str] = {}
    for before, after in codes.items():
        stays = not parents_old[before] or parents_old[before] in kept
        there = not parents_new[after] or parents_new[after] in codes.values()
        if stays and there:
            kept[before] = after
    return kept


def _with_codes(settling: Settling, old: Scale, new: Scale, codes: Mapping[str, str]) -> bool:
    """First goes what is no more, then items are renumbered and moved, then the rest is settled."""
    scale = new.id
    trial = settling.trial
    keys = bonus_keys(old, new)
    gone = [item.code for item in old.walk() if item.code not in codes]
    gone += [key for key in _bonuses(trial.outline, scale) if keys.get(key) != key]
    for code in gone:
        if (scale, code) in trial.outline.heads:
            head = trial.outline.passages[trial.outline.heads[scale, code]]
            trial.attempt(settling.sentences.repeal(settling.sentences.node(head, scale)))
    return _renumbered(settling, old, new, codes) and settling.settle(scale, "")


def _bonuses(text: Outline, scale: str) -> list[str]:
    return [code for known, code in text.heads if known == scale and code[0] in "+-"]


def _renumbered(settling: Settling, old: Scale, new: Scale, codes: Mapping[str, str]) -> bool:
    """Other numbers and other parents; those below follow their parent."""
    parents_old = {item.code: item.parent for item in old.walk()}
    parents_new = {item.code: item.parent for item in new.walk()}
    renamed: list[tuple[str, str]] = []
    moved: list[tuple[str, str]] = []
    now: dict[str, str] = {}
    for before, after in codes.items():
        parent = parents_old[before]
        followed = f"{codes[parent]}{before[len(parent) :]}" if parent and before.startswith(f"{parent}.") else before
        stays = codes.get(parent, "") == parents_new[after]
        now[before] = after if stays else followed
        if not stays:
            moved.append((followed, after))
        elif followed != after:
            renamed.append((before, after))
    trial, sentences = settling.trial, settling.sentences
    if renamed:
        trial.attempt(sentences.renumber(renamed, new.id))
    return all(_moved(settling, new.id, code, after, parents_new[after]) for code, after in moved)


def _moved(settling: Settling, scale: str, code: str, after: str, parent: str) -> bool:
    """An item goes under another parent, where both are there."""
    outline = settling.trial.outline
    item = outline.heads.get((scale, code))
    target = outline.heads.get((scale, parent)) if parent else outline.scales[scale]
    return (
        item is not None
        and target is not None
        and settling.trial.attempt(
            settling.sentences.move(outline.passages[item], scale, outline.passages[target], after)
        )
    )
