// Steps as pods of a real cluster, over a real S3 server.

import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE_IMAGE, noCluster, POD_CPU, startCluster, type Cluster } from '../helpers/cluster.ts';
import { makeGate } from '../helpers/gate.ts';
import { askKernel } from '../helpers/kernel.ts';
import type { CellLiteral } from '../helpers/notebook.ts';
import { Project } from '../helpers/project.ts';
import { CREDENTIALS, startS3, type S3Server } from '../helpers/s3-server.ts';

if (noCluster !== null) console.log(`Kubernetes is not tested: ${noCluster}.`);

describe.skipIf(noCluster !== null)('kubernetes', () => {
  let server: S3Server;
  let cluster: Cluster;
  let inside: string;

  beforeAll(async () => {
    server = await startS3('versitygw');
    cluster = await startCluster();
    inside = await cluster.open(Number(new URL(server.endpoint).port));
  });
  afterAll(async () => {
    await cluster.end();
    await server.end();
  });

  interface Made {
    readonly project: Project;
    readonly run: (...args: string[]) => ReturnType<Project['headwater']>;
  }

  function make(cells: readonly CellLiteral[], profile: Record<string, unknown> = {}): Made {
    const project = new Project();
    project.notebook('nb.ipynb', cells);
    const prefix = `flows/${randomUUID()}`;
    project.write('headwater.json', JSON.stringify({
      kubernetes: { image: BASE_IMAGE, store: server.url(prefix).replace(server.endpoint, inside), envFromSecrets: ['s3'], cpu: POD_CPU, memory: '256Mi', ...profile },
    }));
    mkdirSync(project.path('.git'));
    Object.assign(project.env, CREDENTIALS, { HEADWATER_STORE: server.url(prefix), KUBECONFIG: cluster.kubeconfig, HEADWATER_CACHE: path.join(path.dirname(project.folder), 'cache') });
    return { project, run: (...args) => project.headwater('run', 'nb.ipynb', ...args) };
  }

  /** A gate that pods see, and the lines that wait at it. */
  function makePodGate() {
    const gate = makeGate();
    return { ...gate, profile: { volumes: [{ name: 'gate', hostPath: { path: gate.folder } }], volumeMounts: [{ name: 'gate', mountPath: gate.folder, readOnly: true }] } };
  }

  it('runs one step as a pod, with the names, aliases and functions it would see here', async () => {
    const { project, run } = make([
      ['setup', 'import os, random\nrandom.seed(5)\n\ndef double(x):\n    return [2 * each for each in x]'],
      ['step:a', 'rows = list(range(20000))\nother = rows\nfirst = random.random()'],
      ['step:b on:kubernetes', 'import os\nprint(len(rows), rows is other, double(rows[:3]), os.getuid())\nrows.append(random.random())\nos.write(1, b"from below\\n")\nrows[-1] > first'],
      ['step:c', 'second = random.random()\nprint(len(rows), rows is other)'],
    ]);
    expect(await run()).toMatchObject({
      code: 0, stderr: '',
      stdout: 'PYTHON · the active environment .venv\nnb/1 · nb.ipynb\n✓ a  TIME\n20000 True [0, 2, 4] 65534\nfrom below\nTrue\n✓ b  TIME\n20001 True\n✓ c  TIME\n✓ nb/1 done\n',
    });
    // The same notebook without a pod gives the same.
    const look = 'import headwater\nd = headwater.Run("nb/1").data\nprint(d.rows[-1], d.first, d.second, d.rows is d.other)';
    const there = await project.python(look);
    project.write('nb.ipynb', project.read('nb.ipynb').replace(',"on:kubernetes"', ''));
    await run('--store', 'here');
    project.env['HEADWATER_STORE'] = 'here';
    expect(await project.python(look)).toBe(there);
  });

  it('gives back the names of a failed pod as they were at the failure', async () => {
    const { project, run } = make([['step:a', 'x = 41'], ['step:b', 'y = x + 1\nprint("so far", y)\n1 / 0']]);
    const ended = await run('--on', 'kubernetes');
    expect(ended).toMatchObject({ code: 1, stderr: '' });
    expect(ended.stdout).toContain('so far 42\n');
    expect(ended.stdout).toContain('✗ b  ZeroDivisionError: division by zero\n✗ nb/1 failed in cell 2, line 3\n');
    expect(await project.python('import headwater\nt = headwater.Task("nb/1/b")\nprint(t.exception["type"], t.attempts[-1].data.y, t.stdout, end="")')).toBe('ZeroDivisionError 42 so far 42\n');
    // With the gesture of the editors, in the kernel of the notebook.
    const restore = { do: 'restore', store: project.env['HEADWATER_STORE'] ?? '', run: 'nb/1', step: 'b', moment: 'failure', overwrite: false } as const;
    const { answers, printed } = await askKernel(project, [restore, 'print(x, y)']);
    expect([answers.map(({ status }) => status), printed]).toEqual([['ok'], '41 42\n']);
  });

  it.each([
    ['a store that is a folder', ['--store', 'here'], 'The store PROJECT/here is a folder of this machine: pods cannot reach it.'],
    ['a kubeconfig that is not there', [], 'No kubeconfig was found'],
  ])('refuses %s before anything runs', async (what, args, sentence) => {
    const { project, run } = make([['step:a on:kubernetes', 'x = 1']]);
    if (what.includes('kubeconfig')) Object.assign(project.env, { KUBECONFIG: undefined, HOME: project.folder });
    expect(await run(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) as unknown });
  });

  it('refuses a namespace that these credentials have no right in', async () => {
    const { project, run } = make([['step:a on:kubernetes', 'x = 1']]);
    const token = cluster.kubectl('create', 'token', 'default').trim();
    project.env['KUBECONFIG'] = project.path(project.write('powerless.yaml', readFileSync(cluster.kubeconfig, 'utf8').replace(/token: \w+/, `token: ${token}`)));
    expect(await run()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/Namespace default at .* refuses: pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods"/) as unknown });
  });

  it('waits for room where a quota is used up', async () => {
    cluster.kubectl('create', 'namespace', 'small');
    cluster.kubectl('-n', 'small', 'create', 'secret', 'generic', 's3', ...Object.entries(CREDENTIALS).map(([name, value]) => `--from-literal=${name}=${value}`));
    cluster.kubectl('-n', 'small', 'create', 'quota', 'jobs', '--hard=count/jobs.batch=0');
    const { project, run } = make([['step:a on:kubernetes', 'print("had room")']], { namespace: 'small' });
    const running = run();
    await project.untilRun('nb/1');
    cluster.kubectl('-n', 'small', 'delete', 'quota', 'jobs');
    expect((await running).stdout).toContain('had room\n✓ a');
  });

  it('has a doctor who knows the way there', async () => {
    const healthy = make([['step:a', 'x = 1']]).project;
    expect((await healthy.headwater('doctor', '--on', 'kubernetes')).stdout).toContain('✓ kubernetes: it can be reached, and takes what the profile describes\n');
    const ill = make([['step:a', 'x = 1']], { memory: 'much' }).project;
    const ended = await ill.headwater('doctor', '--on', 'kubernetes');
    expect([ended.code, ended.stdout]).toEqual([1, expect.stringMatching(/✗ kubernetes: The cluster at .* refuses the pod as the profile describes it: ./)]);
  });

  it('has the volumes of the profile, and what its template adds', async () => {
    cluster.kubectl('create', 'configmap', 'words', '--from-literal=word=reed');
    const { run } = make([['step:a on:kubernetes', 'import os, socket\nprint(open("/words/word").read(), os.environ["MODE"], socket.gethostbyname("data"), open("/notes/note").read(), oct(os.stat("/scratch").st_mode & 0o777))']], {
      volumes: [{ name: 'words', configMap: { name: 'words' } }, { name: 'scratch', emptyDir: {} }], volumeMounts: [{ name: 'words', mountPath: '/words' }, { name: 'scratch', mountPath: '/scratch' }],
      template: {
        spec: {
          hostAliases: [{ ip: '10.0.0.9', hostnames: ['data'] }], volumes: [{ name: 'notes', emptyDir: {} }],
          // Runs to its end before the cells do.
          initContainers: [{ name: 'writer', image: BASE_IMAGE, command: ['python3', '-c', 'open("/notes/note", "w").write("written")'], volumeMounts: [{ name: 'notes', mountPath: '/notes' }] }],
          containers: [{ name: 'step', env: [{ name: 'MODE', value: 'quiet' }], volumeMounts: [{ name: 'notes', mountPath: '/notes' }] }],
        },
      },
    });
    expect((await run()).stdout).toContain('reed quiet 10.0.0.9 written 0o777\n✓ a');
  });

  it('says which file would be missing, before anything runs', async () => {
    const { run } = make([['step:a', 'open("out.csv", "w").write("1")'], ['step:b on:kubernetes', 'text = open("out.csv").read()']]);
    expect(await run()).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('Step `b` reads the file out.csv that `a` writes; a pod does not see another one\'s files.') as unknown });
  });

  it('takes the files and modules that cells name, and nothing else', async () => {
    const { project, run } = make([['setup', 'import helper'], ['step:a on:kubernetes', 'import os\ntext = open("data.csv").read()\nfound = sorted({*os.listdir(".")} - {"__pycache__"})\nprint(text, found, helper.answer())']]);
    for (const [name, text] of [['data.csv', '1,2'], ['other.csv', '3'], ['.env', 'SECRET=1'], ['helper.py', 'def answer():\n    return 42\n'], ['deep/module.py', '']] as const) project.write(name, text);
    expect((await run()).stdout).toContain("1,2 ['data.csv', 'deep', 'helper.py'] 42\n");
  });

  it.each([
    ['an image that is not there', { image: 'localhost/test/nothing:1', imageSeconds: 2 }, 'it did not start: image localhost/test/nothing:1: ErrImagePull'],
    ['a pod no node has room for', { cpu: '640', scheduleSeconds: 2 }, 'it did not start: 0/1 nodes are available: 1 Insufficient cpu'],
    ['an image without Python', { python: 'python9' }, 'the image cannot start Python'],
    ['an image for another processor', { python: 'python3-aarch64' }, `image ${BASE_IMAGE} is for another processor than its node's`],
    ['a secret that is not there', { envFromSecrets: ['absent'], imageSeconds: 2 }, 'CreateContainerConfigError'],
    ['a store that pods cannot reach', { store: 's3://team/x?endpoint=http://10.200.0.1:9' }, 'the store cannot be reached from the pod: http://10.200.0.1:9/team/x/code/'],
  ])('says what is wrong with %s, in bounded time', async (_, profile, sentence) => {
    const { run } = make([['step:a on:kubernetes', 'x = 1']], profile);
    const ended = await run();
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain(sentence);
  });

  it('names the limit when memory runs out', async () => {
    const { run } = make([['step:a on:kubernetes', 'x = [bytearray(10**7) for _ in range(60)]']]);
    expect((await run()).stdout).toMatch(/✗ a {2}.*(lack of memory; it had used 0\.\d GB of a limit of 0\.3 GB|more memory than its limit of 256Mi)/);
  });

  it('gives a step whose pod the cluster takes away another one', async () => {
    const gate = makePodGate();
    const { project, run } = make([['step:a on:kubernetes', `import socket\nhost = socket.gethostname()\nprint("up", flush=True)\n${gate.wait}\nx = 7`], ['step:b', 'print(x)']], gate.profile);
    const running = run();
    const pod = await untilRunning(cluster, project);
    // What cells raise because they are told to end is no failure of theirs.
    while (!(await project.headwater('logs', 'nb/1/a')).stdout.includes('up')) await sleep(500);
    cluster.kubectl('taint', 'node', 'n1', 'spot=gone:NoExecute');
    await sleep(1_000);
    cluster.kubectl('taint', 'node', 'n1', 'spot-');
    // As for a pod that somebody deleted.
    cluster.kubectl('delete', 'pod', await untilRunning(cluster, project, pod), '--grace-period=0', '--force');
    gate.open();
    expect((await running).stdout).toContain('7\n✓ b');
    expect(await project.python('import headwater\nprint(headwater.Run("nb/1").data.host)')).not.toContain(pod);
  });

  it('gives a step whose node is lost another pod', async () => {
    const key = 'node.kubernetes.io/unreachable';
    const tolerations = [{ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 0 }];
    const gate = makePodGate();
    const { project, run } = make([['step:a on:kubernetes', `import socket\nhost = socket.gethostname()\n${gate.wait}`], ['step:b', 'print("went on")']], { tolerations, ...gate.profile });
    const running = run();
    const pod = await untilRunning(cluster, project);
    try {
      await cluster.loseNode();
      // Where all nodes are lost, Kubernetes suspects itself and leaves pods alone: what it does to one of several.
      cluster.kubectl('taint', 'node', 'n1', `${key}:NoExecute`);
      await expect.poll(() => tasksOf(cluster, project), { timeout: 120_000, interval: 1_000 }).toHaveLength(2);
      gate.open();
    } finally {
      // The cluster itself takes the taint off a node that answers.
      await cluster.bringNode();
    }
    expect((await running).stdout).toContain('✓ a  TIME\nwent on\n✓ b');
    expect(await project.python('import headwater\nprint(headwater.Run("nb/1").data.host)')).not.toContain(pod);
  });

  it('rides out an API server that is killed and comes back', async () => {
    const gate = makePodGate();
    const { project, run } = make([['step:a on:kubernetes', `${gate.wait}\nx = 7`], ['step:b on:kubernetes', 'print(x)']], gate.profile);
    const running = run();
    await untilRunning(cluster, project);
    await cluster.restart('apiserver');
    gate.open();
    expect((await running).stdout).toContain('✓ a  TIME\n7\n✓ b  TIME\n✓ nb/1 done\n');
  });

  it('ends with a reason when the cluster does not answer any more; resume takes over what went on', async () => {
    const gate = makePodGate();
    const { project, run } = make([['step:a on:kubernetes', `print("once", flush=True)\n${gate.wait}\nx = 7`], ['step:b', 'print(x + 1)']], { silentSeconds: 9, ...gate.profile });
    const running = run();
    await untilRunning(cluster, project);
    await cluster.restart('apiserver', 'kill');
    try {
      // The store answers all the while.
      expect((await running).stdout + (await running).stderr).toContain('The cluster has not answered for 9 seconds.');
    } finally {
      await cluster.restart('apiserver', 'start');
    }
    await expect.poll(() => tasksOf(cluster, project), { timeout: 60_000, interval: 500 }).toEqual(['nb/1/a.0']);
    gate.open();
    expect((await project.headwater('resume', 'nb/1')).stdout).toContain('once\n↻ a  reused\n8\n✓ b  TIME\n✓ nb/2 done\n');
  });

  it('goes on after its engine was killed with what still runs: nothing twice, nothing lost', async () => {
    const gate = makePodGate();
    const { project } = make([['step:a on:kubernetes', `print("once", flush=True)\n${gate.wait}\nx = 7`], ['step:b on:kubernetes', 'y = x + 1\nprint(y)']], gate.profile);
    const child = project.start(['run', 'nb.ipynb']);
    const ended = project.end(child);
    await untilRunning(cluster, project);
    const { owner } = JSON.parse((await project.headwater('show', 'nb/1', '--json')).stdout) as { owner: { pid: number } };
    process.kill(owner.pid, 'SIGKILL');
    expect((await ended).stdout).toContain('nb/1 lost');
    const resumed = project.headwater('resume', 'nb/1');
    await project.untilRun('nb/2');
    gate.open();
    expect((await resumed).stdout).toBe('PYTHON · the active environment .venv\nnb/2 · nb.ipynb\nonce\n↻ a  reused\n8\n✓ b  TIME\n✓ nb/2 done\n');
    expect(tasksOf(cluster, project)).toEqual(['nb/1/a.0', 'nb/2/b.0']);
  });

  describe('branches of a foreach', () => {
    /** It is taken apart where it was made: here, without a pod. */
    const LIST: CellLiteral = ['step:list', 'items = [0, 1, 2]'];
    const untilAllPrint = async (project: Project, text: string) => {
      for (const index of [0, 1, 2]) while (!(await project.headwater('logs', `nb/1/each[${index}]`)).stdout.includes(text)) await sleep(500);
    };

    it('are one Job; one that is tried again has a Job of its own', async () => {
      const { project, run } = make([
        LIST,
        ['step:each foreach:item=items retry:1 on:kubernetes', 'import os, headwater\nif item == 1 and headwater.current.attempt == 0:\n    os._exit(3)\nprint(item)\ny = item * 10'],
        ['step:all join', 'print([each.y for each in inputs])'],
      ]);
      const { code, stdout } = await run();
      expect([code, stdout]).toEqual([0, expect.stringContaining('[0, 10, 20]\n✓ all')]);
      expect(tasksOf(cluster, project)).toEqual(['nb/1/each', 'nb/1/each[1].1']);
      expect(await project.python('import headwater\nprint([t.stdout for t in headwater.Run("nb/1")["each"].tasks()])')).toBe("['0\\n', '1\\n', '2\\n']\n");
    });

    it('end one by one: of lack of memory, of time, of a pod that is taken away', async () => {
      const gate = makePodGate();
      const { project, run } = make([
        LIST,
        ['step:each foreach:item=items timeout:60s catch:end on:kubernetes', `import time\nprint("up", flush=True)\nif item == 1:\n    time.sleep(200)\n${gate.wait}\nif item == 0:\n    x = [bytearray(10**7) for _ in range(60)]`],
        ['step:all join', 'print([each.end and each.end.type for each in inputs])'],
      ], gate.profile);
      const running = run();
      await untilAllPrint(project, 'up');
      const job = jobsOf(cluster, project).find(({ annotations }) => annotations['headwater.dev/task'] === 'nb/1/each');
      const [pod = ''] = cluster.kubectl('get', 'pods', '-l', `job-name=${job?.name ?? ''},batch.kubernetes.io/job-completion-index=2`, '-o', 'name').trim().split('\n');
      cluster.kubectl('delete', pod, '--grace-period=0', '--force');
      gate.open();
      // What `catch` binds for those that could not do so themselves is bound in pods of their own; nobody waits for the wave any more.
      expect((await running).stdout).toContain("['Died', 'Timeout', None]\n✓ all");
      expect(tasksOf(cluster, project)).toEqual(['nb/1/each[0].1', 'nb/1/each[1].1', 'nb/1/each[2].0']);
    });

    it('are taken over one by one from an engine that was killed: nothing twice, nothing lost', async () => {
      const gate = makePodGate();
      const { project } = make([
        ['step:list on:kubernetes', 'items = [0, 1, 2]'],
        ['step:each foreach:item=items on:kubernetes', `print("once", flush=True)\n${gate.wait}\ny = item * 10`],
        ['step:all join on:kubernetes', 'print([each.y for each in inputs])'],
      ], gate.profile);
      const ended = project.end(project.start(['run', 'nb.ipynb']));
      await untilAllPrint(project, 'once');
      const { owner } = JSON.parse((await project.headwater('show', 'nb/1', '--json')).stdout) as { owner: { pid: number } };
      process.kill(owner.pid, 'SIGKILL');
      expect((await ended).stdout).toContain('nb/1 lost');
      const resumed = project.headwater('resume', 'nb/1');
      await project.untilRun('nb/2');
      gate.open();
      expect((await resumed).stdout).toContain('[0, 10, 20]\n✓ all');
      expect(tasksOf(cluster, project)).toEqual(['nb/1/each', 'nb/1/each[].0', 'nb/1/list.0', 'nb/2/all.0']);
    });

    it('are stopped together, with their `finally` blocks', async () => {
      const { project } = make([LIST, ['step:each foreach:item=items on:kubernetes', 'import time\ntry:\n    print("up", flush=True)\n    time.sleep(100)\nfinally:\n    print("tidied up")']]);
      const ended = project.end(project.start(['run', 'nb.ipynb']));
      await untilAllPrint(project, 'up');
      await project.headwater('stop', 'nb/1');
      await ended;
      expect(await project.python('import headwater\nprint([t.attempts[-1].text("stdout") for t in headwater.Run("nb/1")["each"].tasks()])')).toBe(`[${Array(3).fill("'up\\ntidied up\\n'").join(', ')}]\n`);
      expect(tasksOf(cluster, project)).toEqual([]);
    });
  });

  it('stops a pod so that its `finally` blocks run and what they print is kept', async () => {
    const { project } = make([['step:a on:kubernetes', 'import time\ntry:\n    print("up", flush=True)\n    time.sleep(100)\nfinally:\n    print("tidied up")']]);
    const child = project.start(['run', 'nb.ipynb']);
    const ended = project.end(child);
    while (!(await project.headwater('logs', 'nb/1/a')).stdout.includes('up')) await sleep(500);
    expect((await project.headwater('stop', 'nb/1')).stdout).toContain('nb/1 is stopped');
    await ended;
    expect(await project.python('import headwater\nprint(headwater.Task("nb/1/a").attempts[-1].text("stdout"), end="")')).toBe('up\ntidied up\n');
  });
});

interface Jobs {
  readonly items: readonly { readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> } }[];
}

const jobsOf = (cluster: Cluster, project: Project) =>
  (JSON.parse(cluster.kubectl('get', 'jobs', '-o', 'json')) as Jobs).items.filter(({ metadata }) => metadata.annotations['headwater.dev/store'] === storeOf(project)).map(({ metadata }) => metadata);

/** What each Job of this project was made for. */
const tasksOf = (cluster: Cluster, project: Project) => jobsOf(cluster, project).map(({ annotations }) => annotations['headwater.dev/task'] ?? '').sort();

const storeOf = (project: Project) => project.env['HEADWATER_STORE']?.split('?')[0] ?? '';

interface Pods {
  readonly items: readonly { readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> }; readonly status: { readonly phase: string } }[];
}

/** Name of a pod of this project that runs, not that one: those of other tests may still be on their way out. */
async function untilRunning(cluster: Cluster, project: Project, but = ''): Promise<string> {
  const store = storeOf(project);
  for (let left = 240; left > 0; left -= 1) {
    const { items } = JSON.parse(cluster.kubectl('get', 'pods', '-o', 'json')) as Pods;
    const found = items.find(({ metadata, status }) => status.phase === 'Running' && metadata.name !== but && metadata.annotations?.['headwater.dev/store'] === store);
    if (found !== undefined) return found.metadata.name;
    await sleep(250);
  }
  throw new Error('no pod runs');
}
