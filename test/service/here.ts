import { randomBytes } from 'node:crypto';
import { openLog, readSettings, type LogOpener } from '#libs/platform';
import { startService, type Service } from '../../apps/ledger/src/service.js';
import { beginViewsOf } from './begun-views.js';
import { Officer } from './client.js';
import { tempFolder, type TempFolder } from './folder.js';

/** A service that runs in the test's own process, on a folder of its own. */
export interface ServiceHere {
  readonly service: Service;
  readonly folder: TempFolder;
  /** The name of its ledger, with which its streams begin. */
  readonly ledger: string;
  readonly url: string;
  as(account: string): Officer;
  /** Stops it and starts it anew on the same folder, at another port. */
  restart(): Promise<void>;
  /** Stops it and removes the folder. */
  end(): Promise<void>;
}

/**
 * Where KESU_TEST_EVENTSTORE names a real server, services keep a ledger of their own on it, also a simulation, to which
 * only its settings deny it; a test that names a server of its own knows why, and one of the embedded log's files says
 * `embedded`.
 */
function onServer(
  settings: Readonly<Record<string, string>>,
): { readonly ledger: string; readonly open: LogOpener } | undefined {
  const eventStore = process.env.KESU_TEST_EVENTSTORE ?? '';
  if (eventStore === '' || 'KESU_EVENTSTORE' in settings) return undefined;
  return {
    ledger: `j${randomBytes(5).toString('hex')}`,
    open: (read, clock, logger) => openLog({ ...read, eventStore }, clock, logger),
  };
}

/** Starts a service with these settings. Read models take seconds to start: `KESU_ROLES: 'api'` does without. */
export async function serviceHere(
  settings: Readonly<Record<string, string>> = {},
  log: 'asked' | 'embedded' = 'asked',
): Promise<ServiceHere> {
  const folder = await tempFolder();
  const server = log === 'embedded' ? undefined : onServer(settings);
  const start = (): Promise<Service> =>
    startService(
      readSettings({
        KESU_DATA: folder.at('data'),
        KESU_PORT: '0',
        KESU_LOG_LEVEL: process.env.KESU_LOG_LEVEL ?? 'silent',
        ...(server && { KESU_LEDGER: server.ledger }),
        ...settings,
      }),
      server?.open,
    );
  await beginViewsOf({ KESU_DATA: folder.at('data'), ...settings });
  let service = await start();
  return {
    get service() {
      return service;
    },
    folder,
    get ledger() {
      return service.runtime.settings.ledger;
    },
    get url() {
      return service.url;
    },
    as: (account) => new Officer(() => service.url, account),
    restart: async () => {
      await service.close();
      service = await start();
    },
    end: async () => {
      await service.close();
      await folder.remove();
    },
  };
}
