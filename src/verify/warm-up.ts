import type { Subject } from "../checks/kit/check.ts";
import type { DueCheck } from "./due-checks.ts";
import type { CheckRunner } from "./run-check.ts";

/** A thread that is idle for longer may have ended, and what it had loaded with it. */
const WARM_MS = 45_000;

const SOLIDITY =
  "```solidity\n// SPDX-License-Identifier: MIT\npragma solidity ^0.8.20;\ncontract Warm { function one() external pure returns (uint256) { return 1; } }\n```";
const PAGE =
  '```html\n<!doctype html><html lang="en"><head><title>Warm</title></head><body><main><h1>Warm</h1></main></body></html>\n```';
const SCRIPT = "```js\nfunction warm() { return 1; }\n```";
const PYTHON = "```python\ndef warm():\n    return 1\n```";

/** An answer on which a check loads what it needs: a compiler, a virtual machine, parsers. Others have nothing heavy. */
const ANSWERS: ReadonlyMap<string, (subject: Subject) => string> = new Map([
  ["solidity", () => SOLIDITY],
  ["solidity_behaviour", () => SOLIDITY],
  ["accept_solidity", () => SOLIDITY],
  ["gas", () => SOLIDITY],
  ["page", () => PAGE],
  ["accept_page", () => PAGE],
  ["code", codeFor],
  ["code_examples", codeFor],
  ["accept_code", codeFor],
]);

/** Which language will be asked for need not be certain: a wrong guess warms the other one. */
function codeFor({ prompt }: Subject): string {
  return /\bpython\b/i.test(prompt) ? PYTHON : SCRIPT;
}

/**
 * Makes the checks of an answer that is still to come, on an answer of our own, so that the thread is there and has loaded what they
 * need. The results are thrown away. Nothing is warmed that ran a moment ago.
 */
export class WarmUp {
  readonly #workers: CheckRunner;
  readonly #nowMs: () => number;
  readonly #ranAtMs = new Map<string, number>();

  constructor(workers: CheckRunner, nowMs: () => number = () => performance.now()) {
    this.#workers = workers;
    this.#nowMs = nowMs;
  }

  /** These checks run now. */
  ran(checks: readonly DueCheck[]): void {
    for (const { check } of checks) this.#ranAtMs.set(check, this.#nowMs());
  }

  /** `due`: the checks of the answer that run in threads. Nothing waits for it. */
  begin(due: readonly DueCheck[], subject: Subject, principal: string | null): void {
    const nowMs = this.#nowMs();
    const cold = due.filter(({ check }) => nowMs - (this.#ranAtMs.get(check) ?? Number.NEGATIVE_INFINITY) >= WARM_MS);
    const [answer] = cold.flatMap(({ check }) => ANSWERS.get(check) ?? []);
    if (answer === undefined) return;
    this.ran(cold);
    const text = answer(subject);
    void this.#workers.run(cold, { ...subject, text }, new AbortController().signal, principal);
  }
}
