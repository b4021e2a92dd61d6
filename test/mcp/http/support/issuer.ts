import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { onTestFinished } from "vitest";
import type { OAuthSettings } from "../../../../src/core/http-settings.ts";

/** An authorization server as far as a resource server sees it: keys under a URL, and tokens. */
export interface Issuer {
  readonly oauth: OAuthSettings;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  /** A token for a principal; `changes` spoil it, `null` leaves a claim out. */
  readonly token: (
    sub: string,
    scope: string,
    changes?: Record<string, unknown>,
    options?: SignOptions,
  ) => Promise<string>;
}

export interface SignOptions {
  /** Signs with a key that the issuer does not have. */
  readonly foreignKey?: boolean;
  readonly keyId?: string;
  /** Beside `alg` and `kid`. */
  readonly header?: Readonly<Record<string, unknown>>;
}

export const AUDIENCE = "https://signalbox.example.com/mcp";

/**
 * `nowMs`: the time of the server that will read the tokens; those of most tests live at the beginning of time. Keys are answered
 * after `beforeKeys`.
 */
export async function startIssuer(nowMs = 0, beforeKeys: Promise<void> = Promise.resolve()): Promise<Issuer> {
  const own = await generateKeyPair("ES256");
  const foreign = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(own.publicKey)), kid: "k1", alg: "ES256", use: "sig" };
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    void beforeKeys.then(() =>
      response.setHeader("content-type", "application/json").end(JSON.stringify({ keys: [jwk] })),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    oauth: { issuer, audience: AUDIENCE, jwksUrl: `${issuer}/keys` },
    asked: () => asked,
    token: (sub, scope, changes = {}, { foreignKey = false, keyId = "k1", header = {} } = {}) => {
      const nowS = Math.floor(nowMs / 1000);
      const claims = { iss: issuer, aud: AUDIENCE, sub, scope, iat: nowS, exp: nowS + 3600, ...changes };
      const payload = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== null)) as JWTPayload;
      const key = foreignKey ? foreign.privateKey : own.privateKey;
      return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid: keyId, ...header }).sign(key);
    },
  };
}
