"""Imports every module of the installed package.

`make build` runs it in an environment that holds the wheel and the run-time set alone, where a dependency that
was forgotten, or that only the tests have, shows at once.
"""

import importlib
import importlib.metadata
import sys
from pathlib import PurePosixPath

# Alembic runs the first one itself, inside a migration; the packages of the second are an extra.
NOT_IMPORTED = {"storage/migrations/env.py", "metrics/tracing.py"}


def main() -> None:
    """Import them one after the other; the first that fails ends the process with its traceback."""
    files = [str(file) for file in importlib.metadata.files("grupo-gad") or ()]
    modules = [file for file in files if file.endswith(".py") and file not in NOT_IMPORTED]
    for file in modules:
        path = PurePosixPath(file).with_suffix("")
        importlib.import_module(".".join(path.parts).removesuffix(".__init__"))
    print(f"{len(modules)} modules imported with {sys.executable}")


if __name__ == "__main__":
    main()
