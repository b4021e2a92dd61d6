import { expect, it } from "vitest";
import { once } from "../../src/providers/adapter.ts";

it("makes a thing once, on the first call, for all who ask meanwhile", async () => {
  let made = 0;
  const get = once(() => Promise.resolve((made += 1)));
  expect(made).toBe(0);
  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  expect(await get()).toBe(1);
});

it("does not keep a failure: the next call tries again", async () => {
  let tries = 0;
  const get = once(() => ((tries += 1) === 1 ? Promise.reject(new Error("not yet")) : Promise.resolve("made")));
  await expect(get()).rejects.toThrow("not yet");
  expect(await get()).toBe("made");
});
