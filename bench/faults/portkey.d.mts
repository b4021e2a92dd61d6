import type { Peer, PeerWorld } from "./peers.d.mts";

export function portkeyGateway(world: PeerWorld): Promise<Peer>;
