/**
 * Does `work` for each of `items`, in their order, at most `most` at once, and begins none once `signal` is aborted.
 * @throws what the first of them to fail throws.
 */
export async function atOnce<T>(
  items: readonly T[],
  { most, signal }: { readonly most: number; readonly signal: AbortSignal },
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) {
      if (signal.aborted) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
}
