import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { assistance, AssistanceModule } from '#libs/assistance';
import { organRegister, OrgansModule } from '#libs/organs';
import { lawCalendar, PublishingModule, rulePacks } from '#libs/publishing';
import { sampling, SamplingModule, supervision, SupervisionModule } from '#libs/supervision';
import {
  createApplication,
  PlatformModule,
  policyOf,
  questionController,
  questionsOf,
  type RoutePolicy,
} from '#libs/platform';
import { rawRequest, serviceHere, type ServiceHere } from '../service/index.js';

/* Every route there is, by hand. One that is not in this list, or has no policy and is not public, fails. */
const RECORDING: Readonly<Record<string, string>> = {
  'POST /v1/assistance': 'AssistanceRequested',
  'POST /v1/assistance/:id/receipts': 'AssistanceRequestDelivered',
  'POST /v1/assistance/:id/acceptances': 'AssistanceAccepted',
  'POST /v1/assistance/:id/steps': 'AssistanceStepRecorded',
  'POST /v1/assistance/:id/extensions': 'AssistanceExtensionApproved',
  'POST /v1/assistance/:id/filings': 'AssistanceExtensionFiled',
  'POST /v1/assistance/:id/provisions': 'AssistanceProvided',
  'POST /v1/assistance/:id/feedback': 'AssistanceFeedbackGiven',
  'POST /v1/assistance/:id/closure': 'AssistanceClosed',
  'POST /v1/assistance/obstacles': 'AssistanceObstacleNoted',
  'POST /v1/assistance/:id/obstacles': 'AssistanceObstacleNoted',
  'POST /v1/assistance/:id/forgoing': 'AssistanceRequestForgone',
  'POST /v1/assistance/:id/requests': 'AssistanceRequested',
  'POST /v1/assistance/:id/formalities': 'AssistanceFormalitiesMadeUp',
  'POST /v1/assistance/:id/materials': 'AssistanceMaterialsHandedOver',
  'POST /v1/assistance/:id/confirmations': 'AssistanceReceiptConfirmed',
  'POST /v1/assistance/:id/class-disputes': 'AssistanceClassDisputed',
  'POST /v1/assistance/:id/class-decisions': 'AssistanceClassDecided',
  'POST /v1/assistance/:id/inability-notices': 'AssistanceInabilityNotified',
  'POST /v1/assistance/:id/returns': 'AssistanceMaterialsReturned',
  'POST /v1/assistance/:id/no-materials': 'AssistanceNoMaterialsDeclared',
  'POST /v1/assistance/:id/register-entries': 'AssistanceRegisterEntryMade',
  'POST /v1/assistance/:id/archives': 'AssistanceArchived',
  'POST /v1/assistance/:id/emergency-regimes': 'AssistanceEmergencyRegimeActivated',
  'POST /v1/assistance/:id/emergency-regime-ends': 'AssistanceEmergencyRegimeEnded',
  'POST /v1/assistance/:id/assessments': 'AssistanceRuleAssessed',
  'POST /v1/assistance/:id/corrections': 'CorrectionRequested',
  'POST /v1/assistance/:id/corrections/:request/approval': 'FactCorrected',
  'POST /v1/assistance/:id/corrections/:request/refusal': 'CorrectionRefused',
  'POST /v1/assistance/:id/erasures': 'ErasureRequested',
  'POST /v1/assistance/:id/erasures/:request/approval': 'SubjectErased',
  'POST /v1/assistance/:id/erasures/:request/refusal': 'ErasureRefused',
  'POST /v1/supervision/:id/reminders': 'SupervisionReminderSent',
  'POST /v1/supervision/:id/orders': 'SupervisedHandlingOrdered',
  'POST /v1/supervision/:id/trackings': 'SupervisedHandlingTracked',
  'POST /v1/supervision/:id/handlings': 'AnomalyHandled',
  'POST /v1/supervision/:id/anomaly-assessments': 'AnomalyAssessed',
  'POST /v1/supervision/:id/dismissals': 'AnomalyDismissed',
  'POST /v1/supervision/:id/appeals': 'AnomalyAppealed',
  'POST /v1/supervision/:id/appeal-decisions': 'AnomalyAppealDecided',
  'POST /v1/supervision/:id/corrections': 'CorrectionRequested',
  'POST /v1/supervision/:id/corrections/:request/approval': 'FactCorrected',
  'POST /v1/supervision/:id/corrections/:request/refusal': 'CorrectionRefused',
  'POST /v1/supervision/:id/erasures': 'ErasureRequested',
  'POST /v1/supervision/:id/erasures/:request/approval': 'SubjectErased',
  'POST /v1/supervision/:id/erasures/:request/refusal': 'ErasureRefused',
  'POST /v1/law/calendar/notices': 'CalendarNoticeRequested',
  'POST /v1/law/calendar/approvals': 'CalendarNoticeApproved',
  'POST /v1/samples': 'SampleFrameFixed',
  'POST /v1/samples/:id/checks': 'SampleChecked',
  'POST /v1/law/calendar/refusals': 'CalendarNoticeRefused',
  'POST /v1/law/packs/:code/editions': 'RulePackEditionRequested',
  'POST /v1/law/packs/:code/approvals': 'RulePackEditionApproved',
  'POST /v1/law/packs/:code/refusals': 'RulePackEditionRefused',
  'POST /v1/register/organs': 'RegisterChangeRequested',
  'POST /v1/register/organ-changes': 'RegisterChangeRequested',
  'POST /v1/register/organ-abolitions': 'RegisterChangeRequested',
  'POST /v1/register/persons': 'RegisterChangeRequested',
  'POST /v1/register/renamings': 'RegisterChangeRequested',
  'POST /v1/register/accounts': 'RegisterChangeRequested',
  'POST /v1/register/account-ends': 'RegisterChangeRequested',
  'POST /v1/register/appointments': 'RegisterChangeRequested',
  'POST /v1/register/appointment-ends': 'RegisterChangeRequested',
  'POST /v1/register/delegations': 'DelegationChangeRequested',
  'POST /v1/register/delegation-ends': 'DelegationChangeRequested',
  'POST /v1/register/approvals': 'RegisterChangeApproved',
  'POST /v1/register/refusals': 'RegisterChangeRefused',
};
const READING = [
  'GET /v1/assistance',
  'GET /v1/assistance/:id',
  'GET /v1/assistance/:id/timeline',
  'GET /v1/assistance/:id/clocks',
  'GET /v1/assistance/:id/custody',
  'GET /v1/questions',
  'GET /v1/questions/overdue',
  'GET /v1/questions/due',
  'GET /v1/questions/request-timeliness',
  'GET /v1/questions/extensions',
  'GET /v1/questions/missing-formalities',
  'GET /v1/questions/refusals',
  'GET /v1/questions/unnamed-handlers',
  'GET /v1/questions/register-differences',
  'GET /v1/questions/open-flags',
  'GET /v1/questions/held',
  'GET /v1/questions/found-anomalies',
  'GET /v1/questions/organ-quarter',
  'GET /v1/questions/open-anomalies',
  'GET /v1/questions/overdue-orders',
  'GET /v1/questions/dismissed-anomalies',
  'GET /v1/questions/unchecked-samples',
  'GET /v1/samples',
  'GET /v1/samples/:id',
  'GET /v1/samples/:id/timeline',
  'GET /v1/samples/:id/frame',
  'GET /v1/samples/:id/commands/:command',
  'GET /v1/assistance/:id/documents/:digest',
  'GET /v1/assistance/:id/difference',
  'GET /v1/assistance/:id/commands/:command',
  'GET /v1/attempts',
  'GET /v1/supervision',
  'GET /v1/supervision/:id',
  'GET /v1/supervision/:id/timeline',
  'GET /v1/supervision/:id/commands/:command',
  'GET /v1/law/codes',
  'GET /v1/law/roles',
  'GET /v1/law/due',
  'GET /v1/law/calendar',
  'GET /v1/law/calendar/years/:year',
  'GET /v1/law/calendar/notices',
  'GET /v1/law/calendar/notices/:id',
  'GET /v1/law/calendar/commands/:command',
  'GET /v1/law/packs',
  'GET /v1/law/packs/:code',
  'GET /v1/law/packs/:code/editions/:id',
  'GET /v1/law/packs/:code/commands/:command',
  'GET /v1/me',
  'GET /v1/organs',
  'GET /v1/organs/:id',
  'GET /v1/persons',
  'GET /v1/appointments',
  'GET /v1/register',
  'GET /v1/register/changes',
  'GET /v1/register/changes/:id',
  'GET /v1/register/commands/:command',
];
const OPERATING: Readonly<Record<string, string>> = {
  'POST /v1/operations/rebuilds': 'operator',
  'POST /v1/operations/backups': 'operator',
  'GET /v1/operations/quarantine': 'operator,auditor',
  'GET /v1/simulation/clock': 'clockKeeper',
  'POST /v1/simulation/clock': 'clockKeeper',
};
const DEPOSITING: Readonly<Record<string, string>> = { 'POST /v1/documents': 'head,deputyHead,handler,clerk' };
/** Needs no token: health, what the interface is, and (on loopback, never in production) the development issuer. */
const PUBLIC = [
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /openapi.json',
  'POST /development/tokens',
];
const TOKEN_NEEDED = [...Object.keys(RECORDING), ...READING, ...Object.keys(OPERATING), ...Object.keys(DEPOSITING)];
const isPage = (route: string): boolean => /^GET \/docs([/-]|$)/.test(route);

let here: ServiceHere;
let app: NestFastifyApplication;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api', KESU_MODE: 'simulation' });
  const { runtime } = here.service;
  const packs = rulePacks({});
  const systems = [
    OrgansModule,
    PublishingModule.of(packs),
    AssistanceModule,
    SupervisionModule,
    SamplingModule.of([]),
  ];
  const controllers = [
    questionController([...questionsOf(assistance), ...questionsOf(supervision), ...questionsOf(sampling)]),
  ];
  const module = { module: class Served {}, imports: [PlatformModule.on(runtime), ...systems], controllers };
  ({ app } = await createApplication(runtime, module, [
    organRegister,
    lawCalendar,
    packs,
    assistance,
    supervision,
    sampling,
  ]));
}, 60_000);

afterAll(async () => {
  await app.close();
  await here.end();
}, 60_000);

/** What the HTTP server itself would route, HEAD aside: its printed tree has the rest of a path below its beginning. */
function routes(): string[] {
  const printed = app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
  const above: string[] = [];
  return printed.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    above.splice(indent.length / 4, Infinity, part);
    const path = above.join('');
    return methods.split(', ').flatMap((method) => (method === '' || method === 'HEAD' ? [] : [`${method} ${path}`]));
  });
}

/** The policy of every handler of every controller, by its name. */
function policies(): RoutePolicy[] {
  const found: RoutePolicy[] = [];
  for (const module of app.get(ModulesContainer).values())
    for (const { metatype } of module.controllers.values()) {
      const prototype = (metatype as { prototype: object } | null)?.prototype ?? {};
      for (const { value } of Object.values(Object.getOwnPropertyDescriptors(prototype))) {
        const policy = typeof value === 'function' ? policyOf(value as object) : undefined;
        if (policy) found.push(policy);
      }
    }
  return found;
}

it('are those of this list', () => {
  const listed = [...TOKEN_NEEDED, ...PUBLIC];
  expect(
    routes()
      .filter((route) => !isPage(route))
      .sort(),
  ).toEqual(listed.sort());
});

it('have a policy each: the fact it records, that it reads, or the role it needs', () => {
  const facts = policies().flatMap(({ does, fact }) => (does === 'record' ? [fact] : []));
  const roles = policies().flatMap(({ does, roles }) => (does === 'operate' ? [roles?.join()] : []));
  expect(facts.sort()).toEqual(Object.values(RECORDING).sort());
  expect(roles.sort()).toEqual(Object.values(OPERATING).sort());
  const bringers = policies().flatMap(({ does, roles }) => (does === 'deposit' ? [roles?.join()] : []));
  expect(bringers).toEqual(Object.values(DEPOSITING));
  expect(policies().filter(({ does }) => does === 'read')).toHaveLength(READING.length);
});

it('need a token that is true, but for the public ones', async () => {
  for (const route of TOKEN_NEEDED) {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(/:\w+/g, '11111111-2222-4333-8444-555555555555');
    const content =
      method === 'POST' ? { headers: { 'content-type': 'application/json' }, body: '{}' } : { headers: {} };
    for (const [authorization, code] of [
      [undefined, 'TOKEN_MISSING'],
      ['Bearer a.b.c', 'TOKEN_INVALID'],
    ] as const) {
      const headers = { ...content.headers, ...(authorization === undefined ? {} : { authorization }) };
      const { status, body } = await rawRequest(here.url, { method, path, ...content, headers });
      expect([route, status, body.code]).toEqual([route, 401, code]);
    }
  }
});

it.each(Object.entries(OPERATING))('%s is for %s alone', async (route, role) => {
  const [method = '', path = ''] = route.split(' ');
  const holders: Readonly<Record<string, string>> = {
    operator: 'luo.operator',
    auditor: 'xie.auditor',
    clockKeeper: 'zhong.clock',
  };
  for (const account of [
    'chen.handler',
    'huang.head',
    'yang.supervisor',
    'xie.auditor',
    'luo.operator',
    'zhong.clock',
  ]) {
    const headers = { ...(await here.as(account).authorization()), 'content-type': 'application/json' };
    const { status, body } = await rawRequest(here.url, {
      method,
      path,
      headers,
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
    const mayDo = role.split(',').some((one) => holders[one] === account);
    if (!mayDo) expect([account, status, body.code]).toEqual([account, 403, 'NOT_ENTITLED']);
    else expect([account, status]).not.toEqual([account, 403]);
  }
});
