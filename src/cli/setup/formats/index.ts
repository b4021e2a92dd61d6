import type { ConfigFormat } from "./format.ts";

export type FormatName = "json" | "toml" | "yaml";

/** Loads a format with its parser. */
export async function loadFormat(name: FormatName): Promise<ConfigFormat> {
  switch (name) {
    case "json":
      return (await import("./json.ts")).json;
    case "toml":
      return (await import("./toml.ts")).toml;
    case "yaml":
      return (await import("./yaml.ts")).yaml;
  }
}
