import type { EventLog, LoggedEvent, Position, StreamName } from '#libs/kernel';
import { emptyLawBook, type LawBook } from '#libs/law';
import { bookAfter } from './law-fold.js';
import { newestIn, type LawPlace, type LawShelf } from './law-shelf.js';

/** Folded books kept beside the one in hand: law changes seldom, and a register of many officers is large. */
const KEPT_MAX = 8;

/** 当时之法: the law as it had been recorded up to a place of the log, whatever was recorded since. */
export class LawHistory {
  /** By the position of the newest fact of law in them; the one used longest ago goes first. */
  private readonly kept = new Map<Position, Promise<LawBook>>();
  /** Everything of law up to here is on the shelf. */
  private covered: Position | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly shelf: LawShelf,
  ) {}

  /** Where the newest fact of law stands that this process knows of. */
  get newest(): Position {
    return newestIn(this.shelf.inHand.places);
  }

  /** @param position one the log is known to have reached. @throws LogUnavailable; IntegrityBroken; UnknownFact. */
  async at(position: Position): Promise<LawBook> {
    if (this.covered === undefined || position > this.covered) {
      await this.shelf.refresh();
      if (this.covered === undefined || position > this.covered) this.covered = position;
    }
    const { book, places } = this.shelf.inHand;
    const count = countUpTo(places, position);
    const last = places[count - 1];
    if (!last) return emptyLawBook;
    return count === places.length ? book : this.folded(last.position, () => places.slice(0, count));
  }

  private folded(key: Position, places: () => readonly LawPlace[]): Promise<LawBook> {
    const book = this.kept.get(key) ?? this.fold(places());
    this.kept.delete(key);
    this.kept.set(key, book);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT_MAX && oldest !== undefined) this.kept.delete(oldest);
    book.catch(() => this.kept.delete(key));
    return book;
  }

  private async fold(places: readonly LawPlace[]): Promise<LawBook> {
    const counts = new Map<StreamName, number>();
    for (const { stream, revision } of places) counts.set(stream, revision + 1);
    const streams = await Promise.all([...counts].map(([stream, count]) => this.log.readStream(stream, 0, count)));
    return bookAfter(emptyLawBook, inLogOrder(streams.flat()));
  }
}

/** How many of `places`, which are in log order, stand at or before `position`. */
function countUpTo(places: readonly LawPlace[], position: Position): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.position ?? position) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

const inLogOrder = (events: readonly LoggedEvent[]): readonly LoggedEvent[] =>
  events.toSorted((a, b) => (a.position < b.position ? -1 : 1));
