import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { damageTexts } from './refusal-texts.js';
import type { TableName } from './tables.js';

/**
 * 试读: a process of its own that reads rows of the data file and hands them over, because a broken page ends whichever
 * process touches it. It judges nothing; the rows are checked where they arrive.
 */
export interface Row {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** Rows from a key on, to the end or at most `limit`; or the rows under exactly these keys, missing ones left out. */
export type Wanted = { readonly table: TableName; readonly careful?: boolean } & (
  { readonly from: Buffer } | { readonly keys: readonly Buffer[] }
);

/** The process ended, or fell silent, before it had handed over what was asked for. */
export class TastingStopped extends Error {
  override readonly name = 'TastingStopped';
  constructor(
    message: string,
    /** Whether the file is to blame, rather than somebody who ended the process or a machine that could not run it. */
    readonly damage: boolean,
  ) {
    super(message);
  }
}

const SILENCE_SECONDS_MAX = 120;
const END = 0xffffffff;
const FATAL_TO_READERS = new Set(['SIGBUS', 'SIGSEGV', 'SIGABRT', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

/**
 * The program of the process, as text: it has to run alike from compiled and from untranslated sources, and to load
 * nothing but lmdb. It reads one request a line and answers with frames of key length, value length, key, value; a key
 * length of 2^32 − 1 ends an answer. With `careful`, each row is sent before the next is touched.
 */
const PROGRAM = `
const { open } = require(process.argv[1]);
const { readSync, writeSync } = require('node:fs');
const raw = { encoding: 'binary', keyEncoding: 'binary' };
const environment = open(process.argv[2], { ...raw, readOnly: true });
const tables = new Map();
const tableOf = (name) => {
  if (!tables.has(name)) tables.set(name, environment.openDB(name, raw));
  const table = tables.get(name);
  if (!table) throw new Error('no table ' + name);
  return table;
};
let parts = [];
let bytes = 0;
const flush = () => {
  const all = Buffer.concat(parts);
  for (let at = 0; at < all.length; ) at += writeSync(1, all, at);
  parts = [];
  bytes = 0;
};
const send = (key, value, now) => {
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(key.length, 0);
  frame.writeUInt32BE(value.length, 4);
  parts.push(frame, key, value);
  bytes += 8 + key.length + value.length;
  if (now || bytes > 65536) flush();
};
const answer = ({ table, from, keys, careful }) => {
  if (keys)
    for (const text of keys) {
      const key = Buffer.from(text, 'hex');
      const value = tableOf(table).getBinary(key);
      if (value) send(key, value, careful);
    }
  else
    for (const { key, value } of tableOf(table).getRange({ start: Buffer.from(from, 'hex') })) send(key, value, careful);
  const end = Buffer.alloc(8, 0);
  end.writeUInt32BE(${END}, 0);
  parts.push(end);
  flush();
};
const chunk = Buffer.alloc(65536);
let text = '';
for (;;) {
  const count = readSync(0, chunk);
  if (count === 0) process.exit(0);
  text += chunk.latin1Slice(0, count);
  for (let at; (at = text.indexOf('\\n')) >= 0; text = text.slice(at + 1)) answer(JSON.parse(text.slice(0, at)));
}
`;

export class Taster {
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly chunks: AsyncIterator<Buffer>;
  private readonly ended: Promise<TastingStopped>;
  private readonly silence: NodeJS.Timeout;
  private complaint = '';
  private stop: TastingStopped | undefined;

  constructor(file: string) {
    // The child inherits no options of this process: a debugger or loader of ours is not wanted there.
    this.child = spawn(process.execPath, ['-e', PROGRAM, require.resolve('lmdb'), file], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.complaint = `${this.complaint}${text}`.slice(-2000);
    });
    this.child.stdin.on('error', () => undefined);
    this.chunks = this.child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(new TastingStopped(error.message, false)));
      this.child.once('close', (code, signal) => resolve(this.stop ?? this.endedBy(code, signal)));
    });
    this.silence = setTimeout(() => {
      this.stop = new TastingStopped(damageTexts.silent(SILENCE_SECONDS_MAX), true);
      this.child.kill('SIGKILL');
    }, SILENCE_SECONDS_MAX * 1000);
  }

  /** The rows asked for, some at a time. One answer at a time. @throws TastingStopped */
  async *rows(wanted: Wanted): AsyncGenerator<readonly Row[]> {
    const request =
      'keys' in wanted
        ? { ...wanted, keys: wanted.keys.map((key) => key.toString('hex')) }
        : { ...wanted, from: wanted.from.toString('hex') };
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const next = await this.chunks.next();
      if (next.done === true) throw await this.ended;
      this.silence.refresh();
      const { rows, unread, complete } = framesOf(rest.length === 0 ? next.value : Buffer.concat([rest, next.value]));
      rest = unread;
      yield rows;
      if (complete) return;
    }
  }

  /** All rows asked for, at once: for what is known to be few. @throws TastingStopped */
  async all(wanted: Wanted): Promise<readonly Row[]> {
    const all: Row[] = [];
    for await (const rows of this.rows(wanted)) all.push(...rows);
    return all;
  }

  async close(): Promise<void> {
    clearTimeout(this.silence);
    this.child.kill('SIGKILL');
    // What was not taken any more would keep the stream, and with it the process, from counting as ended.
    this.child.stdout.destroy();
    await this.ended;
  }

  private endedBy(code: number | null, signal: NodeJS.Signals | null): TastingStopped {
    if (signal) return new TastingStopped(damageTexts.signalled(signal), FATAL_TO_READERS.has(signal));
    // lmdb reports some broken pages as errors, which end the program with code 1 and the error on its last lines.
    const reason = /^\w*Error: .*$/m.exec(this.complaint)?.[0] ?? this.complaint.trim().slice(-200);
    return new TastingStopped(damageTexts.exitedWith(code, reason), true);
  }
}

function framesOf(bytes: Buffer): { rows: Row[]; unread: Buffer; complete: boolean } {
  const rows: Row[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const keyLength = bytes.readUInt32BE(at);
    if (keyLength === END) return { rows, unread: bytes.subarray(at + 8), complete: true };
    const valueAt = at + 8 + keyLength;
    const next = valueAt + bytes.readUInt32BE(at + 4);
    if (next > bytes.length) break;
    rows.push({ key: bytes.subarray(at + 8, valueAt), value: bytes.subarray(valueAt, next) });
    at = next;
  }
  return { rows, unread: bytes.subarray(at), complete: false };
}
