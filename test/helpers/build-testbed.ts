// Builds what the remote suites run against, into the user's cache folder: for machines that have none of it yet, so that no test waits for it.

import { findAwsPython } from './aws.ts';
import { noCluster } from './cluster.ts';
import { CACHE, findTool, runScript, TOOLS, type Tool } from './testbed.ts';

const cluster = async () => {
  if (noCluster !== null) return;
  await runScript('kubernetes/packages.sh', []);
  await runScript('kubernetes/build.sh', [], { K8S_CACHE: CACHE });
};

await Promise.all([cluster(), findAwsPython(), ...Object.keys(TOOLS).map((tool) => findTool(tool as Tool))]);
