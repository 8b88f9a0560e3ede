"""The documentation runs: Python blocks of Markdown files, one namespace a file, and the doctests in docstrings."""

import os

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

os.environ["HOLDBOOK_CACHE"] = "off"  # the tests read every book from its text

_pages = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md", name="page")
_docstrings = Sybil(parsers=[DocTestParser()], path="src/holdbook", pattern="*.py", name="docstring")

pytest_collect_file = (_pages + _docstrings).pytest()
