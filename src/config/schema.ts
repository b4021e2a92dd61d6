import { z } from "zod";
import { ConfigFile } from "./file.ts";

/** The JSON Schema of the config file, as text: what ships as `schema/config.schema.json`. */
export function configSchema(): string {
  const schema = z.toJSONSchema(ConfigFile, { io: "input", target: "draft-7" });
  const { $schema, ...rest } = schema;
  const titled = { $schema, title: "Signalbox config", description: "Configuration file of Signalbox", ...rest };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
