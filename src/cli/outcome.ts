import { given, JSON_FLAG } from "./ask.ts";
import type { Command } from "./command.ts";
import { present, routeIdOf, withService } from "./opened.ts";
import { printLine } from "./print.ts";
import { usageError } from "./usage.ts";

export interface OutcomeFlags {
  readonly note?: string;
  readonly json?: boolean;
}

const WORDS = new Map([
  ["good", true],
  ["bad", false],
]);

/** `signalbox outcome <id> good|bad`: says whether an answer was right; what is learned counts it more than any check. */
export const outcome: Command<OutcomeFlags> = {
  argument: { name: "<id> <good|bad>", about: 'a request or "last", and whether its answer was right' },
  flags: [{ flags: "--note <text>", about: "what was wrong, or right" }, JSON_FLAG],
  examples: ["outcome last good", 'outcome last bad --note "the discount is applied twice"'],
  async run(flags, world, id = "last", word = "") {
    const success = WORDS.get(word);
    if (success === undefined) throw usageError(`expected good or bad, got ${JSON.stringify(word)}`);
    return withService(world, async (service) => {
      const routeId = await routeIdOf(id, service);
      const reported = await service.reportOutcome({ route_id: routeId, success, ...given("note", flags.note) });
      return present(reported, flags.json, world, async () =>
        printLine(world.out, `${routeId}: ${success ? "right" : "wrong"}, noted.`),
      );
    });
  },
};
