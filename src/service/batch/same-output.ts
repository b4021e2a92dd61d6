import type { BuiltRequest } from "../build-request.ts";

/** The tasks of a batch, without those that would write the same file as one before: only one of them could be there in the end. */
export function withoutSameOutput(tasks: readonly BuiltRequest[]): BuiltRequest[] {
  const writers = new Map<string, number>();
  return tasks.map((built, index) => {
    const output = built.ok ? built.request.output : undefined;
    if (output?.shape !== "file") return built;
    const place = JSON.stringify([output.root, output.path]);
    const writer = writers.get(place);
    if (writer === undefined) {
      writers.set(place, index);
      return built;
    }
    const message = `output ${JSON.stringify(output.path.slice(0, 80))} is written by task ${writer + 1} of the batch as well: name another file.`;
    return { ok: false, code: "invalid_request", message };
  });
}
