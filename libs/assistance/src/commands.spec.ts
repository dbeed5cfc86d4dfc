import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { derivedId, schemaOf, type Command, type CommandType } from '#libs/kernel';
import * as commands from './commands.js';

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
];

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

it('lets nobody name the key a counterparty is sealed under', () => {
  const asked = { ...on, requested: id, matter: '请协助', form: 'written' };
  const counterparties = [{ name: '某公司' }, { name: '某人', subject: id }];
  expect(faultsOf(commands.RequestAssistance, { ...asked, counterparties })).toEqual(['counterparties']);
});
