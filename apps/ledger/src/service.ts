import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { assistance, AssistanceModule, assistancePackFaults } from '#libs/assistance';
import type { LawBook } from '#libs/law';
import { organRegister, OrgansModule } from '#libs/organs';
import {
  besideIn,
  createApplication,
  framed,
  leaveAddress,
  openRuntime,
  PlatformModule,
  questionController,
  questionsOf,
  recomputedSystem,
  startRecomputing,
  startWatching,
  watchedSystem,
  watchOf,
  SettingsRefused,
  startReactions,
  structuredLogger,
  type LogOpener,
  type Logger,
  type Runtime,
  type Settings,
} from '#libs/platform';
import { lawCalendar, PublishingModule, rulePacks, type PackFunctions } from '#libs/publishing';
import {
  supervisionFileOf,
  whenAFrameIsFixedDrawTheSample,
  whenAPressingRequestIsRefusedAskForReview,
  whenASubjectIsErasedDestroyItsKey,
  whenTimePassesSuperviseEachCase,
} from '#libs/reactions';
import { sampling, SamplingModule, supervision, SupervisionModule, supervisionPackFaults } from '#libs/supervision';
import { VIEWED } from './viewed.js';

/** What the systems of this program cannot do of what a pack names. */
const PACK_FAULTS: PackFunctions = {
  [assistance.decider.category]: assistancePackFaults,
  [supervision.decider.category]: supervisionPackFaults,
};

/** The systems this service serves: what is recorded under HTTP. */
const PACKS = rulePacks(PACK_FAULTS);
const SERVED = [organRegister, lawCalendar, PACKS, assistance, supervision, sampling];
/** What may be asked of all cases at once. */
const ASKED = [...questionsOf(assistance), ...questionsOf(supervision), ...questionsOf(sampling)];
/** When … then …: what the service does by itself. */
const REACTIONS = [
  whenASubjectIsErasedDestroyItsKey,
  whenAPressingRequestIsRefusedAskForReview,
  whenAFrameIsFixedDrawTheSample,
];

/** 电子监察: what is watched, and in whose files it is recorded. */
const WATCH = watchOf(whenTimePassesSuperviseEachCase, supervision);
/** Whose cases are told when a change of the law moved their clocks. */
const RECOMPUTED = [recomputedSystem(assistance), recomputedSystem(supervision)];
/** What is told of it with the file of a case. */
const BESIDE = besideIn(supervision, { member: 'supervision', root: '/v1/supervision', fileOf: supervisionFileOf });
const WATCHED = [watchedSystem(assistance), watchedSystem(supervision)];

@Module({})
class ServiceModule {
  static on(runtime: Runtime): DynamicModule {
    const systems = runtime.settings.roles.has('api')
      ? [
          OrgansModule,
          PublishingModule.of(PACKS),
          AssistanceModule,
          SupervisionModule,
          SamplingModule.of([framed(assistance)]),
        ]
      : [];
    return {
      module: ServiceModule,
      imports: [PlatformModule.on(runtime, BESIDE), ...systems],
      controllers: systems.length > 0 ? [questionController(ASKED)] : [],
    };
  }
}

/** A service that answers at `url` until it is closed. */
export interface Service {
  readonly url: string;
  readonly runtime: Runtime;
  readonly logger: Logger;
  /** Lets requests under way end, then projector, read models and log. Repeating it changes nothing. */
  close(): Promise<void>;
}

/** The address cannot be listened at: it is taken, or not this machine's, or not ours to use. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
  constructor({ host, port }: Settings, cause: NodeJS.ErrnoException) {
    const reason = cause.code === 'EADDRINUSE' ? '已被占用' : `无法使用（${cause.message}）`;
    super(`地址 ${host}:${port} ${reason}，请更改 KESU_HOST 或 KESU_PORT`, { cause });
  }
}

/** Starts the service. When it throws, nothing is left open. @param open the event log, where it is not the settings'. */
export async function startService(settings: Settings, open?: LogOpener): Promise<Service> {
  const logger = structuredLogger(settings.logLevel);
  const runtime = await openRuntime(settings, logger, VIEWED, open);
  const opened = [(): Promise<void> => runtime.close()];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    assertUsable(runtime.law.book);
    const { app } = await createApplication(runtime, ServiceModule.on(runtime), SERVED);
    opened.push(() => app.close());
    if (settings.roles.has('api')) {
      const bus = app.get(CommandBus);
      opened.push(await startReactions(runtime, REACTIONS, (command) => bus.execute(command)));
    }
    opened.push(await startWatching(runtime, WATCH, WATCHED));
    opened.push(await startRecomputing(runtime, RECOMPUTED));
    await app.listen(settings.port, settings.host).catch((error: NodeJS.ErrnoException) => {
      throw new AddressRefused(settings, error);
    });
    const url = (await app.getUrl()).replace('[::1]', 'localhost');
    opened.push(await leaveAddress(settings.data, url));
    let closed: Promise<void> | undefined;
    return { url, runtime, logger, close: () => (closed ??= closeAll()) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Every edition in hand names only what this program has; otherwise it was recorded by a newer one. */
function assertUsable({ editions }: LawBook): void {
  const faults = editions.flatMap(({ pack }) =>
    Object.entries(PACK_FAULTS).flatMap(([system, faultsOf]) => {
      const rules = pack.systems[system];
      return rules ? faultsOf(rules).map(({ says }) => `规则包 ${pack.pack} 第 ${pack.edition} 版：${says}`) : [];
    }),
  );
  if (faults.length > 0) throw new SettingsRefused([...faults, '账本中的规则包比本程序新，请升级后再启动']);
}
