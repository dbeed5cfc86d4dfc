import { Global, Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { accountKey } from '#libs/law';
import { DocumentStore } from '../documents/index.js';
import { DevelopmentIssuer, Identity } from '../identity/index.js';
import { LawHistory, LawShelf, Ledger, modeLabel } from '../ledger/index.js';
import { Metrics } from '../metrics/index.js';
import { CasePages, type Beside } from '../reading/index.js';
import { SimulatedClock, type Runtime } from '../service/index.js';
import type { Mode } from '../settings/index.js';
import { AttemptRegister } from './attempt-register.js';
import { AttemptsController } from './attempts.controller.js';
import { DestroyKeyHandler, KeyStore } from './destroy-key.handler.js';
import { DevelopmentController, KnownAccounts } from './development.controller.js';
import { Desk, type Visibility } from './desk.js';
import { DocumentRoom } from './document-room.js';
import { HealthController, Readying } from './health.controller.js';
import { LawController } from './law.controller.js';
import { MetricsController, MetricsToken } from './metrics.controller.js';
import { Findings, Operations, OperationsController } from './operations.controller.js';
import { Refusing } from './refusing.js';
import { readinessOf } from './readiness.js';
import { ReadingRoom } from './reading-room.js';
import { MeController, PresentMoment } from './me.controller.js';
import { SimulationController } from './simulation.controller.js';
import { StateRoom } from './state-room.js';
import { ModeTold, UploadController } from './upload.controller.js';

/** What every system's module finds: the ledger, the desk and the reading room; and the platform's own routes. */
@Global()
@Module({})
export class PlatformModule {
  /** @param beside what is told with the file of a case. */
  static on(runtime: Runtime, beside?: Beside): DynamicModule {
    const { settings, issuer, seed, clock, ledger, identity, viewing } = runtime;
    const controllers: Type[] = [HealthController, MetricsController];
    const providers: Provider[] = [
      { provide: Metrics, useValue: runtime.metrics },
      { provide: MetricsToken, useValue: { value: settings.metricsToken } satisfies MetricsToken },
      { provide: Readying, useValue: { readiness: readinessOf(runtime) } satisfies Readying },
    ];
    if (settings.roles.has('api')) {
      const room = readingRoomOn(runtime, beside);
      controllers.push(AttemptsController, LawController, OperationsController, MeController, UploadController);
      providers.push(
        { provide: Ledger, useValue: ledger },
        { provide: KeyStore, useValue: { keys: runtime.keys } satisfies KeyStore },
        DestroyKeyHandler,
        {
          provide: Desk,
          useFactory: (bus: CommandBus) =>
            new Desk(bus, visibilityIn(runtime), runtime.clockWatch, {
              mode: modeOf(settings.mode),
              refusing: new Refusing(runtime.attempts, runtime.answerWithinMs),
            }),
          inject: [CommandBus],
        },
        { provide: ReadingRoom, useValue: room },
        { provide: DocumentRoom, useValue: new DocumentRoom({ ...runtime, log: runtime.log.log }) },
        { provide: DocumentStore, useValue: runtime.documents },
        { provide: ModeTold, useValue: modeOf(settings.mode) satisfies ModeTold },
        {
          provide: AttemptRegister,
          useValue: new AttemptRegister(runtime.law, viewing.attempts, modeOf(settings.mode)),
        },
        { provide: Findings, useValue: findingsOn(runtime) },
        { provide: Operations, useValue: operationsOn(runtime) },
        { provide: LawShelf, useValue: runtime.law },
        { provide: Identity, useValue: identity },
        { provide: StateRoom, useValue: stateRoomOn(runtime) },
        { provide: PresentMoment, useValue: { now: () => clock.now() } satisfies PresentMoment },
      );
      if (issuer && seed) {
        controllers.push(DevelopmentController);
        const names = seed.persons.flatMap(({ account }) => account ?? []);
        providers.push(
          { provide: DevelopmentIssuer, useValue: issuer },
          { provide: KnownAccounts, useValue: { names, isLinked: linkedIn(runtime) } satisfies KnownAccounts },
        );
      }
      if (clock instanceof SimulatedClock) {
        controllers.push(SimulationController);
        providers.push({ provide: SimulatedClock, useValue: clock });
      }
    }
    return {
      module: PlatformModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers,
      exports: providers.map(tokenOf),
    };
  }
}

const modeOf = (mode: Mode): { readonly mode?: string } => {
  const label = modeLabel(mode);
  return label === undefined ? {} : { mode: label };
};

/** Law is no case of the read models: it is to be seen as soon as this process has read it on. */
const visibilityIn =
  ({ law, viewing }: Runtime): Visibility =>
  (id, revision, waitMs) => {
    const read = law.revisionOf(id);
    return read === undefined ? viewing.visible(id, revision, waitMs) : Promise.resolve(read >= revision);
  };

const linkedIn =
  ({ identity, law }: Runtime) =>
  async (account: string): Promise<boolean> => {
    const { issuer, subjectDigest } = await identity.accountOf(account);
    return law.book.organs.accounts.has(accountKey(issuer, subjectDigest));
  };

const readingRoomOn = (runtime: Runtime, beside: Beside | undefined): ReadingRoom =>
  new ReadingRoom({
    ...runtime,
    beside,
    log: runtime.log.log,
    history: new LawHistory(runtime.log.log, runtime.law),
    pages: new CasePages({ keys: runtime.keys, mode: runtime.settings.mode }),
    tables: runtime.viewing.tables,
  });

const stateRoomOn = (runtime: Runtime): StateRoom =>
  new StateRoom({ ...runtime, log: runtime.log.log, mode: modeOf(runtime.settings.mode) });

const findingsOn = ({ troubles }: Runtime): Findings => ({
  trouble: async () => {
    await troubles.refresh();
    return troubles.now;
  },
});

const operationsOn = ({ viewing, log }: Runtime): Operations => ({
  rebuild: () => viewing.rebuild(),
  backup: (target) => log.backup(target),
});

const tokenOf = (provider: Provider) => (typeof provider === 'function' ? provider : provider.provide);
