"""The documentation runs: Python blocks of Markdown files, one namespace a file, and the doctests in docstrings."""

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

_pages = Sybil(parsers=[PythonCodeBlockParser()], pattern="*.md", name="page")
_docstrings = Sybil(parsers=[DocTestParser()], path="src/holdbook", pattern="*.py", name="docstring")

pytest_collect_file = (_pages + _docstrings).pytest()
