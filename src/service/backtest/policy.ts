import { z } from "zod";

/** Of the config's `tasks`, what can be replayed: answers are not kept, so that nothing can be checked anew. */
const PolicyFile = z.strictObject({
  tasks: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        candidates: z.array(z.string().min(1)).min(1).optional(),
        min_quality: z.number().min(0).max(1).optional(),
        on_unchecked: z.enum(["accept", "next", "judge"]).optional(),
      }),
    )
    .min(1),
});

/** A row of another policy; what it leaves out stays as it is today. */
export type PolicyTask = z.infer<typeof PolicyFile>["tasks"][number];

export type ReadPolicy =
  | { readonly ok: true; readonly tasks: readonly PolicyTask[] }
  | { readonly ok: false; readonly problem: string };

/** Reads a policy: `{"tasks": [{"id": …, "candidates": […], "min_quality": …, "on_unchecked": …}]}`, as in the config. */
export function readPolicy(value: unknown): ReadPolicy {
  const read = PolicyFile.safeParse(value);
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => `${path.join(".") || "the file"}: ${message}`);
    return { ok: false, problem: `The policy cannot be used: ${problems.slice(0, 5).join("; ")}` };
  }
  const { tasks } = read.data;
  const twice = tasks.find(({ id }, index) => tasks.findIndex((other) => other.id === id) !== index);
  if (twice !== undefined) return { ok: false, problem: `The policy names the task "${twice.id}" twice` };
  const repeated = tasks.find(({ candidates = [] }) => new Set(candidates).size < candidates.length);
  if (repeated !== undefined)
    return { ok: false, problem: `The policy names a model of the task "${repeated.id}" twice` };
  return { ok: true, tasks };
}
