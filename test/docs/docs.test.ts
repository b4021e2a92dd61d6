import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { generatedPages } from "../../scripts/docs.ts";
import { toolSchemas } from "../../scripts/tool-schemas.ts";
import { parseConfig } from "../../src/config/parse.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MOST_README_BYTES = 10_000;
const packageJson = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};

const PAGES = [
  "README.md",
  "SECURITY.md",
  "CONTRIBUTING.md",
  "AGENTS.md",
  "CHANGELOG.md",
  ...readdirSync(join(ROOT, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join("docs", path)),
];
const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8");

describe("the documentation", () => {
  it("has a first page that is read to the end", () => {
    expect(statSync(join(ROOT, "README.md")).size).toBeLessThanOrEqual(MOST_README_BYTES);
  });

  it.each([...generatedPages()])("shows %s as it is generated (npm run docs)", (path, text) => {
    expect(textOf(path)).toBe(text);
  });

  it("lists tools by schemas that are as they are made (npm run docs)", () => {
    expect(textOf("src/mcp/tools/schemas.json")).toBe(toolSchemas());
  });

  it("keeps no page of a check that is gone", () => {
    const pages = PAGES.filter((path) => path.startsWith(join("docs", "checks")));
    expect(pages.filter((path) => !generatedPages().has(path))).toEqual([]);
  });

  it.each(PAGES)("%s links to files and headings that are there", (path) => {
    const links = [...withoutCode(textOf(path)).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
    const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !isThere(path, link));
    expect(broken).toEqual([]);
  });

  it("shows configs that are accepted as they stand", () => {
    for (const path of ["docs/config.md", "docs/budgets.md", "docs/http.md", "docs/recipes.md"]) {
      const blocks = [...textOf(path).matchAll(/```json\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
      expect(blocks.length, path).toBeGreaterThan(0);
      for (const block of blocks) expect(parseConfig(block, {}), block).toMatchObject({ ok: true });
    }
  });

  it("has a sentence for every dependency, and for nothing else", () => {
    const named = [...textOf("docs/dependencies.md").matchAll(/^\| (.*?) \|/gm)].flatMap((row) =>
      [...(row[1] ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ""),
    );
    expect(new Set(named)).toEqual(new Set([...Object.keys(packageJson.dependencies), ...importedPackages()]));
  });
});

/** Packages that the source imports by name. */
function importedPackages(): readonly string[] {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.tsx?$/.test(file),
  );
  return files.flatMap((file) =>
    [
      ...textOf(join("src", file)).matchAll(
        /^(?:import|export) (?!type )[^;]*?from "([^".][^"]*)";|\bimport\("([^".][^"]*)"\)/gm,
      ),
    ]
      .map((match) => match[1] ?? match[2] ?? "")
      .filter((name) => !name.startsWith("node:"))
      .map((name) =>
        name
          .split("/")
          .slice(0, name.startsWith("@") ? 2 : 1)
          .join("/"),
      ),
  );
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
}

function isThere(from: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? from : join(dirname(from), file);
  if (!existsSync(join(ROOT, target))) return false;
  if (heading === undefined || !target.endsWith(".md")) return true;
  const headings = [...textOf(target).matchAll(/^#+ (.*)$/gm)].map((match) => slug(match[1] ?? ""));
  return headings.includes(heading);
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}
