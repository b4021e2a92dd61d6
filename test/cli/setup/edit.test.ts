import * as fc from "fast-check";
import { stringify as toToml } from "smol-toml";
import { describe, expect, it } from "vitest";
import { stringify as toYaml } from "yaml";
import { putEntry, removeEntry } from "../../../src/cli/setup/edit.ts";
import { loadFormat, type FormatName } from "../../../src/cli/setup/formats/index.ts";

/** Keys and values that a config may hold, names of our own and awkward texts among them. */
const key = fc.oneof(
  fc.constantFrom("signalbox", "servers", "a.b", "with space", "#", "[x]"),
  fc.stringMatching(/^[a-z_]{1,8}$/),
);
const leaf = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.string({ maxLength: 20 }),
  fc.constantFrom("# no comment", "[servers.signalbox]\ncommand = 1", "\r\n", "//", ",", '"""', "- name: signalbox"),
);
const { object } = fc.letrec<{ value: unknown; object: Record<string, unknown> }>((tie) => ({
  value: fc.oneof({ depthSize: "small" }, leaf, fc.array(leaf, { maxLength: 3 }), tie("object")),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));
const config = fc
  .tuple(object, fc.dictionary(key, object, { maxKeys: 3, noNullPrototype: true }))
  .map(([rest, others]) => {
    const { signalbox: _ours, ...servers } = others;
    const { servers: _taken, ...kept } = rest;
    return { kept, servers };
  });
const entry = fc.record({
  command: fc.string({ minLength: 1 }),
  args: fc.array(fc.string(), { maxLength: 3 }),
  env: fc.dictionary(fc.stringMatching(/^[A-Z_]{1,8}$/), fc.string({ minLength: 1 }), {
    maxKeys: 2,
    noNullPrototype: true,
  }),
});
const indent = fc.constantFrom(0, 2, 4, "\t");
const PLACE = { section: "servers" };

/** A file of each format that holds these servers and the rest. */
const WRITERS: Readonly<
  Record<FormatName, (kept: object, servers: Record<string, object>, indent: string | number) => string>
> = {
  json: (kept, servers, unit) => JSON.stringify({ ...kept, servers }, null, unit),
  toml: (kept, servers) => toToml({ ...kept, servers }),
  yaml: (kept, servers) =>
    toYaml({ ...kept, servers: Object.entries(servers).map(([name, server]) => ({ ...server, name })) }),
};

describe.each(["json", "toml", "yaml"] as const)("any config in %s", (name) => {
  it("takes an entry, holds on to all else, and is what it was when the entry is gone", async () => {
    const format = await loadFormat(name);
    const readAll = (text: string): unknown => {
      const read = format.read(text);
      if (!read.ok) throw new Error(read.problem);
      const { servers, ...kept } = read.value;
      return { kept: { ...kept }, servers: format.servers(servers) };
    };
    let changed = 0;
    fc.assert(
      fc.property(config, entry, entry, indent, ({ kept, servers }, first, second, unit) => {
        const text = WRITERS[name](kept, servers, unit);
        const before = readAll(text) as { kept: object; servers: object };
        const put = putEntry(format, text, PLACE, first, true);
        // A form that cannot be changed safely is refused; it is never changed wrongly.
        if (put.kind === "refused") return expect(put.problem).toMatch(/by hand/);
        if (put.kind === "unchanged") throw new Error("nothing was written");
        changed += 1;
        expect(readAll(put.text)).toEqual({ ...before, servers: { ...before.servers, signalbox: first } });
        expect(putEntry(format, put.text, PLACE, first, true).kind).toBe("unchanged");

        const again = putEntry(format, put.text, PLACE, second, true);
        const now = again.kind === "changed" ? again.text : put.text;
        expect(readAll(now)).toMatchObject({ ...before, servers: { signalbox: second } });

        const gone = removeEntry(format, now, PLACE);
        if (gone.kind !== "changed") throw new Error(`not removed: ${gone.kind}`);
        const after = readAll(gone.text) as { kept: object; servers: object };
        expect(after).toEqual(before);
      }),
      { numRuns: 300 },
    );
    expect(changed).toBeGreaterThan(200);
  });
});
