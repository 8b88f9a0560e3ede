"""The picture of the layers of the value chain: who stands in each, and what it is to the company, before and after."""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.measures.layers import Layer, layers
from holdbook.questions.answer import Answer
from holdbook.questions.standings import STANDINGS, Row, Standings
from holdbook.timeline.view import View

_MOST, _NAMED = 24, 3
Found = dict[tuple[str, str], tuple[str, ...]]


def put_layers(view: View, against: Sequence[View], answer: Answer) -> None:
    """Draw who stands in each layer on the day, beside the other days."""
    views = [*sorted(against, key=lambda one: (one.day, one.known_on)), view]
    found = [_standings(one) for one in views]
    keys = sorted({key for one in found for key in one}, key=lambda key: (key[0], view.book.name_of(key[1])))
    if not keys:
        return
    ranked = sorted(keys, key=lambda key: min(STANDINGS.index(word) for one in found for word in one.get(key, ("depended on",))))
    kept = [key for key in keys if key in ranked[:_MOST]]
    left = [view.book.name_of(node) for _, node in keys if (_, node) not in kept]
    answer.charts["layers"] = Standings(
        title=(_title(view, found),), axis="layers of the value chain, who stands in them, and what they are to the company",
        columns=tuple(_day(one, views) for one in views),
        rows=[Row(view.book.name_of(node), layer, tuple(one.get((layer, node), ()) for one in found)) for layer, node in kept],
        note=f"Not drawn, and only depended on: {', '.join(left[:_NAMED])}{f' and {len(left) - _NAMED} more' if len(left) > _NAMED else ''}." if left else "",
    )  # fmt: skip


def _day(view: View, views: Sequence[View]) -> str:
    """The day of a view, with its knowledge where another has the same day."""
    alike = [one for one in views if one.day == view.day]
    return f"{view.day}, known {view.known_on}" if len(alike) > 1 else view.day.isoformat()


def _standings(view: View) -> Found:
    """What each entity of each layer is to the company: one word, and whether it is depended on though it is not held."""
    found: Found = {}
    for layer in layers(view):
        for word, nodes in zip(STANDINGS, _by_standing(layer), strict=True):
            for node in nodes:
                found[layer.name, node] = (*found.get((layer.name, node), ()), word)
    return found


def _by_standing(layer: Layer) -> tuple[Sequence[str], ...]:
    return layer.held, layer.partner, layer.to_come, layer.former, list(layer.outside)


def _title(view: View, found: Sequence[Found]) -> str:
    """What changed from the first day to the last, else how many layers the company stands in."""
    first, last = found[0], found[-1]
    moved = [key for key in dict.fromkeys((*first, *last)) if first.get(key) != last.get(key)]
    if len(found) > 1 and moved:
        key = min(moved, key=lambda key: min(map(STANDINGS.index, first.get(key, (STANDINGS[-1],)))))
        rest = len(moved) - 1
        more = f"; {rest} other{'' if rest == 1 else 's'} changed too" if rest else ""
        return f"{view.book.name_of(key[1])}: {_words(first.get(key))} then, {_words(last.get(key))} now{more}"
    company = view.book.name_of(view.company)
    inside = {layer for (layer, _), words in last.items() if "held" in words}
    whole = {layer for layer, _ in last} | {layer for layer, _ in first}
    unchanged = " on both days" if len(found) == 2 else ""
    return f"{company} holds something in {len(inside)} of {len(whole)} layers{unchanged}"


def _words(standing: Sequence[str] | None) -> str:
    return " and ".join(standing) if standing else "nothing"
