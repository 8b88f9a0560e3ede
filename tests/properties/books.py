"""Random books: stakes, trades, marks, debts and balances of a small company, each learnt on a random day."""

from datetime import date, timedelta

from hypothesis import strategies as st

START = date(2025, 1, 1)
# Few enough that entries often share one.
days = st.sampled_from((0, 14, 30, 31, 90, 180)).map(lambda number: START + timedelta(days=number))
periods = st.one_of(days.map(str), days.map(lambda day: f"{day:%Y-%m}"))
shares = st.one_of(
    st.integers(1, 99).map(lambda number: f"{number}00000 shares"), st.integers(1, 99).map(lambda number: f"{number / 10}m shares")
)
money = st.one_of(st.integers(1, 99).map(lambda number: f"USD {number}m"), st.integers(1, 99).map(lambda number: f'"> USD {number}m"'))
prices = st.integers(100, 9999).map(lambda number: f"USD {number / 100:.2f}/share")
assets = st.sampled_from(("beta", "gamma"))

NOUNS = {
    "stakes": {"asset": assets, "day": periods, "shares": shares},
    "trades": {"asset": assets, "side": st.sampled_from(("buy", "sell")), "day": periods, "shares": shares, "amount": money},
    "marks": {"asset": assets, "day": days.map(str), "price": prices},
    "debts": {
        "kind": st.sampled_from(("bond", "loan", "hybrid")),
        "day": days.map(str),
        "amount": money,
        "maturity": st.just("2027-06-30"),
    },
    "balances": {"item": st.just("cash_position"), "day": days.map(str), "amount": money},
}


@st.composite
def entries(draw, *, links=True, most=8):
    """Some entries, each a name, a noun and its text; some tell an earlier one of their noun again, or correct it."""
    found = []
    nouns = draw(st.lists(st.sampled_from(tuple(NOUNS)), min_size=1, max_size=4, unique=True))
    for number in range(draw(st.integers(1, most))):
        noun = draw(st.sampled_from(nouns))
        fields = {name: draw(values) for name, values in NOUNS[noun].items()}
        fields["known"] = str(draw(days))
        earlier = [name for name, other, _ in found if other == noun]
        if links and earlier and draw(st.integers(0, 2)) == 0:
            fields[draw(st.sampled_from(("restates", "supersedes")))] = draw(st.sampled_from(earlier))
        text = ", ".join(f"{name}: {value}" for name, value in fields.items())
        found.append((f"e{number}", noun, f"{{{text}, source: report}}"))
    return found


def written(found):
    """The entries as the text of one file."""
    nouns = dict.fromkeys(noun for _, noun, _ in found)
    return "\n".join(f"{noun}:\n" + "\n".join(f"  {name}: {text}" for name, other, text in found if other == noun) for noun in nouns)


LEDGER = "id,asset,side,day,shares,amount,source,holder,known"


@st.composite
def plain_trades(draw):
    """Trades that a ledger can hold: as entries of one file, and as rows of a ledger."""
    entries, rows = [], [LEDGER]
    for number in range(draw(st.integers(1, 8))):
        asset, side, holder = draw(assets), draw(st.sampled_from(("buy", "sell"))), draw(st.sampled_from(("", "acme", "gamma")))
        day, known = sorted((draw(days), draw(days)))
        count, amount = (
            f"{draw(st.integers(1, 900)) / draw(st.sampled_from((1, 10, 100)))} shares".replace(".0 ", " "),
            f"USD {draw(st.integers(1, 9999)) / 100:.2f}",
        )
        owner = f"holder: {holder}, " if holder else ""
        fields = f"asset: {asset}, side: {side}, day: {day}, shares: {count}, amount: {amount}, {owner}known: {known}, source: report"
        entries.append((f"t{number}", "trades", f"{{{fields}}}"))
        rows.append(f"t{number},{asset},{side},{day},{count},{amount},report,{holder},{known}")
    return written(entries), "\n".join(rows) + "\n"
