import type { FinishReason, StreamEvent } from "../core/ports.ts";
import { finishEvent } from "./finish.ts";
import { thinkFilter } from "./think.ts";
import { withoutZeros } from "./usage.ts";

/**
 * The events of one answer, after what every vendor's have to go through: thinking is taken out of the text, zeros that cannot be are
 * not told, and a finish counts only as long as nothing follows it.
 */
export class AnswerEvents {
  readonly #think = thinkFilter();
  #chars = 0;
  #textPieces = 0;
  #hasOutputCount = false;
  #finish: "none" | "told" | "doubted" = "none";
  #reason: FinishReason | null = null;
  /** No text has come since the last finish. */
  #isFinished = false;

  /** Characters of text and thinking so far. */
  get chars(): number {
    return this.#chars;
  }

  /**
   * The answer has been said to be over, and nothing has spoken against it: it stays whole when the connection breaks now. Some servers
   * send "stop" with every piece: behind the first one it needs the usage as well.
   */
  get isComplete(): boolean {
    if (this.#finish !== "told") return false;
    return this.#reason !== "stop" || this.#textPieces > 1 || this.#hasOutputCount;
  }

  *read(event: StreamEvent): Generator<StreamEvent> {
    switch (event.type) {
      case "text":
        return yield* this.#text(this.#think.read(event.text));
      case "reasoning":
        return yield* this.#text([event]);
      case "usage": {
        const usage = withoutZeros(event.usage, this.#chars > 0);
        this.#hasOutputCount = usage.outputTokens !== null;
        return yield { ...event, usage };
      }
      case "finish":
        yield* this.#text(this.#think.end());
        // Before any text "stop" says nothing: some servers send it with their first, empty chunk.
        if (this.#finish !== "doubted" && (this.#textPieces > 0 || event.reason !== "stop")) this.#finish = "told";
        this.#isFinished = true;
        this.#reason = event.reason;
        return yield event;
      case "stated_cost":
      case "schema_refused":
      case "flex_refused":
      case "tier":
        return yield event;
    }
  }

  /** What is left when the stream has ended. `isTerminated`: it has said itself that it is over. */
  *end(isTerminated: boolean): Generator<StreamEvent> {
    yield* this.#text(this.#think.end());
    if (isTerminated && this.#textPieces > 0 && !this.#isFinished) yield finishEvent("done");
  }

  *#text(events: readonly StreamEvent[]): Generator<StreamEvent> {
    for (const event of events) {
      if (event.type !== "text" && event.type !== "reasoning") continue;
      this.#chars += event.text.length;
      if (event.type === "text") {
        if (this.#finish === "told") this.#finish = "doubted";
        this.#isFinished = false;
        this.#textPieces += 1;
      }
      yield event;
    }
  }
}
