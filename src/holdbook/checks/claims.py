"""Is what is claimed so? Each claim against the sum that it should equal, with the readings that fit and what would mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

import msgspec

from holdbook.checks.compare import Verdict, agree, exceeds, stays_within
from holdbook.dates import DayError, Span, parse_span
from holdbook.model.book import Book
from holdbook.model.claim import Claim
from holdbook.model.fact import Fact
from holdbook.problems import Problem, Side, nearest
from holdbook.quantity.definition import DefinitionError, define, names_in
from holdbook.quantity.quantity import Quantity, UnitError, exact, leaf
from holdbook.quantity.stated import parse_figure
from holdbook.timeline.names import UnknownNameError, entry, lookup, quantity

_SLIPS = (
    (1000, "a thousand times larger"),
    (1000000, "a million times larger"),
    (Fraction(1, 1000), "a thousand times smaller"),
    (10, "ten times larger"),
    (Fraction(1, 10), "ten times smaller"),
)
_RELATIONS: tuple[tuple[str, Callable[[Quantity, Quantity], Verdict], str], ...] = (
    ("equals", agree, "equals"),
    ("above", exceeds, "should be above"),
    ("below", lambda says, sum_: exceeds(sum_, says), "should be below"),
    ("within", stays_within, "should stay within"),
)


class Reading(msgspec.Struct, frozen=True):
    """One sum that a claim may mean: its label, its text, what it comes to, and whether the claim fits."""

    label: str
    text: str
    result: Quantity | Span | str | None
    verdict: Verdict


class Checked(msgspec.Struct, frozen=True):
    """A claim and its verdict.

    Fields:
        readings: the sums that were tried, in order.
        why: the verdict in words where a figure does not say it.
        mend: what would make it fit.
        needs: what is missing where it cannot be checked.
    """

    claim: Claim
    verdict: Verdict
    readings: tuple[Reading, ...] = ()
    why: str = ""
    mend: str = ""
    needs: tuple[str, ...] = ()


def checkable(book: Book) -> Iterator[Claim]:
    """The claims that name something to hold them against."""
    for claim in book.all(Claim):
        sums = (claim.equals, claim.above, claim.below, claim.within, claim.readings, claim.cause)
        if any(sums) or claim.about or (claim.says is not None and claim.says.stated is not None and claim.says.stated.backwards):
            yield claim


def check_claims(book: Book, problems: list[Problem]) -> list[Checked]:
    """Every checkable claim with its verdict; a definition that cannot be read is added to the problems."""
    return [_checked(book, claim, problems) for claim in checkable(book)]


def _checked(book: Book, claim: Claim, problems: list[Problem]) -> Checked:
    try:
        return _judged(book, claim)
    except DefinitionError as error:
        problems.append(_problem(claim, str(error), error.way_out))
    except UnknownNameError as error:
        problems.append(_problem(claim, f"no {error.part!r} in a definition", nearest(error.part, error.possible)))
    except UnitError as error:
        leaves = [leaf for leaf in (error.left, error.right) if leaf.origin.place.file]
        sides = tuple(Side(leaf.origin.place, f"{leaf.title} in {str(leaf.unit) or 'plain numbers'}") for leaf in leaves)
        problems.append(
            msgspec.structs.replace(_problem(claim, str(error), "convert one of them by a rate: ... / rates.ID.rate"), sides=sides)
        )
    return Checked(claim, "not checkable", why="its definition cannot be read")


def _problem(claim: Claim, found: str, way_out: str) -> Problem:
    return Problem("bad-definition", claim.place, f"claim {claim.id}: {found}", "a sum over facts of the book", way_out)


def _judged(book: Book, claim: Claim) -> Checked:
    texts = [claim.equals, claim.above, claim.below, claim.within, *(claim.readings or {}).values()]
    if any(name.startswith(f"claims.{claim.id}.") for text in texts if text is not None for name in names_in(text)):
        raise DefinitionError("it is held against itself", "name the facts that it should equal", 0)
    if claim.cause and claim.effect:
        return _ordered(book, claim)
    if claim.says_day is not None or claim.says_not_day is not None or claim.says_text is not None:
        found = _worded(book, claim)
        if found is not None:
            return found
    sums = _sums(claim)
    if sums:
        return _summed(book, claim, sums)
    if claim.about and claim.says is not None:
        return _summed(book, claim, [("", claim.about, agree)])
    if claim.says is not None and claim.says.stated is not None and claim.says.stated.backwards:
        return Checked(claim, "inconsistent", why="the range is printed backwards", mend="two claims, one for each figure")
    return Checked(claim, "not checkable", why="it says no figure", needs=("a figure",))


def _sums(claim: Claim) -> list[tuple[str, str, Callable[[Quantity, Quantity], Verdict]]]:
    plain = [("" if name == "equals" else word, text, judge) for name, judge, word in _RELATIONS if (text := getattr(claim, name))]
    return plain + [(label, text, agree) for label, text in (claim.readings or {}).items()]


def _summed(book: Book, claim: Claim, sums: list[tuple[str, str, Callable[[Quantity, Quantity], Verdict]]]) -> Checked:
    results = [(label, text, judge, _define(book, text)) for label, text, judge in sums]
    if claim.says is None:
        return _among_themselves(claim, [(label, text, result) for label, text, _, result in results])
    says = claim.says
    readings = tuple(Reading(label, text, result, judge(says, result)) for label, text, judge, result in results)
    verdict = _overall([reading.verdict for reading in readings], alternatives=bool(claim.readings))
    needs = _needs([says, *(result for *_, result in results)]) if verdict == "not checkable" else ()
    mend = _mend(book, claim, readings) if verdict in ("inconsistent", "ambiguous") else ""
    return Checked(claim, verdict, readings, mend=mend, needs=needs)


def _define(book: Book, text: str) -> Quantity:
    return define(text, lambda name, _: quantity(book, name))


def _overall(verdicts: list[Verdict], *, alternatives: bool) -> Verdict:
    """Of several conditions the worst counts; of several readings, some that fit and some that do not leave it open."""
    unique = set(verdicts)
    if len(unique) == 1:
        return verdicts[0]
    if alternatives:
        fits = unique & {"consistent", "ambiguous"}
        return "ambiguous" if fits else "inconsistent" if unique == {"inconsistent"} else "not checkable"
    order: list[Verdict] = ["inconsistent", "not checkable", "ambiguous", "consistent"]
    return next(verdict for verdict in order if verdict in unique)


def _among_themselves(claim: Claim, results: list[tuple[str, str, Quantity]]) -> Checked:
    """Readings without a figure to choose by: they agree, or the claim is ambiguous."""
    pairs = combinations([result for _, _, result in results], 2)
    verdicts: list[Verdict] = [agree(one, other) for one, other in pairs] or ["not checkable"]
    readings = tuple(Reading(label, text, result, "consistent") for label, text, result in results)
    if "not checkable" in verdicts:
        return Checked(claim, "not checkable", readings, needs=_needs([result for *_, result in results]))
    differ = any(verdict != "consistent" for verdict in verdicts)
    return Checked(claim, "ambiguous" if differ else "consistent", readings, why="the readings differ" if differ else "the readings agree")


def _needs(quantities: list[Quantity]) -> tuple[str, ...]:
    found = {one.title: None for quantity_ in quantities for one in quantity_.leaves() if one.stated is not None and one.stated.is_unknown}
    return tuple(found)


def _mend(book: Book, claim: Claim, readings: tuple[Reading, ...]) -> str:
    assert claim.says is not None
    fitting = [reading.label for reading in readings if reading.verdict == "consistent" and reading.label]
    if fitting:
        return f"fits if read as {' or '.join(label.replace('_', ' ') for label in fitting)}"
    for label, text in (claim.repairs or {}).items():
        if agree(claim.says, _define(book, text)) == "consistent":
            return f"fits if {label.replace('_', ' ')}"
    plain = claim.equals is not None and claim.says.stated is not None and claim.says.stated.hedge in ("", "about", "exactly")
    target = readings[0].result if plain and readings else None
    return _slip(claim.says, target) if isinstance(target, Quantity) else ""


def _slip(says: Quantity, target: Quantity) -> str:
    """A slip that a person makes: a figure off by powers of ten, or digits cut off instead of rounded."""
    for factor, words in _SLIPS:
        if agree(exact(factor) * says, target) == "consistent":
            return f"fits if the figure were {words}"
    words = says.origin.words
    if words and not words.startswith("="):
        cut = leaf(parse_figure(words.lstrip("~ "), truncated=True), key=f"{says.key} cut off")
        if cut.unit is target.unit and agree(cut, target) == "consistent":
            return "fits if its digits were cut off, not rounded"
    return ""


def _ordered(book: Book, claim: Claim) -> Checked:
    facts = (entry(book, claim.cause or ""), entry(book, claim.effect or ""))
    first, then = (_when(fact) for fact in facts)
    if first is None or then is None:
        missing = tuple(f"day of {fact.noun}.{fact.id}" for fact in facts if _when(fact) is None)
        return Checked(claim, "not checkable", needs=missing)
    if first.first > then.last:
        return Checked(claim, "inconsistent", why=f"the cause ({first}) comes after the effect ({then})")
    verdict: Verdict = "consistent" if first.last <= then.first else "ambiguous"
    return Checked(claim, verdict, why=f"the cause ({first}) does not come after the effect ({then})")


def _when(fact: Fact) -> Span | None:
    """When a fact happened: its day, else when it was agreed or issued."""
    return fact.day or getattr(fact, "agreed", None) or getattr(fact, "issued", None)


def _worded(book: Book, claim: Claim) -> Checked | None:
    """A claim of a day or a word, against what the fact says; None where it names no fact."""
    if claim.about is None:
        return None
    actual = lookup(book, claim.about)
    reading = Reading("", claim.about, actual, "consistent")
    if actual is None:
        return Checked(claim, "not checkable", needs=(claim.about,))
    if claim.says_text is not None and isinstance(actual, str):
        verdict: Verdict = "consistent" if claim.says_text.casefold() == actual.casefold() else "inconsistent"
        return Checked(claim, verdict, (reading,), why=f"it says {claim.says_text}, the fact says {actual}")
    if isinstance(actual, Span) and claim.says_not_day is not None:
        meets = actual.within(claim.says_not_day)
        verdict = "inconsistent" if meets else "ambiguous" if actual.meets(claim.says_not_day) else "consistent"
        return Checked(claim, verdict, (reading,), why=f"not {claim.says_not_day}; the fact says {actual}")
    if isinstance(actual, Span) and claim.says_day is not None:
        verdict = "consistent" if actual.meets(claim.says_day) else "inconsistent"
        mend = "" if verdict == "consistent" else _other_calendar(book, claim.says_day, actual)
        return Checked(claim, verdict, (reading,), why=f"it says {claim.says_day}, the fact says {actual}", mend=mend)
    return None


def _other_calendar(book: Book, said: Span, actual: Span) -> str:
    """The same quarter by the other calendar, if that fits."""
    for label, other in (("CY", "FY"), ("FY", "CY")):
        if said.text.startswith(label):
            try:
                turned = parse_span(said.text.replace(label, other, 1), book.head.fiscal_start)
            except DayError:
                return ""
            return f"fits as {turned.text}" if turned.meets(actual) else ""
    return ""
