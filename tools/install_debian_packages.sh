#!/usr/bin/env bash
# Installs the programs that the tests start (database servers, nginx, hledger, wrk, a browser with fonts) and what the Makefile needs.
# Never starts a service. Without root or apt-get it only says what is missing; tests that need it are then skipped.
set -euo pipefail

missing=()
need() { # need PACKAGE PROGRAM
    PATH="$PATH:/usr/sbin:/sbin" command -v "$2" >/dev/null || missing+=("$1")
}
need mariadb-server mariadbd
need redis-server redis-server
need nginx nginx
need hledger hledger
need wrk wrk
need make make
need chromium chromium
[ -e /usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf ] || missing+=(fonts-noto-core)
if ! { [ -x .venv/bin/python ] || python3.11 -c 'import ensurepip, venv' || python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info[:2] != (3, 11))'; } 2>/dev/null; then
    missing+=(python3.11-venv)
fi

[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "not installed: ${missing[*]} (run as root on Debian: apt-get install ${missing[*]}); going on without" >&2
    exit 0
fi

# Packages ask policy-rc.d whether they may start their daemon: 101 says no. The tests start their own.
policy=/usr/sbin/policy-rc.d
log=$(mktemp)
made_policy=
finish() {
    rm -f "$log"
    [ -z "$made_policy" ] || rm -f "$policy"
}
trap finish EXIT
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    made_policy=yes
fi

echo "installing: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
if ! { apt-get -qq update && apt-get -qq install --yes --no-install-recommends "${missing[@]}"; } </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
