"""The command line: what is typed after ``python3 -m ect``."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from ect.cli import analysis, copies, data
from ect.cli.frame import INPUT_WRONG, app
from ect.domain.errors import DomainError
from ect.sentences import sentence

__all__ = ["INPUT_WRONG", "analysis", "app", "copies", "data", "main"]


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="Port ; le premier libre sinon.", min=1, max=65535)] = None,
    browser: Annotated[bool, typer.Option(help="Ouvrir le navigateur.")] = True,
    lan: Annotated[bool, typer.Option("--lan", help="Laisser entrer les téléphones du réseau.")] = False,
) -> None:
    """Ouvrir l'application sur cette machine."""
    from ect.runner import run_app

    run_app(port, open_browser=browser and sys.stdout.isatty(), lan=lan)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def test(context: typer.Context) -> None:
    """Passer tous les contrôles, ou seulement les tests nommés."""
    from ect.runner import run_tests

    raise typer.Exit(run_tests(context.args))


def main() -> None:
    """Run a command; a wrong input is one sentence and exit code 2, never a trace."""
    _write_utf8()
    try:
        sys.exit(app(standalone_mode=False))
    except DomainError as error:
        refusal = sentence(error, "fr")
    except TyperException as error:
        said = error.format_message().rstrip(".")
        refusal = f"Commande refusée : {said} (aide : python3 -m ect --help)." if said else ""
    except typer.Abort:
        sys.exit(1)
    if refusal:  # Without a command the help has been shown, and there is nothing to say.
        print(refusal, file=sys.stderr)
    sys.exit(INPUT_WRONG)


def _write_utf8() -> None:
    """Write UTF-8 into pipes and files too: elsewhere a name or a « » may not be writable."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
