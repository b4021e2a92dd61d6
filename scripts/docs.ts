import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MODELS } from "../src/catalog/models.ts";
import { TASKS } from "../src/catalog/tasks.ts";
import { ERROR_RULES } from "../src/core/errors.ts";
import type { CachePrice } from "../src/core/price.ts";
import type { Model } from "../src/core/model.ts";
import { checkPages } from "./check-pages.ts";
import { clientSections, clientTable } from "./client-snippets.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Which pages hold which generated parts, between markers `<!-- name: generated -->` and `<!-- /name -->`. */
const PARTS = {
  "docs/models.md": { models: modelTable },
  "docs/tasks.md": { tasks: taskTable },
  "docs/errors.md": { "error-kinds": errorKindTable },
  "docs/clients.md": { clients: clientTable, snippets: clientSections },
} as const satisfies Record<string, Record<string, () => string>>;

/** Every page that is generated, or holds a generated part, as it should be: its path from the root, and its text. */
export function generatedPages(): ReadonlyMap<string, string> {
  const parts = Object.entries(PARTS).map(([path, tables]): [string, string] => [
    path,
    withParts(readFileSync(join(ROOT, path), "utf8"), tables),
  ]);
  return new Map([...parts, ...checkPages()]);
}

function withParts(text: string, parts: Readonly<Record<string, () => string>>): string {
  return Object.entries(parts).reduce((result, [name, tableOf]) => {
    const pattern = new RegExp(`(<!-- ${name}: generated -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!pattern.test(result)) throw new Error(`a page lacks the markers of ${name}`);
    return result.replace(pattern, (_, open: string, close: string) => `${open}\n${tableOf()}\n\n${close}`);
  }, text);
}

function modelTable(): string {
  const rows = MODELS.map((model) => [
    `\`${model.id}\``,
    model.provider,
    ...prices(model),
    flex(model),
    takes(model),
    lifecycle(model),
  ]);
  return table(
    ["model", "provider", "input", "output", "cache read", "long prompt", "flex", "takes", "lifecycle"],
    rows,
  );
}

function prices(model: Model): string[] {
  if (model.prices === "unpriced") return ["unpriced", "", "", ""];
  const { inputUsd, outputUsd, cacheReadUsd, longPrompt } = model.prices;
  const long =
    longPrompt === undefined ? "" : `over ${longPrompt.overTokens}: ${longPrompt.inputUsd} / ${longPrompt.outputUsd}`;
  return [String(inputUsd), String(outputUsd), cache(cacheReadUsd), long];
}

const cache = (price: CachePrice): string => (price === "none" ? "as input" : String(price));

const flex = ({ flexPrices: row }: Model): string => (row === undefined ? "" : `${row.inputUsd} / ${row.outputUsd}`);

const takes = ({ accepts = [] }: Model): string => ["text", ...accepts].join(", ");

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
  const rows = TASKS.map((task) => [
    `\`${task.id}\``,
    task.minQuality.toFixed(2),
    task.candidates.map((id) => `\`${id}\``).join(", "),
    task.checks.map(({ check }) => `\`${check}\``).join(", ") || "–",
  ]);
  return table(["task", "threshold", "candidates, in order", "checks of its own"], rows);
}

function errorKindTable(): string {
  const actions = { same: "next model; the same one again later", next: "next model", stop: "the request ends" };
  const rows = Object.entries(ERROR_RULES).map(([kind, rule]) => [
    `\`${kind}\``,
    actions[rule.action],
    !rule.tripsBreaker ? "no" : rule.countsFor === "all" ? "for all" : "for who asked",
    rule.spent === "no" ? "no" : "maybe",
    rule.remedy,
  ]);
  return table(["kind", "what follows", "trips the breaker", "may cost money", "what to do"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, head.map(() => "---"), ...rows];
  return all.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of generatedPages()) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}
