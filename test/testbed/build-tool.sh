#!/usr/bin/env bash
# build-tool.sh PACKAGE@VERSION OUT: builds a program from the Go module proxy as configured, unless OUT is there. Two builders at once wait for each other.
set -euo pipefail
mkdir -p "$(dirname "$2")"
exec 9> "$2.lock"; flock 9
[ -x "$2" ] && exit 0
echo "building ${1##*/} (once, some minutes)" >&2
built=$(mktemp -d "$2.XXXXXX"); trap 'rm -rf "$built"' EXIT
GOBIN=$built CGO_ENABLED=0 nice -n 10 go install -trimpath -ldflags='-s -w' "$1"
mv "$built"/* "$2"   # named after its package's folder until here
