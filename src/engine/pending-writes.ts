import { isLedgerLocked, isLedgerUnavailable, type SignalboxError } from "../core/errors.ts";
import type { Clock } from "../core/ports.ts";

/** Pauses between two tries, doubled up to the longest, milliseconds. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;
/** What cannot be written for so long is left to the next process, which books the most that it may have cost. */
const MOST_AGE_MS = 3_600_000;
/** Some kilobytes each. */
const MOST_KEPT = 1000;

type LedgerError = SignalboxError<"ledger_unavailable">;

interface PendingWrite {
  readonly routeId: string;
  readonly write: () => Promise<void>;
  /** Told when it is written, or given up. */
  readonly over: () => void;
  readonly sinceMs: number;
}

/**
 * What was paid and could not be written: another program has locked the ledger, or its disk is full. It is kept in memory and tried
 * again until it is written, the writes of one request in their order. The ledger takes each settlement once, also after it has
 * booked the worst case meanwhile.
 */
export class PendingWrites {
  readonly #clock: Clock;
  #kept: readonly PendingWrite[] = [];
  #round: Promise<LedgerError | null> | null = null;
  #retrying: AbortController | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Writes now, after what is kept of the same request. What the ledger cannot take now is kept: then this gives the reason, else `null`.
   * Throws errors that are no trouble with the ledger. `over` is called when it is written or given up.
   */
  async write(routeId: string, write: () => Promise<void>, over: () => void): Promise<LedgerError | null> {
    const pending = { routeId, write, over, sinceMs: this.#clock.monotonicMs() };
    const error = (await this.#earlier(routeId)) ?? (await tryOne(pending));
    if (error !== null) this.#keep(pending);
    return error;
  }

  /** Writes what is kept of a request, which still holds more money than it needs. Throws the reason when that cannot be done now. */
  async catchUp(routeId: string): Promise<void> {
    const error = await this.#earlier(routeId);
    if (error !== null) throw error;
  }

  /** Tries what is kept of a request; gives the reason when some of it is still kept. */
  async #earlier(routeId: string): Promise<LedgerError | null> {
    const isBehind = (): boolean => this.#kept.some((each) => each.routeId === routeId);
    const error = isBehind() ? await this.#tryAll() : null;
    return isBehind() ? error : null;
  }

  /** Tries all that is kept, while the ledger is locked for so long at most; gives up the rest, and says how many writes that are. */
  async flush(withinMs: number): Promise<number> {
    const untilMs = this.#clock.monotonicMs() + withinMs;
    this.#retrying?.abort(GIVEN_UP);
    while (this.#kept.length > 0) {
      const error = await this.#tryAll();
      if (error === null || !isLedgerLocked(error) || this.#clock.monotonicMs() >= untilMs) break;
      await this.#clock.sleep(FIRST_PAUSE_MS, new AbortController().signal);
    }
    const left = this.#kept;
    this.#kept = [];
    for (const { over } of left) over();
    return left.length;
  }

  #keep(pending: PendingWrite): void {
    this.#kept = [...this.#kept, pending];
    if (this.#kept.length > MOST_KEPT) this.#giveUp(this.#kept[0]);
    if (this.#retrying === null) void this.#retry();
  }

  async #retry(): Promise<void> {
    this.#retrying = new AbortController();
    const { signal } = this.#retrying;
    for (let pauseMs = FIRST_PAUSE_MS; this.#kept.length > 0 && !signal.aborted;) {
      await this.#clock.sleep(pauseMs, signal);
      const before = this.#kept.length;
      await this.#tryAll();
      pauseMs = this.#kept.length < before ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, 2 * pauseMs);
    }
    this.#retrying = null;
  }

  /** One round over all that is kept; those who come meanwhile wait for the same one. Gives the last reason why something is still kept. */
  #tryAll(): Promise<LedgerError | null> {
    this.#round ??= this.#tryEach().finally(() => {
      this.#round = null;
    });
    return this.#round;
  }

  async #tryEach(): Promise<LedgerError | null> {
    const stuck = new Set<string>();
    let reason: LedgerError | null = null;
    for (const pending of this.#kept) {
      if (this.#clock.monotonicMs() - pending.sinceMs > MOST_AGE_MS) this.#giveUp(pending);
      else if (!stuck.has(pending.routeId)) {
        const error = await tryOne(pending).catch((defect: unknown) => {
          this.#remove(pending);
          throw defect;
        });
        if (error === null) this.#remove(pending);
        else {
          reason = error;
          stuck.add(pending.routeId);
          if (isLedgerLocked(error)) break;
        }
      }
    }
    return reason;
  }

  #giveUp(pending: PendingWrite | undefined): void {
    if (pending === undefined) return;
    this.#remove(pending);
    pending.over();
  }

  #remove(pending: PendingWrite): void {
    this.#kept = this.#kept.filter((each) => each !== pending);
  }
}

/** Writes it if the ledger takes it; else says why not. */
async function tryOne({ write, over }: PendingWrite): Promise<LedgerError | null> {
  try {
    await write();
  } catch (error) {
    if (isLedgerUnavailable(error)) return error;
    over();
    throw error;
  }
  over();
  return null;
}

const GIVEN_UP = new Error("nothing is written any more");
