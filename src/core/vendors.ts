/** What is known about a vendor before it is called. */
interface Vendor {
  /** Where its API listens unless told otherwise. */
  readonly baseUrl: string;
  /** Variables that may hold the key; the first that is set counts. */
  readonly keyVariables: readonly [string, ...string[]];
  readonly baseUrlVariable: string;
}

/** The four vendors by kind of provider: addresses, and the variables of the public contract. */
export const VENDORS = {
  anthropic: {
    baseUrl: "https://api.anthropic.com",
    keyVariables: ["ANTHROPIC_API_KEY"],
    baseUrlVariable: "ANTHROPIC_BASE_URL",
  },
  openai: {
    baseUrl: "https://api.openai.com/v1",
    keyVariables: ["OPENAI_API_KEY"],
    baseUrlVariable: "OPENAI_BASE_URL",
  },
  together: {
    baseUrl: "https://api.together.ai/v1",
    keyVariables: ["TOGETHER_API_KEY"],
    baseUrlVariable: "TOGETHER_BASE_URL",
  },
  google: {
    baseUrl: "https://generativelanguage.googleapis.com",
    keyVariables: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
    baseUrlVariable: "GOOGLE_GEMINI_BASE_URL",
  },
} as const satisfies Record<string, Vendor>;

export type VendorKind = keyof typeof VENDORS;

/** Which adapter serves a provider: a vendor's own, or the one for endpoints that speak OpenAI's chat protocol. */
export type ProviderKind = VendorKind | "openai_compatible";
