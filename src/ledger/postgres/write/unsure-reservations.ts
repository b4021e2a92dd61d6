import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseCall, Database } from "../db/database.ts";

interface UnsureReservation {
  readonly attemptId: string;
  /** Which call for it went unanswered: a later one makes it good. */
  readonly callId: string;
  readonly routeId: string;
}

/** Between two tries, milliseconds. */
const PAUSE_MS = 1000;
/** A lease lasts about as long; the next sweep books what is still held then. */
const MOST_TRIES = 60;
const MOST_KEPT = 10_000;

/**
 * Reservations whose answer was lost: the database may have made them, and no call was made. They are taken back as soon as the database
 * answers again, since otherwise a sweep would book what was never spent. One that was asked for again meanwhile is left alone.
 */
export class UnsureReservations {
  readonly #database: Database;
  readonly #call: DatabaseCall;
  readonly #kept = new Set<UnsureReservation>();
  #isRunning = false;

  constructor(database: Database, call: DatabaseCall) {
    this.#database = database;
    this.#call = call;
  }

  add(unsure: UnsureReservation): void {
    if (this.#kept.size >= MOST_KEPT) return;
    this.#kept.add(unsure);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let tries = 0; this.#kept.size > 0 && tries < MOST_TRIES; tries += 1) {
      await delay(PAUSE_MS, undefined, { ref: false });
      for (const unsure of this.#kept) {
        try {
          await this.#database.call("unreserve", unsure, this.#call);
          this.#kept.delete(unsure);
        } catch {
          break;
        }
      }
    }
    this.#kept.clear();
    this.#isRunning = false;
  }
}
