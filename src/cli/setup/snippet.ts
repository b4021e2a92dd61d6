import type { ServerStart, SetupClient } from "./client.ts";
import { SERVER_NAME } from "./edit.ts";
import type { ConfigFormat } from "./formats/format.ts";

/** A client's config with nothing but this server in it. `format` is the client's. */
export function snippetOf(format: ConfigFormat, client: SetupClient, start: ServerStart): string {
  return format.put("", client.section, SERVER_NAME, client.entry(start)).trimEnd();
}
