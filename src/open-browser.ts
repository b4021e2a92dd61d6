import { spawn } from "node:child_process";

/** What opens an address on each system; anywhere else what desktops of Linux and BSD have. No shell reads the address. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>> = {
  darwin: ["open"],
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens an address in the user's browser. Where there is none nothing happens: the address has been printed. */
export function openBrowser(platform: NodeJS.Platform, url: string): void {
  const [command, ...args] = OPENERS[platform] ?? ["xdg-open"];
  const opener = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  opener.on("error", () => undefined);
  opener.unref();
}
