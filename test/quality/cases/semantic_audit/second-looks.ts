import type { AnswerCase } from "../case.ts";
import { ESCROW, LENDING, PAIR } from "./lending-sources.ts";
import { AIRDROP, MARKET } from "./pool-sources.ts";
import { VAULT } from "./vault-and-bridge-sources.ts";

const F = "```";
const P = (s: string, t = "Audit this.") => `${t}\n\n${F}solidity\n${s}\n${F}`;
const c = (
  name: string,
  expect: AnswerCase["expect"],
  prompt: string,
  answer: string,
  context?: Readonly<Record<string, unknown>>,
): AnswerCase => ({
  name,
  task: "semantic_audit",
  prompt,
  answer,
  expect,
  ...(context === undefined ? {} : { context }),
});

/** Other audits of the same sources: praise, denials, patches, JSON. */
export const SECOND_LOOKS: readonly AnswerCase[] = [
  c(
    "gives JSON with nested locations for the vault",
    "verified",
    P(
      VAULT,
      "Audit this vault. Output JSON only, shape {summary, findings: [{id, severity, title, location: {contract, function, lines}, description, impact, recommendation}]}.",
    ),
    JSON.stringify({
      summary: "YieldVault has one high and two medium severity issues.",
      findings: [
        {
          id: "YV-1",
          severity: "High",
          title: "Inflation attack on the first deposit",
          location: { contract: "YieldVault", function: "deposit", lines: "39-47" },
          description:
            "totalAssets() counts donated tokens, so the exchange rate can be manipulated before the first honest deposit.",
          impact: "The second depositor loses funds to rounding.",
          recommendation: "Use virtual shares (ERC4626 _decimalsOffset) or seed the vault.",
        },
        {
          id: "YV-2",
          severity: "Medium",
          title: "Fee can be set above 100%",
          location: { contract: "YieldVault", function: "setWithdrawalFee", lines: "71-73" },
          description: "bps is not bounded by MAX_BPS.",
          impact: "withdraw underflows and reverts for everybody.",
          recommendation: "require(bps <= maxFeeBps) with a low constant.",
        },
        {
          id: "YV-3",
          severity: "Medium",
          title: "Old strategy is not emptied",
          location: { contract: "YieldVault", function: "setStrategy", lines: "67-69" },
          description: "setStrategy overwrites strategy without divesting.",
          impact: "Share price drops to the idle balance.",
          recommendation: "Call divest for the whole balance of the old strategy before the switch.",
        },
      ],
    }),
  ),
  c(
    "answers with JSON that names a hook which the vault lacks",
    "failed",
    P(VAULT, "Audit this vault. Output JSON only."),
    JSON.stringify({
      findings: [
        {
          id: "YV-1",
          severity: "High",
          title: "Inflation attack on the first deposit",
          location: { contract: "YieldVault", function: "deposit", lines: "39-47" },
          description: "totalAssets() counts donated tokens.",
          impact: "Loss for the second depositor.",
          recommendation: "Virtual shares.",
        },
        {
          id: "YV-2",
          severity: "Medium",
          title: "Accounting drifts",
          location: { contract: "YieldVault", function: "withdraw", lines: "49-60" },
          description:
            "withdraw calls _syncCheckpoint before burning, which reads cachedAssets from the previous block.",
          impact: "Stale prices.",
          recommendation: "Refresh the value.",
        },
      ],
    }),
  ),
  c(
    "reports the market's clean parts and one flaw in prose",
    "verified",
    P(MARKET, "Look for privilege and reentrancy problems in this marketplace."),
    `I went through every external function of \`NftMarket\`.

\`cancel\`, \`buy\` and \`withdraw\` are each marked \`nonReentrant\`, and \`withdraw\` zeroes \`proceeds[msg.sender]\` before the call, so I see no exploitable reentrancy there. \`setTreasury\` checks that the caller is the current treasury.

**Finding 1 (Critical severity): \`updatePrice\` can be called by anyone.** Location: line 62. The function writes \`listings[nft][id].price\` without comparing \`msg.sender\` with the seller. Impact: an attacker lowers a price to zero and calls \`buy\`. Recommendation: revert with \`NotSeller()\` unless the caller is the seller.

**Finding 2 (Low severity): \`list\` has no lock.** Location: line 30. It calls an arbitrary \`nft\` contract before it writes the listing. Impact: a malicious collection may re-enter, though only its own listings are affected. Recommendation: add \`nonReentrant\` there as well.`,
  ),
  c(
    "denies the market's open setter in prose",
    "failed",
    P(MARKET, "Look for privilege and reentrancy problems in this marketplace."),
    `I went through every external function of \`NftMarket\`: \`list\`, \`cancel\`, \`buy\`, \`withdraw\`, \`updatePrice\`, \`setTreasury\`.

No critical, high or medium issues were found. \`cancel\`, \`buy\` and \`withdraw\` are \`nonReentrant\`. \`updatePrice\` is restricted to the seller of the listing, and \`setTreasury\` to the current treasury. \`withdraw\` zeroes the balance before the call. I consider the contract safe.`,
  ),
  c(
    "tells of the escrow's reasons function by function and finds nothing",
    "verified",
    P(ESCROW, "Audit this escrow contract."),
    `# Audit: Escrow

**No vulnerabilities found.** Reasons, function by function:

- \`constructor\`: rejects zero addresses for \`seller_\` and \`arbiter_\`; parties are \`immutable\`.
- \`fund\`: only the buyer may call it, and only in state \`Created\`, so it runs at most once.
- \`release\`: \`onlyArbiter\` and \`inState(State.Funded)\`; the state is set to \`Released\` before the call, so re-entering reverts with \`BadState\`. The call's result is checked.
- \`refund\`: the same, with \`buyer\` as the recipient.

Design remarks (not defects): the arbiter is trusted, and there's no time-out.`,
  ),
  c(
    "cites an error and an event that the escrow does not declare",
    "failed",
    P(ESCROW, "Audit this escrow contract."),
    `### 1. Low: zero-value funding
**Location:** \`fund\`, line 34
**Impact:** \`fund\` emits \`EscrowFunded\` and sets the \`fundedAt\` timestamp even with a value of 0.
**Fix:** reject zero.

### 2. Low: arbiter is a single point of failure
**Location:** \`release\`, line 40
**Impact:** funds may be locked for good.
**Fix:** add a time-out.`,
  ),
  c(
    "reviews the airdrop with a diff and a test",
    "verified",
    P(AIRDROP, "Security review please, with patches."),
    `## 1. Claims can be repeated — Critical

**Where:** \`MerkleAirdrop.claim\`, lines 25–31

\`usedLeaves\` is declared on line 15 and never written, so a valid proof works any number of times.

**Impact:** the first claimer empties the contract.

**Patch**
${F}diff
     bytes32 leaf = keccak256(abi.encodePacked(account, amount));
     require(MerkleProof.verify(proof, merkleRoot, leaf), "bad proof");
+    if (usedLeaves[leaf]) revert AlreadyClaimed();
+    usedLeaves[leaf] = true;
     token.safeTransfer(account, amount);
${F}

**Test**
${F}solidity
function testCannotClaimTwice() public {
    airdrop.claim(alice, 100e18, proofFor(alice));
    vm.expectRevert(MerkleAirdrop.AlreadyClaimed.selector);
    airdrop.claim(alice, 100e18, proofFor(alice));
}
${F}

## 2. Owner can rug before the deadline — Medium

**Where:** \`sweep\`, lines 33–35

**Impact:** tokens may vanish while users still have time to claim.

**Patch**
${F}solidity
function sweep(address to) external onlyOwner {
    require(block.timestamp > deadline, "too early");
    token.safeTransfer(to, token.balanceOf(address(this)));
}
${F}

## 3. Root is mutable — Low

**Where:** \`setRoot\`, line 37

**Impact:** the owner can exclude people at will.

**Patch** make \`merkleRoot\` \`immutable\` and delete \`setRoot\`.`,
  ),
  c(
    "speaks of unchecked transfers in the airdrop, which uses SafeERC20",
    "failed",
    P(AIRDROP, "Security review please."),
    `## 1. Claims can be repeated — Critical
**Where:** \`claim\`, line 25
**Impact:** drained.
**Fix:** mark leaves as used.

## 2. Unchecked ERC-20 return value — Medium
**Where:** \`claim\`, line 29
**Impact:** the return value of the token transfer is ignored, so failed transfers go unnoticed.
**Fix:** use SafeERC20.`,
  ),
  c(
    "says of the lending pool's repay what is not so",
    "failed",
    "Audit.",
    `### High: \`liquidate\` is restricted to the guardian
**Location:** \`liquidate\` (line 53)
**Impact:** \`liquidate\` requires that the caller is \`guardian\`, so unhealthy positions stay open when the guardian is offline.
**Recommendation:** open it to everybody.

### Critical: spot price
**Location:** \`price\` (line 26)
**Impact:** flash loans drain the pool.
**Recommendation:** TWAP.

### Critical: withdraw without health check
**Location:** \`withdraw\` (line 48)
**Impact:** bad debt.
**Recommendation:** check.

### High: tx.origin and delegatecall in \`rescue\`
**Location:** \`rescue\` (line 64)
**Impact:** phishing.
**Recommendation:** msg.sender.`,
    {
      files: [
        { path: "LendingPool.sol", content: LENDING },
        { path: "IPair.sol", content: PAIR },
      ],
    },
  ),
];
