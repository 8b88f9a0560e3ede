"""What ties remain: who is held, on whom it depends still and how, who rivals it, which layers are held, and how concentrated is it?"""

from __future__ import annotations

from collections.abc import Sequence

from holdbook.measures.circles import Circle, circles, ownership_circles
from holdbook.measures.collateral import pledges
from holdbook.measures.dependency import Hop, Path, between, channel, paths, strength
from holdbook.measures.hats import hats
from holdbook.measures.layers import Layer, layer_of, layers
from holdbook.measures.ownership import ClosedCircleError, Right, direct_holding, rights
from holdbook.measures.ties import RIVALRY, Tie, counted, group, holdings, of_types, size
from holdbook.quantity.bounds import bounds
from holdbook.quantity.needs import needs
from holdbook.quantity.quantity import Quantity
from holdbook.questions.answer import Answer, Cell, Sentence, Table
from holdbook.questions.carried import put_carried
from holdbook.questions.links_layers import put_layers
from holdbook.questions.links_network import put_network, ranked_ends, said_part
from holdbook.questions.links_spread import put_spread
from holdbook.timeline.view import View

EXAMPLE = "holdbook ask links tiny"
_HOLDINGS = ("entity", "layer", "stands", "held directly", "through all layers", "votes", "controlled")
_PATHS = ("to", "through", "how", "is", "strength", "would be told by")
_LONGER = ("to", "direct ties", "paths by one other", "longer paths", "layer")
_RIVALS = ("who", "against", "is", "as")
_HATS = ("entity", "roles", "which")
_LAYERS = ("layer", "stands", "held", "in partnership", "to be held", "formerly held", "from outside")
_PLEDGED = ("asset", "borrower", "by", "amount", "is")
_AGAINST = ("entity", "held then", "held now", "paths then", "paths now", "gone", "new")
_SEVERAL = 2
_NAMED = 3
_MOST_CIRCLES = 30
_TIMES = ("now", "to come", "former")


def links(view: View, against: Sequence[View] = ()) -> Answer:
    """Holdings, dependencies, rivalries, circles, roles and layers on the day; `against` another day shows what changed between them."""
    answer = Answer(question="links", day=view.day.isoformat(), known_on=view.known_on.isoformat(), book=view.book.head.name)
    _holdings(view, answer)
    _paths(view, answer)
    _rivals(view, answer)
    _circles(view, answer)
    _hats(view, answer)
    _layers(view, answer)
    rows: list[tuple[Cell, ...]] = [
        (_name(view, one.asset), _name(view, one.borrower), one.by, one.amount, "to come" if one.to_come else "now")
        for one in pledges(view)
    ]
    _table(answer, "collateral", "Held, and collateral at once", _PLEDGED, rows)
    put_spread(view, answer)
    put_carried(view, answer)
    for other in against:
        _beside(view, other, answer)
    put_network(view, answer)
    put_layers(view, against, answer)
    answer.headline = _headline(view, answer)
    return answer


def _table(answer: Answer, name: str, title: str, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> None:
    if rows:
        answer.tables[name] = Table(title, columns, list(rows))


def _name(view: View, node: str) -> str:
    return view.book.name_of(node)


def _names(view: View, nodes: Sequence[str]) -> str:
    return ", ".join(_name(view, node) for node in nodes)


def _holdings(view: View, answer: Answer) -> None:
    """What is held, is to be held, or was held: directly, through all layers, and with which votes."""
    try:
        found = rights(view)
    except ClosedCircleError as error:
        found = {}
        answer.caveats.append(f"Rights through layers cannot be computed: {_names(view, error.members)} own all of each other.")
    rows = [_holding(view, node, found.get(node), answer) for node in group(view, _TIMES) if node != view.company]
    _table(answer, "holdings", "Held, to be held, formerly held", _HOLDINGS, rows)
    rows = [(", ".join(_name(view, node) for node in one),) for one in ownership_circles(view)]
    _table(answer, "ownership_circles", "Hold each other in a circle", ("entities",), rows)


def _holding(view: View, node: str, right: Right | None, answer: Answer) -> tuple[Cell, ...]:
    direct = direct_holding(view, node)
    answer.put(f"{node}.direct_holding", direct)
    if right is not None:
        answer.put(f"{node}.cash_flow", right.cash_flow)
        answer.put(f"{node}.votes", right.votes)
    return (
        _name(view, node), layer_of(view, node), _standing(view, node), said_part(direct), said_part(right.cash_flow if right else None),
        said_part(right.votes if right else None), right.controlled if right else "",
    )  # fmt: skip


def _standing(view: View, node: str) -> str:
    """Whether the company holds it now, itself or through others, is to hold it, or held it."""
    own, to_come = node in holdings(view), node in holdings(view, ("to come",))
    if own or node in group(view):
        words = ["now" if own else "through others", "more to come" if to_come else ""]
        return ", ".join(word for word in words if word)
    return "to come" if node in group(view, ("now", "to come")) else "former"


def _paths(view: View, answer: Answer) -> None:
    """Every path by at most one other, with its strength; of longer ones how many there are."""
    found = paths(view)
    rows: list[tuple[Cell, ...]] = []
    counts: list[tuple[Cell, ...]] = []
    for node in ranked_ends(view):
        near = [path for path in found[node] if path.is_near]
        rows += [_path(view, path, answer) for path in near]
        some = between(view, node)
        answer.put(f"{node}.indirect_paths", counted(view, f"{node}.indirect_paths", _ties(some), len(some), "path"))
        direct, longer = len(near) - len(some), len(found[node]) - len(near)
        counts.append((_name(view, node), direct or None, len(some) or None, longer or None, layer_of(view, node)))
    _table(answer, "paths", "Depends on, directly and by one other", _PATHS, rows)
    _table(answer, "reach", "Ways to each that it depends on", _LONGER, counts)
    if rows:
        answer.caveats.append(
            "A path's strength is the product of parts along it: what the company holds, and how much each depends on the next. "
            "It is no share in the end of the path, and paths do not add."
        )


def _ties(some: Sequence[Path]) -> list[Tie]:
    return [tie for path in some for hop in path.hops for tie in hop.ties]


def _path(view: View, path: Path, answer: Answer) -> tuple[Cell, ...]:
    force = strength(view, path)
    answer.put(path.name, force)
    for tie in _ties([path]):
        answer.put(f"tie.{tie.fact.id}", size(view, tie))
    how = ", ".join(_verb(hop) for hop in path.hops)
    through = _names(view, path.nodes[1:-1])
    when = "to come" if path.to_come else "now"
    return _name(view, path.nodes[-1]), through, how, when, said_part(force) or "unknown", "; ".join(needs(force))


def _verb(hop: Hop) -> str:
    """What the start of a step has to do with its end, in words."""
    if hop.holds:
        return "holds"
    return " and ".join(dict.fromkeys(way.verb for tie in hop.ties if (way := channel(tie, hop.start)) is not None))


def _rivals(view: View, answer: Answer) -> None:
    """Who rivals the company or something that it holds or is to hold."""
    within = set(group(view, ("now", "to come")))
    found = [tie for tie in of_types(view, RIVALRY, ("now", "to come")) if within & {tie.start, tie.end}]
    rows = [(_name(view, tie.start), _name(view, tie.end), "to come" if tie.when == "to come" else "now", tie.role) for tie in found]
    _table(answer, "rivals", "Rivals", _RIVALS, rows)
    for tie in found:
        answer.labels[f"rivalry.{tie.start}.{tie.end}"] = "prospective" if tie.when == "to come" else "now"


def _circles(view: View, answer: Answer) -> None:
    found = circles(view)
    if not found:
        return
    some = [tie for one in found for step in one.ties for tie in step]
    answer.put("ties.circles", counted(view, "ties.circles", some, len(found), "circle"))
    rows = [(_drawn(view, one),) for one in found[:_MOST_CIRCLES]]
    _table(answer, "circles", "Circles through it, of holdings and dependencies", ("circle",), rows)
    if len(found) > _MOST_CIRCLES:
        answer.caveats.append(f"{len(found) - _MOST_CIRCLES} more circles are not shown.")


def _drawn(view: View, circle: Circle) -> str:
    """A circle with the way its ties run: `A -> B <- C <- A`."""
    steps = [f"{_name(view, node)} {arrow}" for node, arrow in zip(circle.nodes, circle.arrows, strict=True)]
    return " ".join([*steps, _name(view, circle.nodes[0])])


def _hats(view: View, answer: Answer) -> None:
    rows: list[tuple[Cell, ...]] = []
    for node, some in hats(view).items():
        if len(some) >= _SEVERAL:
            told = "; ".join(hat.words for hat in some)
            answer.put(f"{node}.roles", counted(view, f"{node}.roles", [tie for hat in some for tie in hat.ties], len(some), "role"))
            answer.labels[f"{node}.roles"] = told
            rows.append((_name(view, node), len(some), told))
    _table(answer, "roles", "Several roles at once", _HATS, rows)


def _layers(view: View, answer: Answer) -> None:
    found = layers(view)
    _table(answer, "layers", "Layers of the chain", _LAYERS, [_layer(view, one) for one in found])
    answer.labels |= {f"layer.{one.name}": one.standing for one in found}


def _layer(view: View, one: Layer) -> tuple[Cell, ...]:
    outside = [f"{_name(view, node)} ({', '.join(_ways(some))})" for node, some in one.outside.items()]
    told = [_names(view, some) for some in (one.held, one.partner, one.to_come, one.former)]
    return one.name, one.standing, *told, ", ".join(outside)


def _ways(some: Sequence[Path]) -> list[str]:
    """What the last steps of some paths are, each once."""
    return list(dict.fromkeys(_verb(path.hops[-1]) for path in some))


def _beside(view: View, other: View, answer: Answer) -> None:
    """What changed between two days: what is held directly, and the paths that lead to it still."""
    here, there = paths(view), paths(other)
    nodes = dict.fromkeys([*group(other, _TIMES), *group(view, _TIMES), *there, *here])
    rows: list[tuple[Cell, ...]] = []
    for node in nodes:
        then, now = direct_holding(other, node), direct_holding(view, node)
        before, after = ({path.name: path for path in found.get(node, ()) if path.is_near} for found in (there, here))
        moved = (then and bounds(then).interval) != (now and bounds(now).interval)
        if node != view.company and (moved or set(before) != set(after)):
            gone, new = ([name for name in some if name not in rest] for some, rest in ((before, after), (after, before)))
            rows.append((_name(view, node), then, now, len(before), len(after), ", ".join(gone), ", ".join(new)))
    title = f"Beside {other.day}, as known on {other.known_on}: what changed"
    answer.tables[f"against.{other.day}.{other.known_on}"] = Table(title, _AGAINST, rows)


def _headline(view: View, answer: Answer) -> Sentence:
    """The holding, or former holding, to which most paths lead by one other."""
    company = _name(view, view.company)
    own = [node for node in group(view, _TIMES) if node != view.company]
    firm = {node: [path for path in between(view, node) if not path.to_come] for node in own}
    ranked = sorted(own, key=lambda node: (-len(firm[node]), node in group(view), node))
    if not ranked:
        return (f"{company} holds nothing that the book knows of on {view.day}.",)
    node = ranked[0]
    if not firm[node]:
        return (
            f"{company} holds {_names(view, own[:_NAMED])}{' and others' if len(own) > _NAMED else ''}; the book tells of no dependency on any of them.",
        )
    figure = answer.quantities.get(f"{node}.direct_holding")
    held: list[Quantity | str] = (
        [figure.quantity, " of "] if figure is not None else ["a part of unknown size of " if node in group(view) else "nothing of "]
    )
    way = "path leads" if len(firm[node]) == 1 else "paths lead"
    return (
        f"{company} holds ",
        *held,
        f"{_name(view, node)} directly; {len(firm[node])} {way} there by one other: through {_names(view, [path.nodes[1] for path in firm[node]])}.",
    )
