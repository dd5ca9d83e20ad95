"""Commands, run in this process: a subprocess takes a second to start."""

from typer.testing import CliRunner

from civictopics import cli
from civictopics.errors import CivicTopicsError, UsageError


def command(*arguments: object) -> tuple[int, str]:
    """Return the exit code, and what was printed or the error said."""
    done = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    if isinstance(done.exception, CivicTopicsError):
        return 2 if isinstance(done.exception, UsageError) else 1, str(done.exception)
    assert done.exception is None, done.exception
    return done.exit_code, done.stdout
