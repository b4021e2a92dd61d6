import type { RequestWords } from "./words.ts";

/** A standard that the answer's contract must follow: what its ABI must have. */
export interface Standard {
  readonly name: string;
  readonly functions: readonly string[];
  readonly events: readonly string[];
}

const STANDARDS: Readonly<Record<string, Standard>> = {
  "20": {
    name: "ERC-20",
    functions: ["totalSupply", "balanceOf", "transfer", "allowance", "approve", "transferFrom"],
    events: ["Transfer", "Approval"],
  },
  "721": {
    name: "ERC-721",
    functions: [
      "balanceOf",
      "ownerOf",
      "safeTransferFrom",
      "transferFrom",
      "approve",
      "setApprovalForAll",
      "getApproved",
      "isApprovedForAll",
      "supportsInterface",
    ],
    events: ["Transfer", "Approval", "ApprovalForAll"],
  },
  "1155": {
    name: "ERC-1155",
    functions: [
      "balanceOf",
      "balanceOfBatch",
      "setApprovalForAll",
      "isApprovedForAll",
      "safeTransferFrom",
      "safeBatchTransferFrom",
      "supportsInterface",
    ],
    events: ["TransferSingle", "TransferBatch", "ApprovalForAll"],
  },
  "4626": {
    name: "ERC-4626",
    functions: ["asset", "totalAssets", "convertToShares", "convertToAssets", "deposit", "mint", "withdraw", "redeem"],
    events: ["Deposit", "Withdraw"],
  },
};
const PERMIT: Standard = { name: "ERC-2612", functions: ["permit", "nonces", "DOMAIN_SEPARATOR"], events: [] };

const MAKE = String.raw`\b(?:write|create|implement|build|develop|design|generate|make|code|produce|draft|need|want|deploy)\b`;
/** Nothing between that makes the standard a thing which the contract deals with. */
const DIRECT = String.raw`(?:\s+(?:me|us|a|an|the|new|simple|basic|minimal|complete|full|gas-efficient|production-ready|secure|standard|fully|solidity|smart|contract|for|mintable|burnable|pausable|capped|upgradeable|ownable|fungible|non-fungible|tokenized|that|is|own|from|scratch|and|compliant|NFT|token|vault|multi-token|collection|[\w-]+able)){0,9}?\s+`;
const WANTED = new RegExp(
  `${MAKE}${DIRECT}ERC-?(20|721|1155|4626)\\b(?:[- ]compliant|[- ]compatible)?\\s+(?:[\\w-]+\\s+)?(token|nft|collection|contract|vault)`,
  "i",
);
const DEALS_WITH =
  /\b(?:for|of|holds?|accepts?|locks?|sells?|staking|escrow|sale|marketplace|auction|vesting|airdrop|swap|faucet|distributor|splitter)\b/i;

/** The standards that the asked-for contract itself must follow. */
export function askedStandards({ clauses }: RequestWords): readonly Standard[] {
  const found: Standard[] = [];
  for (const clause of clauses) {
    const match = WANTED.exec(clause);
    if (match === null) continue;
    const after = clause.slice(match.index + match[0].length).split(/[,.;:]|\b(?:with|named|called|that)\b/i)[0] ?? "";
    if (
      DEALS_WITH.test(match[0].replace(/\bfor (?:me|us)\b/i, "")) ||
      DEALS_WITH.test(after.split(/\bfor\b/i)[0] ?? "")
    )
      continue;
    const standard = STANDARDS[match[1] ?? ""];
    if (standard !== undefined) found.push(standard);
    if (/\b(?:EIP|ERC)-?2612\b|\bpermit\b/i.test(clause)) found.push(PERMIT);
  }
  return [...new Set(found)];
}
