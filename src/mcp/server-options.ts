import type { SharedState } from "../core/shared-state.ts";
import type { Clock } from "../core/ports.ts";
import type { Tool } from "./define-tool.ts";

/** What a server needs to know besides the service. */
export interface ServerOptions {
  /** Version of the package. */
  readonly version: string;
  /** What is registered and listed; by default all tools. */
  readonly tools?: readonly Tool[];
  /** What it shares with other instances on the same ledger; absent: nothing, it is for itself. */
  readonly shared?: SharedState;
  /** For progress: how often, and how long the silence. */
  readonly clock: Clock;
  /** Hears of defects and of transport trouble; nothing of it reaches the client. */
  readonly onError: (error: unknown) => void;
}
