import { setTimeout as sleep } from 'node:timers/promises';
import { acknowledgedIn } from '../crash/notes.js';
import { Officer } from '../service/client.js';

const PAUSE_MS = 100;
const OF_A_CASE = ['', '/timeline', '/custody', '/clocks', '?revision=0', '/difference?fromRevision=0'];
const OF_ALL = ['/v1/assistance?text=核验', '/v1/assistance?limit=1', '/v1/organs'];

/** The codes of a 503 that says to come again. */
const WAITED_FOR: ReadonlySet<string> = new Set(['LOG_UNAVAILABLE', 'VIEWS_BEHIND']);

/** One that reads all the while. Whatever happens to the nodes, it is given what it asks for, or a 503 that says why. */
export class Reader {
  /** Answers that should not have been given. */
  readonly unexpected: string[] = [];
  answers = 0;
  /** The longest time in milliseconds that an answer took. */
  slowestMs = 0;
  private stopped = false;
  private readonly running: Promise<void>;

  constructor(
    url: string,
    private readonly notes: string,
  ) {
    this.running = this.read(new Officer(() => url, 'chen.handler'));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async read(officer: Officer): Promise<void> {
    while (!this.stopped) {
      const id = acknowledgedIn(this.notes).at(-1)?.case;
      const paths = id === undefined ? OF_ALL : [...OF_A_CASE.map((rest) => `/v1/assistance/${id}${rest}`), ...OF_ALL];
      for (const path of paths) await this.ask(officer, path);
      await sleep(PAUSE_MS);
    }
  }

  private async ask(officer: Officer, path: string): Promise<void> {
    const begun = performance.now();
    try {
      const { status, body, text } = await officer.get(path);
      const saysWhy = status === 503 && WAITED_FOR.has(body.code);
      if (status !== 200 && !saysWhy) this.unexpected.push(`${path}: ${status} ${text}`);
    } catch (error) {
      this.unexpected.push(`${path}: ${String(error)}`);
    }
    this.answers += 1;
    this.slowestMs = Math.round(Math.max(this.slowestMs, performance.now() - begun));
  }
}
