import { AUDIT_MAX_CHARS, findingsOf } from "../audit/answer.ts";
import { citationOf, type Citation } from "../audit/citations.ts";
import { fail, listed, notChecked, pass, type Check } from "../check.ts";
import { namesOf, segmentsOf } from "../solidity/scan.ts";
import { givenSources, type SourceFile } from "../source.ts";

/** Models count lines from the fence or from a heading above it. */
const LINE_SLACK = 3;

/** Every contract, function, file and line that a finding cites is in the audited source. */
export const auditLocations: Check = {
  name: "audit_locations",
  kind: "gate",
  cap: 0.4,
  maxChars: AUDIT_MAX_CHARS,
  async run(subject) {
    const sources = givenSources(subject);
    if (sources.length === 0) return notChecked("no audited source in the prompt or the context");
    const citations = (await findingsOf(subject.text)).map(citationOf);
    const cited = citations.flatMap(({ names, files, lines }) => [...names, ...files, ...lines]);
    if (cited.length === 0) return notChecked("no finding cites a name or a line");
    const known = new Set(sources.flatMap((source) => [...namesOf(source.content)]));
    const problems = citations.flatMap((citation) => outOfPlace(citation, sources));
    const names = [...new Set(citations.flatMap((citation) => citation.names))];
    const unknown = names.filter((name) => !known.has(name));
    // What comes from a file that was not sent cannot be refuted, unless nothing that is cited can be found.
    const isCertain = !hasForeignImports(sources) || unknown.length === names.length;
    if (isCertain && unknown.length > 0) problems.push(`not in the source: ${unknown.slice(0, 8).join(", ")}`);
    if (problems.length > 0) return fail(listed([...new Set(problems)]));
    return pass(`${cited.length} cited names and lines are in the source`);
  },
};

function outOfPlace({ files, lines }: Citation, sources: readonly SourceFile[]): readonly string[] {
  const paths = sources.flatMap((source) => (source.path === null ? [] : [source.path]));
  // Where the caller gave code without names, a file's name is the auditor's own.
  const isNamed = paths.length === sources.length;
  const unknownFiles = files.filter((file) => isNamed && !paths.some((path) => baseOf(path) === baseOf(file)));
  const concerned = sources.filter(
    (source) => source.path !== null && files.some((file) => baseOf(file) === baseOf(source.path ?? "")),
  );
  const longest = Math.max(
    ...(concerned.length > 0 ? concerned : sources).map((source) => source.content.trimEnd().split("\n").length),
  );
  const tooFar = lines.filter((line) => line < 1 || line > longest + LINE_SLACK);
  return [
    ...unknownFiles.map((file) => `no file ${file}`),
    ...tooFar.map((line) => `line ${line} of a source of ${longest} lines`),
  ];
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}

function hasForeignImports(sources: readonly SourceFile[]): boolean {
  const given = new Set(sources.flatMap((source) => (source.path === null ? [] : [baseOf(source.path)])));
  return sources.some((source) => {
    const segments = segmentsOf(source.content);
    return segments.some((segment, at) => {
      const before = segments[at - 1];
      const isImport =
        segment.kind === "string" && before?.kind === "code" && /\bimport\b[^;]{0,400}$/.test(before.text);
      return isImport && !given.has(baseOf(segment.text.slice(1, -1)));
    });
  });
}
