import type { SetupClient } from "../client.ts";
import { standardEntry } from "../entry.ts";

/** Zed. It gives its servers its own environment. */
export const zed: SetupClient = {
  id: "zed",
  title: "Zed",
  format: "json",
  section: "context_servers",
  files: ({ platform, join, appData, xdgConfig }) => [
    join(platform === "win32" ? join(appData, "Zed") : join(xdgConfig, "zed"), "settings.json"),
  ],
  signs: ({ platform, join, appData, xdgConfig }) => [
    platform === "win32" ? join(appData, "Zed") : join(xdgConfig, "zed"),
  ],
  entry: standardEntry,
  route: () => "inherited",
  next: "Zed reads the file by itself; its agent settings show the server. Zed must see the variables: start it from where they are set.",
};
