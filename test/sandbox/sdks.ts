import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import OpenAI from "openai";
import Together from "together-ai";
import { MODELS } from "../../src/catalog/models.ts";
import type { Model } from "../../src/core/model.ts";
import type { SandboxProvider } from "../../src/sandbox/call.ts";
import type { Sandbox } from "../../src/sandbox/server.ts";

/** What a vendor's own SDK made of an answer, in the vendor's own words. */
export interface ReceivedAnswer {
  text: string;
  finish: string | null;
  /** As the vendor reports it. */
  usage: unknown;
}

export interface SdkRequest {
  readonly prompt: string;
  readonly system?: string;
  readonly limitTokens?: number;
  readonly wireId?: string;
  readonly signal?: AbortSignal;
  readonly apiKey?: string;
  /** Written to while a stream runs, so that what came before a failure can be seen. */
  readonly received?: ReceivedAnswer;
}

export type Caller = (sandbox: Sandbox, ask: SdkRequest) => Promise<ReceivedAnswer>;

export const nothing = (): ReceivedAnswer => ({ text: "", finish: null, usage: null });

/** One model of each vendor that thinks by default. */
export const WIRE_IDS = {
  anthropic: "claude-sonnet-5-5",
  openai: "gpt-6-luna",
  together: "deepseek-ai/DeepSeek-V4-Pro",
  google: "gemini-3.8-flash",
} as const satisfies Record<SandboxProvider, string>;

export const PROVIDERS = Object.keys(WIRE_IDS) as readonly SandboxProvider[];

export function anthropicClient(sandbox: Sandbox, apiKey = sandbox.env["ANTHROPIC_API_KEY"] ?? ""): Anthropic {
  return new Anthropic({ baseURL: sandbox.env["ANTHROPIC_BASE_URL"] ?? "", apiKey, maxRetries: 0, logLevel: "off" });
}

export function openaiClient(sandbox: Sandbox, apiKey = sandbox.env["OPENAI_API_KEY"] ?? ""): OpenAI {
  return new OpenAI({ baseURL: sandbox.env["OPENAI_BASE_URL"] ?? "", apiKey, maxRetries: 0, logLevel: "off" });
}

export function togetherClient(sandbox: Sandbox, apiKey = sandbox.env["TOGETHER_API_KEY"] ?? ""): Together {
  return new Together({ baseURL: sandbox.env["TOGETHER_BASE_URL"] ?? "", apiKey, maxRetries: 0, logLevel: "off" });
}

function googleClient(sandbox: Sandbox, apiKey = sandbox.env["GEMINI_API_KEY"] ?? ""): GoogleGenAI {
  return new GoogleGenAI({ apiKey, httpOptions: { baseUrl: sandbox.env["GOOGLE_GEMINI_BASE_URL"] ?? "" } });
}

const chatMessages = (ask: SdkRequest): { role: "system" | "user"; content: string }[] => [
  ...(ask.system === undefined ? [] : [{ role: "system" as const, content: ask.system }]),
  { role: "user" as const, content: ask.prompt },
];

const anthropicBody = (ask: SdkRequest) => ({
  model: ask.wireId ?? WIRE_IDS.anthropic,
  max_tokens: ask.limitTokens ?? 8000,
  messages: [{ role: "user" as const, content: ask.prompt }],
  ...(ask.system === undefined ? {} : { system: ask.system }),
});

const options = (ask: SdkRequest) => (ask.signal === undefined ? {} : { signal: ask.signal });

const googleBody = (ask: SdkRequest) => ({
  model: ask.wireId ?? WIRE_IDS.google,
  contents: ask.prompt,
  config: {
    ...(ask.system === undefined ? {} : { systemInstruction: ask.system }),
    ...(ask.limitTokens === undefined ? {} : { maxOutputTokens: ask.limitTokens }),
    ...(ask.signal === undefined ? {} : { abortSignal: ask.signal }),
  },
});

/** Asks through the vendor's SDK, waiting for one JSON body. */
export const ASK = {
  anthropic: async (sandbox, ask) => {
    const message = await anthropicClient(sandbox, ask.apiKey).messages.create(anthropicBody(ask), options(ask));
    const text = message.content.map((block) => (block.type === "text" ? block.text : "")).join("");
    return { text, finish: message.stop_reason, usage: message.usage };
  },
  openai: async (sandbox, ask) => {
    const completion = await openaiClient(sandbox, ask.apiKey).chat.completions.create(
      {
        model: ask.wireId ?? WIRE_IDS.openai,
        messages: chatMessages(ask),
        ...(ask.limitTokens === undefined ? {} : { max_completion_tokens: ask.limitTokens }),
      },
      options(ask),
    );
    const choice = completion.choices[0];
    const text = choice?.message.content ?? choice?.message.refusal ?? "";
    return { text, finish: choice?.finish_reason ?? null, usage: completion.usage };
  },
  together: async (sandbox, ask) => {
    const completion = await togetherClient(sandbox, ask.apiKey).chat.completions.create(
      {
        model: ask.wireId ?? WIRE_IDS.together,
        messages: chatMessages(ask),
        ...(ask.limitTokens === undefined ? {} : { max_tokens: ask.limitTokens }),
      },
      options(ask),
    );
    const choice = completion.choices[0];
    return { text: choice?.message?.content ?? "", finish: choice?.finish_reason ?? null, usage: completion.usage };
  },
  google: async (sandbox, ask) => {
    const response = await googleClient(sandbox, ask.apiKey).models.generateContent(googleBody(ask));
    const finish = response.candidates?.[0]?.finishReason ?? response.promptFeedback?.blockReason ?? null;
    return { text: response.text ?? "", finish, usage: response.usageMetadata };
  },
} as const satisfies Record<SandboxProvider, Caller>;

/** Asks through the vendor's SDK, streaming. */
export const STREAM = {
  anthropic: async (sandbox, ask) => {
    const received = ask.received ?? nothing();
    const client = anthropicClient(sandbox, ask.apiKey);
    const stream = await client.messages.create({ ...anthropicBody(ask), stream: true }, options(ask));
    for await (const event of stream) {
      if (event.type === "content_block_delta" && event.delta.type === "text_delta") received.text += event.delta.text;
      if (event.type === "message_start") received.usage = event.message.usage;
      if (event.type === "message_delta") {
        received.finish = event.delta.stop_reason;
        received.usage = event.usage;
      }
    }
    return received;
  },
  openai: async (sandbox, ask) => {
    const received = ask.received ?? nothing();
    const stream = await openaiClient(sandbox, ask.apiKey).chat.completions.create(
      {
        model: ask.wireId ?? WIRE_IDS.openai,
        messages: chatMessages(ask),
        stream: true,
        stream_options: { include_usage: true },
        ...(ask.limitTokens === undefined ? {} : { max_completion_tokens: ask.limitTokens }),
      },
      options(ask),
    );
    for await (const chunk of stream) {
      const choice = chunk.choices[0];
      received.text += choice?.delta.content ?? choice?.delta.refusal ?? "";
      received.finish = choice?.finish_reason ?? received.finish;
      received.usage = chunk.usage ?? received.usage;
    }
    return received;
  },
  together: async (sandbox, ask) => {
    const received = ask.received ?? nothing();
    const stream = await togetherClient(sandbox, ask.apiKey).chat.completions.create(
      {
        model: ask.wireId ?? WIRE_IDS.together,
        messages: chatMessages(ask),
        stream: true,
        ...(ask.limitTokens === undefined ? {} : { max_tokens: ask.limitTokens }),
      },
      options(ask),
    );
    for await (const chunk of stream) {
      const choice = chunk.choices[0];
      received.text += choice?.delta.content ?? "";
      received.finish = choice?.finish_reason ?? received.finish;
      received.usage = chunk.usage ?? received.usage;
    }
    return received;
  },
  google: async (sandbox, ask) => {
    const received = ask.received ?? nothing();
    const stream = await googleClient(sandbox, ask.apiKey).models.generateContentStream(googleBody(ask));
    for await (const chunk of stream) {
      received.text += chunk.text ?? "";
      received.finish = chunk.candidates?.[0]?.finishReason ?? chunk.promptFeedback?.blockReason ?? received.finish;
      received.usage = chunk.usageMetadata ?? received.usage;
    }
    return received;
  },
} as const satisfies Record<SandboxProvider, Caller>;

/** The catalogue with one token per estimated token everywhere, so that figures are the same for every vendor. */
export const PLAIN_MODELS: readonly Model[] = MODELS.map((model) => ({ ...model, tokenFactor: 1 }));
