import { z } from "zod";
import type { FileRoots } from "../core/file-roots.ts";
import { name } from "./scalars.ts";

const root = z
  .string()
  .regex(/^(?:\/[^/]|[A-Za-z]:[\\/][^\\/])/, "an absolute folder below the top, such as /home/me/project");
const perPrincipal = z.record(name, z.array(root)).optional();

export const FilesRow = z.strictObject({
  roots: z.array(root).optional().describe("Folders whose files context.files may name by path; default none"),
  per_principal: perPrincipal.describe(
    "For serve --http, by the subject of the token; files.roots does not hold there",
  ),
  project: z
    .boolean()
    .optional()
    .describe("Over stdio also the project that the client names, else the folder of the process; default false"),
  output_roots: z.array(root).optional().describe("Folders below which output may write answers; default none"),
  output_per_principal: perPrincipal.describe(
    "For serve --http, by the subject of the token; files.output_roots does not hold there",
  ),
});
type FilesRow = z.infer<typeof FilesRow>;

export function readFileRoots(row: FilesRow = {}): FileRoots {
  return {
    roots: row.roots ?? [],
    perPrincipal: new Map(Object.entries(row.per_principal ?? {})),
    isProjectReadable: row.project ?? false,
    outputRoots: row.output_roots ?? [],
    outputPerPrincipal: new Map(Object.entries(row.output_per_principal ?? {})),
  };
}
