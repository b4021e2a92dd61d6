// Plain JavaScript on purpose: the peers are installed for the bench alone, so other machines do not have their types.
//
// `ai` with the vendors' official providers and ai-retry, configured as well as its documentation allows:
// - its functions around the whole call (`retryableGenerateText`, `retryableStreamText`), which recover more than a wrapped model:
//   a time-out of the call too;
// - every condition that can hold: any error, any finish reason but "stop", an answer without text; each goes on to the next model;
// - time-outs per attempt (three fit into the deadline), for the first token and for the gap between two;
// - the SDK's own retries off, as ai-retry advises;
// - a caller who takes only what ended with "stop", and no stream in which an error came.
import { createAnthropic } from "@ai-sdk/anthropic";
import { createGoogle } from "@ai-sdk/google";
import { createOpenAI } from "@ai-sdk/openai";
import { createTogetherAI } from "@ai-sdk/togetherai";
import { experimental_retryableGenerateText as retryableGenerateText } from "ai-retry/generate-text";
import * as generated from "ai-retry/generate-text/conditions";
import { experimental_retryableStreamText as retryableStreamText } from "ai-retry/stream-text";
import * as streamed from "ai-retry/stream-text/conditions";

/** Of an attempt's time: a stream that has begun late, or is silent for so long, will not end in time. */
const SILENCE_SHARE = 0.4;

/** @type {typeof import("./ai-retry.d.mts").aiWithRetry} */
export async function aiWithRetry({ env, attemptMs }) {
  const models = providers(env);
  const modelOf = ({ vendor, wireId }) => models[vendor](wireId);
  const callOf = ({ candidates, system, prompt }) => ({
    model: modelOf(candidates[0]),
    system,
    prompt,
    maxOutputTokens: 8192,
    maxRetries: 0,
  });
  return {
    name: "`ai` + ai-retry",
    short: "ai",
    ask: (question) => (question.transport === "whole" ? whole(question) : stream(question)),
    close: () => {},
  };

  async function whole(question) {
    const timeout = { totalMs: attemptMs };
    const retry = question.candidates.slice(1).flatMap((candidate) => {
      const to = { model: modelOf(candidate), timeout };
      const unusable = (answer) => answer.finishReason !== "stop" || answer.text.trim() === "";
      return [generated.error(() => true).switch(to), generated.result(unusable).switch(to)];
    });
    const answer = await retryableGenerateText({ ...callOf(question), timeout, retry });
    return finished(answer.text, answer.finishReason);
  }

  async function stream(question) {
    const silenceMs = attemptMs * SILENCE_SHARE;
    const timeout = { totalMs: attemptMs, firstChunkMs: silenceMs, chunkMs: silenceMs };
    const retry = question.candidates.slice(1).flatMap((candidate) => {
      const to = { model: modelOf(candidate), timeout };
      // Asked before the first text: a stream that has ended by then has none.
      return [streamed.error(() => true).switch(to), streamed.result(() => true).switch(to)];
    });
    const answer = await retryableStreamText({ ...callOf(question), timeout, retry, onError: () => {} });
    let text = "";
    for await (const part of answer.fullStream) {
      if (part.type === "text-delta") text += part.text;
      if (part.type === "error") throw part.error;
      if (part.type === "abort") throw new Error("the stream was aborted");
    }
    return finished(text, await answer.finishReason);
  }
}

function providers(env) {
  const anthropic = createAnthropic({ apiKey: "sandbox", baseURL: `${env.ANTHROPIC_BASE_URL}/v1` });
  const google = createGoogle({ apiKey: "sandbox", baseURL: `${env.GOOGLE_GEMINI_BASE_URL}/v1beta` });
  const openai = createOpenAI({ apiKey: "sandbox", baseURL: env.OPENAI_BASE_URL });
  const together = createTogetherAI({ apiKey: "sandbox", baseURL: env.TOGETHER_BASE_URL });
  return { anthropic, google, openai: (wireId) => openai.chat(wireId), together };
}

function finished(text, finishReason) {
  if (finishReason !== "stop") throw new Error(`finish reason ${finishReason}`);
  return text;
}
