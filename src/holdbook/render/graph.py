"""The ties of a view as a graph for other programs: GraphML for graph tools, Mermaid for pages."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from holdbook.measures.ties import DEPENDENCE, HOLDING, RIVALRY, SALE, Tie, of_types
from holdbook.model.entity import Entity
from holdbook.timeline.view import View

_FAMILIES = {**dict.fromkeys(HOLDING, "holding"), **dict.fromkeys(DEPENDENCE, "dependency"), **dict.fromkeys(RIVALRY, "rivalry")}
_ARROWS = {"holding": "==>", "dependency": "-->", "rivalry": "<-.->", "sale": "-.->"}
_NODE_KEYS = ("name", "kind", "layer", "country")
_EDGE_KEYS = ("type", "family", "when", "role", "part", "entry", "source")


def _ties(view: View) -> list[Tie]:
    """The ties of the day and those to come, by the name of their entry."""
    return sorted(of_types(view, (*HOLDING, *DEPENDENCE, *RIVALRY, *SALE), ("now", "to come")), key=lambda tie: tie.key)


def _nodes(ties: list[Tie]) -> list[str]:
    return sorted({end for tie in ties for end in (tie.start, tie.end)})


def graphml(view: View) -> str:
    """A directed graph with a node for each entity and an edge for each tie.

    Says so: graphml.graphdrawing.org, GraphML 1.0
    """
    ties = _ties(view)
    keys = [f'  <key id="{where}_{key}" for="{where}" attr.name="{key}" attr.type="string"/>' for where, key in _keys()]
    nodes = [line for node in _nodes(ties) for line in _element("node", f"id={quoteattr(node)}", _of_node(view, node))]
    edges = [
        line
        for tie in ties
        for line in _element("edge", f"id={quoteattr(tie.key)} source={quoteattr(tie.start)} target={quoteattr(tie.end)}", _of_edge(tie))
    ]
    head = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    return "\n".join([*head, *keys, '  <graph edgedefault="directed">', *nodes, *edges, "  </graph>", "</graphml>"]) + "\n"


def _keys() -> list[tuple[str, str]]:
    return [("node", key) for key in _NODE_KEYS] + [("edge", key) for key in _EDGE_KEYS]


def _element(kind: str, attributes: str, told: dict[str, str]) -> list[str]:
    data = [f'      <data key="{kind}_{key}">{escape(value)}</data>' for key, value in told.items() if value]
    return [f"    <{kind} {attributes}>", *data, f"    </{kind}>"]


def _of_node(view: View, node: str) -> dict[str, str]:
    entity = view.book.get(Entity, node)
    told = {} if entity is None else {"kind": entity.kind or "", "layer": entity.layer or "", "country": entity.country or ""}
    return {"name": view.book.name_of(node), **told}


def _of_edge(tie: Tie) -> dict[str, str]:
    part = tie.fact.part.origin.words if tie.fact.part is not None else ""
    return {
        "type": tie.type, "family": _family(tie), "when": tie.when, "role": tie.role, "part": part, "entry": tie.key,
        "source": tie.fact.source or "",
    }  # fmt: skip


def _family(tie: Tie) -> str:
    return _FAMILIES.get(tie.type, "sale")


def mermaid(view: View) -> str:
    """A flowchart: thick arrows hold, thin ones depend, dotted ones rival or sell.

    Says so: mermaid.js.org, flowcharts
    """
    ties = _ties(view)
    places = {node: f"n{number}" for number, node in enumerate(_nodes(ties))}
    nodes = [f'  {place}["{_quoted(view.book.name_of(node))}"]' for node, place in places.items()]
    edges = [f'  {places[tie.start]} {_ARROWS[_family(tie)]}|"{_label(tie)}"| {places[tie.end]}' for tie in ties]
    return "\n".join(["flowchart LR", *nodes, *edges]) + "\n"


def _label(tie: Tie) -> str:
    words = tie.type.replace("_", " ")
    part = f" {tie.fact.part.origin.words}" if tie.fact.part is not None and tie.fact.part.origin.words else ""
    return _quoted(f"{words}{part}{' (to come)' if tie.when == 'to come' else ''}")


def _quoted(text: str) -> str:
    """Text within quotes of Mermaid: what would end them, or begin something, is written as a code."""
    return "".join(f"#{ord(sign)};" if sign in '"#<>|' else sign for sign in text if sign.isprintable())
