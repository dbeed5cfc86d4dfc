import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { derivedId, schemaOf, type Command, type CommandType } from '#libs/kernel';
import * as commands from './commands/index.js';
import { assistance } from './system.js';

const id = derivedId(['an id']);
const by = { person: id, organ: id, post: '局长' };
const on = { occurredAt: { on: '2026-09-18' } };

const faultsOf = (type: CommandType, body: object): string[] =>
  validateSync(plainToInstance<Command, object>(type, body), { whitelist: true, forbidNonWhitelisted: true }).map(
    ({ property }) => property,
  );

const least: readonly (readonly [CommandType, object])[] = [
  [commands.RequestAssistance, { ...on, requested: id, matter: '请协助', form: 'written' }],
  [commands.RecordDelivery, on],
  [commands.AcceptRequest, on],
  [commands.RecordStep, { ...on, by, step: '核查' }],
  [commands.ApproveExtension, { ...on, by, circumstance: '检测未完成' }],
  [commands.FileExtension, { ...on, extension: id, filingNumber: '备7' }],
  [commands.ProvideAssistance, { ...on, performedScope: '档案' }],
  [commands.GiveFeedback, on],
  [commands.CloseCase, on],
  [commands.NoteObstacle, { ...on, obstacle: '无法取得档案' }],
  [commands.ForgoRequest, { ...on, reason: '已自行取得' }],
  [commands.MakeUpFormalities, { ...on, documentNumber: '函3号' }],
  [commands.HandOverMaterials, { ...on, materials: [{ name: '举报信', copies: 1 }] }],
  [commands.ConfirmReceipt, on],
  [commands.DisputeClass, { ...on, matterClasses: ['opinion'], reason: '需出具意见' }],
  [commands.DecideClass, { ...on, matterClasses: ['opinion'], deciders: [id] }],
  [commands.NotifyInability, { ...on, kind: 'cannotProvide' }],
  [commands.ReturnMaterials, { ...on, returned: [{ handedOver: id, item: 0, copies: 1 }] }],
  [commands.DeclareNoMaterials, on],
  [commands.RequestReview, { ...on, about: id }],
  [commands.EnterRegister, { ...on, entryNumber: '台账1' }],
  [commands.ArchiveCase, { ...on, location: '档案室', archiveNumber: '卷1' }],
  [commands.ActivateEmergencyRegime, { ...on, activationDocument: '应急1号' }],
  [commands.EndEmergencyRegime, on],
  [commands.AssessRule, { ...on, rule: 'XM-2-3', about: [id], outcome: 'met', reason: '在职权之内' }],
];

it('has a least body here for every command of the table', () => {
  const listed = new Set(least.map(([type]) => type));
  expect(assistance.decider.decisions.filter(({ command }) => !listed.has(command))).toEqual([]);
});

it.each<[CommandType, object, string]>([
  [commands.NotifyInability, { kind: 'unwilling' }, 'kind'],
  [commands.AssessRule, { rule: 'XM-2-3', about: [], outcome: 'met', reason: '无' }, 'about'],
  [commands.AssessRule, { rule: 'XM-2-3', about: [id, id], outcome: 'met', reason: '重' }, 'about'],
  [commands.AssessRule, { rule: 'XM-2-3', about: [id], outcome: 'guilty', reason: '词' }, 'outcome'],
  [commands.CloseCase, { documents: [{ digest: 'A'.repeat(64), name: '函' }] }, 'documents'],
  [commands.CloseCase, { documents: [{ digest: 'a'.repeat(64), name: '\u202efdp.exe' }] }, 'documents'],
])('%p does not take %j: %s', (type, body, field) => {
  expect(faultsOf(type, { ...on, ...body })).toEqual([field]);
});

describe.each(least.map(([type, body]) => [type.name, type, body] as const))('%s', (_name, type, body) => {
  it('takes its least body', () => {
    expect(faultsOf(type, body)).toEqual([]);
  });

  it('misses each field of it', () => {
    for (const field of Object.keys(body)) {
      const { [field]: _left, ...rest } = body as Record<string, unknown>;
      expect(faultsOf(type, rest)).toEqual([field]);
    }
  });

  it('takes no field it does not declare, and no null', () => {
    expect(faultsOf(type, { ...body, judged: [] })).toEqual(['judged']);
    expect(faultsOf(type, { ...body, by: null })).toEqual(['by']);
  });

  it('documents exactly the fields it takes', () => {
    const { required, additionalProperties } = schemaOf(type);
    expect(new Set(required as string[])).toEqual(new Set(Object.keys(body)));
    expect(additionalProperties).toBe(false);
  });
});

it('takes a full request and finds a fault deep in it', () => {
  const full = {
    ...on,
    by,
    requested: id,
    matter: '请协助',
    legalBasis: '某法第一条',
    grounds: [{ code: 'XM-9-6', note: '另有原因' }],
    matterClasses: ['opinion'],
    duration: 'temporary',
    form: 'written',
    documentNumber: '函1号',
    requestedManner: '请书面答复',
    requestedDueOn: '2026-09-30',
    materials: [{ name: '举报信', copies: 2 }],
    counterparties: [
      { name: '某公司', idNumber: '91350200', address: '某路1号', contact: '05920000000' },
      { name: '某人' },
    ],
  };
  expect(faultsOf(commands.RequestAssistance, full)).toEqual([]);
  expect(faultsOf(commands.RequestAssistance, { ...full, materials: [{ name: '举报信', copies: 0 }] })).toEqual([
    'materials',
  ]);
  expect(faultsOf(commands.RequestAssistance, { ...full, counterparty: { idNumber: '1' } })).toEqual(['counterparty']);
  expect(faultsOf(commands.RequestAssistance, { ...full, requestedDueOn: '2026-02-30' })).toEqual(['requestedDueOn']);
});

it('lets nobody leave open the class that is decided or claimed: an ordinary matter is a class as well', () => {
  for (const [command, more] of [
    [commands.DecideClass, { deciders: [id] }],
    [commands.DisputeClass, { reason: '须到现场' }],
  ] as const) {
    expect(faultsOf(command, { ...on, ...more, matterClasses: [] })).toEqual(['matterClasses']);
    expect(faultsOf(command, { ...on, ...more, matterClasses: ['ordinary'] })).toEqual([]);
  }
});

it('lets nobody name the key a counterparty is sealed under', () => {
  const asked = { ...on, requested: id, matter: '请协助', form: 'written' };
  const counterparties = [{ name: '某公司' }, { name: '某人', subject: id }];
  expect(faultsOf(commands.RequestAssistance, { ...asked, counterparties })).toEqual(['counterparties']);
});
