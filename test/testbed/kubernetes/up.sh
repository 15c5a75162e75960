#!/usr/bin/env bash
# up.sh t1|t2 RUN_DIR: starts a Kubernetes and prints the path of its kubeconfig.
#   t1  etcd + apiserver + controller-manager + scheduler on loopback ports; no root, no kubelet.
#   t2  the same + containerd + kubelet, in network, mount and pid namespaces of their own (root).
#       Inside, everything is at $K8S_NODE_IP. RUN_DIR/kubeconfig works inside (nsenter -t $(cat RUN_DIR/ns.pid) --net),
#       RUN_DIR/kubeconfig.host from the host's loopback by way of a unix socket (needs node).
# K8SALL_JOB_SYNC=50ms K8SALL_JOB_BACKOFF=200ms make the Job controller quick; unset, it is as upstream (1s, 10s).
set -euo pipefail
. "$(dirname "$0")/env.sh"
tier=${1:?usage: up.sh t1|t2 RUN_DIR}; run=$(realpath -m "${2:?usage: up.sh t1|t2 RUN_DIR}")
export K8S_NODE_IP=${K8S_NODE_IP:-10.200.0.1} K8S_POD_NET=${K8S_POD_NET:-10.202.0.0/24} K8S_SERVICE_NET=${K8S_SERVICE_NET:-10.201.0.0/24}
[ -x "$K8S_BIN/k8sall" ] || { echo "run build.sh first" >&2; exit 1; }
if [ -s "$run/ready" ] && "$here/alive.sh" "$run"; then echo "$run/kubeconfig"; exit 0; fi
[ -d "$run" ] && "$here/down.sh" "$run"
trap '[ -s "$run/ready" ] || "$here/down.sh" "$run"' EXIT   # a failed start leaves its logs, and nothing running
mkdir -p "$run/pids" "$run/commands"
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
# One certificate that is its own CA, good for the namespace's address and for the host's loopback; its key signs service accounts' tokens too.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=testbed -keyout "$run/tls.key" -out "$run/tls.crt" \
  -addext "subjectAltName=IP:127.0.0.1,IP:$K8S_NODE_IP,DNS:localhost,DNS:kubernetes.default.svc" 2> "$run/openssl.log"
printf '%s,admin,admin,system:masters\n' "$token" > "$run/tokens.csv"

spawn() { # NAME COMMAND...: a process of ours, its pid kept for down.sh, its command for restart.sh
  local name=$1; shift
  printf '%q ' "$@" > "$run/commands/$name"
  setsid nohup "$@" > "$run/$name.log" 2>&1 < /dev/null & echo $! > "$run/pids/$name"
}
waitFor() { # SECONDS WHAT COMMAND...
  local end=$((SECONDS + $1)) what=$2; shift 2
  until "$@" > /dev/null 2>&1; do
    [ $SECONDS -lt $end ] && "$here/alive.sh" "$run" || { echo "up.sh: $what not ready; see $run/*.log" >&2; exit 1; }
    sleep 0.1
  done
}
kubeconfig() { # FILE SERVER
  cat > "$1" <<K
apiVersion: v1
kind: Config
clusters: [{name: test, cluster: {server: "$2", certificate-authority-data: $(base64 -w0 < "$run/tls.crt")}}]
users: [{name: admin, user: {token: $token}}]
contexts: [{name: test, context: {cluster: test, user: admin}}]
current-context: test
K
}
controllers=job-controller,cronjob-controller,garbage-collector-controller,ttl-after-finished-controller,pod-garbage-collector-controller,namespace-controller,serviceaccount-controller,root-ca-certificate-publisher-controller,resourcequota-controller,disruption-controller,node-lifecycle-controller,taint-eviction-controller
case $tier in
  t1)
    read -r etcdPort peerPort apiPort <<< "$(python3 -c 'import socket
s=[socket.socket() for _ in range(3)]
[x.bind(("127.0.0.1",0)) for x in s]
print(*[x.getsockname()[1] for x in s])')"
    bind=127.0.0.1; enter=()
    grace=24h ;; # a simulated node renews no lease, and is not to be found lost
  t2)
    etcdPort=2379 peerPort=2380 apiPort=6443 bind=$K8S_NODE_IP grace=${K8S_NODE_GRACE:-50s}
    spawn ns unshare --net --mount --pid --fork --kill-child --mount-proc "$here/node-init.sh" "$run"
    ns=$(cat "$run/pids/ns"); echo "$ns" > "$run/ns.pid"
    waitFor 10 namespaces test -s "$run/ns.ready"
    init=$(cat "/proc/$ns/task/$ns/children"); init=${init// /}
    enter=(nsenter -t "$ns" --net) node=(nsenter -t "$init" --net --mount --pid) ;;
  *) echo "up.sh: no tier $tier" >&2; exit 2 ;;
esac

spawn etcd "${enter[@]}" "$K8S_BIN/etcd" --data-dir "$run/etcd" --unsafe-no-fsync --log-level warn \
  --listen-client-urls "http://127.0.0.1:$etcdPort" --advertise-client-urls "http://127.0.0.1:$etcdPort" \
  --listen-peer-urls "http://127.0.0.1:$peerPort" --initial-advertise-peer-urls "http://127.0.0.1:$peerPort" --initial-cluster "default=http://127.0.0.1:$peerPort"
spawn apiserver "${enter[@]}" "$K8S_BIN/kube-apiserver" --etcd-servers="http://127.0.0.1:$etcdPort" --tls-cert-file="$run/tls.crt" --tls-private-key-file="$run/tls.key" \
  --bind-address="$bind" --secure-port="$apiPort" --advertise-address="$bind" --endpoint-reconciler-type=none \
  --service-cluster-ip-range="$K8S_SERVICE_NET" --service-account-issuer=https://kubernetes.default.svc \
  --service-account-key-file="$run/tls.crt" --service-account-signing-key-file="$run/tls.key" \
  --authorization-mode=Node,RBAC --token-auth-file="$run/tokens.csv" --kubelet-preferred-address-types=InternalIP --allow-privileged=true
kubeconfig "$run/kubeconfig" "https://$bind:$apiPort"
get() { "${enter[@]}" "$K8S_BIN/kubectl" --kubeconfig "$run/kubeconfig" "$@"; }
waitFor 60 apiserver "${enter[@]}" curl -fsk "https://$bind:$apiPort/readyz"
auth=(--kubeconfig="$run/kubeconfig" --authentication-kubeconfig="$run/kubeconfig" --authorization-kubeconfig="$run/kubeconfig")
spawn kcm "${enter[@]}" "$K8S_BIN/kube-controller-manager" "${auth[@]}" --leader-elect=false --secure-port=0 \
  --service-account-private-key-file="$run/tls.key" --root-ca-file="$run/tls.crt" \
  --kube-api-qps=200 --kube-api-burst=400 --terminated-pod-gc-threshold=0 --node-monitor-grace-period="$grace" \
  --controllers="$controllers"
spawn scheduler "${enter[@]}" "$K8S_BIN/kube-scheduler" "${auth[@]}" --leader-elect=false --secure-port=0 --kube-api-qps=200 --kube-api-burst=400
if [ "$tier" = t2 ]; then
  spawn kubelet "${node[@]}" "$K8S_BIN/kubelet" --kubeconfig="$run/kubeconfig" --config="$run/kubelet.yaml" --root-dir="$run/kubelet" \
    --cert-dir="$run/kubelet-pki" --hostname-override=n1 --node-ip="$K8S_NODE_IP" --runtime-cgroups=/ --kubelet-cgroups=/ --v=1
  waitFor 30 node bash -c 'test "$("$@")" = True' - "${enter[@]}" "$K8S_BIN/kubectl" --kubeconfig "$run/kubeconfig" get node n1 -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}'
  waitFor 60 image test -s "$run/image.ready"
  if command -v node > /dev/null; then
    spawn relay-in "${enter[@]}" node "$here/relay.mjs" "$run/api.sock" "$K8S_NODE_IP:$apiPort"
    hostPort=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
    spawn relay-out node "$here/relay.mjs" "127.0.0.1:$hostPort" "$run/api.sock"
    sed "s#https://$bind:$apiPort#https://127.0.0.1:$hostPort#" "$run/kubeconfig" > "$run/kubeconfig.host"
  fi
fi
waitFor 60 "service account" get get serviceaccount default
echo "$tier" > "$run/ready"
echo "$run/kubeconfig"
