/** Prices of models from elsewhere, in the format of models.dev's api.json, and where they come from. */
export interface RefreshInput {
  readonly data: unknown;
  readonly source: string;
  /** The day of the data, YYYY-MM-DD. */
  readonly asOf: string;
}

/** One figure of one model that differs. USD per million tokens; `null`: none is known. */
export interface PriceChange {
  readonly model: string;
  readonly price: string;
  readonly from: number | null;
  readonly to: number;
}

/** A row for the config's `models`, in its spelling. */
export interface RefreshRow {
  readonly id: string;
  readonly prices: Readonly<Record<string, unknown>>;
  readonly source: string;
  readonly as_of: string;
}

export interface RefreshOutput {
  readonly changes: readonly PriceChange[];
  readonly rows: readonly RefreshRow[];
  /** Models that are deprecated there or not in the data, in sentences: no row can be made of that alone. */
  readonly notes: readonly string[];
  /** Models whose prices were found. */
  readonly compared: number;
}
