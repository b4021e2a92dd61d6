import { memoryUsage, stderr, stdout } from "node:process";
import { setImmediate } from "node:timers/promises";
import { receiveMessageOnPort, threadId, type MessagePort } from "node:worker_threads";
import { unmade, type Check } from "../../checks/kit/check.ts";
import { bounded, NO_ANSWER_TIME, runCheck, timeLimitOf } from "../run-check.ts";
import { giveWay } from "./give-way.ts";
import { STOP, type Job, type WorkerMessage } from "./messages.ts";
import { shareOf } from "./time-shares.ts";

// A thread prints to the process's stdout, which carries the protocol: drop everything that libraries print.
for (const stream of [stdout, stderr]) stream.write = () => true;

/** Checks in a worker get no signal: the pool ends the whole thread instead. */
const NEVER = new AbortController().signal;
/** A thread is replaced after this many jobs, or when it holds this much memory after a job: compilers do not free everything. */
const MOST_JOBS = 200;
const SPENT_BYTES = 256 * 2 ** 20;

let jobs = 0;

/** Runs the checks of a job in order and sends each result over the port, so that none is lost if this thread is ended. */
export async function work({ job, port }: { job: Job; port: MessagePort }): Promise<void> {
  const report = (message: WorkerMessage): void => port.postMessage(message);
  report({ type: "taken", threadId });
  if (job.givesWay) giveWay();
  const { CHECKS } = (await import(job.table)) as { CHECKS: ReadonlyMap<string, Check> };
  // The job was cancelled; this thread is ready for the next one.
  if (receiveMessageOnPort(port)?.message === STOP) return report({ type: "end", spent: false });
  const limitsMs = job.requests.map((request) => timeLimitOf(CHECKS.get(request.check)));
  const startedMs = performance.now();
  for (const [index, request] of job.requests.entries()) {
    const share = shareOf(limitsMs.slice(index), job.leftMs - (performance.now() - startedMs));
    if (share === null) {
      report({ type: "done", outcome: unmade(NO_ANSWER_TIME) });
      continue;
    }
    report({ type: "begun", timeoutMs: share.limitMs, isCut: share.isCut });
    const outcome = await runCheck(CHECKS.get(request.check), request, job.subject, NEVER);
    // Give errors that the check left behind (rejected promises) a turn to surface now, not in the next check.
    await setImmediate();
    report({ type: "done", outcome: bounded(outcome) });
  }
  jobs += 1;
  const { heapUsed, external } = memoryUsage();
  const spent = jobs >= MOST_JOBS || heapUsed + external > SPENT_BYTES;
  report({ type: "end", spent });
  // If it returned, the pool would give this thread the next job before replacing it.
  if (spent) await new Promise(() => undefined);
}
