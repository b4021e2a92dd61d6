import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactorOf } from "../../src/core/redact.ts";

const KEY = "zq-Live+K3y/x9=7Tt2";
const redacted = redactorOf([KEY]);
const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("a secret is hidden", () => {
  test.each([
    ["as it is", KEY],
    ["in a URL", encodeURIComponent(KEY)],
    ["with every byte escaped as in a URL", Buffer.from(KEY).toString("hex").replaceAll(/../gu, "%$&")],
    ["in hex", Buffer.from(KEY).toString("hex")],
    ["in capital hex", Buffer.from(KEY).toString("hex").toUpperCase()],
    ["in base64", base64(KEY)],
    ["in base64url", Buffer.from(KEY).toString("base64url")],
    ["as user and password", base64(`user:${KEY}`)],
    ["as another user", base64(`me:${KEY}`)],
    ["as user and password for a URL", Buffer.from(`me2:${KEY}`).toString("base64url")],
    ["inside a longer text in base64", base64(`{"authorization":"Bearer ${KEY}","more":1}`)],
    ["with a blank inside", `${KEY.slice(0, 7)} ${KEY.slice(7)}`],
    ["with a line end inside", `${KEY.slice(0, 7)}\r\n  ${KEY.slice(7)}`],
    ["with an escaped line end inside", String.raw`${KEY.slice(0, 7)}\n${KEY.slice(7)}`],
    ["in base64 that is broken into lines", base64(`user:${KEY}`).replace(/^.{20}/u, "$&\n")],
  ])("%s", (_, form) => {
    expect(redacted(`before ${form} after`)).toBe("before [key] after");
  });

  test("with quotes in it, as JSON escapes them", () => {
    const secret = 'pass"word\\1';
    const told = redactorOf([secret])(JSON.stringify({ error: `bad ${secret}` }));
    expect(told).toBe('{"error":"bad [key]"}');
  });

  test("its halves, as a cut or the border between two chunks leaves them", () => {
    const key = "abcDEF123456ghiJKL7890";
    const hide = redactorOf([key]);
    for (let at = 11; at < key.length; at += 1) {
      expect(hide(`got ${key.slice(0, at)}`), String(at)).toBe("got [key]");
      expect(hide(`${key.slice(-at)} is wrong`), String(at)).toBe("[key] is wrong");
    }
  });

  test("wherever it stands, whatever it is, and nothing else goes with it", () => {
    const secrets = fc.string({
      unit: fc.constantFrom(..."abcXYZ0189_-+/=.~%".split("")),
      minLength: 12,
      maxLength: 60,
    });
    const property = fc.property(secrets, fc.nat(3), fc.nat(59), (secret, shift, gap) => {
      const hide = redactorOf([secret]);
      const at = gap % secret.length;
      const forms = [
        secret,
        encodeURIComponent(secret),
        base64("x".repeat(shift) + secret),
        Buffer.from(secret).toString("hex"),
        `${secret.slice(0, at)} ${secret.slice(at)}`.trim(),
      ];
      for (const form of forms) expect(hide(`( ${form} )`)).toBe("( [key] )");
    });
    fc.assert(property);
  });
});

test("a text without it is the same text, and so it is without secrets", () => {
  const text = "openai: answered 401: Incorrect API key provided. See https://example.com/keys";
  expect(redacted(text)).toBe(text);
  expect(redactorOf([])(text)).toBe(text);
  expect(redactorOf(["", "  ", "key"])(text)).toBe(text);
});

test("keys of other accounts are known by their looks", () => {
  expect(redacted("got sk-proj-0123456789abcdef and Bearer xyz")).toBe("got [key] and [key]");
});
