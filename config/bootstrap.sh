#!/bin/sh
# Makes .venv with the locked libraries, and does nothing when it is there and the lock has not changed.
# Needs a Python 3.11 or 3.12; looks at $PYTHON, python3.12, python3.11, python3 and /usr/bin/python3.
set -eu
cd "$(dirname "$0")/.."

say() { echo "medley: $*" >&2; }

# A version manager's shim may stand on PATH for a Python that is not there: only running it tells.
suits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null
}
can_make_a_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
    found=
    for candidate in ${PYTHON:-} python3.12 python3.11 python3 /usr/bin/python3; do
        suits "$candidate" || continue
        can_make_a_venv "$candidate" && { echo "$candidate"; return; }
        found=${found:-$candidate}
    done
    echo "$found"
}

install_venv_module() {
    package="python$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "this Python has no venv; installing $package ..."
        apt-get update -qq >/dev/null && apt-get install -y -qq "$package" >/dev/null
    fi
    can_make_a_venv "$1" && return
    say "this Python has no venv. Install it, then try again:  sudo apt-get install $package"
    exit 1
}

make_venv() {
    python=$(find_python)
    if [ -z "$python" ]; then
        seen=$(python3 --version 2>/dev/null) || seen="no working python3"
        say "Medley needs Python 3.11 or 3.12, and there is only: $seen."
        say "Install one, or name it:  make run PYTHON=/path/to/python3.12"
        exit 1
    fi
    can_make_a_venv "$python" || install_venv_module "$python"
    rm -rf .venv
    "$python" -m venv .venv
}

fingerprint() { cksum < requirements.lock; }

if ! { [ -x .venv/bin/python ] && suits .venv/bin/python; }; then
    make_venv
fi
if [ "$(cat .venv/lock-installed 2>/dev/null)" != "$(fingerprint)" ]; then
    say "installing the libraries of requirements.lock (once, about a minute) ..."
    PIP_ROOT_USER_ACTION=ignore .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-deps --require-hashes -r requirements.lock
    fingerprint > .venv/lock-installed
fi
