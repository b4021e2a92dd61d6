import { randomUUID } from "node:crypto";
import type { Clock } from "../../core/ports.ts";
import type { Caller, Scope } from "./principal.ts";

/** What a session holds: its server ends with it. */
export interface Closeable {
  close(): Promise<void>;
}

interface Session<T> {
  readonly principal: string | null;
  readonly holds: T;
  /** Whether calls that spend may run in it: a caller who may make them was here. */
  maySpend: boolean;
  lastUsedMs: number;
  /** Requests and streams that are open: a session with any is not idle. */
  inUse: number;
}

export interface SessionLimits {
  readonly maxSessions: number;
  readonly sessionIdleMs: number;
}

/** How often idle sessions are looked for. */
const SWEEP_MS = 10_000;
/** No principal but the owner may take more than this share of all sessions. */
const PRINCIPAL_SHARE = 0.25;

/**
 * The sessions of old clients, each bound to its principal: to any other principal it does not exist. A session ends when its client
 * says so, when it was idle for too long, or with the server.
 */
export class Sessions<T extends Closeable> {
  readonly #limits: SessionLimits;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #byId = new Map<string, Session<T>>();
  readonly #sweeping = new AbortController();

  constructor(limits: SessionLimits, clock: Clock, onError: (error: unknown) => void) {
    this.#limits = limits;
    this.#clock = clock;
    this.#onError = onError;
    void this.#sweepNowAndThen();
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Whether there is room for another session: `mine` when the principal has had its share, `all` when the server is full. */
  room(caller: Caller): "free" | "mine" | "all" {
    if (this.#byId.size >= this.#limits.maxSessions) this.#sweep();
    if (this.#byId.size >= this.#limits.maxSessions) return "all";
    if (caller.principal === null) return "free";
    const mine = [...this.#byId.values()].filter(({ principal }) => principal === caller.principal).length;
    return mine < Math.max(1, Math.floor(this.#limits.maxSessions * PRINCIPAL_SHARE)) ? "free" : "mine";
  }

  /** A fresh id that cannot be guessed. */
  newId(): string {
    return randomUUID();
  }

  add(id: string, caller: Caller, holds: T): void {
    const lastUsedMs = this.#clock.monotonicMs();
    this.#byId.set(id, {
      principal: caller.principal,
      holds,
      maySpend: caller.scopes.has("route"),
      lastUsedMs,
      inUse: 0,
    });
  }

  /** The session, to its own principal only. */
  find(id: string, caller: Caller): T | undefined {
    return this.#own(id, caller)?.holds;
  }

  /** The scope that it takes to end the session or a call in it: what may have been paid for is not for readers to end. */
  scopeToEnd(id: string | null, caller: Caller): Scope {
    return id !== null && this.#own(id, caller)?.maySpend === true ? "route" : "read";
  }

  #own(id: string, caller: Caller): Session<T> | undefined {
    const session = this.#byId.get(id);
    if (session === undefined || session.principal !== caller.principal) return undefined;
    session.maySpend ||= caller.scopes.has("route");
    return session;
  }

  /** Keeps the session from being idle until the returned function is called. */
  use(id: string, caller: Caller): () => void {
    const session = this.#own(id, caller);
    if (session === undefined) return () => undefined;
    session.inUse += 1;
    return () => {
      session.inUse -= 1;
      session.lastUsedMs = this.#clock.monotonicMs();
    };
  }

  /** Forgets a session whose transport is closed already. */
  remove(id: string): void {
    this.#byId.delete(id);
  }

  /** Ends all sessions; calls that still run in them are cancelled. */
  async close(): Promise<void> {
    this.#sweeping.abort();
    const sessions = [...this.#byId.values()];
    this.#byId.clear();
    await Promise.all(sessions.map(({ holds }) => this.#end(holds)));
  }

  async #sweepNowAndThen(): Promise<void> {
    const { signal } = this.#sweeping;
    while (!signal.aborted) {
      await this.#clock.sleep(SWEEP_MS, signal);
      this.#sweep();
    }
  }

  #sweep(): void {
    const oldestMs = this.#clock.monotonicMs() - this.#limits.sessionIdleMs;
    for (const [id, session] of this.#byId) {
      if (session.inUse > 0 || session.lastUsedMs > oldestMs) continue;
      this.#byId.delete(id);
      void this.#end(session.holds);
    }
  }

  async #end(holds: T): Promise<void> {
    try {
      await holds.close();
    } catch (error) {
      this.#onError(error);
    }
  }
}
