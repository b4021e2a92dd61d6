import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** `pass`: everything reaches the server. `mute`: what the server says is lost, as is the connection then. `hang`: nothing moves. `away`: no connection is taken. */
export type ProxyMode = "pass" | "mute" | "hang" | "away";

/** A wire that can break, between a client and a server on loopback. */
export interface TcpProxy {
  readonly port: number;
  mode: ProxyMode;
  /** Bytes that the server has sent. */
  readonly answers: number;
  /** Breaks all connections that there are. */
  cut(): void;
  close(): Promise<void>;
}

export async function startProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const state = { mode: "pass" as ProxyMode, answers: 0 };
  const server = createServer((client) => {
    if (state.mode === "away") return void client.destroy();
    const target = connect(targetPort, "127.0.0.1");
    const pair = [client, target] as const;
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      for (const socket of pair) socket.destroy();
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    client.on("data", (chunk: Buffer) => {
      if (state.mode !== "hang") target.write(chunk);
    });
    target.on("data", (chunk: Buffer) => {
      state.answers += chunk.length;
      if (state.mode === "mute") end();
      else if (state.mode !== "hang") client.write(chunk);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    for (const sockets of pairs) for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get mode() {
      return state.mode;
    },
    set mode(mode) {
      state.mode = mode;
    },
    get answers() {
      return state.answers;
    },
    cut,
    close: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
