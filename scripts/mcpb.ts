import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { VENDORS } from "../src/core/vendors.ts";
import { tools } from "../src/mcp/tools/index.ts";

/**
 * `npm run mcpb`: packs Signalbox for Claude Desktop as one file, with the format's own tool, which validates the manifest first. The
 * tool is fetched when it is asked for and no dependency.
 */
const MCPB = "@anthropic-ai/mcpb@2.1.2";
const ROOT = fileURLToPath(new URL("..", import.meta.url));

interface PackageJson {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly keywords: readonly string[];
  readonly engines: { readonly node: string };
}

/** The manifest, format 0.3. A key that is left empty counts as not set. */
export function manifest(): object {
  const { version, description, license, keywords, engines } = JSON.parse(
    readFileSync(join(ROOT, "package.json"), "utf8"),
  ) as PackageJson;
  const vendors = Object.entries(VENDORS).map(([vendor, { keyVariables }]) => ({
    vendor,
    variable: keyVariables[0] ?? "",
    setting: `${vendor}_api_key`,
  }));
  return {
    manifest_version: "0.3",
    name: "signalbox",
    display_name: "Signalbox",
    version,
    description,
    author: { name: "The Signalbox maintainers" },
    license,
    keywords,
    server: {
      type: "node",
      entry_point: "dist/bin.js",
      mcp_config: {
        command: "node",
        // oxlint-disable-next-line no-template-curly-in-string -- the format's own placeholder
        args: ["${__dirname}/dist/bin.js"],
        env: Object.fromEntries(vendors.map(({ variable, setting }) => [variable, `\${user_config.${setting}}`])),
      },
    },
    tools: tools.map(({ name, description: about }) => ({ name, description: about.split(/(?<=\.) /)[0] ?? about })),
    compatibility: { platforms: ["darwin", "win32", "linux"], runtimes: { node: engines.node } },
    user_config: Object.fromEntries(
      vendors.map(({ vendor, variable, setting }) => [
        setting,
        {
          type: "string",
          title: variable,
          description: `Turns the models of ${vendor} on; leave it empty if you have none`,
          sensitive: true,
          required: false,
          // Without a default the placeholder itself would be handed over.
          default: "",
        },
      ]),
    ),
  };
}

function build(): void {
  const stage = mkdtempSync(join(tmpdir(), "signalbox-mcpb-"));
  const run = (command: string, args: readonly string[], cwd: string): string =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [packed] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", stage], ROOT)) as [
      { readonly filename: string },
    ];
    run("tar", ["xzf", packed.filename], stage);
    const folder = join(stage, "package");
    cpSync(join(ROOT, "package-lock.json"), join(folder, "package-lock.json"));
    run(
      "npm",
      ["ci", "--omit=dev", "--omit=optional", "--omit=peer", "--ignore-scripts", "--no-audit", "--no-fund"],
      folder,
    );
    rmSync(join(folder, "package-lock.json"));
    writeFileSync(join(folder, "manifest.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
    process.stdout.write(run("npx", ["--yes", MCPB, "validate", "manifest.json"], folder));
    const packing = run("npx", ["--yes", MCPB, "pack", ".", join(stage, "signalbox.mcpb")], folder);
    // Before its summary it lists every file.
    process.stdout.write(packing.slice(Math.max(0, packing.indexOf("Archive Details"))));
    cpSync(join(stage, "signalbox.mcpb"), join(ROOT, "signalbox.mcpb.part"));
    renameSync(join(ROOT, "signalbox.mcpb.part"), join(ROOT, "signalbox.mcpb"));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) build();
