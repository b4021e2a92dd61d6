import { describe, expect, it } from "vitest";
import { askPieces, askRaw, ENDINGS, KINDS, OPENINGS, RESET, sse, type Kind } from "./support.ts";

/** The end of an answer in any word for it. */
const ending = {
  anthropic: (reason) => sse({ type: "message_delta", delta: { stop_reason: reason }, usage: { output_tokens: 7 } }),
  openai: (reason) => sse({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }, "[DONE]"),
  together: (reason) => sse({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }, "[DONE]"),
  openai_compatible: (reason) => sse({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }, "[DONE]"),
  google: (reason) => sse({ candidates: [{ content: { parts: [] }, finishReason: reason }] }),
} as const satisfies Record<Kind, (reason: string) => string>;

describe.each(KINDS)("%s", (kind) => {
  it.each([
    ["stop", ["stop", "STOP", "Stop", "end", "end_turn", "endTurn", "END_TURN", "eos", "eos_token", "EOS_TOKEN"]],
    ["stop", ["stop_sequence", "COMPLETE", "completed", "done", "FINISH_REASON_STOP"]],
    ["length", ["length", "MAX_TOKENS", "max_tokens", "maxTokens", "model_length", "pause_turn"]],
    ["content_filter", ["content_filter", "SAFETY", "safety", "content_filtered", "guardrail_intervened"]],
    ["refusal", ["refusal", "REFUSAL"]],
    ["other", ["tool_calls", "error", "constructor", "toString", "__proto__", "stopped by a proxy"]],
  ])("means %s by each of %j", async (reason, words) => {
    for (const word of words) {
      expect(await askRaw(kind, OPENINGS[kind] + ending[kind](word))).toMatchObject({
        finish: reason,
        raw: word,
        kind: null,
      });
    }
  });

  it("that breaks off after text that followed a finish is broken off", async () => {
    const outcome = await askPieces(kind, [
      OPENINGS[kind],
      ending[kind]("stop").replace("data: [DONE]\n\n", ""),
      OPENINGS[kind],
      RESET,
    ]);
    expect(outcome.kind).toBe("network");
  });

  it("that breaks off after a stop before any text is broken off", async () => {
    expect((await askPieces(kind, [ending[kind]("stop").replace("data: [DONE]\n\n", ""), RESET])).kind).toBe("network");
  });
});

describe.each(["openai", "together", "openai_compatible"] as const)(
  "%s: a stop right behind the first piece",
  (kind) => {
    const stop = sse({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] });

    it("is no end of an answer that then breaks off: it may come with every piece", async () => {
      expect((await askPieces(kind, [OPENINGS[kind], stop, RESET])).kind).toBe("network");
    });

    it("is one where a second piece came before it, or its usage after it", async () => {
      const usage = sse({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 7 } });
      expect(await askPieces(kind, [OPENINGS[kind], OPENINGS[kind], stop, RESET])).toMatchObject({ kind: null });
      expect(await askPieces(kind, [OPENINGS[kind], stop, usage, RESET])).toMatchObject({ text: "par", kind: null });
    });
  },
);

describe("a terminator after text", () => {
  it.each<[Kind, string]>([
    ["anthropic", sse({ type: "message_stop" })],
    ["openai", sse("[DONE]")],
    ["together", sse("[DONE]")],
    ["openai_compatible", "data:[DONE]"],
  ])("%s: is an end", async (kind, end) => {
    expect(await askRaw(kind, OPENINGS[kind] + end)).toMatchObject({ text: "par", finish: "stop", kind: null });
  });

  it("is none where the stream merely ends", async () => {
    for (const kind of KINDS) expect((await askRaw(kind, OPENINGS[kind])).finish).toBeNull();
  });

  it("is none when it stands in the text", async () => {
    const body = OPENINGS.openai.replaceAll('"par"', JSON.stringify("\n\ndata: [DONE]\n\n"));
    expect((await askRaw("openai", body)).finish).toBeNull();
  });
});

describe("one JSON body in place of a stream", () => {
  it.each<[Kind, object]>([
    [
      "openai_compatible",
      { choices: [{ index: 0, message: { role: "assistant", content: "par" }, finish_reason: null }] },
    ],
    ["together", { choices: [{ index: 0, message: { content: [{ type: "text", text: "par" }] } }] }],
  ])("%s: is an end even without a finish: its last brace tells", async (kind, body) => {
    const outcome = await askRaw(kind, `\n\n ${JSON.stringify(body, null, 2)}`, {
      headers: { "content-type": "application/json" },
    });
    expect(outcome).toMatchObject({ text: "par", finish: "stop", kind: null });
  });

  it("Gemini: a list of messages, as streams without alt=sse are, is read message by message", async () => {
    const part = (text: string): object => ({ candidates: [{ content: { parts: [{ text }] } }] });
    const body = JSON.stringify([part("pa"), part("r"), { candidates: [{ finishReason: "STOP" }] }]);
    const outcome = await askRaw("google", body, { headers: { "content-type": "application/json" } });
    expect(outcome).toMatchObject({ text: "par", finish: "stop", kind: null });
  });

  it.each(KINDS)("%s: that is cut is no answer", async (kind) => {
    const whole = '{"choices":[{"message":{"content":"par"},"finish_reason":"stop"}]}';
    const outcome = await askRaw(kind, whole.slice(0, -3), { headers: { "content-type": "application/json" } });
    expect(outcome).toMatchObject({ kind: "invalid_response", text: "" });
    expect(outcome.error?.message).toContain("JSON that cannot be read");
  });
});

describe.each(KINDS)("events of %s", (kind) => {
  it("are read under any label, after white space, and with a byte order mark", async () => {
    for (const type of [
      "application/json",
      "text/html; charset=utf-8",
      "application/xml",
      "text/plain",
      "application/octet-stream",
    ]) {
      const body = `\uFEFF\n\n: hello\n\n${OPENINGS[kind]}${ENDINGS[kind]}`;
      const outcome = await askRaw(kind, body, { headers: { "content-type": type } });
      expect(outcome).toMatchObject({ text: "par", finish: "stop", kind: null });
    }
  });

  it("are read when the last one lacks its empty line", async () => {
    const body = (OPENINGS[kind] + ENDINGS[kind]).replace(/\n+$/, "");
    expect(await askRaw(kind, body)).toMatchObject({ text: "par", finish: "stop", kind: null });
  });
});
