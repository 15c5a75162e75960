#!/usr/bin/env bash
# notebook-image.sh PYTHON OUT.tar: a docker-archive with localhost/test/notebook:1, made of an environment of this machine: its interpreter,
# its packages and the libraries they are linked to. The same versions here and in pods, and nothing is downloaded.
set -euo pipefail
python=$1 out=$2
stamp=$("$python" -c 'import sys, importlib.metadata as m; print(sys.version, sorted((d.metadata["Name"], d.version) for d in m.distributions()))' | sha256sum | cut -c1-16)
[ -s "$out" ] && [ "$(cat "$out.stamp" 2> /dev/null)" = "$stamp" ] && exit 0
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
root=$work/root; mkdir -p "$root"/{tmp,proc,sys,dev,run,work,opt/site,usr/bin,usr/lib,usr/lib64,etc/ssl/certs}
chmod 1777 "$root/tmp"
for d in bin lib lib64; do ln -s "usr/$d" "$root/$d"; done
program=$("$python" -c 'import os, sys; print(os.path.realpath(sys.executable))')
read -r base stdlib site <<< "$("$python" -c 'import sys, sysconfig; print(sys.base_prefix, sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"))')"
mkdir -p "$root$(dirname "$program")" "$root$(dirname "$stdlib")"
cp "$program" "$root$program"
find "$base/lib" -maxdepth 1 -name 'libpython3*' -exec cp -P {} "$root$base/lib/" \;
tar -C "$(dirname "$stdlib")" --exclude=site-packages --exclude=test --exclude=idlelib --exclude=tkinter --exclude=ensurepip --exclude=__pycache__ --exclude='*.a' -cf - "$(basename "$stdlib")" | tar -C "$root$(dirname "$stdlib")" -xf -
tar -C "$site" --exclude=__pycache__ --exclude=tests --exclude=pip --exclude=ruff --exclude='*.pyi' -cf - . | tar -C "$root/opt/site" -xf -
# What it is linked to, and what the interpreter opens by name.
{ { echo "$program"; find "$stdlib" "$site" -name '*.so*' -type f; } | xargs ldd 2> /dev/null | sed -nE 's/.*=> (\/[^ ]+) \(.*/\1/p; s/^\t(\/[^ ]+) \(.*/\1/p' | grep -v "^$site" || true; ls /lib/*-linux-gnu/lib{nss_files,nss_dns,resolv,pthread,dl,rt,util,gcc_s,stdc++}.so.* 2> /dev/null; } | sort -u | while read -r file; do
  real=$(realpath -m "$(dirname "$file")"); mkdir -p "$root$real"; cp -L "$file" "$root$real/" 2> /dev/null || true
done
ln -sf "$program" "$root/usr/bin/python3"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/" 2> /dev/null || true
printf 'root:x:0:0:root:/root:/bin/false\nnobody:x:65534:65534::/tmp:/bin/false\n' > "$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' > "$root/etc/group"
chmod -R go+rX "$root"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C "$root" -cf "$work/layer.tar" .
diff=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
printf '{"architecture":"amd64","os":"linux","created":"1970-01-01T00:00:00Z","config":{"Env":["PATH=/usr/bin","PYTHONPATH=/opt/site"],"WorkingDir":"/work","Cmd":["python3"]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created":"1970-01-01T00:00:00Z"}]}' "$diff" > "$work/config.json"
printf '[{"Config":"config.json","RepoTags":["localhost/test/notebook:1"],"Layers":["layer.tar"]}]' > "$work/manifest.json"
tar -C "$work" -cf "$out.part" manifest.json config.json layer.tar
mv "$out.part" "$out"; echo "$stamp" > "$out.stamp"
