import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { caseSubject, KeyMissing, type Uuid } from '#libs/kernel';
import { aProvision, aRequest, serviceHere, type ServiceHere } from '../service/index.js';

/** A key that is gone must never be replaced unseen: what was sealed under the old one could not be opened again. */
let here: ServiceHere;
let id: Uuid;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  const opened = await here.as('chen.handler').post('/v1/assistance', aRequest());
  id = opened.body.case as Uuid;
});

afterAll(() => here.end());

const keyFile = (): string => {
  const subject = caseSubject(id);
  return join(here.folder.at('data'), 'keys', subject.slice(0, 2), subject);
};

it('takes no command on a case whose key is gone, makes no other, and goes on when it is back', async () => {
  await rename(keyFile(), `${keyFile()}.away`);
  await here.restart();
  const wu = here.as('wu.handler');
  const refused = await wu.post(`/v1/assistance/${id}/provisions`, aProvision());
  expect([refused.status, refused.body.code]).toEqual([503, 'KEY_UNUSABLE']);
  const folder = join(here.folder.at('data'), 'keys', caseSubject(id).slice(0, 2));
  expect((await readdir(folder)).filter((name) => name.startsWith(caseSubject(id)))).toEqual([
    `${caseSubject(id)}.away`,
  ]);
  await rename(`${keyFile()}.away`, keyFile());
  const taken = await wu.post(`/v1/assistance/${id}/provisions`, aProvision());
  expect([taken.status, taken.body.revision]).toEqual([201, 1]);
});

it('does not start without the keys of a ledger that stands', async () => {
  const keys = join(here.folder.at('data'), 'keys');
  await here.service.close();
  await rename(keys, `${keys}.away`);
  await mkdir(keys);
  await expect(here.restart()).rejects.toThrow(KeyMissing);
  await rm(keys, { recursive: true });
  await rename(`${keys}.away`, keys);
  await here.restart();
  expect((await here.as('chen.handler').get('/v1/me')).status).toBe(200);
});
