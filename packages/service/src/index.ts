// The service that editors talk to.
export { serve, type Service, type ServeOptions } from './serve.ts';
