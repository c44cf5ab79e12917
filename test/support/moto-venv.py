"""Makes the virtual environment that the tests run moto from, once.

usage: moto-venv.py FOLDER REQUIREMENT. The caller has made the parent of FOLDER. A lock lets several test files start at
once; the kernel releases it whatever becomes of its holder. An installation that was cut off is begun again.
"""

import fcntl
import subprocess
import sys
import venv
from pathlib import Path

folder, requirement = Path(sys.argv[1]), sys.argv[2]
ready = folder / "ready"
with open(f"{folder}.lock", "w") as lock:
    fcntl.flock(lock, fcntl.LOCK_EX)
    if not ready.exists():
        venv.create(folder, clear=True, with_pip=True)
        pip = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement]
        subprocess.run(pip, check=True)
        ready.touch()
