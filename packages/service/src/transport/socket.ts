// JSON-RPC over one WebSocket: a message a frame.

import { ERROR_CODES, MAX_FRAME_BYTES } from '@headwater/protocol';
import {
  AbstractMessageReader, AbstractMessageWriter, Message,
  type DataCallback, type Disposable, type MessageReader, type MessageWriter, type ResponseMessage,
} from 'vscode-jsonrpc/node';
import type { WebSocket } from 'ws';

export class SocketReader extends AbstractMessageReader implements MessageReader {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on('close', () => this.fireClose());
  }

  listen(callback: DataCallback): Disposable {
    const hear = (data: Buffer, isBinary: boolean) => {
      const message = isBinary ? null : parse(data);
      if (message === null) this.#socket.close(1003, 'not JSON-RPC');
      else callback(message);
    };
    this.#socket.on('message', hear);
    return { dispose: () => this.#socket.off('message', hear) };
  }
}

function parse(data: Buffer): Message | null {
  try {
    const value: unknown = JSON.parse(data.toString());
    return typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0' ? value as Message : null;
  } catch {
    return null;
  }
}

export class SocketWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
  }

  write(message: Message): Promise<void> {
    let text = JSON.stringify(message);
    if (Buffer.byteLength(text) > MAX_FRAME_BYTES) {
      if (!Message.isResponse(message)) return Promise.resolve();
      const answer: ResponseMessage = { jsonrpc: '2.0', id: message.id, error: { code: ERROR_CODES.tooLarge, message: 'The answer is larger than a frame may be.' } };
      text = JSON.stringify(answer);
    }
    return new Promise((resolve) => this.#socket.send(text, () => resolve()));
  }

  end(): void {
    this.#socket.close();
  }
}
