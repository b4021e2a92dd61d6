/** A first config file: every value is the default, or a limit that keeps a first day cheap. */
export const TEMPLATE = `// Signalbox. Every key is optional; what is left out keeps its default.
// signalbox config check tells every mistake; signalbox config show --effective tells what holds; signalbox config schema lists all keys.
{
  // What may be spent, in USD: Signalbox refuses what would go beyond.
  "budgets": { "day_usd": 5, "month_usd": 50 },

  // Of a call that names no limits of its own.
  "defaults": { "budget_usd": 0.5, "deadline_ms": 30000 },

  // A call that could cost more asks first.
  // "approval_usd": 0.25,

  // An endpoint on this machine, and a model of it that costs nothing.
  // "providers": { "ollama": { "kind": "openai_compatible", "base_url": "http://127.0.0.1:11434/v1" } },
  // "models": [
  //   {
  //     "id": "qwen-local",
  //     "provider": "ollama",
  //     "wire_id": "qwen3:8b",
  //     "prices": { "input_usd_per_mtok": 0, "output_usd_per_mtok": 0 },
  //     "context_tokens": 32768,
  //   },
  // ],

  // Who is asked for a task, in order.
  // "tasks": [{ "id": "general", "candidates": ["qwen-local", "gpt-6-luna"] }],

  // Keep prompts and answers in the ledger, so that signalbox show can show them.
  // "privacy": { "store_text": true },
}
`;
