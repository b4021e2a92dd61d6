import type { Peer, PeerWorld } from "./peers.d.mts";

export type { Peer, PeerWorld };
export function aiWithRetry(world: PeerWorld): Promise<Peer>;
