import { signatureOf } from "../abi.ts";
import type { AbiEntry } from "../abi.ts";
import { ERC1155 } from "./erc1155.ts";
import { ERC20 } from "./erc20.ts";
import { ERC4626 } from "./erc4626.ts";
import { ERC721 } from "./erc721.ts";
import type { Standard, StandardName } from "./standard.ts";

export const STANDARDS: Readonly<Record<StandardName, Standard>> = { ERC20, ERC721, ERC1155, ERC4626 };

/** What an ABI lacks of a standard: functions, and events with an `event` before them. */
export function lackOf({ functions, events }: Standard, abi: readonly AbiEntry[]): readonly string[] {
  const has = new Set(abi.map((entry) => `${entry.type} ${signatureOf(entry)}`));
  return [
    ...functions.filter((each) => !has.has(`function ${each}`)),
    ...events.filter((each) => !has.has(`event ${each}`)).map((each) => `event ${each}`),
  ];
}

/** Whether it is meant to be one: what marks the standard is there, though other functions may be missing. */
export function isMeantAs({ name, marks }: Standard, abi: readonly AbiEntry[]): boolean {
  const has = new Set(abi.filter(({ type }) => type === "function").map(signatureOf));
  // A collection may have a `transfer` of its own.
  if (name === "ERC20" && has.has("ownerOf(uint256)")) return false;
  return marks.every((each) => has.has(each));
}
