import { chineseCalendar, noticeFaults } from '#libs/law';
import type { Asked } from './asked.js';
import { decided, print, proposed, requestLine, service, wordAt, type ToldRequest } from './law-desk.js';
import { faultyFile, lawFile } from './law-file.js';
import { MISUSED, Refused } from './refused.js';

const ROOT = '/v1/law/calendar';

type Notices = { readonly revision: number; readonly requests: readonly ToldRequest[] };

/** `kesu calendar check|propose|approve|refuse|list|show`: 放假通知. */
export async function calendar(asked: Asked): Promise<void> {
  const [act, ...words] = asked.words;
  const acts: Readonly<Record<string, (asked: Asked) => Promise<void>>> = {
    check,
    propose,
    approve,
    refuse,
    list,
    show,
  };
  const perform = act !== undefined && Object.hasOwn(acts, act) ? acts[act] : undefined;
  if (!perform) throw new Refused(`kesu calendar 之后须为 ${Object.keys(acts).join('、')} 之一`, MISUSED);
  await perform({ ...asked, words });
}

async function check(asked: Asked): Promise<void> {
  const file = await lawFile(asked.words[0]);
  const faults = noticeFaults(file.value, chineseCalendar().statute);
  if (faults.length > 0) throw faultyFile(file, faults);
  print(asked, { faults: [] }, ['没有发现错误（未与账本中的日历核对）']);
}

async function propose(asked: Asked): Promise<void> {
  const file = await lawFile(asked.words[0]);
  const request = await proposed(asked, file, { path: `${ROOT}/notices`, field: 'notice' });
  print(asked, { request }, [`已申请入账：${request}`, `须由另一人准予：kesu calendar approve ${request} --as <账户>`]);
}

const approve = (asked: Asked): Promise<void> => decide(asked, 'approve');
const refuse = (asked: Asked): Promise<void> => decide(asked, 'refuse');

async function decide(asked: Asked, outcome: 'approve' | 'refuse'): Promise<void> {
  const request = wordAt(asked, 0, '申请的标识');
  const client = await service(asked);
  const seen = await client.call<ToldRequest & { revision: number }>(
    'GET',
    `${ROOT}/notices/${encodeURIComponent(request)}`,
  );
  await decided(asked, { root: ROOT, request, revision: seen.revision }, outcome);
  print(asked, { request, outcome }, [
    outcome === 'approve' ? `已准予入账，自此按通知计算：${seen.says}` : `不予入账：${seen.says}`,
  ]);
}

async function list(asked: Asked): Promise<void> {
  const client = await service(asked);
  const { years, ...calendar } = await client.call<{
    readonly source: string;
    readonly years: readonly { year: number; says: string; holidays: number; worked: number }[];
  }>('GET', ROOT);
  const { requests } = await client.call<Notices>('GET', `${ROOT}/notices`);
  print(asked, { ...calendar, years, requests }, [
    ...years.map(({ year, says, holidays, worked }) => `${year}  放假${holidays}天  调休上班${worked}天  ${says}`),
    ...requests.map(requestLine),
  ]);
}

/** A year of the calendar, or a request by its id. */
async function show(asked: Asked): Promise<void> {
  const which = wordAt(asked, 0, '年份或申请的标识');
  const client = await service(asked);
  if (!/^\d{4}$/.test(which)) {
    const request = await client.call<ToldRequest>('GET', `${ROOT}/notices/${encodeURIComponent(which)}`);
    return print(asked, request, [requestLine(request), JSON.stringify(request, undefined, 2)]);
  }
  const year = await client.call<{
    readonly provisional: boolean;
    readonly says: string;
    readonly holidays: readonly { on: string; name: string; statute?: string }[];
    readonly worked: readonly string[];
  }>('GET', `${ROOT}/years/${which}`);
  print(asked, year, [
    `${year.says}${year.provisional ? '（暂定）' : ''}`,
    ...year.holidays.map(
      ({ on, name, statute }) => `  ${on}  ${statute === undefined ? '放假调休' : '法定节假日'}  ${name}`,
    ),
    ...year.worked.map((on) => `  ${on}  调休上班`),
  ]);
}
