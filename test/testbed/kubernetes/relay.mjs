// node relay.mjs LISTEN TARGET [LISTEN TARGET ...]: each is HOST:PORT or a unix socket's path. Unix sockets
// cross network namespaces, so a pair of relays joins a namespace's port to the host's loopback.
import net from 'node:net'
import { rmSync } from 'node:fs'

const address = (text) => (text.includes('/') ? { path: text } : { host: text.slice(0, text.lastIndexOf(':')), port: Number(text.slice(text.lastIndexOf(':') + 1)) })
const args = process.argv.slice(2)
for (let i = 0; i < args.length; i += 2) {
  const [listen, target] = [address(args[i]), address(args[i + 1])]
  if (listen.path) rmSync(listen.path, { force: true })
  // Each direction ends by itself: what is still on its way when one side has said all must arrive.
  net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ ...target, allowHalfOpen: true })
    near.on('error', () => far.destroy()); far.on('error', () => near.destroy())
    near.pipe(far).pipe(near)
  }).listen(listen)
}
