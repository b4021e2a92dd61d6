import { signatureOf, typesOf, type EvmAbiEntry } from "./abi.ts";
import type { ContractPair } from "./contract-pairs.ts";

/** What a caller of the original would miss in its counterpart, a sentence each. */
export function interfaceDifferences({ before, after }: ContractPair): readonly string[] {
  const problems: string[] = [];
  const now = new Map(after.abi.map((entry) => [keyOf(entry), entry]));
  const old = new Map(before.abi.map((entry) => [keyOf(entry), entry]));
  for (const [key, entry] of old) {
    const other = now.get(key);
    if (other === undefined) problems.push(...missing(before.name, entry));
    else problems.push(...changed(entry, other));
  }
  const hadConstructor = old.has("constructor");
  const constructor = now.get("constructor");
  if (!hadConstructor && (constructor?.inputs ?? []).length > 0) {
    problems.push(`the constructor takes (${typesOf(constructor?.inputs ?? [])}); the original's takes nothing`);
  }
  for (const special of ["receive", "fallback"]) {
    if (now.has(special) && !old.has(special)) problems.push(`a ${special} function was added`);
  }
  return problems;
}

function keyOf(entry: EvmAbiEntry): string {
  return entry.type === "function" || entry.type === "event" || entry.type === "error"
    ? `${entry.type} ${signatureOf(entry)}`
    : entry.type;
}

/** Errors may be added and removed: how a call reports a failure is not part of what it does. */
function missing(contract: string, entry: EvmAbiEntry): readonly string[] {
  const inputs = entry.inputs ?? [];
  switch (entry.type) {
    case "function":
      return [`function ${signatureOf(entry)} of ${contract} is missing (removed, renamed, or no longer public)`];
    case "event":
      return [`event ${signatureOf(entry)} of ${contract} is missing`];
    case "constructor":
      return inputs.length === 0 ? [] : [`the constructor no longer takes (${typesOf(inputs)})`];
    case "receive":
    case "fallback":
      return [`the ${entry.type} function of ${contract} is missing`];
    default:
      return [];
  }
}

function changed(before: EvmAbiEntry, after: EvmAbiEntry): readonly string[] {
  const problems: string[] = [];
  const signature = signatureOf(before);
  if (before.type === "constructor" && typesOf(before.inputs ?? []) !== typesOf(after.inputs ?? [])) {
    problems.push(
      `the constructor takes (${typesOf(after.inputs ?? [])}) instead of (${typesOf(before.inputs ?? [])})`,
    );
  }
  if (before.type === "event") {
    const indexed = (entry: EvmAbiEntry): string => (entry.inputs ?? []).map((each) => each.indexed === true).join();
    if (indexed(before) !== indexed(after)) problems.push(`event ${signature} indexes other parameters`);
    return problems;
  }
  if (before.type === "function" && typesOf(before.outputs ?? []) !== typesOf(after.outputs ?? [])) {
    problems.push(
      `function ${signature} returns (${typesOf(after.outputs ?? [])}) instead of (${typesOf(before.outputs ?? [])})`,
    );
  }
  const [was, is] = [before.stateMutability, after.stateMutability];
  if (before.type !== "constructor" && was !== is && (was === "payable" || is === "payable")) {
    problems.push(
      is === "payable"
        ? `${before.type} ${signature} became payable: it takes money that the original refuses`
        : `${before.type} ${signature} is no longer payable`,
    );
  }
  if ((was === "view" || was === "pure") && is === "nonpayable") {
    problems.push(`function ${signature} was ${was} and may now change the state`);
  }
  return problems;
}
