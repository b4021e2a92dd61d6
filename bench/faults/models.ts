import { MODELS } from "../../src/catalog/models.ts";
import type { SandboxProvider } from "../../src/sandbox/call.ts";

/** A model as each contender knows it. */
export interface Candidate {
  readonly vendor: SandboxProvider;
  readonly id: string;
  readonly wireId: string;
}

const IDS = {
  anthropic: "claude-opus-5-5",
  openai: "gpt-6.2-sol",
  together: "deepseek-v4-pro",
  google: "gemini-3.8-flash",
} as const satisfies Record<SandboxProvider, string>;

/** The model that stands for a vendor. */
export function modelOf(vendor: SandboxProvider): Candidate {
  const row = MODELS.find((model) => model.id === IDS[vendor]);
  if (row === undefined) throw new Error(`The catalogue has no ${IDS[vendor]}`);
  return { vendor, id: row.id, wireId: row.wireId };
}
