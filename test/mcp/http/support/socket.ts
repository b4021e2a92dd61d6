import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A bare connection, for bytes that no HTTP client would send. */
export interface Wire {
  readonly socket: Socket;
  /** What the server has sent so far. */
  readonly received: () => string;
  /** All that it sent, once it has closed the connection. */
  readonly ended: Promise<string>;
}

export async function wire(url: URL): Promise<Wire> {
  const socket = connect(Number(url.port), url.hostname);
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  // A reset is an end too.
  socket.on("error", () => {});
  const ended = new Promise<string>((resolve) => void socket.once("close", () => resolve(text)));
  await once(socket, "connect");
  return { socket, received: () => text, ended };
}

/** Sends the bytes and returns all that comes back until the server hangs up. */
export async function exchange(url: URL, bytes: string): Promise<string> {
  const { socket, ended } = await wire(url);
  socket.write(bytes);
  return ended;
}

/** The status of each answer in the text. */
export function statuses(text: string): readonly number[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gmu)].map(([, status]) => Number(status));
}
