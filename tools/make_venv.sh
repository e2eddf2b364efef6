#!/bin/sh
# Makes the virtual environment named by $1 with a Python of 3.11 or later: $PYTHON if set, else the first found.
set -eu
venv=$1

fits() {
    "$1" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null
}

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14 python}; do
    if fits "$candidate"; then
        found=$candidate
        break
    fi
done

if [ -z "${found:-}" ]; then
    echo "Portico needs Python 3.11 or later; found: $("${PYTHON:-python3}" --version 2>&1 || true)." >&2
    echo "Install one, or name it: make PYTHON=/path/to/python3.11" >&2
    exit 1
fi

if ! "$found" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$("$found" --version) has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi

echo "Making $venv with $("$found" --version)"
"$found" -m venv "$venv"
