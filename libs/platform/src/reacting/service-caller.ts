import {
  derivedId,
  keyedDigest,
  ledgerSubject,
  partsOf,
  type Keys,
  type LoggedEvent,
  type Recorder,
  type Uuid,
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

/** How the service issues a command: the same cause makes the same one, in whatever process and after whatever crash. */
export const issuedByService = (
  of: { readonly caseId: Uuid; readonly recorder: Recorder; readonly opens?: true },
  cause: readonly (string | number)[],
): Issued => ({
  ...of,
  commandId: derivedId(cause),
  viewer: { organ: SERVICE_PERSON, roles: ['service'] },
  service: true,
  said: cause,
});

/** How a reaction's command is issued in the case of the fact that set it off. */
export function issuedBy(reaction: string, { id, stream }: LoggedEvent, recorder: Recorder): Issued {
  const caseId = partsOf(stream)?.id;
  if (!caseId) throw new Error(`${stream} is no case`);
  return issuedByService({ caseId, recorder }, ['reaction', reaction, id]);
}
