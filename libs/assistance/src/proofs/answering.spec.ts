import { legalDate, type Occurrence } from '#libs/kernel';
import {
  by,
  closed,
  delivered,
  fedBack,
  happened,
  obstacle,
  organs,
  provided,
  requested,
  scene,
  step,
  unable,
} from '../../../testing/src/specification/assistance-cases.js';
import { recordedAs, ruleTests, specification } from '../../../testing/src/specification/index.js';
import * as commands from '../commands/index.js';
import type { AssistanceFact } from '../facts/index.js';
import { assistance } from '../system.js';

/** 第六条第二款、第十二至十四条、第二十二条: what the requested organ answers with. */
const { given } = specification(assistance, scene);
const { flagging, owing } = ruleTests<AssistanceFact>(given);

const asked = requested('2026-09-17');
const running = [asked, delivered('2026-09-18')] as const;
const helped = [...running, provided('2026-09-28')] as const;

describe('告知与退回 (第六条第二款)', () => {
  flagging('XM-6-4', 'inabilityUnwritten')
    .when('the notice has no number', ...running, unable('2026-09-21', { documentNumber: null }))
    .butNot('it is written, reasoned and coded', ...running, unable('2026-09-21'))
    .butNot('help was given instead', ...helped);
  flagging('XM-6-4', 'inabilityUnreasoned')
    .when('it gives no reason', ...running, unable('2026-09-21', { reason: null }))
    .butNot('it gives one', ...running, unable('2026-09-21'));
  flagging('XM-6-4', 'inabilityUncoded')
    .when('it names no cause', ...running, unable('2026-09-21', { cause: null, particulars: null }))
    .butNot('only the date cannot be met', ...running, unable('2026-09-21', { kind: 'date', cause: null }));
  flagging('XM-6-4', 'openCause')
    .when('the cause is another than the text lists', ...running, unable('2026-09-21', { cause: 'other' }))
    .butNot('it is a listed one', ...running, unable('2026-09-21'));
  flagging('XM-6-4', 'closedWithoutAnswer')
    .when('the case was closed without any answer', ...running, closed('2026-09-30'))
    .butNot('help was given before', ...helped, fedBack('2026-09-29'), closed('2026-09-30'));

  const wished = requested('2026-09-17', { requestedDueOn: legalDate('2026-09-25') });
  owing('XM-6-4', 'termsNotice')
    .when('the day asked for has passed without help or notice', wished, delivered('2026-09-18'))
    .butNot('a notice said that it cannot be met', wished, unable('2026-09-21', { kind: 'date' }))
    .butNot('no day was asked for', ...running);

  const [request] = recordedAs<AssistanceFact>([asked], scene);
  const withMaterials = requested('2026-09-17', { materials: [{ name: '许可证复印件', copies: 2 }] });
  const returned = (copies: number, item = 0) =>
    happened('AssistanceMaterialsReturned', '2026-09-22', {
      returned: [{ handedOver: request!.id, item, copies }],
    });
  const refusedWith = [withMaterials, delivered('2026-09-18'), unable('2026-09-21')] as const;
  owing('XM-6-5', 'materialsReturn')
    .when('nothing has come back', ...refusedWith)
    .when('one copy of two has', ...refusedWith, returned(1))
    .butNot('everything has', ...refusedWith, returned(2))
    .butNot('nothing was handed over', ...running, unable('2026-09-21'))
    .butNot('help was given', withMaterials, delivered('2026-09-18'), provided('2026-09-28'))
    .butNot('help was given after all', ...refusedWith, returned(1), provided('2026-09-28'));
  flagging('XM-6-5', 'returnUnmatched')
    .when('more came back than went over', ...refusedWith, returned(3))
    .when('something came back that nobody handed over', ...refusedWith, returned(1, 7))
    .butNot('what came back is what went over', ...refusedWith, returned(2));
  flagging('XM-6-5', 'noMaterialsContradicted')
    .when(
      'none is said to have been handed over',
      ...refusedWith,
      happened('AssistanceNoMaterialsDeclared', '2026-09-22', {}),
    )
    .butNot('none was', ...running, unable('2026-09-21'), happened('AssistanceNoMaterialsDeclared', '2026-09-22', {}));
  flagging('XM-6-5', 'closedUnreturned')
    .when('a refused case was closed before', ...refusedWith, closed('2026-09-30'))
    .butNot('all was back by then', ...refusedWith, returned(2), closed('2026-09-30'))
    .butNot(
      'help was given after all',
      ...refusedWith,
      returned(1),
      provided('2026-09-28'),
      fedBack('2026-09-29'),
      closed('2026-09-30'),
    );
});

describe('可以不协助、不得协助 (第十二、十三条)', () => {
  const asks: Readonly<Record<string, readonly string[]>> = {
    'XM-12-1': [],
    'XM-12-2': ['justification'],
    'XM-12-3': ['justification', 'alternativeOrgan'],
    'XM-12-4': ['justification', 'impairedDuty'],
    'XM-12-5': ['resources'],
    'XM-13-1': ['violatedLaw'],
    'XM-13-2': ['harmedInterest'],
  };
  const told = (names: readonly string[]) => names.map((name) => ({ name, text: '已说明' }));
  const causes = Object.entries(asks);

  it.each(causes)('%s is a cause a notice may give', (cause, names) => {
    const occurredAt: Occurrence = { on: legalDate('2026-09-21') };
    given(...running)
      .when(commands.NotifyInability, { occurredAt, kind: 'cannotProvide', cause, particulars: told(names) })
      .records('AssistanceInabilityNotified', { cause })
      .cites(cause);
  });

  for (const [cause, names] of causes.filter(([, { length }]) => length > 0))
    flagging(cause, 'causeUnexplained')
      .when('it is given without what it asks to be told', ...running, unable('2026-09-21', { cause, particulars: [] }))
      .butNot('it is explained', ...running, unable('2026-09-21', { cause, particulars: told(names) }))
      .butNot('another cause is given', ...running, unable('2026-09-21', other(cause)));

  function other(cause: string) {
    const [code, names] = cause === 'XM-12-5' ? ['XM-12-2', ['justification']] : ['XM-12-5', ['resources']];
    return { cause: code, particulars: told(names) };
  }

  const procedural = (violatedRule: string | null) => unable('2026-09-21', { cause: 'XM-12-1', violatedRule });
  const spoken = [requested('2026-09-17', { form: 'agreed' }), delivered('2026-09-18')] as const;
  flagging('XM-12-1', 'breachNotCited')
    .when('no rule of procedure is named', ...running, procedural(null))
    .butNot('one is, and the record shows its breach', ...spoken, procedural('XM-7-1'))
    .butNot('one is that only a person can judge', ...running, procedural('XM-6-1'))
    .butNot('another cause is given', ...running, unable('2026-09-21'));
  flagging('XM-12-1', 'citedRuleUnknown').when('the rule named is none', ...running, procedural('XM-99-9'));
  const late = [obstacle('2026-08-03'), ...running] as const;
  flagging('XM-12-1', 'citedBreachUnseen')
    .when('the record shows no breach of it', ...running, procedural('XM-7-1'))
    .when('its limit was not run by', ...running, procedural('XM-16-1'))
    .butNot('the clock of it was stopped late', ...late, procedural('XM-16-1'));

  for (const cause of ['XM-13-1', 'XM-13-2'])
    flagging(cause, 'providedThoughForbidden')
      .when(
        'help was given although the notice named it',
        ...running,
        unable('2026-09-21', { cause, particulars: told(asks[cause] ?? []) }),
        provided('2026-09-28'),
      )
      .butNot('no help was given', ...running, unable('2026-09-21', { cause, particulars: told(asks[cause] ?? []) }))
      .butNot(
        'help was given after a notice that names a cause of 第十二条',
        ...running,
        unable('2026-09-21'),
        provided('2026-09-28'),
      );
});

describe('办理与反馈 (第十四条)', () => {
  flagging('XM-14-1', 'handlerNotNamed')
    .when('help was given and no act names a person', ...running, provided('2026-09-28', { by: null }))
    .butNot('a step does', ...running, step('2026-09-21'), provided('2026-09-28', { by: null }));
  flagging('XM-14-1', 'handlerNotOfOrgan')
    .when(
      'a step is by somebody who held no post there',
      ...running,
      happened('AssistanceStepRecorded', '2026-09-21', { step: '核查', by: { ...by.asker, organ: organs.ecology } }),
    )
    .when(
      'an acceptance is by an officer of the organ that asked',
      ...running,
      happened('AssistanceAccepted', '2026-09-21', { by: by.asker }),
    )
    .when('help is by somebody who no longer did', ...running, provided('2026-09-28', { by: by.formerHead }))
    .butNot('they held one on that day', ...running, step('2026-09-21'), provided('2026-09-28'));
  flagging('XM-14-1', 'closedWithoutProvision')
    .when('the case was closed without help', ...running, closed('2026-09-30'))
    .butNot('help was given before', ...helped, closed('2026-09-30'))
    .butNot('it was refused', ...running, unable('2026-09-21'), closed('2026-09-30'));

  owing('XM-14-2', 'writtenFeedback')
    .when('help was given and not fed back', ...helped)
    .butNot('it was', ...helped, fedBack('2026-09-28'))
    .butNot('help was refused', ...running, unable('2026-09-21'));
  flagging('XM-14-2', 'feedbackIncomplete')
    .when('the course is left out', ...helped, fedBack('2026-09-29', { course: null }))
    .butNot('a second letter adds it', ...helped, fedBack('2026-09-29', { course: null }), fedBack('2026-09-30'));
  flagging('XM-14-2', 'feedbackUnnumbered')
    .when('it has no number', ...helped, fedBack('2026-09-29', { documentNumber: null }))
    .butNot('it has one', ...helped, fedBack('2026-09-29'));
  flagging('XM-14-2', 'closedWithoutFeedback')
    .when('the case was closed without it', ...helped, closed('2026-09-30'))
    .butNot('it was refused', ...running, unable('2026-09-21'), closed('2026-09-30'));

  it('XM-14-2: feedback that says nothing is none', () => {
    given(...helped)
      .when(commands.GiveFeedback, { occurredAt: { on: legalDate('2026-09-29') } })
      .refuses('FEEDBACK_EMPTY', undefined, 'XM-14-2');
  });
});

describe('以谁的名义 (第二十二条)', () => {
  flagging('XM-22-2', 'signatoryNotParty')
    .when(
      'help was given in the name of a third organ',
      ...running,
      provided('2026-09-28', { signedInNameOf: organs.audit }),
    )
    .butNot('it was in the name of the organ asked', ...helped)
    .butNot(
      'it was in the name of the organ that asked',
      ...running,
      provided('2026-09-28', { signedInNameOf: organs.market }),
    );
  flagging('XM-22-2', 'signatoryUnknown')
    .when('nothing says in whose name help was given', ...running, provided('2026-09-28', { signedInNameOf: null }))
    .butNot('it does', ...helped)
    .butNot('it was in another organ’s name', ...running, provided('2026-09-28', { signedInNameOf: organs.market }));
});
