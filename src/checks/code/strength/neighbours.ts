import type { Example } from "../examples/example.ts";
import { callOf } from "../examples/calls.ts";
import { argumentsAt } from "../values/literal.ts";
import { isList, type RunLanguage, type Value } from "../values/value.ts";

const MOST_NEIGHBOURS = 40;

/** Calls that differ from the examples a little: an element or a character less or more, the next number. None is empty that was not. */
export function neighboursOf(examples: readonly Example[], language: RunLanguage): readonly string[] {
  const calls = examples
    .filter(({ setup, expected }) => setup.length === 0 && typeof expected !== "symbol")
    .flatMap(({ call, name }) => {
      const given = call.startsWith(`${name}(`) ? argumentsAt(call, name.length + 1) : null;
      if (given?.end !== call.length) return [];
      return given.values.flatMap((value, at) =>
        variantsOf(value).map((variant) => callOf(name, given.values.with(at, variant), language)),
      );
    });
  return [...new Set(calls.filter((call) => call !== null))].slice(0, MOST_NEIGHBOURS);
}

function variantsOf(value: Value): readonly Value[] {
  if (typeof value === "number") return [value + 1];
  if (typeof value === "string")
    return value === "" ? [] : shorterAndLonger(Array.from(value)).map((each) => each.join(""));
  return isList(value) && value.length > 0 ? shorterAndLonger(value) : [];
}

function shorterAndLonger<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const longer = [...items, ...items.slice(-1)];
  return items.length === 1 ? [longer] : [items.slice(0, -1), items.slice(0, 1), longer];
}
