# Read by the other scripts. Everything has a default; nothing here names a machine or a registry.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
K8S_VERSION=${K8S_VERSION:-1.34.4}
export K8S_CACHE=${K8S_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/headwater-testbed}
K8S_BIN=$K8S_CACHE/bin-$K8S_VERSION
