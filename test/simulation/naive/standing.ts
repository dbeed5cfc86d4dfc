import { dayAfter } from './days.js';
import { bindingDecision } from './classes.js';
import { PRESSING } from './codes.js';
import { all, asked, asking, cannot, first, has, hasCome, inOrder, receipt, type Act } from './acts.js';

/** 办理状态: the furthest the case has come. */
export function statusOf(acts: readonly Act[]): string {
  const refused = cannot(acts) !== undefined && !has(acts, 'provision');
  if (has(acts, 'closure')) {
    if (parties(acts).every((party) => all(acts, 'archive').some(({ organ }) => organ === party))) return 'archived';
    return refused ? 'refusedClosed' : 'closed';
  }
  if (has(acts, 'feedback')) return 'fedBack';
  if (has(acts, 'provision')) return 'provided';
  if (refused) return 'cannotAssist';
  if (has(acts, 'step')) return 'inProgress';
  if (has(acts, 'acceptance')) return 'accepted';
  if (has(acts, 'delivery')) return 'delivered';
  if (has(acts, 'request')) return 'requested';
  return has(acts, 'forgoing') ? 'notRequested' : 'obstacleNoted';
}

/** The organs that have a file of the case: before a request there is one. */
export const parties = (acts: readonly Act[]): readonly string[] =>
  [asking(acts), asked(acts)].filter((party) => party !== undefined);

export function overlaysOf(acts: readonly Act[]): readonly string[] {
  const dispute = all(acts, 'classDispute').at(-1);
  const decision = bindingDecision(acts);
  const order = inOrder(acts);
  const settled = dispute && decision && order.indexOf(decision) > order.indexOf(dispute);
  return [
    ...(first(acts, 'request')?.said.emergency && !has(acts, 'formalities') ? ['formalitiesPending'] : []),
    ...(dispute && !settled ? ['classDisputed'] : []),
    ...(regimesAt(acts, undefined) > 0 ? ['emergencyRegime'] : []),
  ];
}

/**
 * 突发事件: how many regimes are in force on `day`, or once all is told. An end says the first day without one, and ends one
 * that began by then; where none did, it ends nothing.
 */
export function regimesAt(acts: readonly Act[], day: string | undefined): number {
  const turns = inOrder(acts).filter(({ kind }) => kind === 'regime' || kind === 'regimeEnd');
  const days = [...new Set(turns.map((turn) => turn.day))].filter((on) => day === undefined || on <= day);
  let inForce = 0;
  for (const on of days) {
    const that = turns.filter((turn) => turn.day === on);
    inForce += that.filter(({ kind }) => kind === 'regime').length;
    inForce = Math.max(0, inForce - that.filter(({ kind }) => kind === 'regimeEnd').length);
  }
  return inForce;
}

/** A duty that is owed and has no number of days. */
export interface Owed {
  readonly code: string;
  readonly since: string;
  readonly holder: string;
}

/**
 * What is owed at `now`, as far as the law says that it is to be done and what was done by then does not end it. `approvals` are the
 * extensions a 负责人 approved.
 */
export function owedAt(acts: readonly Act[], now: string, approvals: readonly Act[]): readonly Owed[] {
  const request = first(acts, 'request');
  const helper = request?.said.requested;
  if (!request || helper === undefined) return [];
  const asker = request.organ;
  const done = acts.filter((act) => hasCome(act, now));
  const owe = (code: string, since: Pick<Act, 'day' | 'moment'> | undefined, holder = helper): readonly Owed[] =>
    since && hasCome(since, now) ? [{ code, since: since.day, holder }] : [];
  return [
    ...owe('takingUp', isTaken(done) ? undefined : receipt(acts)),
    ...unconfirmed(done).flatMap((help) => owe('writtenFeedback', help)),
    ...owe('formalities', request.said.emergency && !has(done, 'formalities') ? request : undefined, asker),
    ...owe('termsNotice', unnoticed(request, done)),
    ...owe('materialsReturn', isOutstanding(acts, done) && !has(done, 'provision') ? cannot(acts) : undefined),
    ...owe('registration', isRegistered(done, asker) ? undefined : request, asker),
    ...owe('registration', isRegistered(done, helper) ? undefined : receipt(acts), helper),
    ...owe('archiving', isArchived(done, asker) ? undefined : first(acts, 'closure'), asker),
    ...owe('archiving', isArchived(done, helper) ? undefined : first(acts, 'closure'), helper),
    ...approvals.filter((approval) => !isFiled(done, approval)).flatMap((one) => owe('extensionFiling', one)),
  ];
}

/** 受理 (第十六条第二款): received, and nobody took it up, helped, or said that it cannot be. */
const isTaken = (done: readonly Act[]): boolean =>
  has(done, 'acceptance') || has(done, 'provision') || cannot(done) !== undefined;

/** 书面反馈 (第十四条): the help that no feedback of that day or later speaks of. */
const unconfirmed = (done: readonly Act[]): readonly Act[] =>
  all(done, 'provision').filter(({ day }) => !all(done, 'feedback').some((feedback) => feedback.day >= day));

/** 不能按期的告知 (第六条第二款): the day after the one that was asked for, where neither help nor any notice came. */
function unnoticed({ said: { requestedDueOn: wanted } }: Act, done: readonly Act[]): Pick<Act, 'day'> | undefined {
  return wanted === undefined || has(done, 'provision') || has(done, 'inability')
    ? undefined
    : { day: dayAfter(wanted) };
}

/** 台账 (第十五条): from the act that gives the organ something to enter. */
const isRegistered = (done: readonly Act[], organ: string): boolean =>
  all(done, 'entry').some((entry) => entry.organ === organ);

/** 归档 (第十五条第七项). */
const isArchived = (done: readonly Act[], organ: string): boolean =>
  all(done, 'archive').some((archive) => archive.organ === organ);

/** 报送备案 (第十六条第二款). */
const isFiled = (acts: readonly Act[], extension: Act): boolean =>
  all(acts, 'filing').some(({ said }) => said.extension === extension.event);

/** 提请复核: the service asks for one where a pressing request is told that no help can be given. */
export const callsForReview = (acts: readonly Act[], { kind, said }: Act): boolean =>
  kind === 'inability' &&
  said.kind === 'cannotProvide' &&
  (first(acts, 'request')?.said.grounds ?? []).some(({ code }) => PRESSING.includes(code));

/** 办结: what the case had not come to by then, for a person to look at. */
export function missingAtClose(acts: readonly Act[], approvals: readonly Act[]): readonly string[] {
  const request = first(acts, 'request');
  const closedOn = first(acts, 'closure')?.day;
  if (closedOn === undefined || !request) return [];
  const helped = has(acts, 'provision');
  const refused = !helped && cannot(acts) !== undefined;
  const entries = all(acts, 'entry').map(({ organ }) => organ);
  const missing: readonly (readonly [holds: boolean, code: string])[] = [
    [!helped && !refused, 'closedWithoutProvision'],
    [!helped && !has(acts, 'inability'), 'closedWithoutAnswer'],
    [!has(acts, 'feedback') && !refused, 'closedWithoutFeedback'],
    ...approvals.map((approval) => [approval.day <= closedOn && !isFiled(acts, approval), 'closedUnfiled'] as const),
    [request.said.emergency !== undefined && !has(acts, 'formalities'), 'closedWithoutFormalities'],
    [refused && outstanding(acts) > 0, 'closedUnreturned'],
    [!entries.includes(request.organ), 'closedUnregistered'],
    [!entries.includes(request.said.requested ?? ''), 'closedUnregistered'],
  ];
  return missing.flatMap(([holds, code]) => (holds ? [code] : []));
}

/** 资料未退清: of all that went over, whenever it did, what had not come back by then. */
const isOutstanding = (acts: readonly Act[], done: readonly Act[]): boolean =>
  outstanding(acts.filter((act) => act.kind !== 'return' || done.includes(act))) > 0;

/** 辅助和佐证资料: copies that went over and did not come back, of each kind by itself. */
export function outstanding(acts: readonly Act[]): number {
  let missing = 0;
  for (const handing of acts.filter(({ kind }) => kind === 'request' || kind === 'materials'))
    (handing.said.materials ?? []).forEach(({ copies }, item) => {
      const back = all(acts, 'return')
        .flatMap(({ said }) => said.returned ?? [])
        .filter((one) => one.handedOver === handing.event && one.item === item)
        .reduce((sum, one) => sum + one.copies, 0);
      missing += Math.max(0, copies - back);
    });
  return missing;
}
