"""Every benchmark, one after the other, each in a process of its own.

    python -m benchmarks [--smoke] [NAME ...]

Those that compare with peers of another environment run without them here; their own help says how to name one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# What only runs where the peers' environment is named.
WITH_PEERS_ONLY = ("expansion_peer",)


def benchmarks() -> dict[str, Path]:
    """The benchmarks that run here, by name."""
    found = {path.stem: path for path in sorted(HERE.glob("*.py")) if not path.stem.startswith("_")}
    return {name: path for name, path in found.items() if name not in WITH_PEERS_ONLY}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all by default: {', '.join(benchmarks())}")
    parser.add_argument("--smoke", action="store_true", help="small sizes, to see that each runs")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(benchmarks())
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(benchmarks())}")
    failed = []
    for name in asked.names or benchmarks():
        print(f"== {name}", flush=True)
        command = [sys.executable, str(benchmarks()[name]), *(["--smoke"] if asked.smoke else [])]
        if subprocess.run(command, check=False).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
