import { JSON_FLAG } from "./ask.ts";
import type { Command } from "./command.ts";
import { withService } from "./opened.ts";
import { paint, printJson, printLine, printScore } from "./print.ts";

/** `signalbox tasks`: what can be asked for, who is asked, and what the answer is held to. */
export const tasks: Command<{ readonly json?: boolean }> = {
  flags: [JSON_FLAG],
  examples: ["tasks"],
  run: async (flags, world) =>
    withService(world, async (service) => {
      const policy = service.policy();
      if (flags.json === true) printJson(world.out, { tasks: policy });
      else {
        for (const { task, description, candidates, checks, min_quality: minQuality, optimize } of policy) {
          printLine(world.out, `${paint(world.out, "bold", task)}  ${description}`);
          printLine(world.out, `  asks  ${candidates.join(", ")}`);
          printLine(
            world.out,
            `  holds the answer to  ${checks.join(", ") || "nothing of its own"}; quality ${printScore(minQuality)}, prefers ${optimize}`,
          );
        }
      }
      return 0;
    }),
};
