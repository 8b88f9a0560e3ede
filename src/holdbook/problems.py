"""What can be wrong with a book, where, and the way out. The list of reasons is closed; each has a page in the docs."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from holdbook.quantity.origin import Place

REASONS: dict[str, str] = {
    "book-missing": "The folder is no book: it is not there, or has no readable book.yaml.",
    "book-head": "The `book:` entry lacks something, or says what cannot be.",
    "extends-circle": "A book extends itself, directly or through others.",
    "file-outside": "A link leads out of the book's folder, or round in a circle.",
    "file-too-large": "A file, or the folder, is larger than a book of facts can be.",
    "file-not-utf8": "A file is not UTF-8 text.",
    "yaml": "A file is not YAML, or uses what a book does not need: anchors, tags, several documents, deep nesting.",
    "csv": "A CSV file has no id column, or a row has more cells than the header.",
    "duplicate-key": "A key stands twice in one mapping.",
    "duplicate-id": "Two entries of a noun have one id.",
    "bad-id": "An id is not made of small letters, digits and _.",
    "unknown-noun": "A noun that books do not have.",
    "unknown-field": "A field that the noun does not have.",
    "missing-field": "A field that the noun must have.",
    "wrong-shape": "A list, a mapping or a single value stands where another is expected.",
    "bad-choice": "A word that is not on the list.",
    "bad-figure": "A figure that cannot be read, or could mean two.",
    "bad-unit": "A figure in a unit that the field cannot have.",
    "out-of-range": "A figure that the field cannot have: less than nothing, more than all.",
    "bad-day": "A day that does not exist, or a period that does not say whose.",
    "bad-time": "A time of day that does not exist, or does not say in which zone.",
    "unknown-name": "A name that no entry has.",
    "unknown-source": "A source that the book does not list.",
    "source-missing": "A fact without a source.",
    "source-undated": "A source that says neither when it was published nor when it was retrieved.",
    "bad-definition": "A definition that cannot be read, or adds what cannot be added.",
    "learnt-too-early": "Something that was known before it happened.",
    "until-before-day": "Something that ends before it begins.",
    "contradiction": "Two facts of the book on the same thing exclude each other.",
    "identity": "Figures of one entry that do not fit together: price times shares is not the amount.",
    "terms": "Terms of a debt that exclude each other: a cap below the floor, a maturity before the issue.",
    "outlook": "What a simulation takes for granted cannot be: a name that there is not, a figure without a centre or out of its range.",
    "published": "A company's own table does not come out of the book's parts.",
    "circle": "An entry restates or supersedes itself, directly or through others.",
    "oversold": "More was sold than was held.",
    "bad-price": "A cell of a price file that is no price, or prices whose currency nobody says.",
    "price-days": "Days of a price file that stand twice or out of order.",
    "adjusted-price": "Closes that are not as traded, and cannot be made so: adjusted for dividends, or for splits that nobody recorded.",
    "unrecorded-split": "A price goes up or down by the factor of a split that nobody recorded.",
    "stale-price": "A close that stands still for many sessions, as if it had only been carried forward.",
    "price-gap": "More days without a close than any holiday has.",
    "ownership": "More than all of an entity is owned, entities own all of each other, or an edge runs to itself.",
}


class Side(msgspec.Struct, frozen=True):
    """One side of a contradiction: where it stands and what it says."""

    place: Place
    says: str


class Problem(msgspec.Struct, frozen=True, order=False):
    """One fault.

    Fields:
        reason: a key of REASONS.
        place: file, line and column of the culprit.
        found: what is there.
        expected: what was expected, or why it is wrong.
        way_out: what to write instead.
        excerpt: the line of the file.
        length: how many characters of it are the culprit.
        sides: the other places that it has to do with.
    """

    reason: str
    place: Place
    found: str
    expected: str
    way_out: str
    excerpt: str = ""
    length: int = 1
    sides: tuple[Side, ...] = ()


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, line and column, without repetitions."""
    unique = {(problem.reason, problem.place, problem.found): problem for problem in problems}
    return sorted(unique.values(), key=lambda problem: (problem.place, problem.reason, problem.found))


def nearest(word: str, words: Iterable[str]) -> str:
    """The known word that is closest to one that is not known, or that it abbreviates, as a way out; else some of those that there are.

    >>> nearest("ltv", ["average_price", "loan_to_value"])
    'did you mean loan_to_value?'
    """
    import difflib  # only a faulty book pays for it

    known = sorted(set(words))
    close = [other for other in known if word and word.lower() == "".join(part[:1] for part in other.split("_"))]
    close = close or difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    close = close or [other for other in known if other.startswith(word) and word]
    if close:
        return f"did you mean {close[0]}?"
    known = [other for other in known if "." not in other] or known
    return f"there are {', '.join(known[:12])}{' ...' if len(known) > 12 else ''}" if known else "there are none yet"
