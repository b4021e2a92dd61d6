import { describe } from "vitest";
import { holdsForAll } from "./case.ts";
import { AIRDROPS } from "./semantic_audit/airdrops.ts";
import { BAD } from "./semantic_audit/bad.ts";
import { BRIDGE_AND_SALE } from "./semantic_audit/bridge-and-sale.ts";
import { DIVIDEND_AUDITS } from "./semantic_audit/dividends.ts";
import { FALSE_CLAIMS } from "./semantic_audit/false-claims.ts";
import { GOOD } from "./semantic_audit/good.ts";
import { LENDING_AND_ESCROW } from "./semantic_audit/lending-and-escrow.ts";
import { MORE_HANDS } from "./semantic_audit/more-hands.ts";
import { OTHER_HANDS } from "./semantic_audit/other-hands.ts";
import { OTHER_LANGUAGES } from "./semantic_audit/other-languages.ts";
import { POOLS_AND_MARKETS } from "./semantic_audit/pools-and-markets.ts";
import { SECOND_LOOKS } from "./semantic_audit/second-looks.ts";
import { TIMELOCKS_AND_SUBSCRIPTIONS } from "./semantic_audit/timelocks-and-subscriptions.ts";
import { VAULT_AND_DROP } from "./semantic_audit/vault-and-drop.ts";
import { WALLETS_AND_RAFFLES } from "./semantic_audit/wallets-and-raffles.ts";

describe("semantic_audit: good audits", () => holdsForAll(GOOD));
describe("semantic_audit: bad audits", () => holdsForAll(BAD));
describe("semantic_audit: false claims", () => holdsForAll(FALSE_CLAIMS));
describe("semantic_audit: other authors", () => holdsForAll([...OTHER_HANDS, ...MORE_HANDS]));
describe("semantic_audit: pools, markets, lending", () =>
  holdsForAll([...POOLS_AND_MARKETS, ...AIRDROPS, ...LENDING_AND_ESCROW]));
describe("semantic_audit: vaults, drops, bridges", () =>
  holdsForAll([
    ...VAULT_AND_DROP,
    ...BRIDGE_AND_SALE,
    ...SECOND_LOOKS,
    ...WALLETS_AND_RAFFLES,
    ...TIMELOCKS_AND_SUBSCRIPTIONS,
    ...DIVIDEND_AUDITS,
  ]));
describe("semantic_audit: other languages", () => holdsForAll(OTHER_LANGUAGES));
