// Between editors and the service: how a connection is opened, and what may pass over it. JSON-RPC 2.0, one message a WebSocket frame.

/** Major number of everything in this folder. A service and an editor of different numbers do not talk. 1 knew one task a step. */
export const EDITOR_PROTOCOL = 2;

/** A frame above this is refused: jupyter-server-proxy cuts a connection without a word at 10 MiB. What is larger goes in pages. */
export const MAX_FRAME_BYTES = 1 << 20;

/** A browser sends this only to its own origin, or after a preflight that nobody answers: proof that no foreign page asks. */
export const OWN_HEADER = 'x-headwater';

/** Under the address of the service. `POST ticket` with the own header gives a ticket for one `hello`; `GET rpc` is the socket. */
export const PATHS = { ticket: 'ticket', rpc: 'rpc' } as const;

/** Codes of JSON-RPC errors. `data` of the first is a Problem; of the second nothing about the person's work. */
export const ERROR_CODES = { mistake: 1, bug: 2, otherProtocol: 3, refused: 4, tooLarge: 5 } as const;

/** Notifications about one run or list come at most this often, with the newest state. */
export const MOST_EVENTS_A_SECOND = 10;

/** The one line a service prints when it listens. The token is in the file, never on a command line. */
export interface Listening {
  readonly type: 'listening';
  readonly protocol: number;
  /** Path of a unix socket, or null. */
  readonly socket: string | null;
  /** Port on 127.0.0.1, or null. */
  readonly port: number | null;
  readonly tokenFile: string;
}

export interface Welcome {
  readonly protocol: number;
  readonly engine: string;
  /** Folders whose notebooks and stores this service serves; relative paths are meant from the first. */
  readonly roots: readonly string[];
  /** Folder of the Python package that travels with the engine: for kernels that do not have it. */
  readonly bridge: string;
  readonly host: string;
  readonly user: string;
  /** Only looking is allowed: the workspace is not trusted. */
  readonly readOnly: boolean;
}
