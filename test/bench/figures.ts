/** The value below which the share `q` of `values` lies (nearest rank). NaN for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Enough digits to compare, not more than were measured. */
export const rounded = (value: number, decimals = 0): number => Number(value.toFixed(decimals));
