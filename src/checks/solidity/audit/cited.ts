/** What an audit points at: names that stand as code or look like nothing else, and numbers of lines. */
export interface Cited {
  /** In its prose. */
  readonly names: ReadonlySet<string>;
  /** In its blocks of code, which quote the source or propose something else. */
  readonly namesInCode: ReadonlySet<string>;
  readonly lines: ReadonlySet<number>;
}

const NAME = /[A-Za-z_$][\w$]*/g;
/** `withdraw`, `shares[user] += amount`: what stands in backticks is code. */
const SPAN = /`([^`\n]{1,200})`/g;
/** `withdraw()`, and `withdraw(uint256 amount)` where the name is no word. */
const CALL = /(?<![\w$.`])([A-Za-z_$][\w$]{0,80})\((?:\)|[a-z_])/g;
/** `releaseTime`: no word of any language. */
const CAMEL = /(?<![\w$])(_?[a-z]{1,40}\d{0,8}(?:[A-Z][a-z0-9]{0,40}){1,12})(?![\w$])/g;
/** `"function": "withdraw"` of findings in JSON. */
const FIELD =
  /"\w{0,20}(?:function|contract|modifier|variable)(?:_?name)?s?"\s{0,4}:\s{0,4}\[?\s{0,20}"([A-Za-z_$][\w$]{0,80})/gi;
const KEY = /"\w{1,60}"\s{0,4}:/g;
const LINES =
  /\b(?:lines?|lines_?affected|line_?numbers?)"?[ :#~]{1,4}\[?\s{0,20}"?(\d{1,6})(?:\s{0,20}(?:-|–|to|,|and)\s{0,20}(\d{1,6}))?/gi;
const ADDRESS = /https?:\/\/\S{1,2000}/g;
const FILE = /[\w./-]{1,200}\.(?:sol|vy|[jt]sx?|py|go|rs|md)\b/g;
const TEXT_OF_CODE = /"[^"\n]{0,2000}"|'[^'\n]{0,2000}'|\/\/[^\n]*/g;
const MAX_CHARS = 200_000;

/** What an audit cites. Links and the names of files are not read: they may be of files that were not given. */
export function citedIn(answer: string): Cited {
  const parts = answer.slice(0, MAX_CHARS).split("```");
  const isProse = (part: string, at: number): boolean =>
    at % 2 === 0 || /^(?:json|markdown|md|text)?\s{0,9}[[{#]/.test(part);
  const prose = parts.filter(isProse).join("\n").replace(ADDRESS, " ").replace(FILE, " ");
  const code = parts.filter((part, at) => !isProse(part, at)).join("\n");
  const names = [
    ...[...prose.matchAll(SPAN)].flatMap(([, span = ""]) => span.replace(TEXT_OF_CODE, " ").match(NAME) ?? []),
    ...[...prose.matchAll(CALL)].flatMap(([call, name = ""]) =>
      call.endsWith("()") || /[A-Z_]/.test(name.slice(1)) ? [name] : [],
    ),
    ...[...prose.replace(KEY, " ").matchAll(CAMEL), ...prose.matchAll(FIELD)].map(([, name = ""]) => name),
  ];
  const lines = [...prose.matchAll(LINES)].flatMap(([, first, last]) => [first, last ?? first].map(Number));
  return {
    names: new Set(names),
    namesInCode: new Set([...code.replace(TEXT_OF_CODE, " ").matchAll(CAMEL)].map(([, name = ""]) => name)),
    lines: new Set(lines),
  };
}
