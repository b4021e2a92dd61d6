import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Clock } from "../../../core/ports.ts";

const COOKIE = "signalbox_dashboard";
const COOKIE_VALUE = new RegExp(`(?:^|; )${COOKIE}=(?<id>[\\w-]{43})(?:;|$)`, "u");
/** Who looks on longer signs in again. */
const SESSION_MS = 12 * 3_600_000;
/** The oldest goes when there are more. */
const MOST_SESSIONS = 1000;
/** A code that no one has used by then is used up, milliseconds. */
const CODE_MS = 120_000;

interface DashboardSession {
  /** Looked at again with each request: one that is no longer good ends the session. */
  readonly authorization: string;
  readonly untilMs: number;
}

/** A code that is good for one sign-in, and the token that it stands for. */
interface OneTimeCode {
  readonly code: string;
  readonly token: string | null;
}

/** Browsers that have shown a token: a cookie stands for it, which no script can read and no other site can send. In memory only. */
export class DashboardSessions {
  readonly #sessions = new Map<string, DashboardSession>();
  readonly #clock: Clock;
  #code: (OneTimeCode & { readonly untilMs: number }) | null;

  constructor(clock: Clock, code: OneTimeCode | null) {
    this.#clock = clock;
    this.#code = code === null ? null : { ...code, untilMs: clock.monotonicMs() + CODE_MS };
  }

  /** The header by which the sender is known: its own, else that of its session. A code is used up by being shown. */
  authorizationOf({ authorization, cookie }: IncomingHttpHeaders): string | undefined {
    if (authorization !== undefined) return this.#redeemed(authorization);
    return this.#sessionOf(cookie)?.authorization;
  }

  /** A new session. The cookie for it goes over TLS alone where the sender has come over TLS. */
  begin(authorization: string, isOverTls: boolean): string {
    const id = randomBytes(32).toString("base64url");
    this.#sessions.set(id, { authorization, untilMs: this.#clock.monotonicMs() + SESSION_MS });
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MOST_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return cookieOf(id, SESSION_MS / 1000, isOverTls);
  }

  /** The cookie that takes the place of the ended session's. */
  end(cookie: string | undefined): string {
    const id = idIn(cookie);
    if (id !== undefined) this.#sessions.delete(id);
    return cookieOf("", 0, false);
  }

  #sessionOf(cookie: string | undefined): DashboardSession | null {
    const id = idIn(cookie);
    const session = id === undefined ? undefined : this.#sessions.get(id);
    return session === undefined || session.untilMs <= this.#clock.monotonicMs() ? null : session;
  }

  #redeemed(authorization: string): string {
    const code = this.#code;
    if (code === null || !isSame(authorization, `Bearer ${code.code}`)) return authorization;
    this.#code = null;
    return code.untilMs <= this.#clock.monotonicMs() ? authorization : `Bearer ${code.token}`;
  }
}

function idIn(cookie: string | undefined): string | undefined {
  return COOKIE_VALUE.exec(cookie ?? "")?.groups?.["id"];
}

function cookieOf(id: string, maxAgeS: number, isOverTls: boolean): string {
  const secure = isOverTls ? "; Secure" : "";
  return `${COOKIE}=${id}; Path=/dashboard; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${secure}`;
}

/** Digests are of one length: a near miss takes as long as a wild guess. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
