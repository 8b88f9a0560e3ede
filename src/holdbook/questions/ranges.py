"""What is claimed against what the sum comes to, as data: both as intervals, so that a reader sees whether and how far they part."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import ClassVar

import msgspec

from holdbook.checks.check import Soundness
from holdbook.checks.claims import Checked
from holdbook.checks.compare import WORST_FIRST
from holdbook.quantity.bounds import bounds
from holdbook.quantity.interval import Interval
from holdbook.quantity.point import point
from holdbook.quantity.quantity import Quantity
from holdbook.questions.chart import Title, Turn, turned_title

_MOST, _MOST_OF_ONE = 20, 13
_CALLED = {"is above": "should be above", "is below": "should be below", "stays within": "should stay within"}


class Reckoned(msgspec.Struct, frozen=True):
    """A sum that a claim may mean: how it is read, what it comes to, and whether the claim fits."""

    label: str
    value: Quantity
    verdict: str


class Claimed(msgspec.Struct, frozen=True):
    """A claim of a figure, its verdict, and the sums that it is held against."""

    text: str
    verdict: str
    says: Quantity
    sums: tuple[Reckoned, ...]

    @property
    def measure(self) -> Fraction:
        """What is claimed, as one number: its centre, the middle of a range, or the one end that it has beside nothing."""
        value = point(self.says)
        low, high = bounds(self.says).interval[:2]
        if value is None:
            value = (low + high) / 2 if low and high else low or high
        return value if value is not None else Fraction(0)

    @property
    def apart(self) -> Fraction:
        """How far the nearest sum lies from the claim, in parts of what is claimed."""
        own = bounds(self.says).interval
        return min(_gap(own, bounds(one.value).interval) for one in self.sums) / abs(self.measure)


class Ranges(msgspec.Struct, frozen=True, kw_only=True):
    """A chart of claims: title and axis as of any chart, `rows` the claims, those that do not fit first, `note` what is left out."""

    kind: ClassVar[str] = "ranges"

    title: Title
    axis: str
    rows: list[Claimed]
    note: str = ""
    table: str = ""

    def quantities(self) -> list[Quantity]:
        """Every quantity in it."""
        said = [part for part in self.title if isinstance(part, Quantity)]
        return said + [one for row in self.rows for one in (row.says, *(each.value for each in row.sums))]

    def turned(self, turn: Turn) -> Ranges:
        """The same chart with every quantity turned into another."""
        rows = [
            msgspec.structs.replace(
                row, says=turn(row.says), sums=tuple(msgspec.structs.replace(one, value=turn(one.value)) for one in row.sums)
            )
            for row in self.rows
        ]
        return msgspec.structs.replace(self, title=turned_title(self.title, turn), rows=rows)


def ranges(found: Soundness) -> Ranges | None:
    """The claims of a figure that a check held against sums, those that fit none first; None where there are none."""
    rows = [row for one in found.claims if (row := _claimed(one)) is not None]
    if not rows:
        return None
    ranked = sorted(rows, key=lambda row: (WORST_FIRST.index(row.verdict), -row.apart))
    kept: list[Claimed] = []
    for row in ranked:
        if len(kept) < _MOST and sum(one.verdict == row.verdict for one in kept) < _MOST_OF_ONE:
            kept.append(row)
    left = {verdict: sum(row.verdict == verdict for row in rows) - sum(row.verdict == verdict for row in kept) for verdict in WORST_FIRST}
    more = ", ".join(f"{count} {verdict}" for verdict, count in left.items() if count)
    return Ranges(
        title=(_title(rows),), axis="both divided by what is claimed (its centre, the middle of a range, the end of a bound); equal distances are equal ratios",
        rows=kept, note=f"Not drawn: {more}; all stand in the table. Claims of a day or a word have no range." if more else "",
    )  # fmt: skip


def _claimed(one: Checked) -> Claimed | None:
    """A claim as a row, where both sides have a figure in one unit and the claim is not of nothing."""
    says = one.claim.says
    sums = tuple(
        Reckoned(_CALLED.get(reading.label, reading.label.replace("_", " ")), reading.result, reading.verdict)
        for reading in one.readings
        if isinstance(reading.result, Quantity) and bounds(reading.result).interval[:2] != (None, None)
    )
    if says is None or not sums or any(reading.value.unit is not says.unit for reading in sums):
        return None
    row = Claimed(one.claim.text, one.verdict, says, sums)
    return row if row.measure else None


def _gap(one: Interval, other: Interval) -> Fraction:
    """How far two intervals lie apart; nothing where they meet."""
    below = other.low - one.high if other.low is not None and one.high is not None else Fraction(0)
    above = one.low - other.high if one.low is not None and other.high is not None else Fraction(0)
    return max(below, above, Fraction(0))


def _title(rows: Sequence[Claimed]) -> str:
    wrong, unsure = (sum(row.verdict == verdict for row in rows) for verdict in ("inconsistent", "ambiguous"))
    if not wrong and not unsure:
        return f"Every figure that is claimed fits its sum ({len(rows)} of {len(rows)})"
    return f"Of {len(rows)} figures that are claimed, {wrong} do not fit their sum and {unsure} may or may not"
