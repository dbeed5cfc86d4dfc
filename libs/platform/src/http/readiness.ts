import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { ledgerStream } from '../ledger/index.js';
import type { OpenedLog, Troubles, Viewing } from '../service/index.js';
import type { Settings } from '../settings/index.js';
import type { Readiness } from './health.controller.js';

/** How long log and read models may take to answer. */
const ANSWER_MS = 2_000;

/** What is said of a part that cannot serve, to whoever looks after the service. */
const FAULTS = {
  log: '事件日志：2 秒内没有读出账本的第一个事件',
  clock: '时钟：与其他时钟相差超过 2 秒，暂停受理',
  law: '规则：尚无规则包',
  views: '读模型：数据库 2 秒内没有应答',
  replaced: '读模型：定义已被另一版本的程序变更，本进程已停止更新',
  stopped: '读模型：更新已中断，正在重新开始',
} as const;

/** What does not keep the others from being served. Which streams they are is for who operates or audits. */
const WARNINGS = {
  quarantined: (count: number) => `隔离：${count} 个事件流有本程序无法解读的事件`,
  alarms: (count: number) => `完整性告警：${count} 个事件流曾被改动或已损坏，停止读写`,
} as const;

/** The parts of a runtime that are looked at. */
export interface Watched {
  readonly settings: Pick<Settings, 'ledger' | 'mode' | 'roles'>;
  readonly log: { readonly log: Pick<EventLog, 'readStream'>; readonly health: OpenedLog['health'] };
  readonly law: { readonly book: LawBook };
  readonly clockWatch: { readonly agrees: boolean; readonly worstMs: number };
  readonly viewing: Pick<Viewing, 'answers' | 'feeding'>;
  readonly troubles: Pick<Troubles, 'now'>;
}

/**
 * Asks each part whether it can serve: the log reads the ledger's first event, the read models' database answers where
 * this process reads it, the projector runs where this process has one. Anybody may ask, so what comes back names no
 * address and no account, and however many ask at once, each part is asked one thing at a time.
 */
export function readinessOf({ settings, log, law, clockWatch, viewing, troubles }: Watched): () => Promise<Readiness> {
  const { ledger } = settings;
  const logAnswers = oneAtATime(async () => (await log.log.readStream(ledgerStream(ledger), 0, 1)).length > 0);
  const viewsAnswer = viewing.answers && oneAtATime(viewing.answers);
  return async () => {
    const [hasLog, hasViews] = await Promise.all([logAnswers(), viewsAnswer?.() ?? true]);
    const { ended, ...lag } = viewing.feeding() ?? {};
    const { editions, calendar, organs } = law.book;
    const faults = [
      ...(hasLog ? [] : [FAULTS.log]),
      ...(clockWatch.agrees ? [] : [FAULTS.clock]),
      ...(editions.length > 0 ? [] : [FAULTS.law]),
      ...(hasViews ? [] : [FAULTS.views]),
      ...(ended ? [FAULTS[ended]] : []),
    ];
    const { quarantined, alarms } = troubles.now;
    return {
      faults,
      warnings: [
        ...(quarantined.length > 0 ? [WARNINGS.quarantined(quarantined.length)] : []),
        ...(alarms.length > 0 ? [WARNINGS.alarms(new Set(alarms.map(({ stream }) => stream)).size)] : []),
      ],
      parts: {
        ledger: { name: ledger, mode: settings.mode, roles: [...settings.roles] },
        log: { answers: hasLog, ...log.health() },
        clock: { agrees: clockWatch.agrees, worstSkewMs: Math.round(clockWatch.worstMs) },
        law: { packs: editions.length, calendar: calendar.version, organs: organs.organs.size },
        ...(viewsAnswer ? { views: { answers: hasViews, ...lag } } : {}),
      },
    };
  };
}

/** Whether what is asked is so, and said in time. It is asked anew only once the last question came to an end. */
function oneAtATime(ask: () => Promise<boolean>): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined;
  return () => {
    asking ??= ask()
      .catch(() => false)
      .finally(() => (asking = undefined));
    return Promise.race([asking, sleep(ANSWER_MS, false, { ref: false })]);
  };
}
