// What both editors take: the connection to the service, and the panels.
export { CallError, type Backend, type LinkState } from './client/backend.ts';
export { Link, type Dial } from './client/link.ts';
