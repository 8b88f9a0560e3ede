"""A ledger of trades that looks like a broker's, as a book and for Beancount; and the plainest program that matches its lots."""

from __future__ import annotations

import csv
import random
from collections import defaultdict, deque
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

_ASSETS = [f"asset_{number:03d}" for number in range(200)]
_HEAD = """\
book: {name: A ledger, company: big, currency: USD, day: 2025-09-30, known_on: 2025-11-14}
sources: {broker: {title: The broker's ledger, published: 2025-10-01}}
entities:
  big: {name: Big, kind: holding}
"""


def write_ledger(folder: Path, trades: int) -> Path:
    """A book with that many trades in two hundred assets over fifteen years, never oversold; the same for the same number."""
    folder.mkdir(parents=True)
    lines = [f"  {asset}: {{name: {asset}}}\n" for asset in _ASSETS]
    lines += [
        "stakes:\n",
        *(f"  {asset}: {{asset: {asset}, day: 2009-12-31, shares: 0 shares, source: broker opening}}\n" for asset in _ASSETS),
    ]
    lines += [
        "marks:\n",
        *(f"  {asset}: {{asset: {asset}, day: 2025-09-30, price: USD 20.00/share, source: broker close}}\n" for asset in _ASSETS),
    ]
    (folder / "book.yaml").write_text(_HEAD + "".join(lines))
    chance = random.Random(7)
    held = dict.fromkeys(_ASSETS, 0)
    with (folder / "ledger.csv").open("w") as file:
        file.write("id,asset,side,day,shares,amount,source\n")
        for number in range(trades):
            asset = chance.choice(_ASSETS)
            selling = held[asset] > 500 and chance.random() < 0.45
            shares = chance.randint(1, held[asset] // 2) if selling else chance.randint(1, 1000)
            held[asset] += -shares if selling else shares
            day = date(2010, 1, 1) + timedelta(days=number * 5700 // trades)
            cents = shares * chance.randint(500, 5000)
            side = "sell" if selling else "buy"
            file.write(f"t{number},{asset},{side},{day},{shares} shares,USD {cents // 100}.{cents % 100:02d},broker row {number}\n")
    return folder


def fifo(path: Path) -> Decimal:
    """Read the trades with csv and Decimal and match lots first in, first out: what a person would write in ten minutes."""
    lots: dict[str, deque[list[Decimal]]] = defaultdict(deque)
    gain = Decimal(0)
    with path.open() as file:
        for trade in csv.DictReader(file):
            shares, amount = Decimal(trade["shares"].split()[0]), Decimal(trade["amount"].split()[1])
            queue = lots[trade["asset"]]
            if trade["side"] == "buy":
                queue.append([shares, amount / shares])
                continue
            left = shares
            while left:
                lot = queue[0]
                taken = min(left, lot[0])
                gain += taken * (amount / shares - lot[1])
                lot[0] -= taken
                left -= taken
                if not lot[0]:
                    queue.popleft()
    return gain


def write_beancount(book: Path, file: Path) -> Path:
    """The same trades as Beancount books them: lots at their whole cost, first in, first out, the gain left to it."""
    opened = "".join(f'2009-01-01 open Assets:{_account(asset)} {_account(asset).upper()} "FIFO"\n' for asset in _ASSETS)
    with (book / "ledger.csv").open() as rows, file.open("w") as out:
        out.write(f"2009-01-01 open Assets:Cash\n2009-01-01 open Income:Gain\n{opened}")
        for row in csv.DictReader(rows):
            account, shares, amount = _account(row["asset"]), row["shares"].split()[0], row["amount"].split()[1]
            sells = row["side"] == "sell"
            units = f"-{shares} {account.upper()} {{}}" if sells else f"{shares} {account.upper()} {{{{{amount} USD}}}}"
            gain = "  Income:Gain\n" if sells else ""
            out.write(
                f'{row["day"]} * "{row["id"]}"\n  Assets:{account}  {units}\n  Assets:Cash  {"" if sells else "-"}{amount} USD\n{gain}'
            )
    return file


def _account(asset: str) -> str:
    return asset.replace("asset_", "Asset")
