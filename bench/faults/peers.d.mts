import type { Question } from "./cases.ts";

/** A contender. `ask` resolves with the text that its caller would take for the answer. */
export interface Peer {
  readonly name: string;
  /** For the heads of columns. */
  readonly short: string;
  ask(question: Question): Promise<string>;
  close(): Promise<void> | void;
}

/** Where the sandbox is, and how long one attempt may take so that three of them fit into the deadline. */
export interface PeerWorld {
  readonly env: Readonly<Record<string, string>>;
  readonly attemptMs: number;
}
