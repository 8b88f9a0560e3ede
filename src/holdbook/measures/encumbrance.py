"""What is pledged, what is free, who stands ahead: the holdings and the cash that creditors of the company itself can count on."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from holdbook.measures.headroom import gross_of
from holdbook.measures.net_debt import account, company_debts, owed
from holdbook.measures.published import Sourced, missing
from holdbook.model.debt import Debt
from holdbook.model.entity import Entity
from holdbook.model.stake import Stake
from holdbook.quantity.bounds import bounds
from holdbook.quantity.quantity import Quantity, add, exact, least, unknown, within
from holdbook.quantity.unit import NUMBER, UNIT
from holdbook.timeline.positions import position
from holdbook.timeline.view import View
from holdbook.valuation.asset_backed import asset_backed
from holdbook.valuation.value import Part, has_tables, parts, table_of

_SECURED = ("margin_loan", "prepaid_forward", "collar", "loan", "commitment_line")


def pledged(view: View) -> set[str]:
    """The assets on which something is borrowed on the day, whoever of the group borrows, and those of which a stake says so."""
    lent = {debt.secured_by for debt in _secured(view)}
    lent |= {one.debt.secured_by for one in asset_backed(view) if one.debt.kind != "intragroup"}
    return {asset for asset in lent if asset is not None} | {stake.asset for stake in _pledged_stakes(view)}


def pledged_part(view: View, asset: str) -> Quantity:
    """How much of a holding lies with lenders: the pledged shares of all, or the whole of it where nobody says how many are pledged.

    Where nobody says how many are held, it is none to all. Of a forward or a collar these are the shares that it is on, unless it says otherwise.

    Formula:  pledged shares / shares held
    """
    if asset not in pledged(view):
        return exact(0, name=f"nothing of {asset} pledged")
    stated = [stake.pledged for stake in _pledged_stakes(view) if stake.asset == asset and stake.pledged is not None][-1:]
    loans = [debt.pledged if debt.pledged is not None else debt.shares for debt in _secured(view) if debt.secured_by == asset]
    counted = stated or [shares for shares in loans if shares is not None]
    held = position(view, asset).shares
    if not counted or (not stated and None in loans):
        return exact(1, name=f"all of {asset} pledged")
    if not bounds(held).interval.low:
        return within(0, 1, NUMBER, key=f"pledged part of {view.book.name_of(asset)}")
    return least((add(counted) / held, exact(1))).named(f"pledged part of {asset}")


def encumbrance(view: View) -> Sourced:
    """The part of the holdings, before finance, that lies with lenders; a holding of which nobody says how many shares are pledged is pledged whole.

    Formula:  gross value of pledged shares / gross value of all holdings
    Says so:  analysts of holding companies
    """
    lines = parts(view)
    if not lines:
        return missing(view, "encumbrance", "a value of every holding", NUMBER)
    total = add([gross_of(one) for one in lines])
    held = [pledged_part(view, one.asset) * gross_of(one) for one in lines]
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


def listed_part(view: View, asset: str) -> Quantity:
    """How much of an entity is listed: all or nothing where the book says so; of what it does not say, as of a fund, none to all."""
    entity = view.book.get(Entity, asset)
    if entity is not None and entity.listed is not None:
        return exact(Fraction(int(entity.listed)), name=f"{asset} is {'' if entity.listed else 'not '}listed")
    return within(0, 1, NUMBER, key=f"listed part of {view.book.name_of(asset)}")


def unencumbered_cover(view: View) -> Sourced:
    """Listed shares on which nothing is borrowed, over what the company owes without security; pledged shares are left out whole.

    Not only what is borrowed on them is taken off: in a crisis the lender keeps them all.

    Formula:  sum of listed part * (1 - pledged part) * gross value / unsecured debt
    Says so:  analysts of holding companies
    """
    lines, debt = parts(view), unsecured_debt(view)
    if not lines or debt.how == "missing":
        return missing(view, "unencumbered_cover", "a value of every holding, and all unsecured debt,", NUMBER)
    free = [listed_part(view, one.asset) * _free(view, one) for one in lines]
    return Sourced((add(free).named("free listed holdings") / debt.quantity).named("unencumbered_cover"), "parts")


def _free(view: View, one: Part) -> Quantity:
    part = pledged_part(view, one.asset)
    return one.value if one.asset not in pledged(view) else (exact(1) - part) * gross_of(one)


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
    split = add(table.self_financing.values()) if table is not None and table.self_financing else None
    ahead = bridge.get("self_financing_net_debt") or split or account(view, "self_financing_net_debt")
    if group is None or ahead is None:
        return missing(view, "structural_subordination", "net debt of the group and of its self-financing entities", NUMBER)
    return Sourced((ahead / group).named("structural_subordination"), "parts")


def debt_ahead(view: View) -> Sourced:
    """The debts of subsidiaries and funds that the book lists: their creditors come first on what these own.

    Formula:  sum of what others than the company owe
    Says so:  rating agencies, priority debt
    """
    others = [
        debt
        for debt in view.counted(Debt)
        if debt.borrower not in (None, view.company)
        and debt.status in (None, "done", "agreed")
        and debt.kind != "intragroup"
        and _stands(view, debt)
    ]
    if not others:
        return missing(view, "debt_ahead", "debts of subsidiaries and funds")
    return Sourced(add([owed(view, debt) for debt in others]).named("debt_ahead"), "parts")


def _listed(view: View, lines: list[Part]) -> Quantity:
    return add([listed_part(view, one.asset) * one.value for one in lines])


def _secured(view: View) -> list[Debt]:
    return [debt for debt in view.actual(Debt) if debt.kind in _SECURED and debt.secured_by is not None and _stands(view, debt)]


def _pledged_stakes(view: View) -> list[Stake]:
    """The stakes of the company that say how many of their shares are pledged, the latest last."""
    mine = [stake for stake in view.actual(Stake) if (stake.holder or view.company) == view.company and stake.pledged is not None]
    return sorted(
        (one for one in mine if view.in_force(one) and _is_some(one.pledged)), key=lambda one: one.day.last if one.day else date.min
    )


def _is_some(shares: Quantity | None) -> bool:
    return shares is not None and bounds(shares).interval.high != 0


def _stands(view: View, debt: Debt) -> bool:
    return view.in_force(debt) and (debt.maturity is None or debt.maturity.last >= view.day)
