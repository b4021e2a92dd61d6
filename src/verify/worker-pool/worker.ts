import { memoryUsage, stderr, stdout } from "node:process";
import { setImmediate } from "node:timers/promises";
import { receiveMessageOnPort, threadId, type MessagePort } from "node:worker_threads";
import type { Check } from "../../checks/kit/check.ts";
import { runCheck, timeLimitOf } from "../run-check.ts";
import { STOP, type Job, type WorkerMessage } from "./messages.ts";

// A thread's output goes to the process's own, where the protocol is spoken: a library that prints must not be heard.
for (const stream of [stdout, stderr]) stream.write = () => true;

/** A thread that is no longer wanted is ended from outside. */
const NEVER = new AbortController().signal;
/** After so much work, or holding so much after a job, a thread is replaced: compilers do not give everything back. */
const MOST_JOBS = 200;
const SPENT_BYTES = 256 * 2 ** 20;

let jobs = 0;

/** Makes the checks of a job in order, and tells of each over the port, so that nothing is lost when this thread is ended. */
export async function work({ job, port }: { job: Job; port: MessagePort }): Promise<void> {
  const report = (message: WorkerMessage): void => port.postMessage(message);
  report({ type: "taken", threadId });
  const { CHECKS } = (await import(job.table)) as { CHECKS: ReadonlyMap<string, Check> };
  // The job is not wanted any more; this thread is ready for the next one.
  if (receiveMessageOnPort(port)?.message === STOP) return report({ type: "end", spent: false });
  for (const request of job.requests) {
    const check = CHECKS.get(request.check);
    report({ type: "begun", timeoutMs: timeLimitOf(check) });
    const outcome = await runCheck(check, request, job.subject, NEVER);
    // What the check has left to go wrong goes wrong now, and not in the next check.
    await setImmediate();
    report({ type: "done", outcome });
  }
  jobs += 1;
  const { heapUsed, external } = memoryUsage();
  const spent = jobs >= MOST_JOBS || heapUsed + external > SPENT_BYTES;
  report({ type: "end", spent });
  // A thread that answered would be given the next job before it can be replaced.
  if (spent) await new Promise(() => undefined);
}
