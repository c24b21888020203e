"""The command line. ``attune --help`` says what there is; each command's help shows how it is used."""

from __future__ import annotations


def main() -> None:
    """Run ``attune``; the process ends with 0, 1 (a coded error), 2 (misuse), 3 (some lines failed) or 130."""
    from attunement.cli.app import app  # here, so that importing a command in a test does not build all of them

    app()
