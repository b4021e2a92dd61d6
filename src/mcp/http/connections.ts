import type { Server } from "node:http";
import { isIPv6, type Socket } from "node:net";

/** Connections of one address that have not sent a request yet. A client sends its request at once; so many wait only on purpose. */
const MOST_SILENT = 64;
/**
 * Shares the connections of a server among the addresses that they come from: each may have `mostOfAddress`, and all together twice
 * that, so that none keeps out the others. A new one above the share of its address is closed at once; when too many of an
 * address are silent, the one that has been so for longest is closed.
 */
export function shareConnections(server: Server, mostOfAddress: number): void {
  server.maxConnections = 2 * mostOfAddress;
  const open = new Map<string, Set<Socket>>();
  /** In order of time. */
  const silent = new Map<string, Set<Socket>>();

  server.on("connection", (socket: Socket) => {
    const address = networkOf(socket.remoteAddress);
    const all = setOf(open, address);
    if (all.size >= mostOfAddress) {
      socket.destroy();
      return;
    }
    const waiting = setOf(silent, address);
    all.add(socket);
    waiting.add(socket);
    socket.once("close", () => {
      remove(open, address, socket);
      remove(silent, address, socket);
    });
    if (waiting.size <= MOST_SILENT) return;
    for (const oldest of waiting) {
      remove(silent, address, oldest);
      oldest.destroy();
      break;
    }
  });
  server.on("request", ({ socket }) => remove(silent, networkOf(socket.remoteAddress), socket));
}

/** An address, or the network that one holder of IPv6 addresses has at least. */
function networkOf(address: string | undefined): string {
  if (address === undefined || !isIPv6(address)) return address ?? "";
  const mapped = /^::ffff:(?<v4>\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.groups?.["v4"];
  if (mapped !== undefined) return mapped;
  const [head = "", tail = ""] = address.split("%", 1)[0]?.split("::") ?? [];
  const left = head === "" ? [] : head.split(":");
  const right = tail === "" ? [] : tail.split(":");
  const zeros = address.includes("::")
    ? Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0")
    : [];
  return [...left, ...zeros, ...right].slice(0, 4).join(":");
}

function setOf(sets: Map<string, Set<Socket>>, address: string): Set<Socket> {
  const existing = sets.get(address);
  if (existing !== undefined) return existing;
  const made = new Set<Socket>();
  sets.set(address, made);
  return made;
}

function remove(sets: Map<string, Set<Socket>>, address: string, socket: Socket): void {
  const own = sets.get(address);
  own?.delete(socket);
  if (own?.size === 0) sets.delete(address);
}
