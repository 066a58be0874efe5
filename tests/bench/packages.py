"""Debian's packages, for the peers that PEERS=all brings in."""

import os
import shutil
import subprocess

from tests.bench.programs import NotAvailable


def want(program: str, *packages: str) -> None:
    """Install the packages unless the program is there; `NotAvailable` where root's apt is not."""
    if shutil.which(program):
        return
    if os.getuid() or not shutil.which("apt-get"):
        raise NotAvailable(f"no {program}; it can be installed by root where there is apt")
    print(f"Installing {' '.join(packages)} ...", flush=True)
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *packages)
    if not shutil.which(program):
        raise NotAvailable(f"no {program} after its installation")


def _apt(*words: str) -> None:
    done = subprocess.run(
        ["apt-get", "-qq", *words],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise NotAvailable(f"apt-get {words[0]} failed: {done.stderr.strip()[-300:]}")
