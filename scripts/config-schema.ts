import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { configSchema } from "../src/config/schema.ts";

/** Writes `schema/config.schema.json`, which editors use to complete and check the config file. */
const path = fileURLToPath(new URL("../schema/config.schema.json", import.meta.url));
await writeFile(path, configSchema());
console.log(`wrote ${path}`);
