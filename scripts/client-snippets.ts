import type { ServerStart, SetupClient } from "../src/cli/setup/client.ts";
import { CLIENTS } from "../src/cli/setup/clients.ts";
import { settingsFolders } from "../src/cli/setup/folders.ts";
import { json } from "../src/cli/setup/formats/json.ts";
import { toml } from "../src/cli/setup/formats/toml.ts";
import { yaml } from "../src/cli/setup/formats/yaml.ts";
import { snippetOf } from "../src/cli/setup/snippet.ts";
import { planVariables } from "../src/cli/setup/variables.ts";

/** The parts of docs/clients.md, from the table that `signalbox setup` writes from. */

const FORMATS = { json, toml, yaml };
const EXAMPLE = { name: "ANTHROPIC_API_KEY", value: "…", isSecret: true };

/** Which variables reach a server by themselves, and where each config is. */
export function clientTable(): string {
  const rows = CLIENTS.map((client) => {
    const [mac, linux, windows] = placesOf(client);
    const places = mac === linux ? `\`${linux}\`` : `macOS \`${mac}\`, Linux \`${linux}\`, Windows \`${windows}\``;
    return `| ${client.title} | \`${client.id}\` | ${places} | ${keysOf(client)} |`;
  });
  return ["| client | name for `setup` | its config | keys |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

/** A section for each client: what to paste, the client's own command, and a link that installs the server. */
export function clientSections(): string {
  return CLIENTS.map(sectionOf).join("\n\n");
}

function sectionOf(client: SetupClient): string {
  // Cursor and others refer to the variable; Claude Desktop and Cline take nothing but values.
  const withKeys = client.route(EXAMPLE.name) === "value";
  const start = startWith(planVariables(client, [EXAMPLE], withKeys));
  return [
    `### ${client.title}`,
    `\`\`\`${client.format}\n${snippetOf(FORMATS[client.format], client, start)}\n\`\`\``,
    ...(client.command === undefined ? [] : [`Or: \`${client.command(start)}\``]),
    ...(client.deepLink === undefined
      ? []
      : [`Or open this link: [install in ${client.title}](${client.deepLink(start)})`]),
    [client.next, ...(client.notes ?? [])].join(" "),
  ].join("\n\n");
}

function startWith({ env, handedOn }: Pick<ServerStart, "env" | "handedOn">): ServerStart {
  return { command: "npx", args: ["-y", "signalbox"], env, handedOn };
}

function keysOf(client: SetupClient): string {
  switch (client.route(EXAMPLE.name)) {
    case "inherited":
      return "handed on by the client";
    case "reference":
      return `\`${client.reference?.(EXAMPLE.name) ?? ""}\` in the config`;
    case "listed":
      return "their names stand in `env_vars`";
    case "value":
      return "their values have to stand in the config";
  }
}

function placesOf(client: SetupClient): readonly string[] {
  const first = (platform: NodeJS.Platform, home: string, env = {}): string =>
    client.files(settingsFolders(platform, home, env))[0] ?? "";
  return [first("darwin", "~"), first("linux", "~"), first("win32", "~", { APPDATA: "%APPDATA%" })];
}
