#!/usr/bin/env bash
# Debian's packages that a node is made of, where they are missing. Needs root.
set -euo pipefail
missing=()
for pair in containerd:containerd runc:runc iptables:iptables ip:iproute2 curl:curl openssl:openssl; do
  command -v "${pair%%:*}" > /dev/null || missing+=("${pair##*:}")
done
[ -x "${CNI_BIN:-/usr/lib/cni}/bridge" ] || missing+=(containernetworking-plugins)
[ ${#missing[@]} -eq 0 ] && exit 0
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}"
