#!/usr/bin/env bash
# lose-node.sh RUN_DIR: kills the kubelet, then everything in its pods: for the cluster, the node is silent from one moment to the next.
set -eu
run=$(realpath "$1")
"$(dirname "$0")/restart.sh" "$run" kubelet kill
for folder in /sys/fs/cgroup/{,*/}"$(cat "$run/cgroup")"; do   # of each hierarchy that there is
  [ -d "$folder" ] && find "$folder" -mindepth 2 -name cgroup.procs -exec cat {} +
done | sort -u | while read -r pid; do kill -KILL "$pid" 2> /dev/null || true; done
