"""What is built and installed elsewhere does what the checkout does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _run(command: Sequence[str | Path], folder: Path, **environment: str) -> str:
    """Run a command away from the checkout, without what this Python knows of it."""
    told = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=folder, env={**told, **environment}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_wheel_reads_the_sample_away_from_the_checkout(tmp_path: Path) -> None:
    """Lexicons, weights, vocabularies and the sample are all in the wheel; an empty environment needs nothing else."""
    uv = shutil.which("uv")
    assert uv, "uv is missing: pip install uv"
    _run([uv, "build", "--quiet", "--wheel", "--out-dir", tmp_path, ROOT], tmp_path)
    (wheel,) = tmp_path.glob("harmledger-*.whl")
    _run([uv, "venv", "--quiet", "--python", sys.executable, tmp_path / "env"], tmp_path)
    inside = {"VIRTUAL_ENV": str(tmp_path / "env"), "HARMLEDGER_HOME": str(tmp_path / "home")}
    _run([uv, "pip", "install", "--quiet", wheel], tmp_path, **inside)
    command = tmp_path / "env" / "bin" / "harmledger"
    shown = _run([command, "read", "--sample"], tmp_path, **inside)
    here = _run([Path(sys.executable).with_name("harmledger"), "read", "--sample"], tmp_path, **inside)
    assert "Saraqib" in shown
    assert shown == here
    where: list[str | Path] = [
        tmp_path / "env" / "bin" / "python",
        "-c",
        "import harmledger; print(harmledger.__file__)",
    ]
    assert str(ROOT) not in _run(where, tmp_path, **inside)
