import { stderr, stdout } from "node:process";
import type { MessagePort } from "node:worker_threads";
import type { Check } from "../check.ts";
import { runCheck, timeLimitOf, type Ran } from "../job.ts";
import type { Job, News } from "./message.ts";

// A thread's output goes to the process's own, where the protocol is spoken: a library that prints must not be heard.
for (const stream of [stdout, stderr]) stream.write = () => true;

/** A thread that is no longer wanted is ended from outside. */
const NEVER = new AbortController().signal;

/** Makes the checks of a job in order, and tells of each over the port, so that nothing is lost when this thread is ended. */
export default async function work({ job, port }: { job: Job; port: MessagePort }): Promise<readonly Ran[]> {
  const { CHECKS } = (await import(job.table)) as { CHECKS: ReadonlyMap<string, Check> };
  const tell = (news: News): void => port.postMessage(news);
  const results: Ran[] = [];
  for (const [index, wanted] of job.wanted.entries()) {
    const check = CHECKS.get(wanted.check);
    tell({ type: "begun", index, timeoutMs: timeLimitOf(check) });
    const ran = await runCheck(check, wanted, job.subject, NEVER);
    results.push(ran);
    tell({ type: "done", index, ran });
  }
  port.close();
  return results;
}
