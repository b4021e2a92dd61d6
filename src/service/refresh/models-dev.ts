import { z } from "zod";

/** A year of prices never reaches this, USD per million tokens: a figure above it is a slip. */
const price = z.number().min(0).max(10_000);
const Cost = z.object({
  input: price,
  output: price,
  cache_read: price.optional(),
  cache_write: price.optional(),
});

const Entry = z.object({
  id: z.string().optional(),
  cost: Cost.extend({ context_over_200k: Cost.optional() }).optional(),
  status: z.string().optional(),
});

/** What is used of a model's entry. */
export type ForeignModel = z.infer<typeof Entry>;

const ProviderEntry = z.object({ models: z.record(z.string(), z.unknown()) });
const Api = z.record(z.string(), z.unknown());

/** Their names of the providers that are called otherwise here. */
const PROVIDERS: ReadonlyMap<string, string> = new Map([["together", "togetherai"]]);

export type ForeignPrices =
  | {
      readonly ok: true;
      /** The entry of a model by provider and wire id; a problem in words when it is there and cannot be used. */
      find(provider: string, wireId: string): ForeignModel | string | null;
      /** Whether the data has the provider at all. */
      has(provider: string): boolean;
    }
  | { readonly ok: false; readonly problem: string };

/** Reads data of the form {provider: {models: {id: {cost, status}}}}. Entries are looked at when they are asked for. */
export function readForeignPrices(data: unknown): ForeignPrices {
  const api = Api.safeParse(data);
  const providers = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [name, value] of api.success ? Object.entries(api.data) : []) {
    const provider = ProviderEntry.safeParse(value);
    if (provider.success) providers.set(name, provider.data.models);
  }
  if (providers.size === 0) {
    return { ok: false, problem: 'It has no provider with "models": expected the form of models.dev\'s api.json' };
  }
  const modelsOf = (provider: string): Readonly<Record<string, unknown>> | undefined =>
    providers.get(provider) ?? providers.get(PROVIDERS.get(provider) ?? "");
  return {
    ok: true,
    has: (provider) => modelsOf(provider) !== undefined,
    find(provider, wireId) {
      const models = modelsOf(provider);
      if (models === undefined || !Object.hasOwn(models, wireId)) return null;
      const entry = Entry.safeParse(models[wireId]);
      if (entry.success) return entry.data;
      const [issue] = entry.error.issues;
      return `${provider}.models.${wireId}.${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is not usable"}`;
    },
  };
}
