"""What is wrong with texts or rows to learn from."""

from __future__ import annotations


class CorpusError(Exception):
    """The data cannot be used; the message names the file and what to do."""
