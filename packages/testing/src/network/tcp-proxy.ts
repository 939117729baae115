import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A local TCP proxy that tests can interrupt. */
export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** The number of bytes that clients have sent to silent connections. */
  swallowed(): number;
  /** Open connections stay open but transfer nothing, as in a network that drops all packets; new ones work. */
  silence(): void;
  /** As `silence`, for new connections as well. */
  silenceAll(): void;
  /** Ends every connection and refuses new ones, like a stopped server. */
  stop(): Promise<void>;
  /** Accepts connections again, and forwards them. */
  start(): Promise<void>;
}

/** Starts a proxy on a free port for a server on this machine. */
export async function tcpProxy(target: { readonly port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const forwarded = new Set<readonly [client: Socket, upstream: Socket]>();
  let isSilent = false;
  let swallowed = 0;
  let server: Server | undefined;
  let port = 0;

  function swallow(client: Socket): void {
    client.on("data", (bytes) => (swallowed += bytes.length));
    client.resume();
  }

  function accept(client: Socket): void {
    watch(client);
    if (isSilent) return swallow(client);
    const upstream = connect(target.port, "127.0.0.1");
    watch(upstream);
    const pair = [client, upstream] as const;
    forwarded.add(pair);
    client.pipe(upstream);
    upstream.pipe(client);
    for (const [one, other] of [pair, [upstream, client]] as const) {
      one.once("close", () => {
        if (forwarded.delete(pair)) other.destroy();
      });
    }
  }

  function watch(socket: Socket): void {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once("close", () => sockets.delete(socket));
    // Closing one side closes the other.
    socket.on("error", () => {});
  }

  const proxy: TcpProxy = {
    get port() {
      return port;
    },
    swallowed: () => swallowed,
    silence() {
      for (const pair of forwarded) {
        forwarded.delete(pair);
        const [client, upstream] = pair;
        client.unpipe(upstream);
        upstream.unpipe(client);
        swallow(client);
        // The server continues as if the client were reading.
        upstream.resume();
      }
    },
    silenceAll() {
      isSilent = true;
      proxy.silence();
    },
    async stop() {
      const closed = new Promise<void>((resolve) => {
        if (server) server.close(() => resolve());
        else resolve();
      });
      server = undefined;
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async start() {
      isSilent = false;
      const starting = (server ??= createServer(accept));
      if (starting.listening) return;
      await new Promise<void>((resolve) => starting.listen(port, "127.0.0.1", resolve));
      port = portOf(starting.address());
    },
    [Symbol.asyncDispose]: () => proxy.stop(),
  };
  await proxy.start();
  return proxy;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("the proxy does not listen on a port");
  return address.port;
}
