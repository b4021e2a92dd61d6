import type { DashboardDays, DashboardOut } from "../core/contract-dashboard.ts";
import type { Receipt } from "../core/contract-resources.ts";

/** Where the view reads from: the server that it came from, or the MCP host that shows it. */
export interface ViewSource {
  /** Throws `SignInNeeded`, or an `Error` whose message is for people. */
  dashboard(days: DashboardDays): Promise<DashboardOut>;
  /** Likewise. */
  receipt(routeId: string): Promise<Receipt>;
  /** Gives a token for a session; absent where none is needed. Throws `SignInNeeded` with why not. */
  readonly signIn?: (token: string) => Promise<void>;
  /** `null`: the server asks no one for a token, or has not been asked yet. */
  readonly signOut: () => (() => Promise<void>) | null;
}

/** The server does not know who asks. The message says why, for people. */
export class SignInNeeded extends Error {}
