import { fileURLToPath } from "node:url";
import type { McpServer, ServerContext } from "@modelcontextprotocol/server";

/** A client that does not answer in this time has no folders. */
const ANSWER_WITHIN_MS = 5000;

/**
 * The folders that the client of one server names as its project. Asked for once, and again when the client says that they have changed.
 * Only clients before 2026-07-28 are asked: that revision does away with roots.
 */
export class ProjectRoots {
  readonly #server: McpServer;
  #asked: Promise<readonly string[]> | null = null;

  constructor(server: McpServer) {
    this.#server = server;
  }

  /** To be called when the server's handlers are set. */
  follow(): void {
    this.#server.server.setNotificationHandler("notifications/roots/list_changed", () => {
      this.#asked = null;
    });
  }

  /** `null`: the client names none. */
  async of(ctx: ServerContext): Promise<readonly string[] | null> {
    const { server } = this.#server;
    if (ctx.mcpReq.envelope !== undefined || server.getClientCapabilities()?.roots === undefined) return null;
    this.#asked ??= this.#ask(ctx);
    const folders = await this.#asked;
    return folders.length === 0 ? null : folders;
  }

  async #ask(ctx: ServerContext): Promise<readonly string[]> {
    try {
      const { roots } = await ctx.mcpReq.send({ method: "roots/list" }, { timeout: ANSWER_WITHIN_MS });
      return roots.flatMap(({ uri }) => folderOf(uri) ?? []);
    } catch {
      return [];
    }
  }
}

function folderOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    return null;
  }
}
