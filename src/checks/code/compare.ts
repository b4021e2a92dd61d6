/** Numbers may differ by this share: sums of fractions depend on the order in which they are made. */
const TOLERANCE = 1e-9;

/** Whether two encoded values are the same: keys in any order, numbers up to rounding; members in any order where that was allowed. */
export function sameValue(left: string, right: string, anyOrder: boolean): boolean {
  return left === right || same(JSON.parse(left), JSON.parse(right), anyOrder);
}

function same(left: unknown, right: unknown, anyOrder: boolean): boolean {
  if (typeof left === "number" && typeof right === "number") {
    return Math.abs(left - right) <= TOLERANCE * Math.max(1, Math.abs(left), Math.abs(right));
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left.length !== right.length) return false;
    const [a, b] = anyOrder ? [sorted(left), sorted(right)] : [left, right];
    return a.every((each, index) => same(each, b[index], anyOrder));
  }
  const [one, other] = [tagged(left), tagged(right)];
  if (one === null || other === null || one.t !== other.t) return left === right || isMinusZero(left, right);
  const keyed = one.t === "object" || one.t === "map" || one.t === "set";
  return keyed && Array.isArray(one.v) && Array.isArray(other.v)
    ? same(sorted(one.v), sorted(other.v), anyOrder)
    : same(one.v, other.v, anyOrder);
}

/** 0 and -0 are told apart by nobody who writes an example. */
function isMinusZero(left: unknown, right: unknown): boolean {
  const zero = (value: unknown): boolean => value === 0 || tagged(value)?.v === "-0";
  return zero(left) && zero(right);
}

function tagged(value: unknown): { readonly t: string; readonly v: unknown } | null {
  return typeof value === "object" && value !== null && "t" in value ? (value as { t: string; v: unknown }) : null;
}

function sorted(list: readonly unknown[]): readonly unknown[] {
  return list
    .map((each) => JSON.stringify(each))
    .sort()
    .map((text) => JSON.parse(text) as unknown);
}

/** An encoded value as a person would write it. */
export function printed(encoded: string): string {
  const text = print(JSON.parse(encoded));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function print(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(print).join(", ")}]`;
  const tag = tagged(value);
  if (tag === null) return JSON.stringify(value);
  const entries = Array.isArray(tag.v) ? (tag.v as readonly unknown[]) : [];
  switch (tag.t) {
    case "object":
      return `{${entries.map((each) => (Array.isArray(each) ? `${String(each[0])}: ${print(each[1])}` : "")).join(", ")}}`;
    case "map":
    case "set":
      return `${tag.t === "map" ? "Map" : "Set"}(${print(entries)})`;
    case "number":
    case "bigint":
      return `${String(tag.v)}${tag.t === "bigint" ? "n" : ""}`;
    default:
      return tag.v === undefined ? tag.t : `${tag.t} ${print(tag.v)}`;
  }
}
