import { createHash, randomUUID } from "node:crypto";
import type { Client } from "pg";
import type { LedgerChange, ChangeFeed } from "../../../core/shared-state.ts";
import type { Database, DatabaseCall } from "../db/database.ts";

/** Changes within this time are told together: a NOTIFY makes all commits of the server wait for each other. */
const TOGETHER_MS = 250;
/** Without a connection that listens. */
const LOOK_EVERY_MS = 2000;
const RECONNECT_MS = 1000;
/** Beyond so many principals at once it is told that there is a change, not whose. */
const MOST_PRINCIPALS = 50;

type InstanceNotice = { readonly from: string } & (
  | { readonly about: "changes"; readonly principals: readonly (string | null)[] | null }
  | { readonly about: "cancel" }
);

/**
 * What instances tell each other: by LISTEN on a connection of its own where there is an address for one, else by looking at a few sums now
 * and then, for as long as somebody listens.
 */
export class Notices implements ChangeFeed {
  readonly #database: Database;
  readonly #call: DatabaseCall;
  readonly #listenUrl: string | null;
  readonly #self: string = randomUUID();
  readonly #listeners = new Set<(change: LedgerChange) => void>();
  #onCancel: () => void = () => undefined;
  #waiting: Set<string | null> | null = null;
  #mark: string | null = null;
  #looking: NodeJS.Timeout | null = null;
  #client: Client | null = null;
  #isClosed = false;

  constructor(database: Database, call: DatabaseCall, listenUrl: string | null) {
    this.#database = database;
    this.#call = call;
    this.#listenUrl = listenUrl;
  }

  announce({ principal }: LedgerChange): void {
    if (this.#listenUrl === null || this.#isClosed) return;
    if (this.#waiting !== null) {
      this.#waiting.add(principal ?? null);
      return;
    }
    const told = new Set([principal ?? null]);
    this.#waiting = told;
    setTimeout(() => {
      this.#waiting = null;
      this.#send({
        from: this.#self,
        about: "changes",
        principals: told.size > MOST_PRINCIPALS ? null : [...told],
      });
    }, TOGETHER_MS).unref();
  }

  /** A task was cancelled that another instance may run. */
  announceCancel(): void {
    if (this.#listenUrl !== null) this.#send({ from: this.#self, about: "cancel" });
  }

  onCancel(look: () => void): void {
    this.#onCancel = look;
    void this.#connect();
  }

  listen(tell: (change: LedgerChange) => void): () => void {
    this.#listeners.add(tell);
    void this.#connect();
    this.#lookLater();
    return () => this.#listeners.delete(tell);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#looking !== null) clearTimeout(this.#looking);
    void this.#client?.end().catch(() => undefined);
  }

  #send(message: InstanceNotice): void {
    if (this.#isClosed) return;
    const told = this.#channel().then((channel) =>
      this.#database.tell("announce", { channel, message: JSON.stringify(message) }, { ...this.#call, isSoft: true }),
    );
    // Who listens looks as well.
    told.catch(() => undefined);
  }

  async #channel(): Promise<string> {
    const schema = await this.#database.schema();
    return `signalbox_${createHash("sha256").update(schema).digest("hex").slice(0, 16)}`;
  }

  async #connect(): Promise<void> {
    if (this.#listenUrl === null || this.#client !== null || this.#isClosed) return;
    const { default: pg } = await import("pg");
    if (this.#client !== null) return;
    const client = new pg.Client({
      connectionString: this.#listenUrl,
      application_name: "signalbox listen",
      keepAlive: true,
    });
    this.#client = client;
    const again = (): void => {
      if (this.#client !== client) return;
      this.#client = null;
      void client.end().catch(() => undefined);
      if (!this.#isClosed) setTimeout(() => void this.#connect(), RECONNECT_MS).unref();
    };
    client.on("error", again);
    client.on("end", again);
    client.on("notification", ({ payload }) => this.#hear(payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${await this.#channel()}`);
    } catch {
      again();
    }
  }

  #hear(payload: string): void {
    const message = messageIn(payload);
    if (message === null || message.from === this.#self) return;
    if (message.about === "cancel") this.#onCancel();
    else if (message.principals === null) this.#tell({});
    else for (const principal of message.principals) this.#tell({ principal });
  }

  #tell(change: LedgerChange): void {
    for (const tell of this.#listeners) tell(change);
  }

  /** Also beside a connection that listens: it may be broken without a word. Then a change is told late, or twice. */
  #lookLater(): void {
    if (this.#looking !== null || this.#isClosed) return;
    const everyMs = this.#listenUrl === null ? LOOK_EVERY_MS : 10 * LOOK_EVERY_MS;
    this.#looking = setTimeout(() => {
      void this.#look().finally(() => {
        this.#looking = null;
        if (this.#listeners.size > 0) this.#lookLater();
        else this.#mark = null;
      });
    }, everyMs).unref();
    if (this.#mark === null) void this.#look();
  }

  async #look(): Promise<void> {
    try {
      const mark = JSON.stringify(await this.#database.ask<unknown>(null, "change_mark", {}, this.#call));
      const before = this.#mark;
      this.#mark = mark;
      if (before !== null && before !== mark) this.#tell({});
    } catch {
      // The database is away: the next look tells.
    }
  }
}

function messageIn(payload: string): InstanceNotice | null {
  try {
    return JSON.parse(payload) as InstanceNotice;
  } catch {
    return null;
  }
}
