import { Buffer } from "node:buffer";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { describe, expect, test } from "vitest";
import { AUDIENCE, type Issuer, type SignOptions, startIssuer } from "./support/issuer.ts";
import { INITIALIZE, post } from "./support/raw.ts";
import { serveHttp } from "./support/serve.ts";

const coded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const claimsOf = ({ oauth }: Issuer) => ({
  iss: oauth.issuer,
  aud: AUDIENCE,
  sub: "alice",
  scope: "route read",
  exp: 3600,
});

/** The status for a token, and that nothing was opened, logged or repeated for a bad one. */
async function statusFor(issuer: Issuer, token: string): Promise<number> {
  const { url, server, errors } = await serveHttp({ oauth: issuer.oauth });
  const response = await post(url("/mcp"), INITIALIZE, { authorization: `Bearer ${token}` });
  const told = await response.text();
  if (response.status !== 200) {
    expect(told).not.toContain(token);
    expect(server.sessions()).toBe(0);
    expect(errors).toEqual([]);
  }
  return response.status;
}

describe("what a token calls itself", () => {
  test.each(["JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt", undefined])(
    "%j is an access token",
    async (typ) => {
      const issuer = await startIssuer();
      const token = await issuer.token("alice", "read", {}, typ === undefined ? {} : { header: { typ } });
      expect(await statusFor(issuer, token)).toBe(200);
    },
  );

  test.each<[string, Record<string, unknown>, SignOptions]>([
    ["a proof of possession", {}, { header: { typ: "dpop+jwt" } }],
    ["a logout token", {}, { header: { typ: "logout+jwt" } }],
    ["a security event", {}, { header: { typ: "secevent+jwt" } }],
    ["an answer of an introspection", {}, { header: { typ: "application/token-introspection+jwt" } }],
    ["a request object", {}, { header: { typ: "oauth-authz-req+jwt" } }],
    ["a type that is no text", {}, { header: { typ: 7 } }],
    ["no type at all", {}, { header: { typ: "" } }],
    [
      "a logout token that calls itself JWT",
      { events: { "http://schemas.openid.net/event/backchannel-logout": {} } },
      {},
    ],
    ["an ID token", { at_hash: "x" }, { header: { typ: "JWT" } }],
    ["an ID token with a code", { c_hash: "x" }, {}],
  ])("%s is none: 401", async (_, claims, options) => {
    const issuer = await startIssuer();
    expect(await statusFor(issuer, await issuer.token("alice", "route read", claims, options))).toBe(401);
  });
});

describe("a subject that does not look like what it is: 401", () => {
  test.each([
    ["with an escape sequence", "alice\u001B[2K"],
    ["with a title for the terminal", "\u001B]0;owner\u0007alice"],
    ["with two lines", "alice\nowner"],
    ["with a tab", "alice\towner"],
    ["with NUL", "alice\u0000"],
    ["with C1", "alice\u009B1m"],
    ["turned around", "\u202Eecila"],
    ["with no width in it", "ali\u200Bce"],
    ["in tags", `alice${String.fromCodePoint(0xe0041)}`],
    ["with half a character", "alice\uD83D"],
    ["a list", ["alice"]],
    ["a number", 7],
    ["an object", { toString: "alice" }],
  ])("%s", async (_, sub) => {
    const issuer = await startIssuer();
    expect(await statusFor(issuer, await issuer.token("alice", "read", { sub }))).toBe(401);
  });

  test.each(["auth0|5f7c8ec7c33c6c004bbafe82", "älice@example.com", "アリス", "علي", "a b"])(
    "%s is a name",
    async (sub) => {
      const issuer = await startIssuer();
      expect(await statusFor(issuer, await issuer.token(sub, "read"))).toBe(200);
    },
  );
});

describe("forged tokens: 401", () => {
  const own = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const publicJwk = own.publicKey.export({ format: "jwk" });
  const signed = (header: object, claims: object): string => {
    const text = `${coded(header)}.${coded(claims)}`;
    const signature = sign("sha256", Buffer.from(text), { key: own.privateKey, dsaEncoding: "ieee-p1363" });
    return `${text}.${signature.toString("base64url")}`;
  };

  type Forgery = [name: string, forge: (issuer: Issuer) => string | Promise<string>];
  const unsigned = ["none", "None", "NONE", "nOnE", ""].map((alg): Forgery => [
    `no algorithm (${alg})`,
    (issuer) => `${coded({ alg, kid: "k1" })}.${coded(claimsOf(issuer))}.`,
  ]);

  test.each<Forgery>([
    ...unsigned,
    [
      "no algorithm, with the signature of another",
      async (issuer) => {
        const [, , signature] = (await issuer.token("alice", "read")).split(".");
        return `${coded({ alg: "none", kid: "k1" })}.${coded(claimsOf(issuer))}.${signature}`;
      },
    ],
    ["a key in its own header", (issuer) => signed({ alg: "ES256", kid: "k1", jwk: publicJwk }, claimsOf(issuer))],
    [
      "a key at an address of its own",
      (issuer) => signed({ alg: "ES256", kid: "k1", jku: "http://127.0.0.1:9/keys" }, claimsOf(issuer)),
    ],
    ["a certificate of its own", (issuer) => signed({ alg: "ES256", kid: "k1", x5c: ["MIIB"] }, claimsOf(issuer))],
    [
      "a certificate at an address",
      (issuer) => signed({ alg: "ES256", kid: "k1", x5u: "http://127.0.0.1:9/" }, claimsOf(issuer)),
    ],
    ["a key of the file system", (issuer) => signed({ alg: "ES256", kid: "../../../../dev/null" }, claimsOf(issuer))],
    ["a key of a database", (issuer) => signed({ alg: "ES256", kid: "k1' or '1'='1" }, claimsOf(issuer))],
    ["a key of no name", (issuer) => signed({ alg: "ES256" }, claimsOf(issuer))],
    ["a key of a prototype", (issuer) => signed({ alg: "ES256", kid: "__proto__" }, claimsOf(issuer))],
    ["another curve", (issuer) => signed({ alg: "ES512", kid: "k1" }, claimsOf(issuer))],
    [
      "a signature of zeros",
      (issuer) =>
        `${coded({ alg: "ES256", kid: "k1" })}.${coded(claimsOf(issuer))}.${Buffer.alloc(64).toString("base64url")}`,
    ],
    [
      "a shared secret that is the public key",
      async (issuer) => {
        const keys = (await (await fetch(issuer.oauth.jwksUrl)).json()) as { keys: [object] };
        const text = `${coded({ alg: "HS256", kid: "k1" })}.${coded(claimsOf(issuer))}`;
        return `${text}.${createHmac("sha256", JSON.stringify(keys.keys[0])).update(text).digest("base64url")}`;
      },
    ],
    [
      "other claims under a good signature",
      async (issuer) => {
        const [header, , signature] = (await issuer.token("alice", "read")).split(".");
        return `${header}.${coded({ ...claimsOf(issuer), sub: "owner" })}.${signature}`;
      },
    ],
    [
      "another header over a good signature",
      async (issuer) => {
        const [, claims, signature] = (await issuer.token("alice", "read")).split(".");
        return `${coded({ alg: "ES256", kid: "k1", typ: "JWT" })}.${claims}.${signature}`;
      },
    ],
    [
      "what must be understood and is not",
      (issuer) =>
        issuer
          .token("alice", "read", {}, { header: { "x-new": 1 } })
          .then((token) => token.replace(/^[^.]+/u, coded({ alg: "ES256", kid: "k1", crit: ["x-new"], "x-new": 1 }))),
    ],
    [
      "claims that are not coded",
      (issuer) => signed({ alg: "ES256", kid: "k1", b64: false, crit: ["b64"] }, claimsOf(issuer)),
    ],
    ["five parts: encrypted", async () => [coded({ alg: "dir", enc: "A128GCM" }), "", "aa", "bb", "cc"].join(".")],
    ["a part too many", async (issuer) => `${await issuer.token("alice", "read")}.x`],
    ["a part too few", async (issuer) => (await issuer.token("alice", "read")).split(".").slice(0, 2).join(".")],
    ["more behind the signature", async (issuer) => `${await issuer.token("alice", "read")}AAAA`],
    [
      "an issuer that begins so",
      (issuer) => issuer.token("alice", "read", { iss: `${issuer.oauth.issuer}.evil.example` }),
    ],
    ["a list of issuers", (issuer) => issuer.token("alice", "read", { iss: [issuer.oauth.issuer] })],
    ["an audience that begins so", (issuer) => issuer.token("alice", "read", { aud: `${AUDIENCE}/other` })],
    ["an audience that is an object", (issuer) => issuer.token("alice", "read", { aud: { 0: AUDIENCE } })],
    ["an expiry that is a text", (issuer) => issuer.token("alice", "read", { exp: "99999999999" })],
    ["an expiry that is endless", (issuer) => issuer.token("alice", "read", { exp: "Infinity" })],
    ["a beginning that is a text", (issuer) => issuer.token("alice", "read", { nbf: "0" })],
  ])("%s", async (_, forge) => {
    const issuer = await startIssuer();
    expect(await statusFor(issuer, await forge(issuer))).toBe(401);
  });
});
