// JSON-RPC over a WebSocket, a message a frame. Works with a browser's socket and with that of `ws`.
// Whoever uses it imports `vscode-jsonrpc/browser` or `vscode-jsonrpc/node` first: that gives the library its timers.

import {
  AbstractMessageReader, AbstractMessageWriter, createMessageConnection,
  type DataCallback, type Disposable, type Message, type MessageConnection, type MessageReader, type MessageWriter,
} from 'vscode-jsonrpc';

/** What is needed of a WebSocket that is open. */
export interface OpenSocket {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

class Reader extends AbstractMessageReader implements MessageReader {
  readonly #socket: OpenSocket;

  constructor(socket: OpenSocket) {
    super();
    this.#socket = socket;
    socket.addEventListener('close', () => this.fireClose());
  }

  listen(callback: DataCallback): Disposable {
    let heard = true;
    this.#socket.addEventListener('message', ({ data }) => {
      if (heard) callback(JSON.parse(String(data)) as Message);
    });
    return { dispose: () => { heard = false; } };
  }
}

class Writer extends AbstractMessageWriter implements MessageWriter {
  readonly #socket: OpenSocket;

  constructor(socket: OpenSocket) {
    super();
    this.#socket = socket;
  }

  write(message: Message): Promise<void> {
    this.#socket.send(JSON.stringify(message));
    return Promise.resolve();
  }

  end(): void {
    this.#socket.close();
  }
}

export function connect(socket: OpenSocket): MessageConnection {
  return createMessageConnection(new Reader(socket), new Writer(socket));
}
