"""``python -m attunement.cli`` is ``attune``."""

from attunement.cli import main

main()
