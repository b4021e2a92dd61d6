import type { AnswerCase } from "../case.ts";
import { AIRDROP } from "./pool-sources.ts";

const F = "```";
const DROP_CONTEXT = { files: [{ path: "contracts/MerkleAirdrop.sol", content: AIRDROP }] };
const DROP_ASK =
  "Audit contracts/MerkleAirdrop.sol. Answer as a JSON array of findings with severity, title, function, line, description, impact and recommendation.";
const c = (name: string, expect: AnswerCase["expect"], answer: string): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt: DROP_ASK,
  context: DROP_CONTEXT,
  answer,
  expect,
});

/** Audits of an airdrop as the JSON that was asked for. */
export const AIRDROPS: readonly AnswerCase[] = [
  c(
    "gives the airdrop's findings as the JSON asked for",
    "verified",
    JSON.stringify(
      [
        {
          severity: "Critical",
          title: "Leaves are never marked as used",
          function: "claim",
          line: 25,
          description:
            "claim verifies the proof but neither reads nor writes usedLeaves, so that the same proof can be replayed.",
          impact: "One eligible account can drain the airdrop by calling claim repeatedly.",
          recommendation: "require(!usedLeaves[leaf]) and set usedLeaves[leaf] = true before safeTransfer.",
        },
        {
          severity: "Medium",
          title: "Owner may sweep at any time",
          function: "sweep",
          line: 33,
          description: "sweep is not bound to the deadline.",
          impact: "Users may be left without tokens before the deadline.",
          recommendation: "require(block.timestamp > deadline).",
        },
        {
          severity: "Medium",
          title: "Root can be replaced at any time",
          function: "setRoot",
          line: 37,
          description: "setRoot takes effect immediately and emits no event.",
          impact: "A compromised owner can point the root at a tree of its own.",
          recommendation: "Make merkleRoot immutable or add a timelock and an event.",
        },
        {
          severity: "Low",
          title: "Single-hashed leaf",
          function: "claim",
          line: 27,
          description: "The leaf is a single keccak256 of packed values; the OpenZeppelin standard tree hashes twice.",
          impact: "Second-preimage attacks become conceivable when leaves are 64 bytes long.",
          recommendation: "keccak256(bytes.concat(keccak256(abi.encode(account, amount)))).",
        },
      ],
      null,
      2,
    ),
  ),
  c(
    "wraps the airdrop's findings into a JSON object in a fence",
    "verified",
    `Here is the audit:

${F}json
{
  "contract": "MerkleAirdrop",
  "findings": [
    {
      "id": "H-01",
      "severity": "high",
      "title": "Replay of claims",
      "location": { "file": "contracts/MerkleAirdrop.sol", "function": "claim", "lines": [25, 31] },
      "description": "usedLeaves is declared but never consulted.",
      "impact": "The whole token balance can be claimed by a single eligible account.",
      "recommendation": "Check and set usedLeaves[leaf] before transferring."
    },
    {
      "id": "L-01",
      "severity": "low",
      "title": "Centralised control over the root",
      "location": { "file": "contracts/MerkleAirdrop.sol", "function": "setRoot", "lines": [37, 39] },
      "description": "The owner can swap the root during the claim period.",
      "impact": "Eligible users can be locked out.",
      "recommendation": "Freeze the root after deployment."
    }
  ]
}
${F}`,
  ),
  c(
    "cites functions in JSON that the airdrop does not have",
    "failed",
    JSON.stringify([
      {
        severity: "High",
        title: "Replay of claims",
        function: "claim",
        line: 25,
        description: "usedLeaves is not updated.",
        impact: "Drain.",
        recommendation: "Set usedLeaves[leaf].",
      },
      {
        severity: "Medium",
        title: "Batch claim has no bound",
        function: "claimBatch",
        line: 41,
        description: "claimBatch loops over an unbounded array.",
        impact: "Out of gas.",
        recommendation: "Limit the batch size.",
      },
    ]),
  ),
  c(
    "says the airdrop's sweep is open to all",
    "failed",
    JSON.stringify([
      {
        severity: "Critical",
        title: "Unprotected sweep",
        function: "sweep",
        line: 33,
        description: "sweep has no access control: any address can call it and take all tokens.",
        impact: "Total loss of the airdrop's funds.",
        recommendation: "Add onlyOwner.",
      },
      {
        severity: "High",
        title: "Replay of claims",
        function: "claim",
        line: 25,
        description: "usedLeaves is never set.",
        impact: "Tokens are drained.",
        recommendation: "Mark the leaf as used.",
      },
    ]),
  ),
];
