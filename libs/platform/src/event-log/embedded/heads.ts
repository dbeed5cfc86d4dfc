import type { StreamRow } from './rows.js';

/**
 * Every stream's number and last durable revision, in memory: what an append is judged by. It is complete, so a name
 * that is not here never had an event. About 120 bytes a stream.
 */
export class Heads {
  private readonly numbers = new Map<string, number>();
  /** By stream number; number 0 is not used. */
  private revisions = new Uint32Array(1024);
  private last = 0;

  get streams(): number {
    return this.numbers.size;
  }

  /** The position of the last durable event, 0 when there is none: positions are dense, so it is also their count. */
  get end(): number {
    return this.last;
  }

  /** The number of `stream`, or undefined when it has no event. */
  numberOf(stream: string): number | undefined {
    return this.numbers.get(stream);
  }

  /** The last revision of the stream with this number. */
  headOf(number: number): number {
    return this.revisions[number] ?? 0;
  }

  nameOf(number: number): string | undefined {
    for (const [name, found] of this.numbers) if (found === number) return name;
    return undefined;
  }

  set({ number, name, head }: StreamRow): void {
    if (number >= this.revisions.length) {
      const wider = new Uint32Array(this.revisions.length * 2);
      wider.set(this.revisions);
      this.revisions = wider;
    }
    this.numbers.set(name, number);
    this.revisions[number] = head;
  }

  endAt(position: number): void {
    this.last = position;
  }

  clear(): void {
    this.numbers.clear();
    this.revisions = new Uint32Array(0);
    this.last = 0;
  }
}
