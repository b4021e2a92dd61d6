import { isIP } from "node:net";

const bare = (host: string): string => host.toLowerCase().replace(/^\[|\]$/gu, "");

/** Whether only this machine reaches a server that listens there. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Whether it is a literal address, IPv6 with or without its brackets. */
export function isAddress(host: string): boolean {
  return isIP(bare(host)) !== 0;
}
