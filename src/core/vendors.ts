/** What is known about a kind of provider before it is called. */
interface KindFacts {
  /** Where its API listens unless told otherwise; `null`: the config says it, or the region does. */
  readonly baseUrl: string | null;
  /** Variables that may hold the key; the first that is set counts. */
  readonly keyVariables: readonly string[];
  /** Without a key it cannot be asked. */
  readonly needsKey: boolean;
  /** Variables that the config falls back on for a setting. A setting that stands here is required. */
  readonly required: Readonly<Partial<Record<RequiredSetting, readonly string[]>>>;
}

type RequiredSetting = "base_url" | "region" | "project";

/** A vendor that is there without a config: with the variables of the public contract. */
interface VendorFacts extends KindFacts {
  readonly baseUrlVariable: string;
}

/** The four vendors by kind of provider. */
export const VENDORS = {
  anthropic: {
    baseUrl: "https://api.anthropic.com",
    keyVariables: ["ANTHROPIC_API_KEY"],
    needsKey: true,
    required: {},
    baseUrlVariable: "ANTHROPIC_BASE_URL",
  },
  openai: {
    baseUrl: "https://api.openai.com/v1",
    keyVariables: ["OPENAI_API_KEY"],
    needsKey: true,
    required: {},
    baseUrlVariable: "OPENAI_BASE_URL",
  },
  together: {
    baseUrl: "https://api.together.ai/v1",
    keyVariables: ["TOGETHER_API_KEY"],
    needsKey: true,
    required: {},
    baseUrlVariable: "TOGETHER_BASE_URL",
  },
  google: {
    baseUrl: "https://generativelanguage.googleapis.com",
    keyVariables: ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
    needsKey: true,
    required: {},
    baseUrlVariable: "GOOGLE_GEMINI_BASE_URL",
  },
} as const satisfies Record<string, VendorFacts>;

/** Kinds of provider that are there when the config names one: one row each, and one in `src/providers/index.ts`. */
const ENDPOINT_KINDS = {
  openai_compatible: { baseUrl: null, keyVariables: [], needsKey: false, required: { base_url: [] } },
  azure_openai: {
    baseUrl: null,
    keyVariables: ["AZURE_OPENAI_API_KEY"],
    needsKey: true,
    required: { base_url: ["AZURE_OPENAI_ENDPOINT"] },
  },
  openrouter: {
    baseUrl: "https://openrouter.ai/api/v1",
    keyVariables: ["OPENROUTER_API_KEY"],
    needsKey: true,
    required: {},
  },
  // Without a key of their own these two take the credentials that AWS and Google keep on a machine.
  bedrock: {
    baseUrl: null,
    keyVariables: ["AWS_BEARER_TOKEN_BEDROCK"],
    needsKey: false,
    required: { region: ["AWS_REGION", "AWS_DEFAULT_REGION"] },
  },
  vertex: {
    baseUrl: null,
    keyVariables: [],
    needsKey: false,
    required: {
      region: ["GOOGLE_CLOUD_LOCATION", "CLOUD_ML_REGION"],
      project: ["GOOGLE_CLOUD_PROJECT", "ANTHROPIC_VERTEX_PROJECT_ID"],
    },
  },
} as const satisfies Record<string, KindFacts>;

export type VendorKind = keyof typeof VENDORS;

/** Which adapter serves a provider. */
export type ProviderKind = VendorKind | keyof typeof ENDPOINT_KINDS;

/** Every kind of provider. */
export const PROVIDER_KINDS: Readonly<Record<ProviderKind, KindFacts>> = { ...VENDORS, ...ENDPOINT_KINDS };
