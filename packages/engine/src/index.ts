// What the command line and the service may use of the engine.
export { isAlive } from './launch/owner.ts';
export { analyseFile } from './launch/prepare.ts';
export { type Reply } from './launch/reply.ts';
export { defaultRequest, RunRequestSchema, type RunRequest } from './launch/request.ts';
export { makeResumeRequest } from './launch/resume-request.ts';
export { runToEnd } from './launch/run-process.ts';
export { startRun } from './launch/start-run.ts';
export { ENGINE_VERSION } from './launch/version.ts';
export { evolve } from './run/evolve.ts';
export { INITIAL_STATE, type RunState, type StepState } from './run/state.ts';
export { followEvents, followLines, readEvents, readLines } from './store/follow.ts';
export { locateStore, openStore } from './store/open-store.ts';
export { listAllSummaries, listSummaries, readRecord, readSummary } from './store/runs.ts';
export { type Store } from './store/store.ts';
