import type { Uuid } from '#libs/kernel';
import { closureOf, deliveryOf, markOf, SIDES, type DataOf, type Kept } from '../case-state.js';
import type { Side } from '../facts/index.js';
import { SIDE_NAMES } from '../words.js';
import type { AskedCase } from './check.js';
import { duties, finding, flags } from './check.js';

/** What the register of one side says: its entries together, of each field the one made last. */
interface Register {
  readonly side: Side;
  readonly holder: Uuid;
  readonly entries: readonly Kept<'AssistanceRegisterEntryMade'>[];
  readonly says: Omit<DataOf['AssistanceRegisterEntryMade'], 'side' | 'judged'>;
}

/** Of the sides that made an entry. */
function registersOf({ facts, request }: Pick<AskedCase, 'facts' | 'request'>): readonly Register[] {
  return SIDES.flatMap((side) => {
    const entries = facts.AssistanceRegisterEntryMade.filter(({ data }) => data.side === side);
    const [first] = entries;
    if (!first) return [];
    return [
      {
        side,
        holder: request.data[side],
        entries,
        says: entries.reduce((says, { data }) => ({ ...says, ...data }), first.data),
      },
    ];
  });
}

const lacking = (
  { side, holder, entries }: Register,
  missing: readonly (readonly [what: string, given: unknown])[],
) => {
  const names = missing.filter(([, given]) => given === undefined).map(([what]) => what);
  return names.length > 0
    ? [finding('registerLacks', entries, { side: SIDE_NAMES[side], missing: names.join('、') }, { holder })]
    : [];
};

type Compared = string | number | undefined;

/** A field that both have and that differs; one that is not there is lacking, not different. */
const differing = (register: Register, what: string, here: Compared, there: Compared) =>
  here !== undefined && there !== undefined && here !== there
    ? [
        finding(
          'registerDiffers',
          register.entries,
          { side: SIDE_NAMES[register.side], what, here, there },
          { holder: register.holder, item: what },
        ),
      ]
    : [];

/** 双方及时登记台账 (XM-15-0, 第十五条): from the request, and from its delivery, until the side made its first entry. */
export const registered = duties(({ facts, request }) => {
  const { act: delivery } = deliveryOf(facts);
  const begins: readonly (readonly [Side, Uuid, Kept | undefined])[] = [
    ['requesting', request.data.requesting, request],
    ['requested', request.data.requested, delivery],
  ];
  return begins.flatMap(([side, holder, since]) => {
    const entry = facts.AssistanceRegisterEntryMade.find(({ data }) => data.side === side);
    return since
      ? [
          {
            code: 'registration' as const,
            since: markOf(since),
            holder,
            ...(entry && { endedBy: markOf(entry) }),
          },
        ]
      : [];
  });
});

/** 办结时一方未登记台账 (XM-15-0). */
export const closedRegistered = flags((of) => {
  const closure = closureOf(of);
  const made = registersOf(of).map(({ side }) => side);
  return closure
    ? SIDES.filter((side) => !made.includes(side)).map((side) =>
        finding('closedUnregistered', [closure], { side: SIDE_NAMES[side] }, { holder: of.request.data[side] }),
      )
    : [];
});

/** 日期 (XM-15-1, 第十五条（一）): the agreement's or the request's, the latter as the case has it. */
export const registerDates = flags((of) =>
  registersOf(of).flatMap((register, index, [first]) => {
    const { requestMadeOn, agreementSignedOn } = register.says;
    return [
      ...(index > 0 ? differing(register, '协议书订立日期', agreementSignedOn, first?.says.agreementSignedOn) : []),
      ...lacking(register, [['协议书订立日期或者请求提出日期', requestMadeOn ?? agreementSignedOn]]),
      ...differing(register, '请求提出日期', requestMadeOn, of.request.on),
    ];
  }),
);

/** 材料名称、文号、是否督办 (XM-15-2, 第十五条（二）). An urgent request has its number once its formalities are made up. */
export const registerDocuments = flags((of) => {
  const registers = registersOf(of);
  const number = of.request.data.documentNumber ?? of.facts.AssistanceFormalitiesMadeUp[0]?.data.documentNumber;
  const [first, second] = registers;
  const supervised = (register: Register | undefined): Compared =>
    register?.says.supervised === undefined ? undefined : register.says.supervised ? '是' : '否';
  return [
    ...registers.flatMap((register) => [
      ...lacking(register, [
        ['书面材料名称', register.says.documentName],
        ['编号或者文号', register.says.documentNumber],
        ['是否督办', register.says.supervised],
      ]),
      ...differing(register, '编号或者文号', register.says.documentNumber, number),
    ]),
    ...(second ? differing(second, '是否督办', supervised(second), supervised(first)) : []),
  ];
});

/** 行政相对人 (XM-15-3, 第十五条（三）): each one the case names, with name, address and contact, where one is involved. */
export const registerCounterparties = flags((of) => {
  const known = of.request.data.counterparties ?? [];
  return registersOf(of).flatMap((register) => {
    const listed = register.says.counterparties ?? [];
    const incomplete = known.filter((counterparty) => {
      const entry = listed.find(({ subject }) => subject === counterparty.subject);
      const has = (field: 'name' | 'address' | 'contact'): boolean =>
        (entry?.[field] ?? counterparty[field]) !== undefined;
      return !entry || !(has('name') && has('address') && has('contact'));
    });
    return incomplete.length > 0
      ? lacking(register, [[`${incomplete.length}名行政相对人的名称、地址或者联系方式`, undefined]])
      : [];
  });
});

/** 辅助和佐证资料 (XM-15-4, 第十五条（四）): kinds and copies, as they were handed over. */
export const registerMaterials = flags((of) => {
  const handed = [...of.facts.AssistanceRequested, ...of.facts.AssistanceMaterialsHandedOver].flatMap(
    ({ data }) => data.materials ?? [],
  );
  const copiesOf = (materials: readonly { readonly copies: number }[]): number =>
    materials.reduce((sum, { copies }) => sum + copies, 0);
  return registersOf(of).flatMap((register) => {
    const { materials } = register.says;
    if (handed.length === 0) return differing(register, '资料份数', materials && copiesOf(materials), 0);
    return [
      ...lacking(register, [['资料种类、数量', materials]]),
      ...differing(register, '资料种类数', materials?.length, handed.length),
      ...differing(register, '资料份数', materials && copiesOf(materials), copiesOf(handed)),
    ];
  });
});

/** 负责人员 (XM-15-5, 第十五条（五）): named with contact, and named again when the case changed hands. */
export const registerOfficers = flags((of) => {
  const handler = of.facts.AssistanceStepRecorded.at(-1)?.data.by.person;
  return registersOf(of).flatMap((register) => {
    const { responsible = [] } = register.says;
    const missing = responsible.length === 0 ? '负责人员及联系方式' : '负责人员的联系方式';
    const reachable = responsible.length > 0 && responsible.every(({ contact }) => contact !== undefined);
    const changed =
      register.side === 'requested' &&
      responsible.length > 0 &&
      handler !== undefined &&
      responsible.every(({ person }) => person !== handler);
    return [
      ...lacking(register, [[missing, reachable ? responsible : undefined]]),
      ...(changed
        ? [finding('registerHandlerUnlisted', register.entries, undefined, { holder: register.holder })]
        : []),
    ];
  });
});

/** 结果反馈 (XM-15-6, 第十五条（六）): once feedback was given and the side made an entry since, or the case is closed. */
export const registerFeedback = flags((of) => {
  const feedback = of.facts.AssistanceFeedbackGiven;
  const [given] = feedback;
  if (!given) return [];
  const closed = closureOf(of) !== undefined;
  return registersOf(of)
    .filter(({ entries }) => closed || entries.some(({ on }) => on >= given.on))
    .flatMap((register) => {
      const { feedbackSummary, feedbackOn } = register.says;
      const there = feedback.find(({ on }) => on === feedbackOn)?.on ?? given.on;
      return [
        ...lacking(register, [
          ['结果反馈情况', feedbackSummary],
          ['反馈日期', feedbackOn],
        ]),
        ...differing(register, '反馈日期', feedbackOn, there),
      ];
    });
});

/** 归档 (XM-15-7, 第十五条（七）): by each side, from the close on. It has no number of days: age only. */
export const archived = duties(({ facts, request }) => {
  const closure = closureOf({ facts });
  if (!closure) return [];
  return SIDES.map((side) => {
    const archive = facts.AssistanceArchived.find(({ data }) => data.side === side);
    return {
      code: 'archiving' as const,
      since: markOf(closure),
      holder: request.data[side],
      ...(archive && { endedBy: markOf(archive) }),
    };
  });
});
