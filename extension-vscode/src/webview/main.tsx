// A page in a webview: the same panels as in JupyterLab, in a document of their own.

import 'vscode-jsonrpc/browser';
import { useEffect, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect, HostProvider, PageContent, setKit, type OpenSocket, type PageArgs } from '@headwater/panels';
import { ASK, isFrame, TELL, type Begin } from './contract.ts';
import { KIT } from './kit.tsx';
import { makeHost } from './page-client.ts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; setState(state: unknown): unknown };

const api = acquireVsCodeApi();
const session = crypto.randomUUID();

const socket: OpenSocket = {
  send: (text) => api.postMessage({ session, text }),
  close: () => undefined,
  addEventListener: (type: string, listener: (event: { data: unknown }) => void) => {
    if (type === 'message') addEventListener('message', ({ data }: MessageEvent<unknown>) => { if (isFrame(data) && data.session === session) listener({ data: data.text }); });
  },
};

const connection = connect(socket);

function Shown({ begin }: { readonly begin: PageArgs }): ReactNode {
  const [page, setPage] = useState(begin);
  useEffect(() => {
    const end = connection.onNotification(TELL.page, setPage);
    return () => end.dispose();
  }, []);
  // The editor gives this back after a reload; what it answers here is nothing that an effect may return.
  useEffect(() => { api.setState(page); }, [page]);
  return <PageContent page={page} />;
}

async function begin(): Promise<void> {
  setKit(KIT);
  connection.listen();
  const given = await connection.sendRequest<Begin>(ASK.ready);
  const root = document.querySelector('#root');
  if (root !== null) createRoot(root).render(<HostProvider value={makeHost(connection, given)}><Shown begin={given.page} /></HostProvider>);
}

void begin();
