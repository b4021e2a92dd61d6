const ELEMENTARY =
  /^(?:address|bool|string|function|bytes(?:[1-9]|[12]\d|3[0-2])?|u?int(?:8|16|24|32|40|48|56|64|72|80|88|96|1(?:04|12|20|28|36|44|52|60|68|76|84|92)|2(?:00|08|16|24|32|40|48|56))?)$/;
/** Words that Solidity allows between a type and a name, and an ABI does not. */
const PARAMETER = /^(\S+)(?:\s+(?:indexed|memory|calldata|storage|payable))*(?:\s+[A-Za-z_$][\w$]*)?$/;
const ARRAYS = /(?:\[\d{0,6}\]){0,4}$/;
const MOST_SIGNATURE_CHARS = 500;
const MOST_NESTED = 4;

/**
 * A signature as the ABI spells it: `transfer(address,uint256)`. The words `function`, `event` and `error`, names of parameters and
 * `uint` are forgiven. `null`: the text is no signature.
 */
export function abiSignature(written: string): string | null {
  if (written.length > MOST_SIGNATURE_CHARS) return null;
  const bare = written.trim().replace(/;$/, "").trimEnd();
  const [, name, inner] = /^(?:(?:function|event|error)\s+)?([A-Za-z_$][\w$]*)\s*\((.*)\)$/s.exec(bare) ?? [];
  if (name === undefined || inner === undefined) return null;
  const types = typesIn(inner, 0);
  return types === null ? null : `${name}(${types})`;
}

function typesIn(list: string, level: number): string | null {
  if (list.trim() === "") return "";
  const types = partsOf(list).map((part) => typeOf(part.trim(), level));
  return types.includes(null) ? null : types.join(",");
}

function typeOf(parameter: string, level: number): string | null {
  if (parameter.startsWith("(")) {
    const end = parameter.lastIndexOf(")");
    const [arrays = ""] = /^(?:\[\d{0,6}\]){0,4}/.exec(parameter.slice(end + 1)) ?? [];
    const inner = level >= MOST_NESTED ? null : typesIn(parameter.slice(1, end), level + 1);
    return inner === null || inner === "" ? null : `(${inner})${arrays}`;
  }
  const type = PARAMETER.exec(parameter)?.[1];
  if (type === undefined) return null;
  const [arrays = ""] = ARRAYS.exec(type) ?? [];
  const base = type.slice(0, type.length - arrays.length);
  if (!ELEMENTARY.test(base)) return null;
  return `${/^u?int$/.test(base) ? `${base}256` : base}${arrays}`;
}

/** Split at the commas outside brackets. */
function partsOf(list: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < list.length; at += 1) {
    if (list[at] === "(") depth += 1;
    if (list[at] === ")") depth -= 1;
    if (list[at] !== "," || depth !== 0) continue;
    parts.push(list.slice(start, at));
    start = at + 1;
  }
  return [...parts, list.slice(start)];
}
