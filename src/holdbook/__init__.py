"""The open model of the investment holding company: `import holdbook as hb`, then `hb.ask(hb.read("softbank"), "worth")`.

What is named here is loaded when it is first used, so that a command line which needs none of it pays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holdbook.notebook import Answered, Checked, Derivation, TableShown, ask, check, explain, read

__all__ = ["Answered", "Checked", "Derivation", "TableShown", "ask", "check", "explain", "read"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'holdbook' has no attribute {name!r}")
    from holdbook import notebook

    return getattr(notebook, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
