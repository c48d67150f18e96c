"""The error that a command ends with when its job cannot be done."""


class CommandError(Exception):
    """The job cannot be done; the message says what is wrong and what to do. Exit code 2."""
