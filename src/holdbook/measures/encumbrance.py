"""What is pledged, what is free, who stands ahead: the holdings and the cash that creditors of the company itself can count on."""

from __future__ import annotations

from fractions import Fraction

from holdbook.measures.headroom import gross_of
from holdbook.measures.net_debt import account, company_debts, owed
from holdbook.measures.published import Sourced, missing
from holdbook.model.debt import Debt
from holdbook.model.entity import Entity
from holdbook.quantity.quantity import Quantity, add, exact, least, unknown, within
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import asset_backed
from holdbook.valuation.value import Part, has_tables, parts, table_of

_SECURED = ("margin_loan", "prepaid_forward", "collar", "loan", "commitment_line")


def pledged(view: View) -> set[str]:
    """The assets on which something is borrowed on the day, whoever of the group borrows."""
    lent = {debt.secured_by for debt in view.actual(Debt) if debt.kind in _SECURED and debt.secured_by is not None and _stands(view, debt)}
    return lent | {one.debt.secured_by for one in asset_backed(view) if one.debt.secured_by is not None and one.debt.kind != "intragroup"}


def encumbrance(view: View) -> Sourced:
    """The part of the holdings, before finance, that lies with lenders; a holding counts whole if anything is borrowed on it.

    Formula:  gross value of pledged holdings / gross value of all holdings
    Says so:  analysts of holding companies
    """
    lines = parts(view)
    if not lines:
        return missing(view, "encumbrance", "a value of every holding", NUMBER)
    with_lender, total = pledged(view), add([gross_of(one) for one in lines])
    held = [gross_of(one) for one in lines if one.asset in with_lender] or [exact(0, UNIT(view.currency), "nothing pledged")]
    return Sourced((add(held).named("pledged holdings") / total).named("encumbrance"), "parts")


def listed_share(view: View) -> Sourced:
    """The part of the holdings, after finance, that is listed. Of a fund or a bundle nobody knows which part is: none to all of it.

    Formula:  listed / equity value of holdings
    Says so:  rating agencies watch its opposite, the unlisted share
    """
    lines = parts(view)
    if not lines:
        return missing(view, "listed_share", "a value of every holding", NUMBER)
    total = add([one.value for one in lines])
    return Sourced(least((_listed(view, lines) / total, exact(1))).named("listed_share"), "parts")


def unlisted_share(view: View) -> Sourced:
    """The part of the holdings, after finance, that is not listed.

    Formula:  1 - listed_share
    Says so:  issuer, an earlier financial policy; rating agencies, each with its own portfolio
    """
    listed = listed_share(view)
    return Sourced((exact(1) - listed.quantity).named("unlisted_share"), listed.how)


def unencumbered_cover(view: View) -> Sourced:
    """Listed holdings on which nothing is borrowed, over what the company owes without security; pledged shares are left out whole.

    Formula:  listed holdings that are not pledged / unsecured debt
    Says so:  analysts of holding companies
    """
    lines, debt = parts(view), unsecured_debt(view)
    if not lines or debt.how == "missing":
        return missing(view, "unencumbered_cover", "a value of every holding, and all unsecured debt,", NUMBER)
    free = [one for one in lines if one.asset not in pledged(view)]
    assets = _listed(view, free) if free else exact(0, UNIT(view.currency), "nothing free")
    return Sourced((assets.named("free listed holdings") / debt.quantity).named("unencumbered_cover"), "parts")


def unsecured_debt(view: View) -> Sourced:
    """What the company itself owes without security: bonds, hybrids in full, commercial paper, loans, bridges as far as drawn.

    Of a company that publishes tables the book need not list every debt, so there may be more.
    """
    debts = [debt for debt in company_debts(view) if debt.secured_by is None]
    if not debts:
        return missing(view, "unsecured_debt", "debts")
    total = [owed(view, debt) for debt in debts]
    if has_tables(view):
        total.append(
            unknown(
                f"unsecured debt of {view.book.name_of(view.company)} that the book does not list on {view.day}",
                UNIT(view.currency),
                floor=0,
            )
        )
    return Sourced(add(total).named("unsecured_debt"), "parts")


def structural_subordination(view: View) -> Sourced:
    """The part of the group's net debt that is owed by subsidiaries and funds, whose creditors come first on what these own.

    Formula:  net debt of self-financing entities / consolidated net debt
    Says so:  rating agencies, priority debt; the lines are those of the company's own table
    """
    table = table_of(view)
    bridge = dict(table.bridge or {}) if table is not None else {}
    group = bridge.get("consolidated_net_debt") or account(view, "consolidated_net_debt")
    ahead = bridge.get("self_financing_net_debt") or account(view, "self_financing_net_debt")
    if group is None or ahead is None:
        return missing(view, "structural_subordination", "net debt of the group and of its self-financing entities", NUMBER)
    return Sourced((ahead / group).named("structural_subordination"), "parts")


def _listed(view: View, lines: list[Part]) -> Quantity:
    return add([_listed_part(view, one.asset) * one.value for one in lines])


def _listed_part(view: View, asset: str) -> Quantity:
    entity = view.book.get(Entity, asset)
    if entity is not None and entity.listed is not None:
        return exact(Fraction(int(entity.listed)), name=f"{asset} is {'' if entity.listed else 'not '}listed")
    return within(0, 1, NUMBER, key=f"listed part of {view.book.name_of(asset)}")


def _stands(view: View, debt: Debt) -> bool:
    return view.in_force(debt) and (debt.maturity is None or debt.maturity.last >= view.day)
