import { getOAuthProtectedResourceMetadataUrl } from "@modelcontextprotocol/server";
import type { JWTVerifyGetKey } from "jose";
import { legibleText } from "../../core/legible.ts";
import type { Clock } from "../../core/ports.ts";
import { SCOPES, type Caller } from "./principal.ts";
import type { TokenReader } from "./auth.ts";
import type { OAuthSettings } from "../../core/http-settings.ts";

/** Signatures with a private key only: "none" and shared secrets are no proof of who issued a token. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
/** Clocks of two machines are never quite the same. */
const CLOCK_TOLERANCE_S = 5;
const JWKS_TIMEOUT_MS = 5_000;
/** Keys are asked for again after this, or when a token names one that is not among them. */
const JWKS_MAX_AGE_MS = 600_000;
const JWKS_COOLDOWN_MS = 30_000;
/** Longer names would be no names, and each is kept in the ledger. */
const MOST_NAME_CHARS = 200;

/** Reads tokens of the authorization server: signed by its keys, meant for this server, not expired, with a subject. */
export async function jwtReader(
  oauth: OAuthSettings,
  clock: Clock,
  onError: (error: unknown) => void,
): Promise<TokenReader> {
  const { createRemoteJWKSet, errors, jwtVerify } = await import("jose");
  const remoteKeys = createRemoteJWKSet(new URL(oauth.jwksUrl), {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cacheMaxAge: JWKS_MAX_AGE_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
  });
  const keys: JWTVerifyGetKey = async (header, token) => {
    try {
      return await remoteKeys(header, token);
    } catch (error) {
      const isOfToken = OF_TOKEN.some((code) => error instanceof errors.JOSEError && error.code === code);
      throw isOfToken ? error : new KeysUnavailable(error);
    }
  };
  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer: oauth.issuer,
        audience: oauth.audience,
        algorithms: ALGORITHMS,
        requiredClaims: ["exp", "sub"],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(clock.nowMs()),
      });
      return isAccessToken(protectedHeader.typ, payload) ? callerOf(payload) : null;
    } catch (error) {
      // A token that is wrong is the sender's matter; keys that cannot be had are ours, and then it cannot be told whose token it is.
      if (error instanceof KeysUnavailable) {
        onError(error.cause);
        return "unavailable";
      }
      if (!(error instanceof errors.JOSEError)) onError(error);
      return null;
    }
  };
}

/** What a set of keys that is in order says to a token whose key is not in it. Anything else is wrong with the keys. */
const OF_TOKEN = ["ERR_JWKS_NO_MATCHING_KEY", "ERR_JWKS_MULTIPLE_MATCHING_KEYS", "ERR_JOSE_NOT_SUPPORTED"];

class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super("The keys of the authorization server cannot be had", { cause });
  }
}

/** What a token of an authorization server calls itself when it is for a server like this one; many call themselves nothing. */
const ACCESS_TOKEN_TYPES: ReadonlySet<string> = new Set(["jwt", "at+jwt"]);

/**
 * Other tokens of the same issuer, signed with the same keys, are no access tokens: proofs (`dpop+jwt`), logout tokens and other
 * events (`logout+jwt`, `secevent+jwt`, or a claim `events`), ID tokens (which name what they were issued with).
 */
function isAccessToken(type: unknown, payload: Readonly<Record<string, unknown>>): boolean {
  const name = typeof type === "string" ? type.toLowerCase().replace(/^application\//u, "") : type;
  if (name !== undefined && !(typeof name === "string" && ACCESS_TOKEN_TYPES.has(name))) return false;
  return !OTHER_TOKENS_CLAIMS.some((claim) => Object.hasOwn(payload, claim));
}

/** Claims of security events, and of ID tokens alone: hashes of what was issued beside them. */
const OTHER_TOKENS_CLAIMS = ["events", "at_hash", "c_hash"];

function callerOf(payload: Readonly<Record<string, unknown>>): Caller | null {
  const { sub, scope, scp } = payload;
  if (typeof sub !== "string" || sub.trim() === "" || sub.length > MOST_NAME_CHARS) return null;
  // A name that does not look like what it is would be mistaken for another one, or steer a terminal.
  if (legibleText(sub) !== sub || /[\n\t]/u.test(sub)) return null;
  // By RFC 9068 a text with spaces under "scope"; some servers write lists, some "scp".
  const granted = new Set([scope ?? scp].flat().flatMap((each) => (typeof each === "string" ? each.split(" ") : [])));
  return { principal: sub, scopes: new Set(SCOPES.filter((each) => granted.has(each))) };
}

/** What RFC 9728 has clients look up: which authorization server to ask, and for what. */
export interface ProtectedResource {
  readonly path: string;
  readonly url: string;
  readonly document: Readonly<Record<string, unknown>>;
}

/** Describes this server for `endpoint`, the URL under which the client has come. An audience that is a URL is its true name. */
export function protectedResource({ audience, issuer }: OAuthSettings, endpoint: string): ProtectedResource {
  const resource = /^https?:\/\//u.test(audience) && URL.canParse(audience) ? new URL(audience) : new URL(endpoint);
  const url = getOAuthProtectedResourceMetadataUrl(resource);
  return {
    path: new URL(url).pathname,
    url,
    document: {
      resource: audience,
      authorization_servers: [issuer],
      scopes_supported: SCOPES,
      bearer_methods_supported: ["header"],
      resource_name: "Signalbox",
    },
  };
}
