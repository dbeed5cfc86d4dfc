import { derivedId, legalDate } from '#libs/kernel';
import {
  archivedBy,
  by,
  closed,
  delivered,
  entered,
  fedBack,
  happened,
  provided,
  requested,
  scene,
  step,
} from '../../../testing/src/specification/assistance-cases.js';
import { ruleTests, specification } from '../../../testing/src/specification/index.js';
import type { AssistanceFact } from '../facts/index.js';
import { assistance } from '../system.js';

/** 工作台账 (第十五条): of each side, item by item. */
const { given } = specification(assistance, scene);
const { flagging, owing } = ruleTests<AssistanceFact>(given);

const running = [requested('2026-09-17'), delivered('2026-09-18')] as const;
const both = [entered('2026-09-18', 'requesting'), entered('2026-09-18', 'requested')] as const;
const ours = (over: Parameters<typeof entered>[2]) => [...running, entered('2026-09-18', 'requesting', over)] as const;

describe('登记 (XM-15-0)', () => {
  owing('XM-15-0', 'registration')
    .when('nobody made an entry', ...running)
    .when('only one side did', ...running, both[0])
    .butNot('both did', ...running, ...both)
    .butNot('nothing reached the asked organ yet, and the asking one did', requested('2026-09-17'), both[0]);
  flagging('XM-15-0', 'closedUnregistered')
    .when('the case was closed without one side’s entry', ...running, both[0], closed('2026-09-30'))
    .butNot('both had made one', ...running, ...both, closed('2026-09-30'));
});

describe('应载事项 (XM-15-1 to XM-15-7)', () => {
  flagging('XM-15-1', 'registerLacks')
    .when('no day of a request or an agreement is entered', ...ours({ requestMadeOn: null }))
    .butNot('that of the agreement is', ...ours({ requestMadeOn: null, agreementSignedOn: legalDate('2026-01-05') }));
  const agreed = (on: string) => ({ agreementSignedOn: legalDate(on) });
  flagging('XM-15-1', 'registerDiffers')
    .when(
      'the sides enter agreements of different days',
      ...running,
      entered('2026-09-18', 'requesting', agreed('2026-01-05')),
      entered('2026-09-18', 'requested', agreed('2026-01-06')),
    )
    .when('the day entered is not that of the request', ...ours({ requestMadeOn: legalDate('2026-09-16') }))
    .butNot('it is', ...running, ...both);

  for (const [what, over] of Object.entries({
    'the name of the document': { documentName: null },
    'its number': { documentNumber: null },
    'whether it is supervised': { supervised: null },
  }))
    flagging('XM-15-2', 'registerLacks').when(`${what} is left out`, ...ours(over));
  flagging('XM-15-2', 'registerDiffers')
    .when('another number is entered', ...ours({ documentNumber: '厦市监函〔2026〕89号' }))
    .when('the sides disagree whether it is supervised', ...ours({ supervised: true }), both[1])
    .butNot('name, number and supervision agree', ...running, ...both);

  const subject = derivedId(['a counterparty']);
  const known = requested('2026-09-17', { counterparties: [{ subject, name: '某公司', address: '湖里区' }] });
  const listed = (over: object) => entered('2026-09-18', 'requesting', { counterparties: [{ subject, ...over }] });
  flagging('XM-15-3', 'registerLacks')
    .when('the counterparty of the case is not entered', known, both[0])
    .when('nobody knows how to reach it', known, listed({}))
    .butNot('what the case lacks is entered', known, listed({ contact: '0592-1' }))
    .butNot('the case has no counterparty', ...running, both[0]);

  const materials = [{ name: '许可证复印件', copies: 2 }];
  const handed = requested('2026-09-17', { materials });
  flagging('XM-15-4', 'registerLacks')
    .when('materials were handed over and are not entered', handed, both[0])
    .butNot('none were', ...running, both[0]);
  flagging('XM-15-4', 'registerDiffers')
    .when(
      'materials are entered and none were handed over',
      ...running,
      entered('2026-09-18', 'requesting', { materials }),
    )
    .when(
      'fewer copies are entered',
      handed,
      entered('2026-09-18', 'requesting', { materials: [{ name: '许可证', copies: 1 }] }),
    )
    .when(
      'fewer kinds are',
      handed,
      happened('AssistanceMaterialsHandedOver', '2026-09-21', { materials: [{ name: '照片', copies: 1 }] }),
      entered('2026-09-18', 'requesting', { materials: [{ name: '许可证', copies: 3 }] }),
    )
    .butNot('they are entered as handed over', handed, entered('2026-09-18', 'requesting', { materials }));

  flagging('XM-15-5', 'registerLacks')
    .when('nobody is named', ...ours({ responsible: null }))
    .when('somebody is named whom nobody can reach', ...ours({ responsible: [by.asker] }))
    .butNot('somebody is named with a contact', ...running, both[0]);
  flagging('XM-15-5', 'registerHandlerUnlisted')
    .when(
      'the case changed hands and the register did not',
      ...running,
      both[1],
      happened('AssistanceStepRecorded', '2026-09-21', { step: '核查', by: by.deputy }),
    )
    .butNot('the handler is the one entered', ...running, both[1], step('2026-09-21'))
    .butNot('the asking side lists its own people', ...running, both[0], step('2026-09-21'));

  const answered = [...running, provided('2026-09-28'), fedBack('2026-09-29')] as const;
  const later = (feedbackOn: string | null) =>
    entered('2026-09-30', 'requesting', {
      feedbackSummary: '许可有效',
      feedbackOn: feedbackOn === null ? null : legalDate(feedbackOn),
    });
  flagging('XM-15-6', 'registerLacks')
    .when('an entry after the feedback leaves its day out', ...answered, later(null))
    .when('the case was closed with nothing entered of it', ...answered, ...both, closed('2026-09-30'))
    .butNot('it is entered with its day', ...answered, later('2026-09-29'))
    .butNot('the last entry is older than the feedback', ...answered, ...both)
    .butNot('there was no feedback', ...running, ...both);
  flagging('XM-15-6', 'registerDiffers')
    .when('another day is entered', ...answered, later('2026-09-30'))
    .butNot('the day is that of the feedback', ...answered, later('2026-09-29'));

  owing('XM-15-7', 'archiving')
    .when('a closed case is not archived', ...running, closed('2026-09-30'))
    .when('one side has not archived it', ...running, closed('2026-09-30'), archivedBy('2026-10-08', 'requested'))
    .butNot(
      'both sides have',
      ...running,
      closed('2026-09-30'),
      archivedBy('2026-10-08', 'requested'),
      archivedBy('2026-10-08', 'requesting'),
    )
    .butNot('the case is open', ...running);
});
