import { describe, expect, it } from "vitest";
import { CLIENTS } from "../../../src/cli/setup/clients.ts";
import { settingsFolders } from "../../../src/cli/setup/folders.ts";

const UNIX = { darwin: "/Users/u", linux: "/home/u" } as const;
const APP_DATA = "C:\\Users\\u\\AppData\\Roaming";

/** Where each client's own documentation says that its config is, by platform: macOS, Linux, Windows. */
const PLACES: Readonly<Record<string, readonly [string, string, string]>> = {
  "claude-code": ["~/.claude.json", "~/.claude.json", "~\\.claude.json"],
  "claude-desktop": [
    "~/Library/Application Support/Claude/claude_desktop_config.json",
    "~/.config/Claude/claude_desktop_config.json",
    `${APP_DATA}\\Claude\\claude_desktop_config.json`,
  ],
  cursor: ["~/.cursor/mcp.json", "~/.cursor/mcp.json", "~\\.cursor\\mcp.json"],
  vscode: [
    "~/Library/Application Support/Code/User/mcp.json",
    "~/.config/Code/User/mcp.json",
    `${APP_DATA}\\Code\\User\\mcp.json`,
  ],
  codex: ["~/.codex/config.toml", "~/.codex/config.toml", "~\\.codex\\config.toml"],
  "gemini-cli": ["~/.gemini/settings.json", "~/.gemini/settings.json", "~\\.gemini\\settings.json"],
  opencode: [
    "~/.config/opencode/opencode.json",
    "~/.config/opencode/opencode.json",
    "~\\.config\\opencode\\opencode.json",
  ],
  "copilot-cli": ["~/.copilot/mcp-config.json", "~/.copilot/mcp-config.json", "~\\.copilot\\mcp-config.json"],
  cline: [
    "~/.cline/data/settings/cline_mcp_settings.json",
    "~/.cline/data/settings/cline_mcp_settings.json",
    "~\\.cline\\data\\settings\\cline_mcp_settings.json",
  ],
  continue: ["~/.continue/config.yaml", "~/.continue/config.yaml", "~\\.continue\\config.yaml"],
  windsurf: [
    "~/.codeium/windsurf/mcp_config.json",
    "~/.codeium/windsurf/mcp_config.json",
    "~\\.codeium\\windsurf\\mcp_config.json",
  ],
  zed: ["~/.config/zed/settings.json", "~/.config/zed/settings.json", `${APP_DATA}\\Zed\\settings.json`],
};

describe("where configs live", () => {
  it("is known of every client", () => {
    expect(CLIENTS.map(({ id }) => id)).toEqual(Object.keys(PLACES));
  });

  it.each(CLIENTS.map((client) => [client.title, client] as const))("%s", (_title, client) => {
    const [mac = "", linux = "", windows = ""] = PLACES[client.id] ?? [];
    const first = (platform: NodeJS.Platform, home: string, env = {}) =>
      client.files(settingsFolders(platform, home, env))[0];
    expect(first("darwin", UNIX.darwin)).toBe(mac.replace("~", UNIX.darwin));
    expect(first("linux", UNIX.linux)).toBe(linux.replace("~", UNIX.linux));
    expect(first("win32", "C:\\Users\\u", { APPDATA: APP_DATA })).toBe(windows.replace("~", "C:\\Users\\u"));
  });

  it.each([
    ["claude-code", "CLAUDE_CONFIG_DIR", "/elsewhere/.claude.json"],
    ["codex", "CODEX_HOME", "/elsewhere/config.toml"],
    ["copilot-cli", "COPILOT_HOME", "/elsewhere/mcp-config.json"],
    ["cline", "CLINE_DIR", "/elsewhere/data/settings/cline_mcp_settings.json"],
    ["continue", "CONTINUE_GLOBAL_DIR", "/elsewhere/config.yaml"],
    ["opencode", "XDG_CONFIG_HOME", "/elsewhere/opencode/opencode.json"],
    ["zed", "XDG_CONFIG_HOME", "/elsewhere/zed/settings.json"],
  ])("%s follows %s", (id, variable, file) => {
    const client = CLIENTS.find((each) => each.id === id);
    expect(client?.files(settingsFolders("linux", "/home/u", { [variable]: "/elsewhere" }))[0]).toBe(file);
    expect(client?.files(settingsFolders("linux", "/home/u", { [variable]: " " }))[0]).toMatch(/^\/home\/u\//);
  });
});

describe("links that install the server", () => {
  const start = { command: "/a b/node", args: ["/x/bin.js", "--sandbox"], env: {}, handedOn: [] };
  const linkOf = (id: string): URL => new URL(CLIENTS.find((each) => each.id === id)?.deepLink?.(start) ?? "");

  it("hold its name and how it is started, as Cursor reads them", () => {
    const { origin, pathname, searchParams } = linkOf("cursor");
    expect(origin + pathname).toBe("https://cursor.com/en/install-mcp");
    expect(searchParams.get("name")).toBe("signalbox");
    const config = Buffer.from(searchParams.get("config") ?? "", "base64").toString();
    expect(JSON.parse(config)).toEqual({ command: start.command, args: start.args });
  });

  it("hold its name and how it is started, as VS Code reads them", () => {
    const { origin, pathname, searchParams } = linkOf("vscode");
    expect(origin + pathname).toBe("https://insiders.vscode.dev/redirect");
    const [scheme, server = ""] = (searchParams.get("url") ?? "").split("?");
    expect(scheme).toBe("vscode:mcp/install");
    expect(JSON.parse(decodeURIComponent(server))).toEqual({
      name: "signalbox",
      command: start.command,
      args: start.args,
    });
  });
});
