import {
  derivedId,
  keyedDigest,
  ledgerSubject,
  partsOf,
  type Keys,
  type LoggedEvent,
  type Recorder,
} from '#libs/kernel';
import { SERVICE_ISSUER, SERVICE_PERSON, type Issued } from '../ledger/index.js';

/** The service as it records by a reaction. */
export async function serviceRecorder(keys: Keys, ledger: string): Promise<Recorder> {
  const key = await keys.obtain(ledgerSubject(ledger));
  return {
    person: SERVICE_PERSON,
    issuer: SERVICE_ISSUER,
    subjectDigest: keyedDigest(SERVICE_ISSUER, key),
    client: 'kesu',
  };
}

/** How a reaction's command is issued in the case of the fact that set it off. The same fact makes the same command. */
export function issuedBy(reaction: string, { id, stream }: LoggedEvent, recorder: Recorder): Issued {
  const caseId = partsOf(stream)?.id;
  if (!caseId) throw new Error(`${stream} is no case`);
  return {
    commandId: derivedId(['reaction', reaction, id]),
    caseId,
    recorder,
    viewer: { organ: SERVICE_PERSON, roles: ['service'] },
    service: true,
    said: ['reaction', reaction, id],
  };
}
