import { z } from "zod";

/** Values that several parts of the config file hold. The messages of the patterns say what is expected. */

export const count = z.int().min(1);
export const share = z.number().min(0).max(1);
export const usd = z.number().min(0).max(1_000_000);
export const name = z.string().regex(/\S/, "a name that is not blank");
export const day = z.iso.date("a day: YYYY-MM-DD");

/** Parameters of a request's body, as the vendor names them. */
export const params = z.record(z.string(), z.unknown());
