/** One at a time per name: commands of one case in one process wait for each other instead of conflicting. */
export class Turns {
  private readonly last = new Map<string, Promise<void>>();

  /** Runs `work` when all earlier work of the same name has ended, however it ended. */
  take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(name);
    const mine = before ? before.then(work) : work();
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    this.last.set(name, ended);
    void ended.then(() => this.last.get(name) === ended && this.last.delete(name));
    return mine;
  }
}
