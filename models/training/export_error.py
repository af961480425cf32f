"""What exporting can fail with, for the person who asked for it."""


class ExportError(Exception):
    """The message says in a sentence what is wrong and what is left as it was."""
