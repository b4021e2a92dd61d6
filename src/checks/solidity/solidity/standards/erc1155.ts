import { DEPLOYER, PEOPLE, REFUSING } from "../../gas/actors.ts";
import { acquire } from "../run/acquire.ts";
import { numberIn, type TrialWorld } from "../run/world.ts";
import { held, judged, open, sendTo, theft, type Behaviour, type Standard } from "./standard.ts";

const [, ALICE = 0n, BOB = 0n, CAROL = 0n] = PEOPLE;
const MOVE = "safeTransferFrom(address,address,uint256,uint256,bytes)";
const NO_DATA = new Uint8Array(0);

export const ERC1155: Standard = {
  name: "ERC1155",
  title: "ERC-1155",
  functions: [
    "balanceOf(address,uint256)",
    "balanceOfBatch(address[],uint256[])",
    "setApprovalForAll(address,bool)",
    "isApprovedForAll(address,address)",
    MOVE,
    "safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)",
    "supportsInterface(bytes4)",
  ],
  events: [
    "TransferSingle(address,address,address,uint256,uint256)",
    "TransferBatch(address,address,address,uint256[],uint256[])",
    "ApprovalForAll(address,address,bool)",
  ],
  marks: ["balanceOf(address,uint256)", MOVE],
  tryOut,
};

async function balanceOf(world: TrialWorld, account: bigint, id: bigint): Promise<bigint | null> {
  return numberIn(await world.look("balanceOf(address,uint256)", [account, id]));
}

async function tryOut(world: TrialWorld, prices: readonly bigint[]): Promise<readonly Behaviour[]> {
  const ids = [0n, 1n, 2n];
  const mine = async (): Promise<bigint | null> => {
    for (const id of ids) if (((await balanceOf(world, ALICE, id)) ?? 0n) > 0n) return id;
    return null;
  };
  for (const id of ids) {
    const has = (await balanceOf(world, DEPLOYER, id)) ?? 0n;
    if (has > 1n) await sendTo(world, MOVE, [DEPLOYER, ALICE, id, has / 2n, NO_DATA], DEPLOYER);
  }
  if ((await mine()) === null) await acquire(world, prices, async () => ((await mine()) === null ? 0n : 1n));
  const id = await mine();
  if (id === null) return [open("an account can come to hold a token")];
  const has = (await balanceOf(world, ALICE, id)) ?? 0n;
  const found: Behaviour[] = [];
  const strange = "without an approval no account moves another's tokens";
  found.push(
    await world.within(async () => {
      await sendTo(world, MOVE, [ALICE, CAROL, id, 1n, NO_DATA], CAROL);
      const left = (await balanceOf(world, ALICE, id)) ?? 0n;
      return left < has ? theft(strange, "safeTransferFrom lets any account take another's tokens") : held(strange);
    }),
  );
  const rule = "safeTransferFrom moves the amount";
  found.push(
    ...(await world.within(async () => {
      const before = (await balanceOf(world, BOB, id)) ?? 0n;
      const sent = await sendTo(world, MOVE, [ALICE, BOB, id, 1n, NO_DATA], ALICE);
      if (sent === null || !sent.ok) return [open(rule)];
      const [left, got] = [
        (await balanceOf(world, ALICE, id)) ?? 0n,
        ((await balanceOf(world, BOB, id)) ?? 0n) - before,
      ];
      const logged = sent.logs.some((log) =>
        log.includes("c3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62"),
      );
      return [
        judged(rule, left === has - 1n && got === 1n, "safeTransferFrom does not move the amount"),
        judged("safeTransferFrom emits TransferSingle", logged, "safeTransferFrom emits no TransferSingle event"),
      ];
    })),
    ...(await world.within(async () => {
      const sent = await sendTo(world, "setApprovalForAll(address,bool)", [CAROL, 1n], ALICE);
      if (sent === null || !sent.ok) return [];
      const moved = await sendTo(world, MOVE, [ALICE, BOB, id, 1n, NO_DATA], CAROL);
      return [judged("an operator can transfer", moved?.ok === true, "safeTransferFrom reverts for an operator")];
    })),
  );
  const kept = await world.within(async () => {
    await sendTo(world, MOVE, [ALICE, REFUSING, id, 1n, NO_DATA], ALICE);
    return (await balanceOf(world, ALICE, id)) === has;
  });
  found.push(
    judged("a contract that receives is asked", kept, "safeTransferFrom sends to a contract that cannot receive"),
  );
  const supports = await world.look("supportsInterface(bytes4)", [0xd9b67a26n << 224n]);
  if (supports !== null)
    found.push(
      judged("supportsInterface names ERC-1155", numberIn(supports) === 1n, "supportsInterface(0xd9b67a26) is false"),
    );
  return found;
}
