import { readFile } from 'node:fs/promises';
import { DRAWING, drawnBy, frameDigest, isUuid, seedOf } from '#libs/kernel';
import type { Asked } from './asked.js';
import { print, service, wordAt } from './law-desk.js';
import { MISUSED, Refused } from './refused.js';

/** A sample as the service tells it, with the members of its frame beside it: all that is needed to draw it again. */
interface Fetched {
  readonly sample: {
    readonly frame: { readonly count: number; readonly digest: string };
    readonly size: number;
    readonly algorithm: string;
    readonly salt?: string;
    readonly seed?: string;
    readonly cases: readonly { readonly case: string }[];
  };
  readonly members: readonly string[];
}

/** `kesu sample draw|fetch|verify`: 随机抽查, drawn again by anybody. Only `fetch`, and `verify` of an id, ask the service. */
export async function sample(asked: Asked): Promise<void> {
  const [act, ...words] = asked.words;
  const acts: Readonly<Record<string, (asked: Asked) => Promise<void>>> = { draw, fetch, verify };
  const perform = act !== undefined && Object.hasOwn(acts, act) ? acts[act] : undefined;
  if (!perform) throw new Refused(`kesu sample 之后须为 ${Object.keys(acts).join('、')} 之一`, MISUSED);
  await perform({ ...asked, words });
}

/** From a file with one id a line. */
async function draw(asked: Asked): Promise<void> {
  const members = membersIn(await textOf(wordAt(asked, 0, '总体文件：每行一个标识')));
  const { seed, size } = asked.draw;
  if (seed === undefined || !/^[0-9a-f]{64}$/.test(seed)) throw new Refused('--seed 须为 64 位小写十六进制', MISUSED);
  if (size === undefined || !/^[1-9]\d{0,5}$/.test(size)) throw new Refused('--size 须为 1 至 999999 的整数', MISUSED);
  const drawn = drawnBy(seed, members, Number(size));
  const told = { algorithm: DRAWING, count: members.length, digest: frameDigest(members), seed, drawn };
  print(asked, told, [`总体 ${told.count} 件，摘要 ${told.digest}`, ...drawn]);
}

/** Always JSON: it is kept in a file, and verified there. */
async function fetch(asked: Asked): Promise<void> {
  process.stdout.write(`${JSON.stringify(await fetched(asked, wordAt(asked, 0, '抽查的标识')))}\n`);
}

async function verify(asked: Asked): Promise<void> {
  const word = wordAt(asked, 0, '抽查的标识，或者 kesu sample fetch 所得的文件');
  const found = isUuid(word) ? await fetched(asked, word) : fetchedIn(await textOf(word));
  const faults = faultsOf(found);
  if (faults.length > 0)
    throw new Refused(['抽查与重新抽取的结果不符：', ...faults.map((fault) => `  ${fault}`)].join('\n'));
  const { frame, seed, cases } = found.sample;
  print(
    asked,
    { verified: true, count: frame.count, digest: frame.digest, seed, drawn: cases.map((one) => one.case) },
    [
      `总体 ${frame.count} 件，摘要相符：${frame.digest}`,
      `种子由盐值和总体摘要得出，相符：${seed ?? ''}`,
      `重新抽取 ${cases.length} 件，与所记相符：`,
      ...cases.map((one) => `  ${one.case}`),
    ],
  );
}

/** What does not follow from the members: the number and digest of the frame, the seed, the cases drawn. */
function faultsOf({ sample: { frame, size, algorithm, salt, seed, cases }, members }: Fetched): readonly string[] {
  if (algorithm !== DRAWING) return [`本程序不认识抽取办法 ${algorithm}`];
  if (salt === undefined || seed === undefined) return ['尚未抽取'];
  const digest = frameDigest(members);
  const drawn = drawnBy(seed, members, size).join(' ');
  return [
    ...(members.length === frame.count ? [] : [`总体所记为 ${frame.count} 件，实为 ${members.length} 件`]),
    ...(digest === frame.digest ? [] : [`总体摘要所记为 ${frame.digest}，实为 ${digest}`]),
    ...(seed === seedOf(salt, frame.digest) ? [] : [`种子所记为 ${seed}，应为 ${seedOf(salt, frame.digest)}`]),
    ...(drawn === cases.map((one) => one.case).join(' ') ? [] : [`应抽中 ${drawn}`]),
  ];
}

async function fetched(asked: Asked, id: string): Promise<Fetched> {
  const client = await service(asked);
  const root = `/v1/samples/${encodeURIComponent(id)}`;
  const { particulars } = await client.call<{ particulars: Fetched['sample'] }>('GET', root);
  const members: string[] = [];
  for (let after = ''; ;) {
    const page = await client.call<{ cases: readonly string[]; next?: string }>('GET', `${root}/frame${after}`);
    members.push(...page.cases);
    if (page.next === undefined) return { sample: particulars, members };
    after = `?after=${page.next}`;
  }
}

const textOf = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refused(`不能读取 ${path}（${error.code ?? error.message}）`, MISUSED);
  });

function membersIn(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const seen = new Set<string>();
  const odd = lines.findIndex((line) => !isUuid(line) || seen.size === seen.add(line).size);
  if (odd >= 0) throw new Refused(`第 ${odd + 1} 行不是小写 UUID，或者与前面的一行重复：${lines[odd]}`, MISUSED);
  return lines;
}

function fetchedIn(text: string): Fetched {
  try {
    const found = JSON.parse(text) as Partial<Fetched> | null;
    const isWhole =
      Array.isArray(found?.members) &&
      typeof found.sample?.frame?.digest === 'string' &&
      Array.isArray(found.sample.cases);
    if (isWhole) return found as Fetched;
  } catch {
    // Said below, as for JSON of another kind.
  }
  throw new Refused('文件不是 kesu sample fetch 所得的 JSON', MISUSED);
}
