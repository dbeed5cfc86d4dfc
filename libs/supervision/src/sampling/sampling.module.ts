import { Inject, Module, type DynamicModule } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { drawnBy, frameDigest, seedOf, type Uuid } from '#libs/kernel';
import {
  commandHandlersFor,
  Denial,
  issue,
  issuedOf,
  Ledger,
  ReadingRoom,
  recordingController,
  type Answer,
  type FramedSystem,
} from '#libs/platform';
import { DrawFixedFrame, DrawSample } from './commands.js';
import { refusal } from './refusals.js';
import { actRoutes, ROOT, SampledSystems, SamplingController, systemCalled, TAG } from './sampling.controller.js';
import { sampling } from './system.js';

/** Read models that are away, behind or elsewhere: the reaction comes again, which it would not for a denial. */
class NotNow extends Error {
  override readonly name = 'NotNow';
}

/**
 * 抽取: sent by the reaction to a frame that is fixed, and by nobody else. What is drawn follows from the event that fixed
 * the frame and from the log up to its place alone, so drawing again draws the same.
 */
@CommandHandler(DrawFixedFrame)
export class SampleDrawer implements ICommandHandler<DrawFixedFrame, Answer | undefined> {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(ReadingRoom) private readonly room: ReadingRoom,
    @Inject(SampledSystems) private readonly sampled: SampledSystems,
  ) {}

  async execute(asked: DrawFixedFrame): Promise<Answer | undefined> {
    const issued = issuedOf(asked);
    const { standing } = await this.ledger.read(sampling, issued.caseId);
    if (standing.state.drawn) return undefined;
    const { frame, size, algorithm } = asked.of;
    const salt = await this.room.saltOf(sampling, issued.caseId);
    const seed = seedOf(salt, frame.digest);
    const cases = drawnBy(seed, await this.membersOf(asked), size);
    const drawn = { fixed: asked.fixed, salt, seed, algorithm, cases };
    const command = Object.assign(new DrawSample(), { occurredAt: asked.occurredAt, drawn });
    return this.ledger.record(sampling, issue(command, issued));
  }

  /** As the read models have them, where those still say the same; else from the log. @throws Refusal SAMPLE_NOT_REPRODUCED */
  private async membersOf({ of: { frame } }: DrawFixedFrame): Promise<readonly Uuid[]> {
    const system = systemCalled(this.sampled, frame.category);
    if (!system) throw refusal('SAMPLE_SYSTEM_UNKNOWN', { kind: 'impossible' });
    const now = await this.orLater(this.room.framedNow(system, frame));
    if (frameDigest(now.cases) === frame.digest) return now.cases;
    const then = await this.orLater(this.room.framedAt(system, frame));
    if (frameDigest(then) !== frame.digest) throw refusal('SAMPLE_NOT_REPRODUCED', { kind: 'impossible' });
    return then;
  }

  private orLater<T>(read: Promise<T>): Promise<T> {
    return read.catch((cause: unknown) => {
      throw cause instanceof Denial ? new NotNow(cause.code, { cause }) : cause;
    });
  }
}

/** The only wiring of 随机抽查: its routes, its handlers made from the decision table, and what draws. */
@Module({})
export class SamplingModule {
  /** @param systems whose cases may be drawn. */
  static of(systems: readonly FramedSystem[]): DynamicModule {
    return {
      module: SamplingModule,
      controllers: [recordingController(sampling, { root: ROOT, tag: TAG }, actRoutes), SamplingController],
      providers: [
        { provide: SampledSystems, useValue: { systems } satisfies SampledSystems },
        ...commandHandlersFor(sampling),
        SampleDrawer,
      ],
    };
  }
}
