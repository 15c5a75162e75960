// What a project's pods have beside what the profile has words for: a part of a pod, laid over the one Headwater makes. Pure.

import type { V1PodTemplateSpec } from '@kubernetes/client-node';

type Json = unknown;
type JsonObject = Readonly<Record<string, Json>>;

/** As the cluster itself tells the members of a pod's lists apart when it merges two. */
const KEYS: Readonly<Record<string, string>> = {
  containers: 'name', initContainers: 'name', volumes: 'name', env: 'name', imagePullSecrets: 'name', volumeMounts: 'mountPath', ports: 'containerPort', hostAliases: 'ip', topologySpreadConstraints: 'topologyKey',
};

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What it says counts before what Headwater says; members of such lists are added, or changed where there is one of that name. */
export function layOver(pod: V1PodTemplateSpec, template: JsonObject): V1PodTemplateSpec {
  return merge(pod, template) as V1PodTemplateSpec;
}

function merge(below: Json, above: Json, field = ''): Json {
  const key = KEYS[field];
  if (key !== undefined && Array.isArray(below) && Array.isArray(above)) return mergeLists(below, above, key);
  if (!isObject(below) || !isObject(above)) return above;
  return { ...below, ...Object.fromEntries(Object.entries(above).map(([name, value]) => [name, name in below ? merge(below[name], value, name) : value])) };
}

function mergeLists(below: readonly Json[], above: readonly Json[], key: string): Json[] {
  const isSame = (a: Json, b: Json) => isObject(a) && isObject(b) && a[key] === b[key];
  return [
    ...below.map((each) => above.filter((other) => isSame(each, other)).reduce<Json>((merged, other) => merge(merged, other), each)),
    ...above.filter((each) => !below.some((other) => isSame(each, other))),
  ];
}
