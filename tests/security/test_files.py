"""What the portal writes beside its database's rows is for its own account."""

import os
import stat
import subprocess
import sys
from pathlib import Path


def test_a_new_sqlite_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "portico.sqlite3"
    environment = {**os.environ, "PORTICO_TESTING": "1", "PORTICO_DATABASE_URL": f"sqlite:///{file}"}
    command = [sys.executable, "-m", "portico.edges.cli", "migrate"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
