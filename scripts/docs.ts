import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { MODELS } from "../src/catalog/models.ts";
import { TASKS } from "../src/catalog/tasks.ts";
import type { CachePrice } from "../src/core/price.ts";
import type { Model } from "../src/core/model.ts";

/** Writes the generated parts of README.md; a test holds them against this. `npm run docs` */
const README = fileURLToPath(new URL("../README.md", import.meta.url));

/** `text` with what stands between the markers of each part replaced. */
export function withGeneratedParts(text: string): string {
  const parts: Readonly<Record<string, string>> = { models: modelTable(), tasks: taskTable() };
  return Object.entries(parts).reduce((result, [name, table]) => {
    const pattern = new RegExp(`(<!-- ${name}: generated -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!pattern.test(result)) throw new Error(`README.md lacks the markers of ${name}`);
    return result.replace(pattern, (_, open: string, close: string) => `${open}\n${table}\n\n${close}`);
  }, text);
}

function modelTable(): string {
  const rows = MODELS.map((model) => [`\`${model.id}\``, model.provider, ...prices(model), lifecycle(model)]);
  return table(["model", "provider", "input", "output", "cache read", "long prompt", "lifecycle"], rows);
}

function prices(model: Model): string[] {
  if (model.prices === "unpriced") return ["unpriced", "", "", ""];
  const { inputUsd, outputUsd, cacheReadUsd, longPrompt } = model.prices;
  const long =
    longPrompt === undefined ? "" : `over ${longPrompt.overTokens}: ${longPrompt.inputUsd} / ${longPrompt.outputUsd}`;
  return [String(inputUsd), String(outputUsd), cache(cacheReadUsd), long];
}

const cache = (price: CachePrice): string => (price === "none" ? "as input" : String(price));

function lifecycle({ lifecycle: life }: Model): string {
  switch (life.state) {
    case "current":
      return "current";
    case "legacy":
      return `legacy (shutdown ${life.shutdownDate}) → \`${life.successor}\``;
    case "retired":
      return `retired → \`${life.successor}\``;
  }
}

function taskTable(): string {
  const rows = TASKS.map((task) => {
    return [
      `\`${task.id}\``,
      task.minQuality.toFixed(2),
      task.candidates.map((id) => `\`${id}\``).join(", "),
      task.checks.map(({ check }) => `\`${check}\``).join(", ") || "–",
    ];
  });
  return table(["task", "threshold", "candidates, in order", "checks of its own"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, head.map(() => "---"), ...rows];
  return all.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(README, withGeneratedParts(readFileSync(README, "utf8")));
}
