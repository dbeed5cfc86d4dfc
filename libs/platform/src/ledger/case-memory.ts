import type { StreamName } from '#libs/kernel';
import type { Standing } from './standing.js';

/**
 * Folded states of recent cases, bounded by bytes; the one used longest ago goes first. What is kept may lead only to an
 * append, where the expectation proves it: anything else is answered after the stream was read on to its head.
 */
export class CaseMemory {
  private readonly kept = new Map<StreamName, Standing<unknown>>();
  private bytes = 0;

  constructor(private readonly bytesMax = 64 * 1024 * 1024) {}

  get<State>(stream: StreamName): Standing<State> | undefined {
    const standing = this.kept.get(stream);
    if (!standing) return undefined;
    this.kept.delete(stream);
    this.kept.set(stream, standing);
    return standing as Standing<State>;
  }

  keep(stream: StreamName, standing: Standing<unknown>): void {
    this.drop(stream);
    this.kept.set(stream, standing);
    this.bytes += standing.bytes;
    for (const [oldest] of this.kept) {
      if (this.bytes <= this.bytesMax) return;
      this.drop(oldest);
    }
  }

  drop(stream: StreamName): void {
    this.bytes -= this.kept.get(stream)?.bytes ?? 0;
    this.kept.delete(stream);
  }
}
