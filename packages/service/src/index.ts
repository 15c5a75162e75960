// The service that editors talk to, and the report that the command writes too.
export { readReport } from './report/read-report.ts';
export { readFlow } from './runs/read-flow.ts';
export { readRun } from './runs/read-run.ts';
export { serve, type Service, type ServeOptions } from './serve.ts';
