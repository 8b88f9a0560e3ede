"""One figure of a book less known: whatever was answered with all of them lies within what is answered then, and nothing is lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from holdbook import api
from holdbook.quantity.bounds import bounds
from properties.books import days, entries, written

FIGURE = re.compile(r"(shares|amount|price): (USD )?(\d+(?:\.\d+)?)(m)?( shares|/share)?(?=[,}])")


def vague(match, way):
    """The same field by a range around its figure, by less than it, or by nothing at all."""
    field, money, number, scale, unit = (part or "" for part in match.groups())
    size = float(number)
    low, high = (f"{size * part:.4f}".rstrip("0").rstrip(".") for part in (0.8, 1.2))
    said = {"unknown": "unknown", "range": f"{money}{low}{scale}..{high}{scale}{unit}", "more": f'"> {money}{low}{scale}{unit}"'}
    return f"{field}: {said[way]}"


@settings(max_examples=60)
@given(entries(links=False), days, st.integers(0, 30), st.sampled_from(("unknown", "range", "more")))
def test_less_knowledge_of_one_figure_denies_nothing(reading, found, day, place, way):
    text = written(found)
    figures = [
        one for one in FIGURE.finditer(text) if one[1] != "shares" or "sell" not in text[text.rfind("\n", 0, one.start()) : one.start()]
    ]
    if not figures:
        return
    match = figures[place % len(figures)]
    known, less = (reading(one) for one in (text, text[: match.start()] + vague(match, way) + text[match.end() :]))
    assert not less.problems
    if api.check(known).problems:  # what contradicts itself is between all that is said of it, and nobody's unknown is said
        return
    before, after = (api.ask(one, "worth", day=day).quantities for one in (known, less))
    lost = set(before) - set(after)
    assert all(name.endswith((".shares", ".last_price")) for name in lost)  # a stake of an unknown number is a part, and no position
    for name in set(before) - lost:
        narrow, wide = (bounds(one[name].quantity, widest=True).interval for one in (before, after))
        assert narrow.common(wide) == narrow, f"{name}: {narrow} is not within {wide}"
