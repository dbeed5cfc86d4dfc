import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dayOfOccurrence, frameDigest } from '#libs/kernel';
import {
  Desk,
  FrameQuery,
  Fault,
  Http,
  LawShelf,
  MomentQuery,
  ReadingRoom,
  Reads,
  Records,
  type ActRoute,
  type Disclosed,
  type Exchange,
  type FramedSystem,
  type Told,
} from '#libs/platform';
import { CheckSampledCase, FixSampleFrame } from './commands.js';
import type { Frame } from './facts.js';
import { ownLevelOrgans } from './own-level.js';
import { SamplesQuery } from './queries.js';
import { samplesWhere, sampleTold } from './sample-list.js';
import type { Sample } from './sample-state.js';
import { sampling } from './system.js';
import { caseFile } from './views/case-file.js';

export const ROOT = 'v1/samples';
export const TAG = 'samples 抽查';

/** The systems whose cases may be drawn. */
export abstract class SampledSystems {
  abstract readonly systems: readonly FramedSystem[];
}

export const systemCalled = ({ systems }: SampledSystems, category: string): FramedSystem | undefined =>
  systems.find(({ decider }) => decider.category === category);

/** What was done with a sample that stands is a noun below it. */
export const actRoutes: readonly ActRoute[] = [
  { path: ':id/checks', command: CheckSampledCase, says: '登记一个抽中案件的抽查结果' },
];

/** 随机抽查 over HTTP: a frame is fixed, the service draws from it, persons check what was drawn. */
@ApiTags(TAG)
@Controller(ROOT)
export class SamplingController {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(ReadingRoom) private readonly room: ReadingRoom,
    @Inject(LawShelf) private readonly law: LawShelf,
    @Inject(SampledSystems) private readonly sampled: SampledSystems,
  ) {}

  @Records({
    path: '',
    command: FixSampleFrame,
    fact: 'SampleFrameFixed',
    says: '确定抽查总体和件数；随即由系统抽取，种子由本项事实入账时的盐值和总体摘要得出',
    roles: ['supervisor'],
  })
  async fix(@Body() command: FixSampleFrame, @Http() http: Exchange): Promise<Told> {
    const frame = await this.frameFor(command, http);
    return this.desk.record(Object.assign(command, { frame }), http, `/${ROOT}`);
  }

  @Reads({
    path: '',
    name: 'listSamples',
    says: '抽查目录：本机关和所监督的机构编制部门的抽查，最近立项的在前',
    answers: 'SampleList',
    query: SamplesQuery,
  })
  list(@Query() query: SamplesQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    const { after, limit } = query;
    const asked = {
      view: caseFile.name,
      sides: ['requesting', 'requested'] as const,
      where: samplesWhere(query),
      order: ['fixed_on'],
      descending: true,
      ...(after === undefined ? {} : { after }),
      limit,
      member: 'samples',
      told: sampleTold,
    };
    return this.room.rows(sampling, asked, http);
  }

  @Reads({
    path: ':id',
    name: 'getSample',
    says: '一项抽查：总体、种子、抽中的案件和抽查结果；现在的，或者任一时刻的',
    answers: 'SampleFile',
    query: MomentQuery,
  })
  file(@Param('id') id: string, @Query() query: MomentQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.file(sampling, id, query, http);
  }

  @Reads({
    path: ':id/timeline',
    name: 'getSampleTimeline',
    says: '一项抽查的时间线：每项事实一句话；现在的，或者任一时刻的',
    answers: 'Timeline',
    query: MomentQuery,
  })
  timeline(@Param('id') id: string, @Query() query: MomentQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.timeline(sampling, id, query, http);
  }

  @Reads({
    path: ':id/frame',
    name: 'getSampleFrame',
    says: '抽样总体的案件，由日志在总体所依据的位置重新得出，按标识排列；各页合计的摘要应与总体摘要相同',
    answers: 'SampleFrame',
    query: FrameQuery,
  })
  frame(@Param('id') id: string, @Query() query: FrameQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.frame(sampling, { caseId: id, query, frameOf: (sample) => this.frameOf(sample) }, http);
  }

  @Reads({
    path: ':id/commands/:command',
    name: 'getSampleCommand',
    says: '命令的结果：已入账、被拒绝或者不知道',
    answers: 'CommandStatus',
  })
  command(
    @Param('id') id: string,
    @Param('command') command: string,
    @Http() http: Exchange,
  ): Promise<Disclosed<object>> {
    return this.room.command(sampling, id, command, http);
  }

  /** What the read models have of what is asked for; undefined of a system that is none. What may be asked the decider says. */
  private async frameFor(
    { category, organ, from, to, status, occurredAt }: FixSampleFrame,
    { caller }: Exchange,
  ): Promise<Frame | undefined> {
    const system = systemCalled(this.sampled, category);
    if (!system) return undefined;
    const own = ownLevelOrgans(this.law.book.organs, caller.recorder.organ, dayOfOccurrence(occurredAt));
    const organs = organ === undefined ? own : [organ];
    const criteria = { category, organs, from, to, ...(status === undefined ? {} : { status }) };
    const { position, cases } = await this.room.framedNow(system, criteria);
    return { ...criteria, position, count: cases.length, digest: frameDigest(cases) };
  }

  private frameOf({ fixed }: Sample) {
    const of = fixed && systemCalled(this.sampled, fixed.frame.category);
    if (!fixed || !of) throw new Fault('ENTRY_NOT_FOUND');
    return { frame: fixed.frame, of };
  }
}
