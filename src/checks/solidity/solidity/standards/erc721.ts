import { CALLS_BACK, DEPLOYER, PEOPLE, REFUSING } from "../../gas/actors.ts";
import { acquire } from "../run/acquire.ts";
import { numberIn, type TrialWorld } from "../run/world.ts";
import { broken, held, judged, logs, open, sendTo, theft, type Behaviour, type Standard } from "./standard.ts";

const TRANSFER = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
const [, ALICE = 0n, BOB = 0n, CAROL = 0n] = PEOPLE;
const MOVE = "transferFrom(address,address,uint256)";
const SAFE_MOVE = "safeTransferFrom(address,address,uint256)";

export const ERC721: Standard = {
  name: "ERC721",
  title: "ERC-721",
  functions: [
    "balanceOf(address)",
    "ownerOf(uint256)",
    MOVE,
    SAFE_MOVE,
    "safeTransferFrom(address,address,uint256,bytes)",
    "approve(address,uint256)",
    "getApproved(uint256)",
    "setApprovalForAll(address,bool)",
    "isApprovedForAll(address,address)",
    "supportsInterface(bytes4)",
  ],
  events: [
    "Transfer(address,address,uint256)",
    "Approval(address,address,uint256)",
    "ApprovalForAll(address,address,bool)",
  ],
  marks: ["ownerOf(uint256)"],
  tryOut,
};

export async function ownerOf(world: TrialWorld, id: bigint): Promise<bigint | null> {
  return numberIn(await world.look("ownerOf(uint256)", [id]));
}

/** Gives Alice a token of the collection; its id, or `null`. */
export async function endowOne(world: TrialWorld, prices: readonly bigint[]): Promise<bigint | null> {
  const ids = [0n, 1n, 2n, 3n, 1000n * 10n ** 18n];
  const mine = async (): Promise<bigint | null> => {
    for (const id of ids) if ((await ownerOf(world, id)) === ALICE) return id;
    return null;
  };
  const count = async (): Promise<bigint> => ((await mine()) === null ? 0n : 1n);
  if ((await mine()) === null) {
    for (const id of ids) {
      if ((await ownerOf(world, id)) === DEPLOYER) await sendTo(world, MOVE, [DEPLOYER, ALICE, id], DEPLOYER);
    }
  }
  if ((await mine()) === null) await acquire(world, prices, count);
  return mine();
}

async function tryOut(world: TrialWorld, prices: readonly bigint[]): Promise<readonly Behaviour[]> {
  const id = await endowOne(world, prices);
  if (id === null) return [open("an account can come to own a token")];
  return [
    ...(await world.within(() => moves(world, id))),
    ...(await world.within(() => approves(world, id))),
    ...(await world.within(() => operates(world, id))),
    ...(await safely(world, id)),
    ...(await says(world)),
  ];
}

async function moves(world: TrialWorld, id: bigint): Promise<readonly Behaviour[]> {
  const found: Behaviour[] = [];
  const strange = "without an approval no account moves another's token";
  for (const signature of [MOVE, SAFE_MOVE]) {
    if (!world.has(signature)) continue;
    found.push(
      await world.within(async () => {
        await sendTo(world, signature, [ALICE, CAROL, id], CAROL);
        const owner = await ownerOf(world, id);
        return owner === ALICE
          ? held(strange)
          : theft(strange, `${signature.split("(", 1)[0]} lets any account take a token that it was not approved for`);
      }),
    );
  }
  const rule = "its owner can transfer a token";
  const count = async (account: bigint): Promise<bigint | null> =>
    numberIn(await world.look("balanceOf(address)", [account]));
  const [mine, theirs] = [await count(ALICE), await count(BOB)];
  const sent = await sendTo(world, MOVE, [ALICE, BOB, id], ALICE);
  if (sent === null || !sent.ok) return [...found, open(rule)];
  const owner = await ownerOf(world, id);
  found.push(judged(rule, owner === BOB, "transferFrom by the owner succeeds and the owner stays the same"));
  found.push(
    judged(
      "transferFrom emits Transfer",
      logs(sent, TRANSFER, [ALICE, BOB, id]),
      "transferFrom emits no Transfer event",
    ),
  );
  const [mineAfter, theirsAfter] = [await count(ALICE), await count(BOB)];
  const counted = mine === null || theirs === null ? null : mineAfter === mine - 1n && theirsAfter === theirs + 1n;
  found.push(judged("balances follow", counted, "after a transfer balanceOf has not changed by one"));
  return found;
}

async function approves(world: TrialWorld, id: bigint): Promise<readonly Behaviour[]> {
  const found: Behaviour[] = [];
  const approve = "approve(address,uint256)";
  const strange = "only its owner approves";
  if (!world.has(approve) || !world.has(MOVE)) return [];
  const taken = await world.within(async () => {
    await sendTo(world, approve, [CAROL, id], CAROL);
    await sendTo(world, MOVE, [ALICE, CAROL, id], CAROL);
    return (await ownerOf(world, id)) !== ALICE;
  });
  found.push(taken ? theft(strange, "any account can approve itself for a token and take it") : held(strange));
  const sent = await sendTo(world, approve, [CAROL, id], ALICE);
  const rule = "who is approved can transfer";
  if (sent === null || !sent.ok) return [...found, open(rule)];
  if (world.has("getApproved(uint256)")) {
    const approved = numberIn(await world.look("getApproved(uint256)", [id]));
    found.push(
      judged(
        "getApproved tells who is approved",
        approved === CAROL,
        "after approve getApproved names another account",
      ),
    );
  }
  const moved = await sendTo(world, MOVE, [ALICE, CAROL, id], CAROL);
  if (moved === null || !moved.ok) return [...found, broken(rule, "transferFrom reverts for the approved account")];
  found.push(held(rule));
  await sendTo(world, MOVE, [CAROL, BOB, id], CAROL);
  if ((await ownerOf(world, id)) !== BOB) return found;
  await sendTo(world, MOVE, [BOB, CAROL, id], CAROL);
  const again = "a transfer clears the approval";
  const owner = await ownerOf(world, id);
  return [
    ...found,
    owner === BOB ? held(again) : theft(again, "an approval still holds after the token was transferred"),
  ];
}

async function operates(world: TrialWorld, id: bigint): Promise<readonly Behaviour[]> {
  const sent = await sendTo(world, "setApprovalForAll(address,bool)", [CAROL, 1n], ALICE);
  if (sent === null || !sent.ok) return [];
  const allowed = numberIn(await world.look("isApprovedForAll(address,address)", [ALICE, CAROL]));
  const moved = await sendTo(world, MOVE, [ALICE, BOB, id], CAROL);
  return [
    judged(
      "isApprovedForAll tells the operator",
      allowed === null ? null : allowed === 1n,
      "after setApprovalForAll isApprovedForAll is false",
    ),
    judged("an operator can transfer", moved === null ? null : moved.ok, "transferFrom reverts for an operator"),
  ];
}

/** A contract that does not take tokens must not be sent one by a safe transfer. */
async function safely(world: TrialWorld, id: bigint): Promise<readonly Behaviour[]> {
  if (!world.has(SAFE_MOVE)) return [];
  const rule = "safeTransferFrom asks a contract that receives";
  const works = await world.within(async () => (await sendTo(world, SAFE_MOVE, [ALICE, BOB, id], ALICE))?.ok === true);
  if (!works) return [open(rule)];
  const ok = await world.within(async () => {
    await sendTo(world, SAFE_MOVE, [ALICE, REFUSING, id], ALICE);
    return (await ownerOf(world, id)) === ALICE;
  });
  return [judged(rule, ok, "safeTransferFrom sends a token to a contract that cannot receive it")];
}

async function says(world: TrialWorld): Promise<readonly Behaviour[]> {
  if (!world.has("supportsInterface(bytes4)")) return [];
  const supports = await world.look("supportsInterface(bytes4)", [0x80ac58cdn << 224n], CALLS_BACK);
  return [
    judged("supportsInterface names ERC-721", numberIn(supports) === 1n, "supportsInterface(0x80ac58cd) is false"),
  ];
}
