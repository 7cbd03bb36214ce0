"""What the command line prints, and how it ends: 0 done, 1 refused or failed, 2 misused (typer's own)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

FAILED = 1

PIPE_COLUMNS = 200
"""Width of tables where no terminal says how wide it is."""

console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PIPE_COLUMNS)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """One line for the reader; what people typed is not read as markup."""
    console.print(text, markup=False)


def warn(text: str) -> None:
    """One line on standard error."""
    errors.print(text, markup=False, style="yellow")


def fail(text: str) -> NoReturn:
    """Say what went wrong and end with exit code 1."""
    errors.print(text, markup=False, style="red")
    raise typer.Exit(FAILED)


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """A progress bar on standard error that vanishes when done; nothing where no one looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not sys.stderr.isatty()) as progress:
        progress.add_task(title, total=None)
        yield progress
