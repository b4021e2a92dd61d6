import { sharedServer } from "./postgres.ts";

process.env["SIGNALBOX_TEST_LEDGER"] = await sharedServer();
