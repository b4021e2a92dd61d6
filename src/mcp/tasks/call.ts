import { type CallToolResult, ProtocolErrorCode, type Result } from "@modelcontextprotocol/server";
import type { CallOptions } from "../../core/service.ts";
import type { Awaitable } from "../../core/shared-state.ts";
import type { OpenTask } from "./store.ts";

/**
 * Makes a call behind a task. What is over before a vendor was asked (bad arguments, a question to the user, a refusal) comes
 * back at once, as from any call; once a vendor is asked, or the money of a batch is held, the client gets the task and may go away. `null`: there was no room
 * for another task, and nothing was called.
 */
export async function callBehindTask(
  open: (cancel: () => void) => Awaitable<OpenTask | null>,
  make: (options: CallOptions) => Promise<CallToolResult>,
  connection: AbortSignal,
  onError: (error: unknown) => void,
): Promise<CallToolResult | Result | null> {
  const control = new AbortController();
  const cancel = (): void => control.abort();
  const task = await open(cancel);
  if (task === null) return null;
  // As long as there is no task that the client knows of, its leaving ends the call.
  if (connection.aborted) cancel();
  connection.addEventListener("abort", cancel, { once: true });
  const begun = Promise.withResolvers<"begun">();
  const work = make({
    signal: control.signal,
    onProgress: ({ stage, message }) => {
      task.say(message);
      if (stage === "calling" || stage === "batch") begun.resolve("begun");
    },
  });
  try {
    const first = await Promise.race([work, begun.promise]);
    if (first !== "begun") {
      task.discard();
      return first;
    }
  } catch (error) {
    task.discard();
    throw error;
  } finally {
    connection.removeEventListener("abort", cancel);
  }
  void work.then(
    (result) => task.complete(result),
    (error: unknown) => {
      onError(error);
      task.fail(ProtocolErrorCode.InternalError, "Signalbox broke on this call; its log on stderr says where.");
    },
  );
  return { resultType: "task", ...task.state() };
}
