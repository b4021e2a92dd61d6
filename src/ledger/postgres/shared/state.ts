import { randomBytes, randomUUID } from "node:crypto";
import type { FoundTask, SharedState, SharedTasks } from "../../../core/shared-state.ts";
import type { Database, DatabaseCall } from "../db/database.ts";
import { Notices } from "./notices.ts";

/** An instance that was not heard of for so long has lost its tasks. */
const TASK_LEASE_MS = 30_000;
/** Over all instances. */
const TASKS = { most: 4096, mostPerPrincipal: 64 };
const ANSWERS = { keepMs: 3_600_000, mostChars: 64_000_000, mostCharsPerPrincipal: 16_000_000 };
/** What has expired is deleted so often. */
const SWEEP_EVERY_MS = 60_000;
const SECRET_BYTES = 32;
/** Texts of callers are megabytes: they take longer than a reservation. */
const TEXT_WAIT_MS = 5000;
/** Who asks whether an instance is ready waits no longer. */
const CHECK_WAIT_MS = 1500;

/** What instances share, in the tables `shared_*`. Does nothing before its first use. */
export class PostgresShared implements SharedState {
  readonly tasks: SharedTasks;
  readonly changes: Notices;
  readonly #database: Database;
  readonly #call: DatabaseCall;
  readonly #secrets = new Map<string, Promise<Uint8Array>>();
  #sweeping: NodeJS.Timeout | null = null;

  constructor(database: Database, call: DatabaseCall, listenUrl: string | null) {
    this.#database = database;
    this.#call = call;
    this.changes = new Notices(database, call, listenUrl);
    this.tasks = this.#makeTasks();
  }

  secret(name: string): Promise<Uint8Array> {
    const known = this.#secrets.get(name);
    if (known !== undefined) return known;
    const asked = this.#ask<string>("shared_secret", { name, secret: randomBytes(SECRET_BYTES).toString("base64") });
    const made = asked.then((text): Uint8Array => Buffer.from(text, "base64"));
    this.#secrets.set(name, made);
    made.catch(() => this.#secrets.delete(name));
    return made;
  }

  useOnce(nonce: string, keepMs: number): Promise<boolean> {
    return this.#ask("use_once", { nonce, keepMs, callId: randomUUID() });
  }

  async keepAnswer(routeId: string, principal: string | null, text: string): Promise<void> {
    await this.#ask("answer_keep", { routeId, principal, text, ...ANSWERS }, TEXT_WAIT_MS);
  }

  async answer(routeId: string, principal: string | null): Promise<string | null> {
    return (await this.#ask<{ text: string | null }>("answer_find", { routeId, principal }, TEXT_WAIT_MS)).text;
  }

  answerIds(principal: string | null): Promise<readonly string[]> {
    return this.#ask("answer_ids", { principal });
  }

  takeShare(caller: string, perMinute: number): Promise<number> {
    return this.#database.call("take_share", { caller, perMinute }, { ...this.#call, isSoft: true });
  }

  async check(): Promise<void> {
    // Not soft: a database that only lets itself be read is of no use.
    await this.#database.call("is_ready", {}, { waitMs: CHECK_WAIT_MS });
  }

  close(): void {
    if (this.#sweeping !== null) clearInterval(this.#sweeping);
    this.changes.close();
  }

  /** Texts do not stay because nobody comes by. */
  #sweepFromNowOn(): void {
    this.#sweeping ??= setInterval(() => {
      void this.#database.tell("sweep_shared", {}, { ...this.#call, isSoft: true }).catch(() => undefined);
    }, SWEEP_EVERY_MS).unref();
  }

  #ask<T>(name: string, argument: object, waitMs: number = this.#call.waitMs): Promise<T> {
    this.#sweepFromNowOn();
    return this.#database.call<T>(name, argument, { ...this.#call, waitMs });
  }

  #makeTasks(): SharedTasks {
    const leaseMs = TASK_LEASE_MS;
    return {
      open: ({ key, state }, principal, ttlMs) =>
        this.#ask("task_open", { key, state, principal, ttlMs, leaseMs, ...TASKS }, TEXT_WAIT_MS),
      hasRoom: (principal) => this.#ask("task_room", { principal, ...TASKS }),
      store: (tasks) => this.#ask("task_store", { tasks, leaseMs }, TEXT_WAIT_MS),
      find: async (key, principal) =>
        (await this.#ask<{ found: FoundTask | null }>("task_find", { key, principal }, TEXT_WAIT_MS)).found,
      cancel: async (key, principal, changes) => {
        const isKnown = await this.#ask<boolean>("task_cancel", { key, principal, changes });
        if (isKnown) this.changes.announceCancel();
        return isKnown;
      },
      discard: async (key) => {
        await this.#ask("task_discard", { key });
      },
      onCancel: (look) => this.changes.onCancel(look),
    };
  }
}
