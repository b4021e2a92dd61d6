import path from "node:path";
import { PLAIN_VARIABLES } from "../known-variables.ts";
import type { ServerStart, SetupClient } from "./client.ts";

/** A variable that is set, and whether its value is a secret. */
export interface SeenVariable {
  readonly name: string;
  readonly value: string;
  readonly isSecret: boolean;
}

/** How the variables that are set reach the server that a client starts. */
export interface PlannedVariables extends Pick<ServerStart, "env" | "handedOn"> {
  /** Secrets that the client neither hands on nor can refer to, and whose values were not asked for. */
  readonly left: readonly string[];
}

/** Variables that name a file: a server may be started in another folder. */
const FILE_VARIABLES: ReadonlySet<string> = new Set([
  "SIGNALBOX_CONFIG",
  "XDG_CONFIG_HOME",
  "SIGNALBOX_DB",
  "NODE_EXTRA_CA_CERTS",
]);
/** What every process has: by these the config file is found. */
const OF_EVERY_PROCESS: ReadonlySet<string> = new Set(["HOME", "USERPROFILE", "APPDATA"]);
/** What only a server over HTTP reads. */
const UNUSED_VARIABLES: ReadonlySet<string> = new Set(["SIGNALBOX_HTTP_TOKEN"]);

/** The variables that matter to a server and that are set. `read` names those that the config looks at; what is not known as plain is a secret. */
export function seenVariables(
  env: Readonly<Record<string, string | undefined>>,
  read: readonly string[],
): readonly SeenVariable[] {
  const plain = new Set(PLAIN_VARIABLES);
  return [...new Set([...read, ...PLAIN_VARIABLES])].flatMap((name) => {
    const value = (Object.hasOwn(env, name) ? (env[name] ?? "") : "").trim();
    if (value === "" || UNUSED_VARIABLES.has(name) || OF_EVERY_PROCESS.has(name)) return [];
    // An address may hold a password.
    return [{ name, value: absolute(name, value), isSecret: !plain.has(name) || /\/\/[^/]*@/.test(value) }];
  });
}

/** A secret's value is written only `withKeys`. */
export function planVariables(client: SetupClient, seen: readonly SeenVariable[], withKeys: boolean): PlannedVariables {
  const env = new Map<string, string>();
  const handedOn: string[] = [];
  const left: string[] = [];
  for (const { name, value, isSecret } of seen) {
    const route = isSecret && withKeys ? "value" : client.route(name);
    if (route === "reference") env.set(name, client.reference?.(name) ?? "");
    else if (route === "listed") handedOn.push(name);
    else if (route === "value" && isSecret && !withKeys) left.push(name);
    else if (route === "value") env.set(name, value);
  }
  return { env: Object.fromEntries(env), handedOn, left };
}

function absolute(name: string, value: string): string {
  // A URL stays what it is; `~` is for Signalbox to read.
  if (!FILE_VARIABLES.has(name) || /^(?:[a-z][a-z0-9+.-]+:|~)/i.test(value)) return value;
  return path.resolve(value);
}
