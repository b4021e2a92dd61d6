/** JSON-RPC with the window around this page, as MCP Apps (2026-01-26) has it. */
export const APPS_PROTOCOL = "2026-01-26";

type Params = Readonly<Record<string, unknown>>;

interface RpcMessage {
  readonly jsonrpc: "2.0";
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: unknown;
  readonly error?: { readonly message?: string };
}

/** A host's answer that never comes must not leave the page waiting, milliseconds. */
const ANSWER_MS = 20_000;

/** Talks with the host that shows the page. */
export class HostBridge {
  readonly #host: Window;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  readonly #heard: (method: string, params: Params) => void;
  #lastId = 0;

  /** `heard`: what the host tells without being asked. */
  constructor(host: Window, heard: (method: string, params: Params) => void) {
    this.#host = host;
    this.#heard = heard;
    window.addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
      if (source === host && isRpc(data)) this.#receive(data);
    });
  }

  request(method: string, params: Params): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error("The host does not answer"));
      }, ANSWER_MS);
      const settle =
        <T>(how: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(late);
          how(value);
        };
      this.#waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
      this.#send({ jsonrpc: "2.0", id, method, params });
    });
  }

  notify(method: string, params: Params = {}): void {
    this.#send({ jsonrpc: "2.0", method, params });
  }

  #receive({ id, method, params, result, error }: RpcMessage): void {
    if (method !== undefined) {
      // Whatever is asked of the page (ping, teardown) asks for nothing back.
      if (id !== undefined) this.#send({ jsonrpc: "2.0", id, result: {} });
      this.#heard(method, params ?? {});
      return;
    }
    const waiting = typeof id === "number" ? this.#waiting.get(id) : undefined;
    if (waiting === undefined) return;
    this.#waiting.delete(id as number);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error.message ?? "The host refused"));
  }

  /** To whatever origin the host has: nothing secret is said, and it is the one who shows this page. */
  #send(message: RpcMessage): void {
    this.#host.postMessage(message, "*");
  }
}

function isRpc(data: unknown): data is RpcMessage {
  return typeof data === "object" && data !== null && (data as RpcMessage).jsonrpc === "2.0";
}
