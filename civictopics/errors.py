"""The package's own exceptions: each message gives the value, the place and the way out."""


class CivicTopicsError(Exception):
    """Base of every error that this package raises on purpose."""


class InputError(CivicTopicsError):
    """An input (file, folder, record, argument) cannot be used."""


class OutputError(CivicTopicsError):
    """A result cannot be written where it was asked for."""


class LanguageFileError(CivicTopicsError):
    """A language file lacks a key or holds a value of the wrong kind."""


class ModelError(CivicTopicsError):
    """A model is unknown, damaged, or does not fit the data."""


class UsageError(CivicTopicsError):
    """A command or call asks for something that cannot be: a missing input, a folder that is taken."""
