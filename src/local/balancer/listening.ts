import type net from 'node:net'

export const LOOPBACK = '127.0.0.1'

/** A socket that waits for clients. */
export interface Listening {
  readonly port: number
  /** Stops taking clients and cuts the connections that are open. */
  close(): Promise<void>
}

/**
 * Binds a server to a port of loopback.
 *
 * @param wanted the port, if it is free; else, or without it, the system chooses one
 */
export async function listen(server: net.Server, wanted = 0): Promise<Listening> {
  const clients = new Set<net.Socket>()
  server.on('connection', (socket) => {
    clients.add(socket)
    socket.on('close', () => clients.delete(socket))
  })
  await bind(server, wanted).catch((error: NodeJS.ErrnoException) => {
    if (wanted === 0 || !['EADDRINUSE', 'EACCES'].includes(error.code ?? '')) throw error
    return bind(server, 0)
  })
  return {
    port: portOf(server),
    async close() {
      const closed = Promise.withResolvers<void>()
      server.close(() => closed.resolve())
      for (const socket of clients) socket.destroy()
      await closed.promise
    },
  }
}

async function bind(server: net.Server, port: number): Promise<void> {
  const bound = Promise.withResolvers<void>()
  server.once('error', bound.reject)
  server.listen({host: LOOPBACK, port}, bound.resolve)
  await bound.promise
  server.off('error', bound.reject)
}

function portOf(server: net.Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The load balancer listens on no port')
  return address.port
}
