import type { ServerStart, SetupClient } from "./client.ts";
import { SERVER_NAME } from "./edit.ts";
import { loadFormat } from "./formats/index.ts";

/** A client's whole config with nothing but this server in it. */
export async function snippetOf(client: SetupClient, start: ServerStart): Promise<string> {
  const format = await loadFormat(client.format);
  return format.put("", client.section, SERVER_NAME, client.entry(start));
}
